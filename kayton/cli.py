"""The `kayton` command: parses arguments and calls what does the work, which is imported only then.

Exit codes: 0, 1 for compile errors, 2 for wrong use, 70 for a bug of ours, 101 for a run-time error, 130 for Ctrl-C,
else the program's own.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module

Parser = argparse.ArgumentParser


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command line and gives its exit code. Raises nothing on bad input."""
    _open_streams()
    words = list(sys.argv[1:] if argv is None else argv)
    words, program_args = _split(words)
    args = _parsed(words)
    args.program_args = [*getattr(args, "program_args", []), *program_args]
    code = guarded(args)
    if argv is None:
        gc.freeze()  # The process ends: a last search for cycles among all nodes would take as long as several passes.
    return code


def _parsed(words: list[str]) -> argparse.Namespace:
    """The arguments; argparse takes an optional FILE only where the words before it end, we take it after options too.

    Words that are none of ours and follow a program are the program's.
    """
    grammar = parser()
    args, rest = grammar.parse_known_args(words)
    if len(rest) == 1 and not rest[0].startswith("-") and getattr(args, "file", "") is None:
        args.file = rest[0]
    elif rest and args.action == "run" and getattr(args, "file", None) is not None:
        args.program_args = [*getattr(args, "program_args", []), *rest]
    elif rest:
        grammar.error(f"unrecognized arguments: {' '.join(rest)}")
    return args


def guarded(args: argparse.Namespace) -> int:
    """Runs the command that was asked for; what stops it becomes a line on standard error and an exit code."""
    from kayton.commands import exit_codes
    from kayton.diagnostics.usage import UserError

    try:
        code = import_module(f"kayton.commands.{args.module}").__dict__[args.action](args)
        sys.stdout.flush()
        return code
    except UserError as error:
        print(f"error: {error}", file=sys.stderr)
        return exit_codes.USAGE
    except BrokenPipeError:
        # Nobody reads on; keep the interpreter from flushing into the closed pipe when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return exit_codes.CLOSED_OUTPUT
    except OSError as error:  # a full disk, a folder that is gone: what the machine refused, not a bug
        print(f"error: {error}", file=sys.stderr)
        return exit_codes.USAGE
    except KeyboardInterrupt:
        return exit_codes.INTERRUPTED
    except Exception as error:  # The last resort: a bug outside of any pass.
        from kayton.commands.crash import report_crash

        return report_crash(error, args)


def _open_streams() -> None:
    """Output is UTF-8 wherever we run; a closed stream becomes one that takes everything."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 (lives as long as the process)
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _split(words: list[str]) -> tuple[list[str], list[str]]:
    """The words before `--`, and the program's arguments after it."""
    at = words.index("--") if "--" in words else len(words)
    return words[:at], words[at + 1 :]


def parser() -> Parser:
    """The grammar of the command line."""
    from kayton import __version__

    top = Parser(prog="kayton", description="Kayton: run programs, and look at every step of compiling them.")
    top.add_argument("--version", action="version", version=f"kayton {__version__}")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    _run(commands)
    _check(commands)
    _pipeline(commands.add_parser("pipeline", help="run, dump, draw and list pipelines"))
    _pass(commands.add_parser("pass", help="list and show passes"))
    _lang(commands)
    inspect = _command(commands, "inspect", "inspect", "inspect", "disassemble a .kbc file")
    inspect.add_argument("file", metavar="FILE.kbc")
    return top


def _command(commands, name: str, module: str, action: str, about: str) -> Parser:
    made = commands.add_parser(name, help=about, description=about[:1].upper() + about[1:] + ".")
    made.set_defaults(module=module, action=action)
    return made


def _file(p: Parser) -> None:
    p.add_argument("file", nargs="?", metavar="FILE", help="the program; main.ktn, or kayton.toml's `main`, if left out")


def _engine(p: Parser) -> None:
    p.add_argument("--on", choices=("vm", "evaluator"), default="vm", help="what executes the program (default: vm)")
    p.add_argument("--after", metavar="PASS", help="with --on evaluator: execute the tree as it is after this pass")


def _settings(p: Parser) -> None:
    p.add_argument("--opt", type=int, default=1, metavar="N", help="level of optimisation that `when` tests (default: 1)")
    p.add_argument("--skip", action="append", default=[], metavar="PASS", help="leave out a pass that keeps the language")
    p.add_argument("--verify", choices=("each", "ends", "off"), default="ends", help="check each result, or the last only")


def _run(commands) -> None:
    p = _command(commands, "run", "run", "run", "compile a program and run it")
    _engine(p)
    p.add_argument("--opt", type=int, default=1, metavar="N", help="level of optimisation (default: 1)")
    _file(p)
    p.add_argument("program_args", nargs=argparse.REMAINDER, metavar="ARGS", help="the program's arguments")
    p.add_argument("--no-cache", action="store_true", help="compile even if nothing has changed")
    p.set_defaults(verify="off", skip=[])


def _check(commands) -> None:
    p = _command(commands, "check", "run", "check", "report what is certain to be wrong with a program")
    _file(p)
    p.set_defaults(verify="off", skip=[], opt=1)


def _pipeline(p: Parser) -> None:
    commands = p.add_subparsers(required=True, metavar="ACTION")
    run = _command(commands, "run", "pipeline", "run", "run a pipeline; what it gives is executed, written with -o, or printed")
    run.add_argument("name", nargs="?", default="vm", metavar="NAME", help="a pipeline of ours or a TOML file (default: vm)")
    _file(run)
    _engine(run)
    _settings(run)
    run.add_argument("-o", "--output", metavar="OUT", help="write the result (a .kbc, or a tree's text) instead of executing it")
    run.add_argument("--timings", action="store_true", help="print how long each pass took")
    run.add_argument("--print-after", action="append", default=[], metavar="PASS", help="print the tree after a pass, or `all`")
    run.add_argument("--print-changed", action="store_true", help="print what each pass changed")
    run.add_argument("--reproduce", metavar="FILE", help="run the pass of a reproducer on its tree")
    _dump(commands)
    _command(commands, "list", "pipeline", "list_all", "list the pipelines")
    show = _command(commands, "show", "pipeline", "show", "show a pipeline's passes and languages")
    show.add_argument("name", metavar="NAME")
    graph = _command(commands, "graph", "pipeline", "graph", "draw a pipeline")
    graph.add_argument("name", metavar="NAME")
    graph.add_argument("--format", choices=("text", "dot", "svg"), default="text")
    graph.add_argument("-o", "--output", metavar="OUT")


def _dump(commands) -> None:
    p = _command(commands, "dump", "dump", "dump", "show the program as it is between two passes")
    _file(p)
    p.add_argument("--pipeline", default="vm", metavar="NAME", help="the pipeline (default: vm)")
    p.add_argument("--after", metavar="PASS", help="the tree after this pass")
    p.add_argument("--before", metavar="PASS", help="the tree before this pass; with --diff what to compare with")
    p.add_argument("--diff", action="store_true", help="what the passes in between changed")
    p.add_argument("--format", choices=("text", "json", "dot", "svg"), default="text")
    p.add_argument("--function", metavar="NAME", help="this definition only")
    p.add_argument("--ids", action="store_true", help="show ids and spans in text")
    p.add_argument("-o", "--output", metavar="OUT")
    _settings(p)


def _pass(p: Parser) -> None:
    commands = p.add_subparsers(required=True, metavar="ACTION")
    _command(commands, "list", "passes", "list_all", "list the passes")
    show = _command(commands, "show", "passes", "show", "show what a pass does, its languages, options and rules")
    show.add_argument("name", metavar="NAME")


def _lang(commands) -> None:
    p = _command(commands, "lang", "languages", "lang", "print the grammar of a language, or how two differ")
    p.add_argument("name", nargs="?", metavar="NAME", help="a language; all are listed if left out")
    p.add_argument("--diff", nargs=2, metavar=("A", "B"), help="the kinds that B has and A lacks, and the other way round")
