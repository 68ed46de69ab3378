//! The wordings that stand in a text, before anything is made of them: for looking at a stage.

use super::Context;
use crate::record::Span;

/// A wording of the lexicon in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LexiconMention {
    /// Where it stands.
    pub span: Span,
    /// File and concept, as in the `cues` of facts: `rights/erasure`.
    pub cue: String,
    /// What the wording alone says: `act`, `promise`, `name` …
    pub role: String,
    /// The words, white space folded.
    pub quote: String,
}

/// All wordings in the own texts of all nodes, in the order of the text.
pub fn lexicon_mentions(context: &Context<'_>) -> Vec<LexiconMention> {
    let lexicon = context.lexicon;
    let mut out: Vec<LexiconMention> = context
        .units
        .all()
        .flat_map(|unit| {
            let sentences = unit.sentences.iter();
            let found =
                sentences.flat_map(|range| unit.mentions(lexicon, range, &[]).to_vec()).map(|mention| {
                    let (span, quote) = unit.evidence(context.source, &mention.tokens);
                    let (file, _) = &lexicon.files[mention.entry.file];
                    let cue = format!("{file}/{}", lexicon.concept(mention.entry).id);
                    LexiconMention { span, cue, role: lexicon.roles[mention.entry.role].clone(), quote }
                });
            found.collect::<Vec<_>>()
        })
        .collect();
    out.sort_by(|one, other| {
        let key = |mention: &LexiconMention| (mention.span.start, mention.span.end);
        key(one).cmp(&key(other)).then_with(|| (&one.cue, &one.role).cmp(&(&other.cue, &other.role)))
    });
    out.dedup();
    out
}
