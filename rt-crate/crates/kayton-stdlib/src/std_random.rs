//! `std.random` (LANGUAGE §9): the same numbers for the same seed on every path.
//!
//! The generator is xoshiro256**, its state four 64-bit words `s[0..4]`. All arithmetic is modulo 2⁶⁴; `rotl(x, k)`
//! rotates left.
//!
//! * `Rng(seed)` fills the words in order with splitmix64, starting from `z = seed`: add `0x9e3779b97f4a7c15` to `z`;
//!   let `x = z`; `x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9`; `x = (x ^ (x >> 27)) * 0x94d049bb133111eb`; the word is
//!   `x ^ (x >> 31)`.
//! * `next`: the result is `rotl(s[1] * 5, 7) * 9`; then `t = s[1] << 17`; `s[2] ^= s[0]`; `s[3] ^= s[1]`;
//!   `s[1] ^= s[2]`; `s[0] ^= s[3]`; `s[2] ^= t`; `s[3] = rotl(s[3], 45)`.
//! * `below(n)`, for `1 <= n < 2⁶⁴`: draw `x = next` until `x >= (2⁶⁴ - n) % n`; the result is `x % n`.
//! * `next_i64(lo, hi)` is `lo + below(hi - lo)`.
//! * `next_f64()` is `(next >> 11) * 2⁻⁵³`.
//! * `shuffle(mut xs)`: for `i` from `len - 1` down to 1, swap `xs[i]` with `xs[below(i + 1)]`.
//! * `choice(xs)` is `None` without drawing when `xs` is empty, else `Some(xs[below(len)])`.

use kayton_abi::{errors, objects, Host, KayVal, List, Res};

use crate::args;
use crate::native::{Effect, Native};
use crate::sequence;

/// The module's natives.
pub const NATIVES: &[Native] = &[
    Native::function("std.random.Rng", &["seed"], rng),
    Native::method("Rng.next_i64", &["lo", "hi"], next_i64).mutating().with_effect(Effect::Random),
    Native::method("Rng.next_f64", &[], next_f64).mutating().with_effect(Effect::Random),
    Native::method("Rng.shuffle", &["xs"], shuffle).mutating().mutating_param(0).with_effect(Effect::Random),
    Native::method("Rng.choice", &["xs"], choice).mutating().calling_back().with_effect(Effect::Random),
];

/// The generator's state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Xoshiro([u64; 4]);

impl Xoshiro {
    /// The generator for a seed.
    pub fn new(seed: i64) -> Xoshiro {
        let mut z = seed as u64;
        Xoshiro([(); 4].map(|()| {
            z = z.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut x = z;
            x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            x ^ (x >> 31)
        }))
    }

    /// The generator in this state.
    pub fn from_words(words: [u64; 4]) -> Xoshiro {
        Xoshiro(words)
    }

    /// The state.
    pub fn words(&self) -> [u64; 4] {
        self.0
    }

    /// The next 64 bits.
    #[inline]
    pub fn next_u64(&mut self) -> u64 {
        let s = &mut self.0;
        let result = s[1].wrapping_mul(5).rotate_left(7).wrapping_mul(9);
        let t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = s[3].rotate_left(45);
        result
    }

    /// A number below `n`, which must not be 0, each as likely.
    #[inline]
    pub fn below(&mut self, n: u64) -> u64 {
        let least = n.wrapping_neg() % n;
        loop {
            let x = self.next_u64();
            if x >= least {
                return x % n;
            }
        }
    }
}

fn rng(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    Ok(objects::rng(Xoshiro::new(args::int(host, args[0])?).0))
}

/// Runs `draw` on the state of the Rng in `receiver` and stores the state it leaves.
fn draw<T>(receiver: &mut KayVal, draw: impl FnOnce(&mut Xoshiro) -> Res<T>) -> Res<T> {
    let words = objects::fields_mut(receiver)?;
    let mut state = Xoshiro([0; 4]);
    for (word, field) in state.0.iter_mut().zip(words.iter()) {
        *word = field.bits;
    }
    let drawn = draw(&mut state)?;
    for (field, word) in words.iter_mut().zip(state.0) {
        *field = KayVal::int(word as i64);
    }
    Ok(drawn)
}

fn next_i64(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let (lo, hi) = (args::int(host, args[1])?, args::int(host, args[2])?);
    if lo >= hi {
        return Err(errors::empty_range(lo, hi));
    }
    let offset = draw(&mut args[0], |state| Ok(state.below(hi.wrapping_sub(lo) as u64)))?;
    Ok(KayVal::int(lo.wrapping_add(offset as i64)))
}

fn next_f64(_: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    /// 2 to the power of -53.
    const UNIT: f64 = 1.0 / (1u64 << 53) as f64;
    let bits = draw(&mut args[0], |state| Ok(state.next_u64() >> 11))?;
    Ok(KayVal::float(bits as f64 * UNIT))
}

fn shuffle(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    args::object::<List>(host, &args[1])?;
    let [receiver, list] = args else {
        return Ok(KayVal::UNIT);
    };
    draw(receiver, |state| {
        let list = list.unique::<List>()?;
        for at in (1..list.len()).rev() {
            list.swap(at, state.below(at as u64 + 1) as usize);
        }
        Ok(KayVal::UNIT)
    })
}

fn choice(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let items = sequence::to_list(host, args[1])?;
    let list = args::object::<List>(host, &items)?;
    if list.is_empty() {
        return Ok(KayVal::NONE);
    }
    let at = draw(&mut args[0], |state| Ok(state.below(list.len() as u64)))?;
    Ok(objects::option(list.get(at as usize).map(KayVal::retained)))
}
