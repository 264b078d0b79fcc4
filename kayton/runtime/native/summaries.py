"""Where summaries are kept between builds: one file for each module of a program, below `native/summaries` in the cache folder.

A file is named by the compiler (its version and the state of its own files), the pipeline, the program's place and the module. It holds a hash of
the rest and the summaries as JSON. What is damaged, or of another form, is as if it were not there; each summary also says what it depends on. It is written
whole or not at all, so of two builds at once one has the last word, and any of it may be deleted.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import kayton
from kayton.ir.summaries import Kept, Summaries
from kayton.runtime.native import files
from kayton.runtime.native.build import folder
from kayton.runtime.native.record import own_files

MOST_FILES = 400
MOST_BYTES = 200_000_000
_DEEPEST = 2_000
"""Frames: summaries nest a dozen deep, and what nests deeper than this is none."""


def place() -> Path:
    """The folder of all summaries."""
    return folder() / "summaries"


class Shelf:
    """The summaries of one program, compiled by one pipeline."""

    def __init__(self, program: str, pipeline: str) -> None:
        self.identity = "\0".join([os.path.abspath(program), pipeline])
        self.summaries = Summaries(self._load)

    def _path(self, module: str) -> Path:
        parts = [kayton.__version__, own_files(), self.identity, module]
        return place() / sha256("\0".join(parts).encode(errors="surrogateescape")).hexdigest()

    def _load(self, module: str) -> Kept:
        path = self._path(module)
        try:
            digest, _, data = path.read_bytes().partition(b"\n")
            if sha256(data).hexdigest().encode() != digest:
                return {}
            os.utime(path)
            found = _parsed(data)
        except (OSError, ValueError, RuntimeError):  # RuntimeError: no home, or what nests without end
            return {}
        return {name: kept for name, kept in found.items() if isinstance(kept, dict)} if isinstance(found, dict) else {}

    def store(self) -> None:
        """Keeps what the build found out, where that is new. What cannot be kept is found out again."""
        changed = [m for m in self.summaries.kept if self.summaries.changed(m)]
        with suppress(OSError, RuntimeError):
            for module in changed:
                data = json.dumps(self.summaries.kept[module], separators=(",", ":")).encode()
                files.write(self._path(module), sha256(data).hexdigest().encode() + b"\n" + data)
            if changed:
                _drop_oldest()


def _parsed(data: bytes) -> object:
    """The value that JSON stands for. Raises ValueError, and RecursionError where it nests deeper than the stack of C is sure to hold."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(min(limit, _DEEPEST))
    try:
        return json.loads(data)
    finally:
        sys.setrecursionlimit(limit)


def _found() -> list[tuple[Path, os.stat_result]]:
    """The files, those last that were not used for longest."""
    try:
        found = [(Path(entry.path), entry.stat()) for entry in os.scandir(place())]
    except OSError:
        return []
    return sorted(found, key=lambda file: -file[1].st_mtime)


def _drop_oldest() -> None:
    size = 0
    for number, (path, status) in enumerate(_found()):
        size += status.st_size
        if number >= MOST_FILES or size > MOST_BYTES:
            path.unlink(missing_ok=True)


def usage() -> tuple[int, int]:
    """How many modules have summaries, and their size."""
    found = _found()
    return len(found), sum(status.st_size for _, status in found)


def clear() -> None:
    """Forgets all summaries."""
    for path, _ in _found():
        path.unlink(missing_ok=True)
