def f(a, b=2, c=3): return a + b + c
def main():
    t = 0
    for i in range(1500000): t += f(i) + f(i, c=1)
    print(t)
main()
