"""The wheel: installed into a fresh environment, its command is the native launcher, and finds the Python beside it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent


def run(*words: object, **options) -> subprocess.CompletedProcess:
    done = subprocess.run([str(w) for w in words], capture_output=True, text=True, timeout=840, check=False, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` folder of an environment that has the wheel, with our own dependencies."""
    folder = tmp_path_factory.mktemp("installed")
    launcher = BIN / "kayton"  # as this environment has it, unless it has none that is native
    built = {"KAYTON_LAUNCHER": str(launcher)} if launcher.is_file() and launcher.read_bytes()[:2] != b"#!" else {}
    run(BIN / "maturin", "build", "--release", "--offline", "-o", folder, cwd=ROOT, env={**os.environ, **built})
    (wheel,) = folder.glob("*.whl")
    venv = folder / "venv"
    run(sys.executable, "-m", "venv", "--without-pip", venv)
    python = venv / "bin" / "python3"
    run(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", wheel)
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").stdout.strip())
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    return venv / "bin"


@pytest.mark.slow
def test_an_installed_wheel_works(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "hello.ktn").write_text('fn main(): print("hello")\n')
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "KAYTON", "VIRTUAL"))}
    options = {"cwd": tmp_path, "env": {**clean, "KAYTON_CACHE": str(tmp_path / "cache")}}
    assert (installed / "kayton").read_bytes()[:2] != b"#!", "the command is native"
    assert (installed.parent / "share/man/man1/kayton.1").is_file()
    assert run(installed / "kayton", "run", "hello.ktn", **options).stdout == "hello\n"
    assert str(installed.parent) in run(installed / "kayton", "pass", "show", "lex", **options).stdout
    assert run(installed / "python3", "-m", "kayton", "run", "hello.ktn", **options).stdout == "hello\n"
    link = tmp_path / "elsewhere"
    link.symlink_to(installed / "kayton")
    (installed / "python3").rename(installed / "python3.away")
    (installed / "python").unlink()
    assert run(link, "run", "hello.ktn", **options).stdout == "hello\n", "no Python is needed for what is compiled"
    (installed / "python3.away").rename(installed / "python3")


def test_the_launcher_needs_no_shared_library() -> None:
    if shutil.which("readelf") is None or not Path(run("cc", "-print-file-name=libc.a").stdout.strip()).is_absolute():
        pytest.skip("needs readelf, and the C library in static form")
    assert "INTERP" not in run("readelf", "--program-headers", BIN / "kayton").stdout
