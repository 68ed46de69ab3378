//! One line: its marker, read by `grammar/structure.pest`, and what its text looks like.

use std::fmt::Write as _;
use std::ops::Range;

use pest::Parser as _;

use super::layout::Layout;
use super::text::{is_contents_entry, is_page_number};
use crate::language::{Letters, is_letter, letters as letters_of};
use crate::record::Code;
use crate::source::{Oddity, SourceText};

mod grammar {
    #![allow(missing_docs, unreachable_pub)]
    use pest_derive::Parser;

    #[derive(Parser)]
    #[grammar = "grammar/structure.pest"]
    pub(super) struct Structure;
}
use grammar::{Rule, Structure};

/// Bytes of a line that are looked at for its marker.
const HEAD: usize = 160;
/// Most parts of a number; a longer one is text.
const MAX_PARTS: usize = 12;

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `1.`, `1.2`, `1.2.`
    Dotted,
    /// `1 Текст`: no dot behind a single number.
    Bare,
    /// `1)`, `(1)`
    Bracket,
    /// `IV.`
    Roman,
    /// `Раздел II`, `4-тарау`
    Division,
    /// `п. 3.2.`, `3.2-тармақ.`: a clause that says that it is one.
    Point,
    /// `а)`
    Letter,
}

/// A number or letter in front of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// Normalised: `3.2.4`, `IV`, `а`.
    pub label: String,
    /// Its parts as numbers; one for Roman numbers and letters.
    pub parts: Vec<u32>,
    /// How it is written.
    pub style: Style,
    /// The layout had torn it.
    pub torn: bool,
    /// Name of the division in lower case (`раздел`, `тарау`); empty for plain numbers.
    pub division: String,
}

/// Everything in front of a line's text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marker {
    /// Number of `#` of a Markdown heading.
    pub hashes: usize,
    /// Bullet.
    pub bullet: Option<char>,
    /// Number.
    pub number: Option<Box<Number>>,
    /// Language prefix such as `RU:`.
    pub language: Option<Box<str>>,
    /// The marker or the whole line is emphasised.
    pub bold: bool,
}

impl Marker {
    /// Whether the line has any mark of its own.
    pub fn is_none(&self) -> bool {
        self.hashes == 0 && self.bullet.is_none() && self.number.is_none()
    }
}

/// A line with its marker and text.
#[derive(Debug, Clone)]
pub struct Line {
    /// Bytes without the line end.
    pub range: Range<usize>,
    /// Bytes of the marker with the blanks around it.
    pub marker_range: Range<usize>,
    /// Bytes of the text, trimmed.
    pub body: Range<usize>,
    /// Columns of white space in front.
    pub indent: usize,
    /// The marker.
    pub marker: Marker,
    /// What its words are made of.
    pub letters: Letters,
    /// The reader knows it to be page furniture.
    pub furniture: bool,
}

impl Line {
    /// Whether nothing stands in it.
    pub fn is_blank(&self) -> bool {
        self.body.is_empty() && self.marker_range.is_empty()
    }

    /// The text behind the marker.
    pub fn text<'a>(&self, source: &'a SourceText) -> &'a str {
        &source.as_str()[self.body.clone()]
    }

    /// Words in the text.
    pub fn words(&self) -> usize {
        self.letters.words()
    }
}

/// Lines of any text that are read; of a longer one, one more for each so many bytes. The longest policy known has 900.
const LINES: usize = 16_384;
const BYTES_A_LINE: usize = 96;

/// All lines of a text. Of one that is hardly more than line ends, what is behind the most that are read is one line of
/// furniture, and said to be.
pub(super) fn lines(source: &SourceText, layout: &Layout) -> (Vec<Line>, Option<Oddity>) {
    let most = LINES + source.as_str().len() / BYTES_A_LINE;
    let mut furniture = source.furniture.iter().peekable();
    let mut lines: Vec<Line> = (0..source.line_count().min(most))
        .map(|index| {
            let range = source.line(index);
            let mut line = read_line(source.as_str(), range.clone());
            while furniture.peek().is_some_and(|known| known.end <= range.start) {
                furniture.next();
            }
            line.furniture =
                furniture.peek().is_some_and(|known| known.start < range.end && !range.is_empty());
            line
        })
        .collect();
    unmark_lone_letters(source, &mut lines);
    mark_pages(source, layout, &mut lines);
    let oddity = (source.line_count() > most).then(|| {
        let range = source.line(most).start..source.as_str().len();
        let (marker, letters) = (Marker::default(), Letters::default());
        let (marker_range, body) = (range.start..range.start, range.clone());
        lines.push(Line {
            marker_range,
            body,
            indent: 0,
            marker,
            letters,
            furniture: true,
            range: range.clone(),
        });
        Oddity {
            code: Code::LimitReached,
            message: format!("the text has {} lines; the first {most} were read", source.line_count()),
            range: Some(range),
        }
    });
    (lines, oddity)
}

/// Numbers of pages, what runs along with them, and a table of contents belong to the page.
fn mark_pages(source: &SourceText, layout: &Layout, lines: &mut [Line]) {
    let text = |line: &Line| &source.as_str()[line.range.clone()];
    let full: Vec<usize> = (0..lines.len()).filter(|&at| !lines[at].is_blank()).collect();
    let mut furniture: Vec<usize> = Vec::new();
    let mut beside: Vec<(&str, usize)> = Vec::new();
    for (place, &at) in full.iter().enumerate() {
        let before = place.checked_sub(1).map(|before| full[before]);
        if is_contents_entry(text(&lines[at])) {
            furniture.push(at);
            furniture.extend(before.filter(|&before| layout.look(text(&lines[before])).contents));
        } else if is_page_number(text(&lines[at])) {
            furniture.push(at);
        }
        let bare = text(&lines[at]).trim();
        if is_page_number(bare)
            || (!bare.is_empty() && bare.len() <= 3 && bare.bytes().all(|b| b.is_ascii_digit()))
        {
            let around = before.into_iter().chain(full.get(place + 1).copied());
            let short = around.filter(|&other| lines[other].marker.is_none() && lines[other].words() <= 12);
            beside.extend(short.map(|other| (text(&lines[other]).trim(), other)));
        }
    }
    beside.sort_unstable();
    for same in beside.chunk_by(|(one, _), (other, _)| one == other) {
        let sentence = same[0].0.ends_with(['.', ';', ':', ',']);
        if same.len() > 1 && !sentence {
            furniture.extend(same.iter().map(|(_, at)| *at));
        }
    }
    for at in furniture {
        let line = &mut lines[at];
        line.furniture = true;
        line.marker = Marker::default();
        line.body.start = line.marker_range.start;
        line.marker_range.end = line.marker_range.start;
    }
}

/// A letter with a dot (`b. Текст`) is a marker only among its neighbours in the alphabet: `г. Алматы` is a town.
fn unmark_lone_letters(source: &SourceText, lines: &mut [Line]) {
    let dotted = |line: &Line| {
        let number = line.marker.number.as_ref().filter(|number| number.style == Style::Letter)?;
        source.as_str()[line.marker_range.clone()].trim_end().ends_with('.').then(|| number.parts[0])
    };
    let letters: Vec<(usize, u32)> =
        lines.iter().enumerate().filter_map(|(at, line)| Some((at, dotted(line)?))).collect();
    let mut run = 0; // length of the run that the letter before belongs to
    for (index, &(at, letter)) in letters.iter().enumerate() {
        // a number in between ends the list
        let follows = index > 0
            && run > 0
            && is_next_letter(letters[index - 1].1, letter)
            && !lines[letters[index - 1].0 + 1..at].iter().any(|line| line.marker.number.is_some());
        let opens = LETTERS.iter().any(|order| order.starts_with(char::from_u32(letter).unwrap_or(' ')))
            && letters.get(index + 1).is_some_and(|&(_, next)| is_next_letter(letter, next));
        run = if follows || opens { run + 1 } else { 0 };
        if run == 0 {
            let line = &mut lines[at];
            line.marker.number = None;
            if line.marker.is_none() {
                line.body.start = line.marker_range.start;
                line.marker_range.end = line.marker_range.start;
                line.letters = letters_of(&source.as_str()[line.body.clone()]);
            }
        }
    }
}

/// Orders in which lists are lettered.
const LETTERS: [&str; 3] = ["abcdefghijklmnopqrstuvwxyz", "абвгдежзиклмнопрст", "аәбвгғдеёжзийкқлмнңоөпрст"];

fn is_next_letter(letter: u32, next: u32) -> bool {
    LETTERS.iter().any(|order| {
        let place = |wanted: u32| order.chars().position(|found| found as u32 == wanted);
        place(letter).is_some_and(|at| place(next) == Some(at + 1))
    })
}

/// Reads one line of a text.
pub fn read_line(text: &str, range: Range<usize>) -> Line {
    let whole = &text[range.clone()];
    let indent = whole.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { 1 }).sum();
    let (marker, marker_len) = if may_be_marked(whole) { read_marker(whole) } else { (Marker::default(), 0) };
    let behind = &whole[marker_len..];
    let start = range.start + marker_len + (behind.len() - behind.trim_start().len());
    let body = start.min(range.end)..(range.start + whole.trim_end().len()).max(start.min(range.end));
    let marker_start = range.start + (whole.len() - whole.trim_start().len());
    let marker_range =
        if marker_len == 0 { marker_start..marker_start } else { marker_start..range.start + marker_len };
    let letters = letters_of(&text[body.clone()]);
    Line { marker_range, body, indent, marker, letters, furniture: false, range }
}

/// Whether a line may have a marker. Of those that begin with a word few may: it is a Roman number, a single letter with
/// a bracket or full stop, the name of a language with a colon, or the name of a division in front of a number.
fn may_be_marked(line: &str) -> bool {
    const ROMAN: [char; 4] = ['I', 'V', 'X', 'І'];
    let text = line.trim_start_matches(' ');
    if !text.starts_with(is_letter) || text.starts_with(ROMAN) {
        return !text.trim().is_empty();
    }
    let (word, behind) = text.split_at(text.find(|found| !is_letter(found)).unwrap_or(text.len()));
    let is_bullet = word == "o" && behind.starts_with(char::is_whitespace);
    let is_single = word.chars().nth(1).is_none() && behind.starts_with([')', '.']);
    let next =
        behind.trim_start_matches(|found: char| !found.is_alphanumeric() && found != '№').chars().next();
    let is_numbered =
        next.is_some_and(|next| next.is_ascii_digit() || ROMAN.contains(&next) || matches!(next, '№' | 'N'));
    is_bullet || is_single || is_numbered || behind.starts_with(':')
}

/// The marker of a line and its length in bytes.
fn read_marker(line: &str) -> (Marker, usize) {
    let mut cut = line.len().min(HEAD);
    while !line.is_char_boundary(cut) {
        cut -= 1;
    }
    let head = &line[..cut];
    // The grammar matches every line; should it ever not, the line has no marker.
    let Ok(mut pairs) = Structure::parse(Rule::line, head) else { return (Marker::default(), 0) };
    let mut marker = Marker::default();
    let mut end = 0;
    for pair in pairs.next().into_iter().flat_map(pest::iterators::Pair::into_inner) {
        let span = pair.as_span();
        match pair.as_rule() {
            Rule::bookmark => {}
            Rule::language => marker.language = Some(span.as_str().trim_end_matches(':').into()),
            Rule::hashes => marker.hashes = span.as_str().len(),
            Rule::emphasis => {
                marker.bold = true;
                continue; // counts only if a number follows
            }
            Rule::bullet => marker.bullet = span.as_str().chars().next(),
            Rule::number => {
                let behind = &line[span.end()..];
                // `- Статья 196 Гражданского кодекса`: an entry that begins with a citation
                let named = pair.as_str().starts_with(char::is_alphabetic);
                if marker.bullet.is_some() && named && pair.as_str().contains(' ') {
                    continue;
                }
                match read_number(pair, behind) {
                    Some(number) => marker.number = Some(Box::new(number)),
                    None => continue,
                }
                end = span.end();
                // Emphasis that closes behind the number belongs to the marker.
                if marker.bold {
                    end += closing_emphasis(behind);
                }
                continue;
            }
            _ => continue,
        }
        end = span.end();
    }
    if let Some(bullet) = marker.bullet
        && marker.number.is_none()
        && is_dash(bullet)
        && line[end..].trim().is_empty()
    {
        return (Marker::default(), 0); // a dash alone is no list entry
    }
    (marker, end)
}

fn closing_emphasis(behind: &str) -> usize {
    if behind.starts_with("**") || behind.starts_with("__") { 2 } else { 0 }
}

pub(super) fn is_dash(bullet: char) -> bool {
    matches!(bullet, '-' | '–' | '—' | '‒' | '―' | '‐' | '−')
}

/// A number with what follows it, or nothing if the digits are no marker (a date, a quantity, an amount).
fn read_number(pair: pest::iterators::Pair<'_, Rule>, behind: &str) -> Option<Number> {
    let text = pair.as_str();
    let inner = pair.into_inner().next()?;
    match inner.as_rule() {
        Rule::decimal => decimal(inner, text, behind),
        Rule::roman => {
            let digits = text.trim_end_matches(['.', ')']).replace('І', "I");
            let value = roman_value(&digits)?;
            Some(Number {
                label: digits,
                parts: vec![value],
                style: Style::Roman,
                torn: false,
                division: String::new(),
            })
        }
        Rule::division | Rule::ordinal_division => {
            let (mut label, mut division) = (String::new(), String::new());
            for part in inner.into_inner() {
                match part.as_rule() {
                    Rule::roman_digits | Rule::digits => label = part.as_str().replace('І', "I"),
                    Rule::division_name | Rule::ordinal_name => division = part.as_str().to_lowercase(),
                    _ => {}
                }
            }
            // `Приложение 13 лет назад` is a sentence, `Статья 4. Права` a heading.
            let next = behind.trim_start().chars().next();
            if next.is_some_and(|c| c.is_lowercase() || c.is_ascii_digit()) && !text.ends_with(['.', ':']) {
                return None;
            }
            let value = label.parse().ok().or_else(|| roman_value(&label))?;
            Some(Number { label, parts: vec![value], style: Style::Division, torn: false, division })
        }
        Rule::point => {
            let digits = inner.into_inner().filter(|part| part.as_rule() == Rule::digits);
            let parts: Vec<u32> = digits.filter_map(|part| part.as_str().parse().ok()).collect();
            let label = dotted(&parts);
            (parts.len() <= MAX_PARTS).then_some(Number {
                label,
                parts,
                style: Style::Point,
                torn: false,
                division: String::new(),
            })
        }
        Rule::letter => {
            let label: String = text.trim_matches(['(', ')', '.']).to_lowercase();
            let value = label.chars().next()? as u32;
            Some(Number {
                label,
                parts: vec![value],
                style: Style::Letter,
                torn: false,
                division: String::new(),
            })
        }
        _ => None,
    }
}

fn decimal(pair: pest::iterators::Pair<'_, Rule>, text: &str, behind: &str) -> Option<Number> {
    let mut parts = Vec::new();
    let (mut torn, mut close, mut suffix) = (false, "", "");
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::digits => parts.push(part.as_str().parse().ok()?),
            Rule::torn_joint => torn = true,
            Rule::suffix => suffix = part.as_str(),
            Rule::close => close = part.as_str(),
            Rule::late_dot => {
                torn = true;
                close = ".";
            }
            _ => {}
        }
    }
    let bracket = text.starts_with('(');
    if parts.len() > MAX_PARTS || (bracket && !close.starts_with(')')) {
        return None;
    }
    let next = behind.trim_start().chars().next();
    let glued = behind.chars().next().is_some_and(|c| !c.is_whitespace());
    let style = match (close, parts.len()) {
        (")", _) => Style::Bracket,
        ("", 1) => Style::Bare,
        _ => Style::Dotted,
    };
    let is_marker = match (style, parts.len()) {
        // `5` alone is a page number, `18 жастан` a quantity; `1 ОБЩИЕ ПОЛОЖЕНИЯ` a heading.
        (Style::Bare, _) => {
            let words = behind.split_whitespace().count();
            let capitals = behind.trim().chars().all(char::is_uppercase) && behind.trim().chars().count() > 3;
            !glued && next.is_some_and(char::is_uppercase) && (words > 1 || capitals)
        }
        (_, 1) => !glued || next.is_some_and(|c| c.is_alphabetic() || "«\"“„(*_".contains(c)),
        // `25.08.2025` and `10.000` are no clauses; `1.1 Текст` and `1.1Текст` are.
        (_, 2) if close.is_empty() => {
            next.is_none_or(|c| c.is_alphabetic() || "«\"“„([*_-–—<{".contains(c))
                && !starts_with_unit(behind)
        }
        _ => true,
    } && parts.iter().all(|&part| part < 200)
        && !(parts.len() == 3 && (parts[2] >= 100 || (close.is_empty() && is_year_tail(behind))));
    let label = dotted(&parts) + suffix;
    is_marker.then_some(Number { label, parts, style, torn, division: String::new() })
}

/// Numbers as a label.
fn dotted(parts: &[u32]) -> String {
    let mut label = String::with_capacity(parts.len() * 3);
    for (index, part) in parts.iter().enumerate() {
        let joint = if index > 0 { "." } else { "" };
        let _ = write!(label, "{joint}{part}");
    }
    label
}

/// `2.5 года`, `1.5 млн`: a quantity.
fn starts_with_unit(behind: &str) -> bool {
    let word = behind.split_whitespace().next().unwrap_or_default();
    ["года", "лет", "млн", "тыс", "тыс.", "млн.", "раза", "дня", "часа", "жыл", "ай", "күн", "сағат", "есе"]
        .contains(&word)
}

/// `27.07.06 г.`
fn is_year_tail(behind: &str) -> bool {
    ["г", "ж"].contains(&behind.split_whitespace().next().unwrap_or_default().trim_end_matches('.'))
}

fn roman_value(digits: &str) -> Option<u32> {
    let mut sum = 0;
    let mut before = u32::MAX;
    for digit in digits.chars() {
        let value = match digit {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            _ => return None,
        };
        sum += if before < value { value - 2 * before } else { value };
        before = value;
    }
    (sum > 0).then_some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(line: &str) -> Option<String> {
        read_line(line, 0..line.len()).marker.number.map(|number| number.label)
    }

    #[test]
    fn numbers_are_read_as_written() {
        for (line, expected) in [
            ("1.1. Настоящая", "1.1"),
            ("1.1 В настоящей", "1.1"),
            ("2.3.Настоящая", "2.3"),
            ("1.1.8.«Автоматизированная", "1.1.8"),
            ("4 .7 Осы Саясат", "4.7"),
            ("8.2 .Получатель", "8.2"),
            ("1. 1 Настоящая", "1.1"),
            ("1. 1. Жалпы", "1.1"),
            ("1 ОБЩИЕ ПОЛОЖЕНИЯ", "1"),
            ("### 1) Введение", "1"),
            ("1) подтверждение факта", "1"),
            ("(а) Сторона", "а"),
            ("б) иные", "б"),
            ("III. Цели", "III"),
            ("Раздел II. Права", "II"),
            ("Глава 3", "3"),
            ("4-тарау. Құқықтар", "4"),
            ("5-бап", "5"),
            ("- 3.1. Оператор", "3.1"),
            (" - 7.1.1. Назначение", "7.1.1"),
            ("**1.1** Текст", "1.1"),
            ("2.2.1.", "2.2.1"),
            ("1.1", "1.1"),
            ("1.1.\u{a0}В настоящей", "1.1"),
        ] {
            assert_eq!(label(line).as_deref(), Some(expected), "{line}");
        }
    }

    /// The look in front of the grammar must let through whatever the grammar takes for a marker.
    #[test]
    fn no_marker_of_the_grammar_is_passed_over() {
        let grammar = include_str!("../../grammar/structure.pest");
        let examples = grammar.lines().filter_map(|line| line.strip_prefix("/// yes: \"")?.strip_suffix('"'));
        let more = [
            "Приложение № 1",
            "Часть N 2",
            "ҚОСЫМША 3",
            "b. Текст",
            "пункт 2. Текст",
            "o\tТекст",
            "KAZ: Мәтін",
        ];
        let marked = examples.chain(more).filter(|line| read_marker(line).1 > 0).inspect(|line| {
            assert!(may_be_marked(line), "{line}: widen `may_be_marked`");
        });
        assert!(marked.count() > 20, "the grammar has examples");
    }

    #[test]
    fn what_only_looks_like_a_number_is_text() {
        for line in [
            "25.08.2025 г. и действует",
            "27.07.2006 № 152-ФЗ",
            "18 жастан асқан",
            "14 пен 18 жас",
            "5",
            "1 102 118 ₸",
            "152-ФЗ «О персональных данных»",
            "94-V",
            "+7 700 000 00 01",
            "8 777 000 00 01",
            "050040, Алматы",
            "30 (тридцати) дней",
            "10 рабочих дней",
            "2026 жылғы 24 шілде",
            "1-1) тармақша",
        ] {
            assert_eq!(label(line), None, "{line}");
        }
    }

    #[test]
    fn marker_and_text_share_the_line() {
        let text = "[bookmark: _r2b]ПОЛИТИКА";
        let line = read_line(text, 0..text.len());
        assert_eq!(&text[line.marker_range.clone()], "[bookmark: _r2b]");
        assert_eq!(&text[line.body.clone()], "ПОЛИТИКА");
        let text = "  – жас, жыныс;  ";
        let line = read_line(text, 0..text.len());
        assert_eq!((line.indent, line.marker.bullet), (2, Some('–')));
        assert_eq!(&text[line.body], "жас, жыныс;");
    }
}
