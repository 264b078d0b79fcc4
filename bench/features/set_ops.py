def main():
    t = 0
    for r in range(100):
        s = set()
        for i in range(5000): s.add(i * 7 % 3001)
        for i in range(5000):
            if i in s: t += 1
    print(t)
main()
