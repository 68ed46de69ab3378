//! Values: what small phrases of digits, words and signs stand for.
//!
//! Each reader is called on folded or own text and finds its candidates itself; none knows of facts.

pub mod duration;

pub use duration::{DurationHit, durations};
