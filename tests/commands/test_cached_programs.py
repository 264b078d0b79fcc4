"""The cache seen by both who use it, the launcher and Python: one key, one format, and nothing wrong with it is ever an error."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import zlib
from pathlib import Path

import pytest

import kayton
from kayton._native import Cache
from tests.commands.processes import (
    BY_LAUNCHER,
    BY_PYTHON,
    ROOT,
    WAYS,
    allow_python,
    entries,
    environment,
    forbid_python,
    run,
    start,
)

MAIN = "use other\n\nfn main(): print(other.answer())\n"
OTHER = "pub fn answer(): 42\n"
WARNED = "fn main():\n    match true:\n        true: print(1)\n        false: print(2)\n        _: print(3)\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A program of two files."""
    (tmp_path / "main.ktn").write_text(MAIN)
    (tmp_path / "other.ktn").write_text(OTHER)
    return tmp_path


def native(home: Path, *words: str, **more: str):
    """Runs a program by the launcher, which may not start Python; 99 if it wants to."""
    forbid_python(home)
    done = run(BY_LAUNCHER, home, "run", *words, **more)
    allow_python(home)
    return done.returncode, done.stdout


def test_a_program_is_compiled_once(home: Path) -> None:
    assert native(home) == (99, "")
    assert run(BY_LAUNCHER, home, "run").stdout == "42\n"
    assert native(home) == native(home, "main.ktn") == (0, "42\n")
    assert len(entries(home)) == 1


def test_both_ways_share_entries(home: Path) -> None:
    run(BY_PYTHON, home, "run", "main.ktn")
    (entry,) = entries(home)
    inode = entry.stat().st_ino
    assert run(BY_LAUNCHER, home, "run", "main.ktn").stdout == "42\n"
    assert run(BY_PYTHON, home, "run", "main.ktn").stdout == "42\n"
    assert [e.stat().st_ino for e in entries(home)] == [inode], "it was written again"
    assert native(home) == (0, "42\n")


@pytest.mark.parametrize("change", ["main.ktn", "other.ktn", "kayton.toml", "other folder", "gone"])
def test_what_a_program_was_made_from_is_looked_at(change: str, home: Path) -> None:
    (home / "other.ktn").unlink()
    (home / "other").mkdir()
    (home / "other" / "mod.ktn").write_text(OTHER)
    run(BY_LAUNCHER, home, "run", "main.ktn")
    assert native(home, "main.ktn") == (0, "42\n")
    if change == "main.ktn":
        (home / "main.ktn").write_text(MAIN + "# more\n")
    elif change == "other.ktn":
        (home / "other.ktn").write_text(OTHER.replace("42", "43"))
    elif change == "kayton.toml":
        (home / "kayton.toml").write_text("# nothing\n")
    elif change == "other folder":
        (home / "other" / "mod.ktn").write_text(OTHER.replace("42", "44"))
    else:
        shutil.rmtree(home / "other")
    assert native(home, "main.ktn") == (99, "")


def test_a_file_that_changes_back_is_found_again(home: Path) -> None:
    run(BY_LAUNCHER, home, "run")
    (home / "main.ktn").write_text(MAIN.replace("print(", "print(1, "))
    assert run(BY_LAUNCHER, home, "run").stdout == "1 42\n"
    (home / "main.ktn").write_text(MAIN)
    os.utime(home / "main.ktn", (1, 1))
    assert native(home) == (0, "42\n")


def test_a_byte_order_mark_is_no_change(home: Path) -> None:
    (home / "other.ktn").write_text("\ufeff" + OTHER, encoding="utf-8")
    run(BY_LAUNCHER, home, "run")
    assert native(home) == (0, "42\n")


@pytest.mark.parametrize("way", WAYS)
def test_warnings_are_shown_every_time(way: str, home: Path) -> None:
    (home / "main.ktn").write_text(WARNED)
    first, second, third = [run(WAYS[way], home, "run", "main.ktn") for _ in range(3)]
    assert len(entries(home)) == 1
    assert first.stdout == second.stdout == "1\n"
    assert "warning" in first.stderr and "main.ktn:5:9" in first.stderr
    assert first.stderr == second.stderr == third.stderr


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("no_color", ["", "1"])
def test_kept_warnings_have_colours_on_a_terminal(no_color: str, way: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", no_color)
    (home / "main.ktn").write_text(WARNED)
    run(WAYS[way], home, "run", "main.ktn")
    ours, terminal = os.openpty()
    process = start(WAYS[way], home, "run", "main.ktn", stdout=subprocess.PIPE, stderr=terminal)
    assert process.communicate(timeout=60) == (b"1\n", None)
    shown = os.read(ours, 65536)
    os.close(terminal)
    os.close(ours)
    assert b"warning" in shown and (b"\x1b[" in shown) == (no_color == "")


def test_kept_warnings_can_be_json(home: Path) -> None:
    (home / "main.ktn").write_text(WARNED)
    anew = run(BY_PYTHON, home, "run", "--error-format", "json", "--no-cache", "main.ktn")
    run(BY_PYTHON, home, "run", "main.ktn")
    (entry,) = entries(home)
    inode = entry.stat().st_ino
    kept = run(BY_PYTHON, home, "run", "--error-format", "json", "main.ktn")
    assert json.loads(kept.stderr)["severity"] == "warning"
    assert (kept.stdout, kept.stderr) == (anew.stdout, anew.stderr) == ("1\n", anew.stderr)
    assert [e.stat().st_ino for e in entries(home)] == [inode], "it was compiled again"


def test_options_and_folders_have_entries_of_their_own(home: Path) -> None:
    run(BY_PYTHON, home, "run", "main.ktn")
    run(BY_PYTHON, home, "run", "--opt", "0", "main.ktn")
    run(BY_PYTHON, home, "run", str(home / "main.ktn"))
    assert len(entries(home)) == 3


# ── the compiler ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the compiler."""
    shutil.copytree(ROOT / "kayton", tmp_path / "tree" / "kayton", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "tree" / "kayton"


@pytest.mark.slow
@pytest.mark.parametrize("change", ["edit", "same size", "add", "remove", "toml"])
def test_editing_the_compiler_makes_entries_stale(change: str, home: Path, tree: Path) -> None:
    own = {"PYTHONPATH": str(tree.parent), "PYTHONDONTWRITEBYTECODE": "1"}  # what Python writes beside the files is a change, too
    run(BY_LAUNCHER, home, "run", **own)
    assert native(home, **own) == (0, "42\n")
    file = tree / ("pipelines/vm.toml" if change == "toml" else "passes/front/lex.py")
    if change == "add":
        (tree / "passes" / "front" / "new_pass.py").write_text("")
    elif change == "remove":
        (tree / "testing" / "__init__.py").unlink()
    elif change == "same size":
        file.write_text(file.read_text().replace("the", "The", 1))
    else:
        file.write_text(file.read_text() + "\n# edited\n")
    assert native(home, **own) == (99, "")
    assert run(BY_LAUNCHER, home, "run", **own).stdout == "42\n"
    assert native(home, **own) == (0, "42\n")


def test_another_compiler_is_another(home: Path, tree: Path) -> None:
    run(BY_LAUNCHER, home, "run")
    assert native(home, PYTHONPATH=str(tree.parent)) == (99, "")


def test_an_installed_compiler_is_known_by_what_the_installer_wrote(tree: Path) -> None:
    record = tree.parent / f"kayton-{kayton.__version__}.dist-info" / "RECORD"
    record.parent.mkdir()
    record.write_text("installed\n")
    first = Cache(str(tree), kayton.__version__).compiler
    (tree / "cli.py").write_text("")
    assert Cache(str(tree), kayton.__version__).compiler == first
    record.write_text("installed again\n")
    assert Cache(str(tree), kayton.__version__).compiler != first


# ── damage, and folders that cannot be used ──────────────────────────────────────────────────────────────────────────────

FORMS = ["plain", "coloured", "json"]
KEY = ("", "/folder", "main.ktn")


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cache:
    """A cache in a folder of its own, whose entries are for the file main.ktn of the working directory."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "main.ktn").write_text(OTHER)
    return Cache(str(ROOT / "kayton"), kayton.__version__, str(tmp_path / "cache"))


def stored(cache: Cache, bytecode: bytes) -> bool:
    return cache.store(*KEY, [("main.ktn", OTHER), ("absent.ktn", None)], FORMS, bytecode)


def test_an_entry_reads_back(cache: Cache) -> None:
    assert cache.load(*KEY) is None
    assert stored(cache, b"program")
    assert cache.load(*KEY) == (b"program", FORMS)
    assert cache.load("opt=0", *KEY[1:]) is None
    assert cache.usage()[0] == 1
    cache.clear()
    assert cache.load(*KEY) is None and cache.usage() == (0, 0)


def test_no_damaged_entry_is_used(cache: Cache, tmp_path: Path) -> None:
    """Every byte changed, and every length cut."""
    assert stored(cache, b"program")
    (path,) = entries(tmp_path)
    whole = path.read_bytes()
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x41]) + whole[at + 1 :])
        assert cache.load(*KEY) is None, at
        path.write_bytes(whole[:at])
        assert cache.load(*KEY) is None, at
    path.write_bytes(whole)
    assert cache.load(*KEY) is not None


def test_an_entry_whose_checksum_fits_may_still_be_nonsense(cache: Cache, tmp_path: Path) -> None:
    assert stored(cache, b"program")
    (path,) = entries(tmp_path)
    whole = path.read_bytes()
    start_of_body = 12
    for at in range(start_of_body, len(whole)):
        for body in (whole[start_of_body:at], whole[start_of_body:at] + b"\xff" * 8 + whole[at + 8 :]):
            path.write_bytes(whole[:8] + zlib.crc32(body).to_bytes(4, "little") + body)
            found = cache.load(*KEY)
            assert found is None or found[0].rstrip(b"\xff") == b"program"[: len(found[0].rstrip(b"\xff"))]


HOSTILE = {
    "nothing": lambda kbc: b"",
    "no bytecode": lambda kbc: b"garbage",
    "cut": lambda kbc: kbc[:-1],
    "another version": lambda kbc: kbc[:4] + b"\xff\xff" + kbc[6:],
    "ones": lambda kbc: _sealed(kbc, kbc[12:40] + b"\xff" * (len(kbc) - 40)),
}


def _sealed(kbc: bytes, body: bytes) -> bytes:
    """A body under a header whose checksum is right."""
    return kbc[:8] + zlib.crc32(body).to_bytes(4, "little") + body


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_entry_is_compiled_again(kind: str, way: str, home: Path) -> None:
    """It belongs to the program and its checksum is right, but what it holds cannot be executed."""
    run(BY_PYTHON, home, "pipeline", "run", "vm", "main.ktn", "-o", "main.kbc")
    run(WAYS[way], home, "run", "main.ktn")
    cache = Cache(str(ROOT / "kayton"), kayton.__version__, str(home / "cache"))
    files = [("main.ktn", MAIN), ("other.ktn", OTHER), ("kayton.toml", None)]
    bytecode = HOSTILE[kind]((home / "main.kbc").read_bytes())
    assert cache.store("", str(home), "main.ktn", files, ["", "", ""], bytecode)
    done = run(WAYS[way], home, "run", "main.ktn")
    assert (done.returncode, done.stdout, done.stderr) == (0, "42\n", "")
    assert native(home, "main.ktn") == (0, "42\n") or way == "python"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("place", ["a file", "below a file", "a device"])
def test_a_folder_that_cannot_be_used_is_no_error(place: str, way: str, home: Path) -> None:
    (home / "file").write_text("this is a file")
    folder = {"a file": "file", "below a file": "file/cache", "a device": "/dev/null"}[place]
    for _ in range(2):
        done = run(WAYS[way], home, "run", "main.ktn", KAYTON_CACHE=folder)
        assert (done.returncode, done.stdout, done.stderr) == (0, "42\n", "")


def test_without_a_home_nothing_is_kept(home: Path) -> None:
    nowhere = {"KAYTON_CACHE": "", "XDG_CACHE_HOME": "", "HOME": ""}
    assert run(BY_LAUNCHER, home, "run", **nowhere).stdout == "42\n"
    done = run(BY_LAUNCHER, home, "cache", "info", **nowhere)
    assert done.returncode == 2 and "there is no folder for the cache" in done.stderr


def test_info_and_clear(home: Path) -> None:
    run(BY_LAUNCHER, home, "run")
    info = run(BY_LAUNCHER, home, "cache", "info").stdout
    assert str(home / "cache") in info and "programs  1 (at most 500)" in info and kayton.__version__ in info
    assert run(BY_LAUNCHER, home, "cache", "clear").stdout.startswith("removed 1 program (")
    assert list((home / "cache").iterdir()) == []
    assert native(home) == (99, "")


def test_what_was_used_least_lately_goes_first(cache: Cache, tmp_path: Path) -> None:
    for i in range(5):
        assert cache.store("", "/folder", "main.ktn", [("main.ktn", f"# {i}")], ["", "", ""], b"program %d" % i)
    for age, path in enumerate(sorted(entries(tmp_path), key=lambda p: p.read_bytes()[-1])):
        os.utime(path, (1000 + age, 1000 + age))
    cache.prune(3, 10**9)
    assert sorted(p.read_bytes()[-1:] for p in entries(tmp_path)) == [b"2", b"3", b"4"]
    cache.prune(3, 2 * entries(tmp_path)[0].stat().st_size)
    assert sorted(p.read_bytes()[-1:] for p in entries(tmp_path)) == [b"3", b"4"]


def test_using_an_entry_keeps_it(cache: Cache, tmp_path: Path) -> None:
    assert stored(cache, b"program")
    (path,) = entries(tmp_path)
    os.utime(path, (1000, 1000))
    assert cache.load(*KEY) is not None
    assert path.stat().st_mtime > 1000


# ── many at once, and writers that are killed ────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_twenty_at_once(way: str, home: Path) -> None:
    environment(home)
    waiting = [start(WAYS[way], home, "run", "main.ktn", stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(20)]
    outcomes = {(*process.communicate(timeout=120), process.returncode) for process in waiting}
    assert outcomes == {(b"42\n", b"", 0)}
    assert len(entries(home)) == 1 and not list((home / "cache").glob("*.tmp"))


def test_a_writer_may_be_killed_after_any_byte(cache: Cache, tmp_path: Path) -> None:
    """The system kills a process that writes beyond its limit of a file's size, so each child dies after just so many bytes."""
    assert stored(cache, b"the old program")
    (path,) = entries(tmp_path)
    for limit in range(0, path.stat().st_size, 3):
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            stored(cache, b"the new program")
            os._exit(0)
        _, status = os.waitpid(child, 0)
        assert os.waitstatus_to_exitcode(status) == -signal.SIGXFSZ
        assert cache.load(*KEY) == (b"the old program", FORMS)
    left = list((tmp_path / "cache").glob("*.tmp"))
    assert left
    for path in left:
        os.utime(path, (1000, 1000))
    assert stored(cache, b"the new program")
    assert cache.load(*KEY)[0] == b"the new program" and not list((tmp_path / "cache").glob("*.tmp"))


def test_a_full_disk_leaves_nothing_behind(cache: Cache, tmp_path: Path) -> None:
    """A write that fails, rather than kills."""
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20, 20))
        os._exit(int(stored(cache, b"program")))
    _, status = os.waitpid(child, 0)
    assert status == 0 and list((tmp_path / "cache").iterdir()) == []
