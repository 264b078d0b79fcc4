def main():
    m = {}
    for i in range(1000): m[f"k{i}"] = i * 2
    t = 0
    for r in range(1000):
        for k, v in m.items(): t += v
    print(t)
main()
