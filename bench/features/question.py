def half(n):
    if n % 2 == 0: return n // 2
    raise ValueError("odd")
def twice(n):
    a = half(n)
    b = half(a)
    return a + b
def main():
    good = 0
    for i in range(800000):
        try:
            twice(i)
            good += 1
        except ValueError: pass
    print(good)
main()
