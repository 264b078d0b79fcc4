"""Errors of the text itself, K01xx: characters, literals, layout (LANGUAGE §§1–2) and grammar (§§3–8)."""

from __future__ import annotations

from kayton.diagnostics.codes import MACHINE, Diagnostic, Fix, Label
from kayton.ir.node import Span


class UnknownCharacter(Diagnostic):
    """A character that no token starts with, such as `$`. Text goes in double quotes: `"$"`."""

    code = "K0101"
    text: str
    instead: str = ""
    """What a programmer coming from elsewhere probably meant."""

    def message(self) -> str:
        return f"unknown character `{self.text}`"

    def label(self) -> str:
        return "no token starts with this"

    def helps(self) -> list[str]:
        return [self.instead] if self.instead else []


class TabInIndentation(Diagnostic):
    """Indentation is spaces (§1). An editor that shows a tab as four columns and one that shows eight would disagree about
    what belongs to a block, so a tab at the start of a line is an error."""

    code = "K0102"
    more: int = 0
    """How many further lines of the file have one."""

    def message(self) -> str:
        return "tab in indentation"

    def label(self) -> str:
        return "a tab"

    def notes(self) -> list[str]:
        if not self.more:
            return []
        return [f"{self.more} more line{'s are' if self.more > 1 else ' is'} indented with tabs"]

    def helps(self) -> list[str]:
        return ["indent with spaces"]


class UnevenDedent(Diagnostic):
    """A line that is indented less than the one before must be indented as much as some enclosing block (§1).

        if a:
                b()
            c()     # neither under `if` nor beside it
    """

    code = "K0103"
    indent: int
    enclosing: tuple[int, ...]

    def message(self) -> str:
        return "this dedent does not return to an enclosing level"

    def label(self) -> str:
        return f"indented by {self.indent}"

    def notes(self) -> list[str]:
        return [f"the enclosing blocks are indented by {', '.join(map(str, self.enclosing))}"]


class UnterminatedString(Diagnostic):
    """A string without its closing quote. One in single `"` ends on its line; text of several lines goes in `\"\"\"`."""

    code = "K0104"
    quote: str

    def message(self) -> str:
        return "unterminated string"

    def label(self) -> str:
        return f"the closing `{self.quote}` is missing"

    def helps(self) -> list[str]:
        return ['text of several lines stands in `"""`'] if self.quote == '"' else []


class BadEscape(Diagnostic):
    r"""A backslash in a string starts one of `\n \t \r \\ \" \0 \u{1F600}` (§2); a backslash itself is `\\`."""

    code = "K0105"
    escape: str
    reason: str = ""

    def message(self) -> str:
        return f"bad escape `{self.escape}`" + (f": {self.reason}" if self.reason else "")

    def helps(self) -> list[str]:
        return ['escapes are \\n \\t \\r \\\\ \\" \\0 and \\u{1F600}; a backslash itself is written \\\\']


class BadNumber(Diagnostic):
    """A number that is none: `12ab`, `0x`, `0b12`. Numbers are `42 1_000 0xff 0b1010 0o17 1.5 1e9` (§2)."""

    code = "K0106"
    text: str

    def message(self) -> str:
        return f"bad number `{self.text}`"

    def helps(self) -> list[str]:
        return ["numbers are written 42, 1_000, 0xff, 0b1010, 0o17, 1.5 or 1e9"]


class IntegerTooLarge(Diagnostic):
    """An integer literal outside i64, whose range is -9223372036854775808 to 9223372036854775807 (§2). An f64 can be larger:
    `9223372036854775808.0`."""

    code = "K0107"
    text: str

    def message(self) -> str:
        shown = self.text if len(self.text) <= 40 else f"{self.text[:24]}…"
        return f"integer literal {shown} does not fit in i64"

    def label(self) -> str:
        return "the largest i64 is 9223372036854775807"


class Semicolon(Diagnostic):
    """A newline ends a statement; there are no semicolons (§1). `;` stands only in `[value; count]`."""

    code = "K0108"

    def message(self) -> str:
        return "there are no semicolons"

    def helps(self) -> list[str]:
        return ["write each statement on a line of its own"]


class UnclosedBracket(Diagnostic):
    """A `(`, `[` or `{` without its closing partner: `print((1 + 2)`."""

    code = "K0109"
    opener: str

    def message(self) -> str:
        return f"`{self.opener}` is never closed"


class WrongBracket(Diagnostic):
    """A closing bracket that fits no open one: `)` alone, or `(1, 2]`."""

    code = "K0110"
    closer: str
    opened: Label | None = None

    def message(self) -> str:
        return f"`{self.closer}` closes nothing" if self.opened is None else f"`{self.closer}` does not close what is open here"

    def labels(self) -> list[Label]:
        return [self.opened] if self.opened else []


class SingleBrace(Diagnostic):
    """In an f-string `{` opens a hole and `}` closes it; a brace itself is written twice: `f"{{}}"` is `{}` (§2)."""

    code = "K0111"

    def message(self) -> str:
        return "a single `}` in an f-string"

    def fixes(self) -> list[Fix]:
        return [Fix.replace(self.span, "}}", "double the brace", MACHINE)]


class UnclosedHole(Diagnostic):
    """A hole of an f-string, `{expr}`, that is not closed: `f"{name"`. A brace itself is written `{{`."""

    code = "K0112"

    def message(self) -> str:
        return "this hole of the f-string is not closed"

    def helps(self) -> list[str]:
        return ["close it with `}`, or write `{{` for a brace"]


class Expected(Diagnostic):
    """Something else should stand here for the text to be a program: `let = 1` lacks a pattern, `if x print(x)` a `:`."""

    code = "K0120"
    wanted: str
    found: str
    help: str = ""
    opened: Label | None = None

    def message(self) -> str:
        return f"expected {self.wanted}, found {self.found}"

    def labels(self) -> list[Label]:
        return [self.opened] if self.opened else []

    def helps(self) -> list[str]:
        return [self.help] if self.help else []


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

    def message(self) -> str:
        return "comparisons cannot be chained"

    def label(self) -> str:
        return "a second comparison of the same operands"

    def labels(self) -> list[Label]:
        return [Label(self.first, "the first comparison")]

    def helps(self) -> list[str]:
        return ["join two comparisons with `and`, or put one in parentheses"]


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

    def message(self) -> str:
        return f"`{self.written}` is not Kayton"

    def helps(self) -> list[str]:
        return [self.instead]


class NotATarget(Diagnostic):
    """Only a variable, a chain of `.field`, `.0` and `[index]`, or a tuple of those can be assigned to (§4)."""

    code = "K0127"

    def message(self) -> str:
        return "cannot assign to this"

    def helps(self) -> list[str]:
        return ["a target is a variable, a chain of `.field`, `.0` and `[index]`, or a tuple of targets; `==` compares"]


class NestedTooDeeply(Diagnostic):
    """Expressions, blocks, types or patterns inside each other beyond what the compiler takes."""

    code = "K0128"
    limit: int

    def message(self) -> str:
        return f"nested too deeply: more than {self.limit} levels"


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


class PositionalAfterNamed(Diagnostic):
    """Arguments by position come before those by name: `f(1, x=2)` (§6)."""

    code = "K0131"

    def message(self) -> str:
        return "an argument by position after one by name"

    def helps(self) -> list[str]:
        return ["put arguments by position first"]
