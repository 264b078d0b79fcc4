//! Says how instructions are dispatched (src/dispatch.rs): handlers that call each other in tail position need an
//! optimiser that turns such calls into jumps.

use std::env;

fn main() {
    println!("cargo:rustc-check-cfg=cfg(tail_calls)");
    println!("cargo:rerun-if-changed=build.rs");
    let optimised = matches!(env::var("OPT_LEVEL").as_deref(), Ok("2" | "3" | "s" | "z"));
    // On these a handler's arguments are passed in machine registers.
    let suitable = matches!(env::var("CARGO_CFG_TARGET_ARCH").as_deref(), Ok("x86_64" | "aarch64"));
    let refused = env::var_os("CARGO_FEATURE_TRAMPOLINE").is_some();
    // A sanitizer keeps its own account of every frame until the function returns.
    let sanitized = env::var("CARGO_ENCODED_RUSTFLAGS").is_ok_and(|flags| flags.contains("sanitizer"));
    if optimised && suitable && !refused && !sanitized {
        println!("cargo:rustc-cfg=tail_calls");
    }
}
