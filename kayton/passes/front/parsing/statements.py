"""Statements: let, assignments, and where they end (LANGUAGE §§1, 4)."""

from __future__ import annotations

from kayton.diagnostics.syntax import ForeignSyntax, NotATarget
from kayton.ir.node import Span
from kayton.ir.surface import Assign, CompoundAssign, Expr, Field, Index, Let, Name, Part, Stmt, Tuple
from kayton.passes.front.parsing.cursor import ASSIGNMENTS, Broken
from kayton.passes.front.parsing.expressions import Expressions

_WITH_STATEMENTS = frozenset("fn pub pure if elif else while for loop @".split())
"""How broken lines start whose indented block still holds statements worth parsing."""

_LITERALS = frozenset(("NAME", "INT", "FLOAT", "STR", "FSTRING", "true", "false"))

_FOREIGN = {
    "def": "a function is defined with `fn`",
    "func": "a function is defined with `fn`",
    "function": "a function is defined with `fn`",
    "var": "a variable is made with `let mut`",
    "import": "write `use`",
    "from": "write `use module.{name}`",
    "switch": "write `match`",
    "async": "there is no `async`",
    "lambda": "a closure is written `|x| x + 1`",
    "public": "write `pub`",
    "interface": "write `trait`",
    "new": "an instance is made by calling its type: `Point(1.0, 2.0)`",
    "try": "errors are values: see `Result`, `match` and `?`",
    "raise": "errors are values: return `Err(…)`, or call `panic(…)`",
    "throw": "errors are values: return `Err(…)`, or call `panic(…)`",
}
"""First words of statements elsewhere, when a name cannot go on as it does."""


class Statements(Expressions):
    """Parses the statements of a block, and goes on after broken ones."""

    def statements(self) -> list[Stmt]:
        """The statements up to the end of the block."""
        kinds, found = self.kinds, []
        while (kind := kinds[self.i]) != "DEDENT" and kind != "END":
            first, depth = self.i, self.depth
            try:
                if kind == "INDENT":
                    self.unopened_block(found)
                    continue
                made = self.statement()
                self.end_of_statement()
                found.append(made)
            except Broken:
                self.recover(first, depth)
        return found

    def statement(self) -> Stmt:
        """A statement without its end."""
        kind = self.kinds[self.i]
        if kind == "let":
            return self.let()
        if kind in ITEM_STARTS:
            return self.nested_item()
        start = self.starts[self.i]
        made = self.expression()
        if self.kinds[self.i] in ASSIGNMENTS:
            return self._assignment(made, start)
        return made

    def nested_item(self) -> Stmt:
        """A definition in a block."""
        raise NotImplementedError

    def let(self) -> Stmt:
        """`let pattern: type = value`"""
        start = self.starts[self.i]
        self.i += 1
        pattern = self.pattern()
        type = self.annotation() if self.take(":") else None
        self.expect("=", "`=` and a value")
        return Let(pattern, self.expression(), type, span=self.span_from(start))

    def _assignment(self, target: Expr, start: int) -> Stmt:
        """`target = value`, `target op= value`; the cursor stands before the operator."""
        op = self.kinds[self.i]
        if not (_is_target(target) or (op == "=" and _is_tuple_of_targets(target))):
            self.fail(NotATarget(span=self.span_from(start)))
        self.i += 1
        value = self.expression()
        if op == "=":
            return Assign(target, value, span=self.span_from(start))
        return CompoundAssign(op[:-1], target, value, span=self.span_from(start))

    def end_of_statement(self) -> None:
        """Takes what ends a statement: its NEWLINE, or the DEDENT of the block it ended in."""
        kind = self.kinds[self.i]
        if kind == "NEWLINE" or kind == "DEDENT":
            self.i += 1
        elif kind != "END":
            self._no_end()

    def _no_end(self) -> None:
        """Fails because a statement goes on with what cannot belong to it; names the habit where it is a known one."""
        i = self.i
        word = self.texts[i - 1]
        if self.kinds[i - 1] == "NAME" and word in _FOREIGN:
            span = Span(self.file, self.starts[i - 1], self.ends[i - 1])
            self.fail(ForeignSyntax(span=span, written=word, instead=_FOREIGN[word]))
        help = ""
        if self.kinds[i - 1] == "NAME" and self.kinds[i] in _LITERALS:
            help = f"a call has parentheses: `{word}(…)`"
        elif self.kinds[i] == "if":
            help = "an inline conditional is written `if c: a else: b`"
        elif self.kinds[i] == ":" and self.kinds[i - 1] == "NAME":
            help = "a variable is made with `let`"
        elif self.kinds[i] == "=":
            help = "assignments cannot be chained, and `==` compares"
        self.unexpected("the end of the line", help=help)

    # Going on after an error

    def recover(self, first: int, depth: int) -> None:
        """Goes on after the broken statement that began at token `first`; `depth` is the level of nesting there."""
        self.depth = depth
        self.skip_line()
        if self.kinds[self.i] != "INDENT":
            return
        if self.kinds[first] in _WITH_STATEMENTS and self.kinds[self.i - 2] == ":":
            self.i += 1
            self.statements()
            self.take("DEDENT")
        else:
            self.skip_suite()

    def unopened_block(self, found: list[Stmt]) -> None:
        """Reports an indented block that no header opened; its statements go to `found` as if it were not indented."""
        self.unexpected_indent()
        self.i += 1
        self.deeper()
        found += self.statements()
        self.depth -= 1
        self.take("DEDENT")


def _is_target(e: Expr) -> bool:
    return e.__class__ in (Name, Field, Part, Index)


def _is_tuple_of_targets(e: Expr) -> bool:
    """Whether a tuple can be assigned to; tuples may hold tuples."""
    waiting = [e]
    while waiting:
        one = waiting.pop()
        if one.__class__ is Tuple:
            waiting += one.items
        elif not _is_target(one):
            return False
    return True


ITEM_STARTS = frozenset("fn pub pure struct enum class trait impl type use const @ DOC".split())
"""What an item, or `pub let`, starts with."""
