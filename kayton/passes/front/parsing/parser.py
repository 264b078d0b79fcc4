"""The whole parser: a file's tokens to its module."""

from __future__ import annotations

from kayton.ir.node import Span
from kayton.ir.surface import Module, Stmt, TokenFile
from kayton.passes.front.parsing.cursor import Broken
from kayton.passes.front.parsing.foreign_statements import ForeignStatements
from kayton.passes.front.parsing.statements import ITEM_STARTS


class Parser(ForeignStatements):
    """Parses one file; statements at the top level may be any items."""

    def module(self, f: TokenFile) -> Module:
        """All of the file. Errors are reported, never raised."""
        body: list[Stmt] = []
        while self.kinds[self.i] != "END":
            first, depth = self.i, self.depth
            try:
                if self.kinds[self.i] == "INDENT":
                    self.at_top = True
                    self.unopened_block(body)
                    self.at_top = False
                    continue
                top = self.kinds[self.i] in ITEM_STARTS
                made = self.item() if top else self.statement()
                self.end_of_statement()
                body.append(made)
            except Broken:
                self.recover(first, depth)
                self.take("DEDENT")
        self.report_habits()
        end = f.tokens[-1].end
        return Module(f.name, f.path, f.file, tuple(body), span=Span(f.file, 0, end))
