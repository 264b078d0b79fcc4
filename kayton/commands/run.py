"""`kayton run` and `kayton check`. What a cached program does not need is imported only when there is no cached program."""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # the module typing takes longer to import than a cached program to start
if TYPE_CHECKING:
    import argparse

    from kayton.pipelines.manager import Result
    from kayton.runtime.cache import Entry, Warnings
    from kayton.runtime.limits import Limits

BYTECODE = ".kbc"
_MOST_ROUNDS = 10
"""One fix may bring another mistake to light; so often at most files are changed and checked again."""


def run_cached(path: str, program_args: list[str], launcher: str | None) -> int | None:
    """Runs a program that was compiled before, without options and limits; None when it has to be compiled."""
    return None if path.endswith(BYTECODE) else _found(_entry(path, "", launcher), path, program_args, None)


def run(args: argparse.Namespace) -> int:
    """Compiles a program, unless that was done before, and runs it; the exit code is its own unless it does not compile."""
    from kayton.commands.limits import limits_of
    from kayton.program_file import program_file

    path, limits = program_file(args.file), limits_of(args)
    if path.endswith(BYTECODE):
        return _run_bytecode(path, args, limits)
    if args.on == "vm" and not args.no_cache:
        entry = _entry(path, _options(args), args.launcher)
        code = _found(entry, path, args.program_args, limits)
        return _compile(entry, path, args, limits) if code is None else code
    from kayton.commands.execute import compile_and_execute

    return compile_and_execute("vm", path, args, ())


def _options(args: argparse.Namespace) -> str:
    """What makes the bytecode another one than it is without options."""
    opt = [] if args.opt == 1 else [f"opt={args.opt}"]
    return " ".join([*opt, *[f"lint={word}" for word in args.lint]])


def _entry(path: str, options: str, launcher: str | None) -> Entry:
    from kayton.runtime.cache import Entry

    return Entry(path, options, launcher)


def _found(entry: Entry, path: str, program_args: list[str], limits: Limits | None) -> int | None:
    found = entry.load()
    if found is None:
        return None
    from kayton.runtime.vm import InvalidBytecode, execute

    program, (plain, coloured, lines) = found
    if plain:
        from kayton.runtime.failures import in_colour, in_json

        sys.stderr.write(lines if in_json() else coloured if in_colour() else plain)
    sys.stdout.flush()
    try:
        return execute(program, program_args, limits, main=path)
    except InvalidBytecode:  # it was written by someone else
        return None


def _compile(entry: Entry, path: str, args: argparse.Namespace, limits: Limits | None) -> int:
    """Compiles, keeps and runs a program."""
    from kayton.commands.execute import compile_program
    from kayton.runtime.vm import execute

    result, code = compile_program("vm", path, args, ())
    if code or not result.finished:
        return code
    program = result.tree.file.data
    entry.store(program, _files(result), _warnings(result))
    sys.stdout.flush()
    return execute(program, args.program_args, limits, main=path)


def _files(result: Result) -> list[tuple[str, str | None]]:
    """Every file that the program was made from, those that were looked for in vain, and the settings."""
    from pathlib import Path

    settings = Path("kayton.toml")
    known = [(s.path, s.text) for s in result.cx.sources.sources] + [(path, None) for path in result.cx.loader.absent]
    text = settings.read_text(encoding="utf-8-sig", errors="replace") if settings.is_file() else None
    return [*known, (str(settings), text)]


def _warnings(result: Result) -> Warnings:
    """What the compiler said, in each form that may be asked for when the program runs again."""
    said, sources = result.cx.diagnostics, result.cx.sources
    if not said:
        return ["", "", ""]
    from kayton.diagnostics.machine_form import diagnostics_lines
    from kayton.diagnostics.render import render
    from kayton.diagnostics.snippet import ANSI, PLAIN

    return [render(said, sources, colour=PLAIN), render(said, sources, colour=ANSI), diagnostics_lines(said, sources)]


def _run_bytecode(path: str, args: argparse.Namespace, limits: Limits | None) -> int:
    """Runs a .kbc file, which holds all that its error messages show. Raises UserError for one that is no bytecode."""
    from kayton.diagnostics.usage import UserError
    from kayton.pipelines.sources import read_bytes
    from kayton.runtime.vm import InvalidBytecode, execute

    if args.on != "vm":
        raise UserError(f"the evaluator executes trees, and {path} is bytecode; run it on the VM, or give the source")
    program = read_bytes(path)
    sys.stdout.flush()
    try:
        return execute(program, args.program_args, limits)
    except InvalidBytecode as error:
        raise UserError(str(error).replace("this", path, 1)) from None


def check(args: argparse.Namespace) -> int:
    """Reports what is certain to be wrong with a program; with `--fix` after making the changes that are certainly meant."""
    from kayton.commands.lints import lints_of
    from kayton.commands.outcome import present
    from kayton.pipelines.loading import load
    from kayton.pipelines.manager import Settings, run_file
    from kayton.program_file import program_file

    pipeline, path = load("check"), program_file(args.file)
    settings = Settings(verify="off", lints=lints_of(args))
    result = run_file(pipeline, path, settings)
    if args.fix:
        from kayton.commands.fix import fix_files

        rounds = 0
        while rounds < _MOST_ROUNDS and fix_files(result):
            result = run_file(pipeline, path, settings)
            rounds += 1
    return present(result, pipeline)
