import numpy as np
from numba import njit
@njit(cache=True)
def make(n, seed):
    m = np.empty((n, n))
    for i in range(n):
        for j in range(n): m[i, j] = (i * n + j + seed) % 10 / 10
    return m
@njit(cache=True)
def multiply(a, b, n):
    c = np.empty((n, n))
    for i in range(n):
        for j in range(n):
            sum = 0.0
            for k in range(n): sum += a[i, k] * b[k, j]
            c[i, j] = sum
    return c
n = 260
c = multiply(make(n, 1), make(n, 2), n)
print(f"{np.trace(c):.3f}")
