//! Rights and obligations: the frame says who and how, the lexicon says what.

use std::collections::HashSet;
use std::ops::Range;

use foldhash::fast::RandomState;

use super::closing;
use super::frame::{Frame, Mode, Scope, Sentence};
use super::negation;
use super::topics::{self, Topics};
use super::unit::Readings;
use super::{Context, Extraction, Mention, Unit};
use crate::language::Kind;
use crate::record::{Language, Modality, NodeKind, Obligation, ObligationKind, Party, Right, RightKind};
use crate::structure::NodeIndex;

/// How sure a reading is by what it rests on.
mod confidence {
    /// A word of right and an act that the lexicon knows.
    pub(super) const GRANTED: f64 = 0.95;
    /// A word of duty and an act that the lexicon knows: the sentence may name further acts and parties.
    pub(super) const BOUND: f64 = 0.89;
    /// An entry under a lead-in or heading on rights, which may stand far above.
    pub(super) const LISTED_RIGHT: f64 = 0.91;
    /// An entry under a lead-in or heading on duties.
    pub(super) const LISTED_DUTY: f64 = 0.95;
    /// Sentences that say it by themselves.
    pub(super) const STATED: f64 = 0.88;
    /// `может`: permission or mere possibility.
    pub(super) const POSSIBLE: f64 = 0.85;
    /// The act is not in the lexicon.
    pub(super) const UNKNOWN_ACT: f64 = 0.6;
}

/// Extracts both layers.
pub(super) fn rights_and_obligations(context: &Context<'_>, topics: &[Topics], out: &mut Extraction) {
    let reader = Reader::new(context);
    let mut frames: Vec<Option<Frame>> = vec![None; context.units.len()];
    // Lead-ins to a right that they state themselves: «право на получение информации, содержащей:».
    let mut stated = vec![false; context.units.len()];
    for unit in context.read() {
        let unit = &*unit;
        if topics[unit.node].has("definitions") && is_definition(unit) {
            continue;
        }
        let under_stated = topics::lead_of(context, unit.node).is_some_and(|lead| stated[lead]);
        let inherited = inherited(context, topics, &frames, unit.node).filter(|_| !under_stated);
        let rights = out.facts.rights.len();
        let lead = topics::introduces(context, unit.node);
        let mut clause = Clause {
            reader: &reader,
            unit,
            readings: Readings::new(unit, context.lexicon),
            topics: &topics[unit.node],
            lead,
            seen: HashSet::default(),
            narrowed: Vec::new(),
            secured: false,
            out,
        };
        frames[unit.node] = clause.read(inherited);
        stated[unit.node] = under_stated
            || (frames[unit.node].is_none()
                && unit.last_sign() == Some(':')
                && out.facts.rights.len() > rights);
    }
}

/// "Term – what it means": a dash among the first words.
pub(super) fn is_definition(unit: &Unit) -> bool {
    const TERM: usize = 14;
    (1..TERM.min(unit.tokens.len())).any(|token| unit.is_sign(token, '-'))
}

/// The frame that a node takes over.
fn inherited(
    context: &Context<'_>,
    topics: &[Topics],
    frames: &[Option<Frame>],
    node: NodeIndex,
) -> Option<Frame> {
    let led = topics::lead_of(context, node).and_then(|lead| frames[lead]);
    if led.is_some_and(|frame| frame.mode.is_some()) {
        return led;
    }
    let own = &topics[node];
    let titles = [
        ("principles", Party::Operator, Mode::Must),
        ("rights_subject", Party::DataSubject, Mode::Right),
        ("rights_operator", Party::Operator, Mode::Right),
        ("duties_subject", Party::DataSubject, Mode::Must),
        ("duties_operator", Party::Operator, Mode::Must),
    ];
    titles.into_iter().find(|(topic, ..)| own.has(topic)).map_or(led, |(_, party, mode)| {
        Some(Frame { party: Some(party), mode: Some(mode), from_heading: true })
    })
}

/// Numbers of the lexicon's files and roles, looked up once.
struct Reader<'a> {
    context: &'a Context<'a>,
    rights: Option<usize>,
    obligations: Option<usize>,
    act: usize,
    banned: usize,
    grant: usize,
    promise: usize,
    principle: usize,
    denial: usize,
}

impl<'a> Reader<'a> {
    fn new(context: &'a Context<'a>) -> Self {
        let lexicon = context.lexicon;
        Self {
            context,
            rights: lexicon.file("rights"),
            obligations: lexicon.file("obligations"),
            act: lexicon.role("act"),
            banned: lexicon.role("banned"),
            grant: lexicon.role("grant"),
            promise: lexicon.role("promise"),
            principle: lexicon.role("principle"),
            denial: lexicon.role("denial"),
        }
    }

    fn party(&self, mention: &Mention) -> Option<Party> {
        self.context.lexicon.concept(mention.entry).party.as_deref().and_then(|party| party.parse().ok())
    }

    fn id(&self, mention: &Mention) -> &'a str {
        &self.context.lexicon.concept(mention.entry).id
    }
}

/// What a line has said.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Said {
    Right(Party, RightKind),
    Obligation(Party, Modality, ObligationKind),
}

/// One node at work.
struct Clause<'a> {
    reader: &'a Reader<'a>,
    unit: &'a Unit,
    readings: Readings<'a>,
    topics: &'a Topics,
    /// Its last sentence opens what hangs on it.
    lead: bool,
    seen: HashSet<(usize, Said), RandomState>,
    /// Kinds that the sentence at hand says more narrowly: a breach is reported, its subject not also notified.
    narrowed: Vec<&'a str>,
    /// Its one `implement_security` has been given.
    secured: bool,
    out: &'a mut Extraction,
}

impl<'a> Clause<'a> {
    /// Reads all sentences; gives the frame that the node hands down.
    fn read(&mut self, inherited: Option<Frame>) -> Option<Frame> {
        let unit = self.unit;
        let count = unit.sentences.len();
        let mut handed = inherited.filter(|frame| self.lead && !frame.from_heading);
        // `Оператор вправе: а) …; б) …`: the list stands in the sentence.
        let mut listed: Option<Frame> = None;
        for (index, range) in unit.sentences.iter().enumerate() {
            let sentence = unit.frame(self.reader.context, range);
            let opens = self.lead && index + 1 == count;
            // Only the first sentence of an entry goes on the lead-in's; behind semicolons the list itself goes on.
            let goes_on = index == 0 || unit.is_sign(unit.sentences[index - 1].end - 1, ';');
            listed = listed.filter(|_| goes_on && index > 0 && sentence.scopes.is_empty());
            let facts = self.sentence(&sentence, listed.or(inherited.filter(|_| goes_on)), opens);
            listed = listed.or_else(|| self.opens_list(&sentence));
            if opens {
                let modal = sentence.scopes.iter().rev().find(|scope| match scope.mode {
                    // `Вы можете:` opens a list of rights; what the operator may do is none
                    Mode::May => scope.party == Some(Party::DataSubject),
                    Mode::Waiver => false,
                    // «учёту подлежат:» says what is done with the entries, not what they are to do
                    _ => !self.is_vague(&scope.marker),
                });
                let party = modal
                    .map_or_else(|| sentence.subjects.last().map(|(_, party)| *party), |scope| scope.party)
                    .or(inherited.and_then(|frame| frame.party));
                let mode = modal
                    .map(|scope| scope.mode)
                    .or_else(|| closing::mode_behind(self.reader.context, unit.node))
                    .or(inherited.and_then(|frame| frame.mode.filter(|_| !frame.from_heading)));
                // A lead-in that states the act itself leaves its entries only cases, terms or manner; one on what a
                // request holds leaves them its parts.
                handed = (!facts && !sentence.form && (party.is_some() || mode.is_some())).then_some(Frame {
                    party,
                    mode,
                    from_heading: false,
                });
            }
        }
        handed
    }

    /// What a modal word with a colon behind it hands on to the entries behind semicolons.
    fn opens_list(&self, sentence: &Sentence) -> Option<Frame> {
        const SUBJECT: usize = 3;
        let scope =
            sentence.scopes.last().filter(|scope| scope.mode != Mode::Waiver && !scope.marker.is_empty())?;
        let colon = (scope.marker.end..sentence.range.end.min(scope.marker.end + SUBJECT))
            .any(|token| self.unit.is_sign(token, ':'));
        (colon && scope.mode != Mode::May).then_some(Frame {
            party: scope.party,
            mode: Some(scope.mode),
            from_heading: false,
        })
    }

    /// Reads one sentence; says whether it gave a fact.
    fn sentence(&mut self, sentence: &Sentence, inherited: Option<Frame>, opens: bool) -> bool {
        let before = self.out.facts.rights.len() + self.out.facts.obligations.len();
        self.narrowed = self.narrowed(sentence);
        let own_act = self.own_act(sentence, inherited.is_some_and(|frame| frame.from_heading));
        let under_frame = sentence.scopes.iter().all(|scope| scope.mode == Mode::May) && !own_act;
        if let Some((frame, mode)) =
            inherited.filter(|_| under_frame).and_then(|frame| Some((frame, frame.mode?)))
        {
            self.inherit(sentence, frame, mode, opens);
        } else {
            for scope in &sentence.scopes {
                self.scope(sentence, scope, inherited, opens);
            }
        }
        self.stated(sentence, inherited);
        self.out.facts.rights.len() + self.out.facts.obligations.len() > before
    }

    fn narrowed(&self, sentence: &Sentence) -> Vec<&'a str> {
        let lexicon = self.reader.context.lexicon;
        let files = [self.reader.rights, self.reader.obligations];
        let found = files.into_iter().flat_map(|file| self.mentions(file, &sentence.range, &sentence.quoted));
        let concepts = found.map(|mention| lexicon.concept(mention.entry));
        concepts.flat_map(|concept| concept.instead_of.iter().map(String::as_str)).collect()
    }

    /// A subject and a verb of its own win over the lead-in.
    fn own_act(&self, sentence: &Sentence, from_heading: bool) -> bool {
        self.mentions(self.reader.obligations, &sentence.range, &sentence.masked).iter().any(|m| {
            let own = from_heading || sentence.subject_of(&m.reach).is_some();
            [self.reader.promise, self.reader.denial].contains(&m.entry.role) && own
        })
    }

    fn mentions(&self, file: Option<usize>, range: &Range<usize>, masked: &[Range<usize>]) -> Vec<Mention> {
        let found = self.readings.mentions(range, masked);
        found.iter().filter(|mention| Some(mention.entry.file) == file).cloned().collect()
    }

    /// An entry under a lead-in or heading.
    fn inherit(&mut self, sentence: &Sentence, frame: Frame, mode: Mode, opens: bool) {
        let scope = Scope {
            range: sentence.range.clone(),
            marker: sentence.range.start..sentence.range.start,
            mode,
            party: frame.party,
            explicit: true,
            impersonal: false,
            passive: false,
            owner: false,
        };
        let item = self.reader.context.outline.nodes[self.unit.node].kind == NodeKind::Item;
        let fallback = !opens && (!frame.from_heading || (item && mode == Mode::Right));
        let right = matches!(mode, Mode::Right | Mode::May);
        let sure = if right { confidence::LISTED_RIGHT } else { confidence::LISTED_DUTY };
        self.acts(sentence, &scope, sure, fallback && !sentence.form, opens);
    }

    /// A part of a sentence under its own modal word.
    fn scope(&mut self, sentence: &Sentence, scope: &Scope, inherited: Option<Frame>, opens: bool) {
        let mut scope = scope.clone();
        // An entry's genitive is hardly the holder that the lead-in names: `Қоғамның әрекетіне … шағым беруге құқығы бар`.
        let item = self.reader.context.outline.nodes[self.unit.node].kind == NodeKind::Item;
        if scope.owner && item && inherited.is_some_and(|frame| frame.party.is_some() && !frame.from_heading)
        {
            scope.party = None;
        }
        if scope.party.is_none() {
            // Under "Rights of the subject" an impersonal ban binds those who process.
            let held = inherited.filter(|frame| !(frame.from_heading && scope.mode == Mode::MustNot));
            scope.party = held.and_then(|frame| frame.party);
        }
        let possible = scope.mode == Mode::May;
        if scope.mode == Mode::Waiver || (sentence.form && scope.mode == Mode::Must) {
            return;
        }
        let sure = match scope.mode {
            Mode::May => confidence::POSSIBLE,
            Mode::Right => confidence::GRANTED,
            _ => confidence::BOUND,
        };
        let vague = self.is_vague(&scope.marker);
        let fallback = scope.explicit && !possible && !opens && !sentence.aim && !vague;
        self.acts(sentence, &scope, sure, fallback, opens);
    }

    /// Modal words that name no act of their own: подлежит, жатады.
    fn is_vague(&self, marker: &Range<usize>) -> bool {
        let word = self.unit.word(marker.start);
        word.starts_with("подлеж") || word == "жатады"
    }

    /// Acts in a scope, or `other` if nothing is known and `fallback` is set.
    fn acts(&mut self, sentence: &Sentence, scope: &Scope, sure: f64, fallback: bool, opens: bool) {
        match scope.mode {
            Mode::Right | Mode::May => self.rights(sentence, scope, sure, fallback),
            Mode::Must | Mode::MustNot | Mode::Pledge => self.duties(sentence, scope, sure, fallback, opens),
            Mode::Waiver => {}
        }
    }

    fn rights(&mut self, sentence: &Sentence, scope: &Scope, sure: f64, fallback: bool) {
        let mentions = self.mentions(self.reader.rights, &scope.range, &sentence.masked);
        let acts: Vec<&Mention> = mentions.iter().filter(|m| m.entry.role == self.reader.act).collect();
        let possible = scope.mode == Mode::May;
        let holder = match scope.party {
            Some(party) => party,
            None if possible && !scope.impersonal => {
                // Согласие может быть отозвано: nobody but the subject can.
                for act in acts.iter().filter(|act| {
                    scope.passive && ["withdraw_consent", "marketing_choice"].contains(&self.reader.id(act))
                }) {
                    let kind = self.reader.id(act);
                    self.right(sentence, act.tokens.clone(), Party::DataSubject, kind, ("frame/may", sure));
                }
                return;
            }
            None => Party::DataSubject,
        };
        if possible && holder != Party::DataSubject {
            return;
        }
        let mut found = false;
        for act in acts.iter().filter(|act| self.reader.party(act) == Some(holder)) {
            let framed = !found && !scope.marker.is_empty() && scope.marker.end <= act.tokens.start;
            let words = if framed { self.modal_words(sentence, scope, act) } else { act.tokens.clone() };
            found = true;
            let cue = if possible { "frame/may" } else { "frame/right" };
            self.right(sentence, words, holder, self.reader.id(act), (cue, sure));
        }
        if !found && fallback && !possible && matches!(holder, Party::DataSubject | Party::Operator) {
            let words = if scope.marker.is_empty() { scope.range.clone() } else { scope.marker.clone() };
            self.right(sentence, words, holder, "other", ("frame/right", confidence::UNKNOWN_ACT));
        }
    }

    fn duties(&mut self, sentence: &Sentence, scope: &Scope, sure: f64, fallback: bool, opens: bool) {
        let reader = self.reader;
        let kazakh = reader.context.language(self.unit.node) == Language::Kk;
        let mentions = self.mentions(reader.obligations, &scope.range, &sentence.masked);
        // What a data subject has to do may stand in a condition: "if the address changes, …".
        let conditional = self.mentions(reader.obligations, &scope.range, &sentence.quoted);
        let own = conditional.iter().filter(|m| reader.party(m) == Some(Party::DataSubject));
        let mut found = false;
        let entry = scope.marker.is_empty();
        let negated_entry = entry && negation::stands_in(self.unit, &scope.range, kazakh);
        for act in mentions.iter().chain(own) {
            // An act's own negation beats the modal word before it: обязан … и не разглашать.
            let ban = scope.mode == Mode::MustNot && !negation::is_beside(self.unit, scope, act, kazakh);
            let negated = ban || negated_entry || (!kazakh && negation::denies(self.unit, act));
            let known = act.entry.role == reader.act || (negated && act.entry.role == reader.banned);
            let Some(bearer) = bearer(scope.party, reader.party(act)).filter(|_| known) else { continue };
            // Where nobody is named, what both may be bound to binds the operator.
            let both = |other: &Mention| {
                reader.id(other) == reader.id(act) && reader.party(other) == Some(Party::Operator)
            };
            if scope.party.is_none() && bearer == Party::DataSubject && mentions.iter().any(both) {
                continue;
            }
            let mode = if scope.mode == Mode::MustNot && !negated { Mode::Must } else { scope.mode };
            let modality = modality(mode, bearer, negated);
            let first = !found && !entry && !kazakh && scope.marker.end <= act.tokens.start;
            let words = if first { self.modal_words(sentence, scope, act) } else { act.tokens.clone() };
            found = true;
            self.obligation(sentence, words, bearer, modality, reader.id(act), ("frame/duty", sure));
        }
        // A principle or denial in the same words is the fact; it needs no `other` beside it.
        let said = mentions.iter().any(|m| [reader.principle, reader.denial].contains(&m.entry.role));
        let forbidden = scope.mode == Mode::MustNot
            && !entry
            && !opens
            && !sentence.aim
            && is_strong_ban(self.unit.word(scope.marker.start), self.unit.word(scope.marker.end - 1));
        if !found && (fallback || forbidden) && !said {
            let words = if entry { scope.range.clone() } else { scope.marker.clone() };
            let bearer = scope.party.unwrap_or(Party::Operator);
            let modality = modality(scope.mode, bearer, scope.mode == Mode::MustNot || negated_entry);
            let by = ("frame/duty", confidence::UNKNOWN_ACT);
            self.obligation(sentence, words, bearer, modality, "other", by);
        }
    }

    /// The words of an act from its modal word on, and from the subject on that stands right before this: where a line
    /// breaks between them, the fact stands on the first.
    fn modal_words(&self, sentence: &Sentence, scope: &Scope, act: &Mention) -> Range<usize> {
        const SUBJECT: usize = 6;
        let marker = scope.marker.start;
        let near = marker.saturating_sub(SUBJECT)..marker;
        let subject = sentence.subjects.iter().rev().find(|(at, party)| {
            near.contains(at)
                && scope.party == Some(*party)
                && !(*at..marker).any(|token| matches!(self.unit.tokens[token].kind, Kind::Sign(_)))
        });
        subject.map_or(marker, |(at, _)| *at)..act.tokens.end
    }

    /// What a sentence says without a modal word, or whatever its modal word.
    fn stated(&mut self, sentence: &Sentence, inherited: Option<Frame>) {
        if self.topics.has("request") {
            return;
        }
        let reader = self.reader;
        for mention in self.mentions(reader.rights, &sentence.range, &sentence.quoted) {
            if mention.entry.role == reader.grant
                && let Some(holder) = reader.party(&mention)
                && sentence
                    .subject_of(&mention.reach)
                    .is_none_or(|subject| subject == holder || holder == Party::DataSubject)
            {
                let by = ("frame/grant", confidence::STATED);
                self.right(sentence, mention.tokens.clone(), holder, reader.id(&mention), by);
            }
        }
        if sentence.aim {
            return;
        }
        let bounded = sentence.scopes.iter().any(|scope| scope.mode == Mode::Right);
        for mention in self.mentions(reader.obligations, &sentence.range, &sentence.quoted) {
            let modality = match mention.entry.role {
                role if role == reader.principle => Modality::Must,
                role if role == reader.denial => Modality::MustNot,
                _ => continue,
            };
            if bounded {
                break;
            }
            let kind = reader.party(&mention);
            let subject = sentence
                .subject_of(&mention.reach)
                .or_else(|| sentence.subject_behind(&mention.reach).filter(|_| kind.is_none()))
                .or(inherited.and_then(|frame| frame.party).filter(|_| kind.is_none()))
                .filter(|party| *party != Party::DataSubject || kind.is_none());
            let bearer = bearer(subject, kind).unwrap_or(Party::Operator);
            let by = ("frame/principle", confidence::STATED);
            // What is stated begins with the thing that the words are about: «Хранение … не дольше, чем».
            let words = mention.reach.start..mention.tokens.end;
            self.obligation(sentence, words, bearer, modality, reader.id(&mention), by);
        }
        self.promises(sentence);
    }

    /// Verbs with which the operator says that it does something.
    fn promises(&mut self, sentence: &Sentence) {
        let reader = self.reader;
        let kazakh = reader.context.language(self.unit.node) == Language::Kk;
        // A breach is what the condition names: "if data leak, we shall inform …".
        let breach = |m: &Mention| reader.id(m) == ObligationKind::ReportBreach.id();
        let mut mentions = self.mentions(reader.obligations, &sentence.range, &sentence.masked);
        mentions.extend(
            self.mentions(reader.obligations, &sentence.range, &sentence.quoted).into_iter().filter(breach),
        );
        for mention in mentions {
            let subject = sentence.subject_of_promise(&mention.reach);
            let denied = !kazakh && negation::denies(self.unit, &mention);
            if mention.entry.role != reader.promise
                || denied
                || (self.is_of_other_matter() && subject.is_none())
            {
                continue;
            }
            // Words under a modal word are read there, but a comma before it may part them from it.
            let governed = sentence.scopes.iter().filter(|scope| scope.mode != Mode::May).any(|scope| {
                let comma = (scope.range.start..scope.marker.start)
                    .rev()
                    .find(|&token| self.unit.is_sign(token, ','));
                overlaps(&scope.range, &mention.reach)
                    && (!kazakh || mention.reach.end <= scope.range.end)
                    && comma.is_none_or(|comma| mention.reach.end > comma)
            });
            let other = match sentence.agent_of(&mention.tokens).or(subject) {
                Some(Party::ThirdParty | Party::Authority) => true,
                Some(Party::DataSubject) => !self.is_operators_verb(&mention),
                _ => false,
            };
            if !governed && !other {
                let id = reader.id(&mention);
                let principle = ["erase_or_anonymise", "rectify", "process_lawfully"].contains(&id);
                let among = self.topics.is_only("principles")
                    || (self.topics.has("principles") && self.states_principle());
                let modality = if principle && among { Modality::Must } else { Modality::Undertakes };
                let by = ("frame/promise", confidence::STATED);
                self.obligation(sentence, mention.tokens.clone(), Party::Operator, modality, id, by);
            }
        }
    }

    fn states_principle(&self) -> bool {
        let all = 0..self.unit.tokens.len();
        self.mentions(self.reader.obligations, &all, &[])
            .iter()
            .any(|m| m.entry.role == self.reader.principle)
    }

    /// A passive or first person verb has no data subject for its agent.
    fn is_operators_verb(&self, mention: &Mention) -> bool {
        const ENDS: [&str; 16] = [
            "тся",
            "ем",
            "им",
            "дим",
            "міз",
            "мыз",
            "ылады",
            "іледі",
            "нады",
            "неді",
            "лады",
            "леді",
            "ны",
            "на",
            "но",
            "ется",
        ];
        mention
            .reach
            .clone()
            .map(|token| self.unit.word(token))
            .any(|word| word.chars().count() > 4 && ENDS.iter().any(|end| word.ends_with(end)))
    }

    /// Entries of lists of purposes, grounds, measures and definitions state no rights or duties.
    fn is_of_other_matter(&self) -> bool {
        let listed =
            self.topics.led || self.reader.context.outline.nodes[self.unit.node].kind == NodeKind::Item;
        listed
            && ["purposes", "legal_bases", "measures", "operations", "data", "recipients", "subjects"]
                .iter()
                .any(|t| self.topics.has(t))
    }

    /// Under what condition, or with what exception, a sentence says what these words say.
    fn condition(&self, sentence: &Sentence, words: &Range<usize>) -> Option<String> {
        let limit = sentence.limit_of(words)?;
        let (_, quote) = self.unit.evidence(self.reader.context.source, limit);
        Some(quote.trim_matches(|sign: char| sign.is_whitespace() || ",.;:".contains(sign)).to_owned())
    }

    /// `by` is what the reading rests on and how sure that makes it.
    fn right(
        &mut self,
        sentence: &Sentence,
        words: Range<usize>,
        holder: Party,
        kind: &str,
        by: (&str, f64),
    ) {
        let Ok(kind) = kind.parse::<RightKind>() else { return };
        if self.narrowed.contains(&kind.id()) {
            return;
        }
        let context = self.reader.context;
        let cue = ["rights/", kind.id()].concat();
        let mut fact = context.fact(self.unit, &words, cue, by.1, Right { holder, kind });
        fact.cues.push(by.0.to_owned());
        fact.condition = self.condition(sentence, &words);
        if self.seen.insert((fact.span.line, Said::Right(holder, kind))) {
            self.out.facts.rights.push(fact);
        }
    }

    fn obligation(
        &mut self,
        sentence: &Sentence,
        words: Range<usize>,
        bearer: Party,
        modality: Modality,
        kind: &str,
        by: (&str, f64),
    ) {
        let Ok(mut kind) = kind.parse::<ObligationKind>() else { return };
        if self.narrowed.contains(&kind.id()) {
            return;
        }
        // `При утечке Оператор: … уведомляет уполномоченный орган`
        let notice = [ObligationKind::NotifyAuthority, ObligationKind::NotifySubject].contains(&kind);
        if notice && topics::lead_names(self.reader.context, self.unit.node, "triggers", "breach_detected") {
            kind = ObligationKind::ReportBreach;
        }
        if kind == ObligationKind::ImplementSecurity {
            if self.secured {
                return;
            }
            self.secured = true;
        }
        let context = self.reader.context;
        let cue = ["obligations/", kind.id()].concat();
        let mut fact = context.fact(self.unit, &words, cue, by.1, Obligation { bearer, modality, kind });
        fact.cues.push(by.0.to_owned());
        fact.condition = self.condition(sentence, &words);
        let line = fact.span.line;
        // The same act bound once by its frame is not bound again by what the words say alone.
        let weaker = modality == Modality::Undertakes
            && self.seen.contains(&(line, Said::Obligation(bearer, Modality::Must, kind)));
        if !weaker && self.seen.insert((line, Said::Obligation(bearer, modality, kind))) {
            self.out.facts.obligations.push(fact);
        }
    }
}

fn overlaps(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// How a modal word binds a party.
fn modality(mode: Mode, bearer: Party, negated: bool) -> Modality {
    match mode {
        _ if negated => Modality::MustNot,
        Mode::Pledge if bearer == Party::Operator => Modality::Undertakes,
        _ => Modality::Must,
    }
}

/// Words that forbid whoever might do it.
fn is_strong_ban(first: &str, last: &str) -> bool {
    first.starts_with("запрещ") || first == "воспрещается" || last.starts_with("салын")
}

/// Who is bound: the party that the sentence names, if the act can bind it.
fn bearer(named: Option<Party>, by_kind: Option<Party>) -> Option<Party> {
    match (named, by_kind) {
        (None, None) => Some(Party::Operator),
        (Some(party), None) | (None, Some(party)) => Some(party),
        (Some(party), Some(kind)) if party == kind => Some(party),
        (Some(Party::ThirdParty | Party::Authority), Some(Party::Operator)) => named,
        (Some(_), Some(Party::DataSubject)) | (Some(Party::DataSubject), Some(_)) => None,
        (Some(_), kind) => kind,
    }
}
