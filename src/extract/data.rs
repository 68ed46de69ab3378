//! Data categories: which data a clause says are or are not processed.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::frame;
use super::table::Table;
use super::topics::Topics;
use super::{Context, Extraction, Mention, Unit, node_id};
use crate::language::Kind;
use crate::record::{Data, DataCategory, DataStatus, Language, NodeKind};
use crate::structure::NodeIndex;

/// Extracts the layer.
pub(super) fn data_categories(context: &Context<'_>, topics: &[Topics], out: &mut Extraction) {
    let reader = Reader {
        context,
        data: context.lexicon.file("data"),
        processing: context.lexicon.file("processing"),
    };
    let mut denied = vec![false; context.units.len()];
    let mut withheld = vec![false; context.units.len()];
    let mut unknown: Vec<(NodeIndex, Range<usize>, DataStatus)> = Vec::new();
    let mut table = Table::default();
    for unit in context.read() {
        let unit = &*unit;
        if let Some(cells) = table.data_cells(context, unit) {
            reader.row(unit, &cells, out);
            continue;
        }
        let lead = super::topics::lead_of(context, unit.node);
        let by_lead = lead.is_some_and(|lead| denied[lead]) || reader.heading_denies(unit.node);
        withheld[unit.node] = lead.is_some_and(|lead| withheld[lead]) || reader.withholds(unit);
        if lead.is_some_and(|lead| withheld[lead]) {
            continue;
        }
        denied[unit.node] = reader.read(unit, &topics[unit.node], by_lead, &mut unknown, out);
    }
    let named: HashSet<String> = out.facts.data_categories.iter().map(|fact| fact.node.clone()).collect();
    // Entries of each list, and those whose data are known.
    let mut lists: HashMap<Option<NodeIndex>, (usize, usize)> = HashMap::new();
    if !unknown.is_empty() {
        for (node, found) in context.outline.nodes.iter().enumerate() {
            if found.kind == NodeKind::Item {
                let (all, known) = lists.entry(found.parent).or_default();
                *all += 1;
                *known += usize::from(named.contains(&node_id(node)));
            }
        }
    }
    for (node, range, status) in unknown {
        let (all, known) = lists[&context.outline.nodes[node].parent];
        let known = known - usize::from(named.contains(&node_id(node)));
        if known * 3 >= all - 1 && known > 0 {
            let value = Data { kind: DataCategory::Other, status };
            out.facts.data_categories.push(context.fact(
                &context.units.get(node),
                &range,
                "data/other".to_owned(),
                0.6,
                value,
            ));
        }
    }
}

struct Reader<'a> {
    context: &'a Context<'a>,
    data: Option<usize>,
    processing: Option<usize>,
}

/// Topics under which a clause says what data are for, not which.
const OTHER_TOPICS: [&str; 8] = [
    "purposes",
    "legal_bases",
    "measures",
    "principles",
    "request",
    "rights_subject",
    "subjects",
    "retention",
];

impl Reader<'_> {
    /// Reads a unit; says whether it denies processing to what hangs on it.
    fn read(
        &self,
        unit: &Unit,
        topics: &Topics,
        by_lead: bool,
        unknown: &mut Vec<(NodeIndex, Range<usize>, DataStatus)>,
        out: &mut Extraction,
    ) -> bool {
        if topics.has("definitions") && super::deontic::is_definition(unit) {
            return false;
        }
        let mut denies = by_lead;
        let mut counted: HashSet<(usize, DataCategory, DataStatus)> = HashSet::new();
        // A list goes on behind a semicolon, or behind a full stop that translation put into it.
        let mut goes_on: Option<DataStatus> = None;
        let in_data_list = topics.lead.contains(&"data")
            || (topics.has("data") && !OTHER_TOPICS.iter().any(|t| topics.has(t)));
        let is_row = self.is_data_row(unit);
        for (index, range) in unit.sentences.iter().enumerate() {
            let mentions = unit.mentions(self.context.lexicon, range, &[]);
            let of = |file: Option<usize>| mentions.iter().filter(move |m| Some(m.entry.file) == file);
            let named: Vec<&Mention> = of(self.data).collect();
            let verb =
                |id: &str| of(self.processing).find(|m| self.context.lexicon.concept(m.entry).id == id);
            let negative = verb("not_processed").is_some();
            let stated = verb("processed").is_some() || negative;
            if index + 1 == unit.sentences.len() {
                denies |= negative || self.is_banned(&mentions);
            }
            let carried = goes_on.take().filter(|_| !stated && self.is_continued(unit, range));
            let listed = in_data_list
                || is_row
                || self.is_labelled(unit, range, &named, topics)
                || carried.is_some()
                || (by_lead && !stated);
            // What a third party keeps by itself, or somebody may switch off, is no statement on the operator's data.
            if stated && !listed && self.says(unit, range, "others") {
                continue;
            }
            // Under a heading on data the list itself counts; elsewhere the sentence must say that data are processed.
            let ground = topics.has("legal_bases") && !negative;
            if !(listed || stated) || ground {
                continue;
            }
            // What a request must contain is no statement on processing; nor is what somebody must do with the data.
            let sentence = unit.frame(self.context, range);
            if sentence.form {
                continue;
            }
            let named: Vec<&Mention> =
                named.into_iter().filter(|m| listed || !self.is_aside(unit, &sentence, m)).collect();
            let denied = negative || (by_lead && !stated) || carried == Some(DataStatus::NotProcessed);
            let status = if denied { DataStatus::NotProcessed } else { DataStatus::Processed };
            goes_on = Some(status);
            if self.context.has_children[unit.node]
                && self.context.outline.nodes[unit.node].kind == NodeKind::Item
            {
                continue; // the name of a group; its entries carry the facts
            }
            let before = out.facts.data_categories.len();
            self.add(unit, range, &named, status, listed, &mut counted, out);
            let silent = before == out.facts.data_categories.len() && counted.is_empty();
            let unnamed = silent
                && in_data_list
                && ![&topics.lead, &topics.heading].iter().any(|t| t.contains(&"recipients"));
            if unnamed && !stated && self.is_entry(unit) {
                // An entry of a list of data whose words the lexicon does not know; its neighbours have to confirm that.
                counted.insert((0, DataCategory::Other, status));
                unknown.push((unit.node, range.clone(), status));
            }
        }
        denies
    }

    /// The cells of a table's row that stand under a heading on data.
    fn row(&self, unit: &Unit, cells: &[Range<usize>], out: &mut Extraction) {
        let mut counted = HashSet::new();
        for cell in cells {
            let mentions = unit.mentions(self.context.lexicon, cell, &[]);
            let named: Vec<&Mention> = mentions.iter().filter(|m| Some(m.entry.file) == self.data).collect();
            self.add(unit, cell, &named, DataStatus::Processed, true, &mut counted, out);
        }
    }

    /// `Данные аккаунта: имя, телефон`: a label that speaks of data, or any label under a heading that does so beside
    /// other things, and data behind it.
    fn is_labelled(&self, unit: &Unit, range: &Range<usize>, named: &[&Mention], topics: &Topics) -> bool {
        const LABEL: usize = 8;
        let end = (range.start + 1..range.end.min(range.start + LABEL))
            .find(|&token| unit.is_sign(token, ':') || unit.is_sign(token, '-'));
        let Some(end) = end.filter(|_| !topics.has("request") && !topics.has("rights_subject")) else {
            return false;
        };
        let lexicon = self.context.lexicon;
        let file = lexicon.file("topics");
        let (heading, cell) = (lexicon.role("heading"), lexicon.role("cell"));
        let label = unit.mentions(lexicon, &(range.start..end), &[]);
        let whole = |m: &Mention| m.tokens == (range.start..end);
        let about: Vec<&str> = label
            .iter()
            .filter(|m| Some(m.entry.file) == file)
            .filter(|m| m.entry.role == heading || (m.entry.role == cell && whole(m)))
            .map(|m| lexicon.concept(m.entry).id.as_str())
            .collect();
        let behind = named.iter().filter(|m| m.tokens.start > end).count();
        let untold = about.is_empty();
        // "Contact data" may label a list of data too; the operator's own addresses are no names of data
        about.iter().all(|topic| ["data", "contacts"].contains(topic))
            && behind >= if untold { 1 } else { 2 }
            && (!untold || topics.has("data"))
    }

    /// An entry of a list that says nothing but names a thing.
    fn is_entry(&self, unit: &Unit) -> bool {
        const ENTRY: usize = 24;
        self.context.outline.nodes[unit.node].kind == NodeKind::Item
            && unit.tokens.len() <= ENTRY
            && unit.last_sign() != Some(':')
            && unit.tokens.iter().any(|token| token.kind == Kind::Word)
    }

    /// A row of a table whose first cell says that it holds data.
    fn is_data_row(&self, unit: &Unit) -> bool {
        let source = self.context.source.as_str();
        let Some(piece) = self.context.outline.nodes[unit.node].pieces.first() else { return false };
        let Some(cell) = source[piece.clone()].find('\t') else { return false };
        let (topics, role) = (self.context.lexicon.file("topics"), self.context.lexicon.role("cell"));
        unit.mentions(self.context.lexicon, &(0..unit.tokens.len()), &[]).iter().any(|m| {
            Some(m.entry.file) == topics
                && m.entry.role == role
                && unit.bytes(&m.tokens).end <= piece.start + cell
        })
    }

    /// Whether a sentence goes on the one before: behind a semicolon, or with a small letter.
    fn is_continued(&self, unit: &Unit, range: &Range<usize>) -> bool {
        let start = unit.bytes(&(range.start..range.start + 1)).start;
        let small = self.context.source.as_str()[start..].chars().next().is_some_and(char::is_lowercase);
        unit.is_sign(range.start.wrapping_sub(1), ';') || small
    }

    /// Whether a concept of `processing.toml` stands in a range.
    fn says(&self, unit: &Unit, range: &Range<usize>, id: &str) -> bool {
        unit.mentions(self.context.lexicon, range, &[])
            .iter()
            .any(|m| Some(m.entry.file) == self.processing && self.context.lexicon.concept(m.entry).id == id)
    }

    /// `Не передаются:` in front of a list: whether the data are processed is said elsewhere.
    fn withholds(&self, unit: &Unit) -> bool {
        let last = unit.sentences.last().filter(|_| unit.last_sign() == Some(':'));
        last.is_some_and(|last| self.says(unit, last, "withheld") && !self.says(unit, last, "not_processed"))
    }

    /// `запрещается:` in front of a list of data.
    fn is_banned(&self, mentions: &[Mention]) -> bool {
        let frame = self.context.lexicon.file("frame");
        mentions
            .iter()
            .any(|m| Some(m.entry.file) == frame && self.context.lexicon.concept(m.entry).id == "ban")
    }

    fn heading_denies(&self, node: usize) -> bool {
        let Some(parent) = self.context.outline.nodes[node].parent else { return false };
        if !self.context.outline.nodes[parent].is_heading {
            return false;
        }
        let unit = self.context.units.get(parent);
        self.says(&unit, &(0..unit.tokens.len()), "not_processed")
    }

    /// Data that a condition names, `если сменится телефон`, or the name of something else, «Азия дауысы», are not said to be
    /// processed.
    fn is_aside(&self, unit: &Unit, sentence: &frame::Sentence, mention: &Mention) -> bool {
        let inside =
            |range: &Range<usize>| range.start <= mention.tokens.start && mention.tokens.end <= range.end;
        let kazakh = self.context.language(unit.node) == Language::Kk;
        let clause = |limit: &Range<usize>| kazakh || ["если", "когда"].contains(&unit.word(limit.start));
        let name = |quoted: &Range<usize>| unit.is_sign(quoted.start, '"');
        sentence.limits.iter().any(|limit| inside(limit) && clause(limit))
            || sentence.quoted.iter().any(|quoted| inside(quoted) && name(quoted))
    }

    fn add(
        &self,
        unit: &Unit,
        sentence: &Range<usize>,
        named: &[&Mention],
        status: DataStatus,
        listed: bool,
        lines: &mut HashSet<(usize, DataCategory, DataStatus)>,
        out: &mut Extraction,
    ) {
        let id = |mention: &Mention| self.context.lexicon.concept(mention.entry).id.as_str();
        let special = [
            "race_ethnicity",
            "political_opinion",
            "religion_belief",
            "intimate_life",
            "health",
            "biometric",
        ];
        let examples = named.iter().any(|m| special.contains(&id(m)));
        let mut seen = HashSet::new();
        for mention in named {
            let Ok(kind) = id(mention).parse::<DataCategory>() else { continue };
            // A special category with examples gives the examples' kinds.
            if kind == DataCategory::SpecialCategories && examples {
                continue;
            }
            if is_address(unit, mention) || is_covered(named, mention) {
                continue;
            }
            let cue = format!("data/{}", kind.id());
            let sure = if listed { 0.88 } else { 0.85 };
            let fact = self.context.fact(unit, &mention.tokens, cue, sure, Data { kind, status });
            if seen.insert((sentence.start, kind, status)) & lines.insert((fact.span.line, kind, status)) {
                out.facts.data_categories.push(fact);
            }
        }
    }
}

/// Words inside those of a longer name: `адрес` in `адрес электронной почты`.
fn is_covered(named: &[&Mention], mention: &Mention) -> bool {
    named.iter().any(|other| {
        other.entry.concept != mention.entry.concept
            && other.tight
            && other.tokens.len() > mention.tokens.len()
            && other.tokens.start <= mention.tokens.start
            && mention.tokens.end <= other.tokens.end
    })
}

/// `адрес электронной почты info@…`, `телефон: +7 …`: a contact, not a category.
fn is_address(unit: &Unit, mention: &Mention) -> bool {
    let behind = mention.tokens.end..(mention.tokens.end + 7).min(unit.tokens.len());
    let before = mention.tokens.start.saturating_sub(6)..mention.tokens.start;
    let kind = |token: usize| unit.tokens[token].kind;
    // БИН 000240000000: the number itself.
    let number = |token: usize| kind(token) == Kind::Number && unit.word(token).len() >= 6;
    if behind.clone().take(2).any(number) || before.clone().any(|token| kind(token) == Kind::Sign('@')) {
        return true;
    }
    behind
        .clone()
        .take_while(|&token| !matches!(kind(token), Kind::Sign(',' | ';' | '(')))
        .any(|token| matches!(kind(token), Kind::Sign('@' | '+')))
}
