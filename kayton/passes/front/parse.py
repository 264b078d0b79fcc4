"""parse : Tokens -> Surface

Finds the structure of each file (LANGUAGE §§3–8), with spans and stable ids.

    token-file [token ..]   =>   module [stmt ..]

Every syntax error is reported: after one the parser goes on with the next statement, member or arm, and what is broken is left
out of the tree. Sugar is kept, names stay strings, and features of §8 are parsed like any other: what they mean is for later.
"""

from __future__ import annotations

from kayton.ir.surface import Module, Program, Surface, TokenFile, Tokens
from kayton.passes.framework import Cx, Pass, frozen
from kayton.passes.front.parsing.parser import Parser
from kayton.passes.front.parsing.places import number


@frozen
class Parse(Pass):
    source = Tokens
    target = Surface

    def transform(self, root: Program, cx: Cx) -> Program:
        modules = tuple([self.file(f, cx) for f in root.modules])
        return Program(modules, id="program", span=modules[0].span)

    def file(self, f: TokenFile, cx: Cx) -> Module:
        """One file's module."""
        made = Parser(f.tokens, f.file, cx.report).module(f)
        number(made)
        return made
