//! Numbers in words: Russian cardinals in their cases, Kazakh cardinals.

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::FixedState;

/// Cardinals in folded form, all cases that stand before a noun or in front of `-дневный`.
const CARDINALS: [(u32, &[&str]); 40] = [
    (1, &["один", "одна", "одно", "одну", "одного", "одной", "одним", "одному", "бір"]),
    (2, &["два", "две", "двух", "двум", "двумя", "екі"]),
    (3, &["три", "трех", "трем", "тремя", "үш"]),
    (4, &["четыре", "четырех", "четырем", "төрт"]),
    (5, &["пять", "пяти", "пятью", "бес"]),
    (6, &["шесть", "шести", "шестью", "алты"]),
    (7, &["семь", "семи", "семью", "жеті"]),
    (8, &["восемь", "восьми", "сегіз"]),
    (9, &["девять", "девяти", "тоғыз"]),
    (10, &["десять", "десяти", "десятью", "он"]),
    (11, &["одиннадцать", "одиннадцати"]),
    (12, &["двенадцать", "двенадцати"]),
    (13, &["тринадцать", "тринадцати"]),
    (14, &["четырнадцать", "четырнадцати"]),
    (15, &["пятнадцать", "пятнадцати"]),
    (16, &["шестнадцать", "шестнадцати"]),
    (17, &["семнадцать", "семнадцати"]),
    (18, &["восемнадцать", "восемнадцати"]),
    (19, &["девятнадцать", "девятнадцати"]),
    (20, &["двадцать", "двадцати", "жиырма"]),
    (30, &["тридцать", "тридцати", "отыз"]),
    (40, &["сорок", "сорока", "қырық"]),
    (50, &["пятьдесят", "пятидесяти", "елу"]),
    (60, &["шестьдесят", "шестидесяти", "алпыс"]),
    (70, &["семьдесят", "семидесяти", "жетпіс"]),
    (80, &["восемьдесят", "восьмидесяти", "сексен"]),
    (90, &["девяносто", "девяноста", "тоқсан"]),
    (100, &["сто", "ста", "жүз"]),
    (200, &["двести", "двухсот"]),
    (300, &["триста", "трехсот"]),
    (400, &["четыреста", "четырехсот"]),
    (500, &["пятьсот", "пятисот"]),
    (600, &["шестьсот", "шестисот"]),
    (700, &["семьсот", "семисот"]),
    (800, &["восемьсот", "восьмисот"]),
    (900, &["девятьсот", "девятисот"]),
    (1000, &["тысяча", "тысячи", "мың"]),
    (0, &["ноль", "нуля", "нөл"]),
    (21, &["двадцатиодно"]),
    (24, &["двадцатичетырех"]),
];

/// Value of a folded number word.
pub fn number_word(word: &str) -> Option<u32> {
    static WORDS: LazyLock<HashMap<&str, u32, FixedState>> = LazyLock::new(|| {
        CARDINALS.iter().flat_map(|(value, forms)| forms.iter().map(|&form| (form, *value))).collect()
    });
    WORDS.get(word).copied()
}

/// Adds number words as they follow each other: `он бес`, `двадцати одного`, `ста восьмидесяти`, `екі жүз`.
///
/// Gives nothing for a word that does not go on the number: `пяти десяти` are two numbers.
pub fn joined(so_far: u32, next: u32) -> Option<u32> {
    if next == 100 && (2..=9).contains(&so_far) {
        return Some(so_far * 100);
    }
    let room = match so_far {
        0 => return None,
        _ if so_far.is_multiple_of(1000) => 1000,
        _ if so_far.is_multiple_of(100) => 100,
        _ if so_far.is_multiple_of(10) => 10,
        _ => return None,
    };
    (next > 0 && next < room).then(|| so_far + next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_words_add_up_in_both_languages() {
        for (words, expected) in [
            ("тридцати", 30),
            ("семидесяти двух", 72),
            ("ста восьмидесяти", 180),
            ("он бес", 15),
            ("жиырма төрт", 24),
            ("жүз сексен", 180),
            ("екі жүз", 200),
        ] {
            let value = words
                .split(' ')
                .filter_map(number_word)
                .reduce(|so_far, next| joined(so_far, next).expect("the words are one number"));
            assert_eq!(value, Some(expected), "{words}");
        }
        assert_eq!(joined(5, 10), None);
        assert_eq!(number_word("неделя"), None);
    }
}
