use kayton_abi::testing::leaks_nothing;
use kayton_abi::{objects, stack, ErrorKind, KayVal, Owned};

use super::{call, floats, host, int, ints, list, named, run, text};
use crate::std_random::Xoshiro;
use crate::{constant, function, modules};

#[test]
fn files() {
    let folder = std::env::temp_dir().join(format!("kayton-stdlib-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("notes.txt").to_string_lossy().into_owned();
    leaks_nothing(|| {
        let mut host = host();
        let missing = call(&mut host, "std.io.read_file", &[text(&path)]);
        assert_eq!(missing, format!("Err(\"cannot read {path}: no such file or folder\")"));
        assert_eq!(call(&mut host, "std.io.write_file", &[text(&path), text("one\né")]), "Ok(())");
        assert_eq!(call(&mut host, "std.io.append_file", &[text(&path), text("\r\nx")]), "Ok(())");
        assert_eq!(call(&mut host, "std.io.read_file", &[text(&path)]), "Ok(\"one\\né\\r\\nx\")");
        assert_eq!(call(&mut host, "std.io.read_lines", &[text(&path)]), "Ok([\"one\", \"é\", \"x\"])");
        let under = call(&mut host, "std.io.write_file", &[text(&format!("{path}/x")), text("")]);
        assert!(under.contains("a part of the path is no folder"), "{under}");
        std::fs::write(&path, [0xff, 0xfe]).unwrap();
        assert!(call(&mut host, "std.io.read_file", &[text(&path)]).contains("it is not valid UTF-8"));
    });
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn environment() {
    leaks_nothing(|| {
        let mut host = host();
        host.args = vec!["a".into(), "é b".into()];
        assert_eq!(call(&mut host, "std.env.args", &[]), "[\"a\", \"é b\"]");
        assert_eq!(call(&mut host, "std.env.var", &[text("KAYTON_TEST_UNSET")]), "None");
        assert_eq!(call(&mut host, "std.env.var", &[text("a=b")]), "None");
        assert!(call(&mut host, "std.env.var", &[text("PATH")]).starts_with("Some("));
    });
}

#[test]
fn clocks_and_sleep() {
    let mut host = host();
    let seconds = |host: &mut _, name| call(host, name, &[]).parse::<f64>().unwrap();
    assert!(seconds(&mut host, "std.time.now") > 1.6e9);
    let before = seconds(&mut host, "std.time.monotonic");
    assert_eq!(call(&mut host, "std.time.sleep", &[KayVal::float(0.03)]), "()");
    assert!(seconds(&mut host, "std.time.monotonic") - before >= 0.03);
    assert_eq!(call(&mut host, "std.time.sleep", &[int(-1)]), "cannot sleep for -1.0 seconds");
    host.patience = Some(2);
    let stopped = run(&mut host, named("std.time.sleep"), &mut [KayVal::float(f64::INFINITY)]).unwrap_err();
    assert_eq!(stopped.kind, ErrorKind::Interrupted);
}

#[test]
fn random_numbers_follow_the_written_algorithm() {
    // The first words for seed 42, computed apart from this code.
    let mut generator = Xoshiro::new(42);
    let words: Vec<u64> = (0..3).map(|_| generator.next_u64()).collect();
    assert_eq!(words, [1_546_998_764_402_558_742, 6_990_951_692_964_543_102, 12_544_586_762_248_559_009]);
    let mut seen = [0; 6];
    (0..6000).for_each(|_| seen[generator.below(6) as usize] += 1);
    assert!(seen.iter().all(|count| (800..1200).contains(count)), "{seen:?}");
}

#[test]
fn drawing() {
    leaks_nothing(|| {
        let mut host = host();
        let rng = run(&mut host, named("std.random.Rng"), &mut [int(7)]).unwrap();
        for _ in 0..200 {
            let drawn = call(&mut host, "Rng.next_i64", &[rng.retained(), int(-3), int(4)]);
            assert!((-3..4).contains(&drawn.split(' ').next().unwrap().parse::<i64>().unwrap()));
        }
        let full = call(&mut host, "Rng.next_i64", &[rng.retained(), int(i64::MIN), int(i64::MAX)]);
        assert!(full.ends_with("| <Rng>"));
        assert_eq!(call(&mut host, "Rng.next_i64", &[rng.retained(), int(5), int(5)]), "empty range: 5..5 | <Rng>");
        assert_eq!(call(&mut host, "Rng.choice", &[rng.retained(), ints(&[])]), "None | <Rng>");
        assert!(call(&mut host, "Rng.choice", &[rng.retained(), ints(&[9, 9])]).starts_with("Some(9)"));
        let (mut args, original) = ([rng, ints(&[1, 2, 3, 4, 5, 6, 7, 8])], rng.retained());
        let unshuffled = Owned::share(args[1]);
        run(&mut host, named("Rng.shuffle"), &mut args).unwrap();
        let shuffled = call(&mut host, "List.sorted", &[args[1].retained()]);
        assert_eq!(shuffled, "[1, 2, 3, 4, 5, 6, 7, 8]");
        assert_ne!(call(&mut host, "List.to_list", &[args[1]]), call(&mut host, "List.to_list", &[unshuffled.take()]));
        assert!(!kayton_abi::equal::equal(&mut host, args[0], original).unwrap(), "the copy of the state is apart");
        args[0].release();
        original.release();
    });
}

#[test]
fn builders_are_shared_by_reference() {
    leaks_nothing(|| {
        let mut host = host();
        let builder = run(&mut host, named("std.text.Builder"), &mut []).unwrap();
        let early = ["a", "é", ""].map(|part| call(&mut host, "Builder.push", &[builder.retained(), text(part)]));
        assert_eq!(early, ["()", "()", "()"]);
        let built = Owned::new(run(&mut host, named("Builder.build"), &mut [builder]).unwrap());
        call(&mut host, "Builder.push", &[builder.retained(), text("z")]);
        assert_eq!(built.as_str(), Some("aé"));
        assert_eq!(call(&mut host, "Builder.build", &[builder.retained()]), "\"aéz\"");
        assert_eq!(call(&mut host, "Builder.push", &[builder, int(1)]), "expected str, found i64");
    });
}

fn parsed(source: &str) -> String {
    call(&mut host(), "std.json.parse", &[text(source)])
}

#[test]
fn parsing_json() {
    leaks_nothing(|| {
        assert_eq!(parsed(r#" {"a": [1, -2.5, true, null], "b": {}, "a": "é"} "#), r#"Ok({"a": "é", "b": {}})"#);
        assert_eq!(parsed("[1e2, 10, -0, 9223372036854775808]"), "Ok([100.0, 10, 0, 9.223372036854776e18])");
        assert_eq!(parsed(r#""a\n\"\\\/\u00e9\ud83d\ude00""#), "Ok(\"a\\n\\\"\\\\/é😀\")");
        for (source, what) in [
            ("", "expected a value at line 1, column 1"),
            ("[1,\n  é]", "expected a value at line 2, column 3"),
            ("[1 2]", "expected , or ] at line 1, column 4"),
            ("{\"a\" 1}", "expected : at line 1, column 6"),
            ("{a: 1}", "expected a key in quotes at line 1, column 2"),
            ("[1,]", "expected a value at line 1, column 4"),
            ("1 x", "expected the end at line 1, column 3"),
            ("01", "expected the end at line 1, column 2"),
            ("1.", "expected a digit at line 1, column 3"),
            ("\"abc", "expected a closing quote at line 1, column 5"),
            ("\"\\x\"", "expected an escape at line 1, column 2"),
            ("\"\\ud800\"", "expected \\\\u and four hexadecimal digits at line 1, column 2"),
            ("\"\\ud800\\u0041\"", "expected a surrogate pair at line 1, column 2"),
            ("\"a\nb\"", "expected an escape for a control character at line 1, column 3"),
        ] {
            assert_eq!(parsed(source), format!("Err(\"{what}\")"), "{source:?}");
        }
    });
}

#[test]
fn deep_json_needs_no_stack() {
    leaks_nothing(|| {
        let mut host = host();
        stack::set_remaining(1 << 20);
        let source = format!("{}1{}", "[".repeat(300_000), "]".repeat(300_000));
        let mut args = [text(&source)];
        let deep = run(&mut host, named("std.json.parse"), &mut args).unwrap();
        args[0].release();
        let inner = objects::fields(&deep)[0].retained();
        assert_eq!(call(&mut host, "std.json.dump", &[inner]), "call depth limit reached");
        deep.release();
        assert!(parsed(&"[".repeat(300_000)).starts_with("Err(\"expected a value"));
    });
}

#[test]
fn writing_json() {
    leaks_nothing(|| {
        let mut host = host();
        let inner = list(&[KayVal::float(1.5), KayVal::NONE, objects::some(int(2)), text("\"é\n\u{1}")]);
        let pair = objects::tuple(&[inner, KayVal::TRUE]);
        let mut dump = |value: KayVal| call(&mut host, "std.json.dump", &[value]);
        assert_eq!(dump(pair), r#""[[1.5,null,2,\"\\\"é\\n\\u0001\"],true]""#);
        assert_eq!(dump(floats(&[f64::NAN])), "cannot write NaN as JSON");
        assert_eq!(dump(KayVal::UNIT), "cannot write () as JSON");
        assert_eq!(dump(objects::ok(int(1))), "cannot write Result as JSON");
        let source = r#"{"a":1,"b":[1.5,null]}"#;
        let mut args = [text(source)];
        let value = run(&mut super::host(), named("std.json.parse"), &mut args).unwrap();
        assert_eq!(dump(objects::fields(&value)[0].retained()), format!("{source:?}"));
        value.release();
        args[0].release();
    });
}

#[test]
fn names_of_modules() {
    assert_eq!(constant("std.math.PI").unwrap().to_float(), Some(std::f64::consts::PI));
    assert!(constant("std.math.TAU").is_none() && function("std.math.sqrt").is_some());
    let modules = modules();
    let names: Vec<&str> = modules.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["std.math", "std.io", "std.env", "std.time", "std.random", "std.json", "std.text"]);
    assert!(modules[0].1.contains(&"E") && modules[0].1.contains(&"gcd"));
}
