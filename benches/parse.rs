//! How fast policies are read: `cargo bench`. MB are those of the policies' UTF-8.
//!
//! The floor is what no reader of these words can go below: checking UTF-8, lower-casing, and one pass over the text with the
//! strings that the lexicon looks for. Real policies in `../shared/policies` are read as well where they are.

use std::fs;
use std::hint::black_box;
use std::path::Path;

use divan::{Bencher, counter::BytesCount};
use sayasat::lexicon::Lexicon;
use sayasat::output::{JsonStyle, write_json};
use sayasat::source::{SourceText, read};
use sayasat::{Options, Parser};

fn main() {
    divan::main();
}

/// Folders of policies, below the top of the repository.
const FOLDERS: [&str; 2] = ["corpus", "../shared/policies"];

/// The bytes of all policies of a folder; none if it is not there.
fn policies(folder: &str) -> Vec<Vec<u8>> {
    let mut paths: Vec<_> = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder))
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|end| end == "txt"))
        .collect();
    paths.sort();
    paths.iter().filter_map(|path| fs::read(path).ok()).collect()
}

/// Runs some work over each policy of a folder, counting bytes.
fn over<T>(bencher: Bencher, folder: &str, work: impl Fn(&[u8]) -> T) {
    let policies = policies(folder);
    let bytes: usize = policies.iter().map(Vec::len).sum();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        for policy in &policies {
            black_box(work(black_box(policy)));
        }
    });
}

fn source(bytes: &[u8]) -> SourceText {
    read(bytes, &Options::default().read).expect("a policy can be read")
}

/// (a) The floor.
#[divan::bench(args = FOLDERS)]
fn a_floor(bencher: Bencher, folder: &str) {
    let lexicon = Lexicon::shared();
    over(bencher, folder, |bytes| {
        let lower = std::str::from_utf8(bytes).expect("the policies are UTF-8").to_lowercase();
        lexicon.matcher.count_strings(&lower)
    });
}

/// (b) Lines and outline.
#[divan::bench(args = FOLDERS)]
fn b_outline(bencher: Bencher, folder: &str) {
    over(bencher, folder, |bytes| sayasat::structure::outline(&source(bytes)));
}

/// (c) The whole record.
#[divan::bench(args = FOLDERS)]
fn c_record(bencher: Bencher, folder: &str) {
    let parser = Parser::new();
    over(bencher, folder, |bytes| parser.parse_bytes(bytes, &Options::default()));
}

/// (d) The whole record as JSON on one line.
#[divan::bench(args = FOLDERS)]
fn d_record_as_json(bencher: Bencher, folder: &str) {
    let parser = Parser::new();
    over(bencher, folder, |bytes| {
        let record = parser.parse_bytes(bytes, &Options::default()).expect("a policy can be read");
        let mut json = Vec::new();
        write_json(&record, JsonStyle::default(), &mut json).expect("a vector takes all");
        json
    });
}

/// Building the lexicon, which a process does once.
#[divan::bench]
fn e_lexicon() -> Lexicon {
    Lexicon::load(&[]).expect("the built-in lexicon is sound")
}
