//! Runs a program without the compiler: `run FILE [ARGUMENT…]`, for measuring the VM by itself. The file is bytecode
//! (`.kbc`), or bytecode in its text form.

use std::time::{Duration, Instant};

use kayton_bytecode::{decode, text, verify, Module};
use kayton_vm::{start, Ending, Limits, Stdio};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let path = args.next().ok_or("usage: run FILE [ARGUMENT…]")?;
    let module = verify(read(&path)?)?;
    let started = Instant::now();
    let mut running = start(module, args.collect(), Box::new(Stdio::default()), Limits::default())?;
    let report = loop {
        if let Some(report) = running.wait(Duration::from_secs(3600)) {
            break report;
        }
    };
    eprintln!("{:?}, {} bytes leaked, {:.3} s", report.ending, report.leaked, started.elapsed().as_secs_f64());
    match report.ending {
        Ending::Exit(code) => std::process::exit(code),
        _ => std::process::exit(101),
    }
}

fn read(path: &str) -> Result<Module, Box<dyn std::error::Error>> {
    let bytes = std::fs::read(path)?;
    if path.ends_with(".kbc") {
        return Ok(decode(&bytes)?);
    }
    Ok(text::assemble(&String::from_utf8(bytes)?)?)
}
