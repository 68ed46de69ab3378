//! Page content: which letters are shown where.

use std::collections::HashMap;
use std::rc::Rc;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};

use super::font::{Font, float};

/// Deepest nesting of forms (content within content).
const MAX_FORMS: usize = 12;
/// Saved graphics states.
const MAX_STATES: usize = 512;
/// Letters of one page; more are not read.
pub(super) const MAX_GLYPHS: usize = 512 << 10;
/// Operations of all pages together.
pub(super) const MAX_OPERATIONS: usize = 32 << 20;

/// A letter on a page, in the page's units, from the left and from the bottom.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Glyph {
    pub(super) letter: char,
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) end: f32,
    pub(super) size: f32,
    /// Quarter turns of the writing direction; 4 for any other direction.
    pub(super) turns: u8,
}

/// A transformation `[a b c d e f]` as PDF writes it.
#[derive(Debug, Clone, Copy)]
struct Matrix([f32; 6]);

impl Matrix {
    const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// First this, then the other.
    fn then(self, other: Self) -> Self {
        let ([a, b, c, d, e, f], [g, h, i, j, k, l]) = (self.0, other.0);
        Self([
            a * g + b * i,
            a * h + b * j,
            c * g + d * i,
            c * h + d * j,
            e * g + f * i + k,
            e * h + f * j + l,
        ])
    }

    fn moved(self, x: f32, y: f32) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y]).then(self)
    }
}

#[derive(Debug, Clone)]
struct State {
    matrix: Matrix,
    font: Option<Rc<Font>>,
    size: f32,
    letter_space: f32,
    word_space: f32,
    scale: f32,
    leading: f32,
    rise: f32,
}

/// Reads pages; fonts are read once for the document.
pub(super) struct Painter<'a> {
    document: &'a Document,
    fonts: HashMap<ObjectId, Rc<Font>>,
    pub(super) operations: usize,
    pub(super) has_pictures: bool,
    pub(super) overrun: bool,
    glyphs: Vec<Glyph>,
}

impl<'a> Painter<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        Self {
            document,
            fonts: HashMap::new(),
            operations: 0,
            has_pictures: false,
            overrun: false,
            glyphs: Vec::new(),
        }
    }

    /// The letters of a page in the order of its content.
    pub(super) fn page(&mut self, page: ObjectId, max_content: usize) -> Vec<Glyph> {
        self.glyphs = Vec::new();
        self.has_pictures = false;
        match self.document.get_page_content_with_limit(page, max_content) {
            Ok(content) => {
                let resources =
                    inherited(self.document, page, b"Resources").and_then(|object| object.as_dict().ok());
                self.run(&content, resources, Matrix::IDENTITY, 0);
            }
            Err(_) => self.overrun = true,
        }
        std::mem::take(&mut self.glyphs)
    }

    fn run(&mut self, content: &[u8], resources: Option<&'a Dictionary>, matrix: Matrix, depth: usize) {
        let mut state = State {
            matrix,
            font: None,
            size: 1.0,
            letter_space: 0.0,
            word_space: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        let mut saved: Vec<State> = Vec::new();
        let (mut text, mut line) = (Matrix::IDENTITY, Matrix::IDENTITY);
        for operation in Content::decode_iter(content) {
            let Ok(operation) = operation else { return };
            self.operations += 1;
            if self.operations > MAX_OPERATIONS || self.glyphs.len() >= MAX_GLYPHS {
                self.overrun = true;
                return;
            }
            let operands = &operation.operands;
            let number = |at: usize| {
                operands
                    .get(at)
                    .and_then(|object| object.as_float().ok())
                    .filter(|number| number.is_finite())
                    .unwrap_or(0.0)
            };
            let numbers = || Matrix([number(0), number(1), number(2), number(3), number(4), number(5)]);
            match operation.operator.as_str() {
                "q" if saved.len() < MAX_STATES => saved.push(state.clone()),
                "Q" => state = saved.pop().unwrap_or(state),
                "cm" => state.matrix = numbers().then(state.matrix),
                "BT" => (text, line) = (Matrix::IDENTITY, Matrix::IDENTITY),
                "Tf" => {
                    state.size = number(1);
                    let name = operands.first().and_then(|name| name.as_name().ok());
                    state.font = name.and_then(|name| self.font(resources, name));
                }
                "Tc" => state.letter_space = number(0),
                "Tw" => state.word_space = number(0),
                "Tz" => state.scale = number(0) / 100.0,
                "TL" => state.leading = number(0),
                "Ts" => state.rise = number(0),
                "Td" => {
                    line = line.moved(number(0), number(1));
                    text = line;
                }
                "TD" => {
                    state.leading = -number(1);
                    line = line.moved(number(0), number(1));
                    text = line;
                }
                "Tm" => {
                    line = numbers();
                    text = line;
                }
                "T*" => {
                    line = line.moved(0.0, -state.leading);
                    text = line;
                }
                "Tj" => text = self.show(&state, text, operands.first()),
                "'" | "\"" => {
                    if operation.operator == "\"" {
                        (state.word_space, state.letter_space) = (number(0), number(1));
                    }
                    line = line.moved(0.0, -state.leading);
                    text = self.show(&state, line, operands.last());
                }
                "TJ" => {
                    if let Some(Object::Array(parts)) = operands.first() {
                        for part in parts {
                            match part {
                                Object::String(..) => text = self.show(&state, text, Some(part)),
                                _ => {
                                    let back = part.as_float().unwrap_or(0.0) / 1000.0;
                                    text = text.moved(-back * state.size * state.scale, 0.0);
                                }
                            }
                        }
                    }
                }
                "BI" => self.has_pictures = true,
                "Do" => {
                    let name = operands.first().and_then(|name| name.as_name().ok());
                    self.object(name, resources, state.matrix, depth);
                }
                _ => {}
            }
        }
    }

    /// Draws a form; pictures are only noted.
    fn object(
        &mut self,
        name: Option<&[u8]>,
        resources: Option<&'a Dictionary>,
        matrix: Matrix,
        depth: usize,
    ) {
        let document = self.document;
        let Some(name) = name else { return };
        let objects = resources.and_then(|resources| resources.get_deref(b"XObject", document).ok());
        let object = objects.and_then(|objects| objects.as_dict().ok()?.get_deref(name, document).ok());
        let Some(stream) = object.and_then(|object| object.as_stream().ok()) else {
            // Pictures are not even kept while the document is loaded.
            self.has_pictures = true;
            return;
        };
        if stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Image") {
            self.has_pictures = true;
            return;
        }
        if depth >= MAX_FORMS {
            self.overrun = true;
            return;
        }
        let Ok(content) = stream.get_plain_content_with_limit(super::MAX_CONTENT) else { return };
        let mut own = Matrix::IDENTITY;
        if let Ok(values) = stream.dict.get_deref(b"Matrix", document).and_then(Object::as_array) {
            for (slot, value) in own.0.iter_mut().zip(values) {
                *slot = float(document, value).unwrap_or(0.0);
            }
        }
        let inner = stream.dict.get_deref(b"Resources", document).and_then(Object::as_dict).ok();
        self.run(&content, inner.or(resources), own.then(matrix), depth + 1);
    }

    fn font(&mut self, resources: Option<&'a Dictionary>, name: &[u8]) -> Option<Rc<Font>> {
        let document = self.document;
        let fonts = resources?.get_deref(b"Font", document).and_then(Object::as_dict).ok()?;
        let entry = fonts.get(name).ok()?;
        let id = entry.as_reference().ok();
        if let Some(font) = id.and_then(|id| self.fonts.get(&id)) {
            return Some(Rc::clone(font));
        }
        let (_, object) = document.dereference(entry).ok()?;
        let font = Rc::new(Font::read(document, object.as_dict().ok()?));
        if let Some(id) = id.filter(|_| self.fonts.len() < 4096) {
            self.fonts.insert(id, Rc::clone(&font));
        }
        Some(font)
    }

    /// Shows a string and gives the place behind it.
    fn show(&mut self, state: &State, mut text: Matrix, string: Option<&Object>) -> Matrix {
        let Some(Object::String(bytes, _)) = string else { return text };
        let missing;
        let font = match &state.font {
            Some(font) => font.as_ref(),
            None => {
                missing = Font::missing();
                &missing
            }
        };
        for shown in font.show(bytes) {
            let width = shown.width * state.size;
            let word = if shown.is_space { state.word_space } else { 0.0 };
            let advance = (width + state.letter_space + word) * state.scale;
            let placed = text.moved(0.0, state.rise).then(state.matrix);
            let letters = shown.text.chars().count().max(1) as f32;
            for (at, letter) in shown.text.chars().enumerate() {
                let from = width * state.scale * at as f32 / letters;
                let to = width * state.scale * (at + 1) as f32 / letters;
                self.put(letter, placed, from, to, state.size);
            }
            text = text.moved(advance, 0.0);
        }
        text
    }

    fn put(&mut self, letter: char, matrix: Matrix, from: f32, to: f32, size: f32) {
        let [a, b, c, d, e, f] = matrix.0;
        let (x, y) = (from * a + e, from * b + f);
        let (end_x, end_y) = (to * a + e, to * b + f);
        let height = (size * c.hypot(d)).abs();
        if ![x, y, end_x, end_y, height].iter().all(|value| value.is_finite() && value.abs() < 1e6)
            || height < 0.1
        {
            return;
        }
        let turns = match (a.abs() > b.abs() * 8.0, b.abs() > a.abs() * 8.0) {
            (true, _) if a > 0.0 => 0,
            (true, _) => 2,
            (_, true) if b > 0.0 => 1,
            (_, true) => 3,
            _ => 4,
        };
        // In the direction of writing, so that every line runs from left to right.
        let (x, y, end) = match turns {
            1 => (y, -x, end_y),
            2 => (-x, -y, -end_x),
            3 => (-y, x, -end_y),
            _ => (x, y, end_x),
        };
        if self.glyphs.len() < MAX_GLYPHS {
            self.glyphs.push(Glyph { letter, x, y, end: end.max(x), size: height, turns });
        }
    }
}

/// An entry of a page, or of the groups of pages it stands in.
pub(super) fn inherited<'a>(document: &'a Document, page: ObjectId, key: &[u8]) -> Option<&'a Object> {
    let mut at = document.get_dictionary(page).ok()?;
    for _ in 0..64 {
        if let Ok(found) = at.get_deref(key, document) {
            return Some(found);
        }
        at = at.get_deref(b"Parent", document).and_then(Object::as_dict).ok()?;
    }
    None
}
