use std::io::Write as _;

use crate::record::Code;
use crate::source::{ReadError, ReadOptions, SourceText, read};

const WORD: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"";

fn package(parts: &[(&str, String)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("in memory");
        zip.write_all(text.as_bytes()).expect("in memory");
    }
    zip.finish().expect("in memory").into_inner()
}

fn document(body: &str) -> (&'static str, String) {
    ("word/document.xml", format!("<w:document {WORD}><w:body>{body}</w:body></w:document>"))
}

fn numbering(lists: &str) -> (&'static str, String) {
    ("word/numbering.xml", format!("<w:numbering {WORD}>{lists}</w:numbering>"))
}

fn styles(styles: &str) -> (&'static str, String) {
    ("word/styles.xml", format!("<w:styles {WORD}>{styles}</w:styles>"))
}

fn source(parts: &[(&str, String)]) -> SourceText {
    read(&package(parts), &ReadOptions::default()).expect("a document")
}

fn lines(parts: &[(&str, String)]) -> Vec<String> {
    source(parts).as_str().lines().map(str::to_owned).collect()
}

fn item(list: u8, level: u8, text: &str) -> String {
    let number = format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>");
    format!("<w:p><w:pPr>{number}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn styled(style: &str, text: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn plain(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

fn lvl(at: u8, format: &str, text: &str, more: &str) -> String {
    format!(
        "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>{more}<w:lvlText w:val=\"{text}\"/></w:lvl>"
    )
}

fn list(id: u8, levels: &[String], more: &str) -> String {
    format!(
        "<w:abstractNum w:abstractNumId=\"{id}\">{}</w:abstractNum><w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{id}\"/>{more}</w:num>",
        levels.concat()
    )
}

#[test]
fn levels_count_and_start_again_behind_higher_ones() {
    let levels = [
        lvl(0, "decimal", "%1.", ""),
        lvl(1, "decimal", "%1.%2.", ""),
        lvl(2, "russianLower", "%3)", ""),
        lvl(3, "bullet", "\u{F0B7}", ""),
    ];
    let text = [
        item(1, 0, "Общее"),
        item(1, 1, "цели"),
        item(1, 2, "связь"),
        item(1, 2, "учёт"),
        item(1, 3, "имя"),
        item(1, 1, "сроки"),
        item(1, 2, "год"),
        item(1, 0, "Права"),
        item(1, 1, "доступ"),
    ];
    assert_eq!(
        lines(&[document(&text.concat()), numbering(&list(1, &levels, ""))]),
        [
            "1. Общее",
            "1.1. цели",
            "а) связь",
            "б) учёт",
            "      • имя",
            "1.2. сроки",
            "а) год",
            "2. Права",
            "2.1. доступ"
        ]
    );
}

#[test]
fn a_list_may_start_anew_or_go_on_with_another_one() {
    let levels = [lvl(0, "upperRoman", "%1.", "")];
    let anew = "<w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"5\"/></w:lvlOverride></w:num>\
        <w:num w:numId=\"3\"><w:abstractNumId w:val=\"1\"/></w:num>";
    let lists = list(1, &levels, "") + anew;
    let text = [
        item(1, 0, "а"),
        item(1, 0, "б"),
        item(2, 0, "в"),
        item(2, 0, "г"),
        item(3, 0, "д"),
        item(1, 0, "е"),
    ];
    assert_eq!(
        lines(&[document(&text.concat()), numbering(&lists)]),
        ["I. а", "II. б", "V. в", "VI. г", "VII. д", "VIII. е"]
    );
}

#[test]
fn level_formats_restarts_and_legal_numbers_are_kept() {
    let levels = [
        lvl(0, "upperRoman", "%1", ""),
        lvl(1, "decimal", "%1.%2", "<w:isLgl/>"),
        lvl(2, "lowerLetter", "(%3)", "<w:lvlRestart w:val=\"0\"/>"),
        lvl(3, "none", "%4", ""),
        lvl(4, "decimal", "§%5", "<w:suff w:val=\"nothing\"/>"),
    ];
    let text = [
        item(1, 0, "А"),
        item(1, 1, "Б"),
        item(1, 2, "В"),
        item(1, 1, "Г"),
        item(1, 2, "Д"),
        item(1, 3, "Е"),
        item(1, 4, "Ж"),
    ];
    assert_eq!(
        lines(&[document(&text.concat()), numbering(&list(1, &levels, ""))]),
        ["I А", "1.1 Б", "(a) В", "1.2 Г", "(b) Д", "Е", "§1Ж"]
    );
}

#[test]
fn styles_hand_down_list_and_level_apart_from_each_other() {
    let levels = [lvl(0, "decimal", "%1.", ""), lvl(1, "decimal", "%1.%2.", "<w:pStyle w:val=\"Linked\"/>")];
    let all = "<w:style w:type=\"paragraph\" w:styleId=\"Base\"><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"Deep\"><w:basedOn w:val=\"Base\"/><w:pPr><w:numPr><w:ilvl w:val=\"1\"/></w:numPr></w:pPr></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"Linked\"><w:basedOn w:val=\"Base\"/></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"Off\"><w:basedOn w:val=\"Base\"/><w:pPr><w:numPr><w:numId w:val=\"0\"/></w:numPr></w:pPr></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"TOC1\"><w:name w:val=\"toc 1\"/></w:style>";
    let text = [
        styled("TOC1", "Общее 1"),
        styled("Base", "Общее"),
        styled("Deep", "цели"),
        styled("Linked", "сроки"),
        styled("Off", "без номера"),
        styled("Base", "Права"),
    ];
    let parts = [document(&text.concat()), numbering(&list(1, &levels, "")), styles(all)];
    assert_eq!(lines(&parts), ["Общее 1", "1. Общее", "1.1. цели", "1.2. сроки", "без номера", "2. Права"]);
    let source = source(&parts);
    assert!(source.is_furniture(0) && !source.is_furniture(source.line(1).start));
}

#[test]
fn tracked_changes_are_read_as_accepted() {
    let text = "<w:p><w:r><w:t xml:space=\"preserve\">Срок </w:t></w:r><w:del><w:r><w:delText>10</w:delText></w:r></w:del>\
        <w:ins><w:r><w:t>30</w:t></w:r></w:ins><w:r><w:t xml:space=\"preserve\"> дней</w:t></w:r></w:p>\
        <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t xml:space=\"preserve\">со дня </w:t></w:r></w:p>\
        <w:p><w:pPr><w:pPrChange><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:pPrChange></w:pPr>\
        <w:r><w:t>запроса</w:t></w:r></w:p><w:moveFrom><w:p><w:r><w:t>прочь</w:t></w:r></w:p></w:moveFrom>";
    let source = source(&[document(text)]);
    assert_eq!(source.as_str(), "Срок 30 дней\nсо дня запроса\n");
    assert_eq!(source.oddities[0].code, Code::TrackedChanges);
}

#[test]
fn tables_boxes_notes_and_signs_stand_where_they_are_read() {
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", plain(text));
    let table = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}<w:tc>{}{}</w:tc></w:tr></w:tbl>",
        cell("Цель"),
        cell("Данные"),
        cell("связь"),
        plain("имя"),
        plain("телефон")
    );
    let boxed = format!(
        "<w:p><w:r><w:t>Текст</w:t></w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>{0}</w:txbxContent></w:drawing>\
        </mc:Choice><mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent>\
        <w:r><w:t>о данных</w:t><w:footnoteReference w:id=\"2\"/></w:r></w:p>",
        plain("в рамке")
    );
    let signs = "<w:p><w:r><w:t>1.</w:t><w:tab/><w:t>аты</w:t><w:noBreakHyphen/><w:t>жөні</w:t><w:br/><w:t>e&amp;mail</w:t><w:softHyphen/>\
        <w:tab/><w:t>конец</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>тайна</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>";
    let note = format!(
        "<w:footnotes {WORD}><w:footnote w:type=\"separator\" w:id=\"0\">{0}</w:footnote><w:footnote w:id=\"2\">{1}</w:footnote></w:footnotes>",
        plain("—"),
        plain("Закон № 94-V.")
    );
    let parts = [document(&(table + &boxed + signs)), ("word/footnotes.xml", note)];
    assert_eq!(
        lines(&parts),
        [
            "Цель\tДанные",
            "связь\tимя телефон",
            "Тексто данных[1]",
            "в рамке",
            "1. аты\u{2011}жөні",
            "e&mail\u{AD}\tконец",
            "[1] Закон № 94-V."
        ]
    );
    assert_eq!(source(&parts).oddities[0].code, Code::TextHidden);
}

#[test]
fn a_package_may_name_its_parts_and_prefixes_otherwise() {
    let text = "<x:document xmlns:x=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"><x:body><x:p><x:r><x:t>Саясат</x:t></x:r></x:p></x:body></x:document>";
    let relations = "<Relationships><Relationship Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"/doc/main.xml\"/></Relationships>";
    assert_eq!(
        lines(&[("_rels/.rels", relations.to_owned()), ("doc/main.xml", text.to_owned())]),
        ["Саясат"]
    );
}

#[test]
fn hostile_documents_stop_at_the_limits() {
    let code = |parts: &[(&str, String)]| {
        let source = source(parts);
        (source.as_str().lines().next().unwrap_or_default().to_owned(), source.oddities[0].code)
    };
    let deep = plain("начало") + &"<w:p><w:txbxContent>".repeat(1_000);
    assert_eq!(code(&[document(&deep)]), ("начало".to_owned(), Code::LimitReached));
    let bomb = plain("начало") + &plain(&"0".repeat(1 << 20)).repeat(70);
    assert_eq!(code(&[document(&bomb)]), ("начало".to_owned(), Code::LimitReached));
    let table = plain("начало") + "<w:tbl><w:tr>" + &"<w:tc/>".repeat(1 << 20);
    assert_eq!(code(&[document(&table)]), ("начало".to_owned(), Code::LimitReached));
    let torn = format!("<w:document {WORD}><w:body>{}<w:p><w:r><w:t>и", plain("начало"));
    assert_eq!(code(&[("word/document.xml", torn)]), ("начало".to_owned(), Code::TextUnreadable));
    let entities = format!(
        "<!DOCTYPE x [<!ENTITY a \"аааа\"><!ENTITY b \"&a;&a;\">]><w:document {WORD}><w:body>{}</w:body></w:document>",
        plain("да&b;нет")
    );
    assert_eq!(lines(&[("word/document.xml", entities)]), ["данет"]);
}

#[test]
fn other_archives_say_what_to_do() {
    let error = |bytes: &[u8]| match read(bytes, &ReadOptions::default()) {
        Err(ReadError::Unreadable(message)) => message,
        other => panic!("{other:?}"),
    };
    assert!(error(&package(&[("xl/workbook.xml", String::new())])).contains("spreadsheet"));
    assert!(error(&package(&[("../../policy.txt", String::new())])).contains("unpack it"));
    let whole = package(&[document(&plain("Политика"))]);
    assert!(error(&whole[..whole.len() / 2]).contains("broken"));
}
