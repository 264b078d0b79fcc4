"""The last resort: a bug outside of any pass becomes a short report, its details a file."""

from __future__ import annotations

import platform
import sys
import traceback
from hashlib import sha256

import kayton
from kayton.commands.exit_codes import BUG
from kayton.pipelines.reproduce import write_beside


def report_crash(error: Exception, words: list[str]) -> int:
    """Writes the details to a file, says where, and gives the exit code."""
    details = "\n".join([
        f"kayton {kayton.__version__}, Python {platform.python_version()}, {platform.system()}",
        f"arguments: {words!r}",
        "".join(traceback.format_exception(error)),
    ])
    name = f"kayton-crash-{sha256(details.encode(errors='backslashreplace')).hexdigest()[:8]}.txt"
    try:
        where = f"details are in {write_beside(name, details.encode('utf-8', 'backslashreplace').decode())}"
    except OSError as failure:
        where = f"details could not be written: {failure}"
    print(f"internal error: {type(error).__name__}: {error}\n  {where}", file=sys.stderr)
    print("This is a mistake in Kayton, not in your program.", file=sys.stderr)
    return BUG
