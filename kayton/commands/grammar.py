"""The grammar of the command line, and its help."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Container
from typing import NoReturn

from kayton.diagnostics.usage import UnknownName, UserError

FILE_HELP = "the program; if left out, the `main` of kayton.toml, else main.ktn"


class Parser(argparse.ArgumentParser):
    """A parser whose mistakes look like our other errors, and whose help keeps its lines."""

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, formatter_class=argparse.RawDescriptionHelpFormatter, **options)

    def error(self, message: str) -> NoReturn:
        """Says what is wrong and where help is. Raises UserError."""
        raise UserError(f"{message}\n  help: `{self.prog} --help` shows what there is")


def parsed(words: list[str]) -> argparse.Namespace:
    """The arguments. argparse takes an optional FILE only where the words before it end; we take it after options too.

    Words that are none of ours and follow a program are the program's. Raises UserError for an unknown command.
    """
    before, after = _split(words)
    grammar = parser(before)
    if not words:
        grammar.print_help()
        grammar.exit()
    _check_command(words[0])
    args, rest = grammar.parse_known_args(before)
    given = [*getattr(args, "program_args", [])]
    if len(rest) == 1 and not rest[0].startswith("-") and getattr(args, "file", "") is None:
        args.file = rest[0]
    elif rest and args.action == "run" and getattr(args, "file", None) is not None:
        given += rest
    elif rest:
        grammar.error(f"unrecognized arguments: {' '.join(rest)}")
    if after and args.action != "run":
        grammar.error("nothing is run, so there is nobody to take what follows --")
    args.program_args = [*given, *(after if given else after[1:])]
    return args


def _split(words: list[str]) -> tuple[list[str], list[str]]:
    """The words before the first `--`, and those from it on: it is dropped only where the program's arguments start with it."""
    at = words.index("--") if "--" in words else len(words)
    return words[:at], words[at:]


def _check_command(word: str) -> None:
    """Says what was probably meant by a command that does not exist."""
    commands = [*COMMANDS]
    if word in commands or word.startswith("-"):
        return
    if word.endswith((".ktn", ".kbc")):
        raise UserError(f"there is no command {word}\n  help: `kayton run {word}` runs that file")
    unknown = UnknownName("command", word, commands)
    raise UserError(f"{unknown}\n  help: `kayton --help` lists the commands")


def parser(whole: Container[str]) -> Parser:
    """The grammar of the command line, whole for the commands named; of the others only what there is to say about each."""
    from kayton import __version__

    top = Parser(
        prog="kayton",
        description="Kayton: run programs, and look at every step of compiling them.",
        epilog="`kayton COMMAND --help` explains a command.\n\n"
        "exit codes: 0; 1 a compile error, or `main` returned Err; 2 wrong use; 70 a mistake in Kayton;\n"
        "101 a run-time error; 130 Ctrl-C; 141 nobody reads the output; else the program's own",
    )
    top.add_argument("--version", action="version", version=f"kayton {__version__}")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    for name, (about, define) in COMMANDS.items():
        made = commands.add_parser(name, help=about, description=_sentence(about))
        if name in whole:
            define(made)
    return top


def _sentence(about: str) -> str:
    return about[:1].upper() + about[1:] + "."


def _does(p: Parser, module: str, action: str, *examples: str) -> None:
    """What a command calls, and how it is used."""
    p.set_defaults(module=module, action=action)
    if examples:
        p.epilog = "\n".join(["examples:", *[f"  {line}" for line in examples]])


def _action(commands, name: str, module: str, action: str, about: str) -> Parser:
    made = commands.add_parser(name, help=about, description=_sentence(about))
    _does(made, module, action)
    return made


def _file(p: Parser) -> None:
    p.add_argument("file", nargs="?", metavar="FILE", help=FILE_HELP)


def _engine(p: Parser) -> None:
    p.add_argument("--on", choices=("vm", "evaluator"), default="vm", help="what executes the program (default: vm)")
    p.add_argument("--after", metavar="PASS", help="with --on evaluator: execute the tree as it is after this pass")


def _settings(p: Parser) -> None:
    p.add_argument("--opt", type=int, default=1, metavar="N", help="level of optimisation that `when` tests (default: 1)")
    p.add_argument("--skip", action="append", default=[], metavar="PASS", help="leave out a pass that keeps the language")
    p.add_argument("--verify", choices=("each", "ends", "off"), default="ends", help="check each result, or the last only")


def _limits(p: Parser) -> None:
    group = p.add_argument_group("limits", "reaching one is a run-time error")
    group.add_argument("--max-depth", type=_checked("depth"), metavar="N", help="calls in progress (default: 100000)")
    group.add_argument("--max-memory", type=_checked("memory"), metavar="SIZE", help="bytes of all values: 64MB, 1.5GiB (default: 4GiB)")
    group.add_argument("--max-steps", type=_checked("steps"), metavar="N", help="calls and rounds of loops")
    group.add_argument("--timeout", type=_checked("seconds"), metavar="SECONDS", help="time since the program started")


def _errors(p: Parser) -> None:
    group = p.add_argument_group("errors")
    group.add_argument("--error-format", choices=("human", "json"), default="human", help="how errors are shown (default: human)")
    group.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="colours (default: on a terminal)")
    group.add_argument("--lint", action="append", default=[], metavar="NAME=LEVEL", help="allow, warn of or deny what a lint finds")


def _checked(name: str) -> Callable[[str], float]:
    """What turns the text of an option into its value."""

    def check(text: str) -> float:
        from kayton.runtime import limits

        try:
            return getattr(limits, name)(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return check


def _run(p: Parser) -> None:
    _does(p, "run", "run", "kayton run hello.ktn", "kayton run --timeout 5 --max-memory 64MB hello.ktn --its-own option")
    _engine(p)
    p.add_argument("--opt", type=int, default=1, metavar="N", help="level of optimisation (default: 1)")
    p.add_argument("--no-cache", action="store_true", help="compile even if nothing has changed, and keep nothing")
    p.add_argument("file", nargs="?", metavar="FILE", help=f"source, or a .kbc file; {FILE_HELP.partition('; ')[2]}")
    p.add_argument("program_args", nargs=argparse.REMAINDER, metavar="ARGS", help="whatever follows FILE, or --, is the program's")
    _limits(p)
    _errors(p)
    p.set_defaults(verify="off", skip=[])


def _check(p: Parser) -> None:
    _does(p, "run", "check", "kayton check hello.ktn", "kayton check --fix hello.ktn")
    _file(p)
    p.add_argument("--fix", action="store_true", help="first make the changes that are certainly meant")
    _errors(p)
    p.set_defaults(verify="off", skip=[], opt=1)


def _fmt(p: Parser) -> None:
    _does(p, "fmt", "fmt", "kayton fmt hello.ktn", "kayton fmt --check .")
    p.add_argument("files", nargs="*", metavar="FILE", help=f"a file, or a folder with all its .ktn files; {FILE_HELP.partition('; ')[2]}")
    p.add_argument("--check", action="store_true", help="change nothing, name the files that would change")
    _errors(p)


_TIMINGS = "print how long each pass took, and what it took from earlier builds"


def _pipeline(p: Parser) -> None:
    commands = p.add_subparsers(required=True, metavar="ACTION")
    run = _action(commands, "run", "pipeline", "run", "run a pipeline; what it gives is executed, written with -o, or printed")
    run.add_argument("name", nargs="?", default="vm", metavar="NAME", help="a pipeline of ours or a TOML file (default: vm)")
    _file(run)
    _engine(run)
    _settings(run)
    _limits(run)
    _errors(run)
    run.add_argument("-o", "--output", metavar="OUT", help="write the result (a .kbc, or a tree's text) instead of executing it")
    run.add_argument("--timings", action="store_true", help=_TIMINGS)
    run.add_argument("--print-after", action="append", default=[], metavar="PASS", help="print the tree after a pass, or `all`")
    run.add_argument("--print-changed", action="store_true", help="print what each pass changed")
    run.add_argument("--reproduce", metavar="FILE", help="run the pass of a reproducer on its tree")
    _dump(_action(commands, "dump", "dump", "dump", "show the program as it is between two passes"))
    _action(commands, "list", "pipeline", "list_all", "list the pipelines")
    show = _action(commands, "show", "pipeline", "show", "show a pipeline's passes and languages")
    show.add_argument("name", metavar="NAME")
    graph = _action(commands, "graph", "pipeline", "graph", "draw a pipeline")
    graph.add_argument("name", metavar="NAME")
    graph.add_argument("--format", choices=("text", "dot", "svg"), default="text")
    graph.add_argument("-o", "--output", metavar="OUT")


def _dump(p: Parser) -> None:
    _file(p)
    p.add_argument("--pipeline", metavar="NAME", help="the pipeline (default: vm, or the first that has the pass)")
    p.add_argument("--after", metavar="PASS", help="the tree after this pass")
    p.add_argument("--before", metavar="PASS", help="the tree before this pass; with --diff what to compare with")
    p.add_argument("--diff", action="store_true", help="what the passes in between changed")
    p.add_argument("--format", choices=("text", "json", "dot", "svg"), default="text")
    p.add_argument("--function", metavar="NAME", help="this definition only")
    p.add_argument("--ids", action="store_true", help="show ids and spans in text")
    p.add_argument("-o", "--output", metavar="OUT", help="write to a file")
    _settings(p)


def _pass(p: Parser) -> None:
    commands = p.add_subparsers(required=True, metavar="ACTION")
    _action(commands, "list", "passes", "list_all", "list the passes")
    show = _action(commands, "show", "passes", "show", "show what a pass does, its languages, options and rules")
    show.add_argument("name", metavar="NAME", help="a pass, or any beginning of its name that no other has")


def _lang(p: Parser) -> None:
    _does(p, "languages", "lang", "kayton lang Core", "kayton lang --diff Surface Core")
    p.add_argument("name", nargs="?", metavar="NAME", help="a language; all are listed if left out")
    p.add_argument("--diff", nargs=2, metavar=("A", "B"), help="the kinds that B has and A lacks, and the other way round")


def _inspect(p: Parser) -> None:
    _does(p, "inspect", "inspect", "kayton pipeline run vm hello.ktn -o hello.kbc", "kayton inspect hello.kbc")
    p.add_argument("file", metavar="FILE.kbc")


def _aot(p: Parser) -> None:
    commands = p.add_subparsers(required=True, metavar="ACTION")
    _build(_action(commands, "build", "aot", "build", "compile a program to a native binary"))
    _file(_action(commands, "verify", "verify", "verify", "compare compiled functions with their own bytecode"))
    rewrite = _action(commands, "rewrite", "aot", "rewrite", "write a program as one file of Kayton with types and direct calls")
    _file(rewrite)
    rewrite.add_argument("-o", "--output", metavar="OUT", help="the file (default: standard output)")
    explain = _action(commands, "explain", "aot", "explain", "say what runs as bytecode in a binary, and why, or what its passes remarked")
    what = explain.add_mutually_exclusive_group(required=True)
    what.add_argument("--thunks", action="store_true", help="list each thunk with its place, reason and remedy")
    what.add_argument("--remarks", action="store_true", help="list what the compiler's passes did with the program, and what they could not do")
    explain.add_argument("--lock", action="store_true", help="write them to the ledger, kayton.thunks beside the program")
    explain.add_argument("--run", action="store_true", help="run the program, and say of each thunk what it cost")
    _file(explain)
    explain.add_argument("program_args", nargs=argparse.REMAINDER, metavar="ARGS", help="with --run, whatever follows FILE is the program's")


def _build(p: Parser) -> None:
    _file(p)
    mode = p.add_mutually_exclusive_group()
    mode.add_argument("--hybrid", dest="mode", action="store_const", const="hybrid", help="what cannot be compiled runs in a VM in the binary (default)")
    # A name of its own: as the value of an option, the program that follows `--hybrid` would be taken for it.
    mode.add_argument("--hybrid=dynamic", dest="mode", action="store_const", const="dynamic", help="what cannot be compiled runs in a VM in a library")
    mode.add_argument("--aot-strict", dest="mode", action="store_const", const="strict", help="fail where something cannot be compiled")
    p.add_argument("--locked-thunks", action="store_true", help="fail where there is a thunk that the ledger, kayton.thunks, lacks")
    p.add_argument("-o", "--output", metavar="OUT", help="the binary (default: the program's name); with --emit a folder")
    profile = p.add_mutually_exclusive_group()
    profile.add_argument("--release", dest="profile", action="store_const", const="release", help="optimised (default)")
    profile.add_argument("--debug", dest="profile", action="store_const", const="debug", help="quick to build, with debug information")
    p.add_argument("--emit", choices=("rust",), help="write the Rust instead of building it: main.rs to standard output, or all with -o")
    p.add_argument("--timings", action="store_true", help=_TIMINGS)
    p.set_defaults(mode="hybrid", profile="release")


def _cache(p: Parser) -> None:
    commands = p.add_subparsers(required=True, metavar="ACTION")
    _action(commands, "info", "cache", "info", "say where compiled programs and summaries of programs are kept, and how many")
    _action(commands, "clear", "cache", "clear", "remove all compiled programs and summaries")


def _explain(p: Parser) -> None:
    commands = p.add_subparsers(required=True, metavar="WHAT")
    types = _action(commands, "types", "explain_types", "explain", "say what is known of the type of a place, and why")
    types.add_argument("--site", metavar="ID", help="the place by its id, as `kayton pipeline dump --ids` shows it")
    types.add_argument("file", nargs="?", metavar="FILE[:LINE[:COLUMN]]", help=FILE_HELP)


def _explain_error(p: Parser) -> None:
    _does(p, "explain", "explain", "kayton explain-error K0123", "kayton explain-error 123", "kayton explain-error")
    p.add_argument("code", nargs="?", metavar="CODE", help="case, the K and zeros may be left out; all are listed without one")


COMMANDS: dict[str, tuple[str, Callable[[Parser], None]]] = {
    "run": ("compile a program, unless that was done before, and run it", _run),
    "check": ("report what is certain to be wrong with a program", _check),
    "explain": ("explain what the compiler knows of a program", _explain),
    "fmt": ("lay files out in the one way", _fmt),
    "explain-error": ("explain an error by its code", _explain_error),
    "pipeline": ("run, dump, draw and list pipelines", _pipeline),
    "pass": ("list and show passes", _pass),
    "lang": ("print the grammar of a language, or how two differ", _lang),
    "aot": ("build native binaries, or see what would be in them", _aot),
    "inspect": ("disassemble a .kbc file", _inspect),
    "cache": ("look at the compiled programs that are kept, or remove them", _cache),
}
"""The commands: what each is for, and what it takes."""
