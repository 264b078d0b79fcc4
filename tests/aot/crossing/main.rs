//! crossing.ktn, as if only its `main`, a function `sink` that recurses, and `half`, which `turn` calls from bytecode, were compiled.
use kayton_rt::prelude::*;
use std::time::Instant;

static BYTECODE: [u8; include_bytes!("program.kbc").len()] = *include_bytes!("program.kbc");

static PROGRAM: Program = Program {
    sources: &[("crossing.ktn", include_str!("sources/0.ktn"))],
    sites: "0 20:1-20:5 main\n0 18:1-18:5 sink\n0 20:1-20:5 <start>\n0 40:24-40:30 half\n0 40:37-40:48 half",
    kbc: &BYTECODE,
};

// The numbers in the module's table of thunks, which the test writes.
const SCALED: u32 = 0;
const NEXT: u32 = 1;
const SHOUT: u32 = 2;
const DEEP: u32 = 3;
const TWICE: u32 = 4;
const ADDER: u32 = 5;
const RING: u32 = 6;
const MANY: u32 = 7;
const SAME: u32 = 8;
const PUSH: u32 = 9;
const TURN: u32 = 10;
// The number of a function, which the test writes.
const HALF: u32 = 0;

fn scaled(xs: &List<i64>, k: i64, at: At) -> List<i64> {
    let args = [xs.to_val(), k.to_val()];
    let result = at.crossing(|| exec_bytecode_thunk(SCALED, &args));
    args[0].release();
    List::from_val(result)
}

fn next(n: i64, at: At) -> i64 {
    i64::from_val(at.crossing(|| exec_bytecode_thunk(NEXT, &[n.to_val()])))
}

fn sink(levels: i64, below: i64, caller: Calls) {
    let calls = caller.enter();
    if levels == 0 {
        calls.at(1).crossing(|| exec_bytecode_thunk(DEEP, &[below.to_val()]));
    } else {
        sink(levels - 1, below, calls.call(1));
    }
}

fn turn(n: i64, at: At) -> i64 {
    i64::from_val(at.crossing(|| exec_bytecode_thunk(TURN, &[n.to_val()])))
}

fn half(n: i64, caller: Calls) -> i64 {
    let calls = caller.enter();
    if n == 0 {
        calls.at(3).index_out_of_range(1, 5)
    }
    turn(n - 1, calls.at(4))
}

extern "C" fn enter_half(call: &Entered) -> KayVal {
    if call.fits::<i64>(0) {
        return call.run(|caller| half(call.take(0), caller));
    }
    KayVal::ABSENT
}

fn values(at: At) {
    let xs: List<i64> = list![1, 2, 3];
    Text::line().with(&scaled(&xs, 2, at), at).print(at);
    Text::line().with(&xs, at).print(at);
    let text = text!("héllo");
    let val = text.to_val();
    let len = i64::from_val(at.crossing(|| exec_bytecode_thunk(SHOUT, &[val])));
    val.release();
    Text::line().with(&len, at).print(at);
    let add = at.crossing(|| exec_bytecode_thunk(ADDER, &[3i64.to_val()]));
    let sum = at.crossing(|| exec_bytecode_thunk(TWICE, &[add, 4i64.to_val()]));
    add.release();
    Text::line().with(&i64::from_val(sum), at).print(at);
}

fn many(count: i64, at: At) {
    let mut n = next(-1, at); // the first one starts the VM
    let before = memory_in_use();
    let begin = Instant::now();
    for _ in 0..count {
        n = next(n, at);
    }
    let each = begin.elapsed().as_nanos() as f64 / count as f64;
    let xs: List<i64> = list![1, 2, 3];
    for _ in 0..1000 {
        drop(scaled(&xs, 2, at));
    }
    drop(xs);
    Text::line().with(&n, at).put(" ").with(&(memory_in_use() as i64 - before as i64), at).print(at);
    eprintln!("{each:.1} ns a crossing");
}

/// Instances that only hold each other, made here and there, given up here and there.
fn instances(count: i64, at: At) {
    let before = memory_in_use();
    for _ in 0..count {
        at.crossing(|| exec_bytecode_thunk(RING, &[])).release();
    }
    let n = i64::from_val(at.crossing(|| exec_bytecode_thunk(MANY, &[count.to_val()])));
    let kept = (memory_in_use() - before) / 64;
    Text::line().with(&n, at).put(" ").with(&((kept as i64) < count), at).print(at);
}

fn same<T: Boxable>(value: &T, at: At) -> T {
    at.crossing(|| lent([value.handle()], |args| exec_bytecode_thunk(SAME, &args)))
}

fn push<X: Boxable>(xs: &mut BoxedList<X>, x: X, at: At) {
    at.crossing(|| {
        changed(xs, |xs| {
            lent([x.handle()], |[x]| {
                let mut args = [*xs, x];
                let result = exec_bytecode_thunk_mut(PUSH, &mut args, 0b1);
                *xs = args[0];
                result
            })
        })
    })
}

/// Where a value's object is.
fn object<T: Boxable>(value: &T) -> u64 {
    let handle = value.handle();
    handle.release();
    handle.bits
}

/// Containers that are the same objects there and here, with all that is in them.
fn containers(at: At) {
    let word = |text: &str| Str::new(text);
    let words = boxed_list![word("a"), word("b")];
    let grid = boxed_list![list![1, 2], List::new()];
    let table = boxed_map! { at; (1, word("k")) => words.clone() };
    let set = boxed_set! { at; Some(true), None };
    let back = (same(&words, at), same(&grid, at), same(&table, at), same(&set, at));
    let found = [
        object(&back.0) == object(&words),
        object(&back.1) == object(&grid),
        object(&*back.1.get(0, at)) == object(&*grid.get(0, at)),
        object(&back.2) == object(&table),
        object(&*back.2.index(&(1, word("k")), at)) == object(&words),
        object(&back.3) == object(&set),
    ];
    Text::line().with(&List::from_slice(&found, at), at).print(at);
    let mut xs = words.clone();
    push(&mut xs, word("c"), at);
    let own = object(&xs);
    push(&mut xs, word("d"), at);
    Text::line().with(&words, at).put(" ").with(&xs, at).put(" ").with(&(own == object(&xs)), at).print(at);
}

fn start(calls: Calls) {
    set_thunk_global(0, 100i64.to_val());
    let what = std::env::args().nth(1).unwrap_or_default();
    let argument = |index| std::env::args().nth(index).and_then(|word| word.parse().ok()).unwrap_or(0i64);
    let at = calls.at(2);
    match what.as_str() {
        "values" => values(at),
        "fail" => sink(argument(2), argument(3), calls.call(2).enter().call(0)),
        "turns" => Text::line().with(&turn(argument(2), calls.call(2).enter().at(0)), at).print(at),
        "many" => many(argument(2), at),
        "containers" => containers(at),
        _ => instances(argument(2), at),
    }
}

fn main() -> ! {
    for (id, name) in [(SCALED, "scaled"), (NEXT, "next"), (SHOUT, "shout"), (DEEP, "deep"), (TWICE, "twice"), (ADDER, "adder"), (RING, "ring"), (MANY, "many"), (SAME, "same"), (PUSH, "push"), (TURN, "turn")] {
        register_thunk(id, &BYTECODE, name);
    }
    register_compiled(HALF, enter_half);
    run(&PROGRAM, start)
}
