"""`kayton aot build` and `kayton aot rewrite`: native binaries, and programs with what was found out written down."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from kayton.commands.exit_codes import COMPILE_ERROR, OK
from kayton.program_file import program_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kayton.diagnostics.codes import Diagnostic
    from kayton.ir.crate import Crate
    from kayton.ir.thunks import Thunk
    from kayton.pipelines.manager import Result
    from kayton.runtime.native.build import Built
    from kayton.runtime.native.record import Record


def build(args: argparse.Namespace) -> int:
    """Builds a binary, or writes the Rust that it would be built from; says how much of it is native."""
    path = program_file(args.file)
    if args.emit is not None:
        return _emit(path, args)
    from kayton.commands.output import beside_sources
    from kayton.runtime.native.record import Record

    output = beside_sources(Path(Path(path).stem if args.output is None else args.output), path)
    record = Record(path, f"{args.mode} {args.profile} {'locked' if args.locked_thunks else ''}")
    kept = record.load()
    if kept is not None and args.timings:
        print("no file has changed, so no pass has run", file=sys.stderr)
    if kept is None:
        result, code = _compiled(path, args)
        if code != OK or not result.finished:
            return code
        if args.locked_thunks and not _as_locked(path, result):
            return COMPILE_ERROR
        kept = _built(path, result, args.profile, record)
    built, summary = kept
    from kayton.commands.native import install

    install(built, output)
    print(summary, file=sys.stderr)
    return OK


def _compiled(path: str, args: argparse.Namespace) -> tuple[Result, int]:
    from kayton.commands.outcome import present
    from kayton.pipelines.loading import load
    from kayton.pipelines.manager import Settings, run_file
    from kayton.pipelines.report import Timings
    from kayton.runtime.native.summaries import Shelf

    pipeline, shelf = load(f"aot-{args.mode}"), Shelf(path, f"aot-{args.mode}")
    timings = Timings() if args.timings else None
    result = run_file(pipeline, path, Settings(verify="off"), [timings] if timings else [], shelf.summaries)
    shelf.store()
    if timings:
        print(timings.table(), file=sys.stderr)
    return result, present(result, pipeline)


def _as_locked(path: str, result: Result) -> bool:
    """Reports the thunks that the program's ledger lacks; whether there are none."""
    from kayton.runtime.failures import show_diagnostics
    from kayton.runtime.native.ledger import ledger_of, read

    new = not_in_ledger(read(ledger_of(path)), result.tree.thunks)
    show_diagnostics(new, result.cx.sources)
    return not new


def not_in_ledger(known: set[str], thunks: Iterable[Thunk]) -> list[Diagnostic]:
    """An error for each thunk that a ledger with these ids lacks."""
    from kayton.diagnostics.thunks import ThunkNotInLedger
    from kayton.runtime.native.ledger import additions

    return [ThunkNotInLedger.of(t) for t in additions(known, thunks)]


def _built(path: str, result: Result, profile: str, record: Record) -> tuple[Built, str]:
    from kayton.commands.native import build_crate, summary
    from kayton.runtime.native.ledger import ledger_of

    built, said = build_crate(result.tree, profile), summary(result.tree)
    if not result.cx.diagnostics:
        record.store(built, said, [*[s.path for s in result.cx.sources.sources], *result.cx.loader.absent, str(ledger_of(path))])
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
    """Lists the program's thunks, or what was remarked while it was compiled."""
    if args.remarks and (args.lock or args.run):
        from kayton.diagnostics.usage import UserError

        raise UserError(f"{'--lock' if args.lock else '--run'} is about thunks: it goes with --thunks")
    if args.remarks:
        from kayton.commands.explain_remarks import explain as listed
    else:
        from kayton.commands.explain_thunks import explain as listed
    return listed(args)


def rewrite(args: argparse.Namespace) -> int:
    """Prints the program as one file of Kayton with types, specialised functions and direct calls, or writes it to a file."""
    from kayton.commands.outcome import present
    from kayton.commands.output import write_text
    from kayton.pipelines.loading import load
    from kayton.pipelines.manager import Settings, run_file

    pipeline = load("rewrite")
    result = run_file(pipeline, program_file(args.file), Settings(verify="off"))
    code = present(result, pipeline)
    if code == OK and result.finished:
        write_text(result.tree.modules[0].text, args.output)
    return code
