//! Regular expressions over folded text.

use std::ops::Range;

use regex::Regex;

/// A built-in expression over folded text, where a letter is Latin or Cyrillic, a digit one of ten and white space a
/// space: the classes of all of Unicode would cost more to build than a text costs to read.
///
/// # Panics
/// When the expression is broken; each is built by a test.
pub fn pattern(expression: &str) -> Regex {
    // Two-byte letters as one range of bytes: U+0400 to U+053F; folded text has no capitals.
    const LETTERS: &str = "a-zЀ-\u{53f}";
    let mut narrow = String::with_capacity(expression.len() * 2);
    let mut in_class = false;
    let mut rest = expression;
    while let Some(found) = rest.chars().next() {
        let class = [(r"\p{L}", LETTERS), (r"\d", "0-9"), (r"\s", r"\x20")]
            .into_iter()
            .find(|(class, _)| rest.starts_with(class));
        if let Some((class, members)) = class {
            if in_class {
                narrow.push_str(members);
            } else {
                narrow.extend(["[", members, "]"]);
            }
            rest = &rest[class.len()..];
            continue;
        }
        let escaped = if found == '\\' { rest.chars().nth(1) } else { None };
        let length = found.len_utf8() + escaped.map_or(0, char::len_utf8);
        in_class = match found {
            '[' => true,
            ']' => false,
            _ => in_class,
        };
        narrow.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    Regex::new(&narrow).expect("built-in expressions are well-formed")
}

/// How many digits a text has.
pub fn digits(text: &str) -> usize {
    // Of a stretch that one byte can count, the compiler looks at many bytes at once.
    let count = |stretch: &[u8]| stretch.iter().map(|byte| u8::from(byte.is_ascii_digit())).sum::<u8>();
    text.as_bytes().chunks(u8::MAX.into()).map(|stretch| usize::from(count(stretch))).sum()
}

/// Whether four digits stand in a row, as in a date.
pub fn has_year(text: &str) -> bool {
    let mut row = 0;
    digits(text) >= 4
        && text.bytes().any(|byte| {
            row = if byte.is_ascii_digit() { row + 1 } else { 0 };
            row == 4
        })
}

/// The stretches of a text around its numbers, whole words, in order and apart: an expression that needs a digit looks
/// at each with `captures_at(&text[..stretch.end], stretch.start)`. Only numbers count that a look at the text before and
/// behind them does not rule out.
pub fn around_digits(text: &str, may_count: impl Fn(&str, &str) -> bool) -> Vec<Range<usize>> {
    const BEFORE: usize = 32;
    const BEHIND: usize = 48;
    let bytes = text.as_bytes();
    let mut out: Vec<Range<usize>> = Vec::new();
    if digits(text) == 0 {
        return out;
    }
    let mut at = 0;
    while let Some(digit) = bytes[at..].iter().position(u8::is_ascii_digit).map(|found| at + found) {
        at = bytes[digit..]
            .iter()
            .position(|byte| !byte.is_ascii_digit())
            .map_or(bytes.len(), |end| digit + end);
        // What the last stretch holds is not looked at again: a text may be one word of digits.
        let known = out.last().map_or(0, |last| last.end);
        let behind = bytes.len().min(at + BEHIND);
        if known >= behind || !may_count(&text[..digit], &text[at..]) {
            continue;
        }
        let back = bytes.get(known..digit.saturating_sub(BEFORE)).unwrap_or_default();
        let start = back.iter().rposition(|&byte| byte == b' ').map_or(known, |space| known + space);
        let end =
            bytes[behind..].iter().position(|&byte| byte == b' ').map_or(bytes.len(), |more| behind + more);
        match out.last_mut() {
            Some(last) if start <= last.end => last.end = end,
            _ => out.push(start..end),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{around_digits, pattern};

    #[test]
    fn stretches_around_digits_end_between_words_and_do_not_touch() {
        let far = "слово ".repeat(40);
        let text = format!("{far}№ 94-v {far}18 лет {far}");
        let found: Vec<&str> =
            around_digits(&text, |_, _| true).into_iter().map(|range| text[range].trim()).collect();
        assert_eq!(found.len(), 2);
        assert!(
            found[0].contains("слово № 94-v слово") && found[1].contains("слово 18 лет слово"),
            "{found:?}"
        );
        assert!(found.iter().all(|text| text.len() < 250), "{found:?}");
        assert!(around_digits(&far, |_, _| true).is_empty());
    }

    #[test]
    fn classes_are_narrowed_inside_and_outside_of_brackets() {
        let found = pattern(r"(?x)^[\p{L}\d-]+\s\p{L}+ [\s.]+\d$");
        assert!(found.is_match("құқық-1 право. 5"));
        assert!(!found.is_match("құқық-1 ΩΩ.5"));
    }
}
