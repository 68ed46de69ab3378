//! Words as data: what `grammar/lexicon` and `grammar/meta` hold.

mod data;
pub mod meta;

use std::sync::{Arc, LazyLock};

use crate::prepared;
pub use data::{Concept, Entry, FILES, Lexicon, LexiconError, Wordings, concepts};

impl Lexicon {
    /// The built-in lexicon, once for the process.
    pub fn shared() -> Arc<Self> {
        static SHARED: LazyLock<Arc<Lexicon>> = LazyLock::new(|| Arc::new(prepared::read(prepared::LEXICON)));
        SHARED.clone()
    }
}
