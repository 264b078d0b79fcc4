//! Prints what exists, one native a line, for tools that keep a list of their own:
//! `List.!push x`, `std.math.atan2 y x`, `assert cond msg?`, `print *0 sep? end?`, `Rng.!shuffle !xs`.
//!
//! `!` marks what is changed, `?` what may be left out, and `*n` any number of arguments but at least n, after which
//! parameters are given by keyword only.

use kayton_stdlib::{natives, Native, VARIADIC};

fn line(native: &Native) -> String {
    let (owner, short) = native.name.rsplit_once('.').map_or(("", native.name), |(owner, short)| (owner, short));
    let dot = if owner.is_empty() { "" } else { "." };
    let changes = if native.mutates { "!" } else { "" };
    let mut words = vec![format!("{owner}{dot}{changes}{short}")];
    let variadic = native.max == VARIADIC;
    words.extend(variadic.then(|| format!("*{}", native.min)));
    for (at, param) in native.params.iter().enumerate() {
        let changed = if native.mutates_param == Some(at as u8) { "!" } else { "" };
        let optional = if variadic || at >= usize::from(native.min) { "?" } else { "" };
        words.push(format!("{changed}{param}{optional}"));
    }
    words.join(" ")
}

fn main() {
    natives().iter().for_each(|native| println!("{}", line(native)));
}
