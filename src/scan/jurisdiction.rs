//! Country whose law a policy stands under, as a scan groups by it: what the editions of its record say together.

use serde::{Deserialize, Serialize};
use strum::{EnumIter, EnumString, IntoStaticStr};

use crate::record;

/// Country whose law a policy stands under.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    EnumIter,
    EnumString,
    IntoStaticStr,
)]
pub enum Jurisdiction {
    /// Kazakhstan.
    #[serde(rename = "KZ")]
    #[strum(serialize = "KZ")]
    Kz,
    /// Russia.
    #[serde(rename = "RU")]
    #[strum(serialize = "RU")]
    Ru,
    /// No edition has a sign of either, or they contradict each other.
    #[serde(rename = "unknown")]
    #[strum(serialize = "unknown")]
    Unknown,
}

impl Jurisdiction {
    /// The id as it stands in JSON and in the database.
    pub fn id(self) -> &'static str {
        self.into()
    }
}

/// The jurisdiction of a document, from what its editions say.
pub fn of(editions: impl IntoIterator<Item = Option<record::Jurisdiction>>) -> Jurisdiction {
    let mut told = editions.into_iter().flatten();
    let first = told.next().filter(|first| told.all(|other| other == *first));
    match first {
        Some(record::Jurisdiction::Kz) => Jurisdiction::Kz,
        Some(record::Jurisdiction::Ru) => Jurisdiction::Ru,
        Some(record::Jurisdiction::Eu) | None => Jurisdiction::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use record::Jurisdiction::{Kz, Ru};

    #[test]
    fn editions_that_agree_decide_and_those_without_signs_do_not_count() {
        assert_eq!(of([Some(Kz), None, Some(Kz)]), Jurisdiction::Kz);
        assert_eq!(of([None, Some(Ru)]), Jurisdiction::Ru);
        assert_eq!(of([Some(Kz), Some(Ru)]), Jurisdiction::Unknown);
        assert_eq!(of([None]), Jurisdiction::Unknown);
    }
}
