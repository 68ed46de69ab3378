//! The text of an OpenDocument text: paragraphs, lists, tables, notes.

use super::lists::Lists;
use crate::source::lines::Lines;
use crate::source::table::Table;
use crate::source::xml::{Node, Space, Tag, Xml};

/// Bytes of paragraphs, tables and notes that are held back until their end comes: 8 MiB.
const MAX_HELD: usize = 8 << 20;
/// Bytes that a row, a cell or a paragraph takes beside its text.
const HOLDER: usize = 48;

/// An open list.
#[derive(Debug)]
struct List {
    style: String,
    id: Option<String>,
    counts: [Option<i64>; 10],
    /// Lists inside others share the counts of the outermost one.
    outermost: bool,
    /// The item was not numbered yet.
    pending: bool,
    value: Option<i64>,
}

/// Something that holds text or paragraphs.
#[derive(Debug)]
enum Frame {
    Paragraph { text: String, marker: String, boxes: Vec<String> },
    Table(Table),
    Cell(Vec<String>),
    Note(Vec<String>),
    Box,
}

/// Reads the body of `content.xml` into lines.
pub(super) struct Body<'a> {
    lists: &'a mut Lists,
    open: Vec<List>,
    frames: Vec<Frame>,
    /// For each open element whether text right inside it is shown.
    shows: Vec<bool>,
    skipped: usize,
    contents: usize,
    held: usize,
    pub(super) notes: Vec<String>,
    pub(super) changes: usize,
    pub(super) overfull: bool,
}

impl<'a> Body<'a> {
    pub(super) fn new(lists: &'a mut Lists) -> Self {
        Self {
            lists,
            open: Vec::new(),
            frames: Vec::new(),
            shows: Vec::new(),
            skipped: 0,
            contents: 0,
            held: 0,
            notes: Vec::new(),
            changes: 0,
            overfull: false,
        }
    }

    /// Reads to the end, or to where a limit or damage stops it.
    pub(super) fn read(&mut self, xml: &mut Xml<'_>, lines: &mut Lines) {
        let mut in_body = false;
        while !lines.is_full() && self.held < MAX_HELD {
            match xml.next() {
                Node::Open(Space::Office, "body", _) => in_body = true,
                Node::End => break,
                _ if !in_body => {}
                Node::Open(space, name, _) if self.skipped > 0 => {
                    self.changes += usize::from(space == Space::Text && name == "changed-region");
                    self.skipped += 1;
                }
                Node::Close(..) if self.skipped > 0 => self.skipped -= 1,
                Node::Open(space, name, tag) => {
                    self.shows.push(space == Space::Text);
                    self.open(space, name, &tag);
                    if self.skipped > 0 {
                        self.shows.pop();
                    }
                }
                Node::Close(space, name) => {
                    self.shows.pop();
                    self.close(space, name, lines);
                }
                Node::Text(text) if self.skipped == 0 && self.shows.last() == Some(&true) => self.text(&text),
                Node::Text(_) => {}
            }
        }
        self.overfull = self.held >= MAX_HELD;
        while !self.frames.is_empty() {
            self.end_frame(lines);
        }
    }

    fn open(&mut self, space: Space, name: &str, tag: &Tag<'_>) {
        match (space, name) {
            (Space::Text, "p" | "h") => {
                let marker = self.marker(name == "h", tag);
                self.frames.push(Frame::Paragraph { text: String::new(), marker, boxes: Vec::new() });
            }
            (Space::Text, "list") => self.open_list(tag),
            (Space::Text, "list-item") => {
                if let Some(list) = self.open.last_mut() {
                    list.pending = true;
                    list.value =
                        tag.get("start-value").and_then(|value| value.parse::<i32>().ok()).map(i64::from);
                }
            }
            (Space::Text, "list-header") => {
                if let Some(list) = self.open.last_mut() {
                    list.pending = false;
                }
            }
            (Space::Text, "s") => {
                let count = tag.get("c").and_then(|count| count.parse::<usize>().ok()).unwrap_or(1).min(256);
                self.push(&" ".repeat(count));
            }
            (Space::Text, "tab") => {
                let is_marker = matches!(self.frames.last(), Some(Frame::Paragraph { text, .. })
                    if text.trim().chars().count() <= 12 && !text.trim().contains([' ', '\u{A0}']));
                self.push(if is_marker { " " } else { "\t" });
            }
            (Space::Text, "line-break") => self.push("\n"),
            (Space::Text, "note") => {
                let mark = format!("[{}]", self.notes.len() + 1);
                self.push(&mark);
                self.notes.push(String::new());
            }
            (Space::Text, "note-body") => self.frames.push(Frame::Note(Vec::new())),
            (Space::Text, "table-of-content" | "alphabetical-index") => self.contents += 1,
            // Citations are written by us, deleted text and instructions are not shown.
            (
                Space::Text,
                "note-citation" | "tracked-changes" | "number" | "hidden-text" | "ruby-text"
                | "sequence-decls",
            )
            | (
                Space::Text,
                "variable-decls"
                | "user-field-decls"
                | "table-of-content-source"
                | "alphabetical-index-source",
            )
            | (Space::Office, "annotation" | "forms" | "scripts") => self.skipped = 1,
            (Space::Table, "table") => self.frames.push(Frame::Table(Table::default())),
            (Space::Table, "table-row") => {
                self.held += HOLDER;
                if let Some(Frame::Table(table)) = self.frames.last_mut() {
                    table.row();
                }
            }
            (Space::Table, "table-cell" | "covered-table-cell") => {
                self.held += HOLDER;
                self.frames.push(Frame::Cell(Vec::new()));
            }
            (Space::Other, "text-box") => self.frames.push(Frame::Box),
            _ => {}
        }
    }

    fn close(&mut self, space: Space, name: &str, lines: &mut Lines) {
        match (space, name) {
            (Space::Text, "p" | "h" | "note-body")
            | (Space::Table, "table" | "table-cell" | "covered-table-cell")
            | (Space::Other, "text-box") => self.end_frame(lines),
            (Space::Text, "list") => {
                if let Some(list) = self.open.pop() {
                    match self.open.last_mut().filter(|_| !list.outermost) {
                        Some(outer) => outer.counts = list.counts,
                        None => self.lists.end(&list.style, list.id.as_deref(), list.counts),
                    }
                }
            }
            (Space::Text, "table-of-content" | "alphabetical-index") => {
                self.contents = self.contents.saturating_sub(1)
            }
            _ => {}
        }
    }

    fn open_list(&mut self, tag: &Tag<'_>) {
        let own = tag.get("style-name");
        let list = match self.open.last() {
            Some(outer) => List {
                style: own.unwrap_or_else(|| outer.style.clone()),
                id: None,
                counts: outer.counts,
                outermost: false,
                pending: false,
                value: None,
            },
            None => {
                let style = own.unwrap_or_default();
                let goes_on = tag.get("continue-numbering").is_some_and(|value| value == "true");
                let counts = self.lists.begin(&style, goes_on, tag.get("continue-list").as_deref());
                List { style, id: tag.get("id"), counts, outermost: true, pending: false, value: None }
            }
        };
        self.open.push(list);
    }

    /// The number of a paragraph: the first one of its item has it.
    fn marker(&mut self, is_heading: bool, tag: &Tag<'_>) -> String {
        let depth = self.open.len();
        match self.open.last_mut() {
            Some(list) if list.pending => {
                list.pending = false;
                let value = list.value.take();
                self.lists.next(&list.style, &mut list.counts, depth - 1, value)
            }
            None if is_heading && tag.get("is-list-header").is_none_or(|header| header != "true") => {
                let level =
                    tag.get("outline-level").and_then(|level| level.parse::<usize>().ok()).unwrap_or(1);
                self.lists.next_heading(level.saturating_sub(1))
            }
            _ => String::new(),
        }
    }

    /// Text of the file: runs of white space are one blank, written ones stand as elements.
    fn text(&mut self, text: &str) {
        let Some(Frame::Paragraph { text: paragraph, .. }) = self.frames.last_mut() else { return };
        self.held += text.len();
        for letter in text.chars() {
            if matches!(letter, ' ' | '\t' | '\n' | '\r') {
                if !paragraph.is_empty() && !paragraph.ends_with([' ', '\n', '\t']) {
                    paragraph.push(' ');
                }
            } else {
                paragraph.push(letter);
            }
        }
    }

    fn push(&mut self, sign: &str) {
        self.held += sign.len();
        if let Some(Frame::Paragraph { text, .. }) = self.frames.last_mut() {
            text.push_str(sign);
        }
    }

    fn end_frame(&mut self, lines: &mut Lines) {
        match self.frames.pop() {
            Some(Frame::Paragraph { text, marker, boxes }) => {
                let text = text.trim_start_matches([' ', '\t']);
                // An empty paragraph has no line, unless Writer shows its number.
                if !text.trim().is_empty() || marker.contains(char::is_alphanumeric) {
                    self.put(format!("{marker}{text}"), lines);
                }
                for text in boxes {
                    self.put(text, lines);
                }
            }
            Some(Frame::Table(table)) => {
                for line in table.lines() {
                    self.put(line, lines);
                }
            }
            Some(Frame::Cell(paragraphs)) => {
                if let Some(Frame::Table(table)) = self.frames.last_mut() {
                    table.cell(paragraphs);
                }
            }
            Some(Frame::Note(paragraphs)) => {
                if let Some(note) = self.notes.iter_mut().rev().find(|note| note.is_empty()) {
                    *note = paragraphs.join(" ");
                }
            }
            Some(Frame::Box) | None => {}
        }
    }

    fn put(&mut self, text: String, lines: &mut Lines) {
        for frame in self.frames.iter_mut().rev() {
            let paragraphs = match frame {
                Frame::Cell(paragraphs)
                | Frame::Note(paragraphs)
                | Frame::Paragraph { boxes: paragraphs, .. } => paragraphs,
                Frame::Table(_) | Frame::Box => continue,
            };
            self.held += HOLDER + text.len();
            paragraphs.push(text.replace('\n', " "));
            return;
        }
        self.held = self.notes.iter().map(String::len).sum();
        let range = lines.push(&text);
        if self.contents > 0 {
            lines.mark(range);
        }
    }
}
