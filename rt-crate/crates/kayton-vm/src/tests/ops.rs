//! Moves, arithmetic, comparisons, jumps and loops.

use super::every_op::Case;

/// See [`Case`].
pub(super) const CASES: &[Case] = &[
    // moves and constants
    (
        "    Nop
    LoadInt r0, -5
    Move r1, r0
    MoveScalar r2, r0
    LoadConst r3, \"text\"
    Move r4, r3!
    LoadUnit r5
    LoadBool r6, 1
    LoadVariant r7, Option.None
    LoadFunc r8, twice
    LoadNative r9, abs
    SetGlobal r4, g
    GetGlobal r10, g
    Drop r4
    DropRange r5, 1
    NewTuple r11, r1, 10
    print r11",
        "global g\nfn twice(x) regs 2 at 0 1:1\n    Add r1, r0, r0\n    Ret r1, r0, 1",
        "(-5, -5, (), (), (), true, None, <fn twice>, <fn abs>, \"text\")\n",
    ),
    // generic arithmetic that becomes int arithmetic, and back
    (
        "    LoadInt r0, 7
    LoadInt r1, -2
    LoadInt r30, 0
  L0:
    Add r2, r0, r1
    Sub r3, r0, r1
    Mul r4, r0, r1
    Div r5, r0, r1
    FloorDiv r6, r0, r1
    Rem r7, r0, r1
    AddImm r8, r0, 1
    AddImm.sub r9, r0, -1
    MulImm r10, r0, -3
    FloorDivImm r11, r1, 4
    RemImm r12, r1, 4
    Neg r13, r0
    NewList r14, r2, 12
    print r14
    AddImmI64 r30, r30, 1
    JmpEqImmI64 r30, 3, L2
    JmpEqImmI64 r30, 2, L1
    LoadConst r0, 7.5
    LoadConst r1, -2.0
    Jmp L0
  L1:
    LoadInt r0, 7
    LoadInt r1, 2
    Jmp L0
  L2:",
        "",
        "[5, 9, -14, -3.5, -4, -1, 8, 6, -21, -1, 2, -7]\n\
         [5.5, 9.5, -15.0, -3.75, -4.0, -0.5, 8.5, 6.5, -22.5, -1.0, 2.0, -7.5]\n\
         [9, 5, 14, 3.5, 3, 1, 8, 6, -21, 0, 2, -7]\n",
    ),
    // the operators without quick forms, mixed numbers
    (
        "    LoadInt r0, 12
    LoadInt r1, 10
    LoadConst r2, 0.5
    LoadInt r3, 2
    Pow r4, r0, r3
    BitAnd r5, r0, r1
    BitOr r6, r0, r1
    BitXor r7, r0, r1
    Shl r8, r0, r3
    Shr r9, r0, r3
    BitNot r10, r0
    LoadBool r11, 0
    Not r12, r11
    Add r13, r0, r2
    Mul r14, r2, r0
    Pow r15, r2, r3
    Div r16, r0, r1
    Move r11, r12
    NewTuple r20, r4, 13
    print r20",
        "",
        "(144, 8, 14, 6, 48, 3, -13, true, true, 12.5, 6.0, 0.25, 1.2)\n",
    ),
    // the quick forms stay after they were used with fitting operands
    (
        "    LoadInt r0, 9
    LoadInt r1, 4
    LoadConst r2, 9.0
    LoadConst r3, 4.0
    Add r4, r0, r1
    Sub r5, r0, r1
    Mul r6, r0, r1
    FloorDiv r7, r0, r1
    Rem r8, r0, r1
    AddImm r9, r0, 100
    Add r10, r2, r3
    Sub r11, r2, r3
    Mul r12, r2, r3
    Div r13, r2, r3
    NewTuple r20, r4, 10
    print r20",
        "",
        "(13, 5, 36, 2, 1, 109, 13.0, 5.0, 36.0, 2.25)\n",
    ),
    // arithmetic on proven types
    (
        "    LoadInt r0, 29
    LoadInt r1, -6
    LoadConst r2, 2.5
    LoadConst r3, 0.5
    AddI64 r4, r0, r1
    SubI64 r5, r0, r1
    MulI64 r6, r0, r1
    FloorDivI64 r7, r0, r1
    RemI64 r8, r0, r1
    AddImmI64 r9, r0, -30
    NegI64 r10, r0
    BitAndI64 r11, r0, r1
    BitOrI64 r12, r0, r1
    BitXorI64 r13, r0, r1
    AddF64 r14, r2, r3
    SubF64 r15, r2, r3
    MulF64 r16, r2, r3
    DivF64 r17, r2, r3
    NegF64 r18, r2
    I64ToF64 r19, r0
    NewTuple r20, r4, 16
    print r20",
        "",
        "(23, 35, -174, -5, -1, -1, -29, 24, -1, -25, 3.0, 2.0, 1.25, 5.0, -2.5, 29.0)\n",
    ),
    // comparisons to a bool
    (
        "    LoadInt r0, 3
    LoadConst r1, 3.0
    LoadConst r2, \"abc\"
    LoadConst r3, \"b\"
    Eq r4, r0, r1
    Ne r5, r0, r0
    Lt r6, r3, r2
    Le r7, r0, r0
    Gt r8, r1, r1
    Ge r9, r0, r1
    In r10, r3, r2
    LoadUnit r11
    NewStruct r12, r0, Node
    Is r11, r12, r12
    NewTuple r20, r4, 8
    print r20",
        "class Node\n  field x",
        "(true, false, false, true, false, true, true, true)\n",
    ),
    // every compare-and-jump, dynamic, with ints, floats, strings, and ints again
    (
        "    LoadInt r0, 1
    LoadInt r1, 2
    Move r10, r0
    Move r11, r1
    Call r12, r10(2), compare
    print r12
    LoadConst r10, 2.5
    LoadConst r11, 2.5
    Call r12, r10(2), compare
    print r12
    LoadConst r10, \"b\"
    LoadConst r11, \"a\"
    Call r12, r10(2), compare
    print r12
    Move r10, r0
    Move r11, r0
    Call r12, r10(2), compare
    print r12
    LoadConst r10, 0.5
    LoadConst r11, 1.5
    Call r12, r10(2), compare
    print r12",
        "fn compare(a, b) regs 9 at 0 1:1
    LoadInt r2, 0
    JmpLt.not r0, r1, L0
    AddImmI64 r2, r2, 1
  L0:
    JmpLe.not r0, r1, L1
    AddImmI64 r2, r2, 10
  L1:
    JmpGt.not r0, r1, L2
    AddImmI64 r2, r2, 100
  L2:
    JmpGe.not r0, r1, L3
    AddImmI64 r2, r2, 1000
  L3:
    JmpEq.not r0, r1, L4
    AddImmI64 r2, r2, 10000
  L4:
    Ret r2, r0, 9",
        "11\n11010\n1100\n11010\n11\n",
    ),
    // every compare-with-number-and-jump, with ints, floats, and ints again
    (
        "    LoadInt r10, 5
    Call r12, r10(1), compare
    print r12
    LoadConst r10, 5.5
    Call r12, r10(1), compare
    print r12
    LoadInt r10, 4
    Call r12, r10(1), compare
    print r12",
        "fn compare(a) regs 9 at 0 1:1
    LoadInt r2, 0
    JmpLtImm.not r0, 5, L0
    AddImmI64 r2, r2, 1
  L0:
    JmpLeImm.not r0, 5, L1
    AddImmI64 r2, r2, 10
  L1:
    JmpGtImm.not r0, 5, L2
    AddImmI64 r2, r2, 100
  L2:
    JmpGeImm.not r0, 5, L3
    AddImmI64 r2, r2, 1000
  L3:
    JmpEqImm.not r0, 5, L4
    AddImmI64 r2, r2, 10000
  L4:
    Ret r2, r0, 9",
        "11010\n1100\n11\n",
    ),
    // compare-and-jump that keeps its generic form
    (
        "    LoadConst r0, \"a\"
    LoadConst r1, \"b\"
    LoadInt r2, 0
    JmpLt.not r0, r1, L0
    AddImmI64 r2, r2, 1
  L0:
    JmpLe.not r0, r1, L1
    AddImmI64 r2, r2, 10
  L1:
    JmpGt.not r0, r1, L2
    AddImmI64 r2, r2, 100
  L2:
    JmpGe.not r0, r1, L3
    AddImmI64 r2, r2, 1000
  L3:
    JmpEq.not r0, r0, L4
    AddImmI64 r2, r2, 10000
  L4:
    LoadConst r3, 1.5
    JmpLtImm.not r3, 2, L5
    JmpLeImm.not r3, 2, L5
    JmpGtImm.not r3, 1, L5
    JmpGeImm.not r3, 1, L5
    JmpEqImm r3, 1, L5
    AddImmI64 r2, r2, 1
  L5:
    print r2",
        "",
        "10012\n",
    ),
    // compare-and-jump with floats only
    (
        "    LoadConst r0, 1.0
    LoadConst r1, 2.0
    LoadInt r2, 0
    JmpLt.not r0, r1, L0
    JmpLe.not r0, r1, L0
    JmpGt r0, r1, L0
    JmpGe r0, r1, L0
    JmpEq r0, r1, L0
    AddImmI64 r2, r2, 1
    JmpLtF64.not r0, r1, L0
    JmpLeF64.not r0, r1, L0
    JmpEqF64 r0, r1, L0
    AddImmI64 r2, r2, 1
    LoadInt r3, 4
    JmpLtI64 r3, r3, L0
    JmpLeI64.not r3, r3, L0
    JmpEqI64.not r3, r3, L0
    JmpLtImmI64 r3, 4, L0
    JmpLeImmI64.not r3, 4, L0
    JmpEqImmI64.not r3, 4, L0
    AddImmI64 r2, r2, 1
  L0:
    print r2",
        "",
        "3\n",
    ),
    // bools, absent arguments, counting, iteration over everything
    (
        "    LoadBool r0, 1
    JmpTrue r0, L0
    LoadInt r0, 0
  L0:
    JmpFalse r0, L2
    LoadAbsent r1
    JmpPresent r1, L2
    LoadInt r2, -1
    LoadInt r3, 4
    LoadInt r4, 0
    Jmp L1b
  L1:
    AddI64 r4, r4, r2
  L1b:
    ForRange r2, r3, L1
    print r4
  L2:
    LoadInt r10, 1
    LoadInt r11, 4
    NewRange.inclusive r12, r10, r11
    Move r20, r12
    Call r21, r20(1), items
    print r21
    LoadInt r13, 2
    Move r20, r12!
    Move r21, r13
    CallMethod r20, r20(1), .step_by
    Call r21, r20(1), items
    print r21
    LoadConst r20, \"h\u{e9}!\"
    Call r21, r20(1), items
    print r21
    NewRange r12, r10, r11
    Move r20, r12!
    CallMethod r20, r20(0), .to_list
    Call r21, r20(1), items
    print r21
    LoadConst r20, 1.5
    LoadConst r21, \"x\"
    NewList r20, r20, 2
    Call r21, r20(1), items
    print r21
    LoadConst r20, \"k\"
    LoadInt r21, 1
    NewMap r20, r20, 1
    Call r21, r20(1), items
    print r21",
        "fn items(xs) regs 9 at 0 1:1
    NewList r1, r0, 0
    IterInit r2, r0!
    Jmp L1
  L0:
    ListAppend r1, r4!
  L1:
    IterNext r2, r4, L0
    Ret r1, r0, 9",
        "6\n[1, 2, 3, 4]\n[1, 3]\n[\"h\", \"\u{e9}\", \"!\"]\n[1, 2, 3]\n[1.5, \"x\"]\n[\"k\"]\n",
    ),
    // a list only, so that the quick form stays
    (
        "    LoadConst r0, 1.5
    LoadConst r1, 2.0
    NewList r2, r0, 2
    IterInit r3, r2
    LoadInt r6, 0
    Jmp L1
  L0:
    Add r6, r6, r5
  L1:
    IterNext r3, r5, L0
    print r6",
        "",
        "3.5\n",
    ),
    // generic forms stay where an int meets a float
    (
        "    LoadInt r0, 7
    LoadConst r1, 2.0
    Sub r2, r0, r1
    FloorDiv r3, r0, r1
    Rem r4, r0, r1
    AddImm r5, r1, 1
    NewTuple r20, r2, 4
    print r20",
        "",
        "(5.0, 3.0, 1.0, 3.0)\n",
    ),
    // compare-and-jump with ints only
    (
        "    LoadInt r0, 1
    LoadInt r1, 2
    LoadConst r2, \"wrong\"
    JmpLt.not r0, r1, L0
    JmpLe.not r0, r1, L0
    JmpGt r0, r1, L0
    JmpGe r0, r1, L0
    JmpEq r0, r1, L0
    LoadConst r2, \"right\"
  L0:
    print r2",
        "",
        "right\n",
    ),
];
