"""Errors of grammar, K012x and K013x (LANGUAGE §§3–8)."""

from __future__ import annotations

from kayton.diagnostics.codes import MACHINE, Diagnostic, Edit, Fix, Label, here_too, in_more_places
from kayton.diagnostics.names import listed
from kayton.diagnostics.nearest import meant
from kayton.ir.node import Span


class Expected(Diagnostic):
    """Something else should stand here for the text to be a program: `let = 1` lacks a pattern, `if x print(x)` a `:`."""

    code = "K0120"
    wanted: str
    found: str
    help: str = ""
    opened: Label | None = None
    edits: tuple[Edit, ...] = ()
    """What puts it there, where that is certain."""

    def message(self) -> str:
        return f"expected {self.wanted}, found {self.found}"

    def labels(self) -> list[Label]:
        return [self.opened] if self.opened else []

    def helps(self) -> list[str]:
        return [self.help] if self.help and not self.edits else []

    def fixes(self) -> list[Fix]:
        return [Fix(self.help, self.edits, MACHINE)] if self.edits else []


class KeywordAsName(Diagnostic):
    """Keywords are not names (§1): `let loop = 1` needs another name, such as `loop_`."""

    code = "K0121"
    keyword: str

    def message(self) -> str:
        return f"`{self.keyword}` is a keyword and cannot be a name"

    def helps(self) -> list[str]:
        return [f"choose another name, such as `{self.keyword}_`"]


class ChainedComparison(Diagnostic):
    """Comparisons cannot be chained (§4): `a < b < c` is written `a < b and b < c`."""

    code = "K0122"
    first: Span
    middle: str = ""
    """The operand between the two, where it is simple enough to be written twice."""

    def message(self) -> str:
        return "comparisons cannot be chained"

    def label(self) -> str:
        return "the second comparison"

    def labels(self) -> list[Label]:
        return [Label(self.first, "the first comparison")]

    def helps(self) -> list[str]:
        return [] if self.middle else ["join two comparisons with `and`, or put one in parentheses"]

    def fixes(self) -> list[Fix]:
        joined = Fix.insert(self.span, f"and {self.middle} ", "join two comparisons with `and`, or put one in parentheses")
        return [joined] if self.middle else []


class SuiteClosure(Diagnostic):
    """A closure with a suite, `|x|:`, is the last thing on its line and never inside brackets (§6). Name it first:

        let f = |x|:
            let y = x * 2
            y + 1
        xs.map(f)
    """

    code = "K0123"

    def message(self) -> str:
        return "a closure with a suite must be the last thing on its line, outside of brackets"

    def helps(self) -> list[str]:
        return ["give the closure a name with `let` on a line before, or leave out the `:` and write one expression"]


class UnexpectedIndent(Diagnostic):
    """A line is indented more than the one before although that one opens no block (§1): it does not end in `:`."""

    code = "K0124"

    def message(self) -> str:
        return "unexpected indentation"

    def label(self) -> str:
        return "nothing above opens a block for this"

    def helps(self) -> list[str]:
        return ["indent it like the line before, or end that one in `:` if it is to open a block"]


class MissingSuite(Diagnostic):
    """After a header's `:` comes one statement on the same line or an indented suite (§1)."""

    code = "K0125"
    header: str

    def message(self) -> str:
        return f"expected an indented block after {self.header}"

    def helps(self) -> list[str]:
        return ["a block that does nothing is `()`"]


class ForeignSyntax(Diagnostic):
    """Something that another language writes so, and Kayton differently: `&&` is `and`, `else if` is `elif`, `def` is `fn`."""

    code = "K0126"
    written: str
    instead: str
    edits: tuple[Edit, ...] = ()
    """What writes it as here, where that is certain."""
    says: str = ""
    """What is wrong in words, where it is not simply what is written."""
    others: tuple[Span, ...] = ()
    """Where else in the file it is written; one habit is one error."""

    def message(self) -> str:
        return self.says or f"`{self.written}` is not Kayton"

    def labels(self) -> list[Label]:
        return here_too(self.others)

    def notes(self) -> list[str]:
        return in_more_places(self.others)

    def helps(self) -> list[str]:
        return [] if self.edits else [self.instead]

    def fixes(self) -> list[Fix]:
        return [Fix(self.instead, self.edits, MACHINE)] if self.edits else []


class NotATarget(Diagnostic):
    """Only a variable, a chain of `.field`, `.0` and `[index]`, or a tuple of those can be assigned to (§4)."""

    code = "K0127"

    def message(self) -> str:
        return "only a variable or a part of one can be assigned to"

    def helps(self) -> list[str]:
        return ["before `=` stands a variable, a chain of `.field`, `.0` and `[index]` from one, or a tuple of those; `==` compares"]


class NestedTooDeeply(Diagnostic):
    """Expressions, blocks, types or patterns inside each other beyond what the compiler takes."""

    code = "K0128"
    limit: int

    def message(self) -> str:
        return f"nested too deeply: more than {self.limit} levels"

    def helps(self) -> list[str]:
        return ["give parts of it names by `let`, or build it in a loop"]


class ItemInBlock(Diagnostic):
    """Only `fn` and `const` may stand inside of blocks; types, traits, impls and uses stand at the top of a file (§7)."""

    code = "K0129"
    item: str

    def message(self) -> str:
        return f"`{self.item}` must stand at the top level of the file"

    def helps(self) -> list[str]:
        return ["only `fn` and `const` may stand in a block"]


class MixedFields(Diagnostic):
    """A variant's fields have either all a name, `Rect(w: f64, h: f64)`, or none, `Circle(f64)` (§7)."""

    code = "K0130"
    variant: str

    def message(self) -> str:
        return f"the fields of `{self.variant}` must all have names, or none"

    def helps(self) -> list[str]:
        return ["write `Rect(w: f64, h: f64)` or `Rect(f64, f64)`"]


class PositionalAfterNamed(Diagnostic):
    """Arguments by position come before those by name: `f(1, x=2)` (§6)."""

    code = "K0131"

    def message(self) -> str:
        return "an argument by position after one by name"

    def helps(self) -> list[str]:
        return ["put arguments by position first"]
class CallWithoutParentheses(Diagnostic):
    """A call has parentheses around its arguments (§6): `print("x")`."""

    code = "K0132"
    name: str
    edits: tuple[Edit, ...] = ()

    def message(self) -> str:
        return f"a call has parentheses: `{self.name}(…)`"

    def label(self) -> str:
        return "an argument without parentheses"

    def helps(self) -> list[str]:
        return [] if self.edits else ["put the arguments in parentheses"]

    def fixes(self) -> list[Fix]:
        return [Fix("put the arguments in parentheses", self.edits, MACHINE)] if self.edits else []


class EqualsInCondition(Diagnostic):
    """`=` assigns and `==` compares (§5); a condition is a bool."""

    code = "K0133"

    def message(self) -> str:
        return "`=` assigns; a condition compares by `==`"

    def fixes(self) -> list[Fix]:
        return [Fix.replace(self.span, "==", "write `==`", MACHINE)]


class AssignmentInExpression(Diagnostic):
    """An assignment is a statement, with a line of its own, and has no value (§4)."""

    code = "K0134"
    op: str

    def message(self) -> str:
        return f"`{self.op}` assigns, which is a statement and no expression"

    def helps(self) -> list[str]:
        compares = "; to compare write `==`" if self.op == "=" else ""
        return [f"put the assignment on a line of its own{compares}"]


class UnknownEffect(Diagnostic):
    """`uses` declares an effect that there is not (§8)."""

    code = "K0135"
    name: str
    near: tuple[str, ...]
    known: tuple[str, ...]

    def message(self) -> str:
        return f"there is no effect called {self.name}"

    def label(self) -> str:
        return "`uses` cannot declare this"

    def notes(self) -> list[str]:
        return [f"the effects are {listed(self.known)}"]

    def fixes(self) -> list[Fix]:
        return [Fix(meant(self.near), (Edit(self.span, self.near[0]),))] if self.near else []


class RepeatedEffect(Diagnostic):
    """`uses` declares an effect twice (§8)."""

    code = "K0136"
    name: str
    first: Span
    rest: Span
    """The effect and the comma before it."""

    def message(self) -> str:
        return f"the effect {self.name} is declared twice"

    def label(self) -> str:
        return "the second time"

    def labels(self) -> list[Label]:
        return [Label(self.first, "the first time")]

    def fixes(self) -> list[Fix]:
        return [Fix("once is enough", (Edit(self.rest, ""),), MACHINE)]
