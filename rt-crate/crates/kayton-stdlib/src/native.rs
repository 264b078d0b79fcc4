//! [`Native`]: what a compiler and an interpreter must know of a built-in function.

use kayton_abi::{Host, KayVal, Res};

/// [`Native::max`] of a function that takes any number of arguments.
pub const VARIADIC: u8 = u8::MAX;

/// The code of a built-in function.
///
/// Its arguments are borrowed, [`KayVal::ABSENT`] where one was not given; a function that changes an argument leaves
/// the changed value in its place, and so needs an argument that holds a count of its own (one that is shared with
/// another argument or register would be changed there too). The result is owned by the caller.
pub type NativeFn = fn(&mut dyn Host, &mut [KayVal]) -> Res<KayVal>;

/// What a built-in function does besides giving a value (LANGUAGE §8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing.
    Pure,
    /// Reads or writes outside of the program.
    Io,
    /// Asks a clock, or waits.
    Time,
    /// Draws from a random generator.
    Random,
    /// Changes an object that others may refer to.
    State,
}

impl Effect {
    /// The name after `uses`; empty for [`Effect::Pure`].
    pub const fn name(self) -> &'static str {
        match self {
            Effect::Pure => "",
            Effect::Io => "io",
            Effect::Time => "time",
            Effect::Random => "random",
            Effect::State => "state",
        }
    }
}

/// A built-in function or method.
///
/// The slice that [`Native::run`] gets is laid out so:
/// * a method's receiver comes first;
/// * then exactly `params.len()` values, by position or keyword, [`KayVal::ABSENT`] where not given;
/// * except that a *variadic* function (`max` is [`VARIADIC`]) gets all its positional arguments, and after them
///   exactly `params.len()` values that can only be given by keyword.
#[derive(Clone, Copy)]
pub struct Native {
    /// The whole name: `print`, `std.math.sqrt`, and for methods `List.push`.
    pub name: &'static str,
    /// Whether it is a method, with its receiver as first argument.
    pub receiver: bool,
    /// Names of the parameters after the receiver; of a variadic function, of those given by keyword only.
    pub params: &'static [&'static str],
    /// The fewest arguments, not counting the receiver.
    pub min: u8,
    /// The most arguments, not counting the receiver; or [`VARIADIC`].
    pub max: u8,
    /// Whether it changes its receiver, which must then be an assignable place.
    pub mutates: bool,
    /// The place in `params` of an argument that must be written `mut x` and is changed.
    pub mutates_param: Option<u8>,
    /// Whether it may call functions of the program, also through `Show`, `Eq`, `Ord` and the iterator traits.
    pub calls_back: bool,
    /// What it does besides.
    pub effect: Effect,
    /// Its code.
    pub run: NativeFn,
}

impl Native {
    /// A pure function whose parameters are all required.
    pub(crate) const fn function(name: &'static str, params: &'static [&'static str], run: NativeFn) -> Native {
        Native {
            name,
            receiver: false,
            params,
            min: params.len() as u8,
            max: params.len() as u8,
            mutates: false,
            mutates_param: None,
            calls_back: false,
            effect: Effect::Pure,
            run,
        }
    }

    /// A pure method whose parameters are all required.
    pub(crate) const fn method(name: &'static str, params: &'static [&'static str], run: NativeFn) -> Native {
        Native { receiver: true, ..Native::function(name, params, run) }
    }

    /// The last `count` parameters may be left out.
    pub(crate) const fn optional(self, count: u8) -> Native {
        Native { min: self.max - count, ..self }
    }

    /// Takes `min` or more positional arguments; its parameters are given by keyword only.
    pub(crate) const fn variadic(self, min: u8) -> Native {
        Native { min, max: VARIADIC, ..self }
    }

    /// Changes its receiver.
    pub(crate) const fn mutating(self) -> Native {
        Native { mutates: true, ..self }
    }

    /// Changes the argument at this place in `params`.
    pub(crate) const fn mutating_param(self, at: u8) -> Native {
        Native { mutates_param: Some(at), ..self }
    }

    /// May call functions of the program.
    pub(crate) const fn calling_back(self) -> Native {
        Native { calls_back: true, ..self }
    }

    /// Does something besides giving a value.
    pub(crate) const fn with_effect(self, effect: Effect) -> Native {
        Native { effect, ..self }
    }

    /// Its line in the catalogue: `List.!push x`, `std.math.atan2 y x`, `assert cond msg?`, `print *0 sep? end?`,
    /// `Rng.!shuffle !xs`.
    ///
    /// `!` marks what is changed, `?` what may be left out, and `*n` any number of arguments but at least n, after
    /// which parameters are given by keyword only.
    pub fn line(&self) -> String {
        let (owner, short) = self.name.rsplit_once('.').map_or(("", self.name), |(owner, short)| (owner, short));
        let dot = if owner.is_empty() { "" } else { "." };
        let changes = if self.mutates { "!" } else { "" };
        let mut words = vec![format!("{owner}{dot}{changes}{short}")];
        let variadic = self.max == VARIADIC;
        words.extend(variadic.then(|| format!("*{}", self.min)));
        for (at, param) in self.params.iter().enumerate() {
            let changed = if self.mutates_param == Some(at as u8) { "!" } else { "" };
            let optional = if variadic || at >= usize::from(self.min) { "?" } else { "" };
            words.push(format!("{changed}{param}{optional}"));
        }
        words.join(" ")
    }

    /// The name without module or type: `sqrt`, `push`.
    pub fn short_name(&self) -> &'static str {
        self.name.rsplit('.').next().unwrap_or(self.name)
    }
}
