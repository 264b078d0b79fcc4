//! The calls of a run-time error, a line for each: the function, the place, the source. Calls that repeat are folded.

use crate::excerpt::displayed;
use crate::report::{Call, Colours, Trace};

/// Functions that call each other in turn are folded up to this many.
const LONGEST_CYCLE: usize = 6;
/// Sources stand under each other beside places up to this wide.
const WIDEST_PLACE: usize = 48;
/// How many characters of a line are looked at, and how many of them are shown.
const READ: usize = 999;
const WIDEST_LINE: usize = 100;

/// One line of a trace.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Shown<'a> {
    /// A call.
    Call(&'a Call<'a>),
    /// So many that are not shown: those left out, and repetitions of the calls before.
    Hidden(usize),
}

/// The lines, innermost call first. `read` gives a file's text, or `None`: then no source is shown.
pub(crate) fn lines<'t>(trace: &Trace<'_>, read: impl Fn(&str) -> Option<&'t str>, colours: &Colours) -> Vec<String> {
    let folded = fold(trace);
    let head = |call: &Call<'_>| format!("  in {} at {}:{}:{}", call.function, call.path, call.line, call.column);
    let widths = folded.iter().filter_map(|shown| match shown {
        Shown::Call(call) => Some(head(call).chars().count()),
        Shown::Hidden(_) => None,
    });
    let wide = widths.filter(|width| *width <= WIDEST_PLACE).max().unwrap_or(0);
    let line = |shown: &Shown<'_>| match shown {
        Shown::Hidden(count) => {
            let plural = if *count > 1 { "s" } else { "" };
            colours.paint(colours.frame, &format!("  … {} more call{plural} …", grouped(*count)))
        }
        Shown::Call(call) => match read(call.path).and_then(|text| source(text, call.line)) {
            Some(text) => format!("{:<wide$}    {}", head(call), colours.paint(colours.frame, &text)),
            None => head(call),
        },
    };
    folded.iter().map(line).collect()
}

/// The line of a file as a trace shows it; `None` where there is nothing on it.
fn source(text: &str, line: u32) -> Option<String> {
    let line = text.split('\n').nth((line as usize).checked_sub(1)?)?;
    let read: String = line.strip_suffix('\r').unwrap_or(line).chars().take(READ).collect();
    let shown: Vec<char> = displayed(&read.trim().chars().collect::<Vec<_>>()).0.chars().collect();
    let cut = if shown.len() > WIDEST_LINE { "…" } else { "" };
    let kept: String = shown.iter().take(WIDEST_LINE).collect();
    let whole = format!("{kept}{cut}").trim_end().to_owned();
    (!whole.is_empty()).then_some(whole)
}

fn fold<'a>(trace: &'a Trace<'_>) -> Vec<Shown<'a>> {
    let before = if trace.omitted > 0 { trace.omitted_at } else { usize::MAX };
    let (inner, outer) = trace.calls.split_at(before.min(trace.calls.len()));
    let mut out = Vec::new();
    let cycle = fold_into(&mut out, inner, &[]);
    if trace.omitted > 0 {
        hide(&mut out, trace.omitted);
        fold_into(&mut out, outer, cycle);
    }
    out
}

fn hide(out: &mut Vec<Shown<'_>>, count: usize) {
    match out.last_mut() {
        Some(Shown::Hidden(hidden)) => *hidden += count,
        _ => out.push(Shown::Hidden(count)),
    }
}

/// Adds calls to the end of `out`; hides those that go on with `cycle`, and gives the cycle in which they end.
fn fold_into<'a>(out: &mut Vec<Shown<'a>>, calls: &'a [Call<'_>], mut cycle: &'a [Call<'a>]) -> &'a [Call<'a>] {
    let mut at = 0;
    while at < calls.len() {
        if cycle.contains(&calls[at]) && matches!(out.last(), Some(Shown::Hidden(_))) {
            hide(out, 1);
            at += 1;
            continue;
        }
        let (length, times) = repeats(&calls[at..]);
        out.extend(calls[at..at + length].iter().map(Shown::Call));
        cycle = if times > 1 { &calls[at..at + length] } else { &[] };
        if times > 1 {
            hide(out, length * (times - 1));
        }
        at += length * times;
    }
    cycle
}

/// The shortest block at the start that is repeated so often that it is worth folding, and how often; else one call.
fn repeats(calls: &[Call<'_>]) -> (usize, usize) {
    let worth = |(length, times): &(usize, usize)| times * length > length + 2 && *times > 1;
    let longest = LONGEST_CYCLE.min(calls.len());
    (1..=longest).map(|length| (length, times(calls, length))).find(worth).unwrap_or((1, 1))
}

fn times(calls: &[Call<'_>], length: usize) -> usize {
    let block = &calls[..length];
    1 + calls[length..].chunks_exact(length).take_while(|next| *next == block).count()
}

/// A number with a comma before every third digit from the end.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::PLAIN;

    const fn call(function: &'static str, line: u32) -> Call<'static> {
        Call { function, path: "t.ktn", line, column: 1, end_line: line, end_column: 2 }
    }

    const F: Call<'static> = call("f", 1);
    const G: Call<'static> = call("g", 2);
    const MAIN: Call<'static> = call("main", 9);

    fn told(calls: &[Call<'_>], omitted: usize, omitted_at: usize, text: Option<&str>) -> Vec<String> {
        lines(&Trace { calls, omitted, omitted_at }, |_| text, &PLAIN)
    }

    fn folded(calls: &[Call<'_>], omitted: usize, omitted_at: usize) -> Vec<String> {
        told(calls, omitted, omitted_at, None)
    }

    #[test]
    fn repeated_calls_are_folded() {
        assert_eq!(folded(&[F, F, F, F, MAIN], 0, 2), ["  in f at t.ktn:1:1", "  … 3 more calls …", "  in main at t.ktn:9:1"]);
        let turns = [F, G, F, G, F, G, F, G, MAIN];
        let expected = ["  in f at t.ktn:1:1", "  in g at t.ktn:2:1", "  … 6 more calls …", "  in main at t.ktn:9:1"];
        assert_eq!(folded(&turns, 0, 0), expected);
        assert_eq!(folded(&[F, F, MAIN], 0, 0), ["  in f at t.ktn:1:1", "  in f at t.ktn:1:1", "  in main at t.ktn:9:1"]);
    }

    #[test]
    fn calls_left_out_in_the_middle_of_a_recursion_are_one_gap() {
        let calls = [vec![F; 40], vec![MAIN]].concat();
        let expected = ["  in f at t.ktn:1:1", "  … 99,999 more calls …", "  in main at t.ktn:9:1"];
        assert_eq!(folded(&calls, 99_960, 20), expected);
        let calls = [[F, G].repeat(10), [G, F].repeat(10), vec![MAIN]].concat();
        let expected = ["  in f at t.ktn:1:1", "  in g at t.ktn:2:1", "  … 99,997 more calls …", "  in main at t.ktn:9:1"];
        assert_eq!(folded(&calls, 99_959, 20), expected);
        assert_eq!(folded(&[F], 1, 9), ["  in f at t.ktn:1:1", "  … 1 more call …"]);
    }

    #[test]
    fn beside_a_call_stands_its_line() {
        let text = format!("  f(\t1)\r\n\n{}\n", "y".repeat(300));
        let shown = told(&[F, G, call("long", 3), MAIN], 0, 0, Some(&text));
        assert_eq!(shown[0], "  in f at t.ktn:1:1       f(  1)");
        assert_eq!(shown[1], "  in g at t.ktn:2:1");
        assert_eq!(shown[2], format!("  in long at t.ktn:3:1    {}…", "y".repeat(100)));
        assert_eq!(shown[3], "  in main at t.ktn:9:1");
    }
}
