//! Writers: a record in; JSON, an outline, tables or a sheet for review out. They touch nothing but the writer given.

mod explain;
mod facts;
mod json;
#[cfg(test)]
mod sample;
mod schema;
mod table;
mod terminal;
mod tree;
mod words;

use crate::lexicon::meta::Ui;

pub use explain::{write_entry, write_list};
pub use facts::{FactRow, Layer, rows};
pub use json::{JsonStyle, write_json};
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
