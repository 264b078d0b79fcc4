"""What `kayton check` reports about programs given as text, or a pipeline that reports more."""

from __future__ import annotations

from pathlib import Path

from kayton.commands.aot import not_in_ledger
from kayton.diagnostics.lints import LINTS
from kayton.ir.thunks import Thunk
from kayton.pipelines.loading import load
from kayton.pipelines.manager import Result, Settings, run_file


UNTIL = {"check": None, "aot-strict": "check-no-thunks", "aot-hybrid": "monomorphize", "aot-locked": "thunk-split", "rewrite": "merge-modules"}
"""Where the pipelines that report errors of their own have reported them."""


def checked(program: str | bytes, folder: Path, others: dict[str, str] | None = None, pipeline: str = "check") -> Result:
    """The result of checking a program, main.ktn in the working directory `folder`, beside other files. `check` has all lints on."""
    for name, text in (others or {}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "main.ktn").write_bytes(program if isinstance(program, bytes) else program.encode("utf-8"))
    lints = dict.fromkeys(LINTS, "warn") if pipeline == "check" else {}
    name = "aot-hybrid" if pipeline == "aot-locked" else pipeline
    result = run_file(load(name, until=UNTIL[pipeline]), "main.ktn", Settings(verify="off", lints=lints))
    assert result.failure is None, f"{result.failure.step.name}: {result.failure.message}"
    if pipeline == "aot-locked" and result.finished:  # with an empty ledger
        result.cx.diagnostics += not_in_ledger(set(), [i for m in result.tree.modules for i in m.body if isinstance(i, Thunk)])
    return result


def codes(result: Result) -> list[str]:
    """The codes that were reported."""
    return [d.code for d in result.cx.diagnostics]
