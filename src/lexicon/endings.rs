//! The mark `~` of wordings: the endings of a verb's present, from `grammar/endings.toml`.

use std::borrow::Cow;

use serde::Deserialize;

use super::LexiconError;

const NAME: &str = "grammar/endings.toml";
const TEXT: &str = include_str!("../../grammar/endings.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    ru: Vec<String>,
    kk: Vec<String>,
}

/// What `~` stands for, in the notation of wordings: `(ет|ют|…)`.
pub(super) struct Endings {
    pub(super) ru: String,
    pub(super) kk: String,
}

impl Endings {
    pub(super) fn load() -> Result<Self, LexiconError> {
        let lists: Lists = toml::from_str(TEXT).map_err(|problem| LexiconError::Broken {
            file: NAME.to_owned(),
            problem: problem.to_string(),
        })?;
        let group = |endings: &[String]| format!("({})", endings.join("|"));
        Ok(Self { ru: group(&lists.ru), kk: group(&lists.kk) })
    }
}

/// A wording with each `~` written out.
pub(super) fn written_out<'a>(wording: &'a str, endings: &str) -> Cow<'a, str> {
    if wording.contains('~') { wording.replace('~', endings).into() } else { wording.into() }
}
