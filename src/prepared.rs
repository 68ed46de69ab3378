//! Words as the build script wrote them down (`build/main.rs`): their files read, their matchers built.

use serde::de::DeserializeOwned;

/// What [`Lexicon::load`](crate::lexicon::Lexicon::load) makes of the built-in files.
pub(crate) static LEXICON: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin"));
/// The law pack.
pub(crate) static LAW: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/law.bin"));
/// The words of a page's layout.
pub(crate) static LAYOUT: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/layout.bin"));

/// Reads what was prepared.
pub(crate) fn read<T: DeserializeOwned>(prepared: &[u8]) -> T {
    postcard::from_bytes(prepared).expect("the build script has just written it")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_build_prepared_is_what_the_files_say() {
        fn written(words: &impl serde::Serialize) -> Vec<u8> {
            postcard::to_allocvec(words).expect("it can be written")
        }
        let lexicon = crate::lexicon::Lexicon::load(&[]).expect("the built-in lexicon is sound");
        assert!(written(&lexicon) == LEXICON);
        assert!(written(&crate::law::Law::load()) == LAW);
        assert!(written(&crate::structure::Layout::load()) == LAYOUT);
    }
}
