//! The mark `~` of wordings: the endings of a verb's present, from `grammar/endings.toml`.

use serde::Deserialize;

use super::LexiconError;

const NAME: &str = "grammar/endings.toml";
const TEXT: &str = include_str!("../../grammar/endings.toml");

/// What `~` stands for in either language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Endings {
    pub(super) ru: Vec<String>,
    pub(super) kk: Vec<String>,
}

impl Endings {
    pub(super) fn load() -> Result<Self, LexiconError> {
        toml::from_str(TEXT)
            .map_err(|problem| LexiconError::Broken { file: NAME.to_owned(), problem: problem.to_string() })
    }
}
