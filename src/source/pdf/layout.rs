//! Letters to lines: one visual line of the page, one line of text, columns one after the other.

use super::content::Glyph;

/// Gap between letters, in parts of the font size, that is a blank.
const BLANK: f32 = 0.2;
/// Gap between lines, in parts of the usual one, that parts paragraphs.
pub(super) const PARAGRAPH: f32 = 1.35;
/// Lines that a column has at least.
const MIN_COLUMN_LINES: usize = 6;
/// Part of a column's width that most of its lines fill; cells of a table do not.
const FILLED: f32 = 0.6;

/// A line of a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
    /// Height of the baseline, from the bottom.
    pub(super) y: f32,
    pub(super) size: f32,
}

/// Letters with one baseline, from left to right.
#[derive(Debug)]
struct Row {
    glyphs: Vec<Glyph>,
    y: f32,
    size: f32,
}

/// Makes lines of a page's letters, in the order in which they are read.
pub(super) fn lines(mut glyphs: Vec<Glyph>) -> Vec<Line> {
    let mut counts = [0usize; 5];
    for glyph in &glyphs {
        counts[usize::from(glyph.turns)] += 1;
    }
    // Stamps and watermarks run across the page; the text runs one way.
    let main = (0..4).max_by_key(|&turns| (counts[turns], 4 - turns)).unwrap_or(0);
    glyphs.retain(|glyph| usize::from(glyph.turns) == main);
    let rows = rows(glyphs);
    let mut lines = Vec::new();
    let mut at = 0;
    let gutter = gutter(&rows);
    while at < rows.len() {
        let columns = gutter.and_then(|gutter| Some((gutter, columns_at(&rows, at, gutter)?)));
        if let Some((gutter, end)) = columns {
            for left in [true, false] {
                for row in &rows[at..end] {
                    let side: Vec<Glyph> =
                        row.glyphs.iter().filter(|glyph| (glyph.x < gutter) == left).copied().collect();
                    push(&mut lines, &side, row);
                }
            }
            at = end;
        } else {
            push(&mut lines, &rows[at].glyphs, &rows[at]);
            at += 1;
        }
    }
    lines
}

/// The usual distance from one line to the next; without end if there are too few lines to tell.
pub(super) fn leading<'a>(pages: impl Iterator<Item = &'a [Line]>) -> f32 {
    let gaps = pages.flat_map(|lines| lines.windows(2)).map(|pair| pair[0].y - pair[1].y);
    let mut gaps: Vec<f32> = gaps.filter(|gap| *gap > 0.0).collect();
    gaps.sort_by(f32::total_cmp);
    gaps.get(gaps.len() / 4).copied().filter(|_| gaps.len() >= MIN_COLUMN_LINES).unwrap_or(f32::INFINITY)
}

fn push(lines: &mut Vec<Line>, glyphs: &[Glyph], row: &Row) {
    let text = text(glyphs);
    if !text.trim().is_empty() {
        lines.push(Line { text: text.trim().to_owned(), y: row.y, size: row.size });
    }
}

/// Gathers letters whose baselines are nearly the same; raised and lowered signs go with their line.
fn rows(mut glyphs: Vec<Glyph>) -> Vec<Row> {
    glyphs.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.x.total_cmp(&b.x)));
    let mut rows: Vec<Row> = Vec::new();
    for glyph in glyphs {
        match rows.last_mut() {
            Some(row) if row.y - glyph.y < 0.35 * row.size.max(glyph.size).min(row.size * 2.0) => {
                if glyph.size > row.size && !glyph.letter.is_whitespace() {
                    (row.y, row.size) = (glyph.y, glyph.size);
                }
                row.glyphs.push(glyph);
            }
            _ => rows.push(Row { y: glyph.y, size: glyph.size, glyphs: vec![glyph] }),
        }
    }
    for row in &mut rows {
        row.glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
        // Bold type is sometimes the same letter printed twice, a little apart.
        row.glyphs.dedup_by(|next, kept| {
            next.letter == kept.letter
                && !next.letter.is_whitespace()
                && next.x - kept.x < 0.3 * (kept.end - kept.x)
        });
    }
    rows.retain(|row| row.glyphs.iter().any(|glyph| !glyph.letter.is_whitespace()));
    rows
}

fn text(glyphs: &[Glyph]) -> String {
    let mut text = String::with_capacity(glyphs.len() * 2);
    let mut end: Option<f32> = None;
    for (at, glyph) in glyphs.iter().enumerate() {
        if matches!(glyph.letter, ' ' | '\t' | '\n' | '\r') {
            if !text.ends_with(' ') {
                text.push(' ');
            }
        } else {
            let gap = end.is_some_and(|end| glyph.x - end > BLANK * glyph.size);
            if gap && !text.ends_with([' ', '\u{A0}']) {
                text.push(' ');
            }
            match glyph.letter {
                // A hyphen that is drawn within a line divides nothing, whatever the font calls it.
                '\u{AD}' if at + 1 < glyphs.len() => text.push('-'),
                // Signs of symbol fonts: bullets.
                '\u{F000}'..='\u{F0FF}' => text.push('•'),
                letter if letter.is_control() => {}
                letter => text.push(letter),
            }
        }
        end = Some(end.map_or(glyph.end, |end: f32| end.max(glyph.end)));
    }
    text
}

/// The place between two columns: no letter of many rows stands there, and both sides have text.
fn gutter(rows: &[Row]) -> Option<f32> {
    let ink = |row: &Row| row.glyphs.iter().filter(|glyph| is_ink(glyph)).copied().collect::<Vec<_>>();
    let rows: Vec<Vec<Glyph>> = rows.iter().map(ink).collect();
    let left = rows.iter().flatten().map(|glyph| glyph.x).fold(f32::INFINITY, f32::min);
    let right = rows.iter().flatten().map(|glyph| glyph.end).fold(f32::NEG_INFINITY, f32::max);
    let width = right - left;
    if rows.len() < MIN_COLUMN_LINES || !width.is_finite() || width <= 0.0 {
        return None;
    }
    let mut best: Option<(usize, f32)> = None;
    for step in 30..=70 {
        let x = left + width * step as f32 / 100.0;
        let free = rows
            .iter()
            .filter(|row| {
                let before = row
                    .iter()
                    .filter(|glyph| glyph.x < x)
                    .map(|glyph| glyph.end)
                    .fold(f32::NEG_INFINITY, f32::max);
                let behind = row
                    .iter()
                    .filter(|glyph| glyph.x >= x)
                    .map(|glyph| glyph.x)
                    .fold(f32::INFINITY, f32::min);
                let size = row.first().map_or(1.0, |glyph| glyph.size);
                before <= x && behind >= x && behind - before > size
            })
            .count();
        if best.is_none_or(|(count, _)| free > count) {
            best = Some((free, x));
        }
    }
    best.filter(|&(free, _)| free >= MIN_COLUMN_LINES).map(|(_, x)| x)
}

/// The end of two columns that start at a row, if they are text and not the cells of a table.
fn columns_at(rows: &[Row], start: usize, gutter: f32) -> Option<usize> {
    let crosses = |row: &Row| {
        row.glyphs.iter().any(|glyph| is_ink(glyph) && glyph.x < gutter && glyph.end > gutter)
            || row.glyphs.windows(2).any(|pair| {
                pair[0].end <= gutter && pair[1].x >= gutter && pair[1].x - pair[0].end < 0.5 * row.size
            })
    };
    let end = rows[start..].iter().position(crosses).map_or(rows.len(), |at| start + at);
    let has =
        |row: &&Row, left: bool| row.glyphs.iter().any(|glyph| is_ink(glyph) && (glyph.x < gutter) == left);
    let side = |left: bool| rows[start..end].iter().filter(move |row| has(row, left));
    let lines = side(true).count().min(side(false).count());
    if lines < MIN_COLUMN_LINES {
        return None;
    }
    // Cells of a table stand side by side; lines of columns do so by chance, or fill their column.
    let level = side(true).filter(|row| has(row, false)).count();
    let fills = |left: bool| {
        let width = |row: &Row| {
            let mut ink =
                row.glyphs.iter().filter(|glyph| is_ink(glyph) && (glyph.x < gutter) == left).peekable();
            let first = ink.peek().map_or(0.0, |glyph| glyph.x);
            ink.map(|glyph| glyph.end).fold(first, f32::max) - first
        };
        let widths: Vec<f32> = side(left).map(width).collect();
        let column = widths.iter().copied().fold(0.0, f32::max);
        let filled = widths.iter().filter(|&&width| width >= FILLED * column).count();
        filled * 5 >= widths.len() * 3
    };
    (level * 10 <= lines * 7 || (fills(true) && fills(false))).then_some(end)
}

fn is_ink(glyph: &Glyph) -> bool {
    !glyph.letter.is_whitespace()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(glyphs: &mut Vec<Glyph>, x: f32, y: f32, text: &str) {
        for (at, letter) in text.chars().enumerate() {
            let x = x + at as f32 * 5.0;
            glyphs.push(Glyph { letter, x, y, end: x + 5.0, size: 10.0, turns: 0 });
        }
    }

    fn read(glyphs: Vec<Glyph>) -> Vec<String> {
        lines(glyphs).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn letters_become_words_and_lines() {
        let mut glyphs = Vec::new();
        put(&mut glyphs, 40.0, 80.0, "Оператор");
        put(&mut glyphs, 10.0, 100.0, "1.");
        put(&mut glyphs, 24.0, 100.5, "Права");
        put(&mut glyphs, 24.4, 100.5, "Права");
        assert_eq!(read(glyphs), ["1. Права", "Оператор"]);
    }

    #[test]
    fn signs_of_fonts_become_the_usual_ones() {
        let mut glyphs = Vec::new();
        put(&mut glyphs, 10.0, 100.0, "\u{F0B7} 152\u{AD}ФЗ об\u{AD}");
        assert_eq!(read(glyphs), ["• 152-ФЗ об\u{AD}"]);
    }

    #[test]
    fn two_columns_are_read_one_after_the_other() {
        let mut glyphs = Vec::new();
        put(&mut glyphs, 10.0, 200.0, "Политика обработки персональных данных оператора");
        for line in 0..8u8 {
            let y = 180.0 - f32::from(line) * 12.0;
            put(&mut glyphs, 10.0, y, &format!("левая колонка, {line}"));
            put(&mut glyphs, 140.0, y - 1.0, &format!("правая колонка, {line}"));
        }
        let lines = read(glyphs);
        assert_eq!((lines[1].as_str(), lines[8].as_str()), ("левая колонка, 0", "левая колонка, 7"));
        assert_eq!((lines[9].as_str(), lines[16].as_str()), ("правая колонка, 0", "правая колонка, 7"));
    }

    #[test]
    fn rows_of_a_table_stay_together() {
        let mut glyphs = Vec::new();
        for (line, cell) in
            ["имя", "телефон", "адрес электронной почты", "пол", "возраст", "город", "ИИН"].iter().enumerate()
        {
            let y = 180.0 - line as f32 * 12.0;
            put(&mut glyphs, 10.0, y, cell);
            put(&mut glyphs, 160.0, y, "да");
        }
        assert_eq!(read(glyphs)[0], "имя да");
    }
}
