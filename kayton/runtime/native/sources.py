"""The Rust sources of the runtime, which every binary is built from: this tree's own, or those that the native module was built from."""

from __future__ import annotations

import tomllib
from functools import cache
from hashlib import sha256
from pathlib import Path

import kayton
from kayton.diagnostics.usage import UserError

TREE = Path(kayton.__file__).parent.parent / "rt-crate"
"""Where the sources are when the package is not installed but used in place."""


@cache
def runtime_sources() -> dict[str, bytes]:
    """Every file, by its path from the workspace's root. Raises UserError when there are none."""
    if (TREE / "Cargo.toml").is_file():
        return _of_tree()
    try:
        from kayton._native import runtime_sources as shipped
    except ImportError as error:
        raise UserError(f"the runtime's sources are not installed: {error}") from None
    return dict(shipped())


def _of_tree() -> dict[str, bytes]:
    found = [TREE / "Cargo.toml"]
    for crate in tomllib.loads(found[0].read_text())["workspace"]["metadata"]["kayton"]["runtime"]:
        folder = TREE / "crates" / crate
        found += [folder / "Cargo.toml", *folder.glob("build.rs"), *sorted((folder / "src").rglob("*.rs"))]
    return {path.relative_to(TREE).as_posix(): path.read_bytes() for path in found}


@cache
def runtime_hash() -> str:
    """What identifies the sources."""
    digest = sha256()
    for path, data in sorted(runtime_sources().items()):
        digest.update(f"{path}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()


def least_rust() -> str:
    """The oldest Rust that can build the runtime: `rust-version` of its workspace."""
    return tomllib.loads(runtime_sources()["Cargo.toml"].decode())["workspace"]["package"]["rust-version"]
