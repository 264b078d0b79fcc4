"""Errors of types that are certain from what stands in the source, K03xx (LANGUAGE §§3–5)."""

from __future__ import annotations

from kayton.diagnostics.codes import Diagnostic


class TypeMismatch(Diagnostic):
    """A value of another type at an annotation, or at a place that takes bools only (§§3, 5)."""

    code = "K0301"
    expected: str
    found: str

    def message(self) -> str:
        return f"expected {self.expected}, found {self.found}"

    def label(self) -> str:
        return f"this is {'an' if self.found[0] in 'aeioAEIOf' and self.found[:2] != 'fn' else 'a'} {self.found}"

    def helps(self) -> list[str]:
        if self.expected == "i64" and self.found == "f64":
            return ["i64(x) cuts the fraction off"]
        if self.expected in ("i64", "f64") and self.found == "str":
            return [f'parse it: "…".parse_{self.expected}()']
        return []


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


class CannotApply(Diagnostic):
    """An operator on operands that it does not take (§5)."""

    code = "K0303"
    op: str
    left: str
    right: str | None = None

    def message(self) -> str:
        return f"cannot apply {self.op} to {self.left}" + (f" and {self.right}" if self.right else "")


class NoMethod(Diagnostic):
    """A method that the type does not have (§10)."""

    code = "K0304"
    name: str
    type: str
    near: tuple[str, ...] = ()
    is_field: bool = False

    def message(self) -> str:
        return f"no method {self.name} on {self.type}"

    def helps(self) -> list[str]:
        if self.is_field:
            return [f"{self.name} is a field: a function in it is called (x.{self.name})(…)"]
        return [f"did you mean {self.near[0]}?"] if self.near else []


class NoField(Diagnostic):
    """A field that the type does not have (§10)."""

    code = "K0305"
    name: str
    type: str
    near: tuple[str, ...] = ()
    is_method: bool = False

    def message(self) -> str:
        return f"no field {self.name} on {self.type}"

    def helps(self) -> list[str]:
        if self.is_method:
            return [f"{self.name} is a method: call it, x.{self.name}(…)"]
        return [f"did you mean {self.near[0]}?"] if self.near else []
