"""lex : Source -> Tokens

Turns text into tokens, indentation into INDENT and DEDENT, and f-strings into the tokens of their holes (LANGUAGE §§1–2).

    source-file text   =>   token-file [token ..]

Afterwards nobody looks at characters, and no statement contains a newline that does not end it. Separate from parse, so that
an error in a literal never hides one in the grammar: what is no token was reported and is an ERROR token, which the parser
passes over silently.
"""

from __future__ import annotations

from kayton.ir.surface import Source, SourceFile, TokenFile, Tokens
from kayton.passes.framework import Cx, Pass, frozen, rule
from kayton.passes.front.lexing.scanner import Scanner


@frozen
class Lex(Pass):
    source = Source
    target = Tokens

    @rule
    def file(self, f: SourceFile, cx: Cx) -> TokenFile:
        return TokenFile(f.name, f.path, f.file, Scanner(f.text, f.file, cx.report).scan())
