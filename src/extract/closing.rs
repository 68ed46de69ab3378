//! Kazakh lists whose modal word stands behind the entries: `Оператор: 1) …-уға; 2) …-уға міндетті.`

use super::frame::Mode;
use super::{Context, topics};
use crate::language::Kind;
use crate::record::{Language, NodeKind};
use crate::structure::NodeIndex;

/// Most words of a line that only closes a list: `міндетті.`, `мыналарға құқылы.`
const CLOSING_LINE: usize = 3;

/// How the words behind the entries of a lead-in bind, if it is Kazakh and leaves that to them.
pub(super) fn mode_behind(context: &Context<'_>, lead: NodeIndex) -> Option<Mode> {
    if context.language(lead) != Language::Kk {
        return None;
    }
    // `… мынадай қағидаттарға негізделеді:` says it all itself.
    let own = context.units.get(lead);
    let verb =
        own.tokens.iter().rposition(|token| token.kind == Kind::Word).map_or("", |last| own.word(last));
    if ["ады", "еді", "йды", "йді"].iter().any(|end| verb.ends_with(end)) && own.last_sign() == Some(':')
    {
        return None;
    }
    let nodes = &context.outline.nodes;
    let inside = |index: &NodeIndex| {
        std::iter::successors(Some(*index), |&at| nodes[at].parent).skip(1).any(|at| at == lead)
    };
    let behind = (lead + 1..nodes.len()).find(|index| !inside(index)).unwrap_or(nodes.len());
    let entries: Vec<NodeIndex> =
        (lead + 1..behind).filter(|&index| nodes[index].kind == NodeKind::Item).collect();
    let (last, others) = entries.split_last()?;
    // An entry before the last that binds by itself shows that each speaks for itself.
    if others.iter().any(|&entry| closing_mode(context, entry).is_some()) {
        return None;
    }
    let line = (behind < nodes.len())
        .then_some(behind)
        .filter(|&next| nodes[next].kind == NodeKind::Paragraph && !topics::introduces(context, next))
        .filter(|&next| context.units.get(next).tokens.len() <= CLOSING_LINE + 1);
    closing_mode(context, *last).or_else(|| closing_mode(context, line?))
}

/// The mode of the modal word that ends a node's text.
fn closing_mode(context: &Context<'_>, node: NodeIndex) -> Option<Mode> {
    let unit = &*context.units.get(node);
    let sentence = unit.frame(context, unit.sentences.last()?);
    let scope = sentence.scopes.last()?;
    let ends = scope.marker.end + 1 >= sentence.range.end && !scope.marker.is_empty();
    let ban = ["тыйым", "жол", "рұқсат", "болмайды"].contains(&unit.word(scope.marker.start));
    (ends && scope.mode != Mode::Waiver).then_some(match scope.mode {
        // бермеуге міндетті: the negation is the last entry's own
        Mode::MustNot if !ban => Mode::Must,
        mode => mode,
    })
}
