import numpy as np
from numba import njit
@njit(cache=True)
def fannkuch(n):
    first = np.arange(n)
    count = np.zeros(n, np.int64)
    most = checksum = round = 0
    r = n
    while True:
        while r > 1:
            count[r - 1] = r
            r -= 1
        perm = first.copy()
        flips = 0
        k = perm[0]
        while k != 0:
            lo = 0
            hi = k
            while lo < hi:
                t = perm[lo]
                perm[lo] = perm[hi]
                perm[hi] = t
                lo += 1
                hi -= 1
            flips += 1
            k = perm[0]
        if flips > most: most = flips
        if round % 2 == 0: checksum += flips
        else: checksum -= flips
        while True:
            if r == n: return checksum, most
            moved = first[0]
            for i in range(r): first[i] = first[i + 1]
            first[r] = moved
            count[r] -= 1
            if count[r] > 0: break
            r += 1
        round += 1
print(*fannkuch(8))
print(*fannkuch(9))
