//! Which language letters and words belong to.

use std::borrow::Cow;

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
/// Endings of Russian words that Kazakh words do not have.
const RUSSIAN_ENDINGS: [&str; 22] = [
    "ого", "его", "ому", "ему", "ые", "ие", "ый", "ий", "ой", "ая", "яя", "ых", "их", "ость", "ости", "ение",
    "ения", "ание", "ания", "ться", "ется", "ются",
];

/// Counts the words of a text by their letters.
pub fn letters(text: &str) -> Letters {
    let mut counts = Letters::default();
    let (mut start, mut word) = (None, Word::default());
    for (at, found) in text.char_indices() {
        if super::is_letter(found) {
            start.get_or_insert(at);
            word.add(found);
        } else if let Some(start) = start.take() {
            std::mem::take(&mut word).count(&text[start..at], &mut counts);
        }
    }
    if let Some(start) = start {
        word.count(&text[start..], &mut counts);
    }
    counts
}

/// The letters of a word by what they tell.
#[derive(Default)]
struct Word {
    kazakh: usize,
    turkic: usize,
    russian: usize,
    foreign: usize,
    latin: usize,
    cyrillic: usize,
    /// Not all of it is in small letters.
    raised: bool,
}

impl Word {
    fn add(&mut self, found: char) {
        self.raised |= !matches!(found, 'а'..='я');
        match found {
            'ә' | 'Ә' | 'ғ' | 'Ғ' | 'қ' | 'Қ' | 'ұ' | 'Ұ' | 'һ' | 'Һ' | 'і' | 'І' | 'ə' | 'Ə' => {
                self.kazakh += 1
            }
            'ө' | 'Ө' | 'ү' | 'Ү' | 'ң' | 'Ң' => self.turkic += 1,
            'ї' | 'Ї' | 'є' | 'Є' | 'ґ' | 'Ґ' | 'ў' | 'Ў' | 'ј' | 'љ' | 'њ' | 'ћ' | 'ђ' => {
                self.foreign += 1
            }
            'щ' | 'Щ' | 'ь' | 'ъ' | 'ё' | 'Ё' | 'ц' | 'ч' => self.russian += 1,
            'a'..='z' | 'A'..='Z' => self.latin += 1,
            '\u{400}'..='\u{52f}' => self.cyrillic += 1,
            _ => {}
        }
    }

    fn count(self, word: &str, counts: &mut Letters) {
        if KYRGYZ.contains(&word) {
            counts.kyrgyz += 1;
        }
        if self.foreign > 0 {
            counts.foreign += 1;
        } else if self.kazakh > 0 {
            counts.kazakh += 1;
        } else if self.turkic > 0 {
            counts.turkic += 1;
        } else if self.latin > self.russian + self.cyrillic {
            counts.latin += 1;
        } else if self.russian > 0 {
            counts.russian += 1;
        } else if self.cyrillic > 0 {
            let lower = if self.raised { Cow::Owned(word.to_lowercase()) } else { Cow::Borrowed(word) };
            if KAZAKH.contains(&&*lower) {
                counts.kazakh += 1;
            } else if RUSSIAN.contains(&&*lower)
                || (lower.len() > 8 && RUSSIAN_ENDINGS.iter().any(|ending| lower.ends_with(ending)))
            {
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
