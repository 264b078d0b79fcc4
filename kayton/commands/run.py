"""`kayton run` and `kayton check`."""

from __future__ import annotations

import argparse

from kayton.commands.outcome import present
from kayton.pipelines.loading import load
from kayton.pipelines.manager import Settings, run_file
from kayton.pipelines.sources import program_file


def run(args: argparse.Namespace) -> int:
    """Compiles a program and runs it; the exit code is the program's own unless it does not compile."""
    from kayton.commands.execute import compile_and_execute

    return compile_and_execute("vm", program_file(args.file), args, ())


def check(args: argparse.Namespace) -> int:
    """Reports what is certain to be wrong with a program."""
    pipeline = load("check")
    result = run_file(pipeline, program_file(args.file), Settings(verify="off"))
    return present(result, pipeline)
