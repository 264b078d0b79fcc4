//! One file or module through decoder, verifier and VM.

use std::io::Cursor;
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::time::Duration;

use kayton_bytecode::{decode, encode, verify, Module, Verified};
use kayton_vm::{start, Captured, Ending, Limits, Memory};

use crate::strategy::is_harmless;
use crate::Made;

/// What becomes of a file or module; each is fine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// It is no module.
    Undecodable,
    /// The verifier refuses it.
    Refused,
    /// It names built-in functions that are not there, or would write files or wait.
    NotLoaded,
    /// It ends with a run-time error.
    Failed,
    /// It ends with an exit code.
    Exited,
}

impl Outcome {
    /// All of them, from the first obstacle to the last.
    pub const ALL: [Outcome; 5] =
        [Outcome::Undecodable, Outcome::Refused, Outcome::NotLoaded, Outcome::Failed, Outcome::Exited];
}

/// A broken promise.
#[derive(Clone, Debug)]
pub enum Flaw {
    /// Something panicked.
    Panic(String),
    /// A file decodes to a module that is encoded otherwise.
    Encoding,
    /// A module that is valid by construction is refused.
    RefusedValid(String),
    /// A module that keeps the emitter's promises left objects behind.
    Leak(usize),
    /// It did not end in time.
    Endless,
}

/// The limits under which modules are tried.
#[derive(Clone, Debug)]
pub struct Trial {
    /// What the VM is given.
    pub limits: Limits,
    /// How long to wait; the limits end a run far earlier.
    pub patience: Duration,
}

impl Default for Trial {
    fn default() -> Trial {
        let limits =
            Limits { max_depth: 300, max_memory: Some(16 << 20), max_steps: Some(20_000), ..Limits::default() };
        Trial { limits, patience: Duration::from_secs(300) }
    }
}

impl Trial {
    /// Decodes, verifies and executes. `valid`: the module is valid by construction and leaks nothing.
    ///
    /// # Errors
    /// A broken promise.
    pub fn run(&self, made: Made, valid: Valid) -> Result<Outcome, Flaw> {
        let verified = match catch_unwind(AssertUnwindSafe(|| admit(made))) {
            Ok(Ok(verified)) => verified,
            Ok(Err(Rejection::Undecodable)) => return Ok(Outcome::Undecodable),
            Ok(Err(Rejection::Reencoded)) => return Err(Flaw::Encoding),
            Ok(Err(Rejection::Refused(why))) if valid == Valid::Surely => return Err(Flaw::RefusedValid(why)),
            Ok(Err(Rejection::Refused(_))) => return Ok(Outcome::Refused),
            Err(_) => return Err(Flaw::Panic("while decoding or verifying".to_owned())),
        };
        if !verified.natives.iter().all(|name| is_harmless(&verified.strings[*name as usize])) {
            return Ok(Outcome::NotLoaded);
        }
        self.execute(verified, valid)
    }

    fn execute(&self, verified: Verified<Module>, valid: Valid) -> Result<Outcome, Flaw> {
        let console =
            Memory { out: Captured::default(), err: Captured::default(), input: Cursor::new(b"one\ntwo 2\n".to_vec()) };
        let running = start(verified, vec!["an argument".to_owned()], Box::new(console), self.limits.clone());
        let mut running = running.map_err(|error| Flaw::Panic(error.to_string()))?;
        let report = running.wait(self.patience).ok_or(Flaw::Endless)?;
        let outcome = match report.ending {
            Ending::Defect(what) => return Err(Flaw::Panic(what)),
            Ending::NotLoaded(_) => Outcome::NotLoaded,
            Ending::Failed(_) | Ending::Interrupted => Outcome::Failed,
            Ending::Exit(_) => Outcome::Exited,
        };
        match report.leaked {
            0 => Ok(outcome),
            leaked if valid == Valid::Surely => Err(Flaw::Leak(leaked)),
            _ => Ok(outcome),
        }
    }
}

/// Whether a module is known to be valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Valid {
    /// By construction, and it leaks nothing.
    Surely,
    /// Not known.
    Perhaps,
}

enum Rejection {
    Undecodable,
    Reencoded,
    Refused(String),
}

fn admit(made: Made) -> Result<Verified<Module>, Rejection> {
    let module = match made {
        Made::Module(module) => *module,
        Made::File(file) => {
            let module = decode(&file).map_err(|_| Rejection::Undecodable)?;
            if encode(&module) != file {
                return Err(Rejection::Reencoded);
            }
            module
        }
    };
    verify(module).map_err(|error| Rejection::Refused(error.to_string()))
}
