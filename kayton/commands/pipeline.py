"""`kayton pipeline run|list|show|graph`."""

from __future__ import annotations

import argparse
import sys

from kayton.commands.execute import compile_and_execute
from kayton.commands.exit_codes import OK
from kayton.commands.outcome import present
from kayton.commands.output import as_svg, write_text
from kayton.pipelines import fusing, loading, registry
from kayton.pipelines.manager import Observer
from kayton.program_file import program_file


def run(args: argparse.Namespace) -> int:
    """Runs a pipeline on a program, telling of each pass what was asked; or a reproducer's pass on its tree."""
    if args.reproduce is not None:
        return _reproduce(args)
    if args.timings or args.print_after or args.print_changed:
        return _run_and_tell(args)
    return compile_and_execute(args.name, program_file(args.file), args, ())


def _run_and_tell(args: argparse.Namespace) -> int:
    from kayton.pipelines.report import Timings

    timings = Timings()
    observers = [*_printers(args), *([timings] if args.timings else [])]
    code = compile_and_execute(args.name, program_file(args.file), args, observers)
    if args.timings:
        sys.stdout.flush()
        print(timings.table(), file=sys.stderr)
    return code


def _printers(args: argparse.Namespace) -> list[Observer]:
    """What prints trees and changes. They go to standard error, so that the program's output stays its own."""
    from kayton.pipelines.report import print_after, print_changed

    made: list[Observer] = []
    if args.print_after:
        known = loading.pass_names(args.name)
        asked = known if "all" in args.print_after else [registry.full_name(n, known) for n in args.print_after]
        made.append(print_after(frozenset(asked), sys.stderr.write))
    if args.print_changed:
        made.append(print_changed(sys.stderr.write))
    return made


def _reproduce(args: argparse.Namespace) -> int:
    from kayton.pipelines import reproduce

    pipeline, result = reproduce.run(args.reproduce)
    code = present(result, pipeline)
    if code == OK:
        print(f"{pipeline.steps[0].name} no longer fails on this tree")
    return code


def list_all(args: argparse.Namespace) -> int:
    """Names the pipelines."""
    for name in loading.pipeline_files():
        print(f"{name:<12} {loading.about(name)}")
    return OK


def show(args: argparse.Namespace) -> int:
    """A pipeline's passes, each with its languages and condition; a line beside them joins those that share a walk."""
    pipeline = loading.load(args.name)
    width = max(len(s.name) for s in pipeline.steps)
    print(f"{pipeline.name}: {pipeline.about}\n")
    joined = False
    for group in fusing.groups(pipeline.steps):
        joined = joined or len(group) > 1
        for i, step in enumerate(group):
            arrow = step.use.source.name if step.optional else f"{step.use.source.name} -> {step.use.target.name}"
            condition = f"   when {step.when}" if step.when else ""
            part = f"   on {step.on}" if step.on else ""
            print(f"{_join(i, len(group))} {step.name:<{width}}  {arrow}{condition}{part}")
    if joined:
        print("\n┌│└ share one walk of the tree")
    return OK


def _join(index: int, count: int) -> str:
    """The piece of the line beside a group of that many passes."""
    if count == 1:
        return " "
    return "┌" if index == 0 else "└" if index == count - 1 else "│"


def graph(args: argparse.Namespace) -> int:
    """Draws a pipeline: passes as nodes, languages on the edges."""
    from kayton.pipelines import drawing

    pipeline = loading.load(args.name)
    if args.format == "text":
        write_text(drawing.as_text(pipeline), args.output)
    elif args.format == "dot":
        write_text(drawing.as_dot(pipeline), args.output)
    else:
        write_text(as_svg(drawing.as_dot(pipeline)), args.output)
    return OK
