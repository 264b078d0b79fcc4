def divmod_(a, b): return (a // b, a % b)
def main():
    t = 0
    for i in range(1500000):
        q, r = divmod_(i, 7)
        t += q - r
    print(t)
main()
