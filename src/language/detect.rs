//! Which language letters and words belong to.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::FixedState;

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
/// Bytes of the longest of all these words.
const LONGEST: usize = 18;

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
    // Of the open word, where it begins and what its letters tell.
    let (mut start, mut word) = (0, 0);
    for (at, found) in text.char_indices() {
        let tells = common.get(found as usize).copied().unwrap_or_else(|| tells(found));
        if tells == 0 {
            if word != 0 {
                count(&text[start..at], word, &mut counts);
                word = 0;
            }
        } else {
            if word == 0 {
                start = at;
            }
            word |= tells;
        }
    }
    if word != 0 {
        count(&text[start..], word, &mut counts);
    }
    counts
}

/// What a letter tells of its word, as bits; those of a word's letters are joined.
mod tell {
    pub(super) const KAZAKH: u8 = 1;
    pub(super) const TURKIC: u8 = 1 << 1;
    pub(super) const RUSSIAN: u8 = 1 << 2;
    pub(super) const FOREIGN: u8 = 1 << 3;
    pub(super) const LATIN: u8 = 1 << 4;
    pub(super) const CYRILLIC: u8 = 1 << 5;
    pub(super) const OTHER: u8 = 1 << 6;
    /// It is no small letter of the Russian alphabet: the word may be written in capitals.
    pub(super) const RAISED: u8 = 1 << 7;
}

/// What a character tells of its word's language; nothing if it is no letter.
fn tells(found: char) -> u8 {
    let kind = match found {
        'ә' | 'Ә' | 'ғ' | 'Ғ' | 'қ' | 'Қ' | 'ұ' | 'Ұ' | 'һ' | 'Һ' | 'і' | 'І' | 'ə' | 'Ə' => {
            tell::KAZAKH
        }
        'ө' | 'Ө' | 'ү' | 'Ү' | 'ң' | 'Ң' => tell::TURKIC,
        'ї' | 'Ї' | 'є' | 'Є' | 'ґ' | 'Ґ' | 'ў' | 'Ў' | 'ј' | 'љ' | 'њ' | 'ћ' | 'ђ' => {
            tell::FOREIGN
        }
        'щ' | 'Щ' | 'ь' | 'ъ' | 'ё' | 'Ё' | 'ц' | 'ч' => tell::RUSSIAN,
        _ if !super::is_letter(found) => return 0,
        'a'..='z' | 'A'..='Z' => tell::LATIN,
        '\u{400}'..='\u{52f}' => tell::CYRILLIC,
        _ => tell::OTHER,
    };
    if matches!(found, 'а'..='я') { kind } else { kind | tell::RAISED }
}

/// The characters that texts are made of, up to the last Cyrillic letter of two bytes.
static COMMON: LazyLock<[u8; 0x530]> =
    LazyLock::new(|| std::array::from_fn(|code| char::from_u32(code as u32).map_or(0, tells)));

/// The language that a word is listed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Listed {
    Russian,
    Kazakh,
    Kyrgyz,
}

fn listed(word: &str) -> Option<Listed> {
    static WORDS: LazyLock<HashMap<&str, Listed, FixedState>> = LazyLock::new(|| {
        let russian = RUSSIAN.iter().map(|word| (*word, Listed::Russian));
        let kazakh = KAZAKH.iter().map(|word| (*word, Listed::Kazakh));
        let kyrgyz = KYRGYZ.iter().map(|word| (*word, Listed::Kyrgyz));
        russian.chain(kazakh).chain(kyrgyz).collect()
    });
    if word.len() > LONGEST { None } else { WORDS.get(word).copied() }
}

/// Counts a word by what its letters tell.
fn count(word: &str, told: u8, counts: &mut Letters) {
    let has = |kind: u8| told & kind != 0;
    let is_latin = || {
        let of = |kinds: u8| word.chars().filter(|&found| tells(found) & kinds != 0).count();
        has(tell::LATIN) && of(tell::LATIN) > of(tell::RUSSIAN | tell::CYRILLIC)
    };
    let known = if has(tell::KAZAKH) { None } else { listed(word) };
    counts.kyrgyz += usize::from(known == Some(Listed::Kyrgyz));
    if has(tell::FOREIGN) {
        counts.foreign += 1;
    } else if has(tell::KAZAKH) {
        counts.kazakh += 1;
    } else if has(tell::TURKIC) {
        counts.turkic += 1;
    } else if is_latin() {
        counts.latin += 1;
    } else if has(tell::RUSSIAN) {
        counts.russian += 1;
    } else if has(tell::CYRILLIC) {
        let (lower, known) = if has(tell::RAISED) {
            let lower = word.to_lowercase();
            let known = listed(&lower);
            (Cow::Owned(lower), known)
        } else {
            (Cow::Borrowed(word), known)
        };
        match known {
            Some(Listed::Kazakh) => counts.kazakh += 1,
            Some(Listed::Russian) => counts.russian += 1,
            _ if lower.len() > 8 && has_russian_ending(&lower) => counts.russian += 1,
            _ => counts.cyrillic += 1,
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
            assert!(word.chars().all(|letter| tells(letter) & tell::RUSSIAN == 0), "{word}");
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
