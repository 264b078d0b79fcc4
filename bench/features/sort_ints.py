def main():
    seed = 7
    xs = []
    for i in range(300000):
        seed = seed * 16807 % 2147483647
        xs.append(seed)
    for r in range(3): print(sorted(xs)[0])
main()
