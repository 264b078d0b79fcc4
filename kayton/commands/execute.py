"""Compiles a program by a pipeline and executes what comes out: bytecode on the VM, a tree on the reference evaluator."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from kayton.commands.exit_codes import OK
from kayton.commands.limits import limits_of
from kayton.commands.lints import lints_of
from kayton.commands.outcome import present
from kayton.commands.output import beside_sources, write_file, write_text
from kayton.diagnostics.usage import UserError
from kayton.ir.language import Language
from kayton.ir.surface import Program, SourceFile, TokenFile
from kayton.ir.typed import AllocatedFn
from kayton.pipelines import loading, registry
from kayton.pipelines.loading import Pipeline
from kayton.pipelines.manager import Observer, Result, Settings, run_file
from kayton.runtime.native.summaries import Shelf


def compile_program(
    name: str, path: str, args: argparse.Namespace, observers: Iterable[Observer]
) -> tuple[Result, int]:
    """Runs the pipeline on the file and presents what it reported; gives the result and the exit code so far."""
    pipeline, shelf = _loaded(name, args), Shelf(path, f"{name} {args.opt} {sorted(args.skip)}")
    result = run_file(pipeline, path, settings_of(args), observers, shelf.summaries)
    shelf.store()
    return result, present(result, pipeline)


def compile_and_execute(name: str, path: str, args: argparse.Namespace, observers: Iterable[Observer]) -> int:
    """Runs the pipeline on the file and executes the result; what is no bytecode, nor asked to run, is printed."""
    result, code = compile_program(name, path, args, observers)
    if code != OK or not result.finished:
        return code
    output = getattr(args, "output", None)
    if args.on == "evaluator" and output is None:
        return _evaluate(result, args)
    if result.language.name == "Crate":
        return _native(result, None if output is None else beside_sources(Path(output), path), args)
    if result.language.name != "Kbc":
        write_text(_shown(result), output)
        return OK
    if output is not None:
        write_file(beside_sources(Path(output), path), result.tree.file.data)
        return OK
    from kayton.runtime.vm import execute

    sys.stdout.flush()
    return execute(result.tree.file.data, args.program_args, limits_of(args), main=path)


def _shown(result: Result) -> str:
    """The text of a tree; of one that is a file, that file."""
    from kayton.ir.text import pretty

    return result.tree.modules[0].text if result.language.name == "Source" else pretty(result.tree)


def _native(result: Result, output: Path | None, args: argparse.Namespace) -> int:
    """Builds a crate and runs the binary, or puts it where `output` says."""
    from kayton.commands import native

    if limits_of(args) is not None:
        raise UserError("limits are for programs on the VM and the evaluator; a native binary has its own")
    built = native.build_crate(result.tree, "release")
    if output is not None:
        native.install(built, output)
        return OK
    return native.execute(built.binary, args.program_args)


def settings_of(args: argparse.Namespace) -> Settings:
    """The manager's settings that the command line asks for."""
    return Settings(verify=args.verify, opt=args.opt, skip=frozenset(args.skip), lints=lints_of(args))


def _loaded(name: str, args: argparse.Namespace) -> Pipeline:
    """The pipeline; for the evaluator only as far as there is a tree to evaluate."""
    if args.after is not None and args.on != "evaluator":
        raise UserError("--after says what the evaluator executes: add --on evaluator")
    if args.on != "evaluator":
        return loading.load(name)
    return loading.load(name, until=args.after or last_tree_pass(name))


def last_tree_pass(name: str) -> str:
    """The last pass of a pipeline that makes a tree which the reference evaluator executes."""
    names = [n for n in loading.pass_names(name) if executable(registry.pass_class(n).target)]
    if not names:
        raise UserError(f"{name} makes no tree that the evaluator could execute")
    return names[-1]


def executable(language: Language) -> bool:
    """Whether the reference evaluator executes trees of the language: from Surface on, until variables have registers or types are inferred."""
    from kayton.ir.constrained import Demands
    from kayton.ir.mono import MonoFn

    return language.root is Program and not language.kinds & {SourceFile, TokenFile, AllocatedFn, Demands, MonoFn}


def _evaluate(result: Result, args: argparse.Namespace) -> int:
    from kayton.runtime.evaluation import execute

    if not executable(result.language):
        raise UserError(f"the evaluator does not execute {result.language.name}; name an earlier or later pass with --after")
    return execute(result.tree, args.program_args, result.cx.sources, limits_of(args))
