def main():
    m = {}
    for i in range(1000): m[i] = i * 2
    t = 0
    for r in range(1500):
        for k in m: t += m[k]
    print(t)
main()
