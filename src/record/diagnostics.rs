//! Codes of diagnostics. `grammar/lexicon/diagnostics.toml` explains each in three languages.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumIter, EnumString, IntoStaticStr};

use super::Severity;

/// Stable name of a problem, named after the problem and not after its remedy.
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
    JsonSchema,
    EnumIter,
    EnumString,
    IntoStaticStr,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[allow(missing_docs)] // each code has its definition in the lexicon; see `sayasat explain`
pub enum Code {
    EmptyDocument,
    BinaryContent,
    InvalidBytes,
    EncodingUncertain,
    LanguageUnsupported,
    NotAPolicy,
    LimitReached,
    NumberingGap,
    NumberingDuplicate,
    NumberingOrder,
    NumberTorn,
    SectionsMissing,
    HeadingCut,
    HeadingMissing,
    UrlMended,
    CitationMended,
    CitationOutdated,
    CitationForeign,
    NumberContradiction,
    ReferenceUnresolved,
    PlaceholderLeft,
    LookAlikeLetters,
    OperatorMissing,
    EditionsDiffer,
    TextUnreadable,
    TextHidden,
    TrackedChanges,
}

impl Code {
    /// The code as it stands in JSON.
    pub fn id(self) -> &'static str {
        self.into()
    }

    /// How grave the problem is.
    pub fn severity(self) -> Severity {
        use Code::{
            BinaryContent, CitationForeign, CitationMended, EditionsDiffer, EmptyDocument, HeadingCut,
            InvalidBytes, LanguageUnsupported, LimitReached, NotAPolicy, NumberContradiction,
            PlaceholderLeft, SectionsMissing, TextUnreadable, UrlMended,
        };
        match self {
            BinaryContent | InvalidBytes | LimitReached | TextUnreadable => Severity::Error,
            EmptyDocument | LanguageUnsupported | NotAPolicy | SectionsMissing | HeadingCut | UrlMended
            | CitationMended | CitationForeign | NumberContradiction | PlaceholderLeft | EditionsDiffer => {
                Severity::Warning
            }
            _ => Severity::Note,
        }
    }
}
