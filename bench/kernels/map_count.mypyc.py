def main() -> None:
    seed = 42
    counts: dict[int, int] = {}
    for i in range(2500000):
        seed = seed * 16807 % 2147483647
        key = seed % 5000
        counts[key] = counts.get(key, 0) + 1
    best = 0
    for k in counts:
        if counts[k] > best: best = counts[k]
    print(len(counts), best)
    words: dict[str, int] = {}
    for i in range(1000000):
        w = f"w{i * 7919 % 1000}"
        words[w] = words.get(w, 0) + 1
    print(len(words), words["w7"])
main()
