"""Compiled code and thunks: values cross without being converted, output comes in order, errors have one trace, calls one depth.

`crossing/main.rs` is a program as the compiler emits it, in which some functions are thunks.
"""

from __future__ import annotations

import re
import subprocess
from itertools import groupby
from pathlib import Path

import pytest

from kayton.ir.bytecode import BcModule
from kayton.ir.node import replace
from kayton.passes.bytecode._format import encode_module
from kayton.passes.rust.emit_crate import cargo_toml
from kayton.pipelines.loading import load
from kayton.pipelines.manager import Settings, run_text
from kayton.runtime.native.build import build

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent / "crossing"
THUNKS = ("scaled", "next", "shout", "deep", "twice", "adder", "ring", "many", "same", "push", "turn")


@pytest.fixture(scope="module", params=["embedded", "loaded"])
def binary(request: pytest.FixtureRequest) -> Path:
    source = (HERE / "crossing.ktn").read_text()
    result = run_text(load("aot-hybrid", until="emit-bc"), "crossing.ktn", source, Settings(skip=frozenset({"drop-bytecode"})))
    module: BcModule = result.tree.module
    functions = {module.strings[fn.name]: i for i, fn in enumerate(module.functions)}
    module = replace(module, thunks=tuple((i, functions[name]) for i, name in enumerate(THUNKS)))
    crate = {
        "Cargo.toml": cargo_toml(request.param).encode(),
        "src/main.rs": (HERE / "main.rs").read_text().replace("HALF: u32 = 0", f"HALF: u32 = {functions['half']}").encode(),
        "src/sources/0.ktn": source.encode(),
        "src/program.kbc": encode_module(module, result.cx.sources),
    }
    return build(crate, "release", request.param).binary


def run(binary: Path, *words: str) -> subprocess.CompletedProcess:
    return subprocess.run([binary, *words], capture_output=True, text=True, timeout=60)


def test_values_globals_output_and_functions_cross(binary: Path) -> None:
    done = run(binary, "values")
    assert (done.returncode, done.stderr) == (0, "héllo?\n")
    assert done.stdout == "[102, 104, 106]\n[1, 2, 3]\nhéllo!\n5\n10\n"


def test_an_error_has_one_trace(binary: Path) -> None:
    done = run(binary, "fail", "2", "1")
    assert done.returncode == 101
    assert done.stderr == """\
error: index out of range: the length is 2 but the index is 7
  --> crossing.ktn:13:16
   |
13 |     if n == 0: [1, 2][7]
   |                ^^^^^^^^^
  in deep at crossing.ktn:13:16    if n == 0: [1, 2][7]
  in deep at crossing.ktn:14:11    else: deep(n - 1)
  in sink at crossing.ktn:18:1     fn adder(n): |x| x + n
  in sink at crossing.ktn:18:1     fn adder(n): |x| x + n
  in sink at crossing.ktn:18:1     fn adder(n): |x| x + n
  in main at crossing.ktn:20:1     class Node:
"""


def test_an_error_in_compiled_code_that_bytecode_has_called_has_one_trace(binary: Path) -> None:
    done = run(binary, "turns", "3")
    assert (done.returncode, done.stdout) == (101, "")
    assert done.stderr == """\
error: index out of range: the length is 1 but the index is 5
  --> crossing.ktn:40:24
   |
40 | fn half(n): if n == 0: [1][5] else: turn(n - 1)
   |                        ^^^^^^
  in half at crossing.ktn:40:24    fn half(n): if n == 0: [1][5] else: turn(n - 1)
  in turn at crossing.ktn:38:32    fn turn(n): if n == 0: 0 else: half(n - 1) + 1
  in half at crossing.ktn:40:37    fn half(n): if n == 0: [1][5] else: turn(n - 1)
  in turn at crossing.ktn:38:32    fn turn(n): if n == 0: 0 else: half(n - 1) + 1
  in main at crossing.ktn:20:1     class Node:
"""


@pytest.mark.parametrize(("levels", "below"), [(100, 3), (3, 100), (30, 30), (19, 19), (20, 20)])
def test_every_call_on_both_sides_is_shown_or_counted(binary: Path, levels: int, below: int) -> None:
    done = run(binary, "fail", str(levels), str(below))
    calls = [line for line in done.stderr.splitlines() if line.startswith("  in ")]
    assert [name for name, _ in groupby(line.split()[1] for line in calls)] == ["deep", "sink", "main"]
    hidden = [int(n) for n in re.findall("… ([0-9]+) more call", done.stderr)]
    assert len(calls) + sum(hidden) == (below + 1) + (levels + 1) + 1


def test_calls_are_counted_on_both_sides(binary: Path) -> None:
    # main, `levels + 1` calls of sink and `below + 1` of deep: 100,000 are allowed.
    assert "index out of range" in run(binary, "fail", "60000", "39997").stderr
    assert "call depth limit reached" in run(binary, "fail", "60000", "39998").stderr
    assert "call depth limit reached" in run(binary, "fail", "99998", "0").stderr


def test_calls_in_turn_are_counted_on_both_sides(binary: Path) -> None:
    # main, and `n + 1` calls of turn and half.
    assert run(binary, "turns", "99998").stdout == "49999\n"
    assert "call depth limit reached" in run(binary, "turns", "99999").stderr


def test_a_crossing_leaks_nothing_and_is_quick(binary: Path) -> None:
    done = run(binary, "many", "1000000")
    assert done.stdout == "1000000 0\n"
    assert float(done.stderr.split()[0]) < 1000  # about 50 on a quiet machine


def test_containers_are_the_same_objects_with_all_that_is_in_them(binary: Path) -> None:
    done = run(binary, "containers")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == '[true, true, true, true, true, true]\n["a", "b"] ["a", "b", "c", "d"] true\n'


def test_instances_made_by_thunks_are_known_to_both(binary: Path) -> None:
    done = run(binary, "instances", "100000")
    assert (done.returncode, done.stdout, done.stderr) == (0, "100000 true\n", "")
