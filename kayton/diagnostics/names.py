"""Errors of names and what they stand for, K0220–K0249 (LANGUAGE §§3, 6, 7)."""

from __future__ import annotations

from kayton.diagnostics.codes import Diagnostic, Fix, Label
from kayton.ir.node import Span


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

    def message(self) -> str:
        return f"unknown name {self.name}"

    def label(self) -> str:
        return "nothing in scope is called so"

    def helps(self) -> list[str]:
        return [f"did you mean {self.near[0]}?"] if self.near else []

    def fixes(self) -> list[Fix]:
        return [Fix(self.span, self.near[0], f"write {self.near[0]}")] if self.near else []


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

    def labels(self) -> list[Label]:
        return [Label(self.first, "the first")] if self.first else []


class UnknownType(Diagnostic):
    """A type that is neither built in nor defined in the module or brought in by `use`."""

    code = "K0222"
    name: str
    near: tuple[str, ...] = ()

    def message(self) -> str:
        return f"unknown type {self.name}"

    def helps(self) -> list[str]:
        return [f"did you mean {self.near[0]}?"] if self.near else []

    def fixes(self) -> list[Fix]:
        return [Fix(self.span, self.near[0], f"write {self.near[0]}")] if self.near else []


class UnknownMember(Diagnostic):
    """`geometry.aera`, `Shape.Circel`: the module or type has nothing of that name."""

    code = "K0223"
    owner: str
    kind: str
    """What the owner is: module, enum, struct …; empty for what has no members at all."""
    name: str
    near: tuple[str, ...] = ()

    def message(self) -> str:
        return f"{self.kind} {self.owner} has no {self.name}".lstrip()

    def helps(self) -> list[str]:
        return [f"did you mean {self.near[0]}?"] if self.near else []


class PrivateItem(Diagnostic):
    """Only `pub` items are visible outside their module (§7)."""

    code = "K0224"
    name: str
    module: str

    def message(self) -> str:
        return f"{self.name} is private to module {self.module}"

    def helps(self) -> list[str]:
        return [f"write `pub` before its definition in {self.module}"]


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
        return [f"write {' or '.join(f'{e}.{self.name}' for e in self.enums)}"]


class NestedFnCaptures(Diagnostic):
    """A nested `fn` has no access to the variables of the function around it (§7); a closure copies what it uses."""

    code = "K0226"
    name: str
    fn: str
    what: str = "fn"

    def message(self) -> str:
        return f"the nested {self.what} {self.fn} cannot use {self.name}, a variable of the function around it"

    def helps(self) -> list[str]:
        if self.what == "const":
            return ["use a let: a const is evaluated before the program runs"]
        return [f"use a closure, which captures it: let {self.fn} = |…| …", f"or pass {self.name} as an argument"]


class NoValue(Diagnostic):
    """A module, an enum, a trait or a built-in type stands where a value is wanted."""

    code = "K0227"
    name: str
    kind: str

    def message(self) -> str:
        return f"{self.name} is {'an' if self.kind == 'enum' else 'a'} {self.kind}, not a value"

    def helps(self) -> list[str]:
        return {"module": [f"name what you want of it: {self.name}.…"], "enum": [f"name one of its variants: {self.name}.…"]}.get(
            self.kind, []
        )


class ReservedType(Diagnostic):
    """`i8 i16 i32 u8 u16 u32 u64 f32 bytes` are kept for later (§3)."""

    code = "K0228"
    name: str

    def message(self) -> str:
        return f"the type {self.name} is reserved for a later version"

    def helps(self) -> list[str]:
        return [f"use {'List[i64]' if self.name == 'bytes' else 'f64' if self.name[0] == 'f' else 'i64'}"]


class TypeArguments(Diagnostic):
    """A type is given another number of type arguments than it has parameters."""

    code = "K0229"
    name: str
    wanted: int
    found: int

    def message(self) -> str:
        return f"{self.name} takes {counted(self.wanted, 'type argument')}, found {self.found}"


class NotATrait(Diagnostic):
    """`dyn T`, a bound, a super-trait or `impl T for …` names something that is no trait."""

    code = "K0230"
    name: str

    def message(self) -> str:
        return f"{self.name} is not a trait"


class MissingTraitMethod(Diagnostic):
    """An `impl` of a trait must have every method that the trait requires (§7)."""

    code = "K0231"
    trait: str
    type: str
    methods: tuple[str, ...]

    def message(self) -> str:
        methods = "method" if len(self.methods) == 1 else "methods"
        return f"{self.type} does not have the {methods} {listed(self.methods)}, which {self.trait} requires"


class FieldAndMethod(Diagnostic):
    """A field and a method of one type may not share a name (§7)."""

    code = "K0232"
    type: str
    name: str
    field: Span | None = None

    def message(self) -> str:
        return f"{self.type} has both a field and a method called {self.name}"

    def labels(self) -> list[Label]:
        return [Label(self.field, "the field")] if self.field else []


class MutableGlobal(Diagnostic):
    """A module-level `let` is an immutable global (§7)."""

    code = "K0233"
    name: str

    def message(self) -> str:
        return f"a module-level let cannot be mut: {self.name}"

    def helps(self) -> list[str]:
        return ["make it a variable of a function, or a field of a class instance"]


class UnknownField(Diagnostic):
    """A pattern names a field that the struct or variant does not have."""

    code = "K0234"
    owner: str
    name: str
    near: tuple[str, ...] = ()

    def message(self) -> str:
        return f"{self.owner} has no field {self.name}"

    def helps(self) -> list[str]:
        return [f"did you mean {self.near[0]}?"] if self.near else []


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
            return [f"write {self.owner}"]
        return [f"write {self.owner}({', '.join(['_'] * self.wanted)})"]


class NotAPattern(Diagnostic):
    """In a pattern a name with an upper-case first letter is a variant, a struct or a constant (§1)."""

    code = "K0236"
    name: str

    def message(self) -> str:
        return f"{self.name} is no variant, struct or constant, so it is no pattern"

    def helps(self) -> list[str]:
        return ["a name that is to be bound starts with a lower-case letter"]


class AlternativesDiffer(Diagnostic):
    """The alternatives of an or-pattern bind the same names (§6): the arm's body may use each of them."""

    code = "K0237"
    names: tuple[str, ...]

    def message(self) -> str:
        return f"not every alternative of this pattern binds {listed(self.names)}"


class CyclicAlias(Diagnostic):
    """`type A = B`, `type B = A`: no type is meant."""

    code = "K0238"
    name: str

    def message(self) -> str:
        return f"the type alias {self.name} stands for itself"


class NestedItem(Diagnostic):
    """Types, traits, impls and `use` stand at module level; only `fn` and `const` may stand in a function."""

    code = "K0239"
    what: str

    def message(self) -> str:
        return f"{self.what} stands at module level only"


class NoSelf(Diagnostic):
    """`self` belongs to methods, `Self` to types, traits and impls."""

    code = "K0240"
    name: str

    def message(self) -> str:
        return f"there is no {self.name} here"

    def helps(self) -> list[str]:
        return ["give the method a first parameter self"] if self.name == "self" else []


class NoImpl(Diagnostic):
    """`impl` is for a struct, class, enum or built-in type."""

    code = "K0241"
    name: str

    def message(self) -> str:
        return f"there can be no impl for {self.name}"


class SecondImpl(Diagnostic):
    """A type implements a trait once."""

    code = "K0242"
    type: str
    trait: str
    first: Span | None = None

    def message(self) -> str:
        return f"{self.type} implements {self.trait} twice"

    def labels(self) -> list[Label]:
        return [Label(self.first, "the first time")] if self.first else []


class CyclicTrait(Diagnostic):
    """A trait cannot be its own super-trait."""

    code = "K0243"
    name: str

    def message(self) -> str:
        return f"the trait {self.name} is its own super-trait"
