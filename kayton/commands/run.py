"""`kayton run` and `kayton check`. What a cached program does not need is imported only when there is no cached program."""

from __future__ import annotations

import argparse
import sys


def run(args: argparse.Namespace) -> int:
    """Compiles a program, unless that was done before, and runs it; the exit code is its own unless it does not compile."""
    from kayton.program_file import program_file

    path = program_file(args.file)
    if args.on == "vm" and not args.no_cache:
        return _run_cached(path, args)
    from kayton.commands.execute import compile_and_execute

    return compile_and_execute("vm", path, args, ())


def _run_cached(path: str, args: argparse.Namespace) -> int:
    from kayton.runtime.cache import Entry
    from kayton.runtime.vm import execute

    entry = Entry(path, f"opt={args.opt}")
    program = entry.load()
    if program is None:
        from kayton.commands.execute import compile_program

        result, code = compile_program("vm", path, args, ())
        if code or not result.finished:
            return code
        program = result.tree.file.data
        if not result.cx.diagnostics:
            entry.store(program, [*[s.path for s in result.cx.sources.sources], *result.cx.loader.absent])
    sys.stdout.flush()
    return execute(program, args.program_args, _read)


def _read(path: str) -> str | None:
    """The text of a source file, for showing where an error happened."""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except (OSError, ValueError):
        return None


def check(args: argparse.Namespace) -> int:
    """Reports what is certain to be wrong with a program."""
    from kayton.commands.outcome import present
    from kayton.pipelines.loading import load
    from kayton.pipelines.manager import Settings, run_file
    from kayton.program_file import program_file

    pipeline = load("check")
    result = run_file(pipeline, program_file(args.file), Settings(verify="off"))
    return present(result, pipeline)
