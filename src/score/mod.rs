//! Records against gold: what was found, what is missing, what is false.
//!
//! Keys and figures are those of the record's specification: a fact counts as found when a gold row of its layer has
//! the same key, and is placed by the first line of its span.
//!
//! ```
//! use sayasat::score::{Gold, Report, Scored, compare};
//!
//! let gold = Gold::read("edition\t1\tru\nnode\t1\tsection\t1\t0\n")?;
//! let record = sayasat::parse("1. Права\n");
//! let mut report = Report::default();
//! report.add("example", compare(&gold, &Scored::from(&record)));
//! assert_eq!(report.figures("structure").hits, 1);
//! # Ok::<(), sayasat::score::GoldError>(())
//! ```

mod gold;
mod record;
mod report;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

pub use gold::{Gold, GoldError};
pub use record::Scored;
pub use report::{Figures, Report};

/// Layers that are scored, in the order of reports.
pub const LAYERS: [&str; 10] = [
    "structure",
    "rights",
    "obligations",
    "data_categories",
    "deadlines",
    "contacts",
    "operator",
    "definitions",
    "citations",
    "references",
];

/// The layers whose mean F1 is the figure for the whole.
const CORE: &[&str] = &["rights", "obligations", "data_categories", "deadlines", "contacts"];

/// What makes a fact the same in gold and record: a line (or an edition) and the ids and values beside it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key(Vec<Part>);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Number(usize),
    Word(String),
}

impl Key {
    fn new(place: usize) -> Self {
        Self(vec![Part::Number(place)])
    }

    fn number(mut self, number: usize) -> Self {
        self.0.push(Part::Number(number));
        self
    }

    fn word(mut self, word: &str) -> Self {
        self.0.push(Part::Word(word.to_owned()));
        self
    }

    /// Line of the fact; for contacts and operators the index of its edition.
    fn place(&self) -> usize {
        match self.0.first() {
            Some(Part::Number(place)) => *place,
            _ => 0,
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, part) in self.0.iter().enumerate() {
            let gap = if at > 0 { " | " } else { "" };
            match part {
                Part::Number(number) => write!(f, "{gap}{number}")?,
                Part::Word(word) => write!(f, "{gap}{word}")?,
            }
        }
        Ok(())
    }
}

/// Keys by layer.
type Keys = BTreeMap<&'static str, BTreeSet<Key>>;
/// By layer and key: what else the fact says (bound, trigger, action; party, purpose).
type Attributes = BTreeMap<&'static str, BTreeMap<Key, Vec<String>>>;

/// Layers with attributes, and the attributes.
const ATTRIBUTES: [(&str, &[&str]); 2] =
    [("deadlines", &["bound", "trigger", "action"]), ("contacts", &["party", "purpose"])];

/// How a layer of a record stands to gold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matches {
    /// In both.
    pub hits: BTreeSet<Key>,
    /// In the record only.
    pub false_alarms: BTreeSet<Key>,
    /// In gold only.
    pub misses: BTreeSet<Key>,
}

/// How a record stands to gold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// Layer by layer, in the order of [`LAYERS`].
    pub layers: Vec<(&'static str, Matches)>,
    /// By layer: how many attributes of the facts found are right, of how many that gold names.
    pub attributes: Vec<(&'static str, usize, usize)>,
    /// First lines and languages of the editions in gold.
    editions: Vec<(usize, String)>,
}

/// Compares a record with gold.
pub fn compare(gold: &Gold, record: &Scored) -> Comparison {
    let none = BTreeSet::new();
    let mut layers = Vec::new();
    for layer in LAYERS {
        let wanted = gold.keys.get(layer).unwrap_or(&none);
        let disputed = gold.disputed.get(layer).unwrap_or(&none);
        let mut found = record.keys.get(layer).unwrap_or(&none).clone();
        if layer == "structure" {
            // a record does not list continuations: its nodes cover them
            found.extend(wanted.iter().filter(|key| record.covers(key)).cloned());
        }
        layers.push((
            layer,
            Matches {
                hits: wanted & &found,
                false_alarms: &(&found - wanted) - disputed,
                misses: wanted - &found,
            },
        ));
    }
    let mut attributes = Vec::new();
    for (layer, _) in ATTRIBUTES {
        let (mut right, mut all) = (0, 0);
        let hits = layers.iter().filter(|(name, _)| *name == layer).flat_map(|(_, matches)| &matches.hits);
        for key in hits {
            let said = record.attributes.get(layer).and_then(|facts| facts.get(key));
            let wanted = gold.attributes.get(layer).and_then(|facts| facts.get(key));
            for (at, value) in wanted.into_iter().flatten().enumerate().filter(|(_, value)| !value.is_empty())
            {
                all += 1;
                right += usize::from(said.and_then(|said| said.get(at)) == Some(value));
            }
        }
        attributes.push((layer, right, all));
    }
    Comparison { layers, attributes, editions: gold.editions.clone() }
}

impl Comparison {
    /// Language of the edition that a key stands in, as gold says.
    fn language(&self, layer: &str, key: &Key) -> Option<&str> {
        let place = key.place();
        if matches!(layer, "contacts" | "operator") {
            return self.editions.get(place).map(|(_, language)| language.as_str());
        }
        let begun = self.editions.iter().rfind(|(first, _)| place >= *first);
        begun.or(self.editions.first()).map(|(_, language)| language.as_str())
    }

    /// The same, with only what stands in editions of a language. Attributes stay as they are.
    #[must_use]
    pub fn in_language(&self, language: &str) -> Self {
        let mut part = self.clone();
        for (layer, matches) in &mut part.layers {
            for keys in [&mut matches.hits, &mut matches.false_alarms, &mut matches.misses] {
                keys.retain(|key| self.language(layer, key) == Some(language));
            }
        }
        part
    }
}

/// Text as it is compared: case, quotes, asterisks, kinds of dash and white space do not count.
fn normal(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.to_lowercase().chars() {
        match c {
            '«' | '»' | '"' | '“' | '”' | '*' => {}
            '–' | '—' => folded.push('-'),
            // the letters that Russian and Kazakh text has in two forms, one of them with the accent apart
            '\u{306}' if folded.ends_with('и') => replace_last(&mut folded, 'й'),
            '\u{308}' if folded.ends_with('е') => replace_last(&mut folded, 'ё'),
            _ => folded.push(c),
        }
    }
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn replace_last(text: &mut String, letter: char) {
    text.pop();
    text.push(letter);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_compared_without_case_quotes_and_kinds_of_dash() {
        assert_eq!(normal("  «Үлгі – \u{a0}ТЕСТ»*  И\u{306}"), "үлгі - тест й");
    }

    #[test]
    fn keys_are_sorted_by_line_first() {
        let mut keys = [Key::new(10).word("a"), Key::new(9).word("b"), Key::new(9).word("a").number(1)];
        keys.sort();
        assert_eq!(keys.map(|key| key.to_string()), ["9 | a | 1", "9 | b", "10 | a"]);
    }
}
