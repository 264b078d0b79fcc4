//! Limits end a program with an error that has a position, and release everything.

use std::time::Duration;

use kayton_bytecode::{text, verify};

use super::{main_of, message, run, run_limited};
use crate::limits::Limits;
use crate::load::{load, LoadError};
use crate::thread::Ending;

const DEEP: &str = "entry main
fn deep(n) regs 4 at 0 1:1
    JmpLeImm r0, 0, L0
    AddImm r1, r0, -1
    Call r1, r1(1), deep         @3:5 3:9
    AddImm r1, r1, 1
    Ret r1, r0, 1
  L0:
    Ret r0, r0, 0
fn main() regs 40 at 0 7:1
    LoadInt r0, DEPTH
    Call r1, r0(1), deep         @8:5 8:9
    print r1
    RetUnit r0, 2
";

#[test]
fn calls_go_as_deep_as_the_limit() {
    assert_eq!(run(&DEEP.replace("DEPTH", "99997")).out, "99997\n");
    let ran = run(&DEEP.replace("DEPTH", "100000"));
    assert_eq!(message(&ran), "call depth limit reached");
    let Ending::Failed(failure) = &ran.ending else { panic!("{:?}", ran.ending) };
    assert_eq!((failure.trace.places.len(), failure.trace.omitted, failure.trace.omitted_at), (40, 99_960, 20));
    assert_eq!(failure.trace.places.last().map(|place| place.function.as_str()), Some("main"));
}

#[test]
fn callbacks_from_built_ins_end_in_the_same_error() {
    let ran = run("entry main
fn deep(xs) regs 6 at 0 1:1
    LoadFunc r1, again
    Move r2, r0
    Move r3, r1
    CallMethod r2, r2(1), .map
    Ret r2, r0, 6
fn again(x) regs 6 at 0 1:1
    Move r1, r0
    NewList r1, r1, 1
    Call r1, r1(1), deep
    Ret r1, r0, 2
fn main() regs 6 at 0 1:1
    LoadInt r0, 1
    NewList r0, r0, 1
    Call r1, r0(1), deep
    RetUnit r0, 6
");
    assert_eq!(message(&ran), "call depth limit reached");
}

const ENDLESS: &str = "    LoadInt r0, 0
  L0:
    AddImm r0, r0, 1             @2:5 2:9
    Jmp L0";

#[test]
fn steps_time_and_memory() {
    let endless = main_of(ENDLESS, "");
    let steps = Limits { max_steps: Some(10_000), ..Limits::default() };
    assert_eq!(message(&run_limited(&endless, &steps)), "step limit reached");
    let time = Limits { timeout: Some(Duration::from_millis(20)), ..Limits::default() };
    let ran = run_limited(&endless, &time);
    assert_eq!(message(&ran), "time limit reached");
    let Ending::Failed(failure) = &ran.ending else { panic!("{:?}", ran.ending) };
    assert_eq!(failure.trace.places[0].span.line, 2);
    let growing =
        main_of("    NewList r0, r1, 0\n  L0:\n    NewList r0, r0!, 1\n    Jmp L0".replace('!', "").as_str(), "");
    let memory = Limits { max_memory: Some(1 << 20), ..Limits::default() };
    assert_eq!(message(&run_limited(&growing, &memory)), "out of memory limit");
}

#[test]
fn calls_in_progress_take_memory() {
    let memory = Limits { max_memory: Some(1 << 20), ..Limits::default() };
    let ran = run_limited(&DEEP.replace("DEPTH", "99990"), &memory);
    assert_eq!(message(&ran), "out of memory limit");
    let Ending::Failed(failure) = &ran.ending else { panic!("{:?}", ran.ending) };
    assert_eq!(failure.trace.places[0].function, "deep");
    assert_eq!(run_limited(&DEEP.replace("DEPTH", "5000"), &memory).out, "5000\n");
}

#[test]
fn frames_whose_registers_have_no_numbers_are_refused() {
    let source =
        main_of("    LoadFunc r65500, main\n    CallVal r1, r65500(0), _", "").replace("regs 40", "regs 65535");
    let verified = verify(text::assemble(&source).expect("a program")).expect("a valid one");
    assert_eq!(load(verified, &[]).err(), Some(LoadError::Registers("main".to_owned())));
}

#[test]
fn an_interrupt_stops_a_program() {
    let limits = Limits::default();
    limits.interrupt.stop();
    assert_eq!(run_limited(&main_of(ENDLESS, ""), &limits).ending, Ending::Interrupted);
}
