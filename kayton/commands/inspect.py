"""`kayton inspect`: a .kbc file, disassembled."""

from __future__ import annotations

import argparse

from kayton.commands.output import write_text
from kayton.pipelines.sources import read_bytes


def inspect(args: argparse.Namespace) -> int:
    """Disassembles a .kbc file. The exit code is 1 for a file that is no bytecode."""
    from kayton.runtime.vm import disassembly

    write_text(disassembly(read_bytes(args.file), args.file), None)
    return 0
