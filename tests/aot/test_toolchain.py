"""A toolchain that is missing, too old or broken is explained; cargo's errors are never the user's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kayton.diagnostics.usage import UserError
from kayton.runtime.native import toolchain

PROGRAM = "fn main(): print(1)\n"
ARTIFACT = '{"reason":"compiler-artifact","fresh":false,"target":{"name":"kayton_abi"},"filenames":["x.rlib"],"executable":null}'


@pytest.fixture
def build(kayton, tmp_path: Path) -> Callable[[], object]:
    (tmp_path / "main.ktn").write_text(PROGRAM)
    return lambda: kayton("aot", "build")


def test_without_cargo(build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    done = build()
    assert done.returncode == 2
    assert "error: a native binary needs Rust, and there is no `cargo` on the search path\n  help: install" in done.stderr


def test_too_old(build, fake_rust) -> None:
    fake_rust("exit 1", 'echo "rustc 1.60.0"; echo "release: 1.60.0"')
    done = build()
    assert done.returncode == 2
    assert "needs Rust 1.82 or later, and this is 1.60.0" in done.stderr
    assert "rustup update" in done.stderr


def test_a_rustc_that_does_not_work(build, fake_rust) -> None:
    fake_rust("exit 1", 'echo "error: no default toolchain configured" >&2; exit 1')
    done = build()
    assert done.returncode == 2
    assert "does not work: no default toolchain configured" in done.stderr


def test_what_rustc_says_is_kept_until_it_changes(fake_rust, tmp_path: Path) -> None:
    fake_rust("exit 1", f'echo x >> {tmp_path}/asked; echo "release: 1.90.0"')
    for _ in range(2):
        assert toolchain.find("1.82", tmp_path).version == "1.90.0"
    assert (tmp_path / "asked").read_text() == "x\n"
    (tmp_path / "fake-bin" / "rustc").write_text('#!/bin/sh\necho "release: 1.91.0" # longer\n')
    assert toolchain.find("1.82", tmp_path).version == "1.91.0"


def test_a_version_is_compared_by_its_numbers(fake_rust, tmp_path: Path) -> None:
    fake_rust("exit 1", 'echo "release: 1.100.0-nightly"')
    assert toolchain.find("1.82", tmp_path).version == "1.100.0-nightly"
    with pytest.raises(UserError, match="1.101 or later"):
        toolchain.find("1.101", tmp_path)


def test_an_error_of_cargo_is_a_mistake_of_ours(build, fake_rust, tmp_path: Path) -> None:
    fake_rust('echo "error[E0308]: mismatched types" >&2; exit 101')
    done = build()
    assert done.returncode == 70
    assert "E0308" not in done.stderr
    assert "This is a mistake in Kayton, not in your program." in done.stderr
    (report,) = tmp_path.glob("kayton-crash-*.txt")
    assert "error[E0308]: mismatched types" in report.read_text()
    assert "--offline" in report.read_text()


@pytest.mark.parametrize(
    ("cargo", "said"),
    [
        ('echo "error: linker \\`cc\\` not found" >&2; exit 101', "needs a linker, and Rust finds none"),
        ('echo "error: No space left on device (os error 28)" >&2; exit 101', "the disk is full"),
        ("kill -9 $$", "cargo was stopped by SIGKILL; is there enough memory?"),
    ],
)
def test_what_the_machine_lacks(build, fake_rust, cargo: str, said: str, tmp_path: Path) -> None:
    fake_rust(cargo)
    done = build()
    assert done.returncode == 2
    assert said in done.stderr
    assert not list(tmp_path.glob("kayton-crash-*"))


def test_cargo_that_makes_nothing_is_a_mistake_of_ours(build, fake_rust) -> None:
    fake_rust(f"echo '{ARTIFACT}'")
    assert build().returncode == 70


def test_cargo_never_asks_a_registry_and_gets_none_of_the_users_settings(build, fake_rust, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("RUSTFLAGS", "--cfg users_own")
    monkeypatch.setenv("CARGO_BUILD_TARGET", "wasm32-unknown-unknown")
    fake_rust(f'echo "$@" > {tmp_path}/words; env > {tmp_path}/variables; exit 101')
    build()
    words, variables = (tmp_path / "words").read_text().split(), (tmp_path / "variables").read_text()
    assert words[:2] == ["build", "--offline"]
    assert "users_own" not in variables and "wasm32" not in variables
