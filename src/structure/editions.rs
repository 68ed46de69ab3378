//! Language versions inside one file: one, one after another, or paragraph by paragraph.

use super::line::Line;
use crate::language::{Letters, letters as letters_of};
use crate::record::Language;
use crate::source::SourceText;

/// Lines of one edition, in order.
#[derive(Debug)]
pub(super) struct EditionLines {
    pub(super) language: Language,
    pub(super) lines: Vec<usize>,
}

/// Share of the words that a language must have to be an edition of its own.
const MIN_SHARE: f64 = 0.2;

/// Sorts the lines of a document into editions.
pub(super) fn editions(source: &SourceText, lines: &[Line]) -> Vec<EditionLines> {
    let mut total = Letters::default();
    for line in lines {
        total.add(&line.letters);
    }
    let whole = |language| {
        let lines = (0..lines.len()).filter(|&index| !lines[index].is_blank()).collect::<Vec<_>>();
        if lines.is_empty() { Vec::new() } else { vec![EditionLines { language, lines }] }
    };
    if let Some(language) = other_language(&total) {
        return whole(language);
    }
    let languages: Vec<Option<Language>> = lines.iter().map(|line| line_language(source, line)).collect();
    let words = |language| -> usize {
        lines
            .iter()
            .zip(&languages)
            .filter(|(_, found)| **found == Some(language))
            .map(|(line, _)| line.words())
            .sum()
    };
    let counted: Vec<(Language, usize)> =
        [Language::Kk, Language::Ru, Language::En].map(|language| (language, words(language))).into();
    let sum: usize = counted.iter().map(|(_, words)| words).sum();
    let strong: Vec<Language> = counted
        .iter()
        .filter(|(_, words)| *words > 0 && *words as f64 >= MIN_SHARE * sum as f64)
        .map(|(l, _)| *l)
        .collect();
    match strong.as_slice() {
        [] | [_] => whole(strong.first().copied().unwrap_or_else(|| guess(&total))),
        _ => {
            let found = several(source, lines, &languages, &strong);
            // No line is long enough to tell its language.
            if found.is_empty() { whole(guess(&total)) } else { found }
        }
    }
}

/// A language that is outlined but not classified.
fn other_language(total: &Letters) -> Option<Language> {
    let words = total.words();
    let share = |part: usize| part as f64 / words.max(1) as f64;
    if share(total.foreign) > 0.08 {
        return Some(Language::Unknown);
    }
    let kyrgyz = total.kazakh * 4 < total.turkic || total.kazakh < total.kyrgyz * 2;
    if share(total.turkic) > 0.1 && kyrgyz {
        return Some(Language::Ky);
    }
    if words > 20 && share(total.latin) > 0.8 {
        return Some(Language::En);
    }
    if words > 20 && share(total.kazakh + total.turkic + total.russian) < 0.15 {
        return Some(if share(total.latin) > 0.5 { Language::En } else { Language::Unknown });
    }
    None
}

fn guess(total: &Letters) -> Language {
    match total.is_kazakh() {
        Some(true) => Language::Kk,
        Some(false) => Language::Ru,
        None => Language::Unknown,
    }
}

fn line_language(source: &SourceText, line: &Line) -> Option<Language> {
    let letters = &line.letters;
    match line.marker.language.as_deref() {
        Some("RU" | "РУС" | "RUS") => return Some(Language::Ru),
        Some("KZ" | "KK" | "ҚАЗ" | "KAZ") => return Some(Language::Kk),
        Some("EN") => return Some(Language::En),
        _ => {}
    }
    let words = letters.words();
    if words == 0 {
        return None;
    }
    if letters.latin * 10 > words * 7 {
        // `info@example.kz` is three words in no language.
        let words = line.text(source).split_whitespace().filter(|word| !word.contains(['@', '/']));
        return (words.map(|word| letters_of(word).latin).sum::<usize>() >= 3).then_some(Language::En);
    }
    match letters.is_kazakh() {
        Some(true) => Some(Language::Kk),
        Some(false) => Some(Language::Ru),
        None => None,
    }
}

fn several(
    source: &SourceText,
    lines: &[Line],
    languages: &[Option<Language>],
    strong: &[Language],
) -> Vec<EditionLines> {
    let told: Vec<(usize, Language)> = languages
        .iter()
        .enumerate()
        .filter_map(|(index, language)| language.filter(|l| strong.contains(l)).map(|l| (index, l)))
        .filter(|(index, _)| lines[*index].words() >= 3 || lines[*index].marker.language.is_some())
        .collect();
    let switches = told.windows(2).filter(|pair| pair[0].1 != pair[1].1).count();
    // A prefix (`RU:`) says outright what otherwise many changes have to show.
    let prefixed = told.iter().filter(|(index, _)| lines[*index].marker.language.is_some()).count();
    if (switches >= 6 && switches * 4 >= told.len()) || (switches >= 2 && prefixed * 2 >= told.len()) {
        return alternating(lines, languages, strong);
    }
    sequential(source, lines, &told, languages)
}

/// Each line goes to the edition of its language; a line that tells none goes with the one before.
fn alternating(lines: &[Line], languages: &[Option<Language>], strong: &[Language]) -> Vec<EditionLines> {
    let mut out: Vec<EditionLines> = Vec::new();
    let mut current = languages.iter().flatten().copied().find(|l| strong.contains(l)).unwrap_or(strong[0]);
    let mut labels: Vec<(Language, &str)> = Vec::new(); // last number of each edition
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| !line.is_blank()) {
        let label = line.marker.number.as_ref().map(|number| number.label.as_str());
        if let Some(language) = languages[index].filter(|l| strong.contains(l)) {
            current = language;
        } else if line.marker.number.is_some() && line.words() == 0 {
            // A number alone belongs to the text that follows.
            let next = languages[index..].iter().flatten().copied().find(|l| strong.contains(l));
            current = next.unwrap_or(current);
        } else if let Some(label) = label
            && labels.contains(&(current, label))
            && let Some(&(other, _)) =
                labels.iter().find(|(language, last)| *language != current && *last != label)
        {
            current = other; // the number that has just stood in this language stands once more
        }
        if let Some(label) = label {
            labels.retain(|(language, _)| *language != current);
            labels.push((current, label));
        }
        match out.iter_mut().find(|edition| edition.language == current) {
            Some(edition) => edition.lines.push(index),
            None => out.push(EditionLines { language: current, lines: vec![index] }),
        }
    }
    out
}

/// Runs of one language; short runs (a name, an address, a quotation) are part of what surrounds them.
fn sequential(
    source: &SourceText,
    lines: &[Line],
    told: &[(usize, Language)],
    languages: &[Option<Language>],
) -> Vec<EditionLines> {
    let mut runs: Vec<(usize, Language, usize)> = Vec::new(); // first line, language, words
    for &(index, language) in told {
        let words = lines[index].words();
        match runs.last_mut() {
            Some(run) if run.1 == language => run.2 += words,
            _ => runs.push((index, language, words)),
        }
    }
    let sum: usize = runs.iter().map(|run| run.2).sum();
    // The shortest goes first: what it parted is one run again before it is weighed.
    while let Some(shortest) =
        (0..runs.len()).min_by_key(|&run| runs[run].2).filter(|&run| runs[run].2 * 8 < sum)
    {
        runs.remove(shortest);
        if shortest > 0 && shortest < runs.len() && runs[shortest - 1].1 == runs[shortest].1 {
            runs[shortest - 1].2 += runs.remove(shortest).2;
        }
    }
    let mut starts: Vec<(usize, Language)> =
        runs.iter().map(|run| (first_line(source, lines, languages, run.0, run.1), run.1)).collect();
    if let Some(first) = starts.first_mut() {
        first.0 = 0;
    }
    let ends = starts.iter().skip(1).map(|start| start.0).chain([lines.len()]).collect::<Vec<_>>();
    starts
        .iter()
        .zip(ends)
        .map(|(&(start, language), end)| EditionLines {
            language,
            lines: (start..end).filter(|&index| !lines[index].is_blank()).collect(),
        })
        .filter(|edition| !edition.lines.is_empty())
        .collect()
}

/// Steps back from the first full line of a run over its title and headings.
fn first_line(
    source: &SourceText,
    lines: &[Line],
    languages: &[Option<Language>],
    mut start: usize,
    language: Language,
) -> usize {
    for index in (0..start).rev() {
        let line = &lines[index];
        if line.is_blank() {
            continue;
        }
        let short = line.words() <= 12 && !line.text(source).trim_end().ends_with(['.', ';']);
        let own = languages[index] == Some(language);
        let neutral = languages[index].is_none() && line.marker.hashes > 0;
        if !(short && (own || neutral)) {
            break;
        }
        start = index;
    }
    start
}
