"""The text of a crate's `main.rs`: what was compiled, the stubs of thunks, and the tables."""

from __future__ import annotations

from attrs import frozen

from kayton.ir.rust import RustEntry, RustProgram
from kayton.ir.source import SourceMap
from kayton.passes.rust._code import block, in_comment, rust_string
from kayton.passes.rust._names import Names

BYTECODE, SOURCES, SITES = "src/program.kbc", "src/sources", "src/sites.txt"
"""Where the crate keeps what `main.rs` includes."""


@frozen
class Stub:
    """A thunk as Rust calls it: the function's name, its name in the program, its parameters, its number, and what is said about it."""

    function: str
    name: str
    params: tuple[str, ...]
    closure: str
    """What the closure is called on which it is called, if it is one's."""
    changes: int
    """Bit *i*: parameter *i* is `mut`."""
    number: int
    remark: str

    @property
    def constant(self) -> str:
        """The name of its number."""
        return f"THUNK_ID_{self.function.removeprefix('ktn_user__').upper()}"


def main_rs(program: RustProgram, stubs: list[Stub], numbers: list[tuple[str, int]], sources: SourceMap) -> str:
    """The whole file."""
    first = sources[program.span.file] if program.span else sources.sources[0]
    items = [item.text for item in program.items]
    library = "use kayton_rt as rt;\n" if any(["rt::" in text for text in items]) else ""
    parts = [f"//! {in_comment(sources.beside_main(first.path))}, compiled by Kayton.\n\n{library}use kayton_rt::prelude::*;\n", *items]
    if numbers:
        parts.append("\n".join([f"const {name}: u32 = {number};" for name, number in numbers]) + "\n")
    if program.bytecode:
        parts.append(_BYTECODE)
    if stubs:
        parts += [*map(_stub, stubs), _registration(stubs, program.entries)]
    parts += [_table(program, sources), _main(program, stubs)]
    return "\n".join(parts)


_BYTECODE = """\
/// The program as bytecode, for what is not compiled.
#[cfg_attr(target_os = "linux", link_section = ".rodata.kayton")]
static BYTECODE: [u8; include_bytes!("program.kbc").len()] = *include_bytes!("program.kbc");
"""


def _stub(s: Stub) -> str:
    changed = {p for k, p in enumerate(s.params) if s.changes >> k & 1}
    on = [s.closure] if s.closure else []
    params = ", ".join([*[f"{c}: KayVal" for c in on], *[f"{p}: {'&mut ' if p in changed else ''}KayVal" for p in s.params]])
    given = ", ".join(f"{'*' if p in changed else ''}{p}" for p in s.params)
    lines = [f"kayton_rt::exec_bytecode_closure({s.constant}, {s.closure}, &[{given}])" if on else f"kayton_rt::exec_bytecode_thunk({s.constant}, &[{given}])"]
    if changed:
        names = Names(frozenset(s.params))
        args, result = names.name("args", "args"), names.name("result", "result")
        back = [f"*{p} = {args}[{k}];" for k, p in enumerate(s.params) if p in changed]
        call = f"let {result} = kayton_rt::exec_bytecode_thunk_mut({s.constant}, &mut {args}, {s.changes:#b});"
        lines = [f"let mut {args} = [{given}];", call, *back, result]
    return f"""\
// {in_comment(s.remark)}
const {s.constant}: u32 = {s.number};

#[no_mangle]
pub extern "C" fn {s.function}({params}) -> KayVal {block(*lines)}
"""


def _registration(stubs: list[Stub], entries: tuple[RustEntry, ...]) -> str:
    lines = [f"    kayton_rt::register_thunk({s.constant}, &BYTECODE, {rust_string(s.name)});" for s in stubs]
    lines += [f"    kayton_rt::register_compiled({e.number}, {e.name});" for e in entries]
    head = '#[no_mangle]\npub extern "C" fn __kayton_register_thunks() {'
    return "\n".join([head, *lines, "}\n"])


def _table(program: RustProgram, sources: SourceMap) -> str:
    """What the program knows of its source."""
    files = [f"({rust_string(sources.beside_main(s.path))}, include_str!(\"sources/{i}.ktn\"))" for i, s in enumerate(sources.sources)]
    return "\n".join([
        "static PROGRAM: Program = Program {",
        f"    sources: &[{_rows(files)}],",
        '    sites: include_str!("sites.txt"),',
        f"    kbc: {'&BYTECODE' if program.bytecode else '&[]'},",
        "};\n",
    ])


def _rows(items: list[str]) -> str:
    return "".join(f"\n        {item}," for item in items) + ("\n    " if items else "")


def sites(program: RustProgram, sources: SourceMap) -> str:
    """The places of the program, as `kayton_rt::Program` reads them."""
    return "".join([f"{site.span.file} {_position(sources.start(site.span))}-{_position(sources.end(site.span))} {site.function}\n" for site in program.sites])


def _position(place: tuple[object, int, int]) -> str:
    *_, line, column = place
    return f"{line}:{column}"


def _main(program: RustProgram, stubs: list[Stub]) -> str:
    register = "    __kayton_register_thunks();\n" if stubs else ""
    start = program.start or f"|_| {{\n        {stubs[0].function}();\n    }}"
    return f"fn main() -> ! {{\n{register}    kayton_rt::run(&PROGRAM, {start})\n}}\n"
