//! Deadlines: durations and words of time, with the event they run from and the act they belong to.

use std::collections::HashSet;
use std::ops::Range;

use super::frame;
use super::topics::{self, Topics};
use super::{Context, Extraction, Mention, Unit};
use crate::record::{
    Action, Bound, Code, DayType, Deadline, DeadlineKind, ObligationKind, RightKind, Span, Trigger,
};
use crate::source::Oddity;
use crate::value::durations;

/// Extracts the layer; rights and obligations have their ids already.
pub(super) fn deadlines(context: &Context<'_>, topics: &[Topics], out: &mut Extraction) {
    let acts = acts(context, out);
    let reader = Reader {
        context,
        acts,
        deadlines: context.lexicon.file("deadlines"),
        triggers: context.lexicon.file("triggers"),
        actions: context.lexicon.file("actions"),
    };
    for unit in context.units.iter().filter(|unit| context.is_read(unit.node)) {
        if topics[unit.node].has("definitions") && super::deontic::is_definition(unit) {
            continue;
        }
        reader.read(unit, &topics[unit.node], out);
    }
}

/// A right or obligation that a deadline may belong to.
struct Act {
    node: usize,
    span: Span,
    id: String,
    kind: &'static str,
}

fn acts(context: &Context<'_>, out: &Extraction) -> Vec<Act> {
    let index = |node: &str| node.trim_start_matches('n').parse::<usize>().map_or(0, |number| number - 1);
    let _ = context;
    let rights = out.facts.rights.iter().map(|fact| Act {
        node: index(&fact.node),
        span: fact.span,
        id: fact.id.clone(),
        kind: fact.value.kind.id(),
    });
    let obligations = out.facts.obligations.iter().map(|fact| Act {
        node: index(&fact.node),
        span: fact.span,
        id: fact.id.clone(),
        kind: fact.value.kind.id(),
    });
    let mut acts: Vec<Act> = rights.chain(obligations).collect();
    acts.sort_by_key(|act| (act.node, act.span.start));
    acts
}

/// A term before its event and act are known.
struct Term {
    kind: DeadlineKind,
    iso: String,
    day_type: Option<DayType>,
    bound: Option<Bound>,
    tokens: Range<usize>,
    cue: String,
}

struct Reader<'a> {
    context: &'a Context<'a>,
    acts: Vec<Act>,
    deadlines: Option<usize>,
    triggers: Option<usize>,
    actions: Option<usize>,
}

impl Reader<'_> {
    fn read(&self, unit: &Unit, topics: &Topics, out: &mut Extraction) {
        let mut seen: HashSet<(usize, DeadlineKind, String, Option<DayType>)> = HashSet::new();
        let found = durations(unit.folded.as_str(), &unit.tokens);
        for hit in &found {
            if let Some(message) = &hit.contradiction {
                let range = Some(unit.bytes(&hit.tokens));
                out.oddities.push(Oddity {
                    code: Code::NumberContradiction,
                    message: message.clone(),
                    range,
                });
            }
        }
        for range in &unit.sentences {
            let mentions = unit.mentions(self.context.lexicon, range, &[]);
            let sentence = frame::read(self.context, unit, range);
            if sentence.form {
                continue;
            }
            let mut terms: Vec<Term> = found
                .iter()
                .filter(|hit| range.start <= hit.tokens.start && hit.tokens.end <= range.end)
                .map(|hit| Term {
                    kind: DeadlineKind::Duration,
                    iso: hit.iso.clone(),
                    day_type: hit.day_type,
                    bound: Some(hit.bound),
                    tokens: hit.tokens.clone(),
                    cue: "value/duration".to_owned(),
                })
                .collect();
            for mention in self.of(&mentions, self.deadlines) {
                let id = self.id(mention);
                let Ok(kind) = id.parse::<DeadlineKind>() else { continue };
                if sentence.quoted.iter().any(|quoted| quoted.contains(&mention.tokens.start))
                    && kind != DeadlineKind::UntilEvent
                {
                    continue;
                }
                terms.push(Term {
                    kind,
                    iso: String::new(),
                    day_type: None,
                    bound: None,
                    tokens: mention.tokens.clone(),
                    cue: format!("deadlines/{id}"),
                });
            }
            terms.sort_by_key(|term| term.tokens.start);
            for term in terms {
                let trigger = self.trigger(unit, range, &mentions, &term);
                let (action, applies_to) = self.action(unit, topics, range, &mentions, &term);
                let value = Deadline {
                    kind: term.kind,
                    iso: term.iso.clone(),
                    day_type: term.day_type,
                    bound: term.bound,
                    trigger,
                    action: Action(action),
                    applies_to,
                };
                let fact = self.context.fact(unit, &term.tokens, term.cue, 0.9, value);
                if seen.insert((fact.span.line, term.kind, term.iso, term.day_type)) {
                    out.facts.deadlines.push(fact);
                }
            }
        }
    }

    fn of<'m>(
        &self,
        mentions: &'m [Mention],
        file: Option<usize>,
    ) -> impl Iterator<Item = &'m Mention> + use<'m> {
        mentions.iter().filter(move |m| Some(m.entry.file) == file)
    }

    fn id(&self, mention: &Mention) -> &str {
        &self.context.lexicon.concept(mention.entry).id
    }

    /// The event nearest to the term in its sentence.
    fn trigger(&self, unit: &Unit, range: &Range<usize>, mentions: &[Mention], term: &Term) -> Trigger {
        let near = |far: usize| {
            self.of(mentions, self.triggers)
                .map(|m| (distance(&m.tokens, &term.tokens), m))
                .filter(move |(distance, _)| *distance <= far)
                .min_by_key(|(distance, m)| (*distance, usize::MAX - m.tokens.len()))
                .and_then(|(_, m)| self.id(m).parse::<Trigger>().ok())
        };
        let _ = (unit, range);
        match term.kind {
            DeadlineKind::Duration => near(14).unwrap_or(Trigger::None),
            DeadlineKind::UntilEvent => near(8).unwrap_or(Trigger::Other),
            DeadlineKind::Immediate | DeadlineKind::Prompt => near(30).unwrap_or(Trigger::None),
            DeadlineKind::AnyTime => {
                near(20).filter(|t| *t == Trigger::RequestReceived).unwrap_or(Trigger::None)
            }
            DeadlineKind::Indefinite => Trigger::None,
        }
    }

    /// What has to happen in that time, and the fact that says so.
    fn action(
        &self,
        unit: &Unit,
        topics: &Topics,
        range: &Range<usize>,
        mentions: &[Mention],
        term: &Term,
    ) -> (String, Option<String>) {
        let said = |id: &str| self.of(mentions, self.actions).any(|m| self.id(m) == id);
        if said(Action::POLICY_VALIDITY)
            && matches!(
                term.kind,
                DeadlineKind::Indefinite | DeadlineKind::UntilEvent | DeadlineKind::Duration
            )
        {
            return (Action::POLICY_VALIDITY.to_owned(), None);
        }
        let place = self.context.source.span(&unit.bytes(&term.tokens));
        let sentence = self.context.source.span(&unit.bytes(range));
        let here = self.acts.iter().filter(|act| {
            act.node == unit.node && act.span.start >= sentence.start && act.span.end <= sentence.end
        });
        let nearest = here.min_by_key(|act| gap(&act.span, &place));
        let lead = || {
            topics::lead_of(self.context, unit.node)
                .and_then(|lead| self.acts.iter().find(|act| act.node == lead))
        };
        let retention = said(Action::RETENTION) || topics.has("retention");
        let act = nearest.or_else(|| if retention { None } else { lead() });
        match act {
            Some(act) if retention && keeps(act.kind) => (Action::RETENTION.to_owned(), Some(act.id.clone())),
            Some(act) => (act.kind.to_owned(), Some(act.id.clone())),
            None if retention => (Action::RETENTION.to_owned(), None),
            None => (Action::OTHER.to_owned(), None),
        }
    }
}

/// Acts that are another way to say that data are kept.
fn keeps(kind: &str) -> bool {
    [
        ObligationKind::StorageLimitation.id(),
        ObligationKind::StoreData.id(),
        RightKind::ProcessData.id(),
        RightKind::ProcessWithoutConsent.id(),
        RightKind::GiveConsent.id(),
        ObligationKind::PurposeLimitation.id(),
        ObligationKind::ProcessLawfully.id(),
        "other",
    ]
    .contains(&kind)
}

/// Tokens between two ranges.
fn distance(one: &Range<usize>, other: &Range<usize>) -> usize {
    if one.end <= other.start {
        other.start - one.end
    } else if other.end <= one.start {
        one.start - other.end
    } else {
        0
    }
}

/// Code points between two spans.
fn gap(one: &Span, other: &Span) -> usize {
    distance(&(one.start..one.end), &(other.start..other.end))
}
