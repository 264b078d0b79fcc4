"""The modules of bench/modules.py as a Rust programmer would write them, family by family and statement by statement.

Each text has its holes in the order of its twin, so that both get the same constants, and print the same.
"""

HEAD = """\
#![allow(dead_code)]

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::rc::Rc;
"""

FAMILIES = (
    '''
/// A stock of goods.
#[derive(Clone, Debug, Default, PartialEq)]
struct Stock@ {
    names: Vec<String>,
    prices: HashMap<String, f64>,
    sold: i64,
}

impl Stock@ {
    fn add(&mut self, name: &str, price: f64) -> bool {
        if self.prices.contains_key(name) {
            return false;
        }
        self.names.push(name.to_string());
        self.prices.insert(name.to_string(), price * $f);
        true
    }

    fn total(&self) -> f64 {
        let mut sum = $f;
        for name in &self.names {
            sum += self.prices[name];
            if sum > $i000.0 {
                break;
            }
        }
        sum
    }

    fn sell(&mut self, name: &str) -> Result<f64, String> {
        let price = *self.prices.get(name).ok_or_else(|| format!("no {name} in stock @"))?;
        self.sold += 1;
        Ok(price * (1.0 - (self.sold % $i) as f64 / 100.0))
    }
}

fn restock@(names: &[&str], rate: f64) -> f64 {
    let mut stock = Stock@::default();
    for (i, name) in names.iter().enumerate() {
        if !stock.add(name, i as f64 + rate) {
            println!("twice: {name:>8}");
        }
    }
    let paid: Vec<f64> = names.iter().map(|n| stock.sell(n).unwrap_or(0.0)).collect();
$statements
    stock.total() + paid.iter().sum::<f64>()
}

fn use@() -> i64 {
    restock@(&["oak", "elm", "ash", "oak"], $f) as i64
}
''',
    '''
#[derive(Clone, Debug, PartialEq)]
enum Shape@ {
    Dot,
    Circle(f64),
    Box { w: f64, h: f64 },
    Group(Vec<Shape@>),
}

impl Shape@ {
    fn area(&self) -> f64 {
        match self {
            Shape@::Dot => 0.0,
            Shape@::Circle(r) => $f * r.powi(2),
            Shape@::Box { w, h } if w == h => w * w,
            Shape@::Box { w, h } => w * h,
            Shape@::Group(parts) => parts.iter().map(Shape@::area).sum(),
        }
    }
}

fn describe@(shape: &Shape@) -> String {
    let name = match shape {
        Shape@::Dot => "dot".to_string(),
        Shape@::Circle(r) if *r > $f => format!("large circle {r:.2}"),
        Shape@::Circle(r) => format!("circle {r:?}"),
        Shape@::Box { w, h } => format!("box {w:?}x{h:?}"),
        Shape@::Group(parts) => match parts.as_slice() {
            [] => "nothing".to_string(),
            [only] => format!("just {}", describe@(only)),
            [first, ..] => format!("{} and {} more", describe@(first), parts.len() - 1),
        },
    };
    format!("{name} of area {:.3}", shape.area())
}

fn use@() -> i64 {
    let shapes = [Shape@::Circle($f), Shape@::Dot, Shape@::Box { w: $f, h: 2.0 }, Shape@::Group(vec![Shape@::Dot, Shape@::Circle(1.0)])];
    let mut length = 0;
    for s in &shapes {
        length += describe@(s).chars().count() as i64;
    }
$statements
    length
}
''',
    '''
const LIMIT@: i64 = $i0;
const MASK@: i64 = LIMIT@ * 4 - 1;

fn gcd@(a: i64, b: i64) -> i64 {
    let (mut x, mut y) = (a, b);
    while y != 0 {
        let rest = x % y;
        x = y;
        y = rest;
    }
    x
}

fn sieve@(n: i64) -> Vec<i64> {
    let n = n as usize;
    let mut composite = vec![false; n + 1];
    let mut primes = Vec::new();
    for i in 2..=n {
        if composite[i] {
            continue;
        }
        primes.push(i as i64);
        let mut k = i * i;
        while k <= n {
            composite[k] = true;
            k += i;
        }
    }
    primes
}

fn use@() -> i64 {
    let mut total: i64 = $i;
    for p in sieve@(LIMIT@) {
        total = (total * $i + gcd@(p, $i2)) % 1_000_007;
        if total & 1 == 0 && total > $i {
            total >>= 1;
        } else if total == 3 {
            break;
        } else {
            total += p ^ MASK@;
        }
    }
$statements
    total
}
''',
    '''
trait Visit@ {
    fn enter(&mut self, depth: i64) -> i64;

    fn label(&self) -> &'static str {
        "visit @"
    }
}

struct Node@ {
    value: i64,
    next: RefCell<Option<Rc<Node@>>>,
    seen: Cell<bool>,
}

impl Node@ {
    fn new(value: i64, next: Option<Rc<Node@>>) -> Rc<Node@> {
        Rc::new(Node@ { value, next: RefCell::new(next), seen: Cell::new(false) })
    }

    fn push(&self, value: i64) {
        let next = self.next.take();
        self.next.replace(Some(Node@::new(value, next)));
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Counter@ {
    hits: i64,
    deepest: i64,
}

impl Default for Counter@ {
    fn default() -> Counter@ {
        Counter@ { hits: $i, deepest: 0 }
    }
}

impl Visit@ for Counter@ {
    fn enter(&mut self, depth: i64) -> i64 {
        self.hits += 1;
        if depth > self.deepest {
            self.deepest = depth;
        }
        self.hits * $i
    }
}

impl fmt::Display for Counter@ {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}: {}/{}", self.label(), self.hits, self.deepest)
    }
}

fn chain@(c: &mut Counter@, length: i64) -> i64 {
    let head = Node@::new(0, None);
    for k in 1..length {
        head.push(k * $i);
    }
    let mut at = Some(head);
    let mut sum = 0;
    while let Some(node) = at {
        sum += node.value + c.enter(sum % $i);
        node.seen.set(true);
        at = node.next.borrow().clone();
    }
    sum
}

fn use@() -> i64 {
    let mut c = Counter@::default();
    let sum = chain@(&mut c, $i);
$statements
    sum + c.hits + c.to_string().chars().count() as i64
}
''',
    '''
struct Reader@<'a> {
    text: &'a str,
    at: usize,
}

impl Reader@<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn number(&mut self) -> Result<i64, String> {
        let start = self.at;
        while let Some(c) = self.peek() {
            if !c.is_ascii_digit() {
                break;
            }
            self.at += 1;
        }
        if start == self.at {
            return Err(format!("no number at {start}"));
        }
        self.text[start..self.at].parse().map_err(|_| "bad number".to_string())
    }

    fn sum(&mut self) -> Result<i64, String> {
        let mut left = self.number()?;
        loop {
            match self.peek() {
                Some('+') => {
                    self.at += 1;
                    left += self.number()?;
                }
                Some('-') => {
                    self.at += 1;
                    left -= self.number()?;
                }
                Some(other) => return Err(format!("unexpected {other} at {}", self.at)),
                None => break,
            }
        }
        Ok(left)
    }
}

fn use@() -> i64 {
    let mut good = 0;
    for text in ["1+2-$i", "", "$i+$i", "7+x"] {
        let mut reader = Reader@ { text, at: 0 };
        match reader.sum() {
            Ok(n) if n > $i => good += n,
            Ok(n) => good -= n,
            Err(e) => good += e.chars().count() as i64,
        }
    }
$statements
    good
}
''',
    '''
fn compose@(f: impl Fn(i64) -> i64, g: impl Fn(i64) -> i64) -> impl Fn(i64) -> i64 {
    move |x| f(g(x))
}

fn histogram@(words: &[&str]) -> HashMap<String, i64> {
    let mut counts = HashMap::new();
    for w in words {
        *counts.entry(w.to_lowercase()).or_insert(0) += 1;
    }
    counts
}

fn table@(rows: i64, columns: i64) -> Vec<Vec<i64>> {
    (0..rows).map(|r| (0..columns).filter(|c| c % 2 == 0).map(|c| r * $i + c).collect()).collect()
}

fn use@() -> i64 {
    let step = compose@(|x| x * $i, |x| x + $i);
    let words: Vec<&str> = "The quick fox and the lazy dog and The hen".split(' ').collect();
    let counts = histogram@(&words);
    let squares: HashMap<i64, i64> = (0..$i).map(|n| (n, n * n)).collect();
    let odd: HashSet<i64> = squares.values().copied().filter(|n| n % 2 == 1).collect();
    let mut sum = odd.len() as i64 + counts.get("the").copied().unwrap_or(0);
    for row in table@(4, $i) {
        for cell in row {
            sum += step(cell);
        }
    }
    let (low, high) = if sum < $i00 { (sum, $i) } else { ($i, sum) };
$statements
    high - low
}
''',
)

STATEMENTS = (
    "let _a@$k: i64 = ($i + $i * $i) % $i;",
    "let _b@$k: Vec<i64> = [$i, $i, $i].iter().map(|n| n * $i).filter(|n| *n > $i).collect();",
    'if $i * $i > $i {\n        println!("case $k of @: {}", $i + 1);\n    }',
    'let _c@$k = if $f < $f { "less".to_string() } else { format!("{:.2}", $f) };',
    'for i in 0..$i {\n        assert!(i < $i00, "step $k");\n    }',
    'let _d@$k = HashMap::from([("x", $i), ("y", $i)]);',
    'println!("{} | {:?}", $i_i64.max($i).max($i), [$f, $f].iter().sum::<f64>());',
    'let (_p@$k, _q@$k) = ($i, "$k");',
)


def program(families: list[str]) -> str:
    """A program of these families."""
    calls = [f"    total += use{n}();" for n in range(len(families))]
    return "\n".join([HEAD + "".join(families), "fn main() {", "    let mut total = 0;", *calls, '    println!("{total}");', "}", ""])
