import numpy as np
from numba import njit
@njit("void(int64[:], int64, int64)", cache=True)
def quicksort(xs, lo, hi):
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
@njit(cache=True)
def fill(xs):
    seed = 7
    for i in range(len(xs)):
        seed = seed * 16807 % 2147483647
        xs[i] = seed
n = 600000
xs = np.empty(n, np.int64)
fill(xs)
quicksort(xs, 0, n - 1)
print(xs[0], xs[n // 2], xs[n - 1])
