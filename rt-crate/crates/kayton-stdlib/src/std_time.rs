//! `std.time` (LANGUAGE §9).

use std::sync::OnceLock;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use kayton_abi::{errors, Host, KayVal, Res};

use crate::args;
use crate::native::{Effect, Native};

pub const NATIVES: &[Native] = &[
    Native::function("std.time.now", &[], now).with_effect(Effect::Time),
    Native::function("std.time.monotonic", &[], monotonic).with_effect(Effect::Time),
    Native::function("std.time.sleep", &["seconds"], sleep).with_effect(Effect::Time),
];

/// How long a sleep goes without asking whether the program is to stop.
const SLICE: Duration = Duration::from_millis(20);

/// Seconds since 1970, UTC.
fn now(_: &mut dyn Host, _: &mut [KayVal]) -> Res<KayVal> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    Ok(KayVal::float(since.map_or(0.0, |since| since.as_secs_f64())))
}

/// Seconds since the process first asked.
fn monotonic(_: &mut dyn Host, _: &mut [KayVal]) -> Res<KayVal> {
    static START: OnceLock<Instant> = OnceLock::new();
    Ok(KayVal::float(START.get_or_init(Instant::now).elapsed().as_secs_f64()))
}

fn sleep(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let seconds = args::float(host, args[0])?;
    if seconds.is_nan() || seconds < 0.0 {
        return Err(errors::cannot_sleep(&format!("{seconds:?}")));
    }
    let _ = host.out().flush();
    let until = Duration::try_from_secs_f64(seconds).ok().and_then(|wait| Instant::now().checked_add(wait));
    loop {
        host.check_interrupt()?;
        let left = until.map_or(SLICE, |until| until.saturating_duration_since(Instant::now()));
        if left.is_zero() {
            return Ok(KayVal::UNIT);
        }
        std::thread::sleep(left.min(SLICE));
    }
}
