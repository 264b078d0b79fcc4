"""Definitions with the features of LANGUAGE §8, for random programs that are compiled ahead of time: refined types that hold, bounds,
effects that are declared, and annotations. What a program of these does is the same everywhere."""

from __future__ import annotations

_LOW = '''\
type Low = i64 where it >= 0 and it <= 7

fn nth(xs, i: Low): xs.skip(i).first()

fn bits(n: i64 where n > 0, least: Low = 1) -> i64:
    let mut left = n
    let mut count: i64 where it >= 0 = least
    while left > 0:
        count += 1
        left = left >> 1
    count
'''

_CUBE = '''\
@const
pure fn cube(n: i64) -> i64: n.wrapping_mul(n).wrapping_mul(n)

@const
fn dashes(n): "-".repeat(n & 3)
'''

_CHOSEN = '''\
@inline
fn chosen(first, a, b): if first: a else: b
'''

_THROUGH = '''\
@thunk
fn through(x): x
'''

_SENT = '''\
@thunk
fn sent(xs, f):
    let mut out = []
    for x in xs: out.push(f(x))
    out
'''

_GROWN = '''\
@thunk
fn grown(mut xs, x):
    xs.push(x)
    xs.len()
'''

_TOLD = '''\
fn told(x) uses io:
    print("told", x)
    x
'''

_MIXED = '''\
pure fn mixed(xs: List[i64]) -> i64: xs.fold(0, |so_far, x| so_far ^ x)
'''

_WEIGHED = '''\
trait Weighed:
    fn weight(self) -> i64

    fn twice_weight(self): self.weight() * 2

impl Weighed for i64:
    fn weight(self): self & 63

impl Weighed for str:
    fn weight(self): self.len()

    fn twice_weight(self): self.len() + 1

fn heavier[T: Weighed](a: T, b: T) -> T: if a.weight() < b.weight(): b else: a

fn load(xs): xs.map(|x: dyn Weighed| x.twice_weight()).sum(0)
'''

FEATURES: dict[str, str] = {
    "nth": _LOW, "bits": _LOW, "cube": _CUBE, "dashes": _CUBE, "chosen": _CHOSEN, "through": _THROUGH, "sent": _SENT, "grown": _GROWN, "told": _TOLD,
    "mixed": _MIXED, "weight": _WEIGHED, "twice_weight": _WEIGHED, "heavier": _WEIGHED, "load": _WEIGHED,
}
"""By a name that each defines."""

ANNOTATIONS = ("@inline\n", "@thunk\n")
"""What may stand before a random function."""
