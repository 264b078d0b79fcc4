"""Definitions that random programs draw on: types with operators, indexes, iteration and traits, which random text would hardly
hit upon. A program gets those that it names."""

from __future__ import annotations

import re

from kayton.testing.shapes import I64, Case, Choice, Parameter, Record, Routine, Shape, option

VEC, CELL, TREE = Shape("Vec"), Shape("Cell"), Shape("Tree")

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
    "note": _NOTE,
}

_SHIFT = Routine("shift", (Parameter("by", I64, default="1"),), I64, changes=True)
_BUMP = Routine("bump", (Parameter("by", I64, default="1"),), I64)
_NODE = (Parameter("left", TREE), Parameter("value", I64), Parameter("right", TREE))

RECORDS = (
    Record("Vec", "struct", (Parameter("x", I64), Parameter("y", I64, default="0")), (_SHIFT,)),
    Record("Cell", "class", (Parameter("value", I64), Parameter("next", option(CELL), default="None")), (_BUMP,)),
)
"""What random text knows of the structs and classes here."""
CHOICES = (Choice("Tree", (Case("Leaf"), Case("Node", _NODE, True))),)
"""And of the enums."""


def needed(program: str) -> list[str]:
    """The definitions that a program names, imports first."""
    found: list[str] = []
    words = set(re.findall(r"\w+", program))
    for name, part in _PARTS.items():
        if name in words and part not in found:
            found.append(part)
    return sorted(found, key=lambda part: not part.startswith("use "))

