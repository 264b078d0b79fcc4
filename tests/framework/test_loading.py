"""Loading a pipeline: what is wrong is said with file, line and a way out; derived pipelines come out as described."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from kayton.diagnostics.usage import UserError
from kayton.pipelines import schema
from kayton.pipelines.errors import PipelineError
from kayton.pipelines.loading import load, pipeline_files
from kayton.pipelines.lines import Lines
from kayton.pipelines.registry import full_name
from kayton.pipelines.structuring import structured

AFTER = 'name = "mine"\nafter = "base.toml"\n'
EXTENDS = 'name = "mine"\nextends = "base.toml"\n'


def names(pipeline: str) -> list[str]:
    return [s.name for s in load(pipeline).steps]


def test_a_pass_outside_our_tree_is_one_file_and_one_line(write_pass: Callable, write_pipeline: Callable) -> None:
    write_pass("Shout")
    mine = load(write_pipeline('[[pass]]\nuse = "./shout.py"\n', AFTER))
    assert [s.name for s in mine.steps] == ["lex", "parse", "shout"]
    assert (mine.source.name, mine.target.name) == ("Source", "Surface")


def test_options_are_typed(write_pass: Callable, write_pipeline: Callable) -> None:
    write_pass("Shout")
    text = '[[pass]]\nuse = "./shout.py"\noptions = { times = 3, mark = "?", loud = false, only = ["a", "b"] }\n'
    shout = load(write_pipeline(text, AFTER)).steps[-1].use
    assert (shout.times, shout.mark, shout.loud, shout.only) == (3, "?", False, ("a", "b"))


def test_derived_pipelines(write_pass: Callable, write_pipeline: Callable) -> None:
    write_pass("Shout")
    write_pass("Whisper")
    write_pipeline('[[pass]]\nuse = "./shout.py"\nwhen = "opt >= 2"\n', AFTER, "loud.toml")
    extends = 'name = "mine"\nextends = "loud.toml"\n'
    inserted = write_pipeline('[[insert]]\nuse = "./whisper.py"\nbefore = "shout"\n', extends)
    assert names(inserted) == ["lex", "parse", "whisper", "shout"]
    inserted = write_pipeline('[[insert]]\nuse = "./whisper.py"\nafter = "sho"\n', extends)
    assert names(inserted) == ["lex", "parse", "shout", "whisper"]
    assert names(write_pipeline('[[remove]]\nuse = "shout"\n', extends)) == ["lex", "parse"]
    changed = load(write_pipeline('[[change]]\nuse = "shout"\nwhen = "opt < 1"\noptions = { times = 9 }\n', extends))
    assert changed.steps[-1].use.times == 9
    assert [changed.steps[-1].wanted(opt) for opt in (0, 1, 2)] == [True, False, False]


def test_passes_of_another_pipeline(write_pass: Callable, write_pipeline: Callable) -> None:
    """`take` has what comes after the passes that both begin with, or after `after`, as far as `through`, but `without` some."""
    for name in ("Shout", "Whisper", "Hum"):
        write_pass(name)
    theirs = "".join([f'[[pass]]\nuse = "./{name}.py"\n' for name in ("shout", "whisper", "hum")])
    write_pipeline(theirs + 'when = "opt >= 2"\n', AFTER, "loud.toml")
    assert names(write_pipeline('[[pass]]\ntake = "loud.toml"\n', AFTER)) == ["lex", "parse", "shout", "whisper", "hum"]
    assert names(write_pipeline('[[pass]]\ntake = "loud.toml"\nthrough = "whisper"\n')) == ["lex", "parse", "shout", "whisper"]
    assert names(write_pipeline('[[pass]]\ntake = "loud.toml"\nwithout = ["shout", "whi"]\n', AFTER)) == ["lex", "parse", "hum"]
    mine = load(write_pipeline('[[pass]]\ntake = "loud.toml"\nafter = "whisper"\n[[pass]]\nuse = "./shout.py"\n', AFTER))
    assert [s.name for s in mine.steps] == ["lex", "parse", "hum", "shout"]
    assert mine.steps[2].when == "opt >= 2"
    assert mine.steps[2].origin.endswith("loud.toml:7")


def test_passes_that_are_taken_run_on_a_part() -> None:
    steps = {s.name: s for s in load("rewrite").steps}
    assert steps["gather-types"].on == "native" and not {s.name: s for s in load("aot-hybrid").steps}["gather-types"].on
    assert "fork-program" not in steps


MISTAKES = {
    "unknown pass": (AFTER, '[[pass]]\nuse = "prase"\n', 4, "there is no pass prase; did you mean parse?"),
    "unknown file": (AFTER, '[[pass]]\nuse = "./nope.py"\n', 4, "there is no file"),
    "unknown key": (AFTER, '[[pass]]\nuse = "parse"\nwehn = "opt >= 1"\n', 5, "[[pass]] has no wehn; it may have use, options"),
    "unknown table": (AFTER, '[[passes]]\nuse = "parse"\n', 3, "a pipeline has no passes; it may have name"),
    "lacks use": (AFTER, '[[pass]]\nwhen = "opt >= 1"\n', 3, "[[pass]] lacks use"),
    "wrong type": (AFTER, '[[pass]]\nuse = 3\n', 4, "use must be a string, not 3"),
    "no TOML": (AFTER, "[[pass]\n", 3, ""),
    "broken chain": (AFTER, '[[pass]]\nuse = "lex"\n', 4, "lex reads Source, but here the program is in Surface"),
    "unknown option": (AFTER, '[[pass]]\nuse = "./shout.py"\noptions = { time = 1 }\n', 5, "shout has no option time\n  help: it has times"),
    "wrong option": (AFTER, '[[pass]]\nuse = "./shout.py"\n[pass.options]\nloud = 1\n', 6, "the option loud must be true or false, not 1"),
    "wrong item": (AFTER, '[[pass]]\nuse = "./shout.py"\noptions = { only = [1] }\n', 5, "the option only"),
    "bad condition": (AFTER, '[[pass]]\nuse = "./shout.py"\nwhen = "size > 3"\n', 5, "`size > 3` is not a condition"),
    "condition on a pass that must run": (AFTER, '[[pass]]\nuse = "./leave.py"\nwhen = "opt > 3"\n', 5, "leave turns Surface into Linked"),
    "unmet requirement": (AFTER, '[[pass]]\nuse = "./picky.py"\n', 4, "picky requires quiet, which no pass before it establishes"),
    "not a pass": (AFTER, '[[pass]]\nuse = "./broken.py"\n', 4, "broken.py is not a pass"),
    "unknown pipeline": ('name = "mine"\nafter = "vn"\n', "", 2, "there is no pipeline vn"),
    "after and extends": ('name = "mine"\nafter = "base.toml"\nextends = "base.toml"\n', "", 2, "not both"),
    "insert without extends": (AFTER, '[[insert]]\nuse = "lex"\nafter = "lex"\n', 3, "needs a pipeline to change"),
    "insert without place": (EXTENDS, '[[insert]]\nuse = "./shout.py"\n', 3, "needs `before` or `after`"),
    "insert at unknown": (EXTENDS, '[[insert]]\nuse = "./shout.py"\nafter = "hoist"\n', 5, "there is no pass in base.toml called hoist"),
    "remove what changes the language": (EXTENDS, '[[remove]]\nuse = "parse"\n', 4, "parse cannot be removed: it turns Tokens into Surface"),
    "remove unknown": (EXTENDS, '[[remove]]\nuse = "shout"\n', 4, "there is no pass in base.toml called shout"),
    "made from itself": ('name = "mine"\nextends = "mine.toml"\n', "", 2, "mine is made from itself"),
    "use and take": (AFTER, '[[pass]]\nuse = "parse"\ntake = "base.toml"\n', 5, "[[pass]] has both use and take"),
    "take from unknown": (AFTER, '[[pass]]\ntake = "front-end"\n', 4, "there is no pipeline front-end"),
    "take through unknown": (AFTER, '[[pass]]\ntake = "front"\nthrough = "desugar-fo-r"\n', 5, "there is no pass in front called desugar-fo-r; did you mean"),
    "take without unknown": (AFTER, '[[pass]]\ntake = "front"\nwithout = ["hoist-mthods"]\n', 5, "there is no pass in front called hoist-mthods"),
    "take nothing": (AFTER, '[[pass]]\ntake = "front"\nafter = "hoist"\nthrough = "parse"\n', 6, "parse is not after hoist-methods in front"),
    "take what does not fit": (AFTER, '[[pass]]\ntake = "front"\nafter = "hoist"\n', 4, "but here the program is in Surface"),
    "take with options": (AFTER, '[[pass]]\ntake = "front"\nwhen = "opt > 1"\n', 5, "when does not go with take\n  help: what is taken has its own"),
    "after without take": (AFTER, '[[pass]]\nuse = "lex"\nafter = "lex"\n', 5, "after does not go with use\n  help: [[insert]] puts a pass"),
    "take what runs on another part": (
        'name = "mine"\nafter = "check"\n', '[[pass]]\ntake = "aot-hybrid"\non = "native"\n', 5, "allocate-registers runs on bytecode in aot-hybrid, not on native"),
    "take from itself": (AFTER, '[[pass]]\ntake = "mine.toml"\n', 1, "mine is made from itself"),
    "no passes": ('name = "mine"\n', "", 1, "the pipeline has no passes"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_mistakes_name_the_line(name: str, write_pass: Callable, write_pipeline: Callable) -> None:
    head, text, line, message = MISTAKES[name]
    write_pass("Shout")
    write_pass("Leave", "    def transform(self, root, cx):\n        return root\n", "Linked")
    write_pass("Picky", f"    requires = (quiet,)\n{_LOOK}")
    write_pass("Broken", "    @rule\n    def name(self, n: Nome, cx: Cx) -> Name:\n        return n\n")
    with pytest.raises(PipelineError) as caught:
        load(write_pipeline(text, head))
    assert str(caught.value).startswith(f"mine.toml:{line}: ") or str(caught.value).split(":")[0].endswith("mine.toml")
    assert caught.value.line == line
    assert message in str(caught.value)


_LOOK = "    @check\n    def look(self, n: Name, cx: Cx) -> None:\n        pass\n"


def test_a_requirement_is_met_by_what_an_earlier_pass_establishes(write_pass: Callable, write_pipeline: Callable) -> None:
    write_pass("Hush", f"    establishes = (quiet,)\n{_LOOK}")
    write_pass("Picky", f"    requires = (quiet,)\n{_LOOK}")
    mine = write_pipeline('[[pass]]\nuse = "./hush.py"\n[[pass]]\nuse = "./picky.py"\n', AFTER)
    assert names(mine)[-2:] == ["hush", "picky"]


def test_help_names_the_pass_that_bridges(write_pipeline: Callable) -> None:
    with pytest.raises(PipelineError) as caught:
        load(write_pipeline('[[pass]]\nuse = "lex"\n[[pass]]\nuse = "hoist-methods"\n'))
    assert caught.value.fix == "put it after resolve-modules"


def test_a_pass_is_found_by_prefix_and_an_ambiguous_one_is_refused(write_pipeline: Callable) -> None:
    mine = load(write_pipeline("", AFTER))
    assert mine.position("par") == 1
    with pytest.raises(UserError, match="there is no pass in mine called x"):
        mine.position("x")
    with pytest.raises(UserError, match="check- may be any of check-a, check-b"):
        full_name("check-", ["check-a", "lex", "check-b"])


@pytest.mark.parametrize("path", pipeline_files().values(), ids=lambda p: p.stem)
def test_our_own_files_are_read_as_cattrs_reads_them(path: Path) -> None:
    assert schema.read(path).file == structured(tomllib.loads(path.read_text()), schema.PipelineFile)


def test_lines_ignore_what_is_inside_a_long_string() -> None:
    lines = Lines('name = "x"\nabout = """\n[[pass]]\nuse = "no"\n"""\n[[pass]]\nuse = "yes"\n')
    assert lines.at("pass", 0, "use") == 7
    assert lines.at("pass", 0) == 6
