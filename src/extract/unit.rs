//! A node's own text as the extractors see it: folded, in words, in sentences, with the wordings found in it.

use std::cell::{OnceCell, RefCell};
use std::collections::VecDeque;
use std::ops::Range;
use std::rc::Rc;

use super::{Context, frame};
use crate::language::{Folded, Found, Hit, Kind, Token, fold, tokenise};
use crate::law::{self, Law, NumberFound, WordFound};
use crate::lexicon::{Entry, Lexicon};
use crate::record::{NodeKind, Span};
use crate::source::SourceText;
use crate::structure::{NodeIndex, Outline};

/// Own text of one node.
#[derive(Debug)]
pub struct Unit {
    /// The node.
    pub node: NodeIndex,
    /// Its folded text; offsets lead back to the document.
    pub folded: Folded,
    /// Words, numbers and signs of the folded text.
    pub tokens: Vec<Token>,
    /// Sequences of words found in it, by their first token.
    pub found: Vec<Found>,
    /// Sentences and what semicolons part, as ranges of tokens.
    pub sentences: Vec<Range<usize>>,
    /// Wordings of each sentence and, behind them, of the whole: every layer asks for them.
    mentions: Vec<OnceCell<Rc<[Mention]>>>,
    /// Frame of each sentence and, behind them, of the whole.
    frames: Vec<OnceCell<Rc<frame::Sentence>>>,
    law: OnceCell<Vec<WordFound>>,
    numbers: OnceCell<Vec<NumberFound>>,
}

/// A wording that was found: what it stands for and where.
#[derive(Debug, Clone)]
pub struct Mention {
    /// File, concept and role.
    pub entry: Entry,
    /// Tokens of its first part.
    pub tokens: Range<usize>,
    /// From the first to the last token of all its parts.
    pub reach: Range<usize>,
    /// Its first part stands without other words in between.
    pub tight: bool,
}

impl Unit {
    /// Reads the own text of a node.
    pub fn new(source: &SourceText, outline: &Outline, node: NodeIndex, lexicon: &Lexicon) -> Self {
        let pieces = &outline.nodes[node].pieces;
        let folded = match unread(source, pieces) {
            Some(rest) => {
                let read = pieces.iter().take_while(|piece| piece.start < rest.start);
                let read: Vec<_> = read.map(|piece| piece.start..piece.end.min(rest.start)).collect();
                fold(source.as_str(), &read)
            }
            None => fold(source.as_str(), pieces),
        };
        let tokens = tokenise(folded.as_str());
        let mut found = if outline.nodes[node].kind == NodeKind::Noise {
            Vec::new()
        } else {
            lexicon.matcher.find(folded.as_str(), &tokens)
        };
        found.shrink_to_fit();
        let sentences = sentences(folded.as_str(), &tokens);
        let mentions = vec![OnceCell::new(); sentences.len() + 1];
        let frames = vec![OnceCell::new(); sentences.len() + 1];
        let (law, numbers) = (OnceCell::new(), OnceCell::new());
        Self { node, folded, tokens, found, sentences, mentions, frames, law, numbers }
    }

    /// Wordings whose parts all stand in a range of tokens; words inside `masked` ranges do not count.
    pub fn mentions(
        &self,
        lexicon: &Lexicon,
        range: &Range<usize>,
        masked: &[Range<usize>],
    ) -> Rc<[Mention]> {
        let masked: Vec<Range<usize>> =
            masked.iter().filter(|mask| mask.start < range.end && range.start < mask.end).cloned().collect();
        if let Some(place) = self.place(range).filter(|_| masked.is_empty()) {
            return self.mentions[place].get_or_init(|| self.read(lexicon, range, &masked)).clone();
        }
        self.read(lexicon, range, &masked)
    }

    /// How a range of tokens binds whom. That of a few tokens is read again: a text of full stops has as many sentences.
    pub(super) fn frame(&self, context: &Context<'_>, range: &Range<usize>) -> Rc<frame::Sentence> {
        const FEW: usize = 3;
        let read = || Rc::new(frame::read(context, self, range));
        let place = self.place(range).filter(|_| range.len() > FEW);
        place.map_or_else(read, |place| self.frames[place].get_or_init(read).clone())
    }

    /// Which of what is kept is that of a range: a sentence's, or that of the whole.
    fn place(&self, range: &Range<usize>) -> Option<usize> {
        let sentence = self.sentences.partition_point(|sentence| sentence.start < range.start);
        if self.sentences.get(sentence) == Some(range) {
            return Some(sentence);
        }
        (*range == (0..self.tokens.len())).then_some(self.sentences.len())
    }

    fn read(&self, lexicon: &Lexicon, range: &Range<usize>, masked: &[Range<usize>]) -> Rc<[Mention]> {
        let from = self.found.partition_point(|found| found.tokens().start < range.start);
        // Words may be told over a bracket, but neither begin nor end in what is masked.
        let hidden = |token: usize| masked.iter().any(|mask| mask.contains(&token));
        let found = &self.found[from..];
        let found = &found[..found.partition_point(|found| found.tokens().start < range.end)];
        let mut inside: Vec<Found> = Vec::with_capacity(found.len());
        inside.extend(found.iter().filter(|found| {
            let tokens = found.tokens();
            tokens.end <= range.end && !hidden(tokens.start) && !hidden(tokens.end - 1)
        }));
        let hits: Vec<Hit> = lexicon.matcher.hits(&inside);
        hits.into_iter()
            .map(|hit| Mention {
                entry: lexicon.entries[hit.owner as usize],
                tokens: hit.tokens,
                reach: hit.reach,
                tight: hit.tight,
            })
            .collect()
    }

    /// The sentence that a token stands in.
    pub fn sentence_of(&self, token: usize) -> Option<&Range<usize>> {
        let place = self.sentences.partition_point(|sentence| sentence.end <= token);
        self.sentences.get(place).filter(|sentence| sentence.contains(&token))
    }

    /// Words of the law pack that stand in it.
    pub fn law_words(&self) -> &[WordFound] {
        self.law.get_or_init(|| Law::shared().find(self.folded.as_str(), &self.tokens))
    }

    /// What in it may be numbers of acts.
    pub fn law_numbers(&self) -> &[NumberFound] {
        self.numbers.get_or_init(|| law::numbers(self.folded.as_str()))
    }

    /// Bytes of the document under a range of tokens.
    pub fn bytes(&self, tokens: &Range<usize>) -> Range<usize> {
        let Some(last) =
            tokens.end.checked_sub(1).filter(|&last| last < self.tokens.len() && last >= tokens.start)
        else {
            let at = self.tokens.get(tokens.start).map_or(0, |token| token.start as usize);
            return self.folded.source(&(at..at));
        };
        self.folded.source(&(self.tokens[tokens.start].start as usize..self.tokens[last].end as usize))
    }

    /// Span of a range of tokens and its words with white space folded.
    pub fn evidence(&self, source: &SourceText, tokens: &Range<usize>) -> (Span, String) {
        let bytes = self.bytes(tokens);
        (source.span(&bytes), super::nodes::folded(&source.as_str()[bytes]))
    }

    /// Tokens that a range of bytes of the folded text touches.
    pub fn tokens_of(&self, bytes: &Range<usize>) -> Range<usize> {
        let start = self.tokens.partition_point(|token| token.end as usize <= bytes.start);
        let end = self.tokens.partition_point(|token| (token.start as usize) < bytes.end);
        start..end.max(start)
    }

    /// A range of the folded text as it is written: without what the layout put between its pieces, white space
    /// folded, invisible characters gone.
    pub fn written(&self, context: &super::Context<'_>, bytes: &Range<usize>) -> String {
        let source = self.folded.source(bytes);
        let mut text = String::new();
        let pieces = &context.outline.nodes[self.node].pieces;
        let first = pieces.partition_point(|piece| piece.end <= source.start);
        for piece in pieces[first..].iter().take_while(|piece| piece.start < source.end) {
            let (start, end) = (piece.start.max(source.start), piece.end.min(source.end));
            if start < end {
                if !text.is_empty() && !text.trim_end().ends_with('-') {
                    text.push(' ');
                }
                text.push_str(&context.source.as_str()[start..end]);
            }
        }
        text.retain(|found| !matches!(found, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'));
        super::nodes::folded(&text)
    }

    /// The folded words under a token.
    pub fn word(&self, token: usize) -> &str {
        self.tokens.get(token).map_or("", |token| token.of(self.folded.as_str()))
    }

    /// Whether the token is this sign.
    pub fn is_sign(&self, token: usize, sign: char) -> bool {
        self.tokens.get(token).is_some_and(|token| token.kind == Kind::Sign(sign))
    }

    /// The last token that is no closing quote, bracket or emphasis.
    pub fn last_sign(&self) -> Option<char> {
        self.tokens.iter().rev().find_map(|token| match token.kind {
            Kind::Sign('"' | '*' | '_' | '\'') => None,
            Kind::Sign(sign) => Some(Some(sign)),
            _ => Some(None),
        })?
    }
}

/// A range of tokens and what is masked.
type Outside = (Range<usize>, Vec<Range<usize>>);

/// Keeps what stands in a unit outside masks while its sentences are read: each is asked for its rights, its duties and
/// its promises.
#[derive(Debug)]
pub(super) struct Readings<'a> {
    unit: &'a Unit,
    lexicon: &'a Lexicon,
    /// Those that were asked for last.
    kept: RefCell<VecDeque<(Outside, Rc<[Mention]>)>>,
}

impl<'a> Readings<'a> {
    /// Nothing is read yet.
    pub(super) fn new(unit: &'a Unit, lexicon: &'a Lexicon) -> Self {
        Self { unit, lexicon, kept: RefCell::default() }
    }

    /// See [`Unit::mentions`].
    pub(super) fn mentions(&self, range: &Range<usize>, masked: &[Range<usize>]) -> Rc<[Mention]> {
        const MOST: usize = 6;
        let mut kept = self.kept.borrow_mut();
        if let Some((_, found)) = kept.iter().find(|((known, masks), _)| known == range && masks == masked) {
            return found.clone();
        }
        let found = self.unit.mentions(self.lexicon, range, masked);
        kept.truncate(MOST - 1);
        kept.push_front(((range.clone(), masked.to_vec()), found.clone()));
        found
    }
}

/// Bytes of a node's own text from which facts are read, longer than any policy.
const READ: usize = 256 << 10;

/// What of a node's own text no facts are read from, since there is too much of it.
pub(super) fn unread(source: &SourceText, pieces: &[Range<usize>]) -> Option<Range<usize>> {
    let mut left = READ;
    for piece in pieces {
        if piece.len() > left {
            let mut cut = piece.start + left;
            while !source.as_str().is_char_boundary(cut) {
                cut -= 1;
            }
            return Some(cut..pieces.last()?.end);
        }
        left -= piece.len();
    }
    None
}

/// Abbreviations whose full stop ends no sentence, in folded form.
const ABBREVIATIONS: [&str; 44] = [
    "г",
    "гг",
    "ст",
    "п",
    "пп",
    "ч",
    "т",
    "д",
    "др",
    "пр",
    "ул",
    "кв",
    "стр",
    "им",
    "рис",
    "руб",
    "тыс",
    "млн",
    "е",
    "н",
    "о",
    "обл",
    "р",
    "см",
    "ред",
    "абз",
    "подп",
    "оф",
    "корп",
    "просп",
    "мкр",
    "тел",
    "эл",
    "в",
    "ж",
    "қ",
    "б",
    "т б",
    "көш",
    "даң",
    "ком",
    "инн",
    "www",
    "com",
];

/// Most tokens of a sentence: what is read of one may look at all of it more than once.
const LONGEST: usize = 600;

/// Splits at full stops, exclamation and question marks followed by a new beginning, and at semicolons.
fn sentences(folded: &str, tokens: &[Token]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut depth = 0_usize;
    for (index, token) in tokens.iter().enumerate() {
        let ends = match token.kind {
            Kind::Sign('(') => {
                depth += 1;
                false
            }
            Kind::Sign(')') => {
                depth = depth.saturating_sub(1);
                false
            }
            Kind::Sign(';') => depth == 0,
            Kind::Sign('!' | '?') => true,
            Kind::Sign('.') => ends_sentence(folded, tokens, index),
            _ => false,
        } || index - start >= LONGEST;
        if ends {
            out.push(start..index + 1);
            start = index + 1;
            depth = 0;
        }
    }
    if start < tokens.len() {
        out.push(start..tokens.len());
    }
    out
}

fn ends_sentence(folded: &str, tokens: &[Token], index: usize) -> bool {
    let Some(next) = tokens.get(index + 1) else { return true };
    let glued = next.start == tokens[index].end && !matches!(next.kind, Kind::Sign(_));
    if glued {
        return false; // an address or a number
    }
    if matches!(next.kind, Kind::Sign(',' | ';' | ':' | ')')) {
        return false;
    }
    let Some(before) = index.checked_sub(1).map(|before| tokens[before]) else { return false };
    match before.kind {
        Kind::Word => {
            let word = before.of(folded);
            let short = ABBREVIATIONS.contains(&word) || word.chars().count() == 1;
            !short || next.kind == Kind::Sign('-')
        }
        Kind::Number => next.kind != Kind::Number,
        Kind::Sign(_) => true,
    }
}
