"""Languages: sets of node kinds with invariants, each declared as a difference from its parent.

    Core = ForFree.derive("Core", minus={Try}, plus={SuccessOr}, about="…", invariants=(names_bound,))

The grammar of a language follows from the field declarations of its kinds: a field annotated `Expr` takes every kind of
the language that is an Expr. `Language.check` is generated once per language and costs about as much as a walk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import attrs

from kayton.ir.node import CHILDLESS, Node, fields_of, kind_name
from kayton.ir.templates import function

_LANGUAGES: dict[str, Language] = {}


@attrs.frozen
class Violation:
    """What an invariant found: the node at fault and a sentence that says what is wrong with it."""

    node: Node
    message: str


@attrs.frozen
class Invariant:
    """A named executable check of a whole tree; `holds` yields what violates it."""

    name: str
    about: str
    holds: Callable[[Node], Iterator[Violation]] = attrs.field(repr=False)


def invariant(check: Callable[[Node], Iterator[Violation]]) -> Invariant:
    """Decorator: a generator of violations becomes an invariant named after it, described by its docstring."""
    return Invariant(check.__name__.replace("_", "-"), (check.__doc__ or "").strip(), check)


@attrs.frozen(eq=False)
class Language:
    """A set of node kinds, the root's kind, and the invariants that hold of every tree."""

    name: str
    about: str
    root: type[Node]
    kinds: frozenset[type[Node]] = attrs.field(repr=False)
    parent: Language | None = attrs.field(default=None, repr=False)
    invariants: tuple[Invariant, ...] = attrs.field(default=(), repr=False)
    parts: tuple[tuple[str, Language], ...] = ()
    """The children of the root that are in languages of their own, where passes may run on one of them alone."""
    _checkers: dict[type, Callable] = attrs.field(init=False, factory=dict, repr=False)

    def __attrs_post_init__(self) -> None:
        if self.name in _LANGUAGES:
            raise TypeError(f"two languages are called {self.name}")
        _LANGUAGES[self.name] = self

    def derive(
        self,
        name: str,
        *,
        about: str,
        minus: Iterable[type[Node]] = (),
        plus: Iterable[type[Node]] = (),
        root: type[Node] | None = None,
        invariants: tuple[Invariant, ...] = (),
        drop_invariants: tuple[Invariant, ...] = (),
    ) -> Language:
        """The language with these kinds taken away and added. Raises TypeError for a difference that is none."""
        minus, plus = frozenset(minus), frozenset(plus)
        if missing := minus - self.kinds:
            raise TypeError(f"{name}: {self.name} has no {_names(missing)} to take away")
        if present := plus & self.kinds:
            raise TypeError(f"{name}: {self.name} already has {_names(present)}")
        kept = tuple(i for i in self.invariants if i not in drop_invariants)
        return Language(name, about, root or self.root, (self.kinds - minus) | plus, self, kept + invariants)

    def allowed(self, categories: tuple[type, ...]) -> frozenset[type[Node]]:
        """The kinds of this language that a child declared with `categories` may have."""
        return frozenset(k for k in self.kinds if issubclass(k, categories))

    def grammar_violations(self, root: Node) -> list[Violation]:
        """Every node whose kind is not in the language or stands where the declaration does not allow it."""
        if root.__class__ is not self.root:
            message = f"the root of {self.name} is {kind_name(self.root)}, not {kind_name(root.__class__)}"
            return [Violation(root, message)]
        try:
            self._checker(root.__class__)(root)
        except KeyError:
            return self._complaints(root)
        return []

    def _complaints(self, root: Node) -> list[Violation]:
        """What is wrong with a tree that the generated checkers have refused."""
        found: list[Violation] = []
        stack = [root]
        while stack:
            n = stack.pop()
            for s in fields_of(n.__class__):
                value = getattr(n, s.name)
                if s.shape == "leaf" or (value is None and s.shape == "optional"):
                    continue
                for c in value if s.shape == "many" else (value,):
                    if c.__class__ in self.allowed(s.type):
                        stack.append(c)
                    else:
                        found.append(_complaint(n, s.name, c, self))
        return found

    def violations(self, root: Node) -> list[Violation]:
        """Grammar first; the invariants only if the grammar holds, so that they can rely on it."""
        found = self.grammar_violations(root)
        if not found:
            for inv in self.invariants:
                found += inv.holds(root)
        return found

    def _checker(self, kind: type[Node]) -> Callable[[Node], None]:
        """The checker of a kind of the language, made when a tree is first checked, as are those of all other kinds."""
        if not self._checkers:
            tables: dict[tuple[type, ...], dict[type, Callable | None]] = {}
            for k in self.kinds:
                self._checkers[k] = self._make_checker(k, tables)
            for types, table in tables.items():
                table.update({k: None if CHILDLESS[k] else self._checkers[k] for k in self.allowed(types)})
        return self._checkers[kind]

    def _make_checker(self, cls: type[Node], tables: dict[tuple[type, ...], dict]) -> Callable[[Node], None]:
        """A function that checks the children of one kind and descends.

        There is no test: the children's checkers are looked up among those of the kinds that may stand there, so a kind that may
        not is a KeyError. Kinds without children have None.
        """
        scope: dict[str, Any] = {}
        lines = ["def check(n):"]
        for i, s in enumerate(fields_of(cls)):
            if s.shape == "leaf":
                continue
            scope[f"ok{i}"] = tables.setdefault(s.type, {})
            lines += [line.format(f=f"f{i}", ok=f"ok{i}") for line in _CHECK[s.shape]]
        return function("\n".join([*lines, " return"]), tuple([s.name for s in fields_of(cls)]), scope)


_CHECK = {
    "one": [" c = n.{f}; k = {ok}[c.__class__]", " if k is not None: k(c)"],
    "optional": [" c = n.{f}", " if c is not None:", "  k = {ok}[c.__class__]", "  if k is not None: k(c)"],
    "many": [" for c in n.{f}:", "  k = {ok}[c.__class__]", "  if k is not None: k(c)"],
}


def _complaint(parent: Node, field: str, child: Any, language: Language) -> Violation:
    where = f"{kind_name(parent.__class__)}.{field}"
    if not isinstance(child, Node):
        return Violation(parent, f"{where} holds {child!r}, which is not a node")
    if child.__class__ not in language.kinds:
        return Violation(child, f"{language.name} has no {kind_name(child.__class__)} (in {where})")
    return Violation(child, f"{where} may not hold {kind_name(child.__class__)}")


def _names(kinds: Iterable[type[Node]]) -> str:
    return ", ".join(sorted(kind_name(k) for k in kinds))


def language_called(name: str) -> Language:
    """The language of that name. Raises KeyError."""
    return _LANGUAGES[name]


def all_languages() -> list[Language]:
    """Every language that has been declared, in order of declaration."""
    return list(_LANGUAGES.values())
