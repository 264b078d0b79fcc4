//! Tests of the natives through the table, as an interpreter calls them.

#![allow(clippy::unwrap_used)]

mod any_arguments;
mod lists;
mod mappings;
mod modules;
mod sorting;
mod texts;
mod values;

use kayton_abi::testing::{ints, list, text, TestHost};
use kayton_abi::{errors, print, Host, KayVal, List, Owned, Range, Res};

use crate::{natives, type_table, Native, VARIADIC};

/// A host that can run natives.
fn host() -> TestHost {
    let mut host = TestHost::new();
    host.types = type_table();
    host.native = Some(|host, index, args| run(host, &natives()[index as usize], args));
    host
}

/// Calls a native with positional arguments, filling up what is not given.
fn run(host: &mut dyn Host, native: &Native, given: &mut [KayVal]) -> Res<KayVal> {
    let found = given.len().saturating_sub(usize::from(native.receiver));
    let most = (native.max != VARIADIC).then_some(usize::from(native.max));
    if found < usize::from(native.min) || most.is_some_and(|most| found > most) {
        return Err(errors::wrong_arity(usize::from(native.min), most, found));
    }
    let missing = most.map_or(native.params.len(), |most| most - found);
    let mut args = given.to_vec();
    args.extend(std::iter::repeat_n(KayVal::ABSENT, missing));
    let result = (native.run)(host, &mut args);
    given.copy_from_slice(&args[..given.len()]);
    result
}

fn named(name: &str) -> &'static Native {
    natives().iter().find(|native| native.name == name).unwrap_or_else(|| panic!("no native {name}"))
}

/// What a call with these owned arguments gives: the printed form of the result, or the error's message. The receiver
/// of a mutating method follows, as `result | receiver`.
fn call(host: &mut TestHost, name: &str, args: &[KayVal]) -> String {
    let native = named(name);
    let mut values = args.to_vec();
    let result = run(host, native, &mut values);
    let mut text = match result {
        Ok(value) => print::nested(host, *Owned::new(value)).unwrap(),
        Err(error) => error.message,
    };
    if native.mutates {
        text = format!("{text} | {}", print::nested(host, values[0]).unwrap());
    }
    values.into_iter().for_each(KayVal::release);
    text
}

fn floats(numbers: &[f64]) -> KayVal {
    List::from_floats(numbers.to_vec()).unwrap()
}

fn texts(words: &[&str]) -> KayVal {
    list(&words.iter().map(|word| text(word)).collect::<Vec<_>>())
}

fn int(n: i64) -> KayVal {
    KayVal::int(n)
}

fn range(from: i64, to: i64) -> KayVal {
    Range::exclusive(from, to)
}

/// A function of one i64.
fn on_int(host: &mut TestHost, f: impl Fn(i64) -> KayVal + 'static) -> KayVal {
    host.function(move |host, args| Ok(f(crate::args::int(host, args[0])?)))
}
