//! A sheet on which a reader marks facts as right, wrong or missing.

use std::io::{self, Write};

use super::facts::rows;
use super::table::clauses;
use super::visible;
use crate::lexicon::meta::Ui;
use crate::record::PolicyRecord;

/// How a sheet is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ReviewStyle {
    /// Language of the column that says the fact in words.
    pub ui: Ui,
    /// Begins with a byte order mark, without which Excel takes the text for another encoding.
    pub bom: bool,
}

/// Names of the columns; `mark` and `comment` are for the reader.
const COLUMNS: [&str; 8] = ["mark", "layer", "line", "clause", "key", "fact", "quote", "comment"];

/// Writes every fact as a tab-separated row, in the order of the text.
///
/// # Errors
/// When the writer fails.
pub fn write_review(record: &PolicyRecord, style: ReviewStyle, to: &mut dyn Write) -> io::Result<()> {
    if style.bom {
        to.write_all("\u{feff}".as_bytes())?;
    }
    writeln!(to, "{}", COLUMNS.join("\t"))?;
    let clauses = clauses(record);
    let mut facts = rows(&record.facts);
    facts.sort_by_key(|row| (row.span.line, row.span.start));
    for row in facts {
        let clause = clauses.get(row.node).map_or("", String::as_str);
        let (line, key) = (row.span.line.to_string(), row.key().join(" "));
        let cells = ["", row.layer.id(), &line, clause, &key, &row.words(style.ui), row.quote, ""];
        writeln!(to, "{}", cells.map(cell).join("\t"))?;
    }
    Ok(())
}

/// A cell that a spreadsheet shows as it is: one line, never taken for a formula, quotes kept.
fn cell(text: &str) -> String {
    let mut text = visible(text).into_owned();
    // a clause or a phone number such as +7… would be calculated, and a formula in a hostile policy would be run
    if text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) {
        text.insert(0, '\'');
    }
    if text.contains('"') {
        text = format!("\"{}\"", text.replace('"', "\"\""));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::sample;

    fn sheet(record: &PolicyRecord, style: ReviewStyle) -> String {
        let mut out = Vec::new();
        write_review(record, style, &mut out).expect("a vector takes all");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn every_fact_is_a_row_of_eight_cells() {
        let record = sample::record();
        let sheet = sheet(&record, ReviewStyle::default());
        assert_eq!(sheet.lines().count(), 1 + rows(&record.facts).len());
        assert!(sheet.lines().all(|line| line.split('\t').count() == COLUMNS.len()));
        let deadline =
            "\tdeadlines\t9\t2.2\tduration P3D business max consent_withdrawn erase_or_anonymise\t";
        assert!(sheet.contains(deadline), "{sheet}");
    }

    #[test]
    fn a_cell_is_no_formula_no_second_row_and_keeps_its_quotes() {
        assert_eq!(cell("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        assert_eq!(cell("+77172000000"), "'+77172000000");
        assert_eq!(cell("\u{a0}@a\tb\nc"), "' @a b c");
        assert_eq!(cell("ЖШС \"Үлгі\""), "\"ЖШС \"\"Үлгі\"\"\"");
        assert_eq!(cell("3.1"), "3.1");
    }

    #[test]
    fn a_byte_order_mark_comes_when_asked_for() {
        let record = sample::record();
        assert!(sheet(&record, ReviewStyle::default()).starts_with("mark\t"));
        assert!(sheet(&record, ReviewStyle { bom: true, ui: Ui::Kk }).starts_with("\u{feff}mark\t"));
    }
}
