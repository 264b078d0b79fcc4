#!/usr/bin/env python3
"""Says where a native kernel spends its time: in its own code, or in what the runtime does for it.

    python bench/costs.py [KERNEL …] [--runs N] [--write]

Samples of `perf record` are counted by the function that they fall into, and functions by what they are for. What Rust has put into the
program's own functions counts there: checks are single instructions, which samples do not tell apart. So each kernel is built again with a
runtime that lacks one kind of check, and what it takes less is what these checks cost: an instruction that is gone, and what the optimizer
does without it. The sizes are those of bench/native.py. `--write` puts the tables into bench/RESULTS.md.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from _table import table, write
from native import GROWN, grown
from run import KAYTON, KERNELS, interleaved

KINDS = {
    "the system": r"^\[k\]",
    "hashing": r"::hash::",
    "looking up keys": r"::table::",
    "comparing": r"memcmp|bcmp|::equal|::compare",
    "copying": r"memmove|memcpy|memset|\bclone\b|::copy|::join|::separate",
    "allocating and freeing": r"malloc|calloc|realloc|\bfree|__rust|::alloc|::drops|drop_in_place|drop_last|string::new|string::checked|instance::",
    "writing text": r"::print::|::text::|::fmt|::glyphs|float",
    "the program": r"program::",
}
"""By kind of work, the functions whose names it is."""


NEVER = "unsafe { std::hint::unreachable_unchecked() }"
WITHOUT = {
    "overflow": [("numbers.rs", r"at\.integer_overflow\(\)", NEVER)],
    "indices": [(file, r"at\.index_out_of_range\([^;{}]*?\)(?=,?\n)", NEVER) for file in ("list.rs", "elements.rs", "slots.rs")],
    "places and depth": [("calls.rs", r"self\.slot\.write\(site\);", ""), ("calls.rs", r"next as usize % EDGE == 0", "false")],
}
"""By kind of check, what makes a runtime without it: in these files, what matches is replaced."""


VARIANTS = {"": [], **WITHOUT, "all three": [p for found in WITHOUT.values() for p in found]}


def checks(name: str, folder: Path, runs: int) -> dict[str, list[float]]:
    """CPU seconds of a kernel as it is, and without each kind of check, and without all."""
    emitted = folder / f"{name}-crate"
    subprocess.run([KAYTON, "aot", "build", "--emit", "rust", folder / f"{name}.ktn", "-o", emitted], check=True, capture_output=True)
    binaries = {}
    for what in VARIANTS:
        crate = folder / f"without {what}"
        if not crate.exists():  # the runtime is compiled once for all kernels
            shutil.copytree(emitted, crate)
            _patch(crate / "runtime" / "crates" / "kayton-rt" / "src", what)
        shutil.copytree(emitted / "src", crate / "src", dirs_exist_ok=True)
        subprocess.run(["cargo", "build", "--offline", "--release"], cwd=crate, check=True, capture_output=True)
        binaries[what] = (crate / "target" / "release" / "program").rename(folder / f"{name} without {what}")
    return interleaved(name, {what: [str(binary)] for what, binary in binaries.items()}, runs)


def _patch(sources: Path, what: str) -> None:
    for file, pattern, text in VARIANTS[what]:
        changed, count = re.subn(pattern, text, (sources / file).read_text())
        if not count:
            sys.exit(f"there is no {pattern} in {file}")
        (sources / file).write_text(changed)


def costs(name: str, folder: Path) -> Counter[str]:
    """The percentages of a kernel's samples by kind of work."""
    (folder / f"{name}.ktn").write_text(grown(name, (KERNELS / f"{name}.ktn").read_text()))
    subprocess.run([KAYTON, "aot", "build", folder / f"{name}.ktn", "-o", folder / name], check=True, capture_output=True)
    recorded = folder / f"{name}.perf"
    subprocess.run(["perf", "record", "-q", "-o", recorded, folder / name], check=True, capture_output=True)
    report = ["perf", "report", "-i", recorded, "--stdio", "-F", "overhead,symbol", "--percent-limit", "0"]
    shown = subprocess.run(report, check=True, capture_output=True, text=True).stdout
    found: Counter[str] = Counter()
    for percent, symbol in re.findall(r"^ +([\d.]+)% +(.+?) *$", shown, re.MULTILINE):
        kind = next((k for k, pattern in KINDS.items() if re.search(pattern, symbol)), "the rest of the runtime")
        found[kind] += float(percent)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description="Where native kernels spend their time.")
    parser.add_argument("kernels", nargs="*")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="put the tables into RESULTS.md")
    options = parser.parse_args()
    kinds = [*reversed(KINDS), "the rest of the runtime"]
    rows, without = [], []
    with tempfile.TemporaryDirectory() as folder:
        for name in options.kernels or sorted(GROWN):
            found = costs(name, Path(folder))
            rows.append([name, *[f"{found[k]:.0f} %" if found[k] >= 0.5 else "" for k in kinds]])
            least = {what: min(times) for what, times in checks(name, Path(folder), options.runs).items()}
            whole = least.pop("")
            without.append([name, f"{whole:.3f}", *[f"{100 * (whole - t) / whole:.0f} %" for t in least.values()]])
    lines = [*table(["kernel", *kinds], rows), "", *table(["kernel", "seconds", *[what for what in VARIANTS if what]], without)]
    print("\n".join(lines))
    if options.write:
        write(lines, "costs")


if __name__ == "__main__":
    main()
