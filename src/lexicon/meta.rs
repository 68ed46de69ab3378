//! What each id means: labels and definitions in three languages, DPV term and articles of law, from `grammar/meta`.

use std::sync::LazyLock;

use serde::Deserialize;
use strum::{EnumIter, EnumString, IntoStaticStr};

/// Language of the program's own words (not of the policy).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, EnumIter, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Ui {
    /// Russian.
    Ru,
    /// Kazakh.
    Kk,
    /// English.
    #[default]
    En,
}

impl Ui {
    /// The language's code: `ru`, `kk`, `en`.
    pub fn id(self) -> &'static str {
        self.into()
    }

    /// One of three words: the one in this language.
    pub fn pick<T>(self, ru: T, kk: T, en: T) -> T {
        match self {
            Ui::Ru => ru,
            Ui::Kk => kk,
            Ui::En => en,
        }
    }
}

/// How well a DPV term fits the meaning of an id (SKOS mapping relations).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Match {
    /// The same meaning.
    Exact,
    /// Nearly the same meaning.
    Close,
    /// The term means more.
    Broad,
    /// The term means less.
    Narrow,
    /// The vocabulary has no such term.
    #[default]
    None,
}

/// What one id means.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The id as it stands in the record.
    pub id: String,
    /// Name in Russian.
    pub ru: String,
    /// Name in Kazakh.
    pub kk: String,
    /// Name in English.
    pub en: String,
    /// Definition in Russian.
    #[serde(default)]
    pub about_ru: String,
    /// Definition in Kazakh.
    #[serde(default)]
    pub about_kk: String,
    /// Definition in English.
    #[serde(default)]
    pub about_en: String,
    /// Term of the W3C Data Privacy Vocabulary, e.g. `eu-gdpr:A17`.
    #[serde(default)]
    pub dpv: Option<String>,
    /// How well that term fits.
    #[serde(default, rename = "match")]
    pub grade: Match,
    /// Articles that the id comes from, e.g. `KZ 94-V art. 24(1)(4)`.
    #[serde(default)]
    pub law: Vec<String>,
}

impl Entry {
    /// Name in a language.
    pub fn label(&self, ui: Ui) -> &str {
        ui.pick(&self.ru, &self.kk, &self.en)
    }

    /// Definition in a language.
    pub fn about(&self, ui: Ui) -> &str {
        ui.pick(&self.about_ru, &self.about_kk, &self.about_en)
    }
}

/// One closed list of ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enumeration {
    /// Name of the list and of its file: `rights`, `data_categories`, `diagnostics`, …
    pub name: &'static str,
    /// Its ids, in the order of the file.
    pub entries: Vec<Entry>,
}

impl Enumeration {
    /// The entry of an id.
    pub fn get(&self, id: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id == id)
    }
}

/// Every file of `grammar/meta`, so that the program needs none of them when it runs. A test keeps the list whole.
const FILES: &[(&str, &str)] = &[
    ("actions", include_str!("../../grammar/meta/actions.toml")),
    ("bounds", include_str!("../../grammar/meta/bounds.toml")),
    ("contact_purposes", include_str!("../../grammar/meta/contact_purposes.toml")),
    ("contacts", include_str!("../../grammar/meta/contacts.toml")),
    ("data_categories", include_str!("../../grammar/meta/data_categories.toml")),
    ("data_statuses", include_str!("../../grammar/meta/data_statuses.toml")),
    ("data_subjects", include_str!("../../grammar/meta/data_subjects.toml")),
    ("day_types", include_str!("../../grammar/meta/day_types.toml")),
    ("deadlines", include_str!("../../grammar/meta/deadlines.toml")),
    ("diagnostics", include_str!("../../grammar/meta/diagnostics.toml")),
    ("encoding_sources", include_str!("../../grammar/meta/encoding_sources.toml")),
    ("formats", include_str!("../../grammar/meta/formats.toml")),
    ("identifiers", include_str!("../../grammar/meta/identifiers.toml")),
    ("languages", include_str!("../../grammar/meta/languages.toml")),
    ("legal_bases", include_str!("../../grammar/meta/legal_bases.toml")),
    ("legal_forms", include_str!("../../grammar/meta/legal_forms.toml")),
    ("measures", include_str!("../../grammar/meta/measures.toml")),
    ("modalities", include_str!("../../grammar/meta/modalities.toml")),
    ("nodes", include_str!("../../grammar/meta/nodes.toml")),
    ("obligations", include_str!("../../grammar/meta/obligations.toml")),
    ("operations", include_str!("../../grammar/meta/operations.toml")),
    ("parties", include_str!("../../grammar/meta/parties.toml")),
    ("purposes", include_str!("../../grammar/meta/purposes.toml")),
    ("recipients", include_str!("../../grammar/meta/recipients.toml")),
    ("rights", include_str!("../../grammar/meta/rights.toml")),
    ("severities", include_str!("../../grammar/meta/severities.toml")),
    ("triggers", include_str!("../../grammar/meta/triggers.toml")),
];

static ALL: LazyLock<Vec<Enumeration>> = LazyLock::new(|| {
    FILES
        .iter()
        .map(|&(name, text)| Enumeration {
            name,
            // a test reads every file, so a built program never gets here with a broken one
            entries: read(text).unwrap_or_else(|problem| panic!("grammar/meta/{name}.toml: {problem}")),
        })
        .collect()
});

/// Reads a file of `grammar/meta`.
///
/// # Errors
/// When the text is no TOML or has another shape; the message names the line.
pub fn read(text: &str) -> Result<Vec<Entry>, toml::de::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        #[serde(default)]
        entry: Vec<Entry>,
    }
    toml::from_str::<File>(text).map(|file| file.entry)
}

/// All lists, by name.
pub fn all() -> &'static [Enumeration] {
    &ALL
}

/// The entry of an id in a list.
pub fn find(enumeration: &str, id: &str) -> Option<&'static Entry> {
    all().iter().find(|list| list.name == enumeration)?.get(id)
}

/// Name of an id in a language; the id itself, with spaces, when no file names it.
pub fn label(enumeration: &str, id: &str, ui: Ui) -> String {
    find(enumeration, id).map_or_else(|| id.replace('_', " "), |entry| entry.label(ui).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_folder_is_built_in_and_reads() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/grammar/meta");
        for file in std::fs::read_dir(folder).expect("grammar/meta is a folder") {
            let path = file.expect("the folder can be listed").path();
            let name = path.file_stem().and_then(|stem| stem.to_str()).expect("a plain name").to_owned();
            let list = all().iter().find(|list| list.name == name);
            assert!(list.is_some(), "add {name} to FILES in src/lexicon/meta.rs");
        }
        assert!(FILES.is_sorted());
    }

    #[test]
    fn ids_are_unique_and_named_in_three_languages() {
        for list in all() {
            for (at, entry) in list.entries.iter().enumerate() {
                let place = format!("grammar/meta/{}.toml, id {:?}", list.name, entry.id);
                assert!(list.entries[..at].iter().all(|other| other.id != entry.id), "{place}: stands twice");
                assert!(
                    !entry.ru.is_empty() && !entry.kk.is_empty() && !entry.en.is_empty(),
                    "{place}: no name"
                );
                assert_eq!(
                    entry.dpv.is_none(),
                    entry.grade == Match::None,
                    "{place}: dpv and match disagree"
                );
            }
        }
    }

    /// Every list of the record with its ids.
    fn lists() -> Vec<(&'static str, Vec<&'static str>)> {
        use crate::record::*;
        use strum::IntoEnumIterator as _;
        vec![
            ("actions", vec![Action::RETENTION, Action::POLICY_VALIDITY, Action::OTHER]),
            ("bounds", Bound::iter().map(Bound::id).collect()),
            ("contact_purposes", ContactPurpose::iter().map(ContactPurpose::id).collect()),
            ("contacts", ContactType::iter().map(ContactType::id).collect()),
            ("data_categories", DataCategory::iter().map(DataCategory::id).collect()),
            ("data_statuses", DataStatus::iter().map(DataStatus::id).collect()),
            ("data_subjects", DataSubject::iter().map(DataSubject::id).collect()),
            ("day_types", DayType::iter().map(DayType::id).collect()),
            ("deadlines", DeadlineKind::iter().map(DeadlineKind::id).collect()),
            ("diagnostics", Code::iter().map(Code::id).collect()),
            ("encoding_sources", EncodingSource::iter().map(EncodingSource::id).collect()),
            ("formats", Format::iter().map(Format::id).collect()),
            ("identifiers", IdentifierKind::iter().map(IdentifierKind::id).collect()),
            ("languages", Language::iter().map(Language::id).collect()),
            ("legal_bases", LegalBasis::iter().map(LegalBasis::id).collect()),
            ("legal_forms", LegalForm::iter().map(LegalForm::id).collect()),
            ("measures", Measure::iter().map(Measure::id).collect()),
            ("modalities", Modality::iter().map(Modality::id).collect()),
            ("nodes", NodeKind::iter().map(NodeKind::id).collect()),
            ("obligations", ObligationKind::iter().map(ObligationKind::id).collect()),
            ("operations", Operation::iter().map(Operation::id).collect()),
            ("parties", Party::iter().map(Party::id).collect()),
            ("purposes", Purpose::iter().map(Purpose::id).collect()),
            ("recipients", Recipient::iter().map(Recipient::id).collect()),
            ("rights", RightKind::iter().map(RightKind::id).collect()),
            ("severities", Severity::iter().map(Severity::id).collect()),
            ("triggers", Trigger::iter().map(Trigger::id).collect()),
        ]
    }

    #[test]
    fn no_file_names_a_list_or_an_id_that_the_record_has_not() {
        let lists = lists();
        for list in all() {
            let ids = lists.iter().find(|(name, _)| *name == list.name).map(|(_, ids)| ids);
            let ids =
                ids.unwrap_or_else(|| panic!("grammar/meta/{}.toml is no list of the record", list.name));
            for entry in &list.entries {
                assert!(ids.contains(&entry.id.as_str()), "grammar/meta/{}.toml: {:?}", list.name, entry.id);
            }
        }
    }

    #[test]
    fn every_id_of_the_record_is_explained() {
        let missing: Vec<String> = lists()
            .iter()
            .flat_map(|(list, ids)| ids.iter().map(move |id| (list, id)))
            .filter(|(list, id)| find(list, id).is_none())
            .map(|(list, id)| format!("grammar/meta/{list}.toml: {id}"))
            .collect();
        assert!(missing.is_empty(), "add an entry to:\n{}", missing.join("\n"));
    }

    #[test]
    fn an_unknown_id_is_its_own_label() {
        assert_eq!(label("rights", "no_such_right", Ui::Kk), "no such right");
    }
}
