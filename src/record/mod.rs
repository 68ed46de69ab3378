//! The typed record of a policy: what `sayasat` says about a text, and the JSON contract (`sayasat/1`).
//!
//! Field names and enumerations are stable. Spans count Unicode code points, as W3C Web Annotation does.

mod diagnostics;
mod facts;
mod filter;
mod vocabulary;

pub use diagnostics::*;
pub use facts::*;
pub use vocabulary::*;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Value of [`PolicyRecord::schema`].
pub const SCHEMA: &str = "sayasat/1";

/// Everything that was read from one document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(title = "PolicyRecord")]
pub struct PolicyRecord {
    /// Name and major version of this format: `sayasat/1`.
    #[schemars(extend("const" = SCHEMA))]
    pub schema: String,
    /// Where the text came from and how it was decoded.
    pub source: Source,
    /// Language versions of the policy inside the document, in the order of their first lines.
    pub editions: Vec<Edition>,
    /// What the policy says, layer by layer.
    pub facts: Facts,
    /// What is odd about the document, in the order of its lines.
    pub diagnostics: Vec<Diagnostic>,
}

/// Where the text came from and how it was decoded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// File name as given, `-` for standard input, empty for text given in memory.
    pub name: String,
    /// Format of the document.
    pub format: Format,
    /// Character encoding that the bytes were read in (WHATWG name, or `KZ-1048`).
    pub encoding: String,
    /// How the encoding was found out.
    pub encoding_source: EncodingSource,
    /// Length of the document in bytes.
    pub bytes: u64,
    /// SHA-256 of the document's bytes, lower-case hexadecimal.
    #[schemars(regex(pattern = "^[0-9a-f]{64}$"))]
    pub sha256: String,
    /// Unit of every offset in the record: always `unicode_code_point`.
    #[schemars(extend("const" = "unicode_code_point"))]
    pub offset_unit: String,
}

/// Words of the decoded text: a half-open range of code points and the lines it touches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Span {
    /// Offset of the first code point, from 0.
    pub start: usize,
    /// Offset behind the last code point.
    pub end: usize,
    /// Line of the first code point, from 1; lines end with `\n`.
    #[schemars(range(min = 1))]
    pub line: usize,
    /// Line of the last code point, from 1.
    #[schemars(range(min = 1))]
    pub end_line: usize,
}

/// One language version of the policy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Edition {
    /// Language of the edition.
    pub language: Language,
    /// Title as written, if the text has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Who determines the purposes and means of processing, as the text names them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operator: Option<Operator>,
    /// Since when the policy is in force, and its version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective: Option<Effective>,
    /// Country whose law it stands under, told by legal forms, registration numbers, telephones, hosts, acts and
    /// authorities; absent where no sign tells Kazakhstan from Russia.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jurisdiction: Option<Jurisdiction>,
    /// Outline: sections, clauses, items and the rest, in the order of the text.
    pub structure: Vec<Node>,
}

/// The operator (data controller; ru: оператор; kk: оператор, әкімшілік) of an edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Operator {
    /// Name as written, without the words of the legal form.
    pub name: String,
    /// Legal form as a code, e.g. `TOO` for ТОО or ЖШС; absent when the text gives none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_form: Option<LegalForm>,
    /// Defined names that the text uses afterwards, e.g. «Оператор».
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Registration numbers that stand with the name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identifiers: Vec<Identifier>,
    /// The words that name the operator.
    pub span: Span,
    /// Those words, white space folded.
    pub quote: String,
    /// Id of the node that they stand in.
    pub node: String,
}

/// A registration number of the operator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Identifier {
    /// Which number it is.
    pub kind: IdentifierKind,
    /// Its digits.
    pub value: String,
}

/// Date and version of an edition.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Effective {
    /// Date since when it is in force or was last updated, ISO 8601 (`2026-07-24`).
    #[schemars(regex(pattern = r"^\d{4}-\d{2}-\d{2}$"))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Version as written (`1.0`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The words that say so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

/// A unit of the outline. The own texts and markers of all nodes tile the non-blank text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Node {
    /// Identifier, unique in the record.
    pub id: String,
    /// What the unit is.
    pub kind: NodeKind,
    /// Normalised number or letter (`3.2.4`, `IV`, `а`); empty for unmarked nodes.
    pub label: String,
    /// The marker as it stands (` 3.2.4) `, `- `, `## `).
    pub marker: String,
    /// Heading of a section or heading-only clause, without its marker.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heading: Option<String>,
    /// Own text without the marker, white space folded.
    pub text: String,
    /// From the marker to the end of the last child.
    pub span: Span,
    /// Last line of the node's own text.
    #[schemars(range(min = 1))]
    pub own_end_line: usize,
    /// Pieces of the document that make up the marker and the own text, in order.
    pub own: Vec<Span>,
    /// Units inside this one, in the order of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<Node>,
}

/// Something odd about the document; never a failure of the program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Diagnostic {
    /// Stable name of the problem; `sayasat explain CODE` tells more.
    pub code: Code,
    /// How grave it is.
    pub severity: Severity,
    /// What was found, in English, with the words concerned.
    pub message: String,
    /// Where, if it has a place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}
