//! How a scan is doing: a line that changes on a terminal, a new line every few seconds elsewhere.

use std::io::{IsTerminal as _, Write as _};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use sayasat::scan::{Counts, Input, ScanOptions, Watch, measure};

/// How often the line on a terminal changes.
const FRAME: Duration = Duration::from_millis(200);
/// How often a line is written where there is no terminal.
const PLAIN: Duration = Duration::from_secs(5);
/// Not known, or not known yet.
const UNKNOWN: u64 = u64::MAX;

/// A display that runs beside the scan until it is ended.
pub(crate) struct Progress {
    end: Sender<()>,
    thread: Option<JoinHandle<()>>,
    bar: Arc<Mutex<Option<ProgressBar>>>,
}

impl Progress {
    /// Starts to show; nothing at all when `quiet`.
    pub(crate) fn start(inputs: &[Input], options: &ScanOptions, watch: &Arc<Watch>, quiet: bool) -> Self {
        let (end, ended) = channel();
        let bar = Arc::new(Mutex::new(None));
        if quiet {
            return Self { end, thread: None, bar };
        }
        let total = Arc::new(AtomicU64::new(UNKNOWN));
        let (inputs, options) = (inputs.to_vec(), options.clone());
        let measuring = (Arc::clone(&total), Arc::clone(watch));
        // Adding up file sizes takes a while on a large tree and must not hold up the scan. The thread is left to
        // itself; it ends with the scan.
        let _ = std::thread::Builder::new().name("measure".to_owned()).spawn(move || {
            let measured = measure(&inputs, &options, &measuring.1);
            if !measured.open_ended {
                measuring.0.store(measured.bytes, Relaxed);
            }
        });
        let is_terminal = std::io::stderr().is_terminal();
        if is_terminal {
            let shown = ProgressBar::with_draw_target(Some(1), ProgressDrawTarget::stderr());
            *bar.lock().unwrap_or_else(PoisonError::into_inner) = Some(shown);
        }
        let (watch, shown) = (Arc::clone(watch), Arc::clone(&bar));
        let thread = std::thread::Builder::new()
            .name("progress".to_owned())
            .spawn(move || {
                let started = Instant::now();
                let pause = if is_terminal { FRAME } else { PLAIN };
                while ended.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
                    let counts = watch.counts();
                    let total = Some(total.load(Relaxed)).filter(|total| *total != UNKNOWN);
                    let line = describe(&counts, started.elapsed(), total);
                    match &*shown.lock().unwrap_or_else(PoisonError::into_inner) {
                        Some(bar) => draw(bar, &counts, total, line),
                        None => {
                            let _ = writeln!(std::io::stderr().lock(), "sayasat: {line}");
                        }
                    }
                }
            })
            .ok();
        Self { end, thread, bar }
    }

    /// Takes the display away, so that other lines can be written.
    pub(crate) fn end(mut self) {
        let _ = self.end.send(());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
        if let Some(bar) = self.bar.lock().unwrap_or_else(PoisonError::into_inner).take() {
            bar.finish_and_clear();
        }
    }
}

fn draw(bar: &ProgressBar, counts: &Counts, total: Option<u64>, line: String) {
    let template = if total.is_some() { "{bar:24} {percent:>3} %  {msg}" } else { "{spinner} {msg}" };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.set_length(total.unwrap_or(0).max(1));
    bar.set_position(counts.bytes.min(total.unwrap_or(0)));
    bar.set_message(line);
    bar.tick();
}

fn describe(counts: &Counts, elapsed: Duration, total: Option<u64>) -> String {
    let mut line = format!("{} documents, {}", grouped(counts.documents), speed(counts.bytes, elapsed));
    match counts.failures {
        0 => {}
        1 => line.push_str(", 1 failure"),
        failures => line.push_str(&format!(", {} failures", grouped(failures))),
    }
    if let Some(total) = total
        && counts.bytes > 0
        && total > counts.bytes
    {
        // Bytes fit in 52 bits for every corpus there is.
        #[allow(clippy::cast_precision_loss)]
        let left = elapsed.as_secs_f64() * (total - counts.bytes) as f64 / counts.bytes as f64;
        line.push_str(&format!(", about {} left", duration(left)));
    }
    line
}

/// Megabytes a second.
pub(crate) fn speed(bytes: u64, elapsed: Duration) -> String {
    #[allow(clippy::cast_precision_loss)]
    let speed = bytes as f64 / 1e6 / elapsed.as_secs_f64().max(1e-9);
    if speed < 10.0 { format!("{speed:.1} MB/s") } else { format!("{speed:.0} MB/s") }
}

/// Seconds as a person says them.
pub(crate) fn duration(seconds: f64) -> String {
    match seconds {
        ..10.0 => format!("{seconds:.1} s"),
        ..100.0 => format!("{seconds:.0} s"),
        ..6000.0 => format!("{:.0} min", seconds / 60.0),
        _ => format!("{:.1} h", seconds / 3600.0),
    }
}

/// `12345` as `12,345`.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn time_left_is_told_once_the_total_is_known() {
        let counts = Counts { documents: 5, bytes: 1_000_000, failures: 1, ..Counts::default() };
        let second = Duration::from_secs(1);
        assert_eq!(describe(&counts, second, None), "5 documents, 1.0 MB/s, 1 failure");
        assert_eq!(
            describe(&counts, second, Some(31_000_000)),
            "5 documents, 1.0 MB/s, 1 failure, about 30 s left"
        );
    }
}
