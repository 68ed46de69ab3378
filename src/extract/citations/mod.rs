//! Citations: laws and other acts that the text names.
//!
//! A citation is a run of neighbouring parts (kind, country, number, date, title). In Russian the kind leads, in
//! Kazakh it comes last. What the parts say together decides the act; where they contradict each other the act is
//! the one that title and date agree on, and a diagnostic says so.

mod parts;

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::jurisdiction::jurisdiction;
use super::{Context, Extraction, Unit};
use crate::law::{Jurisdiction, Kind, Law, Leads, NumberForm, Spelling, TitleKind, Word};
use crate::record::{Citation, Code, Language, NodeKind};
use crate::source::Oddity;
use parts::{Run, parts, runs};

/// Reads the citations of all editions.
pub(super) fn citations(context: &Context<'_>, out: &mut Extraction) {
    for edition in 0..context.outline.editions.len() {
        if super::oddities::classifiable(context, edition) {
            Reader::new(context, edition).read(out);
        }
    }
}

struct Reader<'a> {
    context: &'a Context<'a>,
    edition: usize,
    /// Country of the policy, if any sign tells.
    told: Option<Jurisdiction>,
    /// Country of acts that are named without one.
    home: Jurisdiction,
    /// Lines and acts that are already cited: `(line, act)` to the index of the fact.
    known: HashMap<(usize, String), usize>,
    /// Countries and renamed acts that were already remarked on.
    remarked: HashSet<String>,
}

/// What the parts of a run say together.
struct Read {
    act: String,
    /// Index in the law pack.
    known: Option<usize>,
    country: Jurisdiction,
    cue: &'static str,
    confidence: f64,
    /// What had to be mended.
    mended: Option<String>,
    title: Option<Range<usize>>,
    range: Range<usize>,
}

impl<'a> Reader<'a> {
    fn new(context: &'a Context<'a>, edition: usize) -> Self {
        let told = jurisdiction(context, edition);
        let kazakh = context.outline.editions[edition].language == Language::Kk;
        let home = told.unwrap_or(if kazakh { Jurisdiction::Kz } else { Jurisdiction::Ru });
        Self { context, edition, told, home, known: HashMap::new(), remarked: HashSet::new() }
    }

    fn read(&mut self, out: &mut Extraction) {
        let context = self.context;
        for node in context.outline.editions[self.edition].nodes.clone() {
            if context.outline.nodes[node].kind == NodeKind::Noise {
                continue;
            }
            let unit = &context.units[node];
            let text = unit.folded.as_str();
            for run in runs(text, parts(context.source.as_str(), unit)) {
                if let Some(read) = self.resolve(unit, &run) {
                    self.note(unit, &run, read, out);
                }
            }
        }
    }

    /// The act that a run names, or nothing if it names none.
    fn resolve(&self, unit: &Unit, run: &Run) -> Option<Read> {
        let law = Law::shared();
        let text = unit.folded.as_str();
        let stated = self.stated_country(run);
        let country = stated.unwrap_or(self.home);
        let mut read = Read {
            act: String::new(),
            known: None,
            country,
            cue: "law/name",
            confidence: 0.95,
            mended: None,
            title: run.title.as_ref().map(|title| title.inner.clone()),
            range: run.range.clone(),
        };
        if let Some(act) = run.act {
            read.act.clone_from(&law.acts[act].id);
            read.country = law.countries[act];
            read.known = Some(act);
            return Some(read);
        }
        if run.unnamed {
            read.act = format!("{}:?", country.id());
            read.confidence = 0.6;
            return Some(read);
        }
        if let Some((name, spelling)) = run.name {
            if spelling == Spelling::Abbreviated && run.country.is_none() {
                return None;
            }
            read.act = format!("{}:{}", country.id(), law.names[name]);
            return Some(read);
        }
        let titled = self.by_title(run, stated);
        if let Some(number) = &run.number {
            return self.by_number(unit, run, country, titled, number.number.clone(), number.form, read);
        }
        let (kind, leads, _) = run.kind?;
        if let Some((act, title)) = titled {
            let quoted = run.title.as_ref().is_some_and(|title| title.quoted);
            read.known = Some(act);
            read.country = law.countries[act];
            read.act.clone_from(&law.acts[act].id);
            read.cue = "law/title";
            read.confidence = match (quoted, title) {
                (true, _) => 0.95,
                (false, TitleKind::Full) => 0.85,
                (false, _) => 0.6, // often the alias of a law that was cited before
            };
            return Some(read);
        }
        if let Some(date) = &run.date
            && let Some(act) =
                (0..law.acts.len()).find(|&act| law.countries[act] == country && law.acts[act].date == *date)
            && run.title.is_none()
            && matches!(kind, Kind::Law | Kind::Code)
        {
            read.known = Some(act);
            read.act.clone_from(&law.acts[act].id);
            read.cue = "law/date";
            read.confidence = 0.7;
            return Some(read);
        }
        if matches!(kind, Kind::Order | Kind::Decree) && !self.is_of_the_state(unit, run) {
            return None;
        }
        if run.title.as_ref().is_none_or(|title| !title.quoted) {
            let title = bare_title(text, &run.range, leads)?;
            if !matches!(kind, Kind::Law | Kind::Code) {
                return None;
            }
            read.range = read.range.start.min(title.start)..read.range.end.max(title.end);
            read.title = Some(title);
        }
        read.act = format!("{}:?", country.id());
        read.cue = "law/unknown";
        read.confidence = 0.7;
        Some(read)
    }

    /// The act that a number names, seen together with title and date.
    #[allow(clippy::too_many_arguments)] // one call; a struct would only rename the arguments
    fn by_number(
        &self,
        unit: &Unit,
        run: &Run,
        country: Jurisdiction,
        titled: Option<(usize, TitleKind)>,
        number: String,
        form: NumberForm,
        mut read: Read,
    ) -> Option<Read> {
        let law = Law::shared();
        let numbered = law.by_number(country, &number);
        let placed = run.kind.is_some() || run.title.is_some() || run.date.is_some();
        match form {
            NumberForm::Plain => {
                let (kind, _, _) = run.kind?;
                let order = matches!(kind, Kind::Order | Kind::Decree);
                if order && !self.is_of_the_state(unit, run) && numbered.is_none() {
                    return None;
                }
            }
            NumberForm::KzLaw { marked } if !marked && !placed && numbered.is_none() => return None,
            _ => {}
        }
        read.cue = "law/number";
        read.confidence = 0.99;
        let dated = |act: usize| run.date.as_ref() == Some(&law.acts[act].date);
        match (numbered, titled) {
            (Some(act), Some((other, _))) if act != other => {
                let wins = if dated(act) && !dated(other) { act } else { other };
                read.known = Some(wins);
                read.mended = Some(format!(
                    "number {number} and the title belong to different acts; read as {}",
                    law.acts[wins].id
                ));
            }
            (Some(act), _) => {
                read.known = Some(act);
                if let Some(date) = run.date.as_ref().filter(|_| !dated(act)) {
                    let act = &law.acts[act];
                    read.mended = Some(format!("{} is of {}, not of {date}", act.id, act.date));
                }
            }
            (None, Some((act, kind))) if kind != TitleKind::Short || dated(act) || run.date.is_none() => {
                read.known = Some(act);
                read.mended = Some(format!(
                    "no act on this subject has the number {number}; read as {}",
                    law.acts[act].id
                ));
            }
            (None, _) => {
                read.act = format!("{}:{number}", country.id());
                return Some(read);
            }
        }
        if read.mended.is_some() {
            read.confidence = 0.85;
        }
        let act = read.known?;
        read.act.clone_from(&law.acts[act].id);
        read.country = law.countries[act];
        Some(read)
    }

    /// The country that a run itself states.
    fn stated_country(&self, run: &Run) -> Option<Jurisdiction> {
        let by_number = run.number.as_ref().and_then(|number| match number.form {
            NumberForm::KzLaw { .. } | NumberForm::KzOrder => Some(Jurisdiction::Kz),
            NumberForm::RuLaw | NumberForm::RuDecree => Some(Jurisdiction::Ru),
            NumberForm::Plain => None,
        });
        by_number.or(run.country).or(run.kind.and_then(|(_, _, country)| country))
    }

    /// The act that a title names: of the stated country, else of the policy's, else of any other.
    fn by_title(&self, run: &Run, stated: Option<Jurisdiction>) -> Option<(usize, TitleKind)> {
        let law = Law::shared();
        let known = &run.title.as_ref()?.known;
        let of =
            |country: Jurisdiction| known.iter().find(|(act, _)| law.countries[*act] == country).copied();
        match stated {
            Some(country) => of(country),
            None => of(self.home).or_else(|| known.first().copied()),
        }
    }

    /// Whether some authority of the state stands in a run or, in Kazakh, before it.
    fn is_of_the_state(&self, unit: &Unit, run: &Run) -> bool {
        if run.country.is_some() || run.title.as_ref().is_some_and(|title| !title.known.is_empty()) {
            return true;
        }
        let before = match run.kind {
            Some((_, Leads::Last, _)) => 120,
            _ => 0,
        };
        Law::shared().find(unit.folded.as_str(), &unit.tokens).iter().any(|found| {
            let at = unit.tokens[found.tokens.start].start as usize;
            matches!(found.word, Word::State | Word::Country(_) | Word::Authority(_))
                && at + before >= run.range.start
                && at < run.range.end
        })
    }

    fn note(&mut self, unit: &Unit, run: &Run, read: Read, out: &mut Extraction) {
        let law = Law::shared();
        let text = unit.folded.as_str();
        let bytes = unit.folded.source(&read.range);
        let line = self.context.source.line_of(bytes.start);
        let odd = |code: Code, message: String| Oddity { code, message, range: Some(bytes.clone()) };
        if let Some(problem) = &read.mended {
            out.oddities.push(odd(Code::CitationMended, problem.clone()));
        }
        if let (Some(act), Some(title)) = (read.known, &run.title)
            && let Some(renamed) = &law.acts[act].renamed
            && title.known.contains(&(act, TitleKind::Former))
            && self.remarked.insert(read.act.clone())
        {
            let message = format!("{} has another title since {renamed}", read.act);
            out.oddities.push(odd(Code::CitationOutdated, message));
        }
        if let Some(told) = self.told
            && told != read.country
            && read.country != Jurisdiction::Eu
            && self.remarked.insert(read.country.id().to_owned())
        {
            let message = format!(
                "an act of {} in a policy whose operator is subject to the law of {}",
                read.country.id(),
                told.id()
            );
            out.oddities.push(odd(Code::CitationForeign, message));
        }
        let value = Citation {
            act: read.act.clone(),
            number: run.number.as_ref().map(|number| unit.written(self.context, &number.written)),
            date: run.date.clone(),
            title: read.title.as_ref().map(|range| unit.written(self.context, range)),
            article: article(text, &read.range).map(|range| unit.written(self.context, &range)),
        };
        let tokens = unit.tokens_of(&read.range);
        let fact = self.context.fact(unit, &tokens, read.cue.to_owned(), read.confidence, value);
        let place = (line, read.act);
        match self.known.get(&place) {
            // The fuller of two citations of one act on one line is kept.
            Some(&index) => {
                if out.facts.citations[index].value.number.is_none() && fact.value.number.is_some() {
                    out.facts.citations[index] = fact;
                }
            }
            None => {
                self.known.insert(place, out.facts.citations.len());
                out.facts.citations.push(fact);
            }
        }
    }
}

/// A title without quotation marks: «Закон о рекламе», «жарнама туралы заң».
fn bare_title(text: &str, range: &Range<usize>, leads: Leads) -> Option<Range<usize>> {
    static BEHIND: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"^\s+(об?\s+[\p{L}-]+(?:\s+[\p{L}-]+){0,5}?)\s*(?:[,.;:()"]|$)"#)
            .expect("the pattern is well-formed")
    });
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:^|[\s,(])([\p{L}-]+(?:\s[\p{L}-]+){0,4}\sтуралы)\s*$")
            .expect("the pattern is well-formed")
    });
    match leads {
        Leads::First => {
            let found = BEHIND.captures(&text[range.end..])?.get(1)?;
            Some(range.end + found.start()..range.end + found.end())
        }
        Leads::Last => BEFORE.captures(&text[..range.start])?.get(1).map(|found| found.range()),
    }
}

/// Article, paragraph and part of the act, before its name in Russian and behind it in Kazakh.
fn article(text: &str, range: &Range<usize>) -> Option<Range<usize>> {
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?:\b(?:(?:под)?пункт\p{L}*|п\.|пп\.|част\p{L}*|ч\.|стать\p{L}*|ст\.)\s*\d[\d.,\sи()-]*)+$",
        )
        .expect("the pattern is well-formed")
    });
    static BEHIND: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"^\s*((?:[\d.,-]+\)?\s*-?\s*(?:баб|бап|тарма|бөліг|бөлім)\p{L}*\s*)+|\((?:ст\.|стать\p{L}*)[^)]*\))",
        )
        .expect("the pattern is well-formed")
    });
    let from = text[..range.start].char_indices().rev().nth(79).map_or(0, |(at, _)| at);
    if let Some(found) = BEFORE.find(&text[from..range.start]) {
        let end = found.as_str().trim_end().len();
        return Some(from + found.start()..from + found.start() + end);
    }
    let found = BEHIND.captures(&text[range.end..])?.get(1)?;
    let end = found.as_str().trim_end().len();
    Some(range.end + found.start()..range.end + found.start() + end)
}
