def main():
    m = {}
    for i in range(1000): m[f"k{i}"] = i
    keys = list(m)
    t = 0
    for r in range(500):
        for k in keys:
            v = m.get(k)
            if v is not None: t += v
    print(t)
main()
