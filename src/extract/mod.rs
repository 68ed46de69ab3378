//! Outline to facts: what the policy says, with its evidence.

mod nodes;

pub use nodes::editions;
