"""The cache of `kayton run`: a program whose files have not changed is not compiled again.

What is kept, and when it may be used, is decided in Rust (`rt-crate/crates/kayton-cache`), because the launcher asks the same
before any Python runs. Entries are written whole or not at all; deleting any of them, or the folder, costs nothing but a compilation.
"""

from __future__ import annotations

import os

import kayton

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

Warnings = list[str]
"""What is to be said first about a program: without colours, with colours, and as lines of JSON."""
File = tuple[str, str | None]
"""A file's path and text; None for one that was looked for in vain."""


def native_cache():
    """The cache of this compiler, None when the native module is not built. `KAYTON_CACHE` names another folder than the user's."""
    try:
        from kayton._native import Cache
    except ImportError:
        return None
    return Cache(os.path.dirname(kayton.__file__), kayton.__version__)


class Entry:
    """The place in the cache of one program, compiled in one way. Where there can be no cache, it is always empty.

    `launcher` is the name of the native launcher that started us: it will find the program by itself the next time.
    """

    def __init__(self, program: str, options: str, launcher: str | None = None) -> None:
        self._launcher = launcher
        self._cache = native_cache()
        try:
            self._key = (options, os.getcwd(), program)
            "".join(self._key).encode()
        except (OSError, UnicodeEncodeError):  # a folder that is gone, or a path that is no text
            self._cache = None

    def load(self) -> tuple[bytes, Warnings] | None:
        """The program, if every file is as it was when it was compiled."""
        if self._cache is None:
            return None
        found = self._cache.load(*self._key)
        if found is not None:
            self._record()
        return found

    def store(self, program: bytes, files: Iterable[File], warnings: Warnings) -> None:
        """Keeps what was compiled from these files, the program's own first. A cache that cannot be written is none."""
        if self._cache is not None and self._cache.store(*self._key, list(files), warnings, program):
            self._record()

    def _record(self) -> None:
        if self._launcher is not None:
            self._cache.record(self._launcher)
