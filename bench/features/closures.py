def apply(f, n):
    t = 0
    for i in range(n): t = f(t)
    return t
def main():
    k = 3
    print(apply(lambda x: x + k, 3000000))
main()
