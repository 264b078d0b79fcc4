"""Where summaries are kept: whatever becomes of the files costs time only."""

from __future__ import annotations

import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from kayton.passes.framework import Cx
from kayton.pipelines import manager, sources
from kayton.pipelines.loading import load
from kayton.pipelines.manager import Settings, run_text
from kayton.runtime.native import summaries
from kayton.runtime.native.summaries import Shelf
from tests.aot.conftest import Run

TEXT = "fn twice(n): n + n\nfn main(): print(twice(3) + twice(twice(2)))\n"
CHANGED = TEXT.replace("n + n", "n * 2")
UNTIL = load("aot-hybrid", until="solve")


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KAYTON_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def analysed(shelf: Shelf, text: str = TEXT) -> set[str]:
    """The functions that a build looked at."""
    cx = Cx()
    cx.summaries = shelf.summaries
    assert manager.run(UNTIL, sources.from_text("main.ktn", text, cx), cx, Settings(verify="off")).ok
    shelf.store()
    return {name for r in cx.summaries.reuse for name in r.analysed}


ALL = {"main.<start>", "main.main", "main.twice"}


def the_file() -> Path:
    (found,) = summaries.place().iterdir()
    return found


def test_a_build_uses_what_one_before_kept() -> None:
    assert analysed(Shelf("main.ktn", "p")) == ALL
    assert analysed(Shelf("main.ktn", "p")) == set()
    assert analysed(Shelf("main.ktn", "p"), CHANGED) == {"main.twice"}
    assert analysed(Shelf("other.ktn", "p")) == analysed(Shelf("main.ktn", "q")) == ALL


def test_what_has_not_changed_is_not_written_again() -> None:
    analysed(Shelf("main.ktn", "p"))
    os.utime(the_file(), (1, 1))
    before = the_file().stat().st_ino
    analysed(Shelf("main.ktn", "p"))
    assert the_file().stat().st_ino == before
    assert the_file().stat().st_mtime > 1


def test_another_compiler_starts_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    analysed(Shelf("main.ktn", "p"))
    monkeypatch.setattr("kayton.__version__", "99.0")
    assert analysed(Shelf("main.ktn", "p")) == ALL


def signed(data: bytes) -> bytes:
    return sha256(data).hexdigest().encode() + b"\n" + data


SPOILED = {
    "empty": lambda data: b"",
    "cut off": lambda data: data[: len(data) // 2],
    "one byte": lambda data: data[:-20] + b"!" + data[-19:],
    "no JSON": lambda data: signed(b"\xff{"),
    "another value": lambda data: signed(b"[1, 2]"),
    "other values": lambda data: signed(b'{"solve": [1], "x": {"y": null}}'),
    "without end": lambda data: signed(b"[" * 200_000),
    "a number for each": lambda data: signed(b'{"solve": {"main.twice": 1, "main.main": 2}}'),
}


@pytest.mark.parametrize("name", SPOILED)
def test_damaged_files(name: str) -> None:
    analysed(Shelf("main.ktn", "p"))
    the_file().write_bytes(SPOILED[name](the_file().read_bytes()))
    assert analysed(Shelf("main.ktn", "p")) == ALL
    assert analysed(Shelf("main.ktn", "p")) == set()


def test_a_folder_that_cannot_be_written(cache: Path) -> None:
    cache.write_text("no folder")
    assert analysed(Shelf("main.ktn", "p")) == ALL
    assert summaries.usage() == (0, 0)


def test_two_builds_at_once() -> None:
    first, second = Shelf("main.ktn", "p"), Shelf("main.ktn", "p")
    analysed(first)
    assert analysed(second, CHANGED) == {"main.twice"}  # it reads what was there when it came to it
    assert analysed(Shelf("main.ktn", "p"), CHANGED) == set()


def test_what_was_used_least_lately_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(summaries, "MOST_FILES", 2)
    analysed(Shelf("a.ktn", "p"))
    os.utime(the_file(), (1, 1))
    for program in ("b.ktn", "c.ktn"):
        analysed(Shelf(program, "p"))
    assert summaries.usage()[0] == 2
    assert analysed(Shelf("a.ktn", "p")) == ALL
    summaries.clear()
    assert summaries.usage() == (0, 0)


def test_timings(kayton: Callable[..., Run]) -> None:
    Path("main.ktn").write_text(TEXT)
    words = ("aot", "build", "--emit", "rust", "--timings", "main.ktn")
    first = kayton(*words)
    again = kayton(*words)
    Path("main.ktn").write_text(CHANGED)
    changed = kayton(*words)
    assert "reused 0 of 3 functions (3 analysed: main.<start>, main.main, main.twice)\n  main  0 of 3, interface new\n" in first.stderr
    assert "reused 3 of 3 functions\n  main  3 of 3, interface unchanged\n" in again.stderr
    assert "reused 2 of 3 functions (1 analysed: main.twice)\n  main  2 of 3, interface unchanged\n" in changed.stderr
    assert (first.returncode, first.stdout) == (again.returncode, again.stdout) and first.stdout != changed.stdout
    assert "summaries 1 of modules" in kayton("cache", "info").stdout
    assert "removed the summaries of 1 module" in kayton("cache", "clear").stdout


def test_without_a_shelf_nothing_is_known() -> None:
    assert run_text(UNTIL, "main.ktn", TEXT, Settings()).cx.summaries.reuse[0].analysed != ()
