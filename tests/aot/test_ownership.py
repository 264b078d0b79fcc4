"""What `ownership` decides: nothing is used after it was moved, and copies that loops make are said."""

from __future__ import annotations

from pathlib import Path

import pytest

from kayton.cli import main
from kayton.ir.lent import Lent
from kayton.ir.moves import uses_after_moves
from kayton.ir.node import walk
from kayton.ir.text_reader import read

X = "(local x)"
MOVED = "(move (local x))"


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        (f"(block [{MOVED}] {X})", ["x"]),
        (f"(block [{X}] {MOVED})", []),
        (f"(block [{MOVED} (assign (place {X}) (int-lit 1))] {X})", []),
        (f"(block [{MOVED} (assign (place {X} [(field-step a)]) (int-lit 1))])", ["x"]),
        (f"(block [(if (bool-lit true) {MOVED} otherwise=(int-lit 1))] {X})", ["x"]),
        (f"(block [(if (bool-lit true) {MOVED} otherwise={X})])", []),
        (f"(block [(if (bool-lit true) (return value={MOVED}))] {X})", []),
        (f"(while (bool-lit true) {MOVED})", ["x"]),
        (f"(while (bool-lit true) (block [{MOVED} (break)]))", []),
        (f"(while (bool-lit true) (block [(bind x (int-lit 1)) {MOVED}]))", []),
        (f"(block [(for-each x (local xs) {MOVED})])", []),
        (f"(block [(loop (block [(if (bool-lit true) (break value={MOVED}))]))] {X})", ["x"]),
        (f"(block [(loop (block [(if (bool-lit true) (block [{MOVED} (continue)])) (break)]))])", ["x"]),
        (f"(and {MOVED} {X})", ["x"]),
        (f"(block [(or (bool-lit true) {MOVED})] {X})", ["x"]),
        (f"(choice [(case [(bool-lit true)] {MOVED}) (case [{X}] (int-lit 1))] (int-lit 2))", []),
        ("(block [(move (get (local x) 0 str))] (get (local x) 1 str))", ["x"]),
    ],
)
def test_uses_after_moves(body: str, wrong: list[str]) -> None:
    tree = read(body)
    assert all(n.__class__ in Lent.kinds for n in walk(tree))
    assert [name for _, name in uses_after_moves(tree)] == wrong


PROGRAM = """\
class Log:
    lines

fn note(mut lines, x): lines.push(x)

fn worst(first, n):
    let mut rows = []
    let mut row = first
    let log = Log([])
    for i in 0..n:
        let mut mine = first
        mine[0] = i
        row[0] = i
        rows.push(row)
        note(mut log.lines, i)
        let fresh = [mine[0]]
        rows.push(fresh)
    (rows, log.lines)

fn number(exact):
    let mut r = 1
    if exact: r = 2.5
    r

fn main():
    print(worst([1, 2], 3), number(true))
"""

REMARKS = """\
remark[ownership]: first is copied each time round: mine starts with what it holds, and is changed
  --> main.ktn:11:24
   |
11 |         let mut mine = first
   |                        ^^^^^
   = help: a value that is not used again is moved, not copied: is first needed after this?

remark[ownership]: row is copied each time round: what it holds is kept elsewhere, too, and row is changed in the same loop
  --> main.ktn:14:19
   |
14 |         rows.push(row)
   |                   ^^^
   = help: start with a new value each time round, or keep it when row is complete

remark[ownership]: the field is copied each time round: while the call changes it, the instance still has its old value
  --> main.ktn:15:14
   |
15 |         note(mut log.lines, i)
   |              ^^^^^^^^^^^^^
   = help: change a variable, and store it in the field after the loop

remark[monomorphize]: r is known only at run time: sometimes i64, sometimes f64
  --> main.ktn:21:17
   |
21 |     let mut r = 1
   |                 ^
   = help: make both f64: write `1.0` for `1`, or `f64(n)`
4 remarks, 4 about what could not be done
"""


def test_remarks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    Path("main.ktn").write_text(PROGRAM, encoding="utf-8")
    assert main(["aot", "explain", "--remarks", "main.ktn"]) == 0
    assert capsys.readouterr().out == REMARKS


def test_nothing_to_remark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture) -> None:
    monkeypatch.chdir(tmp_path)
    Path("main.ktn").write_text("fn main(): print(1)\n", encoding="utf-8")
    assert main(["aot", "explain", "--remarks", "main.ktn"]) == 0
    assert capsys.readouterr().out == "no remarks\n"
