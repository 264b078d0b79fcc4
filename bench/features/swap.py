def main():
    a = 1
    b = 2
    for i in range(2000000): a, b = b, a + 1
    print(a, b)
main()
