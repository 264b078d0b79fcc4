"""The refined types of constants: the compiler knows the values, so it finds out whether they have them, and nothing is left to check."""

from __future__ import annotations

from collections.abc import Sequence

from kayton.diagnostics.consts import ConstFails, ConstTooLong
from kayton.ir.builtins import own_name
from kayton.ir.core import Construct, MakeVariant
from kayton.ir.guards import is_refined
from kayton.ir.node import Node, replace, walk
from kayton.ir.paths import CONSTS
from kayton.ir.resolved import CallFn, SetGlobal
from kayton.ir.surface import BindPattern, Block, Expr, FnDef, Let, Program, RefinedType, TypeExpr
from kayton.passes.deep._refinements import Refinements
from kayton.passes.framework import Cx, rewrite_with
from kayton.passes.resolve.evaluate_consts import STEPS


def refined_constants(root: Program, refinements: Refinements) -> tuple[Program, list[tuple[FnDef, Let]]]:
    """The program without the refined types of its constants, and what gives each of these its value, with the function in which that stands."""
    setting = [i for m in root.modules for i in m.body if isinstance(i, FnDef) and i.name.endswith(f".{CONSTS}")]
    found: dict[str, tuple[FnDef, Let]] = {}
    for f in setting:
        lets = [s for s in walk(f.body) if _is_refined(s)]
        lets += [_let(s) for s in f.body.body if isinstance(s, SetGlobal) and any(_makes_refined(n, refinements) for n in walk(s.value))]
        found |= {s.pattern.name: (f, s) for s in reversed(lets)}
    if not found:
        return root, []
    modules = [replace(m, body=tuple([replace(i, body=_plain(i.body)) if i in setting else i for i in m.body])) for m in root.modules]
    return replace(root, modules=tuple(modules)), [(f, replace(s, value=_by_calls(s.value))) for f, s in reversed(found.values())]


def _let(s: SetGlobal) -> Let:
    return Let(BindPattern(f"%{own_name(s.name)}"), s.value, span=s.span, id=f"{s.id}~made")


def _makes_refined(n: Node, refinements: Refinements) -> bool:
    path = n.type if isinstance(n, Construct) else n.variant if isinstance(n, MakeVariant) else ""
    return any(is_refined(p.type) for p in refinements.declared.fields(path) or ())


def _by_calls(value: Expr) -> Node:
    """A value as calls of the constructors, which check; what has no parts has none."""
    def called(path: str, n: Construct | MakeVariant) -> Expr:
        return CallFn(path, n.args, id=n.id, span=n.span) if n.args else n

    return rewrite_with({Construct: lambda n: called(n.type, n), MakeVariant: lambda n: called(n.variant, n)}, value)


def _is_refined(s: Node) -> bool:
    return isinstance(s, Let) and isinstance(s.pattern, BindPattern) and s.pattern.name.startswith("%") and is_refined(s.type)


def _plain(body: Block) -> Node:
    kept = replace(body, body=tuple([s for s in body.body if not _is_refined(s)]))
    return rewrite_with({Let: lambda s: replace(s, type=_base(s.type)) if _is_refined(s) else s}, kept)


def _base(t: TypeExpr) -> Node:
    return rewrite_with({RefinedType: lambda r: r.base}, t)


def check_constants(root: Program, constants: Sequence[tuple[Let, Let]], cx: Cx) -> None:
    """Reports the constants whose checks fail; each is given as it was and with its checks."""
    if not constants:
        return
    from kayton.runtime.evaluator import Evaluation, StepLimitReached  # it takes time to import
    from kayton.runtime.evaluator.errors import Fail

    evaluation = Evaluation(root)
    for kept, checked in constants:
        name = kept.pattern.name.removeprefix("%")
        try:
            evaluation.value(Block((checked,), span=kept.span), STEPS)
        except StepLimitReached:
            cx.report(ConstTooLong(span=kept.span, steps=STEPS))
        except Fail as error:
            span = next((span for _, span in error.trace if span is not None), kept.value.span)
            cx.report(ConstFails(span=span, name=name, error=error.message, const=kept.span))
