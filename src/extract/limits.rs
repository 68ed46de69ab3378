//! Conditions and exceptions of a sentence: from where to where they run.

use std::ops::Range;

use super::frame::{Mode, Named, inside};
use super::{Mention, Unit};

/// Most words of a Kazakh condition whose beginning no word shows.
const CONDITION: usize = 10;
/// Words that a condition of nouns has at the least: `в случае отзыва`.
const NOUNS: usize = 3;

/// Conditions and exceptions.
pub(super) fn limits(
    unit: &Unit,
    range: &Range<usize>,
    words: &[(&str, &str, &Mention)],
    markers: &[(Mode, Range<usize>, bool)],
    named: &[Named],
    quoted: &[Range<usize>],
    kazakh: bool,
) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    for (id, role, mention) in words {
        if !matches!(*id, "condition" | "exception") {
            continue;
        }
        let at = &mention.tokens;
        match *role {
            "start" if !kazakh && !inside(at, quoted) => {
                out.push(at.start..end_of_condition(unit, range, at.start, markers, named))
            }
            "finish" if kazakh && !inside(at, quoted) => {
                let opener = words
                    .iter()
                    .filter(|(id, role, m)| {
                        *id == "condition" && *role == "start" && m.tokens.start < at.start
                    })
                    .map(|(.., m)| m.tokens.start)
                    .next_back();
                let comma = (range.start..at.start)
                    .rev()
                    .find(|&t| unit.is_sign(t, ','))
                    .map_or(range.start, |t| t + 1);
                // A comma behind it shows that the whole beginning is the condition.
                let far = if unit.is_sign(at.end, ',') {
                    comma
                } else {
                    comma.max(at.start.saturating_sub(CONDITION))
                };
                out.push(opener.unwrap_or(far)..at.end);
            }
            _ => {}
        }
    }
    out.sort_by_key(|range| range.start);
    out
}

/// A Russian verb in the third person.
fn is_finite(word: &str) -> bool {
    const ENDS: [&str; 12] =
        ["ется", "ются", "ится", "ятся", "утся", "атся", "ает", "яет", "ует", "ают", "яют", "уют"];
    word.chars().count() > 5 && ENDS.iter().any(|end| word.ends_with(end))
}

/// A Russian condition runs to the subject of the main clause if that follows it, to `, а также` or to the end.
fn end_of_condition(
    unit: &Unit,
    range: &Range<usize>,
    start: usize,
    markers: &[(Mode, Range<usize>, bool)],
    named: &[Named],
) -> usize {
    let stop = (start..range.end)
        .find(|&t| {
            unit.is_sign(t, ',')
                && (unit.word(t + 1) == "а" && unit.word(t + 2) == "также"
                    || unit.word(t + 1) == "при" && unit.word(t + 2) == "этом")
        })
        .unwrap_or(range.end);
    // `Если …`, `когда …`: a clause with a predicate of its own ends at its comma, whatever modal word it holds.
    let clause = ["если", "когда"].contains(&unit.word(start)) || unit.word(start + 2) == "если";
    let joint = (start..stop).find(|&t| {
        let next = unit.word(t + 1);
        unit.is_sign(t, ',')
            && !["если", "когда", "что", "чтобы"].contains(&next)
            && !next.starts_with("котор")
    });
    if clause && ["а", "но"].contains(&start.checked_sub(1).map_or("", |before| unit.word(before))) {
        let dash = (start..stop).find(|&t| unit.is_sign(t, '-'));
        return dash.into_iter().chain(joint).min().unwrap_or(stop);
    }
    let own = |at: usize| clause && joint.is_some_and(|joint| at < joint);
    let first_marker =
        markers.iter().map(|(_, at, _)| at.start).find(|&at| at > start && at < stop && !own(at));
    // `В случае отзыва согласия обработка данных прекращается`: nouns make the condition, the verb is another clause's.
    let nouns = !clause && (unit.word(start) == "при" || unit.word(start + 1) == "случае");
    let verb = (start..stop)
        .find(|&t| unit.is_sign(t, ',') || is_finite(unit.word(t)))
        .filter(|&t| nouns && !unit.is_sign(t, ','));
    if let Some(verb) = verb
        && !markers
            .iter()
            .map(|(_, at, _)| at)
            .chain(named.iter().filter(|n| n.subject).map(|n| &n.at))
            .any(|at| (start..verb).contains(&at.start))
    {
        return verb.min(start + NOUNS);
    }
    let opens = !markers.iter().any(|(_, at, _)| at.start < start);
    let until = first_marker.unwrap_or(stop);
    let main = named
        .iter()
        .rfind(|n| n.subject && n.at.start > start && n.at.start < until && opens)
        .map(|n| n.at.start);
    let comma = (start..until)
        .find(|&t| unit.is_sign(t, ',') && unit.word(t + 1) != "если" && unit.word(t + 1) != "когда");
    match (opens, main, first_marker, comma) {
        (true, Some(main), ..) => main,
        (true, None, None, _) if clause && start <= range.start + 2 && joint.is_some() => {
            joint.unwrap_or(stop)
        }
        (true, None, Some(marker), Some(comma)) if comma < marker => comma,
        (true, None, Some(_), None) => start, // nothing shows where it ends
        (true, None, None, Some(comma)) if start <= range.start + 2 => comma,
        (true, None, None, _) if start < range.start + 8 && start > range.start + 2 => start,
        (true, None, None, None) if start <= range.start + 2 => (start + 2..stop)
            .find(|&t| ["ть", "ти", "ться", "чь"].iter().any(|end| unit.word(t).ends_with(end)))
            .unwrap_or(stop),
        _ => stop,
    }
}
