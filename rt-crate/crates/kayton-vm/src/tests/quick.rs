//! Quick forms of arithmetic, indexing, stores and built-in methods: each is executed, each gives way to what it was written
//! over, and values are counted right in both.

use super::every_op::Case;

/// Bodies of `main`, items beside it, and what they print.
pub(super) const CASES: &[Case] = &[
    // an i64 with an f64, and divisions
    (
        "    LoadInt r0, 7
    LoadConst r1, 2.0
    Add r2, r0, r1
    Sub r3, r1, r0
    Mul r4, r0, r1
    Div r5, r0, r1
    Div r6, r0, r0
    AddImm.sub r7, r1, -1
    MulImm r8, r1, -3
    LoadInt r9, -7
    FloorDivImm r9, r9, 4
    LoadInt r10, -7
    RemImm r10, r10, 4
    NewTuple r20, r2, 9
    print r20",
        "",
        "(9.0, -5.0, 14.0, 3.5, 1.0, 1.0, -6.0, -2, 1)\n",
    ),
    // operators that meet ints, numbers, strings and ints again
    (
        "    LoadInt r0, 0
    LoadInt r1, 1
    LoadConst r2, 0.5
    LoadConst r3, \"s\"
    NewList r4, r1, 3
    LoadConst r1, \"t\"
    ListAppend r4, r1
    LoadInt r1, 2
    ListAppend r4, r1
    LoadInt r1, 4
    LoadConst r2, 0.25
    LoadConst r3, \"u\"
    NewList r5, r1, 3
    LoadConst r1, \"v\"
    ListAppend r5, r1
    LoadInt r1, 5
    ListAppend r5, r1
  L0:
    Index r6, r4, r0
    Index r7, r5, r0
    Add r8, r6!, r7!
    print r8
    AddImm r0, r0, 1
    JmpLtImm r0, 5, L0",
        "",
        "5\n0.75\nsu\ntv\n7\n",
    ),
    // maps: reading and replacing under i64 keys, with counted values; other keys take the other way
    (
        "    LoadInt r0, 0
    LoadInt r10, 0
    LoadConst r11, \"a\"
    NewMap r1, r10, 1
  L0:
    LoadInt r2, 0
    Index r3, r1, r2
    NewList r4, r3, 1
    SetIndex r1, r2, r4!
    LoadConst r5, \"k\"
    SetIndex r1, r5, r0
    Index r6, r1, r5
    NewList r7, r6, 1
    Move r8, r1
    SetIndex r8, r2, r7
    AddImm r0, r0, 1
    JmpLtImm r0, 3, L0
    print r1
    print r8",
        "",
        "{0: [[[\"a\"]]], \"k\": 2}\n{0: [2], \"k\": 2}\n",
    ),
    // methods of a value and of a variable; the second receiver has another type
    (
        "    LoadInt r0, 0
    LoadInt r10, 1
    LoadInt r11, 2
    NewList r1, r10, 2
    LoadConst r2, \"text\"
    LoadInt r10, 5
    LoadConst r11, \"five\"
    NewMap r3, r10, 1
    NewList r9, r10, 0
  L0:
    Move r10, r1
    CallMethod r4, r10(0), .len
    Move r10, r2
    CallMethod r5, r10(0), .len
    LoadConst r10, 2.25
    CallMethod r6, r10(0), .sqrt
    Move r10, r3
    AddImm r11, r0, 3
    LoadInt r12, 0
    CallMethod r7, r10(2), .get_or
    CallMut r1, r10(0), .len mut 1
    Move r8, r10
    NewTuple r10, r4, 5
    Move r11, r10!
    CallMut.drop r9, r10(1), .push mut 1
    AddImm r11, r0, 3
    LoadInt r12, 0
    CallMut r3, r10(2), .get_or mut 1
    Move r11, r10!
    CallMut r9, r10(1), .push mut 1
    AddImm r0, r0, 1
    JmpLtImm r0, 3, L0
    print r9
    Move r1, r2
    Move r2, r3
    LoadInt r0, 2
    JmpLtImm r0, 2, L0
    Move r10, r2
    CallMethod r4, r10(0), .len
    print r4",
        "",
        "[(2, 4, 1.5, 0, 2), 0, (2, 4, 1.5, 0, 2), 0, (2, 4, 1.5, \"five\", 2), \"five\"]\n1\n",
    ),
    // one site, receivers of three types
    (
        "    LoadInt r0, 0
    LoadConst r1, \"four\"
    LoadInt r10, 1
    LoadInt r11, 2
    NewMap r2, r10, 1
    NewList r3, r10, 0
    NewList r4, r1, 3
  L0:
    Index r10, r4, r0
    CallMethod r5, r10(0), .len
    print r5
    CallMut r4, r10(0), .len mut 1
    print r10
    AddImm r0, r0, 1
    JmpLtImm r0, 3, L0
    LoadConst r4, \"ab\"
    LoadInt r0, 0
    JmpPresent r0, L1
  L1:
    CallMut r4, r10(0), .len mut 1
    print r10",
        "",
        "4\n3\n1\n3\n0\n3\n2\n",
    ),
    // an item of an item of numbers, in one instruction; an inner list of anything takes the other way
    (
        "    LoadInt r0, 0
    LoadInt r10, 4
    LoadInt r11, 5
    NewList r1, r10, 2
    LoadConst r10, 0.5
    LoadConst r11, 1.5
    NewList r2, r10, 2
    LoadConst r10, \"x\"
    LoadConst r11, \"y\"
    NewList r3, r10, 2
    NewList r4, r1, 3
    LoadInt r5, 1
  L0:
    Index r6, r4, r0
    Index r7, r6!, r5
    print r7
    AddImm r0, r0, 1
    JmpLtImm r0, 3, L0",
        "",
        "5\n1.5\ny\n",
    ),
    // stores at places of two steps: of ints, of anything, and where the containers are shared
    (
        "    LoadInt r0, 0
    LoadInt r10, 4
    LoadInt r11, 5
    NewList r1, r10, 2
    NewStruct r2, r1, One
    NewList r3, r2, 1
    LoadInt r10, 6
    NewList r1, r10, 1
    NewList r4, r1, 1
    LoadInt r10, 7
    NewList r1, r10, 1
    NewStruct r5, r1, One
  L0:
    LoadInt r10, 0
    LoadInt r13, 0
    NewList r11, r13, 1
    StorePath r3, r10, [].x
    LoadInt r10, 0
    LoadInt r11, 0
    MoveScalar r12, r0
    StorePath r4, r10, [][]
    LoadInt r10, 0
    MoveScalar r11, r0
    StorePath r5, r10, .x[]
    Move r6, r3
    Move r7, r4
    Move r8, r5
    LoadInt r0, 1
    LoadInt r10, 0
    LoadConst r11, \"s\"
    StorePath r6, r10, [].x
    LoadInt r10, 0
    LoadInt r11, 0
    LoadConst r12, \"t\"
    StorePath r7, r10, [][]
    LoadInt r10, 0
    LoadConst r11, \"u\"
    StorePath r8, r10, .x[]
    NewTuple r20, r3, 6
    print r20",
        "struct One\n  field x",
        "([One(x=[0])], [[0]], One(x=[0]), [One(x=\"s\")], [[\"t\"]], One(x=[\"u\"]))\n",
    ),
    // fields with boundaries, where values cross as they are, are converted, and cross as they are again
    (
        "    LoadInt r0, 0
    LoadConst r10, 0.25
    LoadInt r11, 1
    LoadConst r12, 0.75
    NewList r5, r10, 3
    LoadInt r10, 0
    LoadConst r11, \"\"
    NewStruct r3, r10, Typed
    Move r10, r3
    NewList r4, r10, 1
    LoadConst r7, \"t\"
  L0:
    Index r6, r5, r0
    Add r7, r7, r7
    LoadInt r10, 0
    Move r11, r6
    StorePath r4, r10, [].x
    LoadInt r10, 0
    Move r11, r7
    StorePath r4, r10, [].s
    SetField r3, r6, .x
    SetField r3, r7, .s
    print r3
    print r4
    AddImm r0, r0, 1
    JmpLtImm r0, 3, L0",
        "struct Typed\n  field x: f64\n  field s: str",
        "Typed(x=0.25, s=\"tt\")\n[Typed(x=0.25, s=\"tt\")]\nTyped(x=1.0, s=\"tttt\")\n[Typed(x=1.0, s=\"tttt\")]\n\
         Typed(x=0.75, s=\"tttttttt\")\n[Typed(x=0.75, s=\"tttttttt\")]\n",
    ),
];
