//! Time that a text takes, measured so that other programs on the machine do not count.

use std::time::{Duration, Instant};

/// Length of the shorter text of a comparison, in bytes.
const LENGTH: usize = 60_000;
/// Twice the text may take this many times as long.
const FACTOR: f64 = 3.0;
/// What takes less is not compared: it may grow as it likes.
const TOO_SHORT: Duration = Duration::from_millis(20);

/// Processor time of this thread where the system tells it, else the clock.
fn now() -> Duration {
    static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    std::fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|text| text.split(' ').next().and_then(|first| first.parse().ok()))
        .map_or_else(|| START.elapsed(), Duration::from_nanos)
}

/// Time that some work takes.
pub(crate) fn of(work: impl FnOnce()) -> Duration {
    let start = now();
    work();
    now() - start
}

/// Best time of some runs.
fn best(text: &str, runs: usize) -> Duration {
    let parse = || {
        let _ = sayasat::parse(text);
    };
    (0..runs).map(|_| of(parse)).min().unwrap_or_default()
}

/// Whether a text of twice the length takes less than three times as long. A text that seems to take more is measured
/// again, and longer ones as well: what is more than linear stays so.
pub(crate) fn is_linear(make: fn(usize) -> String) -> Result<(), String> {
    let _ = sayasat::parse("Политика"); // the lexicon is built before anything is measured
    let mut length = LENGTH;
    let mut worst = String::new();
    for runs in [2, 3, 4] {
        let (short, long) = (best(&make(length), runs), best(&make(2 * length), runs));
        if long < TOO_SHORT || long.as_secs_f64() < FACTOR * short.as_secs_f64() {
            return Ok(());
        }
        worst = format!("{length} bytes took {short:?}, {} bytes {long:?}", 2 * length);
        if long.as_secs() >= 4 {
            break; // it is slow enough to be sure
        }
        length *= 2;
    }
    Err(worst)
}
