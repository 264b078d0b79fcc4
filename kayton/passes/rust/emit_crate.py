"""emit-crate : Apart -> Crate

    hybrid (rust-program items sites thunks) (bytecode-program …)     =>   crate [Cargo.toml src/main.rs src/program.kbc …]

The two parts come together again: the Rust, stubs for the thunks that it calls, and the bytecode that holds them, each under its number.
`Cargo.toml` says which of the runtime's features are linked: a program without thunks has no VM.
"""

from __future__ import annotations

from kayton.ir.bytecode import BcModule
from kayton.ir.crate import VM, Crate, CrateFile, CrateFiles, DataFile, TextFile
from kayton.ir.hybrid import Apart, Hybrid
from kayton.ir.node import place_at, replace
from kayton.ir.rust import RustProgram
from kayton.ir.source import SourceMap
from kayton.ir.thunks import Thunk
from kayton.passes.bytecode._format import encode_module
from kayton.passes.framework import Cx, Pass, frozen
from kayton.passes.rust._main_rs import BYTECODE, SITES, SOURCES, Stub, main_rs, sites
from kayton.passes.rust._names import Names, variable

_FEATURES = {"none": "[]", "embedded": '["embed_vm"]', "loaded": '["dynamic_vm"]'}


@frozen
class EmitCrate(Pass):
    source = Apart
    target = CrateFiles

    vm: str = "embedded"
    """Where thunks find their VM: `embedded` in the binary, or `loaded` from a library when the first one runs."""

    def transform(self, root: Hybrid, cx: Cx) -> Crate:
        cx.enter(self, root)
        if self.vm not in VM:
            cx.bug(root, f"the option vm is {self.vm}; it may be {', '.join(VM)}")
        rust: RustProgram = root.native
        vm = self.vm if rust.bytecode else "none"
        module = root.bytecode.module
        called = _callable(rust.thunks, module, cx)
        module = replace(module, thunks=tuple((i, number) for i, (_, number) in enumerate(called) if not module.functions[number].captures))
        files: list[CrateFile] = [
            TextFile("Cargo.toml", cargo_toml(vm)),
            TextFile("src/main.rs", main_rs(rust, _stubs(called, module, cx.sources), _numbers(rust, module), cx.sources)),
            TextFile(SITES, sites(rust, cx.sources)),
            *[TextFile(f"{SOURCES}/{i}.ktn", source.text) for i, source in enumerate(cx.sources.sources)],
        ]
        if rust.bytecode:
            files.append(DataFile(BYTECODE, encode_module(module, cx.sources)))
        functions = sum(item.kind == "function" for item in rust.items)
        return place_at(Crate("program", vm, functions, tuple(files), rust.thunks), root, self.name(), {})


def cargo_toml(vm: str) -> str:
    """The manifest of a crate that has its VM there."""
    return _CARGO_TOML.replace("FEATURES", _FEATURES[vm])


def _callable(thunks: tuple[Thunk, ...], module: BcModule, cx: Cx) -> list[tuple[Thunk, int]]:
    """The thunks that compiled code can call, with the numbers of their functions."""
    numbers = {fn.id: i for i, fn in enumerate(module.functions)}
    for thunk in thunks:
        if thunk.function not in numbers:
            cx.bug(thunk, f"there is no bytecode of {thunk.function}")
    return [(thunk, numbers[thunk.function]) for thunk in thunks]


def _numbers(rust: RustProgram, module: BcModule) -> list[tuple[str, int]]:
    """The constants of functions that cross as values."""
    numbers = {fn.id: i for i, fn in enumerate(module.functions)}
    return [(n.name, numbers[n.function]) for n in rust.numbers]


def _stubs(thunks: list[tuple[Thunk, int]], module: BcModule, sources: SourceMap) -> list[Stub]:
    made: list[Stub] = []
    for number, (thunk, function) in enumerate(thunks):
        params = Names()
        own = tuple(params.name(text, variable(text)) for text in (module.strings[p] for p in module.functions[function].params))
        path, line, _ = sources.start(thunk.span)
        path = sources.beside_main(path)
        fn = module.functions[function]
        closure = params.name("%closure", "closure") if fn.captures else ""
        made.append(Stub(thunk.stub, thunk.name, own, closure, fn.mut_mask, number, f"{path}:{line}  {thunk.name}: {thunk.code}, {thunk.reason}"))
    return made


_CARGO_TOML = """\
[package]
name = "program"
version = "0.0.0"
edition = "2021"
publish = false

[dependencies]
kayton-rt = { path = "runtime/crates/kayton-rt", default-features = false, features = FEATURES }

# What Rust would say about the program rather than about its Rust: what it does not use, what it never reaches, and its letters.
[lints.rust]
confusable_idents = "allow"
dead_code = "allow"
mixed_script_confusables = "allow"
uncommon_codepoints = "allow"
unconditional_recursion = "allow"
unreachable_code = "allow"
unused_assignments = "allow"
unused_mut = "allow"
unused_variables = "allow"

# Errors end the process where they happen; nothing unwinds. Codegen units are not optimized together once more.
[profile.release]
opt-level = 3
lto = "off"
panic = "abort"
strip = "debuginfo"

[profile.release.package."*"]
codegen-units = 1

[profile.dev]
panic = "abort"

[profile.dev.package."*"]
opt-level = 3

[workspace]
exclude = ["runtime"]
"""
