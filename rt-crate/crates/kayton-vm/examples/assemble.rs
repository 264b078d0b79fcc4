//! Turns a program in the bytecode's text form into a file: `assemble TEXT FILE.kbc`.

use kayton_bytecode::{encode, text};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(from), Some(to)) = (args.next(), args.next()) else {
        return Err("usage: assemble TEXT FILE.kbc".into());
    };
    std::fs::write(to, encode(&text::assemble(&std::fs::read_to_string(from)?)?))?;
    Ok(())
}
