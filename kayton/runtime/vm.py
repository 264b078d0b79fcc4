"""The native VM: runs bytecode and disassembles it."""

from __future__ import annotations

import os

from kayton.diagnostics.usage import UserError

TYPE_CHECKING = False  # the module typing takes longer to import than a cached program to start
if TYPE_CHECKING:
    from kayton.runtime.limits import Limits


class InvalidBytecode(UserError):
    """The bytes are no valid program, or need what this VM does not have."""


def execute(program: bytes, args: list[str], limits: Limits | None = None, *, main: str = "") -> int:
    """Runs a program and gives its exit code; a run-time error is shown on standard error, with the sources that the program holds.

    Bytecode names its files by their place beside the main file; errors name them as they are found from `main`, its path. Raises InvalidBytecode, or UserError when the native module is missing.
    """
    native = _native()
    asked = {} if limits is None else limits._asdict()
    try:
        outcome = native.run(program, [_text(arg) for arg in args], **asked)
    except native.BytecodeError as error:
        raise InvalidBytecode(f"this is not valid bytecode: {error}") from None
    failure = outcome.error
    if failure is not None:
        from kayton.runtime.failures import show

        folder = main[: len(main) - len(os.path.basename(main))]
        texts = {folder + path: text for path, text in native.sources(program).items()}
        trace = [(function, folder + path, *place) for function, path, *place in failure.trace]
        show(failure.message, trace, failure.omitted, failure.omitted_at, texts.get)
    return outcome.exit_code


def _text(arg: str) -> str:
    """An argument of the command line as a str of the language: bytes that are no UTF-8 become replacement characters."""
    return arg.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def disassembly(program: bytes, name: str) -> str:
    """The program as text. Raises UserError when the bytes are no program."""
    native = _native()
    try:
        return native.disassemble(program)
    except native.BytecodeError as error:
        raise UserError(f"{name} is not valid bytecode: {error}") from None


def _native():
    try:
        from kayton import _native
    except ImportError as error:
        raise UserError(f"the native module is not built: {error}\n  help: `make run` builds it") from None
    return _native
