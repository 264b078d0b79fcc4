import numpy as np
from numba import njit
@njit(cache=True)
def sieve(n):
    prime = np.ones(n + 1, np.bool_)
    prime[0] = False
    prime[1] = False
    i = 2
    while i * i <= n:
        if prime[i]:
            j = i * i
            while j <= n:
                prime[j] = False
                j += i
        i += 1
    count = 0
    for p in prime:
        if p: count += 1
    return count
print(sieve(5000000))
