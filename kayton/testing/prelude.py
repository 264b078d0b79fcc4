"""Definitions that random programs draw on: types with operators, indexes, iteration and traits, which random text would hardly
hit upon. A program gets those that it names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kayton.testing.features import FEATURES
from kayton.testing.shapes import I64, STR, Case, Choice, Parameter, Record, Routine, Shape, list_of, option

VEC, CELL, TREE, EXPR = Shape("Vec"), Shape("Cell"), Shape("Tree"), Shape("Expr")
SQ, DISC, WORD = Shape("Sq"), Shape("Disc"), Shape("Word")

_VEC = '''\
struct Vec:
    x: i64
    y: i64 = 0

    fn shift(mut self, by=1):
        self.x += by
        self.y -= by
        self.x

impl Add for Vec:
    fn add(self, other): Vec(self.x ^ other.x, self.y | other.y)

impl Sub for Vec:
    fn sub(self, other: Vec) -> Vec: Vec(self.x & other.x, self.y)

impl Mul for Vec:
    fn mul(self, other): Vec(self.x // (other | 1), self.y % (other | 1))

impl Neg for Vec:
    fn neg(self): Vec(~self.x, ~self.y)

impl Ord for Vec:
    fn cmp(self, other): if self.x < other.x: -1 elif self.x > other.x: 1 else: 0

impl Index for Vec:
    fn get(self, i) -> i64: if i == 0: self.x else: self.y

impl IndexSet for Vec:
    fn set(mut self, i, v):
        if i == 0: self.x = v else: self.y = v
'''

_CELL = '''\
class Cell:
    value: i64
    next: Option[Cell] = None

    fn bump(self, by=1):
        self.value = self.value ^ by
        self.value

    fn chain(self) -> i64:
        match self.next:
            Some(cell): self.value ^ cell.chain()
            None: self.value
'''

_TREE = '''\
enum Tree:
    Leaf
    Node(left: Tree, value: i64, right: Tree)

    fn insert(self, n):
        match self:
            Leaf: Node(Leaf, n, Leaf)
            Node(left, value, right) if n < value: Node(left.insert(n), value, right)
            Node(left, value, right): Node(left, value, right.insert(n))

    fn total(self) -> i64:
        match self:
            Node(l, v, r): l.total() ^ v ^ r.total()
            Leaf: 0
'''

_COUNT = '''\
struct Count:
    left: i64

impl Iterator for Count:
    fn next(mut self) -> Option[i64]:
        if self.left <= 0: return None
        self.left -= 1
        Some(self.left)
'''

_BAG = '''\
struct Bag:
    items: List[i64]

impl Iterable for Bag:
    fn iter(self): self.items
'''

_NAMED = '''\
trait Named:
    fn label(self) -> str

    fn title(self, mark="!") -> str: self.label() + mark

impl Named for i64:
    fn label(self): f"i{self}"

impl Named for str:
    fn label(self): self.to_upper()

    fn title(self, mark="?"): mark + self

fn titled(x: dyn Named) -> str: x.title(mark="-")
'''

_SOLID = '''\
trait Flat:
    fn area(self) -> i64

    fn describe(self, unit="m") -> str: f"{self.area()}{unit}2"

trait Solid: Flat:
    fn height(self) -> i64: 2

    fn volume(self, times=1) -> i64: (self.area() ^ self.height()) & 4095 ^ times

struct Sq:
    side: i64

impl Flat for Sq:
    fn area(self): self.side ^ 5

impl Solid for Sq

class Disc:
    r: i64

impl Flat for Disc:
    fn area(self): self.r & 255

    fn describe(self, unit="cm"): "disc " + unit

impl Solid for Disc:
    fn height(self): self.r & 7

impl Flat for str:
    fn area(self): self.len()

fn measured(shape: dyn Flat) -> str: shape.describe() + shape.describe(unit="x")

fn larger[T: Flat](a: T, b: T) -> T: if a.area() < b.area(): b else: a
'''

_BOX = '''\
struct Box[T]:
    item: T
    seen: i64 = 0

    fn map(self, f): Box(f(self.item), self.seen ^ 1)

    fn swap(mut self, item: T) -> T:
        let old = self.item
        self.item = item
        self.seen ^= 3
        old

    fn unbox(self) -> T: self.item

fn boxed[T](item: T) -> Box[T]: Box(item)

fn kept_in[T](mut box: Box[T], item: T) -> Box[T]:
    let old = box.swap(item)
    print("kept", old)
    box
'''

_RING = '''\
class Ring:
    value: i64
    next: Option[Ring] = None

    fn step(self, n):
        match self.next:
            Some(ring) if n > 0: ring.step(n - 1)
            _: self

    fn walk(self, n) -> i64:
        if n <= 0: return self.value
        self.value ^ match self.next:
            Some(ring): ring.walk(n - 1)
            None: -1

fn ring_of(n, value):
    let first = Ring(value)
    let mut last = first
    for i in 1..n:
        let ring = Ring(value ^ i)
        last.next = Some(ring)
        last = ring
    last.next = Some(first)
    first
'''

_OP = '''\
struct Op:
    name: str
    f: fn(i64) -> i64

    fn twice(self, x): (self.f)((self.f)(x))

fn adder(n): |x| x ^ n

fn composed(f, g): |x| g(f(x))

fn applied(f: fn(i64) -> i64, times=2) -> fn(i64) -> i64:
    |x|:
        let mut y = x
        for i in 0..times: y = f(y)
        y
'''

_EXPR = '''\
enum Expr:
    Num(i64)
    Neg(Expr)
    Div(left: Expr, right: Expr)
    All(List[Expr])

    fn eval(self) -> Result[i64, str]:
        match self:
            Num(n) if n > 1000 or n < -1000: Err(f"too large: {n}")
            Num(n): Ok(n)
            Neg(Num(0) | All([])): Err("nothing to negate")
            Neg(inner): Ok(-inner.eval()?)
            Div(right=Num(0)): Err("division by zero")
            Div(left, right):
                let (a, b) = (left.eval()?, right.eval()?)
                if b == 0: Err("division by zero") else: Ok(a // b)
            All([]): Ok(0)
            All([only]): only.eval()
            All([first, ..rest]): Ok(first.eval()? ^ All(rest).eval()?)

    fn double(mut self):
        self = All([self, self])

impl Show for Expr:
    fn show(self) -> str:
        match self:
            Num(n): f"{n}"
            Neg(e): f"-({e})"
            Div(l, r): f"({l} / {r})"
            All(es): es.map(|e| str(e)).join("^")
'''

_WORD = '''\
struct Word:
    text: str

impl Eq for Word:
    fn eq(self, other): self.text.to_lower() == other.text.to_lower()

impl Ord for Word:
    fn cmp(self, other): self.text.len() - other.text.len()

impl Show for Word:
    fn show(self): "~" + self.text
'''

_SWAP = '''\
fn swap_both(mut a, mut b):
    let kept = a
    a = b
    b = kept
'''

_NOTE = '''\
fn note(x):
    print("note", x)
    x
'''

_PARTS: dict[str, str] = {
    "Vec": _VEC, "Cell": _CELL, "Tree": _TREE, "Leaf": _TREE, "Node": _TREE, "Count": _COUNT, "Bag": _BAG,
    "title": _NAMED, "titled": _NAMED, "swap_both": _SWAP, "Rng": "use std.random.{Rng}\n", "gcd": "use std.math.{gcd}\n",
    "dump": "use std.json.{dump}\n",
    "parse": "use std.json.{parse}\n", "Builder": "use std.text.{Builder}\n", "same": "fn same(x): x\n",
    "note": _NOTE, "area": _SOLID, "describe": _SOLID, "Sq": _SOLID, "Disc": _SOLID, "measured": _SOLID, "larger": _SOLID, "Box": _BOX, "boxed": _BOX, "kept_in": _BOX,
    "Ring": _RING, "ring_of": _RING, "Op": _OP, "adder": _OP, "composed": _OP, "applied": _OP, "Expr": _EXPR, "Num": _EXPR,
    "Neg": _EXPR, "Div": _EXPR, "All": _EXPR, "Word": _WORD,
}

_EVERY_PART = {**_PARTS, **FEATURES}
PLAIN = frozenset(_PARTS.values())
"""The definitions that any random program may draw on."""
ALWAYS = frozenset((_PARTS["same"], _PARTS["note"]))
"""Those without which there are too few ways to an expression."""

_SHIFT = Routine("shift", (Parameter("by", I64, default="1"),), I64, changes=True)
_BUMP = Routine("bump", (Parameter("by", I64, default="1"),), I64)
_NODE = (Parameter("left", TREE), Parameter("value", I64), Parameter("right", TREE))

RECORDS = (
    Record("Vec", "struct", (Parameter("x", I64), Parameter("y", I64, default="0")), (_SHIFT,)),
    Record("Sq", "struct", (Parameter("side", I64),)),
    Record("Disc", "class", (Parameter("r", I64),)),
    Record("Word", "struct", (Parameter("text", STR),)),
    Record("Cell", "class", (Parameter("value", I64), Parameter("next", option(CELL), default="None")), (_BUMP,)),
)
"""What random text knows of the structs and classes here."""
_DIV = (Parameter("left", EXPR), Parameter("right", EXPR))
_EXPRS = (Case("Num", (Parameter("n", I64),)), Case("Neg", (Parameter("e", EXPR),)), Case("Div", _DIV, True))
CHOICES = (
    Choice("Tree", (Case("Leaf"), Case("Node", _NODE, True))),
    Choice("Expr", (*_EXPRS, Case("All", (Parameter("es", list_of(EXPR)),)))),
)
"""And of the enums."""


def needed(program: str) -> list[str]:
    """The definitions that a program names, imports first."""
    found: list[str] = []
    words = set(re.findall(r"\w+", program))
    for name, part in _EVERY_PART.items():
        if name in words and part not in found:
            found.append(part)
    return sorted(found, key=lambda part: not part.startswith("use "))


def naming(words: Iterable[str]) -> frozenset[str]:
    """The definitions that these words name."""
    return frozenset([_EVERY_PART[word] for word in words if word in _EVERY_PART])
