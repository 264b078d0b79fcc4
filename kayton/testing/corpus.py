"""Real programs as bytecode, for the fuzzer of the verifier and the VM to damage.

    python -m kayton.testing.corpus FOLDER [--generated N] PATH…

writes a `.kbc` of each program (of each `.ktn` file below a folder) into FOLDER, and of the first N generated ones.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kayton.passes.framework import Cx
from kayton.pipelines import sources
from kayton.pipelines.loading import Step, load
from kayton.pipelines.manager import Settings, run
from kayton.testing.generate import generate
from kayton.testing.generate_modules import source


def bytecode(steps: list[Step], cx: Cx, tree) -> bytes | None:
    """The program as bytecode; None where it has errors."""
    made = run(steps, tree, cx, Settings(verify="off"))
    return made.tree.file.data if made.ok and made.finished else None


def write(folder: Path, programs: list[Path], generated: int) -> int:
    """Writes the programs that compile, and says how many did. File names follow the order."""
    folder.mkdir(parents=True, exist_ok=True)
    steps = load("vm")
    written = 0
    for i, path in enumerate([found for given in programs for found in _files(given)]):
        cx = Cx()
        cx.loader = sources.Loader(cx)
        written += _keep(folder / f"{i:05}-{path.stem}.kbc", bytecode(steps, cx, sources.from_file(str(path), cx)))
    for seed in range(generated):
        cx = Cx()
        data = bytecode(steps, cx, source(generate(seed), cx))
        written += _keep(folder / f"generated-{seed:05}.kbc", data)
    return written


def _files(path: Path) -> list[Path]:
    return sorted(path.rglob("*.ktn")) if path.is_dir() else [path]


def _keep(path: Path, data: bytes | None) -> int:
    if data is None:
        return 0
    path.write_bytes(data)
    return 1


def main() -> int:
    """The command."""
    words = argparse.ArgumentParser(prog="python -m kayton.testing.corpus")
    words.add_argument("folder", type=Path)
    words.add_argument("programs", type=Path, nargs="*")
    words.add_argument("--generated", type=int, default=0)
    given = words.parse_intermixed_args()
    written = write(given.folder, given.programs, given.generated)
    print(f"{written} programs in {given.folder}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
