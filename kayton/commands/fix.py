"""`kayton check --fix`: machine-applicable fixes are written to the files, each whole or not at all."""

from __future__ import annotations

import sys
from pathlib import Path

from kayton.commands.output import write_file
from kayton.diagnostics.fixing import fixed
from kayton.diagnostics.render import in_order
from kayton.pipelines.manager import Result


def fix_files(result: Result) -> bool:
    """Makes the changes that the diagnostics carry; whether there were any. Raises UserError when a file cannot be written."""
    if result.failure is not None:
        return False
    sources = result.cx.sources
    changed = fixed(in_order(result.cx.diagnostics), sources)
    for file, text in changed.items():
        path = Path(sources[file].path)
        write_file(path.resolve(), text.encode("utf-8"))
        print(f"fixed {path}", file=sys.stderr)
    return bool(changed)
