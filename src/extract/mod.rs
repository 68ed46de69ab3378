//! Outline to facts: what the policy says, with its evidence.
//!
//! One file a layer. Each looks at [`Unit`]s, the own texts of the nodes, and at the [`Context`] of the whole document.

mod nodes;
mod unit;

use crate::lexicon::Lexicon;
use crate::record::{Edition, Fact, Facts};
use crate::source::{Oddity, SourceText};
use crate::structure::Outline;

pub use nodes::{editions, folded, node_id};
pub use unit::{Mention, Unit};

/// What every extractor sees.
#[derive(Debug)]
pub struct Context<'a> {
    /// The decoded text.
    pub source: &'a SourceText,
    /// Its outline.
    pub outline: &'a Outline,
    /// The words.
    pub lexicon: &'a Lexicon,
    /// Own text of each node, by the node's index.
    pub units: Vec<Unit>,
    /// Edition of each node, by the node's index.
    pub editions: Vec<usize>,
}

impl<'a> Context<'a> {
    /// Reads the own texts of all nodes.
    pub fn new(source: &'a SourceText, outline: &'a Outline, lexicon: &'a Lexicon) -> Self {
        let units = (0..outline.nodes.len()).map(|node| Unit::new(source, outline, node, lexicon)).collect();
        let mut editions = vec![0; outline.nodes.len()];
        for (index, edition) in outline.editions.iter().enumerate() {
            editions[edition.nodes.clone()].fill(index);
        }
        Self { source, outline, lexicon, units, editions }
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

/// Extracts facts; fills operator and date of the editions.
pub fn extract(context: &Context<'_>, editions: &mut [Edition]) -> Extraction {
    let _ = (context, editions);
    Extraction::default()
}
