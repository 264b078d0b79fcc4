"""The `kayton` command: calls what does the work, which is imported only then; a cached program needs next to nothing.

Exit codes: 0, 1 for compile errors, 2 for wrong use, 70 for a bug of ours, 101 for a run-time error, 130 for Ctrl-C, 141 when
nobody reads the output, else the program's own.
"""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False  # even the module collections takes a good part of the time that a cached program needs
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def main(argv: Sequence[str] | None = None, launcher: str | None = None) -> int:
    """Runs the command line and gives its exit code. Raises nothing on bad input.

    `launcher` is the name of the native launcher that started us, if one did.
    """
    if argv is None:
        gc.disable()  # Looking for cycles among all nodes takes as long as several passes, and there are none.
    _open_streams()
    words = list(sys.argv[1:] if argv is None else argv)
    code = guarded(lambda: _run(words, launcher), words)
    if argv is None:
        gc.freeze()  # The process ends, and so it does without a last search.
    return code


def launched() -> None:
    """Runs the command line for the native launcher, which gives its name before the words."""
    launcher = sys.argv.pop(1)
    sys.exit(main(None, launcher))


def describe() -> None:
    """Shows the run-time error that the native launcher describes on standard input."""
    from kayton.runtime.failures import show_described

    _open_streams()
    sys.exit(guarded(show_described, ["run"]))


def guarded(work: Callable[[], int], words: list[str]) -> int:
    """Does what was asked for by these words; what stops it becomes a line on standard error and an exit code."""
    from kayton.commands import exit_codes
    from kayton.diagnostics.usage import UserError
    from kayton.runtime.failures import drop_output, show_usage

    try:
        code = work()
        sys.stdout.flush()
        return code
    except UserError as error:
        show_usage(str(error))
        return exit_codes.USAGE
    except BrokenPipeError:
        drop_output()
        return exit_codes.CLOSED_OUTPUT
    except OSError as error:  # a full disk, a folder that is gone: what the machine refused, not a bug
        drop_output()
        what = f"{error.filename}: " if error.filename else ""
        show_usage(f"{what}{error.strerror or error}")
        return exit_codes.USAGE
    except KeyboardInterrupt:
        return exit_codes.INTERRUPTED
    except Exception as error:  # The last resort: a bug outside of any pass.
        from kayton.commands.crash import report_crash

        return report_crash(error, words)


def _run(words: list[str], launcher: str | None) -> int:
    code = _at_once(words, launcher)
    return _command(words, launcher) if code is None else code


def _at_once(words: list[str], launcher: str | None) -> int | None:
    """Runs `kayton run FILE ARGS` if the program was compiled before; None for everything else."""
    if len(words) < 2 or words[0] != "run" or words[1].startswith("-"):
        return None
    from kayton.commands.run import run_cached

    return run_cached(words[1], words[3:] if words[2:3] == ["--"] else words[2:], launcher)


def _command(words: list[str], launcher: str | None) -> int:
    from importlib import import_module

    from kayton.commands.grammar import parsed
    from kayton.runtime.failures import choose

    choose("json" if _wants_json(words) else "human")  # for mistakes in the words themselves
    args = parsed(words)
    choose(getattr(args, "error_format", "human"), getattr(args, "color", "auto"))
    args.launcher = launcher
    return import_module(f"kayton.commands.{args.module}").__dict__[args.action](args)


def _wants_json(words: list[str]) -> bool:
    """Whether the words ask for errors as JSON, as far as they can be understood."""
    return "--error-format=json" in words or ("--error-format", "json") in zip(words, words[1:], strict=False)


def _open_streams() -> None:
    """Output is UTF-8 wherever we run; a closed stream becomes one that takes everything."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 (lives as long as the process)
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
