//! Rich text (RTF): the text that a word processor shows, list numbers included, since writers put them in.

use std::collections::HashMap;

use super::ReadOptions;
use super::lines::{Extracted, Lines};
use super::table::Table;
use crate::record::Code;

/// Bytes of tables that are held back until the table ends: 16 MiB.
const MAX_HELD: usize = 16 << 20;
/// Bytes that a row, a cell or a paragraph takes beside its text.
const HOLDER: usize = 48;
/// Fonts whose encodings are kept.
const MAX_FONTS: usize = 4096;

/// Takes the text out of a document.
pub(super) fn read(bytes: &[u8], options: &ReadOptions, max_text: usize) -> Extracted {
    let mut reader = Reader::new(bytes, Lines::new(max_text));
    reader.run(options.max_depth);
    reader.finish(options)
}

/// What holds inside a group and ends with it.
#[derive(Debug, Clone)]
struct Group {
    /// Nothing of it is shown.
    skipped: bool,
    /// The table of fonts.
    fonts: bool,
    /// The group is a note; its text stands aside.
    note: bool,
    hidden: bool,
    deleted: bool,
    /// Bytes that stand for a `\u` sign where it is not understood.
    substitutes: usize,
    font: i32,
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    lines: Lines,
    groups: Vec<Group>,
    group: Group,
    /// The last control symbol was `\*`: the destination that follows may be left out.
    optional: bool,
    /// Bytes of a code page that wait for the end of their run.
    pending: Vec<u8>,
    /// Half of a pair of UTF-16.
    half: Option<u16>,
    to_skip: usize,
    page: u32,
    fonts: HashMap<i32, u32>,
    default_font: i32,
    paragraph: String,
    in_table: bool,
    cell: Vec<String>,
    row_open: bool,
    table: Option<Table>,
    held: usize,
    notes: Vec<String>,
    /// Paragraphs that notes interrupt.
    outer: Vec<String>,
    hidden: usize,
    changes: usize,
    too_deep: bool,
}

impl<'a> Reader<'a> {
    fn new(bytes: &'a [u8], lines: Lines) -> Self {
        let group = Group {
            skipped: false,
            fonts: false,
            note: false,
            hidden: false,
            deleted: false,
            substitutes: 1,
            font: 0,
        };
        Self {
            bytes,
            at: 0,
            lines,
            groups: Vec::new(),
            group,
            optional: false,
            pending: Vec::new(),
            half: None,
            to_skip: 0,
            page: 1252,
            fonts: HashMap::new(),
            default_font: 0,
            paragraph: String::new(),
            in_table: false,
            cell: Vec::new(),
            row_open: false,
            table: None,
            held: 0,
            notes: Vec::new(),
            outer: Vec::new(),
            hidden: 0,
            changes: 0,
            too_deep: false,
        }
    }

    fn run(&mut self, max_depth: usize) {
        while let Some(&byte) = self.bytes.get(self.at) {
            if self.lines.is_full() || self.held > MAX_HELD {
                return;
            }
            self.at += 1;
            match byte {
                b'{' => {
                    self.flush();
                    if self.groups.len() >= max_depth {
                        self.too_deep = true;
                        return;
                    }
                    self.groups.push(self.group.clone());
                    self.group.note = false;
                    self.to_skip = 0;
                }
                b'}' => self.close(),
                b'\\' => self.control(),
                b'\r' | b'\n' | 0 => {}
                _ => self.byte(byte),
            }
        }
    }

    fn close(&mut self) {
        self.flush();
        self.optional = false;
        self.to_skip = 0;
        if self.group.note {
            let note = std::mem::replace(&mut self.paragraph, self.outer.pop().unwrap_or_default());
            self.held += note.len() + HOLDER;
            self.notes.push(note.trim().replace('\n', " "));
        }
        if let Some(outer) = self.groups.pop() {
            self.group = outer;
        }
    }

    fn control(&mut self) {
        let Some(&first) = self.bytes.get(self.at) else { return };
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            return self.symbol(first);
        }
        let rest = &self.bytes[self.at..];
        let letters =
            rest.iter().take(32).position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(rest.len().min(32));
        let (word, rest) = rest.split_at(letters);
        let sign = usize::from(rest.first() == Some(&b'-'));
        let digits = rest[sign..]
            .iter()
            .take(10)
            .position(|byte| !byte.is_ascii_digit())
            .unwrap_or(rest.len().min(10) - sign);
        let number =
            std::str::from_utf8(&rest[..sign + digits]).ok().and_then(|number| number.parse::<i32>().ok());
        self.at += letters;
        if digits > 0 {
            self.at += sign + digits;
        }
        if self.bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        let optional = std::mem::take(&mut self.optional);
        if word == b"bin" {
            self.at = self
                .at
                .saturating_add(usize::try_from(number.unwrap_or(0)).unwrap_or(0))
                .min(self.bytes.len());
            return;
        }
        if word != b"u" {
            self.flush();
        }
        self.word(word, number, optional);
    }

    fn symbol(&mut self, symbol: u8) {
        match symbol {
            b'\'' => {
                let digits =
                    self.bytes.get(self.at..self.at + 2).and_then(|digits| std::str::from_utf8(digits).ok());
                if let Some(byte) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
                    self.at += 2;
                    self.byte(byte);
                }
            }
            b'*' => self.optional = true,
            b'\\' | b'{' | b'}' => self.byte(symbol),
            b'~' => self.sign("\u{A0}"),
            b'_' => self.sign("\u{2011}"),
            b'-' => self.sign("\u{AD}"),
            b'\r' | b'\n' => self.end_paragraph(),
            _ => {}
        }
    }

    fn word(&mut self, word: &[u8], number: Option<i32>, optional: bool) {
        let value = number.unwrap_or(0);
        let on = number != Some(0);
        match word {
            b"par" | b"sect" | b"page" => self.end_paragraph(),
            b"line" => self.sign("\n"),
            b"tab" => self.tab(),
            b"cell" | b"nestcell" => self.end_cell(),
            b"row" | b"nestrow" => self.row_open = false,
            b"pard" => self.in_table = false,
            b"intbl" => self.in_table = true,
            b"plain" => (self.group.hidden, self.group.font) = (false, self.default_font),
            b"emdash" => self.sign("—"),
            b"endash" => self.sign("–"),
            b"bullet" => self.sign("•"),
            b"lquote" => self.sign("‘"),
            b"rquote" => self.sign("’"),
            b"ldblquote" => self.sign("“"),
            b"rdblquote" => self.sign("”"),
            b"emspace" | b"enspace" | b"qmspace" => self.sign(" "),
            b"u" => self.unicode(value),
            b"uc" => self.group.substitutes = usize::try_from(value).unwrap_or(1).min(64),
            b"ansicpg" => self.page = u32::try_from(value).unwrap_or(1252),
            b"mac" => self.page = 10_000,
            b"pc" => self.page = 437,
            b"pca" => self.page = 850,
            b"deff" => (self.default_font, self.group.font) = (value, value),
            b"f" => self.group.font = value,
            b"fcharset" if self.group.fonts && self.fonts.len() < MAX_FONTS => {
                if let Some(page) = page_of_charset(value) {
                    self.fonts.insert(self.group.font, page);
                }
            }
            b"v" => self.group.hidden = on,
            b"deleted" => {
                self.changes += usize::from(on && !self.group.deleted);
                self.group.deleted = on;
            }
            b"revised" => self.changes += usize::from(on),
            b"fonttbl" => (self.group.fonts, self.group.skipped) = (true, true),
            b"footnote" => {
                // The mark stands in the text, the note behind it.
                let mark = format!("[{}]", self.notes.len() + 1);
                self.sign(&mark);
                self.outer.push(std::mem::take(&mut self.paragraph));
                self.group.note = true;
            }
            _ if is_aside(word) || (optional && !is_shown(word)) => self.group.skipped = true,
            _ => {}
        }
    }

    fn is_shown(&mut self) -> bool {
        !(self.group.skipped || self.group.hidden || self.group.deleted)
    }

    /// A byte of the text, in the code page of its font.
    fn byte(&mut self, byte: u8) {
        self.optional = false;
        if self.to_skip > 0 {
            self.to_skip -= 1;
        } else if self.is_shown() {
            self.half = None;
            self.pending.push(byte);
        } else if self.group.hidden && !self.group.skipped {
            self.hidden += usize::from(byte.is_ascii_alphanumeric() || byte >= 0x80);
        }
    }

    fn unicode(&mut self, value: i32) {
        self.flush();
        self.to_skip = self.group.substitutes;
        if !self.is_shown() {
            return;
        }
        // Values beyond 32767 are written as negative ones.
        let unit = (value & 0xFFFF) as u16;
        let units = self.half.take().map_or(vec![unit], |half| vec![half, unit]);
        if units.len() == 1 && (0xD800..0xDC00).contains(&unit) {
            self.half = Some(unit);
            return;
        }
        for letter in char::decode_utf16(units) {
            let letter = letter.unwrap_or('\u{FFFD}');
            // Bullets of symbol fonts stand in the private area.
            self.paragraph.push(if ('\u{F000}'..='\u{F0FF}').contains(&letter) { '•' } else { letter });
        }
    }

    fn sign(&mut self, sign: &str) {
        self.flush();
        if self.to_skip > 0 {
            self.to_skip -= 1;
        } else if self.is_shown() {
            self.paragraph.push_str(sign);
        }
    }

    /// A tab behind a number is the blank that sets it off.
    fn tab(&mut self) {
        let text = self.paragraph.trim();
        let is_marker = text.chars().count() <= 12 && !text.contains([' ', '\u{A0}']);
        self.sign(if is_marker { " " } else { "\t" });
    }

    fn flush(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let page = self.fonts.get(&self.group.font).copied().unwrap_or(self.page);
        match page {
            // Symbol fonts: whatever it is, it is no letter.
            42 => self.paragraph.push('•'),
            _ => {
                let (text, _) = encoding_of_page(page).decode_without_bom_handling(&self.pending);
                self.paragraph.push_str(&text);
            }
        }
        self.pending.clear();
    }

    fn end_paragraph(&mut self) {
        self.flush();
        if self.group.skipped {
            return;
        }
        if self.group.note || !self.outer.is_empty() {
            self.paragraph.push(' ');
            return;
        }
        let text = std::mem::take(&mut self.paragraph);
        if self.in_table {
            self.held += text.len() + HOLDER;
            if !text.trim().is_empty() {
                self.cell.push(text.trim().replace('\n', " "));
            }
            return;
        }
        self.end_table();
        self.lines.push(text.trim_start_matches([' ', '\t']));
    }

    fn end_cell(&mut self) {
        self.in_table = true;
        self.end_paragraph();
        if self.group.skipped {
            return;
        }
        let table = self.table.get_or_insert_default();
        if !self.row_open {
            table.row();
            self.row_open = true;
        }
        self.held += HOLDER;
        table.cell(std::mem::take(&mut self.cell));
    }

    fn end_table(&mut self) {
        for line in self.table.take().map(Table::lines).unwrap_or_default() {
            self.lines.push(&line);
        }
        for line in std::mem::take(&mut self.cell) {
            self.lines.push(&line);
        }
        self.row_open = false;
        self.held = self.notes.iter().map(|note| note.len() + HOLDER).sum();
    }

    fn finish(mut self, options: &ReadOptions) -> Extracted {
        self.flush();
        while let Some(outer) = self.outer.pop() {
            let note = std::mem::replace(&mut self.paragraph, outer);
            self.notes.push(note.trim().to_owned());
        }
        self.group.skipped = false;
        self.group.note = false;
        self.in_table = false;
        let overfull = self.held > MAX_HELD;
        self.end_paragraph();
        for (at, note) in self.notes.iter().enumerate() {
            if !note.is_empty() {
                self.lines.push(&format!("[{}] {note}", at + 1));
            }
        }
        if self.changes > 0 {
            let message = format!("{} tracked changes were read as accepted", self.changes);
            self.lines.report(Code::TrackedChanges, message);
        }
        if self.hidden > 0 {
            self.lines
                .report(Code::TextHidden, format!("{} letters of hidden text were left out", self.hidden));
        }
        if self.too_deep {
            let limit = options.max_depth;
            let message = format!(
                "groups are nested more than {limit} deep; the document was read up to there (raise it with --max-depth)"
            );
            self.lines.report(Code::LimitReached, message);
        }
        if overfull {
            self.lines.report(Code::LimitReached, "a table is too large; the document was read up to there");
        }
        self.lines.finish()
    }
}

/// Destinations that hold no text of the document, or text that stands elsewhere.
fn is_aside(word: &[u8]) -> bool {
    matches!(
        word,
        b"colortbl"
            | b"stylesheet"
            | b"info"
            | b"pict"
            | b"object"
            | b"header"
            | b"headerl"
            | b"headerr"
            | b"headerf"
            | b"footer"
            | b"footerl"
            | b"footerr"
            | b"footerf"
            | b"fldinst"
            | b"listtable"
            | b"listoverridetable"
            | b"rsidtbl"
            | b"revtbl"
            | b"filetbl"
            | b"bkmkstart"
            | b"bkmkend"
            | b"nonshppict"
            | b"themedata"
            | b"datastore"
            | b"latentstyles"
            | b"generator"
            | b"xmlnstbl"
            | b"mmathPr"
            | b"annotation"
            | b"atnid"
            | b"atnauthor"
            | b"pn"
            | b"pgptbl"
            | b"sp"
    )
}

/// Destinations that readers may leave out, but whose text is shown.
fn is_shown(word: &[u8]) -> bool {
    matches!(
        word,
        b"shpinst" | b"shptxt" | b"shppict" | b"listtext" | b"pntext" | b"fldrslt" | b"ud" | b"moveto"
    )
}

/// The code page of a font's character set; the document's own for the default one.
fn page_of_charset(charset: i32) -> Option<u32> {
    Some(match charset {
        2 => 42,
        77 => 10_000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        254 => 866,
        _ => return None,
    })
}

fn encoding_of_page(page: u32) -> &'static encoding_rs::Encoding {
    use encoding_rs::{
        BIG5, EUC_KR, GBK, IBM866, KOI8_R, KOI8_U, MACINTOSH, SHIFT_JIS, UTF_8, WINDOWS_1251, WINDOWS_1252,
        X_MAC_CYRILLIC,
    };
    match page {
        866 => IBM866,
        932 => SHIFT_JIS,
        936 => GBK,
        949 => EUC_KR,
        950 => BIG5,
        1251 => WINDOWS_1251,
        10_000 => MACINTOSH,
        10_007 => X_MAC_CYRILLIC,
        20_866 => KOI8_R,
        21_866 => KOI8_U,
        65_001 => UTF_8,
        _ => encoding_rs::Encoding::for_label(format!("windows-{page}").as_bytes()).unwrap_or(WINDOWS_1252),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extract(text: &[u8]) -> Extracted {
        read(text, &ReadOptions::default(), 1 << 20)
    }

    fn lines(text: &[u8]) -> Vec<String> {
        extract(text).text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn code_pages_and_unicode_signs_become_letters() {
        let text = b"{\\rtf1\\ansi\\ansicpg1251\\uc1{\\fonttbl{\\f0\\fcharset204 Times;}{\\f1\\fcharset2 Symbol;}}\
            {\\info{\\author \\'c8}}{\\*\\generator X;}\\f0 \\'cf\\'f0\\'e0\\'e2\\'e0 \\u1178?\\u1201 ?\\~\\endash\\par\r\n\
            \\uc2\\u1171\\'3f?\\uc0\\u-10179\\u-8704 {\\f1\\'b7} \\{x\\}\\\\}";
        assert_eq!(lines(text), ["Права Құ\u{A0}–", "ғ😀• {x}\\"]);
    }

    #[test]
    fn list_numbers_tables_and_notes_are_kept() {
        let text = b"{\\rtf1\\ansi{\\listtext\\pard 1.1.\\tab}Text\\line more\\par{\\pntext a)\\tab}item{\\footnote note}.\\par\
            \\trowd\\intbl A\\par B\\cell C\\cell\\row\\trowd\\intbl D\\cell E\\cell\\row\\pard end{\\v secret}{\\deleted old}\
            {\\field{\\*\\fldinst HYPERLINK}{\\fldrslt link}}{\\header running}\\par}";
        let extracted = extract(text);
        assert_eq!(
            extracted.text.lines().collect::<Vec<_>>(),
            ["1.1. Text", "more", "a) item[1].", "A B\tC", "D\tE", "endlink", "[1] note"]
        );
        let codes: Vec<Code> = extracted.oddities.iter().map(|odd| odd.code).collect();
        assert_eq!(codes, [Code::TrackedChanges, Code::TextHidden]);
    }

    #[test]
    fn broken_and_hostile_documents_end_quietly() {
        assert_eq!(lines(b"{\\rtf1 a\\par b"), ["a", "b"]);
        assert_eq!(lines(b"{\\rtf1 a}}}} b\\'z"), ["a bz"]);
        assert_eq!(lines(b"{\\rtf1 a\\bin999999999 b"), ["a"]);
        assert_eq!(extract(&b"{\\rtf1 a{".repeat(1000)).oddities[0].code, Code::LimitReached);
    }
}
