"""`kayton aot explain --remarks`: what the passes of a build did with the program, and what they could not do."""

from __future__ import annotations

import argparse

from kayton.commands.exit_codes import OK
from kayton.commands.outcome import present
from kayton.diagnostics.remarks import Remarked
from kayton.diagnostics.render import in_order, render
from kayton.pipelines.loading import load
from kayton.pipelines.manager import Result, Settings, run_file
from kayton.program_file import program_file
from kayton.runtime.failures import colours


def explain(args: argparse.Namespace) -> int:
    """Lists the remarks about the program and the modules that it uses, by place, and says how many are about what could not be done."""
    pipeline = load("aot-hybrid", until="emit-rust")
    result = run_file(pipeline, program_file(args.file), Settings(verify="off"))
    code = present(result, pipeline)
    if code != OK or not result.finished:
        return code
    found = _remarks(result)
    print(render(found, result.cx.sources, colour=colours()), end="")
    missed = sum(r.missed for r in found)
    print(f"{len(found)} remark{'' if len(found) == 1 else 's'}, {missed} about what could not be done" if found else "no remarks")
    return OK


def _remarks(result: Result) -> list[Remarked]:
    """What the passes remarked, each once, however many instances of a function it is about."""
    return in_order([
        Remarked(span=r.node.span, code=r.pass_name, text=r.message, missed=r.missed, help=r.help) for r in result.cx.remarks if r.node.span is not None
    ])
