#!/usr/bin/env python3
"""Measures native binaries but for how fast their code is: building them, starting them, their size, and crossings into thunks.

    python bench/building.py [--runs N] [--write]

The programs that are built have 1,000 and 5,000 lines (bench/modules.py). They are compared with cargo on a crate that is written by hand
(bench/modules_by_hand.py) and prints the same, checks for overflow on. Time of cargo alone on the crate that Kayton writes is that with the
runtime compiled before. The change of one line is in the body of a function in the middle, and each time another one. Times are the least, of the clock, in seconds. Sizes are bytes on disk and of sections.
`--write` puts the tables into bench/RESULTS.md.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from _table import table, write
from modules import by_hand, module
from native import RUSTC
from run import KAYTON

LINES = (1000, 5000)
HELLO = 'fn main(): print("hello")\n'
HELLO_RUST = 'fn main() {\n    println!("hello");\n}\n'
BY_HAND = """\
[package]
name = "program"
edition = "2021"

[profile.release]
overflow-checks = true
panic = "abort"
strip = "debuginfo"

[workspace]
"""
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


def building(folder: Path, runs: int, lines: int) -> tuple[list[tuple[str, float]], float]:
    """How long a program of so many lines takes to build, and the same program written in Rust."""
    program, out = folder / f"large{lines}.ktn", str(folder / f"large{lines}")
    before, mark, after = _middle(module(lines))

    def change(n: int) -> None:
        program.write_text(f"{before}{mark}    print({n + os.getpid()})\n{after}")

    program.write_text(module(lines))
    crate = folder / f"crate{lines}"
    subprocess.run([KAYTON, "aot", "build", "--emit", "rust", str(program), "-o", str(crate)], check=True, capture_output=True)
    rust_crate = written_by_hand(folder / f"hand{lines}", lines)
    if printed(rust_crate) != printed(crate):
        sys.exit(f"the program of {lines} lines prints something else in Rust")
    rust = recompiling(rust_crate, runs)
    change(-1)
    build = [KAYTON, "aot", "build", str(program), "-o", out]
    subprocess.run(build, check=True, capture_output=True)
    emit = [KAYTON, "aot", "build", "--emit", "rust", str(program)]
    anew = {**os.environ, "KAYTON_CACHE": str(folder / "empty")}
    rows = [
        ("analysis and emission", seconds(emit, runs, lambda n: shutil.rmtree(folder / "empty", ignore_errors=True), env=anew)),
        ("analysis and emission after a change of one line", seconds(emit, runs, change)),
        *[(f"`solve` of it, {when}", solving([*emit, "--timings"], runs, before, env)) for when, before, env in (
            ("nothing known", lambda n: shutil.rmtree(folder / "empty", ignore_errors=True), anew), ("after a change of one line", change, None),
        )],
        ("cargo on the crate that was written for it", recompiling(crate, runs)), ("cargo on a crate that is written by hand", rust),
        ("aot build after a change of one line", seconds(build, runs, change)), ("aot build of what has not changed", seconds(build, runs)),
    ]  # fmt: skip
    return rows, rust


def written_by_hand(crate: Path, lines: int) -> Path:
    """The crate of the program that is written by hand."""
    (crate / "src").mkdir(parents=True)
    (crate / "src" / "main.rs").write_text(by_hand(lines))
    (crate / "Cargo.toml").write_text(BY_HAND)
    return crate


def cargo(what: str, crate: Path) -> list[str]:
    """A command of cargo for a crate."""
    return ["cargo", what, "--offline", "--release", "--quiet", "--manifest-path", str(crate / "Cargo.toml")]


def printed(crate: Path) -> str:
    """What the crate's program prints."""
    return subprocess.run(cargo("run", crate), check=True, capture_output=True, text=True).stdout


def recompiling(crate: Path, runs: int) -> float:
    """How long cargo takes when the crate's text has changed."""
    main = crate / "src" / "main.rs"
    return seconds(cargo("build", crate), runs, lambda n: main.write_text(f"{main.read_text()}// {n}\n") and None)


def _middle(text: str) -> tuple[str, str, str]:
    """A program around the first line of a body in its middle."""
    at = text.index("\nfn use", len(text) // 2)
    end = text.index(" -> i64:\n", at) + len(" -> i64:\n")
    return text[:at], text[at:end], text[end:]


def solving(command: list[str], runs: int, before: Callable[[int], None], env: dict[str, str] | None) -> float:
    """The least time of the pass `solve`, as `--timings` shows it."""
    least = float("inf")
    for n in range(runs):
        before(n)
        said = subprocess.run(command, check=True, capture_output=True, text=True, env=env).stderr
        least = min(least, *[float(line.split()[1]) / 1000 for line in said.splitlines() if line.startswith("solve ") and "ms" not in line])
    return least


def buildings(folder: Path, runs: int) -> list[list[str]]:
    """The table of `building`, for each size the seconds, and beside what is written by hand."""
    found = [building(folder, runs, lines) for lines in LINES]
    rows = []
    for k, (name, _) in enumerate(found[0][0]):
        rows.append([name, *[text for made, rust in found for text in (f"{made[k][1]:.2f}", f"{made[k][1] / rust:.2f}")]])
    return rows


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
        lines = table(["seconds", *[head for n in LINES for head in (f"{n:,} lines", "by hand")]], buildings(folder, options.runs))
        lines += ["", *table(["binary", "start, ms", "bytes", ".text", ".rodata", ".rodata.kayton"], binaries(folder, options.runs))]
        lines += ["", f"A crossing from compiled code into a thunk and back: {crossing(folder, options.runs):.0f} ns."]
    print("\n".join(lines))
    if options.write:
        write(lines, "building")


if __name__ == "__main__":
    sys.exit(main())
