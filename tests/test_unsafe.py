"""Unsafe Rust stays in the modules whose job it is, and each use says why it is right."""

from __future__ import annotations

import re
from pathlib import Path

CRATES = Path(__file__).parent.parent / "rt-crate" / "crates"

ALLOWED = {
    "kayton-abi/src/adopt.rs": "the state of a thread that two copies of the crate share",
    "kayton-abi/src/alloc.rs": "memory from the system, cut into cells",
    "kayton-abi/src/cycles.rs": "the headers of the objects that a collection meets",
    "kayton-abi/src/free.rs": "dead objects, linked through their own memory",
    "kayton-abi/src/list.rs": "the layout of a list",
    "kayton-abi/src/map.rs": "the layout of maps and sets",
    "kayton-abi/src/object.rs": "from a value to the object behind it",
    "kayton-abi/src/objects.rs": "fields behind a header",
    "kayton-abi/src/print.rs": "digits of numbers are text",
    "kayton-abi/src/range.rs": "the layout of a range",
    "kayton-abi/src/string.rs": "text behind a header",
    "kayton-abi/src/value.rs": "counting",
    "kayton-abi/src/vm_table.rs": "functions and texts that cross between the program and the VM",
    "kayton-launcher/src/interrupt.rs": "the signal handler",
    "kayton-rt/src/boxed.rs": "values that are taken out of a place and put back",
    "kayton-rt/src/calls.rs": "the row of calls in progress",
    "kayton-rt/src/crossing.rs": "places that a thunk changes",
    "kayton-rt/src/compiled.rs": "the arguments that the VM gives to compiled functions",
    "kayton-rt/src/cycles.rs": "instances that a collection meets",
    "kayton-rt/src/drops.rs": "values that wait to be dropped",
    "kayton-rt/src/dynamic.rs": "values as the VM has them",
    "kayton-rt/src/filling.rs": "room that was made for an element",
    "kayton-rt/src/list.rs": "the object of a list",
    "kayton-rt/src/list_query.rs": "elements at places that were checked",
    "kayton-rt/src/object.rs": "class instances and their fields",
    "kayton-rt/src/parts.rs": "the cell of a global",
    "kayton-rt/src/shared.rs": "the object of a shared part",
    "kayton-rt/src/string.rs": "the object of a text",
    "kayton-rt/src/thunk.rs": "the functions that the VM calls",
    "kayton-rt/src/thunk_library.rs": "a library that is loaded",
    "kayton-vm/src/dispatch.rs": "a dead object that a register held",
    "kayton-vm/src/frames.rs": "the two stacks",
    "kayton-vm/src/load.rs": "where functions start in the code",
    "kayton-vm/src/machine.rs": "tables whose indices were verified",
    "kayton-vm/src/ops/calls.rs": "the closure below a frame that is left",
    "kayton-vm/src/ops/parts.rs": "fields at places that a cache remembers",
    "kayton-vm/src/ops/places.rs": "parts of values, changed where they are",
    "kayton-vm/src/pc.rs": "instructions",
    "kayton-vm/src/program.rs": "functions whose indices were verified; the code's memory",
    "kayton-vm/src/regs.rs": "registers",
    "kayton-vm/src/slow/compiled.rs": "compiled functions that the VM calls",
    "kayton-vm/src/table.rs": "the functions that a program calls",
    "kayton-vm/src/tests/compiled.rs": "what a compiled function gets from the VM",
    "kayton-vm/src/tests/mod.rs": "the code as the VM has changed it",
    "kayton-vm/src/thread.rs": "the end of a program's memory",
}
"""The modules with unsafe code, and what it is for there."""

MOST = 259
"""Uses of the word in all of them. Raise it only for what cannot be written otherwise."""

USE = re.compile(r"\bunsafe\b(?! (?:extern\s+)?fn\()")
"""The types of functions are none: who calls one says why."""


def uses(text: str) -> list[int]:
    """The lines that use the word outside of comments and strings."""
    code = [re.sub(r'//.*|"[^"]*"', "", line) for line in text.splitlines()]
    return [i for i, line in enumerate(code) if USE.search(line)]


def unsafe_files() -> dict[str, tuple[list[str], list[int]]]:
    found = {}
    for path in sorted(CRATES.glob("*/**/*.rs")):
        text = path.read_text(encoding="utf-8")
        lines = uses(text)
        if lines and "target" not in path.parts:
            found[path.relative_to(CRATES).as_posix()] = (text.splitlines(), lines)
    return found


def test_only_these_modules_are_unsafe() -> None:
    assert sorted(unsafe_files()) == sorted(ALLOWED)


def test_it_stays_little() -> None:
    count = sum(len(lines) for _, lines in unsafe_files().values())
    assert MOST - 15 < count <= MOST


def test_every_use_says_why() -> None:
    """A block or implementation has a SAFETY line before it, a function the section that says what its callers promise."""
    silent = []
    for name, (lines, used) in unsafe_files().items():
        for at in used:
            before = "\n".join(lines[max(at - 12, 0) : at])
            declared = re.search(r"\bunsafe (?:fn|trait|extern)\b", lines[at])
            said = "# Safety" in before if declared else "SAFETY:" in "\n".join(lines[max(at - 5, 0) : at + 1])
            if not said:
                silent.append(f"{name}:{at + 1}")
    assert silent == []


def test_the_compiler_checks_it_too() -> None:
    manifest = (CRATES.parent / "Cargo.toml").read_text(encoding="utf-8")
    assert 'undocumented_unsafe_blocks = "deny"' in manifest
    assert 'unsafe_op_in_unsafe_fn = "deny"' in manifest
    without = [p.parent.name for p in CRATES.glob("*/Cargo.toml") if "[lints]\nworkspace = true" not in p.read_text(encoding="utf-8")]
    assert without == []
