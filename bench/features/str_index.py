def main():
    s = "hello world, this is ascii text"
    n = len(s)
    c = 0
    for i in range(2000000):
        if s[i % n] == "o": c += 1
    print(c)
main()
