//! Compare-and-jump in all its forms: each test on operands on either side of the boundary, jumping when it holds and when
//! it does not, often enough that quick forms decide.

use std::collections::HashSet;

use kayton_bytecode::Op;

use super::run_main;
use crate::thread::Ending;

/// Operands as literals, in order; `nan` stands for one that no number compares with.
const FLOATS: [&str; 4] = ["-1.5", "0.0", "2.5", "nan"];
const INTS: [&str; 3] = ["-4", "0", "3"];

fn holds(test: &str, left: &str, right: &str) -> bool {
    let number = |text: &str| text.parse::<f64>().unwrap_or(f64::NAN);
    let (left, right) = (number(left), number(right));
    match test {
        "Lt" => left < right,
        "Le" => left <= right,
        "Gt" => left > right,
        "Ge" => left >= right,
        _ => left == right,
    }
}

/// Loads a literal into a register.
fn load(register: &str, literal: &str) -> String {
    match literal {
        "nan" => format!("    LoadConst {register}, 0.0\n    DivF64 {register}, {register}, {register}\n"),
        literal => format!("    LoadConst {register}, {literal}\n"),
    }
}

/// A `main` that executes one comparison three times and prints how often it jumped.
fn counting(jump: &str, left: &str, right: &str) -> String {
    let operands = load("r0", left) + &load("r1", right);
    let jump = jump.replace("RIGHT", right);
    format!(
        "{operands}    LoadInt r2, 0\n    LoadInt r3, 0\n  L0:\n    {jump}, L1\n    Jmp L2\n  L1:\n    AddImm r2, r2, 1\n  L2:
    AddImm r3, r3, 1\n    JmpLtImm r3, 3, L0\n    print r2"
    )
}

fn check(test: &str, jump: &str, operands: &[&str], seen: &mut HashSet<Op>) {
    for sense in ["", ".not"] {
        for (left, right) in operands.iter().flat_map(|left| operands.iter().map(move |right| (*left, *right))) {
            if jump.contains("RIGHT") && right.contains('.') {
                continue;
            }
            let body = counting(&jump.replacen(' ', &format!("{sense} "), 1), left, right);
            let ran = run_main(&body, "");
            let expected = if holds(test, left, right) == sense.is_empty() { "3\n" } else { "0\n" };
            assert_eq!((ran.out.as_str(), &ran.ending), (expected, &Ending::Exit(0)), "{body}");
            seen.extend(ran.ops);
        }
    }
}

/// Runs all comparisons; gives the opcodes that were executed.
pub(super) fn all() -> HashSet<Op> {
    let mut seen = HashSet::new();
    for test in ["Lt", "Le", "Gt", "Ge", "Eq"] {
        check(test, &format!("Jmp{test} r0, r1"), &INTS, &mut seen);
        check(test, &format!("Jmp{test} r0, r1"), &FLOATS, &mut seen);
        check(test, &format!("Jmp{test}Imm r0, RIGHT"), &INTS, &mut seen);
    }
    for test in ["Lt", "Le", "Eq"] {
        check(test, &format!("Jmp{test}I64 r0, r1"), &INTS, &mut seen);
        check(test, &format!("Jmp{test}F64 r0, r1"), &FLOATS, &mut seen);
        check(test, &format!("Jmp{test}ImmI64 r0, RIGHT"), &INTS, &mut seen);
    }
    seen
}

#[test]
fn a_quick_form_gives_way_when_the_operands_change() {
    let body = "    LoadInt r0, 1\n    LoadInt r1, 2\n    LoadInt r3, 0\n  L0:\n    JmpLt.not r0, r1, L1\n    print r0
    LoadConst r0, 1.0\n    AddImm r3, r3, 1\n    JmpLtImm r3, 3, L0\n    LoadConst r0, \"b\"\n    LoadConst r1, \"a\"\n    Jmp L0
  L1:\n    print r1";
    let ran = run_main(body, "");
    assert_eq!((ran.out.as_str(), &ran.ending), ("1\n1.0\n1.0\na\n", &Ending::Exit(0)));
}
