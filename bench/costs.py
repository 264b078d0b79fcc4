#!/usr/bin/env python3
"""Says where a native kernel spends its time: in its own code, or in what the runtime does for it.

    python bench/costs.py [KERNEL …] [--write]

Samples of `perf record` are counted by the function that they fall into, and functions by what they are for. What Rust has put into the
program's own functions counts there: checks of overflow and of indices are single instructions, which samples do not tell apart. The sizes are those of
bench/native.py. `--write` puts the table into bench/RESULTS.md.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

from _table import table, write
from native import GROWN, grown
from run import KAYTON, KERNELS

KINDS = {
    "the system": r"^\[k\]",
    "hashing": r"::hash::",
    "looking up keys": r"::table::",
    "comparing": r"memcmp|bcmp|::equal|::compare",
    "copying": r"memmove|memcpy|memset|\bclone\b|::copy|::join",
    "allocating and freeing": r"malloc|calloc|realloc|\bfree|__rust|::alloc|::drops|drop_in_place|drop_last|string::new|string::checked|instance::",
    "writing text": r"::print::|::text::|::fmt|::glyphs|float",
    "the program": r"program::",
}
"""By kind of work, the functions whose names it is."""


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
    parser.add_argument("--write", action="store_true", help="put the table into RESULTS.md")
    options = parser.parse_args()
    kinds = [*reversed(KINDS), "the rest of the runtime"]
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for name in options.kernels or sorted(GROWN):
            found = costs(name, Path(folder))
            rows.append([name, *[f"{found[k]:.0f} %" if found[k] >= 0.5 else "" for k in kinds]])
    lines = table(["kernel", *kinds], rows)
    print("\n".join(lines))
    if options.write:
        write(lines, "costs")


if __name__ == "__main__":
    main()
