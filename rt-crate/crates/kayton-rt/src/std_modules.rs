//! Typed forms of the standard modules (LANGUAGE §9), and of `input`.

use std::io::{self, BufRead, ErrorKind};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use kayton_abi::list::Row;
use kayton_abi::{errors, objects, string, KayVal, Tag};
use kayton_stdlib::std_random::Xoshiro;

use crate::boxed::{taken, Boxable, Look};
use crate::calls::At;
use crate::dynamic::Dyn;
use crate::host::arguments;
use crate::list::List;
use crate::listing::Listing;
use crate::out;
use crate::string::Str;
use crate::text;
use crate::text::Text;
use crate::value::{expect_tag, Cross, Value};

/// `input()`: one line without its end; `None` at the end.
///
/// # Errors
/// Ends the program with `standard input is not valid UTF-8` or `cannot read standard input`.
pub fn input(at: At) -> Option<Str> {
    out::flush();
    let mut line = String::new();
    match io::stdin().lock().read_line(&mut line) {
        Ok(0) => None,
        Ok(_) => {
            let text = line.strip_suffix('\n').map_or(line.as_str(), |text| text.strip_suffix('\r').unwrap_or(text));
            Some(Str::new(text))
        }
        Err(error) if error.kind() == ErrorKind::InvalidData => at.fail(errors::input_not_text()),
        Err(_) => at.fail(errors::cannot_read_input()),
    }
}

/// `str(x)`.
///
/// # Errors
/// Ends the program with `out of memory limit`.
#[inline]
pub fn to_str<V: Value>(value: &V, at: At) -> Str {
    Text::new().with(value, at).finish(at)
}

/// `std.env.args()`.
pub fn args() -> List<Str> {
    List::from(arguments().iter().map(|arg| Str::new(arg)).collect::<Vec<Str>>())
}

/// `std.env.var(name)`.
pub fn env_var(name: &Str) -> Option<Str> {
    let name = name.as_str();
    let possible = !name.is_empty() && !name.contains(['=', '\0']);
    possible.then(|| std::env::var(name).ok()).flatten().map(|value| Str::new(&value))
}

/// `std.env.exit(code)`.
pub fn exit(code: i64, at: At) -> ! {
    at.exit(code as i32)
}

/// `std.time.now()`: seconds since 1970, UTC.
pub fn now() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |since| since.as_secs_f64())
}

/// `std.time.monotonic()`: seconds since the process first asked.
pub fn monotonic() -> f64 {
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    START.get_or_init(Instant::now).elapsed().as_secs_f64()
}

/// `std.time.sleep(seconds)`.
///
/// # Errors
/// Ends the program with `cannot sleep for … seconds`.
pub fn sleep(seconds: f64, at: At) {
    if seconds.is_nan() || seconds < 0.0 {
        at.fail(errors::cannot_sleep(&format!("{seconds:?}")));
    }
    out::flush();
    std::thread::sleep(Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX));
}

/// `std.math.hypot(a, b)`.
#[inline]
pub fn hypot(a: f64, b: f64) -> f64 {
    a.hypot(b)
}

/// `std.random.Rng`: a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rng {
    state: Xoshiro,
}

impl Rng {
    /// `Rng(seed)`.
    pub fn new(seed: i64) -> Rng {
        Rng { state: Xoshiro::new(seed) }
    }

    /// `rng.next_i64(lo, hi)`.
    ///
    /// # Errors
    /// Ends the program with `empty range: …`.
    #[inline]
    pub fn next_i64(&mut self, lo: i64, hi: i64, at: At) -> i64 {
        if lo >= hi {
            at.fail(errors::empty_range(lo, hi));
        }
        lo.wrapping_add(self.state.below(hi.wrapping_sub(lo) as u64) as i64)
    }

    /// `rng.next_f64()`.
    #[inline]
    pub fn next_f64(&mut self) -> f64 {
        /// 2 to the power of -53.
        const UNIT: f64 = 1.0 / (1u64 << 53) as f64;
        (self.state.next_u64() >> 11) as f64 * UNIT
    }

    /// `rng.shuffle(mut xs)`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn shuffle<L: Listing>(&mut self, items: &mut L, at: At) {
        for place in (1..items.size()).rev() {
            items.exchange(place as i64, self.state.below(place as u64 + 1) as i64, at);
        }
    }

    /// `rng.choice(xs)`.
    pub fn choice<L: Listing>(&mut self, items: &L) -> Option<L::Item> {
        let len = items.size();
        if len == 0 {
            return None;
        }
        items.each().nth(self.state.below(len as u64) as usize).map(|item| item.clone())
    }
}

impl Value for Rng {
    const TRACED: bool = false;

    fn show(&self, out: &mut Text, _: At) {
        out.put("<Rng>");
    }

    fn equal(&self, other: &Rng, _: At) -> bool {
        self == other
    }
}

impl Cross for Rng {
    fn into_val(self) -> KayVal {
        objects::rng(self.state.words())
    }

    fn from_val(value: KayVal) -> Rng {
        taken(value)
    }
}

impl Boxable for Rng {
    fn read(look: Look<'_>) -> Rng {
        expect_tag(look.val(), Tag::RNG);
        let mut words = [0; 4];
        for (word, field) in words.iter_mut().zip(objects::fields(&look.val())) {
            *word = field.bits;
        }
        Rng { state: Xoshiro::from_words(words) }
    }
}

/// `std.text.Builder`: a class, whose instances are the VM's.
#[derive(Clone)]
#[repr(transparent)]
pub struct Builder(Dyn);

impl Builder {
    /// `Builder()`.
    pub fn new() -> Builder {
        Builder(Dyn::from_val(objects::builder(text!("").to_val())))
    }

    /// `builder.push(text)`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    #[inline]
    pub fn push(&self, text: &Str, at: At) {
        let mut builder = self.0.val();
        at.ok(objects::fields_mut(&mut builder).and_then(|fields| string::append(&mut fields[0], text.as_str())));
    }

    /// `builder.build()`.
    pub fn build(&self) -> Str {
        Str::from_val(objects::fields(&self.0.val())[0].retained())
    }

    /// `a is b`.
    pub fn is(&self, other: &Builder) -> bool {
        self.0.val().same(other.0.val())
    }
}

impl Default for Builder {
    fn default() -> Builder {
        Builder::new()
    }
}

impl Value for Builder {
    const TRACED: bool = false;
    const ROW: u64 = Row::<KayVal>::ANY;

    fn show(&self, out: &mut Text, _: At) {
        out.put("<Builder>");
    }

    fn equal(&self, other: &Builder, _: At) -> bool {
        self.is(other)
    }
}

impl Cross for Builder {
    fn into_val(self) -> KayVal {
        self.0.into_val()
    }

    fn from_val(value: KayVal) -> Builder {
        expect_tag(value, Tag::BUILDER);
        Builder(Dyn::from_val(value))
    }
}

impl Boxable for Builder {
    fn read(look: Look<'_>) -> Builder {
        Builder::from_val(look.val())
    }
}
