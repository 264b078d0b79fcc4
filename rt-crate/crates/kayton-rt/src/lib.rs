//! What compiled Kayton programs link.
//!
//! A compiled program is Rust in which every Kayton value has a Rust type, every function is a Rust function, and every
//! operation that can fail knows its place. This page is the contract with the emitter: what stands for what.
//!
//! # Calls and errors
//!
//! | Kayton | Rust |
//! |---|---|
//! | a function | `fn fib(n: i64, caller: Calls) -> i64 { let calls = caller.enter(); … }`: the last parameter is the call that has called; a function that neither fails nor calls does not `enter` |
//! | a place in it | `calls.at(SITE)`: an [`At`], the last argument of everything that can fail; `SITE` indexes [`Program::sites`] |
//! | a call | `fib(n, calls.call(5))`: records the place and checks the depth |
//! | a closure given to a list function | `xs.map(\|x\| f(x, calls.call(7)), calls.at(7))` |
//! | `panic(msg)` | `at.panic(&msg)` · `assert(c, msg)`: `if !c { at.panic(&msg) }` · `assert(c)`: `if !c { at.assertion_failed() }` |
//! | no pattern covers `v` | `at.no_match_arm(&v)` |
//! | any other error | `at.fail(kayton_abi::errors::…)` |
//! | the program | `fn main() -> ! { run(&PROGRAM, start) }`, `fn start(calls: Calls) -> R` runs the statements of the modules and gives what `main` gave |
//!
//! Errors end the process; nothing unwinds. `start` is the function whose name in [`Program::sites`] is [`START`]; it
//! does not count as a call and is not shown.
//!
//! # Values
//!
//! | Kayton | Rust | |
//! |---|---|---|
//! | `i64 f64 bool ()` | themselves | |
//! | `str` | [`Str`] | one counted pointer |
//! | `List[T]` | [`List<T>`] | a counted pointer with place and length, copied on write, elements in a row |
//! | `Map[K, V]`, `Set[K]` | [`Map<K, V>`], [`Set<K>`] | counted, copied on write, in order of insertion |
//! | `Range` | [`Range`] | `Copy` |
//! | `Option[T]`, `Result[T, E]`, tuples | Rust's own | |
//! | structs and enums | emitted structs and enums; recursive fields are [`Shared<T>`] | |
//! | class instances | [`Object<T>`] of an emitted struct whose fields are [`Field<F>`] | |
//! | functions as values | [`Function<(A, B), R>`](Function) | |
//! | `dyn` | [`Dyn`] | any value, as the VM has it |
//! | what thunks see, too | [`BoxedList<T>`], [`BoxedMap<K, V>`], [`BoxedSet<K>`]; class instances are [`Instance`]s; recursive fields are [`Boxed<T>`] | the VM's own objects |
//!
//! All implement [`Value`]; what may be a key or has an order implements [`Key`] and [`Order`]; what can be given to
//! the VM implements [`Cross`], and what is never converted there [`Boxable`]. Emitted types implement [`Value`] by hand (see `examples/shapes.rs`).
//! `clone` is cheap on all of them. Functions of this crate read by reference and take over what they store.
//!
//! # Operators
//!
//! | Kayton | i64 | f64 | others |
//! |---|---|---|---|
//! | `a + b` | `add(a, b, at)` | `a + b` | `Str`, `List`: `a.concat(&b, at)` |
//! | `a - b`, `a * b`, `-a` | `sub(a, b, at)`, `mul(a, b, at)`, `neg(a, at)` | Rust's | |
//! | `a / b` | `div(a, b, at)`, an f64 | `a / b` | |
//! | `a // b`, `a % b` | `floor_div(a, b, at)`, `rem(a, b, at)` | `float_floor_div(a, b)`, `float_rem(a, b)` | |
//! | `a ** b` | `pow(a, b, at)` | `a.powf(b)` | |
//! | `a << b`, `a >> b` | `shl(a, b, at)`, `shr(a, b, at)` | | |
//! | `a & b`, `a \| b`, `a ^ b`, `~a` | Rust's (`!a`) | | |
//! | `a == b` | Rust's | Rust's | `a.equal(&b, at)`; `Str` has Rust's too |
//! | `a < b`, `<=`, `>`, `>=` | Rust's | Rust's | `a.is_less(&b, at)`, `is_at_most`, `is_more`, `is_at_least`; `Str` has Rust's too |
//! | an i64 with an f64 | `n as f64` first | | |
//! | `a is b` | | | `a.is(&b)` |
//! | `s += t` | | | `s.append(t.as_str(), at)`; lists: `xs.extend(&ys, at)` |
//! | `x in xs` | | | `xs.contains(&x, at)`; `Range`: `r.contains(n)`; `Str`: `s.contains(&t)` |
//!
//! # Built-in functions
//!
//! | Kayton | Rust |
//! |---|---|
//! | `print(a, b)` | `Text::line().with(&a, at).put(" ").with(&b, at).print(at)`; `end` is put before `.print_bare(at)`, which adds no newline |
//! | `eprint` | the same, `.eprint(at)`, `.eprint_bare(at)` |
//! | `f"{x} {y:.2}"` | `Text::new().with(&x, at).put(" ").format(&y, ".2", at).finish(at)`; inside a `print` its parts go to the line |
//! | `str(x)` | `to_str(&x, at)` |
//! | `i64(x)`, `f64(n)` | f64: `truncate(x, at)`; bool: `i64::from(b)`; `n as f64` |
//! | `chr(n)`, `s.ord()` | `chr(n, at)`, `s.ord(at)` |
//! | `min(a, b)`, `max(a, b)`, `abs(x)` | `least(a, b, at)`, `greatest(a, b, at)`; `abs(n, at)`, `x.abs()` |
//! | `input()` | `input(at)` |
//! | methods of i64 | Rust's, except `abs(n, at)`, `pow(n, e, at)`, `count_ones(n)`, `leading_zeros(n)` |
//! | methods of f64 | Rust's, except `to_bits(x)` |
//! | `std.math` | Rust's methods, `hypot`, `gcd(a, b, at)` |
//! | `std.time` | [`now()`](now), [`monotonic()`](monotonic), [`sleep(s, at)`](sleep) |
//! | `std.env` | [`args()`](args), [`env_var(&name)`](env_var), [`exit(n, at)`](exit) |
//! | `std.random` | [`Rng`]: `Rng::new(seed)`, `next_i64(lo, hi, at)`, `next_f64()`, `shuffle(&mut xs, at)`, `choice(&xs)` |
//! | `std.text` | [`Builder`]: `Builder::new()`, `push(&s, at)`, `build()` |
//! | `std.io`, `std.json`, and whatever is not here | `static DUMP: Native = Native::new("std.json.dump");` and `DUMP.call(&[x.to_val()], at)`: takes over the counts, gives an owned [`KayVal`] |
//!
//! # Strings
//!
//! A literal is `text!("…")`, a `&'static Str` that is there when the program starts. Length and indexes count code points.
//!
//! | Kayton | Rust |
//! |---|---|
//! | `s.len()`, `s[i]`, `s[a..b]`, `s[a..]`, `s[r]` | `s.len()`, `s.get(i, at)`, `s.slice(a, b, at)`, `s.slice_through(a, b, at)` (`a..=b`), `s.slice_from(a, at)`, `s.slice_by(r, at)` |
//! | `for c in s` | `for c in s.iter()`, each a `Str` |
//! | `c == "a"`, a literal of one character or more | `c.as_str() == "a"`, which Rust compares without a call |
//! | a character that is only compared, printed, appended or asked for `ord` | a Rust `char`: `for c in s.iter_chars()`, `s.char_at(i, at)`; then `c == 'a'`, `i64::from(u32::from(c))`, `text.put_char(c)`, `s.append_char(c, at)`, and `Str::from_char(c)` where a string is needed |
//! | `for w in s.split(sep)`, `split_whitespace`, `lines` | `for w in s.split_iter(&sep, at)`, `s.split_whitespace_iter()`, `s.lines_iter()`: no list is made |
//! | methods | the same names; those that can fail take `at` last: `ord concat append get slice split replace repeat pad_start pad_end chars …` (see [`Str`]) |
//!
//! # Lists
//!
//! | Kayton | Rust |
//! |---|---|
//! | `[a, b]`, `[]`, `[x; n]`, a comprehension | `list![a, b]`, `List::new()`, `List::repeated(x, n, at)`, `List::new()` and `push` |
//! | `xs[i]` | `xs.get(i, at)`, a `&T` |
//! | `xs[i] = v`, `xs[i].f = v`, `xs[i] += v` | `xs.set(i, v, at)`, `xs.slot(i, at).f = v`, `let x = xs.slot(i, at); *x = add(*x, v, at)` |
//! | `for x in xs` | `for x in xs.iter()`, each a `&T`; where the body changes `xs`, `for x in xs.clone().iter()` |
//! | a loop that changes `xs` and shares it with nobody | `let mut xs = xs.slots(at);` before it, where the length stays: [`Slots<T>`](Slots) has `get slot set swap len` and asks no more whether others share it. Where it does not stay, `let mut xs = xs.edit(at);`, an [`Elements<T>`](Elements) with the same methods as the list |
//! | `xs[a..b]`, `xs[a..]`, `xs[r]` | `xs.slice(a, b, at)`, `xs.slice_through(a, b, at)`, `xs.slice_from(a, at)`, `xs.slice_by(r, at)` |
//! | methods that take functions | `xs.map(\|x\| …, at)`, `xs.count_where(\|x\| …)` for `count`: the closure gets `&T` (`fold`, `reduce`: the total by value, then `&T`) |
//! | other methods | the same names, `at` last where they can fail or allocate (see [`List`]); `xs.len()` is an i64 |
//! | a `List` given to whatever reads slices | `&xs[..]`: a list derefs to `[T]` |
//!
//! # Maps, sets, ranges
//!
//! | Kayton | Rust |
//! |---|---|
//! | `{k: v}`, `{}`, `{a, b}`, `Set()` | `map!{at; k => v}`, `Map::new()`, `set!{at; a, b}`, `Set::new()` |
//! | `m[k]`, `m[k] = v`, `m[k] += v` | `m.index(&k, at)` (`&V`), `m.set(k, v, at)`, `let x = m.slot(&k, at); *x = add(*x, v, at)` |
//! | `m.get(k)`, `m.get_or(k, d)` | `m.get(&k, at)`, `m.get_or(&k, d, at)`; without a copy `m.find(&k, at)` (`Option<&V>`) |
//! | `m[k] = m.get_or(k, d) + 1` | may become `let x = m.entry(k, d, at); *x = add(*x, 1, at)` |
//! | `for k in m`, `m.items()` in a `for` | `for k in m.iter_keys()`, `for (k, v) in m.iter()` |
//! | `for x in a_set` | `for x in s.iter()` |
//! | methods of maps and sets | the same names, `at` last |
//! | any of these, boxed | the same names. Where a part is borrowed there is a [`View`], where one is changed a [`Slot`]: `&*xs.get(i, at)`, `&mut *xs.slot(i, at)`, `for view in xs.iter() { let x = &*view; … }`. What makes a container of other items makes a plain one: `m.keys(at).boxed(at)` |
//! | `a..b`, `a..=b` as values | `Range::exclusive(a, b)`, `Range::inclusive(a, b)` |
//! | `for i in a..b`, `for i in a..=b` | `for i in a..b`, `for i in through(a, b)` |
//! | `for i in r` | `for i in r.iter()` |
//! | list functions of ranges, sets, strings | those of [`Sequence`], whose closures get items by value |
//!
//! # Options, results, functions, instances
//!
//! | Kayton | Rust |
//! |---|---|
//! | `o.unwrap()`, `o.expect(msg)` | `o.value(at)`, `o.expected(&msg, at)` ([`OptionExt`], [`ResultExt`]) |
//! | `unwrap_or unwrap_or_else map and_then ok_or map_err is_some is_none is_ok is_err` | Rust's |
//! | `e?` | `match e { Some(v) => v, None => return None }`, or `e?` where the types agree |
//! | `f(x)` of a value | `f.call((x,), at)` |
//! | a closure or function as a value | `Function::closure(\|(x,), at\| { let calls = at.call().enter(); … })`, `Function::named("f", \|(x,), at\| f(x, at.call()))`; captured instances: [`Closure`] by hand |
//! | `C(a, b)` of a class | `Object::new(C { a: Field::new(a), b: Field::new(b) })` |
//! | `c.a`, `c.a = v`, `c.xs.push(v)` | `c.a.get()`, `c.a.set(v)`, `c.xs.change(\|xs\| xs.push(v, at))` with `v` computed before |

mod boxed;
mod boxed_list;
mod boxed_list_query;
mod boxed_map;
mod boxed_set;
mod calls;
#[cfg(any(feature = "embed_vm", feature = "dynamic_vm"))]
mod compiled;
mod crossing;
mod cycles;
mod drops;
mod dynamic;
mod elements;
mod excerpt;
mod fail;
mod filling;
mod function;
mod glyphs;
mod host;
mod instance;
mod list;
mod list_query;
mod list_sort;
mod listing;
mod map;
mod native;
mod numbers;
mod object;
mod option;
mod out;
mod parts;
mod program;
mod range;
mod received;
pub mod report;
mod sequence;
mod set;
mod shared;
mod slots;
mod std_modules;
mod str_methods;
mod string;
mod table;
mod text;
#[cfg(any(feature = "embed_vm", feature = "dynamic_vm"))]
mod thunk;
#[cfg(feature = "dynamic_vm")]
mod thunk_library;
#[cfg(any(feature = "embed_vm", feature = "dynamic_vm"))]
mod thunk_profile;
mod trace;
mod tuple;
mod value;

pub use boxed::{part_fits, type_number, Boxable, Boxed, Look, Slot, View};
pub use boxed_list::BoxedList;
pub use boxed_list_query::Views;
pub use boxed_map::BoxedMap;
pub use boxed_set::BoxedSet;
pub use calls::{At, Caller, Calls, DEFAULT_DEPTH};
#[cfg(any(feature = "embed_vm", feature = "dynamic_vm"))]
pub use compiled::{register_compiled, FromBytecode};
pub use crossing::{changed, dynamic, field, function, lent, recast, taken_apart};
pub use cycles::{collect, instances, Tracer};
pub use dynamic::Dyn;
pub use fail::fail;
pub use function::{Closure, Function};
pub use host::{set_call_back, set_types, types, CallBack};
pub use instance::{FieldOf, Instance};
pub use kayton_abi::objects::{closure, structure, variant};
pub use kayton_abi::string::Literal;
pub use kayton_abi::vm_table::Entered;
pub use kayton_abi::{errors, memory_in_use, KayVal};
pub use list::{Edit, Elements, List};
pub use list_query::Number;
pub use listing::Listing;
pub use map::Map;
pub use native::{native, Native};
pub use numbers::{
    abs, add, chr, count_ones, div, float_floor_div, float_rem, floor_div, gcd, leading_zeros, mul, neg, pow, rem, shl,
    shr, sub, to_bits, truncate,
};
pub use object::{Class, Field, Object, OrderedClass};
pub use option::{OptionExt, ResultExt};
pub use parts::{cannot_compare_functions, empty, err, mixed, never, no, nowhere, ok, some, Global, Never};
pub use program::{run, running, Program, START};
pub use range::{through, Items, Range};
pub use received::{is_function, is_instance, is_structure, is_variant, Depth, Received};
pub use sequence::Sequence;
pub use set::Set;
pub use shared::Shared;
pub use slots::Slots;
pub use std_modules::{args, env_var, exit, hypot, input, monotonic, now, sleep, to_str, Builder, Rng};
pub use string::{Str, ASCII};
pub use text::Text;
#[cfg(any(feature = "embed_vm", feature = "dynamic_vm"))]
pub use thunk::{
    exec_bytecode_closure, exec_bytecode_thunk, exec_bytecode_thunk_mut, register_thunk, set_host_context, set_thunk_global,
    thunk_name, HostContext,
};
pub use value::{greatest, least, Cross, Key, Order, Value};

/// Everything that an emitted program uses: `use kayton_rt::prelude::*;`.
pub mod prelude {
    pub use crate::*;
    pub use crate::{boxed_list, boxed_map, boxed_set, list, map, set, text};
    pub use std::cmp::Ordering;
}

#[cfg(test)]
mod tests;
