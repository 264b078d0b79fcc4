class P:
    __slots__ = ("x", "y")
    def __init__(self):
        self.x, self.y = 0, 0.0
class Total:
    __slots__ = ("sum", "last")
def step(ps, total, k):
    ps[k].x += 1
    ps[k].y += 0.5
    total.sum += ps[k].y
    total.last = "p"
def main():
    ps = [P(), P()]
    total = Total()
    total.sum, total.last = 0.0, ""
    for i in range(1000000):
        step(ps, total, i % 2)
    print(ps[0].x, ps[1].x, total.last, int(ps[0].y + ps[1].y + total.sum))
main()
