def main():
    t = 0
    for r in range(200):
        s = []
        for i in range(5000): s.append(i)
        while s: t += s.pop()
    print(t)
main()
