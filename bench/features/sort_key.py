def main():
    seed = 7
    xs = []
    for i in range(100000):
        seed = seed * 16807 % 2147483647
        xs.append((seed % 1000, i))
    for r in range(3):
        ys = sorted(xs, key=lambda p: p[0])
        print(ys[0][1])
main()
