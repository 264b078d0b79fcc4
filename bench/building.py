#!/usr/bin/env python3
"""Measures native binaries but for how fast their code is: building them, starting them, their size, and crossings into thunks.

    python bench/building.py [--runs N] [--write]

The program that is built has 1,000 lines (bench/modules.py). rustc's own time is that of cargo on the crate that Kayton writes for it, the runtime compiled
before: what building the same program costs without Kayton. Times are the least, of the clock, in seconds. Sizes are bytes on disk and of sections.
`--write` puts the tables into bench/RESULTS.md.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from _table import table, write
from modules import module
from native import RUSTC
from run import KAYTON

LINES = 1000
HELLO = 'fn main(): print("hello")\n'
HELLO_RUST = 'fn main() {\n    println!("hello");\n}\n'
CROSSING = """\
@thunk
fn next(n): n + 1

fn main():
    let mut n = 0
    for i in 0..COUNT: n = next(n)
    print(n)
"""
"""A loop of compiled code that calls a thunk each round."""


def seconds(command: list[str], runs: int, before: Callable[[int], None] = lambda n: None, **options) -> float:
    """The least time of a command; `before` prepares each run."""
    least = float("inf")
    for n in range(runs):
        before(n)
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, **options)
        least = min(least, time.perf_counter() - start)
    return least


def building(folder: Path, runs: int) -> list[list[str]]:
    """How long a program of 1,000 lines takes to build."""
    program, out = folder / "large.ktn", str(folder / "large")
    text = module(LINES)

    def change(n: int) -> None:
        program.write_text(f"{text}\nprint({n + os.getpid()})\n")

    change(-1)
    build = [KAYTON, "aot", "build", str(program), "-o", out]
    subprocess.run(build, check=True, capture_output=True)
    crate = folder / "crate"
    subprocess.run([KAYTON, "aot", "build", "--emit", "rust", str(program), "-o", str(crate)], check=True, capture_output=True)
    cargo = ["cargo", "build", "--offline", "--release", "--manifest-path", str(crate / "Cargo.toml"), "--target-dir", str(folder / "target")]
    subprocess.run(cargo, check=True, capture_output=True)
    main = crate / "src" / "main.rs"
    rust = seconds(cargo, runs, lambda n: main.write_text(f"{main.read_text()}// {n}\n") and None)
    emitting = seconds([KAYTON, "aot", "build", "--emit", "rust", str(program)], runs)
    rebuilt = seconds(build, runs, change)
    rows = [
        ("analysis and emission", emitting), ("cargo on the crate alone", rust), ("aot build after a change of one line", rebuilt),
        ("aot build of what has not changed", seconds(build, runs)),
    ]
    return [[name, f"{spent:.2f}", f"{spent / rust:.2f}"] for name, spent in rows]


def binaries(folder: Path, runs: int) -> list[list[str]]:
    """Start-up and size of binaries that print one line, beside Rust's."""
    (folder / "hello.ktn").write_text(HELLO)
    (folder / "hello.rs").write_text(HELLO_RUST)
    (folder / "thunk.ktn").write_text(CROSSING.replace("COUNT", "1"))
    for name in ("hello", "thunk"):
        subprocess.run([KAYTON, "aot", "build", str(folder / f"{name}.ktn"), "-o", str(folder / name)], check=True, capture_output=True)
    subprocess.run([*RUSTC, "-C", "strip=debuginfo", "-o", str(folder / "rust"), str(folder / "hello.rs")], check=True)
    rows = []
    for name, about in (("rust", "hello, Rust"), ("hello", "hello, Kayton"), ("thunk", "a thunk, Kayton")):
        path = folder / name
        start = seconds([str(path)], 20 * runs)
        parts = sections(path)
        code, data, bytecode = parts.get(".text", 0), parts.get(".rodata", 0), parts.get(".rodata.kayton", 0)
        rows.append([about, f"{1000 * start:.2f}", f"{path.stat().st_size:,}", f"{code:,}", f"{data:,}", f"{bytecode:,}"])
    return rows


def sections(path: Path) -> dict[str, int]:
    """The sizes of a binary's sections."""
    listed = subprocess.run(["size", "-A", str(path)], check=True, capture_output=True, text=True).stdout
    return {words[0]: int(words[1]) for words in (line.split() for line in listed.splitlines()) if len(words) == 3 and words[1].isdigit()}


def crossing(folder: Path, runs: int) -> float:
    """Nanoseconds from compiled code into a thunk and back."""
    count = 5_000_000
    (folder / "crossing.ktn").write_text(CROSSING.replace("COUNT", str(count)))
    subprocess.run([KAYTON, "aot", "build", str(folder / "crossing.ktn"), "-o", str(folder / "crossing")], check=True, capture_output=True)
    return seconds([str(folder / "crossing")], runs) / count * 1e9


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure building, starting and size of native binaries, and crossings.")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="put the tables into RESULTS.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = table([f"{LINES:,} lines", "seconds", "of cargo's"], building(folder, options.runs))
        lines += ["", *table(["binary", "start, ms", "bytes", ".text", ".rodata", ".rodata.kayton"], binaries(folder, options.runs))]
        lines += ["", f"A crossing from compiled code into a thunk and back: {crossing(folder, options.runs):.0f} ns."]
    print("\n".join(lines))
    if options.write:
        write(lines, "building")


if __name__ == "__main__":
    sys.exit(main())
