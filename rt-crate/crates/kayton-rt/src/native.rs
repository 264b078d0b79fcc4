//! The built-in functions that have no typed form here, on values as the VM has them.

use std::sync::OnceLock;

use kayton_abi::KayVal;

use crate::calls::At;
use crate::host::with_host;

/// A built-in function, looked up once: `static DUMP: Native = Native::new("std.json.dump");`.
pub struct Native {
    name: &'static str,
    found: OnceLock<&'static kayton_stdlib::Native>,
}

impl Native {
    /// The function of this whole name: `std.json.dump`, `List.sort_by`.
    pub const fn new(name: &'static str) -> Native {
        Native { name, found: OnceLock::new() }
    }

    /// Calls it on these values, whose counts it takes over; those that are left out at the end are not given.
    ///
    /// # Errors
    /// Ends the program with what the function fails with.
    pub fn call(&self, args: &[KayVal], at: At) -> KayVal {
        let mut args = args.to_vec();
        let result = self.call_in_place(&mut args, at);
        args.into_iter().for_each(KayVal::release);
        result
    }

    /// Calls it on borrowed values; what it changes is changed in them, so that these must hold counts of their own.
    ///
    /// # Errors
    /// Ends the program with what the function fails with.
    pub fn call_in_place(&self, args: &mut Vec<KayVal>, at: At) -> KayVal {
        let native = self.found.get_or_init(|| find(self.name));
        let count = usize::from(native.receiver) + native.params.len();
        if native.max != kayton_stdlib::VARIADIC && args.len() < count {
            args.resize(count, KayVal::ABSENT);
        }
        with_host(at, |host| (native.run)(host, args))
    }
}

fn find(name: &str) -> &'static kayton_stdlib::Native {
    match kayton_stdlib::natives().iter().find(|native| native.name == name) {
        Some(native) => native,
        None => panic!("there is no built-in function {name}"),
    }
}

/// Calls a built-in function by name; see [`Native::call`], which looks the name up once only.
///
/// # Errors
/// Ends the program with what the function fails with.
pub fn native(name: &'static str, args: &[KayVal], at: At) -> KayVal {
    Native::new(name).call(args, at)
}
