"""Assignments, `mut` arguments and changing methods of one function, and whether they may."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import evolve

from kayton.diagnostics.calls import MutOverlap
from kayton.diagnostics.places import AssignImmutable, ChangeCaptured, ChangeImmutable, NoPlace
from kayton.ir import builtins
from kayton.ir.analyses.certain_types import FunctionTypes
from kayton.ir.core import ForEach, ForRange
from kayton.ir.node import Node, Span
from kayton.ir.places import UNKNOWN, root_of, source_name
from kayton.ir.resolved import GlobalRef, Local, MutArg
from kayton.ir.surface import Arg, Assign, BindPattern, Expr, Field, FnDef, Index, Let, MethodCall, Param, Part, Tuple
from kayton.passes.framework import Cx


class Changes:
    """Looks at everything in a function that changes something."""

    def __init__(self, known: FunctionTypes, captured: frozenset[Node], cx: Cx) -> None:
        self.known = known
        self.declared = known.declared
        self.captured = captured
        self.cx = cx
        self._bound = _bound_as(known)
        self._declared = {n.name: n.span for n in known.each(BindPattern)}
        self._changes: dict[str, list[AssignImmutable | ChangeImmutable | ChangeCaptured]] = {}

    def check(self) -> None:
        """Reports what is wrong with every change in the function."""
        for kind, rule in _RULES.items():
            for n in self.known.each(kind):
                rule(self, n)
        for changes in self._changes.values():
            changes.sort(key=lambda d: d.span or ())
            self.cx.report(evolve(changes[0], others=tuple([d.span for d in changes[1:]])))

    def assign(self, s: Assign) -> None:
        self._target(s.target, s.span)

    def _target(self, target: Expr, span: Span | None) -> None:
        if isinstance(target, Tuple):
            for t in target.items:
                self._target(t, t.span)
        elif isinstance(target, Field | Part | Index):
            self._part(target.value, span, "", "what is assigned")
        else:
            self._whole(target, span, "what is assigned")

    def mut_arg(self, a: MutArg) -> None:
        self._argument(a.place, a.span)

    def arg(self, a: Arg) -> None:
        if a.mutable:
            self._argument(a.value, a.span)

    def _argument(self, e: Expr, span: Span | None) -> None:
        if isinstance(e, Field | Part | Index):
            self._part(e.value, span, "", "a mut argument")
        else:
            self._whole(e, span, "a mut argument")

    def method(self, c: MethodCall) -> None:
        owner = self.known.name(c.receiver)
        if owner is None:
            if c.name in self.declared.changing:
                self._overlap(c)
            return
        f = self.declared.method(owner, c.name)
        if f is not None:
            changes = _changes_self(f)
        else:
            native = builtins.METHODS.get(owner, {}).get(c.name)
            changes = native is not None and native.changes
        if changes:
            self._part(c.receiver, c.span, c.name, f"what {c.name} changes", _WITHOUT_CHANGE.get(c.name, ""))
            if self.declared.kinds.get(owner) != "class":
                self._overlap(c)

    def _overlap(self, c: MethodCall) -> None:
        """A receiver that is changed is one more `mut` argument: no other may be a part of the same variable (LANGUAGE §4)."""
        root = root_of(c.receiver)
        for a in c.args:
            place = a.place if isinstance(a, MutArg) else a.value if isinstance(a, Arg) and a.mutable else None
            of = None if place is None else root_of(place)
            if isinstance(of, Local) and isinstance(root, Local) and of.name == root.name:
                self.cx.report(MutOverlap(span=a.span, root=source_name(root.name), first=c.receiver.span))

    # ── what may change ────────────────────────────────────────────────────────────────────────────────────────────────

    def _whole(self, e: Expr, span: Span | None, what: str) -> None:
        """A variable itself gets another value."""
        if isinstance(e, Local) and e.name.startswith(UNKNOWN):
            return  # an unknown name, which was reported
        if isinstance(e, Local) and e in self.captured:
            self._captured(e, span)
        elif isinstance(e, Local) and not e.name.startswith("%"):
            if not e.mutable:
                self._immutable(AssignImmutable(span=span, **self._named(e)), e.name)
        elif isinstance(e, GlobalRef):
            self._immutable(AssignImmutable(span=span, name=builtins.own_name(e.name), kind="global"), e.name)
        else:
            self.cx.report(NoPlace(span=span, what=what))

    def _part(self, e: Expr, span: Span | None, by: str, what: str, instead: str = "") -> None:
        """A part of `e` changes, or `e` in place by a method; another method may give a new value instead."""
        root = root_of(e)
        if isinstance(root, Local) and root.mutable and root not in self.captured:
            return
        if not self._no_class(e):
            return
        if isinstance(root, Local) and root in self.captured:
            self._captured(root, span)
        elif isinstance(root, Local) and not root.name.startswith("%"):
            self._immutable(ChangeImmutable(span=span, **self._named(root), by=by), root.name)
        elif isinstance(root, GlobalRef):
            error = ChangeImmutable(span=span, name=builtins.own_name(root.name), kind="global", by=by)
            self._immutable(error, root.name)
        else:
            self.cx.report(NoPlace(span=e.span if by else span, what=what, instead=instead))

    def _no_class(self, e: Expr) -> bool:
        """Whether neither `e` nor anything that it is a part of is a class instance, for certain."""
        while True:
            found = self.known.name(e)
            if found is None or found in builtins.STD_CLASSES or self.declared.kinds.get(found) == "class":
                return False
            if not isinstance(e, Field | Part | Index):
                return True
            e = e.value

    def _immutable(self, error: AssignImmutable | ChangeImmutable | ChangeCaptured, variable: str) -> None:
        """Keeps an error until all changes of the variable are known: what resolves one resolves them all."""
        self._changes.setdefault(variable, []).append(error)

    def _captured(self, e: Local, span: Span | None) -> None:
        error = ChangeCaptured(span=span, name=source_name(e.name), declared=self._declared.get(e.name))
        self._immutable(error, f"{e.name} in closures")

    def _named(self, e: Local) -> dict[str, Any]:
        """The facts about a variable."""
        kind = "self" if e.name == "self" else self._bound.get(e.name, "pattern")
        return {"name": source_name(e.name), "kind": kind, "declared": self._declared.get(e.name)}


def _changes_self(f: FnDef) -> bool:
    return bool(f.params) and f.params[0].mutable


def _bound_as(known: FunctionTypes) -> dict[str, str]:
    """How each variable was bound, where it was not by a pattern."""
    found = {n.pattern.name: "let" for n in known.each(Let) if isinstance(n.pattern, BindPattern)}
    found |= {n.pattern.name: "parameter" for n in known.each(Param)}
    return found | {n.name: "loop" for n in known.each(ForEach, ForRange)}


_WITHOUT_CHANGE = {"sort": "sorted", "sort_by_key": "sorted_by_key", "reverse": "reversed", "truncate": "take"}
"""Which method gives as a new value what another changes its receiver to."""

_RULES: dict[type[Node], Callable[[Changes, Node], None]] = {
    Assign: Changes.assign,
    MutArg: Changes.mut_arg,
    Arg: Changes.arg,
    MethodCall: Changes.method,
}
