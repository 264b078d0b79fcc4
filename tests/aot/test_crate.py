"""The crate that a program becomes: its files, the same every time, and the numbers of its thunks."""

from __future__ import annotations

import pytest

from kayton.ir.crate import Crate, DataFile
from kayton.passes.rust._main_rs import rust_string
from kayton.pipelines.loading import load
from kayton.pipelines.manager import Settings, run_text

PROGRAM = 'use std.json\n\nfn main():\n    print("héllo\\n")\n    print([1, 2].map(|x| json.parse(str(x)).unwrap() + x))\n'
"""What it parses has a type that is known only at run time, so what is added to it is a thunk; it is a part of a closure."""


def crate(pipeline: str, text: str = PROGRAM) -> Crate:
    result = run_text(load(pipeline), "main.ktn", text, Settings(verify="each"))
    assert result.ok, result.failure or result.diagnostics
    return result.tree


def texts(made: Crate) -> dict[str, str]:
    return {f.path: f.data.hex() if isinstance(f, DataFile) else f.text for f in made.files}


def test_the_same_program_is_the_same_crate() -> None:
    assert texts(crate("aot-hybrid")) == texts(crate("aot-hybrid"))


def test_files_of_a_crate_with_a_thunk() -> None:
    found = texts(crate("aot-hybrid"))
    assert sorted(found) == ["Cargo.toml", "src/main.rs", "src/program.kbc", "src/sites.txt", "src/sources/0.ktn"]
    assert 'features = ["embed_vm"]' in found["Cargo.toml"]
    assert found["src/sources/0.ktn"] == PROGRAM
    main = found["src/main.rs"]
    assert main.startswith("//! main.ktn, compiled by Kayton.\n")
    for part in (".rodata.kayton", "fn ktn_user__main_main_closure1_expression_", "__kayton_register_thunks", "register_thunk(THUNK_ID_MAIN", "exec_bytecode_thunk(THUNK_ID_MAIN"):
        assert part in main


def test_a_loaded_vm_is_not_linked() -> None:
    made = crate("aot-dynamic")
    assert made.vm == "loaded"
    assert 'features = ["dynamic_vm"]' in texts(made)["Cargo.toml"]


def test_thunks_are_numbered_in_the_module() -> None:
    native = pytest.importorskip("kayton._native")
    data = next(f.data for f in crate("aot-hybrid").files if isinstance(f, DataFile))
    native.verify(data)
    assert "thunk 0 = #3" in native.disassemble(data)


def test_a_program_without_thunks_has_no_vm() -> None:
    made = crate("aot-hybrid", 'fn main(): print("hello")\n')
    assert (made.vm, made.thunks, made.native) == ("none", (), 2)
    assert "features = []" in texts(made)["Cargo.toml"]
    assert "src/program.kbc" not in texts(made)


def test_a_missing_main_thunk_is_a_violation() -> None:
    from kayton.ir.rust import Rust, RustProgram

    assert [v.message for v in Rust.violations(RustProgram(""))] == ["nothing starts the program"]
    assert [v.message for v in Rust.violations(RustProgram("start"))] == ["there is no item start to start with"]


@pytest.mark.parametrize(
    ("text", "literal"),
    [("plain", '"plain"'), ('a"b\\c', '"a\\"b\\\\c"'), ("\n\t\r\0", '"\\n\\t\\r\\0"'), ("é😀", '"é😀"'), ("\x1b\u200b", '"\\u{1b}\\u{200b}"')],
)
def test_rust_strings(text: str, literal: str) -> None:
    assert rust_string(text) == literal

