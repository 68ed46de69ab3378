//! The matcher that finds all wordings in one pass over a text.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;

use daachorse::CharwiseDoubleArrayAhoCorasick;
use foldhash::fast::FixedState;
use serde::{Deserialize, Serialize};

use super::{Kind, Token};

/// A place where a wording stands. Ranges are indexes of tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Number that the wording was added under.
    pub owner: u32,
    /// Tokens of its first part.
    pub tokens: Range<usize>,
    /// From the first to the last token of all its parts.
    pub reach: Range<usize>,
    /// Its first part stands without other words in between.
    pub tight: bool,
}

/// Sequence of words found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    sequence: u32,
    /// First token.
    pub start: u32,
    /// Token behind the last.
    pub end: u32,
    /// Whether no other words stand in between.
    pub tight: bool,
}

impl Found {
    /// The tokens from the first to the last.
    pub fn tokens(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Literals of one string of letters, by the part of a word that they are.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub(super) struct Parts {
    pub(super) whole: Option<u32>,
    pub(super) beginning: Option<u32>,
    pub(super) end: Option<u32>,
}

/// A word of a sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) struct Element {
    /// Set of literals, any of which will do.
    pub(super) set: u32,
    /// Words that may stand before it.
    pub(super) gap: u8,
}

/// A word that may follow in a sequence. Sequences that begin alike share their steps.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Step {
    pub(super) element: Element,
    /// Place in the tree that it leads to.
    pub(super) to: u32,
}

/// A wording: its first part is known by what leads to it.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Pattern {
    pub(super) owner: u32,
    /// How many further parts must stand; behind them come those that must not.
    pub(super) all: u32,
}

/// Many short lists one behind the other.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Lists<T> {
    /// Where each begins, and where the last ends.
    #[serde(with = "numbers")]
    bounds: Vec<u32>,
    items: Vec<T>,
}

/// Numbers as bytes of one size, which are read faster than one by one.
mod numbers {
    use serde::de::{Deserializer, Error, Visitor};
    use serde::ser::Serializer;

    pub(super) fn serialize<S: Serializer>(numbers: &[u32], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(&numbers.iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<u8>>())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u32>, D::Error> {
        struct Bytes;
        impl Visitor<'_> for Bytes {
            type Value = Vec<u32>;

            fn expecting(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                to.write_str("the bytes of numbers")
            }

            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<u32>, E> {
                let (numbers, rest) = bytes.as_chunks();
                if rest.is_empty() {
                    Ok(numbers.iter().map(|number| u32::from_le_bytes(*number)).collect())
                } else {
                    Err(E::custom("a number is cut off"))
                }
            }
        }
        from.deserialize_bytes(Bytes)
    }
}

impl<T: Copy> Lists<T> {
    pub(super) fn new(lists: &[Vec<T>]) -> Self {
        let mut end = 0;
        let ends = lists.iter().map(|list| {
            end += list.len() as u32;
            end
        });
        Self { bounds: std::iter::once(0).chain(ends).collect(), items: lists.concat() }
    }

    fn len(&self) -> usize {
        self.bounds.len() - 1
    }

    fn of(&self, list: u32) -> &[T] {
        let list = list as usize;
        &self.items[self.bounds[list] as usize..self.bounds[list + 1] as usize]
    }
}

/// Finds all wordings that were added to its builder.
#[derive(Serialize, Deserialize)]
pub struct Matcher {
    #[serde(with = "automaton")]
    pub(super) automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    /// What each string of the automaton may be.
    pub(super) literals: Vec<Parts>,
    /// Sets of literals, each in order.
    pub(super) sets: Lists<u32>,
    /// Of each literal, the sets that are looked for over a gap.
    pub(super) gapped: Lists<u32>,
    /// The tree of sequences: what may follow at each place.
    pub(super) steps: Lists<Step>,
    /// The sequence that is whole at each place.
    pub(super) whole: Vec<Option<u32>>,
    /// Places in the tree that a literal at the beginning leads to.
    pub(super) starting: Lists<u32>,
    /// Patterns by the sequence of their first part.
    pub(super) leading: Lists<u32>,
    pub(super) patterns: Vec<Pattern>,
    /// Further parts of each pattern.
    pub(super) parts: Lists<u32>,
}

/// The automaton as the bytes that its crate writes.
mod automaton {
    use daachorse::CharwiseDoubleArrayAhoCorasick;
    use serde::de::{Deserializer, Error, Visitor};
    use serde::ser::Serializer;

    type Automaton = Option<CharwiseDoubleArrayAhoCorasick<u32>>;

    pub(super) fn serialize<S: Serializer>(automaton: &Automaton, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(&automaton.as_ref().map_or_else(Vec::new, |automaton| automaton.serialize()))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Automaton, D::Error> {
        struct Bytes;
        impl Visitor<'_> for Bytes {
            type Value = Automaton;

            fn expecting(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                to.write_str("the bytes of an automaton")
            }

            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Automaton, E> {
                if bytes.is_empty() {
                    return Ok(None);
                }
                let (automaton, _) = CharwiseDoubleArrayAhoCorasick::deserialize(bytes).map_err(E::custom)?;
                Ok(Some(automaton))
            }
        }
        from.deserialize_bytes(Bytes)
    }
}

impl std::fmt::Debug for Matcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Matcher").field("wordings", &self.patterns.len()).finish_non_exhaustive()
    }
}

impl Matcher {
    /// Counts the places where the strings of its wordings stand: one pass, the least that finding them takes.
    pub fn count_strings(&self, folded: &str) -> usize {
        self.automaton.as_ref().map_or(0, |automaton| automaton.find_overlapping_iter(folded).count())
    }

    /// All sequences of words that stand in a text, by their first token.
    pub fn find(&self, folded: &str, tokens: &[Token]) -> Vec<Found> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let mut stems: Vec<(u32, u32)> = Vec::with_capacity(tokens.len());
        let mut token = 0;
        for found in automaton.find_overlapping_iter(folded) {
            // Hits come in the order of their ends, and a literal stands within one word.
            while tokens.get(token).is_some_and(|token| (token.end as usize) < found.end()) {
                token += 1;
            }
            let Some(Token { start, end, .. }) = tokens.get(token) else { break };
            let (starts, ends) = (*start as usize == found.start(), *end as usize == found.end());
            let inside = *start as usize <= found.start();
            if !(starts || (ends && inside)) {
                continue;
            }
            let parts = self.literals[found.value() as usize];
            let mut push =
                |literal: Option<u32>| stems.extend(literal.map(|literal| (token as u32, literal)));
            if starts && ends {
                push(parts.whole);
            }
            if starts {
                push(parts.beginning);
            }
            if ends {
                push(parts.end);
            }
        }
        for here in stems.chunk_by_mut(|(one, _), (other, _)| one == other) {
            here.sort_unstable();
        }
        let words = Words::new(self, &stems, tokens);
        let mut out = Vec::with_capacity(stems.len() * 2);
        let mut open: Vec<(u32, usize, bool)> = Vec::new();
        for &(token, literal) in &stems {
            let first = out.len();
            open.extend(self.starting.of(literal).iter().map(|&place| (place, token as usize + 1, true)));
            while let Some((place, at, tight)) = open.pop() {
                if let Some(sequence) = self.whole[place as usize] {
                    out.push(Found { sequence, start: token, end: at as u32, tight });
                }
                for step in self.steps.of(place) {
                    if let Some((at, close)) = follow(step.element, at, &words) {
                        open.push((step.to, at, tight && close));
                    }
                }
            }
            out[first..].sort_unstable_by_key(|found| found.sequence);
        }
        out
    }

    /// Wordings of which all parts stand among `found`; the caller has narrowed these to a segment.
    pub fn hits(&self, found: &[Found]) -> Vec<Hit> {
        let mut out: Vec<Hit> = Vec::with_capacity(found.len());
        // Most wordings have one part and need not know what else stands there, and few of the others have all of theirs.
        let standing: OnceCell<Vec<u64>> = OnceCell::new();
        let stands = |&sequence: &u32| {
            let bits = standing.get_or_init(|| {
                let mut bits = vec![0; self.leading.len().div_ceil(64)];
                for found in found {
                    bits[found.sequence as usize / 64] |= 1 << (found.sequence % 64);
                }
                bits
            });
            bits[sequence as usize / 64] & (1 << (sequence % 64)) != 0
        };
        let firsts: OnceCell<HashMap<u32, &Found, FixedState>> = OnceCell::new();
        let place = |sequence: &u32| {
            let firsts =
                firsts.get_or_init(|| found.iter().rev().map(|found| (found.sequence, found)).collect());
            firsts.get(sequence).copied()
        };
        for first in found {
            for &index in self.leading.of(first.sequence) {
                let pattern = self.patterns[index as usize];
                let (all, none) = self.parts.of(index).split_at(pattern.all as usize);
                if none.iter().any(stands) || !all.iter().all(stands) {
                    continue;
                }
                let tokens = first.tokens();
                let reach = all.iter().filter_map(place).fold(tokens.clone(), |reach, other| {
                    reach.start.min(other.start as usize)..reach.end.max(other.end as usize)
                });
                out.push(Hit { owner: pattern.owner, tokens, reach, tight: first.tight });
            }
        }
        out
    }
}

/// The literals that stand at each token.
struct Words<'a> {
    sets: &'a Lists<u32>,
    tokens: &'a [Token],
    stems: &'a [(u32, u32)],
    /// Where the literals of each token begin in `stems`.
    starts: Vec<u32>,
    /// A bit for each set that is looked for over a gap and has a literal that stands anywhere.
    anywhere: Vec<u64>,
}

impl<'a> Words<'a> {
    fn new(matcher: &'a Matcher, stems: &'a [(u32, u32)], tokens: &'a [Token]) -> Self {
        let mut starts = Vec::with_capacity(tokens.len() + 1);
        let mut next = 0;
        for token in 0..=tokens.len() as u32 {
            while stems.get(next).is_some_and(|(at, _)| *at < token) {
                next += 1;
            }
            starts.push(next as u32);
        }
        let mut anywhere = vec![0; matcher.sets.len().div_ceil(64)];
        for set in stems.iter().flat_map(|(_, literal)| matcher.gapped.of(*literal)) {
            anywhere[*set as usize / 64] |= 1 << (set % 64);
        }
        Self { sets: &matcher.sets, tokens, stems, starts, anywhere }
    }

    /// Whether a set that is looked for over a gap has a literal that stands in the text.
    fn is_anywhere(&self, set: u32) -> bool {
        self.anywhere[set as usize / 64] & (1 << (set % 64)) != 0
    }

    fn has(&self, token: usize, literals: &[u32]) -> bool {
        let here = &self.stems[self.starts[token] as usize..self.starts[token + 1] as usize];
        here.iter().any(|(_, literal)| literals.binary_search(literal).is_ok())
    }
}

/// Behind the word of a sequence that is looked for from `at`, and whether no other words stand in between.
fn follow(element: Element, mut at: usize, words: &Words<'_>) -> Option<(usize, bool)> {
    // Over a gap many words are asked; beside the last word only one.
    if element.gap > 0 && !words.is_anywhere(element.set) {
        return None;
    }
    let tokens = words.tokens;
    let literals = words.sets.of(element.set);
    let mut skipped = 0;
    loop {
        let token = tokens.get(at)?;
        match token.kind {
            Kind::Sign('-' | '"' | '*' | '(' | ')' | '/' | '_' | '\'') => {
                at += 1;
                continue;
            }
            // Initials: Ф. И. О.
            Kind::Sign('.')
                if at > 0 && tokens[at - 1].end - tokens[at - 1].start <= 2 && element.gap == 0 =>
            {
                at += 1;
                continue;
            }
            Kind::Sign('.' | ';' | '!' | '?') => return None,
            Kind::Sign(_) if element.gap > 0 => {
                at += 1;
                continue;
            }
            Kind::Sign(_) => return None,
            Kind::Word | Kind::Number => {}
        }
        if words.has(at, literals) {
            return Some((at + 1, skipped == 0));
        }
        if skipped >= element.gap {
            return None;
        }
        skipped += 1;
        at += 1;
    }
}
