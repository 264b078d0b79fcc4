"""Errors of definitions: types, traits, impls and what nests in functions; K0226–K0244 (LANGUAGE §§3, 7)."""

from __future__ import annotations

from kayton.diagnostics.codes import MACHINE, Diagnostic, Fix, Label
from kayton.diagnostics.names import counted, listed
from kayton.ir.node import Span


class NotATrait(Diagnostic):
    """`dyn T`, a bound, a super-trait or `impl T for …` names something that is no trait."""

    code = "K0230"
    name: str

    def message(self) -> str:
        return f"{self.name} is not a trait"

    def helps(self) -> list[str]:
        return ["after `dyn`, in a bound and before `for` in an `impl` stands a trait"]


class MissingTraitMethod(Diagnostic):
    """An `impl` of a trait must have every method that the trait requires (§7)."""

    code = "K0231"
    trait: str
    type: str
    methods: tuple[str, ...]

    def message(self) -> str:
        methods = "method" if len(self.methods) == 1 else "methods"
        return f"{self.type} does not have the {methods} {listed(self.methods)}, which {self.trait} requires"

    def helps(self) -> list[str]:
        return [f"define {'it' if len(self.methods) == 1 else 'them'} in this impl: `fn {self.methods[0]}(self, …): …`"]


class FieldAndMethod(Diagnostic):
    """A field and a method of one type may not share a name (§7)."""

    code = "K0232"
    type: str
    name: str
    field: Span | None = None

    def message(self) -> str:
        return f"{self.type} has both a field and a method called {self.name}"

    def label(self) -> str:
        return "the method"

    def helps(self) -> list[str]:
        return ["rename one of them: `x.name` could mean either"]

    def labels(self) -> list[Label]:
        return [Label(self.field, "the field")] if self.field else []


class MutableGlobal(Diagnostic):
    """A module-level `let` is an immutable global (§7)."""

    code = "K0233"
    name: str

    def message(self) -> str:
        return f"a module-level let cannot be mut: {self.name}"

    def helps(self) -> list[str]:
        return ["make it a variable of `main`, or a field of a class instance, which can be changed through a global"]


class CyclicAlias(Diagnostic):
    """`type A = B`, `type B = A`: no type is meant."""

    code = "K0238"
    name: str

    def message(self) -> str:
        return f"the type alias {self.name} stands for itself"

    def helps(self) -> list[str]:
        return ["a type that holds values of its own kind is a `struct`, `class` or `enum`"]


class NoImpl(Diagnostic):
    """`impl` is for a struct, class, enum or built-in type."""

    code = "K0241"
    name: str
    kind: str = ""
    """`tuple`, `function`, or empty for a trait."""

    def message(self) -> str:
        return f"there can be no impl for {self.name}"

    def label(self) -> str:
        return f"a {self.kind} type has no name that methods could belong to" if self.kind else "is no type of its own"

    def helps(self) -> list[str]:
        if self.kind:
            return [f"give it one: a struct with a field for {'each part' if self.kind == 'tuple' else 'the function'} can have methods"]
        return ["write the methods in the trait itself: what implements it has them"]


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

    def helps(self) -> list[str]:
        return ["put all methods of the trait into one `impl`"]


class OtherParameters(Diagnostic):
    """A method of an `impl` must take every call that the trait's method takes (§7)."""

    code = "K0244"
    name: str
    type: str
    trait: str
    model: Span | None = None

    def message(self) -> str:
        return f"{self.name} of {self.type} cannot be called as {self.trait} says: its parameters are others"

    def labels(self) -> list[Label]:
        return [Label(self.model, f"what {self.trait} says")] if self.model else []

    def helps(self) -> list[str]:
        return ["take the trait's parameters; more are possible where they have defaults"]


class CyclicTrait(Diagnostic):
    """A trait cannot be its own super-trait."""

    code = "K0243"
    name: str

    def message(self) -> str:
        return f"the trait {self.name} is its own super-trait"

    def helps(self) -> list[str]:
        return ["leave one of the super-traits out"]
class TypeArguments(Diagnostic):
    """A type is given another number of type arguments than it has parameters."""

    code = "K0229"
    name: str
    wanted: int
    found: int

    def message(self) -> str:
        return f"{self.name} takes {counted(self.wanted, 'type argument')}, found {self.found}"

    def helps(self) -> list[str]:
        return [f"write `{self.name}[{', '.join(['T', 'U', 'V', 'W'][: self.wanted])}]`"] if 0 < self.wanted <= 4 else ["leave the brackets out"]


class ReservedType(Diagnostic):
    """`i8 i16 i32 u8 u16 u32 u64 f32 bytes` are kept for later (§3)."""

    code = "K0228"
    name: str

    def message(self) -> str:
        return f"the type {self.name} is reserved for a later version"

    def fixes(self) -> list[Fix]:
        instead = "List[i64]" if self.name == "bytes" else "f64" if self.name[0] == "f" else "i64"
        return [Fix.replace(self.span, instead, f"use `{instead}`", MACHINE)]


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
            return ["use a `let`: a const is evaluated before the program runs"]
        return [f"use a closure, which captures it: `let {self.fn} = |…| …`", f"or pass `{self.name}` as an argument"]
