"""The native VM: runs bytecode and disassembles it."""

from __future__ import annotations

from collections.abc import Callable

from kayton.diagnostics.usage import UserError
from kayton.runtime.failures import show


def execute(program: bytes, args: list[str], read: Callable[[str], str | None]) -> int:
    """Runs a program and gives its exit code; a run-time error is shown on standard error, with source lines that `read` gives.

    Raises UserError when the bytes are no valid program, or when the native module is missing.
    """
    native = _native()
    try:
        outcome = native.run(program, args)
    except native.BytecodeError as error:
        raise UserError(f"this is not valid bytecode: {error}") from None
    failure = outcome.error
    if failure is not None:
        show(failure.message, failure.trace, failure.omitted, failure.omitted_at, read)
    return outcome.exit_code


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
