"""Crate: the files of a Rust crate, which cargo makes a binary of, and what the user is told about it."""

from __future__ import annotations

from kayton.ir.language import Language, Violation, invariant
from kayton.ir.node import Node, category, node
from kayton.ir.thunks import Thunk

VM = ("none", "embedded", "loaded")
"""Whether the binary has a VM: it needs none, has it inside, or loads it from a library when the first thunk runs."""


@category
class CrateFile(Node):
    """A file of the crate, `path` from its root, with `/`."""


@node
class TextFile(CrateFile):
    path: str
    text: str


@node
class DataFile(CrateFile):
    path: str
    data: bytes


@node
class Crate(Node):
    """The whole crate. `native` counts the functions that were compiled; `vm` is one of VM."""

    name: str
    vm: str
    native: int
    files: tuple[CrateFile, ...]
    thunks: tuple[Thunk, ...] = ()


@invariant
def files_once(root: Node):
    """Each file is there once, below the crate's root."""
    seen: set[str] = set()
    for file in root.files:
        if file.path in seen or file.path.startswith("/") or ".." in file.path.split("/"):
            yield Violation(file, f"the path {file.path} is taken, or leaves the crate")
        seen.add(file.path)


CrateFiles = Language(
    "Crate",
    "Files of a Rust crate.",
    Crate,
    frozenset({Crate, TextFile, DataFile, Thunk}),
    invariants=(files_once,),
)
