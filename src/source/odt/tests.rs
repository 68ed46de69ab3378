use std::io::Write as _;

use crate::source::{ReadOptions, SourceText, read};

const SPACES: &str = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
    xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
    xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\"";

fn source(styles: &str, body: &str) -> SourceText {
    let content = format!(
        "<office:document-content {SPACES}><office:automatic-styles>{styles}</office:automatic-styles>\
        <office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in [("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", &content)] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("in memory");
        zip.write_all(text.as_bytes()).expect("in memory");
    }
    read(&zip.finish().expect("in memory").into_inner(), &ReadOptions::default()).expect("a document")
}

fn lines(styles: &str, body: &str) -> Vec<String> {
    source(styles, body).as_str().lines().map(str::to_owned).collect()
}

const LIST: &str = "<text:list-style style:name=\"L\"><text:list-level-style-number text:level=\"1\" style:num-format=\"1\" style:num-suffix=\".\"/>\
    <text:list-level-style-number text:level=\"2\" style:num-format=\"1\" style:num-suffix=\".\" text:display-levels=\"2\"/>\
    <text:list-level-style-number text:level=\"3\" style:num-format=\"а, б, .., аа, бб, ... (ru)\" style:num-suffix=\")\"/>\
    <text:list-level-style-bullet text:level=\"4\" text:bullet-char=\"\u{F0B7}\"/></text:list-style>";

fn item(text: &str, inside: &str) -> String {
    format!("<text:list-item><text:p>{text}</text:p>{inside}</text:list-item>")
}

#[test]
fn lists_count_by_level_and_go_on() {
    let deep = format!("<text:list>{}{}</text:list>", item("связь", ""), item("учёт", ""));
    let first = format!(
        "<text:list text:style-name=\"L\">{}{}</text:list>",
        item("Общее", &format!("<text:list>{}</text:list>", item("цели", &deep))),
        item("Права", "<text:p>ещё</text:p>")
    );
    let second = format!(
        "<text:p>перерыв</text:p><text:list text:style-name=\"L\" text:continue-numbering=\"true\"><text:list-item><text:list>{}</text:list></text:list-item>{}</text:list>",
        item("доступ", ""),
        item("Сроки", "")
    );
    assert_eq!(
        lines(LIST, &(first + &second)),
        [
            "1. Общее",
            "1.1. цели",
            "а) связь",
            "б) учёт",
            "2. Права",
            "ещё",
            "перерыв",
            "2.1. доступ",
            "3. Сроки"
        ]
    );
}

#[test]
fn blanks_tables_and_notes_stand_where_they_are_read() {
    let table = "<table:table><table:table-row><table:table-cell><text:p>Цель</text:p></table:table-cell><table:table-cell><text:p>имя</text:p>\
        <text:p>телефон</text:p></table:table-cell></table:table-row></table:table>";
    let text = "<text:tracked-changes><text:changed-region><text:deletion><text:p>прочь</text:p></text:deletion></text:changed-region></text:tracked-changes>\
        <text:p>Срок <text:s text:c=\"2\"/><text:span>30\n  дней</text:span><text:note><text:note-citation>1</text:note-citation>\
        <text:note-body><text:p>Закон.</text:p></text:note-body></text:note><text:line-break/>конец</text:p>";
    let source = source("", &(text.to_owned() + table));
    assert_eq!(source.as_str(), "Срок   30 дней[1]\nконец\nЦель\tимя телефон\n[1] Закон.\n");
    assert_eq!(source.oddities[0].code, crate::record::Code::TrackedChanges);
}
