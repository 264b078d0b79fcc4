//! The cache of compiled programs, as Python fills it and looks into it.

use std::path::PathBuf;

use kayton_cache::{Compiler, Entry, File, Folder, Key};
use pyo3::exceptions::PyOSError;
use pyo3::prelude::*;

/// The cache of compiled programs for one compiler: the user's, or the one in `folder`.
#[pyclass(frozen, module = "kayton._native")]
pub struct Cache {
    folder: Option<Folder>,
    compiler: Option<Compiler>,
}

#[pymethods]
impl Cache {
    /// `package` is the folder of the Python package kayton, whose files are the compiler.
    #[new]
    #[pyo3(signature = (package, version, folder=None))]
    fn new(package: PathBuf, version: &str, folder: Option<PathBuf>) -> Cache {
        let folder = folder.map(Folder::at).or_else(Folder::of_user);
        Cache { folder, compiler: Compiler::in_package(&package, version) }
    }

    /// More files than this are not kept.
    #[classattr]
    const MOST_FILES: usize = kayton_cache::MOST_FILES;

    /// More bytes than this are not kept.
    #[classattr]
    const MOST_BYTES: u64 = kayton_cache::MOST_BYTES;

    /// Where the entries are; None where there is no place for them.
    #[getter]
    fn folder(&self) -> Option<PathBuf> {
        self.folder.as_ref().map(|folder| folder.path().to_path_buf())
    }

    /// What tells this compiler from others; None when its files cannot be read.
    #[getter]
    fn compiler(&self) -> Option<String> {
        self.compiler.as_ref().map(Compiler::identity)
    }

    /// The bytecode of a program, and its warnings without colours, with colours, and as JSON; None when it has to be compiled.
    fn load(&self, py: Python<'_>, options: String, cwd: String, program: String) -> Option<(Vec<u8>, [String; 3])> {
        let key = self.key(options, cwd, program)?;
        let found = py.detach(|| self.folder.as_ref()?.load(&key))?;
        Some((found.program, found.warnings))
    }

    /// Keeps a program that was made from these files, the program's own first; a text of None is a file that was looked
    /// for in vain. Gives whether that was possible.
    #[allow(clippy::too_many_arguments)] // the key, and what is kept
    fn store(
        &self,
        py: Python<'_>,
        options: String,
        cwd: String,
        program: String,
        files: Vec<(String, Option<String>)>,
        warnings: [String; 3],
        bytecode: Vec<u8>,
    ) -> bool {
        let (Some(key), Some(folder)) = (self.key(options, cwd, program), &self.folder) else { return false };
        let files = files.into_iter().map(|(path, text)| File { path, text }).collect();
        py.detach(|| folder.store(&key, &Entry { files, warnings, program: bytecode }))
    }

    /// Lets the launcher of that name know which files the compiler has. Gives whether that was possible.
    fn record(&self, launcher: &str) -> bool {
        match (&self.compiler, &self.folder) {
            (Some(compiler), Some(folder)) => compiler.record(folder, launcher),
            _ => false,
        }
    }

    /// How many programs are kept, and the bytes of all files.
    fn usage(&self) -> (usize, u64) {
        let usage = self.folder.as_ref().map(Folder::usage).unwrap_or_default();
        (usage.programs, usage.bytes)
    }

    /// Drops what was used least lately, until no more than so many files and bytes are left.
    fn prune(&self, most_files: usize, most_bytes: u64) {
        if let Some(folder) = &self.folder {
            folder.prune(most_files, most_bytes);
        }
    }

    /// Removes everything. Raises OSError when that fails.
    fn clear(&self) -> PyResult<()> {
        match &self.folder {
            Some(folder) => folder.clear().map_err(|error| PyOSError::new_err(error.to_string())),
            None => Ok(()),
        }
    }
}

impl Cache {
    fn key(&self, options: String, folder: String, program: String) -> Option<Key> {
        Some(Key { compiler: self.compiler.as_ref()?.identity(), options, folder, program })
    }
}
