//! One program compiled in one way, as a file.

use std::fs;
use std::path::Path;

use kayton_bytecode::crc32;

use crate::bytes::{fnv, put, Reader, FNV_START};

const MAGIC: &[u8; 8] = b"KAYCACH2";
/// Magic, and the checksum of what follows.
const HEADER: usize = MAGIC.len() + 4;
const BOM: &[u8] = "\u{feff}".as_bytes();

/// What an entry is looked up by, besides the program's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// [`crate::Compiler::identity`].
    pub compiler: String,
    /// How it is compiled.
    pub options: String,
    /// The working directory, from which relative paths start.
    pub folder: String,
    /// The program's path as it was given, which error messages repeat.
    pub program: String,
}

impl Key {
    fn parts(&self) -> [&str; 4] {
        [&self.compiler, &self.options, &self.folder, &self.program]
    }

    /// The name of the entry's file, for a program whose text is `text`. Two keys may share a name: the entry says
    /// whose it is.
    pub(crate) fn file_name(&self, text: &[u8]) -> String {
        let named = self.parts().iter().fold(FNV_START, |hash, part| fnv(fnv(hash, part.as_bytes()), &[0xff]));
        format!("{named:016x}{:08x}.program", crc32(text))
    }
}

/// A file that a program was made from, or that was looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its path, as it was opened.
    pub path: String,
    /// Its text without a byte order mark; `None` where there was no such file.
    pub text: Option<String>,
}

/// A compiled program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The files that decide what the program is; the first is the program itself.
    pub files: Vec<File>,
    /// What the compiler has to say about it each time: without colours, with colours, and as lines of JSON.
    pub warnings: [String; 3],
    /// The `.kbc` file.
    pub program: Vec<u8>,
}

impl Entry {
    /// The text of the program itself.
    pub(crate) fn text(&self) -> Option<&[u8]> {
        self.files.first()?.text.as_deref().map(str::as_bytes)
    }

    pub(crate) fn encode(&self, key: &Key) -> Vec<u8> {
        let mut body = Vec::with_capacity(self.program.len() + 1024);
        key.parts().iter().for_each(|part| put(&mut body, part.as_bytes()));
        body.extend_from_slice(&(self.files.len() as u64).to_le_bytes());
        for file in &self.files {
            put(&mut body, file.path.as_bytes());
            body.extend_from_slice(&u64::from(file.text.is_some()).to_le_bytes());
            put(&mut body, file.text.as_deref().unwrap_or_default().as_bytes());
        }
        self.warnings.iter().for_each(|text| put(&mut body, text.as_bytes()));
        put(&mut body, &self.program);
        [MAGIC.as_slice(), &crc32(&body).to_le_bytes(), &body].concat()
    }
}

/// What an entry holds for whoever runs it.
pub(crate) struct Parts<'a> {
    pub(crate) warnings: [&'a str; 3],
    pub(crate) program: &'a [u8],
}

/// The parts of an entry's bytes, if they are whole, belong to `key`, and describe what is on the disk; `text` is what
/// the program's own file holds.
pub(crate) fn current<'a>(data: &'a [u8], key: &Key, text: &[u8]) -> Option<Parts<'a>> {
    let body = data.strip_prefix(MAGIC)?.get(4..)?;
    if data[MAGIC.len()..HEADER] != crc32(body).to_le_bytes() {
        return None;
    }
    let mut reader = Reader(body);
    for part in key.parts() {
        if reader.text()? != part {
            return None;
        }
    }
    for at in 0..reader.number()? {
        let (path, present, was) = (reader.text()?, reader.number()?, reader.blob()?);
        let same = match (at, present) {
            (0, _) => was == text,
            (_, 0) => !Path::new(path).is_file(),
            (_, _) => fs::read(path).is_ok_and(|now| without_bom(&now) == was),
        };
        if !same {
            return None;
        }
    }
    Some(Parts { warnings: [reader.text()?, reader.text()?, reader.text()?], program: reader.blob()? })
}

/// The bytes of a text file without its byte order mark.
pub(crate) fn without_bom(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(BOM).unwrap_or(bytes)
}
