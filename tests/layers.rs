//! The outer layers against the gold under `tests/gold/layers`; the texts stand in `corpus` or in the shared folder.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use sayasat::Parser;
use sayasat::record::Facts;

/// Lowest F1 that a layer may have over all policies. Legal bases, subjects and recipients of seven more policies came in on 28 November
/// 2026, by a reader who had not seen the program: lower figures on a larger, harder set.
const FLOORS: [(&str, f64); 6] = [
    ("purpose", 0.94),
    ("basis", 0.89),
    ("subject", 0.69),
    ("recipient", 0.81),
    ("measure", 0.94),
    ("operation", 0.95),
];

/// Layer, line and kind.
type Key = (&'static str, u32, String);

#[test]
fn layers_reach_their_floors() {
    let shared = std::env::var_os("SAYASAT_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    if !shared.is_dir() {
        println!("skipped: no folder {} with the texts (SAYASAT_SHARED names another)", shared.display());
        return;
    }
    let parser = Parser::new();
    // right, too much, missing
    let mut counts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let mut wrong = Vec::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold/layers");
    for file in std::fs::read_dir(folder).expect("the gold is a folder") {
        let path = file.expect("the folder can be listed").path();
        let name = path.file_stem().and_then(|name| name.to_str()).expect("a plain name").to_owned();
        let text = text(&shared, &name)
            .unwrap_or_else(|| panic!("no text for {name} in corpus or {}", shared.display()));
        let gold_text = std::fs::read_to_string(&path).expect("gold is text");
        let (expected, layers) = (gold(&gold_text), annotated(&gold_text));
        let bytes = std::fs::read(&text).expect("the policy can be read");
        let record = parser.parse_bytes(&bytes, &sayasat::Options::default()).expect("any text parses");
        let mut found = keys(&record.facts);
        found.retain(|(layer, ..)| layers.contains(layer));
        for key in found.union(&expected) {
            let index = match (found.contains(key), expected.contains(key)) {
                (true, true) => 0,
                (true, false) => 1,
                _ => 2,
            };
            counts.entry(key.0).or_default()[index] += 1;
            if index > 0 {
                wrong.push(format!("{} {name}:{} {} {}", [" ", "+", "-"][index], key.1, key.0, key.2));
            }
        }
    }
    let low: Vec<String> = FLOORS
        .iter()
        .filter_map(|&(layer, floor)| {
            let [right, more, less] = counts.get(layer).copied().unwrap_or_default();
            let f1 = 2.0 * right as f64 / (2 * right + more + less).max(1) as f64;
            println!("{layer}: {right} right, {more} too much, {less} missing, F1 {f1:.3}");
            (f1 < floor).then(|| format!("{layer}: F1 {f1:.3} is below {floor}"))
        })
        .collect();
    assert!(low.is_empty(), "{}\n{}", low.join("\n"), wrong.join("\n"));
}

/// The policy that a gold file is about.
fn text(shared: &Path, name: &str) -> Option<PathBuf> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    [corpus, shared.join("policies"), shared.join("seeds")]
        .iter()
        .flat_map(|folder| ["txt", "md"].map(|end| folder.join(format!("{name}.{end}"))))
        .find(|path| path.is_file())
}

/// The layers that a gold file holds: all, or those that its line `# only basis, subject` names.
fn annotated(text: &str) -> Vec<&'static str> {
    let only = text.lines().find_map(|line| line.strip_prefix("# only "));
    let named = |layer: &str| only.is_none_or(|only| only.split(", ").any(|name| name == layer));
    FLOORS.iter().map(|&(layer, _)| layer).filter(|layer| named(layer)).collect()
}

fn gold(text: &str) -> BTreeSet<Key> {
    text.lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .map(|line| {
            let mut cells = line.split('\t');
            let layer = cells.next().unwrap_or_default();
            let (layer, _) = FLOORS.into_iter().find(|(known, _)| *known == layer).expect(line);
            let number = cells.next().and_then(|cell| cell.parse().ok()).expect(line);
            (layer, number, cells.next().expect(line).to_owned())
        })
        .collect()
}

/// What the record states; denials are no rows of the gold.
fn keys(facts: &Facts) -> BTreeSet<Key> {
    let mut out = BTreeSet::new();
    macro_rules! layer {
        ($name:literal, $facts:expr) => {
            for fact in $facts.iter().filter(|fact| fact.value.stated) {
                out.insert(($name, fact.span.line as u32, fact.value.kind.id().to_owned()));
            }
        };
    }
    layer!("purpose", facts.purposes);
    layer!("basis", facts.legal_bases);
    layer!("subject", facts.data_subjects);
    layer!("recipient", facts.recipients);
    layer!("measure", facts.measures);
    layer!("operation", facts.operations);
    out
}
