use super::{ints, list, shown, text};
use crate::format::Spec;
use crate::testing::{leaks_nothing, TestHost};
use crate::types::{TypeInfo, TypeKind, VariantInfo, VariantShape};
use crate::value::KayVal;
use crate::{objects, Host, Owned, Table};

#[test]
fn printed_forms() {
    leaks_nothing(|| {
        let mut host = TestHost::new();
        host.types.functions.push("double".into());
        let point = host.add_type(TypeInfo::new("Point", TypeKind::Struct, &["x", "y"]));
        let node = host.add_type(TypeInfo::new("Node", TypeKind::Class, &["next"]));
        let shape = host.add_type(TypeInfo::new("Shape", TypeKind::Enum, &[]));
        let empty = host.add_variant(VariantInfo::new("Empty", shape, VariantShape::Unit, &[]));
        let circle = host.add_variant(VariantInfo::new("Circle", shape, VariantShape::Positional, &[]));
        let rect = host.add_variant(VariantInfo::new("Rect", shape, VariantShape::Named, &["w", "h"]));
        let (one, two) = (KayVal::float(1.0), KayVal::float(2.0));
        for (value, expected) in [
            (text("bare\n"), "bare\n"),
            (list(&[text("a\"\\\n\t\r\0\u{1b}\u{85}é")]), r#"["a\"\\\n\t\r\0\u{1b}\u{85}é"]"#),
            (KayVal::UNIT, "()"),
            (objects::tuple(&[one]), "(1.0,)"),
            (Table::map(), "{}"),
            (Table::set(), "Set()"),
            (objects::structure(point, &[one, two]), "Point(x=1.0, y=2.0)"),
            (objects::class(node, &[KayVal::UNIT]), "<Node>"),
            (KayVal::variant0(empty), "Empty"),
            (objects::variant(circle, &[two]), "Circle(2.0)"),
            (objects::variant(rect, &[one, two]), "Rect(w=1.0, h=2.0)"),
            (objects::some(objects::ok(ints(&[1]))), "Some(Ok([1]))"),
            (KayVal::func(0), "<fn double>"),
            (objects::closure(0, &[one]), "<closure>"),
        ] {
            assert_eq!(shown(&mut host, value), expected);
        }
    });
}

#[test]
fn floats_print_as_rust_shows_them() {
    let mut host = TestHost::new();
    for (x, expected) in [
        (1.0, "1.0"),
        (0.1, "0.1"),
        (1e16, "1e16"),
        (1e-7, "1e-7"),
        (f64::NAN, "NaN"),
        (f64::NEG_INFINITY, "-inf"),
        (-0.0, "-0.0"),
        (1e15 + 0.3, "1000000000000000.3"),
    ] {
        assert_eq!(shown(&mut host, KayVal::float(x)), expected);
    }
}

fn formatted(host: &mut dyn Host, spec: &str, value: KayVal) -> String {
    let (value, mut out) = (Owned::new(value), String::new());
    match Spec::parse(spec).and_then(|spec| spec.write(host, *value, &mut out)) {
        Ok(()) => out,
        Err(error) => error.message,
    }
}

#[test]
fn format_specs_have_rusts_meaning() {
    let mut host = TestHost::new();
    for (spec, n, expected) in [
        ("6", 42, "    42"),
        ("<6", 42, "42    "),
        ("#^6", 42, "##42##"),
        ("+", 0, "+0"),
        ("+06", 42, "+00042"),
        ("06", -42, "-00042"),
        ("*<06", 42, "000042"),
        ("x", -1, "ffffffffffffffff"),
        ("08b", 42, "00101010"),
        (".1f", 42, "42.0"),
        ("f", 42, "42.0"),
        (".2", 42, "bad format spec"),
        ("e", 42, "bad format spec"),
        ("q", 42, "bad format spec"),
        ("99999", 42, "bad format spec"),
        (".", 42, "bad format spec"),
    ] {
        assert_eq!(formatted(&mut host, spec, KayVal::int(n)), expected, "{spec}");
    }
    for (spec, x, expected) in [
        ("9.2", 3.14259, "     3.14"),
        ("+.1", 3.14259, "+3.1"),
        ("08.2", -3.14259, "-0003.14"),
        ("e", 1500.0, "1.5e3"),
        (".2e", 1500.0, "1.50e3"),
        ("8", 1.5, "     1.5"),
        ("+", f64::NAN, "NaN"),
        ("+", f64::INFINITY, "+inf"),
        ("x", 1.0, "bad format spec"),
    ] {
        assert_eq!(formatted(&mut host, spec, KayVal::float(x)), expected, "{spec}");
    }
}

#[test]
fn other_values_are_padded_by_code_points() {
    leaks_nothing(|| {
        let mut host = TestHost::new();
        assert_eq!(formatted(&mut host, "é<6", text("né日😀")), "né日😀éé");
        assert_eq!(formatted(&mut host, ">5.1", text("abc")), "    a");
        assert_eq!(formatted(&mut host, "8", ints(&[1, 2])), "[1, 2]  ");
        assert_eq!(formatted(&mut host, "6", KayVal::TRUE), "true  ");
        assert_eq!(formatted(&mut host, ".1", KayVal::TRUE), "bad format spec");
        assert_eq!(formatted(&mut host, "05", text("ab")), "bad format spec");
        assert_eq!(formatted(&mut host, "0>5", text("ab")), "000ab");
    });
}
