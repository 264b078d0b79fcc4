//! shapes.ktn, as the compiler emits it: structs, a recursive enum, a class, lists, maps, closures, and an error.
use kayton_rt::prelude::*;

static PROGRAM: Program = Program {
    sources: &[("shapes.ktn", include_str!("shapes.ktn"))],
    sites: "\
0 21:32-21:44 Shape.area\n\
0 28:9-28:24 Counter.bump\n\
0 33:24-33:46 tally\n\
0 33:24-33:50 tally\n\
0 33:9-33:50 tally\n\
0 38:9-38:48 areas\n\
0 38:30-38:42 areas\n\
0 39:15-39:48 areas\n\
0 39:33-39:41 <closure>\n\
0 39:15-39:66 areas\n\
0 39:57-39:65 <closure>\n\
0 40:16-40:25 areas\n\
0 40:5-40:26 areas\n\
0 43:24-43:68 count\n\
0 43:18-43:69 count\n\
0 44:5-44:18 count\n\
0 49:13-49:24 count\n\
0 50:5-50:65 count\n\
0 55:5-55:48 main\n\
0 57:5-57:18 main\n\
0 58:18-58:25 main\n\
0 58:18-58:29 main\n\
0 58:11-58:30 main\n\
0 58:5-58:31 main\n\
0 53:1-58:31 <start>",
    kbc: &[],
};

// shapes.ktn:3  struct Point:
#[derive(Clone, Copy)]
struct Point {
    x: f64,
    y: f64,
}

impl Value for Point {
    const TRACED: bool = false;

    fn show(&self, out: &mut Text, at: At) {
        at.check_stack();
        out.put("Point(x=").nested(&self.x, at).put(", y=").nested(&self.y, at).put(")");
    }

    fn equal(&self, other: &Point, at: At) -> bool {
        self.x.equal(&other.x, at) && self.y.equal(&other.y, at)
    }
}

// shapes.ktn:7  fn len(self) -> f64:
fn point_len(this: Point) -> f64 {
    (this.x * this.x + this.y * this.y).sqrt()
}

// shapes.ktn:10  enum Shape:
#[derive(Clone)]
enum Shape {
    Dot,
    Circle(Point, f64),
    Rect { w: f64, h: f64 },
    Scaled(Shared<Shape>, f64),
}

impl Value for Shape {
    const TRACED: bool = false;

    fn show(&self, out: &mut Text, at: At) {
        at.check_stack();
        match self {
            Shape::Dot => out.put("Dot"),
            Shape::Circle(a, b) => out.put("Circle(").nested(a, at).put(", ").nested(b, at).put(")"),
            Shape::Rect { w, h } => out.put("Rect(w=").nested(w, at).put(", h=").nested(h, at).put(")"),
            Shape::Scaled(a, b) => out.put("Scaled(").nested(a, at).put(", ").nested(b, at).put(")"),
        };
    }

    fn equal(&self, other: &Shape, at: At) -> bool {
        match (self, other) {
            (Shape::Dot, Shape::Dot) => true,
            (Shape::Circle(a, b), Shape::Circle(x, y)) => a.equal(x, at) && b.equal(y, at),
            (Shape::Rect { w: a, h: b }, Shape::Rect { w: x, h: y }) => a.equal(x, at) && b.equal(y, at),
            (Shape::Scaled(a, b), Shape::Scaled(x, y)) => a.equal(x, at) && b.equal(y, at),
            _ => false,
        }
    }
}

// shapes.ktn:16  fn area(self) -> f64:
fn shape_area(this: &Shape, caller: Calls) -> f64 {
    let calls = caller.enter();
    match this {
        Shape::Dot => 0.0,
        Shape::Circle(_, r) => std::f64::consts::PI * r * r,
        Shape::Rect { w, h } => w * h,
        Shape::Scaled(inner, by) => shape_area(inner, calls.call(0)) * by * by,
    }
}

// shapes.ktn:23  class Counter:
struct Counter {
    name: Field<Str>,
    count: Field<i64>,
}

impl Class for Counter {
    const NAME: &'static str = "Counter";
    const TRACED: bool = false;

    fn trace(&self, _: &mut Tracer) {}
}

// shapes.ktn:27  fn bump(self):
fn counter_bump(this: &Object<Counter>, caller: Calls) {
    let calls = caller.enter();
    this.count.set(add(this.count.get(), 1, calls.at(1)));
}

// shapes.ktn:30  fn tally(words: List[str]) -> Map[str, i64]:
fn tally(words: &List<Str>, caller: Calls) -> Map<Str, i64> {
    let calls = caller.enter();
    let mut counts = Map::new();
    for word in words.iter() {
        let count = add(counts.get_or(word, 0, calls.at(2)), 1, calls.at(3));
        counts.set(word.clone(), count, calls.at(4));
    }
    counts
}

// shapes.ktn:36  fn areas(shapes):
fn areas(shapes: &List<Shape>, caller: Calls) {
    let calls = caller.enter();
    for shape in shapes.iter() {
        let area = shape_area(shape, calls.call(6));
        Text::line().with(shape, calls.at(5)).put(" has ").format(&area, ".3", calls.at(5)).print(calls.at(5));
    }
    let is_big = |s: &Shape| {
        let calls = calls.call(7).enter();
        shape_area(s, calls.call(8)) > 6.5
    };
    let area = |s: &Shape| {
        let calls = calls.call(9).enter();
        shape_area(s, calls.call(10))
    };
    let big = shapes.filter(is_big, calls.at(7)).map(area, calls.at(9));
    let sum = big.sum(calls.at(11));
    Text::line().with(&big, calls.at(12)).put(" ").with(&sum, calls.at(12)).print(calls.at(12));
}

// shapes.ktn:42  fn count():
fn count(caller: Calls) -> i64 {
    let calls = caller.enter();
    let words = text!("the cat and the dog and the end").split(text!(" "), calls.at(13));
    let counts = tally(&words, calls.call(14));
    Text::line().with(&counts, calls.at(15)).print(calls.at(15));
    let counter = Object::new(Counter { name: Field::new(text!("words").clone()), count: Field::new(0) });
    let same = counter.clone();
    for (_word, n) in counts.iter() {
        if *n > 1 {
            counter_bump(&same, calls.call(16));
        }
    }
    let mut line = Text::line();
    line.with(&counter.name.get(), calls.at(17)).put(" ").with(&counter.count.get(), calls.at(17)).put(" ");
    line.with(&counter.is(&same), calls.at(17)).put(" ").with(&counter, calls.at(17)).print(calls.at(17));
    counter.count.get()
}

// shapes.ktn:53  fn main():
fn main_(caller: Calls) {
    let calls = caller.enter();
    let p = Point { x: 3.0, y: 4.0 };
    let same = p.equal(&Point { x: 3.0, y: 4.0 }, calls.at(18));
    let mut line = Text::line();
    line.with(&p, calls.at(18)).put(" ").with(&point_len(p), calls.at(18)).put(" ").with(&same, calls.at(18));
    line.print(calls.at(18));
    let shapes = list![
        Shape::Dot,
        Shape::Circle(p, 1.5),
        Shape::Rect { w: 2.0, h: 3.0 },
        Shape::Scaled(Shared::new(Shape::Rect { w: 1.0, h: 1.0 }), 3.0),
    ];
    areas(&shapes, calls.call(19));
    let index = add(count(calls.call(20)), 2, calls.at(21));
    Text::line().with(shapes.get(index, calls.at(22)), calls.at(23)).print(calls.at(23));
}

fn start(calls: Calls) {
    main_(calls.call(24))
}

fn main() {
    run(&PROGRAM, start)
}
