def main():
    seed = 42
    counts = {}
    for i in range(1000000):
        seed = (seed * 1103515245 + 12345) % 2147483648
        key = seed // 65536 % 5000
        counts[key] = counts.get(key, 0) + 1
    best = 0
    for k in counts:
        if counts[k] > best: best = counts[k]
    print(len(counts), best)
    words = {}
    for i in range(300000):
        w = f"w{i * 7919 % 1000}"
        words[w] = words.get(w, 0) + 1
    print(len(words), words["w7"])
main()
