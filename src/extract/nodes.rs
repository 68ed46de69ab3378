//! The outline as it stands in the record.

use crate::record::{Edition, Node, NodeKind, Span};
use crate::source::SourceText;
use crate::structure::{NodeIndex, Outline};

/// Id of a node in the record.
pub fn node_id(index: NodeIndex) -> String {
    format!("n{}", index + 1)
}

/// Editions with their nodes, without what is read from these.
pub fn editions(source: &SourceText, outline: &Outline) -> Vec<Edition> {
    let mut children: Vec<Vec<NodeIndex>> = vec![Vec::new(); outline.nodes.len()];
    for (index, node) in outline.nodes.iter().enumerate() {
        if let Some(parent) = node.parent {
            children[parent].push(index);
        }
    }
    outline
        .editions
        .iter()
        .map(|edition| {
            let nodes = || edition.nodes.clone();
            let title: Vec<String> = nodes()
                .filter(|&index| outline.nodes[index].kind == NodeKind::Title)
                .map(|index| folded(&outline.own_text(index, source)))
                .collect();
            Edition {
                language: edition.language,
                title: (!title.is_empty()).then(|| title.join(" / ")),
                operator: None,
                effective: None,
                jurisdiction: None,
                structure: nodes()
                    .filter(|&index| outline.nodes[index].parent.is_none())
                    .map(|index| node(source, outline, &children, index))
                    .collect(),
            }
        })
        .collect()
}

fn node(source: &SourceText, outline: &Outline, children: &[Vec<NodeIndex>], index: NodeIndex) -> Node {
    let found = &outline.nodes[index];
    let children: Vec<Node> =
        children[index].iter().map(|&child| node(source, outline, children, child)).collect();
    let marker = (!found.marker.is_empty()).then(|| found.marker.clone());
    let own: Vec<Span> = marker.iter().chain(&found.pieces).map(|range| source.span(range)).collect();
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
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
