//! How the text of a line begins and ends.

use crate::language::digits;

/// How a text ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    Colon,
    Semicolon,
    Comma,
    /// `.`, `!`, `?`, `…`
    Full,
    /// In the middle of a sentence, or like a heading.
    Open,
}

pub(super) fn ending(text: &str) -> Ending {
    match text
        .trim_end()
        .trim_end_matches(['*', '_', '»', '"', '”', '“', '`', ' ', '\u{a0}'])
        .chars()
        .next_back()
    {
        Some(':') => Ending::Colon,
        Some(';') => Ending::Semicolon,
        Some(',') => Ending::Comma,
        Some('.' | '!' | '?' | '…') => Ending::Full,
        _ => Ending::Open,
    }
}

/// Whether a text begins in the middle of a sentence; addresses and icons begin nothing.
pub(super) fn starts_lower(text: &str) -> bool {
    let word = text.split_whitespace().next().unwrap_or_default();
    let is_address = || word.contains("://") || word.contains('@') || word.starts_with("www.");
    let first = word.trim_start_matches(['«', '"', '“', '„', '(', '*', '_', '-', '–', '—']).chars().next();
    first.or_else(|| text.chars().find(|c| c.is_alphanumeric())).is_some_and(char::is_lowercase)
        && !is_address()
}

/// `🍕 Какие данные`: a picture in front of the words.
pub(super) fn opens_with_icon(text: &str) -> bool {
    text.starts_with(
        |c: char| matches!(c, '\u{1F300}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' | '\u{2B00}'..='\u{2BFF}' | '\u{23E9}'..='\u{23FF}'),
    )
}

pub(super) fn is_capitals(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(|c| !c.is_lowercase())
}

pub(super) fn has_digits(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit())
}

/// `сайт – страница в сети` behind a semicolon: few words, then a dash with blanks around it. In brackets that are still
/// open nothing begins.
pub(super) fn opens_definition(before: &str, text: &str) -> bool {
    const MOST_WORDS: usize = 6;
    let dash = [" – ", " — ", " - "].iter().filter_map(|dash| text.find(dash)).min();
    before.matches('(').count() <= before.matches(')').count()
        && dash.is_some_and(|at| {
            let term = &text[..at];
            (1..=MOST_WORDS).contains(&term.split_whitespace().count())
                && !term.contains([',', ';', ':', '.'])
        })
}

/// An entry of a table of contents: `1. Общие положения ........ 3`.
pub(super) fn is_contents_entry(text: &str) -> bool {
    let title = text.trim_end().trim_end_matches(|c: char| c.is_ascii_digit());
    let number = text.trim_end().len() - title.len();
    let dots = title.trim_end();
    (1..=3).contains(&number) && (dots.ends_with("....") || dots.ends_with("……") || dots.ends_with(". . ."))
}

/// `3-бет`, `Стр. 3`, `Страница 3 из 10`, `- 3 -`, `3 / 10`: the number of a page and nothing else.
pub(super) fn is_page_number(text: &str) -> bool {
    const WORDS: [&str; 8] = ["бет", "беті", "стр", "страница", "лист", "из", "page", "of"];
    const LONGEST: usize = 48;
    const BEHIND: &str = " · ";
    // a running head with the number behind it
    let mut tail = text.len().saturating_sub(LONGEST + BEHIND.len());
    while !text.is_char_boundary(tail) {
        tail += 1;
    }
    if let Some((_, last)) = text[tail..].rsplit_once(BEHIND) {
        return is_page_number(last);
    }
    if text.len() > LONGEST || digits(text) == 0 {
        return false;
    }
    let lower = text.to_lowercase();
    let mut named = false;
    let mut parts =
        lower.split(|c: char| c.is_whitespace() || "-–—./|".contains(c)).filter(|part| !part.is_empty());
    let only = parts.all(|part| {
        named |= WORDS.contains(&part);
        WORDS.contains(&part) || part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit())
    });
    let text = text.trim();
    let between = text.starts_with(['-', '–', '—']) && text.ends_with(['-', '–', '—']);
    only && (named || between)
}

/// A blank of a form that is to be filled in.
pub(super) fn is_form_blank(text: &str) -> bool {
    text.contains("___") && text.chars().all(|c| "_ /\t«»\"()№".contains(c))
}

/// Whether a text ends with a preposition or conjunction: what it goes on with stands elsewhere or was cut.
pub(super) fn is_cut(text: &str) -> bool {
    const LINKS: [&str; 16] = [
        "и",
        "в",
        "о",
        "об",
        "на",
        "по",
        "с",
        "к",
        "от",
        "для",
        "при",
        "из",
        "или",
        "және",
        "мен",
        "туралы және",
    ];
    text.split_whitespace().count() > 1
        && text.split_whitespace().next_back().is_some_and(|word| LINKS.contains(&word))
}
