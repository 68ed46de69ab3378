//! What a record says, as far as it is scored.

use std::collections::HashMap;

use serde::Deserialize;

use super::{ATTRIBUTES, Attributes, Key, Keys, Part, normal};
use crate::record::PolicyRecord;

/// Keys of a record. It need not be a record of this program: only the fields that the specification fixes are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scored {
    pub(super) keys: Keys,
    pub(super) attributes: Attributes,
    /// For the lines behind a node's first one: that first line.
    covered: HashMap<usize, usize>,
}

impl Scored {
    /// Reads the JSON of a record.
    ///
    /// # Errors
    /// When the text is no JSON or no record.
    pub fn from_json(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text).map(Self::new)
    }

    /// Whether a `continuation` of gold lies inside the node that it goes on.
    pub(super) fn covers(&self, key: &Key) -> bool {
        match key.0.as_slice() {
            [Part::Number(line), Part::Word(kind), .., Part::Number(first)] => {
                kind == "continuation" && self.covered.get(line) == Some(first)
            }
            _ => false,
        }
    }

    fn new(record: Record) -> Self {
        let mut scored = Self::default();
        let mut lines = HashMap::new();
        for (at, edition) in record.editions.iter().enumerate() {
            for node in &edition.structure {
                scored.node(node, 0, &mut lines);
            }
            if let Some(Operator { name: Some(name), legal_form }) = &edition.operator
                && !name.is_empty()
            {
                let key = Key::new(at).word(&normal(name)).word(text(legal_form.as_ref()));
                scored.keys.entry("operator").or_default().insert(key);
            }
        }
        let Layers { rights, obligations, data_categories, deadlines, contacts, .. } = &record.facts;
        let Layers { definitions, citations, references, .. } = &record.facts;
        for fact in rights {
            scored.add("rights", fact.key(&["holder", "kind"]));
        }
        for fact in obligations {
            scored.add("obligations", fact.key(&["bearer", "modality", "kind"]));
        }
        for fact in data_categories {
            scored.add("data_categories", fact.key(&["kind", "status"]));
        }
        for fact in deadlines {
            let key = fact.key(&["kind", "iso", "day_type"]);
            scored
                .attributes
                .entry("deadlines")
                .or_default()
                .insert(key.clone(), fact.attributes("deadlines"));
            scored.add("deadlines", key);
        }
        for fact in contacts {
            let key = Key::new(fact.edition).word(fact.get("type")).word(&normal(fact.get("value")));
            let known = scored.attributes.entry("contacts").or_default();
            known.entry(key.clone()).or_insert_with(|| fact.attributes("contacts"));
            scored.add("contacts", key);
        }
        for fact in definitions {
            scored.add("definitions", Key::new(fact.span.line).word(&normal(fact.get("term"))));
        }
        for fact in citations {
            scored.add("citations", fact.key(&["act"]));
        }
        for fact in references {
            let target = lines.get(fact.get("target")).copied().unwrap_or(0);
            scored
                .add("references", Key::new(fact.span.line).word(&normal(fact.get("label"))).number(target));
        }
        scored
    }

    fn add(&mut self, layer: &'static str, key: Key) {
        self.keys.entry(layer).or_default().insert(key);
    }

    fn node(&mut self, node: &Node, parent: usize, lines: &mut HashMap<String, usize>) {
        let first = node.span.line;
        lines.insert(node.id.clone(), first);
        let label = normal(text(node.label.as_ref()));
        self.add("structure", Key::new(first).word(&node.kind).word(&label).number(parent));
        for child in &node.children {
            self.node(child, first, lines);
        }
        let before_children = node.children.iter().map(|child| child.span.line.saturating_sub(1)).min();
        let last = node.own_end_line.or(before_children).or(node.span.end_line).unwrap_or(first);
        for line in first + 1..=last {
            self.covered.entry(line).or_insert(first);
        }
    }
}

impl From<&PolicyRecord> for Scored {
    fn from(record: &PolicyRecord) -> Self {
        // a record always serialises, and what it serialises to always has the fields read here
        serde_json::to_value(record)
            .and_then(serde_json::from_value)
            .map_or_else(|_| Self::default(), Self::new)
    }
}

fn text(value: Option<&String>) -> &str {
    value.map_or("", String::as_str)
}

#[derive(Deserialize)]
struct Record {
    editions: Vec<Edition>,
    facts: Layers,
}

#[derive(Deserialize)]
struct Edition {
    #[serde(default)]
    operator: Option<Operator>,
    #[serde(default)]
    structure: Vec<Node>,
}

#[derive(Deserialize)]
struct Operator {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    legal_form: Option<String>,
}

#[derive(Deserialize)]
struct Place {
    line: usize,
    #[serde(default)]
    end_line: Option<usize>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    kind: String,
    #[serde(default)]
    label: Option<String>,
    span: Place,
    #[serde(default)]
    own_end_line: Option<usize>,
    #[serde(default)]
    children: Vec<Node>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Layers {
    rights: Vec<Fact>,
    obligations: Vec<Fact>,
    data_categories: Vec<Fact>,
    deadlines: Vec<Fact>,
    contacts: Vec<Fact>,
    definitions: Vec<Fact>,
    citations: Vec<Fact>,
    references: Vec<Fact>,
}

#[derive(Deserialize)]
struct Fact {
    span: Place,
    #[serde(default)]
    edition: usize,
    #[serde(flatten)]
    rest: HashMap<String, serde_json::Value>,
}

impl Fact {
    fn get(&self, name: &str) -> &str {
        self.rest.get(name).and_then(|value| value.as_str()).unwrap_or_default()
    }

    fn key(&self, names: &[&str]) -> Key {
        names.iter().fold(Key::new(self.span.line), |key, name| key.word(self.get(name)))
    }

    fn attributes(&self, layer: &str) -> Vec<String> {
        let names = ATTRIBUTES.iter().filter(|(name, _)| *name == layer).flat_map(|(_, names)| *names);
        names.map(|name| self.get(name).to_owned()).collect()
    }
}
