"""Emission of values: literals, variables, operators, construction, parts."""

from __future__ import annotations

from kayton.ir.core import Absent, Concat, Construct, EmptySet, Format, MakeVariant
from kayton.ir.resolved import (
    Cast,
    FnRef,
    GlobalRef,
    ListRest,
    Local,
    MakeClosure,
    NativeRef,
    NoMatch,
    Slot,
)
from kayton.ir.surface import (
    Binary,
    BoolLit,
    Expr,
    Field,
    FloatLit,
    Index,
    IntLit,
    ListLit,
    ListRepeat,
    MapLit,
    Part,
    Range,
    SetLit,
    Slice,
    StrLit,
    Tuple,
    Unary,
    UnitLit,
)
from kayton.ir.typed import PRIMS, LastUse, Prim
from kayton.passes.bytecode._code import HIGH, KILL_B, KILL_C
from kayton.passes.bytecode._emitter import GUARDS, Emitter, emits, kills, typed
from kayton.passes.fast._local_types import ANY

_IMM16, _IMM32 = range(-(2**15), 2**15), range(-(2**31), 2**31)
_BINARY = {
    "+": "Add", "-": "Sub", "*": "Mul", "/": "Div", "//": "FloorDiv", "%": "Rem", "**": "Pow",
    "&": "BitAnd", "|": "BitOr", "^": "BitXor", "<<": "Shl", ">>": "Shr",
    "==": "Eq", "!=": "Ne", "<": "Lt", "<=": "Le", ">": "Gt", ">=": "Ge", "in": "In", "is": "Is",
}
_UNARY = {"-": "Neg", "~": "BitNot", "not": "Not"}


@emits(IntLit)
@typed
def int_literal(em: Emitter, e: IntLit, dst: int, ty: str) -> None:
    if e.value in _IMM32:
        em.code.emit("LoadInt", dst, e.value)
    else:
        em.code.emit("LoadConst", dst, em.tables.constant(e.value))


@emits(FloatLit)
@typed
def number(em: Emitter, e: FloatLit, dst: int, ty: str) -> None:
    em.code.emit("LoadConst", dst, em.tables.constant(e.value))


@emits(StrLit)
def text(em: Emitter, e: StrLit, dst: int, ty: str) -> None:
    em.code.emit("LoadConst", dst, em.tables.constant(e.value))


@emits(BoolLit)
@typed
def bool_literal(em: Emitter, e: BoolLit, dst: int, ty: str) -> None:
    em.code.emit("LoadBool", dst, int(e.value))


@emits(UnitLit)
def unit(em: Emitter, e: UnitLit, dst: int, ty: str) -> None:
    em.code.emit("LoadUnit", dst)


@emits(Absent)
def absent(em: Emitter, e: Absent, dst: int, ty: str) -> None:
    em.code.emit("LoadAbsent", dst)


@emits(Local, LastUse)
@typed
def variable(em: Emitter, e: Local | LastUse, dst: int, ty: str) -> None:
    source, known = em.registers[e.name], em.types.of(e)
    x = KILL_B * isinstance(e, LastUse)
    if ty not in (ANY, known):
        em.code.emit(GUARDS[ty], dst, source, x=x, span=e.span)
    elif source != dst:
        em.code.emit("Move" if known == ANY or em.may_be_counted(dst) else "MoveScalar", dst, source, x=x, span=e.span)


@emits(FnRef)
def function(em: Emitter, e: FnRef, dst: int, ty: str) -> None:
    em.code.emit("LoadFunc", dst, em.tables.functions[e.fn])


@emits(NativeRef)
def native(em: Emitter, e: NativeRef, dst: int, ty: str) -> None:
    em.code.emit("LoadNative", dst, em.tables.natives(em.tables.strings(e.name)))


@emits(GlobalRef)
def global_(em: Emitter, e: GlobalRef, dst: int, ty: str) -> None:
    em.code.emit("GetGlobal", dst, em.tables.globals[e.name], span=e.span)


# ── operators ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@emits(Prim)
@typed
def primitive(em: Emitter, e: Prim, dst: int, ty: str) -> None:
    op = PRIMS[e.op]
    if op.opcode and em.may_be_counted(dst):
        # These instructions write without releasing what was there.
        held = em.temps()
        primitive(em, e, held, ty)
        em.code.emit("Move", dst, held)
        return
    if not op.opcode:
        em.as_bool(e, dst)
        return
    if e.op in ("add.i64", "sub.i64") and isinstance(e.args[1], IntLit):
        amount = e.args[1].value if e.op == "add.i64" else -e.args[1].value
        if amount in _IMM16:
            em.code.emit("AddImmI64", dst, em.scalar(e.args[0], "i64"), amount, span=e.span)
            return
    em.code.emit(op.opcode, dst, *scalars(em, e), span=e.span)


def scalars(em: Emitter, e: Prim) -> list[int]:
    """Registers with the operands. A variable that a later operand changes is copied first."""
    operand = PRIMS[e.op].operand
    found = []
    for i, arg in enumerate(e.args):
        if isinstance(arg, Local) and any(em.changes(later, arg.name) for later in e.args[i + 1 :]):
            held = em.temps()
            em.into(arg, held, operand)
            found.append(held)
        else:
            found.append(em.scalar(arg, operand))
    return found


@emits(Binary)
def binary(em: Emitter, e: Binary, dst: int, ty: str) -> None:
    if isinstance(e.right, IntLit) and _immediate(em, e, dst):
        return
    left = em.operand(e.left, (e.right,))
    right = em.operand(e.right)
    x = kills((left, KILL_B), (right, KILL_C))
    em.code.emit(_BINARY[e.op], dst, left.register, right.register, x=x, span=e.span)


def _immediate(em: Emitter, e: Binary, dst: int) -> bool:
    """Arithmetic with a small literal on the right. Says whether there is such an instruction."""
    value = e.right.value
    sub = e.op == "-"
    if e.op not in ("+", "-", "*", "//", "%") or (-value if sub else value) not in _IMM16 or (e.op in ("//", "%") and value <= 0):
        return False
    left = em.operand(e.left)
    op = {"*": "MulImm", "//": "FloorDivImm", "%": "RemImm"}.get(e.op, "AddImm")
    em.code.emit(op, dst, left.register, -value if sub else value, x=KILL_B * left.consumed | HIGH * sub, span=e.span)
    return True


@emits(Unary)
def unary(em: Emitter, e: Unary, dst: int, ty: str) -> None:
    value = em.operand(e.value)
    span = e.value.span if e.op == "not" else e.span  # as where `not` steers a jump: the operand is what is no bool
    em.code.emit(_UNARY[e.op], dst, value.register, x=KILL_B * value.consumed, span=span)


@emits(Range)
def range_(em: Emitter, e: Range, dst: int, ty: str) -> None:
    lo = em.operand(e.lo, (e.hi,))
    hi = em.operand(e.hi)
    x = kills((lo, KILL_B), (hi, KILL_C)) | HIGH * e.inclusive
    em.code.emit("NewRange", dst, lo.register, hi.register, x=x, span=e.span)


@emits(Cast)
@typed
def cast(em: Emitter, e: Cast, dst: int, ty: str) -> None:
    value = em.operand(e.value)
    x, span = KILL_B * value.consumed, e.span or e.value.span
    op = GUARDS.get(e.to)
    if op is not None:
        em.code.emit(op, dst, value.register, x=x, span=span)
    else:
        em.code.emit("Guard", dst, value.register, em.tables.guard(e.to), x=x, span=span)


# ── construction ───────────────────────────────────────────────────────────────────────────────────────────────────────


def window(em: Emitter, values: tuple[Expr, ...]) -> int:
    """Values in consecutive temporaries, evaluated in order."""
    first = em.temps(len(values))
    for i, value in enumerate(values):
        em.into(value, first + i)
    return first


@emits(Tuple)
def tuple_(em: Emitter, e: Tuple, dst: int, ty: str) -> None:
    em.code.emit("NewTuple", dst, window(em, e.items), len(e.items), span=e.span)


_CHUNK = 250
"""Longer literals are filled item by item, so that no literal needs more registers than a frame has."""


@emits(ListLit, SetLit, EmptySet)
def items(em: Emitter, e: ListLit | SetLit | EmptySet, dst: int, ty: str) -> None:
    make, add = ("NewList", "ListAppend") if isinstance(e, ListLit) else ("NewSet", "SetAdd")
    given = () if isinstance(e, EmptySet) else e.items
    first, rest = given[:_CHUNK], given[_CHUNK:]
    held = dst if not rest else em.temps()
    em.code.emit(make, held, window(em, first), len(first), span=e.span)
    top = em.top
    for item in rest:
        value = em.operand(item)
        em.code.emit(add, held, value.register, x=KILL_B * value.consumed, span=item.span)
        em.top = top
    if rest:
        em.code.emit("Move", dst, held, x=KILL_B, span=e.span)


@emits(MapLit)
def map_(em: Emitter, e: MapLit, dst: int, ty: str) -> None:
    first, rest = e.entries[:_CHUNK], e.entries[_CHUNK:]
    held = dst if not rest else em.temps()
    em.code.emit("NewMap", held, window(em, tuple(v for m in first for v in (m.key, m.value))), len(first), span=e.span)
    top = em.top
    for entry in rest:
        key = em.operand(entry.key, (entry.value,))
        value = em.operand(entry.value)
        x = kills((key, KILL_B), (value, KILL_C))
        em.code.emit("MapPut", held, key.register, value.register, x=x, span=entry.span)
        em.top = top
    if rest:
        em.code.emit("Move", dst, held, x=KILL_B, span=e.span)


@emits(ListRepeat)
def list_repeat(em: Emitter, e: ListRepeat, dst: int, ty: str) -> None:
    value = em.operand(e.value, (e.count,))
    count = em.operand(e.count)
    x = kills((value, KILL_B), (count, KILL_C))
    em.code.emit("ListRepeat", dst, value.register, count.register, x=x, span=e.span)


@emits(Construct)
def construct(em: Emitter, e: Construct, dst: int, ty: str) -> None:
    em.code.emit("NewStruct", dst, window(em, e.args), em.tables.types[e.type], span=e.span)


@emits(MakeVariant)
def variant(em: Emitter, e: MakeVariant, dst: int, ty: str) -> None:
    number = em.tables.variants[e.variant]
    if e.args:
        em.code.emit("NewVariant", dst, window(em, e.args), number, span=e.span)
    else:
        em.code.emit("LoadVariant", dst, number)


@emits(MakeClosure)
def closure(em: Emitter, e: MakeClosure, dst: int, ty: str) -> None:
    em.code.emit("NewClosure", dst, window(em, e.captures), em.tables.functions[e.fn], span=e.span)


@emits(Concat)
def concat(em: Emitter, e: Concat, dst: int, ty: str) -> None:
    em.code.emit("Concat", dst, window(em, e.parts), len(e.parts), span=e.span)


@emits(Format)
def format_(em: Emitter, e: Format, dst: int, ty: str) -> None:
    value = em.operand(e.value)
    em.code.emit("Format", dst, value.register, em.tables.strings(e.spec), x=KILL_B * value.consumed, span=e.span)


# ── parts ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


@emits(Index)
def index(em: Emitter, e: Index, dst: int, ty: str) -> None:
    value = em.operand(e.value, (e.index,))
    at = em.operand(e.index)
    x = kills((value, KILL_B), (at, KILL_C))
    em.code.emit("Index", dst, value.register, at.register, x=x, span=e.span)


@emits(Slice)
def slice_(em: Emitter, e: Slice, dst: int, ty: str) -> None:
    lo, hi = e.lo or Absent(), e.hi or Absent()
    first = window(em, (e.value, lo, hi))
    em.code.emit("Slice", dst, first, x=HIGH * e.inclusive, span=e.span)


@emits(Field)
def field(em: Emitter, e: Field, dst: int, ty: str) -> None:
    value = em.operand(e.value)
    site = em.tables.site(e.name, 0, ())
    em.code.emit("GetField", dst, value.register, site, x=KILL_B * value.consumed, span=e.span)


@emits(Part, Slot, ListRest)
def part(em: Emitter, e: Part | Slot | ListRest, dst: int, ty: str) -> None:
    value = em.operand(e.value)
    op = {Part: "GetPart", Slot: "GetSlot", ListRest: "ListRest"}[e.__class__]
    number = e.start if isinstance(e, ListRest) else e.index
    em.code.emit(op, dst, value.register, number, x=KILL_B * value.consumed, span=e.span)


@emits(NoMatch)
@typed
def no_match(em: Emitter, e: NoMatch, dst: int, ty: str) -> None:
    em.code.emit("NoMatch", em.operand(e.value).register, span=e.span)
