class P:
    __slots__ = ("x", "y")
def main():
    p = P()
    p.x = p.y = 0
    for i in range(2000000):
        p.x += 1
        p.y += p.x
    print(p.x, p.y)
main()
