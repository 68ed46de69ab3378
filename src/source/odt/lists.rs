//! List styles of OpenDocument and where each list stands.

use std::collections::HashMap;

use crate::source::ordinal::{Numerals, Overflow};
use crate::source::xml::{Node, Space, Tag, Xml};

/// Levels of a list.
const LEVELS: usize = 10;
/// Styles and lists that are kept; more are not looked at.
const MAX_LISTS: usize = 16 << 10;

#[derive(Debug, Clone, Default)]
struct Level {
    bullet: bool,
    /// Absent where the level shows no number.
    numerals: Option<Numerals>,
    overflow: Option<Overflow>,
    prefix: String,
    suffix: String,
    /// Levels that the number shows, this one last.
    shown: usize,
    start: i64,
    /// Pattern such as `%1%.%2%)`, which newer programs write beside the rest.
    pattern: String,
    text: String,
}

type Counts = [Option<i64>; LEVELS];

/// The list styles of a document and the counts of its lists.
#[derive(Debug, Default)]
pub(super) struct Lists {
    styles: HashMap<String, Vec<Level>>,
    /// Numbering of headings.
    outline: Vec<Level>,
    outline_counts: Counts,
    /// Counts by list id.
    by_id: HashMap<String, Counts>,
    /// Counts of the last list of a style.
    by_style: HashMap<String, Counts>,
}

impl Lists {
    /// Reads the list styles of a part; the text is passed over.
    pub(super) fn read(&mut self, xml: &mut Xml<'_>) {
        let mut open: Option<(Option<String>, Vec<Level>)> = None;
        loop {
            match xml.next() {
                Node::Open(Space::Office, "body", _) | Node::End => return,
                Node::Open(Space::Text, "list-style", tag) => {
                    open = Some((tag.get("name"), vec![Level::default(); LEVELS]))
                }
                Node::Open(Space::Text, "outline-style", _) => {
                    open = Some((None, vec![Level::default(); LEVELS]))
                }
                Node::Open(Space::Text, name, tag) => {
                    if let Some((_, levels)) = &mut open
                        && let Some(at) = tag.get("level").and_then(|level| level.parse::<usize>().ok())
                        && let Some(slot) = at.checked_sub(1).and_then(|at| levels.get_mut(at))
                    {
                        *slot = level(name, &tag);
                    }
                }
                Node::Close(Space::Text, "list-style" | "outline-style") => match open.take() {
                    Some((Some(name), levels)) if self.styles.len() < MAX_LISTS => {
                        self.styles.insert(name, levels);
                    }
                    Some((None, levels)) => self.outline = levels,
                    _ => {}
                },
                _ => {}
            }
        }
    }

    /// Where a list begins to count: behind another list, or anew.
    pub(super) fn begin(&self, style: &str, goes_on: bool, goes_on_from: Option<&str>) -> Counts {
        let earlier = match goes_on_from {
            Some(id) => self.by_id.get(id).or_else(|| self.by_style.get(style)),
            None if goes_on => self.by_style.get(style),
            None => None,
        };
        earlier.copied().unwrap_or_default()
    }

    /// Remembers where a list ended.
    pub(super) fn end(&mut self, style: &str, id: Option<&str>, counts: Counts) {
        if self.by_style.len() < MAX_LISTS {
            self.by_style.insert(style.to_owned(), counts);
        }
        if let Some(id) = id.filter(|_| self.by_id.len() < MAX_LISTS) {
            self.by_id.insert(id.to_owned(), counts);
        }
    }

    /// Counts on and gives the marker of an item, with the blank behind it.
    pub(super) fn next(&self, style: &str, counts: &mut Counts, at: usize, value: Option<i64>) -> String {
        // A list without a style of its own shows bullets.
        let Some(levels) = self.styles.get(style) else {
            return format!("{}• ", "  ".repeat(at.min(LEVELS - 1)));
        };
        advance(levels, counts, at.min(LEVELS - 1), value)
    }

    /// Counts on for a heading that stands in no list.
    pub(super) fn next_heading(&mut self, at: usize) -> String {
        if self.outline.iter().all(|level| level.numerals.is_none()) {
            return String::new();
        }
        let mut counts = self.outline_counts;
        let marker = advance(&self.outline, &mut counts, at.min(LEVELS - 1), None);
        self.outline_counts = counts;
        marker
    }
}

fn level(name: &str, tag: &Tag<'_>) -> Level {
    let format = tag.get("num-format").unwrap_or_default();
    let russian = ['а', 'А'].into_iter().find(|&first| format.starts_with(first));
    let numerals = match format.as_str() {
        "" => None,
        "a" => Some(Numerals::LowerLatin),
        "A" => Some(Numerals::UpperLatin),
        "i" => Some(Numerals::LowerRoman),
        "I" => Some(Numerals::UpperRoman),
        "01" | "01, 02, 03, ..." => Some(Numerals::DecimalZero),
        _ if russian == Some('а') => Some(Numerals::LowerRussian),
        _ if russian.is_some() => Some(Numerals::UpperRussian),
        _ => Some(Numerals::Decimal),
    };
    let sync = tag.get("num-letter-sync").is_some_and(|sync| sync == "true");
    Level {
        bullet: matches!(name, "list-level-style-bullet" | "list-level-style-image"),
        numerals,
        overflow: Some(if sync { Overflow::Repeat } else { Overflow::Positional }),
        prefix: tag.get("num-prefix").unwrap_or_default(),
        suffix: tag.get("num-suffix").unwrap_or_default(),
        shown: tag.get("display-levels").and_then(|shown| shown.parse().ok()).unwrap_or(1).clamp(1, LEVELS),
        start: tag.get("start-value").and_then(|start| start.parse::<i32>().ok()).map_or(1, i64::from),
        pattern: tag.get("num-list-format").unwrap_or_default(),
        text: tag.get("bullet-char").unwrap_or_default(),
    }
}

fn advance(levels: &[Level], counts: &mut Counts, at: usize, value: Option<i64>) -> String {
    let level = &levels[at];
    counts[at] =
        Some(value.unwrap_or_else(|| counts[at].map_or(level.start, |count| count.saturating_add(1))));
    counts[at + 1..].fill(None);
    if level.bullet {
        let bullet = level
            .text
            .chars()
            .next()
            .filter(|first| !first.is_alphanumeric() && !('\u{E000}'..='\u{F8FF}').contains(first));
        return format!("{}{} ", "  ".repeat(at), bullet.map_or("•".to_owned(), |bullet| bullet.to_string()));
    }
    let number = |at: usize| {
        let count = counts[at].unwrap_or(levels[at].start);
        let overflow = levels[at].overflow.unwrap_or(Overflow::Positional);
        levels[at].numerals.map(|numerals| numerals.write(count, overflow))
    };
    if level.numerals.is_none() {
        return String::new();
    }
    let marker = if level.pattern.is_empty() {
        let first = (at + 1).saturating_sub(level.shown);
        let numbers: Vec<String> = (first..=at).filter_map(number).collect();
        format!("{}{}{}", level.prefix, numbers.join("."), level.suffix)
    } else {
        (0..LEVELS).fold(level.pattern.clone(), |text, at| {
            text.replace(&format!("%{}%", at + 1), &number(at).unwrap_or_default())
        })
    };
    let marker = marker.trim();
    if marker.is_empty() { String::new() } else { format!("{marker} ") }
}
