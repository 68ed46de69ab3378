//! Enumerations of the document itself: languages, formats, nodes, legal forms.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumIter, EnumString, IntoStaticStr};

/// Language of an edition.
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
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Language {
    /// Russian.
    Ru,
    /// Kazakh.
    Kk,
    /// English: outlined, not classified.
    En,
    /// Kyrgyz: outlined, not classified.
    Ky,
    /// Another language, or too little text to tell.
    Unknown,
}

impl Language {
    /// The id as it stands in JSON.
    pub fn id(self) -> &'static str {
        self.into()
    }
}

/// Whose law a text or an act belongs to. Not a language: Russian text under Kazakh law is an ordinary case.
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
    EnumString,
    IntoStaticStr,
)]
#[serde(rename_all = "UPPERCASE")]
#[strum(serialize_all = "UPPERCASE")]
pub enum Jurisdiction {
    /// Kazakhstan.
    Kz,
    /// Russia.
    Ru,
    /// European Union.
    Eu,
}

impl Jurisdiction {
    /// The id as it stands in JSON and in front of an act's number: `KZ`, `RU`, `EU`.
    pub fn id(self) -> &'static str {
        self.into()
    }
}

/// Format of a document.
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
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[allow(missing_docs)] // each id has its definition in the lexicon; see `sayasat explain`
pub enum Format {
    Text,
    Markdown,
    Html,
    Docx,
    Pdf,
    Odt,
    Rtf,
}

impl Format {
    /// The id as it stands in JSON.
    pub fn id(self) -> &'static str {
        self.into()
    }
}

/// How the character encoding of a document was found out.
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
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum EncodingSource {
    /// A byte order mark says so.
    Bom,
    /// The document or its carrier names it.
    Declared,
    /// The bytes are valid UTF-8.
    Valid,
    /// It is the likeliest by the letters that come out.
    Guessed,
    /// The caller said so.
    Given,
    /// The format fixes it (DOCX, PDF).
    Container,
}

impl EncodingSource {
    /// The id as it stands in JSON.
    pub fn id(self) -> &'static str {
        self.into()
    }
}

/// What a unit of the outline is.
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
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum NodeKind {
    /// The policy's name, before the first section.
    Title,
    /// A top-level division: `1.`, `Раздел II`, `4-тарау`, `## Heading`.
    Section,
    /// A numbered unit inside: `3.2`, `3.2.4.`.
    Clause,
    /// An entry of a list.
    Item,
    /// Text without a marker that is a unit of its own.
    Paragraph,
    /// Page furniture: kept, never classified.
    Noise,
}

impl NodeKind {
    /// The id as it stands in JSON.
    pub fn id(self) -> &'static str {
        self.into()
    }
}

/// How grave a diagnostic is.
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
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Severity {
    /// Part of the document could not be read.
    Error,
    /// The document contradicts itself or is damaged.
    Warning,
    /// Worth knowing.
    Note,
}

impl Severity {
    /// The id as it stands in JSON.
    pub fn id(self) -> &'static str {
        self.into()
    }
}

/// Which registration number an identifier is.
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
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[allow(missing_docs)] // each id has its definition in the lexicon; see `sayasat explain`
pub enum IdentifierKind {
    Bin,
    Iin,
    Inn,
    Kpp,
    Ogrn,
    Ogrnip,
}

impl IdentifierKind {
    /// The id as it stands in JSON.
    pub fn id(self) -> &'static str {
        self.into()
    }
}

/// Legal form of the operator.
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
#[serde(rename_all = "UPPERCASE")]
#[strum(serialize_all = "UPPERCASE")]
#[allow(missing_docs)] // each id has its definition in the lexicon; see `sayasat explain`
pub enum LegalForm {
    Too,
    Ao,
    Ip,
    Ooo,
    Pao,
    Gu,
    Nao,
    Rgp,
    Kgu,
    Kgp,
    Pk,
    Oo,
    Fgbu,
    Mup,
    Ano,
    Nko,
    Se,
    Kt,
    Ltd,
    Llc,
    Inc,
    Gmbh,
    Sarl,
    Of,
}

impl LegalForm {
    /// The id as it stands in JSON.
    pub fn id(self) -> &'static str {
        self.into()
    }
}
