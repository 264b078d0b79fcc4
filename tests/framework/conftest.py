"""Passes outside our tree, written as a researcher would, and pipelines that use them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

PASS = '''"""{name} : Surface -> {target}"""

from kayton.ir.core import Linked
from kayton.ir.node import replace
from kayton.ir.surface import IntLit, Module, Name, Program, StrLit, Surface
from kayton.passes.framework import Cx, Pass, check, frozen, rule
from quietness import quiet


@frozen
class {name}(Pass):
    source = Surface
    target = {target}
{body}
'''

SHOUT = '''
    times: int = 1
    mark: str = "!"
    loud: bool = True
    only: tuple[str, ...] = ()

    @rule
    def text(self, s: StrLit, cx: Cx) -> StrLit:
        return StrLit(s.value.upper() + self.mark * self.times)
'''

QUIETNESS = """from kayton.ir.language import Violation, invariant
from kayton.ir.node import walk
from kayton.ir.surface import StrLit


@invariant
def quiet(root):
    \"\"\"Nobody shouts.\"\"\"
    for n in walk(root):
        if isinstance(n, StrLit) and n.value.endswith("!"):
            yield Violation(n, "somebody shouts")
"""


@pytest.fixture
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with an invariant that the passes written there share."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "quietness.py").write_text(QUIETNESS)
    return tmp_path


@pytest.fixture
def write_pass(workshop: Path) -> Callable[..., Path]:
    """Writes a pass's file: its class name, its body, its target."""

    def write(name: str, body: str = SHOUT, target: str = "Surface") -> Path:
        path = workshop / f"{name.lower()}.py"
        path.write_text(PASS.format(name=name, body=body, target=target))
        return path

    return write


@pytest.fixture
def write_pipeline(workshop: Path) -> Callable[..., str]:
    """Writes a pipeline's file that lexes and parses first, and gives its name."""

    def write(text: str, head: str = 'name = "mine"\n', name: str = "mine.toml") -> str:
        base = '\n[[pass]]\nuse = "lex"\n\n[[pass]]\nuse = "parse"\n'
        (workshop / "base.toml").write_text(f'name = "base"\n{base}')
        (workshop / name).write_text(head + dedent(text))
        return name

    return write
