def main():
    n = 0
    for i in range(500000):
        x = 1.5
        n += len(f"item {i}: {x} and {i:>8}")
    print(n)
main()
