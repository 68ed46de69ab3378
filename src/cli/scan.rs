//! `sayasat scan`: every policy of a corpus.

use std::fs::File;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use clap::Args;
use sayasat::Parser;
use sayasat::output::JsonStyle;
use sayasat::record::Format;
#[cfg(feature = "parquet")]
use sayasat::scan::Tables;
use sayasat::scan::{
    Counts, Database, DatabaseOptions, Input, LinesOut, MAX_BYTES, Outputs, ScanError, ScanOptions, Summary,
    Watch, scan,
};
use sayasat::source::{MAX_DEPTH, MAX_PAGES};

use super::input::{formats, size};
use super::progress::{Progress, duration, grouped, speed};
use super::terminal::Terminal;
use super::{Failure, Outcome};

/// More threads than any machine of today has use for.
const MAX_JOBS: usize = 1024;

/// Read every policy of a corpus: directories, archives of web pages, streams.
#[derive(Args)]
#[command(after_help = "Inputs:
  a directory is read with all below it, in the order of the names;
  .warc and .warc.gz are web archives, .ndjson and .jsonl (also .gz) lines of JSON, other files one document each;
  - is lines of JSON on standard input: {\"id\", \"text\" | \"html\" | \"base64\", \"url\"?, \"fetched\"?}

Examples:
  sayasat scan pages/ > records.ndjson
  sayasat scan crawl/*.warc.gz --db policies.sqlite       run it again to go on after an interruption
  find . -name '*.html' | sayasat scan --from-list - --out records.ndjson
  exporter | sayasat scan - --out - | importer

What cannot be read becomes a line with \"error\" (in the database a row of the table failures); the scan goes on.
Exit status: 0 everything was read, 1 some was not, 2 the scan could not run, 130 it was interrupted.")]
pub(crate) struct Scan {
    /// Files, directories, archives; - for lines of JSON on standard input.
    #[arg(value_name = "INPUT")]
    inputs: Vec<PathBuf>,

    /// Also what this file lists, one path a line; - for standard input.
    #[arg(long, value_name = "FILE")]
    from_list: Vec<PathBuf>,

    /// Write records to this file, one a line; - for standard output, which is the default unless there is another output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,

    /// Write to this SQLite database, and skip what it holds already.
    #[arg(long, value_name = "FILE")]
    db: Option<PathBuf>,

    /// Write Parquet files to this directory: documents, clauses, facts, failures.
    #[cfg(feature = "parquet")]
    #[arg(long, value_name = "DIR")]
    parquet: Option<PathBuf>,

    /// Documents that are read at a time [default: the processor's cores].
    #[arg(long, short, value_name = "N", value_parser = jobs)]
    jobs: Option<NonZeroUsize>,

    /// No progress and no summary on standard error.
    #[arg(long, short)]
    quiet: bool,

    /// Character encoding of all documents, whatever they say themselves.
    #[arg(long, value_name = "LABEL", help_heading = "Reading")]
    encoding: Option<String>,

    /// Format of all documents, whatever their content looks like.
    #[arg(long, value_name = "FORMAT", value_parser = formats(), help_heading = "Reading")]
    input_format: Option<Format>,

    /// Largest document that is read; K, M and G are understood.
    #[arg(long, value_name = "BYTES", default_value_t = MAX_BYTES, value_parser = size, help_heading = "Reading")]
    max_bytes: u64,

    /// Deepest nesting that is followed in HTML and XML.
    #[arg(long, value_name = "LEVELS", default_value_t = MAX_DEPTH, help_heading = "Reading")]
    max_depth: usize,

    /// Most pages of a PDF that are read.
    #[arg(long, value_name = "PAGES", default_value_t = MAX_PAGES, help_heading = "Reading")]
    max_pages: usize,
}

impl Scan {
    pub(crate) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let inputs = self.inputs();
        let options = self.options();
        self.refuse_own_inputs(&options.own_files)?;
        let mut outputs = self.outputs(terminal)?;
        let watch = Arc::new(Watch::default());
        stop_on_interrupt(&watch);
        keep_workers_silent();
        let started = Instant::now();
        let progress = Progress::start(&inputs, &options, &watch, self.quiet);
        let parser = Arc::new(Parser::new());
        let result = scan(&inputs, &parser, &options, &watch, &mut outputs);
        progress.end();
        match result {
            Ok(summary) => {
                if !self.quiet {
                    self.report(&summary, started);
                }
                Ok(match summary {
                    Summary { interrupted: true, .. } => Outcome::Interrupted,
                    Summary { counts: Counts { failures: 1.., .. }, .. } => Outcome::SomeFailed,
                    _ => Outcome::Done,
                })
            }
            Err(ScanError::Sink(error)) if error.is_closed_pipe() => Ok(Outcome::Done),
            Err(error) => Err(Failure::Message(error.to_string())),
        }
    }

    fn inputs(&self) -> Vec<Input> {
        let named = self
            .inputs
            .iter()
            .map(|path| if path == Path::new("-") { Input::Lines } else { Input::Path(path.clone()) });
        named.chain(self.from_list.iter().cloned().map(Input::List)).collect()
    }

    fn options(&self) -> ScanOptions {
        let mut options = ScanOptions::default();
        if let Some(jobs) = self.jobs {
            options.jobs = jobs.get();
        }
        let read = &mut options.parse.read;
        read.encoding.clone_from(&self.encoding);
        read.format = self.input_format;
        read.max_bytes = self.max_bytes;
        read.max_depth = self.max_depth;
        read.max_pages = self.max_pages;
        options.own_files = self.own_files();
        options
    }

    /// What this command writes; a directory that is scanned may hold it.
    fn own_files(&self) -> Vec<PathBuf> {
        let mut files = Vec::new();
        match &self.out {
            Some(out) if out != Path::new("-") => files.push(out.clone()),
            // `sayasat scan . > records.ndjson`: systems that have this name lead from it to the file.
            _ => files.extend(std::fs::canonicalize("/dev/stdout").ok().filter(|file| file.is_file())),
        }
        if let Some(db) = &self.db {
            for end in ["", "-wal", "-shm", "-journal"] {
                let mut name = db.clone().into_os_string();
                name.push(end);
                files.push(name.into());
            }
        }
        #[cfg(feature = "parquet")]
        if let Some(directory) = &self.parquet {
            files.extend(Tables::files(directory));
        }
        files
    }

    /// An output that is an input, or another output, would be written over before it is read.
    fn refuse_own_inputs(&self, own: &[PathBuf]) -> Result<(), Failure> {
        let real = |path: &PathBuf| std::fs::canonicalize(path).ok();
        let written: Vec<PathBuf> = own.iter().filter_map(real).collect();
        for input in self.inputs.iter().chain(&self.from_list) {
            if real(input).is_some_and(|input| written.contains(&input)) {
                let input = input.display();
                return Err(Failure::Message(format!(
                    "{input} is to be read and to be written; give the output another name"
                )));
            }
        }
        if self.db.as_deref() == Some(Path::new("-")) {
            return Err(Failure::Message("a database needs a file; name one with --db".to_owned()));
        }
        if let (Some(db), Some(out)) = (&self.db, &self.out)
            && (db == out || real(db).is_some_and(|db| real(out) == Some(db)))
        {
            return Err(Failure::Message("--db and --out name one file; give them two".to_owned()));
        }
        Ok(())
    }

    fn outputs(&self, terminal: &Terminal) -> Result<Outputs, Failure> {
        let mut outputs = Outputs::default();
        if let Some(path) = &self.db {
            let database = Database::open(path, DatabaseOptions::default());
            outputs.database = Some(database.map_err(|error| Failure::Message(error.to_string()))?);
        }
        #[cfg(feature = "parquet")]
        if let Some(directory) = &self.parquet {
            let tables = Tables::create(directory);
            outputs.tables = Some(tables.map_err(|error| Failure::Message(error.to_string()))?);
        }
        match &self.out {
            Some(path) if path != Path::new("-") => {
                let file = File::create(path).map_err(|error| {
                    Failure::Message(format!(
                        "cannot write to {}: {}",
                        path.display(),
                        unwritable(path, &error)
                    ))
                })?;
                let to: Box<dyn Write> = Box::new(file);
                outputs.lines = Some(LinesOut::new(path.to_string_lossy(), to, JsonStyle::default()));
            }
            None if self.db.is_some() || self.has_tables() => {}
            _ => {
                let style = JsonStyle { pretty: false, terminal: terminal.is_watched() };
                outputs.lines =
                    Some(LinesOut::new("standard output", Box::new(std::io::stdout().lock()), style));
            }
        }
        Ok(outputs)
    }

    fn has_tables(&self) -> bool {
        #[cfg(feature = "parquet")]
        return self.parquet.is_some();
        #[cfg(not(feature = "parquet"))]
        false
    }

    fn report(&self, summary: &Summary, started: Instant) {
        let counts = &summary.counts;
        let elapsed = started.elapsed();
        let mut line = format!(
            "{}: {}, {} not policies, {}; {} in {} ({})",
            count(counts.documents, "document", "documents"),
            count(counts.policies, "policy", "policies"),
            grouped(counts.not_policies),
            count(counts.failures, "failure", "failures"),
            size_of(counts.bytes),
            duration(elapsed.as_secs_f64()),
            speed(counts.bytes, elapsed),
        );
        if counts.stored_before > 0 {
            line.push_str(&format!("; {} were stored already", grouped(counts.stored_before)));
        }
        if counts.passed_over > 0 {
            line.push_str(&format!("; {} archived files are no pages", grouped(counts.passed_over)));
        }
        let mut lines = vec![line];
        if counts.failures > 0 {
            lines.push(match (&self.db, &self.out) {
                (Some(db), _) => format!("the failures stand in the table failures of {}", db.display()),
                (None, Some(out)) if out != Path::new("-") => {
                    format!("the failures are the lines with \"error\" in {}", out.display())
                }
                (None, None) if self.has_tables() => "the failures stand in failures.parquet".to_owned(),
                _ => "the failures are the lines with \"error\"".to_owned(),
            });
        }
        if summary.interrupted {
            lines.push(match (&self.db, &self.out) {
                (Some(db), None) if !self.has_tables() => format!(
                    "stopped before the end; what was read is in {}: run the same command again to go on",
                    db.display()
                ),
                _ => "stopped before the end; a second run begins anew (with --db alone it would go on)"
                    .to_owned(),
            });
        }
        let mut to = std::io::stderr().lock();
        for line in lines {
            let _ = writeln!(to, "sayasat: {line}");
        }
    }
}

/// What is wrong with a file that cannot be made, and what to do about it.
fn unwritable(path: &Path, error: &io::Error) -> String {
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    match error.kind() {
        io::ErrorKind::IsADirectory => "it is a directory; name a file".to_owned(),
        io::ErrorKind::NotFound => match directory {
            Some(directory) => format!("there is no directory {}; make it first", directory.display()),
            None => "the name is no name of a file".to_owned(),
        },
        io::ErrorKind::PermissionDenied => {
            "it may not be written; check the permissions of the file and its directory".to_owned()
        }
        _ => error.to_string(),
    }
}

fn jobs(text: &str) -> Result<NonZeroUsize, String> {
    let number = text.parse().ok().filter(|number: &NonZeroUsize| number.get() <= MAX_JOBS);
    number.ok_or_else(|| format!("use a number from 1 to {MAX_JOBS}"))
}

fn count(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}

#[allow(clippy::cast_precision_loss)] // one decimal is shown
fn size_of(bytes: u64) -> String {
    if bytes < 1_000_000 {
        format!("{} kB", bytes.div_ceil(1000))
    } else if bytes < 10_000_000_000 {
        format!("{:.1} MB", bytes as f64 / 1e6)
    } else {
        format!("{:.1} GB", bytes as f64 / 1e9)
    }
}

/// The first Ctrl-C lets the scan finish what is in hand, the second ends the program.
fn stop_on_interrupt(watch: &Arc<Watch>) {
    let watch = Arc::clone(watch);
    // Without a handler Ctrl-C ends the program at once; with --db nothing is lost that way either.
    let _ = ctrlc::set_handler(move || {
        if watch.is_stopped() {
            std::process::exit(130);
        }
        watch.stop();
        let _ = writeln!(
            std::io::stderr().lock(),
            "\nsayasat: finishing what is in hand; press Ctrl-C again to end at once"
        );
    });
}

/// A worker's panic becomes the document's failure; its report on standard error would be told twice.
fn keep_workers_silent() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        let is_worker = std::thread::current().name().is_some_and(|name| name.starts_with("scan-worker"));
        if !is_worker {
            before(info);
        }
    }));
}
