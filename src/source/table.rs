//! Tables as lines: a row a line, unless the cells hold text of their own.

/// Paragraphs of a cell that still fit one line with the rest of its row.
const MAX_CELL_PARAGRAPHS: usize = 8;
/// Letters of a cell that still fits one line with the rest of its row.
const MAX_CELL_LETTERS: usize = 1200;
/// Rows whose cells carry the same number, from which on columns are taken for translations of each other.
const MIN_PARALLEL_ROWS: usize = 3;

/// Rows of cells of paragraphs.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: Vec<Vec<Vec<String>>>,
}

impl Table {
    /// Starts a row.
    pub(super) fn row(&mut self) {
        self.rows.push(Vec::new());
    }

    /// Adds a cell to the last row.
    pub(super) fn cell(&mut self, paragraphs: Vec<String>) {
        if self.rows.is_empty() {
            self.row();
        }
        if let Some(row) = self.rows.last_mut() {
            row.push(paragraphs);
        }
    }

    /// The lines that the table reads as.
    pub(super) fn lines(self) -> Vec<String> {
        let filled = |row: &Vec<Vec<String>>| row.iter().filter(|cell| !cell.is_empty()).count();
        let columns = self.rows.iter().map(filled).max().unwrap_or(0);
        if columns <= 1 {
            return self.rows.into_iter().flatten().flatten().collect();
        }
        if self.is_parallel() {
            let width = self.rows.iter().map(Vec::len).max().unwrap_or(0);
            let cells = (0..width).flat_map(|column| self.rows.iter().filter_map(move |row| row.get(column)));
            return cells.flatten().cloned().collect();
        }
        let tall = |cell: &Vec<String>| {
            cell.len() > MAX_CELL_PARAGRAPHS
                || cell.iter().map(|paragraph| paragraph.chars().count()).sum::<usize>() > MAX_CELL_LETTERS
        };
        let mut lines = Vec::new();
        for row in self.rows {
            if row.iter().any(tall) {
                lines.extend(row.into_iter().flatten());
                continue;
            }
            let cells: Vec<String> = row.iter().map(|cell| in_one_line(cell)).collect();
            let line = cells.join("\t");
            lines.push(line.trim_end_matches('\t').to_owned());
        }
        lines
    }

    /// Whether the columns are one text in two or three languages: the same numbers stand side by side.
    fn is_parallel(&self) -> bool {
        let same = self.rows.iter().filter(|row| {
            let mut numbers = row
                .iter()
                .filter(|cell| !cell.is_empty())
                .map(|cell| number(cell.first().map_or("", |text| text)));
            let first = numbers.next().unwrap_or_default();
            let mut others = numbers.peekable();
            !first.is_empty() && others.peek().is_some() && others.all(|other| other == first)
        });
        same.count() >= MIN_PARALLEL_ROWS
    }
}

/// The paragraphs of a cell in a row: in the middle of a line a bullet marks nothing.
fn in_one_line(cell: &[String]) -> String {
    let plain: Vec<&str> =
        cell.iter().map(|text| text.trim_start().strip_prefix("• ").unwrap_or(text)).collect();
    plain.join(" ")
}

/// The number at the start of a text, without its last dot.
fn number(text: &str) -> &str {
    let text = text.trim_start();
    let end = text.find(|letter: char| !(letter.is_ascii_digit() || letter == '.')).unwrap_or(text.len());
    text[..end].trim_end_matches('.')
}

#[cfg(test)]
mod tests {
    use super::Table;

    fn table(rows: &[&[&[&str]]]) -> Vec<String> {
        let mut table = Table::default();
        for row in rows {
            table.row();
            for cell in *row {
                table.cell(cell.iter().map(|&paragraph| paragraph.to_owned()).collect());
            }
        }
        table.lines()
    }

    #[test]
    fn a_row_is_a_line_and_cells_are_set_off_by_tabs() {
        assert_eq!(
            table(&[&[&["Цель"], &["Данные"]], &[&["связь"], &["имя", "телефон"]], &[&["учёт"], &[]]]),
            ["Цель\tДанные", "связь\tимя телефон", "учёт"]
        );
    }

    #[test]
    fn a_frame_around_text_is_no_table() {
        assert_eq!(table(&[&[&["1. Права", "1.1. Субъект вправе…"]]]), ["1. Права", "1.1. Субъект вправе…"]);
    }

    #[test]
    fn two_languages_side_by_side_are_read_one_after_the_other() {
        assert_eq!(
            table(&[
                &[&["Саясат"], &["Политика"]],
                &[&["1. Жалпы"], &["1. Общее"]],
                &[&["1.1. Бір"], &["1.1 Один"]],
                &[&["1.2. Екі"], &["1.2. Два"]],
            ]),
            ["Саясат", "1. Жалпы", "1.1. Бір", "1.2. Екі", "Политика", "1. Общее", "1.1 Один", "1.2. Два"]
        );
    }
}
