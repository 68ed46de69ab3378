//! The threads of a scan.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::thread::{Builder, JoinHandle};

use super::document::{ContentKey, Document, Failure, FailureKind, Origin, Position};
use super::flow::Flow;
use super::input::{Fed, Feed, Input, Item};
use super::progress::Watch;
use super::rows::is_policy;
use super::sink::{Claims, Outputs, Wanted, render};
use super::{ScanError, ScanOptions, Summary};
use crate::record::PolicyRecord;
use crate::source::{ReadError, read};
use crate::{Options, Parser};

/// Stack of a worker: a parser may go deeper on a hostile page than a thread's usual two megabytes allow.
const STACK: usize = 16 << 20;
/// What a record takes in memory, and what its line takes, as multiples of its document: measured on texts.
const RECORD: u64 = 10;
const LINE: u64 = 4;

/// What became of one document.
#[derive(Debug)]
pub(super) enum Outcome {
    Parsed(Box<Parsed>),
    /// The database holds its bytes, or will when the documents before this one are written.
    Known(Box<Known>),
    Failed(Box<Failure>),
}

#[derive(Debug)]
pub(super) struct Parsed {
    pub(super) origin: Origin,
    pub(super) key: ContentKey,
    pub(super) path: String,
    pub(super) position: Option<Position>,
    pub(super) is_policy: bool,
    /// Present if a sink wants it.
    pub(super) record: Option<PolicyRecord>,
    /// The record as a line of JSON, if a sink wants it.
    pub(super) line: Option<Vec<u8>>,
}

#[derive(Debug)]
pub(super) struct Known {
    pub(super) origin: Origin,
    pub(super) key: ContentKey,
    pub(super) path: String,
    pub(super) position: Option<Position>,
}

enum Job {
    Listed(Item),
    Loaded(Box<Document>),
}

type Belt = Flow<Job, Outcome>;

/// Reads all inputs and writes one record for each document, in their order.
///
/// Returns when everything is written, or when [`Watch::stop`] was called and what was in hand is written.
///
/// # Errors
/// When there is nothing to run on, or the results cannot be written: see [`ScanError`]. What cannot be read is no
/// error, it is counted and written as a [`Failure`].
pub fn scan(
    inputs: &[Input],
    parser: &Arc<Parser>,
    options: &ScanOptions,
    watch: &Arc<Watch>,
    outputs: &mut Outputs,
) -> Result<Summary, ScanError> {
    try_out(parser)?;
    try_encoding(&options.parse)?;
    let feed = Feed::new(inputs.to_vec(), options, Arc::clone(watch))?;
    let claims = outputs.begin(&options.whole_revision())?;
    let wanted = outputs.wanted();
    let belt = Arc::new(Belt::new(options.in_flight_bytes.saturating_mul(options.jobs.max(1) as u64)));
    let feeder = start_feeder(feed, claims, &belt, options, wanted)?;
    let mut workers = Vec::new();
    for number in 0..options.jobs.max(1) {
        match start_worker(number, &belt, parser, options, wanted) {
            Ok(worker) => workers.push(worker),
            Err(error) if number == 0 => {
                belt.abandon();
                return Err(ScanError::Thread(error));
            }
            // Fewer workers than asked for do the same work.
            Err(_) => break,
        }
    }
    let delivered = deliver(&belt, watch, outputs);
    if delivered.is_err() {
        watch.stop();
        belt.abandon();
    }
    for worker in workers {
        // Workers catch what the parser throws; there is nothing to learn from their end.
        let _ = worker.join();
    }
    delivered?;
    // A feeder that is still there waits for standard input; it ends with the process.
    if feeder.is_finished() && feeder.join().is_err() {
        return Err(ScanError::Feed);
    }
    outputs.finish()?;
    Ok(Summary { counts: watch.counts(), interrupted: watch.is_stopped() })
}

/// Loads what the parser loads on its first text, and finds out whether it can.
fn try_out(parser: &Arc<Parser>) -> Result<(), ScanError> {
    const TEXT: &str = "1. Права\n1.1. Субъект вправе отозвать согласие в любое время.\n";
    let parser = Arc::clone(parser);
    let worker = Builder::new().name("scan-worker-first".to_owned()).stack_size(STACK);
    let tried = worker.spawn(move || drop(parser.parse(TEXT))).map_err(ScanError::Thread)?;
    tried.join().map_err(|thrown| ScanError::Parser(message(thrown.as_ref()).to_owned()))
}

/// An unknown encoding is a mistake of the command: told once, and not of every document.
fn try_encoding(options: &Options) -> Result<(), ScanError> {
    match read(b"", &options.read) {
        Err(error @ ReadError::UnknownEncoding(_)) => Err(ScanError::Encoding(error)),
        _ => Ok(()),
    }
}

fn deliver(belt: &Belt, watch: &Watch, outputs: &mut Outputs) -> Result<(), ScanError> {
    let mut trouble = None;
    while let Some(outcome) = belt.next(|| {
        trouble = outputs.rest().err();
        trouble.is_some() || watch.is_stopped()
    }) {
        if let Some(error) = trouble.take() {
            return Err(error.into());
        }
        let counted = outputs.accept(outcome)?;
        Watch::add(&watch.documents, 1);
        if counted.stored_before {
            Watch::add(&watch.stored_before, 1);
        }
        match counted.is_policy {
            Some(true) => watch.policies.fetch_add(1, Relaxed),
            Some(false) => watch.not_policies.fetch_add(1, Relaxed),
            None => watch.failures.fetch_add(1, Relaxed),
        };
    }
    trouble.map_or(Ok(()), |error| Err(error.into()))
}

/// Ends the belt even if the feeder panics: the others would wait for ever.
struct EndOnDrop(Arc<Belt>);

impl Drop for EndOnDrop {
    fn drop(&mut self) {
        self.0.end();
    }
}

fn start_feeder(
    feed: Feed,
    claims: Option<Claims>,
    belt: &Arc<Belt>,
    options: &ScanOptions,
    wanted: Wanted,
) -> Result<JoinHandle<()>, ScanError> {
    let belt = EndOnDrop(Arc::clone(belt));
    let max_bytes = options.parse.read.max_bytes;
    Builder::new()
        .name("scan-feed".to_owned())
        .spawn(move || {
            for fed in feed {
                let admitted = match (fed, &claims) {
                    (Fed::Failure(failure), _) => belt.0.admit_done(0, Outcome::Failed(failure)),
                    (Fed::Item(item), None) => belt.0.admit(expected(item.weight, wanted), Job::Listed(item)),
                    // One thread decides in the order of the input which document is the first of its content.
                    (Fed::Item(item), Some(claims)) => match item.load(max_bytes) {
                        Err(failure) => belt.0.admit_done(0, Outcome::Failed(failure)),
                        Ok(document) => {
                            let key = document.key();
                            if claims.is_known(&key) {
                                let Document { origin, path, position, .. } = document;
                                let known = Known { origin, key, path, position };
                                belt.0.admit_done(0, Outcome::Known(Box::new(known)))
                            } else {
                                let weight = expected(document.bytes.len() as u64, wanted);
                                belt.0.admit(weight, Job::Loaded(Box::new(document)))
                            }
                        }
                    },
                };
                if !admitted {
                    break;
                }
            }
        })
        .map_err(ScanError::Thread)
}

fn start_worker(
    number: usize,
    belt: &Arc<Belt>,
    parser: &Arc<Parser>,
    options: &ScanOptions,
    wanted: Wanted,
) -> std::io::Result<JoinHandle<()>> {
    let belt = Arc::clone(belt);
    let parser = Arc::clone(parser);
    let options = options.parse.clone();
    Builder::new().name(format!("scan-worker-{number}")).stack_size(STACK).spawn(move || {
        let parse = |document: &Document| parse(document, &parser, &options, wanted);
        while let Some((place, job)) = belt.take() {
            let outcome = work(job, options.read.max_bytes, &parse);
            belt.finish(place, weight(&outcome), outcome);
        }
    })
}

/// Loads and parses a document, whatever either throws.
fn work(job: Job, max_bytes: u64, parse: &dyn Fn(&Document) -> Result<Parsed, ReadError>) -> Outcome {
    let document = match job {
        Job::Loaded(document) => *document,
        Job::Listed(item) => {
            let place = item.place();
            let loaded = catch_unwind(AssertUnwindSafe(|| item.load(max_bytes)));
            match loaded {
                Ok(Ok(document)) => document,
                Ok(Err(failure)) => return Outcome::Failed(failure),
                Err(thrown) => {
                    let reason = blame(thrown.as_ref());
                    return Outcome::Failed(Box::new(Failure::at(place, FailureKind::ParserFailed, reason)));
                }
            }
        }
    };
    match catch_unwind(AssertUnwindSafe(|| parse(&document))) {
        Ok(Ok(parsed)) => Outcome::Parsed(Box::new(parsed)),
        Ok(Err(error)) => {
            let kind = match error {
                ReadError::TooLarge { .. } => FailureKind::TooLarge,
                _ => FailureKind::DocumentUnreadable,
            };
            Outcome::Failed(document.failed(kind, error.to_string()))
        }
        Err(thrown) => Outcome::Failed(document.failed(FailureKind::ParserFailed, blame(thrown.as_ref()))),
    }
}

fn parse(
    document: &Document,
    parser: &Parser,
    options: &Options,
    wanted: Wanted,
) -> Result<Parsed, ReadError> {
    let mut options = options.clone();
    options.read.name.clone_from(&document.origin.name);
    // What the caller of the scan says holds for every document and beats what the document's carrier says.
    options.read.format = options.read.format.or(document.format);
    options.read.encoding = options.read.encoding.or_else(|| document.encoding.clone());
    options.read.carrier_encoding.clone_from(&document.served_encoding);
    let record = parser.parse_bytes(&document.bytes, &options)?;
    let line = wanted.line.map(|style| render(&record, &document.origin, style));
    Ok(Parsed {
        origin: document.origin.clone(),
        key: ContentKey { sha256: record.source.sha256.clone(), reading: document.reading() },
        path: document.path.clone(),
        position: document.position,
        is_policy: is_policy(&record),
        record: wanted.record.then_some(record),
        line,
    })
}

/// What a document will hold in memory when it is finished. It is weighed so before it is begun: by its bytes alone, ten
/// times as many would be let in as there is room for when the sinks are slow.
fn expected(bytes: u64, wanted: Wanted) -> u64 {
    let times = 1 + if wanted.record { RECORD } else { 0 } + wanted.line.map_or(0, |_| LINE);
    bytes.saturating_mul(times)
}

/// What a finished document holds in memory, by rough estimate.
fn weight(outcome: &Outcome) -> u64 {
    match outcome {
        Outcome::Parsed(parsed) => {
            parsed.line.as_ref().map_or(0, Vec::len) as u64
                + parsed.record.as_ref().map_or(0, |record| record.source.bytes * RECORD)
        }
        Outcome::Known(_) | Outcome::Failed(_) => 0,
    }
}

fn blame(thrown: &(dyn std::any::Any + Send)) -> String {
    let said = message(thrown);
    format!(
        "the parser failed on this document, a mistake of sayasat and not of yours; please report it: {said}"
    )
}

fn message(thrown: &(dyn std::any::Any + Send)) -> &str {
    thrown
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| thrown.downcast_ref::<&str>().copied())
        .unwrap_or("no message")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_in_one_document_is_that_documents_failure() {
        let document = Document {
            origin: Origin { name: "a.txt".to_owned(), ..Origin::default() },
            bytes: b"text".to_vec(),
            format: None,
            encoding: None,
            served_encoding: None,
            path: "a.txt".to_owned(),
            position: None,
        };
        let outcome = work(Job::Loaded(Box::new(document)), 100, &|_| panic!("index out of bounds"));
        let Outcome::Failed(failure) = outcome else { panic!("a failure was expected: {outcome:?}") };
        assert_eq!((failure.kind, failure.path.as_str()), (FailureKind::ParserFailed, "a.txt"));
        assert!(failure.reason.ends_with("please report it: index out of bounds"), "{}", failure.reason);
    }
}
