//! Wordings: the small notation in which data files say what a text may say.
//!
//! * words are separated by spaces; `отозва*` stands for every word that begins so, `*ғанға` for every one that ends so, `отозв(ать|ал*)` for several ends,
//!   `(сайт*|портал*|веб сайт*)` for several words;
//! * `собира~` stands for the stem with each of the endings that the builder was given (`grammar/endings.toml`);
//! * `…` stands for up to eight words, or for none;
//! * `&` joins parts that must stand in one segment in any order; a part behind `!` must not stand in it.
//!
//! A hyphen counts as a space, letters are folded.

use std::collections::{BTreeSet, HashMap};

use daachorse::CharwiseDoubleArrayAhoCorasickBuilder;
use foldhash::fast::FixedState;
use serde::{Deserialize, Serialize};

use super::fold;
use super::matcher::{Element, Lists, Matcher, Parts, Pattern, Step};

/// Most words that `…` stands for.
const GAP: u8 = 8;

/// Wordings of one thing by language, as data files hold them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wordings {
    /// In Russian.
    #[serde(default)]
    pub ru: Vec<String>,
    /// In Kazakh.
    #[serde(default)]
    pub kk: Vec<String>,
    /// In any language: names and marks.
    #[serde(default)]
    pub any: Vec<String>,
}

/// A wording that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("wording {wording:?}: {problem}")]
pub struct WordingError {
    /// The wording as written.
    pub wording: String,
    /// What is wrong with it.
    pub problem: String,
}

/// Which part of a word a literal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Part {
    Whole,
    Beginning,
    End,
}

/// Collects wordings.
#[derive(Debug, Default)]
pub struct MatcherBuilder {
    /// Where each string of letters stands in `strings`.
    places: HashMap<String, u32, FixedState>,
    strings: Vec<Parts>,
    /// How many literals there are.
    literals: u32,
    /// Sets of literals, any of which will do for a word.
    sets: HashMap<Vec<u32>, u32, FixedState>,
    sequences: HashMap<Vec<Element>, u32, FixedState>,
    /// Number that a wording was added under, parts that must stand, parts that must not.
    patterns: Vec<(u32, Vec<u32>, Vec<u32>)>,
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
        self.patterns.extend(all.into_iter().map(|all| (owner, all, none.clone())));
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
            let next = self.sets.len() as u32;
            elements.push(Element { set: *self.sets.entry(literals).or_insert(next), gap });
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
        let by_id = |ids: HashMap<Vec<u32>, u32, FixedState>| {
            let mut lists = vec![Vec::new(); ids.len()];
            for (list, id) in ids {
                lists[id as usize] = list;
            }
            lists
        };
        let mut sets = by_id(self.sets);
        for set in &mut sets {
            set.sort_unstable();
        }
        let mut starting = vec![Vec::new(); self.literals as usize];
        let mut gapped = starting.clone();
        let mut leading = vec![Vec::new(); self.sequences.len()];
        let mut sequences: Vec<(Vec<Element>, u32)> = self.sequences.into_iter().collect();
        sequences.sort_unstable_by_key(|(_, id)| *id);
        // The tree of sequences; the first elements lead to its roots.
        let (mut steps, mut whole): (Vec<Vec<Step>>, Vec<Option<u32>>) = (Vec::new(), Vec::new());
        let mut places: HashMap<(Option<u32>, Element), u32, FixedState> = HashMap::default();
        for (elements, id) in sequences {
            let mut from = None;
            for element in elements {
                let next = steps.len() as u32;
                let to = *places.entry((from, element)).or_insert(next);
                if to == next {
                    steps.push(Vec::new());
                    whole.push(None);
                    match from {
                        Some(from) => steps[from as usize].push(Step { element, to }),
                        None => {
                            for &literal in &sets[element.set as usize] {
                                starting[literal as usize].push(to);
                            }
                        }
                    }
                }
                from = Some(to);
            }
            if let Some(last) = from {
                whole[last as usize] = Some(id);
            }
        }
        let far: BTreeSet<u32> =
            steps.iter().flatten().filter(|step| step.element.gap > 0).map(|step| step.element.set).collect();
        for set in far {
            for &literal in &sets[set as usize] {
                gapped[literal as usize].push(set);
            }
        }
        let (mut patterns, mut parts) = (Vec::new(), Vec::new());
        for (index, (owner, all, none)) in self.patterns.into_iter().enumerate() {
            leading[all[0] as usize].push(index as u32);
            patterns.push(Pattern { owner, all: all.len() as u32 - 1 });
            parts.push([&all[1..], &none].concat());
        }
        Matcher {
            automaton,
            literals: self.strings,
            sets: Lists::new(&sets),
            gapped: Lists::new(&gapped),
            steps: Lists::new(&steps),
            whole,
            starting: Lists::new(&starting),
            leading: Lists::new(&leading),
            patterns,
            parts: Lists::new(&parts),
        }
    }
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
