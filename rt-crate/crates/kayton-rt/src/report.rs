//! Run-time errors as text for people (LANGUAGE §10), the same bytes as the other ways to run a program give.
//!
//! ```text
//! error: integer overflow
//!   --> main.ktn:12:5
//!    |
//! 12 |     x + 1
//!    |     ^^^^^
//!   in f at main.ktn:12:5       x + 1
//!   in main at main.ktn:20:9    print(f(n))
//! ```

use crate::excerpt::excerpt;
use crate::trace;

/// A call in a trace: where it stood. Lines and columns count from 1, ends are exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call<'a> {
    /// The function's name.
    pub function: &'a str,
    /// The path of its file.
    pub path: &'a str,
    /// Where it stood.
    pub line: u32,
    /// Where it stood.
    pub column: u32,
    /// The end of that.
    pub end_line: u32,
    /// The end of that.
    pub end_column: u32,
}

/// The calls that led to an error, innermost first.
pub struct Trace<'a> {
    /// What is kept of them; the first is where the error happened.
    pub calls: &'a [Call<'a>],
    /// How many are left out.
    pub omitted: usize,
    /// The place before which they are left out.
    pub omitted_at: usize,
}

/// Control sequences for a terminal; all empty for plain text.
pub struct Colours {
    /// For the word `error` and the caret.
    pub error: &'static str,
    /// For the message.
    pub strong: &'static str,
    /// For line numbers and arrows.
    pub frame: &'static str,
    /// Back to normal.
    pub off: &'static str,
}

/// No colours.
pub const PLAIN: Colours = Colours { error: "", strong: "", frame: "", off: "" };
/// The colours of a terminal.
pub const ANSI: Colours = Colours { error: "\x1b[1;31m", strong: "\x1b[1m", frame: "\x1b[1;34m", off: "\x1b[0m" };

impl Colours {
    /// The text in one of these colours.
    pub(crate) fn paint(&self, colour: &str, text: &str) -> String {
        if colour.is_empty() || text.is_empty() {
            return text.to_owned();
        }
        format!("{colour}{text}{}", self.off)
    }
}

/// A run-time error: message, place, source line with a caret, and the calls that led there. `read` gives a file's text,
/// or `None`: then no source line is shown.
pub fn render<'t>(
    message: &str,
    trace: &Trace<'_>,
    read: impl Fn(&str) -> Option<&'t str>,
    colours: &Colours,
) -> String {
    let message = format!(": {message}");
    let mut out = vec![colours.paint(colours.error, "error") + &colours.paint(colours.strong, &message)];
    if let Some(place) = trace.calls.first() {
        let shown = read(place.path).and_then(|text| excerpt(text, place, colours));
        let width = shown.as_ref().map_or(1, |_| place.line.to_string().len());
        let arrow = colours.paint(colours.frame, "-->");
        out.push(format!("{:width$}{arrow} {}:{}:{}", "", place.path, place.line, place.column));
        out.extend(shown.into_iter().flatten());
        out.extend(trace::lines(trace, read, colours));
    }
    out.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn call(function: &'static str, line: u32, column: u32, end_column: u32) -> Call<'static> {
        Call { function, path: "main.ktn", line, column, end_line: line, end_column }
    }

    fn shown(text: &str, place: Call<'_>) -> String {
        let trace = Trace { calls: &[place], omitted: 0, omitted_at: 0 };
        render("integer overflow", &trace, |_| Some(text), &PLAIN)
    }

    #[test]
    fn an_error_shows_its_line_and_calls() {
        let text = "fn f(x):\n    x + 1\n\nfn main(): f(9)\n";
        let trace = Trace { calls: &[call("f", 2, 5, 10), call("main", 4, 12, 16)], omitted: 1234, omitted_at: 1 };
        let expected =
            "error: integer overflow\n --> main.ktn:2:5\n  |\n2 |     x + 1\n  |     ^^^^^\n  in f at main.ktn:2:5        x + 1\n  \
                        … 1,234 more calls …\n  in main at main.ktn:4:12    fn main(): f(9)\n";
        assert_eq!(render("integer overflow", &trace, |_| Some(text), &PLAIN), expected);
    }

    #[test]
    fn carets_stand_under_what_a_terminal_shows() {
        assert!(shown("\tx + 1\n", call("f", 1, 2, 3)).contains("1 |     x + 1\n  |     ^\n"));
        assert!(shown("\"日\u{301}\" + x\n", call("f", 1, 8, 9)).contains("  |        ^\n"));
        assert!(shown("a\u{7} + x\r\n", call("f", 1, 1, 3)).contains("1 | a\u{fffd} + x\n  | ^^\n"));
    }

    #[test]
    fn of_a_long_line_a_window_is_shown() {
        let long = "y".repeat(300);
        let text = shown(&long, call("f", 1, 101, 102));
        assert!(text.contains(&format!("1 | …{}…\n  | {}^\n", "y".repeat(160), " ".repeat(61))), "{text}");
    }

    #[test]
    fn an_error_without_source_shows_its_place() {
        let trace = Trace { calls: &[call("f", 2, 5, 10)], omitted: 0, omitted_at: 0 };
        assert_eq!(render("x", &trace, |_| None, &PLAIN), "error: x\n --> main.ktn:2:5\n  in f at main.ktn:2:5\n");
        assert_eq!(render("x", &Trace { calls: &[], ..trace }, |_| None, &PLAIN), "error: x\n");
        assert!(!shown("short\n", call("f", 1, 9, 10)).contains('^'));
    }
}
