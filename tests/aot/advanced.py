"""Programs with the features of LANGUAGE §8, and what each says ahead of time: output, then an error's message and place."""

from __future__ import annotations

PERCENT = "type Percent = i64 where it >= 0 and it <= 100\n\n"
HALF = "fn half(n: i64 where n > 0): n / 2\n\n"

REFINED: dict[str, tuple[str, str]] = {
    "holds": (f"{HALF}print(half(3), half(n=5))", "1.5 2.5\n"),
    "argument": (f"{HALF}print(half(4))\nlet k = 0\nprint(half(k))", "2.0\nrefinement failed: n > 0 at 5:12"),
    "order": (
        "fn f(a: i64 where a > 0, b): b\nfn say(x):\n    print(x)\n    x\nf(say(0 - 1), say(2))",
        "-1\n2\nrefinement failed: a > 0 at 5:3",
    ),
    "type-first": (f"{HALF}fn any(): [1, \"a\"][1]\nhalf(any())", "expected i64, found str at 4:6"),
    "converted": ("fn f(x: f64 where x > 0.5): x\nprint(f(1))\nf(0)", "1.0\nrefinement failed: x > 0.5 at 3:3"),
    "elements": ("fn f(xs: List[f64] where xs.len() > 0): xs.sum()\nprint(f([1, 2]))\nf([])", "3.0\nrefinement failed: xs.len() > 0 at 3:3"),
    "result": (f"{PERCENT}fn f(x) -> Percent:\n    if x == 1: return 101\n    x\nprint(f(3))\nf(1)", "3\nrefinement failed: it >= 0 and it <= 100 at 4:23"),
    "last": (f"{PERCENT}fn f(x) -> Percent: x * 2\nf(50)\nf(51)", "refinement failed: it >= 0 and it <= 100 at 3:21"),
    "let": (f"{PERCENT}let ok: Percent = 100\nprint(ok)\nlet wrong: Percent = ok + 1", "100\nrefinement failed: it >= 0 and it <= 100 at 5:22"),
    "assigned": (
        f"{PERCENT}fn main():\n    let mut p: Percent = 1\n    for i in 0..3: p = p * 9\n    print(p)\n    p += 100",
        "refinement failed: it >= 0 and it <= 100 at 5:24",
    ),
    "default": ("fn f(n: i64 where n > 0, k: i64 where k > 1 = n): k\nprint(f(2))\nf(1)", "2\nrefinement failed: k > 1 at 1:47"),
    "list": (f"{PERCENT}let xs: List[Percent] = [1, 2, 3 * 50]", "refinement failed: it >= 0 and it <= 100 at 3:32"),
    "method": (
        "class Account:\n    held: i64 where held >= 0 = 0\n\n    fn pay(self, n: i64 where n > 0): self.held += n\n\n"
        "let a = Account()\na.pay(3)\nprint(a.held)\na.pay(0 - 3)",
        "3\nrefinement failed: n > 0 at 4:18",
    ),
    "field": ("class Account:\n    held: i64 where held >= 0 = 0\n\nlet a = Account(3)\na.held = 5\na.held -= 6", "refinement failed: held >= 0 at 6:1"),
    "constructed": ("struct P:\n    x: i64 where it != 0\n\nprint(P(1))\nP(0)", "P(x=1)\nrefinement failed: it != 0 at 5:3"),
    "with": ("struct P:\n    x: i64 where it != 0\n\nlet p = P(1)\nprint(p.with(x=2))\np.with(x=0)", "P(x=2)\nrefinement failed: it != 0 at 6:10"),
    "variant": ("enum E:\n    A(n: i64 where n < 5)\n    B\n\nprint(A(4))\nA(5)", "A(n=4)\nrefinement failed: n < 5 at 6:3"),
    "part": (
        "struct P:\n    x: i64 where it != 0\n\nfn main():\n    let mut ps = [P(1), P(2)]\n    let mut k = 0\n    ps[k].x = 3\n    print(ps)\n    ps[1].x = k",
        "[P(x=3), P(x=2)]\nrefinement failed: it != 0 at 9:15",
    ),
    "value": (f"{HALF}print([2, 4].map(half))\n[1, 0].map(half)", "[1.0, 2.0]\nrefinement failed: n > 0 at 1:9"),
    "closure": ("type P = i64 where it > 0\nlet f = |n: P| n * 2\nprint(f(4))\nf(0)", "8\nrefinement failed: it > 0 at 2:10"),
    "nested": (
        "type Positive = i64 where it > 0\ntype Small = Positive where it < 10\nfn f(n: Small where n != 5): n\nprint(f(4))\nf(5)",
        "4\nrefinement failed: n != 5 at 5:3",
    ),
    "outermost-last": ("type Positive = i64 where it > 0\nfn f(n: Positive where 10 / n > 1.0): n\nf(0)", "refinement failed: it > 0 at 3:3"),
    "mut": ("fn f(mut n: i64 where n > 0): n -= 2\nfn main():\n    let mut k = 3\n    f(mut k)\n    print(k)\n    f(mut k)", "1\nrefinement failed: n > 0 at 1:31"),
    "copied-out": (
        f"{PERCENT}fn grow(mut n: i64): n += 60\nfn main():\n    let mut p: Percent = 20\n    grow(mut p)\n    print(p)\n    grow(mut p)",
        "80\nrefinement failed: it >= 0 and it <= 100 at 8:5",
    ),
    "own-names": (
        "fn f(xs: List[i64] where xs.all(|it| it > 0) and [x * x for x in xs].len() < 3): xs.len()\nlet x = 3\nprint(f([1, x]), f([x]))\nf([1, 0])",
        "2 1\nrefinement failed: xs.all(|it| it > 0) and [x * x for x in xs].len() < 3 at 4:3",
    ),
    "trait": (
        "trait Scale:\n    fn by(self, k: i64 where k > 1) -> i64\n\nstruct A:\n    x: i64\n\nimpl Scale for A:\n    fn by(self, k): self.x * k\n\nprint(A(2).by(3))\nA(2).by(1)",
        "6\nrefinement failed: k > 1 at 8:17",
    ),
    "constant": (
        "struct P:\n    x: i64 where it != 0\n\nconst LEAST: i64 where LEAST > 0 = 1 + 1\nconst ALL: List[i64] where it.len() >= LEAST = [1, 2]\n"
        "const AT = P(LEAST)\nfn f(n: i64 where n > LEAST): n\nprint(ALL, AT, f(3))\nf(AT.x)",
        "[1, 2] P(x=2) 3\nrefinement failed: n > LEAST at 9:3",
    ),
    "fails-itself": ("fn f(n: i64 where 10 // n > 1): n\nprint(f(5))\nf(0)", "5\ndivision by zero at 1:19"),
}

MARKED: dict[str, tuple[str, str]] = {
    "const": (
        "@const\nfn squares(n): [i * i for i in 0..n]\n@const\nfn fact(n): if n < 2: 1 else: n * fact(n - 1)\n"
        "print(squares(4), fact(5), fact(20))\nfact(21)",
        "[0, 1, 4, 9] 120 2432902008176640000\ninteger overflow at 4:31",
    ),
    "const-of-types": (
        "struct P:\n    x: f64\n    y = None\n\n@const\nfn made(x): (P(x), {\"a\": [x]}, Some(x), \"é\" + str(x))\nprint(made(1), made(2.5))",
        '(P(x=1.0, y=None), {"a": [1]}, Some(1), "é1") (P(x=2.5, y=None), {"a": [2.5]}, Some(2.5), "é2.5")\n',
    ),
    "folded": (
        "const STEPS = [3, 5]\nfn step(k): STEPS[k] * 2\nfn per(n): 6 // n\nfn all(): step(0) + step(1) + per(2)\nprint(all())\n"
        "for i in 0..2: print(step(i))\nfor i in 0..2: per(0)",
        "19\n6\n10\ndivision by zero at 3:12",
    ),
    "inline": ("@inline\nfn at(xs, i): xs[i]\nfn main():\n    print(at([1, 2], 1))\n    at([1], 1)", "2\nindex out of range: the length is 1 but the index is 1 at 2:15"),
    "bounds": (
        "trait Shape:\n    fn area(self) -> f64\n    fn twice(self): self.area() * 2.0\n\nstruct Sq:\n    s: f64\n\nclass Disc:\n    r: f64\n\n"
        "impl Shape for Sq:\n    fn area(self): self.s * self.s\n\nimpl Shape for Disc:\n    fn area(self): self.r\n\n"
        "fn total[T: Shape](xs: List[T]) -> f64: xs.fold(0.0, |a, x| a + x.area())\nfn both(a: Shape, b: dyn Shape): a.twice() + b.twice()\n\n"
        "print(total([Sq(2.0), Sq(1.0)]), total([Disc(4.0)]), both(Sq(1.0), Disc(2.0)))\nfor s in [Sq(3.0), Disc(5.0)]: print(s.area())",
        "5.0 4.0 6.0\n9.0\n5.0\n",
    ),
    "effects": (
        "class Log:\n    lines = []\n\n    fn put(self, x) uses state: self.lines.push(x)\n\npure fn logged(n):\n    let log = Log()\n"
        "    for i in 0..n: log.put(i)\n    log.lines\n\nfn say(x) uses io: print(x)\nsay(logged(3))",
        "[0, 1, 2]\n",
    ),
    "thunk": (
        "@thunk\nfn half(n: i64 where n > 0): n / 2\n\nfn twice(n: i64 where n < 9): n * 2\n\n@thunk\nfn both(n): twice(n) + half(n)\n\n"
        "fn main():\n    print(half(3), both(4))\n    both(9)",
        "1.5 10.0\nrefinement failed: n < 9 at 7:19",
    ),
    "thunk-argument": ("@thunk\nfn half(n: i64 where n > 0): n / 2\n\nfn main():\n    let k = 0\n    print(half(4))\n    half(k)", "2.0\nrefinement failed: n > 0 at 7:10"),
}
