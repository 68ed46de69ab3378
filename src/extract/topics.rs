//! What headings and lead-ins are about, and what each node inherits from them.

use super::{Context, Unit};
use crate::language::Kind;
use crate::record::NodeKind;
use crate::structure::NodeIndex;

/// What a heading or lead-in is about: ids of `grammar/lexicon/topics.toml`.
pub(super) type Topic = &'static str;

/// Topics that the extractors ask for; a test compares them with the file.
pub(super) const TOPICS: [Topic; 17] = [
    "contacts",
    "data",
    "definitions",
    "legal_bases",
    "measures",
    "operations",
    "principles",
    "purposes",
    "recipients",
    "request",
    "retention",
    "rights_subject",
    "rights_operator",
    "duties_subject",
    "duties_operator",
    "subjects",
    "operator",
];

/// What a node takes over from what stands above it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Topics {
    /// Topics of the nearest heading that has any.
    pub(super) heading: Vec<Topic>,
    /// Topics of the lead-in that the node hangs on or follows.
    pub(super) lead: Vec<Topic>,
    /// Whether the node hangs on a lead-in at all.
    pub(super) led: bool,
}

impl Topics {
    /// Whether it is about this and nothing else.
    pub(super) fn is_only(&self, topic: &str) -> bool {
        let topics = if self.lead.is_empty() { &self.heading } else { &self.lead };
        topics.iter().all(|found| *found == topic) && !topics.is_empty()
    }

    /// Whether the nearest heading or lead-in is about this; a lead-in that is about something else hides the heading.
    pub(super) fn has(&self, topic: &str) -> bool {
        if self.lead.is_empty() { self.heading.contains(&topic) } else { self.lead.contains(&topic) }
    }
}

/// Topics of all nodes.
pub(super) fn topics(context: &Context<'_>) -> Vec<Topics> {
    let nodes = &context.outline.nodes;
    let mut out: Vec<Topics> = vec![Topics::default(); nodes.len()];
    // What a heading-like node hands down, and what a lead-in does.
    let mut headings: Vec<Vec<Topic>> = vec![Vec::new(); nodes.len()];
    let mut leads: Vec<Option<Vec<Topic>>> = vec![None; nodes.len()];
    for index in 0..nodes.len() {
        let node = &nodes[index];
        let unit = &*context.units.get(index);
        let parent = node.parent;
        let mut own =
            Topics { heading: parent.map_or_else(Vec::new, |p| headings[p].clone()), ..Topics::default() };
        if let Some(lead) = lead_of(context, index).and_then(|lead| leads[lead].clone()) {
            own.lead = lead;
            own.led = true;
        }
        headings[index].clone_from(&own.heading);
        if is_heading(context, index) {
            let found = of(context, unit, "heading");
            if !found.is_empty() || node.kind == NodeKind::Section {
                headings[index] = found;
            }
        } else if introduces(context, index) {
            let mut found = lead_topics(context, unit, &headings[index]);
            let elsewhere = |topics: &[Topic]| topics.iter().any(|topic| !NEAR_DATA.contains(topic));
            if !elsewhere(&found)
                && !elsewhere(&headings[index])
                && !elsewhere(&own.lead)
                && names_data(context, index)
            {
                found.push("data");
            }
            leads[index] = Some(if found.is_empty() { own.lead.clone() } else { found });
        }
        // An entry with entries of its own hands down its lead-in's topic.
        if node.kind == NodeKind::Item && leads[index].is_none() && own.led {
            leads[index] = Some(own.lead.clone());
        }
        out[index] = own;
    }
    out
}

/// Topics beside which a list may still be one of data.
const NEAR_DATA: [Topic; 4] = ["data", "recipients", "contacts", "operator"];

/// Whether the entries of a list are names of data, whatever words open it: `Мы попросим: номер телефона; имя`,
/// `банку — сумму заказа`.
fn names_data(context: &Context<'_>, lead: NodeIndex) -> bool {
    /// Tokens of an entry among which the name begins, and those of its label.
    const BEGIN: usize = 4;
    const LABEL: usize = 7;
    let nodes = &context.outline.nodes;
    let (data, times) = (context.lexicon.file("data"), context.lexicon.file("deadlines"));
    let (deontic, act) =
        (["rights", "obligations"].map(|file| context.lexicon.file(file)), context.lexicon.role("act"));
    let below = (lead + 1..nodes.len()).take_while(|&node| nodes[node].parent >= Some(lead));
    let (mut entries, mut naming) = (0, 0);
    for node in below.filter(|&node| nodes[node].parent == Some(lead) && nodes[node].kind == NodeKind::Item) {
        let unit = &*context.units.get(node);
        let all = unit.tokens.len();
        let label = (0..all.min(LABEL)).find(|&token| unit.is_sign(token, '-') || unit.is_sign(token, ':'));
        let begins =
            |at: usize| at < BEGIN || label.is_some_and(|label| (label..label + BEGIN).contains(&at));
        let mentions = unit.mentions(context.lexicon, &(0..all), &[]);
        let acts = mentions.iter().any(|m| deontic.contains(&Some(m.entry.file)) && m.entry.role == act);
        let names = mentions.iter().any(|m| Some(m.entry.file) == data && begins(m.tokens.start));
        // `видеозаписи — 30 дней`: how long, not which
        let timed = mentions.iter().any(|m| Some(m.entry.file) == times)
            || label.is_some_and(|label| (label..all).any(|token| unit.tokens[token].kind == Kind::Number));
        entries += 1;
        naming += usize::from(names && !acts && !timed);
    }
    naming >= 2 && naming * 2 >= entries
}

/// A node that is a title of what follows: no facts are read from it.
pub(super) fn is_heading(context: &Context<'_>, index: NodeIndex) -> bool {
    let node = &context.outline.nodes[index];
    node.kind == NodeKind::Title || node.is_heading
}

/// A node whose text opens what hangs on it or follows it.
pub(super) fn introduces(context: &Context<'_>, index: NodeIndex) -> bool {
    let node = &context.outline.nodes[index];
    !matches!(node.kind, NodeKind::Noise | NodeKind::Title)
        && (context.units.get(index).last_sign() == Some(':') || context.has_children[index])
}

/// The lead-in of a node: its parent, or the paragraph with a colon that numbered clauses follow.
pub(super) fn lead_of(context: &Context<'_>, index: NodeIndex) -> Option<NodeIndex> {
    let nodes = &context.outline.nodes;
    let node = &nodes[index];
    let parent = node.parent?;
    if !is_heading(context, parent) {
        return Some(parent);
    }
    if node.kind != NodeKind::Clause {
        return None;
    }
    // Siblings between the clause and the paragraph are clauses that the paragraph led as well.
    let mut before = index;
    while before > 0 {
        before -= 1;
        if before == parent {
            return None;
        }
        if nodes[before].parent != Some(parent) {
            continue;
        }
        match nodes[before].kind {
            NodeKind::Clause => {}
            NodeKind::Paragraph
                if context.units.get(before).last_sign() == Some(':') && !context.has_children[before] =>
            {
                return Some(before);
            }
            _ => return None,
        }
    }
    None
}

/// Whether the lead-in of a node names a concept of a file: an event, an act.
pub(super) fn lead_names(context: &Context<'_>, index: NodeIndex, file: &str, id: &str) -> bool {
    let (lexicon, file) = (context.lexicon, context.lexicon.file(file));
    lead_of(context, index).is_some_and(|lead| {
        let unit = context.units.get(lead);
        unit.mentions(lexicon, &(0..unit.tokens.len()), &[])
            .iter()
            .any(|m| Some(m.entry.file) == file && lexicon.concept(m.entry).id == id)
    })
}

/// Topics of a lead-in. That it speaks of processing data makes a list one of data only if nothing tells otherwise.
fn lead_topics(context: &Context<'_>, unit: &Unit, heading: &[Topic]) -> Vec<Topic> {
    if of(context, unit, "list").contains(&"data") {
        return vec!["data"];
    }
    let mut found = of(context, unit, "lead");
    let told = found
        .iter()
        .chain(heading)
        .any(|topic| !["data", "recipients", "retention", "contacts", "definitions"].contains(topic));
    if told && !heading.contains(&"data") {
        found.retain(|topic| *topic != "data");
    }
    found
}

/// What a text would be about as a lead-in, whether or not anything hangs on it.
pub(super) fn lead_words(context: &Context<'_>, unit: &Unit) -> Vec<Topic> {
    of(context, unit, "lead")
}

/// What a text would be about as a heading.
pub(super) fn heading_topics(context: &Context<'_>, unit: &Unit) -> Vec<Topic> {
    of(context, unit, "heading")
}

fn of(context: &Context<'_>, unit: &Unit, role: &str) -> Vec<Topic> {
    let lexicon = context.lexicon;
    let (file, role) = (lexicon.file("topics"), lexicon.role(role));
    let mut found: Vec<Topic> = unit
        .mentions(lexicon, &(0..unit.tokens.len()), &[])
        .iter()
        .filter(|mention| Some(mention.entry.file) == file && mention.entry.role == role)
        .filter_map(|mention| {
            let id = lexicon.concept(mention.entry).id.as_str();
            TOPICS.into_iter().find(|topic| *topic == id)
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}
