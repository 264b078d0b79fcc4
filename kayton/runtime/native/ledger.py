"""The ledger of thunks, `kayton.thunks`: the functions of a program that are known to stay bytecode, a line for each.

    # What stays bytecode in main.ktn. Written by: kayton aot explain --thunks --lock
    main.parse#0  KT0101  its type is known only at run time

It is kept beside the program and checked in. A line starts with a thunk's id, which editing other functions does not change (and which has
spaces where the program's name has them); what comes after it is for people, and for the differences between two versions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from kayton.diagnostics.usage import UserError
from kayton.ir.thunks import Thunk, causes

NAME = "kayton.thunks"
_ID = re.compile(r"^\s*([^#\n]+#\S+)", re.MULTILINE)


def ledger_of(program: str) -> Path:
    """Where a program's ledger is."""
    return Path(program).parent / NAME


def written(program: str, thunks: Iterable[Thunk]) -> str:
    """The ledger of these thunks, in the order of their ids."""
    head = f"# What stays bytecode in {Path(program).name}. Written by: kayton aot explain --thunks --lock\n"
    return head + "".join(sorted([f"{t.function}  {t.code}  {' '.join(t.reason.split())}\n" for t in thunks]))


def read(path: Path) -> set[str]:
    """The ids that a ledger has. Raises UserError where there is none."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise UserError(f"there is no {path}\n  help: write it with `kayton aot explain --thunks --lock`, and check it in") from None
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"cannot read {path}: {error}") from None
    return set(_ID.findall(text))


def additions(known: set[str], thunks: Iterable[Thunk]) -> Sequence[Thunk]:
    """The thunks that a ledger lacks. One that only follows from others counts where all others are known."""
    return causes([t for t in thunks if t.function not in known])
