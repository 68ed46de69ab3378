//! Which language letters and words belong to.

use std::borrow::Cow;
use std::sync::LazyLock;

/// Counts of words by the letters they are made of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Letters {
    /// Words with a letter that Kazakh has and Russian and Kyrgyz have not (ә ғ қ ұ һ і), or a Kazakh function word.
    pub kazakh: usize,
    /// Words with ө ү ң, which Kazakh and Kyrgyz share.
    pub turkic: usize,
    /// Function words that Kyrgyz has and Kazakh has not.
    pub kyrgyz: usize,
    /// Words with a letter or an ending of Russian only, or a Russian function word.
    pub russian: usize,
    /// Words with letters of other Cyrillic alphabets (Ukrainian, Belarusian, Serbian …).
    pub foreign: usize,
    /// Other Cyrillic words.
    pub cyrillic: usize,
    /// Latin words.
    pub latin: usize,
}

impl Letters {
    /// All words counted.
    pub fn words(&self) -> usize {
        self.kazakh + self.turkic + self.russian + self.foreign + self.cyrillic + self.latin
    }

    /// Adds another count.
    pub fn add(&mut self, other: &Self) {
        self.kazakh += other.kazakh;
        self.turkic += other.turkic;
        self.kyrgyz += other.kyrgyz;
        self.russian += other.russian;
        self.foreign += other.foreign;
        self.cyrillic += other.cyrillic;
        self.latin += other.latin;
    }

    /// Whether these words are Kazakh (`Some(true)`), Russian (`Some(false)`), or too few to tell.
    pub fn is_kazakh(&self) -> Option<bool> {
        let kazakh = self.kazakh * 2 + self.turkic;
        let russian = self.russian * 2;
        match () {
            () if kazakh > russian => Some(true),
            () if russian > kazakh => Some(false),
            () => None,
        }
    }
}

/// Words that tell Russian where no letter does.
const RUSSIAN: [&str; 34] = [
    "и",
    "в",
    "на",
    "с",
    "по",
    "от",
    "до",
    "или",
    "не",
    "их",
    "при",
    "для",
    "из",
    "к",
    "о",
    "об",
    "что",
    "также",
    "политика",
    "права",
    "сайт",
    "сайта",
    "данные",
    "данных",
    "как",
    "это",
    "мы",
    "вы",
    "далее",
    "наши",
    "ваши",
    "общие",
    "цели",
    "контакты",
];
/// Words that tell Kazakh where no letter does; none has a letter that only Russian has.
const KAZAKH: [&str; 18] = [
    "мен",
    "бен",
    "пен",
    "осы",
    "бар",
    "болып",
    "туралы",
    "деректер",
    "дербес",
    "саясат",
    "саясаты",
    "бойынша",
    "жалпы",
    "ережелер",
    "термин",
    "терминдер",
    "нөмірлер",
    "болады",
];
/// Words that tell Kyrgyz from Kazakh; they count beside what their letters tell.
const KYRGYZ: [&str; 9] =
    ["жана", "үчүн", "менен", "боюнча", "үчүнчү", "болот", "жоболор", "ошондой", "керектөөчү"];
/// Whether a word ends as Russian words do and Kazakh ones do not.
fn has_russian_ending(word: &str) -> bool {
    let end = |bytes: usize| word.len().checked_sub(bytes).and_then(|start| word.get(start..)).unwrap_or("");
    matches!(end(4), "ые" | "ие" | "ый" | "ий" | "ой" | "ая" | "яя" | "ых" | "их")
        || matches!(end(6), "ого" | "его" | "ому" | "ему")
        || matches!(end(8), "ость" | "ости" | "ение" | "ения" | "ание" | "ания" | "ться" | "ется" | "ются")
}

/// Counts the words of a text by their letters.
pub fn letters(text: &str) -> Letters {
    let common = &*COMMON;
    let mut counts = Letters::default();
    let (mut start, mut word) = (None, Word::default());
    for (at, found) in text.char_indices() {
        let kind = common.get(found as usize).copied().unwrap_or_else(|| Kind::of(found));
        if kind != Kind::None {
            start.get_or_insert(at);
            word.letters[kind as usize] += 1;
            word.raised |= !matches!(found, 'а'..='я');
        } else if let Some(start) = start.take() {
            std::mem::take(&mut word).count(&text[start..at], &mut counts);
        }
    }
    if let Some(start) = start {
        word.count(&text[start..], &mut counts);
    }
    counts
}

/// What a character tells of its word's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Kazakh,
    Turkic,
    Russian,
    Foreign,
    Latin,
    Cyrillic,
    Other,
    /// It is no letter.
    None,
}

impl Kind {
    fn of(found: char) -> Self {
        match found {
            'ә' | 'Ә' | 'ғ' | 'Ғ' | 'қ' | 'Қ' | 'ұ' | 'Ұ' | 'һ' | 'Һ' | 'і' | 'І' | 'ə' | 'Ə' => {
                Self::Kazakh
            }
            'ө' | 'Ө' | 'ү' | 'Ү' | 'ң' | 'Ң' => Self::Turkic,
            'ї' | 'Ї' | 'є' | 'Є' | 'ґ' | 'Ґ' | 'ў' | 'Ў' | 'ј' | 'љ' | 'њ' | 'ћ' | 'ђ' => {
                Self::Foreign
            }
            'щ' | 'Щ' | 'ь' | 'ъ' | 'ё' | 'Ё' | 'ц' | 'ч' => Self::Russian,
            _ if !super::is_letter(found) => Self::None,
            'a'..='z' | 'A'..='Z' => Self::Latin,
            '\u{400}'..='\u{52f}' => Self::Cyrillic,
            _ => Self::Other,
        }
    }
}

/// The characters that texts are made of, up to the last Cyrillic letter of two bytes.
static COMMON: LazyLock<[Kind; 0x530]> =
    LazyLock::new(|| std::array::from_fn(|code| char::from_u32(code as u32).map_or(Kind::None, Kind::of)));

/// The letters of a word by what they tell.
#[derive(Default)]
struct Word {
    letters: [usize; 7],
    /// Not all of it is in small letters.
    raised: bool,
}

impl Word {
    fn count(self, word: &str, counts: &mut Letters) {
        let of = |kind: Kind| self.letters[kind as usize];
        if KYRGYZ.contains(&word) {
            counts.kyrgyz += 1;
        }
        if of(Kind::Foreign) > 0 {
            counts.foreign += 1;
        } else if of(Kind::Kazakh) > 0 {
            counts.kazakh += 1;
        } else if of(Kind::Turkic) > 0 {
            counts.turkic += 1;
        } else if of(Kind::Latin) > of(Kind::Russian) + of(Kind::Cyrillic) {
            counts.latin += 1;
        } else if of(Kind::Russian) > 0 {
            counts.russian += 1;
        } else if of(Kind::Cyrillic) > 0 {
            let lower = if self.raised { Cow::Owned(word.to_lowercase()) } else { Cow::Borrowed(word) };
            if KAZAKH.contains(&&*lower) {
                counts.kazakh += 1;
            } else if RUSSIAN.contains(&&*lower) || (lower.len() > 8 && has_russian_ending(&lower)) {
                counts.russian += 1;
            } else {
                counts.cyrillic += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A letter decides before the list is asked, so a word of the list must not hold one.
    #[test]
    fn words_of_kazakh_hold_no_letter_of_russian_alone() {
        for word in KAZAKH {
            assert!(word.chars().all(|letter| Kind::of(letter) != Kind::Russian), "{word}");
        }
    }

    #[test]
    fn short_lines_are_told_apart() {
        for kazakh in
            ["Жалпы ережелер", "Телефон нөмірлері;", "Фотосуреттер мен бейнелер", "Құпиялылық саясаты"]
        {
            assert_eq!(letters(kazakh).is_kazakh(), Some(true), "{kazakh}");
        }
        for russian in ["Общие положения", "ПОЛИТИКА КОНФИДЕНЦИАЛЬНОСТИ", "Права и обязанности АО «Қазпошта»"]
        {
            assert_eq!(letters(russian).is_kazakh(), Some(false), "{russian}");
        }
        assert_eq!(letters("E-mail: info@example.kz").is_kazakh(), None);
    }
}
