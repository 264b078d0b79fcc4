"""Kayton modules of any length for measuring the compiler: the same text for the same length, on every machine.

A module is a row of families. A family is one of the texts below with names of its own (`@` is its number), constants of its own (`$i`, `$f`)
and a few statements of its own; together they use what programs use: structs with methods, enums and matches, traits, classes, closures,
f-strings, comprehensions, loops, `?`, `mut` parameters. `main` calls every family, so that no analysis finds anything unused.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

import modules_by_hand

FAMILIES = (
    '''
## A stock of goods.
struct Stock@:
    names: List[str] = []
    prices: Map[str, f64] = {}
    sold: i64 = 0

    fn add(mut self, name: str, price: f64) -> bool:
        if name in self.prices: return false
        self.names.push(name)
        self.prices[name] = price * $f
        true

    fn total(self) -> f64:
        let mut sum = $f
        for name in self.names:
            sum += self.prices[name]
            if sum > $i000.0: break
        sum

    fn sell(mut self, name: str) -> Result[f64, str]:
        let price = self.prices.get(name).ok_or(f"no {name} in stock @")?
        self.sold += 1
        Ok(price * (1.0 - f64(self.sold % $i) / 100.0))

fn restock@(names: List[str], rate):
    let mut stock = Stock@()
    for (i, name) in names.enumerate():
        if not stock.add(name, f64(i) + rate): print(f"twice: {name:>8}")
    let paid = [stock.sell(n).unwrap_or(0.0) for n in names]
$statements
    stock.total() + paid.sum()

fn use@() -> i64: i64(restock@(["oak", "elm", "ash", "oak"], $f))
''',
    '''
enum Shape@:
    Dot@
    Circle@(f64)
    Box@(w: f64, h: f64)
    Group@(List[Shape@])

    fn area(self) -> f64:
        match self:
            Dot@: 0.0
            Circle@(r): $f * r ** 2
            Box@(w, h) if w == h: w * w
            Box@(w, h): w * h
            Group@(parts): parts.map(|p| p.area()).sum(0.0)

fn describe@(shape: Shape@) -> str:
    let name = match shape:
        Dot@: "dot"
        Circle@(r) if r > $f: f"large circle {r:.2}"
        Circle@(r): f"circle {r}"
        Box@(w=a, h=b): f"box {a}x{b}"
        Group@([]): "nothing"
        Group@([only]): f"just {describe@(only)}"
        Group@([first, ..rest]): f"{describe@(first)} and {rest.len()} more"
    f"{name} of area {shape.area():.3}"

fn use@() -> i64:
    let shapes = [Circle@($f), Dot@, Box@(w=$f, h=2.0), Group@([Dot@, Circle@(1.0)])]
    let mut length = 0
    for s in shapes: length += describe@(s).len()
$statements
    length
''',
    '''
const LIMIT@ = $i0
const MASK@ = LIMIT@ * 4 - 1

fn gcd@(a: i64, b: i64) -> i64:
    let mut x = a
    let mut y = b
    while y != 0:
        let rest = x % y
        x = y
        y = rest
    x

fn sieve@(n: i64) -> List[i64]:
    let mut composite = [false; n + 1]
    let mut primes = []
    for i in 2..=n:
        if composite[i]: continue
        primes.push(i)
        let mut k = i * i
        while k <= n:
            composite[k] = true
            k += i
    primes

fn use@() -> i64:
    let mut total = $i
    for p in sieve@(LIMIT@):
        total = (total * $i + gcd@(p, $i2)) % 1_000_007
        if total & 1 == 0 and total > $i: total >>= 1
        elif total == 3: break
        else: total += p ^ MASK@
$statements
    total
''',
    '''
trait Visit@:
    fn enter(mut self, depth: i64) -> i64
    fn label(self) -> str: "visit @"

class Node@:
    value: i64
    next: Option[Node@] = None
    seen: bool = false

    fn push(self, value: i64): self.next = Some(Node@(value, self.next))

struct Counter@:
    hits: i64 = $i
    deepest: i64 = 0

impl Visit@ for Counter@:
    fn enter(mut self, depth: i64) -> i64:
        self.hits += 1
        if depth > self.deepest: self.deepest = depth
        self.hits * $i

impl Show for Counter@:
    fn show(self) -> str: f"{self.label()}: {self.hits}/{self.deepest}"

fn chain@(mut c: Counter@, length: i64) -> i64:
    let head = Node@(0)
    for k in 1..length: head.push(k * $i)
    let mut at = Some(head)
    let mut sum = 0
    while let Some(node) = at:
        sum += node.value + c.enter(sum % $i)
        node.seen = true
        at = node.next
    sum

fn use@() -> i64:
    let mut c = Counter@()
    let sum = chain@(mut c, $i)
$statements
    sum + c.hits + f"{c}".len()
''',
    '''
struct Reader@:
    text: str
    at: i64 = 0

    fn peek(self) -> Option[str]: if self.at < self.text.len(): Some(self.text[self.at]) else: None

    fn number(mut self) -> Result[i64, str]:
        let start = self.at
        while let Some(c) = self.peek():
            if c < "0" or c > "9": break
            self.at += 1
        if start == self.at: return Err(f"no number at {start}")
        self.text[start..self.at].parse_i64().map_err(|e| "bad number")

    fn sum(mut self) -> Result[i64, str]:
        let mut left = self.number()?
        loop:
            match self.peek():
                Some("+"):
                    self.at += 1
                    left += self.number()?
                Some("-"):
                    self.at += 1
                    left -= self.number()?
                Some(other): return Err(f"unexpected {other} at {self.at}")
                None: break
        Ok(left)

fn use@() -> i64:
    let mut good = 0
    for text in ["1+2-$i", "", "$i+$i", "7+x"]:
        let mut reader = Reader@(text)
        match reader.sum():
            Ok(n) if n > $i: good += n
            Ok(n): good -= n
            Err(e): good += e.len()
$statements
    good
''',
    '''
fn compose@(f, g): |x| f(g(x))

fn histogram@(words: List[str]) -> Map[str, i64]:
    let mut counts = {}
    for w in words: counts.update(w.to_lower(), 0, |n| n + 1)
    counts

fn table@(rows: i64, columns: i64) -> List[List[i64]]:
    [[r * $i + c for c in 0..columns if c % 2 == 0] for r in 0..rows]

fn use@() -> i64:
    let step = compose@(|x| x * $i, |x| x + $i)
    let counts = histogram@("The quick fox and the lazy dog and The hen".split(" "))
    let squares = {n: n * n for n in 0..$i}
    let odd = {n for n in squares.values() if n % 2 == 1}
    let mut sum = odd.len() + counts.get_or("the", 0)
    for row in table@(4, $i):
        for cell in row: sum += step(cell)
    let (low, high) = if sum < $i00: (sum, $i) else: ($i, sum)
$statements
    high - low
''',
)

STATEMENTS = (
    "let a@$k = ($i + $i * $i) % $i",
    "let b@$k = [$i, $i, $i].map(|n| n * $i).filter(|n| n > $i)",
    "if $i * $i > $i: print(f\"case $k of @: {$i + 1}\")",
    "let c@$k = if $f < $f: \"less\" else: f\"{$f:.2}\"",
    "for i in 0..$i: assert(i < $i00, \"step $k\")",
    "let d@$k = {\"x\": $i, \"y\": $i}",
    "print(max($i, $i, $i), [$f, $f].sum(), sep=\" | \")",
    "let (p@$k, q@$k) = ($i, \"$k\")",
)


def module(lines: int) -> str:
    """A module of about so many lines."""
    families = _families(lines)
    calls = [f"    total += use{n}()" for n in range(len(families))]
    return "".join(families) + "\n".join(["", "fn main():", "    let mut total = 0", *calls, "    print(total)", ""])


def by_hand(lines: int) -> str:
    """The program of `module` with as many lines, as a Rust programmer would write it."""
    chance = random.Random(lines)
    texts, statements = modules_by_hand.FAMILIES, modules_by_hand.STATEMENTS
    return modules_by_hand.program([_family(texts[n % len(texts)], statements, n, chance) for n in range(len(_families(lines)))])


def _families(lines: int) -> list[str]:
    chance = random.Random(lines)
    families: list[str] = []
    length = 0
    while length < lines - 4 - len(families):
        families.append(_family(FAMILIES[len(families) % len(FAMILIES)], STATEMENTS, len(families), chance))
        length += families[-1].count("\n")
    return families


def _family(text: str, statements: Sequence[str], number: int, chance: random.Random) -> str:
    """The text with its number, and each constant chosen anew."""
    chosen = [f"    {chance.choice(statements)}".replace("$k", str(k)) for k in range(chance.randrange(1, 6))]
    text = text.replace("$statements", "\n".join(chosen))
    for hole, kind in (("$i", _integer), ("$f", _fraction)):
        head, *rest = text.split(hole)
        text = head + "".join([kind(chance) + part for part in rest])
    return text.replace("@", str(number))


def _integer(chance: random.Random) -> str:
    return str(chance.randrange(2, 40))


def _fraction(chance: random.Random) -> str:
    return f"{chance.randrange(1, 80) / 8}"
