//! `sayasat dump`: what one stage of the parser makes of a document.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use sayasat::PolicyRecord;
use sayasat::extract::LexiconMention;
use sayasat::output::{rows, visible};
use sayasat::record::Node;
use sayasat::source::SourceText;

use super::input::{LexiconArgs, OneFile, ReadArgs};
use super::terminal::Terminal;
use super::{Failure, Outcome};

/// Print what one stage of the parser makes of a document.
///
/// One tab-separated row for each thing that the stage sees.
#[derive(Args)]
#[command(after_help = "Examples:
  sayasat dump --stage lines policy.txt         number, first code point, text
  sayasat dump --stage outline policy.txt       lines, depth, kind, label, marker, text
  sayasat dump --stage mentions policy.txt      line, lexicon entry, role, words
  sayasat dump --stage facts policy.txt         line, layer, key, confidence, cues, quote")]
pub(crate) struct Dump {
    /// Which stage.
    #[arg(long, short, value_enum)]
    stage: Stage,

    #[command(flatten)]
    file: OneFile,

    #[command(flatten)]
    read: ReadArgs,

    #[command(flatten)]
    lexicon: LexiconArgs,
}

/// A stage on the way from bytes to the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Stage {
    /// Decoded text.
    Lines,
    /// Sections, clauses, items and the rest.
    Outline,
    /// Wordings of the lexicon, wherever they stand.
    Mentions,
    /// Facts with the lexicon entries and rules behind them.
    Facts,
}

impl Dump {
    pub(crate) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let mut to = terminal.machine();
        let parser = self.lexicon.parser()?;
        let source = || self.read.text(&self.file.path).map_err(Failure::Message);
        let record = || self.read.record(&parser, &self.file.path).map_err(Failure::Message);
        match self.stage {
            Stage::Lines => lines(&source()?, &mut to)?,
            Stage::Outline => outline(&record()?, &mut to)?,
            Stage::Mentions => mentions(&parser.mentions(&source()?), &mut to)?,
            Stage::Facts => facts(&record()?, &mut to)?,
        }
        to.flush()?;
        Ok(Outcome::Done)
    }
}

fn lines(source: &SourceText, to: &mut dyn Write) -> io::Result<()> {
    for index in 0..source.line_count() {
        let range = source.line(index);
        let start = source.span(&range).start;
        writeln!(to, "{}\t{start}\t{}", index + 1, visible(&source.as_str()[range]))?;
    }
    Ok(())
}

fn mentions(mentions: &[LexiconMention], to: &mut dyn Write) -> io::Result<()> {
    for LexiconMention { span, cue, role, quote } in mentions {
        writeln!(to, "{}\t{cue}\t{role}\t{}", span.line, visible(quote))?;
    }
    Ok(())
}

fn outline(record: &PolicyRecord, to: &mut dyn Write) -> io::Result<()> {
    for (number, edition) in record.editions.iter().enumerate() {
        writeln!(to, "# edition {number} {}", edition.language.id())?;
        let mut rest: Vec<(&Node, usize)> = edition.structure.iter().rev().map(|node| (node, 0)).collect();
        while let Some((node, depth)) = rest.pop() {
            let Node { kind, label, marker, text, span, own_end_line, .. } = node;
            let text = visible(node.heading.as_deref().unwrap_or(text));
            let (kind, label, marker) = (kind.id(), visible(label), visible(marker));
            writeln!(to, "{}-{own_end_line}\t{depth}\t{kind}\t{label}\t{marker}\t{text}", span.line)?;
            rest.extend(node.children.iter().rev().map(|child| (child, depth + 1)));
        }
    }
    Ok(())
}

fn facts(record: &PolicyRecord, to: &mut dyn Write) -> io::Result<()> {
    for row in rows(&record.facts) {
        let key = row.key().join(" ");
        let (layer, key, quote) = (row.layer.id(), visible(&key), visible(row.quote));
        let cues = row.cues.join(" ");
        writeln!(to, "{}\t{layer}\t{key}\t{:.2}\t{cues}\t{quote}", row.span.line, row.confidence)?;
    }
    Ok(())
}
