from math import sqrt
def entry(i: int, j: int) -> float: return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)
def times(v: list[float], n: int) -> list[float]:
    out: list[float] = []
    for i in range(n):
        total = 0.0
        for j in range(n): total += entry(i, j) * v[j]
        out.append(total)
    return out
def times_transposed(v: list[float], n: int) -> list[float]:
    out: list[float] = []
    for i in range(n):
        total = 0.0
        for j in range(n): total += entry(j, i) * v[j]
        out.append(total)
    return out
def main() -> None:
    n = 450
    u = [1.0] * n
    v = [0.0] * n
    for i in range(10):
        v = times_transposed(times(u, n), n)
        u = times_transposed(times(v, n), n)
    vbv = vv = 0.0
    for i in range(n):
        vbv += u[i] * v[i]
        vv += v[i] * v[i]
    print(f"{sqrt(vbv / vv):.9f}")
main()
