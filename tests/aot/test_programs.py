"""Every program of tests/golden/programs does, by each native pipeline, what it does on the VM.

The same output and exit code; the same error, place and calls. (The helps that `kayton run` adds to a run-time error are for who
writes the program, and not in binaries.)
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from kayton.commands.native import files_of
from kayton.diagnostics.failure import render_runtime_error
from kayton.ir.thunks import causes
from kayton.pipelines.loading import load, pass_names
from kayton.pipelines.manager import Result, Settings, run_file
from kayton.testing.batch import Batch, build_batch
from tests.aot.outcomes import told
from tests.test_programs import PROGRAMS, ROOT, arguments, beside

native = pytest.importorskip("kayton._native")
pytestmark = pytest.mark.slow


def compiled(pipeline: str, path: Path):
    """What a pipeline makes of a program; None where it has errors."""
    result = run_file(load(pipeline), path.relative_to(Path.cwd()).as_posix(), Settings(verify="off"))
    assert result.failure is None, f"{path}: {result.failure}"
    return result if result.finished and not result.cx.failed else None


def on_vm(path: Path, args: list[str]) -> tuple[int, str, str] | None:
    """Exit code, output and standard error of a program on the VM."""
    result = compiled("vm", path)
    if result is None:
        return None
    done = native.run(result.tree.file.data, args, capture=True, stdin=beside(path, ".in").encode())
    shown = done.stderr.decode()
    if done.error is not None:
        texts = {os.path.relpath(s.path, path.parent.relative_to(Path.cwd())): s.text for s in result.cx.sources.sources}
        e = done.error
        shown += render_runtime_error(e.message, e.trace, e.omitted, texts.get, omitted_at=e.omitted_at)
    return done.exit_code, done.stdout.decode(), told(shown)


def as_binary(batch: Batch, name: str, path: Path, args: list[str]) -> tuple[int, str, str]:
    done = batch.run(name, args, beside(path, ".in").encode())
    return done.returncode, done.stdout.decode(), told(done.stderr.decode())


Made = dict[str, Result | None]
"""What a pipeline makes of each program, by name; None for one with errors."""


@pytest.fixture(scope="module")
def made() -> Iterator[Made]:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        yield _everything()


@pytest.fixture(autouse=True)
def _from_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("NO_COLOR", "1")


def _everything() -> Made:
    return {_name(path): compiled("aot-hybrid", path) for path in PROGRAMS}


def _name(path: Path) -> str:
    return path.relative_to(ROOT).with_suffix("").as_posix()


def wrong(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """What the binaries of the programs do otherwise than the VM."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("NO_COLOR", "1")
    return _wrong(_everything(), tmp_path)


def _wrong(made: Made, folder: Path) -> list[str]:
    batch = build_batch({name: files_of(result.tree) for name, result in made.items() if result is not None})
    said = [f"{name}: rustc refused it\n{why}" for name, why in batch.refused.items()]
    return [*said, *_differences(batch, [p for p in PROGRAMS if made[_name(p)] is not None and _name(p) not in batch.refused], folder)]


def test_every_program(made: Made, tmp_path: Path) -> None:
    found = _wrong(made, tmp_path)
    assert not found, "\n".join(found)


def test_those_with_thunks_with_a_library(made: Made, tmp_path: Path) -> None:
    """By aot-dynamic: the same Rust, and the VM in a library."""
    some = [p for p in PROGRAMS if made[_name(p)] is not None and made[_name(p)].tree.thunks]
    dynamic = {_name(p): files_of(compiled("aot-dynamic", p).tree) for p in some}
    for name, files in dynamic.items():
        assert {**files, "Cargo.toml": b""} == {**files_of(made[name].tree), "Cargo.toml": b""}, name
    batch = build_batch(dynamic, vm="loaded")
    assert not batch.refused and not _differences(batch, some, tmp_path)


def test_strictly(made: Made) -> None:
    """By aot-strict: the same passes and a check after them, so the same crate, or an error for each thunk."""
    assert [name for name in pass_names("aot-strict") if name != "check-no-thunks"] == pass_names("aot-hybrid")
    for path in PROGRAMS:
        thunks = () if made[_name(path)] is None else made[_name(path)].tree.thunks
        if thunks:
            strict = run_file(load("aot-strict"), path.relative_to(ROOT).as_posix(), Settings(verify="off"))
            assert strict.failure is None and not strict.finished
            assert len([d for d in strict.diagnostics if d.severity == "error"]) == len(causes(thunks)), path


def _differences(batch: Batch, paths: list[Path], folder: Path) -> list[str]:
    """The programs that do something else in the binary than on the VM."""
    found = []
    for path in paths:
        folders = [folder / f"{_name(path).replace('/', '_')}{i}" for i in range(2)]
        for own in folders:
            os.mkdir(own)
        expected = on_vm(path, arguments(path, folders[0]))
        done = as_binary(batch, _name(path), path, arguments(path, folders[1]))
        if done != expected and not _tells_of_its_folder(expected, done, folders):
            found.append(f"{_name(path)}:\n  expected {expected!r}\n  found    {done!r}")
    return found


def _tells_of_its_folder(expected, found, folders: list[Path]) -> bool:
    """Whether the outcomes differ in nothing but the temporary folder's name."""
    return tuple(str(part).replace(str(folders[0]), "") for part in expected) == tuple(str(part).replace(str(folders[1]), "") for part in found)
