//! Words as data: what `grammar/lexicon` and `grammar/meta` hold.

mod data;
pub mod meta;

use std::sync::{Arc, LazyLock};

pub use data::{Concept, Entry, FILES, Lexicon, LexiconError, Wordings};

/// What [`Lexicon::load`] makes of the built-in files, as the build script wrote it down.
static PREPARED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin"));

impl Lexicon {
    /// The built-in lexicon, once for the process.
    pub fn shared() -> Arc<Self> {
        static SHARED: LazyLock<Arc<Lexicon>> = LazyLock::new(|| {
            Arc::new(postcard::from_bytes(PREPARED).expect("the build script has just written it"))
        });
        SHARED.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_build_prepared_is_what_the_files_say() {
        let loaded = Lexicon::load(&[]).expect("the built-in lexicon is sound");
        assert!(postcard::to_allocvec(&loaded).expect("it can be written") == PREPARED);
    }
}
