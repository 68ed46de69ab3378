//! Words as data: `grammar/lexicon/*.toml` and what their wordings match.
//!
//! A file holds concepts. A concept has an id and, for each role it plays in a text, wordings in both languages.
//! What a role means is said where the extractors use it (`src/extract`) and, for people, in ARCHITECTURE.md.

//!
//! The package's build script reads this file as well: it prepares the lexicon, so that a process need not.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use crate::language::Wordings;
use crate::language::{Matcher, MatcherBuilder, WordingError};

/// A concept of a lexicon file. What only people read of it (examples and wordings) [`Lexicon::load`] and [`concepts`] know;
/// [`Lexicon::shared`], which a process starts with, leaves it out.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Concept {
    /// Id, the same word as in the record's enumeration.
    pub id: String,
    /// Party that the concept is about, if it is about one only (`rights`, `obligations`).
    pub party: Option<String>,
    /// Further property whose meaning the file explains (`value` of a trigger, a recipient's service …).
    pub value: Option<String>,
    /// Concepts of the same file that a sentence does not give beside this one, since it says the same more narrowly.
    pub instead_of: Vec<String>,
    /// Sentences that must give the concept.
    #[serde(skip)]
    pub yes: Vec<String>,
    /// Sentences that must not.
    #[serde(skip)]
    pub no: Vec<String>,
    /// Sentences that should give the concept but do not yet; a test fails the day they do.
    #[serde(skip)]
    pub todo: Vec<String>,
    /// Wordings by role.
    #[serde(skip)]
    pub roles: BTreeMap<String, Wordings>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    concept: Vec<Written>,
}

/// A concept as its file writes it: roles stand beside the other keys.
#[derive(Debug, Deserialize)]
struct Written {
    id: String,
    party: Option<String>,
    value: Option<String>,
    #[serde(default)]
    instead_of: Vec<String>,
    #[serde(default)]
    yes: Vec<String>,
    #[serde(default)]
    no: Vec<String>,
    #[serde(default)]
    todo: Vec<String>,
    #[serde(flatten)]
    roles: BTreeMap<String, Wordings>,
}

impl From<Written> for Concept {
    fn from(written: Written) -> Self {
        let Written { id, party, value, instead_of, yes, no, todo, roles } = written;
        Self { id, party, value, instead_of, yes, no, todo, roles }
    }
}

/// What `~` stands for in either language: the endings of a verb's present.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Endings {
    ru: Vec<String>,
    kk: Vec<String>,
}

/// What a wording stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Entry {
    /// Index of the file in [`Lexicon::files`].
    pub file: usize,
    /// Index of the concept in its file.
    pub concept: usize,
    /// Index of the role in [`Lexicon::roles`].
    pub role: usize,
}

/// A lexicon file that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LexiconError {
    /// The TOML is broken or has unknown keys.
    #[error("{file}: {problem}")]
    Broken {
        /// Name of the file.
        file: String,
        /// What is wrong, with its line.
        problem: String,
    },
    /// A wording cannot be read.
    #[error("{file}: concept {concept}: {source}")]
    Wording {
        /// Name of the file.
        file: String,
        /// Id of the concept.
        concept: String,
        /// What is wrong.
        source: WordingError,
    },
    /// A user's file adds to a concept or a file that the program does not know.
    #[error("{file}: {what} {name:?} is unknown; known are {known}")]
    Unknown {
        /// Name of the file.
        file: String,
        /// `concept` or `file`.
        what: &'static str,
        /// The unknown name.
        name: String,
        /// What there is instead.
        known: String,
    },
}

/// All lexicon files and the matcher of their wordings.
#[derive(Debug, Serialize, Deserialize)]
pub struct Lexicon {
    /// Name and concepts of each file, in the order of [`FILES`].
    pub files: Vec<(String, Vec<Concept>)>,
    /// Names of all roles.
    pub roles: Vec<String>,
    /// What the numbers of the matcher's hits stand for.
    pub entries: Vec<Entry>,
    /// Finds the wordings.
    pub matcher: Matcher,
}

impl Lexicon {
    /// The built-in lexicon with more wordings: pairs of file name and TOML text. Each file holds tables named after
    /// built-in files, e.g. `[[rights]]`, with concepts that exist there and the wordings to add.
    ///
    /// # Errors
    /// When a file is broken or adds to something that does not exist.
    pub fn load(extra: &[(String, String)]) -> Result<Self, LexiconError> {
        let mut files = concepts()?;
        for (name, text) in extra {
            add(&mut files, name, text)?;
        }
        let mut roles: Vec<String> = files
            .iter()
            .flat_map(|(_, concepts)| concepts)
            .flat_map(|concept| concept.roles.keys().cloned())
            .collect();
        roles.sort_unstable();
        roles.dedup();
        let (name, text) = ENDINGS;
        let endings: Endings = toml::from_str(text).map_err(|problem| LexiconError::Broken {
            file: name.to_owned(),
            problem: problem.to_string(),
        })?;
        let (mut entries, mut builder) = (Vec::new(), MatcherBuilder::default());
        for (file, (name, concepts)) in files.iter().enumerate() {
            for (index, concept) in concepts.iter().enumerate() {
                for (role, wordings) in &concept.roles {
                    let role = roles.binary_search(role).unwrap_or_default();
                    let number = entries.len() as u32;
                    entries.push(Entry { file, concept: index, role });
                    let lists =
                        [(&wordings.ru, &*endings.ru), (&wordings.kk, &endings.kk), (&wordings.any, &[])];
                    for (list, endings) in lists {
                        for wording in list {
                            builder.add(wording, endings, number).map_err(|source| {
                                LexiconError::Wording {
                                    file: name.clone(),
                                    concept: concept.id.clone(),
                                    source,
                                }
                            })?;
                        }
                    }
                }
            }
        }
        Ok(Self { files, roles, entries, matcher: builder.build() })
    }

    /// Index of a file.
    pub fn file(&self, name: &str) -> Option<usize> {
        self.files.iter().position(|(file, _)| file == name)
    }

    /// Index of a role; a role that no file has gets an index that no entry has.
    pub fn role(&self, name: &str) -> usize {
        self.roles.binary_search_by(|role| role.as_str().cmp(name)).unwrap_or(usize::MAX)
    }

    /// Whether an entry is of a file and plays a role.
    pub fn is(&self, entry: Entry, file: &str, role: &str) -> bool {
        self.roles[entry.role] == role && self.files[entry.file].0 == file
    }

    /// The concept of an entry.
    pub fn concept(&self, entry: Entry) -> &Concept {
        &self.files[entry.file].1[entry.concept]
    }
}

/// Name and concepts of each built-in file, with wordings and examples.
///
/// # Errors
/// When a file is broken; the package's tests read them all.
pub fn concepts() -> Result<Vec<(String, Vec<Concept>)>, LexiconError> {
    let read = |(name, text): &(&str, &str)| {
        let file: File = toml::from_str(text).map_err(|problem| LexiconError::Broken {
            file: (*name).to_owned(),
            problem: problem.to_string(),
        })?;
        Ok(((*name).to_owned(), file.concept.into_iter().map(Concept::from).collect()))
    };
    FILES.iter().map(read).collect()
}

/// Adds a user's wordings to the concepts they name.
fn add(files: &mut [(String, Vec<Concept>)], name: &str, text: &str) -> Result<(), LexiconError> {
    let extra: BTreeMap<String, Vec<Written>> = toml::from_str(text)
        .map_err(|problem| LexiconError::Broken { file: name.to_owned(), problem: problem.to_string() })?;
    for (target, concepts) in extra {
        let known = files.iter().map(|(file, _)| file.as_str()).collect::<Vec<_>>().join(", ");
        let Some((_, own)) = files.iter_mut().find(|(file, _)| **file == *target) else {
            return Err(LexiconError::Unknown { file: name.to_owned(), what: "table", name: target, known });
        };
        for concept in concepts {
            let known = own.iter().map(|concept| concept.id.clone()).collect::<Vec<_>>().join(", ");
            let Some(found) = own.iter_mut().find(|known| {
                known.id == concept.id && known.party == concept.party.clone().or(known.party.clone())
            }) else {
                return Err(LexiconError::Unknown {
                    file: name.to_owned(),
                    what: "concept",
                    name: concept.id,
                    known,
                });
            };
            for (role, wordings) in concept.roles {
                let own = found.roles.entry(role).or_default();
                own.ru.extend(wordings.ru);
                own.kk.extend(wordings.kk);
                own.any.extend(wordings.any);
            }
        }
    }
    Ok(())
}

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        /// Name and text of each file under `grammar/lexicon/`.
        pub const FILES: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../grammar/lexicon/", $name, ".toml")))),*];
    };
}

files! {
    "actions",
    "contacts",
    "data",
    "data_subjects",
    "deadlines",
    "effective",
    "frame",
    "legal_bases",
    "legal_forms",
    "measures",
    "obligations",
    "operations",
    "operator",
    "parties",
    "processing",
    "purposes",
    "recipients",
    "rights",
    "services",
    "statements",
    "subject",
    "topics",
    "triggers",
}

/// Name and text of the file that says what `~` stands for.
const ENDINGS: (&str, &str) = ("grammar/endings.toml", include_str!("../../grammar/endings.toml"));
