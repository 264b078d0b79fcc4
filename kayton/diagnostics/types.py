"""Errors of types that are certain from what stands in the source, K03xx (LANGUAGE §§3–5)."""

from __future__ import annotations

from kayton.diagnostics.advice import comparison, conversion, operands
from kayton.diagnostics.codes import MACHINE, MAYBE, Diagnostic, Edit, Fix, Label, after
from kayton.diagnostics.foreign import advice, is_name, method_called
from kayton.diagnostics.names import listed
from kayton.diagnostics.nearest import meant
from kayton.ir.node import Span

_MOST_LISTED = 8
"""So many members are listed where none looks like what was written."""


def article(name: str) -> str:
    """`an i64`, `an f64`, `a str`, `()`."""
    if name == "()":
        return name
    vowel = name[0] in "aeioAEIO" or (name[0] == "f" and name[1:2].isdigit()) or name in _SPELLED_WITH_A_VOWEL
    return f"{'an' if vowel else 'a'} {name}"


_SPELLED_WITH_A_VOWEL = tuple("FHLMNRSX")


class TypeMismatch(Diagnostic):
    """A value of another type at an annotation, or at a place that takes bools only (§§3, 5)."""

    code = "K0301"
    expected: str
    found: str
    annotation: Span | None = None
    """The part of an annotation that says what is expected."""
    within: tuple[str, str] | None = None
    """What the whole annotation says before and after that part, where it is only a part: `Map[_, List[` and `]]`."""

    def message(self) -> str:
        return f"expected {self.expected}, found {self.found}"

    def label(self) -> str:
        return "this is " + (self.found if self.found.startswith("a ") else article(self.found))

    def labels(self) -> list[Label]:
        return [] if self.annotation is None else [Label(self.annotation, f"this says {self.expected}")]

    def notes(self) -> list[str]:
        if self.within is None:
            return []
        left, right = self.within
        return [f"the whole is to be `{left}{self.expected}{right}`, with this it is `{left}{self.found}{right}`"]

    def helps(self) -> list[str]:
        made = None if self.fixes() else conversion(self.expected, self.found)
        return [] if made is None else [made]

    def fixes(self) -> list[Fix]:
        if self.expected in _WRAPPED and self.found not in _WRAPPED:
            wrapper = _WRAPPED[self.expected]
            return [Fix.wrap(self.span, f"{wrapper}(", ")", f"wrap it in `{wrapper}(…)`", MACHINE)]
        if self.expected == "i64" and self.found == "f64":
            return [Fix.wrap(self.span, "i64(", ")", "`i64(x)` cuts the fraction off")]
        if self.expected == "str" and self.found in ("i64", "f64", "bool"):
            return [Fix.wrap(self.span, "str(", ")", "make text of it by `str(x)`")]
        return []


_WRAPPED = {"Option": "Some", "Result": "Ok"}


class CannotCompare(Diagnostic):
    """`==` of values of different types is always false, and an ordering of them an error (§4)."""

    code = "K0302"
    op: str
    left: str
    right: str

    def message(self) -> str:
        return f"cannot compare {self.left} with {self.right}"

    def label(self) -> str:
        return f"would always be {'true' if self.op == '!=' else 'false'}" if self.op in ("==", "!=") else ""

    def helps(self) -> list[str]:
        made = comparison(self.op, self.left, self.right)
        return [] if made is None else [made]


class NoIdentity(Diagnostic):
    """`is` asks whether two references lead to one class instance; anything else has no identity (§4)."""

    code = "K0307"
    found: str
    other: str = ""
    """The type of the other operand, where it is certain and the two are never equal."""
    operator: Span | None = None
    """`is`, where `==` may stand instead."""

    def message(self) -> str:
        return f"`is` compares class instances only, found {self.found}"

    def label(self) -> str:
        return f"{article(self.found)} has no identity"

    def helps(self) -> list[str]:
        if self.other:
            return [f"{article(self.other)} and {article(self.found)} are never the same"]
        return [] if self.operator else ["values are compared by `==`"]

    def fixes(self) -> list[Fix]:
        return [Fix.replace(self.operator, "==", "values are compared by `==`", MACHINE)] if self.operator else []


class CannotApply(Diagnostic):
    """An operator on operands that it does not take (§5)."""

    code = "K0303"
    op: str
    left: str
    right: str | None = None
    operands: tuple[Span, ...] = ()
    operator: Span | None = None

    def message(self) -> str:
        return f"cannot apply {self.op} to {self.left}" + (f" and {self.right}" if self.right else "")

    def labels(self) -> list[Label]:
        if len(self.operands) != 2:
            return []
        return [Label(span, article(t)) for span, t in zip(self.operands, (self.left, self.right), strict=True)]

    def helps(self) -> list[str]:
        made = None if self.fixes() else operands(self.op, self.left, self.right)
        return [] if made is None else [made]

    def fixes(self) -> list[Fix]:
        printable = ("i64", "f64", "bool")
        if self.op == "+" and len(self.operands) == 2 and (self.left, self.right).count("str") == 1:
            other = self.operands[self.left == "str"]
            if (self.right if self.left == "str" else self.left) in printable:
                return [Fix.wrap(other, "str(", ")", "make text of it by `str(x)`, or write an f-string")]
        if self.op in ("&", "|") and self.left == self.right == "bool" and self.operator is not None:
            word = "and" if self.op == "&" else "or"
            return [Fix.replace(self.operator, word, f"between bools write `{word}`", MACHINE)]
        return []


class _Member(Diagnostic):
    """What errors about members share. `at` is the name alone, where it is known."""

    receiver: Span | None = None

    def labels(self) -> list[Label]:
        return [Label(self.receiver, f"this is {article(self.type)}")] if self.receiver and self.type else []

    def _known_elsewhere(self) -> str | None:
        return method_called(self.type, self.name)


class NoMethod(_Member):
    """A method that the type does not have (§10)."""

    code = "K0304"
    name: str
    type: str
    near: tuple[str, ...] = ()
    is_field: bool = False
    known: tuple[str, ...] = ()
    """The methods that the program gave the type."""
    at: Span | None = None

    def message(self) -> str:
        return f"no method {self.name} on {self.type}"

    def helps(self) -> list[str]:
        if self.is_field:
            return [f"{self.name} is a field: a function in it is called `(x.{self.name})(…)`"]
        foreign = self._known_elsewhere()
        if foreign is not None and not (is_name(foreign) and self.at):
            return [advice(foreign)]
        if foreign is None and not self.near and 0 < len(self.known) <= _MOST_LISTED:
            return [f"its methods are {listed(tuple(f'`{n}`' for n in self.known))}"]
        return []

    def fixes(self) -> list[Fix]:
        foreign = self._known_elsewhere()
        if self.at is None or self.is_field or (foreign is not None and not is_name(foreign)):
            return []
        if foreign is not None:
            return [Fix.replace(self.at, foreign, f"here it is called `{foreign}`", MACHINE)]
        return [Fix.replace(self.at, self.near[0], meant(self.near))] if self.near else []


class NoField(_Member):
    """A field that the type does not have (§10)."""

    code = "K0305"
    name: str
    type: str
    near: tuple[str, ...] = ()
    is_method: bool = False
    known: tuple[str, ...] = ()
    """The fields that the type has."""
    at: Span | None = None

    def message(self) -> str:
        return f"no field {self.name} on {self.type}"

    def helps(self) -> list[str]:
        foreign = self._known_elsewhere()
        if self.is_method or self.near or self.at is None:
            return []
        if foreign is not None:
            return [] if is_name(foreign) else [advice(foreign)]
        return [f"its fields are {listed(tuple(f'`{n}`' for n in self.known))}"] if 0 < len(self.known) <= _MOST_LISTED else []

    def fixes(self) -> list[Fix]:
        if self.at is None:
            return []
        if self.is_method:
            return [Fix("it is a method: call it", (Edit(after(self.at), "()"),), MAYBE)]
        foreign = self._known_elsewhere()
        if foreign is not None and is_name(foreign):
            return [Fix.replace(self.at, f"{foreign}()", f"it is a method: `x.{foreign}()`", MACHINE)]
        return [Fix.replace(self.at, self.near[0], meant(self.near))] if self.near else []


class NegativeIndex(Diagnostic):
    """A list or str indexed by a negative number. Indices count from the front, so this ends the program when it runs."""

    code = "K0306"
    severity = "warning"
    index: int
    value: Span | None = None
    """What is indexed."""
    type: str = "List"

    def message(self) -> str:
        return f"the index {self.index} is never there: indices count from the front"

    def label(self) -> str:
        return "ends the program with `index out of range`"

    def helps(self) -> list[str]:
        if self.type == "List":
            return [f"from the end it is `xs[xs.len() - {-self.index}]`; the last element is `xs.last()`, an Option"]
        return [f"from the end it is `s[s.len() - {-self.index}]`"]
