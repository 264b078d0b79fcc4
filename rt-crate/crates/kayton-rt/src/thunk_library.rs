//! The VM as a library, found and loaded when the first thunk runs.

use std::env;
use std::ffi::{c_char, c_int, c_void, CStr, CString};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use kayton_abi::vm_table::{Entry, VmTable, ENTRY, STAMP};

use crate::fail;

/// The library's name in a folder.
const NAME: &str = if cfg!(target_os = "macos") { "libkayton_vm.dylib" } else { "libkayton_vm.so" };
/// Names the library, or the folder that it is in.
const VARIABLE: &str = "KAYTON_VM";

extern "C" {
    fn dlopen(path: *const c_char, flags: c_int) -> *mut c_void;
    fn dlsym(library: *mut c_void, name: *const c_char) -> *mut c_void;
    fn dlerror() -> *const c_char;
}

const RTLD_NOW: c_int = 2;

/// The table of the loaded VM. Ends the process when there is none, or another version's.
pub(crate) fn table() -> &'static VmTable {
    static TABLE: OnceLock<&'static VmTable> = OnceLock::new();
    TABLE.get_or_init(|| load().unwrap_or_else(|why| fail::cannot_start(&why)))
}

fn load() -> Result<&'static VmTable, String> {
    let path = find()?;
    let shown = path.display();
    let library = open(&path).map_err(|why| format!("cannot load the VM {shown}: {why}"))?;
    // SAFETY: the library is open, and the name is a C string.
    let entry = unsafe { dlsym(library, ENTRY.as_ptr()) };
    if entry.is_null() {
        return Err(format!("{shown} is no Kayton VM"));
    }
    // SAFETY: a library with a function of this name is ours, and the function has this type in every version.
    let table = unsafe { std::mem::transmute::<*mut c_void, Entry>(entry)().as_ref() };
    let table = table.ok_or_else(|| format!("the VM {shown} was not built for being loaded by a program"))?;
    // SAFETY: the stamp comes first in the table of every version, and is static.
    let stamp = unsafe { table.stamp.text() };
    if stamp != STAMP {
        return Err(format!(
            "the VM {shown} is of another version than this program\n  help: put the {NAME} that was built with it beside it"
        ));
    }
    Ok(table)
}

fn open(path: &Path) -> Result<*mut c_void, String> {
    let path = CString::new(path.as_os_str().as_encoded_bytes()).map_err(|error| error.to_string())?;
    // SAFETY: the path is a C string. What the library does when it is loaded is nothing: Rust has no code there.
    let library = unsafe { dlopen(path.as_ptr(), RTLD_NOW) };
    if !library.is_null() {
        return Ok(library);
    }
    // SAFETY: after an error there is a text, which lives until the next call.
    let why = unsafe { dlerror() };
    // SAFETY: as above.
    let why = if why.is_null() { c"unknown error" } else { unsafe { CStr::from_ptr(why) } };
    Err(why.to_string_lossy().into_owned())
}

/// The library: what the variable names, else beside the program, else in the folder `lib` beside that one.
fn find() -> Result<PathBuf, String> {
    let looked: Vec<PathBuf> = match env::var_os(VARIABLE).filter(|value| !value.is_empty()) {
        Some(chosen) => vec![PathBuf::from(&chosen), Path::new(&chosen).join(NAME)],
        None => {
            let program = env::current_exe().and_then(|path| path.canonicalize()).unwrap_or_default();
            let folder = program.parent().unwrap_or(Path::new("."));
            vec![folder.join(NAME), folder.join("../lib").join(NAME)]
        }
    };
    if let Some(found) = looked.iter().find(|path| path.is_file()) {
        return Ok(found.clone());
    }
    let places: Vec<String> = looked.iter().map(|path| format!("\n  looked for {}", path.display())).collect();
    Err(format!(
        "this program needs the library {NAME}, which is not there{}\n  help: put it beside the program, or set {VARIABLE} to its path",
        places.concat()
    ))
}
