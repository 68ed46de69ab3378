//! A policy of the corpus gives the same record in every format and encoding, but for the source and the spans.

use sayasat::record::EncodingSource;
use sayasat::source::ReadOptions;
use sayasat::{Options, PolicyRecord};
use serde_json::Value;

use super::fixture;

const POLICIES: [&str; 2] = ["kk-statutory", "ru-kz-shop"];

fn corpus(name: &str) -> String {
    String::from_utf8(fixture(&format!("../../corpus/{name}.txt"))).expect("the corpus is UTF-8")
}

fn record(bytes: &[u8], read: ReadOptions) -> PolicyRecord {
    sayasat::parse_bytes(bytes, &Options { read }).expect("it can be read")
}

/// The record without its source and its places; white space of markers is the format's own.
fn bare(record: &PolicyRecord) -> Value {
    let mut value = serde_json::to_value(record).expect("a record is JSON");
    strip(&mut value, &["source", "span", "own", "own_end_line"]);
    value
}

fn strip(value: &mut Value, fields: &[&str]) {
    match value {
        Value::Object(object) => {
            object.retain(|field, _| !fields.contains(&field.as_str()));
            if let Some(Value::String(marker)) = object.get_mut("marker") {
                *marker = marker.split_whitespace().collect::<Vec<_>>().join(" ");
            }
            object.values_mut().for_each(|value| strip(value, fields));
        }
        Value::Array(list) => list.iter_mut().for_each(|value| strip(value, fields)),
        _ => {}
    }
}

/// Fails with the first place where two values differ.
fn assert_same(ours: &Value, theirs: &Value, place: &str) {
    match (ours, theirs) {
        (Value::Object(a), Value::Object(b)) if a.keys().eq(b.keys()) => {
            a.iter().for_each(|(field, value)| assert_same(value, &b[field], &format!("{place}/{field}")));
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            let pairs = a.iter().zip(b).enumerate();
            pairs.for_each(|(at, (a, b))| assert_same(a, b, &format!("{place}/{at}")));
        }
        _ => assert_eq!(ours, theirs, "{place}"),
    }
}

#[test]
fn every_format_gives_the_record_of_the_text() {
    for name in POLICIES {
        let expected = bare(&sayasat::parse(&corpus(name)));
        for format in ["docx", "odt", "rtf", "html"] {
            let found = record(&fixture(&format!("corpus-{name}.{format}")), ReadOptions::default());
            assert_eq!(found.source.format.id(), format);
            assert_same(&bare(&found), &expected, &format!("{name}.{format}"));
        }
    }
}

/// Lines of a PDF are wrapped, and a line yields a fact of a kind once: what a clause says on two lines is said twice. So
/// each node must say the same, however often.
#[test]
fn a_pdf_gives_the_outline_of_the_text_and_each_node_says_the_same() {
    for name in POLICIES {
        let mut expected = bare(&sayasat::parse(&corpus(name)));
        let mut found = bare(&record(&fixture(&format!("corpus-{name}.pdf")), ReadOptions::default()));
        for record in [&mut expected, &mut found] {
            for layer in record["facts"].as_object_mut().expect("layers").values_mut() {
                strip(layer, &["id", "applies_to", "quote", "confidence", "cues", "condition"]);
                let facts = layer.as_array_mut().expect("a list");
                facts.sort_by_key(ToString::to_string);
                facts.dedup();
            }
        }
        let count = |record: &Value| record["facts"]["rights"].as_array().map_or(0, Vec::len);
        assert!(count(&expected) > 5, "{name} says too little");
        // A diagnostic names its words, not its place.
        assert_same(&found, &expected, &format!("{name}.pdf"));
    }
}

/// A text as bytes of an encoding that this file writes itself, so that reader and test share no table.
fn encoded(text: &str, encoding: &str) -> Vec<u8> {
    let units = |big: bool| -> Vec<u8> {
        let bytes = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        text.encode_utf16().flat_map(bytes).collect()
    };
    match encoding {
        "UTF-8" => text.as_bytes().to_vec(),
        "UTF-8 with mark" => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        "UTF-16LE" => units(false),
        "UTF-16BE" => units(true),
        "UTF-16LE with mark" => [b"\xFF\xFE".to_vec(), units(false)].concat(),
        "UTF-16BE with mark" => [b"\xFE\xFF".to_vec(), units(true)].concat(),
        "KZ-1048" => text.chars().map(kz1048).collect(),
        _ => {
            let encoding = encoding_rs::Encoding::for_label(encoding.as_bytes()).expect("a known label");
            let (bytes, _, failed) = encoding.encode(text);
            assert!(!failed, "{} lacks a letter of the text", encoding.name());
            bytes.into_owned()
        }
    }
}

/// KZ-1048 is windows-1251 but for sixteen letters.
fn kz1048(letter: char) -> u8 {
    let own: [(char, u8); 16] = [
        ('Қ', 0x8D),
        ('Һ', 0x8E),
        ('қ', 0x9D),
        ('һ', 0x9E),
        ('Ұ', 0xA1),
        ('ұ', 0xA2),
        ('Ә', 0xA3),
        ('Ө', 0xA5),
        ('Ғ', 0xAA),
        ('Ү', 0xAF),
        ('ө', 0xB4),
        ('ғ', 0xBA),
        ('ә', 0xBC),
        ('Ң', 0xBD),
        ('ң', 0xBE),
        ('ү', 0xBF),
    ];
    if let Some((_, byte)) = own.iter().find(|(own, _)| *own == letter) {
        return *byte;
    }
    let text = letter.to_string();
    let (bytes, _, failed) = encoding_rs::WINDOWS_1251.encode(&text);
    assert!(!failed && bytes.len() == 1, "{letter} is not in KZ-1048");
    bytes[0]
}

/// The text with only such signs as an encoding has.
fn within(text: &str, encoding: &str) -> String {
    match encoding {
        "koi8-r" | "koi8-u" | "ibm866" => {
            text.replace(['«', '»'], "\"").replace(['–', '—'], "-").replace('№', "N")
        }
        _ => text.to_owned(),
    }
}

#[test]
fn every_encoding_gives_the_record_of_the_text() {
    use EncodingSource::{Bom, Guessed, Valid};
    let everywhere = [
        ("UTF-8", "UTF-8", Valid),
        ("UTF-8 with mark", "UTF-8", Bom),
        ("UTF-16LE", "UTF-16LE", Guessed),
        ("UTF-16BE", "UTF-16BE", Guessed),
        ("UTF-16LE with mark", "UTF-16LE", Bom),
        ("UTF-16BE with mark", "UTF-16BE", Bom),
    ];
    let kazakh = [("KZ-1048", "KZ-1048", Guessed)];
    // KOI8-U is KOI8-R where no Ukrainian letter stands.
    let russian = [
        ("windows-1251", "windows-1251", Guessed),
        ("koi8-r", "KOI8-R", Guessed),
        ("koi8-u", "KOI8-R", Guessed),
        ("ibm866", "IBM866", Guessed),
    ];
    for (name, more) in [("kk-statutory", &kazakh[..]), ("ru-kz-shop", &russian[..])] {
        for &(encoding, read_as, how) in everywhere.iter().chain(more) {
            let text = within(&corpus(name), encoding);
            let found = record(&encoded(&text, encoding), ReadOptions::default());
            assert_same(&bare(&found), &bare(&sayasat::parse(&text)), &format!("{name} in {encoding}"));
            let source = (found.source.encoding.as_str(), found.source.encoding_source);
            assert_eq!(source, (read_as, how), "{name} in {encoding}");
        }
    }
}

#[test]
fn a_label_that_is_given_overrides_everything() {
    let text = within(&corpus("ru-kz-shop"), "koi8-u");
    for encoding in ["windows-1251", "koi8-r", "koi8-u", "ibm866"] {
        let given = ReadOptions { encoding: Some(encoding.to_owned()), ..ReadOptions::default() };
        let found = record(&encoded(&text, encoding), given);
        assert_same(&bare(&found), &bare(&sayasat::parse(&text)), encoding);
        assert_eq!(found.source.encoding_source, EncodingSource::Given);
        assert_eq!(found.source.encoding.to_lowercase(), encoding);
    }
    // Even a wrong one: the user sees what it does.
    let given = ReadOptions { encoding: Some("ibm866".to_owned()), ..ReadOptions::default() };
    assert_ne!(bare(&record(&encoded(&text, "koi8-r"), given)), bare(&sayasat::parse(&text)));
}

#[test]
fn a_page_names_its_encoding_in_header_or_meta_or_not_at_all() {
    use EncodingSource::{Declared, Guessed};
    let clauses =
        "<h1>Политика</h1><p>1. Общие положения</p><p>1.1. Оператор удаляет персональные данные.</p>";
    let meta = "<meta http-equiv='Content-Type' content='text/html; charset=windows-1251'>";
    for (head, header, how) in
        [(meta, None, Declared), ("", Some("windows-1251"), Declared), ("", None, Guessed)]
    {
        let page = format!("<html><head>{head}</head><body>{clauses}</body></html>");
        let read = ReadOptions { carrier_encoding: header.map(str::to_owned), ..ReadOptions::default() };
        let found = record(&encoded(&page, "windows-1251"), read);
        assert_eq!((found.source.encoding.as_str(), found.source.encoding_source), ("windows-1251", how));
        assert_eq!(found.editions[0].structure[1].children[0].text, "Оператор удаляет персональные данные.");
    }
    // Kazakh pages in KZ-1048 say windows-1251, for no browser knows the other name.
    let page = format!(
        "<html><head>{meta}</head><body><p>1. Құқықтар</p><p>1.1. Субъект өз деректерін жоюды талап етуге құқылы.</p></body></html>"
    );
    let found = record(&encoded(&page, "KZ-1048"), ReadOptions::default());
    assert_eq!(found.source.encoding, "KZ-1048");
    assert_eq!(
        found.editions[0].structure[0].children[0].text,
        "Субъект өз деректерін жоюды талап етуге құқылы."
    );
}
