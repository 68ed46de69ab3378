//! Spans count code points of the text that `sayasat text` prints, in every format.

use std::path::Path;
use std::process::Command;

use sayasat::record::{Node, Span};
use sayasat::{Options, PolicyRecord};

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text as the program prints it.
fn printed(path: &Path) -> Vec<char> {
    let output = Command::new(env!("CARGO_BIN_EXE_sayasat")).arg("text").arg(path).output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("it prints UTF-8").chars().collect()
}

/// Span and quote of every fact.
fn quotes(record: &PolicyRecord) -> Vec<(Span, String)> {
    let facts = serde_json::to_value(&record.facts).expect("a record is JSON");
    let layers =
        facts.as_object().expect("layers").values().flat_map(|layer| layer.as_array().expect("a list"));
    layers
        .map(|fact| {
            let span = serde_json::from_value(fact["span"].clone()).expect("a span");
            (span, fact["quote"].as_str().expect("a quote").to_owned())
        })
        .collect()
}

fn check_nodes(nodes: &[Node], slice: &dyn Fn(&Span) -> String, name: &str) {
    for node in nodes {
        let own: Vec<String> = node.own.iter().map(slice).collect();
        assert_eq!(folded(&own.join(" ")), folded(&format!("{} {}", node.marker, node.text)), "{name}");
        check_nodes(&node.children, slice, name);
    }
}

#[test]
fn slices_of_the_printed_text_are_the_quotes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .expect("a directory")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| !name.ends_with(".rs") && !name.ends_with(".py") && name != "locked.pdf")
        .collect();
    names.sort();
    let mut checked = 0;
    for name in &names {
        let path = folder.join(name);
        let text = printed(&path);
        let slice = |span: &Span| text[span.start..span.end].iter().collect::<String>();
        let bytes = std::fs::read(&path).expect("a file");
        let record = sayasat::parse_bytes(&bytes, &Options::default()).expect("it can be read");
        for (span, quote) in quotes(&record) {
            assert_eq!(folded(&slice(&span)), quote, "{name}");
            let line = text[..span.start].iter().filter(|&&letter| letter == '\n').count() + 1;
            assert_eq!(line, span.line, "{name}: {quote}");
            checked += 1;
        }
        record.editions.iter().for_each(|edition| check_nodes(&edition.structure, &slice, name));
    }
    assert!(names.len() > 30 && checked > 1_000, "{} files, {checked} facts", names.len());
}
