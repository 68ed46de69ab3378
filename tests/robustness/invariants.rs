//! What every record promises of its text.

use std::collections::HashSet;

use sayasat::record::{Node, PolicyRecord, Span};
use sayasat::source::{ReadOptions, SourceText, read};
use sayasat::{Options, Parser};
use serde_json::Value;

/// Checks a record of a text that is too long to be parsed again.
pub(crate) fn check_once(text: &str, record: &PolicyRecord) {
    check_record(text, record, || record.clone());
}

/// Parses a text and checks the record.
pub(crate) fn check(text: &str) {
    check_record(text, &sayasat::parse(text), || sayasat::parse(text));
}

/// Reads bytes, if they can be read, and checks the record against the decoded text.
pub(crate) fn check_bytes(bytes: &[u8]) {
    match read(bytes, &ReadOptions::default()) {
        Ok(source) => check_source(bytes, &source),
        Err(problem) => {
            let message = problem.to_string();
            assert!(
                !message.is_empty() && !message.contains('\n'),
                "an error is one clear line: {message:?}"
            );
        }
    }
}

fn check_source(bytes: &[u8], source: &SourceText) {
    let parser = Parser::new();
    let record = parser.parse_source(source, sayasat::document(source, bytes, ""));
    check_record(source.as_str(), &record, || {
        parser.parse_bytes(bytes, &Options::default()).expect("what was read once can be read again")
    });
}

fn check_record(text: &str, record: &PolicyRecord, again: impl Fn() -> PolicyRecord) {
    let text = Text::new(text);
    let json = serde_json::to_string(record).expect("a record is JSON");
    let back: PolicyRecord = serde_json::from_str(&json).unwrap_or_else(|problem| {
        panic!("the record cannot be read back: {problem}\n{:?}", text.start());
    });
    assert!(back == *record, "the record reads back as another one: {:?}", text.start());
    assert!(again() == *record, "the same text gives another record: {:?}", text.start());
    nothing_is_lost(&text, record);
    let value: Value = serde_json::from_str(&json).expect("it was read before");
    facts_stand_where_they_say(&text, record, &value["facts"]);
    for diagnostic in &record.diagnostics {
        if let Some(span) = &diagnostic.span {
            text.slice(span);
        }
    }
}

/// A text by code points.
struct Text {
    chars: Vec<char>,
    /// Line of each code point, from 1.
    lines: Vec<usize>,
}

impl Text {
    fn new(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let mut line = 1;
        let lines = chars
            .iter()
            .map(|c| {
                let own = line;
                line += usize::from(*c == '\n');
                own
            })
            .collect();
        Self { chars, lines }
    }

    /// The words under a span, which must be a span of this text.
    fn slice(&self, span: &Span) -> String {
        assert!(
            span.start <= span.end && span.end <= self.chars.len(),
            "{span:?} is outside: {:?}",
            self.start()
        );
        if span.start < span.end {
            let lines = (self.lines[span.start], self.lines[span.end - 1]);
            assert_eq!((span.line, span.end_line), lines, "lines of {span:?}: {:?}", self.start());
        }
        self.chars[span.start..span.end].iter().collect()
    }

    /// Enough of the text for a message.
    fn start(&self) -> String {
        self.chars.iter().take(400).collect()
    }
}

fn nothing_is_lost(text: &Text, record: &PolicyRecord) {
    let mut owners = vec![0_u8; text.chars.len()];
    let mut ids = HashSet::new();
    let mut rest: Vec<(&Node, Option<&Span>)> =
        record.editions.iter().flat_map(|edition| &edition.structure).map(|node| (node, None)).collect();
    while let Some((node, parent)) = rest.pop() {
        assert!(ids.insert(&node.id), "two nodes {}: {:?}", node.id, text.start());
        text.slice(&node.span);
        if let Some(parent) = parent {
            let inside = parent.start <= node.span.start && node.span.end <= parent.end;
            assert!(inside, "{} stands outside its parent: {:?}", node.id, text.start());
        }
        for own in &node.own {
            text.slice(own);
            let inside = node.span.start <= own.start && own.end <= node.span.end;
            assert!(inside, "own text of {} stands outside of it: {:?}", node.id, text.start());
            for owner in &mut owners[own.start..own.end] {
                *owner = owner.saturating_add(1);
            }
        }
        rest.extend(node.children.iter().map(|child| (child, Some(&node.span))));
    }
    for (at, (c, owners)) in text.chars.iter().zip(owners).enumerate() {
        if !c.is_whitespace() {
            assert!(
                owners == 1,
                "{c:?} at {at} (line {}) stands in {owners} nodes: {:?}",
                text.lines[at],
                text.start()
            );
        }
    }
}

fn facts_stand_where_they_say(text: &Text, record: &PolicyRecord, facts: &Value) {
    let mut nodes = HashSet::new();
    let mut rest: Vec<&Node> = record.editions.iter().flat_map(|edition| &edition.structure).collect();
    while let Some(node) = rest.pop() {
        nodes.insert(node.id.as_str());
        rest.extend(&node.children);
    }
    let layers = facts.as_object().expect("facts are an object");
    let mut ids = HashSet::new();
    for (layer, facts) in layers {
        for fact in facts.as_array().expect("a layer is a list") {
            let word = |key: &str| fact[key].as_str().unwrap_or_else(|| panic!("{layer}: no {key}: {fact}"));
            assert!(
                !word("id").is_empty() && ids.insert(word("id")),
                "two facts {}: {:?}",
                word("id"),
                text.start()
            );
            assert!(nodes.contains(word("node")), "{layer}: no node {}: {:?}", word("node"), text.start());
            let edition = fact["edition"].as_u64().expect("edition is a number");
            assert!(
                (edition as usize) < record.editions.len(),
                "{layer}: no edition {edition}: {:?}",
                text.start()
            );
            let span: Span = serde_json::from_value(fact["span"].clone()).expect("a fact has a span");
            let quote = text.slice(&span).split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(
                quote,
                word("quote"),
                "{layer}: the span does not re-read as the quote: {:?}",
                text.start()
            );
            assert!(!quote.is_empty(), "{layer}: a fact without words: {fact}: {:?}", text.start());
            let sure = fact["confidence"].as_f64().expect("confidence is a number");
            assert!((0.0..=1.0).contains(&sure), "{layer}: confidence {sure}");
            assert!(!fact["cues"].as_array().expect("cues are a list").is_empty(), "{layer}: no cue: {fact}");
        }
    }
    for deadline in &record.facts.deadlines {
        if let Some(id) = &deadline.value.applies_to {
            assert!(ids.contains(id.as_str()), "a deadline of no fact: {id}: {:?}", text.start());
        }
    }
    for reference in &record.facts.references {
        if let Some(id) = &reference.value.target {
            assert!(nodes.contains(id.as_str()), "a reference to no node: {id}: {:?}", text.start());
        }
    }
}
