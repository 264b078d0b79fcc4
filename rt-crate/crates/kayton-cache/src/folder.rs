//! The folder where entries are: finding, writing whole or not at all, and keeping it small.

use std::env;
use std::fs::{self, DirEntry, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::entry::{current, without_bom, Entry, Key};

/// More files than this are not kept.
pub const MOST_FILES: usize = 500;
/// More bytes than this are not kept, and no entry of more than an eighth is stored.
pub const MOST_BYTES: u64 = 256 << 20;
/// What is used marks its file as new when the last mark is older than this.
const MARK: Duration = Duration::from_secs(3600);
/// A temporary file this old has lost its writer.
const ABANDONED: Duration = Duration::from_secs(3600);
const TEMPORARY: &str = "tmp";
/// The extensions of everything that is ours.
const OURS: [&str; 3] = ["program", "compiler", TEMPORARY];

/// A folder of entries, which need not exist.
#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

/// An entry that may be used. Its bytes are kept as they were read.
pub struct Found {
    /// What to say first, in the forms of [`crate::Entry::warnings`].
    pub warnings: [String; 3],
    /// The `.kbc` file, not verified yet.
    pub program: Vec<u8>,
}

/// What is in a cache.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// The programs.
    pub programs: usize,
    /// The bytes of all files.
    pub bytes: u64,
}

impl Folder {
    /// A folder of the caller's choice.
    pub fn at(path: PathBuf) -> Folder {
        Folder(path)
    }

    /// The user's: `KAYTON_CACHE`, else `kayton` in the cache folder that the system names. `None` where there is none.
    pub fn of_user() -> Option<Folder> {
        let named = |name| env::var_os(name).map(PathBuf::from).filter(|path| !path.as_os_str().is_empty());
        if let Some(chosen) = named("KAYTON_CACHE") {
            return Some(Folder(chosen));
        }
        let caches = named("XDG_CACHE_HOME").filter(|path| path.is_absolute()).or_else(|| named("LOCALAPPDATA"));
        let caches = caches.or_else(|| named("HOME").map(|home| home.join(".cache")))?;
        Some(Folder(caches.join("kayton")))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The program of that key, if all that it was made from is as it was.
    pub fn load(&self, key: &Key) -> Option<Found> {
        let source = fs::read(&key.program).ok()?;
        let text = without_bom(&source);
        let path = self.0.join(key.file_name(text));
        let data = fs::read(&path).ok()?;
        let parts = current(&data, key, text)?;
        mark(&path);
        Some(Found { warnings: parts.warnings.map(str::to_owned), program: parts.program.to_owned() })
    }

    /// Keeps a program. Gives whether that was possible.
    pub fn store(&self, key: &Key, entry: &Entry) -> bool {
        let Some(text) = entry.text() else { return false };
        let data = entry.encode(key);
        data.len() as u64 <= MOST_BYTES / 8 && self.write(&key.file_name(text), &data)
    }

    /// Writes a file whole or not at all, and makes room for it. Gives whether that was possible.
    pub(crate) fn write(&self, name: &str, data: &[u8]) -> bool {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
        let temporary = self.0.join(format!("{name}.{}.{since}.{TEMPORARY}", process::id()));
        let written = self.prepare(&temporary, data).and_then(|()| fs::rename(&temporary, self.0.join(name)));
        if written.is_err() {
            // There is nobody to tell: a cache that cannot be written is none.
            let _ = fs::remove_file(&temporary);
            return false;
        }
        self.prune(MOST_FILES, MOST_BYTES);
        true
    }

    fn prepare(&self, temporary: &Path, data: &[u8]) -> io::Result<()> {
        create_private(&self.0)?;
        OpenOptions::new().write(true).create_new(true).open(temporary)?.write_all(data)
    }

    /// What is there, and how old it is.
    fn files(&self) -> Vec<(DirEntry, u64, SystemTime)> {
        let ours = |entry: &DirEntry| {
            let name = entry.file_name();
            let extension = Path::new(&name).extension().and_then(|e| e.to_str());
            extension.is_some_and(|e| OURS.contains(&e))
        };
        let found = fs::read_dir(&self.0).into_iter().flatten().flatten().filter(ours);
        let measured = found.filter_map(|entry| {
            let status = entry.metadata().ok().filter(|status| status.is_file())?;
            Some((entry, status.len(), status.modified().unwrap_or(UNIX_EPOCH)))
        });
        measured.collect()
    }

    /// Drops what was used least lately until no more than so many files and bytes are left, and what writers that
    /// were killed have left.
    pub fn prune(&self, most_files: usize, most_bytes: u64) {
        let mut files = self.files();
        files.sort_by_key(|(.., used)| std::cmp::Reverse(*used));
        let (mut count, mut bytes) = (0, 0);
        for (entry, size, used) in files {
            let temporary = entry.path().extension().is_some_and(|e| e == TEMPORARY);
            if temporary && used.elapsed().unwrap_or_default() < ABANDONED {
                continue;
            }
            count += 1;
            bytes += size;
            if temporary || count > most_files || bytes > most_bytes {
                // Somebody else may have been quicker.
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// What is in the cache.
    pub fn usage(&self) -> Usage {
        self.files().iter().fold(Usage::default(), |sum, (entry, size, _)| Usage {
            programs: sum.programs + usize::from(entry.path().extension().is_some_and(|e| e == OURS[0])),
            bytes: sum.bytes + size,
        })
    }

    /// Removes everything.
    ///
    /// # Errors
    /// When a file cannot be removed.
    pub fn clear(&self) -> io::Result<()> {
        for (entry, ..) in self.files() {
            match fs::remove_file(entry.path()) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }
}

/// Says that a file was used, so that it is not among the first to go.
fn mark(path: &Path) {
    let old = |status: fs::Metadata| status.modified().is_ok_and(|at| at.elapsed().unwrap_or_default() > MARK);
    if fs::metadata(path).is_ok_and(old) {
        if let Ok(file) = OpenOptions::new().append(true).open(path) {
            // Then it is dropped earlier than it might be, and nothing worse.
            let _ = file.set_modified(SystemTime::now());
        }
    }
}

/// Makes a folder, and those above it, for the user alone: who can write to it decides what programs do.
fn create_private(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}
