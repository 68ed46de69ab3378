//! Short names that a text gives to what it has just named: «(далее – Оператор)», «(бұдан әрі – Саясат)».

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::language::pattern;

use super::quotes::quotations;
use super::{Context, Unit};

/// A short name; ranges are bytes of the folded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ShortName {
    /// From «далее» to the end of the name.
    pub(super) range: Range<usize>,
    /// The name as written, without quotation marks and emphasis.
    pub(super) term: String,
}

/// Longest name in words; what is longer is a sentence.
const MOST_WORDS: usize = 14;

/// One of these is in each text that [`OPENS`] matches; most texts hold none and need no pattern.
const CUES: [&str; 6] = ["дальнейшем", "далее", "бұдан", "әрі", "ары қарай", "тұраты"];

static OPENS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)\b(?:в\ дальнейшем|далее|бұдан\ (?:былай|әрі|кейін)|(?:одан|мұнан|бұнан)\ әрі|(?:ары|әрі)\ қарай
            |келіп\ тұраты\p{L}*)\b",
    )
});

/// What may stand between «далее» and the name.
static LEADS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)^(?:[\s,]+(?:
            (?P<says>по\ тексту|в\ тексте|по\ документу|именуем\p{L}*|называем\p{L}*|обозначаем\p{L}*
              |мәтін\ бойынша|мәтінде|атау\p{L}*)
            | (?:настоящ\p{L}+|данн\p{L}+)\ \p{L}+ | также | совместно | вместе | соответственно | как | сокращенно
            | при\ совместном\ упоминании | қысқаша | тиісінше | бірлесіп | сондай-ақ | осы\ саясатта
            | по\ тексту\ (?:политики|документа|настоящ\p{L}+\ \p{L}+)
          )\b)*
          \s*(?P<dash>[-:=]?)\s*",
    )
});

/// What may stand in front of «далее» inside its bracket.
static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[,;]\s*|\s-\s)(?:мәтін бойынша|мәтінде|сондай-ақ|осы мәтінде|и|а|именуем\p{L}*|здесь и|осында және|в тексте)?\s*$",
    )
});

/// Words between and behind the names of a list that are no names.
static BETWEEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:[\s,/*_-]|и/или|\b(?:и|или|либо|а также|және|немесе|не|соответственно|тиісінше|деп|аталады|аталатын|атаймыз|аталып|атайды)\b)*$",
    )
});

/// Finds the short names in a unit.
pub(super) fn short_names(context: &Context<'_>, unit: &Unit) -> Vec<ShortName> {
    let text = unit.folded.as_str();
    let mut out = Vec::new();
    if !CUES.iter().any(|word| text.contains(word)) {
        return out;
    }
    let mut quotes: Option<Vec<Range<usize>>> = None;
    for found in OPENS.find_iter(text) {
        let Some(leads) = LEADS.captures(&text[found.end()..]) else { continue };
        let from = found.end() + leads.get(0).map_or(0, |whole| whole.end());
        let quotes = quotes.get_or_insert_with(|| quotations(context.source.as_str(), &unit.folded));
        let bracket = enclosing(text, found.start());
        let range = match bracket {
            Some(open) if BEFORE.is_match(&text[open + 1..found.start()]) => from..closing(text, open, from),
            _ => {
                let said = leads.name("says").is_some() || found.as_str() == "в дальнейшем";
                let dash = leads.name("dash").is_some_and(|dash| !dash.is_empty());
                if !(said || dash) {
                    continue;
                }
                let Some(end) = bare_end(context, unit, quotes, from, bracket) else { continue };
                from..end
            }
        };
        for term in names(context, unit, quotes, &range) {
            out.push(ShortName { range: found.start()..range.end, term });
        }
    }
    out
}

/// Where a name may begin behind the first «далее по тексту –» of a text.
pub(super) fn cue(text: &str) -> Option<usize> {
    if !CUES.iter().any(|word| text.contains(word)) {
        return None;
    }
    let found = OPENS.find(text)?;
    Some(found.end() + LEADS.captures(&text[found.end()..]).map_or(0, |leads| leads[0].len()))
}

/// The bracket that a place stands in.
fn enclosing(text: &str, at: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (place, found) in text[..at].char_indices().rev().take(400) {
        match found {
            ')' => depth += 1,
            '(' if depth == 0 => return Some(place),
            '(' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Where the bracket that opens at `open` closes; a bracket that never closes ends with its sentence.
fn closing(text: &str, open: usize, from: usize) -> usize {
    let mut depth = 0_usize;
    for (place, found) in text[open..].char_indices().take(600) {
        match found {
            '(' => depth += 1,
            ')' if depth == 1 => return (open + place).max(from),
            ')' => depth -= 1,
            _ => {}
        }
    }
    text[from..].find(['.', ';']).map_or(text.len(), |end| from + end)
}

/// End of a name that stands in no bracket: behind its last quotation mark, or at the next sign.
fn bare_end(
    context: &Context<'_>,
    unit: &Unit,
    quotes: &[Range<usize>],
    from: usize,
    bracket: Option<usize>,
) -> Option<usize> {
    let text = unit.folded.as_str();
    let skip = text[from..].find(|found: char| !matches!(found, '*' | '_' | ' ')).unwrap_or(0);
    let at = quotes.partition_point(|quote| quote.start < from + skip + 1);
    if let Some(first) = quotes.get(at).filter(|first| first.start == from + skip + 1) {
        let mut end = first.end + 1;
        for quote in quotes[at..].iter().filter(|quote| quote.start > first.end) {
            if quote.start <= end || !BETWEEN.is_match(&text[end..quote.start - 1]) {
                break;
            }
            end = quote.end + 1;
        }
        return Some(end);
    }
    let end = text[from..].find([',', '.', ';', ')', '(', ':']).map_or(text.len(), |end| from + end);
    let written = unit.written(context, &(from..end));
    let name = written.trim_start_matches(['*', '_', ' ']);
    let capital = name.chars().next().is_some_and(char::is_uppercase);
    (bracket.is_none() && capital && name.split_whitespace().count() <= 4).then_some(end)
}

/// The names of a list.
fn names(context: &Context<'_>, unit: &Unit, quotes: &[Range<usize>], range: &Range<usize>) -> Vec<String> {
    let text = unit.folded.as_str();
    let inside: Vec<&Range<usize>> = outermost(quotes, range);
    let mut outside = String::new();
    let mut at = range.start;
    for quote in &inside {
        outside.push_str(&text[at..quote.start - 1]);
        outside.push(' ');
        at = quote.end + 1;
    }
    outside.push_str(&text[at.min(range.end)..range.end]);
    let pieces: Vec<Range<usize>> = if !inside.is_empty() && BETWEEN.is_match(&outside) {
        inside.into_iter().cloned().collect()
    } else {
        split(context, unit, range, &inside)
    };
    pieces.into_iter().filter_map(|piece| name(&unit.written(context, &piece))).collect()
}

fn outermost<'q>(quotes: &'q [Range<usize>], range: &Range<usize>) -> Vec<&'q Range<usize>> {
    let mut out: Vec<&Range<usize>> = Vec::new();
    let at = quotes.partition_point(|quote| quote.start <= range.start);
    for quote in quotes[at..].iter().take_while(|quote| quote.start <= range.end) {
        if quote.start > range.start
            && quote.end < range.end.saturating_add(1)
            && out.last().is_none_or(|last| quote.start > last.end)
        {
            out.push(quote);
        }
    }
    out
}

/// Splits a list of names at commas and «или», if every name begins as one: a comma may also stand inside a name.
fn split(
    context: &Context<'_>,
    unit: &Unit,
    range: &Range<usize>,
    quotes: &[&Range<usize>],
) -> Vec<Range<usize>> {
    static AT: LazyLock<Regex> = LazyLock::new(|| pattern(r",|\s(?:и/или|или|либо|немесе)\s"));
    let text = unit.folded.as_str();
    let (mut pieces, mut at) = (Vec::new(), range.start);
    for found in AT.find_iter(&text[range.clone()]) {
        let place = range.start + found.start();
        if quotes.iter().any(|quote| quote.contains(&place)) {
            continue;
        }
        pieces.push(at..place);
        at = range.start + found.end();
    }
    pieces.push(at..range.end);
    let begins = |piece: &Range<usize>| {
        let written = unit.written(context, piece);
        let mut letters = written.chars().filter(|found| !matches!(found, '*' | '_' | ' '));
        letters.next().is_some_and(|first| !first.is_lowercase())
    };
    if pieces.len() > 1 && pieces.iter().all(begins) {
        // «Оператор, БИН 000…»: a registration number is no name.
        let digits =
            |piece: &Range<usize>| text[piece.clone()].chars().filter(char::is_ascii_digit).count() > 4;
        pieces.retain(|piece| !digits(piece));
        pieces
    } else {
        vec![range.clone()]
    }
}

/// A name without marks, or nothing if it is none.
pub(super) fn name(written: &str) -> Option<String> {
    static TAIL: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)\s+деп\s+ат\p{L}+\.?$|\s+(?:соответственно|тиісінше)$"));
    let plain: String = written
        .chars()
        .filter(|found| !matches!(found, '«' | '»' | '"' | '“' | '”' | '„' | '*' | '`'))
        .collect();
    let plain = plain.trim_matches(|found: char| {
        found.is_whitespace() || matches!(found, '_' | ',' | ';' | ':' | '-' | '–' | '—')
    });
    let plain = TAIL.replace(plain, "");
    let plain = plain.trim().trim_end_matches('.');
    let first = plain.chars().next()?;
    let fits = first.is_alphabetic() && plain.split_whitespace().count() <= MOST_WORDS;
    fits.then(|| plain.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::source::SourceText;
    use crate::structure::outline;

    #[test]
    fn short_names_are_read_in_every_spelling() {
        let lexicon = Lexicon::shared();
        for (text, expected) in [
            ("ТОО «Үлгі» (далее – Оператор) собирает данные.", vec!["Оператор"]),
            ("Политика (далее по тексту – «Политика») действует.", vec!["Политика"]),
            ("Общество (далее – «мы» и/или «Администрация») данных.", vec!["мы", "Администрация"]),
            ("Платформа (далее - «Платформа», «example.kz»).", vec!["Платформа", "example.kz"]),
            ("Проект (далее – URL, «мы») заботится.", vec!["URL", "мы"]),
            ("Оператор данных (далее «Оператор») – фонд.", vec!["Оператор"]),
            (
                "данных (далее — персональные данные, разрешенные для распространения).",
                vec!["персональные данные, разрешенные для распространения"],
            ),
            ("ИП «Мысал» (ИИН 000000000047, далее – Центр) обрабатывает.", vec!["Центр"]),
            ("Товарищество, именуемое в дальнейшем «Оператор», собирает.", vec!["Оператор"]),
            ("ИП Примеров, далее — Студия.", vec!["Студия"]),
            ("Закон «О рекламе» (далее – **ФЗ-38**) запрещает.", vec!["ФЗ-38"]),
            ("Услуги (далее – Услуга(и)) оказываются.", vec!["Услуга(и)"]),
            ("Осы саясат (бұдан әрі – Саясат) қолданылады.", vec!["Саясат"]),
            ("Серіктестік (бұдан әрі Оператор) өңдейді.", vec!["Оператор"]),
            ("Саясат (бұдан әрі-саясат) айқындайды.", vec!["саясат"]),
            ("«Үлгі» ЖШС (ары қарай — Оператор) өңдейді.", vec!["Оператор"]),
            ("Саясат (бұдан әрі мәтін бойынша- «Саясат») қолданылады.", vec!["Саясат"]),
            ("Дүкен (мәтін бойынша бұдан әрі – интернет-дүкен).", vec!["интернет-дүкен"]),
            ("«Үлгі» ЖШС, бұдан әрі — Оператор.", vec!["Оператор"]),
            ("ЖК Үлгі (бұдан әрі — «Компания», «біз») қорғайды.", vec!["Компания", "біз"]),
            ("Какие данные Магазин запрашивает и далее обрабатывает:", vec![]),
            ("деректер ары қарай мәтінде Жеке деректер деген ортақ түсінік біріктіреді.", vec![]),
            ("до прекращения договора, далее — **30 дней** до уничтожения", vec![]),
            ("Данные далее по тексту Политики объединены общим понятием Персональные данные.", vec![]),
        ] {
            let source = SourceText::new(format!("1. {text}\n"));
            let outline = outline(&source);
            let context = Context::new(&source, &outline, &lexicon);
            let found: Vec<String> = context
                .units
                .all()
                .flat_map(|unit| short_names(&context, &unit))
                .map(|found| found.term)
                .collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
