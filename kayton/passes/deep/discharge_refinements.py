"""discharge-refinements : Typed -> Typed

Drops the checks of refined types that are proved.

    bind %v 5;  if not %v > 0: panic("refinement failed: n > 0")               =>   bind %v 5
    if i >= 1: … { check i > 0 } …                                             =>   the check goes: the condition around it says so
    for i in 0..10: … { check i >= 0 } …                                       =>   the check goes: the loop's range says so
    fn f(n): { check n > 0 } …        f is only ever called by its name        =>   the check goes: every call has checked it
    bind %v 0;  if not %v > 0: panic(…)                                        =>   if true: panic(…)

It works on literals, comparisons that were passed on the way, ranges of loops and arithmetic (`_ranges`), one function at a time, and on
conditions that were checked before of the same value. After fast-type, which says what is an i64, and before fold-constants and
eliminate-dead-code, which clear away what is left. Each check that goes and each that stays is a remark.
"""

from __future__ import annotations

from collections.abc import Callable

from kayton.ir.core import FillDefault
from kayton.ir.node import Node, replace, walk
from kayton.ir.resolved import Bind, CallNative, CheckParam, Fn, FnRef, Local, MakeClosure, TypeDecl
from kayton.ir.surface import Block, BoolLit, Expr, FloatLit, If, IntLit, Item, Program, Stmt, StrLit
from kayton.ir.typed import Typed
from kayton.passes.deep._ranges import Ranges
from kayton.passes.deep._refinements import FAILED, REFINED
from kayton.passes.framework import Cx, Pass, frozen, rewrite_with


@frozen
class DischargeRefinements(Pass):
    source = Typed
    target = Typed

    def transform(self, root: Program, cx: Cx) -> Program:
        cx.enter(self, root)
        elsewhere = _called_elsewhere(root)
        return replace(root, modules=tuple([replace(m, body=tuple([_item(i, elsewhere, cx) for i in m.body])) for m in root.modules]))


def _called_elsewhere(root: Program) -> set[str]:
    """The functions that may be called otherwise than by their name."""
    found: set[str] = set()
    for n in walk(root):
        if isinstance(n, FnRef | MakeClosure):
            found.add(n.fn)
        elif isinstance(n, TypeDecl):
            found.update([m.fn for m in n.methods], [h.fn for h in n.hooks])
    return found


def _item(f: Item, elsewhere: set[str], cx: Cx) -> Item:
    if not isinstance(f, Fn) or f.body is None or not any(failure(n) for n in walk(f.body)):
        return f
    decided = Ranges(f).decided
    failing = {n.id for n in decided if failure(n) and decided[n]}
    proved = {n: "by what is known there" for n in decided if failure(n) and decided[n] is False}
    if f.name not in elsewhere:
        proved |= dict.fromkeys(_on_entry(f), "by each call")

    for n in walk(f.body):
        if failure(n):
            cx.remark(n, f"{failure(n)} is proved {proved[n]}" if n in proved else f"{failure(n)} is checked when it runs", missed=n not in proved)
    body = _without(proved, f.body) if proved else f.body
    return replace(f, body=rewrite_with({If: lambda n: _certain(n) if n.id in failing else n}, body)) if proved or failing else f


def _certain(n: If) -> If:
    """A check that is certain to fail, for check-failures to see."""
    return replace(n, condition=BoolLit(True, id=n.condition.id, span=n.condition.span))


def _without(proved: dict[Node, str], body: Expr) -> Expr:
    """A function's body without the checks that are proved, and the variables that were only there for them."""
    gone = {n.id for n in proved}
    body = rewrite_with({Block: lambda b: _kept(b, lambda s: s.id not in gone)}, body)
    used = {n.name for n in walk(body) if isinstance(n, Local)}
    body = rewrite_with({Block: lambda b: _kept(b, lambda s: not _is_idle(s) or s.name in used)}, body)
    return rewrite_with({Block: _plain}, body)


def _kept(b: Block, wanted: Callable[[Stmt], bool]) -> Expr:
    body = tuple([s for s in b.body if wanted(s)])
    if len(body) == len(b.body):
        return b
    return replace(b, body=body) if body or b.result is None else b.result


def _is_idle(s: Stmt) -> bool:
    return isinstance(s, Bind) and s.name.startswith(REFINED) and isinstance(s.value, IntLit | FloatLit | BoolLit | StrLit | Local)


def _plain(b: Block) -> Expr:
    """`{ bind %v e; %v }` is e."""
    if len(b.body) != 1 or not isinstance(b.result, Local) or not isinstance(b.body[0], Bind):
        return b
    bound = b.body[0]
    return bound.value if bound.name == b.result.name and bound.name.startswith(REFINED) else b


def failure(n: Node) -> str:
    """The refinement that an `if` checks; empty for every other node."""
    inside = n.then if isinstance(n, If) and n.otherwise is None else None
    panic = inside.result if isinstance(inside, Block) and not inside.body else None
    if not isinstance(panic, CallNative) or panic.name != "panic" or not isinstance(panic.args[0], StrLit):
        return ""
    message = panic.args[0].value
    return message.removeprefix(FAILED) if message.startswith(FAILED) else ""


def _on_entry(f: Fn) -> list[Node]:
    """The checks of parameters at the start of a function. What is checked stands where the parameter does."""
    params = {p.span for p in f.params if not p.mutable}
    found: list[Node] = []
    for s in f.body.body if isinstance(f.body, Block) else ():
        if failure(s) and s.span in params:
            found.append(s)
        elif not isinstance(s, CheckParam | FillDefault):
            break
    return found
