"""Which definition each use of a name means, as far as the tree itself says it; for pictures, in any language.

Before names are resolved this follows the scopes of LANGUAGE §§4, 6, 7; afterwards names are unique and paths say it all. Uses
of what the tree does not define (built-ins, other modules' items by dotted path before resolution) have no definition here.
"""

from __future__ import annotations

from kayton.ir.node import Node, children_of, fields_of, kind_name

_USES = {
    "name": "name", "local": "name", "last-use": "name", "fn-ref": "fn", "global-ref": "name", "const-ref": "name",
    "call-fn": "fn", "make-closure": "fn", "construct": "type", "make-variant": "variant", "set-global": "name",
    "variant-pattern": "variant", "struct-pattern": "type", "const-pattern": "const", "is-variant": "variant", "type-ref": "type",
}
"""The field of a kind that names what it refers to."""

_BINDERS = {"bind-pattern", "at-pattern", "bind", "for-each", "for-range", "success-or", "fn-param", "type-param"}
_SCOPES = {
    "block", "arm", "closure", "fn-def", "fn", "allocated-fn", "for", "for-each", "for-range", "if-let", "while-let", "list-comp",
    "set-comp", "map-comp", "case", "success-or",
}
_TYPES = {"struct-def", "class-def", "enum-def", "trait-def", "impl-def", "struct-type", "class-type", "type-decl"}
"""What they hold is reached through a value or the type's name, not by its own name alone; variants are."""
_VALUE_FIRST = {"let", "if-let", "while-let", "for", "for-clause", "bind", "for-each"}
"""Kinds whose value is computed before their name is bound, though it is written after it."""
_CLAUSES_FIRST = {"list-comp", "set-comp", "map-comp"}


def bindings(root: Node) -> list[tuple[Node, Node]]:
    """Pairs of a use and its definition, both nodes of the tree."""
    return _Scopes(root).found


class _Scopes:
    """Walks the tree in the order in which names come into scope; `leave` entries on the stack end a scope."""

    def __init__(self, root: Node) -> None:
        self.found: list[tuple[Node, Node]] = []
        self.scopes: list[dict[str, Node]] = [{}]
        stack: list[Node | None] = [root]
        while stack:
            n = stack.pop()
            if n is None:
                self.scopes.pop()
                continue
            below = self._enter(n, stack)
            below.reverse()
            stack += below

    def _enter(self, n: Node, stack: list[Node | None]) -> list[Node]:
        """Looks up what the node uses, opens its scope, and gives its children in the order of evaluation."""
        kind = kind_name(n.__class__)
        if kind in _USES:
            self._use(n, getattr(n, _USES[kind]))
        if kind in _SCOPES:
            self.scopes.append({})
            stack.append(None)
        if kind in _BINDERS:
            self.scopes[-1][n.name] = n
        below = children_of(n)
        for child in below:
            if kind not in _TYPES or kind_name(child.__class__) == "variant-def":
                self._declare(child)
        if kind in _CLAUSES_FIRST:
            return sorted(below, key=lambda c: not kind_name(c.__class__).endswith("clause"))
        if kind in _VALUE_FIRST and len(below) > 1:
            return [below[1], below[0], *below[2:]]
        return below

    def _declare(self, item: Node) -> None:
        """Items can be used before they are written, so a block declares its own when it is entered."""
        name = getattr(item, "name", None)
        if isinstance(name, str) and kind_name(item.__class__).split("-")[-1] in ("def", "fn", "type", "decl"):
            self.scopes[-1][name] = item

    def _use(self, n: Node, name: str) -> None:
        for scope in reversed(self.scopes):
            if name in scope:
                self.found.append((n, scope[name]))
                return


def is_definition(n: Node) -> bool:
    """Whether the node is a named item: a function, type, constant or global."""
    named = any(s.name == "name" for s in fields_of(n.__class__))
    return named and kind_name(n.__class__).split("-")[-1] in ("def", "fn", "type", "decl", "alias")
