//! Run-time errors: one struct, and one constructor for each message, so that every text exists once.
//!
//! `docs/errors-at-run-time.md` lists them with examples.

use std::fmt::{self, Display};

/// The result of whatever can end a program.
pub type Res<T> = Result<T, Box<KayError>>;

/// Why the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// A run-time error of LANGUAGE §10: exit code 101.
    Failure,
    /// `std.env.exit(n)`: no message, this exit code.
    Exit(i32),
    /// The host asked to stop.
    Interrupted,
}

/// A run-time error on its way up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KayError {
    /// Why the program ends.
    pub kind: ErrorKind,
    /// The text after `error: `.
    pub message: String,
    /// The calls it passed through, innermost first, filled in by whoever unwinds: a function and a place in it, in
    /// the unwinder's own terms.
    pub trace: Vec<(u32, u32)>,
}

impl Display for KayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for KayError {}

/// An error with any message: what the program says with `panic`, `assert` and `expect`, or another layer's own.
#[cold]
pub fn failure(message: impl Into<String>) -> Box<KayError> {
    Box::new(KayError { kind: ErrorKind::Failure, message: message.into(), trace: Vec::new() })
}

/// `std.env.exit(code)`.
#[cold]
pub fn exit(code: i32) -> Box<KayError> {
    Box::new(KayError { kind: ErrorKind::Exit(code), message: format!("exit {code}"), trace: Vec::new() })
}

/// The host asked to stop.
#[cold]
pub fn interrupted() -> Box<KayError> {
    Box::new(KayError { kind: ErrorKind::Interrupted, message: "interrupted".into(), trace: Vec::new() })
}

/// Declares constructors: the message is the documentation and the format string at once.
macro_rules! messages {
    ($($name:ident($($arg:ident: $ty:ty),*) = $text:literal: $when:literal;)*) => {
        $(
            #[doc = concat!("`", $text, "`: ", $when, ".")]
            #[cold]
            pub fn $name($($arg: $ty),*) -> Box<KayError> {
                failure(format!($text))
            }
        )*
    };
}

messages! {
    integer_overflow() = "integer overflow": "an i64 result does not fit (LANGUAGE §5)";
    division_by_zero() = "division by zero": "`/ // %` of i64 by 0";
    negative_exponent() = "negative exponent": "`**` of i64";
    shift_out_of_range() = "shift out of range": "a shift count outside 0..=63";
    index_out_of_range(len: usize, index: i64) = "index out of range: the length is {len} but the index is {index}":
        "an index of a list or str that is not there";
    slice_out_of_range(len: usize, from: i64, to: impl Display)
        = "slice out of range: the length is {len} but the range is {from}..{to}": "slice bounds outside the value";
    stepped_slice() = "cannot slice by a stepped range": "a slice by a range whose step is not 1";
    key_not_found(key: &str) = "key not found: {key}": "`m[k]` where k is missing; the key as inside a container";
    expected(what: &str, found: &str) = "expected {what}, found {found}": "a value of another type at a boundary";
    expected_one_character(quoted: &str) = "expected one character, found {quoted}":
        "`ord` or a fill of another length; the str as inside a container";
    unwrap_on_none() = "unwrap on None": "`unwrap` without a value";
    unwrap_on_err(shown: &str) = "unwrap on Err: {shown}": "`unwrap` of an error, shown as print does";
    no_field(field: &str, ty: &str) = "no field {field} on {ty}": "a field that the value does not have";
    no_method(method: &str, ty: &str) = "no method {method} on {ty}": "a method that the value does not have";
    cannot_call(ty: &str) = "cannot call {ty}": "a call of something that is no function";
    no_parameter(name: &str) = "no parameter named {name}": "a keyword argument that the function does not take";
    argument_twice(name: &str) = "argument {name} given twice": "a keyword argument given by position too";
    argument_missing(name: &str) = "argument {name} is missing": "a parameter without default that keywords left out";
    not_a_key(ty: &str) = "not a key: {ty}": "a map key or set member of another type";
    number_out_of_range(shown: &str) = "number out of range for i64: {shown}": "`i64(x)` of an f64 that does not fit";
    call_depth() = "call depth limit reached": "too many nested calls, or a value nested too deeply";
    out_of_memory() = "out of memory limit": "a value would pass the memory limit";
    step_limit() = "step limit reached": "more jumps and calls than the host allows";
    time_limit() = "time limit reached": "more time than the host allows";
    cannot_apply(op: &str, left: &str, right: &str) = "cannot apply {op} to {left} and {right}":
        "an operator on operands it does not take";
    cannot_apply_unary(op: &str, ty: &str) = "cannot apply {op} to {ty}": "a unary operator on another type";
    cannot_compare(left: &str, right: &str) = "cannot compare {left} with {right}": "an ordering that does not exist";
    cannot_compare_functions() = "cannot compare functions": "`==` of two functions";
    cannot_change() = "cannot change an immutable value": "a part of a non-class changed through an immutable name";
    cannot_index(ty: &str) = "cannot index {ty}": "`x[i]` of something without indexes";
    cannot_assign_index(ty: &str) = "cannot assign to an index of {ty}": "`x[i] = v` of something that has no such";
    cannot_slice(ty: &str) = "cannot slice {ty}": "`x[a..b]` of something without slices";
    cannot_iterate(ty: &str) = "cannot iterate over {ty}": "`for` over something that is no sequence";
    cannot_convert(ty: &str, to: &str) = "cannot convert {ty} to {to}": "`i64(x)` or `f64(x)` of another type";
    no_match_arm(shown: &str) = "no match arm for {shown}": "a value that no pattern covers, as inside a container";
    used_before_set(name: &str) = "{name} is used before it is set": "a global read too early";
    refinement_failed(condition: &str) = "refinement failed: {condition}": "a refined type's check";
    bad_format_spec() = "bad format spec": "a spec that is malformed or does not fit its value";
    count_out_of_range(count: i64) = "count out of range: {count}": "a count below its least";
    empty_separator() = "empty separator": "`split` or `replace` with an empty text";
    not_a_code_point(number: i64) = "not a code point: {number}": "`chr` of another number";
    of_an_empty_list(what: &str) = "{what} of an empty list": "`sum` or `product` without elements and start";
    empty_range(from: i64, to: i64) = "empty range: {from}..{to}": "`next_i64(lo, hi)` without a number to give";
    cannot_sleep(shown: &str) = "cannot sleep for {shown} seconds": "`sleep` of a negative or NaN duration";
    assertion_failed() = "assertion failed": "`assert` without a message of its own";
    cannot_write(what: &str) = "cannot write to {what}": "`print` or `eprint` to a closed stream";
    cannot_read_input() = "cannot read standard input": "`input` of a stream that fails";
    input_not_text() = "standard input is not valid UTF-8": "`input` of other bytes";
    cannot_write_json(what: &str) = "cannot write {what} as JSON": "`dump` of what JSON does not have";
}

/// `expected 2 arguments, found 3`, `expected 1 to 2 arguments, found 3` or `expected at least 2 arguments, found 1`:
/// a call with another number of arguments. `most` is `None` where there is no upper bound.
#[cold]
pub fn wrong_arity(least: usize, most: Option<usize>, found: usize) -> Box<KayError> {
    let (wanted, last) = match most {
        Some(most) if most == least => (format!("{least}"), least),
        Some(most) => (format!("{least} to {most}"), most),
        None => (format!("at least {least}"), least),
    };
    let plural = if last == 1 { "" } else { "s" };
    failure(format!("expected {wanted} argument{plural}, found {found}"))
}

/// `expected a tuple of 2, found a tuple of 3`: a tuple annotation and a tuple of another size.
#[cold]
pub fn wrong_tuple(wanted: usize, found: usize) -> Box<KayError> {
    failure(format!("expected a tuple of {wanted}, found a tuple of {found}"))
}
