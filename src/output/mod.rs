//! Writers: a record in; JSON, an outline, tables or a sheet for review out. They touch nothing but the writer given.
//!
//! ```
//! use sayasat::lexicon::meta::Ui;
//! use sayasat::output::{JsonStyle, View, write_json, write_tree};
//!
//! let record = sayasat::parse("1. Права\n1.1. Пользователь вправе отозвать согласие.\n");
//! let mut out = Vec::new();
//! write_json(&record, JsonStyle::default(), &mut out)?;
//! write_tree(&record, View { ui: Ui::Ru, width: 80 }, &mut out)?;
//! # Ok::<(), std::io::Error>(())
//! ```

mod explain;
mod facts;
mod json;
mod review;
#[cfg(test)]
mod sample;
mod schema;
mod table;
mod terminal;
mod tree;
mod words;

use crate::lexicon::meta::Ui;

pub use explain::{Wording, write_entry, write_list};
pub use facts::{FactRow, Layer, rows};
pub use json::{JsonStyle, write_json};
pub use review::{ReviewStyle, write_review};
pub use schema::schema;
pub use table::write_table;
pub use terminal::visible;
pub use tree::write_tree;

/// How output for people looks.
#[derive(Debug, Clone, Copy)]
pub struct View {
    /// Language of its words.
    pub ui: Ui,
    /// Columns of the terminal.
    pub width: usize,
}

impl Default for View {
    fn default() -> Self {
        Self { ui: Ui::default(), width: 100 }
    }
}
