//! What the meaning of values needs from whoever runs the program.

use std::io::{self, Write};

use crate::errors::Res;
use crate::types::TypeTable;
use crate::value::KayVal;

/// Declares the hooks with the trait and method that each stands for.
macro_rules! hooks {
    ($($name:ident = $method:literal,)*) => {
        /// A method of a well-known trait (LANGUAGE §7) that built-in operations call.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum Hook {
            $(#[doc = concat!("`", $method, "`.")] $name,)*
        }

        impl Hook {
            /// All hooks in order.
            pub const ALL: &'static [Hook] = &[$(Hook::$name,)*];
            /// Their number.
            pub const COUNT: usize = Hook::ALL.len();

            /// The trait and its method, as `Show.show`.
            pub const fn method(self) -> &'static str {
                match self {
                    $(Hook::$name => $method,)*
                }
            }
        }
    };
}

hooks! {
    Show = "Show.show",
    Eq = "Eq.eq",
    Ord = "Ord.cmp",
    Iterator = "Iterator.next",
    Iterable = "Iterable.iter",
    Add = "Add.add",
    Sub = "Sub.sub",
    Mul = "Mul.mul",
    Div = "Div.div",
    FloorDiv = "FloorDiv.floor_div",
    Rem = "Rem.rem",
    Pow = "Pow.pow",
    Neg = "Neg.neg",
    Index = "Index.get",
    IndexSet = "IndexSet.set",
}

/// Runs Kayton functions, and connects the program to the world.
pub trait Host {
    /// Calls a function value. Arguments are borrowed; the result is owned by the caller.
    ///
    /// # Errors
    /// Whatever the function ends with; `cannot call i64`, `expected 2 arguments, found 3`.
    fn call(&mut self, callee: KayVal, args: &[KayVal]) -> Res<KayVal>;

    /// Calls a method whose first parameter is `mut self`. The receiver is moved in, and the changed value is in it
    /// afterwards, also after an error. The other arguments are borrowed; the result is owned by the caller.
    ///
    /// # Errors
    /// As for [`Host::call`].
    fn call_mut(&mut self, callee: KayVal, receiver: &mut KayVal, args: &[KayVal]) -> Res<KayVal>;

    /// The names and implementations of the program.
    fn types(&self) -> &TypeTable;

    /// The user's implementation of a well-known trait's method for the type of `value`: a plain function.
    fn hook(&self, value: KayVal, hook: Hook) -> Option<KayVal> {
        self.types().hook(value, hook)
    }

    /// Standard output, which may be buffered.
    fn out(&mut self) -> &mut dyn Write;

    /// Standard error.
    fn err(&mut self) -> &mut dyn Write;

    /// Appends one line of standard input with its newline; gives the number of bytes, 0 at the end.
    ///
    /// # Errors
    /// What reading gives.
    fn read_line(&mut self, line: &mut String) -> io::Result<usize>;

    /// The program's arguments, without its name.
    fn args(&self) -> &[String];

    /// Fails when the program is to stop. Long waits call it now and then.
    ///
    /// # Errors
    /// [`crate::errors::interrupted`].
    fn check_interrupt(&mut self) -> Res<()> {
        Ok(())
    }
}
