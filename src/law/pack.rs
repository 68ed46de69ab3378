//! What the files of the law pack hold and what their wordings stand for.
//!
//! The package's build script reads this file as well: it prepares the pack, so that a process need not.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::language::{Matcher, MatcherBuilder, Token, Wordings};
use crate::record::Jurisdiction;

const COUNTRIES: [(&str, &str); 3] = [
    ("kz", include_str!("../../grammar/law/kz.toml")),
    ("ru", include_str!("../../grammar/law/ru.toml")),
    ("eu", include_str!("../../grammar/law/eu.toml")),
];
const WORDS: &str = include_str!("../../grammar/law/words.toml");

/// An act of the pack.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Act {
    /// Country and number: `KZ:94-V`.
    pub id: String,
    /// Number in normal form: `94-V`, `152-FZ`, `395/NQ`.
    pub number: String,
    /// Date of the act, ISO 8601.
    pub date: String,
    /// Since when the act bears its present title, if it had another.
    #[serde(default)]
    pub renamed: Option<String>,
    /// Names that stand for it without a kind, number or country.
    #[serde(default)]
    pub name: Wordings,
    /// Its title.
    #[serde(default)]
    pub title: Wordings,
    /// What texts shorten its title to.
    #[serde(default)]
    pub short: Wordings,
    /// Titles it had before.
    #[serde(default)]
    pub former: Wordings,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Country {
    country: Jurisdiction,
    names: Wordings,
    #[serde(default)]
    kinds: BTreeMap<Kind, Wordings>,
    #[serde(default)]
    signs: BTreeMap<String, Wordings>,
    act: Vec<Act>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct General {
    kind: Vec<Kinds>,
    name: Vec<Named>,
    unnamed: Vec<Named>,
    state: Wordings,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kinds {
    id: Kind,
    ru: Vec<String>,
    kk: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    id: String,
    #[serde(default)]
    ru: Vec<String>,
    #[serde(default)]
    kk: Vec<String>,
    #[serde(default)]
    short: Vec<String>,
}

/// How a title belongs to its act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum TitleKind {
    /// The title in force.
    Full,
    /// A shortened one.
    Short,
    /// One that the act had before.
    Former,
}

/// What kind of act a word stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Закон, заң.
    Law,
    /// Законы, заңдар: each needs a title of its own.
    Laws,
    /// Кодекс.
    Code,
    /// Приказ, бұйрық.
    Order,
    /// Постановление, указ; қаулы, жарлық.
    Decree,
    /// Регламент, директива.
    Regulation,
}

/// What a wording of the pack stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Word {
    /// A kind of act, where it stands, and the country, if only one has it.
    Kind(Kind, Leads, Option<Jurisdiction>),
    /// An act that a country has one of, by its index in [`Law::names`]; abbreviations need the country beside them.
    Name(usize, Spelling),
    /// An act that cannot be identified.
    Unnamed,
    /// The title of an act, by its index in [`Law::acts`].
    Title(usize, TitleKind),
    /// An act that needs no other words.
    Act(usize),
    /// The country's name.
    Country(Jurisdiction),
    /// Shows the country of the operator.
    Identity(Jurisdiction),
    /// An authority of the country.
    Authority(Jurisdiction),
    /// Some body of the state: its orders are acts, those of a company are not.
    State,
}

/// Where a kind stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Leads {
    /// Before number and title.
    First,
    /// Behind them.
    Last,
}

/// How a name is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Spelling {
    /// In words.
    Full,
    /// `ГК`, `ТК`.
    Abbreviated,
}

/// A wording of the pack in a text; the range counts tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordFound {
    /// What it stands for.
    pub word: Word,
    /// Where.
    pub tokens: std::ops::Range<usize>,
}

/// The law pack.
#[derive(Debug, Serialize, Deserialize)]
pub struct Law {
    /// All acts.
    pub acts: Vec<Act>,
    /// Country of each act.
    pub countries: Vec<Jurisdiction>,
    /// Ids of the acts that a country has one of.
    pub names: Vec<String>,
    words: Vec<Word>,
    matcher: Matcher,
}

/// Collects wordings and what they stand for.
#[derive(Default)]
struct Collected {
    words: Vec<Word>,
    builder: MatcherBuilder,
}

impl Collected {
    fn add(&mut self, word: Word, wordings: &[&[String]]) {
        let owner = self.words.len() as u32;
        self.words.push(word);
        for wording in wordings.iter().copied().flatten() {
            self.builder.add(wording, &[], owner).expect("grammar/law holds wordings");
        }
    }

    fn words(&mut self, word: Word, words: &Wordings) {
        self.add(word, &[&words.ru, &words.kk, &words.any]);
    }
}

impl Law {
    /// Reads the files of the pack.
    ///
    /// # Panics
    /// When one is broken: the build fails then.
    pub fn load() -> Self {
        let general: General = toml::from_str(WORDS).expect("grammar/law/words.toml is well-formed");
        let mut found = Collected::default();
        for kind in &general.kind {
            found.add(Word::Kind(kind.id, Leads::First, None), &[&kind.ru]);
            found.add(Word::Kind(kind.id, Leads::Last, None), &[&kind.kk]);
        }
        found.words(Word::State, &general.state);
        for (index, name) in general.name.iter().enumerate() {
            found.add(Word::Name(index, Spelling::Full), &[&name.ru, &name.kk]);
            found.add(Word::Name(index, Spelling::Abbreviated), &[&name.short]);
        }
        for rules in &general.unnamed {
            found.add(Word::Unnamed, &[&rules.ru, &rules.kk]);
        }
        let (mut acts, mut countries) = (Vec::new(), Vec::new());
        for (file, text) in COUNTRIES {
            let country: Country = toml::from_str(text)
                .unwrap_or_else(|problem| panic!("grammar/law/{file}.toml is well-formed: {problem}"));
            let jurisdiction = country.country;
            found.words(Word::Country(jurisdiction), &country.names);
            for (&kind, words) in &country.kinds {
                found.add(Word::Kind(kind, Leads::First, Some(jurisdiction)), &[&words.ru, &words.any]);
                found.add(Word::Kind(kind, Leads::Last, Some(jurisdiction)), &[&words.kk]);
            }
            for (sign, words) in &country.signs {
                let word = if sign == "authority" { Word::Authority } else { Word::Identity };
                found.words(word(jurisdiction), words);
            }
            for act in country.act {
                let index = acts.len();
                found.words(Word::Act(index), &act.name);
                found.words(Word::Title(index, TitleKind::Full), &act.title);
                found.words(Word::Title(index, TitleKind::Short), &act.short);
                found.words(Word::Title(index, TitleKind::Former), &act.former);
                acts.push(act);
                countries.push(jurisdiction);
            }
        }
        Self {
            acts,
            countries,
            names: general.name.into_iter().map(|name| name.id).collect(),
            words: found.words,
            matcher: found.builder.build(),
        }
    }

    /// Wordings of the pack in a folded text.
    pub fn find(&self, folded: &str, tokens: &[Token]) -> Vec<WordFound> {
        self.matcher
            .hits(&self.matcher.find(folded, tokens))
            .into_iter()
            .map(|hit| WordFound { word: self.words[hit.owner as usize], tokens: hit.tokens })
            .collect()
    }

    /// The act with a number in normal form.
    pub fn by_number(&self, country: Jurisdiction, number: &str) -> Option<usize> {
        (0..self.acts.len()).find(|&act| self.countries[act] == country && self.acts[act].number == number)
    }
}
