"""What was built from which files, so that a build of what has not changed needs no compiler and no cargo.

A record is named by the compiler (its version and the state of its own files and the runtime's), the toolchain, the working directory, the
program's path and the options. It holds the hashes of all files that were read, and the paths where none was found, and serves only while they
are all as they were and the binary is there.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path

import kayton
from kayton.runtime.native import files, toolchain
from kayton.runtime.native.build import VM_LIBRARY, Built, folder
from kayton.runtime.native.sources import TREE

MOST_RECORDS = 500


class Record:
    """The place of the record of one program, built in one way. Raises UserError when there is no toolchain."""

    def __init__(self, program: str, options: str) -> None:
        parts = [kayton.__version__, own_files(), toolchain.stamp(), os.getcwd(), program, options]
        self.path = folder() / "records" / sha256("\0".join(parts).encode(errors="surrogateescape")).hexdigest()

    def load(self) -> tuple[Built, str] | None:
        """The binary and what was said about it, if nothing has changed."""
        try:
            data = json.loads(self.path.read_bytes())
            binary = folder() / data["binary"]
            library = binary.parent / VM_LIBRARY if data["library"] else None
            unchanged = all([_state(path) == state for path, state in data["files"]])
            summary = str(data["summary"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        there = binary.is_file() and (library is None or library.is_file())
        return (Built(binary, library), summary) if unchanged and there else None

    def store(self, built: Built, summary: str, read: Iterable[str]) -> None:
        """Keeps what was built from these files, some of which may be absent. What cannot be kept is built again."""
        binary = built.binary.relative_to(folder()).as_posix()
        states = [[path, _state(path)] for path in read]
        data = {"binary": binary, "library": built.library is not None, "summary": summary, "files": states}
        with suppress(OSError):
            files.write(self.path, json.dumps(data).encode())
            _drop_oldest(self.path.parent)


def _drop_oldest(place: Path) -> None:
    records = sorted(place.iterdir(), key=lambda path: path.stat().st_mtime)
    for path in records[: max(0, len(records) - MOST_RECORDS)]:
        path.unlink(missing_ok=True)


def _state(path: str) -> str | None:
    """The hash of a file's content, None where there is no file."""
    try:
        return sha256(Path(path).read_bytes()).hexdigest()
    except OSError:
        return None


@cache
def own_files() -> str:
    """What changes when the compiler does: path, size and time of each file of the compiler, and of the runtime's sources where they are a tree of their own."""
    return "\0".join(_own_files())


def _own_files() -> Iterator[str]:
    stack = [os.path.dirname(kayton.__file__), *([str(TREE / "crates")] if TREE.is_dir() else [])]
    while stack:
        with os.scandir(stack.pop()) as found:
            for entry in sorted(found, key=lambda e: e.name):
                if entry.is_dir():
                    if entry.name not in ("__pycache__", "target"):
                        stack.append(entry.path)
                elif entry.name.endswith((".py", ".toml", ".rs", ".so", ".pyd")):
                    status = entry.stat()
                    yield f"{entry.path}:{status.st_size}:{status.st_mtime_ns}"
