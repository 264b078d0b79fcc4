//! Operators, indexing, iteration, printing and comparison that programs define.

use super::{message, run_main};

const TYPES: &str = "struct V
  field x
  hook Add.add = add
  hook Neg.neg = neg
  hook Eq.eq = eq
  hook Ord.cmp = cmp
  hook Show.show = show
  hook Index.get = get
  hook IndexSet.set = set
struct Count
  field at
  hook Iterator.next = next
struct Upto
  field end
  hook Iterable.iter = iter
class Shared
  field v
fn add(self, other) regs 5 at 0 1:1
    GetField r2, r0, .x
    GetField r3, r1, .x
    Add r2, r2, r3
    NewStruct r2, r2, V
    Ret r2, r0, 2
fn neg(self) regs 4 at 0 1:1
    GetField r1, r0, .x
    Neg r1, r1
    NewStruct r1, r1, V
    Ret r1, r0, 1
fn eq(self, other) regs 5 at 0 1:1
    LoadBool r2, 1
    Ret r2, r0, 2
fn cmp(self, other) regs 5 at 0 1:1
    GetField r2, r0, .x
    GetField r3, r1, .x
    Sub r2, r2, r3
    Ret r2, r0, 2
fn show(self) regs 4 at 0 1:1
    LoadConst r1, \"<\"
    GetField r2, r0, .x
    LoadConst r3, \">\"
    Concat r1, r1, 3
    Ret r1, r0, 1
fn get(self, i) regs 5 at 0 1:1
    GetField r2, r0, .x
    Index r3, r2, r1
    Ret r3, r0, 3
fn set(mut self, i, v) regs 5 at 0 1:1
    Move r3, r1
    Move r4, r2
    StorePath r0, r3, .x[]
    RetUnit r1, 4
fn next(mut self) regs 5 at 0 1:1
    GetField r1, r0, .at
    JmpGeImm r1, 3, L0
    AddImm r2, r1, 1
    SetField r0, r2, .at
    NewVariant r3, r1, Option.Some
    Ret r3, r1, 2
  L0:
    LoadVariant r3, Option.None
    Ret r3, r1, 2
fn iter(self) regs 4 at 0 1:1
    LoadInt r1, 0
    NewStruct r1, r1, Count
    Ret r1, r0, 1";

#[test]
fn operators_and_printing() {
    let body = "    LoadInt r0, 1
    NewStruct r1, r0, V
    LoadInt r0, 5
    NewStruct r2, r0, V
    Add r3, r1, r2
    Neg r4, r3
    Eq r5, r1, r2
    Lt r6, r1, r2
    Gt r7, r1, r2
    NewList r8, r3, 5
    print r8
    JmpLt r1, r2, L0
    print r1
  L0:
    Format r9, r2, \"5\"
    print r9";
    assert_eq!(run_main(body, TYPES).out, "[<6>, <-6>, true, true, false]\n<5>  \n");
}

#[test]
fn indexing_and_places() {
    let body = "    LoadInt r0, 1
    LoadInt r1, 2
    NewList r0, r0, 2
    NewStruct r2, r0, V
    Move r9, r2
    LoadInt r3, 1
    Index r4, r2, r3
    print r4
    LoadInt r5, 7
    SetIndex r2, r3, r5
    print r2
    Move r6, r2
    NewList r6, r6, 1
    NewStruct r6, r6, Shared
    LoadInt r10, 0
    LoadInt r11, 0
    LoadInt r12, 50
    StorePath r6, r10, .v[][] frozen
    GetField r7, r6, .v
    print r7
    print r9
    print r2";
    assert_eq!(run_main(body, TYPES).out, "2\n<[1, 7]>\n[<[50, 7]>]\n<[1, 2]>\n<[1, 7]>\n");
}

#[test]
fn iteration() {
    let body = "    LoadInt r0, 0
    NewStruct r0, r0, Count
    LoadInt r1, 0
    NewStruct r1, r1, Upto
    LoadInt r4, 0
    IterInit r2, r0
    Jmp L1
  L0:
    AddImmI64 r4, r4, 1
    print r5
  L1:
    IterNext r2, r5, L0
    IterInit r2, r1!
    Jmp L3
  L2:
    AddImmI64 r4, r4, 10
  L3:
    IterNext r2, r5, L2
    print r4
    print r0
    Move r10, r0
    LoadNative r11, str
    CallMethod r10, r10(1), .map
    print r10";
    assert_eq!(run_main(body, TYPES).out, "0\n1\n2\n33\nCount(at=0)\n[\"0\", \"1\", \"2\"]\n");
}

#[test]
fn immutable_places() {
    let body = "    LoadInt r0, 1
    NewList r0, r0, 1
    NewStruct r1, r0, V
    LoadInt r2, 5
    StorePath r1, r2, .x frozen";
    assert_eq!(message(&run_main(body, TYPES)), "cannot change an immutable value");
}

#[test]
fn a_list_that_changes_while_it_is_iterated() {
    let body = "    LoadInt r0, 1
    LoadInt r1, 2
    NewList r2, r0, 2
    IterInit r3, r2
    Jmp L1
  L0:
    ListAppend r2, r5
  L1:
    IterNext r3, r5, L0
    print r2";
    assert_eq!(run_main(body, TYPES).out, "[1, 2, 1, 2]\n");
}
