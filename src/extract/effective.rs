//! Date and version of the policy itself.

use std::ops::Range;

use super::{Context, Unit};
use crate::language::Kind;
use crate::record::{Edition, Effective, NodeKind};
use crate::value::dates;

/// Most words of a line without a verb of its own that a bare date or a version stands on.
const SHORT: usize = 14;

/// Fills the date and version of every edition.
pub(super) fn effective(context: &Context<'_>, editions: &mut [Edition]) {
    for (index, edition) in editions.iter_mut().enumerate() {
        let mut date: Option<(usize, Effective)> = None;
        let mut version: Option<String> = None;
        let mut in_head = true;
        for node in context.outline.editions[index].nodes.clone() {
            let found = &context.outline.nodes[node];
            if found.kind == NodeKind::Noise {
                continue;
            }
            in_head &= !matches!(found.kind, NodeKind::Section | NodeKind::Clause);
            let unit = &*context.units.get(node);
            if version.is_none() {
                version = version_of(context, unit);
            }
            for hit in dates(unit.folded.as_str()) {
                let at = unit.tokens.partition_point(|token| (token.end as usize) <= hit.range.start);
                let sentence =
                    unit.sentences.iter().find(|sentence| sentence.contains(&at)).cloned().unwrap_or(0..0);
                let Some(rank) = rank(context, unit, &sentence, in_head) else { continue };
                if date.as_ref().is_none_or(|(known, _)| rank < *known) {
                    let span = context.source.span(&unit.folded.source(&hit.range));
                    date = Some((rank, Effective { date: Some(hit.iso), version: None, span: Some(span) }));
                }
            }
        }
        let found = date.map(|(_, date)| date);
        edition.effective = match (found, version) {
            (None, None) => None,
            (found, version) => Some(Effective { version, ..found.unwrap_or_default() }),
        };
    }
}

/// How sure it is that a date in a sentence is the policy's own: smaller is surer.
fn rank(context: &Context<'_>, unit: &Unit, sentence: &Range<usize>, in_head: bool) -> Option<usize> {
    let ids = ids(context, unit, sentence);
    let has = |id: &str| ids.iter().any(|(found, _)| found == id);
    match () {
        () if has("law") => None,
        () if has("in_force") => Some(0),
        () if has("updated") => Some(1),
        () if has("approved") => Some(2),
        () if in_head && words(unit, sentence) <= SHORT => Some(3),
        () => None,
    }
}

/// `Версия 1.2`, `редакция № 3`, `2.0 нұсқасы`.
fn version_of(context: &Context<'_>, unit: &Unit) -> Option<String> {
    let all = 0..unit.tokens.len();
    if words(unit, &all) > SHORT {
        return None;
    }
    let folded = unit.folded.as_str();
    ids(context, unit, &all).into_iter().filter(|(id, _)| id == "version").find_map(|(_, tokens)| {
        let behind = (tokens.end..tokens.end + 3)
            .take_while(|&at| unit.is_sign(at, ':') || unit.is_sign(at, '№') || is_number(unit, at))
            .find(|&at| is_number(unit, at));
        let before = tokens.start.checked_sub(1).filter(|&at| is_number(unit, at));
        let last = behind.or(before)?;
        let mut first = last;
        while before == Some(last) && first >= 2 && unit.is_sign(first - 1, '.') && is_number(unit, first - 2)
        {
            first -= 2;
        }
        let text = &folded[unit.tokens[first].start as usize..];
        let end = text.find(|found: char| !found.is_ascii_digit() && found != '.').unwrap_or(text.len());
        let version = text[..end].trim_end_matches('.');
        let is_date = version.split('.').any(|part| part.len() > 3);
        (!is_date && !version.is_empty()).then(|| version.to_owned())
    })
}

fn is_number(unit: &Unit, at: usize) -> bool {
    unit.tokens.get(at).is_some_and(|token| token.kind == Kind::Number)
}

fn words(unit: &Unit, tokens: &Range<usize>) -> usize {
    unit.tokens[tokens.clone()].iter().filter(|token| token.kind == Kind::Word).count()
}

/// Concepts of `effective.toml` in a range of tokens.
fn ids(context: &Context<'_>, unit: &Unit, tokens: &Range<usize>) -> Vec<(String, Range<usize>)> {
    let file = context.lexicon.file("effective");
    unit.mentions(context.lexicon, tokens, &[])
        .iter()
        .filter(|mention| Some(mention.entry.file) == file)
        .map(|mention| (context.lexicon.concept(mention.entry).id.clone(), mention.tokens.clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_policys_own_date_and_version_are_read_in_both_languages() {
        for (head, expected) in [
            ("Дата вступления в силу: 05.02.2024", "2024-02-05 -"),
            ("Күшіне ену күні: 2026 жылғы 27 маусым", "2026-06-27 -"),
            ("Соңғы жаңарту: 2026 ж. 2 мамыр", "2026-05-02 -"),
            ("Редакция от 1 сентября 2026 г. Версия 1.2", "2026-09-01 1.2"),
            ("Саясаттың 2.0 нұсқасы, 01.09.2026", "2026-09-01 2.0"),
            ("Политика составлена по Закону от 21 мая 2013 года.", "- -"),
        ] {
            let record = crate::parse(&format!("{head}\n1. Example\n"));
            let found = record.editions[0].effective.clone().unwrap_or_default();
            let found = format!(
                "{} {}",
                found.date.unwrap_or("-".to_owned()),
                found.version.unwrap_or("-".to_owned())
            );
            assert_eq!(found, expected, "{head}");
        }
    }
}
