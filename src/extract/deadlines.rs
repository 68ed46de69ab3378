//! Deadlines: durations and words of time, with the event they run from and the act they belong to.

use std::collections::HashSet;
use std::ops::Range;

use super::topics::{self, Topics};
use super::{Context, Extraction, Mention, Unit};
use crate::record::{
    Action, Bound, Code, DayType, Deadline, DeadlineKind, Language, ObligationKind, RightKind, Span, Trigger,
};
use crate::source::Oddity;
use crate::value::durations;

/// Extracts the layer; rights and obligations have their ids already.
pub(super) fn deadlines(context: &Context<'_>, topics: &[Topics], out: &mut Extraction) {
    let acts = acts(out);
    let reader = Reader {
        context,
        acts,
        deadlines: context.lexicon.file("deadlines"),
        triggers: context.lexicon.file("triggers"),
        actions: context.lexicon.file("actions"),
    };
    for unit in context.read() {
        let unit = &*unit;
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
    right: bool,
}

fn acts(out: &Extraction) -> Vec<Act> {
    let index = |node: &str| node.trim_start_matches('n').parse::<usize>().map_or(0, |number| number - 1);
    let rights = out.facts.rights.iter().map(|fact| Act {
        node: index(&fact.node),
        span: fact.span,
        id: fact.id.clone(),
        kind: fact.value.kind.id(),
        right: true,
    });
    let obligations = out.facts.obligations.iter().map(|fact| Act {
        node: index(&fact.node),
        span: fact.span,
        id: fact.id.clone(),
        kind: fact.value.kind.id(),
        right: false,
    });
    let mut acts: Vec<Act> = rights.chain(obligations).collect();
    acts.sort_by_key(|act| (act.node, act.span.start));
    acts
}

/// How sure a term is: its form decides, and hardly anything else looks like it.
const SURE: f64 = 0.95;

/// Tokens of a sentence among which an opening condition names its event.
const OPENS: usize = 8;

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
        // A term that prolongs another is about the same act.
        let mut said: Vec<(String, Option<String>)> = Vec::new();
        for range in &unit.sentences {
            let sentence = unit.frame(self.context, range);
            let mentions = unit.mentions(self.context.lexicon, range, &[]);
            let quoted = |m: &Mention| sentence.quoted.iter().any(|quoted| quoted.contains(&m.tokens.start));
            if sentence.form {
                continue;
            }
            let mentions: Vec<Mention> = mentions
                .iter()
                .filter(|m| Some(m.entry.file) != self.actions || !quoted(m))
                .cloned()
                .collect();
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
                let counted = found.iter().any(|hit| counts(unit, mention, &hit.tokens));
                if kind == DeadlineKind::UntilEvent && counted {
                    continue;
                }
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
            terms.sort_by_key(|term| (term.tokens.start, usize::MAX - term.tokens.end));
            // `на срок действия` in `на срок действия договора`
            terms.dedup_by(|inner, outer| {
                inner.kind == DeadlineKind::UntilEvent
                    && outer.kind == inner.kind
                    && inner.tokens.end <= outer.tokens.end
            });
            for index in 0..terms.len() {
                let start = if index == 0 { range.start } else { terms[index - 1].tokens.end };
                let end = terms.get(index + 1).map_or(range.end, |next| next.tokens.start);
                let place = Place { unit, topics, range, mentions: &mentions, window: start..end.max(start) };
                let term = &terms[index];
                let (mut action, mut applies_to, alone) = self.action(&place, term);
                let prolonged = self.of(&mentions, self.actions).any(|m| self.id(m) == "prolonged");
                let prolongs = (action == Action::OTHER || prolonged) && !said.is_empty();
                if prolongs {
                    (action, applies_to) = said.last().cloned().unwrap_or((action, applies_to));
                }
                // `расходы за месяц`: a period that something is counted over
                if action == Action::OTHER && counts_over(unit, term) {
                    continue;
                }
                let trigger = match (prolonged, prolongs) {
                    (true, true) => Trigger::None,
                    (false, true) => Trigger::Other,
                    _ => self.trigger(&place, term, &action, applies_to.as_deref(), alone),
                };
                said.push((action.clone(), applies_to.clone()));
                let value = Deadline {
                    kind: term.kind,
                    iso: term.iso.clone(),
                    day_type: term.day_type,
                    bound: term.bound,
                    trigger,
                    action: Action(action),
                    applies_to,
                };
                let fact = self.context.fact(unit, &term.tokens, term.cue.clone(), SURE, value);
                if seen.insert((fact.span.line, term.kind, term.iso.clone(), term.day_type)) {
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

    /// The event that the term runs from or waits for: the nearest that is named, or what the act itself implies.
    fn trigger(
        &self,
        place: &Place<'_>,
        term: &Term,
        action: &str,
        fact: Option<&str>,
        alone: bool,
    ) -> Trigger {
        let Place { unit, mentions, window, range, .. } = place;
        // A right is asked for; that is no event.
        let right = fact.is_some_and(|id| self.acts.iter().any(|act| act.right && act.id == id));
        let kazakh = self.context.language(unit.node) == Language::Kk;
        let near = |far: usize, side: &dyn Fn(&Range<usize>, &Range<usize>) -> bool| {
            let events = || {
                self.of(mentions, self.triggers).filter(|m| {
                    // Requests themselves may be what is kept.
                    let kept = action == Action::RETENTION
                        && (self.id(m) == Trigger::RequestReceived.id()
                            || m.tokens.end <= window.start
                            || m.tokens.start >= window.end);
                    let asked = right
                        && term.kind != DeadlineKind::Duration
                        && self.id(m) == Trigger::RequestReceived.id();
                    self.id(m) != "start" && !kept && !asked && side(&m.tokens, &term.tokens)
                })
            };
            let mut event = events()
                .map(|m| (distance(&m.tokens, &term.tokens), m))
                .filter(|(distance, _)| *distance <= far)
                .min_by_key(|(distance, m)| (*distance, usize::MAX - m.tokens.len()))
                .map(|(_, m)| m)?;
            // Of two events joined by «or» the first counts.
            while let Some(first) = events().find(|first| is_joined(unit, &first.tokens, &event.tokens)) {
                event = first;
            }
            self.id(event).parse::<Trigger>().ok()
        };
        let anywhere = |_: &Range<usize>, _: &Range<usize>| true;
        match term.kind {
            DeadlineKind::Duration | DeadlineKind::Immediate | DeadlineKind::Prompt => {
                match near(14, &anywhere) {
                    // «с момента выявления» says of what only in the lead-in
                    None | Some(Trigger::ViolationDetected)
                        if action == ObligationKind::ReportBreach.id() || self.under_breach(unit) =>
                    {
                        Trigger::BreachDetected
                    }
                    Some(found) => found,
                    None if alone => Trigger::None,
                    // «В случае выявления нарушения …, а при невозможности … в течение 10 дней»
                    None => near(usize::MAX, &|event, _| event.start < range.start + OPENS)
                        .unwrap_or_else(|| self.implied(place, action, term.kind)),
                }
            }
            // The event is what the words wait for: it stands in them or next to them, behind in Russian, before in Kazakh.
            DeadlineKind::UntilEvent if kazakh => {
                near(2, &|event, term| event.start < term.end).unwrap_or(Trigger::Other)
            }
            DeadlineKind::UntilEvent => {
                near(2, &|event, term| event.end > term.start).unwrap_or(Trigger::Other)
            }
            DeadlineKind::AnyTime => {
                near(20, &anywhere).filter(|t| *t == Trigger::RequestReceived).unwrap_or(Trigger::None)
            }
            DeadlineKind::Indefinite => Trigger::None,
        }
    }

    fn under_breach(&self, unit: &Unit) -> bool {
        topics::lead_names(self.context, unit.node, "triggers", Trigger::BreachDetected.id())
    }

    /// The event that an act answers to by its nature; some other one if the sentence has a condition.
    fn implied(&self, place: &Place<'_>, action: &str, kind: DeadlineKind) -> Trigger {
        let Place { mentions, window, .. } = place;
        let conditional = || {
            let frame = self.context.lexicon.file("frame");
            self.of(mentions, frame).any(|m| self.id(m) == "condition")
                || self.of(mentions, self.triggers).any(|m| {
                    let own = action != Action::RETENTION || window.contains(&m.tokens.start);
                    self.id(m) == "start" && own
                })
        };
        if action == ObligationKind::RespondToRequests.id()
            || action == ObligationKind::ProvideInformation.id()
        {
            Trigger::RequestReceived
        } else if action == ObligationKind::ReportBreach.id() {
            Trigger::BreachDetected
        } else if action == ObligationKind::Rectify.id() && kind == DeadlineKind::Duration {
            Trigger::InaccuracyConfirmed
        } else if [
            ObligationKind::NotifyChanges.id(),
            ObligationKind::NotifySubject.id(),
            ObligationKind::UpdatePolicy.id(),
        ]
        .contains(&action)
            || conditional()
        {
            Trigger::Other
        } else {
            Trigger::None
        }
    }

    /// What has to happen in that time, the fact that says so, and whether it has the term for itself: of «blocks them
    /// and erases them within six months» only the second does, and no event starts it.
    fn action(&self, place: &Place<'_>, term: &Term) -> (String, Option<String>, bool) {
        let Place { unit, topics, range, mentions, window } = place;
        // «по истечении срока хранения», «сақтау мерзімі өткен соң»: the words belong to the event
        let of_event = |m: &Mention| {
            self.of(mentions, self.deadlines).any(|event| {
                let (until, at) = (&event.tokens, m.tokens.start);
                self.id(event) == DeadlineKind::UntilEvent.id()
                    && until.start <= at
                    && at <= until.end
                    && m.tokens.len() > 1
            })
        };
        let said = |id: &str| {
            self.of(mentions, self.actions)
                .filter(|m| self.id(m) == id && !of_event(m))
                .map(|m| distance(&m.tokens, &term.tokens))
                .min()
        };
        if said(Action::POLICY_VALIDITY).is_some()
            && matches!(
                term.kind,
                DeadlineKind::Indefinite | DeadlineKind::UntilEvent | DeadlineKind::Duration
            )
        {
            return (Action::POLICY_VALIDITY.to_owned(), None, false);
        }
        if said("consent_lasts").is_some()
            && said(Action::RETENTION).is_none()
            && matches!(
                term.kind,
                DeadlineKind::Indefinite | DeadlineKind::UntilEvent | DeadlineKind::Duration
            )
        {
            return (RightKind::WithdrawConsent.id().to_owned(), None, false);
        }
        let here = |range: &Range<usize>| {
            let span = self.context.source.span(&unit.bytes(range));
            self.acts.iter().find(|act| {
                act.node == unit.node && act.span.start >= span.start && act.span.start < span.end
            })
        };
        // Where one period governs several acts, the first: of those before the term (ru) or behind it (kk).
        let kazakh = self.context.language(unit.node) == Language::Kk;
        let (before, behind) = (window.start..term.tokens.end, term.tokens.start..window.end);
        let own = if kazakh {
            here(&behind).or_else(|| here(&before))
        } else {
            // «может изменить, но обязан известить за пять дней», «и своевременно предупреждать»
            let but = before.clone().rev().find(|&at| matches!(unit.word(at), "но" | "однако"));
            let adverb = matches!(term.kind, DeadlineKind::Immediate | DeadlineKind::Prompt);
            let beside = || here(&(term.tokens.end..window.end.min(term.tokens.end + 2)));
            but.and_then(|but| here(&(but..before.end)))
                .or_else(|| here(&(term.tokens.end..window.end)).filter(|_| self.opens_part(unit, term)))
                .or_else(|| if adverb { beside() } else { None })
                .or_else(|| here(&before))
                .or_else(|| here(&behind))
        };
        let own = own.or_else(|| here(range));
        let erase = ObligationKind::EraseOrAnonymise.id();
        let blocks = own.filter(|own| own.kind == ObligationKind::Restrict.id()).or_else(|| {
            // in Kazakh the term parts the two verbs
            here(range).filter(|first| {
                first.kind == ObligationKind::Restrict.id() && own.is_some_and(|own| own.kind == erase)
            })
        });
        let last = if kazakh { window.end } else { term.tokens.start };
        let alone = blocks.is_some_and(|blocks| {
            self.of(mentions, self.actions).any(|m| {
                let place = self.context.source.span(&unit.bytes(&m.tokens)).start;
                self.id(m) == erase && blocks.span.start < place && m.tokens.start < last
            })
        });
        let erases = || self.acts.iter().find(|act| act.node == unit.node && act.kind == erase);
        let own = if alone { erases().or(own) } else { own };
        let lead = || {
            topics::lead_of(self.context, unit.node)
                .and_then(|lead| self.acts.iter().find(|act| act.node == lead))
        };
        let entry = || {
            let child = (unit.node + 1..self.context.units.len())
                .find(|&n| self.context.outline.nodes[n].parent == Some(unit.node));
            child.and_then(|child| self.acts.iter().find(|act| act.node == child))
        };
        let kept = said(Action::RETENTION);
        let keeps_before = || {
            self.of(mentions, self.actions)
                .any(|m| self.id(m) == Action::RETENTION && m.tokens.end <= term.tokens.start)
        };
        let act = own
            .or_else(|| if kept.is_some() { None } else { lead() })
            .or_else(|| if term.kind == DeadlineKind::AnyTime { entry() } else { None });
        let kept_here = kept.is_some()
            || topics.has("retention")
            || self.is_kept(unit)
            || (act.is_none() && said("lifetime").is_some());
        // «Данные уничтожаются: а) по истечении срока — в течение 5 дней»
        if act.is_none() && kept.is_none() && topics::lead_names(self.context, unit.node, "actions", erase) {
            return (erase.to_owned(), None, false);
        }
        let by_verb = [ObligationKind::EraseOrAnonymise.id(), ObligationKind::RespondToRequests.id()]
            .into_iter()
            .filter_map(|kind| Some((said(kind)?, kind)))
            .filter(|(near, _)| kept.is_none_or(|kept| *near < kept))
            .min()
            .filter(|_| act.is_none());
        if let Some((_, kind)) = by_verb {
            return (kind.to_owned(), None, false);
        }
        let (action, fact) = match act {
            Some(act) if kept_here && keeps(act.kind) => (Action::RETENTION.to_owned(), Some(act.id.clone())),
            // `хранятся 5 лет, затем уничтожаются`: the verb beside the term is the one.
            Some(act)
                if kept.is_some_and(|near| near <= 2 || near <= 4 && keeps_before())
                    && act.kind == ObligationKind::EraseOrAnonymise.id()
                    && term.kind == DeadlineKind::Duration =>
            {
                (Action::RETENTION.to_owned(), Some(act.id.clone()))
            }
            Some(act) => (act.kind.to_owned(), Some(act.id.clone())),
            None if kept_here => (Action::RETENTION.to_owned(), None),
            None => (self.named(place, term).unwrap_or(Action::OTHER).to_owned(), None),
        };
        (action, fact, alone)
    }

    /// The act that words beside a term name although they bind nobody: «предоставление информации — 30 дней».
    fn named(&self, place: &Place<'_>, term: &Term) -> Option<&str> {
        const NEAR: usize = 8;
        let Place { mentions, window, .. } = place;
        let (file, act) = (self.context.lexicon.file("obligations"), self.context.lexicon.role("act"));
        self.of(mentions, file)
            .filter(|m| m.entry.role == act && window.contains(&m.tokens.start))
            .map(|m| (distance(&m.tokens, &term.tokens), m))
            .filter(|(far, m)| *far <= NEAR && self.id(m) != Action::OTHER)
            .min_by_key(|(far, m)| (*far, m.tokens.start))
            .map(|(_, m)| self.id(m))
    }

    /// Whether a term opens its part of a sentence: «и в течение 5 дней извещать».
    fn opens_part(&self, unit: &Unit, term: &Term) -> bool {
        const PHRASE: [&str; 13] = [
            "в",
            "течение",
            "не",
            "позднее",
            "позже",
            "чем",
            "через",
            "за",
            "срок",
            "до",
            "более",
            "дольше",
            "превышающий",
        ];
        let before = (0..term.tokens.start)
            .rev()
            .take(7)
            .find(|&at| !PHRASE.contains(&unit.word(at)) && !unit.is_sign(at, ','));
        before.is_some_and(|at| matches!(unit.word(at), "и" | "а" | "затем" | "потом"))
    }

    /// A row of a table, or an entry under a lead-in or heading on keeping data or on cookies.
    fn is_kept(&self, unit: &Unit) -> bool {
        let source = self.context.source.as_str();
        let row = self.context.outline.nodes[unit.node]
            .pieces
            .iter()
            .any(|piece| source[piece.clone()].contains('\t'));
        let above = self.context.outline.nodes[unit.node].parent.is_some_and(|parent| {
            let parent = self.context.units.get(parent);
            let mentions = parent.mentions(self.context.lexicon, &(0..parent.tokens.len()), &[]);
            self.of(&mentions, self.actions).any(|m| [Action::RETENTION, "lifetime"].contains(&self.id(m)))
        });
        row || above
    }
}

/// Where a term stands.
struct Place<'a> {
    unit: &'a Unit,
    topics: &'a Topics,
    /// Its sentence.
    range: &'a Range<usize>,
    mentions: &'a [Mention],
    /// From the term before it to the term behind it.
    window: Range<usize>,
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

/// «По истечении 10 дней», «10 күн өткен соң»: the words only say where a counted term ends.
fn counts(unit: &Unit, mention: &Mention, counted: &Range<usize>) -> bool {
    let ends = ["истечени", "прошестви"]
        .iter()
        .any(|stem| mention.tokens.clone().any(|place| unit.word(place).starts_with(stem)));
    let passed = unit.word(mention.tokens.start).starts_with("өтке");
    (ends && counted.start >= mention.tokens.end && counted.start - mention.tokens.end <= 1)
        || (passed && counted.end == mention.tokens.start)
}

/// Whether «or» joins one event to another behind it.
fn is_joined(unit: &Unit, first: &Range<usize>, second: &Range<usize>) -> bool {
    /// Most tokens between the two.
    const APART: usize = 6;
    first.end <= second.start
        && second.start - first.end <= APART
        && (first.end..second.start).any(|at| matches!(unit.word(at), "или" | "либо" | "немесе" | "болмаса"))
}

/// Tokens between two ranges.
fn distance(one: &Range<usize>, other: &Range<usize>) -> usize {
    other.start.saturating_sub(one.end).max(one.start.saturating_sub(other.end))
}

/// A unit of time without a number behind `за`, and no event that it comes before.
fn counts_over(unit: &Unit, term: &Term) -> bool {
    let before = term.tokens.start.checked_sub(1).map_or("", |before| unit.word(before));
    let event = (term.tokens.end..term.tokens.end + 3).any(|token| unit.word(token) == "до");
    term.kind == DeadlineKind::Duration && term.tokens.len() == 1 && before == "за" && !event
}
