//! Records against gold, and figures against `tests/floors.toml`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use sayasat::score::{Gold, LAYERS, Report, Scored, compare};

/// Figures by name of a layer.
type Figures = BTreeMap<String, f64>;
/// Floors by set (`corpus`, `gold` …) and part (`all`, `ru`, `kk`).
type Floors = BTreeMap<String, BTreeMap<String, Figures>>;

const FLOORS: &str = "tests/floors.toml";
/// A figure this much above its floor is reported.
const NEWS: f64 = 0.005;

/// What floors say of themselves.
const HEADER: &str = "\
# Figures that must not fall: F1 of each layer, share of right attributes, over all policies of a set and by language.
# `INSTA_UPDATE=always cargo test --test corpus --test shared` raises them (and refreshes the snapshots); nothing lowers
# them but a hand, with the reason in the commit: gold that was corrected, or a rule that was decided otherwise.
";

/// A path below the top of the repository.
pub(crate) fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The gold files of a folder, sorted: name and path.
pub(crate) fn gold_files(folder: &Path) -> Vec<(String, PathBuf)> {
    let mut files: Vec<(String, PathBuf)> = fs::read_dir(folder)
        .unwrap_or_else(|problem| panic!("{}: {problem}", folder.display()))
        .map(|entry| entry.expect("the folder can be listed").path())
        .filter(|path| path.extension().is_some_and(|end| end == "gold"))
        .map(|path| (path.file_stem().expect("a file has a name").to_string_lossy().into_owned(), path))
        .collect();
    files.sort();
    files
}

/// Scores policies: name, gold file, text.
pub(crate) fn score(policies: &[(String, PathBuf, PathBuf)]) -> BTreeMap<&'static str, Report> {
    let parser = sayasat::Parser::new();
    let mut reports = BTreeMap::from(["all", "ru", "kk"].map(|part| (part, Report::default())));
    for (name, gold, text) in policies {
        let gold = fs::read_to_string(gold).expect("gold can be read");
        let gold = Gold::read(&gold).unwrap_or_else(|problem| panic!("{name}.gold: {problem}"));
        let bytes = fs::read(text).unwrap_or_else(|problem| panic!("{}: {problem}", text.display()));
        let record = parser.parse_bytes(&bytes, &sayasat::Options::default()).expect("a policy can be read");
        let comparison = compare(&gold, &Scored::from(&record));
        for (part, report) in &mut reports {
            let comparison = if *part == "all" { comparison.clone() } else { comparison.in_language(part) };
            report.add(name, comparison);
        }
    }
    reports
}

/// Figures of a report: layers that have facts, and attributes over all languages.
fn figures(part: &str, report: &Report) -> Figures {
    let mut figures = Figures::new();
    for layer in LAYERS {
        let found = report.figures(layer);
        if found != sayasat::score::Figures::default() {
            figures.insert(layer.to_owned(), found.f1());
        }
    }
    if part == "all" {
        for layer in ["deadlines", "contacts"] {
            let (right, of) = report.attributes(layer);
            if of > 0 {
                #[allow(clippy::cast_precision_loss)] // nobody annotates 2^52 facts
                figures.insert(format!("{layer}.attributes"), right as f64 / of as f64);
            }
        }
    }
    figures
}

/// Holds the reports of a set against its floors: fails below, says so above, raises them when asked to.
pub(crate) fn hold(set: &str, reports: &BTreeMap<&'static str, Report>, more: &str) {
    static FILE: Mutex<()> = Mutex::new(());
    let _alone = FILE.lock();
    let mut floors: Floors = fs::read_to_string(root(FLOORS)).map_or_else(
        |_| Floors::new(),
        |text| toml::from_str(&text).unwrap_or_else(|problem| panic!("{FLOORS}: {problem}")),
    );
    let update = std::env::var("INSTA_UPDATE").is_ok_and(|value| value == "always");
    let (mut below, mut above) = (String::new(), String::new());
    for (part, report) in reports {
        let own = floors.entry(set.to_owned()).or_default().entry((*part).to_owned()).or_default();
        for (layer, figure) in figures(part, report) {
            let floor = own.entry(layer.clone()).or_insert(0.0);
            if figure + 1e-9 < *floor {
                let _ = writeln!(below, "  {set}.{part}.{layer}: {figure:.4}, and the floor is {floor:.3}");
            } else if figure > *floor + NEWS {
                let _ = writeln!(above, "  {set}.{part}.{layer}: {figure:.4}, and the floor is {floor:.3}");
            }
            if update {
                // three digits, rounded down so that the same figure holds
                *floor = floor.max((figure * 1000.0).floor() / 1000.0);
            }
        }
    }
    if update {
        fs::write(root(FLOORS), written(&floors)).expect("the floors can be written");
    } else if !above.is_empty() {
        tell(&format!(
            "floors can rise (INSTA_UPDATE=always cargo test --test corpus --test shared):\n{above}"
        ));
    }
    assert!(below.is_empty(), "worse than before:\n{below}{more}");
}

/// Floors as TOML.
fn written(floors: &Floors) -> String {
    let mut text = HEADER.to_owned();
    for (set, parts) in floors {
        for (part, figures) in parts {
            let _ = writeln!(text, "\n[{set}.{part}]");
            let order = |name: &str| LAYERS.iter().position(|layer| *layer == name).unwrap_or(LAYERS.len());
            let mut names: Vec<&String> = figures.keys().collect();
            names.sort_by_key(|name| (order(name), name.as_str()));
            for name in names {
                let key = if name.contains('.') { format!("{name:?}") } else { name.clone() };
                let _ = writeln!(text, "{key} = {:.3}", figures[name]);
            }
        }
    }
    text
}

/// Writes to standard error past the test runner, which hides what passing tests print.
pub(crate) fn tell(message: &str) {
    let _ = writeln!(std::io::stderr(), "{}", message.trim_end());
}
