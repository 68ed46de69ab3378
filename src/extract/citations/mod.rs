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

use crate::language::pattern;

use super::{Context, Extraction, Unit};
use crate::law::{Jurisdiction, Kind, Law, Leads, NumberForm, Spelling, TitleKind, Word};
use crate::record::{Citation, Code, Edition, Language, NodeKind};
use crate::source::Oddity;
use parts::{Run, parts, runs};

/// Reads the citations of all editions.
pub(super) fn citations(context: &Context<'_>, editions: &[Edition], out: &mut Extraction) {
    for (edition, told) in editions.iter().map(|edition| edition.jurisdiction).enumerate() {
        if super::oddities::classifiable(context, edition) {
            let terms = out.facts.definitions.iter().filter(|fact| fact.edition == edition);
            let terms = terms.map(|fact| fact.value.term.to_lowercase().replace('ё', "е")).collect();
            Reader::new(context, edition, told, terms).read(out);
        }
    }
}

struct Reader<'a> {
    context: &'a Context<'a>,
    edition: usize,
    /// Terms that the edition defines, folded: short names of laws are among them.
    terms: Vec<String>,
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
    fn new(context: &'a Context<'a>, edition: usize, told: Option<Jurisdiction>, terms: Vec<String>) -> Self {
        let kazakh = context.outline.editions[edition].language == Language::Kk;
        let home = told.unwrap_or(if kazakh { Jurisdiction::Kz } else { Jurisdiction::Ru });
        Self { context, edition, terms, told, home, known: HashMap::new(), remarked: HashSet::new() }
    }

    fn read(&mut self, out: &mut Extraction) {
        let context = self.context;
        for node in context.outline.editions[self.edition].nodes.clone() {
            if context.outline.nodes[node].kind == NodeKind::Noise {
                continue;
            }
            let unit = &*context.units.get(node);
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
        if short_name(text, run.range.start) {
            return None;
        }
        if kind == Kind::Laws && run.title.as_ref().is_none_or(|title| !title.quoted) {
            return None;
        }
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
        if matches!(kind, Kind::Order | Kind::Decree | Kind::Regulation) && !self.is_of_the_state(unit, run) {
            return None;
        }
        if run.title.as_ref().is_none_or(|title| !title.quoted) {
            let title = bare_title(text, &run.range, leads)?;
            let known = self.terms.iter().any(|term| term.contains(&text[title.clone()]));
            if known || !matches!(kind, Kind::Law | Kind::Code) {
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
        let number = self.completed(run, country, titled, number, form);
        let numbered = law.by_number(country, &number);
        let placed = run.kind.is_some() || run.title.is_some() || run.date.is_some();
        match form {
            NumberForm::Plain => {
                let (kind, _, _) = run.kind?;
                let order = matches!(kind, Kind::Order | Kind::Decree | Kind::Regulation);
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

    /// «Федеральный закон № 152», «Закон РК № 94»: a law's number without what makes it one.
    fn completed(
        &self,
        run: &Run,
        country: Jurisdiction,
        titled: Option<(usize, TitleKind)>,
        number: String,
        form: NumberForm,
    ) -> String {
        let law = Law::shared();
        if form != NumberForm::Plain || !matches!(run.kind, Some((Kind::Law | Kind::Code, _, _))) {
            return number;
        }
        let begins =
            |act: usize| law.acts[act].number.split_once('-').is_some_and(|(digits, _)| digits == number);
        let dated = |act: usize| run.date.as_ref() == Some(&law.acts[act].date);
        let told = |act: usize| dated(act) || titled.is_some_and(|(titled, _)| titled == act);
        let found =
            (0..law.acts.len()).find(|&act| law.countries[act] == country && begins(act) && told(act));
        match found {
            Some(act) => law.acts[act].number.clone(),
            // laws before 1995 have numbers of their own: 4015-1
            None if country == Jurisdiction::Ru && !number.contains('-') => format!("{number}-FZ"),
            None => number,
        }
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
        unit.law_words().iter().any(|found| {
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

/// Whether «далее» stands in front of a place: the law's short name is being given, it was cited before.
fn short_name(text: &str, at: usize) -> bool {
    static GIVEN: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r#"(?:далее|бұдан (?:әрі|былай)|(?:ары|әрі) қарай|тұратыны)(?:\s+по тексту|\s+именуем\p{L}*)?[\s:"*-]*$"#,
        )
    });
    let from = window(text, at, 40);
    GIVEN.is_match(&text[from..at])
}

/// Where the last so many characters before a place begin: patterns that end there need not see more.
fn window(text: &str, at: usize, characters: usize) -> usize {
    text[..at].char_indices().rev().nth(characters - 1).map_or(0, |(at, _)| at)
}

/// A title without quotation marks: «Закон о рекламе», «жарнама туралы заң».
fn bare_title(text: &str, range: &Range<usize>, leads: Leads) -> Option<Range<usize>> {
    static BEHIND: LazyLock<Regex> =
        LazyLock::new(|| pattern(r#"^\s+(об?\s+[\p{L}-]+(?:\s+[\p{L}-]+){0,5}?)\s*(?:[,.;:()"]|$)"#));
    static BEFORE: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?:^|[\s,(])([\p{L}-]+(?:\s[\p{L}-]+){0,4}\sтуралы)\s*$"));
    match leads {
        Leads::First => {
            let found = BEHIND.captures(&text[range.end..])?.get(1)?;
            Some(range.end + found.start()..range.end + found.end())
        }
        Leads::Last => {
            let from = window(text, range.start, 200);
            let found = BEFORE.captures(&text[from..range.start])?.get(1)?;
            Some(from + found.start()..from + found.end())
        }
    }
}

/// Article, paragraph and part of the act, before its name in Russian and behind it in Kazakh.
fn article(text: &str, range: &Range<usize>) -> Option<Range<usize>> {
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?x)(?:\b(?:(?:под)?пункт\p{L}*|п\.|пп\.|част\p{L}*|ч\.|стать\p{L}*|ст\.)\s*
              \d+(?:\.\d+)*\)?(?:\s*(?:,|и|-)\s*\d+(?:\.\d+)*\)?)*\s*(?:(?:,|и)\s+)?)+$",
        )
    });
    static BEHIND: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^\s*((?:[\d.,-]+\)?\s*-?\s*(?:баб|бап|тарма|бөліг|бөлім)\p{L}*\s*)+|\((?:ст\.|стать\p{L}*)[^)]*\))",
        )
    });
    let from = window(text, range.start, 80);
    if let Some(found) = BEFORE.find(&text[from..range.start]) {
        let end = found.as_str().trim_end().len();
        return Some(from + found.start()..from + found.start() + end);
    }
    let found = BEHIND.captures(&text[range.end..])?.get(1)?;
    let end = found.as_str().trim_end().len();
    Some(range.end + found.start()..range.end + found.start() + end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::source::SourceText;
    use crate::structure::outline;

    fn cited(text: &str) -> (Vec<String>, Vec<Code>) {
        let lexicon = Lexicon::shared();
        let source = SourceText::new(text.to_owned());
        let outline = outline(&source);
        let context = Context::new(&source, &outline, &lexicon);
        let mut out = Extraction::default();
        super::super::definitions::definitions(&context, &mut out);
        let mut editions = crate::extract::editions(&source, &outline);
        crate::extract::jurisdiction::jurisdictions(&context, &mut editions);
        citations(&context, &editions, &mut out);
        let acts = out.facts.citations.iter().map(|fact| fact.value.act.clone()).collect();
        (acts, out.oddities.iter().map(|odd| odd.code).collect())
    }

    #[test]
    fn acts_are_named_in_russian() {
        for (text, expected) in [
            ("ТОО «Үлгі» соблюдает закон «О персональных данных».", vec!["KZ:94-V"]),
            ("ООО «Пример» соблюдает закон «О персональных данных».", vec!["RU:152-FZ"]),
            ("Закона РК от 21 мая 2013 года №94-V «О персональных данных и их защите»", vec!["KZ:94-V"]),
            ("Закона РК «О персональных данных и их защите» от 21.05.2013 г. № 94-V ЗРК", vec!["KZ:94-V"]),
            (
                "Федерального закона от 27.07.2006. № 152-ФЗ(ред. от 01.07.2017)«О персональных данных»",
                vec!["RU:152-FZ"],
            ),
            ("ФЗ «О персональных данных» № 152 от 27.07.2006", vec!["RU:152-FZ"]),
            ("Законом Российской Федерации от 27.11.1992 № 4015-1 «О страховом деле»", vec!["RU:4015-1"]),
            ("в силу ч. 1 ст. 18.1 ФЗ-152", vec!["RU:152-FZ"]),
            ("пункта 2 части 1 статьи 6 Федерального закона № 152-ФЗ", vec!["RU:152-FZ"]),
            (
                "Конституции Республики Казахстан, Федерального закона № 152-ФЗ",
                vec!["KZ:constitution", "RU:152-FZ"],
            ),
            ("Гражданский кодекс Республики Казахстан, ТК РФ", vec!["KZ:civil-code", "RU:labour-code"]),
            ("Закон РК «О бухгалтерском учёте и финансовой отчётности»", vec!["KZ:?"]),
            ("Закон РК от 19 декабря 2003 года № 508-II «О рекламе»", vec!["KZ:508-II"]),
            (
                "приказ Министра цифрового развития, инноваций и аэрокосмической промышленности Республики Казахстан от 21 октября 2020 года № 395/НҚ",
                vec!["KZ:395/NQ"],
            ),
            ("постановление Правительства Российской Федерации от 01.11.2012 № 1119", vec!["RU:1119"]),
            (
                "Законами РК «О персональных данных и их защите» и «Об информатизации»",
                vec!["KZ:94-V", "KZ:418-V"],
            ),
            ("Общий регламент о защите данных (GDPR)", vec!["EU:GDPR"]),
            (
                "Федеральный закон № 266-ФЗ «О внесении изменений в Федеральный закон \"О персональных данных\"»",
                vec!["RU:266-FZ"],
            ),
            ("действует закон, другие законы Республики Казахстан и законодательство РФ", vec![]),
            ("Утверждена приказом генерального директора от 14 января 2026 г. № 5", vec![]),
            ("предусмотренных Законом РК, на законных основаниях", vec![]),
        ] {
            assert_eq!(cited(&format!("1. {text}.\n")).0, expected, "{text}");
        }
    }

    #[test]
    fn acts_are_named_in_kazakh() {
        for (text, expected) in [
            (
                "2013 жылғы 21 мамырдағы № 94-V «Дербес деректер және оларды қорғау туралы» Заңы",
                vec!["KZ:94-V"],
            ),
            ("«Дербес деректер туралы» Заңның талаптарына сәйкес", vec!["KZ:94-V"]),
            ("Дербес деректер және оларды қорғау туралы заңның 15-бабының 1,2-бөлігінде", vec!["KZ:94-V"]),
            (
                "2013 жылғы 94-V санымен «Жеке деректер және оларды қорғау туралы» Республика Қазақстан Заңына",
                vec!["KZ:94-V"],
            ),
            (
                "«Ақпараттандыру туралы» Қазақстан Республикасының 2015 жылғы 24 қарашадағы № 418 -V Заңы",
                vec!["KZ:418-V"],
            ),
            (
                "Қазақстан Республикасының Конституциясына, Еңбек кодексіне негізделеді",
                vec!["KZ:constitution", "KZ:labour-code"],
            ),
            ("2020 жылғы 21 қазандағы № 395/НҚ бұйрықпен бекітілген Қағидаларға", vec!["KZ:395/NQ"]),
            (
                "«Дербес деректер және оларды қорғау туралы» және «Байланыс туралы» ҚР заңдарына",
                vec!["KZ:94-V", "KZ:?"],
            ),
            (
                "Ресей Федерациясының 2006 жылғы 27 шілдедегі № 152-ФЗ «Дербес деректер туралы» федералдық заңы",
                vec!["RU:152-FZ"],
            ),
            ("Қазақстан Республикасының дербес деректер туралы заңнамасына, заңды негіздерге", vec![]),
        ] {
            assert_eq!(cited(&format!("1. {text}.\n")).0, expected, "{text}");
        }
    }

    #[test]
    fn contradictory_foreign_and_renamed_acts_are_remarked_on() {
        for (text, act, code) in [
            (
                "Қазақстан Республикасының 2013 жылғы 21 мамырдағы «Дербес деректер және оларды қорғау туралы» № 4-V Заңы",
                "KZ:94-V",
                Code::CitationMended,
            ),
            (
                "Закон Республики Казахстан от 21 мая 2013 года № 49-V «О персональных данных и их защите»",
                "KZ:94-V",
                Code::CitationMended,
            ),
            ("Оператор ТОО «Мысал» соблюдает Федеральный закон № 152-ФЗ", "RU:152-FZ", Code::CitationForeign),
            (
                "Закон РК от 24 ноября 2015 года № 418-V «Об информатизации»",
                "KZ:418-V",
                Code::CitationOutdated,
            ),
        ] {
            let (acts, codes) = cited(&format!("1. {text}.\n"));
            assert_eq!(
                (acts.as_slice(), codes.as_slice()),
                ([act.to_owned()].as_slice(), [code].as_slice()),
                "{text}"
            );
        }
    }
}
