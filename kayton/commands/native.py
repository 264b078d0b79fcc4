"""What `kayton aot` and `kayton pipeline run` do with a crate: build it, run it, say what became of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from kayton.diagnostics.usage import UserError
from kayton.ir.crate import Crate, TextFile
from kayton.runtime.native.build import Built, build
from kayton.runtime.native.files import copy


def files_of(crate: Crate) -> dict[str, bytes]:
    """The crate's files, by path."""
    return {f.path: f.text.encode() if isinstance(f, TextFile) else f.data for f in crate.files}


def build_crate(crate: Crate, profile: str) -> Built:
    """Builds the crate. Raises UserError for what the machine lacks."""
    return build(files_of(crate), profile, crate.vm)


def install(built: Built, output: Path) -> None:
    """Puts a binary, and the library that it needs, where the user wants it. Raises UserError when that cannot be done."""
    try:
        copy(built.binary, output)
        if built.library is not None:
            copy(built.library, output.parent / built.library.name)
    except OSError as error:
        raise UserError(f"cannot write {output}: {error.strerror or error}") from None


def execute(binary: Path, args: list[str]) -> int:
    """Runs a binary in place of us, as far as anyone can tell, and gives its exit code."""
    sys.stdout.flush()
    done = subprocess.run([binary, *args], check=False)
    return done.returncode if done.returncode >= 0 else 128 - done.returncode


def summary(crate: Crate) -> str:
    """`412 functions native, 3 thunks`."""
    return f"{counted(crate.native, 'function')} native, {counted(len(crate.thunks), 'thunk')}"


def counted(n: int, what: str) -> str:
    """`1 thunk`, `2 thunks`."""
    return f"{n} {what}{'' if n == 1 else 's'}"
