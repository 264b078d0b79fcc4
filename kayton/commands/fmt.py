"""`kayton fmt`: files in the one layout, each written whole or not at all."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kayton.commands.exit_codes import COMPILE_ERROR, OK
from kayton.program_file import program_file


def fmt(args: argparse.Namespace) -> int:
    """Lays files out anew, or with --check names those that would change; the worst exit code of them counts."""
    show = _named if args.check else _written
    return max([_formatted(path, show) for path in _files(args.files)], default=OK)


def _files(given: list[str]) -> list[str]:
    """The files that were named, and those in folders that were."""
    found = []
    for name in given or [program_file(None)]:
        path = Path(name)
        found += [str(p) for p in sorted(path.rglob("*.ktn"))] if path.is_dir() else [name]
    return found


def _formatted(path: str, changed) -> int:
    """Deals with one file; what has syntax errors is reported and left alone."""
    from kayton.commands.outcome import present
    from kayton.pipelines.loading import load
    from kayton.pipelines.manager import Settings, run_file
    from kayton.pipelines.sources import read_bytes

    pipeline = load("front", until="parse")
    result = run_file(pipeline, path, Settings(verify="off"))
    code = present(result, pipeline)
    if code != OK or not result.finished:
        return code
    text = _laid_out(result)
    return OK if text.encode("utf-8") == read_bytes(path) else changed(path, text)


def _laid_out(result) -> str:
    """The text of what was parsed. Raises RuntimeError for a mistake of ours: it would mean something else."""
    from kayton.ir.node import same
    from kayton.ir.undisturbed import undisturbed
    from kayton.passes.front._reading import parse_text
    from kayton.passes.rewrite.printing.comments import Comments
    from kayton.passes.rewrite.printing.printer import printed

    module = result.tree.modules[0]
    comments = Comments()
    with undisturbed():
        comments.add(module, result.cx.sources[module.file])
        text = printed(module, comments)
        again = parse_text(text, module.path).modules[0]
        if len(again.body) != len(module.body) or not all([same(a, b) for a, b in zip(again.body, module.body, strict=True)]):
            raise RuntimeError(f"the layout of {module.path} changes what it means")
    return text


def _written(path: str, text: str) -> int:
    from kayton.commands.output import write_file

    write_file(Path(path).resolve(), text.encode("utf-8"))
    print(f"formatted {path}", file=sys.stderr)
    return OK


def _named(path: str, text: str) -> int:
    print(path)
    return COMPILE_ERROR
