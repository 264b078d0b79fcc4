#!/usr/bin/env python3
"""Compiles modules of several lengths (bench/modules.py) to bytecode, cold, and shows how long it takes and where the time goes.

    python bench/compiling.py [--runs N] [--lines N …] [--write]

Each run is a whole process, as the command `kayton pipeline run vm FILE -o OUT` starts it, without any cache of ours; Python's own
bytecode of the compiler is there, as it is after an installation. The shares come from processes of their own, in which
the CPU time is read after each pass. `--write` puts the tables into bench/RESULTS.md.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from _table import table, write
from modules import module
from shapes import SHAPES

ROOT = Path(__file__).resolve().parent.parent
LENGTHS = (1, 1000, 2000, 5000, 10000, 20000, 50000)
SHOWN = 2000
"""The length whose passes are shown one by one."""
TARGET = 0.7
"""Seconds for a module of 2,000 lines."""
SHAPE_LENGTHS = (5000, 20000)
"""The lengths at which each shape is compiled (bench/shapes.py)."""

COMMAND = "import sys; from kayton.cli import main; sys.exit(main())"
PASSES = """
import json, sys, time
from kayton.pipelines.loading import load
from kayton.pipelines.manager import Settings, run_file
pipeline = load("vm")
times = [("start of Python, imports, the pipeline", time.process_time())]
def observe(run):
    now = time.process_time()
    times.append((run.step.name, now - observe.last))
    observe.last = now
observe.last = time.process_time()
assert run_file(pipeline, sys.argv[1], Settings(verify="off"), [observe]).ok
print(json.dumps(times))
"""


class Times(NamedTuple):
    """Seconds of one process."""

    cpu: float
    wall: float
    peak: float
    """Megabytes."""


def environment(folder: Path) -> dict[str, str]:
    """Where the compiler is found, and where Python keeps its bytecode, which it would not write everywhere."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(folder / "pycache")}


def compile_once(source: Path, folder: Path) -> Times:
    """Compiles in a process of its own."""
    out = folder / "out.kbc"
    command = [sys.executable, "-c", COMMAND, "pipeline", "run", "vm", str(source), "-o", str(out), "--verify", "off"]
    start = time.perf_counter()
    process = subprocess.Popen(command, env=environment(folder))
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Times(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024)


def passes_once(source: Path, folder: Path) -> list[tuple[str, float]]:
    """The CPU seconds of each part of a compilation."""
    command = [sys.executable, "-c", PASSES, str(source)]
    done = subprocess.run(command, check=True, env=environment(folder), capture_output=True, text=True)
    return [(name, seconds) for name, seconds in json.loads(done.stdout)]


def lengths_table(lengths: list[int], runs: int, folder: Path) -> list[str]:
    """Whole processes by length; the lengths take turns, so that a change in the machine's mood meets all of them."""
    sources = {}
    for lines in lengths:
        sources[lines] = folder / f"lines_{lines}.ktn"
        sources[lines].write_text(module(lines))
        compile_once(sources[lines], folder)
    times: dict[int, list[Times]] = {lines: [] for lines in lengths}
    for _ in range(runs):
        for lines, source in sources.items():
            times[lines].append(compile_once(source, folder))
    rows = []
    start = min(t.cpu for t in times[lengths[0]])
    for lines, found in times.items():
        cpu, wall = [t.cpu for t in found], [t.wall for t in found]
        each = f"{(min(cpu) - start) / lines * 1e6:.0f}" if lines > lengths[0] else ""
        rows.append([
            f"{lines:,}", f"{min(cpu):.3f}", f"{statistics.median(cpu):.3f}", f"{min(wall):.3f}", f"{statistics.median(wall):.3f}", each,
            f"{max(t.peak for t in found):.0f}",
        ])
        print(*rows[-1], flush=True)
    return table(["lines", "CPU s, min", "median", "wall s, min", "median", "µs for each further line", "peak MB"], rows)


def shapes_table(runs: int, folder: Path) -> list[str]:
    """Each shape at two lengths; `growth` is what each further line costs at the greater, compared with the lesser."""
    (few, many), rows = SHAPE_LENGTHS, []
    empty = folder / "empty.ktn"
    empty.write_text("fn main(): 1\n")
    start = min([compile_once(empty, folder).cpu for _ in range(runs)])
    for name, shape in SHAPES.items():
        costs, peak = [], 0.0
        for lines in SHAPE_LENGTHS:
            source = folder / "shape.ktn"
            source.write_text(shape(lines))
            found = [compile_once(source, folder) for _ in range(runs)]
            costs.append((min([t.cpu for t in found]) - start) / lines * 1e6)
            peak = max([t.peak for t in found])
        rows.append([name, f"{costs[0]:.0f}", f"{costs[1]:.0f}", f"{costs[1] / costs[0]:.2f}", f"{peak:.0f}"])
        print(*rows[-1], flush=True)
    return table(["shape", f"µs a line, {few:,}", f"{many:,} lines", "growth", "peak MB"], rows)


def passes_table(runs: int, folder: Path) -> list[str]:
    """Each pass of one compilation, the least of several runs."""
    source = folder / "passes.ktn"
    source.write_text(module(SHOWN))
    found = [passes_once(source, folder) for _ in range(runs + 1)][1:]
    least = {name: min(times[i][1] for times in found) for i, (name, _) in enumerate(found[0])}
    total = sum(least.values())
    rows = [[name, f"{seconds * 1e3:.1f}", f"{seconds / total:.1%}"] for name, seconds in least.items()]
    return table([f"{SHOWN:,} lines", "CPU ms", "share"], [*rows, ["all", f"{total * 1e3:.1f}", ""]])


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure cold compilation.")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--lines", type=int, nargs="+", default=list(LENGTHS))
    parser.add_argument("--write", action="store_true", help="put the tables into RESULTS.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lengths = lengths_table(sorted(options.lines), options.runs, folder)
        passes = passes_table(options.runs, folder)
        shapes = shapes_table(min(options.runs, 2), folder)
    lines = [*lengths, "", f"The target is {TARGET} s for 2,000 lines.", "", *passes, "", *shapes]
    print("\n".join(lines))
    if options.write:
        write(lines, "compiling")


if __name__ == "__main__":
    main()
