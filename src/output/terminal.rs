//! Text for a terminal: nothing in it steers the terminal, and its width in columns is known.

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

/// Whether a character could move the cursor, change colours or turn the writing direction.
pub(super) fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{206f}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Takes no column and says nothing: soft hyphen, zero-width space, byte order mark, word joiner.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// One line of text that a terminal can only show: white space folded, controls and bidi overrides spelled out.
pub fn visible(text: &str) -> Cow<'_, str> {
    let plain = |c: char| !is_unsafe(c) && !is_invisible(c) && (c == ' ' || !c.is_whitespace());
    if text.chars().all(plain) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            _ if c.is_whitespace() => out.push(' '),
            _ if is_invisible(c) => {}
            // the control pictures have the shape of the controls they name
            '\0'..='\u{1f}' => out.extend(char::from_u32(0x2400 + u32::from(c))),
            _ if is_unsafe(c) => {
                let _ = write!(out, "<U+{:04X}>", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Columns that text takes.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// As much of one line as fits, with `…` where the rest is left off.
pub(super) fn cut(text: &str, columns: usize) -> String {
    let text = visible(text);
    if width(&text) <= columns {
        return text.into_owned();
    }
    let mut out = take(&text, columns.saturating_sub(1)).trim_end().to_owned();
    out.push('…');
    out
}

/// Lines of at most `columns`, broken at spaces, inside a word only if the word is longer than a line.
pub(super) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let text = visible(text);
    let columns = columns.max(1);
    let mut lines = Vec::new();
    let (mut line, mut used) = (String::new(), 0);
    for mut word in text.split(' ').filter(|word| !word.is_empty()) {
        let mut wide = width(word);
        if used > 0 && used + 1 + wide > columns {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        while wide > columns {
            let head = take(word, columns);
            // a single cluster can be wider than the column: it goes through whole rather than for ever
            let head = if head.is_empty() { word.graphemes(true).next().unwrap_or(word) } else { head };
            lines.push(head.to_owned());
            word = &word[head.len()..];
            wide = width(word);
        }
        if used > 0 {
            line.push(' ');
            used += 1;
        }
        line.push_str(word);
        used += wide;
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// The longest beginning that fits and splits no letter from its accents.
fn take(text: &str, columns: usize) -> &str {
    let (mut end, mut used) = (0, 0);
    for cluster in text.graphemes(true) {
        used += width(cluster);
        if used > columns {
            break;
        }
        end += cluster.len();
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_and_overrides_become_visible() {
        assert_eq!(visible("a\u{1b}[31mб\u{202e}в\u{9b}\n\u{ad}г\u{a0}д"), "a␛[31mб<U+202E>в<U+009B> г д");
        assert!(matches!(visible("Құқықтар"), Cow::Borrowed(_)));
    }

    #[test]
    fn lines_never_exceed_the_width_and_lose_no_letter() {
        let text = "Субъектінің құқықтары: дербес деректерді https://example.kz/ұзын-мекенжай/саясат жою";
        for columns in 1..30 {
            let lines = wrap(text, columns);
            assert!(lines.iter().all(|line| width(line) <= columns), "{columns}: {lines:?}");
            assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
        }
    }

    #[test]
    fn a_cut_keeps_letters_whole() {
        assert_eq!(cut("й\u{306}ййй", 3), "й\u{306}й…");
        assert_eq!(cut("Үлгі", 4), "Үлгі");
    }
}
