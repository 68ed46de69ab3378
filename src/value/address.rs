//! Postal addresses: stretches between commas that are each a part of an address.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use daachorse::CharwiseDoubleArrayAhoCorasick;
use foldhash::fast::FixedState;

use crate::language::{Kind, Token, is_letter};

use super::{Rule, is_inside_word, is_of_word, read};

/// Longest stretch that may be a part of an address.
const PART: usize = 120;

/// Most words of a name in front of a cue.
const NAME: usize = 5;

/// What a stretch between commas is.
struct Part {
    range: Range<usize>,
    is_street: bool,
    is_place: bool,
    is_house: bool,
    /// Text follows it in the same stretch.
    is_last: bool,
}

/// Rules of the grammar whose words show that an address may begin; the grammar is what names them.
const PLACES: [&str; 7] =
    ["country", "region", "region_tail", "city", "city_tail", "street_head", "street_tail"];

/// Those of them without which there is no address.
const STREETS: [&str; 2] = ["street_head", "street_tail"];

/// The words that a rule of the grammar names.
fn words_of(rule: &str) -> impl Iterator<Item = &'static str> {
    let grammar = include_str!("../../grammar/value.pest");
    let behind = grammar.split_once(&format!("\n{rule} = {{")).map_or("", |(_, behind)| behind);
    let text = behind.split("\n}").next().and_then(|rule| rule.split("}\n").next()).unwrap_or_default();
    text.split('"').skip(1).step_by(2).filter(|word| word.starts_with(is_letter))
}

/// The words of [`PLACES`], and whether they are of [`STREETS`].
static CUES: LazyLock<CharwiseDoubleArrayAhoCorasick<u32>> = LazyLock::new(|| {
    let mut words: Vec<(&str, u32)> = PLACES
        .iter()
        .flat_map(|rule| words_of(rule).map(|word| (word, u32::from(STREETS.contains(rule)))))
        .chain([("индекс", 0)])
        .collect();
    words.sort_unstable_by_key(|&(word, street)| (word, std::cmp::Reverse(street)));
    words.dedup_by_key(|(word, _)| *word);
    CharwiseDoubleArrayAhoCorasick::with_values(words).expect("the words are distinct and not empty")
});

/// Whether a word of [`STREETS`] begins a token: most texts hold none.
fn names_street(folded: &str, tokens: &[Token]) -> bool {
    /// The first two characters of a text.
    type Opening = (Option<char>, Option<char>);
    fn opening(text: &str) -> Opening {
        let mut chars = text.chars();
        (chars.next(), chars.next())
    }
    static WORDS: LazyLock<HashMap<Opening, Vec<&str>, FixedState>> = LazyLock::new(|| {
        let mut words: HashMap<_, Vec<&str>, _> = HashMap::default();
        for word in STREETS.into_iter().flat_map(words_of) {
            words.entry(opening(word)).or_default().push(word);
        }
        words
    });
    let words = &*WORDS;
    tokens.iter().filter(|token| token.kind == Kind::Word).any(|token| {
        let text = &folded[token.start as usize..];
        words.get(&opening(text)).is_some_and(|words| words.iter().any(|word| text.starts_with(word)))
    })
}

/// Places in a text that an address needs one of, words of [`CUES`] and numbers of four digits, as in an index; and those
/// of them that are words of [`STREETS`]. Where there is no street, the others are not looked for.
fn cues(folded: &str) -> (Vec<usize>, Vec<usize>) {
    /// Letters of a cue that need no end of a word behind them.
    const STEM: usize = 3;
    let (mut all, mut streets) = (Vec::new(), Vec::new());
    for found in CUES.find_overlapping_iter(folded) {
        let word = &folded[found.start()..found.end()];
        let open = folded[found.end()..].starts_with(is_letter) && word.ends_with(is_letter);
        if !is_inside_word(folded, found.start()) && (!open || word.chars().count() >= STEM) {
            all.push(found.start());
            streets.extend((found.value() == 1).then_some(found.start()));
        }
    }
    if streets.is_empty() {
        return (all, streets);
    }
    let mut digits = 0;
    for (at, byte) in folded.bytes().enumerate() {
        digits = if byte.is_ascii_digit() { digits + 1 } else { 0 };
        // `050040`, `1205 geneva`; `z00x0x0`
        let code = digits == 2 && at > 1 && folded[..at - 1].ends_with(is_letter);
        if digits == 4 || code {
            all.push(at);
        }
    }
    all.sort_unstable();
    (all, streets)
}

/// Postal addresses of a folded text: a street with a place or a house. `is_capital` tells whether the word at a byte of
/// the folded text is written with a capital letter: `улица, дом` in a list of data is no address.
pub fn addresses(folded: &str, tokens: &[Token], is_capital: &dyn Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    if !names_street(folded, tokens) {
        return out;
    }
    // The grammar is asked only where a street is named between commas.
    let (cues, streets) = cues(folded);
    if streets.is_empty() {
        return out;
    }
    let beginning = |stretch: &Range<usize>| {
        let first = cues.partition_point(|&cue| cue < stretch.start);
        let behind = cues.partition_point(|&cue| cue < stretch.end);
        beginning(folded, stretch, &cues[first..behind], is_capital)
    };
    let stretches = stretches(folded);
    let mut run: Vec<Part> = Vec::new();
    for listed in stretches.chunk_by(|one, next| folded[one.end..next.start].trim() == ",") {
        let street = streets.partition_point(|&street| street < listed[0].start);
        if !streets.get(street).is_some_and(|&street| street < listed[listed.len() - 1].end) {
            continue;
        }
        for stretch in listed {
            let joined = run
                .last()
                .is_some_and(|last| !last.is_last && folded[last.range.end..stretch.start].trim() == ",");
            if !joined {
                close(&mut run, &mut out);
            }
            let part = if run.is_empty() { beginning(stretch) } else { part(folded, stretch, is_capital) };
            match part {
                Some(part) => run.push(part),
                None => {
                    close(&mut run, &mut out);
                    run.extend(beginning(stretch));
                }
            }
        }
        close(&mut run, &mut out);
    }
    out
}

fn close(run: &mut Vec<Part>, out: &mut Vec<Range<usize>>) {
    let has = |what: fn(&Part) -> bool| run.iter().any(what);
    if has(|part| part.is_street)
        && (has(|part| part.is_place) || has(|part| part.is_house))
        && let (Some(first), Some(last)) = (run.first(), run.last())
    {
        out.push(first.range.start..last.range.end);
    }
    run.clear();
}

/// Stretches between commas, semicolons, colons and brackets, without the spaces around them.
fn stretches(folded: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut from = 0;
    let ends =
        folded.match_indices([',', ';', ':', '(', ')', '|', '·']).map(|(at, sign)| (at, at + sign.len()));
    for (at, behind) in ends.chain([(folded.len(), folded.len())]) {
        let text = &folded[from..at];
        let start = from + text.len() - text.trim_start().len();
        let end = from + text.trim_end().len();
        if start < end {
            out.push(start..end);
        }
        from = behind;
    }
    out
}

/// The first part of an address may follow other words in its stretch: one of its cues is close behind them.
fn beginning(
    folded: &str,
    stretch: &Range<usize>,
    cues: &[usize],
    is_capital: &dyn Fn(usize) -> bool,
) -> Option<Part> {
    let last = *cues.last()?;
    let from = stretch.start.max(floor(folded, stretch.end.saturating_sub(PART)));
    folded[from..stretch.end]
        .char_indices()
        .map(|(at, found)| (from + at, found))
        .take_while(|&(at, _)| at <= last)
        .filter(|&(at, found)| {
            let next = cues[cues.partition_point(|&cue| cue < at).min(cues.len() - 1)];
            is_of_word(found)
                && !is_inside_word(folded, at)
                && folded[at..next].bytes().filter(|&byte| byte == b' ').count() <= NAME
        })
        .find_map(|(at, _)| {
            part(folded, &(at..stretch.end), is_capital).filter(|part| part.is_street || part.is_place)
        })
}

fn floor(folded: &str, mut at: usize) -> usize {
    while !folded.is_char_boundary(at) {
        at += 1;
    }
    at
}

fn part(folded: &str, stretch: &Range<usize>, is_capital: &dyn Fn(usize) -> bool) -> Option<Part> {
    let pair = read(Rule::may_be_address_part, &folded[..stretch.end], stretch.start)?;
    let mut part = Part {
        range: stretch.start..stretch.start,
        is_street: false,
        is_place: false,
        is_house: false,
        is_last: false,
    };
    for element in pair.into_inner() {
        match element.as_rule() {
            Rule::element => {
                part.range.end = stretch.start + element.as_span().end();
                let inner = element.into_inner().next()?;
                let named = inner
                    .clone()
                    .into_inner()
                    .flatten()
                    .filter(|name| matches!(name.as_rule(), Rule::name | Rule::name_word));
                for name in named.take(1) {
                    if !is_capital(stretch.start + name.as_span().start()) {
                        return None;
                    }
                }
                match inner.as_rule() {
                    Rule::street => part.is_street = true,
                    Rule::city | Rule::index | Rule::country | Rule::region => part.is_place = true,
                    Rule::house => part.is_house = true,
                    _ => {}
                }
            }
            Rule::rest => part.is_last = true,
            _ => {}
        }
    }
    Some(part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{fold, tokenise};

    #[test]
    fn addresses_are_found_in_both_languages() {
        for (text, expected) in [
            ("мекенжай: г. Алматы, ул. Примерная, д. 20.", "г. Алматы, ул. Примерная, д. 20"),
            ("Мекенжайы: Шымкент қаласы, Мысал даңғылы, 2-үй", "Шымкент қаласы, Мысал даңғылы, 2-үй"),
            (
                "Z00X0X0, Астана қаласы, Үлгі көшесі, 1-үй, 100-кеңсе",
                "Z00X0X0, Астана қаласы, Үлгі көшесі, 1-үй, 100-кеңсе",
            ),
            (
                "050040, Алматы қаласы, Мысал көшесі, 303, 2-қабат",
                "050040, Алматы қаласы, Мысал көшесі, 303, 2-қабат",
            ),
            ("Астана қ., Мысал Үлгіұлы к.", "Астана қ., Мысал Үлгіұлы к."),
            (
                "Адрес Центра: 050000, г. Алматы, пр. Образцовый, д. 7. Регистратура: 8",
                "050000, г. Алматы, пр. Образцовый, д. 7",
            ),
            ("г. Алматы, проспект Мысал 481 В, 050061", "г. Алматы, проспект Мысал 481 В, 050061"),
            (
                "БИН 000000000000, индекс 050051, Республика Казахстан, город Алматы, Микрорайон «Мысал 2», дом 50. кв. 1, самостоятельно",
                "индекс 050051, Республика Казахстан, город Алматы, Микрорайон «Мысал 2», дом 50. кв. 1",
            ),
            (
                "Казахстан, Алматы, мкр-н 11-й, 3А, ул. Примерная, 60",
                "Казахстан, Алматы, мкр-н 11-й, 3А, ул. Примерная, 60",
            ),
            (
                "Қазақстан, Алматы, 11-ші шағын аудан, 3А, Мысал көшесі, 60",
                "Қазақстан, Алматы, 11-ші шағын аудан, 3А, Мысал көшесі, 60",
            ),
            ("Holdings Sàrl, Rue Example 8, 1205 Geneva", "Rue Example 8, 1205 Geneva"),
            ("101000, г. Москва, Примерный пер., д. 2", "101000, г. Москва, Примерный пер., д. 2"),
            ("почтовый индекс, город, улица, дом, квартира", ""),
            ("г. Астана, редакция от 12 октября 2026 года", ""),
        ] {
            let folded = fold(text, std::slice::from_ref(&(0..text.len())));
            let is_capital = |at: usize| {
                text[folded.source(&(at..at + 1)).start..]
                    .chars()
                    .find(|found| found.is_alphanumeric())
                    .is_some_and(|first| first.is_uppercase() || first.is_numeric())
            };
            let found: Vec<String> = addresses(folded.as_str(), &tokenise(folded.as_str()), &is_capital)
                .iter()
                .map(|range| folded.written(text, range))
                .collect();
            assert_eq!(found.join(" | "), expected, "{text}");
        }
    }
}
