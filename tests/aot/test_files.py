"""Files of the cache: whole or not at all, and one build at a time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kayton.runtime.native import build, files


def test_a_file_that_is_as_it_should_be_keeps_its_time(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "file"
    files.write(path, b"one")
    os.utime(path, (1, 1))
    files.write(path, b"one")
    assert path.stat().st_mtime == 1
    files.write(path, b"two")
    assert path.stat().st_mtime > 1 and path.read_bytes() == b"two"
    assert os.listdir(path.parent) == ["file"]


def test_a_folder_holds_what_it_should_and_nothing_else(tmp_path: Path) -> None:
    for path in ("kept/runtime.rs", "src/old.rs", "Cargo.lock", ".left.over"):
        files.write(tmp_path / path, b"")
    files.write_all(tmp_path, {"src/main.rs": b"fn main() {}"}, besides="kept")
    found = sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file())
    assert found == ["Cargo.lock", "kept/runtime.rs", "src/main.rs"]


def test_a_copy_replaces_a_file_that_is_being_executed(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "new" / "target"
    files.write(source, Path(sys.executable).resolve().read_bytes())
    source.chmod(0o755)
    files.copy(source, target)
    with subprocess.Popen([target, "-S", "-c", "input()"], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL) as running:
        files.copy(source, target)
        running.communicate(b"\n")
    assert target.stat().st_mode & 0o111
    assert os.listdir(target.parent) == ["target"]


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "folder" / "target").mkdir(parents=True)
    source = tmp_path / "source"
    source.write_bytes(b"")
    with pytest.raises(OSError):
        files.copy(source, tmp_path / "folder" / "target")
    assert os.listdir(tmp_path / "folder") == ["target"]


HOLD = "import sys; from kayton.runtime.native.files import locked; from pathlib import Path\n" \
       "with locked(Path(sys.argv[1]), lambda: None): print('held', flush=True); input()"


def test_one_at_a_time(tmp_path: Path) -> None:
    lock = tmp_path / "cache" / "lock"
    holder = subprocess.Popen([sys.executable, "-c", HOLD, lock], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert holder.stdout.readline() == "held\n"
    waited = []

    def let_go() -> None:
        waited.append(holder.poll())
        holder.kill()  # the system lets go of the lock of a process that is gone

    with files.locked(lock, let_go):
        holder.wait()
    assert waited == [None]
    holder.communicate()


def test_old_runtimes_go_unless_they_are_in_use(tmp_path: Path) -> None:
    names = [f"runtime{i}" for i in range(build.MOST_WORKSHOPS + 3)]
    for age, name in enumerate(names):
        (tmp_path / name).mkdir()
        (tmp_path / name / "lock").touch()
        os.utime(tmp_path / name, (100 - age, 100 - age))
    (tmp_path / "records").mkdir()
    with files.locked(tmp_path / names[-2] / "lock", lambda: None):
        build.drop_workshops(tmp_path / names[-1])
    assert sorted(os.listdir(tmp_path)) == sorted(["records", *names[: build.MOST_WORKSHOPS - 1], *names[-2:]])
