"""How errors look: tests/golden/errors/*.md hold programs and, after each, what the terminal shows.

A block ```kayton is checked; ```kayton run is run, on the VM and on the evaluator; ```kayton name.ktn is a file beside the next
program. `make bless` writes the ```error blocks, and a first golden for a code that has only its page.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kayton.cli import main
from kayton.diagnostics.explaining import all_pages
from kayton.diagnostics.render import render
from tests.diagnostics_of import checked
from tests.errors.test_pages import MADE, STRICTER, TAKES_LONG, reported_codes

ROOT = Path(__file__).parents[1] / "golden" / "errors"
GOLDENS = sorted(ROOT.glob("*.md"))
BLOCK = re.compile(r"^```kayton([^\n]*)\n(.*?)^```\n(?:\n?```error\n.*?^```\n)?", re.MULTILINE | re.DOTALL)
ENGINES = ("vm", "evaluator")


def written(text: str, folder: Path, capfd, pipeline: str) -> str:
    """The golden's text as it should be."""
    others: dict[str, str] = {}

    def with_error(m: re.Match) -> str:
        info, program = m[1].strip(), m[2]
        if info.endswith(".ktn"):
            others[info] = program
            return f"```kayton {info}\n{program}```\n"
        shown = running(program, folder, capfd) if info == "run" else checking(program, folder, others, pipeline)
        others.clear()
        return f"```kayton{m[1]}\n{program}```\n\n```error\n{shown}```\n"

    return BLOCK.sub(with_error, text)


def checking(program: str | bytes, folder: Path, others: dict[str, str], pipeline: str = "check") -> str:
    result = checked(program, folder, others, pipeline)
    return render(result.cx.diagnostics, result.cx.sources)


def running(program: str, folder: Path, capfd) -> str:
    """What running the program leaves on standard error, wherever it runs."""
    (folder / "main.ktn").write_text(program, encoding="utf-8")
    shown = []
    for engine in ENGINES:
        main(["run", "--no-cache", "--on", engine, "main.ktn"])
        shown.append(capfd.readouterr().err)
    assert shown[0] == shown[1]
    return shown[0]


@pytest.mark.parametrize(
    "path", [pytest.param(p, id=p.stem, marks=[pytest.mark.slow] if p.stem in TAKES_LONG else []) for p in GOLDENS]
)
def test_golden(path: Path, tmp_path: Path, bless: bool, monkeypatch, capfd) -> None:
    monkeypatch.chdir(tmp_path)
    text = path.read_text(encoding="utf-8")
    if path.stem in MADE:
        head = text.partition("```error")[0]
        expected = f"{head}```error\n{checking(MADE[path.stem], tmp_path, {})}```\n"
    else:
        expected = written(text, tmp_path, capfd, STRICTER.get(path.stem, "check"))
    if bless:
        path.write_text(expected, encoding="utf-8")
    assert text == expected or bless


def test_every_code_has_a_golden(bless: bool) -> None:
    if bless:
        for page in all_pages().values():
            path = ROOT / f"{page.code}.md"
            if not path.exists():
                blocks = [f"```kayton{'' if name == 'wrong' else f' {name}'}\n{text}```\n" for name, text in page.blocks.items() if name != "fixed"]
                path.write_text("\n".join([f"# {page.title}\n", *blocks]), encoding="utf-8")
    shown = "".join(path.read_text(encoding="utf-8") for path in ROOT.glob("*.md"))
    assert [code for code in sorted(reported_codes()) if f"[{code}]: " not in shown] == []
