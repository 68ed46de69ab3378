//! The law pack: acts, what they are called, and which country a text belongs to (`grammar/law/*.toml`).

mod date;
mod number;
mod pack;

use std::sync::LazyLock;

pub use date::{DateFound, dates};
pub use number::{NumberForm, NumberFound, numbers};
pub use pack::{Act, Kind, Law, Leads, Spelling, TitleKind, Word, WordFound};

use crate::prepared;
pub use crate::record::Jurisdiction;

impl Law {
    /// The built-in pack, once for the process.
    pub fn shared() -> &'static Self {
        static SHARED: LazyLock<Law> = LazyLock::new(|| prepared::read(prepared::LAW));
        &SHARED
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{fold, tokenise};

    #[test]
    fn the_pack_is_sound_and_sorted_by_what_it_names() {
        let law = Law::shared();
        for (act, country) in law.acts.iter().zip(&law.countries) {
            assert!(act.id.starts_with(country.id()), "{}", act.id);
            assert!(act.date.len() == 10, "{}", act.id);
        }
    }

    #[test]
    fn titles_kinds_and_countries_are_found_in_both_languages() {
        let law = Law::shared();
        for (text, word) in [
            ("Закона Республики Казахстан", Word::Kind(Kind::Law, Leads::First, None)),
            ("Қазақстан Республикасының Заңына", Word::Kind(Kind::Law, Leads::Last, None)),
            ("Еңбек кодексіне", Word::Name(3, Spelling::Full)),
            ("Конституцией РФ", Word::Name(0, Spelling::Full)),
            ("ҚР Конституциясының", Word::Country(Jurisdiction::Kz)),
            ("«Жеке деректер және оларды қорғау туралы»", Word::Title(0, TitleKind::Full)),
        ] {
            let folded = fold(text, std::slice::from_ref(&(0..text.len())));
            let found = law.find(folded.as_str(), &tokenise(folded.as_str()));
            assert!(found.iter().any(|found| found.word == word), "{text}: {found:?}");
        }
        let text = "действующее законодательство, законные основания, заңнамасы, конституционные права";
        let folded = fold(text, std::slice::from_ref(&(0..text.len())));
        assert_eq!(law.find(folded.as_str(), &tokenise(folded.as_str())), []);
    }
}
