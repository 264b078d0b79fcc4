//! A [`Host`] for tests: functions are Rust closures, the world is in memory.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::rc::Rc;

use crate::errors::{self, Res};
use crate::host::{Hook, Host};
use crate::types::{TypeInfo, TypeTable, VariantInfo};
use crate::value::{KayVal, Tag};

/// What stands for a Kayton function: its arguments are borrowed, what it changes in the first one of a `mut self`
/// call stays, and the result is owned by the caller.
pub type Function = Rc<dyn Fn(&mut dyn Host, &mut [KayVal]) -> Res<KayVal>>;

/// What runs a built-in function by its index.
pub type RunNative = fn(&mut dyn Host, u32, &mut [KayVal]) -> Res<KayVal>;

/// A host whose program is Rust code.
#[derive(Default)]
pub struct TestHost {
    /// Names and implementations.
    pub types: TypeTable,
    /// Plain functions by index.
    pub functions: Vec<Function>,
    /// Runs built-in functions.
    pub native: Option<RunNative>,
    /// What was written to standard output.
    pub out: Vec<u8>,
    /// What was written to standard error.
    pub err: Vec<u8>,
    /// What is still to be read from standard input.
    pub input: VecDeque<String>,
    /// The program's arguments.
    pub args: Vec<String>,
    /// How often a long wait may still ask before it is told to stop.
    pub patience: Option<usize>,
}

impl TestHost {
    /// A host without functions.
    pub fn new() -> TestHost {
        TestHost::default()
    }

    /// Adds a function and gives it as a value.
    pub fn function(&mut self, run: impl Fn(&mut dyn Host, &mut [KayVal]) -> Res<KayVal> + 'static) -> KayVal {
        self.functions.push(Rc::new(run));
        KayVal::func(self.functions.len() as u32 - 1)
    }

    /// Adds a type and gives its id.
    pub fn add_type(&mut self, info: TypeInfo) -> u32 {
        self.types.types.push(info);
        self.types.types.len() as u32 - 1
    }

    /// Adds a variant and gives its id.
    pub fn add_variant(&mut self, info: VariantInfo) -> u32 {
        self.types.variants.push(info);
        self.types.variants.len() as u32 - 1
    }

    /// Implements a well-known trait for a type.
    pub fn implement(
        &mut self,
        type_id: u32,
        hook: Hook,
        run: impl Fn(&mut dyn Host, &mut [KayVal]) -> Res<KayVal> + 'static,
    ) {
        let function = self.function(run);
        self.types.types[type_id as usize].hooks[hook as usize] = Some(function.aux);
    }

    /// What was written to standard output, as text.
    pub fn printed(&self) -> String {
        String::from_utf8_lossy(&self.out).into_owned()
    }

    fn run(&mut self, callee: KayVal, args: &mut [KayVal]) -> Res<KayVal> {
        match callee.tag {
            Tag::FUNC => {
                let function = self.functions[callee.aux as usize].clone();
                function(self, args)
            }
            Tag::NATIVE => match self.native {
                Some(native) => native(self, callee.aux, args),
                None => Err(errors::cannot_call("fn")),
            },
            _ => Err(errors::cannot_call(self.types.type_name(callee))),
        }
    }
}

impl Host for TestHost {
    fn call(&mut self, callee: KayVal, args: &[KayVal]) -> Res<KayVal> {
        self.run(callee, &mut args.to_vec())
    }

    fn call_mut(&mut self, callee: KayVal, receiver: &mut KayVal, args: &[KayVal]) -> Res<KayVal> {
        let mut all = vec![*receiver];
        all.extend_from_slice(args);
        let result = self.run(callee, &mut all);
        *receiver = all[0];
        result
    }

    fn types(&self) -> &TypeTable {
        &self.types
    }

    fn out(&mut self) -> &mut dyn Write {
        &mut self.out
    }

    fn err(&mut self) -> &mut dyn Write {
        &mut self.err
    }

    fn read_line(&mut self, line: &mut String) -> io::Result<usize> {
        let next = self.input.pop_front().unwrap_or_default();
        line.push_str(&next);
        Ok(next.len())
    }

    fn args(&self) -> &[String] {
        &self.args
    }

    fn check_interrupt(&mut self) -> Res<()> {
        match &mut self.patience {
            Some(0) => Err(errors::interrupted()),
            Some(left) => {
                *left -= 1;
                Ok(())
            }
            None => Ok(()),
        }
    }
}

/// splitmix64, for tests that try many cases the same way every time.
pub struct Dice(pub u64);

impl Dice {
    /// The next 64 bits.
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        (self.roll() % bound.max(1) as u64) as usize
    }
}

/// Runs `test` and asserts that no object it made is left.
pub fn leaks_nothing(test: impl FnOnce()) {
    (0..128u8).for_each(|c| crate::string::from_char(c as char).release());
    let before = crate::memory_in_use();
    test();
    assert_eq!(crate::memory_in_use(), before, "bytes left behind");
}

/// An owned str.
pub fn text(value: &str) -> KayVal {
    crate::string::new(value)
}

/// An owned list of these owned values.
///
/// # Panics
/// When memory is short.
pub fn list(values: &[KayVal]) -> KayVal {
    crate::List::from_values(values).expect("memory for a list")
}

/// An owned list of these numbers.
///
/// # Panics
/// When memory is short.
pub fn ints(numbers: &[i64]) -> KayVal {
    crate::List::from_ints(numbers.to_vec()).expect("memory for a list")
}
