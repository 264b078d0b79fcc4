//! Stable sorting with comparisons that may fail or contradict themselves.

use std::cmp::Ordering;

use kayton_abi::{order, Host, KayVal, Res, Tag};

/// A comparison that may call the program.
pub type Compare<'a, T> = &'a mut dyn FnMut(&mut dyn Host, T, T) -> Res<Ordering>;

/// Sorts stably. After an error, `items` is in some order and may hold items twice.
///
/// The comparisons and their order are part of the language, because a comparison may print: a slice of n items is
/// sorted as its first n/2 and its rest (rounding down), each first in this way; then the two are merged, comparing
/// the first remaining left item with the first remaining right one, and taking the right one only where the left one
/// is greater. Nothing is compared once one side is used up.
///
/// # Errors
/// What `compare` fails with.
pub fn merge_sort<T: Copy>(host: &mut dyn Host, items: &mut [T], compare: Compare<'_, T>) -> Res<()> {
    let mut left = Vec::with_capacity(items.len() / 2);
    sort_part(host, items, &mut left, compare)
}

fn sort_part<T: Copy>(host: &mut dyn Host, items: &mut [T], left: &mut Vec<T>, compare: Compare<'_, T>) -> Res<()> {
    if items.len() < 2 {
        return Ok(());
    }
    let middle = items.len() / 2;
    sort_part(host, &mut items[..middle], left, compare)?;
    sort_part(host, &mut items[middle..], left, compare)?;
    left.clear();
    left.extend_from_slice(&items[..middle]);
    let (mut from_left, mut from_right, mut to) = (0, middle, 0);
    while from_left < left.len() && from_right < items.len() {
        if compare(host, left[from_left], items[from_right])?.is_gt() {
            items[to] = items[from_right];
            from_right += 1;
        } else {
            items[to] = left[from_left];
            from_left += 1;
        }
        to += 1;
    }
    items[to..from_right].copy_from_slice(&left[from_left..]);
    Ok(())
}

/// Sorts by keys that the language orders, with Rust's own sort where all keys are of one simple kind: it cannot be
/// told apart, because comparing those has no effects.
///
/// # Errors
/// `cannot compare i64 with str`, whatever an `impl Ord` ends with.
pub fn sort_by_keys<T: Copy>(host: &mut dyn Host, items: &mut [T], key: fn(&T) -> KayVal) -> Res<()> {
    if let Some(simple) = simple_order(items.iter().map(key)) {
        items.sort_by(|a, b| simple(key(a), key(b)));
        return Ok(());
    }
    merge_sort(host, items, &mut |host, a, b| order::sorting_order(host, key(&a), key(&b)))
}

/// The order of keys that are all i64, all f64 or all str.
fn simple_order(mut keys: impl Iterator<Item = KayVal>) -> Option<fn(KayVal, KayVal) -> Ordering> {
    let tag = keys.next()?.tag;
    let order: fn(KayVal, KayVal) -> Ordering = match tag {
        Tag::INT => |a, b| a.int_bits().cmp(&b.int_bits()),
        Tag::FLOAT => |a, b| order::nan_last(a.float_bits(), b.float_bits()),
        Tag::STR => |a, b| a.as_str().cmp(&b.as_str()),
        _ => return None,
    };
    keys.all(|key| key.tag == tag).then_some(order)
}
