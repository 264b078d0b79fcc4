use kayton_abi::format::Spec;
use kayton_abi::ops::{self, Binary};
use kayton_abi::testing::{leaks_nothing, Dice, TestHost};
use kayton_abi::types::{builtin_name, TypeInfo, TypeKind, OPTION, RESULT};
use kayton_abi::{access, equal, hash, objects, order, print, Guard, Hook, KayVal, Owned, Table, Tag};

use super::{floats, host, int, ints, list, range, run, text};
use crate::{natives, Native};

/// The number of functions that may be called with any arguments; the rest implement traits.
const PLAIN: usize = 5;

/// A value of some kind, owned.
fn value(dice: &mut Dice, host: &TestHost, depth: usize) -> KayVal {
    match dice.below(if depth == 0 { 12 } else { 22 }) {
        0 => int(dice.below(7) as i64 - 2),
        1 => int([i64::MIN, i64::MAX, 64, -1, 1 << 40][dice.below(5)]),
        2 => KayVal::float([0.5, f64::NAN, f64::INFINITY, -0.0, 1e300, 3.0][dice.below(6)]),
        3 => KayVal::bool(dice.below(2) == 0),
        4 => KayVal::UNIT,
        5 => KayVal::NONE,
        6 => text(["", "a", "aé日😀", "12", "-1.5", "{\"a\":[1,null]}", "a,b\r\nc"][dice.below(7)]),
        7 => KayVal::func(dice.below(PLAIN) as u32),
        8 => native_function(dice),
        9 => range(-2, dice.below(6) as i64),
        10 => ints(&[3, 1, 2][..dice.below(4)]),
        11 => floats(&[0.5, f64::NAN, -1.0][..dice.below(4)]),
        12 | 13 => {
            let values: Vec<KayVal> = (0..dice.below(4)).map(|_| value(dice, host, depth - 1)).collect();
            list(&values)
        }
        14 => objects::tuple(&[value(dice, host, depth - 1), value(dice, host, depth - 1)]),
        15 => objects::some(value(dice, host, depth - 1)),
        16 => objects::ok(value(dice, host, depth - 1)),
        17 => objects::err(value(dice, host, depth - 1)),
        18 => objects::structure(2, &[value(dice, host, depth - 1)]),
        19 => table(dice, host, Table::map(), depth),
        20 => table(dice, host, Table::set(), depth),
        _ => objects::class(3, &[value(dice, host, depth - 1)]),
    }
}

/// A built-in function as a value; methods are none.
fn native_function(dice: &mut Dice) -> KayVal {
    loop {
        let index = dice.below(natives().len());
        let native = &natives()[index];
        if !native.receiver && may_be_tried(native) {
            return KayVal::native(index as u32);
        }
    }
}

fn table(dice: &mut Dice, host: &TestHost, mut table: KayVal, depth: usize) -> KayVal {
    for _ in 0..dice.below(4) {
        let key = value(dice, host, 0);
        let item = if table.tag == Tag::SET { KayVal::UNIT } else { value(dice, host, depth - 1) };
        // Keys that are none are refused, and freed.
        if let Ok(Some(old)) = table.unique::<Table>().unwrap().insert(&host.types, key, item) {
            old.release();
        }
    }
    table
}

fn receiver(dice: &mut Dice, host: &TestHost, of: &str) -> KayVal {
    match of {
        "Builder" => objects::builder(text("so far")),
        "Rng" => objects::rng([1, 2, 3, 4]),
        _ => loop {
            let found = value(dice, host, 2);
            let name = match host.types.type_id(found) {
                Some(OPTION) => "Option",
                Some(RESULT) => "Result",
                _ => builtin_name(found.tag),
            };
            if name == of || (of == "List" && found.tag == Tag::RANGE && dice.below(4) == 0) {
                return found;
            }
            found.release();
        },
    }
}

/// Functions of various behaviour, a struct that is an iterator and shows itself, and a class that compares.
fn busy_host() -> TestHost {
    let mut host = host();
    host.patience = Some(0);
    host.function(|_, args| Ok(args.first().map_or(KayVal::UNIT, |first| first.retained())));
    host.function(|_, args| Ok(KayVal::bool(args.len() % 2 == 1)));
    host.function(|_, args| Ok(int(args.len() as i64 - 1)));
    host.function(|_, _| Err(kayton_abi::errors::failure("from inside")));
    host.function(|_, args| Ok(list(&args.iter().map(|arg| arg.retained()).collect::<Vec<_>>())));
    let counter = host.add_type(TypeInfo::new("Counter", TypeKind::Struct, &["n"]));
    host.implement(counter, Hook::Iterator, |_, args| {
        let n = objects::fields(&args[0])[0].to_int().unwrap_or(9).max(0);
        objects::set_field(&mut args[0], 0, int(n.saturating_add(1)))?;
        Ok(if n < 3 { objects::some(int(n)) } else { KayVal::NONE })
    });
    host.implement(counter, Hook::Show, |_, _| Ok(text("counter")));
    let node = host.add_type(TypeInfo::new("Node", TypeKind::Class, &["n"]));
    host.implement(node, Hook::Eq, |_, args| Ok(KayVal::bool(args[0].same(args[1]))));
    host.implement(node, Hook::Ord, |_, _| Ok(int(1)));
    host
}

fn may_be_tried(native: &Native) -> bool {
    !matches!(native.name, "std.io.write_file" | "std.io.append_file")
}

/// Whatever the arguments, a native gives a value or an error, and leaves nothing behind.
#[test]
fn no_argument_breaks_a_native() {
    let mut dice = Dice(2024);
    for native in natives().iter().filter(|native| may_be_tried(native)) {
        for _ in 0..150 {
            leaks_nothing(|| {
                let mut host = busy_host();
                let mut args = Vec::new();
                if native.receiver {
                    let of = native.name.split('.').next().unwrap();
                    args.push(receiver(&mut dice, &host, of));
                }
                let most = if native.max == crate::VARIADIC { 4 } else { usize::from(native.max) };
                let least = usize::from(native.min);
                for _ in 0..least + dice.below(most - least + 1) {
                    args.push(value(&mut dice, &host, 2));
                }
                if let Ok(result) = run(&mut host, native, &mut args) {
                    result.release();
                }
                args.into_iter().for_each(KayVal::release);
            });
        }
    }
}

const OPERATORS: [Binary; 12] = [
    Binary::Add,
    Binary::Sub,
    Binary::Mul,
    Binary::Div,
    Binary::FloorDiv,
    Binary::Rem,
    Binary::Pow,
    Binary::BitAnd,
    Binary::BitOr,
    Binary::BitXor,
    Binary::Shl,
    Binary::Shr,
];

/// Every operation on three borrowed values, one after the other; errors are as good as values.
fn operate(dice: &mut Dice, host: &mut TestHost, a: KayVal, b: KayVal, c: KayVal) {
    for op in OPERATORS {
        let _ = ops::apply(host, op, a, b).map(Owned::new);
        let mut target = Owned::share(a);
        let types = &host.types;
        let _ = ops::assign(types, op, target.value_mut(), b);
    }
    let _ = (equal::equal(host, a, b), order::compare(host, a, b), access::contains(host, a, b));
    let _ = access::get(host, a, b).map(Owned::new);
    let mut target = Owned::share(a);
    let _ = access::slot(host, target.value_mut(), b).map(|_| ());
    let _ = access::set(&host.types, target.value_mut(), b, c.retained());
    let _ = access::slice(&host.types, a, dice.below(5) as i64 - 1, Some(dice.below(5) as i128)).map(Owned::new);
    let _ = (print::display(host, a), hash::key(&host.types, a));
    let spec = [">8", "+", "x", ".1", "05", "e", "^3", ".2f"][dice.below(8)];
    let _ = Spec::parse(spec).and_then(|spec| spec.write(host, a, &mut String::new()));
    let mut crossing = Owned::share(a);
    let guard = [Guard::Builtin(Tag::FLOAT), Guard::Tuple(2), Guard::Type(2), Guard::Trait(0)][dice.below(4)];
    let _ = guard.check(&host.types, crossing.value_mut());
}

/// Whatever the operands, an operation gives a value or an error, and leaves nothing behind.
#[test]
fn no_operand_breaks_an_operation() {
    let mut dice = Dice(77);
    for _ in 0..4000 {
        leaks_nothing(|| {
            let mut host = busy_host();
            let [a, b, c] = [(); 3].map(|()| Owned::new(value(&mut dice, &host, 2)));
            let before = [&a, &b].map(|value| print::nested(&mut host, **value).unwrap_or_default());
            operate(&mut dice, &mut host, *a, *b, *c);
            let after = [&a, &b].map(|value| print::nested(&mut host, **value).unwrap_or_default());
            assert_eq!(before, after, "a shared value changed");
        });
    }
}
