"""Mistakes that show a habit from another language: named as such, and where it is easy read as what was meant.

A token that is only spelt differently (`&&`, `===`) is reported and replaced by ours, so that the rest of the statement is still
looked at. Other habits are told when a statement cannot go on: then the tokens around the place say what was meant.
"""

from __future__ import annotations

from attrs import evolve

from kayton.diagnostics.codes import Diagnostic, Edit
from kayton.diagnostics.foreign import TYPES, is_name
from kayton.diagnostics.syntax import AssignmentInExpression, CallWithoutParentheses, ForeignSyntax
from kayton.diagnostics.text import ForeignComment
from kayton.ir.builtins import FUNCTIONS
from kayton.ir.node import Span
from kayton.passes.front.parsing.cursor import ASSIGNMENTS, LINE_ENDS, Cursor
from kayton.passes.front.parsing.foreign_words import INFIXES, PREFIXES, STRING_PREFIXES

_OPERANDS = frozenset(("NAME", "INT", "FLOAT", "STR", "FSTRING", "true", "false", "self", "not", "(", "["))
_LITERALS = frozenset(("NAME", "INT", "FLOAT", "STR", "FSTRING", "true", "false", "self"))
_ENDS = frozenset(("NAME", ")", "]", "INT", "FLOAT", "STR", "FSTRING_END"))
"""What an operand ends with."""
_CLOSERS = {")": "(", "]": "[", "}": "{", "HOLE_END": "HOLE"}
_OPENERS = frozenset(_CLOSERS.values())
_STARTS = frozenset(("=", ",", ":", "return", "NEWLINE", "INDENT", "DEDENT", "(", "[", "{", "HOLE", "in", "if", "elif", "while"))
"""What an expression may follow directly."""


class Habits(Cursor):
    """Tells habits apart."""

    def token_span(self, first: int, last: int | None = None) -> Span:
        """The stretch of one token, or of several."""
        return Span(self.file, self.starts[first], self.ends[first if last is None else last])

    def foreign(self, span: Span, written: str, instead: str, *edits: Edit, says: str = "") -> None:
        """Reports a habit after which parsing goes on."""
        if not self.reported():
            self.report_habit(ForeignSyntax(span=span, written=written, instead=instead, edits=edits, says=says))

    def report_habit(self, habit: ForeignSyntax) -> None:
        """Keeps a habit until the end of the file is reached: made in many places it is one mistake."""
        self.habits.setdefault((habit.written, habit.instead, bool(habit.edits)), []).append(habit)

    def report_habits(self) -> None:
        """Reports each habit of the file at its first place."""
        for places in self.habits.values():
            first, *others = sorted(places, key=lambda habit: habit.span)
            edits = tuple([e for habit in (first, *others) for e in habit.edits])
            self.report(evolve(first, edits=edits, others=tuple([habit.span for habit in others])))

    def respell(self, kind: str, written: str, tokens: int = 1) -> None:
        """Reports a token, or several, that are spelt differently here, and reads them as ours from now on."""
        i = self.i
        span = self.token_span(i, i + tokens - 1)
        self.foreign(span, written, f"write `{kind}`", Edit(span, kind))
        self.kinds[i] = kind
        for column in (self.kinds, self.texts, self.starts, self.ends):
            del column[i + 1 : i + tokens]

    def line_start(self) -> int:
        """The first token of the statement at hand, or of the line where that is inside a block."""
        i = self.i
        while i and self.kinds[i - 1] not in ("NEWLINE", "INDENT", "DEDENT", "DOC"):
            i -= 1
        return i

    def line_end(self) -> int:
        """The token that ends the statement at hand."""
        i = self.i
        while self.kinds[i] not in LINE_ENDS:
            i += 1
        return i

    def adjacent(self, i: int) -> bool:
        """Whether nothing stands between a token and the next."""
        return self.ends[i] == self.starts[i + 1]

    # ── what a place where nothing fits tells ──────────────────────────────────────────────────────────────────────────

    def habit(self) -> Diagnostic | None:
        """The habit that explains why the statement cannot go on here; None where none does."""
        if self.i == 0:
            return None
        for look in (self._comment, self._colons, self._named_arguments, self._words, self._assignment_inside, self._conversion, self._bare_call):
            found = look()
            if found is not None:
                return found
        return self._by_token()

    def _comment(self) -> Diagnostic | None:
        """`x = 1 // a comment`"""
        for i in range(self.i, self.line_start() - 1, -1):
            if self.kinds[i] == "//" and i and not self.adjacent(i - 1) and not self.adjacent(i):
                end = self.ends[max(self.line_end() - 1, i)]
                slashes = self.token_span(i)
                return ForeignComment(span=Span(self.file, self.starts[i], end), written="//", edits=(Edit(slashes, "#"),))
        return None

    def _colons(self) -> Diagnostic | None:
        """`Shape::Circle`, `x := 1`"""
        for i in (self.i - 1, self.i):
            if self.kinds[i] == ":" and self.adjacent(i):
                span = self.token_span(i, i + 1)
                if self.kinds[i + 1] == ":":
                    return ForeignSyntax(
                        span=span, written="::", instead="members of types and modules are reached by `.`", edits=(Edit(span, "."),)
                    )
                if self.kinds[i + 1] == "=" and i == self.line_start() + 1:
                    let = Edit(Span(self.file, self.starts[i - 1], self.starts[i - 1]), "let ")
                    return ForeignSyntax(
                        span=span, written=":=", instead="a variable is made by `let x = …`", edits=(let, Edit(span, "="))
                    )
        return None

    def _named_arguments(self) -> Diagnostic | None:
        """`f(x: 1, y: 2)`"""
        i = self.i
        if self.kinds[i] != ":" or not self._names_argument(i):
            return None
        edits, depth, j = [], 0, i
        while depth >= 0 and self.kinds[j] not in LINE_ENDS:
            if self.kinds[j] == ":" and depth == 0 and self._names_argument(j):
                edits.append(Edit(Span(self.file, self.starts[j], self.starts[j + 1]), "="))
            depth += (self.kinds[j] in _OPENERS) - (self.kinds[j] in _CLOSERS)
            j += 1
        instead, says = "an argument by name is written `x=1`", "an argument by name has no `:`"
        return ForeignSyntax(span=self.token_span(i), written=":", instead=instead, edits=tuple(edits), says=says)

    def _names_argument(self, colon: int) -> bool:
        return self.kinds[colon - 1] == "NAME" and self.kinds[colon - 2] in ("(", ",")

    def _words(self) -> Diagnostic | None:
        """`lambda x: x`, `new Point()`, `x instanceof T`, `r"text"`"""
        i = self.i
        before, here = self.texts[i - 1], self.texts[i]
        if self.kinds[i - 1] == "NAME":
            if before in STRING_PREFIXES and self.kinds[i] in ("STR", "FSTRING") and self.adjacent(i - 1):
                instead = "a string has no letter before it but `f`; a backslash in it is written twice"
                return ForeignSyntax(span=self.token_span(i - 1), written=f'{before}"…"', instead=instead)
            if before in PREFIXES and (self.kinds[i] in _OPERANDS or self.kinds[i] in ("{", ":", "fn", "|")):
                return ForeignSyntax(span=self.token_span(i - 1), written=before, instead=PREFIXES[before])
        if self.kinds[i] == "NAME" and here in INFIXES and self.kinds[i - 1] not in LINE_ENDS:
            return ForeignSyntax(span=self.token_span(i), written=here, instead=INFIXES[here])
        return None

    def _assignment_inside(self) -> Diagnostic | None:
        """`f(i += 1)`, `|x| y = x`"""
        if self.kinds[self.i] not in ASSIGNMENTS or self.kinds[self.i - 1] not in _ENDS:
            return None
        if self.kinds[self.line_start()] in ("fn", "pub", "struct", "class", "enum"):
            return None
        return AssignmentInExpression(span=self.token_span(self.i), op=self.kinds[self.i])

    def _conversion(self) -> Diagnostic | None:
        """`x as f64`"""
        i = self.i
        if self.kinds[i] != "as" or self.kinds[i + 1] != "NAME":
            return None
        target = TYPES.get(self.texts[i + 1], self.texts[i + 1])
        if not is_name(target) or target == "()":
            return None
        start = self.starts[self.operand_start(i - 1)]
        edits = (Edit(Span(self.file, start, start), f"{target}("), Edit(Span(self.file, self.ends[i - 1], self.ends[i + 1]), ")"))
        span = self.token_span(i, i + 1)
        return ForeignSyntax(span=span, written=f"as {self.texts[i + 1]}", instead=f"a value is converted by `{target}(x)`", edits=edits)

    def _bare_call(self) -> Diagnostic | None:
        """`print "x"` at the start of a statement, `int x = 1`"""
        i = self.i
        if self.kinds[i - 1] != "NAME" or self.kinds[i] not in _LITERALS or i - 1 != self.statement_start():
            return None
        if self.kinds[i] == "NAME" and self.kinds[i + 1] == "=":
            return self._type_first()
        if self.kinds[i] == "NAME" and self.texts[i - 1] not in FUNCTIONS:
            return None
        gap, end = Span(self.file, self.ends[i - 1], self.starts[i]), self.line_end()
        close = Edit(Span(self.file, self.ends[end - 1], self.ends[end - 1]), ")")
        edits = () if any(k in (":", "=", "ERROR") for k in self.kinds[i:end]) else (Edit(gap, "("), close)
        return CallWithoutParentheses(span=self.token_span(i), name=self.texts[i - 1], edits=edits)

    def _type_first(self) -> Diagnostic:
        """`int x = 1`"""
        i = self.i
        word = self.texts[i - 1]
        known = TYPES.get(word, word)
        named = Span(self.file, self.ends[i], self.ends[i])
        edits = (Edit(self.token_span(i - 1), "let"), Edit(named, f": {known}")) if is_name(known) and known != "dyn" else ()
        if known == "dyn":
            edits = (Edit(self.token_span(i - 1), "let"),)
        instead = "a variable is made by `let`, and its type follows its name: `let x: i64 = 1`"
        return ForeignSyntax(span=self.token_span(i - 1, i), written=f"{word} {self.texts[i]}", instead=instead, edits=edits)

    def _by_token(self) -> Diagnostic | None:
        kind, i = self.kinds[self.i], self.i
        if kind == "=>" and "fn" in self.kinds[self.line_start() : i] and self.kinds[i - 1] == ")":
            edit = Edit(self.token_span(i), "->")
            return ForeignSyntax(span=self.token_span(i), written="=>", instead="a function's result is written `-> type`", edits=(edit,))
        if kind == "=>" or (kind == "->" and self.kinds[i - 1] in ("NAME", ")") and self.kinds[self.line_start()] not in ("fn", "pub")):
            return ForeignSyntax(span=self.token_span(i), written=kind, instead="a closure is written `|x| x + 1`")
        if kind == "if":
            instead = "an inline conditional is written `if c: a else: b`"
            says = "a condition does not stand after the value"
            return ForeignSyntax(span=self.token_span(i), written="… if …", instead=instead, says=says)
        if kind == "{":
            instead = "a block starts with `:` and is indented; it has no braces"
            return ForeignSyntax(span=self.token_span(i), written="{", instead=instead, says="a block has no braces")
        if kind == "STR" and self.kinds[i - 1] == "STR":
            says = "one string after another"
            return ForeignSyntax(span=self.token_span(i), written='"…" "…"', instead="strings are joined by `+`", says=says)
        if self.kinds[i - 1] == "-" == self.kinds[i - 2] and kind in LINE_ENDS and self.adjacent(i - 2):
            edit = Edit(self.token_span(i - 2, i - 1), " -= 1")
            return ForeignSyntax(span=self.token_span(i - 2, i - 1), written="--", instead="write `i -= 1`", edits=(edit,), says="there is no `--`")
        if kind == ">" and self.kinds[i - 1] == "<" and self.adjacent(i - 1):
            span = self.token_span(i - 1, i)
            return ForeignSyntax(span=span, written="<>", instead="write `!=`", edits=(Edit(span, "!="),))
        if kind in ("&", "*", "**") and self.kinds[i - 1] in _STARTS:
            instead = "there are no references and no unpacking: values are passed as they are; a `mut` parameter changes the caller's variable"
            return ForeignSyntax(span=self.token_span(i), written=kind, instead=instead)
        return None

    # ── looking back ───────────────────────────────────────────────────────────────────────────────────────────────────

    def statement_start(self) -> int:
        """The first token of the statement at hand, also of one that follows a header's `:` on the same line; -1 in brackets."""
        i, depth, first = self.i, 0, self.line_start()
        while i > first:
            kind = self.kinds[i - 1]
            depth += (kind in _CLOSERS) - (kind in _OPENERS)
            if depth < 0:
                return -1
            if kind == ":" and depth == 0:
                return i
            i -= 1
        return i

    def operand_start(self, last: int) -> int:
        """The first token of the operand that ends with the token `last`: a name or literal, brackets, members."""
        i = last
        while True:
            if self.kinds[i] in _CLOSERS:
                i = self._opener(i)
                if self.kinds[i] in ("(", "[") and self.kinds[i - 1] in ("NAME", ")", "]") and self.adjacent(i - 1):
                    i -= 1
                    continue
            if i and self.kinds[i - 1] == ".":
                i -= 2
                continue
            return i

    def expression_start(self, last: int) -> int:
        """The first token of the expression, at the same level of brackets, that ends with the token `last`."""
        i = last
        while i > 0:
            if self.kinds[i] in _CLOSERS:
                i = self._opener(i)
            if i == 0 or self.kinds[i - 1] in _STARTS:
                return i
            i -= 1
        return 0

    def _opener(self, closer: int) -> int:
        depth, i = 0, closer
        while i > 0:
            depth += (self.kinds[i] in _CLOSERS) - (self.kinds[i] in _OPENERS)
            if depth == 0:
                return i
            i -= 1
        return 0
