"""Compiles a program by a pipeline and executes what comes out: bytecode on the VM, a tree on the reference evaluator."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable

from kayton.commands.outcome import OK, present
from kayton.commands.output import write_file, write_text
from kayton.diagnostics.usage import UserError
from kayton.ir.node import Node
from kayton.pipelines import loading, registry
from kayton.pipelines.loading import Pipeline
from kayton.pipelines.manager import Observer, Result, Settings, run_file, undisturbed


def compile_and_execute(name: str, path: str, args: argparse.Namespace, observers: Iterable[Observer]) -> int:
    """Runs the pipeline on the file and executes the result; what is no bytecode, nor asked to run, is printed."""
    pipeline = _loaded(name, args)
    settings = settings_of(args)
    result = run_file(pipeline, path, settings, observers)
    code = present(result, pipeline)
    if code != OK or not result.finished:
        return code
    output = getattr(args, "output", None)
    if args.on == "evaluator" and output is None:
        return _evaluate(result, args.program_args)
    if result.language.name != "Kbc":
        from kayton.ir.text import pretty

        write_text(pretty(result.tree), output)
        return OK
    if output is not None:
        from pathlib import Path

        write_file(Path(output), result.tree.file.data)
        return OK
    from kayton.runtime.vm import execute

    sys.stdout.flush()
    return execute(result.tree.file.data, args.program_args, _reader(result))


def settings_of(args: argparse.Namespace) -> Settings:
    """The manager's settings that the command line asks for."""
    return Settings(verify=args.verify, opt=args.opt, skip=frozenset(args.skip))


def _loaded(name: str, args: argparse.Namespace) -> Pipeline:
    """The pipeline; for the evaluator only as far as there is a tree to evaluate."""
    if args.after is not None and args.on != "evaluator":
        raise UserError("--after says what the evaluator executes: add --on evaluator")
    if args.on != "evaluator":
        return loading.load(name)
    return loading.load(name, until=args.after or last_tree_pass(name))


def last_tree_pass(name: str) -> str:
    """The last pass of a pipeline that makes a tree which the reference evaluator executes."""
    from kayton.ir.surface import Program

    names = loading.pass_names(name)
    trees = [n for n in names if registry.pass_class(n).target.root is Program]
    if not trees:
        raise UserError(f"{name} makes no tree that the evaluator could execute")
    return trees[-1]


def _evaluate(result: Result, program_args: list[str]) -> int:
    from kayton.runtime.evaluator import execute

    tree: Node = result.tree
    with undisturbed():
        return execute(tree, program_args, _reader(result))


def _reader(result: Result) -> Callable[[str], str | None]:
    """Gives the text of a source file as it was compiled."""
    return {s.path: s.text for s in result.cx.sources.sources}.get
