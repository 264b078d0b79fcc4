"""Blocks, statements, and the expressions that have blocks (LANGUAGE §§1, 4, 6).

A block has lines of its own outside of brackets, an expression in a block's place stands on the header's line; so the text says which of
them it was. Inside of brackets, where only a single statement can be a block, it stands on the line, too.
"""

from __future__ import annotations

from collections.abc import Sequence

from kayton.ir.node import Node
from kayton.ir.surface import (
    Arm,
    Assign,
    Block,
    Break,
    Closure,
    CompoundAssign,
    Continue,
    Expr,
    For,
    If,
    IfLet,
    Let,
    Loop,
    Match,
    Return,
    While,
    WhileLet,
)
from kayton.passes.rewrite.printing.comments import lines_of
from kayton.passes.rewrite.printing.expressions import EXPRESSIONS, Expressions
from kayton.passes.rewrite.printing.shapes import takes_else


class Control(Expressions):
    """Prints statements and control flow."""

    # Lines

    def members(self, members: Sequence[Node]) -> None:
        """What stands on lines of its own, each after the comments and the blank line that belong to it."""
        previous = None
        for m in members:
            above = self.comments.above(m)
            gap = self.gap()
            self.own_lines(above.texts)
            self.line()
            lines = self.lines_written
            self._noted(m)
            apart = self.is_definition(m) and self.lines_written > lines
            if previous is not None and (above.blank or apart or previous):
                self.widen(gap)
            for below in self.comments.below(m):
                if below.blank:
                    self.blank()
                self.own_lines(below.texts)
            previous = apart

    def _noted(self, m: Node) -> None:
        """A member with the comment beside it."""
        if beside := self.comments.beside(m):
            self.note(beside)
        self.statement(m)

    def own_lines(self, texts: Sequence[str]) -> None:
        """Comments on lines of their own."""
        for text in texts:
            self.line()
            self.write(text)

    def is_definition(self, m: Node) -> bool:
        """Whether a member has blank lines around it if it takes more than one."""
        return False

    def suite(self, members: Sequence[Node]) -> None:
        """Indented lines."""
        self.indented(lambda: self.members(members))

    def statement(self, s: Node) -> None:
        """A statement, definition, member or arm without its line's end."""
        show = STATEMENTS.get(s.__class__)
        if show is not None:
            show(self, s)
        else:
            self.expression(s)

    def _let(self, s: Let) -> None:
        self.write("pub let " if s.public else "let ")
        self.pattern(s.pattern)
        self.annotation(s.type)
        self.write(" = ")
        self.expression(s.value)

    def _assign(self, s: Assign) -> None:
        self.expression(s.target)
        self.write(" = ")
        self.expression(s.value)

    def _compound(self, s: CompoundAssign) -> None:
        self.expression(s.target)
        self.write(f" {s.op}= ")
        self.expression(s.value)

    # Blocks

    def block(self, b: Block) -> None:
        """`:` and the statements on lines of their own, or the only one on this line, where it was and is short enough."""
        self.write(":")
        if self.lines.is_flat(b):
            self.flat_or_indented(lambda: self._noted(lines_of(b)[0]))
        else:
            self.suite(lines_of(b))

    def body(self, e: Expr) -> None:
        """`:` and what a header leads to: a block, or an expression on the same line."""
        if e.__class__ is not Block:
            self.write(": ")
            self.expression(e)
        elif self.brackets:
            self.write(": ")
            self.statement(e.body[0])
        else:
            self.block(e)

    # Conditions

    def _if(self, e: If | IfLet) -> None:
        apart = not self.brackets and (self.lines.has(e) or self.comments.is_spread(e))
        joints: list[int] = []
        word = "if "
        while True:
            self.write(word)
            self._condition(e)
            self._then(e)
            if e.otherwise is None:
                break
            if apart:
                self.line()
            else:
                joints.append(self.space())
            if e.otherwise.__class__ not in (If, IfLet):
                self.write("else")
                self.body(e.otherwise)
                break
            word, e = "elif ", e.otherwise
        if not self.brackets:
            self.split(joints)

    def _then(self, e: If | IfLet) -> None:
        if e.otherwise is not None and e.then.__class__ is not Block and takes_else(e.then):
            self.write(": ")
            self.grouped(lambda: self.expression(e.then))
        else:
            self.body(e.then)

    def _condition(self, e: If | IfLet | While | WhileLet) -> None:
        if e.__class__ in (IfLet, WhileLet):
            self.write("let ")
            self.pattern(e.pattern)
            self.write(" = ")
            self.guarded(e.value)
        else:
            self.guarded(e.condition)

    # Loops

    def _while(self, e: While | WhileLet) -> None:
        self.write("while ")
        self._condition(e)
        self.body(e.body)

    def _loop(self, e: Loop) -> None:
        self.write("loop")
        self.body(e.body)

    def _for(self, e: For) -> None:
        self.write("for ")
        self.pattern(e.pattern)
        self.write(" in ")
        self.guarded(e.iterable)
        self.body(e.body)

    # Match, closures, jumps

    def _match(self, e: Match) -> None:
        self.write("match ")
        self.guarded(e.value)
        self.write(":")
        self.suite(e.arms)

    def _arm(self, a: Arm) -> None:
        self.pattern(a.pattern)
        if a.guard is not None:
            self.write(" if ")
            self.guarded(a.guard)
        self.body(a.body)

    def _closure(self, e: Closure) -> None:
        self.write("|")
        for i, p in enumerate(e.params):
            if i:
                self.write(", ")
            self.closure_param(p)
        self.write("|")
        if e.body.__class__ is Block:
            self.block(e.body)
        else:
            self.write(" ")
            self.expression(e.body)

    def _return(self, e: Return) -> None:
        self._jump("return", e.value)

    def _break(self, e: Break) -> None:
        self._jump("break", e.value)

    def _jump(self, word: str, value: Expr | None) -> None:
        self.write(word)
        if value is not None:
            self.write(" ")
            self.expression(value)

    def _continue(self, e: Continue) -> None:
        self.write("continue")


STATEMENTS: dict[type[Node], object] = {
    Let: Control._let, Assign: Control._assign, CompoundAssign: Control._compound, Arm: Control._arm,
}  # fmt: skip
"""What prints each kind of line that is no expression; the items module adds its own."""

EXPRESSIONS.update(
    {
        If: Control._if, IfLet: Control._if, While: Control._while, WhileLet: Control._while, Loop: Control._loop, For: Control._for,
        Match: Control._match, Closure: Control._closure, Return: Control._return, Break: Control._break, Continue: Control._continue,
    }
)  # fmt: skip
