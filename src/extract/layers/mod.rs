//! The outer layers: purposes, legal bases, data subjects, recipients, measures and operations.
//!
//! Each layer has a gate. An entry of a list counts when the heading or lead-in above it is about the layer; any other
//! sentence counts when its own words state such a fact (`grammar/lexicon/statements.toml`, and the wordings of role
//! `mark`, which state their fact wherever they stand).

mod bases;
mod measures;
mod operations;
mod purposes;
mod recipients;
mod subjects;

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;
use std::str::FromStr;

use super::frame::{self, Mode};
use super::topics::{self, Topic, Topics};
use super::{Context, Extraction, Mention, Unit};
use crate::record::{Fact, Language, NodeKind, Party, Typed};
use crate::structure::NodeIndex;

/// Extracts the six layers.
pub(super) fn layers(context: &Context<'_>, topics: &[Topics], out: &mut Extraction) {
    let mut opened: Vec<Opened> = vec![Opened::default(); context.units.len()];
    // The last childless node with a colon, by its parent.
    let mut colons: HashMap<NodeIndex, NodeIndex> = HashMap::new();
    for unit in context.read() {
        let unit = &*unit;
        let node = unit.node;
        let own = &topics[node];
        if own.has("request") || (own.has("definitions") && super::deontic::is_definition(unit)) {
            continue;
        }
        let kind = context.outline.nodes[node].kind;
        let parent = context.outline.nodes[node].parent.unwrap_or(node);
        // Under its lead-in, or under a clause with a colon that other clauses follow as if they were its entries.
        let lead = topics::lead_of(context, node)
            .or_else(|| colons.get(&parent).copied().filter(|_| kind == NodeKind::Clause));
        let led = lead.map(|lead| opened[lead]).unwrap_or_default();
        let clause = Clause { context, unit, topics: own, title: title_topics(context, node), led };
        let sentences: Vec<Sentence> =
            unit.sentences.iter().map(|range| Sentence::new(context, unit, range)).collect();
        opened[node] = clause.opens(sentences.last());
        if unit.last_sign() == Some(':') && !context.has_children[node] {
            colons.insert(parent, node);
        }
        let defines = super::deontic::is_definition(unit) && sentences.iter().any(|s| s.says("definition"));
        if clause.is_right() || defines {
            continue;
        }
        let mut goes_on = false;
        for sentence in &sentences {
            add(&clause, purposes::read(&clause, sentence, goes_on), &mut out.facts.purposes);
            // A list of purposes goes on behind its semicolons.
            goes_on = unit.is_sign(sentence.range.end - 1, ';')
                && (goes_on || sentence.says("purpose") || sentence.says("purpose_list"));
            add(&clause, bases::read(&clause, sentence), &mut out.facts.legal_bases);
            add(&clause, subjects::read(&clause, sentence), &mut out.facts.data_subjects);
            add(&clause, recipients::read(&clause, sentence), &mut out.facts.recipients);
            add(&clause, measures::read(&clause, sentence), &mut out.facts.measures);
            add(&clause, operations::read(&clause, sentence), &mut out.facts.operations);
        }
    }
}

/// What a lead-in opens for the entries below it, beside its topics.
#[derive(Debug, Clone, Copy, Default)]
struct Opened {
    purposes: bool,
    recipients: bool,
    /// Services of third parties: what the entries do is not done by the operator.
    services: bool,
    measures: bool,
    /// The entries are internal documents.
    documents: bool,
    subjects: bool,
    /// The entries are rights or duties of the data subject.
    right: bool,
}

/// `4.1 Хранение данных` above a list: a title, although the outline knows it as a clause.
fn title_topics(context: &Context<'_>, node: NodeIndex) -> Option<Vec<Topic>> {
    const TITLE: usize = 14;
    let lead = topics::lead_of(context, node)?;
    let unit = &*context.units.get(lead);
    let is_title = context.outline.nodes[lead].kind != NodeKind::Item
        && unit.last_sign().is_none()
        && unit.tokens.len() <= TITLE;
    is_title.then(|| topics::heading_topics(context, unit)).filter(|topics| !topics.is_empty())
}

/// A node with what stands above it.
struct Clause<'a> {
    context: &'a Context<'a>,
    unit: &'a Unit,
    topics: &'a Topics,
    /// Topics of a clause above that is no more than a title.
    title: Option<Vec<Topic>>,
    led: Opened,
}

impl Clause<'_> {
    /// Whether what stands above is about this.
    fn has(&self, topic: Topic) -> bool {
        match &self.title {
            Some(title) => title.contains(&topic),
            None if self.is_led() => self.topics.has(topic),
            None => self.topics.heading.contains(&topic),
        }
    }

    /// What it hangs on opens a list: a clause with clauses of its own only stands above them.
    fn is_led(&self) -> bool {
        topics::lead_of(self.context, self.unit.node).is_some_and(|lead| {
            self.context.units.get(lead).last_sign() == Some(':')
                || self.context.outline.nodes[lead].kind == NodeKind::Item
        })
    }

    fn is_item(&self) -> bool {
        self.context.outline.nodes[self.unit.node].kind == NodeKind::Item
    }

    /// It opens a list that carries the facts.
    fn is_lead(&self) -> bool {
        self.unit.last_sign() == Some(':') && !self.is_item()
    }

    /// An entry of a list, or a short clause that names a thing.
    fn is_entry(&self) -> bool {
        const ENTRY: usize = 40;
        let kind = self.context.outline.nodes[self.unit.node].kind;
        self.unit.last_sign() != Some(':')
            && (kind == NodeKind::Item || (kind == NodeKind::Clause && self.unit.tokens.len() <= ENTRY))
    }

    /// An entry of a list of the data subject's rights.
    fn is_right(&self) -> bool {
        self.led.right || (self.is_item() && self.has("rights_subject"))
    }

    fn opens(&self, last: Option<&Sentence<'_>>) -> Opened {
        let Some(last) = last.filter(|_| self.unit.last_sign() == Some(':')) else {
            // The name of a group hands down what it stands under itself.
            return if self.is_item() || self.context.has_children[self.unit.node] {
                self.led
            } else {
                Opened::default()
            };
        };
        const SHORT: usize = 10;
        let end = last.range.end;
        // `… в целях:`, `… с такими целями, как:`: the words stand at the end; Kazakh has its verb behind them.
        let near = if last.kazakh { 12 } else { 5 };
        Opened {
            purposes: !last.says("measure")
                && (last.says("purpose_list")
                    || (self.has("purposes") && last.range.len() <= SHORT && !last.says("denial"))
                    || (last.marks("purpose").any(|m| m.tokens.end + near >= end)
                        && last.says("processing"))),
            recipients: last.says("recipient") && !last.says("attack"),
            services: last.says("services"),
            measures: last.says("measure"),
            documents: last.of("measures", "mark").any(|(id, _)| id == "internal_documents"),
            subjects: self.topics_of_own().contains(&"subjects"),
            right: !last.subject_scopes.is_empty(),
        }
    }

    /// Topics of its own text as a lead-in.
    fn topics_of_own(&self) -> Vec<Topic> {
        topics::lead_words(self.context, self.unit)
    }
}

/// A sentence with what was found in it.
struct Sentence<'a> {
    context: &'a Context<'a>,
    range: Range<usize>,
    mentions: Rc<[Mention]>,
    /// Which of them are statements, with their ids: most questions are about these.
    statements: Vec<(&'a str, usize)>,
    /// What the data subject may or must do: none of it is the operator's doing.
    subject_scopes: Vec<Range<usize>>,
    /// It gives somebody else than the operator a right.
    right: bool,
    kazakh: bool,
}

impl<'a> Sentence<'a> {
    fn new(context: &'a Context<'a>, unit: &Unit, range: &Range<usize>) -> Self {
        let frame = unit.frame(context, range);
        let subject_scopes = frame
            .scopes
            .iter()
            .filter(|scope| is_subjects(&frame, scope))
            .map(|scope| scope.range.clone())
            .collect();
        let right = frame
            .scopes
            .iter()
            .any(|scope| scope.mode == Mode::Right && scope.party != Some(Party::Operator));
        let mentions = unit.mentions(context.lexicon, range, &[]);
        let statements = mentions
            .iter()
            .enumerate()
            .filter(|(_, m)| context.lexicon.is(m.entry, "statements", "mark"))
            .map(|(at, m)| (context.lexicon.concept(m.entry).id.as_str(), at))
            .collect();
        Self {
            right,
            context,
            range: range.clone(),
            mentions,
            statements,
            subject_scopes,
            kazakh: context.language(unit.node) == Language::Kk,
        }
    }

    /// Wordings of a file in a role, with their concepts' ids.
    fn of(&self, file: &str, role: &str) -> impl Iterator<Item = (&'a str, &Mention)> {
        let lexicon = self.context.lexicon;
        self.mentions
            .iter()
            .filter(move |m| lexicon.is(m.entry, file, role))
            .map(|m| (lexicon.concept(m.entry).id.as_str(), m))
    }

    /// The same without what the data subject may or must do.
    fn stated(&self, file: &str, role: &str) -> Vec<(&'a str, &Mention)> {
        let is_subjects =
            |m: &Mention| self.subject_scopes.iter().any(|scope| scope.contains(&m.tokens.start));
        self.of(file, role).filter(|(_, m)| !is_subjects(m)).collect()
    }

    fn marks(&self, statement: &str) -> impl Iterator<Item = &Mention> {
        self.statements.iter().filter(move |(id, _)| *id == statement).map(|&(_, at)| &self.mentions[at])
    }

    fn says(&self, statement: &str) -> bool {
        self.marks(statement).next().is_some()
    }

    /// What stands behind its colon, if a statement opens a list within the sentence: `Негіздері: келісім, шарт.`
    fn list_behind(&self, unit: &Unit, statement: &str) -> Option<Range<usize>> {
        let mark = self.marks(statement).next().map(|m| m.tokens.end)?;
        let colon = (mark..self.range.end).find(|&at| unit.is_sign(at, ':'))?;
        (colon + 1 < self.range.end).then_some(colon + 1..self.range.end)
    }

    /// It says that data are not collected or processed.
    fn denies_processing(&self) -> bool {
        self.of("processing", "mark").any(|(id, _)| id == "not_processed")
    }
}

/// Whether a scope is the data subject's: a right, or what the subject itself can or must do.
fn is_subjects(sentence: &frame::Sentence, scope: &frame::Scope) -> bool {
    // `пользователь понимает, что данные могут передаваться`: a subject far off does not do the thing.
    const NEAR: usize = 4;
    if scope.party != Some(Party::DataSubject) || !scope.explicit {
        return false;
    }
    let near = sentence.subjects.iter().any(|&(at, party)| {
        party == Party::DataSubject && at < scope.marker.start && at + NEAR >= scope.marker.start
    });
    match scope.mode {
        Mode::Right | Mode::Waiver => true,
        Mode::May => near || !sentence.subjects.iter().any(|&(_, party)| party == Party::DataSubject),
        Mode::Must | Mode::MustNot | Mode::Pledge => near,
    }
}

/// A fact before it gets its type.
struct Found {
    /// Id of the kind.
    kind: String,
    tokens: Range<usize>,
    cue: String,
    confidence: f64,
    detail: Option<String>,
    stated: bool,
}

impl Found {
    /// A fact that a wording of a file gives.
    fn new(file: &str, kind: &str, tokens: &Range<usize>, confidence: f64) -> Self {
        Self {
            kind: kind.to_owned(),
            tokens: tokens.clone(),
            cue: [file, "/", kind].concat(),
            confidence,
            detail: None,
            stated: true,
        }
    }

    fn denied(mut self) -> Self {
        self.stated = false;
        self
    }

    fn with(mut self, detail: Option<String>) -> Self {
        self.detail = detail;
        self
    }
}

/// Adds the facts of a sentence: one for each kind, and one for each line and kind.
fn add<K: FromStr + PartialEq>(clause: &Clause<'_>, found: Vec<Found>, to: &mut Vec<Fact<Typed<K>>>) {
    let mut found = found;
    found.sort_by_key(|found| found.tokens.start);
    // In wrapped text a sentence has several lines: what it says twice stands where it is said first.
    let mut said: Vec<(String, bool)> = Vec::new();
    for Found { kind, tokens, cue, confidence, detail, stated } in found {
        let named = (kind.clone(), stated);
        if detail.is_none() && said.contains(&named) {
            continue;
        }
        said.push(named);
        let Ok(kind) = kind.parse::<K>() else { continue };
        let value = Typed { kind, detail, stated };
        let fact = clause.context.fact(clause.unit, &tokens, cue, confidence, value);
        let known = to
            .iter_mut()
            .rev()
            .take_while(|known| known.span.line >= fact.span.line)
            .find(|known| known.span.line == fact.span.line && known.value.kind == fact.value.kind);
        match known {
            // What is stated wins over what is denied, a name over none.
            Some(known) => {
                known.value.stated |= fact.value.stated;
                if known.value.detail.is_none() {
                    known.value.detail = fact.value.detail;
                }
            }
            None => to.push(fact),
        }
    }
}
