"""`kayton lang`: grammars, and how two languages differ."""

from __future__ import annotations

import argparse

from kayton.commands.exit_codes import OK
from kayton.commands.output import write_text
from kayton.diagnostics.usage import UserError
from kayton.ir import grammar


def lang(args: argparse.Namespace) -> int:
    """Prints a grammar, the difference of two, or the list of languages."""
    languages = {found.name: found for found in grammar.declared()}

    def called(name: str):
        from kayton.pipelines.registry import full_name

        exact = {n.lower(): n for n in languages}.get(name.lower(), name)
        return languages[full_name(exact, list(languages), "language")]

    if args.diff and args.name:
        raise UserError("name one language, or two after --diff")
    if args.diff:
        text = grammar.difference(*[called(n) for n in args.diff])
    elif args.name:
        text = grammar.grammar(called(args.name))
    else:
        width = max(map(len, languages))
        text = "\n".join([f"{name:<{width}}  {found.about}" for name, found in languages.items()])
    write_text(text, None)
    return OK
