//! The outline as it stands in the record.

use crate::record::{Edition, Node, NodeKind, Span};
use crate::source::SourceText;
use crate::structure::{NodeIndex, Outline};

/// Id of a node in the record.
pub fn node_id(index: NodeIndex) -> String {
    ["n", &(index + 1).to_string()].concat()
}

/// Editions with their titles: what is read from them and their nodes come later.
pub fn editions(source: &SourceText, outline: &Outline) -> Vec<Edition> {
    outline
        .editions
        .iter()
        .map(|edition| {
            let titles = edition.nodes.clone().filter(|&index| outline.nodes[index].kind == NodeKind::Title);
            let title: Vec<String> = titles.map(|index| folded(&outline.own_text(index, source))).collect();
            Edition {
                language: edition.language,
                title: (!title.is_empty()).then(|| title.join(" / ")),
                operator: None,
                effective: None,
                jurisdiction: None,
                structure: Vec::new(),
            }
        })
        .collect()
}

/// Gives the editions their nodes.
pub fn structure(source: &SourceText, outline: &Outline, editions: &mut [Edition]) {
    let mut children: Vec<Vec<NodeIndex>> = vec![Vec::new(); outline.nodes.len()];
    for (index, node) in outline.nodes.iter().enumerate() {
        if let Some(parent) = node.parent {
            children[parent].push(index);
        }
    }
    for (edition, found) in editions.iter_mut().zip(&outline.editions) {
        let outermost: Vec<NodeIndex> =
            found.nodes.clone().filter(|&index| outline.nodes[index].parent.is_none()).collect();
        edition.structure =
            outermost.into_iter().map(|index| node(source, outline, &children, index)).collect();
    }
}

fn node(source: &SourceText, outline: &Outline, children: &[Vec<NodeIndex>], index: NodeIndex) -> Node {
    let found = &outline.nodes[index];
    let children: Vec<Node> =
        children[index].iter().map(|&child| node(source, outline, children, child)).collect();
    let marker = (!found.marker.is_empty()).then(|| found.marker.clone());
    let mut own: Vec<Span> = Vec::with_capacity(found.pieces.len() + usize::from(marker.is_some()));
    own.extend(marker.iter().chain(&found.pieces).map(|range| source.span(range)));
    let text = folded(&outline.own_text(index, source));
    let first =
        own.first().copied().unwrap_or_else(|| source.span(&(found.marker.start..found.marker.start)));
    let last = own
        .iter()
        .chain(children.iter().map(|child| &child.span))
        .max_by_key(|span| span.end)
        .copied()
        .unwrap_or(first);
    Node {
        id: node_id(index),
        kind: found.kind,
        label: found.label.clone(),
        marker: source.as_str()[found.marker.clone()].to_owned(),
        heading: (found.is_heading && !text.is_empty()).then(|| text.clone()),
        text,
        span: Span { start: first.start, end: last.end, line: first.line, end_line: last.end_line },
        own_end_line: found.own_end_line + 1,
        own,
        children,
    }
}

/// Text with its white space folded.
pub fn folded(text: &str) -> String {
    let mut before = ' ';
    let is_folded = |found: char| {
        let folded = match found {
            ' ' => before != ' ',
            '!'..='~' | '\u{400}'..='\u{52f}' => true,
            _ => !found.is_whitespace(),
        };
        before = found;
        folded
    };
    if text.chars().all(is_folded) && before != ' ' {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out.shrink_to_fit();
    out
}
