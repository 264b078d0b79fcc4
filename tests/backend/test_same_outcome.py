"""Small programs about what the back half may get wrong: the same outcome as written, after every pass, and on the VM.

A file of programs/ holds several programs on one subject, with a line `# --` between them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kayton.testing.judge import judge

PROGRAMS = {
    f"{path.stem}-{i}": text
    for path in sorted((Path(__file__).parent / "programs").glob("*.ktn"))
    for i, text in enumerate(path.read_text(encoding="utf-8").split("# --\n"))
}


@pytest.mark.parametrize("opt", [pytest.param(0, marks=pytest.mark.slow), 1])
@pytest.mark.parametrize("name", PROGRAMS)
def test_outcome(name: str, opt: int) -> None:
    verdict = judge(PROGRAMS[name], opt=opt)
    assert verdict.word == "agreed", verdict.report()
    assert verdict.expected is not None
    assert verdict.expected.stdout or verdict.expected.error, "shows nothing"
