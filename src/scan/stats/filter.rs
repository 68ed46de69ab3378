//! Conditions that narrow a survey: `jurisdiction=KZ`, `right=erasure`, `operator!=yes`.

use std::str::FromStr;

use strum::{EnumIter, EnumString, IntoEnumIterator as _, IntoStaticStr};

use super::{Profile, Thing};
use crate::record::{ContactType, DataCategory, Format, Language, RightKind};
use crate::scan::jurisdiction::Jurisdiction;

/// One condition; a document has to meet all that are given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    key: Key,
    value: String,
    negated: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, EnumString, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
enum Key {
    /// `KZ`, `RU`, `unknown`.
    Jurisdiction,
    /// `kk`, or all of them in order: `kk+ru`.
    Language,
    /// Format of the document: `html`.
    Format,
    /// A right of the data subject: `erasure`.
    Right,
    /// A category of data that is processed: `biometric`.
    Data,
    /// An act: `KZ:94-V`.
    Cites,
    /// A type of contact: `email`; `any`.
    Contact,
    /// A term: `P30D`, `P3D business`, `indefinite`.
    Term,
    /// `yes` or `no`.
    Operator,
    /// `yes` or `no`.
    UnlimitedRetention,
    /// `yes` or `no`.
    Policy,
}

/// A condition that is not understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is no condition: write KEY=VALUE or KEY!=VALUE with one of the keys {keys}{hint}")]
pub struct ConditionError {
    text: String,
    keys: String,
    hint: &'static str,
}

impl FromStr for Condition {
    type Err = ConditionError;

    fn from_str(text: &str) -> Result<Self, ConditionError> {
        let refuse = |hint| {
            let keys: Vec<&str> = Key::iter().map(<&str>::from).collect();
            ConditionError { text: text.to_owned(), keys: keys.join(", "), hint }
        };
        let (key, value) = text.split_once('=').ok_or_else(|| refuse(""))?;
        let (key, negated) = match key.strip_suffix('!') {
            Some(key) => (key, true),
            None => (key, false),
        };
        let key: Key = key.trim().parse().map_err(|_| refuse(""))?;
        let value = value.trim().to_owned();
        let is_yes_or_no = matches!(key, Key::Operator | Key::UnlimitedRetention | Key::Policy);
        if is_yes_or_no && !matches!(value.as_str(), "yes" | "no") {
            return Err(refuse("; this one is yes or no"));
        }
        // A value that nothing can have would count nothing and look like an answer.
        let (is_known, hint) = match key {
            Key::Jurisdiction => {
                let known = Jurisdiction::iter().any(|known| known.id().eq_ignore_ascii_case(&value));
                (known, "; this one is KZ, RU or unknown")
            }
            Key::Language => {
                let is_known = |id: &str| id == "unknown" || id.parse::<Language>().is_ok();
                (value.split('+').all(is_known), "; this one is kk, ru, kk+ru …")
            }
            Key::Format => (value.parse::<Format>().is_ok(), "; this one is text, html, docx, pdf …"),
            Key::Right => {
                (value.parse::<RightKind>().is_ok(), "; `sayasat explain` lists the kinds of rights")
            }
            Key::Data => {
                (value.parse::<DataCategory>().is_ok(), "; `sayasat explain` lists the categories of data")
            }
            Key::Contact => {
                let known = value == "any" || value.parse::<ContactType>().is_ok();
                (known, "; this one is any, email, phone …")
            }
            _ => (true, ""),
        };
        if !is_known {
            return Err(refuse(hint));
        }
        Ok(Self { key, value, negated })
    }
}

impl Condition {
    pub(super) fn holds(&self, profile: &Profile) -> bool {
        let value = self.value.as_str();
        let is = |yes: bool| yes == (value == "yes");
        let says = |thing: Thing| profile.says.contains_key(&thing);
        let found = match self.key {
            Key::Jurisdiction => profile.jurisdiction.id().eq_ignore_ascii_case(value),
            Key::Language if value.contains('+') => profile.languages == value,
            Key::Language => profile.languages.split('+').any(|language| language == value),
            Key::Format => profile.format == value,
            Key::Right => says(Thing::Right(value.to_owned())),
            Key::Data => says(Thing::Data(value.to_owned())),
            Key::Cites => says(Thing::Act(value.to_owned())),
            Key::Contact if value == "any" => {
                profile.says.keys().any(|thing| matches!(thing, Thing::Contact(_)))
            }
            Key::Contact => says(Thing::Contact(value.to_owned())),
            Key::Term => profile.says.keys().any(|thing| {
                matches!(thing, Thing::Term(term) if term == value || term.split(' ').next() == Some(value))
            }),
            Key::Operator => is(profile.names_operator),
            Key::UnlimitedRetention => is(says(Thing::UnlimitedRetention)),
            Key::Policy => is(profile.is_policy),
        };
        found != self.negated
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_read_and_hold() {
        let mut profile = Profile::new(true, Jurisdiction::Kz, "kk+ru".to_owned());
        profile.say(Thing::Term("P3D business".to_owned()));
        for (text, expected) in [
            ("jurisdiction=kz", true),
            ("jurisdiction!=KZ", false),
            ("language=ru", true),
            ("language=ru+kk", false),
            ("term=P3D", true),
            ("operator=no", true),
            ("right!=erasure", true),
        ] {
            let condition: Condition = text.parse().expect(text);
            assert_eq!(condition.holds(&profile), expected, "{text}");
        }
        for text in
            ["kz", "country=KZ", "operator=maybe", "right=forget", "jurisdiction=US", "language=kk+xx"]
        {
            assert!(text.parse::<Condition>().is_err(), "{text}");
        }
    }
}
