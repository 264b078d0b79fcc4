"""The manager: when it stops, what it verifies, and how a pass's bug comes back as data that can be run again."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kayton.diagnostics.usage import UserError
from kayton.ir.node import same
from kayton.ir.text import one_line
from kayton.passes.framework import Cx
from kayton.pipelines import reproduce
from kayton.pipelines.loading import load
from kayton.pipelines.manager import Result, Settings, run, run_file, run_text
from kayton.pipelines.report import Timings, print_after, print_changed

AFTER = 'name = "mine"\nafter = "base.toml"\n'
PROGRAM = 'fn main():\n    print("hello")\n'

REPORT = '''
    @check
    def look(self, n: StrLit, cx: Cx) -> None:
        from kayton.diagnostics.files import NotText
        cx.report(NotText(span=n.span, byte=len(cx.diagnostics)))
'''
RAISE = "    @rule\n    def text(self, s: StrLit, cx: Cx) -> StrLit:\n        return StrLit(s.value / 2)\n"
BUG = '    @rule\n    def text(self, s: StrLit, cx: Cx) -> StrLit:\n        cx.bug(s, "cannot halve this")\n'
LOUDER = '    mark: str = "!"\n\n    @rule\n    def text(self, s: StrLit, cx: Cx) -> StrLit:\n        return StrLit(s.value + self.mark)\n'
WRONG = "    def transform(self, root, cx):\n        return replace(root, modules=(IntLit(1),))\n"
TWICE = "    def transform(self, root, cx):\n        return replace(root, modules=(*root.modules, replace(root.modules[0])))\n"


@pytest.fixture
def mine(write_pass: Callable, write_pipeline: Callable) -> Callable[..., Result]:
    """Runs a pipeline of parse and passes with these bodies."""

    def make(*bodies: str, settings: Settings = Settings(verify="each"), observers: tuple = (), lines: str = "") -> Result:
        text = ""
        for i, body in enumerate(bodies):
            write_pass(f"Step{i}", body)
            text += f'[[pass]]\nuse = "./step{i}.py"\n{lines}'
        return run_text(load(write_pipeline(text, AFTER)), "main.ktn", PROGRAM, settings, observers)

    return make


def test_a_run_that_goes_well(mine: Callable) -> None:
    result = mine(LOUDER)
    assert result.ok and result.language.name == "Surface"
    assert "hello!" in one_line(result.tree)


def test_errors_stop_before_the_next_pass(mine: Callable) -> None:
    result = mine(REPORT, RAISE)
    assert not result.ok and not result.finished and result.failure is None
    assert [d.byte for d in result.diagnostics] == [0]


def test_passes_that_run_together_all_report(mine: Callable) -> None:
    result = mine(REPORT, REPORT, lines='together = "checks"\n')
    assert [d.byte for d in result.diagnostics] == [0, 1]
    assert result.finished and not result.ok


def test_a_syntax_error_stops_after_parse() -> None:
    result = run_text(load("front"), "main.ktn", "fn main():\n    let = 3\n    let x y\n", Settings())
    assert result.language.name == "Surface"
    assert len(result.diagnostics) >= 2


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (RAISE, "TypeError: unsupported operand"),
        (BUG, "cannot halve this"),
        (WRONG, "made a tree that is not Surface: program.modules may not hold int-lit"),
        (TWICE, "made a tree that is not Surface: the id "),
        (f"    establishes = (quiet,)\n{LOUDER}", "made a tree that is not Surface: somebody shouts"),
    ],
)
def test_a_bug_is_data_and_its_reproducer_runs(body: str, message: str, mine: Callable, workshop: Path) -> None:
    result = mine(body)
    assert result.failure is not None and result.failure.step.name == "step0"
    assert result.failure.message.startswith(message)
    path = reproduce.save(result, load("mine.toml"))
    assert path.parent == workshop
    data = json.loads(path.read_text())
    assert data["sources"] == [["main.ktn", PROGRAM]]
    again = reproduce.run(str(path))[1]
    assert again.failure is not None and again.failure.message == result.failure.message


def test_a_reproducer_keeps_the_options(mine: Callable) -> None:
    result = mine(f"    establishes = (quiet,)\n{LOUDER}", lines='options = { mark = "?!" }\n')
    _, again = reproduce.run(str(reproduce.save(result, load("mine.toml"))))
    assert again.failure.step.use.mark == "?!"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "kayton-reproducer"}', "\0"])
def test_what_is_no_reproducer_is_refused(text: str, workshop: Path) -> None:
    (workshop / "bad.json").write_text(text)
    with pytest.raises(UserError, match="is not a reproducer"):
        reproduce.run("bad.json")


def test_fresh_names_go_on_where_the_reproducer_left_off() -> None:
    cx = Cx()
    front = load("front")
    result = run_text(front, "main.ktn", "fn main():\n    for (a, b) in [(1, 2)]: print(a)\n", Settings())
    reproduce.use_up_names(result.tree, cx)
    assert cx.fresh("item") not in one_line(result.tree)


@pytest.mark.parametrize("verify", ["off", "ends"])
def test_verifying_less(verify: str, mine: Callable) -> None:
    result = mine(WRONG, "    def transform(self, root, cx):\n        return root\n", settings=Settings(verify=verify))
    assert (result.failure is None) is (verify == "off")


def test_established_invariants_go_on_being_verified(mine: Callable) -> None:
    result = mine(f"    establishes = (quiet,)\n{REPORT.replace('cx.report', 'str')}", LOUDER)
    assert result.failure.step.name == "step1"
    assert "somebody shouts" in result.failure.message


def test_skipping(mine: Callable) -> None:
    assert "hello!" not in one_line(mine(LOUDER, settings=Settings(skip=frozenset({"step0"}))).tree)
    with pytest.raises(UserError, match="parse cannot be skipped: it turns Tokens into Surface"):
        mine(LOUDER, settings=Settings(skip=frozenset({"parse"})))
    with pytest.raises(UserError, match="there is no pass in mine called nope"):
        mine(LOUDER, settings=Settings(skip=frozenset({"nope"})))


def test_conditions(mine: Callable) -> None:
    for opt in (0, 1, 2):
        result = mine(LOUDER, settings=Settings(opt=opt), lines='when = "opt >= 2"\n')
        assert ("hello!" in one_line(result.tree)) is (opt == 2)


def test_observers_see_every_pass(mine: Callable) -> None:
    timings, written = Timings(), []
    observers = (timings, print_after(frozenset({"parse"}), written.append), print_changed(written.append))
    mine(LOUDER, REPORT.replace("cx.report", "str"), observers=observers)
    rows = [row.split() for row in timings.table().splitlines()]
    assert [row[0] for row in rows] == ["pass", "lex", "parse", "step0", "step1", "total"]
    assert all(int(row[3]) > 1 for row in rows[2:5])
    text = "".join(written)
    assert ";; after parse, in Surface\n(program" in text
    assert "- " in text and '+ ' in text and "hello!" in text
    assert ";; step1 changed nothing" in text


def test_the_interpreter_is_left_as_it_was(mine: Callable) -> None:
    limit = sys.getrecursionlimit()
    mine(RAISE)
    assert sys.getrecursionlimit() == limit and gc.isenabled()


def test_depth_does_not_matter(workshop: Path) -> None:
    deep = "fn main():\n    print(1" + " + 1" * 30_000 + ")\n"
    result = run_text(load("front"), "main.ktn", deep, Settings(verify="each"))
    assert result.ok, (result.failure, result.diagnostics[:1])


def test_two_runs_give_the_same_tree(workshop: Path) -> None:
    (workshop / "main.ktn").write_text("fn main():\n    for i in 0..3: print(f\"{i} {[j for j in 0..i]}\")\n")
    first, second = [run_file(load("front"), "main.ktn", Settings()) for _ in range(2)]
    assert same(first.tree, second.tree)


def test_a_tree_can_be_run_from_the_middle(mine: Callable, write_pipeline: Callable) -> None:
    result = mine()
    only = load(write_pipeline('[[pass]]\nuse = "resolve-modules"\n'))
    assert run(only, result.tree, result.cx, Settings(verify="each")).language.name == "Linked"


@pytest.mark.parametrize(
    ("data", "line", "column", "byte"),
    [(b"let x = 1\nlet \xff = 2\n", 2, 5, 0xFF), (b"\xc3\xa9 = \xe2\x82", 1, 5, 0xE2), (b"let a = \x00", 1, 9, 0)],
)
def test_what_is_no_text_is_an_error_with_a_place(data: bytes, line: int, column: int, byte: int, workshop: Path) -> None:
    (workshop / "main.ktn").write_bytes(data)
    result = run_file(load("front"), "main.ktn", Settings())
    (error,) = result.diagnostics
    assert error.byte == byte
    assert result.cx.sources.start(error.span) == ("main.ktn", line, column)


def test_a_used_file_that_is_no_text(workshop: Path) -> None:
    (workshop / "main.ktn").write_text("use other\nfn main(): print(other.x)\n")
    (workshop / "other.ktn").write_bytes(b"pub let x = \xff\n")
    result = run_file(load("front"), "main.ktn", Settings())
    assert result.cx.sources.start(result.diagnostics[0].span) == ("other.ktn", 1, 13)
