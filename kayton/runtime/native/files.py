"""Files that several builds may want at once: written whole or not at all, and locked while they are used."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: cargo's own lock is what there is
    fcntl = None


@contextmanager
def locked(path: Path, on_wait) -> Iterator[None]:
    """Holds the lock file; the system lets go of it whenever this process ends. `on_wait` is called when somebody else has it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "a") as file:
        if fcntl is not None:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                on_wait()
                fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def locked_now(path: Path) -> Iterator[bool]:
    """Whether the lock file could be had at once; it is held as long as the block runs."""
    with open(path, "a") as file:
        try:
            if fcntl is not None:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def holds(path: Path, data: bytes) -> bool:
    """Whether there is a file with this content."""
    try:
        return path.read_bytes() == data
    except OSError:
        return False


def write(path: Path, data: bytes) -> None:
    """Writes a file by renaming a complete one into place; one that holds this already keeps its time."""
    if holds(path, data):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def write_all(folder: Path, files: Mapping[str, bytes], besides: str) -> None:
    """Makes a folder hold these files and no others, but for the folder `besides` and what cargo adds."""
    kept = {folder / path for path in files} | {folder / "Cargo.lock"}
    for path, data in files.items():
        write(folder / path, data)
    for root, folders, names in os.walk(folder):
        here = Path(root)
        if here == folder:
            folders.remove(besides)
        for name in names:
            if here / name not in kept:
                (here / name).unlink()


def copy(source: Path, target: Path) -> None:
    """Copies an executable by renaming a complete one into place."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    os.close(handle)
    try:
        shutil.copyfile(source, temporary)
        shutil.copymode(source, temporary)
        os.replace(temporary, target)
    except BaseException:
        os.unlink(temporary)
        raise
