//! Paragraph styles: what of a list and of hiding they hand down.

use std::collections::HashMap;

use super::numbering::{is_on, level};
use crate::source::xml::{Node, Space, Xml};

/// Styles that are kept; more are not looked at.
const MAX_STYLES: usize = 16 << 10;
/// Longest chain of styles based on styles.
const MAX_CHAIN: usize = 32;

#[derive(Debug, Default)]
struct Style {
    based_on: Option<String>,
    list: Option<String>,
    level: Option<usize>,
    contents: bool,
}

/// The paragraph styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    default: Option<String>,
}

impl Styles {
    /// Reads `styles.xml`.
    pub(super) fn read(xml: &mut Xml<'_>) -> Self {
        let mut styles = Self::default();
        let mut open: Option<(String, Style)> = None;
        // Conditional formats of tables and properties before a change hold lists of their own.
        let mut skipped = 0;
        loop {
            match xml.next() {
                Node::Open(Space::Word, "tblStylePr" | "pPrChange", _) => skipped += 1,
                Node::Close(Space::Word, "tblStylePr" | "pPrChange") => skipped -= 1,
                Node::Open(Space::Word, "style", tag) => {
                    let id = tag.get("styleId").unwrap_or_default();
                    let is_default = tag.get("default").is_some_and(|value| is_on(&value));
                    if is_default && tag.get("type").as_deref() == Some("paragraph") {
                        styles.default = Some(id.clone());
                    }
                    open = Some((id, Style::default()));
                }
                Node::Close(Space::Word, "style") => {
                    if let Some((id, style)) = open.take().filter(|_| styles.styles.len() < MAX_STYLES) {
                        styles.styles.insert(id, style);
                    }
                }
                Node::Open(Space::Word, name, tag) if skipped == 0 => {
                    let Some((_, style)) = &mut open else { continue };
                    match name {
                        "basedOn" => style.based_on = tag.get("val"),
                        "numId" => style.list = tag.get("val"),
                        "ilvl" => style.level = Some(level(tag.get("val").as_deref())),
                        "name" => {
                            let name = tag.get("val").unwrap_or_default().to_lowercase();
                            style.contents = name.starts_with("toc ") && !name.contains("heading");
                        }
                        _ => {}
                    }
                }
                Node::End => return styles,
                _ => {}
            }
        }
    }

    /// The styles from one up to what it is based on.
    fn chain<'a>(&'a self, style: Option<&'a str>) -> impl Iterator<Item = (&'a str, &'a Style)> {
        let first = style.or(self.default.as_deref());
        let find = |id: &'a str| self.styles.get_key_value(id).map(|(id, style)| (id.as_str(), style));
        std::iter::successors(first.and_then(find), move |(_, style)| {
            style.based_on.as_deref().and_then(find)
        })
        .take(MAX_CHAIN)
    }

    /// The list that a style puts its paragraphs in, and the style that says so.
    pub(super) fn list<'a>(&'a self, style: Option<&'a str>) -> Option<(&'a str, &'a str)> {
        self.chain(style).find_map(|(id, style)| Some((style.list.as_deref()?, id)))
    }

    /// The level that a style puts its paragraphs on, inherited apart from the list.
    pub(super) fn level(&self, style: Option<&str>) -> Option<usize> {
        self.chain(style).find_map(|(_, style)| style.level)
    }

    /// Whether a style is for lines of a table of contents.
    pub(super) fn is_contents(&self, style: Option<&str>) -> bool {
        self.chain(style).any(|(_, style)| style.contents)
    }
}
