//! The bytes of a `.kbc` file to a module.

use std::fmt;

use crate::crc::crc32;
use crate::encode::{BODY_AT, MAGIC, NONE};
use crate::instr::Instr;
use crate::isa::VERSION;
use crate::module::{
    ArgLine, Const, Field, Function, Guard, Hook, Line, Method, Module, Param, Part, Path, Site, Source, Switch, Thunk,
    Type, TypeKind, Variant,
};

/// Why bytes are not a module, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecodeError {
    /// The place in the file.
    pub offset: usize,
    /// What is wrong there.
    pub kind: DecodeErrorKind,
}

/// What is wrong with the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecodeErrorKind {
    /// They do not start like bytecode.
    NotBytecode,
    /// They are of another version of the format.
    Version(u16),
    /// The header has flags that this version does not know.
    Flags(u16),
    /// The checksum is not that of the body.
    Checksum,
    /// They end too early; a count that is larger than what remains counts as that.
    Truncated,
    /// A string is not UTF-8.
    Utf8,
    /// A number that selects between kinds of something selects nothing.
    Kind {
        /// Of what.
        what: &'static str,
        /// The number.
        found: u8,
    },
    /// An argument where the kind takes none.
    Argument,
    /// An instruction that does not exist, or that never occurs in a file.
    Opcode(u8),
    /// Bytes after the end of the module.
    Trailing,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            DecodeErrorKind::NotBytecode => write!(f, "this is not Kayton bytecode"),
            DecodeErrorKind::Version(found) => {
                write!(f, "bytecode of version {found}, where version {VERSION} is understood")
            }
            DecodeErrorKind::Flags(found) => write!(f, "unknown flags {found:#x}"),
            DecodeErrorKind::Checksum => write!(f, "the checksum is wrong: the file is damaged"),
            DecodeErrorKind::Truncated => write!(f, "the bytecode ends too early"),
            DecodeErrorKind::Utf8 => write!(f, "a string is not UTF-8"),
            DecodeErrorKind::Kind { what, found } => write!(f, "no {what} has the number {found}"),
            DecodeErrorKind::Argument => write!(f, "an argument where none is taken"),
            DecodeErrorKind::Opcode(found) => write!(f, "no instruction has the number {found}"),
            DecodeErrorKind::Trailing => write!(f, "bytes after the end"),
        }?;
        write!(f, " (byte {})", self.offset)
    }
}

impl std::error::Error for DecodeError {}

type Res<T> = Result<T, DecodeError>;

/// Reads a `.kbc` file.
///
/// The result is well formed but not yet safe to execute: [`crate::verify()`] decides that. Memory use is in
/// proportion to the number of bytes, whatever counts they claim.
///
/// Errors: see [`DecodeErrorKind`].
pub fn decode(bytes: &[u8]) -> Result<Module, DecodeError> {
    let mut reader = Reader { bytes, at: 0 };
    reader.header()?;
    let module = reader.module()?;
    match reader.at == bytes.len() {
        true => Ok(module),
        false => reader.fail(DecodeErrorKind::Trailing),
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// A wrong item is reported where it starts.
fn at<T>(offset: usize, kind: DecodeErrorKind) -> Res<T> {
    Err(DecodeError { offset, kind })
}

impl<'a> Reader<'a> {
    fn fail<T>(&self, kind: DecodeErrorKind) -> Res<T> {
        at(self.at, kind)
    }

    fn take(&mut self, size: usize) -> Res<&'a [u8]> {
        match self.bytes.get(self.at..).and_then(|rest| rest.get(..size)) {
            Some(taken) => {
                self.at += size;
                Ok(taken)
            }
            None => self.fail(DecodeErrorKind::Truncated),
        }
    }

    fn array<const N: usize>(&mut self) -> Res<[u8; N]> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N)?);
        Ok(array)
    }

    fn u8(&mut self) -> Res<u8> {
        self.array().map(|[byte]| byte)
    }

    fn u16(&mut self) -> Res<u16> {
        self.array().map(u16::from_le_bytes)
    }

    fn u32(&mut self) -> Res<u32> {
        self.array().map(u32::from_le_bytes)
    }

    fn i32(&mut self) -> Res<i32> {
        self.array().map(i32::from_le_bytes)
    }

    fn u64(&mut self) -> Res<u64> {
        self.array().map(u64::from_le_bytes)
    }

    fn optional(&mut self) -> Res<Option<u32>> {
        self.u32().map(|index| (index != NONE).then_some(index))
    }

    fn flag(&mut self, what: &'static str) -> Res<bool> {
        match self.u8()? {
            0 => Ok(false),
            1 => Ok(true),
            found => at(self.at - 1, DecodeErrorKind::Kind { what, found }),
        }
    }

    fn string(&mut self) -> Res<String> {
        let size = self.u32()? as usize;
        let start = self.at;
        match std::str::from_utf8(self.take(size)?) {
            Ok(text) => Ok(text.to_owned()),
            Err(_) => at(start, DecodeErrorKind::Utf8),
        }
    }

    /// A list of items that take at least `least` bytes each, so that a count which cannot be right allocates nothing.
    fn list<T>(&mut self, least: usize, mut item: impl FnMut(&mut Self) -> Res<T>) -> Res<Vec<T>> {
        let start = self.at;
        let count = self.u32()? as usize;
        if count > (self.bytes.len() - self.at) / least {
            return at(start, DecodeErrorKind::Truncated);
        }
        let mut items = Vec::with_capacity(count);
        for _ in 0..count {
            items.push(item(self)?);
        }
        Ok(items)
    }

    fn indices(&mut self) -> Res<Vec<u32>> {
        self.list(4, Self::u32)
    }

    fn header(&mut self) -> Res<()> {
        if self.array().ok() != Some(MAGIC) {
            return at(0, DecodeErrorKind::NotBytecode);
        }
        let version = self.u16()?;
        if version != VERSION {
            return at(4, DecodeErrorKind::Version(version));
        }
        let flags = self.u16()?;
        if flags != 0 {
            return at(6, DecodeErrorKind::Flags(flags));
        }
        let checksum = self.u32()?;
        if checksum != crc32(&self.bytes[BODY_AT..]) {
            return at(8, DecodeErrorKind::Checksum);
        }
        Ok(())
    }

    fn module(&mut self) -> Res<Module> {
        Ok(Module {
            strings: self.list(4, Self::string)?,
            constants: self.list(5, Self::constant)?,
            guards: self.list(5, Self::guard)?,
            types: self.list(25, Self::ty)?,
            globals: self.indices()?,
            natives: self.indices()?,
            sites: self.list(12, Self::site)?,
            paths: self.list(9, Self::path)?,
            switches: self.list(8, Self::switch)?,
            functions: self.list(43, Self::function)?,
            sources: self.list(8, |r| Ok(Source { path: r.string()?, text: r.string()? }))?,
            entry: self.u32()?,
            thunks: self.list(8, |r| Ok(Thunk { id: r.u32()?, function: r.u32()? }))?,
        })
    }

    fn constant(&mut self) -> Res<Const> {
        let start = self.at;
        match self.u8()? {
            0 => Ok(Const::Int(self.u64()? as i64)),
            1 => Ok(Const::Float(f64::from_bits(self.u64()?))),
            2 => Ok(Const::Str(self.u32()?)),
            found => at(start, DecodeErrorKind::Kind { what: "constant", found }),
        }
    }

    fn guard(&mut self) -> Res<Guard> {
        let start = self.at;
        let (kind, argument) = (self.u8()?, self.u32()?);
        match (kind, Guard::PLAIN.get(kind as usize)) {
            (_, Some(guard)) if argument == 0 => Ok(*guard),
            (_, Some(_)) => at(start + 1, DecodeErrorKind::Argument),
            (12, None) => Ok(Guard::Type(argument)),
            (13, None) => Ok(Guard::Dyn(argument)),
            (found, None) => at(start, DecodeErrorKind::Kind { what: "guard", found }),
        }
    }

    fn ty(&mut self) -> Res<Type> {
        let name = self.u32()?;
        let start = self.at;
        let kind = self.u8()?;
        let Some(kind) = TypeKind::ALL.get(kind as usize).copied() else {
            return at(start, DecodeErrorKind::Kind { what: "kind of type", found: kind });
        };
        Ok(Type {
            name,
            kind,
            fields: self.fields()?,
            variants: self.list(9, Self::variant)?,
            methods: self.list(8, |r| Ok(Method { name: r.u32()?, function: r.u32()? }))?,
            hooks: self.list(5, |r| Ok((r.hook()?, r.u32()?)))?,
            traits: self.indices()?,
        })
    }

    fn hook(&mut self) -> Res<Hook> {
        let number = self.u8()?;
        match Hook::ALL.get(number as usize) {
            Some((hook, ..)) => Ok(*hook),
            None => at(self.at - 1, DecodeErrorKind::Kind { what: "hook", found: number }),
        }
    }

    fn fields(&mut self) -> Res<Vec<Field>> {
        self.list(8, |r| Ok(Field { name: r.u32()?, guard: r.optional()? }))
    }

    fn variant(&mut self) -> Res<Variant> {
        Ok(Variant { name: self.u32()?, named: self.flag("naming of fields")?, fields: self.fields()? })
    }

    fn site(&mut self) -> Res<Site> {
        Ok(Site { name: self.optional()?, mut_mask: self.u32()?, keywords: self.indices()? })
    }

    fn path(&mut self) -> Res<Path> {
        Ok(Path { method: self.optional()?, frozen: self.flag("frozenness")?, parts: self.list(5, Self::part)? })
    }

    fn part(&mut self) -> Res<Part> {
        let start = self.at;
        match (self.u8()?, self.u32()?) {
            (0, name) => Ok(Part::Field(name)),
            (1, 0) => Ok(Part::Index),
            (1, _) => at(start + 1, DecodeErrorKind::Argument),
            (2, number) => Ok(Part::Part(number)),
            (found, _) => at(start, DecodeErrorKind::Kind { what: "part of a path", found }),
        }
    }

    fn switch(&mut self) -> Res<Switch> {
        Ok(Switch { default: self.i32()?, cases: self.list(8, |r| Ok((r.u32()?, r.i32()?)))? })
    }

    fn function(&mut self) -> Res<Function> {
        let mut function = Function {
            name: self.u32()?,
            source: self.u32()?,
            line: self.u32()?,
            column: self.u32()?,
            ..Function::default()
        };
        function.params = self.list(5, |r| Ok(Param { name: r.u32()?, optional: r.flag("parameter")? }))?;
        function.mut_mask = self.u32()?;
        function.captures = self.u16()?;
        function.registers = self.u16()?;
        function.closure = self.flag("function")?;
        function.code = self.list(8, Self::instr)?;
        function.lines = self.list(20, |r| {
            let pc = r.u32()?;
            r.line(pc)
        })?;
        function.arguments = self.list(24, |r| {
            let (pc, argument) = (r.u32()?, r.u32()?);
            Ok(ArgLine { argument, line: r.line(pc)? })
        })?;
        Ok(function)
    }

    fn instr(&mut self) -> Res<Instr> {
        let start = self.at;
        let instr = Instr(self.u64()?);
        match instr.file_op() {
            Some(_) => Ok(instr),
            None => at(start, DecodeErrorKind::Opcode(instr.op_byte())),
        }
    }

    fn line(&mut self, pc: u32) -> Res<Line> {
        Ok(Line { pc, line: self.u32()?, column: self.u32()?, end_line: self.u32()?, end_column: self.u32()? })
    }
}
