//! The deontic frame: who may, must or must not, and over which words. ARCHITECTURE.md explains it with examples.
//!
//! A sentence is cut into scopes, one for each modal word. Russian puts the modal word before the acts, Kazakh behind
//! them; so a Russian scope begins at its subject, a Kazakh one ends at its modal word. Conditions, exceptions,
//! brackets and quotations are masked: acts named in them are not what the sentence binds anybody to.

use std::ops::Range;

use super::{Context, Mention, Unit};
use crate::language::Kind;
use crate::record::{Language, Party};

/// How a scope binds its party.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// вправе, құқылы
    Right,
    /// может, алады
    May,
    /// обязан, міндетті
    Must,
    /// запрещается, тыйым салынады
    MustNot,
    /// не обязан, міндетті емес: binds nobody
    Waiver,
}

/// Party and mode that a lead-in or heading hands down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Frame {
    /// Whom it is about, if it says so.
    pub(super) party: Option<Party>,
    /// How it binds.
    pub(super) mode: Mode,
    /// It stands in a heading or a lead-in on principles, so what it governs may be read as any other clause too.
    pub(super) from_heading: bool,
}

/// A part of a sentence under one modal word.
#[derive(Debug, Clone)]
pub(super) struct Scope {
    /// Its tokens.
    pub(super) range: Range<usize>,
    /// The modal word.
    pub(super) marker: Range<usize>,
    /// What it says.
    pub(super) mode: Mode,
    /// Whom the scope names.
    pub(super) party: Option<Party>,
    /// The party stands as the subject, not only as agent or addressee.
    pub(super) explicit: bool,
    /// Impersonal: можно, болады.
    pub(super) impersonal: bool,
}

/// A sentence with its scopes.
#[derive(Debug, Clone)]
pub(super) struct Sentence {
    /// All its tokens.
    pub(super) range: Range<usize>,
    /// Parts under a modal word; none if it has none.
    pub(super) scopes: Vec<Scope>,
    /// The last party that stands as a subject outside masks.
    pub(super) subject: Option<Party>,
    /// Quotations and brackets.
    pub(super) quoted: Vec<Range<usize>>,
    /// Quotations, brackets, conditions and exceptions.
    pub(super) masked: Vec<Range<usize>>,
    /// First condition or exception.
    pub(super) condition: Option<Range<usize>>,
    /// It states an aim, not an act.
    pub(super) aim: bool,
    /// It says what a request must look like.
    pub(super) form: bool,
}

#[derive(Debug, Clone)]
struct Named {
    party: Party,
    subject: bool,
    at: Range<usize>,
}

/// Reads one sentence of a unit.
pub(super) fn read(context: &Context<'_>, unit: &Unit, range: &Range<usize>) -> Sentence {
    let lexicon = context.lexicon;
    let mentions = unit.mentions(lexicon, range, &[]);
    let (frame, parties) = (lexicon.file("frame"), lexicon.file("parties"));
    let quoted = quoted(unit, range);
    let named =
        named(context, unit, range, mentions.iter().filter(|m| Some(m.entry.file) == parties), &quoted);
    let words: Vec<(&str, &str, &Mention)> = mentions
        .iter()
        .filter(|mention| Some(mention.entry.file) == frame)
        .map(|mention| {
            (lexicon.concept(mention.entry).id.as_str(), lexicon.roles[mention.entry.role].as_str(), mention)
        })
        .collect();
    let kazakh = context.language(unit.node) == Language::Kk;
    let markers = markers(unit, &words, &quoted);
    let limits = limits(unit, range, &words, &markers, &named, kazakh);
    let masked: Vec<Range<usize>> = quoted.iter().chain(&limits).cloned().collect();
    let clear: Vec<Named> = named.iter().filter(|n| !inside(&n.at, &limits)).cloned().collect();
    let scopes = scopes(unit, range, &markers, &clear, kazakh);
    Sentence {
        range: range.clone(),
        scopes,
        subject: clear.iter().rfind(|n| n.subject).map(|n| n.party),
        quoted,
        masked,
        condition: limits.first().cloned(),
        aim: words.iter().any(|(id, ..)| *id == "aim"),
        form: words.iter().any(|(id, ..)| *id == "form"),
    }
}

fn inside(what: &Range<usize>, ranges: &[Range<usize>]) -> bool {
    ranges.iter().any(|range| range.start <= what.start && what.end <= range.end)
}

/// Brackets, and quotations of more than one word (a title, a note on a letter).
fn quoted(unit: &Unit, range: &Range<usize>) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let (mut bracket, mut quote) = (None, None);
    for at in range.clone() {
        match unit.tokens[at].kind {
            Kind::Sign('(' | '[') if bracket.is_none() => bracket = Some(at),
            Kind::Sign(')' | ']') => {
                if let Some(open) = bracket.take() {
                    out.push(open..at + 1);
                }
            }
            Kind::Sign('"') => match quote.take() {
                None => quote = Some(at),
                Some(open) if at - open > 2 && at - open < 20 => out.push(open..at + 1),
                Some(_) => {}
            },
            _ => {}
        }
    }
    out
}

fn named<'m>(
    context: &Context<'_>,
    unit: &Unit,
    range: &Range<usize>,
    mentions: impl Iterator<Item = &'m Mention>,
    quoted: &[Range<usize>],
) -> Vec<Named> {
    let lexicon = context.lexicon;
    let subject_role = lexicon.role("subject");
    let mut out: Vec<Named> = mentions
        .filter(|mention| !inside(&mention.tokens, quoted))
        .filter_map(|mention| {
            let party = lexicon.concept(mention.entry).id.parse().ok()?;
            Some(Named { party, subject: mention.entry.role == subject_role, at: mention.tokens.clone() })
        })
        .collect();
    // Names that the policy itself gives to its parties win over the common ones.
    for at in range.clone() {
        if let Some(party) = context.alias(unit, at) {
            out.retain(|known| !(known.at.start <= at && at < known.at.end));
            out.push(Named { party, subject: true, at: at..at + 1 });
        }
    }
    // `Работники Оператора` is one mention, not two; of two equally long ones the first file order wins.
    out.sort_by_key(|n| (n.at.start, usize::MAX - n.at.end));
    let mut kept: Vec<Named> = Vec::new();
    for found in out {
        if !kept.iter().any(|known| known.at.start <= found.at.start && found.at.end <= known.at.end) {
            kept.push(found);
        }
    }
    kept
}

fn markers(
    unit: &Unit,
    words: &[(&str, &str, &Mention)],
    quoted: &[Range<usize>],
) -> Vec<(Mode, Range<usize>, bool)> {
    let mut out: Vec<(Mode, Range<usize>, bool)> = words
        .iter()
        .filter(|(_, role, mention)| *role == "mark" && !inside(&mention.tokens, quoted))
        .filter_map(|(id, _, mention)| {
            let mode = match *id {
                "right" => Mode::Right,
                "may" => Mode::May,
                "duty" => Mode::Must,
                "ban" => Mode::MustNot,
                "waiver" => Mode::Waiver,
                _ => return None,
            };
            is_modal(unit, &mention.tokens).then(|| {
                let impersonal = matches!(unit.word(mention.tokens.start), "можно" | "болады" | "нельзя");
                (mode, mention.tokens.clone(), impersonal)
            })
        })
        .collect();
    // `не вправе` wins over `вправе`; of equal ones the first.
    out.sort_by_key(|(_, at, _)| (usize::MAX - at.len(), at.start));
    let mut kept: Vec<(Mode, Range<usize>, bool)> = Vec::new();
    for found in out {
        if !kept.iter().any(|known| known.1.start < found.1.end && found.1.start < known.1.end) {
            kept.push(found);
        }
    }
    kept.sort_by_key(|(_, at, _)| at.start);
    // бермеуге міндетті: the negation stands in the verb before the modal word.
    let negated: Vec<usize> =
        words.iter().filter(|(id, ..)| *id == "negated").map(|(.., m)| m.tokens.end).collect();
    for (mode, at, _) in &mut kept {
        if *mode == Mode::Must && negated.iter().any(|end| (*end..=*end + 4).contains(&at.start)) {
            *mode = Mode::MustNot;
        }
    }
    kept
}

/// Words that are modal only in some surroundings.
fn is_modal(unit: &Unit, at: &Range<usize>) -> bool {
    let before = at.start.checked_sub(1).map_or("", |before| unit.word(before));
    let after = unit.word(at.end);
    match unit.word(at.start) {
        // необходимо для исполнения, қажет шаралар
        "необходимо" | "требуется" if at.len() == 1 => {
            after.ends_with("ть") || after.ends_with("ться") || after.ends_with("ти") || after.ends_with("чь")
        }
        "қажет" | "керек" if at.len() == 1 => {
            (before.ends_with('у')
                || before.ends_with("уы")
                || before.ends_with("уі")
                || before.ends_with('ю'))
                && after != "болған"
                && after != "болса"
                && after != "ететін"
        }
        "жатады" => ["уға", "уге", "юға", "юге"].iter().any(|end| before.ends_with(end)),
        "міндетті" => after != "түрде",
        "болады" | "болмайды" if at.len() == 1 => {
            before.ends_with("уға") || before.ends_with("уге") || before.ends_with("юға")
        }
        "мүмкін" if at.len() == 1 => after != "болған" && after != "болатын",
        _ => true,
    }
}

/// Conditions and exceptions.
fn limits(
    unit: &Unit,
    range: &Range<usize>,
    words: &[(&str, &str, &Mention)],
    markers: &[(Mode, Range<usize>, bool)],
    named: &[Named],
    kazakh: bool,
) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    for (id, role, mention) in words {
        if !matches!(*id, "condition" | "exception") {
            continue;
        }
        let at = &mention.tokens;
        match *role {
            "start" if !kazakh => out.push(at.start..end_of_condition(unit, range, at.start, markers, named)),
            "finish" => {
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
                out.push(opener.unwrap_or(comma)..at.end);
            }
            _ => {}
        }
    }
    out.sort_by_key(|range| range.start);
    out
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
    let first_marker = markers.iter().map(|(_, at, _)| at.start).find(|&at| at > start && at < stop);
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
        (true, None, Some(marker), Some(comma)) if comma < marker => comma,
        (true, None, Some(_), None) => start, // nothing shows where it ends
        (true, None, None, Some(comma)) if start <= range.start + 2 => comma,
        _ => stop,
    }
}

fn scopes(
    unit: &Unit,
    range: &Range<usize>,
    markers: &[(Mode, Range<usize>, bool)],
    named: &[Named],
    kazakh: bool,
) -> Vec<Scope> {
    let mut cuts = vec![range.start];
    for pair in markers.windows(2) {
        let (before, after) = (&pair[0].1, &pair[1].1);
        let cut = if kazakh {
            before.end
        } else {
            // At the subject of the second modal word, or at the last joint before it.
            let subject = named
                .iter()
                .rfind(|n| n.subject && n.at.start >= before.end && n.at.end <= after.start)
                .map(|n| n.at.start);
            let joint = (before.end..after.start)
                .rev()
                .find(|&t| unit.is_sign(t, ',') || matches!(unit.word(t), "и" | "или" | "но"));
            subject.or(joint).unwrap_or(after.start)
        };
        cuts.push(cut);
    }
    cuts.push(range.end);
    markers
        .iter()
        .enumerate()
        .map(|(index, (mode, marker, impersonal))| {
            let range = cuts[index]..cuts[index + 1];
            let here: Vec<&Named> =
                named.iter().filter(|n| range.start <= n.at.start && n.at.end <= range.end).collect();
            let before = here.iter().rfind(|n| n.subject && n.at.end <= marker.start);
            let subject =
                if kazakh { here.iter().rfind(|n| n.subject && n.at.start < marker.end) } else { before }
                    .or_else(|| here.iter().find(|n| n.subject));
            let agent = here.iter().find(|n| !n.subject);
            // Пользователю запрещается: the addressee of an impersonal word is who is bound.
            let party = before.copied().or(subject.copied()).or(agent.copied());
            let agent_first = agent.filter(|agent| before.is_none() && agent.at.end <= marker.start + 1);
            let chosen = agent_first.copied().or(party);
            Scope {
                range,
                marker: marker.clone(),
                mode: *mode,
                party: chosen.map(|n| n.party),
                explicit: chosen.is_some_and(|n| n.subject) || agent_first.is_some(),
                impersonal: *impersonal,
            }
        })
        .collect()
}
