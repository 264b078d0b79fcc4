def main():
    x = 0.0
    n = 0
    for i in range(2000000):
        x += i / 3
        x = x * 2 - x
        if x > 100: n += 1
    print(n)
main()
