"""`kayton cache info|clear`: the compiled programs and the summaries that are kept."""

from __future__ import annotations

import argparse

from kayton.commands.exit_codes import OK
from kayton.diagnostics.usage import UserError
from kayton.runtime.cache import native_cache
from kayton.runtime.native import summaries


def info(args: argparse.Namespace) -> int:
    """Where compiled programs and summaries are kept, how many, and for which compiler."""
    cache = _cache()
    programs, size = cache.usage()
    modules, summaries_size = summaries.usage()
    print(f"folder    {cache.folder}")
    print(f"programs  {programs} (at most {cache.MOST_FILES})")
    print(f"size      {_shown(size)} (at most {_shown(cache.MOST_BYTES)})")
    print(f"compiler  {cache.compiler}")
    print(f"summaries {modules} of modules (at most {summaries.MOST_FILES}) in {summaries.place()}")
    print(f"size      {_shown(summaries_size)} (at most {_shown(summaries.MOST_BYTES)})")
    return OK


def clear(args: argparse.Namespace) -> int:
    """Removes all compiled programs and summaries."""
    cache = _cache()
    programs, size = cache.usage()
    modules, summaries_size = summaries.usage()
    cache.clear()
    summaries.clear()
    print(f"removed {programs} program{'' if programs == 1 else 's'} ({_shown(size)}) from {cache.folder}")
    print(f"removed the summaries of {modules} module{'' if modules == 1 else 's'} ({_shown(summaries_size)}) from {summaries.place()}")
    return OK


def _cache():
    cache = native_cache()
    if cache is None:
        raise UserError("the native module is not built, and without it nothing is kept\n  help: `make run` builds it")
    if cache.folder is None:
        raise UserError("there is no folder for the cache: neither KAYTON_CACHE nor HOME is set")
    return cache


def _shown(size: float) -> str:
    """A size for people: 1.2 kB."""
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"
