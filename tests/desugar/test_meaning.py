"""What a program does is the same after every pass that desugars or lowers it."""

from __future__ import annotations

import pytest

from kayton.pipelines import loading
from kayton.pipelines.manager import PassRun, Settings, run_text
from kayton.runtime.evaluator.running import run

COMPOUND = """
class Counter:
    hits = 0

struct Point:
    x: i64
    y = 0

fn log(mut seen, x):
    seen.push(x)
    x

fn main():
    let mut seen = []
    let mut grid = [[1, 2], [3, 4]]
    grid[log(mut seen, 1)][log(mut seen, 0)] += log(mut seen, 10)
    let mut p = Point(1)
    p.y -= 5
    let mut t = (1, [2])
    t.1[0] **= 3
    let mut m = {"a": 1}
    m["a"] *= 7
    let c = Counter()
    let of = |x| x
    of(c).hits += 1
    print(grid, seen, p, t, m, c.hits)
"""

COMPREHENSIONS = """
fn first_even(xs):
    let seen = [if x % 2 == 0: return Some(x) else: x for x in xs]
    print("none of", seen)
    None

fn main():
    let mut n = 0
    let add = |x| x + 100
    let xs = [add(x) + y for x in 0..3 if x != 1 for (y, _) in [(x, 0), (10, 0)]]
    print(xs, {x % 2 for x in xs}, {x: [y for y in 0..x] for x in 1..=3}, [x for x in {3, 1}])
    print(first_even([1, 4]), first_even([1]))
    print([|x| x + k for k in 0..3].map(|f| f(1)))
"""

LOOPS = """
fn drain(mut xs):
    let mut out = []
    let unit = while let Some(x) = xs.pop():
        if x == 0: continue
        if x < 0: break
        out.push(x)
    (out, unit)

fn pairs(ps):
    for (i, (a, _)) in ps:
        if a == 2: continue
        for _ in 0..2: print(i, a)
        if a == 3: return i
    -1

fn main():
    let mut xs = [1, -1, 2, 0, 3]
    print(drain(mut xs), xs, pairs([(0, (1, 0)), (1, (2, 0)), (2, (3, 0)), (3, (4, 0))]))
    let r = 1..=3
    for i in r:
        let i = i * 2
        print(i, end=" ")
    print(if let Some(x) = Some(5): x else: 0, if let (a, _) = (1, 2): a else: 0)
    print([(1, 2), (3, 4)].map(|(a, b)| a * b), [1].map(|_| "any"))
"""

MATCHES = """
const LIMIT = 100

struct Point:
    x: i64
    y: i64

enum Shape:
    Empty
    Circle(f64)
    Rect(w: f64, h: f64)
    Both(Shape, Shape)

fn name(s):
    match s:
        Empty: "empty"
        Circle(r) if r > 10.0: "big"
        Circle(1.0) | Rect(w=1.0, h=1.0): "unit"
        Rect(w, h) if w == h: f"square {w}"
        both @ Both(Circle(r), Rect(w=r2)) | both @ Both(Circle(r), Both(Circle(r2), _)): f"{r} {r2} {both}"
        Both(a, Both(b, c)): f"<{name(a)} {name(b)} {name(c)}>"
        other: f"other {other}"

fn kind(v):
    match v:
        0 | 1: "small"
        -5..=-1: "below"
        LIMIT: "limit"
        0.5..1.5: "about one"
        "a".."n": "first half"
        (): "unit"
        (0, n) | (n, 0): f"axis {n}"
        (a, (b, [c, ..rest])): f"{a}{b}{c}{rest}"
        [] | [_]: "short"
        [x, y, ..] if x == y: "twins"
        Point(x=0, y=py): f"on y at {py}"
        whole @ Some(Some(n) | Ok(n)): f"{whole} has {n}"
        true: "yes"
        _: "?"

fn fizz(n):
    match (n % 3, n % 5):
        (0, 0): "FizzBuzz"
        (0, _): "Fizz"
        (_, 0): "Buzz"
        pair: f"{pair}"

fn count(mut xs):
    match xs:
        [] if xs.len() == 0: xs.push(1)
        [_, ..rest]: xs.extend(rest)
        _: xs.clear()
    xs

fn main():
    let c = Circle(2.0)
    for s in [Empty, Circle(11.0), Circle(1.0), Rect(1.0, 1.0), Rect(3.0, 3.0), Rect(3.0, 4.0), c, Both(c, Rect(5.0, 6.0))]: print(name(s))
    print(name(Both(c, Both(Circle(7.0), Empty))), name(Both(Empty, Both(c, Empty))))
    for v in [0, 1, -3, 100, 1.0, "b", "z", (), (0, 5), (6, 0), (1, (2, [3, 4])), [], [1], [2, 2, 3], [1, 2]]: print(kind(v), end="; ")
    for v in [Point(0, 3), Point(1, 3), Some(Some(1)), Some(Ok(2)), Some(None), true, false, |x| x]: print(kind(v), end="; ")
    let mut none = []
    let mut some = [1, 2, 3]
    print([fizz(n) for n in [1, 3, 5, 15]], count(mut none), count(mut some))
    let (a, (b, Point(x=px))) = (1, (2, Point(3, 4)))
    let w @ (mut d, _) = (b, a)
    d += px
    let Point(x, y) = Point(7, 8)
    print(a, b, px, w, d, x, y)
"""

CALLS = """
trait Named:
    fn name(self) -> str
    fn twice(self, sep="-"): self.name() + sep + self.name()

struct Cat:
    age: i64
    friends: List[Self] = []

    fn named(n: i64) -> Self: Self(n)

    fn older(mut self, by = 1): self.age += by

impl Named for Cat:
    fn name(self): f"cat{self.age:03}"

impl Named for i64:
    fn name(self): f"{self:>+4}"

fn area(w, h = w * 2, k: f64 = 1): (w, h, k)

fn parse(a, b):
    let n = a.parse_i64()? + b.parse_i64()?
    Ok(n)

fn adder(a): |b| |c| a + b + c

fn main():
    let mut c = Cat.named(3)
    c.older()
    c.older(by=5)
    print(c, c.twice(), c.twice(sep="/"), 5.twice())
    print(area(1), area(1, k=3), area(1, 2, 3.5))
    print(parse("1", "2"), parse("1", "x"), parse("y", "x"))
    let k = 10
    let f = |o| Some(o? + k)
    print(f(Some(1)), f(None), adder(1)(2)(3), f"{f"{k:x}"}{{}}")
"""

FAILING = [
    "fn main():\n    let mut n = 9223372036854775807\n    n += 1\n",
    "fn f(v):\n    let (a, b) = v\n    print(a)\n\nfn main():\n    f((1, 2))\n    f(5)\n",
    "fn f(v):\n    let (a, (b, _)) = v\n    print(a)\n\nfn main(): f((1, (2, 3, 4)))\n",
    "fn f(v):\n    for (a, b) in v: print(a)\n\nfn main(): f([(1, 2), (3,)])\n",
    "struct P: x\n\nfn f(v):\n    let P(x) = v\n    print(x)\n\nfn main():\n    f(P(1))\n    f([1])\n",
    "fn f(v):\n    match v:\n        true: 1\n        false: 2\n\nfn main():\n    print(f(true))\n    f([\"x\"])\n",
    "fn f(v):\n    match v:\n        1 if v + 1: 1\n        _: 2\n\nfn main(): f(1)\n",
    "fn main(): print([10 // x for x in [1, 0]])\n",
    "fn f(x, y = x // 0): y\n\nfn main():\n    print(f(1, 2))\n    f(1)\n",
]


def check(source: str) -> list[str]:
    """Runs the program before all and after each of the passes; the names of those after which it ended in another way."""
    runs: list[PassRun] = []
    result = run_text(loading.load("vm", until="convert-closures"), "main.ktn", source, Settings(verify="each"), [runs.append])
    assert result.failure is None and not result.cx.failed, [d.message() for d in result.diagnostics] or result.failure
    sources = result.cx.sources
    linked = next(r.before for r in runs if r.step.name == "hoist-methods")
    expected = ended(linked, sources)
    ours = [r for r in runs if r.step.use.__module__.split(".")[2] in ("desugar", "lower")]
    return [r.step.name for r in ours if ended(r.after, sources) != expected]


def ended(tree, sources) -> tuple:
    """The exit code, the output, and an error with the lines that led to it."""
    o = run(tree, sources, max_steps=100_000)
    return o.exit_code, o.stdout, o.error and (o.error.message, [(c.function, c.line) for c in o.error.trace])


@pytest.mark.parametrize("source", [COMPOUND, COMPREHENSIONS, LOOPS, MATCHES, CALLS], ids=["compound", "comprehensions", "loops", "matches", "calls"])
def test_meaning_is_kept(source):
    assert check(source) == []


@pytest.mark.parametrize("source", FAILING)
def test_errors_are_kept(source):
    assert check(source) == []
