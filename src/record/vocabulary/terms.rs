//! Enumerations of deadlines and contacts.

use super::{ObligationKind, RightKind};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumIter, EnumString, IntoStaticStr};

/// What sort of term a deadline is.
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
pub enum DeadlineKind {
    /// A number and a unit.
    Duration,
    /// At once (ru: немедленно; kk: дереу).
    Immediate,
    /// Soon, without a number (ru: своевременно; kk: уақтылы).
    Prompt,
    /// Whenever one likes (ru: в любое время; kk: кез келген уақытта).
    AnyTime,
    /// Without end (ru: бессрочно; kk: мерзімсіз).
    Indefinite,
    /// Until or upon an event (ru: до достижения целей; kk: мақсаттарға жеткенге дейін).
    UntilEvent,
}

impl DeadlineKind {
    /// The id as it stands in JSON.
    pub fn id(self) -> &'static str {
        self.into()
    }
}

/// How days are counted.
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
pub enum DayType {
    /// Working days (ru: рабочих; kk: жұмыс күні).
    Business,
    /// Calendar days (ru: календарных; kk: күнтізбелік).
    Calendar,
    /// The text does not say.
    Unspecified,
}

impl DayType {
    /// The id as it stands in JSON.
    pub fn id(self) -> &'static str {
        self.into()
    }
}

/// Which side of a duration is fixed.
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
pub enum Bound {
    /// No longer, no later.
    Max,
    /// No shorter, no sooner.
    Min,
    /// Just that long.
    Exact,
}

impl Bound {
    /// The id as it stands in JSON.
    pub fn id(self) -> &'static str {
        self.into()
    }
}

/// Event that a deadline runs from or waits for.
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
pub enum Trigger {
    RequestReceived,
    ConsentReceived,
    ConsentWithdrawn,
    PurposeAchieved,
    ViolationDetected,
    InaccuracyConfirmed,
    DataReceived,
    Publication,
    ContractEnd,
    BreachDetected,
    Other,
    None,
}

impl Trigger {
    /// The id as it stands in JSON.
    pub fn id(self) -> &'static str {
        self.into()
    }
}

/// What sort of address a contact is.
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
pub enum ContactType {
    Email,
    Phone,
    Url,
    PostalAddress,
    Messenger,
}

impl ContactType {
    /// The id as it stands in JSON.
    pub fn id(self) -> &'static str {
        self.into()
    }
}

/// What a contact is for.
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
pub enum ContactPurpose {
    General,
    Inquiry,
    MarketingOptOut,
    ConsentWithdrawal,
    DataUpdate,
    Complaint,
    Website,
}

impl ContactPurpose {
    /// The id as it stands in JSON.
    pub fn id(self) -> &'static str {
        self.into()
    }
}

/// What a deadline is about: the kind of a right or an obligation, `retention` or `policy_validity`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Action(#[schemars(schema_with = "action_schema")] pub String);

fn action_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({ "anyOf": [
        generator.subschema_for::<ObligationKind>(),
        generator.subschema_for::<RightKind>(),
        { "enum": [Action::RETENTION, Action::POLICY_VALIDITY, Action::OTHER] },
    ] })
}

impl Action {
    /// How long data are kept or processed.
    pub const RETENTION: &'static str = "retention";
    /// How long the policy itself is in force.
    pub const POLICY_VALIDITY: &'static str = "policy_validity";
    /// Nothing more exact is known.
    pub const OTHER: &'static str = "other";
}
