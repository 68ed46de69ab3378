//! Decoded text to outline: editions, sections, clauses, items. Knows nothing of rights and laws.

mod build;
mod editions;
mod headings;
mod layout;
mod line;
mod lists;
mod noise;
mod numbering;
mod shape;
mod text;
mod unmarked;

use std::ops::Range;
use std::sync::LazyLock;

pub(crate) use layout::Layout;
pub use line::{Line, Marker, Number, Style, read_line};

use crate::prepared;
use crate::record::{Language, NodeKind};
use crate::source::{Oddity, SourceText};

/// Deepest nesting of nodes; what is nested deeper hangs on the last level.
pub const MAX_DEPTH: usize = 32;

/// Index of a node in [`Outline::nodes`].
pub type NodeIndex = usize;

/// A unit of the outline; ranges are bytes of the decoded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlineNode {
    /// What it is.
    pub kind: NodeKind,
    /// Normalised number or letter, empty if it has none.
    pub label: String,
    /// The marker as it stands; empty range if there is none.
    pub marker: Range<usize>,
    /// Pieces of own text behind the marker, one a line.
    pub pieces: Vec<Range<usize>>,
    /// Node it belongs to.
    pub parent: Option<NodeIndex>,
    /// Levels above it.
    pub depth: usize,
    /// First line, 0-based.
    pub line: usize,
    /// Last line of own text, 0-based.
    pub own_end_line: usize,
    /// A title without a sentence of its own: a section's heading or a heading-only clause.
    pub is_heading: bool,
}

/// One language version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionOutline {
    /// Its language.
    pub language: Language,
    /// Its nodes, in the order of the text.
    pub nodes: Range<NodeIndex>,
}

/// Outline of a document.
#[derive(Debug, Clone, Default)]
pub struct Outline {
    /// All nodes, edition by edition, parents before children.
    pub nodes: Vec<OutlineNode>,
    /// Editions in the order of their first lines.
    pub editions: Vec<EditionOutline>,
    /// What is odd about the numbers and headings.
    pub oddities: Vec<Oddity>,
}

impl Outline {
    /// Own text of a node as it stands, pieces joined by spaces.
    pub fn own_text(&self, node: NodeIndex, source: &SourceText) -> String {
        let pieces = &self.nodes[node].pieces;
        let mut out = String::with_capacity(pieces.iter().map(|piece| piece.len() + 1).sum());
        for (index, piece) in pieces.iter().enumerate() {
            if index > 0 {
                out.push(' ');
            }
            out.push_str(source.as_str()[piece.clone()].trim());
        }
        out
    }
}

/// Finds the outline of a text.
pub fn outline(source: &SourceText) -> Outline {
    static LAYOUT: LazyLock<Layout> = LazyLock::new(|| prepared::read(prepared::LAYOUT));
    let layout = &*LAYOUT;
    let (lines, limit) = line::lines(source, layout);
    let mut outline = Outline { oddities: limit.into_iter().collect(), ..Outline::default() };
    for edition in editions::editions(source, &lines) {
        let from = outline.nodes.len();
        build::Builder::new(source, &lines, &edition.lines, layout, &mut outline).build();
        numbering::check(source, &mut outline, from);
        outline
            .editions
            .push(EditionOutline { language: edition.language, nodes: from..outline.nodes.len() });
    }
    outline
}
