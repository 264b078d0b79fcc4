"""`kayton aot explain --thunks`: what in a native binary still runs as bytecode, why, and what it costs."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import attrs

from kayton.commands.exit_codes import OK
from kayton.commands.native import build_crate
from kayton.commands.outcome import present
from kayton.commands.output import write_text
from kayton.diagnostics.usage import UserError
from kayton.ir.crate import Crate
from kayton.ir.source import SourceMap
from kayton.ir.thunks import Thunk
from kayton.pipelines.loading import load
from kayton.pipelines.manager import Settings, run_file
from kayton.program_file import program_file
from kayton.runtime.native.ledger import ledger_of, written

PROFILE = "KAYTON_THUNK_PROFILE"
"""Names the file into which a binary writes what its thunks cost (rt-crate/crates/kayton-rt/src/thunk_profile.rs)."""
RUN = "<run>"


@attrs.frozen
class Cost:
    """How often something ran, and for how many nanoseconds."""

    calls: int
    time: int


def explain(args: argparse.Namespace) -> int:
    """Lists the program's thunks: what each is, where, why, and what would change it.

    With `--lock` it writes the ledger; with `--run` it runs the program first, and says of each thunk what it cost.
    """
    path = program_file(args.file)
    pipeline = load("aot-hybrid", until=None if args.run else "emit-rust")
    result = run_file(pipeline, path, Settings(verify="off"))
    code = present(result, pipeline)
    if code != OK or not result.finished:
        return code
    thunks = result.tree.thunks
    costs = _costs(result.tree, args.program_args) if args.run else {}
    for number, thunk in enumerate(thunks):
        print(_described(number, thunk, result.cx.sources, costs))
    print(f"{len(thunks)} thunk{'' if len(thunks) == 1 else 's'}{_share(costs)}" if thunks else "no thunks: every function is native")
    if args.lock:
        write_text(written(path, thunks), str(ledger_of(path)))
    return OK


def _costs(crate: Crate, words: list[str]) -> dict[str, Cost]:
    """Builds and runs the program; what each thunk cost, by its name, and the whole run. Raises UserError."""
    binary = build_crate(crate, "release").binary
    with tempfile.TemporaryDirectory() as folder:
        profile = Path(folder, "profile")
        sys.stdout.flush()
        done = subprocess.run([binary, *(words[1:] if words[:1] == ["--"] else words)], check=False, env={**os.environ, PROFILE: str(profile)})
        if done.returncode:
            print(f"the program ended with exit code {done.returncode}", file=sys.stderr)
        if not crate.thunks:
            return {}
        try:
            rows = [line.split("\t") for line in profile.read_text(encoding="utf-8").splitlines()]
        except OSError:
            raise UserError("the program ended without saying what its thunks cost") from None
    return {name: Cost(int(calls), int(time)) for name, calls, time in rows}


def _described(number: int, thunk: Thunk, sources: SourceMap, costs: dict[str, Cost]) -> str:
    path, line, column = sources.start(thunk.span)
    lines = [f"thunk {number}: {thunk.name} ({thunk.function})", f"  at {path}:{line}:{column}", f"  {thunk.code}: {thunk.reason}"]
    if thunk.suggestion:
        lines.append(f"  help: {thunk.suggestion}")
    if costs:
        lines.append(f"  {_cost(costs.get(thunk.name, Cost(0, 0)), costs)}")
    return "\n".join(lines) + "\n"


def _cost(cost: Cost, costs: dict[str, Cost]) -> str:
    """What a thunk cost, and its share of all calls of thunks and of the time of the whole run."""
    calls = sum(c.calls for name, c in costs.items() if name != RUN)
    share = f" ({_percent(cost.calls, calls)} of all calls of thunks)" if cost.calls else ""
    return f"called {cost.calls:,} time{'' if cost.calls == 1 else 's'}{share}, {cost.time / 1e6:.3f} ms ({_percent(cost.time, costs[RUN].time)} of the run)"


def _share(costs: dict[str, Cost]) -> str:
    """How much of the run all thunks took."""
    if not costs:
        return ""
    time = sum(c.time for name, c in costs.items() if name != RUN)
    return f", {_percent(time, costs[RUN].time)} of {costs[RUN].time / 1e6:.3f} ms"


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "0 %"
