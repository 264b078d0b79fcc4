//! Lines of text to tokens, and the cursor that the parsers walk with.

use std::str::FromStr;

use super::{TextError, TextErrorKind};

/// A piece of a line.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// A name or keyword.
    Word(String),
    /// A quoted text, its escapes resolved.
    Text(String),
    /// A number, with its sign.
    Number(String),
    /// Any other character.
    Sign(char),
}

pub(super) type Res<T> = Result<T, TextError>;

/// The tokens of one line, in order.
#[derive(Clone, Debug)]
pub(super) struct Cursor {
    tokens: Vec<Token>,
    at: usize,
    /// The line's number, from 1.
    pub line: usize,
}

impl Cursor {
    /// Cuts a line into tokens. Errors: characters and quotes that are none.
    pub(super) fn new(text: &str, line: usize) -> Res<Cursor> {
        let tokens = tokens(text).map_err(|kind| TextError { line, kind })?;
        Ok(Cursor { tokens, at: 0, line })
    }

    pub(super) fn fail<T>(&self, kind: TextErrorKind) -> Res<T> {
        Err(TextError { line: self.line, kind })
    }

    pub(super) fn expected<T>(&self, what: &'static str) -> Res<T> {
        self.fail(TextErrorKind::Expected(what))
    }

    pub(super) fn unknown<T>(&self, what: &'static str, name: &str) -> Res<T> {
        self.fail(TextErrorKind::Unknown { what, name: name.to_owned() })
    }

    pub(super) fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    pub(super) fn peek_second(&self) -> Option<&Token> {
        self.tokens.get(self.at + 1)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.peek().is_none()
    }

    pub(super) fn advance(&mut self) {
        self.at += 1;
    }

    /// Fails unless the line is used up.
    pub(super) fn end(&self) -> Res<()> {
        match self.is_empty() {
            true => Ok(()),
            false => self.expected("the end of the line"),
        }
    }

    /// Takes the character if it comes next.
    pub(super) fn accept(&mut self, sign: char) -> bool {
        let found = self.peek() == Some(&Token::Sign(sign));
        self.at += usize::from(found);
        found
    }

    /// Takes the character; `what` names it in the error.
    pub(super) fn expect(&mut self, sign: char, what: &'static str) -> Res<()> {
        match self.accept(sign) {
            true => Ok(()),
            false => self.expected(what),
        }
    }

    /// Takes the keyword if it comes next.
    pub(super) fn accept_word(&mut self, keyword: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Word(word)) if word == keyword);
        self.at += usize::from(found);
        found
    }

    /// Takes a word.
    pub(super) fn word(&mut self, what: &'static str) -> Res<String> {
        match self.peek() {
            Some(Token::Word(word)) => {
                let word = word.clone();
                self.advance();
                Ok(word)
            }
            _ => self.expected(what),
        }
    }

    /// Takes a number.
    pub(super) fn number<T: FromStr>(&mut self) -> Res<T> {
        let Some(Token::Number(digits)) = self.peek() else { return self.expected("a number") };
        let value = parse(digits);
        match value {
            Some(value) => {
                self.advance();
                Ok(value)
            }
            None => self.fail(TextErrorKind::Number(digits.clone())),
        }
    }

    /// Takes `#` and an index, if they come next.
    pub(super) fn index(&mut self) -> Res<Option<u32>> {
        match self.accept('#') {
            true => self.number().map(Some),
            false => Ok(None),
        }
    }

    /// Takes a word or a quoted text, if one comes next.
    pub(super) fn accept_name(&mut self) -> Option<String> {
        match self.peek() {
            Some(Token::Word(name) | Token::Text(name)) => {
                let name = name.clone();
                self.advance();
                Some(name)
            }
            _ => None,
        }
    }

    /// Takes a word or a quoted text.
    pub(super) fn name(&mut self) -> Res<String> {
        match self.accept_name() {
            Some(name) => Ok(name),
            None => self.expected("a name"),
        }
    }

    /// Takes names with dots between them.
    pub(super) fn dotted(&mut self) -> Res<Vec<String>> {
        let mut names = vec![self.name()?];
        while self.accept('.') {
            names.push(self.name()?);
        }
        Ok(names)
    }
}

fn parse<T: FromStr>(digits: &str) -> Option<T> {
    match digits.strip_prefix("0x") {
        Some(hex) => u64::from_str_radix(hex, 16).ok().and_then(|value| value.to_string().parse().ok()),
        None => digits.parse().ok(),
    }
}

fn tokens(text: &str) -> Result<Vec<Token>, TextErrorKind> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let second = rest[first.len_utf8()..].chars().next();
        let signed = matches!(first, '+' | '-') && second.is_some_and(|digit| digit.is_ascii_digit());
        let size = match first {
            ';' => break,
            '"' => {
                let (text, size) = quoted(rest).ok_or(TextErrorKind::Quote)?;
                found.push(Token::Text(text));
                size
            }
            _ if first.is_whitespace() => first.len_utf8(),
            _ if first.is_ascii_digit() || signed => {
                let size = number_size(rest);
                found.push(Token::Number(rest[..size].to_owned()));
                size
            }
            _ if is_word(first) => {
                let size = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
                found.push(Token::Word(rest[..size].to_owned()));
                size
            }
            '.' | ',' | ':' | '(' | ')' | '[' | ']' | '{' | '}' | '!' | '?' | '#' | '@' | '=' => {
                found.push(Token::Sign(first));
                1
            }
            _ => return Err(TextErrorKind::Character(first)),
        };
        rest = &rest[size..];
    }
    Ok(found)
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// The size of the number that the text starts with: digits and letters, a point before a digit, a sign
/// after the `e` of an exponent.
fn number_size(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_hex = text.starts_with("0x");
    let mut size = 1;
    while let Some(&byte) = bytes.get(size) {
        let next_is_digit = bytes.get(size + 1).is_some_and(u8::is_ascii_digit);
        let after_e = !is_hex && matches!(bytes[size - 1], b'e' | b'E');
        let belongs = match byte {
            b'.' | b'+' | b'-' if !next_is_digit => false,
            b'.' => true,
            b'+' | b'-' => after_e,
            _ => byte.is_ascii_alphanumeric(),
        };
        if !belongs {
            break;
        }
        size += 1;
    }
    size
}

/// The quoted text that the text starts with, and how many bytes it takes with its quotes.
fn quoted(text: &str) -> Option<(String, usize)> {
    let mut found = String::new();
    let mut chars = text.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((found, at + 1)),
            '\\' => found.push(match chars.next()?.1 {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                '0' => '\0',
                'u' => {
                    let digits: String = chars.by_ref().map(|(_, c)| c).skip(1).take_while(|c| *c != '}').collect();
                    u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32)?
                }
                same @ ('"' | '\\') => same,
                _ => return None,
            }),
            _ => found.push(c),
        }
    }
    None
}

/// The text in quotes, as the lexer reads it back.
pub(super) fn quote(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\0' => quoted.push_str("\\0"),
            _ if c.is_control() => quoted.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
            _ => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// The name as the lexer reads it back: bare where it is a word.
pub(super) fn bare_or_quoted(name: &str) -> String {
    let starts = name.starts_with(|c: char| is_word(c) && !c.is_ascii_digit());
    match starts && name.chars().all(is_word) {
        true => name.to_owned(),
        false => quote(name),
    }
}

/// A name with dots, bare where every part is a word.
pub(super) fn dotted_or_quoted(name: &str) -> String {
    let is_bare = |part: &str| bare_or_quoted(part) == part;
    match name.split('.').all(is_bare) {
        true => name.to_owned(),
        false => quote(name),
    }
}
