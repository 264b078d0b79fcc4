"""Errors of names and what they stand for, K0220–K0249 (LANGUAGE §§3, 6, 7)."""

from __future__ import annotations

from kayton.diagnostics.codes import MACHINE, Diagnostic, Edit, Fix, Label, before, here_too, in_more_places
from kayton.diagnostics.foreign import METHODS_FOR_FUNCTIONS, TYPES, VALUES, advice, is_name
from kayton.diagnostics.nearest import meant
from kayton.ir.node import Span


_MOST_LISTED = 8
"""So many names of what there is are listed where nothing looks like what was written."""


def listed(names: tuple[str, ...]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def counted(n: int, what: str) -> str:
    """`1 field`, `2 fields`, `no fields`."""
    return f"{n or 'no'} {what}{'' if n == 1 else 's'}"


class UnknownName(Diagnostic):
    """A name that nothing in scope has: neither a variable, nor an item of the module, nor a built-in function."""

    code = "K0220"
    name: str
    near: tuple[str, ...] = ()
    """Names in scope that look like it, the nearest first."""
    member: str = ""
    """`field` or `method`, where the type of the method around has one of that name."""
    argument: Span | None = None
    """The only argument, where it is called with one."""
    call: Span | None = None
    others: tuple[Span, ...] = ()
    """Where else in the file it is written."""

    def labels(self) -> list[Label]:
        return here_too(self.others)

    def notes(self) -> list[str]:
        return in_more_places(self.others)

    def message(self) -> str:
        return f"unknown name {self.name}"

    def label(self) -> str:
        return "nothing in scope has this name"

    def helps(self) -> list[str]:
        foreign = VALUES.get(self.name)
        if self.name[:1].isupper() and foreign is None and not self.near:
            return [f"a name with a capital is a variant or a constant; a variable is called `{self.name.lower()}`"]
        has_fix = self.member or self.as_method() or foreign is None or is_name(foreign)
        return [] if has_fix else [advice(foreign)]

    def fixes(self) -> list[Fix]:
        if self.member:
            edits = tuple([Edit(before(span), "self.") for span in (self.span, *self.others)])
            return [Fix(f"a {self.member} is reached through `self`", edits, MACHINE)]
        foreign = VALUES.get(self.name)
        if (as_method := self.as_method()) is not None:
            return [as_method]
        if foreign is not None and is_name(foreign):
            return [Fix(f"here it is called `{foreign}`", self._written(foreign), MACHINE)]
        return [Fix(meant(self.near), self._written(self.near[0]))] if self.near and foreign is None else []

    def _written(self, name: str) -> tuple[Edit, ...]:
        return tuple([Edit(span, name) for span in (self.span, *self.others)])

    def as_method(self) -> Fix | None:
        """What makes `len(xs)` the call `xs.len()`; None where it is no such call."""
        method = METHODS_FOR_FUNCTIONS.get(self.name)
        if method is None or self.argument is None or self.call is None:
            return None
        head = Span(self.span.file, self.span.start, self.argument.start)
        tail = Span(self.span.file, self.argument.end, self.call.end)
        edits = (Edit(head, ""), Edit(tail, f".{method}()"))
        return Fix(f"it is a method: `x.{method}()`", edits, MACHINE)


class DuplicateName(Diagnostic):
    """Two things of one name where only one may have it: items and globals of a module, fields, variants, methods, parameters,
    variables of one pattern."""

    code = "K0221"
    what: str
    name: str
    first: Span | None = None

    def message(self) -> str:
        return f"two {self.what} are called {self.name}"

    def label(self) -> str:
        return "the second"

    def helps(self) -> list[str]:
        return ["rename one of them, or remove it"]

    def labels(self) -> list[Label]:
        return [Label(self.first, "the first")] if self.first else []


class UnknownType(Diagnostic):
    """A type that is neither built in nor defined in the module or brought in by `use`."""

    code = "K0222"
    name: str
    near: tuple[str, ...] = ()
    others: tuple[Span, ...] = ()
    """Where else in the file it is written."""

    def labels(self) -> list[Label]:
        return here_too(self.others)

    def notes(self) -> list[str]:
        return in_more_places(self.others)

    def message(self) -> str:
        return f"unknown type {self.name}"

    def label(self) -> str:
        return "no type in scope has this name"

    def helps(self) -> list[str]:
        foreign = TYPES.get(self.name)
        return [] if foreign is None or is_name(foreign) else [advice(foreign)]

    def fixes(self) -> list[Fix]:
        foreign = TYPES.get(self.name)
        if foreign is None:
            return [Fix(meant(self.near), self._written(self.near[0]))] if self.near else []
        return [Fix(f"here it is called `{foreign}`", self._written(foreign), MACHINE)] if is_name(foreign) else []

    def _written(self, name: str) -> tuple[Edit, ...]:
        """The name everywhere, without its type arguments."""
        return tuple([Edit(span._replace(end=span.start + len(self.name)), name) for span in (self.span, *self.others)])


class UnknownMember(Diagnostic):
    """`geometry.aera`, `Shape.Circel`: the module or type has nothing of that name."""

    code = "K0223"
    owner: str
    kind: str
    """What the owner is: module, enum, struct …; empty for what has no members at all."""
    name: str
    near: tuple[str, ...] = ()
    known: tuple[str, ...] = ()

    def message(self) -> str:
        return f"{self.kind} {self.owner} has no {self.name}".lstrip()

    def helps(self) -> list[str]:
        if self.near or not 0 < len(self.known) <= _MOST_LISTED:
            return [meant(self.near)] if self.near else []
        return [f"it has {listed(tuple(f'`{n}`' for n in sorted(self.known)))}"]


class PrivateItem(Diagnostic):
    """Only `pub` items are visible outside their module (§7)."""

    code = "K0224"
    name: str
    module: str

    def message(self) -> str:
        return f"{self.name} is private to module {self.module}"

    def helps(self) -> list[str]:
        return [f"write `pub` before its definition in {self.module}, if it is meant for others"]


class AmbiguousVariant(Diagnostic):
    """A variant is written without its enum's name only where one enum in scope has it (§7)."""

    code = "K0225"
    name: str
    enums: tuple[str, ...]

    def message(self) -> str:
        return f"{self.name} is a variant of {listed(self.enums)}"

    def label(self) -> str:
        return "which one?"

    def helps(self) -> list[str]:
        return [f"write {' or '.join(f'`{e}.{self.name}`' for e in self.enums)}"]


class NoValue(Diagnostic):
    """A module, an enum, a trait or a built-in type stands where a value is wanted."""

    code = "K0227"
    name: str
    kind: str

    def message(self) -> str:
        return f"{self.name} is {'an' if self.kind == 'enum' else 'a'} {self.kind}, not a value"

    def helps(self) -> list[str]:
        return {
            "module": [f"name what you want of it: `{self.name}.…`"],
            "plugin": [f"name what you want of it: `{self.name}.…`"],
            "enum": [f"name one of its variants: `{self.name}.…`"],
            "trait": ["a trait is implemented by types; a value is made by one of those"],
            "type": [advice(VALUES[self.name]) if self.name in VALUES else "a type stands in annotations only"],
        }[self.kind]


class UnknownField(Diagnostic):
    """A pattern names a field that the struct or variant does not have."""

    code = "K0234"
    owner: str
    name: str
    near: tuple[str, ...] = ()
    known: tuple[str, ...] = ()

    def message(self) -> str:
        return f"{self.owner} has no field {self.name}"

    def helps(self) -> list[str]:
        if self.near:
            return [meant(self.near)]
        known = tuple(f"`{n}`" for n in self.known if not n.isdigit())
        return [f"its fields are {listed(known)}"] if known else []


class PatternFields(Diagnostic):
    """A pattern must say something of each field of a variant; `_` for what does not matter."""

    code = "K0235"
    owner: str
    wanted: int
    found: int

    def message(self) -> str:
        return f"{self.owner} has {counted(self.wanted, 'field')}, the pattern has {self.found or 'none'}"

    def helps(self) -> list[str]:
        if not self.wanted:
            return [f"write `{self.owner}`"]
        return [f"write `{self.owner}({', '.join(['_'] * self.wanted)})`, a pattern for each field"]


class NotAPattern(Diagnostic):
    """In a pattern a name with an upper-case first letter is a variant, a struct or a constant (§1)."""

    code = "K0236"
    name: str

    def message(self) -> str:
        return f"{self.name} is no variant, struct or constant, so it is no pattern"

    def helps(self) -> list[str]:
        foreign = VALUES.get(self.name)
        if foreign is not None and is_name(foreign):
            return [advice(foreign)]
        return ["a name that is to be bound starts with a lower-case letter"]


class AlternativesDiffer(Diagnostic):
    """The alternatives of an or-pattern bind the same names (§6): the arm's body may use each of them."""

    code = "K0237"
    names: tuple[str, ...]

    def message(self) -> str:
        return f"not every alternative of this pattern binds {listed(self.names)}"

    def helps(self) -> list[str]:
        return ["bind the same names in each alternative, or write two arms"]


class NoSelf(Diagnostic):
    """`self` belongs to methods, `Self` to types, traits and impls."""

    code = "K0240"
    name: str

    def message(self) -> str:
        return f"there is no {self.name} here"

    def helps(self) -> list[str]:
        if self.name == "self":
            return ["only methods have it: give the function a first parameter `self`, inside a type or an `impl`"]
        return ["only types, traits and impls have it: write the type's name"]
