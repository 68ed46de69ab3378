//! `sayasat stats`: what a scanned corpus says, in numbers.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use sayasat::output::{JsonStyle, write_json};
use sayasat::scan::stats::{Condition, Count, Survey, survey};

use super::progress::grouped;
use super::terminal::Terminal;
use super::{Failure, Outcome};

/// Count what the policies of a scan say.
#[derive(Args)]
#[command(after_help = "Conditions, all of which a document has to meet:
  jurisdiction=KZ|RU|unknown   language=kk, language=kk+ru   format=html   policy=yes|no
  operator=yes|no   contact=any, contact=email   right=erasure   data=biometric   cites=KZ:94-V
  term=P30D, term='P3D business', term=indefinite   unlimited-retention=yes|no
  with != for what a document must not meet

Examples:
  sayasat stats policies.sqlite
  sayasat stats policies.sqlite --where jurisdiction=KZ --where language=kk
  sayasat stats records.ndjson --where right!=erasure --format csv > no-erasure.csv

For any other question ask the database itself; docs/sql.md has examples.")]
pub(crate) struct Stats {
    /// Database or lines that `sayasat scan` wrote; - for lines on standard input.
    #[arg(value_name = "DB|NDJSON")]
    path: PathBuf,

    /// Count only what meets this condition; may be given several times.
    #[arg(long = "where", value_name = "KEY=VALUE")]
    conditions: Vec<Condition>,

    /// What to print.
    #[arg(long, short, value_enum, default_value_t)]
    format: StatsFormat,

    /// Most lines of each list in a table; csv and json are whole.
    #[arg(long, value_name = "N", default_value_t = 25)]
    top: usize,
}

/// What a survey is printed as.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum StatsFormat {
    /// Lists for reading.
    #[default]
    Table,
    /// One count a line: table, id, documents, share, mentions.
    Csv,
    /// One object.
    Json,
}

impl Stats {
    pub(crate) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let survey = survey(&self.path, &self.conditions).map_err(|e| Failure::Message(e.to_string()))?;
        match self.format {
            StatsFormat::Table => {
                let mut to = terminal.people();
                self.write_table(&survey, &mut to)?;
                to.flush()?;
            }
            StatsFormat::Csv => {
                let mut to = terminal.machine();
                write_csv(&survey, &mut to)?;
                to.flush()?;
            }
            StatsFormat::Json => {
                let mut to = terminal.machine();
                let style = JsonStyle { pretty: true, terminal: terminal.is_watched() };
                write_json(&survey, style, &mut to)?;
                to.flush()?;
            }
        }
        Ok(Outcome::Done)
    }

    fn write_table(&self, survey: &Survey, to: &mut dyn Write) -> io::Result<()> {
        let corpus = &survey.corpus;
        writeln!(
            to,
            "{} documents ({} different texts): {} policies, {} not policies; {} failures",
            grouped(corpus.documents),
            grouped(corpus.texts),
            grouped(corpus.policies),
            grouped(corpus.not_policies),
            grouped(corpus.failures)
        )?;
        let groups: Vec<Count> = groups(survey);
        for (title, counts) in [
            ("Jurisdiction and languages", groups.as_slice()),
            ("Stated at all", &survey.statements),
            ("Rights of the data subject", &survey.rights),
            ("Categories of data processed", &survey.data_categories),
            ("Terms", &survey.deadlines),
            ("Acts cited", &survey.acts),
        ] {
            writeln!(to, "\n{title}")?;
            if counts.is_empty() {
                writeln!(to, "  none")?;
            }
            for count in counts.iter().take(self.top) {
                let percent = count.share * 100.0;
                let (id, documents) = (visible(&count.id), grouped(count.documents));
                writeln!(to, "  {id:<32} {documents:>11}  {percent:>5.1} %")?;
            }
            if counts.len() > self.top {
                writeln!(to, "  … and {} more (--top)", grouped((counts.len() - self.top) as u64))?;
            }
        }
        Ok(())
    }
}

/// Ids may come from a file that somebody else wrote.
fn visible(id: &str) -> String {
    sayasat::output::visible(id).to_string()
}

/// Groups as counts, so that all lists print alike.
fn groups(survey: &Survey) -> Vec<Count> {
    survey
        .jurisdictions
        .iter()
        .map(|group| Count {
            id: format!("{} {}", group.jurisdiction.id(), group.languages),
            documents: group.documents,
            share: group.share,
            mentions: group.documents,
        })
        .collect()
}

fn write_csv(survey: &Survey, to: &mut dyn Write) -> io::Result<()> {
    writeln!(to, "table,id,documents,share,mentions")?;
    let corpus = &survey.corpus;
    for (id, number) in [
        ("documents", corpus.documents),
        ("texts", corpus.texts),
        ("policies", corpus.policies),
        ("not_policies", corpus.not_policies),
        ("failures", corpus.failures),
    ] {
        writeln!(to, "corpus,{id},{number},,")?;
    }
    let groups = groups(survey);
    for (table, counts) in [
        ("jurisdictions", groups.as_slice()),
        ("statements", &survey.statements),
        ("rights", &survey.rights),
        ("data_categories", &survey.data_categories),
        ("deadlines", &survey.deadlines),
        ("acts", &survey.acts),
    ] {
        for Count { id, documents, share, mentions } in counts {
            writeln!(to, "{table},{},{documents},{share:.4},{mentions}", quoted(id))?;
        }
    }
    Ok(())
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}
