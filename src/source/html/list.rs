//! Markers of list items as a browser shows them, and counters of style sheets.

use html5ever::local_name;

use super::style::{Content, ListStyle, list_style};
use super::tree::{Id, Kind, Tree};
use crate::source::ordinal::{Numerals, Overflow};

/// Nodes that are looked at for the first words of an item.
const LOOK_AHEAD: usize = 64;
/// Deepest level that an item is indented for.
const MAX_LEVEL: usize = 8;

/// A list whose items are being read.
#[derive(Debug)]
pub(super) struct List {
    ordered: bool,
    next: i64,
    step: i64,
    style: ListStyle,
    level: usize,
    /// The items carry numbers of their own, which a style sheet elsewhere takes into account.
    own_numbers: bool,
}

impl List {
    /// A list at its start; `level` counts the lists around it.
    pub(super) fn new(tree: &Tree, id: Id, style: Option<ListStyle>, level: usize) -> Self {
        let ordered = *tree.tag(id) == local_name!("ol");
        let items = || tree.children(id).filter(|&child| *tree.tag(child) == local_name!("li"));
        let reversed = ordered && tree.attribute(id, &local_name!("reversed")).is_some();
        let start = tree.attribute(id, &local_name!("start")).and_then(integer);
        let start = start.unwrap_or(if reversed { items().count() as i64 } else { 1 });
        let typed = tree.attribute(id, &local_name!("type")).and_then(style_of_type);
        let default = if ordered { ListStyle::Numbers(Numerals::Decimal) } else { ListStyle::Bullet };
        let own_numbers = ordered && items().next().is_some_and(|item| has_number(&first_words(tree, item)));
        Self {
            ordered,
            next: start,
            step: if reversed { -1 } else { 1 },
            style: style.or(typed).unwrap_or(default),
            level,
            own_numbers,
        }
    }

    /// The marker of the next item, with the blank behind it; empty where nothing is shown.
    pub(super) fn marker(&mut self, tree: &Tree, item: Id, style: Option<ListStyle>) -> String {
        let value = tree.attribute(item, &local_name!("value")).and_then(integer);
        let number = value.unwrap_or(self.next);
        self.next = number.saturating_add(self.step);
        let typed = tree.attribute(item, &local_name!("type")).and_then(style_of_type);
        let indent = "  ".repeat(self.level.min(MAX_LEVEL));
        match style.or(typed).unwrap_or(self.style) {
            ListStyle::Numbers(_) if self.own_numbers => String::new(),
            ListStyle::Numbers(numerals) => {
                format!("{indent}{}. ", numerals.write(number, Overflow::Positional))
            }
            ListStyle::None if self.ordered => String::new(),
            // A list without bullets is still a list: pages draw theirs with pictures and style sheets elsewhere.
            ListStyle::None | ListStyle::Bullet => {
                let words = first_words(tree, item);
                if has_number(&words) || has_bullet(&words) { String::new() } else { format!("{indent}• ") }
            }
        }
    }
}

fn integer(text: &str) -> Option<i64> {
    let text = text.trim();
    let end = text
        .char_indices()
        .skip(1)
        .find(|(_, letter)| !letter.is_ascii_digit())
        .map_or(text.len(), |(at, _)| at);
    text[..end].parse::<i32>().ok().map(i64::from)
}

fn style_of_type(value: &str) -> Option<ListStyle> {
    Some(match value {
        "1" => ListStyle::Numbers(Numerals::Decimal),
        "a" => ListStyle::Numbers(Numerals::LowerLatin),
        "A" => ListStyle::Numbers(Numerals::UpperLatin),
        "i" => ListStyle::Numbers(Numerals::LowerRoman),
        "I" => ListStyle::Numbers(Numerals::UpperRoman),
        other => list_style(&other.to_ascii_lowercase())?,
    })
}

/// The first characters of an element's text.
fn first_words(tree: &Tree, id: Id) -> String {
    let mut words = String::new();
    let mut open: Vec<Id> = tree.children(id).take(LOOK_AHEAD).collect();
    open.reverse();
    for _ in 0..LOOK_AHEAD {
        let Some(id) = open.pop() else { break };
        match &tree.nodes[id as usize].kind {
            Kind::Text(text) => words.extend(text.trim_start().chars().take(16)),
            Kind::Element(..) => {
                let mut children: Vec<Id> = tree.children(id).take(LOOK_AHEAD).collect();
                children.reverse();
                open.extend(children);
            }
            Kind::Nothing => {}
        }
        if words.chars().count() >= 6 {
            break;
        }
    }
    words.trim_start().to_owned()
}

/// Whether a text starts with `1.`, `2.3`, `4)` or `а)`.
fn has_number(words: &str) -> bool {
    let digits = words.len() - words.trim_start_matches(|digit: char| digit.is_ascii_digit()).len();
    if digits > 0 {
        return digits <= 3 && words[digits..].starts_with(['.', ')']);
    }
    let mut letters = words.chars();
    letters.next().is_some_and(char::is_alphabetic) && letters.next() == Some(')')
}

fn has_bullet(words: &str) -> bool {
    words.starts_with(['•', '·', '●', '▪', '■', '–', '—', '✓', '✔', '‣'])
        || words.starts_with("- ")
        || words.starts_with("* ")
}

/// A counter of a style sheet, in force below the parent of the element that made it.
#[derive(Debug)]
struct Counter {
    name: String,
    value: i64,
    depth: usize,
}

/// The counters in force.
#[derive(Debug, Default)]
pub(super) struct Counters {
    open: Vec<Counter>,
}

impl Counters {
    /// Makes a counter for an element `depth` deep, in place of one that an elder sibling made.
    pub(super) fn reset(&mut self, name: &str, value: i64, depth: usize) {
        match self.open.iter_mut().rev().find(|counter| counter.name == name && counter.depth == depth) {
            Some(counter) => counter.value = value,
            None => self.open.push(Counter { name: name.to_owned(), value, depth }),
        }
    }

    /// Counts on; a counter that nobody made starts here.
    pub(super) fn increment(&mut self, name: &str, by: i64, depth: usize) {
        match self.open.iter_mut().rev().find(|counter| counter.name == name) {
            Some(counter) => counter.value = counter.value.saturating_add(by),
            None => self.open.push(Counter { name: name.to_owned(), value: by, depth }),
        }
    }

    /// Forgets the counters that children of an element `depth` deep made.
    pub(super) fn leave(&mut self, depth: usize) {
        while self.open.last().is_some_and(|counter| counter.depth > depth) {
            self.open.pop();
        }
    }

    /// The text that a `content` value makes.
    pub(super) fn write(&self, content: &[Content]) -> String {
        let mut text = String::new();
        for part in content {
            match part {
                Content::Text(part) => text.push_str(part),
                Content::Counter { name, numerals } => {
                    let value = self.open.iter().rev().find(|counter| counter.name == *name);
                    let value = value.map_or(0, |counter| counter.value);
                    text.push_str(&numerals.write(value, Overflow::Positional));
                }
                Content::Counters { name, between, numerals } => {
                    let values = self.open.iter().filter(|counter| counter.name == *name);
                    let values: Vec<String> =
                        values.map(|counter| numerals.write(counter.value, Overflow::Positional)).collect();
                    text.push_str(&values.join(between));
                }
            }
        }
        text.retain(|letter| !('\u{E000}'..='\u{F8FF}').contains(&letter));
        text
    }
}
