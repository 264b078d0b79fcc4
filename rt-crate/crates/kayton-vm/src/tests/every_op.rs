//! Every opcode has a case in these tests.

use std::collections::HashSet;

use kayton_bytecode::Op;

use super::{ops, parts, run_main};
use crate::thread::Ending;

/// A program's `main`, items beside it, and what it prints.
pub(super) type Case = (&'static str, &'static str, &'static str);

#[test]
fn every_opcode_is_executed() {
    let mut seen = HashSet::new();
    for (body, items, expected) in ops::CASES.iter().chain(parts::CASES) {
        let ran = run_main(body, items);
        assert_eq!((ran.out.as_str(), &ran.ending), (*expected, &Ending::Exit(0)), "{body}");
        seen.extend(ran.ops);
    }
    seen.extend(super::errors::failing_ops());
    let missing: Vec<&Op> = Op::ALL.iter().filter(|op| !seen.contains(op)).collect();
    assert!(missing.is_empty(), "no case for {missing:?}");
}
