def main():
    t = 0
    for i in range(300):
        xs = [x * x for x in range(10000) if x % 2 == 0]
        t += len(xs)
    print(t)
main()
