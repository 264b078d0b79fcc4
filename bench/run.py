#!/usr/bin/env python3
"""Times the kernels on Kayton's VM, Lua 5.4, CPython and (where installed) LuaJIT's interpreter, in one interleaved run.

    python bench/run.py [KERNEL …] [--folder kernels|features] [--runs N] [--write]

Each round runs every program once, so that a change in the machine's mood meets all of them alike. Times are the CPU time of whole
processes, which others on the machine disturb less than the clock; for Kayton that is `kayton run` of a program that it has
compiled before. Every program must print the same. `--write` puts the table into bench/RESULTS.md. The folder
`features` has a small program for each feature of the language, to see that none is a cliff.
"""

from __future__ import annotations

import argparse
import math
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from _table import write

HERE = Path(__file__).resolve().parent
KERNELS = HERE / "kernels"
PYTHON = "/usr/bin/python3" if Path("/usr/bin/python3").exists() else sys.executable
KAYTON = str(Path(sys.executable).with_name("kayton"))


def commands(programs: Path, name: str) -> dict[str, list[str]]:
    """How each peer runs a kernel; peers that are not installed are left out."""
    found = {"kayton": [KAYTON, "run", str(programs / f"{name}.ktn")]}
    for peer, command, source in (("lua", ["lua5.4"], f"{name}.lua"), ("luajit-joff", ["luajit", "-joff"], for_luajit(programs, name))):
        if source is not None and shutil.which(command[0]):
            found[peer] = [*command, str(programs / source)]
    found["cpython"] = [PYTHON, str(programs / f"{name}.py")]
    return found


def for_luajit(programs: Path, name: str) -> str | None:
    """LuaJIT speaks Lua 5.1, without `//` and `~`: a kernel that needs them has a second text with `math.floor` and `bit.bxor`."""
    own = programs / f"{name}.luajit.lua"
    if own.exists():
        return own.name
    plain = programs / f"{name}.lua"
    return None if any(sign in plain.read_text() for sign in (" // ", " ~ ", "table.move")) else plain.name


def measure(folder: Path, name: str, runs: int) -> dict[str, list[float]]:
    """CPU seconds per run for each peer."""
    programs = commands(folder, name)
    subprocess.run(programs["kayton"], capture_output=True, check=True)
    return interleaved(name, programs, runs)


def interleaved(name: str, programs: dict[str, list[str]], runs: int) -> dict[str, list[float]]:
    """CPU seconds per run of each command, all of which must print the same."""
    times: dict[str, list[float]] = {peer: [] for peer in programs}
    outputs: dict[str, str] = {}
    for _ in range(runs):
        for peer, command in programs.items():
            before = _cpu()
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            times[peer].append(_cpu() - before)
            outputs[peer] = " ".join(done.stdout.split())
    if len(set(outputs.values())) > 1:
        sys.exit(f"{name}: the programs do not agree: {outputs}")
    return times


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def table(results: dict[str, dict[str, list[float]]]) -> list[str]:
    """Markdown: minimum and median in seconds, and the ratio of minima to Lua's."""
    peers = ["kayton", "lua", "luajit-joff", "cpython"]
    lines = ["| kernel | " + " | ".join(f"{p} min / median" for p in peers) + " | kayton / lua | cpython / kayton |"]
    lines.append("| --- |" + " ---: |" * (len(peers) + 2))
    to_lua, to_python = [], []
    for name, times in results.items():
        least = {p: min(t) for p, t in times.items()}
        to_lua.append(least["kayton"] / least["lua"])
        to_python.append(least["cpython"] / least["kayton"])
        cells = [f"{min(times[p]):.3f} / {statistics.median(times[p]):.3f}" if p in times else "–" for p in peers]
        lines.append(f"| {name} | {' | '.join(cells)} | {to_lua[-1]:.2f} | {to_python[-1]:.2f} |")
    blank = " |" * len(peers)
    lines.append(f"| geometric mean |{blank} **{mean(to_lua):.2f}** | **{mean(to_python):.2f}** |")
    return lines


def mean(ratios: list[float]) -> float:
    """The geometric mean."""
    return math.exp(sum(map(math.log, ratios)) / len(ratios))


def main() -> None:
    parser = argparse.ArgumentParser(description="Time the kernels on Kayton's VM and its peers.")
    parser.add_argument("kernels", nargs="*")
    parser.add_argument("--folder", default="kernels", choices=("kernels", "features"))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="put the table into RESULTS.md")
    options = parser.parse_args()
    programs = HERE / options.folder
    results = {}
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KAYTON_CACHE"] = folder
        for name in options.kernels or sorted(p.stem for p in programs.glob("*.ktn")):
            results[name] = measure(programs, name, options.runs)
            print(name, {p: round(min(t), 3) for p, t in results[name].items()}, flush=True)
    lines = table(results)
    print("\n".join(lines))
    if options.write:
        write(lines, options.folder)


if __name__ == "__main__":
    main()
