"""Lowering control flow, statements, and tests of patterns; see `_lowering`."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

from kayton.ir.core import Absent, Concat, FillDefault, ForEach, Format, ForRange, ListAppend, MapPut, SetAdd, SuccessOr
from kayton.ir.mono import Builtin, Get
from kayton.ir.node import Node, replace, unplaced
from kayton.ir.resolved import (
    Bind,
    Case,
    CheckParam,
    Choice,
    GlobalRef,
    IndexStep,
    HasLen,
    InRange,
    IsType,
    IsVariant,
    Local,
    MutArg,
    NoMatch,
    Place,
    SetGlobal,
)
from kayton.ir.surface import (
    And,
    Assign,
    Block,
    BoolLit,
    Break,
    Continue,
    Expr,
    FloatLit,
    If,
    IntLit,
    ListLit,
    Loop,
    Or,
    Return,
    Stmt,
    StrLit,
    Tuple,
    UnitLit,
    While,
)
from kayton.ir.typed import LastUse, Prim
from kayton.ir.types import ABSENT, BOOL, DYN, F64, I64, NEVER, STR, UNIT, App, Type, Union, argument, list_of, members, path_of, read_type, tuple_of
from kayton.passes.deep._arguments import shown_after
from kayton.passes.deep._lower_calls import direct, only
from kayton.passes.deep._lower_places import read, stored, types_of_place
from kayton.passes.deep._lower_values import member
from kayton.passes.deep._lowering import Lowering, Refused, Rule
from kayton.passes.deep._walks import each, walk_of


def _copied(low: Lowering, n: Node) -> Expr:
    return unplaced(n)


def _global(low: Lowering, n: GlobalRef) -> Expr:
    if low.type_of(n) is NEVER:
        raise Refused(n, "KT0108", f"the global {n.name}, which is never set")
    return unplaced(n)


# ── control flow ───────────────────────────────────────────────────────────────────────────────────────────────────────


def branches(low: Lowering, n: Node, t: Type) -> Expr:
    """A conditional or block whose parts give a value of type `t`."""
    return {If: _if, Block: _block, Choice: _choice}[n.__class__](low, n, lambda part: low.to(part, t))


def _for_value(build: Callable) -> Rule:
    return lambda low, n: build(low, n, lambda part: low.to(part, low.type_of(n)))


def _for_effect(build: Callable) -> Rule:
    return lambda low, n: build(low, n, low.effect)


def condition(low: Lowering, n: Node) -> Expr:
    """A condition: one that may not be a bool is looked at in bytecode, which says so."""
    t = low.type_of(n)
    if t in (BOOL, NEVER):
        return low.value(n)
    shape = If(Local("%value", span=n.span), BoolLit(True, span=n.span), BoolLit(False, span=n.span), span=n.span)
    if t is DYN:
        return low.at_run_time(n, shape, BOOL)
    return low.program.outlines.made_of(low, n, shape, BOOL, Refused(n, "KT0108", f"expects a bool of a value that is {t}"))


def _if(low: Lowering, n: If, part: Callable[[Node], Expr]) -> Expr:
    otherwise = None if n.otherwise is None else part(n.otherwise)
    then = low.effect(n.then) if n.otherwise is None else part(n.then)
    return If(condition(low, n.condition), then, otherwise, span=n.span)


def _block(low: Lowering, n: Block, part: Callable[[Node], Expr]) -> Expr:
    body = [low.effect(s) for s in n.body if s.__class__ is not FillDefault or not _given(low, s)]
    return Block(tuple([s for s in body if s is not None]), None if n.result is None else part(n.result), span=n.span)


def _given(low: Lowering, s: FillDefault) -> bool:
    names = [p.name for p in low.fn.params]
    return low.instance.params[names.index(s.name)] != "absent"


def _choice(low: Lowering, n: Choice, part: Callable[[Node], Expr]) -> Expr:
    cases: list[Case] = []
    for case in n.cases:
        steps = [low.effect(s) if isinstance(s, Bind) else low.value(s) for s in _until_impossible(low, case)]
        if any(isinstance(s, BoolLit) and not s.value for s in steps):
            continue
        steps = [s for s in steps if not isinstance(s, BoolLit)]
        body = part(case.body)
        if not any(not isinstance(s, Bind) for s in steps):
            certain = Block(tuple(steps), body, span=case.span)
            return Choice(tuple(cases), certain, span=n.span) if cases else certain
        cases.append(Case(tuple(steps), body, span=case.span))
    otherwise = part(n.otherwise)
    return Choice(tuple(cases), otherwise, span=n.span) if cases else otherwise


def _until_impossible(low: Lowering, case: Case) -> list[Stmt]:
    """The steps of a case up to a test that no value of these types passes: what follows has no types."""
    out = []
    for s in case.steps:
        out.append(s)
        if not isinstance(s, Bind) and _certain(low, s) is False:
            break
    return out


def _certain(low: Lowering, test: Expr) -> bool | None:
    """Whether a test of a pattern is passed, where the type alone says so."""
    if not isinstance(test, IsVariant | IsType | HasLen | InRange):
        return None
    t = low.type_of(test.value)
    if t is DYN:
        return None
    if isinstance(test, IsVariant):
        return None if any([_can_be(low, m, test.variant) for m in members(low.inferred_type(test.value))]) else False
    if isinstance(test, IsType):
        admitted = {low.world.admits(m, test.guard) for m in members(t)}
        return admitted.pop() if len(admitted) == 1 else None
    if isinstance(test, InRange):
        return None if t == I64 else False
    if isinstance(t, App) and t.name == "tuple":
        return len(t.args) >= test.count if test.at_least else len(t.args) == test.count
    return None if isinstance(t, App) and t.name == "List" else False


def _can_be(low: Lowering, t: Type, name: str) -> bool:
    """Whether a value of the type is ever that variant: one whose fields never have a value is never made."""
    variant = low.world.variants[name]
    if low.world.owner(t) != variant.enum:
        return False
    return all([argument(t, variant.first + k) is not NEVER for k in range(len(variant.guards))])


def _test(low: Lowering, n: Node) -> Expr:
    low.known(n.value, low.type_of(n.value))
    certain = _certain(low, n)
    if certain is not None:
        return BoolLit(certain, span=n.span)
    value, t = low.value(n.value), low.type_of(n.value)
    if isinstance(t, Union):
        return _test_of_several(low, n, value, t)
    if isinstance(n, IsVariant):
        return IsVariant(value, n.variant, span=n.span)
    return InRange(value, n.lo, n.hi, span=n.span) if isinstance(n, InRange) else HasLen(value, n.count, n.at_least, span=n.span)


def _test_of_several(low: Lowering, n: IsVariant | IsType, value: Expr, t: Union) -> Expr:
    """Which of its types a value has, and for an enum which variant."""
    s = n.span
    if isinstance(n, IsVariant):
        m = next(m for m in t.members if low.world.owner(m) == low.world.variants[n.variant].enum)
        return And(IsVariant(value, path_of(m), span=s), IsVariant(member(value, m), n.variant, span=s), span=s)
    tests: list[Expr] = [IsVariant(value, path_of(m), span=s) for m in t.members if low.world.admits(m, n.guard)]
    return reduce(lambda a, b: Or(a, b, span=s), tests)


def _while(low: Lowering, n: While) -> Expr:
    low.loops.append(UNIT)  # a break in the condition leaves this loop
    again = condition(low, n.condition)
    low.loops.pop()
    return While(again, _loop_body(low, n.body, UNIT), span=n.span)


def _loop(low: Lowering, n: Loop) -> Expr:
    return Loop(_loop_body(low, n.body, low.type_of(n)), span=n.span)


def _loop_body(low: Lowering, body: Node, t: Type) -> Expr:
    low.loops.append(t)
    made = low.effect(body)
    low.loops.pop()
    return made


def _for_range(low: Lowering, n: ForRange) -> Expr:
    lo, hi = low.to(n.lo, I64), low.to(n.hi, I64)
    return ForRange(n.name, lo, hi, n.inclusive, _loop_body(low, n.body, UNIT), span=n.span)


def _for_each(low: Lowering, n: ForEach) -> Expr:
    t = low.type_of(n.iterable)
    if t is DYN:
        return ForEach(n.name, _items(low, n), _loop_body(low, n.body, UNIT), span=n.span)
    walk = walk_of(low, n, n.iterable, low.value(n.iterable), t)
    if low.env.get(n.name, NEVER) is NEVER and not walk.calls:
        return Block((Builtin("drop", (walk.over,), "()", span=n.span),), span=n.span)
    return each(low, walk, n.name, _loop_body(low, n.body, UNIT), n.span)


def _items(low: Lowering, n: ForEach) -> Expr:
    """The items of a value of which it is known only at run time what they are, in a list: what goes through it has nothing to tell."""
    if any("Iterator.next" in hooks for hooks in low.world.hooks.values()):
        raise Refused(n.iterable, "KT0103", "iterates what may be an Iterator of the program")
    s, found, item = n.span, Local("%found", True, span=n.span), Local("%item", span=n.span)
    each_ = ForEach("%item", Local("%value", span=n.iterable.span), Block((ListAppend(found, item, span=s),), span=s), span=s)
    shape = Block((Bind("%found", ListLit((), span=s), True, span=s), each_), found, span=s)
    return low.at_run_time(n.iterable, shape, list_of(DYN))


def _break(low: Lowering, n: Break) -> Expr:
    wanted = low.loops[-1]
    if n.value is None and wanted not in (UNIT, NEVER):
        return Break(low.widened(UnitLit(span=n.span), UNIT, wanted), span=n.span)
    return Break(None if n.value is None else low.to(n.value, wanted), span=n.span)


def _return(low: Lowering, n: Return) -> Expr:
    if n.value is None:
        return Return(low.widened(UnitLit(span=n.span), UNIT, low.result), span=n.span)
    return Return(low.to(n.value, low.result), span=n.span)


def _success(low: Lowering, n: SuccessOr) -> Expr:
    t = low.type_of(n.value)
    if t is DYN:
        return _success_or_leave(low, n)
    if not isinstance(t, App) or t.name not in ("Option", "Result"):
        raise Refused(n.value, "KT0105", f"`?` on {t}")
    if t.args[0] is NEVER:
        failed = Bind(n.name, low.to(n.value, low.env[n.name]), span=n.span)
        return Block((failed,), low.effect(n.failure), span=n.span)
    return SuccessOr(low.value(n.value), n.name, low.effect(n.failure), span=n.span)


def _success_or_leave(low: Lowering, n: SuccessOr) -> Expr:
    """`e?` where it is known only at run time what `e` is: bytecode says whether it succeeded, and gives what is inside or all of it."""
    s = n.span
    failed = Return(Tuple((BoolLit(False, span=s), Local("%failed", span=s)), span=s), span=s)
    inside = SuccessOr(Local("%value", span=n.value.span), "%failed", failed, span=s)
    t = tuple_of(BOOL, DYN)
    found = Bind(low.fresh("found", t), low.at_run_time(n.value, Tuple((BoolLit(True, span=s), inside), span=s), t), span=s)
    part = Get(Local(found.name, span=s), 1, "dyn", span=s)
    leave = Block((Bind(n.name, part, span=s),), low.effect(n.failure), span=s)
    whole = If(Get(Local(found.name, span=s), 0, "bool", span=s), unplaced(part), leave, span=s)
    return Block((found,), whole, span=s)


# ── statements ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _bind(low: Lowering, n: Bind) -> Expr:
    if low.type_of(n.value) is NEVER:
        return low.effect(n.value)
    return Bind(n.name, low.to(n.value, low.env[n.name]), n.mutable, span=n.span)


def _check_param(low: Lowering, n: CheckParam) -> Expr | None:
    """The boundary of a parameter: nothing where the argument had the type, else a conversion."""
    given, held = low.env.get(f"%in.{n.name}", NEVER), low.env.get(n.name, NEVER)
    params = {p.name: p for p in low.fn.params}
    own = read_type(low.instance.params[list(params).index(n.name)])
    if params[n.name].mutable or (own == held and own != ABSENT):
        return None
    if given is DYN and held is not DYN and own == ABSENT:
        raise Refused(n, "KT0101", "a default's type is known only at run time")
    if low.checked_before(n.name, own):
        return None
    if held is NEVER and given is not NEVER:
        raise Refused(n, "KT0110", f"expects {n.to} of a value that is {given}")
    crossing = LastUse(f"%in.{n.name}", span=n.span)
    made = Prim("to.f64", (crossing,), span=n.span) if (given, held) == (I64, F64) else low.widened(crossing, given, held)
    return Bind(n.name, made, span=n.span)


def _fill(low: Lowering, n: FillDefault) -> Expr:
    """A default's value; a boundary of the parameter still comes after it."""
    name = f"%in.{n.name}" if n.name in low.guarded else n.name
    return Bind(name, low.to(n.value, low.env[name]), span=n.span)


def _set_global(low: Lowering, n: SetGlobal) -> Expr:
    if low.type_of(n.value) is NEVER:
        return low.effect(n.value)
    return SetGlobal(n.name, low.to(n.value, low.program.cells[n.name]), span=n.span)


def _assign(low: Lowering, n: Assign) -> Expr:
    if n.target.steps and isinstance(n.target.steps[-1], IndexStep):
        *before, last = n.target.steps
        whole = replace(n.target, steps=tuple(before))
        owners = types_of_place(low, whole)
        setter = low.world.hook(owners[0], "IndexSet.set") if len(owners) == 1 else None
        if setter:
            return direct(low, n, only(low, n.target, setter), (whole, last.index, n.value))
    if n.target.steps:
        return stored(low, n)
    return Assign(unplaced(n.target), low.to(n.value, low.type_of(n.target.root)), span=n.span)


def _fills(name: str, *fields: str) -> Rule:
    def rule(low: Lowering, n: Node) -> Expr:
        held = low.known(n, low.type_of(n.target))
        target = MutArg(Place(unplaced(n.target), span=n.target.span), span=n.span)
        values = [low.to(getattr(n, f), t) for f, t in zip(fields, held.args, strict=True)]
        return Builtin(name, (target, *values), "()", span=n.span)

    return rule


def _concat(low: Lowering, n: Concat) -> Expr:
    parts = list(low.all(n.parts))
    first = shown_after(low, n, parts, [STR if isinstance(p, Format) else low.type_of(p) for p in n.parts])
    made = Concat(tuple(parts), span=n.span)
    return Block(tuple(first), made, span=n.span) if first else made


def _format(low: Lowering, n: Format) -> Expr:
    return Format(low.value(n.value), n.spec, span=n.span)


def _no_match(low: Lowering, n: NoMatch) -> Expr:
    return NoMatch(low.value(n.value), span=n.span)


CONTROL: dict[type[Node], Rule] = {
    **dict.fromkeys((IntLit, FloatLit, BoolLit, StrLit, UnitLit, Absent, Continue), _copied),
    Local: _copied, LastUse: _copied, GlobalRef: _global,
    Prim: lambda low, n: Prim(n.op, low.all(n.args), span=n.span),
    And: lambda low, n: And(condition(low, n.left), condition(low, n.right), span=n.span),
    Or: lambda low, n: Or(condition(low, n.left), condition(low, n.right), span=n.span),
    If: _for_value(_if), Block: _for_value(_block), Choice: _for_value(_choice),
    While: _while, Loop: _loop, ForRange: _for_range, ForEach: _for_each, Break: _break, Return: _return, SuccessOr: _success,
    IsVariant: _test, IsType: _test, HasLen: _test, InRange: _test,
    Bind: _bind, Assign: _assign, CheckParam: _check_param, FillDefault: _fill, SetGlobal: _set_global,
    ListAppend: _fills("List.push", "value"), SetAdd: _fills("Set.add", "value"), MapPut: _fills("Map.put", "key", "value"),
    Concat: _concat, Format: _format, NoMatch: _no_match, Place: read,
}
"""By kind, how its value is lowered."""

EFFECTS: dict[type[Node], Rule] = {If: _for_effect(_if), Block: _for_effect(_block), Choice: _for_effect(_choice)}
"""By kind, how it is lowered where its value does not count, if otherwise than for its value."""

BRANCHING: dict[type[Node], Callable[[Lowering, Node, Type], Expr]] = dict.fromkeys((If, Block, Choice), branches)
"""What has branches: each is made a value of the type that is wanted."""
