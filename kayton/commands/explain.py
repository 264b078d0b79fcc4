"""`kayton explain-error`: the page of an error, or the list of all."""

from __future__ import annotations

import argparse

from kayton.commands.exit_codes import OK
from kayton.commands.output import write_text
from kayton.diagnostics import explaining
from kayton.diagnostics.usage import UnknownName


def explain(args: argparse.Namespace) -> int:
    """Prints the page of a code; without one a line for each code. Raises UserError for a code that there is not."""
    known = explaining.all_pages()
    if args.code is None:
        write_text("\n".join(f"{page.code}  {page.title}" for page in known.values()), None)
        return OK
    code = explaining.full_code(args.code)
    if code not in known:
        raise UnknownName("error", code, list(known))
    write_text(explaining.shown(known[code]), None)
    return OK
