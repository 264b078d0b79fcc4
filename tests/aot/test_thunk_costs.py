"""`kayton aot explain --thunks --run`: how often each thunk was called."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

PROGRAM = """\
use std.env
use std.json

fn items(text): json.parse(text).unwrap()

fn main():
    let data = items("[1, 2, 3]")
    let mut i = 0
    while i < 3:
        print(data[i])
        i += 1
    print(env.args())
    if env.args().len() > 0: env.exit(3)
"""


def costs(said: str) -> dict[str, int]:
    """How often each thunk was called, by its name."""
    return {name: int(calls) for name, calls in re.findall(r"^thunk \d+: (\S+) [^\n]*\n(?:  .*\n)*?  called (\d+) time", said, re.MULTILINE)}


def test_each_thunk_says_how_often_it_was_called(kayton, tmp_path: Path) -> None:
    (tmp_path / "main.ktn").write_text(PROGRAM)
    done = kayton("aot", "explain", "--thunks", "--run", "main.ktn", "one", "--run")
    assert done.returncode == 0
    assert done.stdout.startswith('1\n2\n3\n["one", "--run"]\nthunk 0: ')
    assert done.stderr == "the program ended with exit code 3\n"
    found = costs(done.stdout)
    assert sum(found.values()) == 3, found
    assert re.search(r"\n\d thunks?, [0-9.]+ % of [0-9.]+ ms\n$", done.stdout)
    assert "100.0 % of all calls of thunks" in done.stdout


def test_what_is_in_progress_when_the_program_ends_counts(kayton, tmp_path: Path) -> None:
    (tmp_path / "main.ktn").write_text("@thunk\nfn inner(): [1][1]\nfn between():\n    for i in 0..9: print(i)\n    inner()\n@thunk\nfn outer(): between()\nouter()\n")
    done = kayton("aot", "explain", "--thunks", "--run")
    assert costs(done.stdout) == {"main.inner": 1, "main.outer": 1}
    assert done.stderr.endswith("the program ended with exit code 101\n")


def test_a_program_without_thunks(kayton, tmp_path: Path) -> None:
    (tmp_path / "main.ktn").write_text("print(1)\n")
    done = kayton("aot", "explain", "--thunks", "--run")
    assert (done.returncode, done.stdout, done.stderr) == (0, "1\nno thunks: every function is native\n", "")
