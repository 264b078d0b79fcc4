def main():
    xs = list(range(100))
    s = "the quick brown fox jumps over the lazy dog"
    t = 0
    for i in range(500000):
        t += len(xs[10:30])
        t += len(s[4:9])
    print(t)
main()
