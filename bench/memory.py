#!/usr/bin/env python3
"""Peak memory of programs on Kayton's VM, Lua 5.4, CPython and (where installed) LuaJIT's interpreter, in one run.

    python bench/memory.py [--write]

Each number is the largest resident set of a process of its own, as GNU time reports it, the least of several. `kayton` is `kayton run` of
a program that it has compiled before; the first row is what each process has before a program does anything. `--write` puts the table
into bench/RESULTS.md.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from _table import write
from run import KAYTON, KERNELS, PYTHON

HERE = Path(__file__).resolve().parent
RUNS = 5
PROGRAMS = {
    "nothing": HERE / "memory" / "nothing",
    "a million i64": HERE / "memory" / "million",
    "a map of a million keys": HERE / "memory" / "keys",
    "binary_trees": KERNELS / "binary_trees",
    "map_count": KERNELS / "map_count",
}


def peak(command: list[str]) -> float:
    """The largest resident set of a process in MB."""
    gnu_time = shutil.which("time") or sys.exit("GNU time is needed")
    subprocess.run(command, check=True, capture_output=True)
    peaks = []
    for _ in range(RUNS):
        with tempfile.NamedTemporaryFile() as report:
            subprocess.run([gnu_time, "-f", "%M", "-o", report.name, *command], check=True, capture_output=True)
            peaks.append(int(Path(report.name).read_text()) / 1024)
    return min(peaks)


def commands(source: Path) -> dict[str, list[str]]:
    """How each peer runs a program; peers that are not installed are left out."""
    found = {"kayton": [KAYTON, "run", str(source.with_suffix(".ktn"))], "lua": ["lua5.4", str(source.with_suffix(".lua"))]}
    if shutil.which("luajit"):
        found["luajit-joff"] = ["luajit", "-joff", str(source.with_suffix(".lua"))]
    found["cpython"] = [PYTHON, str(source.with_suffix(".py"))]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the peak memory of programs on Kayton's VM and its peers.")
    parser.add_argument("--write", action="store_true", help="put the table into RESULTS.md")
    options = parser.parse_args()
    lines = ["| peak MB | kayton | lua | luajit-joff | cpython | kayton / lua |", "| --- |" + " ---: |" * 5]
    for name, source in PROGRAMS.items():
        peaks = {peer: peak(command) for peer, command in commands(source).items()}
        cells = [f"{peaks[p]:.1f}" if p in peaks else "–" for p in ("kayton", "lua", "luajit-joff", "cpython")]
        lines.append(f"| {name} | {' | '.join(cells)} | {peaks['kayton'] / peaks['lua']:.2f} |")
    print("\n".join(lines))
    if options.write:
        write(lines, "memory")


if __name__ == "__main__":
    main()
