//! Enumerations of rights, obligations and data.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumIter, EnumString, IntoStaticStr};

/// Whom a right, an obligation or an address belongs to.
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
pub enum Party {
    /// Operator or controller, also its staff (ru: оператор; kk: оператор).
    Operator,
    /// Data subject, user, client, employee (ru: субъект; kk: субъект).
    DataSubject,
    /// Anybody else (ru: третье лицо; kk: үшінші тұлға).
    ThirdParty,
    /// State authority (ru: уполномоченный орган; kk: уәкілетті орган).
    Authority,
    /// Person responsible for personal data (ru: ответственное лицо; kk: жауапты тұлға).
    Dpo,
}

impl Party {
    /// The id as it stands in JSON.
    pub fn id(self) -> &'static str {
        self.into()
    }
}

/// What a right is a right to.
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
pub enum RightKind {
    Access,
    Rectification,
    Erasure,
    Restriction,
    Objection,
    WithdrawConsent,
    GiveConsent,
    Portability,
    AutomatedDecision,
    MarketingChoice,
    NotifyRecipients,
    Complaint,
    Compensation,
    LegalProtection,
    Inquiry,
    ProcessData,
    RequestData,
    ProcessWithoutConsent,
    DetermineMeasures,
    DelegateProcessing,
    ShareWithThirdParties,
    PublishData,
    AmendPolicy,
    SendMarketing,
    RestrictAccess,
    RefuseRequest,
    Other,
}

impl RightKind {
    /// The id as it stands in JSON.
    pub fn id(self) -> &'static str {
        self.into()
    }
}

/// How an obligation binds.
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
pub enum Modality {
    /// Has to (ru: обязан; kk: міндетті).
    Must,
    /// Has not to (ru: не вправе, запрещается; kk: тыйым салынады).
    MustNot,
    /// Says that it does or will (ru: обеспечивает; kk: қамтамасыз етеді).
    Undertakes,
}

impl Modality {
    /// The id as it stands in JSON.
    pub fn id(self) -> &'static str {
        self.into()
    }
}

/// What an obligation is an obligation to.
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
pub enum ObligationKind {
    ProvideInformation,
    RespondToRequests,
    NotifyAuthority,
    NotifySubject,
    NotifyRecipients,
    ReportBreach,
    PublishPolicy,
    PublishInformation,
    ProcessLawfully,
    ObtainConsent,
    ImplementSecurity,
    Confidentiality,
    Rectify,
    Restrict,
    EraseOrAnonymise,
    StopProcessing,
    StopTransfer,
    DataLocalisation,
    CrossBorderSafeguards,
    AppointOfficer,
    PurposeLimitation,
    DataMinimisation,
    NoDatabaseMerging,
    Accuracy,
    StorageLimitation,
    StoreData,
    NoAutomatedDecision,
    UpdatePolicy,
    ProvideAccurateData,
    NotifyChanges,
    ReadDocuments,
    ComplyWithPolicy,
    Liability,
    Other,
}

impl ObligationKind {
    /// The id as it stands in JSON.
    pub fn id(self) -> &'static str {
        self.into()
    }
}

/// A category of personal or other data.
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
pub enum DataCategory {
    Name,
    BirthDate,
    BirthPlace,
    Age,
    Gender,
    Citizenship,
    IdentityDocument,
    NationalId,
    TaxId,
    SocialInsuranceId,
    OrganisationId,
    OrganisationName,
    OrganisationAddress,
    Email,
    Phone,
    PostalAddress,
    SocialAccount,
    Photo,
    Video,
    Voice,
    Signature,
    Biometric,
    Health,
    Genetic,
    RaceEthnicity,
    PoliticalOpinion,
    ReligionBelief,
    IntimateLife,
    CriminalRecord,
    FamilyStatus,
    Relatives,
    Education,
    JobTitle,
    Employment,
    Income,
    BankAccount,
    PaymentCard,
    PaymentData,
    Transactions,
    Property,
    Vehicle,
    MilitaryRecord,
    IpAddress,
    MacAddress,
    DeviceId,
    Cookies,
    Browser,
    OperatingSystem,
    AccessTime,
    Location,
    BrowsingBehaviour,
    UsageStatistics,
    Credentials,
    UserContent,
    Preferences,
    SpecialCategories,
    Other,
}

impl DataCategory {
    /// The id as it stands in JSON.
    pub fn id(self) -> &'static str {
        self.into()
    }
}

/// Whether the text says that data are processed.
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
pub enum DataStatus {
    /// Collected, stored, used or published.
    Processed,
    /// Said not to be.
    NotProcessed,
}

impl DataStatus {
    /// The id as it stands in JSON.
    pub fn id(self) -> &'static str {
        self.into()
    }
}
