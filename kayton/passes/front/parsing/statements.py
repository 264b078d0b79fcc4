"""Statements: let, assignments, and where they end (LANGUAGE §§1, 4)."""

from __future__ import annotations

from typing import NoReturn

from kayton.diagnostics.codes import Edit
from kayton.diagnostics.syntax import ForeignSyntax, NotATarget
from kayton.ir.surface import Assign, CompoundAssign, Expr, Field, Index, Let, Name, Part, Stmt, Tuple
from kayton.passes.front.parsing.cursor import ASSIGNMENTS, Broken
from kayton.passes.front.parsing.expressions import Expressions
from kayton.passes.front.parsing.foreign_words import STATEMENTS

_WITH_STATEMENTS = frozenset("fn pub pure if elif else while for loop @".split())
"""How broken lines start whose indented block still holds statements worth parsing."""

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
        if kind == "NAME" and self.texts[self.i] in STATEMENTS and (foreign := self.foreign_statement()) is not None:
            return foreign
        made = self.expression()
        if self.kinds[self.i] in ASSIGNMENTS:
            return self._assignment(made, start)
        return made

    def nested_item(self) -> Stmt:
        """A definition in a block."""
        raise NotImplementedError

    def foreign_statement(self) -> Stmt | None:
        """A statement that starts with a word of another language; None where the word is a name."""
        raise NotImplementedError

    def let(self) -> Stmt:
        """`let pattern: type = value`"""
        start = self.starts[self.i]
        self.i += 1
        pattern = self.pattern()
        type = self.annotation() if self.take(":") else None
        if self.kinds[self.i] == "," and self.kinds[self.i - 1] == "NAME":
            self.unexpected("`=` and a value", help="several variables stand in parentheses: `let (a, b) = t`")
        self.expect("=", "`=` and a value", help="a variable has a value from the start: `let x = …`")
        return Let(pattern, self.expression(), type, span=self.span_from(start))

    def _assignment(self, target: Expr, start: int) -> Stmt:
        """`target = value`, `target op= value`; the cursor stands before the operator."""
        op = self.kinds[self.i]
        if not (_is_target(target) or (op == "=" and _is_tuple_of_targets(target))):
            self._no_target(start)
        self.i += 1
        value = self.expression()
        if op == "=":
            return Assign(target, value, span=self.span_from(start))
        return CompoundAssign(op[:-1], target, value, span=self.span_from(start))

    def _no_target(self, start: int) -> NoReturn:
        habit = self.habit() if self.kinds[self.i - 1] != ")" else None
        self.fail(habit if isinstance(habit, ForeignSyntax) else NotATarget(span=self.span_from(start)))

    def end_of_statement(self) -> None:
        """Takes what ends a statement: its NEWLINE, or the DEDENT of the block it ended in."""
        kind = self.kinds[self.i]
        if kind == "NEWLINE" or kind == "DEDENT":
            self.i += 1
        elif kind != "END":
            self._no_end()

    def _no_end(self) -> None:
        """Fails because a statement goes on with what cannot belong to it."""
        i = self.i
        if self.kinds[i] == ",":
            self._commas()
            return
        help = ""
        if self.kinds[i] == "NAME" == self.kinds[i - 1] and i - 1 == self.statement_start():
            help = f"a call has parentheses: `{self.texts[i - 1]}(…)`"
        if self.kinds[i] == ":":
            self._arrow()
            help = "a variable is made with `let`" if self.kinds[i - 1] == "NAME" else ""
        self.unexpected("the end of the line", help=help)

    def _arrow(self) -> None:
        """Fails if the line defines a function whose result stands after a `:`."""
        i = first = self.line_start()
        while self.kinds[i] != "fn" and i < self.i:
            i += 1
        while self.kinds[i] not in (":", "->") and i < self.i:
            i = self._after(i)
        if "fn" in self.kinds[first:i] and self.kinds[i] == ":" and i < self.i and self.kinds[i - 1] == ")":
            edit = Edit(self.token_span(i), " ->")
            instead, says = "a function's result is written `-> type`", "a function's result does not stand after `:`"
            self.fail(ForeignSyntax(span=self.token_span(i), written=":", instead=instead, edits=(edit,), says=says))

    def _after(self, i: int) -> int:
        """The token after a token, or after the partner of an opening bracket."""
        depth = 0
        while i < self.i:
            depth += (self.kinds[i] in ("(", "[", "{")) - (self.kinds[i] in (")", "]", "}"))
            i += 1
            if depth == 0:
                break
        return i

    def _commas(self) -> None:
        """A comma after a statement: after a field, variant or arm it is left out, elsewhere a tuple lacks its parentheses."""
        i = self.i
        if self.kinds[i + 1] in ("NEWLINE", "DEDENT", "END"):
            instead = "each statement, field, variant and arm ends with its line"
            self.foreign(self.token_span(i), ",", instead, Edit(self.token_span(i), ""), says="a comma at the end of a line")
            self.i += 1
            self.end_of_statement()
            return
        first = self.line_start()
        if self.kinds[first] in ("enum", "struct", "class"):
            self.unexpected("the end of the line", help="each field or variant stands on a line of its own")
        self.unexpected("the end of the line", help="a tuple has parentheses: `(a, b)`")

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
