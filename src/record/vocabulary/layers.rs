//! Enumerations of the outer layers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumIter, EnumString, IntoStaticStr};

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
