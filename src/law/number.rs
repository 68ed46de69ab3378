//! Numbers of acts as texts write them: `№ 94 - V ЗРК`, `ФЗ-152`, `395/НҚ`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::language::{around_digits, pattern};

/// What the form of a number shows of the act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberForm {
    /// `94-V`: a law of Kazakhstan; without `№` it may be something else.
    KzLaw {
        /// Whether `№` or `N` stands before it.
        marked: bool,
    },
    /// `395/НҚ`: an order of Kazakhstan.
    KzOrder,
    /// `152-ФЗ`: a federal law of Russia.
    RuLaw,
    /// `ПП-1119`: a decree of Russia's government.
    RuDecree,
    /// `№ 21`: nothing without the kind of act before it.
    Plain,
}

/// A number of an act in a folded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberFound {
    /// Bytes of the folded text.
    pub range: Range<usize>,
    /// Bytes of the number without `№`.
    pub written: Range<usize>,
    /// Normal form: `94-V`, `152-FZ`, `395/NQ`, `1119`.
    pub number: String,
    /// What its form shows.
    pub form: NumberForm,
}

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)
        (?P<mark>(?:№|\bn[o\x{ba}]?\.?)\s*)?
        (?:
            \b(?P<rulaw>(?P<r1>\d{1,3})\s*-\s*ф(?P<k>к?)з)\b
          | \b(?P<rulaw2>ф(?P<k2>к?)з\s*-?\s*(?:№\s*|\bn\s*)?(?P<r2>\d{1,3})(?:\s*-\s*фз)?)\b
          | \b(?P<kzorder>(?P<o>\d{1,4})\s*[/-]\s*(?:нқ|нк|hқ|hk|nq))\b
          | \b(?P<kzlaw>(?P<z>\d{1,4})\s*-\s*(?P<roman>[ivxіхv]{1,5}))\b(?:\s*(?:зрк|зрж|қрз)\b)?
          | \b(?P<decree>пп(?:\s*рф|-)\s*-?\s*(?:№\s*)?(?P<p>\d{3,4}))\b
          | \b(?P<plain>\d{1,5}(?:/\d{1,4})?(?:-(?:[\p{L}]{1,3}|\d{1,2}))?)\b
        )",
    )
});

/// What an expression finds in a stretch of a text, seen with what stands before it.
pub(super) fn captures<'a>(
    expression: &'a Regex,
    text: &'a str,
    stretch: &Range<usize>,
) -> impl Iterator<Item = regex::Captures<'a>> + use<'a> {
    let (text, mut at) = (&text[..stretch.end], stretch.start);
    std::iter::from_fn(move || {
        let found = expression.captures_at(text, at)?;
        at = found.get_match().end();
        Some(found)
    })
}

/// Whether a number may be that of an act: `-фз`, `/нқ` or a Roman number stands behind it, or `№`, `n`, `фз` or the end of
/// `пп рф` before it.
fn may_count(before: &str, behind: &str) -> bool {
    let sign = behind.trim_start_matches(' ').strip_prefix(['-', '/']);
    sign.is_some_and(|sign| {
        sign.trim_start_matches(' ').starts_with(['ф', 'н', 'h', 'n', 'i', 'v', 'x', 'і', 'х'])
    }) || {
        let before = before.trim_end_matches([' ', '-', '.']);
        before.ends_with(['№', 'n', '\u{ba}'])
            || ["no", "фз", "кз", "пп", "рф"].iter().any(|end| before.ends_with(end))
    }
}

/// All numbers in a folded text that may be those of acts.
pub fn numbers(folded: &str) -> Vec<NumberFound> {
    let mut out = Vec::new();
    let stretches = around_digits(folded, may_count);
    for found in stretches.iter().flat_map(|stretch| captures(&NUMBER, folded, stretch)) {
        let marked = found.name("mark").is_some();
        let text = |name: &str| found.name(name).map_or("", |group| group.as_str());
        let of = |name: &str| found.name(name).map(|group| group.range());
        let fz = |k: &str| if text(k).is_empty() { "FZ" } else { "FKZ" };
        let (written, number, form) = if let Some(range) = of("rulaw") {
            (range, format!("{}-{}", text("r1"), fz("k")), NumberForm::RuLaw)
        } else if let Some(range) = of("rulaw2") {
            (range, format!("{}-{}", text("r2"), fz("k2")), NumberForm::RuLaw)
        } else if let Some(range) = of("kzorder") {
            (range, format!("{}/NQ", text("o")), NumberForm::KzOrder)
        } else if let Some(range) = of("kzlaw") {
            let number = format!("{}-{}", text("z"), roman(text("roman")));
            (range, number, NumberForm::KzLaw { marked })
        } else if let Some(range) = of("decree") {
            (range, text("p").to_owned(), NumberForm::RuDecree)
        } else if let Some(range) = of("plain").filter(|_| marked) {
            (range, text("plain").to_uppercase(), NumberForm::Plain)
        } else {
            continue;
        };
        let range = found.get(0).map_or(written.clone(), |whole| whole.range());
        out.push(NumberFound { range, written, number, form });
    }
    out
}

/// Roman letters, also Cyrillic ones that look like them.
fn roman(letters: &str) -> String {
    letters
        .chars()
        .map(|letter| match letter {
            'і' => 'I',
            'х' => 'X',
            _ => letter.to_ascii_uppercase(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::fold;

    #[test]
    fn numbers_are_read_in_every_spelling() {
        for (text, number) in [
            ("№ 94-V", "94-V"),
            ("№94-V", "94-V"),
            ("94-V санымен", "94-V"),
            ("№ 94 - V", "94-V"),
            ("N 94-V", "94-V"),
            ("№ 94-V ЗРК", "94-V"),
            ("№ 418 -V Заңы", "418-V"),
            ("№ 360-VI", "360-VI"),
            ("№ 152-ФЗ", "152-FZ"),
            ("N 152-ФЗ", "152-FZ"),
            ("ФЗ-152", "152-FZ"),
            ("ФЗ № 152-ФЗ", "152-FZ"),
            ("152-ФЗ(ред. от 01.07.2017)", "152-FZ"),
            ("№ 395/НҚ бұйрық", "395/NQ"),
            ("ПП-1119", "1119"),
            ("N 687", "687"),
        ] {
            let folded = fold(text, std::slice::from_ref(&(0..text.len())));
            let found: Vec<String> = numbers(folded.as_str()).into_iter().map(|found| found.number).collect();
            assert_eq!(found.first().map(String::as_str), Some(number), "{text}");
        }
        // An article before the law is no number of the law.
        let text = "ч. 1 ст. 18.1 фз-152";
        assert_eq!(numbers(text)[0].number, "152-FZ");
        for text in ["в течение 30 дней", "п. 4.9", "2013 жылғы", "1-бап"] {
            let folded = fold(text, std::slice::from_ref(&(0..text.len())));
            assert_eq!(numbers(folded.as_str()), [], "{text}");
        }
    }
}
