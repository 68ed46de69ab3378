//! The parts of a citation - kind, country, number, date, title - and how they join into one.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::extract::Unit;
use crate::extract::quotes::quotations;
use crate::language::{Folded, pattern};
use crate::law::{Jurisdiction, Kind, Leads, NumberForm, NumberFound, Spelling, TitleKind, Word, dates};

/// A part of a citation; the range is bytes of the folded text.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) range: Range<usize>,
    pub(super) what: What,
}

#[derive(Debug, Clone)]
pub(super) enum What {
    Kind(Kind, Leads, Option<Jurisdiction>),
    Name(usize, Spelling),
    Act(usize),
    Unnamed,
    Country(Jurisdiction),
    Number(NumberFound),
    Date(String),
    Title(Title),
}

/// A title and the acts that bear it.
#[derive(Debug, Clone)]
pub(super) struct Title {
    /// Inside quotation marks; otherwise only known titles are found.
    pub(super) quoted: bool,
    /// Bytes without the marks.
    pub(super) inner: Range<usize>,
    pub(super) known: Vec<(usize, TitleKind)>,
}

/// Parts that belong to one citation.
#[derive(Debug, Clone, Default)]
pub(super) struct Run {
    pub(super) range: Range<usize>,
    pub(super) kind: Option<(Kind, Leads, Option<Jurisdiction>)>,
    pub(super) name: Option<(usize, Spelling)>,
    pub(super) act: Option<usize>,
    pub(super) unnamed: bool,
    pub(super) country: Option<Jurisdiction>,
    pub(super) number: Option<NumberFound>,
    pub(super) date: Option<String>,
    pub(super) title: Option<Title>,
}

/// Parts of all citations in a unit, in the order of the text, none inside another.
pub(super) fn parts(source: &str, unit: &Unit) -> Vec<Part> {
    let (text, folded) = (unit.folded.as_str(), &unit.folded);
    let mut words = Vec::new();
    let mut titles = Titles::new();
    for found in unit.law_words() {
        let range =
            unit.tokens[found.tokens.start].start as usize..unit.tokens[found.tokens.end - 1].end as usize;
        let what = match found.word {
            Word::Kind(kind, leads, country) => What::Kind(kind, leads, country),
            Word::Name(name, spelling) => What::Name(name, spelling),
            Word::Act(act) => What::Act(act),
            Word::Unnamed => What::Unnamed,
            Word::Country(country) => What::Country(country),
            Word::Title(act, kind) => {
                titles.entry((range.start, range.end)).or_default().push((act, kind));
                continue;
            }
            Word::Identity(_) | Word::Authority(_) | Word::State => continue,
        };
        words.push(Part { range, what });
    }
    let mut all = quoted_titles(source, folded, &titles);
    let quoted: Vec<Range<usize>> = all.iter().map(|part| part.range.clone()).collect();
    let outside = |range: &Range<usize>| {
        let before = quoted.partition_point(|quote| quote.start <= range.start);
        before == 0 || quoted[before - 1].end < range.end
    };
    for ((start, end), known) in &titles {
        let title = Title { quoted: false, inner: *start..*end, known: known.clone() };
        all.push(Part { range: *start..*end, what: What::Title(title) });
    }
    all.retain(|part| matches!(&part.what, What::Title(title) if title.quoted) || outside(&part.range));
    all.extend(words.into_iter().filter(|part| outside(&part.range)));
    let found = unit.law_numbers().iter().filter(|found| outside(&found.range)).cloned();
    all.extend(found.map(|found| Part { range: found.range.clone(), what: What::Number(found) }));
    let found = dates(text).into_iter().filter(|found| outside(&found.range));
    all.extend(found.map(|found| Part { range: found.range, what: What::Date(found.iso) }));
    all.sort_by_key(|part| (part.range.start, std::cmp::Reverse(part.range.end)));
    let mut end = 0;
    all.retain(|part| {
        let free = part.range.start >= end;
        if free {
            end = part.range.end;
        }
        free
    });
    all
}

/// Acts by where their titles stand.
type Titles = BTreeMap<(usize, usize), Vec<(usize, TitleKind)>>;

/// Quotations that name an act: «О …», «… туралы», or a known title.
fn quoted_titles(source: &str, folded: &Folded, titles: &Titles) -> Vec<Part> {
    let text = folded.as_str();
    let mut out: Vec<Part> = Vec::new();
    for inner in quotations(source, folded) {
        if out.last().is_some_and(|last| inner.start < last.range.end) {
            continue; // inside another act's title
        }
        let words = &text[inner.clone()];
        let trimmed = trimmed(text, &inner);
        let known = titles.get(&(trimmed.start, trimmed.end)).cloned().unwrap_or_default();
        let words = words.trim();
        let is_title = words.starts_with("о ") || words.starts_with("об ") || words.ends_with("туралы");
        if is_title || !known.is_empty() {
            let range = inner.start - 1..inner.end + 1;
            out.push(Part { range, what: What::Title(Title { quoted: true, inner, known }) });
        }
    }
    out
}

/// A range without spaces and signs at its ends.
fn trimmed(text: &str, range: &Range<usize>) -> Range<usize> {
    let words = &text[range.clone()];
    let start = words.find(char::is_alphanumeric).unwrap_or(0);
    let end = words
        .rfind(char::is_alphanumeric)
        .map_or(words.len(), |at| at + words[at..].chars().next().map_or(0, char::len_utf8));
    range.start + start..range.start + end
}

/// Joins neighbouring parts into citations.
pub(super) fn runs(text: &str, parts: Vec<Part>) -> Vec<Run> {
    let mut runs = joined(text, parts);
    share_kinds(text, &mut runs);
    runs
}

/// «Законы РК «О …» и «О …»», «… туралы» және «… туралы» заңдары: the kind and the country stand once.
fn share_kinds(text: &str, runs: &mut [Run]) {
    static AND: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^\s*(?:,|,?\s*(?:и|а также|және|мен|бен|пен)\s)\s*$"));
    let beside = |left: &Run, right: &Run| AND.is_match(&text[left.range.end..right.range.start]);
    let bare = |run: &Run| run.kind.is_none() && run.title.as_ref().is_some_and(|title| title.quoted);
    for index in 1..runs.len() {
        let (left, right) = runs.split_at_mut(index);
        let (left, right) = (&left[index - 1], &mut right[0]);
        if left.title.is_some()
            && matches!(left.kind, Some((_, Leads::First, _)))
            && bare(right)
            && beside(left, right)
        {
            (right.kind, right.country) = (left.kind, right.country.or(left.country));
        }
    }
    for index in (1..runs.len()).rev() {
        let (left, right) = runs.split_at_mut(index);
        let (left, right) = (&mut left[index - 1], &right[0]);
        if right.title.is_some()
            && matches!(right.kind, Some((_, Leads::Last, _)))
            && bare(left)
            && beside(left, right)
        {
            (left.kind, left.country) = (right.kind, left.country.or(right.country));
        }
    }
}

fn joined(text: &str, parts: Vec<Part>) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    for part in parts {
        match out.last_mut() {
            Some(run) if joins(text, run, &part) => run.take(part),
            _ => {
                let mut run = Run { range: part.range.start..part.range.start, ..Run::default() };
                run.take(part);
                out.push(run);
            }
        }
    }
    out
}

impl Run {
    fn take(&mut self, part: Part) {
        self.range.end = part.range.end;
        match part.what {
            What::Kind(kind, leads, country) => self.kind = Some((kind, leads, country)),
            What::Name(name, spelling) => self.name = Some((name, spelling)),
            What::Act(act) => self.act = Some(act),
            What::Unnamed => self.unnamed = true,
            What::Country(country) => self.country = Some(country),
            What::Number(number) => self.number = Some(number),
            What::Date(date) => self.date = Some(date),
            What::Title(title) => self.title = Some(title),
        }
    }
}

/// Words between the parts of one citation.
static FILLER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)^
        (?:-\s?\p{L}{1,4}\b)?   # a case ending behind an abbreviation: ҚР-ның
        (?:[\s.*_]+
          | \b(?:от|г|года|год|ж|жылғы|жылы|күнгі|за|под|номером|номер|санды|санымен|нөмірлі|нөмірімен|
                бойынша|n|no|республиканың)\b
          | №
          | \((?:ред|в\ ред|с\ изм|в\ действ|с\ последующими|с\ учетом|с\ доп|өзгер|толықтыр|изм)[^()]*\)
        )*$",
    )
});

fn joins(text: &str, run: &Run, part: &Part) -> bool {
    let gap = &text[run.range.end..part.range.start];
    if run.act.is_some() || run.unnamed || !has_room(run, &part.what) {
        return false;
    }
    if FILLER.is_match(gap) {
        return true;
    }
    let given = matches!(part.what, What::Number(_) | What::Date(_));
    match run.kind {
        // «Приказ Министра … от 21 октября 2020 года № 395/НҚ»: who gave it stands between.
        Some((Kind::Order | Kind::Decree, Leads::First, _)) if run.number.is_none() => {
            let closes = gap.contains([';', ':', '(', ')', '"']) || gap.contains(". ");
            !closes
                && gap.split_whitespace().count() <= 24
                && (given || matches!(part.what, What::Country(_)))
        }
        Some((_, Leads::First, _)) => {
            let title = matches!(&part.what, What::Title(title) if title.quoted);
            (given || title) && gap.replacen(',', " ", 1).trim().is_empty()
        }
        _ => false,
    }
}

/// Whether a run may take a part of this sort.
fn has_room(run: &Run, what: &What) -> bool {
    let behind_the_end = matches!(run.kind, Some((_, Leads::Last, _)));
    match what {
        What::Kind(_, leads, _) => {
            run.kind.is_none()
                && run.name.is_none()
                && (*leads == Leads::Last || run.number.is_some() || run.title.is_some())
        }
        What::Name(..) => run.kind.is_none() && run.name.is_none() && run.title.is_none(),
        What::Act(_) | What::Unnamed => false,
        What::Country(country) => !behind_the_end && run.country.is_none_or(|known| known == *country),
        What::Number(found) => run.number.is_none() && (!behind_the_end || found.form != NumberForm::Plain),
        What::Date(_) => !behind_the_end && run.date.is_none(),
        What::Title(title) => {
            run.title.is_none() && run.name.is_none_or(|_| title.quoted) && (!behind_the_end || title.quoted)
        }
    }
}
