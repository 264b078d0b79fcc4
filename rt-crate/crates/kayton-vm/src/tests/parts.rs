//! Calls, parts of values, construction, patterns, boundaries.

use super::every_op::Case;

const FUNCTIONS: &str = "builtin i64
  method double = double
builtin List
  method total = total
  method empty = empty
fn add(a, b) regs 3 at 0 1:1
    Add r2, r0, r1
    Ret r2, r0, 2
fn plus(b) regs 3 captures 1 closure at 0 1:1
    GetCapture r1, 0
    Add r2, r0, r1
    Ret r2, r0, 2
fn double(self) regs 2 at 0 1:1
    MulImm r1, r0, 2
    Ret r1, r0, 1
fn total(self) regs 2 at 0 1:1
    CallMethod r1, r0(0), .sum
    Ret r1, r0, 1
fn empty(mut self) regs 2 at 0 1:1
    NewList r0, r1, 0
    RetUnit r1, 1
fn nothing(x) regs 1 at 0 1:1
    RetUnit r0, 1";

/// See [`Case`].
pub(super) const CASES: &[Case] = &[
    // calls of functions, closures and built-ins that are values
    (
        "    LoadInt r0, 40
    LoadInt r1, 2
    Move r10, r0
    Move r11, r1
    Call r2, r10(2), add
    LoadFunc r10, add
    Move r11, r0
    Move r12, r1
    CallVal r3, r10(2), _
    Move r10, r1
    NewClosure r10, r10, plus
    print r10
    Move r11, r0
    CallVal r4, r10(1), _
    LoadNative r10, abs
    LoadInt r11, -3
    CallVal r5, r10(1), _
    LoadInt r10, 0
    Call r6, r10(1), nothing
    NewTuple r20, r2, 5
    print r20",
        FUNCTIONS,
        "<closure>\n(42, 42, 42, 3, ())\n",
    ),
    // the field of an item, of two types of items in turn
    (
        "    LoadInt r0, 4
    NewStruct r1, r0, One
    LoadInt r2, 5
    NewStruct r2, r2, Other
    LoadUnit r3
    NewList r4, r1, 3
    NewList r5, r5, 0
    LoadInt r6, 0
    LoadInt r7, 2
  L0:
    RemI64 r8, r6, r7
    Index r9, r4, r8
    GetField r9, r9!, .x
    ListAppend r5, r9!
    AddImmI64 r6, r6, 1
    JmpLtImmI64 r6, 5, L0
    print r5",
        "struct One\n  field x\nstruct Other\n  field x",
        "[4, 5, 4, 5, 4]\n",
    ),
    // methods: the user's and built-in ones, of values and of variables
    (
        "    LoadInt r10, 2
    CallMethod r2, r10(0), .double
    LoadInt r10, -8
    CallMethod r3, r10(0), .abs
    NewTuple r20, r2, 2
    print r20
    NewList r3, r10, 0
    LoadInt r11, 40
    CallMut r3, r10(1), .push mut 1
    LoadInt r11, 2
    CallMut r3, r10(1), .push mut 1
    print r10
    CallMut r3, r10(0), .len mut 1
    print r10
    CallMut r3, r10(0), .total mut 1
    print r10
    print r3
    CallMut r3, r10(0), .empty mut 1
    print r10
    print r3",
        FUNCTIONS,
        "(4, 8)\n()\n2\n42\n[40, 2]\n()\n[]\n",
    ),
    // fields, parts, slots
    (
        "    LoadInt r0, 3
    LoadConst r1, \"s\"
    NewStruct r2, r0, Pair
    Move r3, r2
    LoadInt r4, 7
    SetField r3, r4, .a
    GetField r5, r3, .a
    GetField r6, r3!, .b
    NewTuple r7, r5, 2
    GetPart r8, r7, 1
    GetSlot r9, r7!, 0
    GetSlot r10, r2, 1
    NewList r10, r8, 3
    GetSlot r11, r10, 2
    ListRest r12, r10, 1
    NewTuple r20, r8, 5
    print r2
    print r20",
        "struct Pair\n  field a\n  field b",
        "Pair(a=3, b=\"s\")\n((), 7, [\"s\", 7, \"s\"], \"s\", [7, \"s\"])\n",
    ),
    // indexing: the quick forms, and everything else
    (
        "    LoadInt r0, 1
    LoadInt r1, 5
    NewList r2, r0, 2
    LoadInt r0, 1
    Index r3, r2, r0
    LoadInt r1, 8
    SetIndex r2, r0, r1
    print r2
    LoadConst r4, 1.5
    ListRepeat r5, r4, r1
    Index r6, r5, r0
    LoadConst r4, 2.5
    SetIndex r5, r0, r4
    Index r7, r5, r0
    LoadConst r8, \"a\"
    ListRepeat r9, r8, r1
    Index r10, r9, r0
    LoadConst r11, \"b\"
    SetIndex r9, r0, r11!
    Index r12, r9, r0
    NewTuple r20, r6, 2
    print r3
    print r20
    print r10
    print r12",
        "",
        "[1, 8]\n5\n(1.5, 2.5)\na\nb\n",
    ),
    (
        "    LoadConst r0, \"h\u{e9}llo\"
    LoadInt r1, 1
    Index r2, r0, r1
    LoadConst r3, \"k\"
    LoadInt r4, 9
    NewMap r5, r3, 1
    LoadConst r3, \"k\"
    Index r6, r5, r3
    SetIndex r5, r3, r1
    MapPut r5, r1, r2
    print r5
    NewTuple r7, r6, 1
    Move r8, r0!
    LoadInt r9, 1
    LoadAbsent r10
    Slice r11, r8
    LoadInt r8, 4
    NewSet r12, r8, 1
    SetAdd r12, r1
    ListRepeat r13, r1, r1
    ListAppend r13, r2
    Move r20, r11
    LoadConst r21, \"-\"
    Move r22, r13
    Concat r14, r20, 3
    Format r15, r1, \"03\"
    NewTuple r20, r11, 5
    print r20",
        "",
        "{\"k\": 1, 1: \"\u{e9}\"}\n(\"\u{e9}llo\", {4, 1}, [1, \"\u{e9}\"], \"\u{e9}llo-[1, \\\"\u{e9}\\\"]\", \"001\")\n",
    ),
    // places
    (
        "    LoadInt r0, 1
    LoadInt r1, 2
    NewTuple r0, r0, 2
    LoadConst r1, \"x\"
    NewStruct r2, r0, Pair
    Move r3, r2
    Move r4, r2
    NewList r5, r3, 2
    Move r6, r5
    LoadInt r10, 1
    LoadInt r11, 77
    StorePath r5, r10, [].a(0)
    LoadInt r10, 0
    LoadConst r11, \"y\"
    StorePath r5, r10, [].b
    print r5
    print r6
    LoadInt r10, 0
    NewList r7, r10, 0
    NewList r7, r7, 1
    LoadInt r10, 0
    TakePath r7, r10, [] then push
    LoadInt r12, 5
    CallMethod r13, r11(1), .push mut 1
    StorePath r7, r10, [] then push
    print r7",
        "struct Pair\n  field a\n  field b",
        "[Pair(a=(1, 2), b=\"y\"), Pair(a=(77, 2), b=\"x\")]\n[Pair(a=(1, 2), b=\"x\"), Pair(a=(1, 2), b=\"x\")]\n[[5]]\n",
    ),
    // patterns
    (
        "    LoadInt r0, 4
    NewVariant r1, r0, Option.Some
    JmpUnlessVariant r1, Option.Some, L0
    TryOk r2, r1, L1
  L0:
    LoadConst r2, \"wrong\"
  L1:
    JmpUnlessType r1, type Option, L0
    NewList r3, r0, 0
    JmpUnlessLen r3, 0, L0
    JmpUnlessLen.least r3, 0, L0
    LoadInt r4, 1
    LoadInt r5, 5
    LoadInt r6, 3
    JmpUnlessBetween r6, r4, L0
    Switch r1, {else L0, Option.None L0, Option.Some L2}
  L2:
    print r2
    LoadInt r7, 1
    Guard r7, r7, f64
    LoadInt r8, 2
    GuardInt r9, r8
    GuardFloat r10, r8
    LoadBool r11, 1
    GuardBool r12, r11
    NewTuple r20, r7, 6
    print r20",
        "",
        "4\n(1.0, 2, 2, 2.0, true, true)\n",
    ),
];
