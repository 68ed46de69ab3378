//! Values: what small phrases of digits, words and signs stand for.
//!
//! Each reader is called on folded text, finds its candidates itself and tells where they stand; none knows of facts.
//! `grammar/value.pest` reads one candidate at a time; its rules do not leave this module.

pub mod address;
pub mod contact;
pub mod date;
pub mod duration;
pub mod identifier;
mod time;

pub use address::addresses;
pub use contact::{ContactHit, ContactShape, address_at, contacts};
pub use date::{DateHit, dates};
pub use duration::{DurationHit, durations};
pub use identifier::{IdentifierHit, identifiers};

use crate::language::is_letter;

use pest::Parser as _;
use pest::iterators::Pair;

mod grammar {
    #![allow(missing_docs, unreachable_pub)]
    use pest_derive::Parser;

    #[derive(Parser)]
    #[grammar = "grammar/value.pest"]
    pub(super) struct Value;
}
use grammar::{Rule, Value};

/// Bytes behind the start of a candidate that are looked at.
const REACH: usize = 400;

/// Reads a candidate that begins at a byte.
fn read(rule: Rule, folded: &str, at: usize) -> Option<Pair<'_, Rule>> {
    Value::parse(rule, reach(folded, at)).ok()?.next()
}

/// What of a text is looked at for a candidate that begins at a byte.
fn reach(folded: &str, at: usize) -> &str {
    let mut end = folded.len().min(at + REACH);
    while !folded.is_char_boundary(end) {
        end -= 1;
    }
    &folded[at..end]
}

/// Byte behind the last piece that is not the rest.
fn end(pair: &Pair<'_, Rule>) -> usize {
    pair.clone()
        .into_inner()
        .filter(|inner| !matches!(inner.as_rule(), Rule::rest | Rule::EOI))
        .map(|inner| inner.as_span().end())
        .max()
        .unwrap_or(0)
}

/// The first piece under a rule, however deep.
fn piece<'a>(pair: &Pair<'a, Rule>, rule: Rule) -> Option<&'a str> {
    pair.clone().into_inner().flatten().find(|inner| inner.as_rule() == rule).map(|inner| inner.as_str())
}

/// Whether a character is part of a word or a number.
fn is_of_word(found: char) -> bool {
    is_letter(found) || found.is_numeric()
}

/// Whether a word or number goes on over this byte from the left.
fn is_inside_word(folded: &str, at: usize) -> bool {
    folded[..at].chars().next_back().is_some_and(is_of_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples that stand beside the rules in the grammar.
    #[test]
    fn the_examples_of_the_grammar_hold() {
        let text = include_str!("../../grammar/value.pest");
        let mut examples: Vec<(bool, String)> = Vec::new();
        for line in text.lines() {
            if let Some(example) = line.strip_prefix("/// yes: ").or(line.strip_prefix("/// no: ")) {
                let example = example.trim_matches('"').replace("\\\"", "\"");
                examples.push((line.starts_with("/// yes"), example));
            } else if !line.starts_with("///") {
                let name = line.split(' ').next().unwrap_or_default();
                for (expected, example) in examples.drain(..) {
                    let rule = match name {
                        "email" => Rule::email,
                        "url" => Rule::url,
                        "handle" => Rule::handle,
                        "phone" => Rule::phone,
                        "date" => Rule::date,
                        "identifier" => Rule::identifier,
                        "address_part" => Rule::address_part,
                        _ => panic!("{name} has examples but is not known to the test"),
                    };
                    let found = read(rule, &example, 0).is_some();
                    assert_eq!(found, expected, "{name}: {example:?}");
                }
            }
        }
    }
}
