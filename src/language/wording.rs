//! Wordings: the small notation in which data files say what a text may say, and the matcher that finds them all
//! in one pass.
//!
//! * words are separated by spaces; `отозва*` stands for every word that begins so, `*ғанға` for every one that ends so, `отозв(ать|ал*)` for several ends,
//!   `(сайт*|портал*|веб сайт*)` for several words;
//! * `собира~` stands for the stem with each of the endings that the builder was given (`grammar/endings.toml`);
//! * `…` stands for up to eight words, or for none;
//! * `&` joins parts that must stand in one segment in any order; a part behind `!` must not stand in it.
//!
//! A hyphen counts as a space, letters are folded.

use std::collections::HashMap;
use std::ops::Range;

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder};
use foldhash::fast::FixedState;

use super::{Kind, Token, fold};

/// Most words that `…` stands for.
const GAP: u8 = 8;

/// A wording that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("wording {wording:?}: {problem}")]
pub struct WordingError {
    /// The wording as written.
    pub wording: String,
    /// What is wrong with it.
    pub problem: String,
}

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
    pub start: usize,
    /// Token behind the last.
    pub end: usize,
    /// Whether no other words stand in between.
    pub tight: bool,
}

/// Which part of a word a literal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Part {
    Whole,
    Beginning,
    End,
}

/// Literals of one string of letters, by the part of a word that they are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Parts {
    whole: Option<u32>,
    beginning: Option<u32>,
    end: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Element {
    /// Literals, any of which will do.
    literals: Vec<u32>,
    /// Words that may stand before it.
    gap: u8,
}

#[derive(Debug, Clone)]
struct Pattern {
    owner: u32,
    all: Vec<u32>,
    none: Vec<u32>,
}

/// Collects wordings.
#[derive(Debug, Default)]
pub struct MatcherBuilder {
    /// Where each string of letters stands in `strings`.
    places: HashMap<String, u32, FixedState>,
    strings: Vec<Parts>,
    /// How many literals there are.
    literals: u32,
    sequences: HashMap<Vec<Element>, u32, FixedState>,
    patterns: Vec<Pattern>,
}

/// Finds all wordings that were added to its builder.
pub struct Matcher {
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    /// What each string of the automaton may be.
    literals: Vec<Parts>,
    /// Rest of each sequence behind its first element.
    sequences: Vec<Vec<Element>>,
    /// Sequences by the literal that their first element may be.
    starting: Vec<Vec<u32>>,
    patterns: Vec<Pattern>,
    /// Patterns by the sequence of their first part.
    leading: Vec<Vec<u32>>,
}

impl std::fmt::Debug for Matcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Matcher").field("wordings", &self.patterns.len()).finish_non_exhaustive()
    }
}

impl MatcherBuilder {
    /// Adds a wording under a number that its hits will carry; `endings` are those that `~` stands for.
    ///
    /// # Errors
    /// When the notation is broken.
    pub fn add(&mut self, wording: &str, endings: &[String], owner: u32) -> Result<(), WordingError> {
        let fail = |problem: &str| WordingError { wording: wording.to_owned(), problem: problem.to_owned() };
        let (mut all, mut none): (Vec<Vec<u32>>, Vec<u32>) = (vec![Vec::new()], Vec::new());
        for part in wording.split('&') {
            let part = part.trim();
            let (negative, words) = part.strip_prefix('!').map_or((false, part), |rest| (true, rest.trim()));
            let mut ids = Vec::new();
            for variant in variants(words) {
                let elements = self.elements(&variant, endings).map_err(|problem| fail(&problem))?;
                let next = self.sequences.len() as u32;
                ids.push(*self.sequences.entry(elements).or_insert(next));
            }
            if negative {
                none.append(&mut ids);
            } else {
                all = all
                    .iter()
                    .flat_map(|known| ids.iter().map(|&id| [known.as_slice(), &[id]].concat()))
                    .collect();
            }
        }
        if all.iter().any(Vec::is_empty) {
            return Err(fail("only parts that must not stand; add one that must"));
        }
        self.patterns.extend(all.into_iter().map(|all| Pattern { owner, all, none: none.clone() }));
        Ok(())
    }

    fn elements(&mut self, words: &str, endings: &[String]) -> Result<Vec<Element>, String> {
        // Nearly all wordings are written in their folded form.
        let plain = |c: char| is_plain(c) || matches!(c, ' ' | '*' | '~' | '(' | ')' | '|' | '…' | '-');
        let folded =
            (!words.chars().all(plain)).then(|| fold(words, std::slice::from_ref(&(0..words.len()))));
        let words = folded.as_ref().map_or(words, |folded| folded.as_str());
        let mut elements = Vec::new();
        let mut gap = 0;
        for word in split_words(words) {
            if word == "…" {
                gap = GAP;
                continue;
            }
            let mut literals = Vec::new();
            for form in expand(word)? {
                let (stem, part) = match (form.strip_prefix('*'), form.strip_suffix('*')) {
                    (Some(end), _) => (end, Part::End),
                    (None, Some(beginning)) => (beginning, Part::Beginning),
                    (None, None) => (form.as_str(), Part::Whole),
                };
                let (stem, endings) =
                    stem.strip_suffix('~').map_or((stem, None), |stem| (stem, Some(endings)));
                if stem.is_empty() || !stem.chars().all(|c| is_plain(c) || c.is_alphanumeric()) {
                    return Err(format!("{form:?} is no word; write letters, then `*` for any ending"));
                }
                match endings {
                    None => literals.push(self.literal(stem, part)),
                    Some(endings) => {
                        let mut form = stem.to_owned();
                        for ending in endings {
                            form.truncate(stem.len());
                            form.push_str(ending);
                            literals.push(self.literal(&form, part));
                        }
                    }
                }
            }
            elements.push(Element { literals, gap });
            gap = 0;
        }
        if elements.is_empty() {
            return Err("a part without words".to_owned());
        }
        if gap > 0 || elements[0].gap > 0 {
            return Err("`…` at an end stands for nothing; leave it out".to_owned());
        }
        Ok(elements)
    }

    /// The number of a literal, a new one if it is new.
    fn literal(&mut self, stem: &str, part: Part) -> u32 {
        let place = match self.places.get(stem) {
            Some(&place) => place,
            None => {
                let place = self.strings.len() as u32;
                self.places.insert(stem.to_owned(), place);
                self.strings.push(Parts::default());
                place
            }
        };
        let parts = &mut self.strings[place as usize];
        let slot = match part {
            Part::Whole => &mut parts.whole,
            Part::Beginning => &mut parts.beginning,
            Part::End => &mut parts.end,
        };
        *slot.get_or_insert_with(|| {
            self.literals += 1;
            self.literals - 1
        })
    }

    /// Builds the matcher.
    pub fn build(self) -> Matcher {
        let automaton = (!self.places.is_empty()).then(|| {
            CharwiseDoubleArrayAhoCorasickBuilder::new()
                .build_with_values(self.places.iter().map(|(stem, &place)| (stem, place)))
                .expect("the strings are distinct and not empty")
        });
        let mut starting = vec![Vec::new(); self.literals as usize];
        let mut sequences = vec![Vec::new(); self.sequences.len()];
        for (mut elements, id) in self.sequences {
            for &literal in &elements.remove(0).literals {
                starting[literal as usize].push(id);
            }
            sequences[id as usize] = elements;
        }
        for ids in &mut starting {
            ids.sort_unstable();
        }
        let mut leading = vec![Vec::new(); sequences.len()];
        for (index, pattern) in self.patterns.iter().enumerate() {
            leading[pattern.all[0] as usize].push(index as u32);
        }
        Matcher { automaton, literals: self.strings, sequences, starting, patterns: self.patterns, leading }
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
        let mut stems: Vec<(u32, u32)> = Vec::new();
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
        stems.sort_unstable();
        let words = Words::new(&stems, tokens);
        let mut out = Vec::new();
        for &(token, literal) in &stems {
            for &sequence in &self.starting[literal as usize] {
                if let Some((end, tight)) =
                    follow(&self.sequences[sequence as usize], token as usize + 1, &words)
                {
                    out.push(Found { sequence, start: token as usize, end, tight });
                }
            }
        }
        out
    }

    /// Wordings of which all parts stand among `found`; the caller has narrowed these to a segment.
    pub fn hits(&self, found: &[Found]) -> Vec<Hit> {
        let mut out: Vec<Hit> = Vec::new();
        let mut firsts: Vec<(u32, u32)> =
            found.iter().enumerate().map(|(index, found)| (found.sequence, index as u32)).collect();
        firsts.sort_unstable();
        firsts.dedup_by_key(|(sequence, _)| *sequence);
        let place = |sequence: u32| {
            let at = firsts.binary_search_by_key(&sequence, |(sequence, _)| *sequence).ok()?;
            Some(&found[firsts[at].1 as usize])
        };
        for first in found {
            for &index in &self.leading[first.sequence as usize] {
                let pattern = &self.patterns[index as usize];
                if pattern.none.iter().any(|&id| place(id).is_some()) {
                    continue;
                }
                let mut reach = first.start..first.end;
                let complete = pattern.all[1..].iter().all(|&id| {
                    place(id).is_some_and(|other| {
                        reach = reach.start.min(other.start)..reach.end.max(other.end);
                        true
                    })
                });
                if complete {
                    let (tokens, tight) = (first.start..first.end, first.tight);
                    out.push(Hit { owner: pattern.owner, tokens, reach, tight });
                }
            }
        }
        out
    }
}

/// The literals that stand at each token.
struct Words<'a> {
    tokens: &'a [Token],
    stems: &'a [(u32, u32)],
    /// Where the literals of each token begin in `stems`.
    starts: Vec<u32>,
}

impl<'a> Words<'a> {
    fn new(stems: &'a [(u32, u32)], tokens: &'a [Token]) -> Self {
        let mut starts = Vec::with_capacity(tokens.len() + 1);
        let mut next = 0;
        for token in 0..=tokens.len() as u32 {
            while stems.get(next).is_some_and(|(at, _)| *at < token) {
                next += 1;
            }
            starts.push(next as u32);
        }
        Self { tokens, stems, starts }
    }

    fn has(&self, token: usize, literals: &[u32]) -> bool {
        let here = &self.stems[self.starts[token] as usize..self.starts[token + 1] as usize];
        here.iter().any(|(_, literal)| literals.contains(literal))
    }
}

/// Where a sequence ends whose next element is looked for from `at`, and whether no other words stand in between.
fn follow(rest: &[Element], mut at: usize, words: &Words<'_>) -> Option<(usize, bool)> {
    let tokens = words.tokens;
    let mut tight = true;
    for element in rest {
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
            if words.has(at, &element.literals) {
                break;
            }
            if skipped >= element.gap {
                return None;
            }
            skipped += 1;
            tight = false;
            at += 1;
        }
        at += 1;
    }
    Some((at, tight))
}

/// A part as its variants: groups inside groups and alternatives of several words are written out, so that only
/// groups of single words are left.
fn variants(part: &str) -> Vec<String> {
    if has_plain_groups(part) {
        return vec![part.to_owned()];
    }
    let Some((before, group, behind)) = first_group(part) else { return vec![part.to_owned()] };
    // Alternatives of one word stay a group; each of several words makes a variant of its own.
    let (several, one): (Vec<String>, Vec<String>) =
        alternatives(group).into_iter().flat_map(written_out).partition(|word| word.contains(' '));
    let mut fronts: Vec<String> = several.into_iter().map(|word| [before, &word].concat()).collect();
    if !one.is_empty() {
        fronts.push([before, "(", &one.join("|"), ")"].concat());
    }
    let rest = variants(behind);
    fronts.iter().flat_map(|front| rest.iter().map(move |rest| [front.as_str(), rest].concat())).collect()
}

/// Whether there are only groups of single words or ends, which need no writing out.
fn has_plain_groups(part: &str) -> bool {
    let mut open = false;
    part.bytes().all(|byte| match byte {
        b'(' | b' ' | b'-' if open => false,
        b'(' => {
            open = true;
            true
        }
        b')' => {
            open = false;
            true
        }
        _ => true,
    })
}

/// A part without any group.
fn written_out(part: &str) -> Vec<String> {
    let Some((before, group, behind)) = first_group(part) else { return vec![part.trim().to_owned()] };
    let rest = if behind.is_empty() { vec![String::new()] } else { written_out_behind(behind) };
    alternatives(group)
        .into_iter()
        .flat_map(written_out)
        .flat_map(|word| {
            rest.iter().map(move |rest| [before, &word, rest].concat().trim().to_owned()).collect::<Vec<_>>()
        })
        .collect()
}

/// What follows a group keeps the space in front of it.
fn written_out_behind(behind: &str) -> Vec<String> {
    let space = if behind.starts_with(' ') { " " } else { "" };
    written_out(behind).into_iter().map(|rest| [space, &rest].concat()).collect()
}

/// What stands before, inside and behind the first group.
fn first_group(part: &str) -> Option<(&str, &str, &str)> {
    let open = part.find('(')?;
    let mut depth = 0_u32;
    for (at, found) in part[open..].char_indices() {
        match found {
            '(' => depth += 1,
            ')' if depth == 1 => {
                return Some((&part[..open], &part[open + 1..open + at], &part[open + at + 1..]));
            }
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}

fn alternatives(group: &str) -> Vec<&str> {
    let (mut out, mut depth, mut from) = (Vec::new(), 0_u32, 0);
    for (at, found) in group.char_indices() {
        match found {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '|' if depth == 0 => {
                out.push(&group[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    out.push(&group[from..]);
    out
}

/// Words of a part; brackets hold alternatives together.
fn split_words(part: &str) -> Vec<&str> {
    let (mut words, mut depth, mut from) = (Vec::new(), 0_u32, 0);
    for (at, found) in part.char_indices() {
        match found {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ' ' | '-' if depth == 0 => {
                words.push(&part[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    words.push(&part[from..]);
    words.retain(|word| !word.is_empty());
    words
}

/// A letter or digit as nearly all wordings are written.
fn is_plain(c: char) -> bool {
    matches!(c, 'а'..='я' | 'a'..='z' | '0'..='9' | 'ә' | 'ғ' | 'қ' | 'ң' | 'ө' | 'ұ' | 'ү' | 'һ' | 'і')
}

/// `стем(а|ы)` as its forms.
fn expand(word: &str) -> Result<Vec<String>, String> {
    let Some((stem, rest)) = word.split_once('(') else {
        return if word.contains([')', '|']) {
            Err(format!("{word:?} has `)` or `|` without `(`"))
        } else {
            Ok(vec![word.to_owned()])
        };
    };
    let Some((ends, tail)) = rest.split_once(')').filter(|(_, tail)| tail.is_empty() || *tail == "*") else {
        return Err(format!("{word:?} must end with its `)` or `)*`"));
    };
    Ok(ends.split('|').map(|end| [stem, end.trim(), tail].concat()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::tokenise;

    fn matches(wording: &str, text: &str) -> bool {
        let mut builder = MatcherBuilder::default();
        builder.add(wording, &[], 0).expect("the notation is right");
        let folded = fold(text, std::slice::from_ref(&(0..text.len())));
        let tokens = tokenise(folded.as_str());
        let matcher = builder.build();
        !matcher.hits(&matcher.find(folded.as_str(), &tokens)).is_empty()
    }

    #[test]
    fn stems_ends_gaps_and_parts_are_found() {
        for (wording, text) in [
            ("отозв(ать|ал*) согласи*", "вправе отозвать согласие"),
            ("отозв(ать|ал*) … согласи*", "Пользователь отозвал своё данное ранее Согласие."),
            ("ip-адрес*", "IP‑адреса"),
            ("ip адрес*", "IP-адрес"),
            ("(сайт*|портал*) компани*", "порталов Компании"),
            ("обеспечива* & безопасност*", "Безопасность данных обеспечивается Оператором"),
            ("құқы*", "құқылы"),
            ("*ғанға дейін", "тоқтатылғанға дейін"),
            ("(храним|держим) … (в (тайне|секрете)|под замком)", "мы храним всё под замком"),
            ("шара* … (қолдан(ады|амыз)|жүзеге асыр(ады|ылады))", "шаралар жүзеге асырылады"),
        ] {
            assert!(matches(wording, text), "{wording} in {text}");
        }
        for (wording, text) in [
            ("отозвать согласие", "отозвать лицензию. Согласие дано"),
            ("отозвать … согласие", "отозвать лицензию. Согласие дано"),
            ("прав*", "управление"),
            ("тиіс", "тиісті шаралар"),
            ("обеспечива* & !безопасност*", "Безопасность данных обеспечивается"),
        ] {
            assert!(!matches(wording, text), "{wording} in {text}");
        }
    }

    #[test]
    fn broken_notation_is_named() {
        for wording in ["", "!слово", "сло(ва", "слово |", "… слово", "слово …", "*"]
        {
            assert!(MatcherBuilder::default().add(wording, &[], 0).is_err(), "{wording:?}");
        }
    }
}
