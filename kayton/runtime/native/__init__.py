"""From a Rust crate to a native binary: the toolchain, the runtime's sources, what is kept between builds, and cargo."""
