def main():
    words = ["apple", "banana", "cherry", "date"]
    n = 0
    for i in range(500000):
        for w in words:
            if w == "cherry": n += 1
            if w < "b": n += 1
    print(n)
main()
