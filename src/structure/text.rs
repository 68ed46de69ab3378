//! How the text of a line begins and ends.

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
    let address = word.contains("://") || word.contains('@') || word.starts_with("www.");
    let first = word.trim_start_matches(['«', '"', '“', '„', '(', '*', '_', '-', '–', '—']).chars().next();
    !address && first.or_else(|| text.chars().find(|c| c.is_alphanumeric())).is_some_and(char::is_lowercase)
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
