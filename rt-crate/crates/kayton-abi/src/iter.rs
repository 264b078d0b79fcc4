//! Iterating over built-in values (LANGUAGE §4). The caller holds the value and a cursor, which starts at 0.

use crate::list::List;
use crate::map::Table;
use crate::range::Range;
use crate::string::{self, Str};
use crate::value::{KayVal, Tag};

/// Whether `for` accepts values of this tag without any trait.
#[inline]
pub fn is_iterable(tag: Tag) -> bool {
    matches!(tag, Tag::LIST | Tag::RANGE | Tag::STR | Tag::MAP | Tag::SET)
}

/// The next item of a list, range, str (its code points), map (its keys) or set, owned; `None` at the end and for
/// anything else. The value must not change meanwhile, which a count of one's own ensures.
#[inline(always)]
pub fn next(source: KayVal, cursor: &mut u64) -> Option<KayVal> {
    match source.tag {
        Tag::LIST => {
            let item = source.get::<List>()?.get(*cursor as usize)?;
            *cursor += 1;
            Some(item.retained())
        }
        Tag::RANGE => {
            let range = source.get::<Range>()?;
            if *cursor >= range.len() {
                return None;
            }
            let item = range.item(*cursor);
            *cursor += 1;
            Some(KayVal::int(item))
        }
        _ => next_slowly(source, cursor),
    }
}

#[inline(never)]
fn next_slowly(source: KayVal, cursor: &mut u64) -> Option<KayVal> {
    if let Some(text) = source.get::<Str>() {
        let c = text.text().get(*cursor as usize..)?.chars().next()?;
        *cursor += c.len_utf8() as u64;
        return Some(string::from_char(c));
    }
    let (entry, after) = source.get::<Table>()?.entry_from(*cursor as usize)?;
    *cursor = after as u64;
    Some(entry.key().retained())
}
