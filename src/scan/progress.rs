//! What a running scan tells, and how it is told to stop.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};

/// A running scan, seen and stopped from another thread.
#[derive(Debug, Default)]
pub struct Watch {
    stop: AtomicBool,
    pub(super) documents: AtomicU64,
    pub(super) policies: AtomicU64,
    pub(super) not_policies: AtomicU64,
    pub(super) failures: AtomicU64,
    pub(super) stored_before: AtomicU64,
    pub(super) passed_over: AtomicU64,
    pub(super) bytes: AtomicU64,
}

impl Watch {
    /// Asks the scan to finish what is in hand and to return.
    pub fn stop(&self) {
        self.stop.store(true, Relaxed);
    }

    /// Whether somebody asked it to.
    pub fn is_stopped(&self) -> bool {
        self.stop.load(Relaxed)
    }

    /// What was met so far.
    pub fn counts(&self) -> Counts {
        Counts {
            documents: self.documents.load(Relaxed),
            policies: self.policies.load(Relaxed),
            not_policies: self.not_policies.load(Relaxed),
            failures: self.failures.load(Relaxed),
            stored_before: self.stored_before.load(Relaxed),
            passed_over: self.passed_over.load(Relaxed),
            bytes: self.bytes.load(Relaxed),
        }
    }

    pub(super) fn add(counter: &AtomicU64, amount: u64) {
        counter.fetch_add(amount, Relaxed);
    }
}

/// What a scan met. `documents` is the sum of `policies`, `not_policies` and `failures`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Everything that asked for a record.
    pub documents: u64,
    /// Documents that are policies.
    pub policies: u64,
    /// Documents that are something else (diagnostic `not-a-policy`).
    pub not_policies: u64,
    /// What could not be read.
    pub failures: u64,
    /// Documents whose bytes the database held already; counted above as what they are.
    pub stored_before: u64,
    /// Archive records that are no documents: images, scripts, redirects, error pages. Not in `documents`.
    pub passed_over: u64,
    /// Bytes of input read, compressed ones as they lie on the disk.
    pub bytes: u64,
}
