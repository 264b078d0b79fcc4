//! Real programs to start from: `.kbc` files in a folder.

use std::fs;
use std::io;
use std::path::Path;

use kayton_bytecode::{decode, verify, Module};

/// Real programs, encoded and decoded.
#[derive(Default)]
pub struct Corpus {
    programs: Vec<(Vec<u8>, Module)>,
}

impl Corpus {
    /// Reads every `.kbc` file of the folder, in the order of their names.
    ///
    /// # Errors
    /// What reading gives; a file that is not a valid program.
    pub fn read(folder: &Path) -> io::Result<Corpus> {
        let entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
        let mut paths: Vec<_> = entries.into_iter().map(|entry| entry.path()).collect();
        paths.retain(|path| path.extension().is_some_and(|ending| ending == "kbc"));
        paths.sort();
        let mut corpus = Corpus::default();
        for path in paths {
            let bytes = fs::read(&path)?;
            let invalid =
                |why: String| io::Error::new(io::ErrorKind::InvalidData, format!("{}: {why}", path.display()));
            let module = decode(&bytes).map_err(|error| invalid(error.to_string()))?;
            let module = verify(module).map_err(|error| invalid(error.to_string()))?.into_inner();
            corpus.programs.push((bytes, module));
        }
        Ok(corpus)
    }

    /// Adds a program.
    pub fn add(&mut self, module: Module) {
        self.programs.push((kayton_bytecode::encode(&module), module));
    }

    /// The programs: each one's file, and what it decodes to.
    pub fn programs(&self) -> &[(Vec<u8>, Module)] {
        &self.programs
    }
}
