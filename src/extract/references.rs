//! References: places where the text names its own clauses, and the node that is meant.
//!
//! Units and numbers that stand together form a chain: «подпункт 2) пункта 3.2», «2-тараудың 3-тармағы». What stands
//! behind the chain in Russian, and before it in Kazakh, tells whose clauses they are: the text's own or a law's.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::language::{digits, pattern};

use super::{Context, Extraction, node_id};
use crate::record::{Code, NodeKind, Reference};
use crate::source::Oddity;
use crate::structure::NodeIndex;

/// Reads the references of all editions.
pub(super) fn references(context: &Context<'_>, out: &mut Extraction) {
    for (edition, found) in context.outline.editions.iter().enumerate() {
        if !super::oddities::classifiable(context, edition) {
            continue;
        }
        let own = own_names(context, found.nodes.clone());
        let mut labels: Labels<'_> = HashMap::new();
        for node in found.nodes.clone() {
            let label = context.outline.nodes[node].label.as_str();
            if !label.is_empty() {
                labels.entry(label).or_default().push(node);
            }
        }
        let mut known = HashSet::new();
        for node in found.nodes.clone() {
            if context.outline.nodes[node].kind == NodeKind::Noise {
                continue;
            }
            let unit = &*context.units.get(node);
            for chain in chains(unit.folded.as_str(), &own) {
                for step in &chain.meant().labels {
                    let line = context.source.line_of(unit.folded.source(&chain.range).start);
                    if !known.insert((line, step.clone())) {
                        continue;
                    }
                    let target = resolve(context, &labels, found.nodes.clone(), node, &chain, step);
                    let tokens = unit.tokens_of(&chain.range);
                    let (sure, cue) =
                        if chain.own { (0.97, "reference/own") } else { (0.8, "reference/bare") };
                    if target.is_none() {
                        out.oddities.push(Oddity {
                            code: Code::ReferenceUnresolved,
                            message: format!("the text has no {step}"),
                            range: Some(unit.folded.source(&chain.range)),
                        });
                    }
                    let value = Reference { label: step.clone(), target: target.map(node_id) };
                    out.facts.references.push(context.fact(unit, &tokens, cue.to_owned(), sure, value));
                }
            }
        }
    }
}

/// What a step of a chain is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    /// Раздел, глава; бөлім, тарау.
    Section,
    /// Статья; бап.
    Article,
    /// Пункт; тармақ.
    Clause,
    /// Подпункт; тармақша.
    Item,
    /// Часть, абзац; бөлік: of laws, unless the text says that they are its own.
    Part,
}

#[derive(Debug, Clone)]
struct Step {
    level: Level,
    labels: Vec<String>,
    range: Range<usize>,
    /// In the form of a heading, «Глава 16. Порядок …»: a title, unless the text says that it means itself.
    bare: bool,
}

/// Steps that stand together.
#[derive(Debug, Clone)]
struct Chain {
    /// From the outermost to the innermost.
    steps: Vec<Step>,
    range: Range<usize>,
    /// The text says that it means itself.
    own: bool,
}

impl Chain {
    /// The step that the reference is to: the innermost one that is more than a list entry.
    fn meant(&self) -> &Step {
        let more = |step: &&Step| matches!(step.level, Level::Clause | Level::Article | Level::Section);
        self.steps.iter().rev().find(more).unwrap_or(&self.steps[self.steps.len() - 1])
    }
}

const NUMBERS: &str = r"(?:\d+(?:\.\s?\d+)*\.?\)?|\b[ivx]+\b)";

static RUSSIAN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?x)\b(?P<unit>подпункт\p{{L}}*|подп\.|пп\.|п\.\s?п\.|п\.|пункт\p{{L}}*|раздел\p{{L}}*|глав\p{{L}}*
          |стать\p{{L}}*|ст\.|част\p{{L}}{{1,3}}|ч\.|абзац\p{{L}}*)
          \s*(?:№\s*)?(?P<numbers>{NUMBERS}(?:\s*(?:,|-|\bи\b|\bили\b|\bлибо\b|,?\s*а\ также)\s*{NUMBERS})*)"
    ))
});

static KAZAKH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?x)(?P<numbers>{NUMBERS}(?:\s*(?:,|-|\bжәне\b|\bмен\b|\bпен\b|\bбен\b|\bнемесе\b)\s*{NUMBERS})*)
          \s*-?\s*\b(?P<unit>тармақша|тармақ|тармағ|бөлім|бөлік|бөліг|тарау|бап|баб|абзац)(?P<end>\p{{L}}*)"
    ))
});

/// Words behind a Russian chain, or before a Kazakh one, that say whose clauses they are.
static OWN_BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"^[\s,"*_]*(?:настоящ\p{L}*|нашей|этой|этого|данной|данного)\b|^[\s,"*_]*(?:политик|положени(?:я|и|ю|ем)\b|приложени|документа)"#,
    )
});
static FOREIGN_BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?x)^(?:\s*\([^)]*\))?[\s,"*_]*(?:указанн\p{L}+\s|вышеуказанн\p{L}+\s|действующ\p{L}+\s|общ\p{L}+\s|федеральн\p{L}+\s)?
          (?:федерал|закон|кодекс|фз\b|гк\b|тк\b|ук\b|нк\b|коап|апк\b|гпк\b|конституц|приказ|постановлени|указ[аоу]?\b|правил|договор|оферт
            |соглашени|контракт|регламент|gdpr|пп\b|директив|конвенц|лицензи|пользовательск|устав|трудов\p{L}+\s|гражданск
            |налогов|уголовн|требовани|перечн|инструкци|(?:№\s*)?\d+\s*-\s*(?:фз|[ivx]+\b)|рк\b|рф\b|стать|ст\.)"#,
    )
});
static OWN_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?:(?:\bосы|\bаталған|\bбіздің)\s+"?\p{L}+"?|\b(?:саясат|құжат|қосымша)\p{L}*?(?:ның|нің|дың|дің|тың|тің)|\bосы)["\s]*$"#,
    )
});
static FOREIGN_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?:заң|кодекс|конституция|шарт|оферта|бұйры|қаулы|қағида|келісім|регламент|ереже|қр|рф|фз|-v|gdpr)[\p{L}]*["\s]*$"#,
    )
});

/// Chains of the text's own clauses; `own` are names of the document besides «политика» and «саясат».
fn chains(text: &str, own: &[String]) -> Vec<Chain> {
    let mut out: Vec<Chain> = Vec::new();
    // All have a number, and most texts none.
    if digits(text) == 0 && memchr::memchr3(b'i', b'v', b'x', text.as_bytes()).is_none() {
        return out;
    }
    for steps in grouped(text, russian_steps(text)) {
        let range = steps[0].range.start..steps[steps.len() - 1].range.end;
        let behind = &text[range.end..];
        let next = behind.trim_start_matches([' ', '"', ',', '*']);
        let is_own = OWN_BEHIND.is_match(behind) || own.iter().any(|name| next.starts_with(name.as_str()));
        let of_a_law = steps.iter().any(|step| matches!(step.level, Level::Article | Level::Part));
        let bare = steps.iter().all(|step| step.bare);
        if is_own || (!of_a_law && !bare && !FOREIGN_BEHIND.is_match(behind)) {
            let mut steps = steps;
            steps.reverse(); // Russian goes from the innermost step outwards
            out.push(Chain { steps, range, own: is_own });
        }
    }
    for steps in grouped(text, kazakh_steps(text)) {
        let range = steps[0].range.start..steps[steps.len() - 1].range.end;
        let from = text[..range.start].char_indices().rev().nth(119).map_or(0, |(at, _)| at);
        let before = &text[from..range.start];
        let is_own = OWN_BEFORE.is_match(before)
            || own.iter().any(|name| {
                let last = before.trim_end_matches([' ', '"']).rsplit([' ', '"']).next();
                last.is_some_and(|word| word.starts_with(name.as_str()))
            });
        let of_a_law = steps.iter().any(|step| matches!(step.level, Level::Article | Level::Part));
        let inflected = steps.iter().any(|step| !step.bare);
        let bracketed = before.trim_end().ends_with('(') && text[range.end..].trim_start().starts_with(')');
        if is_own || (!of_a_law && !FOREIGN_BEFORE.is_match(before) && (inflected || bracketed)) {
            out.push(Chain { steps, range, own: is_own });
        }
    }
    out.sort_by_key(|chain| chain.range.start);
    out
}

/// Steps with nothing but spaces between them.
fn grouped(text: &str, steps: Vec<Step>) -> Vec<Vec<Step>> {
    let mut out: Vec<Vec<Step>> = Vec::new();
    for step in steps {
        match out.last_mut() {
            Some(group)
                if group.last().is_some_and(|last| {
                    last.level != step.level && text[last.range.end..step.range.start].trim().is_empty()
                }) =>
            {
                group.push(step);
            }
            _ => out.push(vec![step]),
        }
    }
    out
}

fn russian_steps(text: &str) -> Vec<Step> {
    if !["п.", "пункт", "раздел", "глав", "стат", "ст.", "част", "ч.", "абзац"]
        .iter()
        .any(|word| text.contains(word))
    {
        return Vec::new();
    }
    RUSSIAN
        .captures_iter(text)
        .filter_map(|found| {
            let unit = &found["unit"];
            let level = match unit {
                _ if unit.starts_with("подп") => Level::Item,
                // «пп. 2» is an entry of a list, «пп. 6.10, 6.12» are several clauses.
                "пп." if !found["numbers"].contains('.') && !found["numbers"].contains([',', 'и', '-']) => {
                    Level::Item
                }
                _ if unit.starts_with('п') => Level::Clause,
                _ if unit.starts_with("разд") || unit.starts_with("глав") => Level::Section,
                _ if unit.starts_with("ст") => Level::Article,
                _ => Level::Part,
            };
            let numbers = found.name("numbers")?;
            let trailing = numbers.as_str().trim_end_matches(['.', ' ']).len();
            let whole = found.get(0)?;
            Some(Step {
                level,
                labels: labels(numbers.as_str()),
                range: whole.start()..numbers.start() + trailing,
                bare: unit == "глава"
                    || (matches!(unit, "раздел" | "пункт") && is_title(text, numbers.end())),
            })
        })
        .filter(|step| !step.labels.is_empty())
        .map(|step| with_full_stop(text, step))
        .collect()
}

/// Whether a full stop and a word follow a number that stands in front of `end`.
fn is_title(text: &str, end: usize) -> bool {
    text[..end].trim_end().ends_with('.') && text[end..].trim_start().starts_with(char::is_alphabetic)
}

/// «пункте 4.9. настоящей Политики»: the full stop belongs to the number, not to the sentence.
fn with_full_stop(text: &str, mut step: Step) -> Step {
    if text[step.range.end..].starts_with('.') && OWN_BEHIND.is_match(&text[step.range.end + 1..]) {
        step.range.end += 1;
    }
    step
}

fn kazakh_steps(text: &str) -> Vec<Step> {
    if !["тарма", "бөлі", "тарау", "бап", "баб", "абзац"].iter().any(|word| text.contains(word))
    {
        return Vec::new();
    }
    KAZAKH
        .captures_iter(text)
        .filter_map(|found| {
            let (unit, end) = (&found["unit"], &found["end"]);
            let level = match unit {
                "тармақша" => Level::Item,
                "тармақ" | "тармағ" => Level::Clause,
                "бөлім" if end.starts_with("ше") => return None, // бөлімше: a department
                "бөлім" | "тарау" => Level::Section,
                "бап" | "баб" => Level::Article,
                _ => Level::Part,
            };
            let range = found.get(0)?.range();
            Some(Step { level, labels: labels(&found["numbers"]), range, bare: end.is_empty() })
        })
        .filter(|step| !step.labels.is_empty())
        .collect()
}

/// The numbers of a list; of a range, its ends.
fn labels(numbers: &str) -> Vec<String> {
    static ONE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\d+(?:\.\s?\d+)*|\b[ivx]+\b"));
    ONE.find_iter(numbers)
        .map(|found| found.as_str().replace(' ', "").to_uppercase())
        .filter(|label| label.len() < 16)
        .collect()
}

/// Nodes by their labels, in the order of the text.
type Labels<'a> = HashMap<&'a str, Vec<NodeIndex>>;
/// Nodes of one label that are looked at on each side of a reference.
const NEAR: usize = 64;

/// Beginnings of words that the text calls itself by: «настоящее Соглашение (далее – Соглашение)».
fn own_names(context: &Context<'_>, nodes: Range<NodeIndex>) -> Vec<String> {
    static NAMED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r#"(?:\bнастоящ\p{L}+|\bосы|\bбұл)\s[^.;:]*\((?:далее|бұдан әрі|ары қарай|әрі қарай)[^()-]{0,24}[-\s]\s*["*]*(\p{L}{4,})["*]*\)"#,
        )
    });
    let mut out: Vec<String> = Vec::new();
    for unit in context.units.of(nodes) {
        if !["(далее", "(бұдан", "қарай"].iter().any(|word| unit.folded.as_str().contains(word))
        {
            continue;
        }
        for found in NAMED.captures_iter(unit.folded.as_str()) {
            let word = &found[1];
            let kept = word.chars().count().saturating_sub(2).max(4);
            out.push(word.chars().take(kept).collect());
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// The node that a label means: inside the chain's outer steps, of the right kind, nearest.
fn resolve(
    context: &Context<'_>,
    labels: &Labels<'_>,
    nodes: Range<NodeIndex>,
    from: NodeIndex,
    chain: &Chain,
    label: &str,
) -> Option<NodeIndex> {
    let mut inside = nodes.clone();
    for step in &chain.steps {
        if std::ptr::eq(step, chain.meant()) {
            break;
        }
        let outer =
            step.labels.first().and_then(|label| nearest(context, labels, &inside, from, step.level, label));
        if let Some(outer) = outer {
            inside = subtree(context, outer, nodes.end);
        }
    }
    nearest(context, labels, &inside, from, chain.meant().level, label)
        .or_else(|| nearest(context, labels, &nodes, from, chain.meant().level, label))
}

/// A node and all below it.
fn subtree(context: &Context<'_>, top: NodeIndex, end: NodeIndex) -> Range<NodeIndex> {
    let depth = context.outline.nodes[top].depth;
    let last = (top + 1..end).find(|&node| context.outline.nodes[node].depth <= depth).unwrap_or(end);
    top..last
}

fn nearest(
    context: &Context<'_>,
    labels: &Labels<'_>,
    nodes: &Range<NodeIndex>,
    from: NodeIndex,
    level: Level,
    label: &str,
) -> Option<NodeIndex> {
    let other = other_numerals(label);
    let with = |label: &str| {
        let all = labels.get(label).map_or(&[] as &[NodeIndex], Vec::as_slice);
        let at = all.partition_point(|&node| node < from);
        &all[at.saturating_sub(NEAR)..(at + NEAR).min(all.len())]
    };
    let candidates = with(label).iter().chain(other.as_deref().map_or(&[] as &[NodeIndex], with));
    candidates.copied().filter(|node| nodes.contains(node)).min_by_key(|&node| {
        let kind = context.outline.nodes[node].kind;
        let fits = match level {
            Level::Section | Level::Article => kind == NodeKind::Section,
            Level::Clause => matches!(kind, NodeKind::Clause | NodeKind::Section),
            Level::Item | Level::Part => kind == NodeKind::Item,
        };
        let exact = context.outline.nodes[node].label == label;
        (!fits, !exact, node.abs_diff(from))
    })
}

/// `4` for `IV` and the other way round: headings and references do not always agree.
fn other_numerals(label: &str) -> Option<String> {
    const ROMAN: [&str; 20] = [
        "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI",
        "XVII", "XVIII", "XIX", "XX",
    ];
    if let Some(at) = ROMAN.iter().position(|roman| *roman == label) {
        return Some((at + 1).to_string());
    }
    let number: usize = label.parse().ok()?;
    ROMAN.get(number.checked_sub(1)?).map(|roman| (*roman).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::fold;

    #[test]
    fn own_clauses_are_told_from_those_of_laws() {
        for (text, expected) in [
            ("в пункте 4.9 настоящей Политики", vec!["4.9"]),
            ("указанного в пункте 4.9. настоящей Политики", vec!["4.9"]),
            ("указанные в п.1.3 данные", vec!["1.3"]),
            ("согласно пп. 6.10–6.12 Политики", vec!["6.10", "6.12"]),
            ("сказано в разделе 5", vec!["5"]),
            ("в разделах 3 и 4", vec!["3", "4"]),
            ("в подпункте 2) пункта 3.2 настоящей Политики", vec!["3.2"]),
            ("по разделу IV Политики", vec!["IV"]),
            ("требований статьи 5.1. настоящей Политики", vec!["5.1"]),
            ("в пункте 4 статьи 273 Кодекса", vec![]),
            ("ст. 15 Закона", vec![]),
            ("п. 2 ч. 1 ст. 6 ФЗ-152", vec![]),
            ("п. 3.1 Договора", vec![]),
            ("положениями Статьи 437 (2) Гражданского кодекса", vec![]),
            ("осы Саясаттың 4.9-тармағы", vec!["4.9"]),
            ("осы Саясаттың 4.9. - тармағында көрсетілген", vec!["4.9"]),
            ("2.4 бөлімінде сипатталған", vec!["2.4"]),
            ("4-бөлімде көрсетілген", vec!["4"]),
            ("осы Саясаттың 6.4 және 6.5-тармақтарында", vec!["6.4", "6.5"]),
            ("осы Саясаттың 5-тарауында", vec!["5"]),
            ("4.2-тармақта белгіленген мерзімдер", vec!["4.2"]),
            ("заңның 15-бабының 1,2-бөлігінде", vec![]),
            ("Заңының 25-бабы 2-тармағының 1-1) тармақшасын", vec![]),
            ("Публичная оферта, Глава 16. Порядок закупок", vec![]),
            ("Жария оферта, 16-тарау. Мемлекеттік сатып алу", vec![]),
            ("ұйымның 3 бөлімшесінде", vec![]),
        ] {
            let folded = fold(text, std::slice::from_ref(&(0..text.len())));
            let found: Vec<String> =
                chains(folded.as_str(), &[]).iter().flat_map(|chain| chain.meant().labels.clone()).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
