//! Reads privacy policies written in Russian and Kazakh and turns them into structured records.
//!
//! ```
//! let record = sayasat::parse("1. Права\n1.1. Пользователь вправе отозвать согласие в любое время.\n");
//! assert_eq!(record.editions[0].structure[0].label, "1");
//! ```

pub mod extract;
pub mod language;
pub mod law;
pub mod lexicon;
pub mod output;
pub mod record;
#[cfg(feature = "scan")]
pub mod scan;
pub mod score;
pub mod source;
pub mod structure;
pub mod value;

mod parser;
mod prepared;

pub use parser::{Options, Parser, document, parse, parse_bytes};
pub use record::PolicyRecord;
pub use source::{ReadError, ReadOptions};
