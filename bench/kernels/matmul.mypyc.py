Matrix = list[list[float]]
def make(n: int, seed: int) -> Matrix:
    m: Matrix = []
    for i in range(n):
        row: list[float] = []
        for j in range(n): row.append((i * n + j + seed) % 10 / 10)
        m.append(row)
    return m
def multiply(a: Matrix, b: Matrix, n: int) -> Matrix:
    c: Matrix = []
    for i in range(n):
        ai = a[i]
        row: list[float] = []
        for j in range(n):
            sum = 0.0
            for k in range(n): sum += ai[k] * b[k][j]
            row.append(sum)
        c.append(row)
    return c
def main() -> None:
    n = 260
    c = multiply(make(n, 1), make(n, 2), n)
    trace = 0.0
    for i in range(n): trace += c[i][i]
    print(f"{trace:.3f}")
main()
