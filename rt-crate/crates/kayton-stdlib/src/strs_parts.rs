//! The methods of str that give its parts as a list (LANGUAGE §9).

use kayton_abi::{alloc, errors, string, Host, KayVal, List, Res};

use crate::args;
use crate::collect::list_of;
use crate::native::Native;

pub const NATIVES: &[Native] = &[
    Native::method("str.chars", &[], chars),
    Native::method("str.bytes", &[], bytes),
    Native::method("str.split", &["sep"], split),
    Native::method("str.split_whitespace", &[], split_whitespace),
    Native::method("str.lines", &[], lines),
];

fn chars(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    list_of(args::text(host, &args[0])?.chars().map(string::from_char))
}

fn bytes(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let text = args::text(host, &args[0])?;
    alloc::check_room(text.len() * size_of::<i64>())?;
    List::from_ints(text.bytes().map(i64::from).collect())
}

fn split(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let (text, sep) = (args::text(host, &args[0])?, args::text(host, &args[1])?);
    if sep.is_empty() {
        return Err(errors::empty_separator());
    }
    list_of(text.split(sep).map(string::new))
}

fn split_whitespace(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    list_of(args::text(host, &args[0])?.split_whitespace().map(string::new))
}

fn lines(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    list_of(args::text(host, &args[0])?.lines().map(string::new))
}
