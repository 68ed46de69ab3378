//! The own texts of all nodes, read when they are asked for.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::ops::Range;
use std::rc::Rc;

use super::Unit;
use crate::lexicon::Lexicon;
use crate::source::SourceText;
use crate::structure::{NodeIndex, Outline};

/// Bytes of folded text whose units are kept, twenty times that in memory: those of any policy, but not of a text
/// that is a hundred times as long. What is asked for again is read again.
const KEPT: usize = 1 << 20;
/// Units that are kept whatever their length: a list's lead is asked for by each of its entries.
const FEWEST: usize = 4;

/// What a unit counts for: an empty one takes some memory too.
fn weight(unit: &Unit) -> usize {
    unit.folded.as_str().len() + 240
}

/// Reads units and keeps those that were asked for last.
#[derive(Debug)]
pub struct Units<'a> {
    source: &'a SourceText,
    outline: &'a Outline,
    lexicon: &'a Lexicon,
    slots: Vec<RefCell<Option<Rc<Unit>>>>,
    /// In the order in which they were read.
    kept: RefCell<VecDeque<NodeIndex>>,
    bytes: Cell<usize>,
}

impl<'a> Units<'a> {
    /// Nothing is read yet.
    pub(super) fn new(source: &'a SourceText, outline: &'a Outline, lexicon: &'a Lexicon) -> Self {
        let slots = std::iter::repeat_with(|| RefCell::new(None)).take(outline.nodes.len()).collect();
        Self { source, outline, lexicon, slots, kept: RefCell::default(), bytes: Cell::new(0) }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.slots.len()
    }

    /// The unit of a node.
    pub fn get(&self, node: NodeIndex) -> Rc<Unit> {
        if let Some(unit) = &*self.slots[node].borrow() {
            return unit.clone();
        }
        let unit = Rc::new(Unit::new(self.source, self.outline, node, self.lexicon));
        *self.slots[node].borrow_mut() = Some(unit.clone());
        let mut kept = self.kept.borrow_mut();
        kept.push_back(node);
        let mut bytes = self.bytes.get() + weight(&unit);
        while bytes > KEPT && kept.len() > FEWEST {
            let Some(oldest) = kept.pop_front() else { break };
            let gone = self.slots[oldest].take();
            bytes -= gone.map_or(0, |unit| weight(&unit));
        }
        self.bytes.set(bytes);
        unit
    }

    /// The units of some nodes.
    pub fn of(&self, nodes: Range<NodeIndex>) -> impl Iterator<Item = Rc<Unit>> {
        nodes.map(|node| self.get(node))
    }

    /// All units.
    pub fn all(&self) -> impl Iterator<Item = Rc<Unit>> {
        self.of(0..self.len())
    }
}
