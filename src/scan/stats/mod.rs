//! What a scanned corpus says: counts over its policies, from the lines or the database of a scan.

mod filter;
mod read;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

pub use filter::{Condition, ConditionError};
pub use read::{StatsError, survey};

use super::jurisdiction::Jurisdiction;
use super::rows::approx_days;
use crate::record::{Action, ContactType, DataStatus, DayType, DeadlineKind, Facts, ObligationKind, Party};

/// Numbers about a corpus. Everything but `corpus` counts policies only.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Survey {
    /// What the corpus consists of.
    pub corpus: Corpus,
    /// Policies by country and languages, the most frequent first.
    pub jurisdictions: Vec<Group>,
    /// Policies that name their operator, give a contact of any or of one type, state a term, keep data without end.
    pub statements: Vec<Count>,
    /// Policies that grant the data subject a right, by right.
    pub rights: Vec<Count>,
    /// Policies that process data of a category, by category.
    pub data_categories: Vec<Count>,
    /// Terms that policies state, the shortest first, those without a number last.
    pub deadlines: Vec<Count>,
    /// Acts that policies cite, the most cited first.
    pub acts: Vec<Count>,
}

/// What a corpus consists of. A document seen under two names counts twice here as everywhere, save in `texts`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Corpus {
    /// Documents that passed the conditions.
    pub documents: u64,
    /// Different texts among them.
    pub texts: u64,
    /// Documents that are policies.
    pub policies: u64,
    /// Documents that are something else.
    pub not_policies: u64,
    /// What could not be read; conditions do not apply to it.
    pub failures: u64,
}

/// How many policies have one thing in common.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Count {
    /// Id of the thing.
    pub id: String,
    /// Policies that have it.
    pub documents: u64,
    /// Their share of all policies counted, from 0 to 1.
    pub share: f64,
    /// How often it is said in them.
    pub mentions: u64,
}

/// Policies of one country in the same languages.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Group {
    /// Country; the rule stands in [`jurisdiction`](super::jurisdiction).
    pub jurisdiction: Jurisdiction,
    /// Languages of the editions in their order: `kk`, `ru`, `kk+ru`.
    pub languages: String,
    /// Policies of the group.
    pub documents: u64,
    /// Their share of all policies counted, from 0 to 1.
    pub share: f64,
}

/// What the counts need to know of one document.
#[derive(Debug, Clone, PartialEq)]
struct Profile {
    is_policy: bool,
    jurisdiction: Jurisdiction,
    languages: String,
    format: String,
    names_operator: bool,
    /// Names that the document was seen under.
    names: u64,
    /// How often the document says each thing.
    says: BTreeMap<Thing, u64>,
}

/// A thing that policies say.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Thing {
    Contact(String),
    Right(String),
    Data(String),
    Term(String),
    Act(String),
    UnlimitedRetention,
}

impl Profile {
    fn new(is_policy: bool, jurisdiction: Jurisdiction, languages: String) -> Self {
        Self {
            is_policy,
            jurisdiction,
            languages,
            format: String::new(),
            names_operator: false,
            names: 1,
            says: BTreeMap::new(),
        }
    }

    fn say(&mut self, thing: Thing) {
        *self.says.entry(thing).or_default() += 1;
    }

    fn add_facts(&mut self, facts: &Facts) {
        for fact in facts.rights.iter().filter(|fact| fact.value.holder == Party::DataSubject) {
            self.say(Thing::Right(fact.value.kind.id().to_owned()));
        }
        for fact in facts.data_categories.iter().filter(|fact| fact.value.status == DataStatus::Processed) {
            self.say(Thing::Data(fact.value.kind.id().to_owned()));
        }
        for fact in &facts.contacts {
            self.say(Thing::Contact(fact.value.kind.id().to_owned()));
        }
        for fact in &facts.citations {
            self.say(Thing::Act(fact.value.act.clone()));
        }
        for fact in &facts.deadlines {
            let deadline = &fact.value;
            let day_type = deadline.day_type.map_or("", DayType::id);
            self.add_deadline(deadline.kind.id(), &deadline.iso, day_type, &deadline.action.0);
        }
    }

    fn add_deadline(&mut self, kind: &str, iso: &str, day_type: &str, action: &str) {
        let term = match (iso, day_type) {
            ("", _) => kind.to_owned(),
            (iso, "") => iso.to_owned(),
            (iso, day_type) => format!("{iso} {day_type}"),
        };
        self.say(Thing::Term(term));
        if kind == DeadlineKind::Indefinite.id() && is_retention(action) {
            self.say(Thing::UnlimitedRetention);
        }
    }
}

/// Whether a term is about how long data are kept. How long a policy or a consent holds is something else.
fn is_retention(action: &str) -> bool {
    action == Action::RETENTION
        || action == ObligationKind::StoreData.id()
        || action == ObligationKind::StorageLimitation.id()
}

/// Adds profiles up.
#[derive(Debug, Default)]
struct Tally {
    corpus: Corpus,
    groups: BTreeMap<(Jurisdiction, String), u64>,
    operators: u64,
    contacts: Sum,
    terms: Sum,
    things: BTreeMap<Thing, Sum>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    documents: u64,
    mentions: u64,
}

impl Sum {
    fn add(&mut self, documents: u64, mentions: u64) {
        self.documents += documents;
        self.mentions += mentions;
    }
}

impl Tally {
    fn add(&mut self, profile: &Profile) {
        let names = profile.names;
        self.corpus.documents += names;
        if !profile.is_policy {
            self.corpus.not_policies += names;
            return;
        }
        self.corpus.policies += names;
        *self.groups.entry((profile.jurisdiction, profile.languages.clone())).or_default() += names;
        self.operators += if profile.names_operator { names } else { 0 };
        let (mut contacts, mut terms) = (0, 0);
        for (thing, mentions) in &profile.says {
            match thing {
                Thing::Contact(_) => contacts += mentions,
                Thing::Term(_) => terms += mentions,
                _ => {}
            }
            match self.things.get_mut(thing) {
                Some(sum) => sum.add(names, mentions * names),
                None => {
                    let sum = Sum { documents: names, mentions: mentions * names };
                    self.things.insert(thing.clone(), sum);
                }
            }
        }
        for (sum, mentions) in [(&mut self.contacts, contacts), (&mut self.terms, terms)] {
            if mentions > 0 {
                sum.add(names, mentions * names);
            }
        }
    }

    fn finish(self) -> Survey {
        #[allow(clippy::cast_precision_loss)] // shares are for reading
        let share = |documents: u64| documents as f64 / self.corpus.policies.max(1) as f64;
        let count = |id: &str, sum: Sum| Count {
            id: id.to_owned(),
            documents: sum.documents,
            share: share(sum.documents),
            mentions: sum.mentions,
        };
        let mut survey = Survey { corpus: self.corpus, ..Survey::default() };
        let operators = Sum { documents: self.operators, mentions: self.operators };
        survey.statements.push(count("operator", operators));
        survey.statements.push(count("contact", self.contacts));
        for kind in [
            ContactType::Email,
            ContactType::Phone,
            ContactType::PostalAddress,
            ContactType::Url,
            ContactType::Messenger,
        ] {
            let sum = self.things.get(&Thing::Contact(kind.id().to_owned())).copied().unwrap_or_default();
            survey.statements.push(count(&format!("contact_{}", kind.id()), sum));
        }
        survey.statements.push(count("deadline", self.terms));
        let unlimited = self.things.get(&Thing::UnlimitedRetention).copied().unwrap_or_default();
        survey.statements.push(count("unlimited_retention", unlimited));
        for (thing, sum) in &self.things {
            match thing {
                Thing::Right(id) => survey.rights.push(count(id, *sum)),
                Thing::Data(id) => survey.data_categories.push(count(id, *sum)),
                Thing::Term(id) => survey.deadlines.push(count(id, *sum)),
                Thing::Act(id) => survey.acts.push(count(id, *sum)),
                Thing::Contact(_) | Thing::UnlimitedRetention => {}
            }
        }
        for counts in [&mut survey.rights, &mut survey.data_categories, &mut survey.acts] {
            counts.sort_by(|one, other| {
                other.documents.cmp(&one.documents).then_with(|| one.id.cmp(&other.id))
            });
        }
        let length = |count: &Count| {
            approx_days(count.id.split(' ').next().unwrap_or_default()).unwrap_or(f64::INFINITY)
        };
        survey
            .deadlines
            .sort_by(|one, other| length(one).total_cmp(&length(other)).then_with(|| one.id.cmp(&other.id)));
        survey.jurisdictions = self
            .groups
            .iter()
            .map(|((jurisdiction, languages), documents)| Group {
                jurisdiction: *jurisdiction,
                languages: languages.clone(),
                documents: *documents,
                share: share(*documents),
            })
            .collect();
        survey.jurisdictions.sort_by_key(|group| std::cmp::Reverse(group.documents));
        survey
    }
}

/// Languages of editions, each once, in their order, as the database keeps them.
fn join_languages<'a>(languages: impl Iterator<Item = &'a str>) -> String {
    let mut seen = BTreeSet::new();
    let joined: Vec<&str> = languages.filter(|language| seen.insert(*language)).collect();
    if joined.is_empty() { "unknown".to_owned() } else { joined.join("+") }
}
