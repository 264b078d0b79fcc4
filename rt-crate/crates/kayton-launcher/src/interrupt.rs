//! Ctrl-C: the program stops with what it wrote so far, as it does under Python.

use std::sync::OnceLock;

use kayton_vm::Interrupt;

static INTERRUPT: OnceLock<Interrupt> = OnceLock::new();

/// What the signal sets.
pub(crate) fn on_signal() -> Interrupt {
    let interrupt = INTERRUPT.get_or_init(Interrupt::default).clone();
    listen();
    interrupt
}

/// Fails when the signal has come.
pub(crate) fn check() -> Result<(), ()> {
    match INTERRUPT.get().is_some_and(Interrupt::is_stopped) {
        true => Err(()),
        false => Ok(()),
    }
}

#[cfg(unix)]
fn listen() {
    extern "C" {
        fn signal(number: i32, handler: usize) -> usize;
    }
    const SIGINT: i32 = 2;
    const IGNORED: usize = 1;
    extern "C" fn stop(_number: i32) {
        if let Some(interrupt) = INTERRUPT.get() {
            interrupt.stop();
        }
    }
    // SAFETY: this is `signal` of the C library, which std links; a handler's address is what it takes besides 0 and 1. The
    // handler only loads a cell that was set before and stores to an atomic, which is allowed at any moment.
    unsafe {
        // Who started us in the background with the signal ignored wants it ignored.
        if signal(SIGINT, stop as extern "C" fn(i32) as usize) == IGNORED {
            signal(SIGINT, IGNORED);
        }
    }
}

#[cfg(not(unix))]
fn listen() {}
