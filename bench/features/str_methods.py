def main():
    text = "the quick brown fox jumps over the lazy dog"
    n = 0
    for i in range(100000):
        for w in text.split(" "):
            if w.startswith("t"): n += len(w.upper())
    print(n)
main()
