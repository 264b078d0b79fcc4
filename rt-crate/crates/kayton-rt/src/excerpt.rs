//! The source line of an error with a caret under it, as wide as a terminal shows them.
//!
//! Characters take the columns that a terminal gives them: a tab up to the next stop, a wide character two, a combining
//! one none. A control character is shown as a replacement. Of a long line only a window around the mark is shown.

use crate::glyphs::{COMBINING, UNPRINTABLE, WIDE};
use crate::report::{Call, Colours};

const TAB: usize = 4;
/// How many characters of a long line are shown before a mark, and how many in all.
const BEFORE: usize = 60;
const WINDOW: usize = 160;

/// The lines from the empty one above to the carets below; `None` where the file has no such place any more.
pub(crate) fn excerpt(text: &str, place: &Call<'_>, colours: &Colours) -> Option<Vec<String>> {
    let line = text.split('\n').nth((place.line as usize).checked_sub(1)?).unwrap_or("");
    let chars: Vec<char> = line.strip_suffix('\r').unwrap_or(line).chars().collect();
    let column = place.column as usize;
    if column > chars.len() + 1 {
        return None;
    }
    let end = if place.end_line == place.line { place.end_column as usize } else { chars.len() + 1 };
    let first = if chars.len() <= WINDOW { 1 } else { column.saturating_sub(BEFORE).max(1) };
    let window = &chars[first - 1..chars.len().min(first - 1 + WINDOW)];
    let (shown, columns) = displayed(window);
    let cut = if first > 1 { "…" } else { "" };
    let more = if first - 1 + window.len() < chars.len() { "…" } else { "" };
    let (before, carets) = under(column - first, end.max(column + 1) - first, &columns);
    let width = place.line.to_string().len();
    let empty = colours.paint(colours.frame, &format!("{:width$} |", ""));
    let number = colours.paint(colours.frame, &format!("{:>width$} |", place.line));
    let carets = colours.paint(colours.error, &"^".repeat(carets));
    let blanks = " ".repeat(cut.chars().count() + before);
    Some(vec![
        empty.clone(),
        format!("{number} {cut}{shown}{more}").trim_end().to_owned(),
        format!("{empty} {blanks}{carets}"),
    ])
}

/// The text as a terminal can show it, and the display column of each character, with the end's at the end.
pub(crate) fn displayed(window: &[char]) -> (String, Vec<usize>) {
    let (mut out, mut columns, mut at) = (String::new(), Vec::with_capacity(window.len() + 1), 0);
    for c in window {
        columns.push(at);
        if *c == '\t' {
            let stop = TAB - at % TAB;
            out.extend(std::iter::repeat_n(' ', stop));
            at += stop;
        } else {
            out.push(if within(*c, UNPRINTABLE) { '\u{fffd}' } else { *c });
            at += width(*c);
        }
    }
    columns.push(at);
    (out, columns)
}

/// How many columns a terminal gives a character.
fn width(c: char) -> usize {
    match c {
        c if c.is_ascii() => 1,
        c if within(c, COMBINING) => 0,
        c if within(c, WIDE) => 2,
        _ => 1,
    }
}

fn within(c: char, ranges: &[(u32, u32)]) -> bool {
    let code = u32::from(c);
    let after = ranges.partition_point(|(first, _)| *first <= code);
    after > 0 && ranges[after - 1].1 >= code
}

/// The display column where a mark starts, and how long it is; cut where the window is. Places count from the window's.
fn under(start: usize, end: usize, columns: &[usize]) -> (usize, usize) {
    let last = columns.len() - 1;
    let beyond = start.saturating_sub(last);
    let start = start.min(last);
    let end = end.clamp(start, last.max(start));
    (columns[start] + beyond, (columns[end] - columns[start]).max(1))
}
