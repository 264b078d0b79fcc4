//! Writes the table of files: the workspace's manifest, and manifest and sources of each crate that it lists.

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the workspace is there");
    let mut files = vec![workspace.join("Cargo.toml")];
    for name in listed(&files[0]) {
        let folder = workspace.join("crates").join(name);
        files.push(folder.join("Cargo.toml"));
        files.extend([folder.join("build.rs")].into_iter().filter(|path| path.exists()));
        collect(&folder.join("src"), &mut files);
    }
    files.iter().for_each(|path| println!("cargo::rerun-if-changed={}", path.display()));
    let rows: String = files.iter().map(|path| row(&workspace, path)).collect();
    let text = format!("/// Path from the workspace, and content, of each file.\npub static FILES: &[(&str, &[u8])] = &[\n{rows}];\n");
    let to = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR")).join("files.rs");
    fs::write(to, text).expect("OUT_DIR is writable");
}

/// The names in the manifest's line `runtime = ["…", "…"]`.
fn listed(manifest: &Path) -> Vec<String> {
    let text = fs::read_to_string(manifest).expect("the workspace has a manifest");
    let line = text.lines().find_map(|line| line.strip_prefix("runtime = ")).expect("the manifest lists the runtime");
    line.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut found: Vec<PathBuf> =
        fs::read_dir(folder).expect("a crate has sources").map(|entry| entry.expect("it is readable").path()).collect();
    found.sort();
    for path in found {
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn row(workspace: &Path, path: &Path) -> String {
    let name = path.strip_prefix(workspace).expect("it is in the workspace").to_string_lossy().replace('\\', "/");
    format!("    ({name:?}, include_bytes!({:?})),\n", path.display().to_string())
}
