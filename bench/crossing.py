#!/usr/bin/env python3
"""What it costs that compiled code calls bytecode and the reverse: nanoseconds for each turn of a loop, without those of the loop.

    python bench/crossing.py [--runs N]

Each program runs a loop ten million times, once with what is measured and once without; the CPU time of whole processes, the least of several runs.
Containers are measured with one element and with a million: what is in them does not matter, since a crossing converts nothing.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import tempfile
from pathlib import Path

from run import KAYTON

TURNS = 10_000_000
_LOOP = """\
use std.json

@thunk
fn next(n): n + 1

@thunk
fn size(xs): xs.len()

fn taken(d):
    let n: i64 = d[0]
    n

fn plain(n): n + 1

# What has a loop has an entry from bytecode.
fn entered(n):
    while n < 0: print(n)
    n

fn entered_size(xs):
    while xs.len() < 0: print(xs)
    xs.len()

{where}fn turns(d, xs):
    let mut n = 0
    for i in 0..{turns}:
        n = (n + {value}) & 1023
    n

fn main():
    let d = json.parse("[1, 2, 3]").unwrap()
    print(turns(d, [1, 2, 3]), d.len())
"""
COMPILED, BYTECODE = "", "@thunk\n"
"""What stands before the function whose loop it is."""
MEASURED = {
    COMPILED: {
        "an i64 to a thunk and back": "next(i)",
        "a list of i64 to a thunk": "size(xs)",
        "`let n: i64 = d[0]`, an operation on a dyn": "taken(d)",
        "a compiled call": "plain(i)",
    },
    BYTECODE: {
        "an i64 from a thunk to a compiled function and back": "entered(i)",
        "a list of i64 from a thunk": "entered_size(xs)",
        "a call in bytecode": "plain(i)",
    },
}

_CONTAINERS = """\
class Shelf:
    words: List[str]

@thunk
fn size(xs): xs.len()

@thunk
fn changed(mut xs, x):
    xs[0] = x
    1

@thunk
fn kept(shelf): shelf.words

fn main():
    let size_of = {size}
    let mut words = [str(k) for k in 0..size_of]
    let mut ages = {{}}
    for k in 0..size_of: ages[str(k)] = k
    let grid = [[k, k] for k in 0..size_of]
    let shelf = Shelf(words)
    words[0] = "zero"
    let mut n = 0
    for i in 0..{turns}:
        n = (n + {value}) & 1023
    print(n, words.len(), ages.len(), grid.len(), shelf.words.len())
"""
SIZES = (1, 1_000_000)
CONTAINERS = {
    "a list of str to a thunk": "size(words)",
    "a map of str to i64 to a thunk": "size(ages)",
    "a list of lists to a thunk": "size(grid)",
    "a list of str that a thunk changes": 'changed(mut words, "x")',
    "a list of str from a thunk": "kept(shelf).len()",
}


def seconds(program: str, folder: Path, runs: int) -> float:
    """The least CPU time of a program."""
    (folder / "main.ktn").write_text(program)
    subprocess.run([KAYTON, "aot", "build", folder / "main.ktn", "-o", folder / "main"], check=True, capture_output=True)
    found = []
    for _ in range(runs):
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        subprocess.run([folder / "main"], check=True, stdout=subprocess.DEVNULL)
        found.append(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before)
    return min(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for where, measured in MEASURED.items():
            empty = seconds(_LOOP.format(where=where, turns=TURNS, value="1"), folder, runs)
            for what, value in measured.items():
                spent = seconds(_LOOP.format(where=where, turns=TURNS, value=value), folder, runs)
                print(f"{(spent - empty) / TURNS * 1e9:6.1f} ns  {what}")
        without = {size: seconds(_CONTAINERS.format(size=size, turns=TURNS, value="1"), folder, runs) for size in SIZES}
        for what, value in CONTAINERS.items():
            for size, empty in without.items():
                spent = seconds(_CONTAINERS.format(size=size, turns=TURNS, value=value), folder, runs)
                print(f"{(spent - empty) / TURNS * 1e9:6.1f} ns  {what}, of {size:,}")


if __name__ == "__main__":
    main()
