"""`kayton aot verify`: compiled functions do what their bytecode does, and it is seen where they do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from kayton.commands.native import build_crate
from kayton.ir.resolved import TypeDecl
from kayton.ir.types import read_type
from kayton.pipelines.loading import load
from kayton.pipelines.manager import Settings, run_text
from kayton.testing.verifying.cases import Case, program
from kayton.testing.verifying.comparing import compared
from kayton.testing.verifying.values import Values

PROGRAM = """\
use std.env

struct P:
    x
    y
    fn len(self): (self.x * self.x + self.y * self.y).sqrt()
    fn move(mut self, dx): self.x += dx

enum Shape:
    Dot
    Circle(r: f64)

fn area(s):
    match s:
        Dot: 0.0
        Circle(r): r * r * 3.0

fn bump(mut xs, i): xs[i] += 1

fn positive(n: i64 where n > 0): n - 1

enum Missing:
    No(str)

struct Till:
    coins = {}

    fn count(self, name): self.coins.get(name).ok_or(No(name))

fn spin(n):
    let mut i = 0
    while i < n: i += 1
    i

fn leave(n):
    if n > 9: env.exit(n)
    n

fn main():
    let mut p = P(1.5, 2.0)
    leave(3)
    p.move(2.0)
    print(p.len(), area(Shape.Dot), area(Shape.Circle(2.0)), positive(4), spin(10))
    let mut xs = [1, 2]
    bump(mut xs, 1)
    print([1, 2].map(|x| x + 1), xs, Till().count("penny"), Till({"shilling": 12}).count("shilling"))
"""


@pytest.mark.slow
def test_functions_agree_with_their_bytecode(kayton, tmp_path: Path) -> None:
    (tmp_path / "main.ktn").write_text(PROGRAM)
    done = kayton("aot", "verify")
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    agreed = {line.partition(":")[0]: int(line.split()[1]) for line in lines if line.endswith(" agree") and " call" in line and "functions" not in line}
    assert set(agreed) == {"main.P.len", "main.P.move", "main.Till.count", "main.area", "main.bump", "main.leave", "main.positive", "main.spin"}
    assert min(agreed.values()) >= 4
    assert "main.main.<closure>1(i64): left out, it is a closure" in lines
    assert lines[-1].startswith("8 functions, ") and ": all agree, " in lines[-1] and lines[-1].endswith(" took too long")


@pytest.mark.slow
def test_a_difference_is_seen() -> None:
    cases = [Case("main.f", "f(1)", ("print(f(1))",)), Case("main.f", "f(2)", ("print(f(2))",))]
    right, wrong = [program(f"fn f(n): {body}\n", cases) for body in ("if n == 2: [1][n] else: n", "n")]
    bytecode = run_text(load("vm"), "main.ktn", right, Settings(verify="off")).tree.file.data
    binary = build_crate(run_text(load("aot-hybrid"), "main.ktn", wrong, Settings(verify="off")).tree, "debug").binary
    one, two = compared(cases, bytecode, binary)
    assert one.agrees and one.compiled.out == "1\n"
    assert not two.agrees
    assert (two.bytecode.code, two.compiled.out) == (101, "2\n")
    assert "index out of range" in two.bytecode.err


@pytest.mark.parametrize(
    "text", ["i64", "f64", "bool", "str", "()", "List[i64]", "Set[str]", "Map[str, List[f64]]", "Option[(i64, str)]", "Result[i64, str]", "List[never]"]
)
def test_generated_values_are_of_their_types(text: str) -> None:
    values = Values({}, {}, "main")
    made = [values.one(read_type(text)) for _ in range(20)]
    assert None not in made
    source = "".join(f"let v{i} = {value}\n" for i, value in enumerate(made))
    result = run_text(load("check"), "main.ktn", source, Settings(verify="off"))
    assert result.ok, result.diagnostics


@pytest.mark.parametrize("text", ["dyn", "List[dyn]", "fn{main.f}", "other.P[i64]"])
def test_what_cannot_be_written_is_left_out(text: str) -> None:
    assert Values({"other.P": TypeDecl("other.P", "struct")}, {}, "main").one(read_type(text)) is None
