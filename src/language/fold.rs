//! Folding: the form of a text that words are looked up in, with the way back to the text as it stands.

use std::ops::Range;
use std::sync::LazyLock;

/// Folded text: lower case, ё as е, white space as one space, dashes as `-`, invisible characters gone, Latin
/// letters inside Cyrillic words as the Cyrillic ones they look like. Every byte leads back to the source.
#[derive(Debug, Clone, Default)]
pub struct Folded {
    text: String,
    /// The way back, by offset in the folded text.
    runs: Vec<Run>,
    /// Source offsets of words in which Latin letters stood for Cyrillic ones.
    pub look_alikes: Vec<Range<usize>>,
}

/// Folded text that follows the source byte by byte, or one character that takes other bytes than it does there.
#[derive(Debug, Clone, Copy)]
struct Run {
    folded: u32,
    source: u32,
    /// Bytes in the source of a single character; nothing for text that follows it.
    single: Option<u32>,
}

impl Folded {
    /// The folded text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Source bytes of a range of the folded text.
    pub fn source(&self, range: &Range<usize>) -> Range<usize> {
        if range.start >= range.end {
            let at = if range.start < self.text.len() {
                self.character(range.start).start
            } else {
                self.text.len().checked_sub(1).map_or(0, |last| self.character(last).end)
            };
            return at..at;
        }
        self.character(range.start).start..self.character(range.end - 1).end
    }

    /// Source bytes of the character that a byte of the folded text belongs to.
    fn character(&self, byte: usize) -> Range<usize> {
        let mut at = byte;
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        let run = self.runs[self.runs.partition_point(|run| run.folded as usize <= at) - 1];
        match run.single {
            Some(bytes) => run.source as usize..(run.source + bytes) as usize,
            None => {
                let start = run.source as usize + at - run.folded as usize;
                start..start + self.text[at..].chars().next().map_or(0, char::len_utf8)
            }
        }
    }

    /// A range of the folded text as the source writes it, without the white space and the line breaks inside words
    /// that folding took away.
    pub fn written(&self, source: &str, range: &Range<usize>) -> String {
        let mut out = String::with_capacity(range.len());
        for (at, folded) in self.text[range.clone()].char_indices() {
            let at = range.start + at;
            if folded == ' ' {
                out.push(' ');
            } else {
                out.push_str(&source[self.character(at)]);
            }
        }
        out
    }

    fn push(&mut self, folded: char, start: usize, end: usize) {
        let at = self.text.len();
        self.text.push(folded);
        if end - start == folded.len_utf8() {
            self.follows(at, start);
        } else {
            let single = Some((end - start) as u32);
            self.runs.push(Run { folded: at as u32, source: start as u32, single });
        }
    }

    /// Text that folding leaves as it is.
    fn push_str(&mut self, text: &str, start: usize) {
        if !text.is_empty() {
            let at = self.text.len();
            self.text.push_str(text);
            self.follows(at, start);
        }
    }

    /// From an offset on, the folded text follows the source.
    fn follows(&mut self, at: usize, start: usize) {
        let goes_on =
            |run: &Run| run.single.is_none() && run.source as usize + at - run.folded as usize == start;
        if !self.runs.last().is_some_and(goes_on) {
            self.runs.push(Run { folded: at as u32, source: start as u32, single: None });
        }
    }

    /// Takes back the text from an offset on.
    fn cut(&mut self, at: usize) {
        self.text.truncate(at);
        self.runs.truncate(self.runs.partition_point(|run| (run.folded as usize) < at));
    }
}

/// Folds pieces of a source, joined by one space where they do not follow each other.
///
/// Offsets are those of `source`; a hyphen at the end of a piece joins a word that the next piece goes on.
pub fn fold(source: &str, pieces: &[Range<usize>]) -> Folded {
    let size: usize = pieces.iter().map(Range::len).sum();
    let mut out = Folded { text: String::with_capacity(size + 8), runs: Vec::new(), look_alikes: Vec::new() };
    for (index, piece) in pieces.iter().enumerate() {
        if index > 0 && !out.text.ends_with(' ') && !ends_in_broken_word(&out.text) {
            out.push(' ', piece.start, piece.start);
        }
        fold_piece(source, piece, &mut out);
    }
    out
}

/// `реклам-` at the end of a line: a letter, a hyphen, nothing more.
fn ends_in_broken_word(text: &str) -> bool {
    let mut back = text.trim_end().chars().rev();
    back.next() == Some('-') && back.next().is_some_and(char::is_alphanumeric)
}

fn fold_piece(source: &str, piece: &Range<usize>, out: &mut Folded) {
    let text = &source[piece.clone()];
    let common = &*COMMON;
    // Where the word begins in the text and in what is folded, and whether a letter of it may stand for another.
    let (mut word, mut mixed): (Option<(usize, usize)>, bool) = (None, false);
    // The text is taken over in stretches that folding leaves as they are; this is where the open one begins.
    let mut open = 0;
    let mut spaced = out.text.ends_with(' ');
    for (at, found) in text.char_indices() {
        let letter = common.get(found as usize).copied().unwrap_or_else(|| Letter::new(found));
        if letter.is_plain && word.is_some() {
            continue;
        }
        if letter.is_of_word {
            word.get_or_insert((at, out.text.len() + at - open));
            mixed |= letter.is_latin;
        } else if let Some((from, folded)) = word.take()
            && std::mem::take(&mut mixed)
        {
            out.push_str(&text[open..at], piece.start + open);
            open = at;
            mend_look_alikes(&text[from..at], piece.start + from, folded, out);
        }
        if letter.folded == Some(found) && !(found == ' ' && spaced) {
            spaced = found == ' ';
            continue;
        }
        out.push_str(&text[open..at], piece.start + open);
        open = at + found.len_utf8();
        if let Some(folded) = letter.folded.filter(|&folded| !(folded == ' ' && spaced)) {
            out.push(folded, piece.start + at, piece.start + open);
            spaced = folded == ' ';
        }
    }
    out.push_str(&text[open..], piece.start + open);
    if let Some((from, folded)) = word.filter(|_| mixed) {
        mend_look_alikes(&text[from..], piece.start + from, folded, out);
    }
}

/// What folding has to know of a character.
#[derive(Debug, Clone, Copy)]
struct Letter {
    folded: Option<char>,
    is_of_word: bool,
    /// It is a letter or digit that stays as it is and stands for itself.
    is_plain: bool,
    /// It is Latin, or was written for a Cyrillic letter.
    is_latin: bool,
}

impl Letter {
    fn new(found: char) -> Self {
        let folded = fold_char(found);
        let is_of_word = super::is_letter(found) || found.is_numeric();
        let is_latin = found.is_ascii_alphabetic() || matches!(found, 'ə' | 'Ə');
        Self { folded, is_of_word, is_plain: is_of_word && !is_latin && folded == Some(found), is_latin }
    }
}

/// The characters that texts are made of, up to the last Cyrillic letter of two bytes.
static COMMON: LazyLock<[Letter; 0x530]> =
    LazyLock::new(|| std::array::from_fn(|code| Letter::new(char::from_u32(code as u32).unwrap_or(' '))));

/// The folded character, or nothing for one that is not seen.
fn fold_char(found: char) -> Option<char> {
    Some(match found {
        'А'..='Я' => char::from_u32(found as u32 + 32)?,
        'а'..='я' | 'a'..='z' | '0'..='9' => found,
        'Ё' | 'ё' => 'е',
        'ə' | 'Ə' => 'ә',
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{301}' => return None,
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '“' | '”' | '„' | '«' | '»' | '‟' => '"',
        _ if found.is_whitespace() => ' ',
        _ => {
            let mut lower = found.to_lowercase();
            match (lower.next(), lower.next()) {
                (Some(one), None) => one,
                _ => found,
            }
        }
    })
}

/// Puts Cyrillic letters for the Latin ones that look like them in a word that is mostly Cyrillic.
fn mend_look_alikes(word: &str, start: usize, folded: usize, out: &mut Folded) {
    let latin = word.chars().filter(char::is_ascii_alphabetic).count();
    let schwa = word.contains(['ə', 'Ə']);
    let cyrillic = word.chars().filter(|c| ('\u{400}'..='\u{52f}').contains(c)).count();
    if cyrillic <= latin {
        return;
    }
    let tail: Vec<_> =
        out.text[folded..].char_indices().map(|(at, found)| (found, out.character(folded + at))).collect();
    out.cut(folded);
    let mut changed = schwa;
    for (found, source) in tail {
        let mended = cyrillic_twin(found);
        changed |= mended != found;
        out.push(mended, source.start, source.end);
    }
    if changed {
        out.look_alikes.push(start..start + word.len());
    }
}

fn cyrillic_twin(found: char) -> char {
    match found {
        'a' => 'а',
        'c' => 'с',
        'e' => 'е',
        'h' => 'һ',
        'i' => 'і',
        'k' => 'к',
        'm' => 'м',
        'o' => 'о',
        'p' => 'р',
        't' => 'т',
        'x' => 'х',
        'y' => 'у',
        _ => found,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_folded_word_leads_back_to_its_source() {
        let text = "Пользователь\u{a0}\u{a0}имеет  ПРАВО — ёж";
        let folded = fold(text, std::slice::from_ref(&(0..text.len())));
        assert_eq!(folded.as_str(), "пользователь имеет право - еж");
        let at = folded.as_str().find("право").expect("the word is there");
        assert_eq!(&text[folded.source(&(at..at + "право".len()))], "ПРАВО");
        let at = folded.as_str().find("еж").expect("the word is there");
        assert_eq!(&text[folded.source(&(at..at + "еж".len()))], "ёж");
    }

    #[test]
    fn latin_letters_in_cyrillic_words_are_mended_and_names_are_left() {
        let text = "бұдан əрі деректер бiз Google-ға жəне Aitu";
        let folded = fold(text, std::slice::from_ref(&(0..text.len())));
        assert_eq!(folded.as_str(), "бұдан әрі деректер біз google-ға және aitu");
        assert_eq!(folded.look_alikes.len(), 3);
    }

    #[test]
    fn pieces_are_joined_and_broken_words_mended() {
        let text = "рассылку рекламно-\nинформационных\nматериалов";
        let cut: Vec<_> = text.match_indices('\n').map(|(at, _)| at).collect();
        let pieces = [0..cut[0], cut[0] + 1..cut[1], cut[1] + 1..text.len()];
        assert_eq!(fold(text, &pieces).as_str(), "рассылку рекламно-информационных материалов");
    }

    #[test]
    fn every_byte_leads_back_to_its_character_and_follows_it() {
        let text = "Ёлка  «ИМЯ»\u{200b} — бiз\u{301} ÿ😀 ǅ\n\n жəне\t“q”";
        let folded = fold(
            text,
            &[0..20, 20..text.find('\n').expect("a line"), text.find("ж").expect("a word")..text.len()],
        );
        let mut last = 0;
        for (at, found) in folded.as_str().char_indices() {
            for byte in at..at + found.len_utf8() {
                let source = folded.source(&(byte..byte + 1));
                assert!(source.start >= last && text.get(source.clone()).is_some(), "{found:?} {source:?}");
                let written = text[source.clone()].chars().next();
                let same = written.is_none_or(|written| {
                    fold_char(written) == Some(found) || fold_char(written).map(cyrillic_twin) == Some(found)
                });
                assert!(same, "{found:?} from {written:?}");
                last = source.start;
            }
        }
        assert_eq!(folded.source(&(0..folded.as_str().len())), 0..text.len());
        assert_eq!(folded.source(&(folded.as_str().len()..folded.as_str().len())), text.len()..text.len());
        assert_eq!(Folded::default().source(&(0..0)), 0..0);
        assert!(folded.runs.len() < folded.as_str().len() / 2, "{:?}", folded.runs);
    }
}
