from dataclasses import dataclass
class Circle:
    __match_args__ = ("r",)
    def __init__(self, r): self.r = r
class Rect:
    __match_args__ = ("w", "h")
    def __init__(self, w, h): self.w = w; self.h = h
class Empty: pass
def area(s):
    match s:
        case Circle(r): return 3.14 * r * r
        case Rect(w, h): return w * h
        case Empty(): return 0.0
def main():
    shapes = [Circle(2.0), Rect(2.0, 3.0), Empty()]
    t = 0.0
    for i in range(500000):
        for s in shapes: t += area(s)
    print(f"{t:.3f}")
main()
