//! Runs a program in the bytecode's text form: `run_text FILE [ARGUMENT…]`, for measuring the VM by itself.

use std::time::{Duration, Instant};

use kayton_bytecode::{text, verify};
use kayton_vm::{start, Ending, Limits, Stdio};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let path = args.next().ok_or("usage: run_text FILE [ARGUMENT…]")?;
    let module = verify(text::assemble(&std::fs::read_to_string(path)?)?)?;
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
