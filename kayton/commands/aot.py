"""`kayton aot build` and `kayton aot explain`: native binaries, and what in them still runs as bytecode."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kayton.commands.exit_codes import OK
from kayton.program_file import program_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kayton.ir.crate import Crate
    from kayton.ir.source import SourceMap
    from kayton.ir.thunks import Thunk
    from kayton.pipelines.manager import Result


def build(args: argparse.Namespace) -> int:
    """Builds a binary, or writes the Rust that it would be built from; says how much of it is native."""
    path = program_file(args.file)
    if args.emit is not None:
        return _emit(path, args)
    from kayton.runtime.native.record import Record

    record = Record(path, f"{args.mode} {args.profile}")
    kept = record.load()
    if kept is None:
        result, code = _compiled(path, args)
        if code != OK or not result.finished:
            return code
        kept = _built(result, args.profile, record)
    built, summary = kept
    from kayton.commands.native import install

    install(built, Path(args.output or Path(path).stem))
    print(summary, file=sys.stderr)
    return OK


def _compiled(path: str, args: argparse.Namespace) -> tuple[Result, int]:
    from kayton.commands.outcome import present
    from kayton.pipelines.loading import load
    from kayton.pipelines.manager import Settings, run_file

    pipeline = load(f"aot-{args.mode}")
    result = run_file(pipeline, path, Settings(verify="off"))
    return result, present(result, pipeline)


def _built(result: Result, profile: str, record) -> tuple:
    from kayton.commands.native import build_crate, summary

    built, said = build_crate(result.tree, profile), summary(result.tree)
    if not result.cx.diagnostics:
        record.store(built, said, [*[s.path for s in result.cx.sources.sources], *result.cx.loader.absent])
    return built, said


def _emit(path: str, args: argparse.Namespace) -> int:
    """Writes the crate to a folder, with what it needs to be built there, or else prints its main file."""
    from kayton.commands.native import files_of, summary
    from kayton.commands.output import write_text

    result, code = _compiled(path, args)
    if code != OK or not result.finished:
        return code
    crate: Crate = result.tree
    if args.output is None:
        write_text(files_of(crate)["src/main.rs"].decode(), None)
    else:
        _write_crate(crate, Path(args.output))
    print(summary(crate), file=sys.stderr)
    return OK


def _write_crate(crate: Crate, folder: Path) -> None:
    from kayton.commands.native import files_of
    from kayton.diagnostics.usage import UserError
    from kayton.runtime.native.files import write
    from kayton.runtime.native.sources import runtime_sources

    runtime = {f"runtime/{path}": data for path, data in runtime_sources().items()}
    try:
        for path, data in {**files_of(crate), **runtime}.items():
            write(folder / path, data)
    except OSError as error:
        raise UserError(f"cannot write {folder}: {error.strerror or error}") from None


def explain(args: argparse.Namespace) -> int:
    """Lists the program's thunks: what each is, where, why, and what would change it."""
    from kayton.commands.outcome import present
    from kayton.ir.thunks import Thunk
    from kayton.pipelines.loading import load
    from kayton.pipelines.manager import Settings, run_file

    pipeline = load("aot-hybrid", until="thunk-split")
    result = run_file(pipeline, program_file(args.file), Settings(verify="off"))
    code = present(result, pipeline)
    if code != OK or not result.finished:
        return code
    thunks = [item for module in result.tree.modules for item in module.body if isinstance(item, Thunk)]
    for number, thunk in enumerate(thunks):
        print(_described(number, thunk, result.cx.sources))
    print(f"{len(thunks)} thunk{'' if len(thunks) == 1 else 's'}" if thunks else "no thunks: every function is native")
    return OK


def _described(number: int, thunk: Thunk, sources: SourceMap) -> str:
    path, line, column = sources.start(thunk.span)
    lines = [f"thunk {number}: {thunk.name} ({thunk.function})", f"  at {path}:{line}:{column}", f"  {thunk.code}: {thunk.reason}"]
    return "\n".join([*lines, *([f"  help: {thunk.suggestion}"] if thunk.suggestion else [])]) + "\n"
