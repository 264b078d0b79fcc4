from math import sqrt
import numpy as np
from numba import njit
@njit(cache=True)
def entry(i, j): return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)
@njit(cache=True)
def times(v, n):
    out = np.empty(n)
    for i in range(n):
        total = 0.0
        for j in range(n): total += entry(i, j) * v[j]
        out[i] = total
    return out
@njit(cache=True)
def times_transposed(v, n):
    out = np.empty(n)
    for i in range(n):
        total = 0.0
        for j in range(n): total += entry(j, i) * v[j]
        out[i] = total
    return out
def main():
    n = 450
    u = np.ones(n)
    v = np.zeros(n)
    for i in range(10):
        v = times_transposed(times(u, n), n)
        u = times_transposed(times(v, n), n)
    vbv = vv = 0.0
    for i in range(n):
        vbv += u[i] * v[i]
        vv += v[i] * v[i]
    print(f"{sqrt(vbv / vv):.9f}")
main()
