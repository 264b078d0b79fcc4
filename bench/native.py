#!/usr/bin/env python3
"""Times the kernels as native binaries: `kayton aot build` beside hand-written Rust with overflow checks, LuaJIT, PyPy, mypyc and Numba, in one
interleaved run.

    python bench/native.py [KERNEL …] [--runs N] [--python PYTHON] [--write]

The programs are those of bench/kernels, each grown by the same change of a number in all its texts, so that a process runs for about a second and neither
start-up nor warming up counts. Times are the CPU time of whole processes. Every program must print the same. `--write` puts the table into bench/RESULTS.md.

PYTHON is an interpreter with the packages `mypy[mypyc]` and `numba`, by default the one that runs this; peers that are not installed are left out. What mypyc
makes of annotated Python is built before the clock starts. Numba's functions are in its cache (`cache=True`), and the time that importing numba takes is
taken off.
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from _table import table, write
from run import KAYTON, KERNELS, for_luajit, interleaved, mean

GROWN = {
    "binary_trees": {15: 18}, "fannkuch": {9: 10}, "fib": {34: 41}, "loops": {5000: 20000}, "mandelbrot": {480: 1600},
    "map_count": {2500000: 25000000, 1000000: 10000000}, "matmul": {260: 700}, "nbody": {150000: 5000000}, "nqueens": {8: 80},
    "object_sim": {16000: 300000}, "quicksort": {600000: 8000000}, "sieve": {5000000: 60000000}, "spectral_norm": {450: 2500},
    "strings": {400000: 4000000, 200000: 2000000},
}  # fmt: skip
"""By kernel, the numbers of its texts that are replaced."""
RUSTC = ["rustc", "--edition", "2021", "-C", "opt-level=3", "-C", "overflow-checks=on", "-C", "panic=abort", "-C", "codegen-units=1"]
QUADRATIC = ("strings",)
"""What takes PyPy minutes: a text that grows is copied each time."""
PEERS = ("rust", "luajit", "pypy", "mypyc", "numba")


def programs(name: str, folder: Path, python: str) -> dict[str, list[str]]:
    """Writes and builds a kernel in all languages; how each peer runs it. Peers that are not installed are left out."""
    for source in (f"{name}.ktn", f"{name}.rs", f"{name}.py", for_luajit(KERNELS, name)):
        if source is not None:
            (folder / source).write_text(grown(name, (KERNELS / source).read_text()))
    subprocess.run([KAYTON, "aot", "build", "--aot-strict", folder / f"{name}.ktn", "-o", folder / name], check=True, capture_output=True)
    subprocess.run([*RUSTC, "-o", folder / f"{name}.rust", folder / f"{name}.rs"], check=True)
    found = {"kayton": [str(folder / name)], "rust": [str(folder / f"{name}.rust")]}
    lua = for_luajit(KERNELS, name)
    if lua is not None and shutil.which("luajit"):
        found["luajit"] = ["luajit", str(folder / lua)]
    if shutil.which("pypy3") and name not in QUADRATIC:
        found["pypy"] = ["pypy3", str(folder / f"{name}.py")]
    return {**found, **_compiled_python(name, folder, python)}


def _compiled_python(name: str, folder: Path, python: str) -> dict[str, list[str]]:
    """A kernel as a module that mypyc has compiled, and with functions that Numba compiles, if there is a text for it."""
    found = {}
    for peer, package in (("mypyc", "mypyc"), ("numba", "numba")):
        source, module = KERNELS / f"{name}.{peer}.py", f"{name}_{peer}"
        if not source.exists() or not _has(python, package):
            continue
        (folder / f"{module}.py").write_text(grown(name, source.read_text()))
        found[peer] = [python, str(folder / f"{module}.py")]
        if peer == "mypyc":
            subprocess.run([python, "-m", "mypyc", f"{module}.py"], cwd=folder, check=True, capture_output=True)
            found[peer] = [python, "-c", f"import sys; sys.path.insert(0, {str(folder)!r}); import {module}"]
        else:
            subprocess.run(found[peer], check=True, capture_output=True)  # fills the cache
    return found


@cache
def _has(python: str, package: str) -> bool:
    return subprocess.run([python, "-c", f"import {package}"], capture_output=True, check=False).returncode == 0


@cache
def _importing(python: str) -> float:
    """CPU seconds that a process takes for importing numba."""
    return min(interleaved("import numba", {"numba": [python, "-c", "import numba"]}, 5)["numba"])


def grown(name: str, text: str) -> str:
    """A kernel's text with larger numbers: the known ones, and those that are one less, where a language counts up to the end."""
    larger = {str(small - less): str(large - less) for small, large in GROWN[name].items() for less in (1, 0)}
    return re.sub(r"(?<!\w)(?<!\w\.)\d+(?!\w)", lambda m: larger.get(m[0], m[0]), text)


def rows(results: dict[str, dict[str, list[float]]]) -> list[list[str]]:
    """Minimum and median in seconds, and each peer's ratio of minima to hand-written Rust."""
    made = []
    ratios: dict[str, list[float]] = {}
    for name, times in results.items():
        least = {peer: min(t) / min(times["rust"]) for peer, t in times.items()}
        for peer, ratio in least.items():
            ratios.setdefault(peer, []).append(ratio)
        cells = [f"{min(times[p]):.3f} / {statistics.median(times[p]):.3f}" if p in times else "–" for p in ("kayton", *PEERS)]
        made.append([name, *cells, *[f"{least[p]:.2f}" if p in least else "–" for p in ("kayton", *PEERS[1:])]])
    means = [f"**{mean(ratios[p]):.2f}**" if p in ratios else "–" for p in ("kayton", *PEERS[1:])]
    return [*made, ["geometric mean", *[""] * (len(PEERS) + 1), *means]]


def main() -> None:
    parser = argparse.ArgumentParser(description="Time native binaries and their peers.")
    parser.add_argument("kernels", nargs="*")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--python", default=sys.executable, help="an interpreter that has mypyc and numba")
    parser.add_argument("--write", action="store_true", help="put the table into RESULTS.md")
    options = parser.parse_args()
    results = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in options.kernels or sorted(GROWN):
            times = results[name] = interleaved(name, programs(name, Path(folder), options.python), options.runs)
            if "numba" in times:
                times["numba"] = [t - _importing(options.python) for t in times["numba"]]
            print(name, {p: round(min(t), 3) for p, t in results[name].items()}, flush=True)
    head = ["kernel", *[f"{p} min / median" for p in ("kayton", *PEERS)], *[f"{p} / rust" for p in ("kayton", *PEERS[1:])]]
    lines = table(head, rows(results))
    print("\n".join(lines))
    if options.write:
        write(lines, "native")


if __name__ == "__main__":
    main()
