def quicksort(xs: list[int], lo: int, hi: int) -> None:
    if lo >= hi: return
    pivot = xs[(lo + hi) // 2]
    i = lo
    j = hi
    while i <= j:
        while xs[i] < pivot: i += 1
        while xs[j] > pivot: j -= 1
        if i <= j:
            t = xs[i]
            xs[i] = xs[j]
            xs[j] = t
            i += 1
            j -= 1
    quicksort(xs, lo, j)
    quicksort(xs, i, hi)
def main() -> None:
    n = 600000
    seed = 7
    xs: list[int] = []
    for i in range(n):
        seed = seed * 16807 % 2147483647
        xs.append(seed)
    quicksort(xs, 0, n - 1)
    print(xs[0], xs[n // 2], xs[n - 1])
main()
