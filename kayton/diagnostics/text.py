"""Errors of the text itself, K01xx: characters, literals, layout (LANGUAGE §§1–2)."""

from __future__ import annotations

from kayton.diagnostics.codes import MACHINE, Diagnostic, Edit, Fix, Label, here_too, in_more_places
from kayton.ir.node import Span

_PARTNERS = {"(": ")", "[": "]", "{": "}"}


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
    lines: tuple[Edit, ...] = ()
    """The indentation of each line of the file that has one, as it would be with spaces."""

    def message(self) -> str:
        return "tab in indentation"

    def label(self) -> str:
        return "a tab"

    def notes(self) -> list[str]:
        more = len(self.lines) - 1
        return [f"{more} more line{'s are' if more > 1 else ' is'} indented with tabs"] if more > 0 else []

    def fixes(self) -> list[Fix]:
        return [Fix("indent with spaces, four for each tab", self.lines, MACHINE)] if self.lines else []


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

    def helps(self) -> list[str]:
        return ["indent the line like the block that it belongs to"]


class UnterminatedString(Diagnostic):
    """A string without its closing quote. One in single `"` ends on its line; text of several lines goes in `\"\"\"`."""

    code = "K0104"
    quote: str

    def message(self) -> str:
        return "unterminated string"

    def label(self) -> str:
        return f"the closing `{self.quote}` is missing"

    def helps(self) -> list[str]:
        return ['close it on this line; text of several lines stands in `"""`'] if self.quote == '"' else [f"close it by `{self.quote}`"]


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

    def helps(self) -> list[str]:
        return ["an f64 can be larger: write `.0` after it"]


class Semicolon(Diagnostic):
    """A newline ends a statement; there are no semicolons (§1). `;` stands only in `[value; count]`."""

    code = "K0108"
    edits: tuple[Edit, ...] = ()
    """What removes it, and all others of the file that end a line."""

    def message(self) -> str:
        return "there are no semicolons"

    def label(self) -> str:
        return "the end of the line ends a statement" if self.edits else "a second statement on one line"

    def notes(self) -> list[str]:
        more = len(self.edits) - 1
        return [f"{more} more line{'s end' if more > 1 else ' ends'} with one"] if more > 0 else []

    def helps(self) -> list[str]:
        return [] if self.edits else ["write each statement on a line of its own"]

    def fixes(self) -> list[Fix]:
        return [Fix("leave them out" if len(self.edits) > 1 else "leave it out", self.edits, MACHINE)] if self.edits else []


class UnclosedBracket(Diagnostic):
    """A `(`, `[` or `{` without its closing partner: `print((1 + 2)`."""

    code = "K0109"
    opener: str

    def message(self) -> str:
        return f"`{self.opener}` is never closed"

    def label(self) -> str:
        return "opened here"

    def helps(self) -> list[str]:
        return [f"close it by `{_PARTNERS[self.opener]}`"]


class WrongBracket(Diagnostic):
    """A closing bracket that fits no open one: `)` alone, or `(1, 2]`."""

    code = "K0110"
    closer: str
    opened: Label | None = None

    def message(self) -> str:
        return f"`{self.closer}` closes nothing" if self.opened is None else f"`{self.closer}` does not close what is open here"

    def labels(self) -> list[Label]:
        return [self.opened] if self.opened else []

    def helps(self) -> list[str]:
        return ["remove it, or open it before"] if self.opened is None else ["close first what was opened last"]


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


class SingleQuotes(Diagnostic):
    """Text stands in double quotes, a single character too (§2)."""

    code = "K0113"
    edits: tuple[Edit, ...]
    """What writes it, and all others of the file, in double quotes."""
    others: tuple[Span, ...] = ()

    def message(self) -> str:
        return "text stands in double quotes"

    def labels(self) -> list[Label]:
        return here_too(self.others)

    def notes(self) -> list[str]:
        return in_more_places(self.others)

    def fixes(self) -> list[Fix]:
        return [Fix("write double quotes", self.edits, MACHINE)]


class ForeignComment(Diagnostic):
    """A comment starts with `#` (§1). `//` divides and rounds down."""

    code = "K0114"
    written: str
    edits: tuple[Edit, ...] = ()
    more: int = 0
    """How many further lines of the file start so."""

    def message(self) -> str:
        return f"a comment does not start with `{self.written}`"

    def notes(self) -> list[str]:
        if self.more:
            return [f"{self.more} more line{'s start' if self.more > 1 else ' starts'} so"]
        return ["`//` divides and rounds down"] if self.written == "//" else []

    def helps(self) -> list[str]:
        return [] if self.edits else ["a comment starts with `#` and goes to the end of its line"]

    def fixes(self) -> list[Fix]:
        return [Fix("a comment starts with `#`", self.edits, MACHINE)] if self.edits else []
