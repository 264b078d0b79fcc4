def main():
    xs = list(range(1000))
    t = 0
    for i in range(1000): t += sum(filter(lambda x: x % 3 == 0, map(lambda x: x * 2, xs)))
    print(t)
main()
