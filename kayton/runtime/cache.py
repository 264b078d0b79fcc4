"""The bytecode cache of `kayton run`: a program whose files have not changed is not compiled again.

An entry is named by the compiler (its version and the state of its own files), the working directory, the program's path and the
options; it holds the hashes of all files that were read, and the paths where none was found, and is used only if they are all as they were.
Entries are written whole or not at all; deleting any of them, or the folder, costs nothing but a compilation.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import kayton

MOST_ENTRIES = 500
_MAGIC = b"kayton-cache 1\n"


def folder() -> Path:
    """Where entries are: KAYTON_CACHE, else `kayton` in the user's cache folder."""
    chosen = os.environ.get("KAYTON_CACHE")
    return Path(chosen) if chosen else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kayton"


class Entry:
    """The place in the cache of one program, compiled in one way."""

    def __init__(self, program: str, options: str) -> None:
        name = "\0".join([_compiler(), os.getcwd(), program, options])
        self.path = folder() / f"{_hash(name.encode(errors='surrogateescape'))}.kbc"

    def load(self) -> bytes | None:
        """The bytecode, if every file is as it was when it was made."""
        try:
            data = self.path.read_bytes()
            if not data.startswith(_MAGIC):
                return None
            end = data.index(b"\n", len(_MAGIC))
            header = json.loads(data[len(_MAGIC) : end])
            program = data[end + 1 :]
            whole = header["program"] == _hash(program)
            unchanged = whole and all([_state(path) == state for path, state in header["files"]])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return program if unchanged else None

    def store(self, program: bytes, files: Iterable[str]) -> None:
        """Keeps the bytecode made from these files, some of which may be absent. A cache that cannot be written is none."""
        header = {"program": _hash(program), "files": [[path, _state(path)] for path in files]}
        data = _MAGIC + json.dumps(header).encode() + b"\n" + program
        temporary = self.path.with_suffix(f".{os.getpid()}.tmp")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(data)
            os.replace(temporary, self.path)
            _prune(self.path.parent)
        except OSError:
            with suppress(OSError):
                temporary.unlink()


def _prune(place: Path) -> None:
    """Drops the oldest entries when there are too many."""
    entries = sorted(place.glob("*.kbc"), key=lambda p: p.stat().st_mtime)
    for old in entries[: max(0, len(entries) - MOST_ENTRIES)]:
        old.unlink(missing_ok=True)


def _hash(data: bytes) -> str:
    return sha256(data).hexdigest()


def _state(path: str) -> str | None:
    """The hash of a file's content, None where there is no file."""
    try:
        return _hash(Path(path).read_bytes())
    except OSError:
        return None


def _compiler() -> str:
    """What identifies the compiler: its version, and path, size and time of each of its files."""
    parts = [kayton.__version__]
    stack = [os.path.dirname(kayton.__file__)]
    while stack:
        with os.scandir(stack.pop()) as found:
            for entry in sorted(found, key=lambda e: e.name):
                if entry.is_dir():
                    if entry.name != "__pycache__":
                        stack.append(entry.path)
                elif entry.name.endswith((".py", ".toml", ".so", ".pyd")):
                    status = entry.stat()
                    parts.append(f"{entry.path}:{status.st_size}:{status.st_mtime_ns}")
    return "\n".join(parts)
