//! The facts of a record, one type a layer.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Action, Bound, ContactPurpose, ContactType, DataCategory, DataStatus, DataSubject, DayType, DeadlineKind,
    LegalBasis, Measure, Modality, ObligationKind, Operation, Party, Purpose, Recipient, RightKind, Span,
    Trigger,
};

/// All facts, layer by layer, each in the order of the text.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Facts {
    /// What somebody may do (ru: права; kk: құқықтар).
    pub rights: Vec<Fact<Right>>,
    /// What somebody must do, must not do, or undertakes to do (ru: обязанности; kk: міндеттер).
    pub obligations: Vec<Fact<Obligation>>,
    /// Which data are or are not processed (ru: категории данных; kk: деректер санаттары).
    pub data_categories: Vec<Fact<Data>>,
    /// How long or by when (ru: сроки; kk: мерзімдер).
    pub deadlines: Vec<Fact<Deadline>>,
    /// Addresses of every kind (ru: контакты; kk: байланыстар).
    pub contacts: Vec<Fact<Contact>>,
    /// Terms that the text defines (ru: определения; kk: анықтамалар).
    pub definitions: Vec<Fact<Definition>>,
    /// Laws and other acts that the text names (ru: ссылки на акты; kk: актілерге сілтемелер).
    pub citations: Vec<Fact<Citation>>,
    /// Places where the text refers to its own clauses (ru: внутренние ссылки; kk: ішкі сілтемелер).
    pub references: Vec<Fact<Reference>>,
    /// What data are processed for (ru: цели; kk: мақсаттар).
    pub purposes: Vec<Fact<Typed<Purpose>>>,
    /// On what ground (ru: правовые основания; kk: құқықтық негіздер).
    pub legal_bases: Vec<Fact<Typed<LegalBasis>>>,
    /// Whose data (ru: субъекты; kk: субъектілер).
    pub data_subjects: Vec<Fact<Typed<DataSubject>>>,
    /// To whom data are passed (ru: получатели; kk: алушылар).
    pub recipients: Vec<Fact<Typed<Recipient>>>,
    /// How data are protected (ru: меры; kk: шаралар).
    pub measures: Vec<Fact<Typed<Measure>>>,
    /// What is done with data (ru: действия; kk: әрекеттер).
    pub operations: Vec<Fact<Typed<Operation>>>,
}

/// A fact with its evidence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "{T}Fact")]
pub struct Fact<T> {
    /// Identifier, unique in the record.
    pub id: String,
    /// Index of the edition it was read in.
    pub edition: usize,
    /// Id of the node it stands in.
    pub node: String,
    /// The words it was read from.
    pub span: Span,
    /// Those words, white space folded.
    pub quote: String,
    /// Lexicon entries and rules that fired, e.g. `rights/erasure`, `frame/right`.
    pub cues: Vec<String>,
    /// How sure the reading is, from 0 to 1.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub confidence: f64,
    /// Condition or exception on which the fact depends, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    /// What the fact says.
    #[serde(flatten)]
    pub value: T,
}

/// A right: its holder may do something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Right {
    /// Who has the right.
    pub holder: Party,
    /// What it is a right to.
    pub kind: RightKind,
}

/// An obligation: its bearer must, must not, or undertakes to do something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Obligation {
    /// Who is bound.
    pub bearer: Party,
    /// How strongly and in which direction.
    pub modality: Modality,
    /// What it is an obligation to.
    pub kind: ObligationKind,
}

/// A category of data that is or is not processed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Data {
    /// Which data.
    pub kind: DataCategory,
    /// Whether the text says that they are processed.
    pub status: DataStatus,
}

/// A term, date or event that limits an act or a state in time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Deadline {
    /// What sort of term it is.
    pub kind: DeadlineKind,
    /// ISO 8601 duration (`P30D`, `PT24H`); empty unless `kind` is `duration`.
    #[schemars(regex(pattern = r"^(P(\d+[YMWD])*(T(\d+[HMS])+)?)?$"))]
    pub iso: String,
    /// How days are counted; empty unless the duration is in days.
    #[serde(default, with = "optional_as_empty")]
    #[schemars(schema_with = "optional_as_empty::schema::<DayType>")]
    pub day_type: Option<DayType>,
    /// Whether the duration is a maximum, a minimum or exact; empty unless `kind` is `duration`.
    #[serde(default, with = "optional_as_empty")]
    #[schemars(schema_with = "optional_as_empty::schema::<Bound>")]
    pub bound: Option<Bound>,
    /// Event that the term runs from or waits for.
    pub trigger: Trigger,
    /// What has to happen in that time.
    pub action: Action,
    /// Id of the right or obligation that the term belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applies_to: Option<String>,
}

/// An address: e-mail, phone, web or postal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Contact {
    /// What sort of address.
    #[serde(rename = "type")]
    pub kind: ContactType,
    /// Normalised value: e-mail and host in lower case, phone in E.164, URL mended.
    pub value: String,
    /// Whose address it is.
    pub party: Party,
    /// What it is for.
    pub purpose: ContactPurpose,
}

/// A term and the words that give its meaning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Definition {
    /// The term as written, without quotes and asterisks.
    pub term: String,
    /// What it is said to mean; empty for an alias.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub meaning: String,
}

/// A law or another act that the text names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Citation {
    /// Country and number or name: `KZ:94-V`, `RU:152-FZ`, `KZ:constitution`, `KZ:?`.
    pub act: String,
    /// Number as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Date of the act, ISO 8601.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Title as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Article, paragraph or part as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
}

/// A reference to a clause of the same text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reference {
    /// Label of the clause as written (`4.9`).
    pub label: String,
    /// Id of that node, or nothing if the text has no such clause.
    pub target: Option<String>,
}

/// A fact that says one thing only: its kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "{K}")]
pub struct Typed<K> {
    /// Which one.
    pub kind: K,
    /// Name, country or other detail as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// False when the text denies it.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub stated: bool,
}

fn yes() -> bool {
    true
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde asks for a reference
fn is_yes(stated: &bool) -> bool {
    *stated
}

/// Writes nothing as an empty string and reads it back.
mod optional_as_empty {
    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error, de::IntoDeserializer};

    pub(super) fn schema<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [generator.subschema_for::<T>(), { "const": "" }] })
    }

    pub(super) fn serialize<T: Serialize, S: Serializer>(
        value: &Option<T>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => value.serialize(to),
            None => to.serialize_str(""),
        }
    }

    pub(super) fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<T>, D::Error> {
        let text = String::deserialize(from)?;
        if text.is_empty() {
            return Ok(None);
        }
        let text: serde::de::value::StringDeserializer<D::Error> = text.into_deserializer();
        T::deserialize(text).map(Some).map_err(D::Error::custom)
    }
}
