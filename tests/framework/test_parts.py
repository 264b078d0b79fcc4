"""Pipelines whose tree has parts: a pass runs on one, and the chain of languages is checked for each."""

from __future__ import annotations

from pathlib import Path

import pytest

from kayton.ir.hybrid import Hybrid
from kayton.ir.surface import Program
from kayton.pipelines.drawing import as_dot, as_text
from kayton.pipelines.errors import PipelineError
from kayton.pipelines.loading import load, pass_names, pipeline_files
from kayton.pipelines.manager import PassRun, Settings, run_text

HEAD = 'name = "mine"\nafter = "aot-hybrid"\n'


def run(pipeline: str, until: str | None = None, **settings) -> tuple:
    runs: list[PassRun] = []
    result = run_text(load(pipeline, until), "main.ktn", "print(1)\n", Settings(verify="each", **settings), [runs.append])
    assert result.ok, result.failure
    return result, {r.step.name: r for r in runs}


def test_a_pass_on_a_part_leaves_the_other_as_it_is() -> None:
    _, runs = run("aot-hybrid")
    forked = runs["fork-program"].after
    assert forked.native is forked.bytecode and isinstance(forked, Hybrid)
    assert runs["constrain"].before is forked.native
    assert runs["extract-thunks"].before.bytecode is forked.bytecode
    assert runs["allocate-registers"].before is runs["drop-bytecode"].after.bytecode
    joined = runs["emit-crate"].before
    assert joined.native is runs["emit-rust"].after and joined.bytecode is runs["emit-bc"].after


def test_what_a_run_gives_is_what_its_last_pass_made() -> None:
    result, runs = run("aot-hybrid", until="allocate-registers")
    assert result.tree is runs["allocate-registers"].after and isinstance(result.tree, Program)
    assert result.language.name == "Allocated"


@pytest.mark.parametrize(
    ("table", "line", "said"),
    [
        ('[[pass]]\nuse = "encode"\non = "bytecode"\n', 6, "Crate has no part bytecode\n  help: take `on` away"),
        ('[[pass]]\nuse = "encode"\n', 5, "encode reads Bytecode, but here the program is in Crate"),
    ],
)
def test_mistakes_after_the_parts_are_one_again(table: str, line: int, said: str, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(HEAD + "\n" + table)
    with pytest.raises(PipelineError) as error:
        load(str(tmp_path / "mine.toml"))
    assert said in str(error.value) and f"mine.toml:{line}:" in str(error.value)


@pytest.mark.parametrize(
    ("inserted", "said"),
    [
        ('use = "check-no-thunks"', "reads Rust, but here the program has parts: native in Rust, bytecode in Owned"),
        ('use = "check-no-thunks"\non = "bytecode"', "reads Rust, but here the program is in Owned"),
        ('use = "check-no-thunks"\non = "rust"', "Divided has no part rust\n  help: its parts are native, bytecode"),
    ],
)
def test_mistakes_within_parts(inserted: str, said: str, tmp_path: Path) -> None:
    text = f'name = "mine"\nextends = "aot-hybrid"\n[[insert]]\nafter = "emit-rust"\n{inserted}\n'
    (tmp_path / "mine.toml").write_text(text)
    with pytest.raises(PipelineError) as error:
        load(str(tmp_path / "mine.toml"))
    assert said in str(error.value)


def test_parts_must_have_arrived_before_they_are_joined(tmp_path: Path) -> None:
    passes = [p for p in pipeline_files()["aot-hybrid"].read_text().split("[[pass]]") if "emit-bc" not in p]
    (tmp_path / "mine.toml").write_text("[[pass]]".join(passes))
    with pytest.raises(PipelineError) as error:
        load(str(tmp_path / "mine.toml"))
    assert "emit-crate wants bytecode in Bytecode, but here the program has native in Rust, bytecode in Allocated" in str(error.value)
    assert "put emit-bc before it (Allocated -> Bytecode)" in str(error.value)


def test_pictures_say_on_which_part_a_pass_runs() -> None:
    pipeline = load("aot-hybrid")
    assert "  │  constrain   [on native]\n  ▼  Constrained" in as_text(pipeline)
    assert as_dot(pipeline).count("on bytecode") == 2


def test_the_derived_pipelines() -> None:
    strict, hybrid = pass_names("aot-strict"), pass_names("aot-hybrid")
    assert [p for p in strict if p != "check-no-thunks"] == hybrid == pass_names("aot-dynamic")


def test_the_evaluator_executes_what_comes_before_inference(tmp_path: Path, capfd: pytest.CaptureFixture) -> None:
    from kayton.cli import main

    (tmp_path / "main.ktn").write_text("print(1 + 1)\n")
    program = str(tmp_path / "main.ktn")
    assert main(["pipeline", "run", "aot-hybrid", program, "--on", "evaluator"]) == 0
    assert capfd.readouterr().out == "2\n"
    assert main(["pipeline", "run", "aot-hybrid", program, "--on", "evaluator", "--after", "monomorphize"]) == 2
    assert "the evaluator does not execute Mono" in capfd.readouterr().err


def test_a_native_binary_takes_no_limits(tmp_path: Path, capfd: pytest.CaptureFixture) -> None:
    from kayton.cli import main

    (tmp_path / "main.ktn").write_text("print(1 + 1)\n")
    assert main(["pipeline", "run", "aot-hybrid", str(tmp_path / "main.ktn"), "--max-depth", "5"]) == 2
    assert "limits are for programs on the VM and the evaluator" in capfd.readouterr().err
