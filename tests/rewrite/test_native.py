"""Rewritten programs as native binaries: they do what the programs do on the VM, and as much of them is compiled."""

from __future__ import annotations

import pytest

from kayton.commands.native import files_of
from kayton.pipelines.loading import load
from kayton.pipelines.manager import Settings, run_file, run_text
from kayton.testing.batch import build_batch
from tests.rewrite.test_rewriting import finished, on_vm, rewritten
from tests.test_programs import PROGRAMS, ROOT, beside

pytestmark = pytest.mark.slow

CHOSEN = [p for p in PROGRAMS if p.parent.name == "programs" or p.name == "main.ktn"]


def test_programs() -> None:
    crates, expected = {}, {}
    settings = Settings(verify="off")
    for path in CHOSEN:
        text = rewritten(str(path))
        if text is None:
            continue
        name = path.relative_to(ROOT).as_posix()
        before = run_file(load("aot-hybrid"), str(path), settings).tree
        after = finished(run_text(load("aot-hybrid"), "alone.ktn", text, settings), name).tree
        assert len(after.thunks) == len(before.thunks), name
        crates[name] = files_of(after)
        expected[name] = on_vm(run_file(load("vm"), str(path), settings), beside(path, ".in"), [])
    batch = build_batch(crates)
    assert batch.refused == {}
    for name, (code, out, *_) in expected.items():
        done = batch.run(name, [], beside(ROOT / name, ".in").encode())
        assert (done.returncode, done.stdout.decode()) == (code, out), name
