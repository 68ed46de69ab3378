//! The little of CSS that changes the text: what is hidden, what lists are marked with, counters, white space.

use std::cell::Cell;
use std::collections::HashMap;

use html5ever::local_name;

use super::tree::{Id, Kind, NONE, Tree};
use crate::source::ordinal::Numerals;

/// Rules that are kept of a page's style sheets; more are not looked at.
pub(super) const MAX_RULES: usize = 512;
/// Comparisons of elements with rules, beside some for each node; behind it the sheets are left aside.
const MATCH_BUDGET: u64 = 4 << 20;

/// Marker of a list's items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ListStyle {
    None,
    Bullet,
    Numbers(Numerals),
}

/// What becomes of white space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum WhiteSpace {
    /// Folded into single spaces.
    #[default]
    Fold,
    /// Kept as it is.
    Keep,
    /// Folded, but lines are kept.
    KeepLines,
}

/// A piece of generated text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Content {
    Text(String),
    Counter { name: String, numerals: Numerals },
    Counters { name: String, between: String, numerals: Numerals },
}

/// What the rules say about an element; `None` and empty where they say nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Declarations {
    pub(super) hidden: Option<bool>,
    /// Stands on lines of its own, or within a line.
    pub(super) block: Option<bool>,
    pub(super) invisible: Option<bool>,
    pub(super) white_space: Option<WhiteSpace>,
    pub(super) list: Option<ListStyle>,
    pub(super) reset: Vec<(String, i64)>,
    pub(super) increment: Vec<(String, i64)>,
    pub(super) content: Option<Vec<Content>>,
}

#[derive(Debug)]
struct Rule {
    /// From the element itself up to its ancestors; `true` where the next one must be the parent.
    selector: Vec<(Compound, bool)>,
    before: bool,
    weight: u32,
    declarations: Declarations,
}

#[derive(Debug, Default)]
struct Compound {
    tag: String,
    id: String,
    classes: Vec<String>,
}

/// The rules of a page that change its text.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    rules: Vec<Rule>,
    by_key: HashMap<String, Vec<usize>>,
    budget: Cell<u64>,
}

impl Sheet {
    /// Collects the rules of all `<style>` elements.
    pub(super) fn of(tree: &Tree) -> Self {
        let mut sheet =
            Self { budget: Cell::new(MATCH_BUDGET + tree.nodes.len() as u64 * 4), ..Self::default() };
        for id in 0..tree.nodes.len() as Id {
            if *tree.tag(id) == local_name!("style") {
                for child in tree.children(id) {
                    if let Kind::Text(css) = &tree.nodes[child as usize].kind {
                        sheet.add(css);
                    }
                }
            }
        }
        sheet
    }

    fn add(&mut self, css: &str) {
        let css = without_comments(css);
        let mut rest = css.as_str();
        while let Some(open) = rest.find('{') {
            let prelude = rest[..open].rsplit([';', '}']).next().unwrap_or_default().trim();
            let body = &rest[open + 1..];
            if prelude.starts_with('@') {
                rest = behind_block(body);
                continue;
            }
            let close = body.find('}').unwrap_or(body.len());
            let declarations = declarations(&body[..close]);
            if declarations != Declarations::default() {
                for selector in prelude.split(',') {
                    self.add_rule(selector, &declarations);
                }
            }
            rest = body.get(close + 1..).unwrap_or_default();
        }
    }

    fn add_rule(&mut self, selector: &str, declarations: &Declarations) {
        if self.rules.len() >= MAX_RULES {
            return;
        }
        if let Some((selector, before)) = parse_selector(selector) {
            let weight = selector.iter().fold(0, |weight, (compound, _)| {
                weight
                    + u32::from(!compound.id.is_empty()) * 10_000
                    + compound.classes.len().min(50) as u32 * 100
                    + u32::from(!compound.tag.is_empty())
            });
            let subject = &selector[0].0;
            let key = if !subject.id.is_empty() {
                format!("#{}", subject.id)
            } else if let Some(class) = subject.classes.first() {
                format!(".{class}")
            } else {
                subject.tag.clone()
            };
            self.by_key.entry(key).or_default().push(self.rules.len());
            self.rules.push(Rule { selector, before, weight, declarations: declarations.clone() });
        }
    }

    /// What the sheets and the `style` attribute say about an element, and about the text generated before it.
    pub(super) fn declarations(&self, tree: &Tree, id: Id) -> (Declarations, Declarations) {
        let mut matching: Vec<usize> = Vec::new();
        if !self.rules.is_empty() {
            let mut look_up = |key: &str| {
                for &rule in self.by_key.get(key).into_iter().flatten() {
                    if !matching.contains(&rule) && self.matches(tree, id, &self.rules[rule].selector) {
                        matching.push(rule);
                    }
                }
            };
            look_up(tree.tag(id));
            if let Some(name) = tree.attribute(id, &local_name!("id")) {
                look_up(&format!("#{name}"));
            }
            for class in
                tree.attribute(id, &local_name!("class")).unwrap_or_default().split_ascii_whitespace()
            {
                look_up(&format!(".{class}"));
            }
            matching.sort_by_key(|&rule| (self.rules[rule].weight, rule));
        }
        let (mut own, mut before) = (Declarations::default(), Declarations::default());
        for rule in matching {
            let rule = &self.rules[rule];
            overlay(if rule.before { &mut before } else { &mut own }, &rule.declarations);
        }
        if let Some(style) = tree.attribute(id, &local_name!("style")) {
            overlay(&mut own, &declarations(style));
        }
        (own, before)
    }

    fn matches(&self, tree: &Tree, id: Id, selector: &[(Compound, bool)]) -> bool {
        let mut at = id;
        let mut steps = 1;
        let mut found = true;
        for (index, (compound, child)) in selector.iter().enumerate() {
            if index == 0 {
                found = compound.fits(tree, at);
            } else {
                loop {
                    steps += 1;
                    at = tree.nodes[at as usize].parent;
                    found = at != NONE && compound.fits(tree, at);
                    if found || at == NONE || *child {
                        break;
                    }
                }
            }
            if !found {
                break;
            }
        }
        let left = self.budget.get();
        self.budget.set(left.saturating_sub(steps));
        found && left > 0
    }
}

impl Compound {
    fn fits(&self, tree: &Tree, id: Id) -> bool {
        let has = |class: &String| {
            tree.attribute(id, &local_name!("class"))
                .is_some_and(|classes| classes.split_ascii_whitespace().any(|known| known == class))
        };
        (self.tag.is_empty() || **tree.tag(id) == *self.tag)
            && (self.id.is_empty() || tree.attribute(id, &local_name!("id")) == Some(&self.id))
            && self.classes.iter().all(has)
    }
}

fn overlay(under: &mut Declarations, over: &Declarations) {
    under.hidden = over.hidden.or(under.hidden);
    under.block = over.block.or(under.block);
    under.invisible = over.invisible.or(under.invisible);
    under.white_space = over.white_space.or(under.white_space);
    under.list = over.list.or(under.list);
    if !over.reset.is_empty() {
        under.reset.clone_from(&over.reset);
    }
    if !over.increment.is_empty() {
        under.increment.clone_from(&over.increment);
    }
    if over.content.is_some() {
        under.content.clone_from(&over.content);
    }
}

fn without_comments(css: &str) -> String {
    let mut text = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(start) = rest.find("/*") {
        text.push_str(&rest[..start]);
        rest = rest[start + 2..].find("*/").map_or("", |end| &rest[start + end + 4..]);
    }
    text.push_str(rest);
    text
}

/// What follows the block that was just opened.
fn behind_block(body: &str) -> &str {
    let mut depth = 1;
    for (at, byte) in body.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return &body[at + 1..];
        }
    }
    ""
}

/// Tags, classes and ids, joined by blanks or `>`; `None` for whatever else a selector may hold.
fn parse_selector(selector: &str) -> Option<(Vec<(Compound, bool)>, bool)> {
    let selector = selector.trim();
    let plain = ["::before", ":before", "::marker"].iter().find_map(|pseudo| selector.strip_suffix(pseudo));
    let before = plain.is_some();
    let spaced = plain.unwrap_or(selector).replace('>', " > ");
    let mut parsed = Vec::new();
    let mut child = false;
    for word in spaced.split_ascii_whitespace().rev() {
        if word == ">" {
            child = true;
            continue;
        }
        parsed.push((parse_compound(word)?, std::mem::take(&mut child)));
        if parsed.len() > 8 {
            return None;
        }
    }
    (!parsed.is_empty() && !child).then_some((parsed, before))
}

fn parse_compound(word: &str) -> Option<Compound> {
    let mut compound = Compound::default();
    let mut rest = word;
    while !rest.is_empty() {
        let sigil = rest.chars().next().filter(|sigil| matches!(sigil, '.' | '#'));
        let name = &rest[sigil.map_or(0, char::len_utf8)..];
        let end = name
            .find(|letter: char| !(letter.is_alphanumeric() || matches!(letter, '-' | '_')))
            .unwrap_or(name.len());
        if end == 0 {
            return None;
        }
        let (name, behind) = name.split_at(end);
        match sigil {
            Some('.') => compound.classes.push(name.to_owned()),
            Some(_) => name.clone_into(&mut compound.id),
            None => compound.tag = name.to_ascii_lowercase(),
        }
        rest = behind;
    }
    Some(compound)
}

/// Reads the declarations of a block.
pub(super) fn declarations(block: &str) -> Declarations {
    let mut found = Declarations::default();
    for (name, value) in split_declarations(block) {
        let name = name.trim().to_ascii_lowercase();
        let value = value.trim().trim_end_matches("!important").trim();
        let lower = value.to_ascii_lowercase();
        match name.as_str() {
            "display" => {
                found.hidden = Some(lower == "none");
                found.block = match lower.as_str() {
                    "block" | "flex" | "grid" | "list-item" | "table" | "flow-root" => Some(true),
                    "inline" | "inline-block" | "inline-flex" | "contents" => Some(false),
                    _ => None,
                };
            }
            "visibility" => found.invisible = Some(matches!(lower.as_str(), "hidden" | "collapse")),
            "white-space" | "white-space-collapse" => {
                found.white_space = Some(match lower.as_str() {
                    "pre" | "pre-wrap" | "break-spaces" | "preserve" => WhiteSpace::Keep,
                    "pre-line" | "preserve-breaks" => WhiteSpace::KeepLines,
                    _ => WhiteSpace::Fold,
                });
            }
            "list-style" | "list-style-type" => {
                found.list = lower.split_ascii_whitespace().find_map(list_style).or(found.list);
            }
            "counter-reset" | "counter-set" => found.reset = counters(value, 0),
            "counter-increment" => found.increment = counters(value, 1),
            "content" => found.content = Some(content(value)),
            _ => {}
        }
    }
    found
}

/// Splits at semicolons that stand in no string.
fn split_declarations(block: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut quote = None;
    block
        .split(move |letter: char| {
            match quote {
                Some(open) if letter == open => quote = None,
                None if matches!(letter, '"' | '\'') => quote = Some(letter),
                _ => {}
            }
            quote.is_none() && letter == ';'
        })
        .filter_map(|declaration| declaration.split_once(':'))
}

/// The list style of a keyword.
pub(super) fn list_style(word: &str) -> Option<ListStyle> {
    let numerals = match word {
        "none" => return Some(ListStyle::None),
        "disc" | "circle" | "square" => return Some(ListStyle::Bullet),
        _ => numerals(word)?,
    };
    Some(ListStyle::Numbers(numerals))
}

fn numerals(word: &str) -> Option<Numerals> {
    Some(match word {
        "decimal" => Numerals::Decimal,
        "decimal-leading-zero" => Numerals::DecimalZero,
        "lower-roman" => Numerals::LowerRoman,
        "upper-roman" => Numerals::UpperRoman,
        "lower-alpha" | "lower-latin" => Numerals::LowerLatin,
        "upper-alpha" | "upper-latin" => Numerals::UpperLatin,
        "lower-russian" => Numerals::LowerRussian,
        "upper-russian" => Numerals::UpperRussian,
        _ => return None,
    })
}

/// `name 2 other` with the number that stands for a missing one.
fn counters(value: &str, missing: i64) -> Vec<(String, i64)> {
    let mut found: Vec<(String, i64)> = Vec::new();
    for word in value.split_ascii_whitespace().take(16) {
        match (word.parse::<i32>(), found.last_mut()) {
            (Ok(number), Some(last)) => last.1 = i64::from(number),
            (Ok(_), None) => {}
            (Err(_), _) if word != "none" => found.push((word.to_owned(), missing)),
            (Err(_), _) => {}
        }
    }
    found
}

/// Strings and counters of a `content` value; what cannot be text is left out.
fn content(value: &str) -> Vec<Content> {
    let mut parts = Vec::new();
    let mut rest = value.trim_start();
    while let Some(first) = rest.chars().next() {
        if matches!(first, '"' | '\'') {
            let (text, behind) = string(&rest[1..], first);
            parts.push(Content::Text(text));
            rest = behind.trim_start();
        } else if let Some((name, behind)) = rest.split_once('(') {
            let close = behind.find(')').unwrap_or(behind.len());
            let arguments = &behind[..close];
            let mut words = arguments.splitn(2, ',');
            let counter = words.next().unwrap_or_default().trim().to_owned();
            let more = words.next().unwrap_or_default().trim();
            match name.trim() {
                "counter" => {
                    let numerals = numerals(more).unwrap_or_default();
                    parts.push(Content::Counter { name: counter, numerals });
                }
                "counters" => {
                    let quote = more.chars().next().filter(|quote| matches!(quote, '"' | '\''));
                    let (between, behind) =
                        quote.map_or((".".to_owned(), ""), |quote| string(&more[1..], quote));
                    let numerals = numerals(behind.trim_matches([',', ' '])).unwrap_or_default();
                    parts.push(Content::Counters { name: counter, between, numerals });
                }
                _ => {}
            }
            rest = behind.get(close + 1..).unwrap_or_default().trim_start();
        } else {
            break;
        }
    }
    parts
}

/// A CSS string up to its closing quote, with escapes such as `\2022` resolved.
fn string(text: &str, quote: char) -> (String, &str) {
    let mut value = String::new();
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        if letter == quote {
            return (value, &text[at + letter.len_utf8()..]);
        }
        if letter != '\\' {
            value.push(letter);
            continue;
        }
        let mut code = String::new();
        while code.len() < 6 {
            match letters.next_if(|(_, digit)| digit.is_ascii_hexdigit()) {
                Some((_, digit)) => code.push(digit),
                None => break,
            }
        }
        if code.is_empty() {
            value.extend(letters.next().map(|(_, letter)| letter));
        } else {
            letters.next_if(|(_, blank)| blank.is_ascii_whitespace());
            let letter = u32::from_str_radix(&code, 16).ok().and_then(char::from_u32);
            value.push(letter.unwrap_or('\u{FFFD}'));
        }
    }
    (value, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_that_change_the_text_are_read() {
        let found = declarations(
            "color:red; display:none !important; list-style: square inside; counter-reset: a 3 b",
        );
        assert_eq!(found.hidden, Some(true));
        assert_eq!(found.list, Some(ListStyle::Bullet));
        assert_eq!(found.reset, [("a".to_owned(), 3), ("b".to_owned(), 0)]);
    }

    #[test]
    fn generated_content_is_read() {
        let parts = content(r#"counters(item, ".") "\2022 ; " counter(n, lower-roman)"#);
        assert_eq!(parts.len(), 3);
        assert_eq!(parts[1], Content::Text("•; ".to_owned()));
    }

    #[test]
    fn selectors_that_are_not_understood_are_left_aside() {
        assert!(parse_selector("li:hover").is_none());
        assert!(parse_selector("a[href]").is_none());
        assert!(
            parse_selector("ol.x > li::before").is_some_and(|(parts, before)| parts.len() == 2 && before)
        );
    }
}
