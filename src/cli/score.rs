//! `sayasat score`: records against gold.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;
use sayasat::output::{JsonStyle, visible, write_json};
use sayasat::score::{Comparison, Gold, Report, Scored, compare};

use super::input::file_text;
use super::terminal::Terminal;
use super::{Failure, Outcome};

/// Compare records with what careful readers found (gold files).
#[derive(Args)]
#[command(after_help = "Examples:
  sayasat parse policy.txt > policy.json
  sayasat score policy.gold policy.json
  sayasat score --errors policy.gold policy.json
  sayasat score --json --lang kk --dir gold/ records/      NAME.gold against NAME.json")]
pub(crate) struct Score {
    /// Pairs of a gold file and a record; with --dir a folder of gold files and one of records.
    #[arg(value_name = "GOLD RECORD", required = true, num_args = 2..)]
    files: Vec<PathBuf>,

    /// Compare every NAME.gold of the first folder with NAME.json of the second.
    #[arg(long)]
    dir: bool,

    /// Print every miss (-) and every false alarm (+).
    #[arg(long)]
    errors: bool,

    /// Print the figures as JSON.
    #[arg(long)]
    json: bool,

    /// Count only facts of editions in this language (ru, kk).
    #[arg(long, value_name = "LANGUAGE")]
    lang: Option<String>,
}

impl Score {
    pub(crate) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let mut report = Report::default();
        for (gold, record) in self.pairs().map_err(Failure::Message)? {
            let mut comparison = compared(&gold, &record).map_err(Failure::Message)?;
            if let Some(language) = &self.lang {
                comparison = comparison.in_language(language);
            }
            report.add(&gold.file_stem().unwrap_or_default().to_string_lossy(), comparison);
        }
        let (mut to, mut lines) = (terminal.machine(), Vec::new());
        if self.errors {
            report.write_errors(&mut lines)?;
        }
        if !self.json {
            report.write_text(&mut lines)?;
        }
        // keys hold words of policies
        let shown = if terminal.is_watched() { spelled_out(&lines) } else { lines };
        to.write_all(&shown)?;
        if self.json {
            let style = JsonStyle { pretty: true, terminal: terminal.is_watched() };
            write_json(&report, style, &mut to)?;
        }
        to.flush()?;
        Ok(Outcome::Done)
    }

    fn pairs(&self) -> Result<Vec<(PathBuf, PathBuf)>, String> {
        if !self.dir {
            let pairs = self.files.chunks_exact(2);
            return match pairs.remainder() {
                [] => Ok(pairs.map(|pair| (pair[0].clone(), pair[1].clone())).collect()),
                [alone, ..] => {
                    Err(format!("{}: has no record beside it; give pairs GOLD RECORD", alone.display()))
                }
            };
        }
        let [golds, records] = self.files.as_slice() else {
            return Err("--dir takes two folders: GOLD_DIR RECORD_DIR".to_owned());
        };
        let entries = fs::read_dir(golds)
            .map_err(|error| format!("{}: it cannot be listed: {error}; give a folder", golds.display()))?;
        let mut found: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        found.retain(|path| path.extension().is_some_and(|end| end == "gold"));
        found.sort();
        if found.is_empty() {
            return Err(format!("{}: holds no file NAME.gold", golds.display()));
        }
        let record = |gold: &Path| {
            let mut name = gold.file_stem().unwrap_or_default().to_owned();
            name.push(".json");
            records.join(name)
        };
        Ok(found.into_iter().map(|gold| (gold.clone(), record(&gold))).collect())
    }
}

fn compared(gold: &Path, record: &Path) -> Result<Comparison, String> {
    let wanted = Gold::read(&file_text(gold)?).map_err(|error| format!("{}: {error}", gold.display()))?;
    let found = Scored::from_json(&file_text(record)?).map_err(|error| {
        format!("{}: it is no record: {error}; make it with `sayasat parse`", record.display())
    })?;
    Ok(compare(&wanted, &found))
}

fn spelled_out(lines: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(lines);
    text.lines().map(|line| format!("{}\n", visible(line))).collect::<String>().into_bytes()
}
