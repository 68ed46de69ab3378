//! XML of office documents, event by event: names by namespace, no entities but the five of XML.

use std::borrow::Cow;
use std::rc::Rc;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::archive::{Budget, Part};

/// Prefixes that are remembered; documents have about thirty.
const MAX_PREFIXES: usize = 256;

/// A namespace that matters to a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    /// WordprocessingML.
    Word,
    /// Markup compatibility: alternatives for older programs.
    Compatibility,
    /// OpenDocument: text.
    Text,
    /// OpenDocument: tables.
    Table,
    /// OpenDocument: the document's frame, notes and changes.
    Office,
    /// OpenDocument: styles.
    Style,
    /// Anything else.
    Other,
}

/// What comes next in a document.
#[derive(Debug)]
pub(super) enum Node<'a> {
    Open(Space, &'a str, Tag<'a>),
    Close(Space, &'a str),
    Text(Cow<'a, str>),
    /// The end, or the place behind which nothing can be read.
    End,
}

/// Attributes of an element.
#[derive(Debug)]
pub(super) struct Tag<'a>(&'a BytesStart<'a>);

impl Tag<'_> {
    /// Value of the attribute with a local name, whatever its prefix.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        // The check for doubles compares each attribute with all others.
        let found = attributes.with_checks(false).flatten().find(|attribute| {
            attribute.key.local_name().as_ref() == name && !is_declaration(attribute.key.as_ref())
        })?;
        Some(unescaped(&found.value))
    }
}

/// Why reading stopped before the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Stop {
    Depth,
    Size,
    Damage(String),
}

/// Reads one part.
pub(super) struct Xml<'a> {
    reader: Reader<Part<'a>>,
    budget: Rc<Budget>,
    buffer: Vec<u8>,
    prefixes: Vec<(String, Space)>,
    open: Option<BytesStart<'static>>,
    close: String,
    depth: usize,
    max_depth: usize,
    /// Why reading stopped, if it did.
    pub(super) stop: Option<Stop>,
}

impl<'a> Xml<'a> {
    pub(super) fn new(part: Part<'a>, budget: Rc<Budget>, max_depth: usize) -> Self {
        let mut reader = Reader::from_reader(part);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Self {
            reader,
            budget,
            buffer: Vec::new(),
            prefixes: Vec::new(),
            open: None,
            close: String::new(),
            depth: 0,
            max_depth,
            stop: None,
        }
    }

    /// The next element or text.
    pub(super) fn next(&mut self) -> Node<'_> {
        if self.stop.is_some() {
            return Node::End;
        }
        loop {
            self.buffer.clear();
            self.budget.next_piece();
            let event = match self.reader.read_event_into(&mut self.buffer) {
                Ok(event) => event,
                Err(error) => {
                    let stop =
                        if self.budget.is_spent() { Stop::Size } else { Stop::Damage(error.to_string()) };
                    self.stop = Some(stop);
                    return Node::End;
                }
            };
            match event {
                Event::Start(tag) => {
                    self.depth += 1;
                    if self.depth > self.max_depth {
                        self.stop = Some(Stop::Depth);
                        return Node::End;
                    }
                    let tag = tag.into_owned();
                    self.declare(&tag);
                    let space = self.space(tag.name().prefix().map_or("", |prefix| prefix.into_inner()));
                    let tag = self.open.insert(tag);
                    return Node::Open(space, tag.local_name().into_inner(), Tag(tag));
                }
                Event::End(tag) => {
                    self.depth = self.depth.saturating_sub(1);
                    self.close.clear();
                    self.close.push_str(tag.local_name().as_ref());
                    let name = tag.name();
                    let space =
                        space_of(&self.prefixes, name.prefix().map_or("", |prefix| prefix.into_inner()));
                    return Node::Close(space, &self.close);
                }
                Event::Text(text) => return Node::Text(Cow::Owned(text.xml10_content().into_owned())),
                Event::CData(text) => return Node::Text(Cow::Owned(text.xml10_content().into_owned())),
                Event::GeneralRef(reference) => {
                    // Entities that the document defines itself are not expanded: a few lines could make gigabytes.
                    let letter = match reference.resolve_char_ref() {
                        Ok(Some(letter)) => letter.to_string(),
                        _ => quick_xml::escape::resolve_predefined_entity(&reference)
                            .unwrap_or_default()
                            .to_owned(),
                    };
                    return Node::Text(Cow::Owned(letter));
                }
                Event::Eof => {
                    if self.depth > 0 {
                        self.stop = Some(Stop::Damage("it ends in the middle".to_owned()));
                    }
                    return Node::End;
                }
                _ => {}
            }
        }
    }

    fn declare(&mut self, tag: &BytesStart<'_>) {
        if self.prefixes.len() >= MAX_PREFIXES || !tag.attributes_raw().contains("xmlns") {
            return;
        }
        for attribute in tag.attributes().with_checks(false).flatten() {
            let name = attribute.key.as_ref();
            if is_declaration(name) {
                let prefix = name.strip_prefix("xmlns:").unwrap_or_default();
                if self.prefixes.len() < MAX_PREFIXES
                    && !self.prefixes.iter().any(|(known, _)| known == prefix)
                {
                    self.prefixes.push((prefix.to_owned(), space_named(&attribute.value)));
                }
            }
        }
    }

    fn space(&self, prefix: &str) -> Space {
        space_of(&self.prefixes, prefix)
    }
}

fn space_of(prefixes: &[(String, Space)], prefix: &str) -> Space {
    prefixes.iter().find(|(known, _)| known == prefix).map_or(Space::Other, |&(_, space)| space)
}

fn is_declaration(name: &str) -> bool {
    name == "xmlns" || name.starts_with("xmlns:")
}

fn space_named(name: &str) -> Space {
    match name {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Space::Word,
        "http://schemas.openxmlformats.org/markup-compatibility/2006" => Space::Compatibility,
        "urn:oasis:names:tc:opendocument:xmlns:text:1.0" => Space::Text,
        "urn:oasis:names:tc:opendocument:xmlns:table:1.0" => Space::Table,
        "urn:oasis:names:tc:opendocument:xmlns:office:1.0" => Space::Office,
        "urn:oasis:names:tc:opendocument:xmlns:style:1.0" => Space::Style,
        _ => Space::Other,
    }
}

fn unescaped(value: &str) -> String {
    quick_xml::escape::unescape(value).map_or_else(|_| value.to_owned(), Cow::into_owned)
}
