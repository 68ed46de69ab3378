//! Numbers that Word makes: lists, their levels, and how they count.

use std::collections::{HashMap, HashSet};

use crate::source::ordinal::{Numerals, Overflow};
use crate::source::xml::{Node, Space, Xml};

/// Levels of a list.
pub(super) const LEVELS: usize = 9;
/// Lists and definitions of lists that are kept; more are not looked at.
const MAX_LISTS: usize = 64 << 10;

/// How a level is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Format {
    #[default]
    Unset,
    None,
    Bullet,
    Numbers(Numerals),
}

/// A level of a list.
#[derive(Debug, Clone, Default)]
struct Level {
    start: i64,
    format: Format,
    text: String,
    /// Nothing stands between the number and the text.
    glued: bool,
    /// All numbers in decimal digits (`w:isLgl`).
    legal: bool,
    /// The level (from 1) behind which counting starts again; 0 never, absent behind any higher level.
    restart: Option<usize>,
    /// Paragraph style that stands on this level.
    style: Option<String>,
    given: bool,
}

#[derive(Debug, Default)]
struct Definition {
    levels: [Level; LEVELS],
    /// The style whose list this definition borrows.
    borrows: Option<String>,
    /// The style that others borrow it by.
    lends: Option<String>,
}

#[derive(Debug, Default)]
struct List {
    definition: String,
    starts: [Option<i64>; LEVELS],
    levels: HashMap<usize, Level>,
}

/// The lists of a document and where each of them stands.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: HashMap<String, Definition>,
    lists: HashMap<String, List>,
    counts: HashMap<String, [Option<i64>; LEVELS]>,
    begun: HashSet<String>,
}

impl Numbering {
    /// Reads `numbering.xml`.
    pub(super) fn read(xml: &mut Xml<'_>) -> Self {
        let mut numbering = Self::default();
        let mut definition: Option<String> = None;
        let mut list: Option<String> = None;
        let mut at = 0;
        loop {
            match xml.next() {
                Node::Open(Space::Word, name, tag) => {
                    let value = || tag.get("val").unwrap_or_default();
                    match name {
                        "abstractNum" if numbering.definitions.len() < MAX_LISTS => {
                            let id = tag.get("abstractNumId").unwrap_or_default();
                            numbering.definitions.entry(id.clone()).or_default();
                            (definition, list) = (Some(id), None);
                        }
                        "num" if numbering.lists.len() < MAX_LISTS => {
                            let id = tag.get("numId").unwrap_or_default();
                            numbering.lists.entry(id.clone()).or_default();
                            (definition, list) = (None, Some(id));
                        }
                        "abstractNum" | "num" => (definition, list) = (None, None),
                        "lvl" | "lvlOverride" => at = level(tag.get("ilvl").as_deref()),
                        "abstractNumId" => {
                            if let Some(list) = list.as_ref().and_then(|id| numbering.lists.get_mut(id)) {
                                list.definition = value();
                            }
                        }
                        "startOverride" => {
                            if let Some(list) = list.as_ref().and_then(|id| numbering.lists.get_mut(id)) {
                                list.starts[at] = value().parse::<i32>().ok().map(i64::from);
                            }
                        }
                        "numStyleLink" | "styleLink" => {
                            if let Some(known) =
                                definition.as_ref().and_then(|id| numbering.definitions.get_mut(id))
                            {
                                let link =
                                    if name == "styleLink" { &mut known.lends } else { &mut known.borrows };
                                *link = Some(value());
                            }
                        }
                        "start" | "numFmt" | "lvlText" | "suff" | "isLgl" | "lvlRestart" | "pStyle" => {
                            if let Some(level) =
                                numbering.level_being_read(definition.as_deref(), list.as_deref(), at)
                            {
                                level.set(name, &value());
                            }
                        }
                        _ => {}
                    }
                }
                Node::End => return numbering,
                _ => {}
            }
        }
    }

    fn level_being_read(
        &mut self,
        definition: Option<&str>,
        list: Option<&str>,
        at: usize,
    ) -> Option<&mut Level> {
        match (definition, list) {
            (Some(id), _) => self.definitions.get_mut(id).map(|definition| &mut definition.levels[at]),
            (_, Some(id)) => self.lists.get_mut(id).map(|list| list.levels.entry(at).or_default()),
            _ => None,
        }
    }

    /// The definition of a list, borrowed ones looked up.
    fn definition(&self, list: &str) -> Option<(&String, &Definition)> {
        let (id, definition) = self.definitions.get_key_value(&self.lists.get(list)?.definition)?;
        match &definition.borrows {
            Some(style) => self
                .definitions
                .iter()
                .filter(|(_, other)| other.lends.as_ref() == Some(style))
                .min_by_key(|(id, _)| id.as_str())
                .or(Some((id, definition))),
            None => Some((id, definition)),
        }
    }

    /// The level that a style stands on in a list.
    pub(super) fn level_of_style(&self, list: &str, style: &str) -> Option<usize> {
        let (_, definition) = self.definition(list)?;
        definition.levels.iter().position(|level| level.style.as_deref() == Some(style))
    }

    /// Counts on in a list and gives the marker of the new item, with the blank behind it.
    pub(super) fn next(&mut self, list: &str, at: usize) -> String {
        let at = at.min(LEVELS - 1);
        let Some((id, _)) = self.definition(list) else { return String::new() };
        let id = id.clone();
        let starts = self.lists.get(list).map(|list| list.starts).unwrap_or_default();
        let mut counts = self.counts.get(&id).copied().unwrap_or_default();
        // A list with its own start begins anew where it is first used, and goes on behind.
        if self.begun.insert(list.to_owned()) {
            for (count, start) in counts.iter_mut().zip(&starts) {
                if start.is_some() {
                    *count = None;
                }
            }
        }
        let levels: [&Level; LEVELS] = std::array::from_fn(|at| self.level(list, at));
        let start = |at: usize| starts[at].unwrap_or(levels[at].start);
        counts[at] = Some(counts[at].map_or(start(at), |count| count.saturating_add(1)));
        for (deeper, level) in levels.iter().enumerate().skip(at + 1) {
            if level.restart.is_none_or(|behind| at < behind) {
                counts[deeper] = None;
            }
        }
        let number = |at: usize| counts[at].unwrap_or(start(at));
        let marker = write(&levels, at, &number);
        self.counts.insert(id, counts);
        marker
    }

    /// A level as the list overrides it.
    fn level(&self, list: &str, at: usize) -> &Level {
        static UNSET: Level = Level {
            start: 0,
            format: Format::Unset,
            text: String::new(),
            glued: false,
            legal: false,
            restart: None,
            style: None,
            given: false,
        };
        let own = self.lists.get(list).and_then(|list| list.levels.get(&at)).filter(|level| level.given);
        own.or_else(|| self.definition(list).map(|(_, definition)| &definition.levels[at])).unwrap_or(&UNSET)
    }
}

impl Level {
    fn set(&mut self, name: &str, value: &str) {
        self.given = true;
        match name {
            "start" => self.start = value.parse::<i32>().map_or(0, i64::from),
            "numFmt" => self.format = format(value),
            "lvlText" => value.clone_into(&mut self.text),
            "suff" => self.glued = value == "nothing",
            "isLgl" => self.legal = is_on(value),
            "lvlRestart" => self.restart = value.parse().ok(),
            "pStyle" => self.style = Some(value.to_owned()),
            _ => {}
        }
    }
}

/// Whether a switch is on: it is when it stands there without a value.
pub(super) fn is_on(value: &str) -> bool {
    !matches!(value, "0" | "false" | "off" | "none")
}

/// The level that an attribute names.
pub(super) fn level(value: Option<&str>) -> usize {
    value.and_then(|value| value.trim().parse::<usize>().ok()).unwrap_or(0).min(LEVELS - 1)
}

fn format(name: &str) -> Format {
    Format::Numbers(match name {
        "none" => return Format::None,
        "bullet" => return Format::Bullet,
        "decimalZero" => Numerals::DecimalZero,
        "lowerRoman" => Numerals::LowerRoman,
        "upperRoman" => Numerals::UpperRoman,
        "lowerLetter" => Numerals::LowerLatin,
        "upperLetter" => Numerals::UpperLatin,
        "russianLower" => Numerals::LowerRussian,
        "russianUpper" => Numerals::UpperRussian,
        _ => Numerals::Decimal,
    })
}

fn write(levels: &[&Level], at: usize, number: &dyn Fn(usize) -> i64) -> String {
    let level = levels[at];
    if level.format == Format::Bullet {
        return format!("{}{} ", "  ".repeat(at), bullet(&level.text));
    }
    let mut marker = String::new();
    let mut rest = level.text.as_str();
    while let Some((before, behind)) = rest.split_once('%') {
        marker.push_str(before);
        let digit = behind
            .chars()
            .next()
            .and_then(|digit| digit.to_digit(10))
            .filter(|digit| (1..=9).contains(digit));
        let Some(digit) = digit else {
            marker.push('%');
            rest = behind;
            continue;
        };
        let index = digit as usize - 1;
        match levels[index].format {
            Format::None | Format::Bullet => {}
            Format::Numbers(numerals) if !level.legal => {
                marker.push_str(&numerals.write(number(index), Overflow::Repeat));
            }
            _ => marker.push_str(&number(index).to_string()),
        }
        rest = &behind[1..];
    }
    marker.push_str(rest);
    let marker = marker.trim();
    if marker.is_empty() || level.glued { marker.to_owned() } else { format!("{marker} ") }
}

/// Bullets come from symbol fonts; the usual dot stands for them. Dashes and stars are kept.
fn bullet(text: &str) -> &str {
    match text.chars().next() {
        Some(first)
            if !first.is_alphanumeric() && !('\u{E000}'..='\u{F8FF}').contains(&first) && first != '%' =>
        {
            text.trim()
        }
        _ => "•",
    }
}
