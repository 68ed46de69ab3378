//! Definitions: terms with their meaning, and the short names that the text gives.
//!
//! A line «термин – что это» counts where the text announces definitions: under such a heading, below such a lead-in,
//! or in the unmarked lines that follow one. «Под X понимается Y» and «(далее – X)» count anywhere.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::language::pattern;

use super::hereinafter::{name, short_names};
use super::quotes::quotations;
use super::{Context, Extraction, Unit};
use crate::record::{Definition, NodeKind};
use crate::structure::NodeIndex;

/// Longest term of a dash definition in words.
const MOST_WORDS: usize = 16;
/// Longest term of a second definition on a line: there a dash is more often punctuation.
const MOST_WORDS_BEHIND: usize = 6;

/// Reads the definitions of all editions.
pub(super) fn definitions(context: &Context<'_>, out: &mut Extraction) {
    for (edition, found) in context.outline.editions.iter().enumerate() {
        if !super::oddities::classifiable(context, edition) {
            continue;
        }
        let places = places(context, found.nodes.clone());
        let mut known = HashSet::new();
        for node in found.nodes.clone() {
            if context.outline.nodes[node].kind == NodeKind::Noise {
                continue;
            }
            let unit = &*context.units.get(node);
            let mut note = |range: &Range<usize>, term: String, meaning: String, cue: &str, sure: f64| {
                let line = context.source.line_of(unit.folded.source(range).start);
                if known.insert((line, term.to_lowercase())) {
                    let tokens = unit.tokens_of(range);
                    let value = Definition { term, meaning };
                    out.facts.definitions.push(context.fact(unit, &tokens, cue.to_owned(), sure, value));
                }
            };
            if context.is_read(node) {
                let listed = enumerated(context, unit);
                if places.contains(&node) || !listed.is_empty() {
                    for found in if listed.is_empty() { dashed(context, unit) } else { listed } {
                        let meaning = unit.written(context, &found.meaning);
                        let range = found.term.start..found.meaning.end;
                        note(&range, found.name, meaning, "definition/dash", 0.95);
                    }
                }
                for found in understood(context, unit, places.contains(&node)) {
                    let meaning = unit.written(context, &found.meaning);
                    let range = found.term.start..found.meaning.end.max(found.term.end);
                    note(&range, found.name, meaning, "definition/means", 0.9);
                }
            }
            for found in short_names(context, unit) {
                note(&found.range, found.term, String::new(), "definition/hereinafter", 0.97);
            }
        }
    }
}

static HEADING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)\b(?:термин\p{L}*|основн\p{L}*\ пон[яе]ти\p{L}*|пон[яе]тия|пон[яе]тий|пон[яе]тиями
            |(?:^\W*|(?:и|следующие|основные|такие)\ )определения|определения\W*$|определения\ и\b
            |глоссари\p{L}*|словар\p{L}*|сокращени[яй]\p{L}*
            |анықтамалар\p{L}*|ұғым\p{L}*|түсініктер\p{L}*|қысқартулар\p{L}*)\b",
    )
});

/// Whether a text names [`HEADING`]; one of these words is in each that does, and most hold none.
fn heads(text: &str) -> bool {
    const CUES: [&str; 10] = [
        "термин",
        "поня",
        "поне",
        "определения",
        "глоссари",
        "словар",
        "сокращени",
        "анықтамалар",
        "ұғым",
        "түсініктер",
    ];
    (CUES.iter().any(|word| text.contains(word)) || text.contains("қысқартулар")) && HEADING.is_match(text)
}

/// Words of a lead-in that ends without a colon.
static FOLLOWING: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b(?:следующ\p{L}*|нижеследующ\p{L}*|мынадай|мына|келесі|төмендегі\p{L}*)\b"));

/// Nodes in which a dash defines a term.
fn places(context: &Context<'_>, nodes: Range<NodeIndex>) -> HashSet<NodeIndex> {
    let from = nodes.start;
    let announcing: Vec<bool> = nodes.clone().map(|node| announces(context, node)).collect();
    let leading: Vec<bool> = nodes.clone().map(|node| leads(context, node)).collect();
    let mut out = HashSet::new();
    // A lead-in whose definitions may follow as unmarked lines beside it.
    let mut running = false;
    // A heading whose definitions may follow as sections beside it, where the numbers went wrong.
    let mut headed = false;
    for node in nodes {
        let found = &context.outline.nodes[node];
        if found.kind == NodeKind::Noise {
            continue;
        }
        let is_announced = announcing[node - from];
        if found.is_heading {
            headed = is_announced;
            running = false;
            continue;
        }
        if !matches!(found.kind, NodeKind::Paragraph | NodeKind::Item) {
            running = false;
        }
        let below = found.parent.is_some_and(|parent| {
            announcing[parent - from] || (out.contains(&parent) && !leading[parent - from])
        });
        let beside = headed && found.kind == NodeKind::Section;
        if below || running || beside || inline_list(context.units.get(node).folded.as_str()) {
            out.insert(node);
        }
        running |= is_announced;
    }
    out
}

/// Whether a node's words announce definitions.
fn announces(context: &Context<'_>, node: NodeIndex) -> bool {
    let unit = context.units.get(node);
    let text = unit.folded.as_str();
    let opens = context.outline.nodes[node].is_heading || text.trim_end().ends_with([':', '-']);
    let follows = || {
        ["следующ", "мына", "келесі", "төмендегі"].iter().any(|word| text.contains(word))
            && text.split_whitespace().nth(20).is_none()
            && FOLLOWING.is_match(text)
    };
    (opens || follows()) && heads(text)
}

/// Whether a node opens a list.
fn leads(context: &Context<'_>, node: NodeIndex) -> bool {
    context.units.get(node).folded.as_str().trim_end().ends_with(':')
}

/// «Термины: Сайт – …; Оператор – …» on one line.
fn inline_list(text: &str) -> bool {
    let colon = text.match_indices(':').map(|(at, _)| at).find(|at| text[at + 1..].starts_with(' '));
    colon.is_some_and(|at| text[at..].contains(" - ") && heads(&text[..at]))
}

/// A definition; ranges are bytes of the folded text.
struct Defined {
    term: Range<usize>,
    name: String,
    meaning: Range<usize>,
}

/// Definitions by a dash in a unit's sentences.
fn dashed(context: &Context<'_>, unit: &Unit) -> Vec<Defined> {
    let text = unit.folded.as_str();
    let quotes = quotations(context.source.as_str(), &unit.folded);
    let mut out: Vec<Defined> = Vec::new();
    for (index, sentence) in unit.sentences.iter().enumerate() {
        let start = unit.tokens[sentence.start].start as usize;
        let end = unit.tokens[sentence.end - 1].end as usize;
        let first = index == 0;
        let Some(found) = defined(context, unit, &quotes, start..end, first) else {
            // What is no definition goes on with the one before it.
            if let Some(last) = out.last_mut() {
                last.meaning.end = end;
            }
            continue;
        };
        let is_behind = !first && !out.is_empty();
        let words = text[found.term.clone()].split_whitespace().count();
        if is_behind && (words > MOST_WORDS_BEHIND || text[found.term.clone()].contains(',')) {
            continue;
        }
        if first || is_behind {
            out.push(found);
        }
    }
    out
}

/// «a. Сайт – … b. Пользователь – …»: two or more definitions lettered in order on one line need no announcement.
fn enumerated(context: &Context<'_>, unit: &Unit) -> Vec<Defined> {
    static LABEL: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:^|\s)(?P<label>[a-zа-я])[.)]\s+"));
    const FIRST: [char; 2] = ['a', 'а'];
    let text = unit.folded.as_str();
    let first = ["a. ", "a) ", "а. ", "а) "];
    if !text.contains(" - ") || !first.iter().any(|label| text.contains(label)) {
        return Vec::new();
    }
    let mut starts: Vec<Range<usize>> = Vec::new();
    let mut wanted: Option<char> = None;
    for found in LABEL.captures_iter(text) {
        let (Some(whole), Some(label)) = (found.get(0), found.name("label")) else { continue };
        let letter = label.as_str().chars().next().unwrap_or(' ');
        if wanted.map_or(FIRST.contains(&letter), |wanted| wanted == letter) {
            wanted = char::from_u32(letter as u32 + 1);
            starts.push(label.start()..whole.end());
        }
    }
    if starts.len() < 2 {
        return Vec::new();
    }
    let quotes = quotations(context.source.as_str(), &unit.folded);
    let ends = starts.iter().skip(1).map(|next| next.start).chain([text.len()]);
    let found: Option<Vec<Defined>> = starts
        .iter()
        .zip(ends)
        .map(|(start, end)| defined(context, unit, &quotes, start.end..text[..end].trim_end().len(), true))
        .collect();
    found.unwrap_or_default()
}

/// The definition that a sentence is.
fn defined(
    context: &Context<'_>,
    unit: &Unit,
    quotes: &[Range<usize>],
    sentence: Range<usize>,
    first: bool,
) -> Option<Defined> {
    let text = unit.folded.as_str();
    let (term, behind) = match bold(text, &sentence).filter(|_| first) {
        Some(found) => found,
        None => {
            let (at, mark) = separator(context, unit, quotes, &sentence, first)?;
            (sentence.start..at, at + mark)
        }
    };
    let behind =
        behind + text[behind..sentence.end].find(|found: char| found.is_alphanumeric() || found == '"')?;
    // «Термины: Сайт – …»: the lead-in is no part of the term.
    let lead = text[term.clone()].rfind(": ").map_or(0, |at| at + 2);
    let term = term.start + lead..term.end;
    let term = term.start + entry(&text[term.clone()])..term.end;
    let written = unit.written(context, &term);
    let bare = without_gloss(&written);
    let fits = bare.split_whitespace().count() <= MOST_WORDS
        && !bare.contains([';', '?', '!'])
        && !bare.contains(". ")
        && !says(&text[term.clone()])
        && (first || !starts_small(&written) || text[..sentence.start].trim_end().ends_with(';'));
    let name = fits.then(|| name(bare)).flatten()?;
    Some(Defined { term, name, meaning: behind..sentence.end })
}

/// Length of «б) » in front of a term: lists are also written on one line.
fn entry(term: &str) -> usize {
    static ENTRY: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[\s*]*[\p{L}\d]{1,2}\)\s+"));
    ENTRY.find(term).map_or(0, |found| found.end())
}

/// Whether words hold a finite verb, as no term does.
fn says(term: &str) -> bool {
    const ENDINGS: [&str; 9] =
        ["ется", "ются", "ится", "ятся", "вляет", "вляют", "вправе", "обязан", "құқылы"];
    let mut words = term.split_whitespace();
    term.split_whitespace().count() > 2
        && words.any(|word| ENDINGS.iter().any(|ending| word.ends_with(ending)))
}

fn starts_small(written: &str) -> bool {
    written.chars().find(|found| found.is_alphabetic()).is_some_and(char::is_lowercase)
}

/// A term in bold type: with a dash or colon behind it, or with the dash inside.
fn bold(text: &str, sentence: &Range<usize>) -> Option<(Range<usize>, usize)> {
    static BOLD: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r#"^[\s"]*(?:\*\*|__)(?P<inner>[^*_]+)(?:\*\*|__)\s*(?P<behind>(?:\([^)]*\)\s*)?["\s,]*[-:=])?"#,
        )
    });
    let found = BOLD.captures(&text[sentence.clone()])?;
    let inner = found.name("inner")?;
    let (start, end) = (sentence.start + inner.start(), sentence.start + inner.end());
    if let Some(behind) = found.name("behind") {
        return Some((start..end, sentence.start + behind.end()));
    }
    let words = inner.as_str().trim_end();
    if words.ends_with([':', '-']) {
        return Some((start..start + words.len() - 1, end));
    }
    let at = words.find(" - ").map(|at| at + 1).or_else(|| words.find("- ")).or_else(|| glued(words))?;
    Some((start..start + at, start + at + 1))
}

/// Where the dash stands that parts term and meaning, and its length.
fn separator(
    context: &Context<'_>,
    unit: &Unit,
    quotes: &[Range<usize>],
    sentence: &Range<usize>,
    first: bool,
) -> Option<(usize, usize)> {
    let text = unit.folded.as_str();
    // A term is short: what stands further behind parts nothing.
    let words = &text[sentence.clone()];
    let words = &words[..words.char_indices().nth(400).map_or(words.len(), |(at, _)| at)];
    let near = quotes.partition_point(|quote| quote.start < sentence.start);
    let quotes = &quotes[near..quotes.partition_point(|quote| quote.start < sentence.start + words.len())];
    let source = context.source.as_str();
    let mut depth = 0_usize;
    for (at, found) in words.char_indices() {
        let place = sentence.start + at;
        match found {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '-' | '=' if depth == 0 && at > 0 && !quotes.iter().any(|quote| quote.contains(&place)) => {
                let before = words[..at].ends_with([' ', '"', ')', '*']);
                let behind = words[at + 1..].starts_with([' ', '"']);
                let written = &source[unit.folded.source(&(place..place + 1))];
                let long = !matches!(written, "-" | "\u{2010}" | "\u{2011}" | "=");
                if behind || (before && (long || first)) {
                    return Some((place, 1));
                }
            }
            ':' if depth == 0
                && first
                && words[at + 1..].starts_with(' ')
                && words[..at].split_whitespace().count() <= 5
                && context.outline.nodes[unit.node].kind == NodeKind::Item
                && !heads(&words[..at]) =>
            {
                return Some((place, 1));
            }
            _ => {}
        }
    }
    let at = first.then(|| glued(words)).flatten()?;
    Some((sentence.start + at, 1))
}

/// A hyphen without spaces that parts two words which form no compound.
fn glued(words: &str) -> Option<usize> {
    /// First halves of compounds.
    const COMPOUND: [&str; 26] = [
        "веб",
        "вэб",
        "web",
        "интернет",
        "ip",
        "e",
        "cookie",
        "онлайн",
        "мини",
        "смс",
        "sms",
        "push",
        "бизнес",
        "медиа",
        "аудио",
        "видео",
        "фото",
        "pr",
        "it",
        "crm",
        "чат",
        "mini",
        "dns",
        "api",
        "аты",
        "іс",
    ];
    words.match_indices('-').map(|(at, _)| at).find(|&at| {
        let half = words[..at].rsplit(|found: char| !found.is_alphanumeric()).next().unwrap_or_default();
        let rest = words[at + 1..].split(|found: char| !found.is_alphanumeric()).next().unwrap_or_default();
        at > 0 && rest.chars().count() > 3 && !COMPOUND.contains(&half)
    })
}

/// A term without the bracket that explains it: «Аккаунт (Профиль)», but «Услуга(и)».
fn without_gloss(written: &str) -> &str {
    let mut term = written.trim_end_matches([' ', ',', ':', '*', '_']);
    while term.ends_with(')') {
        let Some(open) = term.rfind('(') else { break };
        let given = ["далее", "бұдан", "әрі", "ары", "в дальнейшем"];
        let short_name = given.iter().any(|word| term[open + 1..].to_lowercase().starts_with(word));
        if !(short_name || term[..open].ends_with(' ')) {
            break;
        }
        term = term[..open].trim_end_matches([' ', ',']);
    }
    term
}

/// «Под X понимается Y», «X деп Y түсініледі»; in places for definitions also «X означает Y», «X дегеніміз».
fn understood(context: &Context<'_>, unit: &Unit, place: bool) -> Vec<Defined> {
    static UNDER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?x)\bпод\s+(?:терминами?\s+|понятием\s+|словами?\s+|словом\s+)?(?P<term>[^;:.?!]+?)
              (?:,?\s+(?:в\ (?:настоящ|рамках|целях|данн|контексте|соответствии|смысле|политике)|для\ целей|здесь)[^;:.?!]*?)?
              \s+(?:далее\ )?(?:понима(?:ется|ются|ют|ем)|подразумева(?:ется|ются|ем|ют))",
        )
    });
    static CALLED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?x)^\s*(?:осы\ \p{L}+\ (?:мақсаттары\ үшін\ |шеңберінде\ |аясында\ )?)?(?P<term>[^;:.?!,]+?)\ деп\ .{5,}
              (?:түсініледі|түсінеміз|түсіндіріледі|ұғынылады|танылады|саналады)",
        )
    });
    static MEANS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?x)^\s*(?:термин\ |понятие\ )?(?P<term>[^;:.?!]+?)\s+
              (?:означа(?:ет|ют)|обознача(?:ет|ют)|это|дегеніміз|деген\ -|деп\ (?:.{5,}\ )?(?:аталады|айтылады)|мынаны\ білдіреді)
              (?:\s|\b)",
        )
    });
    let text = unit.folded.as_str();
    let mut out = Vec::new();
    // A word that each pattern needs is looked for first: most texts need no pattern.
    let under = ["понима", "подразумева"].iter().any(|word| text.contains(word));
    let called = text.contains(" деп ");
    if !(under || called || place) {
        return out;
    }
    let mut quotes: Option<Vec<Range<usize>>> = None;
    for sentence in &unit.sentences {
        let start = unit.tokens[sentence.start].start as usize;
        let end = unit.tokens[sentence.end - 1].end as usize;
        let words = &text[start..end];
        let under = under.then(|| UNDER.captures(words)).flatten();
        let called = || called.then(|| CALLED.captures(words)).flatten();
        let means = || (place && !words.contains(" - ")).then(|| MEANS.captures(words)).flatten();
        let Some(found) = under.or_else(called).or_else(means) else { continue };
        let (Some(whole), Some(term)) = (found.get(0), found.name("term")) else { continue };
        if term.as_str().split_whitespace().count() > 10 {
            continue;
        }
        let range = start + term.start()..start + term.end();
        // «Пользование сайтом означает согласие» says what follows from an act, not what a word means.
        let follows = words[whole.end()..].trim_start();
        if ["его ", "ее ", "ваше", "полн", "безусловн", "безоговорочн", "соглас", "принят", "что "]
            .iter()
            .any(|word| follows.starts_with(word))
        {
            continue;
        }
        let quotes = quotes.get_or_insert_with(|| quotations(context.source.as_str(), &unit.folded));
        let at = quotes.partition_point(|quote| quote.start < range.start);
        let quoted = quotes.get(at).filter(|quote| quote.end <= range.end).cloned();
        let term = quoted.unwrap_or(range);
        let written = unit.written(context, &term);
        if let Some(name) = name(without_gloss(&written)) {
            out.push(Defined { term, name, meaning: start + whole.end()..end });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::source::SourceText;
    use crate::structure::outline;

    fn terms(text: &str) -> Vec<String> {
        let lexicon = Lexicon::shared();
        let source = SourceText::new(text.to_owned());
        let outline = outline(&source);
        let context = Context::new(&source, &outline, &lexicon);
        let mut out = Extraction::default();
        definitions(&context, &mut out);
        out.facts.definitions.into_iter().map(|fact| fact.value.term).collect()
    }

    #[test]
    fn a_dash_defines_where_definitions_are_announced() {
        for (text, expected) in [
            ("Оператор – лицо, обрабатывающее данные.", vec!["Оператор"]),
            ("Аккаунт (Профиль) - учётная запись.", vec!["Аккаунт"]),
            ("Услуга(и) — услуги Оператора.", vec!["Услуга(и)"]),
            ("Оператор базы (далее – Владелец) – лицо.", vec!["Оператор базы", "Владелец"]),
            (
                "Данные, разрешённые для распространения, — данные.",
                vec!["Данные, разрешённые для распространения"],
            ),
            ("данные – любая информация; сайт – страницы в сети", vec!["данные", "сайт"]),
            (
                "Термины таковы. a. Сайт - example.kz b. Лицо (далее – гость) – посетитель.",
                vec!["Сайт", "Лицо", "гость"],
            ),
            ("**Веб-сайт**-страницы в сети", vec!["Веб-сайт"]),
            ("«Сайт» означает страницы в сети", vec!["Сайт"]),
            ("Блоктау- өңдеуді тоқтату", vec!["Блоктау"]),
            ("**дербес деректерді тарату-тұлғалардың** тобына ашу", vec!["дербес деректерді тарату"]),
            ("**дербес деректерді жою**-қалпына келмейтін әрекеттер", vec!["дербес деректерді жою"]),
            ("веб-сайт – https://example.kz мекенжайы", vec!["веб-сайт"]),
            ("Использование Сайта означает согласие с Политикой", vec![]),
            ("Термины толкуются по закону", vec![]),
        ] {
            let kazakh = crate::language::letters(text).is_kazakh() == Some(true);
            let heading = if kazakh {
                "Негізгі ұғымдар"
            } else {
                "Термины и определения"
            };
            assert_eq!(terms(&format!("1. {heading}\n1.1. {text}\n")), expected, "{text}");
        }
    }

    #[test]
    fn lists_below_and_beside_a_lead_in_define() {
        for text in [
            "1. Общие положения\n1.1. Используются следующие термины:\nСайт – страницы.\nОператор – лицо.\n1.2. Политика – действует – всегда.\n",
            "1. Общие положения\n1.1. Используются следующие термины:\n- Сайт – страницы;\n- Оператор – лицо.\n",
            "1. Жалпы ережелер\n1.1. Мынадай ұғымдар пайдаланылады:\n1) Сайт – беттер;\n2) Оператор – тұлға.\n",
        ] {
            assert_eq!(terms(text), ["Сайт", "Оператор"], "{text}");
        }
        assert_eq!(terms("1. Цели\n1.1. Цель – исполнение договора.\n"), Vec::<String>::new());
    }

    #[test]
    fn what_is_understood_by_a_term_defines_it_anywhere() {
        for (text, expected) in [
            ("Под нарушением безопасности понимается доступ.", "нарушением безопасности"),
            ("Под «Пользователем» в настоящей Политике понимается лицо.", "Пользователем"),
            (
                "Деректер қауіпсіздігін бұзу деп оларға рұқсатсыз қол жеткізу түсініледі.",
                "Деректер қауіпсіздігін бұзу",
            ),
        ] {
            assert_eq!(terms(&format!("1. Разное\n1.1. {text}\n")), [expected], "{text}");
        }
    }
}
