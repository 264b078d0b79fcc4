"""Every program of tests/golden/programs does, as a native binary, what it does on the VM.

The same output and exit code; the same error, place and calls. (The helps that `kayton run` adds to a run-time error are for who
writes the program, and not in binaries.)
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kayton.commands.native import files_of
from kayton.diagnostics.failure import render_runtime_error
from kayton.pipelines.loading import load
from kayton.pipelines.manager import Settings, run_file
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


def wrong(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """What the binaries of the programs do otherwise than the VM."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("NO_COLOR", "1")
    names = {p.relative_to(ROOT).with_suffix("").as_posix(): p for p in PROGRAMS}
    made = {name: compiled("aot-hybrid", path) for name, path in names.items()}
    batch = build_batch({name: files_of(result.tree) for name, result in made.items() if result is not None})
    said = [f"{name}: rustc refused it\n{why}" for name, why in batch.refused.items()]
    for name, path in names.items():
        if made[name] is None or name in batch.refused:
            continue
        folders = [tmp_path / f"{name.replace('/', '_')}{i}" for i in range(2)]
        for folder in folders:
            os.mkdir(folder)
        expected = on_vm(path, arguments(path, folders[0]))
        found = as_binary(batch, name, path, arguments(path, folders[1]))
        if found != expected and not _tells_of_its_folder(expected, found, folders):
            said.append(f"{name}:\n  expected {expected!r}\n  found    {found!r}")
    return said


def test_every_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = wrong(monkeypatch, tmp_path)
    assert not found, "\n".join(found)


def _tells_of_its_folder(expected, found, folders: list[Path]) -> bool:
    """Whether the outcomes differ in nothing but the temporary folder's name."""
    return tuple(str(part).replace(str(folders[0]), "") for part in expected) == tuple(str(part).replace(str(folders[1]), "") for part in found)
