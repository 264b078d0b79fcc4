def main():
    s = "hello world, this is ascii text"
    c = 0
    for i in range(60000):
        for ch in s:
            if ch == "o": c += 1
    print(c)
main()
