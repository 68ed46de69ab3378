//! Whether the language versions of one policy say different things.
//!
//! Only what does not change in translation is compared: registration numbers, e-mail addresses, telephones, and durations
//! of the same act in the clause of the same number. Each version must name something that the other does not: a version
//! that only says less may be shorter, or may have been read less well.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::{Context, Extraction, oddities};
use crate::record::{Code, ContactType, DeadlineKind, Edition, Fact, Span};
use crate::source::Oddity;
use crate::structure::NodeIndex;

/// What versions are compared by, and what each of them names there: values as compared, with the place of the words.
type Named<'a> = BTreeMap<String, BTreeMap<String, (&'a Span, &'a str)>>;

/// Compares each edition with the first one in another language.
pub(super) fn differences(context: &Context<'_>, editions: &[Edition], out: &mut Extraction) {
    let read: Vec<usize> =
        (0..editions.len()).filter(|&edition| oddities::classifiable(context, edition)).collect();
    let Some((&first, others)) = read.split_first() else { return };
    let others = others.iter().filter(|&&other| editions[other].language != editions[first].language);
    let others: Vec<usize> = others.copied().collect();
    if others.is_empty() {
        return;
    }
    let expected = named(context, editions, first, out);
    let mut found = Vec::new();
    for &other in &others {
        for (what, values) in named(context, editions, other, out) {
            let Some(before) = expected.get(&what) else { continue };
            let new = values.iter().find(|(value, _)| !before.contains_key(*value));
            let lost = before.iter().find(|(value, _)| !values.contains_key(*value));
            if let (Some((_, (span, here))), Some((_, (_, there)))) = (new, lost) {
                let (language, other) = (editions[other].language.id(), editions[first].language.id());
                let message = format!("{what}: {here:?} in {language}, {there:?} in {other}");
                found.push(Oddity { code: Code::EditionsDiffer, message, range: Some(bytes(context, span)) });
            }
        }
    }
    out.oddities.extend(found);
}

/// What an edition names.
fn named<'a>(
    context: &Context<'_>,
    editions: &'a [Edition],
    edition: usize,
    out: &'a Extraction,
) -> Named<'a> {
    let mut named = Named::new();
    let mut add = |what: String, value: String, span: &'a Span, words: &'a str| {
        named.entry(what).or_default().entry(value).or_insert((span, words));
    };
    if let Some(operator) = &editions[edition].operator {
        for identifier in &operator.identifiers {
            let what = format!("operator's {}", identifier.kind.id());
            add(what, identifier.value.clone(), &operator.span, &identifier.value);
        }
    }
    for contact in in_edition(&out.facts.contacts, edition) {
        let value = &contact.value;
        if matches!(value.kind, ContactType::Email | ContactType::Phone) {
            let what = format!("{} of the {}", value.kind.id(), value.party.id());
            add(what, value.value.clone(), &contact.span, &value.value);
        }
    }
    let paths = Paths::new(context, edition);
    for term in in_edition(&out.facts.deadlines, edition) {
        if term.value.kind == DeadlineKind::Duration
            && let Some(path) = paths.of(context, &term.node)
        {
            let what = format!("time for {} in {path}", term.value.action.0);
            add(what, comparable(&term.value.iso), &term.span, &term.quote);
        }
    }
    named
}

fn in_edition<T>(facts: &[Fact<T>], edition: usize) -> impl Iterator<Item = &Fact<T>> {
    facts.iter().filter(move |fact| fact.edition == edition)
}

/// Numbers of the clauses of an edition, from the outermost; those that stand there twice lead nowhere.
struct Paths {
    nodes: Range<NodeIndex>,
    repeated: BTreeSet<String>,
}

impl Paths {
    fn new(context: &Context<'_>, edition: usize) -> Self {
        let nodes = context.outline.editions[edition].nodes.clone();
        let (mut seen, mut repeated) = (BTreeSet::new(), BTreeSet::new());
        for node in nodes.clone() {
            if !context.outline.nodes[node].label.is_empty() {
                let path = path(context, node);
                if !seen.insert(path.clone()) {
                    repeated.insert(path);
                }
            }
        }
        Self { nodes, repeated }
    }

    /// Where a fact stands, if both versions can have just one such place.
    fn of(&self, context: &Context<'_>, id: &str) -> Option<String> {
        let node = id.strip_prefix('n')?.parse::<usize>().ok()?.checked_sub(1)?;
        let labelled = self.nodes.contains(&node) && !context.outline.nodes[node].label.is_empty();
        labelled.then(|| path(context, node)).filter(|path| !self.repeated.contains(path))
    }
}

/// `IV 12 1`: the labels from the outermost node to this one. Letters of lists differ between alphabets and count as they are.
fn path(context: &Context<'_>, node: NodeIndex) -> String {
    let nodes = &context.outline.nodes;
    let up = std::iter::successors(Some(node), |&at| nodes[at].parent);
    let mut labels: Vec<&str> =
        up.map(|at| nodes[at].label.as_str()).filter(|label| !label.is_empty()).collect();
    labels.reverse();
    labels.join(" ")
}

/// A duration of one unit in the smaller one that it is a whole number of: a week is seven days, a year twelve months.
fn comparable(iso: &str) -> String {
    let times = |digits: &str, factor: u64| digits.parse::<u64>().ok()?.checked_mul(factor);
    let scaled = if let Some(digits) = iso.strip_prefix("PT").and_then(|rest| rest.strip_suffix('H')) {
        times(digits, 1).map(|hours| format!("PT{hours}H"))
    } else if let Some(digits) = iso.strip_prefix('P').and_then(|rest| rest.strip_suffix('W')) {
        times(digits, 7 * 24).map(|hours| format!("PT{hours}H"))
    } else if let Some(digits) = iso.strip_prefix('P').and_then(|rest| rest.strip_suffix('D')) {
        times(digits, 24).map(|hours| format!("PT{hours}H"))
    } else if let Some(digits) = iso.strip_prefix('P').and_then(|rest| rest.strip_suffix('Y')) {
        times(digits, 12).map(|months| format!("P{months}M"))
    } else {
        None
    };
    scaled.unwrap_or_else(|| iso.to_owned())
}

/// The line on which a span begins: offsets of the text lead to code points and not back.
fn bytes(context: &Context<'_>, span: &Span) -> Range<usize> {
    let line = context.source.line(span.line - 1);
    let text = &context.source.as_str()[line.clone()];
    let start = line.start + text.len() - text.trim_start().len();
    start..line.start + text.trim_end().len()
}

#[cfg(test)]
mod tests {
    use crate::record::{Code, PolicyRecord};

    const RU: &str = "ПОЛИТИКА КОНФИДЕНЦИАЛЬНОСТИ

1. Общие положения
1.1. Настоящая Политика определяет порядок обработки персональных данных в ТОО «Пример» (БИН 000040000036, далее – «Оператор»).
1.2. Оператор обрабатывает персональные данные пользователей сайта.
2. Сроки
2.1. Оператор обязан ответить на запрос субъекта в течение 3 дней.
2.2. Персональные данные хранятся один год.
3. Контакты
3.1. Обращения о персональных данных направляются на privacy@primer.example.kz.
";

    const KK: &str = "ҚҰПИЯЛЫЛЫҚ САЯСАТЫ

1. Жалпы ережелер
1.1. Осы Саясат «Үлгі» ЖШС-де (БСН 000040000036, бұдан әрі – «Оператор») дербес деректерді өңдеу тәртібін айқындайды.
1.2. Оператор сайт пайдаланушыларының дербес деректерін өңдейді.
2. Мерзімдер
2.1. Оператор субъектінің сұрау салуына 3 күн ішінде жауап беруге міндетті.
2.2. Дербес деректер 12 ай сақталады.
3. Байланыс
3.1. Дербес деректер туралы өтініштер privacy@primer.example.kz мекенжайына жіберіледі.
";

    fn said(record: &PolicyRecord) -> Vec<&str> {
        let found = record.diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::EditionsDiffer);
        found.map(|diagnostic| diagnostic.message.as_str()).collect()
    }

    #[test]
    fn versions_that_agree_are_not_reported() {
        for text in [format!("{KK}\n{RU}"), format!("{RU}\n{KK}"), RU.to_owned(), KK.to_owned()] {
            let record = crate::parse(&text);
            assert_eq!(said(&record), [""; 0]);
        }
        let record = crate::parse(&format!("{KK}\n{RU}"));
        assert_eq!(record.editions.len(), 2);
        assert!(record.facts.deadlines.len() >= 4, "{:?}", record.facts.deadlines);
        assert!(record.editions.iter().all(|edition| edition.operator.is_some()));
    }

    #[test]
    fn another_time_address_or_number_is_reported_where_it_stands() {
        for (from, to, message) in [
            ("в течение 3 дней", "в течение 30 дней", "in 2 2.1: "),
            ("хранятся один год", "хранятся два года", "in 2 2.2: "),
            ("privacy@primer", "office@primer", "email of the operator: "),
            ("БИН 000040000036", "БИН 000140000034", "operator's bin: "),
        ] {
            let russian = RU.replace(from, to);
            assert_ne!(russian, RU);
            let record = crate::parse(&format!("{KK}\n{russian}"));
            let said = said(&record);
            assert!(said.len() == 1 && said[0].contains(message), "{to}: {said:?}");
            assert!(said[0].contains("in ru, ") && said[0].ends_with("in kk"), "{said:?}");
            let line = record.diagnostics.iter().find(|found| found.code == Code::EditionsDiffer);
            let line = line.and_then(|found| found.span).expect("it has a place").line;
            let text = format!("{KK}\n{russian}");
            assert!(text.lines().nth(line - 1).expect("a line").contains(to), "{to}: line {line}");
        }
        for (from, to, message) in [
            ("3 күн ішінде", "10 күн ішінде", "in 2 2.1: "),
            ("12 ай сақталады", "6 ай сақталады", "in 2 2.2: "),
            ("privacy@primer", "office@primer", "email of the operator: "),
            ("БСН 000040000036", "БСН 000140000034", "operator's bin: "),
        ] {
            let kazakh = KK.replace(from, to);
            assert_ne!(kazakh, KK);
            let record = crate::parse(&format!("{RU}\n{kazakh}"));
            let said = said(&record);
            assert!(said.len() == 1 && said[0].contains(message), "{to}: {said:?}");
            assert!(said[0].contains("in kk, ") && said[0].ends_with("in ru"), "{said:?}");
        }
    }

    #[test]
    fn a_version_that_says_less_is_not_reported() {
        let shorter = RU.replace(" в течение 3 дней", "").replace("(БИН 000040000036, далее", "(далее");
        let shorter = shorter.replace(" на privacy@primer.example.kz", " Оператору");
        assert_eq!(said(&crate::parse(&format!("{KK}\n{shorter}"))), [""; 0]);
        // Another numbering: the clause of the same number speaks of something else.
        let renumbered = RU.replace("2.1.", "2.3.").replace("2.2.", "2.1.");
        assert_eq!(said(&crate::parse(&format!("{KK}\n{renumbered}"))), [""; 0]);
    }
}
