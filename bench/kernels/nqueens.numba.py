import numpy as np
from numba import njit
@njit(cache=True)
def is_safe(queens, row, column):
    for r in range(row):
        c = queens[r]
        if c == column or c - r == column - row or c + r == column + row: return False
    return True
@njit("int64(int64[:], int64, int64)", cache=True)
def place(queens, row, n):
    if row == n: return 1
    solutions = 0
    for column in range(n):
        if is_safe(queens, row, column):
            queens[row] = column
            solutions += place(queens, row + 1, n)
    return solutions
n = 10
for round in range(8):
    print(place(np.zeros(n, np.int64), 0, n))
