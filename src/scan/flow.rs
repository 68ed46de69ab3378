//! The belt between feed, workers and sinks: bounded in bytes, in the order of the input.
//!
//! Everything between admission and delivery counts against one limit, first by what its result is expected to take, then
//! by the size of the result. A document heavier than the limit passes alone. The oldest document is always on the belt, so
//! whoever waits for it waits for a worker and never for room: it cannot lock up.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Most documents on the belt, whatever their size.
const MAX_DOCUMENTS: u64 = 4096;
/// What a document costs besides its bytes.
const OVERHEAD: u64 = 2048;
/// How soon a waiting thread notices that the scan was stopped.
const PULSE: Duration = Duration::from_millis(100);

#[derive(Debug)]
pub(super) struct Flow<Job, Done> {
    state: Mutex<State<Job, Done>>,
    room: Condvar,
    work: Condvar,
    ready: Condvar,
    limit: u64,
}

#[derive(Debug)]
struct State<Job, Done> {
    waiting: VecDeque<(u64, Job)>,
    finished: BTreeMap<u64, Done>,
    weights: BTreeMap<u64, u64>,
    weight: u64,
    admitted: u64,
    delivered: u64,
    ended: bool,
}

impl<Job, Done> Flow<Job, Done> {
    pub(super) fn new(limit: u64) -> Self {
        Self {
            state: Mutex::new(State {
                waiting: VecDeque::new(),
                finished: BTreeMap::new(),
                weights: BTreeMap::new(),
                weight: 0,
                admitted: 0,
                delivered: 0,
                ended: false,
            }),
            room: Condvar::new(),
            work: Condvar::new(),
            ready: Condvar::new(),
            limit,
        }
    }

    fn lock(&self) -> MutexGuard<'_, State<Job, Done>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a job on the belt when there is room; `false` when the belt has ended.
    pub(super) fn admit(&self, weight: u64, job: Job) -> bool {
        let Some((mut state, number)) = self.place(weight) else { return false };
        state.waiting.push_back((number, job));
        drop(state);
        self.work.notify_one();
        true
    }

    /// Puts a result on the belt that needs no work.
    pub(super) fn admit_done(&self, weight: u64, done: Done) -> bool {
        let Some((mut state, number)) = self.place(weight) else { return false };
        state.finished.insert(number, done);
        drop(state);
        self.ready.notify_one();
        true
    }

    fn place(&self, weight: u64) -> Option<(MutexGuard<'_, State<Job, Done>>, u64)> {
        let weight = weight + OVERHEAD;
        let mut state = self.lock();
        while !state.ended
            && state.admitted > state.delivered
            && (state.weight + weight > self.limit || state.admitted - state.delivered >= MAX_DOCUMENTS)
        {
            state = self.room.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        if state.ended {
            return None;
        }
        let number = state.admitted;
        state.admitted += 1;
        state.weight += weight;
        state.weights.insert(number, weight);
        Some((state, number))
    }

    /// Takes the next job off the belt; nothing when the belt has ended and is empty.
    pub(super) fn take(&self) -> Option<(u64, Job)> {
        let mut state = self.lock();
        loop {
            if let Some(job) = state.waiting.pop_front() {
                return Some(job);
            }
            if state.ended {
                return None;
            }
            state = self.work.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Gives the result of a job, and how much memory it holds now.
    pub(super) fn finish(&self, number: u64, weight: u64, done: Done) {
        let mut state = self.lock();
        let weight = weight + OVERHEAD;
        let before = state.weights.insert(number, weight).unwrap_or(0);
        state.weight = state.weight - before + weight;
        state.finished.insert(number, done);
        let is_next = number == state.delivered;
        drop(state);
        if is_next {
            self.ready.notify_one();
        }
        if weight < before {
            self.room.notify_one();
        }
    }

    /// Delivers the next result in order; nothing when all are delivered and the belt has ended.
    ///
    /// `idle` is called whenever there is nothing to deliver yet; when it says that the scan was stopped, the belt
    /// takes nothing more.
    pub(super) fn next(&self, mut idle: impl FnMut() -> bool) -> Option<Done> {
        loop {
            if let Some(ready) = self.ready(self.lock()) {
                return ready;
            }
            if idle() {
                self.end();
            }
            let state = self.lock();
            let number = state.delivered;
            let is_ready = state.finished.contains_key(&number) || (state.ended && number == state.admitted);
            if !is_ready {
                let _unlocked = self.ready.wait_timeout(state, PULSE);
            }
        }
    }

    fn ready(&self, mut state: MutexGuard<'_, State<Job, Done>>) -> Option<Option<Done>> {
        let number = state.delivered;
        let Some(done) = state.finished.remove(&number) else {
            return (state.ended && number == state.admitted).then_some(None);
        };
        state.delivered += 1;
        let weight = state.weights.remove(&number).unwrap_or(0);
        state.weight -= weight;
        drop(state);
        self.room.notify_one();
        Some(Some(done))
    }

    /// Nothing more will be put on the belt.
    pub(super) fn end(&self) {
        self.lock().ended = true;
        self.room.notify_all();
        self.work.notify_all();
        self.ready.notify_all();
    }

    /// Drops what nobody has begun, so that workers can stop at once.
    pub(super) fn abandon(&self) {
        let mut state = self.lock();
        state.ended = true;
        state.waiting.clear();
        drop(state);
        self.room.notify_all();
        self.work.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_out_in_the_order_of_admission() {
        let flow: Flow<u32, u32> = Flow::new(1 << 20);
        assert!(flow.admit(1, 10) && flow.admit(1, 11) && flow.admit_done(1, 12));
        flow.end();
        let first = flow.take();
        let second = flow.take();
        assert_eq!((first, second, flow.take()), (Some((0, 10)), Some((1, 11)), None));
        flow.finish(1, 1, 11);
        flow.finish(0, 1, 10);
        let out: Vec<u32> = std::iter::from_fn(|| flow.next(|| false)).collect();
        assert_eq!(out, [10, 11, 12]);
    }

    #[test]
    fn a_document_heavier_than_the_limit_passes_alone() {
        let flow: Flow<u32, u32> = Flow::new(1);
        assert!(flow.admit_done(1 << 40, 1));
        flow.end();
        assert_eq!(flow.next(|| false), Some(1));
        assert!(!flow.admit(1, 2));
    }
}
