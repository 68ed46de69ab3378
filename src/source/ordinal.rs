//! Numbers as lists write them: `4`, `04`, `iv`, `d`, `г`.

/// A way to write the number of a list item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Numerals {
    /// 1, 2, 3.
    #[default]
    Decimal,
    /// 01, 02, … 10.
    DecimalZero,
    /// i, ii, iii.
    LowerRoman,
    /// I, II, III.
    UpperRoman,
    /// a … z, then aa … zz or aa, ab, as [`Overflow`] says.
    LowerLatin,
    /// A … Z.
    UpperLatin,
    /// а … я without ё, й, ъ, ы, ь, as Word counts in Russian.
    LowerRussian,
    /// А … Я.
    UpperRussian,
}

/// How letters go on after the last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Overflow {
    /// z, aa, bb: word processors.
    Repeat,
    /// z, aa, ab: browsers.
    Positional,
}

/// Letters that Word counts with in Russian.
const RUSSIAN: [char; 28] = [
    'а', 'б', 'в', 'г', 'д', 'е', 'ж', 'з', 'и', 'к', 'л', 'м', 'н', 'о', 'п', 'р', 'с', 'т', 'у', 'ф', 'х',
    'ц', 'ч', 'ш', 'щ', 'э', 'ю', 'я',
];
const LATIN: [char; 26] = [
    'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u',
    'v', 'w', 'x', 'y', 'z',
];
const ROMAN: [(i64, &str); 13] = [
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
];
/// Letters repeated more often than this are written as a decimal number.
const MAX_REPEATS: i64 = 16;

impl Numerals {
    /// The number in these numerals; what they cannot write stands in decimal digits.
    pub(super) fn write(self, number: i64, overflow: Overflow) -> String {
        match self {
            Self::Decimal => number.to_string(),
            Self::DecimalZero => format!("{number:02}"),
            Self::LowerRoman => roman(number),
            Self::UpperRoman => roman(number).to_uppercase(),
            Self::LowerLatin => letters(number, &LATIN, overflow),
            Self::UpperLatin => letters(number, &LATIN, overflow).to_uppercase(),
            Self::LowerRussian => letters(number, &RUSSIAN, overflow),
            Self::UpperRussian => letters(number, &RUSSIAN, overflow).to_uppercase(),
        }
    }
}

fn roman(number: i64) -> String {
    if !(1..4000).contains(&number) {
        return number.to_string();
    }
    let (mut rest, mut text) = (number, String::new());
    for (value, digits) in ROMAN {
        while rest >= value {
            text.push_str(digits);
            rest -= value;
        }
    }
    text
}

fn letters(number: i64, alphabet: &[char], overflow: Overflow) -> String {
    let size = alphabet.len() as i64;
    if number < 1 || (overflow == Overflow::Repeat && number > size * MAX_REPEATS) {
        return number.to_string();
    }
    match overflow {
        Overflow::Repeat => {
            let letter = alphabet[((number - 1) % size) as usize];
            std::iter::repeat_n(letter, ((number - 1) / size + 1) as usize).collect()
        }
        Overflow::Positional => {
            let (mut rest, mut reversed) = (number, Vec::new());
            while rest > 0 {
                rest -= 1;
                reversed.push(alphabet[(rest % size) as usize]);
                rest /= size;
            }
            reversed.into_iter().rev().collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Numerals, Overflow};

    #[test]
    fn numbers_are_written_as_word_processors_and_browsers_do() {
        let write = |numerals: Numerals, number| numerals.write(number, Overflow::Repeat);
        assert_eq!(write(Numerals::LowerRussian, 10), "к");
        assert_eq!(write(Numerals::LowerRussian, 29), "аа");
        assert_eq!(write(Numerals::UpperRoman, 1994), "MCMXCIV");
        assert_eq!(write(Numerals::LowerLatin, 28), "bb");
        assert_eq!(Numerals::LowerLatin.write(28, Overflow::Positional), "ab");
        assert_eq!(write(Numerals::DecimalZero, 7), "07");
        assert_eq!(write(Numerals::LowerRoman, 0), "0");
        assert_eq!(write(Numerals::LowerLatin, i64::MAX), i64::MAX.to_string());
    }
}
