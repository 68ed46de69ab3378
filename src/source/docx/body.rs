//! The text of a Word document: paragraphs with their numbers, tables, text boxes, tracked changes.

use std::collections::HashMap;

use super::numbering::{LEVELS, Numbering, is_on, level};
use super::styles::Styles;
use crate::source::lines::Lines;
use crate::source::table::Table;
use crate::source::xml::{Node, Space, Xml};

/// Bytes of paragraphs, tables and text boxes that are held back until their end comes: 8 MiB.
const MAX_HELD: usize = 8 << 20;
/// Bytes that a row, a cell or a paragraph takes beside its text.
const HOLDER: usize = 48;
/// Notes that are looked up; more stay mere marks.
const MAX_NOTES: usize = 64 << 10;

/// A paragraph while it is read.
#[derive(Debug, Default)]
struct Paragraph {
    text: String,
    style: Option<String>,
    list: Option<String>,
    level: Option<usize>,
    marker: Option<String>,
    /// The paragraph's end was deleted: its text goes on in the next one.
    joined: bool,
    /// Paragraphs of text boxes that hang on this one.
    boxes: Vec<String>,
}

/// Something that holds paragraphs.
#[derive(Debug)]
enum Frame {
    Paragraph(Paragraph),
    Table(Table),
    Cell(Vec<String>),
    TextBox,
}

/// What was met on the way and has to be reported.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) changes: usize,
    pub(super) hidden: usize,
    /// A paragraph, a table or a text box outgrew the limit.
    pub(super) overfull: bool,
    /// Ids of the notes, in the order of their marks.
    pub(super) notes: Vec<(NoteKind, String)>,
}

/// Which part a note stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum NoteKind {
    Footnote,
    Endnote,
}

/// Reads the body of a document part into lines.
pub(super) struct Body<'a> {
    styles: &'a Styles,
    numbering: &'a mut Numbering,
    frames: Vec<Frame>,
    /// Elements that are left out, counted from the outermost of them.
    skipped: usize,
    in_paragraph_properties: bool,
    in_run_properties: bool,
    in_text: bool,
    hidden_run: bool,
    carried: String,
    held: usize,
    pub(super) found: Found,
}

impl<'a> Body<'a> {
    pub(super) fn new(styles: &'a Styles, numbering: &'a mut Numbering) -> Self {
        Self {
            styles,
            numbering,
            frames: Vec::new(),
            skipped: 0,
            in_paragraph_properties: false,
            in_run_properties: false,
            in_text: false,
            hidden_run: false,
            carried: String::new(),
            held: 0,
            found: Found::default(),
        }
    }

    /// Reads to the end, or to where a limit or damage stops it.
    pub(super) fn read(&mut self, xml: &mut Xml<'_>, lines: &mut Lines) {
        while !lines.is_full() && self.held < MAX_HELD {
            match xml.next() {
                Node::Open(..) if self.skipped > 0 => self.skipped += 1,
                Node::Close(..) if self.skipped > 0 => self.skipped -= 1,
                Node::Open(space, name, tag) => {
                    let attribute = |name: &str| tag.get(name);
                    self.open(space, name, &attribute);
                }
                Node::Close(Space::Word, name) => self.close(name, lines),
                Node::Text(text) if self.skipped == 0 && self.in_text => self.text(&text),
                Node::End => break,
                _ => {}
            }
        }
        self.found.overfull = self.held >= MAX_HELD;
        // What is still open at a damaged place was read, too.
        while !self.frames.is_empty() {
            self.end_frame(lines);
        }
    }

    fn open(&mut self, space: Space, name: &str, attribute: &dyn Fn(&str) -> Option<String>) {
        match (space, name) {
            // Programs that know the first alternative do not show the second one.
            (Space::Compatibility, "Fallback") => self.skipped = 1,
            (Space::Word, _) => self.open_word(name, attribute),
            _ => {}
        }
    }

    fn open_word(&mut self, name: &str, attribute: &dyn Fn(&str) -> Option<String>) {
        let value = || attribute("val").unwrap_or_default();
        match name {
            "p" => self.frames.push(Frame::Paragraph(Paragraph {
                text: if self.in_box() { String::new() } else { std::mem::take(&mut self.carried) },
                ..Paragraph::default()
            })),
            "tbl" => self.frames.push(Frame::Table(Table::default())),
            "tr" => {
                self.held += HOLDER;
                if let Some(Frame::Table(table)) = self.frames.last_mut() {
                    table.row();
                }
            }
            "tc" => {
                self.held += HOLDER;
                self.frames.push(Frame::Cell(Vec::new()));
            }
            "txbxContent" => self.frames.push(Frame::TextBox),
            "pPr" => self.in_paragraph_properties = true,
            "rPr" => self.in_run_properties = true,
            "r" => self.hidden_run = false,
            "t" => self.in_text = true,
            "del" | "moveFrom" if self.in_paragraph_properties => {
                self.found.changes += 1;
                if let Some(paragraph) = self.paragraph() {
                    paragraph.joined = true;
                }
            }
            "del" | "moveFrom" => {
                self.found.changes += 1;
                self.skipped = 1;
            }
            "ins" | "moveTo" => self.found.changes += 1,
            // The formats before a change, instructions of fields, and what is not shown.
            "pPrChange" | "rPrChange" | "numberingChange" | "sectPrChange" | "tblPrChange"
            | "tblPrExChange" | "trPrChange" | "tcPrChange" | "tblGridChange" | "instrText" | "delText"
            | "delInstrText" | "sdtPr" | "sectPr" | "rt" | "fldData" | "tblGrid" => self.skipped = 1,
            "pStyle" => self.with_paragraph(|paragraph| paragraph.style = Some(value())),
            "numId" => self.with_paragraph(|paragraph| paragraph.list = Some(value())),
            "ilvl" => self.with_paragraph(|paragraph| paragraph.level = Some(level(Some(&value())))),
            "vanish" | "webHidden" if self.in_run_properties && !self.in_paragraph_properties => {
                self.hidden_run = is_on(&value());
            }
            _ => self.open_sign(name, attribute),
        }
    }

    /// Signs that stand in the text as elements.
    fn open_sign(&mut self, name: &str, attribute: &dyn Fn(&str) -> Option<String>) {
        if self.in_paragraph_properties || self.hidden_run {
            return;
        }
        let sign = match name {
            // Behind a number typed by hand the tab is the blank that sets it off.
            "tab" | "ptab" => {
                let is_marker = self.paragraph().is_some_and(|paragraph| {
                    let text = paragraph.text.trim();
                    text.chars().count() <= 12 && !text.contains([' ', '\u{A0}'])
                });
                if is_marker { " " } else { "\t" }
            }
            "br" if attribute("type").is_some_and(|kind| kind != "textWrapping") => return,
            "br" | "cr" => "\n",
            "noBreakHyphen" => "\u{2011}",
            "softHyphen" => "\u{AD}",
            "sym" => {
                let code = attribute("char").and_then(|code| u32::from_str_radix(&code, 16).ok());
                let letter = code
                    .and_then(char::from_u32)
                    .filter(|letter| !('\u{E000}'..='\u{F8FF}').contains(letter));
                let letter = letter.unwrap_or('•').to_string();
                return self.text(&letter);
            }
            "footnoteReference" | "endnoteReference" => {
                let kind = if name == "footnoteReference" { NoteKind::Footnote } else { NoteKind::Endnote };
                if let Some(id) = attribute("id").filter(|_| self.found.notes.len() < MAX_NOTES) {
                    self.found.notes.push((kind, id));
                    let mark = format!("[{}]", self.found.notes.len());
                    self.text(&mark);
                }
                return;
            }
            _ => return,
        };
        self.text(sign);
    }

    fn close(&mut self, name: &str, lines: &mut Lines) {
        match name {
            "p" | "tbl" | "tc" | "txbxContent" => self.end_frame(lines),
            "pPr" => {
                self.in_paragraph_properties = false;
                self.number();
            }
            "rPr" => self.in_run_properties = false,
            "t" => self.in_text = false,
            "r" => self.hidden_run = false,
            _ => {}
        }
    }

    fn paragraph(&mut self) -> Option<&mut Paragraph> {
        match self.frames.last_mut() {
            Some(Frame::Paragraph(paragraph)) => Some(paragraph),
            _ => None,
        }
    }

    fn with_paragraph(&mut self, change: impl FnOnce(&mut Paragraph)) {
        if self.in_paragraph_properties
            && let Some(paragraph) = self.paragraph()
        {
            change(paragraph);
        }
    }

    fn in_box(&self) -> bool {
        matches!(self.frames.last(), Some(Frame::TextBox))
    }

    fn text(&mut self, text: &str) {
        if self.hidden_run {
            self.found.hidden += text.chars().filter(|letter| letter.is_alphanumeric()).count();
            return;
        }
        self.held += text.len();
        if let Some(paragraph) = self.paragraph() {
            // Line ends inside XML text are blanks; only <w:br/> ends a line.
            if text.len() > 1 && text.contains(['\n', '\r']) {
                paragraph.text.push_str(&text.replace("\r\n", " ").replace(['\n', '\r'], " "));
            } else {
                paragraph.text.push_str(text);
            }
        }
    }

    /// Gives a paragraph its number, when its properties are known and before those of later ones are.
    fn number(&mut self) {
        let Some(Frame::Paragraph(paragraph)) = self.frames.last_mut() else { return };
        if paragraph.marker.is_some() || paragraph.joined {
            return;
        }
        let style = paragraph.style.as_deref();
        let inherited = self.styles.list(style);
        let list = paragraph.list.as_deref().or(inherited.map(|(list, _)| list)).unwrap_or("0");
        if list == "0" {
            paragraph.marker = Some(String::new());
            return;
        }
        // A style may leave its level to the list, which then names the style.
        let linked = || inherited.and_then(|(_, style)| self.numbering.level_of_style(list, style));
        let own = || style.and_then(|style| self.numbering.level_of_style(list, style));
        let at =
            paragraph.level.or_else(own).or_else(|| self.styles.level(style)).or_else(linked).unwrap_or(0);
        paragraph.marker = Some(self.numbering.next(list, at.min(LEVELS - 1)));
    }

    fn end_frame(&mut self, lines: &mut Lines) {
        if matches!(self.frames.last(), Some(Frame::Paragraph(paragraph)) if paragraph.marker.is_none()) {
            self.number();
        }
        let Some(frame) = self.frames.pop() else { return };
        match frame {
            Frame::Paragraph(paragraph) => self.end_paragraph(paragraph, lines),
            Frame::Table(table) => {
                for line in table.lines() {
                    self.put(line, false, lines);
                }
            }
            Frame::Cell(paragraphs) => {
                if let Some(Frame::Table(table)) = self.frames.last_mut() {
                    table.cell(paragraphs);
                }
            }
            Frame::TextBox => {}
        }
    }

    /// An empty paragraph has no line, unless Word shows its number; its bullet is no text.
    fn end_paragraph(&mut self, paragraph: Paragraph, lines: &mut Lines) {
        if paragraph.joined && !self.in_box() {
            self.carried = paragraph.text;
        } else {
            let text = paragraph.text.trim_start_matches([' ', '\t']);
            let marker = paragraph.marker.unwrap_or_default();
            if !text.trim().is_empty() || marker.contains(char::is_alphanumeric) {
                let is_contents = self.styles.is_contents(paragraph.style.as_deref());
                self.put(format!("{marker}{text}"), is_contents, lines);
            }
        }
        for text in paragraph.boxes {
            self.put(text, false, lines);
        }
    }

    /// Puts a line where it belongs: into the cell or the text box around it, or out.
    fn put(&mut self, text: String, furniture: bool, lines: &mut Lines) {
        for frame in self.frames.iter_mut().rev() {
            match frame {
                Frame::Cell(paragraphs) => {
                    self.held += HOLDER + text.len();
                    return paragraphs.push(text.replace('\n', " "));
                }
                Frame::Paragraph(paragraph) => {
                    self.held += HOLDER + text.len();
                    return paragraph.boxes.push(text);
                }
                Frame::Table(_) | Frame::TextBox => {}
            }
        }
        self.held = 0;
        let range = lines.push(&text);
        if furniture {
            lines.mark(range);
        }
    }
}

/// Reads footnotes or endnotes: the text of each by its id.
pub(super) fn notes(
    xml: &mut Xml<'_>,
    styles: &Styles,
    numbering: &mut Numbering,
    max_text: usize,
) -> HashMap<String, String> {
    let mut notes = HashMap::new();
    let mut body = Body::new(styles, numbering);
    let mut lines = Lines::new(max_text);
    let mut id = None;
    let mut read = 0;
    loop {
        match xml.next() {
            Node::Open(Space::Word, "footnote" | "endnote", tag) => {
                // Separators are the lines between text and notes.
                id = tag.get("id").filter(|_| tag.get("type").is_none_or(|kind| kind == "normal"));
                lines = Lines::new(max_text);
            }
            Node::Close(Space::Word, "footnote" | "endnote") => {
                let text = lines.as_str().trim().replace('\n', " ");
                read += text.len();
                if let Some(id) = id.take().filter(|_| !text.is_empty()) {
                    notes.insert(id, text);
                }
            }
            Node::Open(..) if body.skipped > 0 => body.skipped += 1,
            Node::Close(..) if body.skipped > 0 => body.skipped -= 1,
            Node::Open(space, name, tag) => body.open(space, name, &|name| tag.get(name)),
            Node::Close(Space::Word, name) => body.close(name, &mut lines),
            Node::Text(text) if body.skipped == 0 && body.in_text => body.text(&text),
            Node::End => return notes,
            _ => {}
        }
        if read > max_text {
            return notes;
        }
    }
}
