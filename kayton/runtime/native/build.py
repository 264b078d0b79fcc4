"""Builds a crate to a binary, and keeps what was built.

    CACHE/native/HASH/            one runtime with one toolchain
        lock                      held while anything below changes
        crate/                    the crate being built; its files are rewritten only where they differ
        crate/runtime/            the runtime's sources
        target/                   cargo's; the runtime is compiled there once
        built/KEY                 a binary, KEY a hash of profile and crate; renamed into place when complete
        built/libkayton_vm.so     the VM for binaries that load it

What was killed leaves files that the next build replaces. Deleting any of it, or all, costs nothing but time.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import attrs

from kayton.runtime.native import cargo, files, toolchain
from kayton.runtime.native.sources import least_rust, runtime_hash, runtime_sources

MOST_BINARIES = 200
MOST_WORKSHOPS = 3
"""Runtimes that are kept, each some 300 MB: an update of Kayton or Rust makes a new one."""
VM_LIBRARY = "libkayton_vm.dylib" if sys.platform == "darwin" else "libkayton_vm.so"
_ADOPTED = 'build.rustflags=["--cfg", "kayton_adopted"]'
"""The library's values are the program's (rt-crate/crates/kayton-abi/src/adopt.rs)."""
_PROFILES = {"release": ["--release"], "debug": []}


def folder() -> Path:
    """Where all is kept: below KAYTON_CACHE, else `kayton` in the user's cache folder."""
    chosen = os.environ.get("KAYTON_CACHE")
    return (Path(chosen) if chosen else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kayton") / "native"


@attrs.frozen
class Built:
    """A binary, and the library that it loads its VM from, which must be put beside it."""

    binary: Path
    library: Path | None


def build(crate: Mapping[str, bytes], profile: str, vm: str) -> Built:
    """Builds the crate, unless that was done before, with `vm` as kayton/ir/crate.py says. Raises UserError, CargoFailed."""
    place = workshop()
    binary = place.folder / "built" / _key(crate, profile)
    library = place.folder / "built" / VM_LIBRARY if vm == "loaded" else None
    if not binary.is_file() or (library and not library.is_file()):
        place.build(crate, profile, binary, library)
    else:
        os.utime(binary)
    return Built(binary, library)


def workshop() -> Workshop:
    """The folder of this runtime with the toolchain that is found. Raises UserError."""
    base = folder()
    base.mkdir(parents=True, exist_ok=True)
    tools = toolchain.find(least_rust(), base)
    identity = sha256(f"{runtime_hash()}\n{tools.rustc}".encode()).hexdigest()[:16]
    return Workshop(base / identity, tools, identity)


def _key(crate: Mapping[str, bytes], profile: str) -> str:
    digest = sha256(profile.encode())
    for path, data in sorted(crate.items()):
        digest.update(f"\0{path}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()[:32]


@attrs.frozen
class Workshop:
    """The folder of one runtime with one toolchain."""

    folder: Path
    tools: toolchain.Toolchain
    identity: str

    @property
    def _runtime(self) -> Path:
        return self.folder / "crate" / "runtime"

    def build(self, crate: Mapping[str, bytes], profile: str, binary: Path, library: Path | None) -> None:
        """Builds what is asked for under the lock."""
        progress = cargo.Progress()
        try:
            with files.locked(self.folder / "lock", progress.waiting):
                try:
                    self._build(crate, profile, binary, library, progress)
                except cargo.CargoFailed as failure:
                    if not self._mended(failure.stale):
                        raise
                    self._build(crate, profile, binary, library, progress)
                _drop_oldest(binary.parent)
                drop_workshops(self.folder)
        finally:
            progress.close()

    def _build(
        self, crate: Mapping[str, bytes], profile: str, binary: Path, library: Path | None, progress: cargo.Progress
    ) -> None:
        place, options = self.folder / "crate", _PROFILES[profile]
        self._put_runtime()
        files.write_all(place, crate, besides="runtime")
        files.copy(self._cargo(place, options, progress), binary)
        if library is not None and not library.is_file():
            options = ["--release", "--config", "profile.release.strip=true", "--config", _ADOPTED]
            files.copy(self._cargo(self._runtime / "crates" / "kayton-vm-library", options, progress), library)

    def _cargo(self, package: Path, options: list[str], progress: cargo.Progress) -> Path:
        variables = {"KAYTON_RUNTIME_STAMP": self.identity}
        return cargo.build(self.tools.cargo, package, self.folder / "target", options, variables, progress)

    def _put_runtime(self) -> None:
        """The runtime's sources, all of them or none."""
        if self._runtime.is_dir():
            return
        self._runtime.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(dir=self.folder, prefix=".runtime."))
        for path, data in runtime_sources().items():
            files.write(temporary / path, data)
        os.replace(temporary, self._runtime)

    def _mended(self, stale: bool) -> bool:
        """Puts back what something has deleted or changed here; whether there was anything."""
        if stale:
            shutil.rmtree(self.folder / "target", ignore_errors=True)
        wrong = [(path, data) for path, data in runtime_sources().items() if not files.holds(self._runtime / path, data)]
        for path, data in wrong:
            files.write(self._runtime / path, data)
        return stale or bool(wrong)


def _drop_oldest(built: Path) -> None:
    """Forgets the binaries that were not used for longest when there are too many, and what a killed build has left."""
    kept = []
    for path in built.iterdir():
        if path.name.startswith("."):
            path.unlink(missing_ok=True)
        elif path.name != VM_LIBRARY:
            kept.append(path)
    kept.sort(key=lambda path: path.stat().st_mtime)
    for path in kept[: max(0, len(kept) - MOST_BINARIES)]:
        path.unlink(missing_ok=True)


def drop_workshops(own: Path) -> None:
    """Forgets the runtimes that were not built with for longest, but for our own and those that are in use."""
    own.touch()
    found = [path for path in own.parent.iterdir() if path != own and (path / "lock").is_file()]
    found.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in found[MOST_WORKSHOPS - 1 :]:
        with files.locked_now(path / "lock") as held:
            if held:
                shutil.rmtree(path, ignore_errors=True)
