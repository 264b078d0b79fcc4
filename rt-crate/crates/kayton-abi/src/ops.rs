//! The operators of LANGUAGE §5 on any two values, as an interpreter's slow path and a library's only one.

use crate::errors::{self, Res};
use crate::host::{Hook, Host};
use crate::list::List;
use crate::string;
use crate::types::TypeTable;
use crate::value::{KayVal, Tag};

/// The operators with two operands that give a value of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // The symbol says it.
pub enum Binary {
    Add,
    Sub,
    Mul,
    Div,
    FloorDiv,
    Rem,
    Pow,
    BitAnd,
    BitOr,
    BitXor,
    Shl,
    Shr,
}

impl Binary {
    /// How it is written.
    pub const fn symbol(self) -> &'static str {
        match self {
            Binary::Add => "+",
            Binary::Sub => "-",
            Binary::Mul => "*",
            Binary::Div => "/",
            Binary::FloorDiv => "//",
            Binary::Rem => "%",
            Binary::Pow => "**",
            Binary::BitAnd => "&",
            Binary::BitOr => "|",
            Binary::BitXor => "^",
            Binary::Shl => "<<",
            Binary::Shr => ">>",
        }
    }

    /// The trait that gives it to user types.
    pub const fn hook(self) -> Option<Hook> {
        Some(match self {
            Binary::Add => Hook::Add,
            Binary::Sub => Hook::Sub,
            Binary::Mul => Hook::Mul,
            Binary::Div => Hook::Div,
            Binary::FloorDiv => Hook::FloorDiv,
            Binary::Rem => Hook::Rem,
            Binary::Pow => Hook::Pow,
            _ => return None,
        })
    }
}

/// `left op right` of built-in types; the result is owned. Operators of user types are the caller's business:
/// [`apply`] also calls those.
///
/// # Errors
/// `cannot apply + to i64 and str` and the errors of the operation.
pub fn binary(types: &TypeTable, op: Binary, left: KayVal, right: KayVal) -> Res<KayVal> {
    match (left.tag, right.tag) {
        (Tag::INT, Tag::INT) => ints(op, left.int_bits(), right.int_bits()),
        (Tag::INT | Tag::FLOAT, Tag::INT | Tag::FLOAT) => {
            let (Some(a), Some(b)) = (left.to_number(), right.to_number()) else {
                return Err(cannot_apply(types, op, left, right));
            };
            floats(op, a, b).ok_or_else(|| cannot_apply(types, op, left, right))
        }
        (Tag::STR, Tag::STR) if op == Binary::Add => {
            string::joined(&[left.as_str().unwrap_or(""), right.as_str().unwrap_or("")])
        }
        (Tag::LIST, Tag::LIST) if op == Binary::Add => match (left.get::<List>(), right.get::<List>()) {
            (Some(a), Some(b)) => a.concat(b),
            _ => Err(cannot_apply(types, op, left, right)),
        },
        _ => Err(cannot_apply(types, op, left, right)),
    }
}

/// `left op right` of any types, with the left one's operator trait where it has one. The result is owned.
///
/// # Errors
/// As for [`binary`], and whatever the implementation ends with.
pub fn apply(host: &mut dyn Host, op: Binary, left: KayVal, right: KayVal) -> Res<KayVal> {
    let hook = op.hook().filter(|_| !matches!(left.tag, Tag::INT | Tag::FLOAT | Tag::STR));
    match hook.and_then(|hook| host.hook(left, hook)) {
        Some(method) => host.call(method, &[left, right]),
        None => binary(host.types(), op, left, right),
    }
}

/// `target op= right` of built-in types: strings and lists that nobody shares grow in place.
///
/// # Errors
/// As for [`binary`]; `target` is unchanged then.
pub fn assign(types: &TypeTable, op: Binary, target: &mut KayVal, right: KayVal) -> Res<()> {
    match (op, target.tag, right.tag) {
        (Binary::Add, Tag::STR, Tag::STR) => string::append(target, right.as_str().unwrap_or("")),
        (Binary::Add, Tag::LIST, Tag::LIST) if target.is_unique() && !target.same(right) => match right.get::<List>() {
            Some(more) => target.unique::<List>()?.extend(more),
            None => Ok(()),
        },
        _ => {
            let result = binary(types, op, *target, right)?;
            std::mem::replace(target, result).release();
            Ok(())
        }
    }
}

#[cold]
fn cannot_apply(types: &TypeTable, op: Binary, left: KayVal, right: KayVal) -> Box<crate::KayError> {
    errors::cannot_apply(op.symbol(), types.type_name(left), types.type_name(right))
}

fn ints(op: Binary, a: i64, b: i64) -> Res<KayVal> {
    let checked = match op {
        Binary::Add => a.checked_add(b),
        Binary::Sub => a.checked_sub(b),
        Binary::Mul => a.checked_mul(b),
        Binary::Div => return divide(a, b).map(KayVal::float),
        Binary::FloorDiv => return floor_div(a, b).map(KayVal::int),
        Binary::Rem => return remainder(a, b).map(KayVal::int),
        Binary::Pow => return power(a, b).map(KayVal::int),
        Binary::BitAnd => Some(a & b),
        Binary::BitOr => Some(a | b),
        Binary::BitXor => Some(a ^ b),
        Binary::Shl => return shift(b).map(|by| KayVal::int(a.wrapping_shl(by))),
        Binary::Shr => return shift(b).map(|by| KayVal::int(a.wrapping_shr(by))),
    };
    checked.map(KayVal::int).ok_or_else(errors::integer_overflow)
}

fn floats(op: Binary, a: f64, b: f64) -> Option<KayVal> {
    Some(KayVal::float(match op {
        Binary::Add => a + b,
        Binary::Sub => a - b,
        Binary::Mul => a * b,
        Binary::Div => a / b,
        Binary::FloorDiv => (a / b).floor(),
        Binary::Rem => float_remainder(a, b),
        Binary::Pow => a.powf(b),
        _ => return None,
    }))
}

/// `a / b` of two i64.
///
/// # Errors
/// `division by zero`.
#[inline]
pub fn divide(a: i64, b: i64) -> Res<f64> {
    if b == 0 {
        return Err(errors::division_by_zero());
    }
    Ok(a as f64 / b as f64)
}

/// `a // b`, rounded down.
///
/// # Errors
/// `division by zero`; `integer overflow` for the least i64 by -1.
#[inline]
pub fn floor_div(a: i64, b: i64) -> Res<i64> {
    if b == 0 {
        return Err(errors::division_by_zero());
    }
    let quotient = a.checked_div(b).ok_or_else(errors::integer_overflow)?;
    let inexact = a.wrapping_rem(b) != 0;
    Ok(quotient - i64::from(inexact && (a < 0) != (b < 0)))
}

/// `a % b`, with the sign of `b`.
///
/// # Errors
/// `division by zero`.
#[inline]
pub fn remainder(a: i64, b: i64) -> Res<i64> {
    if b == 0 {
        return Err(errors::division_by_zero());
    }
    let rest = a.wrapping_rem(b);
    Ok(if rest != 0 && (rest < 0) != (b < 0) { rest + b } else { rest })
}

/// `a % b` of f64: C's remainder moved to the sign of `b`, zeros included.
#[inline]
pub fn float_remainder(a: f64, b: f64) -> f64 {
    let rest = a % b;
    if rest == 0.0 {
        0.0f64.copysign(b)
    } else if (rest < 0.0) != (b < 0.0) {
        rest + b
    } else {
        rest
    }
}

/// `a ** b` of i64.
///
/// # Errors
/// `negative exponent`, `integer overflow`.
pub fn power(a: i64, b: i64) -> Res<i64> {
    if b < 0 {
        return Err(errors::negative_exponent());
    }
    match (a, u32::try_from(b)) {
        (0 | 1, _) => Ok(if b == 0 { 1 } else { a }),
        (-1, _) => Ok(if b % 2 == 0 { 1 } else { -1 }),
        (_, Ok(exponent)) => a.checked_pow(exponent).ok_or_else(errors::integer_overflow),
        (_, Err(_)) => Err(errors::integer_overflow()),
    }
}

/// A shift count.
///
/// # Errors
/// `shift out of range` outside 0..=63.
#[inline]
pub fn shift(count: i64) -> Res<u32> {
    if (0..64).contains(&count) {
        Ok(count as u32)
    } else {
        Err(errors::shift_out_of_range())
    }
}

/// `-x` of a number.
///
/// # Errors
/// `integer overflow`, `cannot apply - to str`.
pub fn negate(types: &TypeTable, x: KayVal) -> Res<KayVal> {
    match x.tag {
        Tag::INT => x.int_bits().checked_neg().map(KayVal::int).ok_or_else(errors::integer_overflow),
        Tag::FLOAT => Ok(KayVal::float(-x.float_bits())),
        _ => Err(errors::cannot_apply_unary("-", types.type_name(x))),
    }
}

/// `~x` of an i64.
///
/// # Errors
/// `cannot apply ~ to f64`.
pub fn invert(types: &TypeTable, x: KayVal) -> Res<KayVal> {
    match x.to_int() {
        Some(n) => Ok(KayVal::int(!n)),
        None => Err(errors::cannot_apply_unary("~", types.type_name(x))),
    }
}

/// `not x`, or any place that takes bools only.
///
/// # Errors
/// `expected bool, found i64`.
#[inline]
pub fn truth(types: &TypeTable, x: KayVal) -> Res<bool> {
    x.to_bool().ok_or_else(|| errors::expected("bool", types.type_name(x)))
}

/// `a is b`, for class instances.
///
/// # Errors
/// `expected a class instance, found i64`.
pub fn is_same(types: &TypeTable, a: KayVal, b: KayVal) -> Res<bool> {
    match [a, b].into_iter().find(|value| !value.tag.is_reference()) {
        Some(other) => Err(errors::expected("a class instance", types.type_name(other))),
        None => Ok(a.same(b)),
    }
}
