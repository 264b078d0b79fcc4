use kayton_abi::testing::leaks_nothing;
use kayton_abi::{KayVal, Table, TypeTable};

use super::{call, host, int, ints, text};

fn map(pairs: &[(&str, i64)]) -> KayVal {
    let mut map = Table::map();
    for (key, value) in pairs {
        map.unique::<Table>().unwrap().insert(&TypeTable::new(), text(key), int(*value)).unwrap();
    }
    map
}

fn set(members: &[i64]) -> KayVal {
    let mut set = Table::set();
    for member in members {
        set.unique::<Table>().unwrap().insert(&TypeTable::new(), int(*member), KayVal::UNIT).unwrap();
    }
    set
}

#[test]
fn methods_of_map() {
    leaks_nothing(|| {
        let mut host = host();
        let add_ten = host.function(|_, args| Ok(int(args[0].int_bits() + 10)));
        for (name, args, expected) in [
            ("len", vec![], "2"),
            ("get", vec![text("a")], "Some(1)"),
            ("get", vec![text("q")], "None"),
            ("get", vec![KayVal::float(1.0)], "not a key: f64"),
            ("get_or", vec![text("q"), int(7)], "7"),
            ("insert", vec![text("a"), int(5)], "Some(1) | {\"a\": 5, \"b\": 2}"),
            ("insert", vec![text("c"), int(5)], "None | {\"a\": 1, \"b\": 2, \"c\": 5}"),
            ("insert", vec![KayVal::float(1.0), text("v")], "not a key: f64 | {\"a\": 1, \"b\": 2}"),
            ("remove", vec![text("a")], "Some(1) | {\"b\": 2}"),
            ("remove", vec![text("q")], "None | {\"a\": 1, \"b\": 2}"),
            ("contains", vec![text("b")], "true"),
            ("keys", vec![], "[\"a\", \"b\"]"),
            ("values", vec![], "[1, 2]"),
            ("items", vec![], "[(\"a\", 1), (\"b\", 2)]"),
            ("clear", vec![], "() | {}"),
            ("update", vec![text("b"), int(0), add_ten], "() | {\"a\": 1, \"b\": 12}"),
            ("update", vec![text("c"), int(0), add_ten], "() | {\"a\": 1, \"b\": 2, \"c\": 10}"),
            ("update", vec![text("c"), int(0), int(3)], "cannot call i64 | {\"a\": 1, \"b\": 2}"),
            ("merge", vec![map(&[("c", 3), ("a", 9)])], "() | {\"a\": 9, \"b\": 2, \"c\": 3}"),
            ("merge", vec![ints(&[1])], "expected Map, found List | {\"a\": 1, \"b\": 2}"),
        ] {
            let mut all = vec![map(&[("a", 1), ("b", 2)])];
            all.extend(args);
            assert_eq!(call(&mut host, &format!("Map.{name}"), &all), expected);
        }
    });
}

#[test]
fn methods_of_set() {
    leaks_nothing(|| {
        let mut host = host();
        for (name, args, expected) in [
            ("add", vec![int(9)], "true | {3, 1, 2, 9}"),
            ("add", vec![int(1)], "false | {3, 1, 2}"),
            ("remove", vec![int(3)], "true | {1, 2}"),
            ("remove", vec![int(7)], "false | {3, 1, 2}"),
            ("contains", vec![int(2)], "true"),
            ("union", vec![set(&[5, 1])], "{3, 1, 2, 5}"),
            ("intersection", vec![set(&[2, 3, 8])], "{3, 2}"),
            ("difference", vec![set(&[3])], "{1, 2}"),
            ("is_subset", vec![set(&[1, 2, 3, 4])], "true"),
            ("union", vec![ints(&[1])], "expected Set, found List"),
            ("to_list", vec![], "[3, 1, 2]"),
            ("clear", vec![], "() | Set()"),
        ] {
            let mut all = vec![set(&[3, 1, 2])];
            all.extend(args);
            assert_eq!(call(&mut host, &format!("Set.{name}"), &all), expected);
        }
    });
}
