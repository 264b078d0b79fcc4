//! `std.json` (LANGUAGE §9): parsing, of any depth without recursion.

use kayton_abi::{objects, string, Host, KayError, KayVal, Owned, Res, Table, TypeTable};

use crate::args;
use crate::collect::Collected;
use crate::native::Native;
use crate::std_json_dump::dump;

pub const NATIVES: &[Native] =
    &[Native::function("std.json.parse", &["s"], parse), Native::function("std.json.dump", &["x"], dump)];

/// Why parsing ends early.
enum Stop {
    /// The text is not JSON: what is wrong at the place that was reached.
    Malformed(&'static str),
    /// The program ends.
    Failure(Box<KayError>),
}

impl From<Box<KayError>> for Stop {
    fn from(error: Box<KayError>) -> Stop {
        Stop::Failure(error)
    }
}

type Parsed<T> = Result<T, Stop>;

/// `Ok` of the value, or `Err("expected a value at line 1, column 3")`.
fn parse(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let mut parser = Parser { text: args::text(host, &args[0])?, at: 0, types: host.types() };
    match parser.document() {
        Ok(value) => Ok(objects::ok(value.take())),
        Err(Stop::Failure(error)) => Err(error),
        Err(Stop::Malformed(what)) => Ok(objects::err(string::new(&parser.located(what)))),
    }
}

/// A list or object whose end has not come yet.
enum Open {
    List(Collected),
    Object(Owned, Owned),
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    types: &'a TypeTable,
}

impl Parser<'_> {
    fn located(&self, what: &str) -> String {
        let before = &self.text[..self.at];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1;
        format!("{what} at line {line}, column {column}")
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// Skips space, then the byte if it comes next.
    fn accept(&mut self, byte: u8) -> bool {
        self.skip_space();
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, byte: u8, what: &'static str) -> Parsed<()> {
        if self.accept(byte) {
            Ok(())
        } else {
            Err(Stop::Malformed(what))
        }
    }

    fn document(&mut self) -> Parsed<Owned> {
        let mut open: Vec<Open> = Vec::new();
        loop {
            let Some(mut value) = self.begin(&mut open)? else {
                continue;
            };
            loop {
                let Some(holder) = open.pop() else {
                    self.skip_space();
                    let rest = self.at < self.text.len();
                    return if rest { Err(Stop::Malformed("expected the end")) } else { Ok(value) };
                };
                match self.put(holder, value)? {
                    Placed::Closed(whole) => value = whole,
                    Placed::Open(holder) => {
                        open.push(holder);
                        break;
                    }
                }
            }
        }
    }

    /// A whole simple or empty value, or `None` after opening a list or object.
    fn begin(&mut self, open: &mut Vec<Open>) -> Parsed<Option<Owned>> {
        self.skip_space();
        match self.peek() {
            Some(b'[') => {
                self.at += 1;
                if self.accept(b']') {
                    return Ok(Some(Owned::new(Collected::new().finish())));
                }
                open.push(Open::List(Collected::new()));
                Ok(None)
            }
            Some(b'{') => {
                self.at += 1;
                let object = Owned::new(Table::map());
                if self.accept(b'}') {
                    return Ok(Some(object));
                }
                let key = self.key()?;
                open.push(Open::Object(object, key));
                Ok(None)
            }
            _ => self.simple().map(Some),
        }
    }

    /// Stores a value in the list or object that waits for it, and reads on to the next one or the end.
    fn put(&mut self, holder: Open, value: Owned) -> Parsed<Placed> {
        match holder {
            Open::List(mut list) => {
                list.push(value.take())?;
                if self.accept(b',') {
                    return Ok(Placed::Open(Open::List(list)));
                }
                self.expect(b']', "expected , or ]")?;
                Ok(Placed::Closed(Owned::new(list.finish())))
            }
            Open::Object(mut object, key) => {
                let table = object.value_mut().unique::<Table>()?;
                if let Some(old) = table.insert(self.types, key.take(), value.take())? {
                    old.release();
                }
                if self.accept(b',') {
                    let key = self.key()?;
                    return Ok(Placed::Open(Open::Object(object, key)));
                }
                self.expect(b'}', "expected , or }")?;
                Ok(Placed::Closed(object))
            }
        }
    }

    fn key(&mut self) -> Parsed<Owned> {
        self.skip_space();
        if self.peek() != Some(b'"') {
            return Err(Stop::Malformed("expected a key in quotes"));
        }
        let key = Owned::new(string::new(&self.quoted()?));
        self.expect(b':', "expected :")?;
        Ok(key)
    }

    fn simple(&mut self) -> Parsed<Owned> {
        let value = match self.peek() {
            Some(b'"') => string::new(&self.quoted()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ => self.word()?,
        };
        Ok(Owned::new(value))
    }

    fn word(&mut self) -> Parsed<KayVal> {
        let words = [("null", KayVal::NONE), ("true", KayVal::TRUE), ("false", KayVal::FALSE)];
        for (word, value) in words {
            if self.text[self.at..].starts_with(word) {
                self.at += word.len();
                return Ok(value);
            }
        }
        Err(Stop::Malformed("expected a value"))
    }

    fn digits(&mut self) -> Parsed<()> {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at == start {
            return Err(Stop::Malformed("expected a digit"));
        }
        Ok(())
    }

    fn number(&mut self) -> Parsed<KayVal> {
        let start = self.at;
        self.at += usize::from(self.peek() == Some(b'-'));
        if self.peek() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        let whole = self.at;
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            self.at += usize::from(matches!(self.peek(), Some(b'+' | b'-')));
            self.digits()?;
        }
        let text = &self.text[start..self.at];
        if self.at == whole {
            if let Ok(n) = text.parse() {
                return Ok(KayVal::int(n));
            }
        }
        text.parse().map(KayVal::float).map_err(|_| Stop::Malformed("expected a number"))
    }

    /// The text between two quotes, the first of which comes next.
    fn quoted(&mut self) -> Parsed<String> {
        self.at += 1;
        let mut out = String::new();
        loop {
            let rest = &self.text[self.at..];
            let plain = rest.find(|c: char| c == '"' || c == '\\' || c < ' ').unwrap_or(rest.len());
            out.push_str(&rest[..plain]);
            self.at += plain;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(out);
                }
                Some(b'\\') => out.push(self.escape()?),
                Some(_) => return Err(Stop::Malformed("expected an escape for a control character")),
                None => return Err(Stop::Malformed("expected a closing quote")),
            }
        }
    }

    fn escape(&mut self) -> Parsed<char> {
        let code = self.text.as_bytes().get(self.at + 1).copied();
        let c = match code {
            Some(c @ (b'"' | b'\\' | b'/')) => char::from(c),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(),
            _ => return Err(Stop::Malformed("expected an escape")),
        };
        self.at += 2;
        Ok(c)
    }

    /// `\uXXXX`, or two of them that make a pair.
    fn unicode(&mut self) -> Parsed<char> {
        let high = self.hex(self.at)?;
        let (code, length) = match high {
            0xd800..=0xdbff => {
                let low = self.hex(self.at + 6)?;
                if !(0xdc00..0xe000).contains(&low) {
                    return Err(Stop::Malformed("expected a surrogate pair"));
                }
                (0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00), 12)
            }
            _ => (high, 6),
        };
        let c = char::from_u32(code).ok_or(Stop::Malformed("expected a surrogate pair"))?;
        self.at += length;
        Ok(c)
    }

    /// The four digits of the `\uXXXX` at `at`.
    fn hex(&self, at: usize) -> Parsed<u32> {
        let digits = self.text.get(at..at + 6).and_then(|escape| escape.strip_prefix("\\u"));
        let digits = digits.filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let code = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        code.ok_or(Stop::Malformed("expected \\u and four hexadecimal digits"))
    }
}

/// Where a list or object stands after a value was put into it.
enum Placed {
    /// It waits for another.
    Open(Open),
    /// It is whole.
    Closed(Owned),
}
