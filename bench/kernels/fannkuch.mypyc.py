def fannkuch(n: int) -> tuple[int, int]:
    first: list[int] = list(range(n))
    count = [0] * n
    most = checksum = round = 0
    r = n
    while True:
        while r > 1:
            count[r - 1] = r
            r -= 1
        perm = first[:]
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
def main() -> None:
    print(*fannkuch(8))
    print(*fannkuch(9))
main()
