"""Programs in which everything is as the VM has it, whether a thunk sees it or not, do what they do on the VM."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kayton.ir.types import App, Type
from kayton.passes.deep._crossing import Crossing
from kayton.passes.rust._types import RustTypes
from kayton.passes.rust._unit import Unit
from tests.aot.test_programs import wrong
from tests.aot.test_small_programs import test_every_small_program as every_small_program

pytest.importorskip("kayton._native")
pytestmark = pytest.mark.slow


class Everything(set):
    """The types that can cross, all of which are boxed."""

    def __init__(self, crossing: Crossing) -> None:
        super().__init__()
        self.crossing = crossing

    def __contains__(self, t: Type) -> bool:
        return self.crossing.crosses(t)

    def __iter__(self) -> Iterator[Type]:
        return iter((App("main.Any"),))

    def __ior__(self, other: set) -> Everything:
        return self

    def setdefault(self, t: Type, value: None) -> None:
        """Nothing is added."""


@pytest.fixture
def everything_boxed(monkeypatch: pytest.MonkeyPatch) -> None:
    original = Unit.__init__

    def made(unit: Unit, *args: object) -> None:
        original(unit, *args)
        unit.types.everything = unit.vm.crossed = Everything(unit.vm.crossing)

    monkeypatch.setattr(Unit, "__init__", made)
    monkeypatch.setattr(RustTypes, "boxed", property(lambda types: types.everything, lambda types, value: None), raising=False)


@pytest.mark.usefixtures("everything_boxed")
def test_every_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = wrong(monkeypatch, tmp_path)
    assert not found, "\n".join(found)


@pytest.mark.usefixtures("everything_boxed")
def test_every_small_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    every_small_program(monkeypatch, tmp_path)
