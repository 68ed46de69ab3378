//! What is odd about the numbers of an edition.

use std::collections::HashMap;

use super::text::is_cut;
use super::{NodeIndex, Outline};
use crate::record::{Code, NodeKind};
use crate::source::{Oddity, SourceText};

/// Adds oddities for the nodes from `from` on.
pub(super) fn check(source: &SourceText, outline: &mut Outline, from: NodeIndex) {
    let mut found = Vec::new();
    let mut last_number: HashMap<Option<NodeIndex>, (u32, NodeIndex)> = HashMap::new();
    for index in from..outline.nodes.len() {
        let node = &outline.nodes[index];
        if !matches!(node.kind, NodeKind::Section | NodeKind::Clause) || node.label.is_empty() {
            continue;
        }
        let range = node.marker.clone();
        let mut odd =
            |code, message: String| found.push(Oddity { code, message, range: Some(range.clone()) });
        let text = outline.own_text(index, source);
        if node.kind == NodeKind::Section {
            if text.is_empty() {
                odd(Code::HeadingCut, format!("section {} has no heading", node.label));
            } else if is_cut(&text) {
                odd(Code::HeadingCut, format!("heading {text:?} of section {} breaks off", node.label));
            }
        }
        let Some(number) = node.label.rsplit('.').next().and_then(|part| part.parse::<u32>().ok()) else {
            continue;
        };
        let before = last_number.insert(node.parent, (number, index)).map(|(number, _)| number);
        match before {
            None if node.kind == NodeKind::Section && node.parent.is_none() && number > 1 => odd(
                Code::SectionsMissing,
                format!("the text starts with section {number}; sections 1 to {} are missing", number - 1),
            ),
            Some(before) if number == before => {
                odd(Code::NumberingDuplicate, format!("number {} stands twice", node.label))
            }
            Some(before) if number < before && number > 1 => {
                odd(Code::NumberingOrder, format!("number {} follows {before}", node.label));
            }
            Some(before) if number > before + 1 => {
                odd(
                    Code::NumberingGap,
                    format!("number {} follows {before}; what is between is missing", node.label),
                );
            }
            _ => {}
        }
    }
    outline.oddities.append(&mut found);
}
