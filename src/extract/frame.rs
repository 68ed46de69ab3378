//! The deontic frame: who may, must or must not, and over which words. ARCHITECTURE.md explains it with examples.
//!
//! A sentence is cut into scopes, one for each modal word. Russian puts the modal word before the acts, Kazakh behind
//! them; so a Russian scope begins at its subject, a Kazakh one ends at its modal word. Conditions, exceptions,
//! brackets and quotations are masked: acts named in them are not what the sentence binds anybody to.

use std::ops::Range;

use super::limits::limits;
use super::{Context, Mention, Unit};
use crate::language::Kind;
use crate::record::{Language, Party};

/// Modal words that name whom they bind in the dative.
const IMPERSONAL: [&str; 9] = [
    "необходимо",
    "следует",
    "запрещается",
    "требуется",
    "воспрещается",
    "надлежит",
    "тыйым",
    "рұқсат",
    "жол",
];

/// How a scope binds its party.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// вправе, құқылы
    Right,
    /// может, алады
    May,
    /// обязан, міндетті
    Must,
    /// обязуется, міндеттенеді
    Pledge,
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
    /// How it binds, if it says so.
    pub(super) mode: Option<Mode>,
    /// It stands in a heading or a lead-in on principles, so what it governs may be read as any other clause too.
    pub(super) from_heading: bool,
}

/// Tokens behind a passive verb among which its agent stands.
const AGENT: usize = 9;

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
    /// The party is a Kazakh genitive: Оператордың … құқығы бар.
    pub(super) owner: bool,
    /// Its verb is passive: может быть отозвано, тоқтатылуы тиіс.
    pub(super) passive: bool,
}

/// A sentence with its scopes.
#[derive(Debug, Clone)]
pub(super) struct Sentence {
    /// All its tokens.
    pub(super) range: Range<usize>,
    /// Parts under a modal word; none if it has none.
    pub(super) scopes: Vec<Scope>,
    /// Parties that stand as subjects outside masks, with the token they start at.
    pub(super) subjects: Vec<(usize, Party)>,
    /// Russian parties that stand as agents of a passive verb.
    pub(super) agents: Vec<(usize, Party)>,
    /// Quotations and brackets.
    pub(super) quoted: Vec<Range<usize>>,
    /// Conditions and exceptions.
    pub(super) limits: Vec<Range<usize>>,
    /// Quotations, brackets, conditions and exceptions.
    pub(super) masked: Vec<Range<usize>>,
    /// It states an aim, not an act.
    pub(super) aim: bool,
    /// It says what a request must look like.
    pub(super) form: bool,
}

#[derive(Debug, Clone)]
pub(super) struct Named {
    pub(super) party: Party,
    pub(super) subject: bool,
    pub(super) at: Range<usize>,
}

/// Reads one sentence of a unit.
pub(super) fn read(context: &Context<'_>, unit: &Unit, range: &Range<usize>) -> Sentence {
    let lexicon = context.lexicon;
    let mentions = unit.mentions(lexicon, range, &[]);
    let (frame, parties) = (lexicon.file("frame"), lexicon.file("parties"));
    let quoted = quoted(unit, range);
    let kazakh = context.language(unit.node) == Language::Kk;
    let parties = mentions.iter().filter(|m| Some(m.entry.file) == parties);
    let named = named(context, unit, range, parties, &quoted, kazakh);
    let words: Vec<(&str, &str, &Mention)> = mentions
        .iter()
        .filter(|mention| Some(mention.entry.file) == frame)
        .map(|mention| {
            (lexicon.concept(mention.entry).id.as_str(), lexicon.roles[mention.entry.role].as_str(), mention)
        })
        .collect();
    let markers = markers(unit, &words, &quoted);
    let limits = limits(unit, range, &words, &markers, &named, &quoted, kazakh);
    let masked: Vec<Range<usize>> = quoted.iter().chain(&limits).cloned().collect();
    let clear: Vec<Named> = named
        .iter()
        .filter(|n| !inside(&n.at, &limits) || limits.iter().any(|limit| kazakh && n.at.start == limit.start))
        .cloned()
        .collect();
    // A modal word inside a condition binds nobody.
    let markers: Vec<_> = markers.into_iter().filter(|(_, at, _)| !inside(at, &limits)).collect();
    let mut scopes = scopes(unit, range, &markers, &clear, &limits, kazakh);
    let mut masked = masked;
    // Translation lost the modal verb: "the user at any time … the withdrawal of consent".
    if scopes.is_empty()
        && clear.iter().any(|n| n.subject && n.party == Party::DataSubject)
        && has_any_time(context, &mentions)
        && !has_verb(context, &mentions)
    {
        masked.clear();
        scopes.push(Scope {
            range: range.clone(),
            marker: range.start..range.start,
            mode: Mode::May,
            party: Some(Party::DataSubject),
            explicit: true,
            impersonal: false,
            passive: false,
            owner: false,
        });
    }
    Sentence {
        range: range.clone(),
        scopes,
        subjects: clear.iter().filter(|n| n.subject).map(|n| (n.at.start, n.party)).collect(),
        agents: clear
            .iter()
            .filter(|n| !n.subject && !kazakh && is_instrumental(unit.word(n.at.start)))
            .map(|n| (n.at.start, n.party))
            .collect(),
        quoted,
        limits,
        masked,
        aim: words.iter().any(|(id, ..)| *id == "aim"),
        form: words.iter().any(|(id, ..)| *id == "form"),
    }
}

impl Sentence {
    /// The condition or exception that stands nearest to words outside it.
    pub(super) fn limit_of(&self, tokens: &Range<usize>) -> Option<&Range<usize>> {
        let apart = |limit: &&Range<usize>| limit.end <= tokens.start || tokens.end <= limit.start;
        let distance = |limit: &Range<usize>| {
            tokens.start.saturating_sub(limit.end).max(limit.start.saturating_sub(tokens.end))
        };
        self.limits.iter().filter(|limit| !limit.is_empty()).filter(apart).min_by_key(|limit| distance(limit))
    }

    /// The subject of what a range of tokens says: the nearest before it. A third party or an authority is the subject
    /// only if no other party is named: `Оператор уведомляет Роскомнадзор`.
    pub(super) fn subject_of(&self, tokens: &Range<usize>) -> Option<Party> {
        let before =
            || self.subjects.iter().rev().filter(|(at, _)| *at < tokens.end.max(1)).map(|(_, party)| *party);
        before()
            .find(|party| !matches!(party, Party::ThirdParty | Party::Authority))
            .or_else(|| before().next())
    }

    /// The same of a promise: a third party or an authority among its words is who gets or learns something.
    pub(super) fn subject_of_promise(&self, tokens: &Range<usize>) -> Option<Party> {
        self.subject_of(tokens).filter(|party| {
            !matches!(party, Party::ThirdParty | Party::Authority)
                || self.subjects.iter().any(|(at, found)| found == party && *at < tokens.start)
        })
    }

    /// The agent right behind a verb: `предоставляются Пользователем`.
    pub(super) fn agent_of(&self, tokens: &Range<usize>) -> Option<Party> {
        self.agents
            .iter()
            .find(|(at, _)| (tokens.end - 1..tokens.end + 2).contains(at))
            .map(|(_, party)| *party)
    }

    /// The first subject behind a range of tokens: `ответственность несёт продавец`.
    pub(super) fn subject_behind(&self, tokens: &Range<usize>) -> Option<Party> {
        self.subjects.iter().find(|(at, _)| *at >= tokens.end).map(|(_, party)| *party)
    }
}

fn has_any_time(context: &Context<'_>, mentions: &[Mention]) -> bool {
    let file = context.lexicon.file("deadlines");
    mentions.iter().any(|m| Some(m.entry.file) == file && context.lexicon.concept(m.entry).id == "any_time")
}

/// A promise or a principle: the sentence has a verb of its own.
fn has_verb(context: &Context<'_>, mentions: &[Mention]) -> bool {
    let file = context.lexicon.file("obligations");
    let act = context.lexicon.role("act");
    mentions.iter().any(|m| Some(m.entry.file) == file && m.entry.role != act)
}

pub(super) fn inside(what: &Range<usize>, ranges: &[Range<usize>]) -> bool {
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
    kazakh: bool,
) -> Vec<Named> {
    let lexicon = context.lexicon;
    let (subject_role, agent_role) = (lexicon.role("subject"), lexicon.role("agent"));
    let mut out: Vec<Named> = mentions
        .filter(|mention| [subject_role, agent_role].contains(&mention.entry.role))
        .filter(|mention| !inside(&mention.tokens, quoted))
        .filter(|mention| {
            // `через Сайт`: what a preposition governs is no subject.
            let before = mention.tokens.start.checked_sub(1).map_or("", |before| unit.word(before));
            !(kazakh && unit.word(mention.tokens.end) == "үшін")
                && !["через", "на", "в", "за", "про", "посетив", "используя"].contains(&before)
        })
        .filter_map(|mention| {
            let party = lexicon.concept(mention.entry).id.parse().ok()?;
            let subject =
                mention.entry.role == subject_role && !(kazakh && is_relative(unit, mention.tokens.end));
            Some(Named { party, subject, at: mention.tokens.clone() })
        })
        .collect();
    // Names that the policy itself gives to its parties win over the common ones, as does their staff.
    for at in range.clone() {
        if let Some(staff) = out.iter_mut().find(|n| n.at.end == at && n.party == Party::DataSubject)
            && ["работник", "сотрудник"].iter().any(|stem| unit.word(at - 1).starts_with(stem))
            && context.alias_genitive(unit, at) == Some(Party::Operator)
        {
            staff.party = Party::Operator;
        }
        if let Some(party) = context.alias(unit, at) {
            out.retain(|known| !(known.at.start <= at && at < known.at.end));
            out.push(Named { party, subject: true, at: at..at + 1 });
        } else if kazakh && let Some(party) = context.alias_owner(unit, at) {
            out.retain(|known| !(known.at.start <= at && at < known.at.end));
            out.push(Named { party, subject: false, at: at..at + 1 });
        }
    }
    // `Работники Оператора` is one mention, not two; of two equally long ones the first file order wins.
    out.sort_by_key(|n| (n.at.start, usize::MAX - n.at.end, !n.subject));
    let mut kept: Vec<Named> = Vec::new();
    for found in out {
        if !kept.iter().any(|known| known.at.start <= found.at.start && found.at.end <= known.at.end) {
            kept.push(found);
        }
    }
    kept
}

/// `Оператор өңдейтін деректер`: the party is the subject of a participle, not of the sentence. A passive one,
/// `Заңда көзделген`, has no party for its subject.
fn is_relative(unit: &Unit, behind: usize) -> bool {
    const PARTICIPLES: [&str; 8] = ["ған", "ген", "қан", "кен", "атын", "етін", "йтын", "йтін"];
    const PASSIVE: [&str; 10] =
        ["лған", "лген", "ынған", "інген", "ланған", "ленген", "латын", "летін", "натын", "нетін"];
    if ["өзі", "өздері"].contains(&unit.word(behind)) {
        return false; // Жұмыскер өзі берген мәлімет үшін жауап береді
    }
    for token in behind..(behind + 4).min(unit.tokens.len()) {
        if !matches!(unit.tokens[token].kind, Kind::Word) {
            return false;
        }
        let word = unit.word(token);
        if word.chars().count() > 4 && PARTICIPLES.iter().any(|end| word.ends_with(end)) {
            return !PASSIVE.iter().any(|end| word.ends_with(end));
        }
    }
    false
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
                "pledge" => Mode::Pledge,
                "ban" => Mode::MustNot,
                "waiver" => Mode::Waiver,
                _ => return None,
            };
            let attribute = mode == Mode::Must && is_attribute(unit, &mention.tokens);
            (is_modal(unit, &mention.tokens) && !attribute).then(|| {
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
        if matches!(*mode, Mode::Must | Mode::Pledge)
            && negated.iter().any(|end| (*end..=*end + 4).contains(&at.start))
        {
            *mode = Mode::MustNot;
        }
    }
    kept
}

/// `адрес, по которому должен приехать курьер`, `сақталуға тиіс мәліметтер`: the clause describes a thing and binds
/// nobody.
fn is_attribute(unit: &Unit, at: &Range<usize>) -> bool {
    let behind = unit.word(at.end);
    if unit.word(at.start) == "тиіс" && at.len() == 1 {
        return ["мәлімет", "дерек", "ақпарат", "құжат", "тұлға", "адам", "шара"]
            .iter()
            .any(|stem| behind.starts_with(stem));
    }
    let marker = at.start;
    let comma = (marker.saturating_sub(8)..marker).rev().find(|&token| unit.is_sign(token, ','));
    comma.is_some_and(|comma| (comma + 2..marker).take(2).any(|token| unit.word(token).starts_with("котор")))
}

/// Words that are modal only in some surroundings.
fn is_modal(unit: &Unit, at: &Range<usize>) -> bool {
    let before = at.start.checked_sub(1).map_or("", |before| unit.word(before));
    let after = unit.word(at.end);
    match unit.word(at.start) {
        // необходимо для исполнения, қажет шаралар
        "необходимо" | "требуется" if at.len() == 1 => {
            let after = if after.ends_with('о') { unit.word(at.end + 1) } else { after };
            after.ends_with("ть") || after.ends_with("ться") || after.ends_with("ти") || after.ends_with("чь")
        }
        "қажет" | "керек" if at.len() == 1 => {
            (before.ends_with('у')
                || ["уыңыз", "уіңіз", "уымыз", "уіміз", "уың", "уің"].iter().any(|end| before.ends_with(end))
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

fn scopes(
    unit: &Unit,
    range: &Range<usize>,
    markers: &[(Mode, Range<usize>, bool)],
    named: &[Named],
    limits: &[Range<usize>],
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
    let mut out: Vec<Scope> = Vec::new();
    for (index, (mode, marker, impersonal)) in markers.iter().enumerate() {
        // Kazakh ends with its modal word; what follows is another thought.
        let end = if kazakh { marker.end } else { cuts[index + 1] };
        let range = cuts[index]..end;
        let here: Vec<&Named> =
            named.iter().filter(|n| range.start <= n.at.start && n.at.end <= range.end).collect();
        let passive = is_passive(unit, marker, kazakh);
        // A Kazakh sentence opens with its subject, or with a condition; clauses with subjects of their own may follow.
        let opens = |n: &&&Named| kazakh && n.subject && n.at.end <= marker.start;
        let opening =
            here.iter().filter(opens).find(|n| !inside(&n.at, limits)).or_else(|| here.iter().rfind(opens));
        let subject = opening
            .or_else(|| {
                here.iter().rfind(|n| n.subject && n.at.end <= marker.start && n.party != Party::ThirdParty)
            })
            .or_else(|| here.iter().rfind(|n| n.subject && n.at.end <= marker.start))
            .or_else(|| here.iter().find(|n| n.subject && !kazakh))
            .filter(|_| !passive);
        // Пользователю запрещается, может быть отозвано субъектом: the agent or addressee stands beside the verb.
        let agent = here.iter().find(|n| {
            let impersonal = IMPERSONAL.contains(&unit.word(marker.start));
            // Kazakh may name the holder in the genitive (`Оператордың … құқығы бар`); a dative is whom the act is for.
            let genitive = || ["ың", "ің"].iter().any(|end| unit.word(n.at.end - 1).ends_with(end));
            let noun = unit.word(marker.start);
            let possessed =
                ["құқығы", "құқықтар", "мүмкіндік", "мүмкіндіг"].iter().any(|stem| noun.starts_with(stem));
            let owns = kazakh && genitive() && is_possessed(unit.word(n.at.end));
            let beside = if kazakh { possessed && genitive() } else { n.at.end + 2 >= marker.start };
            // должны быть предоставлены субъекту оператором: whom it is for does not act
            let acts = kazakh || is_instrumental(unit.word(n.at.start));
            // передача третьим лицам не допускается: they receive
            !n.subject
                && !owns
                && (kazakh && genitive() || n.party != Party::ThirdParty || n.at.start >= marker.end)
                && ((n.at.end <= marker.start && (beside || impersonal))
                    || (passive && acts && n.at.start >= marker.end && n.at.start < marker.end + AGENT))
        });
        let owner = kazakh && !passive && agent.is_some();
        let person = person(unit, marker);
        let before = out.last().filter(|_| subject.is_none() && !passive).and_then(|scope| scope.party);
        let chosen = agent.filter(|_| subject.is_none_or(|s| s.at.start > marker.start)).or(subject);
        out.push(Scope {
            range,
            marker: marker.clone(),
            mode: *mode,
            party: person.or(chosen.map(|n| n.party)).or(before),
            explicit: person.is_some() || chosen.is_some(),
            impersonal: *impersonal,
            passive,
            owner,
        });
    }
    out
}

/// `Университеттің әрекеттеріне`: a noun with its owner before it.
fn is_possessed(word: &str) -> bool {
    const ENDS: [&str; 10] = ["ына", "іне", "ын", "ін", "ында", "інде", "ынан", "інен", "ынсыз", "інсіз"];
    word.chars().count() > 4 && ENDS.iter().any(|end| word.ends_with(end))
}

/// Whether a Russian word may be an agent: оператором, администрацией, нами.
fn is_instrumental(word: &str) -> bool {
    ["ом", "ем", "ами", "ями", "ой", "ей"].iter().any(|end| word.ends_with(end))
}

/// The verb behind (ru) or before (kk) the modal word is passive: its grammatical subject is the thing, not a party.
fn is_passive(unit: &Unit, marker: &Range<usize>, kazakh: bool) -> bool {
    if kazakh {
        // verbs whose stem ends like a passive: пайдалану, қолдану
        const ACTIVE: [&str; 4] = ["пайдалану", "қолдану", "ұстану", "сақтану"];
        let before = marker.start.checked_sub(1).map_or("", |before| unit.word(before));
        let active = ACTIVE.iter().any(|verb| before.starts_with(verb));
        return !active
            && ["луы", "луі", "ылуы", "ілуі", "нуы", "нуі", "луға", "луге", "нуға", "нуге"]
                .iter()
                .any(|end| before.ends_with(end));
    }
    unit.word(marker.end) == "быть" || unit.word(marker.end - 1) == "быть"
}

/// A person that the modal word itself names: можете, аласыз, обязуемся.
fn person(unit: &Unit, marker: &Range<usize>) -> Option<Party> {
    // тоқтатуыңыз керек: the verb before an impersonal word names the person
    let verb = marker.start.checked_sub(1).map_or("", |before| unit.word(before));
    let own = ["уыңыз", "уіңіз", "уымыз", "уіміз"].iter().any(|end| verb.ends_with(end)).then_some(verb);
    marker.clone().map(|token| unit.word(token)).chain(own).find_map(|word| {
        if ["можете", "имеете", "обязуетесь"].contains(&word)
            || (["сыз", "сіз", "сың", "сің", "ыңыз", "іңіз"].iter().any(|end| word.ends_with(end)))
        {
            Some(Party::DataSubject)
        } else if ["можем", "имеем", "обязуемся", "оставляем", "сохраняем", "берем"].contains(&word)
            || ["мыз", "міз", "быз", "біз", "пыз", "піз"].iter().any(|end| word.ends_with(end))
        {
            Some(Party::Operator)
        } else {
            None
        }
    })
}
