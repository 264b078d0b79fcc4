"""From Flat to Allocated: what the fast pass knows, which uses are the last, and where variables live."""

from __future__ import annotations

from typing import NamedTuple

from kayton.ir.node import Node, node
from kayton.ir.resolved import Flat, Fn, FnParam, LocalType
from kayton.ir.surface import Expr, Item


class PrimOp(NamedTuple):
    """What a primitive operation takes and gives; `opcode` names the instruction, "" where it only steers a jump."""

    operand: str
    result: str
    opcode: str


PRIMS: dict[str, PrimOp] = {
    **{f"{n.lower()}.i64": PrimOp("i64", "i64", f"{n}I64") for n in ("Add", "Sub", "Mul", "FloorDiv", "Rem", "Neg")},
    **{f"{n.lower()}.i64": PrimOp("i64", "i64", f"{n}I64") for n in ("BitAnd", "BitOr", "BitXor")},
    **{f"{n.lower()}.f64": PrimOp("f64", "f64", f"{n}F64") for n in ("Add", "Sub", "Mul", "Div", "Neg")},
    **{f"{n}.{t}": PrimOp(t, "bool", "") for n in ("lt", "le", "gt", "ge", "eq", "ne") for t in ("i64", "f64")},
    "to.f64": PrimOp("i64", "f64", "I64ToF64"),
}
"""Every primitive: the operators of LANGUAGE §5 on two (or one) operands of proven type. `to.f64` is the conversion."""


@node
class Prim(Expr):
    """An operation of PRIMS on operands of proven type: `add.i64`, `lt.f64`, `neg.i64`, `to.f64`."""

    op: str
    args: tuple[Expr, ...]


Typed = Flat.derive("Typed", about="Operations whose operands are certainly i64, f64 or bool are primitive; such variables are listed.", plus={Prim})


@node
class LastUse(Expr):
    """The variable's value is not needed afterwards on any path: it may be moved out, or changed in place."""

    name: str


Owned = Typed.derive("Owned", about="Last uses are marked.", plus={LastUse})


@node
class Register(Node):
    """Where a variable lives. `scalar`: the register only ever holds uncounted values of one type."""

    name: str
    number: int
    scalar: bool = False


@node
class AllocatedFn(Item):
    """A function whose variables have registers; temporaries start at `temporaries`."""

    name: str
    params: tuple[FnParam, ...] = ()
    captures: tuple[str, ...] = ()
    body: Expr | None = None
    locals: tuple[LocalType, ...] = ()
    registers: tuple[Register, ...] = ()
    temporaries: int = 0


Allocated = Owned.derive("Allocated", about="Every variable has a register.", minus={Fn}, plus={AllocatedFn, Register})
