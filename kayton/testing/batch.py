"""Many programs in one binary, so that cargo, rustc and the linker start once for all of them.

Each crate becomes a module of one crate, with its files in a folder of its own, and KAYTON_PROGRAM says which one runs. A crate that
rustc refuses, or warns of, is left out, with what rustc said about it, and does not keep the others from being built.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

import attrs

from kayton.passes.rust.emit_crate import cargo_toml
from kayton.runtime.native.build import build
from kayton.runtime.native.cargo import CargoFailed

Files = Mapping[str, bytes]
_QUICK = """
[profile.dev.package.program]
debug = false
incremental = false
"""
"""Half of the time that rustc takes otherwise: nobody debugs these programs, or builds them twice."""
_VARIABLE = "KAYTON_PROGRAM"
_ERROR = re.compile(r"^error.*?(?=^(?:error|warning)|\Z)", re.MULTILINE | re.DOTALL)
_PLACE = re.compile(r"--> src/p(\d+)/")


@attrs.frozen
class Batch:
    """A binary of many programs. `refused` has what rustc said about those that are not in it, `library` is where its VM is if not in it."""

    binary: Path
    refused: dict[str, str]
    library: Path | None = None

    def run(self, name: str, args: list[str], stdin: bytes, timeout: float = 60) -> subprocess.CompletedProcess:
        """Runs one of the programs, with its output as bytes."""
        variables = {**os.environ, _VARIABLE: name, **({"KAYTON_VM": str(self.library)} if self.library else {})}
        return subprocess.run([self.binary, *args], input=stdin, capture_output=True, env=variables, timeout=timeout, check=False)


def build_batch(crates: Mapping[str, Files], profile: str = "debug", vm: str = "embedded") -> Batch:
    """Builds the crates, with `vm` as kayton/ir/crate.py says. Raises CargoFailed where what rustc refuses is in none of them."""
    wanted, refused = dict(crates), {}
    while True:
        try:
            built = build(combined(wanted, vm), profile, vm)
            return Batch(built.binary, refused, built.library)
        except CargoFailed as failure:
            blamed = _blamed(failure.__notes__[0], list(wanted))
            if not blamed:
                raise
            refused.update(blamed)
            for name in blamed:
                del wanted[name]


def combined(crates: Mapping[str, Files], vm: str = "embedded") -> dict[str, bytes]:
    """One crate of many."""
    files: dict[str, bytes] = {}
    for i, crate in enumerate(crates.values()):
        for path, data in crate.items():
            if path.startswith("src/"):
                files[f"src/p{i}/{path.removeprefix('src/')}"] = _as_module(data) if path == "src/main.rs" else data
    modules = "".join(f'#[path = "p{i}/main.rs"]\nmod p{i};\n' for i in range(len(crates)))
    arms = "".join(f'        Ok("{name}") => p{i}::main(),\n' for i, name in enumerate(crates))
    main = f'#![deny(warnings)]\n{modules}\nfn main() {{\n    match std::env::var("{_VARIABLE}").as_deref() {{\n{arms}        _ => {{}}\n    }}\n}}\n'
    return {**files, "Cargo.toml": (cargo_toml(vm) + _QUICK).encode(), "src/main.rs": main.encode()}


def _as_module(main: bytes) -> bytes:
    """A crate's main file as a module: others may start it, and its stubs have names that others have, too."""
    return main.replace(b"#[no_mangle]\n", b"#[allow(non_snake_case)]\n").replace(b"\nfn main() -> !", b"\npub fn main() -> !")


def _blamed(log: str, names: list[str]) -> dict[str, str]:
    """The programs in which rustc found errors, warnings among them, with the first of each."""
    found: dict[str, str] = {}
    for error in _ERROR.findall(log):
        place = _PLACE.search(error)
        if place:
            found.setdefault(names[int(place[1])], error.strip())
    return found
