//! Outline to facts: what the policy says, with its evidence.
//!
//! One file a layer. Each looks at [`Unit`]s, the own texts of the nodes, and at the [`Context`] of the whole document.

mod aliases;
mod citations;
mod closing;
mod contacts;
mod data;
mod deadlines;
mod definitions;
mod deontic;
mod differences;
mod effective;
mod frame;
mod hereinafter;
mod jurisdiction;
mod layers;
mod limits;
mod mentions;
mod negation;
mod nodes;
mod oddities;
mod operator;
mod operator_alias;
mod quotes;
mod references;
mod table;
mod topics;
mod unit;
mod units;

use std::cell::OnceCell;
use std::rc::Rc;

use crate::lexicon::Lexicon;
use crate::record::{Edition, Fact, Facts, Language, NodeKind, Party};
use crate::source::{Oddity, SourceText};
use crate::structure::{NodeIndex, Outline};

pub use mentions::{LexiconMention, lexicon_mentions};
pub use nodes::{editions, folded, node_id, structure};
pub use unit::{Mention, Unit};
pub use units::Units;

/// What every extractor sees.
#[derive(Debug)]
pub struct Context<'a> {
    /// The decoded text.
    pub source: &'a SourceText,
    /// Its outline.
    pub outline: &'a Outline,
    /// The words.
    pub lexicon: &'a Lexicon,
    /// Own text of each node.
    pub units: Units<'a>,
    /// Edition of each node, by the node's index.
    pub editions: Vec<usize>,
    /// Whether anything hangs on a node, by the node's index.
    pub has_children: Vec<bool>,
    /// Why each edition is no policy, once it was asked.
    foreign: Vec<OnceCell<Option<&'static str>>>,
    /// Names that the policy gives to its parties.
    aliases: aliases::Aliases,
}

impl<'a> Context<'a> {
    /// Looks over the nodes and the names that their texts give to the parties.
    pub fn new(source: &'a SourceText, outline: &'a Outline, lexicon: &'a Lexicon) -> Self {
        let units = Units::new(source, outline, lexicon);
        let mut editions = vec![0; outline.nodes.len()];
        for (index, edition) in outline.editions.iter().enumerate() {
            editions[edition.nodes.clone()].fill(index);
        }
        let mut has_children = vec![false; outline.nodes.len()];
        for parent in outline.nodes.iter().filter_map(|node| node.parent) {
            has_children[parent] = true;
        }
        let aliases = aliases::Aliases::find(&units);
        let foreign = vec![OnceCell::new(); outline.editions.len()];
        Self { source, outline, lexicon, units, editions, has_children, foreign, aliases }
    }

    /// Language of the edition that a node belongs to.
    pub fn language(&self, node: NodeIndex) -> Language {
        self.outline.editions[self.editions[node]].language
    }

    /// The party that the policy calls by the word under a token.
    pub fn alias(&self, unit: &Unit, token: usize) -> Option<Party> {
        self.aliases.party(unit.word(token))
    }

    /// The party whose Russian genitive stands under a token: Школы, Управления.
    pub fn alias_genitive(&self, unit: &Unit, token: usize) -> Option<Party> {
        self.aliases.genitive(unit.word(token))
    }

    /// The party whose Kazakh genitive stands under a token: Зертхананың.
    pub fn alias_owner(&self, unit: &Unit, token: usize) -> Option<Party> {
        self.aliases.owner(unit.word(token))
    }

    /// Whether clauses' facts are read from a node: clauses, items and paragraphs that are no headings.
    pub fn is_read(&self, node: NodeIndex) -> bool {
        let found = &self.outline.nodes[node];
        !matches!(found.kind, NodeKind::Noise | NodeKind::Title) && !found.is_heading
    }

    /// The units that facts are read from, in the order of the text.
    pub fn read(&self) -> impl Iterator<Item = Rc<Unit>> {
        (0..self.units.len()).filter(|&node| self.is_read(node)).map(|node| self.units.get(node))
    }

    /// A fact that stands on the words under a range of a unit's tokens. Its id is set when all facts are known.
    pub fn fact<T>(
        &self,
        unit: &Unit,
        tokens: &std::ops::Range<usize>,
        cue: String,
        confidence: f64,
        value: T,
    ) -> Fact<T> {
        let (span, quote) = unit.evidence(self.source, tokens);
        Fact {
            id: String::new(),
            edition: self.editions[unit.node],
            node: node_id(unit.node),
            span,
            quote,
            cues: vec![cue],
            confidence,
            condition: None,
            value,
        }
    }
}

/// All that was extracted.
#[derive(Debug, Default)]
pub struct Extraction {
    /// The facts, with their ids.
    pub facts: Facts,
    /// What was odd on the way.
    pub oddities: Vec<Oddity>,
}

/// Extracts facts; fills operator, date and jurisdiction of the editions.
pub fn extract(context: &Context<'_>, editions: &mut [Edition]) -> Extraction {
    let mut out = Extraction::default();
    oddities::oddities(context, &mut out);
    operator::operators(context, editions, &mut out);
    effective::effective(context, editions);
    contacts::contacts(context, &mut out);
    let topics = topics::topics(context);
    deontic::rights_and_obligations(context, &topics, &mut out);
    data::data_categories(context, &topics, &mut out);
    layers::layers(context, &topics, &mut out);
    number(&mut out.facts);
    deadlines::deadlines(context, &topics, &mut out);
    definitions::definitions(context, &mut out);
    jurisdiction::jurisdictions(context, editions);
    citations::citations(context, editions, &mut out);
    references::references(context, &mut out);
    number(&mut out.facts);
    differences::differences(context, editions, &mut out);
    out
}

/// Sorts each layer by place and gives the facts their ids.
fn number(facts: &mut Facts) {
    fn layer<T>(name: &str, facts: &mut [Fact<T>]) {
        facts.sort_by_key(|fact| (fact.span.start, fact.span.end));
        for (index, fact) in facts.iter_mut().enumerate() {
            fact.id = [name, &(index + 1).to_string()].concat();
        }
    }
    layer("right", &mut facts.rights);
    layer("obligation", &mut facts.obligations);
    layer("data", &mut facts.data_categories);
    layer("deadline", &mut facts.deadlines);
    layer("contact", &mut facts.contacts);
    layer("definition", &mut facts.definitions);
    layer("citation", &mut facts.citations);
    layer("reference", &mut facts.references);
    layer("purpose", &mut facts.purposes);
    layer("basis", &mut facts.legal_bases);
    layer("subject", &mut facts.data_subjects);
    layer("recipient", &mut facts.recipients);
    layer("measure", &mut facts.measures);
    layer("operation", &mut facts.operations);
}
