//! The closed enumerations of the record. Ids in JSON, in `grammar/lexicon/*.toml` and in gold are the same words.

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

/// What data are processed for.
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
pub enum Purpose {
    ServiceProvision,
    AccountManagement,
    ContractPerformance,
    Communication,
    CustomerSupport,
    Marketing,
    Analytics,
    ServiceImprovement,
    Personalisation,
    SecurityFraudPrevention,
    LegalCompliance,
    HrRecruitment,
    PaymentProcessing,
    Delivery,
    ResearchStatistics,
    LegalClaims,
    Identification,
    Other,
}

impl Purpose {
    /// The id as it stands in JSON.
    pub fn id(self) -> &'static str {
        self.into()
    }
}

/// On what ground data are processed.
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
pub enum LegalBasis {
    Consent,
    Contract,
    LegalObligation,
    LegitimateInterest,
    VitalInterest,
    PublicInterest,
    PubliclyAvailable,
    Judicial,
    Other,
}

impl LegalBasis {
    /// The id as it stands in JSON.
    pub fn id(self) -> &'static str {
        self.into()
    }
}

/// Whose data are processed.
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
pub enum DataSubject {
    User,
    Visitor,
    Customer,
    Employee,
    FormerEmployee,
    Candidate,
    Relative,
    Counterparty,
    CounterpartyRepresentative,
    Child,
    Patient,
    Student,
    ParentGuardian,
    Subscriber,
    Other,
}

impl DataSubject {
    /// The id as it stands in JSON.
    pub fn id(self) -> &'static str {
        self.into()
    }
}

/// To whom data are passed.
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
pub enum Recipient {
    StateAuthority,
    Court,
    ServiceProvider,
    PaymentProvider,
    DeliveryProvider,
    AnalyticsProvider,
    AdvertisingPartner,
    HostingProvider,
    Affiliate,
    Partner,
    Employee,
    Successor,
    Bank,
    Public,
    Other,
}

impl Recipient {
    /// The id as it stands in JSON.
    pub fn id(self) -> &'static str {
        self.into()
    }
}

/// How data are protected.
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
pub enum Measure {
    AccessControl,
    ResponsiblePerson,
    StaffTraining,
    Encryption,
    Antivirus,
    Firewall,
    Backup,
    LoggingAudit,
    PhysicalSecurity,
    ThreatModelling,
    InternalDocuments,
    InternalControl,
    IncidentResponse,
    MediaAccounting,
    CertifiedTools,
    SoftwareUpdates,
    Authentication,
    SeparateStorage,
    ConfidentialityAgreements,
    ImpactAssessment,
    Anonymisation,
    Other,
}

impl Measure {
    /// The id as it stands in JSON.
    pub fn id(self) -> &'static str {
        self.into()
    }
}

/// What is done with data.
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
pub enum Operation {
    Collection,
    Recording,
    Systematisation,
    Accumulation,
    Storage,
    Rectification,
    Retrieval,
    Use,
    Transfer,
    Distribution,
    Provision,
    Access,
    Anonymisation,
    Blocking,
    Erasure,
    Destruction,
    CrossBorderTransfer,
    AutomatedProcessing,
    ManualProcessing,
    MixedProcessing,
}

impl Operation {
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
