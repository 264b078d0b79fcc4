"""Writing what a command makes: to standard output, or to a file whole or not at all."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from kayton.diagnostics.usage import UserError


def write_text(text: str, output: str | None) -> None:
    """Writes text, ended by a newline, to the file `output` or else to standard output. Raises UserError."""
    text = text if text.endswith("\n") else text + "\n"
    if output is None:
        sys.stdout.write(text)
    else:
        write_file(Path(output), text.encode("utf-8", errors="backslashreplace"))


def as_svg(dot_text: str) -> str:
    """The picture of a graph. Raises UserError when the program `dot` is not installed."""
    from kayton.ir.graph import DotMissing, svg

    try:
        return svg(dot_text)
    except DotMissing as error:
        raise UserError(str(error)) from None


def write_file(path: Path, data: bytes) -> None:
    """Writes a file by renaming a complete one into place. Raises UserError when that cannot be done."""
    import tempfile  # slow to import, and most runs write no file

    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.chmod(temporary, 0o666 & ~_umask())
            os.replace(temporary, path)
        except OSError:
            os.unlink(temporary)
            raise
    except OSError as error:
        raise UserError(f"cannot write {path}: {error.strerror or error}") from None


def beside_sources(output: Path, program: str) -> Path:
    """The path for what is made of a program. Raises UserError where a program's source is there, which would be gone."""
    if output.is_file() and (output.suffix == ".ktn" or os.path.samefile(output, program)):
        raise UserError(f"{output} is the source of a program and would be overwritten\n  help: give another name with -o")
    return output


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
