"""The Rust toolchain that builds binaries: where it is, which version, and whether that will do."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

import attrs

from kayton.diagnostics.usage import UserError
from kayton.runtime.native.files import write

_DECIDING = ("RUSTUP_TOOLCHAIN", "RUSTUP_HOME", "CARGO_HOME", "HOME")
"""Variables on which it depends what a `cargo` of the search path runs."""


@attrs.frozen
class Toolchain:
    """A cargo that works, and what its rustc says about itself."""

    cargo: str
    rustc: str
    """The text of `rustc -vV`."""

    @property
    def version(self) -> str:
        """As `1.82.0`."""
        found = re.search(r"^release: (\S+)", self.rustc, re.MULTILINE)
        return found[1] if found else "unknown"


def stamp() -> str:
    """What changes when another toolchain would be found, at the cost of a few looks at files. Raises UserError when there is none."""
    parts = [f"{name}={os.environ.get(name, '')}" for name in _DECIDING]
    home = Path(os.environ.get("RUSTUP_HOME") or Path.home() / ".rustup")
    for path in (_program("cargo"), _program("rustc"), home / "settings.toml", home / "toolchains"):
        try:
            status = os.stat(path)
        except OSError:
            continue
        parts.append(f"{path}:{status.st_size}:{status.st_mtime_ns}")
    return "\n".join(parts)


def find(least: str, folder: Path) -> Toolchain:
    """The toolchain that a build in this folder uses; what its rustc says is kept there, because asking takes as long as a small build.

    Raises UserError when there is none, or one older than `least`.
    """
    cargo, rustc = _program("cargo"), _program("rustc")
    known = folder / f"toolchain-{sha256(stamp().encode(errors='surrogateescape')).hexdigest()[:16]}"
    try:
        said = known.read_text()
    except (OSError, UnicodeDecodeError):
        said = _ask(rustc, folder)
        write(known, said.encode())
    found = Toolchain(cargo, said)
    if _numbers(found.version) < _numbers(least):
        raise UserError(
            f"a native binary needs Rust {least} or later, and this is {found.version} ({rustc})\n  help: `rustup update stable`"
        )
    return found


def _ask(rustc: str, folder: Path) -> str:
    """What `rustc -vV` says."""
    try:
        done = subprocess.run([rustc, "-vV"], capture_output=True, text=True, cwd=folder, check=False)
    except OSError as error:
        raise UserError(f"cannot run {rustc}: {error.strerror or error}") from None
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"]
        raise UserError(f"{rustc} does not work: {said[0].removeprefix('error: ')}\n  help: `rustup default stable` may mend it")
    return done.stdout


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(n) for n in re.findall(r"\d+", version)[:2])


def _program(name: str) -> str:
    found = shutil.which(os.environ.get(name.upper()) or name)
    if found is None:
        raise UserError(
            f"a native binary needs Rust, and there is no `{name}` on the search path\n"
            "  help: install a stable Rust, for example with rustup; `kayton run` needs none"
        )
    return found
