"""Operators, conditions, methods and fields: what certainly cannot be done with a value (LANGUAGE §§4, 5, 10)."""

from __future__ import annotations

import re
from collections.abc import Callable

from kayton.diagnostics.nearest import nearest
from kayton.diagnostics.types import CannotApply, CannotCompare, NegativeIndex, NoField, NoIdentity, NoMethod, TypeMismatch
from kayton.ir import builtins
from kayton.ir.analyses.certain_types import FunctionTypes
from kayton.ir.guards import shown
from kayton.ir.node import Node, Span
from kayton.ir.resolved import Local
from kayton.ir.surface import And, Arm, Binary, Expr, Field, FnDef, If, Index, IntLit, MethodCall, Or, Unary, While
from kayton.passes.framework import Cx
from kayton.passes.resolve._arguments import Signature, bind, native_signature, signature_of

_NUMBERS = ("i64", "f64")
_ORDERED = ("i64", "f64", "str", "bool", "tuple", "List")
_BITS = ("&", "|", "^", "<<", ">>")
_NO_CLASSES = ("struct", "enum")
_NO_CONTAINERS = ("i64", "f64", "bool", "()", "fn", "tuple")


class Operations:
    """Looks at the operations of one function."""

    def __init__(self, known: FunctionTypes, cx: Cx) -> None:
        self.known = known
        self.declared = known.declared
        self.cx = cx

    def check(self) -> None:
        """Reports what is wrong at every operation of the function."""
        for kind, rule in _RULES.items():
            for n in self.known.each(kind):
                rule(self, n)

    def _has(self, type_name: str, trait: str) -> bool:
        return trait in self.declared.traits.get(type_name, ())

    # ── bools ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _bool(self, e: Expr | None) -> None:
        found = None if e is None else self.known.name(e)
        if found not in (None, "bool"):
            self.cx.report(TypeMismatch(span=e.span, expected="bool", found=shown(found)))

    def condition(self, n: If | While) -> None:
        self._bool(n.condition)

    def both(self, n: And | Or) -> None:
        self._bool(n.left)
        self._bool(n.right)

    def guard(self, n: Arm) -> None:
        self._bool(n.guard)

    # ── operators ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def unary(self, e: Unary) -> None:
        if e.op == "not":
            self._bool(e.value)
            return
        found = self.known.name(e.value)
        fits = found in (_NUMBERS if e.op == "-" else ("i64",)) or (e.op == "-" and found and self._has(found, "Neg"))
        if found is not None and not fits:
            self.cx.report(CannotApply(span=e.span, op=e.op, left=shown(found)))

    def binary(self, e: Binary) -> None:
        left, right = self.known.name(e.left), self.known.name(e.right)
        if e.op == "is":
            self._identity(e)
        if e.op == "is" or left is None or right is None:
            return
        if e.op in ("==", "!="):
            wrong = not self._equatable(left, right)
        elif e.op in ("<", "<=", ">", ">="):
            wrong = not (self._has(left, "Ord") or (left == right and left in _ORDERED) or {left, right} <= set(_NUMBERS))
        elif e.op == "in":
            wrong = right in _NO_CONTAINERS or (right == "str" and left != "str")
        else:
            wrong = not self._applies(e.op, left, right)
        if wrong:
            facts = {"span": e.span, "op": e.op, "left": shown(left), "right": shown(right)}
            if e.op in builtins.COMPARISONS:
                self.cx.report(CannotCompare(**facts))
            else:
                self.cx.report(CannotApply(**facts, operands=(e.left.span, e.right.span), operator=self._written(e.left, e.op)))

    def _identity(self, e: Binary) -> None:
        """`is` compares class instances; a type that is no class certainly has none."""
        left, right = types = self.known.name(e.left), self.known.name(e.right)
        for operand, found in zip((e.left, e.right), types, strict=True):
            if found in builtins.METHODS and found not in builtins.STD_CLASSES or self.declared.kinds.get(found or "") in _NO_CLASSES:
                facts = {"span": operand.span, "found": shown(found)}
                if left is None or right is None or self._equatable(left, right):
                    self.cx.report(NoIdentity(**facts, operator=self._written(e.left, "is")))
                else:
                    self.cx.report(NoIdentity(**facts, other=shown(right if operand is e.left else left)))
                return

    def _equatable(self, left: str, right: str) -> bool:
        return left == right or {left, right} <= set(_NUMBERS) or self._has(left, "Eq") or self._has(right, "Eq")

    def _applies(self, op: str, left: str, right: str) -> bool:
        if op in _BITS:
            return left == right == "i64"
        if self._has(left, builtins.OPERATORS[op]):
            return True
        return {left, right} <= set(_NUMBERS) or (op == "+" and left == right and left in ("str", "List"))

    def _written(self, e: Expr, what: str) -> Span | None:
        """Where an operator or a method's name stands that follows an operand; None where it cannot be told."""
        if e.span is None:
            return None
        found = re.compile(rf"[\s)\]]*\.?\s*({re.escape(what)})(?!\w)").match(self.cx.sources[e.span.file].text, e.span.end)
        return None if found is None else Span(e.span.file, *found.span(1))

    def _narrowed(self, e: Expr, name: Span | None) -> Span | None:
        """The name of a member, where it stands on the line on which its expression begins; else the whole expression."""
        if name is None or "\n" in self.cx.sources[name.file].text[e.span.start : name.start]:
            return e.span
        return name

    # ── members ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def method(self, c: MethodCall) -> None:
        owner = self.known.name(c.receiver)
        if owner is None:
            return
        f = self.declared.method(owner, c.name)
        if f is not None:
            self._check_call(c, f)
        elif c.name == "with" and self.declared.kinds.get(owner) == "struct":
            self._with(c, owner)
        elif (native := builtins.METHODS.get(owner, {}).get(c.name)) is not None:
            bind(c.args, native_signature(native), c, self.cx)
        elif c.name not in (known := self._built_in(owner)):
            is_field = self.declared.field(owner, c.name) is not None
            own = tuple(self.declared.methods.get(owner, ()))
            near, at = nearest(c.name, [*known, *own]), self._written(c.receiver, c.name)
            facts = {"name": c.name, "type": shown(owner), "near": near, "is_field": is_field, "known": own, "at": at}
            self.cx.report(NoMethod(span=self._narrowed(c, at), receiver=c.receiver.span, **facts))

    def index(self, e: Index) -> None:
        owner = self.known.name(e.value)
        at = e.index.value if isinstance(e.index, IntLit) else None
        if isinstance(e.index, Unary) and e.index.op == "-" and isinstance(e.index.value, IntLit):
            at = -e.index.value.value
        if owner in ("List", "str") and at is not None and at < 0:
            self.cx.report(NegativeIndex(span=e.index.span, index=at, value=e.value.span, type=owner))

    def _with(self, c: MethodCall, owner: str) -> None:
        """The keywords of `p.with(…)` are fields."""
        for a in c.args:
            if a.name is not None and self.declared.field(owner, a.name) is None:
                known = [p.pattern.name for p in self.declared.fields(owner) or ()]
                self.cx.report(NoField(span=a.span, name=a.name, type=shown(owner), near=nearest(a.name, known)))

    def _built_in(self, owner: str) -> list[str]:
        """The names of the methods that a type has without the program's doing."""
        known = list(builtins.METHODS.get(owner, ()))
        if self.declared.kinds.get(owner) == "struct":
            known.append("with")
        if self._has(owner, "Iterator") or self._has(owner, "Iterable"):
            known += builtins.ITERATION
        return known

    def _check_call(self, c: MethodCall, f: FnDef) -> None:
        """The arguments of a method that is certain against its parameters after `self`."""
        whole = signature_of(f)
        if whole.params and whole.params[0].name == "self":
            bind(c.args, Signature(whole.name, whole.params[1:]), c, self.cx)
        else:
            self.cx.report(NoMethod(span=c.span, name=c.name, type=shown(self.known.name(c.receiver) or "")))

    def field(self, e: Field) -> None:
        owner = self.known.name(e.value)
        kind = self.declared.kinds.get(owner or "")
        if owner is None or kind == "enum" or (isinstance(e.value, Local) and e.value.name.startswith("%")):
            return
        if self.declared.field(owner, e.name) is None:
            is_method = e.name in self.declared.methods.get(owner, ()) or e.name in builtins.METHODS.get(owner, ())
            known = tuple([p.pattern.name for p in self.declared.fields(owner) or ()])
            near, at = nearest(e.name, known), e.span._replace(start=e.span.end - len(e.name))
            facts = {"name": e.name, "type": shown(owner), "near": near, "is_method": is_method, "known": known, "at": at}
            self.cx.report(NoField(span=self._narrowed(e, at), receiver=e.value.span, **facts))


_RULES: dict[type[Node], Callable[[Operations, Node], None]] = {
    If: Operations.condition,
    While: Operations.condition,
    And: Operations.both,
    Or: Operations.both,
    Arm: Operations.guard,
    Unary: Operations.unary,
    Binary: Operations.binary,
    MethodCall: Operations.method,
    Field: Operations.field,
    Index: Operations.index,
}
