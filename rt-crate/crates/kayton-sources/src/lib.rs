//! The sources of the crates that the workspace lists as `runtime`, so that an installed package can build programs.

include!(concat!(env!("OUT_DIR"), "/files.rs"));
