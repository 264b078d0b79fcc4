"""`kayton explain types`: what analysis knows of a place, which demands made it so, and what it becomes."""

from __future__ import annotations

import argparse
import os
import re

from kayton.commands.exit_codes import OK
from kayton.commands.outcome import present
from kayton.commands.output import write_text
from kayton.diagnostics.types_at.sites import Site, by_id, by_place
from kayton.diagnostics.types_at.solved import Solved
from kayton.diagnostics.types_at.story import told
from kayton.diagnostics.usage import UserError
from kayton.ir.source import SourceMap
from kayton.pipelines.keeping import Kept
from kayton.pipelines.loading import load
from kayton.pipelines.manager import Settings, run_file
from kayton.program_file import program_file

_PLACE = re.compile(r"(?P<file>.+\.ktn):(?P<line>\d+)(:(?P<column>\d+))?")


def explain(args: argparse.Namespace) -> int:
    """Shows what is known at a site. Raises UserError where there is none."""
    site = args.site or args.file or ""
    place = _PLACE.fullmatch(site)
    if not args.site and place is None:
        raise UserError("say where: `kayton explain types main.ktn:3:9`, or --site ID with an id that `kayton pipeline dump --ids` shows")
    pipeline = load("aot-hybrid", until="monomorphize")
    solve = Kept("solve")
    result = run_file(pipeline, program_file(args.file if args.site else place["file"]), Settings(verify="off"), [solve])
    code = present(result, pipeline)
    if code != OK or not result.finished:
        return code
    solved, sources = Solved.of(solve.tree, result.tree), result.cx.sources
    found = by_id(solved, site) if place is None else _at(solved, sources, place)
    if found is None:
        raise UserError(f"there is nothing that has a type at {site}")
    write_text("\n".join(told(solved, sources, found)), None)
    return OK


def _at(solved: Solved, sources: SourceMap, place: re.Match) -> Site | None:
    """The site at a file, line and column; without a column, what the line starts with."""
    wanted = os.path.normpath(place["file"])
    file = next((i for i, s in enumerate(sources.sources) if os.path.normpath(s.path) == wanted), None)
    if file is None:
        raise UserError(f"the program has no file {place['file']}")
    source, line, column = sources[file], int(place["line"]), int(place["column"] or 0)
    text = source.line(line)
    if not text.strip() or column > len(text):
        return None
    column = column or len(text) - len(text.lstrip()) + 1
    return by_place(solved, file, source, source.line_starts[line - 1] + column - 1)
