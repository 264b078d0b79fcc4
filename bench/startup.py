#!/usr/bin/env python3
"""Times how long `kayton run` takes to start, beside Python and Lua, in one interleaved run.

    python bench/startup.py [--runs N] [--write]

Each round starts every process once. What is measured is a program that prints one line: compiled before and run by the native
launcher (`kayton`) or by Python alone (`python -m kayton`), and compiled anew. A second program of 2,000 lines shows what
reading and verifying a large entry of the cache costs. The ratio is that of CPU times, which a busy machine disturbs least.
`--write` puts the table into bench/RESULTS.md.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from _table import table, write
from modules import module

KAYTON = str(Path(sys.executable).with_name("kayton"))
HELLO = 'fn main(): print("hello")\n'
LUA = 'print("hello")\n'
LINES = 2000
BASE = "python -c pass"


def commands(folder: Path) -> dict[str, list[str]]:
    """What is started, by the name in the table. Peers that are not installed are left out."""
    hello, large, lua = (str(folder / name) for name in ("hello.ktn", "large.ktn", "hello.lua"))
    Path(hello).write_text(HELLO)
    Path(large).write_text(module(LINES))
    Path(lua).write_text(LUA)
    found = {
        BASE: [sys.executable, "-c", "pass"],
        "kayton run hello.ktn, cached": [KAYTON, "run", hello],
        "python -m kayton run hello.ktn, cached": [sys.executable, "-m", "kayton", "run", hello],
        f"kayton run, cached, a program of {LINES:,} lines": [KAYTON, "run", large],
        "kayton run hello.ktn, compiled anew": [KAYTON, "run", "--no-cache", hello],
    }
    for peer in ("lua5.4", "luajit"):
        if shutil.which(peer):
            found[f"{peer} hello.lua"] = [peer, lua]
    return found


def timed(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Seconds that a process takes: of the clock, and of the CPU."""
    start = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)}: exit code {process.returncode}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime


def measure(runs: int) -> dict[str, list[tuple[float, float]]]:
    """What each start of each command took."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        programs = commands(folder)
        environment = {**os.environ, "KAYTON_CACHE": str(folder / "cache")}
        times: dict[str, list[tuple[float, float]]] = {what: [] for what in programs}
        for turn in range(-1, runs):  # the first turn fills the cache
            for what, command in programs.items():
                taken = timed(command, environment)
                if turn >= 0:
                    times[what].append(taken)
    return times


def rows(times: dict[str, list[tuple[float, float]]]) -> list[list[str]]:
    """Least and median of both clocks in milliseconds, and the ratio of the least CPU time to Python's."""
    base = min(cpu for _, cpu in times[BASE])
    made = []
    for what, taken in times.items():
        wall, cpu = [[t[i] * 1000 for t in taken] for i in (0, 1)]
        pairs = [f"{f(clock):.1f}" for clock in (wall, cpu) for f in (min, statistics.median)]
        made.append([what, *pairs, f"{min(cpu) / 1000 / base:.2f}"])
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description="Time how long `kayton run` takes to start.")
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--write", action="store_true", help="put the table into RESULTS.md")
    options = parser.parse_args()
    lines = table(["process", "wall ms, least", "median", "CPU ms, least", "median", f"/ {BASE}"], rows(measure(options.runs)))
    print("\n".join(lines))
    if options.write:
        write(lines, "startup")


if __name__ == "__main__":
    main()
