//! Folding: the form of a text that words are looked up in, with the way back to the text as it stands.

use std::ops::Range;

/// Folded text: lower case, ё as е, white space as one space, dashes as `-`, invisible characters gone, Latin
/// letters inside Cyrillic words as the Cyrillic ones they look like. Every byte leads back to the source.
#[derive(Debug, Clone, Default)]
pub struct Folded {
    text: String,
    /// Source offset of the character that each byte belongs to.
    starts: Vec<u32>,
    /// Source offset behind that character.
    ends: Vec<u32>,
    /// Source offsets of words in which Latin letters stood for Cyrillic ones.
    pub look_alikes: Vec<Range<usize>>,
}

impl Folded {
    /// The folded text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Source bytes of a range of the folded text.
    pub fn source(&self, range: &Range<usize>) -> Range<usize> {
        if range.start >= range.end {
            let at = self.starts.get(range.start).or(self.ends.last()).map_or(0, |&at| at as usize);
            return at..at;
        }
        self.starts[range.start] as usize..self.ends[range.end - 1] as usize
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
                out.push_str(&source[self.starts[at] as usize..self.ends[at] as usize]);
            }
        }
        out
    }

    fn push(&mut self, folded: char, start: usize, end: usize) {
        self.text.push(folded);
        for _ in 0..folded.len_utf8() {
            self.starts.push(start as u32);
            self.ends.push(end as u32);
        }
    }
}

/// Folds pieces of a source, joined by one space where they do not follow each other.
///
/// Offsets are those of `source`; a hyphen at the end of a piece joins a word that the next piece goes on.
pub fn fold(source: &str, pieces: &[Range<usize>]) -> Folded {
    let size: usize = pieces.iter().map(Range::len).sum();
    let mut out = Folded {
        text: String::with_capacity(size + 8),
        starts: Vec::with_capacity(size + 8),
        ends: Vec::with_capacity(size + 8),
        look_alikes: Vec::new(),
    };
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
    let mut word_start = None;
    for (at, found) in text.char_indices() {
        let (start, end) = (piece.start + at, piece.start + at + found.len_utf8());
        if super::is_letter(found) || found.is_numeric() {
            word_start.get_or_insert((at, out.text.len()));
        } else if let Some((from, folded)) = word_start.take() {
            mend_look_alikes(&text[from..at], piece.start + from, folded, out);
        }
        match fold_char(found) {
            Some(' ') if out.text.ends_with(' ') => {}
            Some(folded) => out.push(folded, start, end),
            None => {}
        }
    }
    if let Some((from, folded)) = word_start {
        mend_look_alikes(&text[from..], piece.start + from, folded, out);
    }
}

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
    if latin == 0 && !schwa {
        return;
    }
    let cyrillic = word.chars().filter(|c| ('\u{400}'..='\u{52f}').contains(c)).count();
    if cyrillic <= latin {
        return;
    }
    let tail = out.text.split_off(folded);
    let (starts, ends) = (out.starts.split_off(folded), out.ends.split_off(folded));
    let mut changed = schwa;
    for (at, found) in tail.char_indices() {
        let mended = cyrillic_twin(found);
        changed |= mended != found;
        out.push(mended, starts[at] as usize, ends[at] as usize);
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
}
