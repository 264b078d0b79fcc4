"""Statements, blocks, conditionals and loops as Rust; see `_body`."""

from __future__ import annotations

import re
from collections.abc import Callable

from kayton.ir.core import ForEach, ForRange, SuccessOr
from kayton.ir.lent import Borrow, Move
from kayton.ir.mono import Apply, Builtin, Direct, Dispatch, InPlace, Make, Widen
from kayton.ir.node import Node, walk
from kayton.ir.resolved import Bind, Case, Choice, Local, MutArg, NoMatch, SetGlobal
from kayton.ir.surface import Assign, Block, Break, Continue, Expr, FloatLit, If, IntLit, Loop, Return, Stmt, While
from kayton.ir.typed import Prim
from kayton.ir.types import NEVER, NUMBERS, UNIT, App, is_user, read_type
from kayton.passes.rust._body import Body, is_simple
from kayton.passes.rust._code import AND, BLOCK, OR, Code, block, head
from kayton.passes.rust._fields import assigned, step_into
from kayton.passes.rust._places import assign, is_slot

# ── blocks ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def lines(b: Body, e: Node, *, discard: bool) -> list[str]:
    """An expression as the lines of a block; its value is the block's, unless it is to be discarded."""
    out: list[str] = []
    while isinstance(e, Block):
        for s in e.body:
            out += statement(b, s)
            if b.type_of(s) is NEVER and not isinstance(s, Bind | Assign):
                return out  # nothing after it is reached
        if e.result is None:
            return out
        e = e.result
    if discard or b.type_of(e) is NEVER:
        return [*out, *statement(b, e)]
    if isinstance(e, Direct | Apply | Dispatch | Builtin | Prim) and any([isinstance(n, MutArg) and is_slot(b, n.place) for n in walk(e)]):
        # What is put back into its place is so at the end of a statement; in a block's value that is after its variables are gone.
        result = b.temporary("result")
        return [*out, f"let {result} = {b.text(e)};", result]
    return [*out, b.text(e)]


def statement(b: Body, s: Stmt) -> list[str]:
    """A statement as lines."""
    rule = _STATEMENTS.get(s.__class__)
    if rule is not None:
        return rule(b, s)
    if isinstance(s, Block):
        return [block(*lines(b, s, discard=True))]
    if is_simple(s):
        return []
    made = b.code(s)
    t = b.type_of(s)
    if isinstance(t, App) and t is not UNIT and (t.name in ("Result", "Option") or (isinstance(s, Make | Widen) and not is_user(t))):
        return [f"let _: {b.rust(t)} = {made.text};"]
    is_call = isinstance(s, Direct | Apply | Dispatch)
    has_effect = t in (UNIT, NEVER) or is_call or (made.kind == "own" and made.text.endswith((")", "}")))
    return [f"{made.text};" if has_effect else f"let _ = {made.text};"]


def _block(b: Body, e: Block) -> Code:
    if not e.body and e.result is not None:
        return b.code(e.result)
    return Code(block(*lines(b, e, discard=False)), _kind(b, e), BLOCK)


def _kind(b: Body, e: Node) -> str:
    return "value" if b.is_copy(b.type_of(e)) else "own"


# ── conditionals ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _if(b: Body, e: If) -> Code:
    return Code(_if_text(b, e, discard=False), _kind(b, e), BLOCK)


def _if_text(b: Body, e: If, *, discard: bool) -> str:
    discard = discard or e.otherwise is None
    text = f"if {condition(b, e.condition)} {block(*lines(b, e.then, discard=discard))}"
    return text + _else(b, e.otherwise, discard=discard) if e.otherwise is not None else text


def _else(b: Body, otherwise: Node, *, discard: bool) -> str:
    if isinstance(otherwise, Block) and not otherwise.body and otherwise.result is not None:
        otherwise = otherwise.result
    if isinstance(otherwise, If):
        return f" else {_if_text(b, otherwise, discard=discard)}"
    inside = lines(b, otherwise, discard=discard)
    return f" else {block(*inside)}" if inside else ""


def condition(b: Body, e: Node) -> str:
    """A condition of `if` or `while`."""
    return head(b.text(e))


def _choice(b: Body, e: Choice) -> Code:
    return Code(_choice_text(b, e, discard=False), _kind(b, e), BLOCK)


def _choice_text(b: Body, e: Choice, *, discard: bool) -> str:
    """An if-else chain, as long as all tests of a case come before its bindings; else a labelled block that a case leaves."""
    if all([_tests_first(c) for c in e.cases]):
        text = ""
        for c in e.cases:
            tests = [s for s in c.steps if not isinstance(s, Bind)]
            inside = [line for s in c.steps if isinstance(s, Bind) for line in statement(b, s)]
            joined = " && ".join([b.code(t).operand(AND if len(tests) > 1 else 0) for t in tests])
            text += f"{' else ' if text else ''}if {head(joined)} {block(*inside, *lines(b, c.body, discard=discard))}"
        return text + _else(b, e.otherwise, discard=discard)
    label = b.label("choice")
    out = [line for c in e.cases for line in _case_lines(b, c, label, discard=discard)]
    return _labelled(label, block(*out, *lines(b, e.otherwise, discard=discard)))


def _tests_first(c: Case) -> bool:
    bound = False
    for s in c.steps:
        if isinstance(s, Bind):
            bound = True
        elif bound:
            return False
    return True


def _case_lines(b: Body, c: Case, label: str, *, discard: bool) -> list[str]:
    """A case of a labelled block: its steps one inside the other."""
    def inside(steps: tuple[Stmt, ...]) -> list[str]:
        if not steps:
            body = lines(b, c.body, discard=discard)
            if b.type_of(c.body) is NEVER:
                return body
            return [*body, f"break {label};"] if discard or b.type_of(c.body) is UNIT else [*body[:-1], f"{_break_with(label, body[-1])};"]
        first, rest = steps[0], steps[1:]
        if isinstance(first, Bind):
            return [*statement(b, first), *inside(rest)]
        return [f"if {condition(b, first)} {block(*inside(rest))}"]

    out = inside(c.steps)
    return [block(*out)] if isinstance(c.steps[0], Bind) else out


# ── loops ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _repeated(b: Body, opening: Callable[[], str], body: Node, *before: str) -> str:
    """A loop. What opens it may leave it, too."""
    b.loops.append(b.label("loop"))
    text = f"{opening()} {block(*before, *lines(b, body, discard=True))}"
    return _labelled(b.loops.pop(), text)


def _labelled(label: str, text: str) -> str:
    """A loop or block, with its label where something in it leaves or repeats it."""
    return f"{label}: {text}" if re.search(rf"(break|continue) {label}\b", text) else text


def _while(b: Body, e: While) -> list[str]:
    def opening() -> str:
        test = condition(b, e.condition)
        return "loop" if test == "true" else f"while {test}"

    return [_repeated(b, opening, e.body)]


def _loop(b: Body, e: Loop) -> Code:
    return Code(_repeated(b, lambda: "loop", e.body), _kind(b, e), BLOCK)


def _for_range(b: Body, e: ForRange) -> list[str]:
    span = f"rt::through({b.value(e.lo)}, {b.value(e.hi)})" if e.inclusive else f"{b.value(e.lo, OR)}..{b.value(e.hi, OR)}"
    return [_repeated(b, lambda: f"for {b.variable(e.name)} in {head(span)}", e.body)]


def _in_place(b: Body, e: InPlace, *, discard: bool) -> str:
    names = [b.variable(name) for name in e.names if not b.unit.types.is_boxed(b.types[name])]
    owned = [f"let mut {name} = {name}.slots({b.at(e)});" for name in names]
    return block(*owned, *lines(b, e.body, discard=discard))


_ITERATORS = {"List": "iter()", "Set": "iter()", "Map": "iter_keys()", "str": "iter()", "Range": "iter()"}


def _for_each(b: Body, e: ForEach) -> list[str]:
    kind = b.type_of(e.iterable).name
    source = head(b.code(e.iterable).receiver())
    name, before, is_copy = b.variable(e.name), "", b.is_copy(b.types[e.name])
    if b.unit.types.is_boxed(b.type_of(e.iterable)):
        view = b.temporary("view")
        name, before = view, f"let {name} = {'*' if is_copy else '&*'}{view};"
    elif kind in ("List", "Set", "Map") and is_copy:
        name = f"&{name}"
    return [_repeated(b, lambda: f"for {name} in {source}.{_ITERATORS[kind]}", e.body, before)]


def _break(b: Body, e: Break) -> Code:
    return Code(_break_with(b.loops[-1], "" if e.value is None else b.text(e.value)), "value", BLOCK)


def _break_with(label: str, value: str) -> str:
    value = f"({value})" if value.startswith(("{", "'", "loop ")) else value  # a label before it would be taken for the block's own
    return f"break {label} {value}".rstrip()


def _continue(b: Body, e: Continue) -> Code:
    return Code(f"continue {b.loops[-1]}", "value", BLOCK)


def _return(b: Body, e: Return) -> Code:
    value = "" if e.value is None or b.type_of(e.value) is UNIT else f" {b.text(e.value)}"
    return Code(f"return{value}", "value", BLOCK)


def _success(b: Body, e: SuccessOr) -> Code:
    """`e?`: the payload, or out of the function with what is no success."""
    t = b.type_of(e.value)
    kind = "value" if b.is_copy(t.args[0]) else "own"
    failure = e.failure.value if isinstance(e.failure, Return) else None
    plain = failure.value if isinstance(failure, Widen) else failure
    plain = plain.value if isinstance(plain, Move) else plain
    returned = isinstance(plain, Local) and plain.name == e.name and _same_failure(failure, t)
    matched = b.text(e.value)
    if t.name == "Option":
        out = "return None" if returned else f"{{ let {b.variable(e.name)}: Option<rt::Never> = None; {b.code(e.failure).text} }}"
        return Code(f"match {head(matched)} {block('Some(value) => value,', f'None => {out},')}", kind, BLOCK)
    error = f"{{ let {b.variable(e.name)}: Result<rt::Never, {b.rust(t.args[1])}> = Err(error); {b.code(e.failure).text} }}"
    out = "return Err(error)" if returned else error
    return Code(f"match {head(matched)} {block('Ok(value) => value,', f'Err(error) => {out},')}", kind, BLOCK)


def _same_failure(failure: Expr, t: App) -> bool:
    """Whether what is returned is the failure as it is, of a type with another success at most."""
    widened = read_type(failure.type) if isinstance(failure, Widen) else t
    return isinstance(widened, App) and widened.name == t.name and widened.args[1:] == t.args[1:]


# ── variables and places ───────────────────────────────────────────────────────────────────────────────────────────────


def _bind(b: Body, s: Bind) -> list[str]:
    t = b.types[s.name]
    name, before = b.variable(s.name), []
    text = b.reference(s.value.value, before) if isinstance(s.value, Borrow) else b.text(s.value)
    if t is NEVER:
        return [f"{text};"]
    mutable = "mut " if s.name in b.changed else ""
    typed = f": {b.rust(t)}" if _needs_type(s.value) or (t in NUMBERS and isinstance(s.value, Block | If | Choice | Loop)) else ""
    return [*before, f"let {mutable}{name}{typed} = {text};"]


def _needs_type(value: Expr) -> bool:
    """Whether Rust may not find the type of a variable from its first value."""
    return _is_of_literals(value.value if isinstance(value, Widen) else value) or _is_open(value)


def _is_open(value: Expr) -> bool:
    """Whether a part of a new value is missing that would tell its type."""
    value = value.value if isinstance(value, Widen) else value
    if not isinstance(value, Make) or is_user(read_type(value.type)):
        return isinstance(value, Make) and not value.parts
    return not value.parts or value.variant.startswith("Result.") or any(map(_is_open, value.parts))


def _is_of_literals(value: Expr) -> bool:
    if isinstance(value, Make) and value.type.startswith(("(", "Option[")):
        return any(map(_is_of_literals, value.parts))
    return isinstance(value, IntLit | FloatLit) or (isinstance(value, Prim) and all(map(_is_of_literals, value.args)))


def _set_global(b: Body, s: SetGlobal) -> list[str]:
    """Sets a global, for bytecode too where there is some."""
    value, own = b.text(s.value), f"{b.unit.global_name(s.name)}.with(|global| global.set("
    if not b.unit.vm.is_called:
        return [f"{own}{value}));"]
    t = b.unit.globals[s.name]
    if not b.unit.crosses(t):
        b.unit.refuse(s, f"the global {s.name} is a {t}, which does not cross to bytecode")
    kept = b.temporary("value")
    return [f"let {kept}: {b.rust(t)} = {value};", f"rt::set_thunk_global({b.unit.vm.globals[s.name]}, {kept}.handle());", f"{own}{kept}));"]


def _assign(b: Body, s: Assign) -> list[str]:
    at = step_into(b, s.target, last=False)
    return assign(b, s) if at is None else assigned(b, s, at)


_STATEMENTS = {
    Bind: _bind, Assign: _assign, SetGlobal: _set_global, While: _while, ForRange: _for_range, ForEach: _for_each,
    If: lambda b, s: [_if_text(b, s, discard=True)], Loop: lambda b, s: [f"{_loop(b, s).text}{'' if b.type_of(s) in (UNIT, NEVER) else ';'}"],
    Choice: lambda b, s: [_choice_text(b, s, discard=True)],
    InPlace: lambda b, s: [_in_place(b, s, discard=True)],
}

STATEMENTS = {
    Block: _block, If: _if, Choice: _choice, Loop: _loop, Break: _break, Continue: _continue, Return: _return, SuccessOr: _success,
    While: lambda b, e: Code(block(*_while(b, e), "()"), "value", BLOCK),
    ForRange: lambda b, e: Code(block(*_for_range(b, e)), "value", BLOCK),
    ForEach: lambda b, e: Code(block(*_for_each(b, e)), "value", BLOCK),
    InPlace: lambda b, e: Code(_in_place(b, e, discard=False), _kind(b, e), BLOCK),
    Bind: lambda b, e: Code(block(*_bind(b, e)), "value", BLOCK),
    Assign: lambda b, e: Code(block(*_assign(b, e)), "value", BLOCK),
    NoMatch: lambda b, e: Code(f"{b.at(e)}.no_match_arm({b.ref(e.value)})", "value"),
}
"""By kind, how control flow is written as an expression."""
