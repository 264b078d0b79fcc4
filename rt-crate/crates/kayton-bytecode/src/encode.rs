//! A module to the bytes of a `.kbc` file.

use crate::crc::crc32;
use crate::isa::VERSION;
use crate::module::{Const, Field, Function, Guard, Line, Module, Part, Path, Site, Switch, Type, Variant};

/// The first bytes of a file.
pub(crate) const MAGIC: [u8; 4] = *b"KAYB";
/// Where the checksum stands, and where the bytes begin that it is of.
pub(crate) const CHECKSUM_AT: usize = 8;
pub(crate) const BODY_AT: usize = 12;
/// What stands for an index that is not there.
pub(crate) const NONE: u32 = u32::MAX;

/// The bytes of a `.kbc` file. The same module gives the same bytes.
///
/// A module that [`crate::verify()`] accepts fits the format; of another one, what does not fit (more than
/// 255 parameters, or 2³² items) is cut off.
pub fn encode(module: &Module) -> Vec<u8> {
    let mut out = Writer { bytes: Vec::with_capacity(4096) };
    out.bytes.extend_from_slice(&MAGIC);
    out.u16(VERSION);
    out.u16(0);
    out.u32(0);
    out.body(module);
    let checksum = crc32(&out.bytes[BODY_AT..]);
    out.bytes[CHECKSUM_AT..BODY_AT].copy_from_slice(&checksum.to_le_bytes());
    out.bytes
}

/// Makes the checksum of a file right again after its body was changed, as tests of [`crate::decode`] do.
#[cfg(any(test, feature = "testing"))]
pub fn fix_checksum(file: &mut [u8]) {
    if file.len() >= BODY_AT {
        let checksum = crc32(&file[BODY_AT..]);
        file[CHECKSUM_AT..BODY_AT].copy_from_slice(&checksum.to_le_bytes());
    }
}

struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    fn u8(&mut self, value: u8) {
        self.bytes.push(value);
    }

    fn u16(&mut self, value: u16) {
        self.bytes.extend_from_slice(&value.to_le_bytes());
    }

    fn u32(&mut self, value: u32) {
        self.bytes.extend_from_slice(&value.to_le_bytes());
    }

    fn i32(&mut self, value: i32) {
        self.bytes.extend_from_slice(&value.to_le_bytes());
    }

    fn u64(&mut self, value: u64) {
        self.bytes.extend_from_slice(&value.to_le_bytes());
    }

    fn optional(&mut self, index: Option<u32>) {
        self.u32(index.unwrap_or(NONE));
    }

    fn string(&mut self, text: &str) {
        self.u32(text.len() as u32);
        self.bytes.extend_from_slice(text.as_bytes());
    }

    fn list<T>(&mut self, items: &[T], mut write: impl FnMut(&mut Writer, &T)) {
        self.u32(items.len() as u32);
        for item in items {
            write(self, item);
        }
    }

    fn indices(&mut self, items: &[u32]) {
        self.list(items, |out, item| out.u32(*item));
    }

    fn body(&mut self, module: &Module) {
        self.list(&module.strings, |out, text| out.string(text));
        self.list(&module.constants, |out, constant| out.constant(*constant));
        self.list(&module.guards, |out, guard| out.guard(*guard));
        self.list(&module.types, Writer::ty);
        self.indices(&module.globals);
        self.indices(&module.natives);
        self.list(&module.sites, Writer::site);
        self.list(&module.paths, Writer::path);
        self.list(&module.switches, Writer::switch);
        self.list(&module.functions, Writer::function);
        self.list(&module.sources, |out, source| {
            out.string(&source.path);
            out.string(&source.text);
        });
        self.u32(module.entry);
        self.list(&module.thunks, |out, thunk| {
            out.u32(thunk.id);
            out.u32(thunk.function);
        });
    }

    fn constant(&mut self, constant: Const) {
        match constant {
            Const::Int(value) => {
                self.u8(0);
                self.u64(value as u64);
            }
            Const::Float(value) => {
                self.u8(1);
                self.u64(value.to_bits());
            }
            Const::Str(index) => {
                self.u8(2);
                self.u32(index);
            }
        }
    }

    fn guard(&mut self, guard: Guard) {
        let plain = Guard::PLAIN.iter().position(|plain| *plain == guard);
        let (kind, argument) = match (guard, plain) {
            (Guard::Type(index), _) => (12, index),
            (Guard::Dyn(index), _) => (13, index),
            (_, place) => (place.unwrap_or(0) as u8, 0),
        };
        self.u8(kind);
        self.u32(argument);
    }

    fn ty(&mut self, ty: &Type) {
        self.u32(ty.name);
        self.u8(ty.kind as u8);
        self.fields(&ty.fields);
        self.list(&ty.variants, Writer::variant);
        self.list(&ty.methods, |out, method| {
            out.u32(method.name);
            out.u32(method.function);
        });
        self.list(&ty.hooks, |out, (hook, function)| {
            out.u8(*hook as u8);
            out.u32(*function);
        });
        self.indices(&ty.traits);
    }

    fn fields(&mut self, fields: &[Field]) {
        self.list(fields, |out, field| {
            out.u32(field.name);
            out.optional(field.guard);
        });
    }

    fn variant(&mut self, variant: &Variant) {
        self.u32(variant.name);
        self.u8(variant.named as u8);
        self.fields(&variant.fields);
    }

    fn site(&mut self, site: &Site) {
        self.optional(site.name);
        self.u32(site.mut_mask);
        self.indices(&site.keywords);
    }

    fn path(&mut self, path: &Path) {
        self.optional(path.method);
        self.u8(path.frozen as u8);
        self.list(&path.parts, |out, part| {
            let (kind, argument) = match *part {
                Part::Field(name) => (0, name),
                Part::Index => (1, 0),
                Part::Part(number) => (2, number),
            };
            out.u8(kind);
            out.u32(argument);
        });
    }

    fn switch(&mut self, switch: &Switch) {
        self.i32(switch.default);
        self.list(&switch.cases, |out, (variant, offset)| {
            out.u32(*variant);
            out.i32(*offset);
        });
    }

    fn function(&mut self, function: &Function) {
        self.u32(function.name);
        self.u32(function.source);
        self.u32(function.line);
        self.u32(function.column);
        self.list(&function.params, |out, param| {
            out.u32(param.name);
            out.u8(param.optional as u8);
        });
        self.u32(function.mut_mask);
        self.u16(function.captures);
        self.u16(function.registers);
        self.u8(function.closure as u8);
        self.list(&function.code, |out, instr| out.u64(instr.0));
        self.list(&function.lines, |out, line| {
            out.u32(line.pc);
            out.place(line);
        });
        self.list(&function.arguments, |out, found| {
            out.u32(found.line.pc);
            out.u32(found.argument);
            out.place(&found.line);
        });
    }

    fn place(&mut self, line: &Line) {
        for number in [line.line, line.column, line.end_line, line.end_column] {
            self.u32(number);
        }
    }
}
