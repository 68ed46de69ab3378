//! The closed enumerations of the record. Ids in JSON, in `grammar/lexicon/*.toml` and in gold are the same words.

mod core;
mod document;
mod layers;
mod terms;

pub use core::*;
pub use document::*;
pub use layers::*;
pub use terms::*;
