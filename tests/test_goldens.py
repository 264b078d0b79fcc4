"""Goldens of passes: what one pass does to a small program, as Markdown that a person reads.

tests/golden/passes/<pass>/<idea>.md holds a title, a sentence, the source in a block ```kayton (further files in blocks
```kayton name.ktn), and then what `make bless` writes: ```diff with the lines of the tree that the pass changed, ```tree with the
whole result where the pass makes something of another kind, and ```report with what it reported. All passes before it run, too.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kayton.diagnostics.lints import LINTS
from kayton.ir.diff import text_diff
from kayton.ir.text import pretty
from kayton.pipelines import loading
from kayton.pipelines.manager import PassRun, Result, Settings, run_text

ROOT = Path(__file__).parent / "golden" / "passes"
GOLDENS = sorted(ROOT.glob("*/*.md"))
BLOCK = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$\n?", re.MULTILINE | re.DOTALL)
WRITTEN = {"diff", "tree", "report"}


def pipeline_with(name: str) -> str:
    """The pipeline that shows a pass: `vm` if it has it, else the first that has."""
    for pipeline in ("vm", *loading.pipeline_files()):
        if name in loading.pass_names(pipeline):
            return pipeline
    raise AssertionError(f"no pipeline has a pass {name}")


def outcome(name: str, source: str) -> tuple[Result, list[PassRun]]:
    """Runs the pipeline up to the pass on the source, as main.ktn in the working directory."""
    runs: list[PassRun] = []
    pipeline = loading.load(pipeline_with(name), until=name)
    lints = dict.fromkeys(LINTS, "warn") if name == "check-lints" else {}
    result = run_text(pipeline, "main.ktn", source, Settings(verify="each", opt=9, lints=lints), [runs.append])
    assert result.failure is None, f"{result.failure.step.name}: {result.failure.message} at {result.failure.node!r}"
    return result, runs


def blocks(name: str, result: Result, runs: list[PassRun]) -> list[str]:
    """What the golden says of the run: the report, and the change unless there were errors."""
    out = []
    if result.diagnostics:
        out.append(f"```report\n{chr(10).join([reported(result, d) for d in result.diagnostics])}\n```\n")
    last = runs[-1]
    if not result.cx.failed and last.step.name == name:
        use = last.step.use
        kept = {k for k in use.source.kinds & use.target.kinds if k is not use.source.root}
        if kept:
            lines = text_diff(last.before, last.after, context=1)
            out.append(f"```diff\n{chr(10).join(lines) or '  (unchanged)'}\n```\n")
        else:
            out.append(f"```tree\n{pretty(last.after)}\n```\n")
    return out


def reported(result: Result, diagnostic) -> str:
    path, line, column = result.cx.sources.start(diagnostic.span)
    return f"{diagnostic.severity} {diagnostic.code} {path}:{line}:{column}: {diagnostic.message()}"


def written(path: Path, folder: Path) -> str:
    """The golden's text as it should be."""
    text = path.read_text(encoding="utf-8")
    sources = [m for m in BLOCK.finditer(text) if m[1] == "kayton"]
    assert sources, f"{path} has no block ```kayton"
    for block in sources[1:]:
        (folder / block[2].strip()).write_text(block[3], encoding="utf-8")
    result, runs = outcome(path.parent.name, sources[0][3])
    made = blocks(path.parent.name, result, runs)
    return text[: sources[-1].end()] + "\n" + "\n".join(made)


@pytest.mark.parametrize("path", GOLDENS, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_golden(path: Path, tmp_path: Path, bless: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    expected = written(path, tmp_path)
    if bless:
        path.write_text(expected, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == expected


def test_every_golden_is_of_a_pass(request: pytest.FixtureRequest) -> None:
    from kayton.pipelines.registry import pass_files

    assert {p.name for p in ROOT.iterdir()} <= pass_files().keys()
    assert {p.suffix for p in ROOT.glob("*/*")} <= {".md"}
