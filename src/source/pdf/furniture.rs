//! Running headers, footers and page numbers: what returns at the edge of one page after the other.

use std::collections::HashMap;

use super::layout::Line;

/// Lines from each edge of a page that may be furniture.
const EDGE: usize = 3;
/// Part of the page's height, from each edge, where a page number stands.
const MARGIN: f32 = 0.12;

/// A page with its lines.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) lines: Vec<Line>,
    pub(super) bottom: f32,
    pub(super) top: f32,
}

/// Tells page by page which lines are furniture.
pub(super) fn judge(pages: &[Page]) -> Vec<Vec<bool>> {
    let written = pages.iter().filter(|page| !page.lines.is_empty()).count();
    let mut seen: HashMap<(String, i32), usize> = HashMap::new();
    for page in pages {
        let mut keys: Vec<_> = edges(page).map(|at| key(page, at)).collect();
        keys.sort();
        keys.dedup();
        for key in keys {
            *seen.entry(key).or_default() += 1;
        }
    }
    // Even and odd pages may differ, and the first may have none.
    let enough = (written * 2 / 5).max(2);
    let mut verdicts = Vec::with_capacity(pages.len());
    for page in pages {
        let mut verdict = vec![false; page.lines.len()];
        for at in edges(page) {
            let (text, height) = key(page, at);
            // A line may sit a little higher or lower from page to page.
            let count: usize =
                (-1..=1).map(|by| seen.get(&(text.clone(), height + by)).copied().unwrap_or(0)).sum();
            verdict[at] = count >= enough || (is_page_number(&page.lines[at].text) && in_margin(page, at));
        }
        verdicts.push(verdict);
    }
    verdicts
}

/// The first and the last lines, by height: columns may have put them elsewhere.
fn edges(page: &Page) -> impl Iterator<Item = usize> {
    let mut order: Vec<usize> = (0..page.lines.len()).collect();
    order.sort_by(|&a, &b| page.lines[b].y.total_cmp(&page.lines[a].y));
    let last = order.len().saturating_sub(EDGE).max(EDGE.min(order.len()));
    let chosen: Vec<usize> = order.iter().take(EDGE).chain(&order[last..]).copied().collect();
    chosen.into_iter()
}

/// The line's text with all numbers alike, and its height in hundredths of the page.
fn key(page: &Page, at: usize) -> (String, i32) {
    let line = &page.lines[at];
    let mut text = String::new();
    for letter in line.text.chars() {
        if !letter.is_ascii_digit() {
            text.push(letter);
        } else if !text.ends_with('#') {
            text.push('#');
        }
    }
    (text, (share(page, at) * 100.0).round() as i32)
}

/// Height of a line in parts of the page's height.
fn share(page: &Page, at: usize) -> f32 {
    let height = (page.top - page.bottom).max(1.0);
    ((page.lines[at].y - page.bottom) / height).clamp(-1.0, 2.0)
}

fn in_margin(page: &Page, at: usize) -> bool {
    let share = share(page, at);
    !(MARGIN..=1.0 - MARGIN).contains(&share)
}

/// `5`, `- 5 -`, `5 / 12`, `стр. 5 из 12`, `5-бет`.
fn is_page_number(text: &str) -> bool {
    let words = text.to_lowercase().replace(['-', '–', '—', '/', '|', '.', '[', ']', '(', ')'], " ");
    let mut numbers = 0;
    for word in words.split_whitespace() {
        if word.chars().all(|digit| digit.is_ascii_digit()) && word.len() <= 4 {
            numbers += 1;
        } else if !matches!(word, "стр" | "страница" | "лист" | "из" | "бет" | "page" | "of")
        {
            return false;
        }
    }
    // `1.1.` alone on a line is a clause, whatever its place.
    (1..=2).contains(&numbers) && !(text.ends_with(['.', ')']) || (text.contains('.') && !text.contains(' ')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(lines: &[(&str, f32)]) -> Page {
        let lines = lines.iter().map(|&(text, y)| Line { text: text.to_owned(), y, size: 10.0 }).collect();
        Page { lines, bottom: 0.0, top: 800.0 }
    }

    #[test]
    fn what_returns_at_the_edges_is_furniture() {
        let pages = [
            page(&[("ПОЛИТИКА", 400.0), ("2025", 30.0)]),
            page(&[
                ("Политика", 780.0),
                ("1. Общее", 700.0),
                ("1.1. Цели", 650.0),
                ("текст", 600.0),
                ("2", 30.0),
            ]),
            page(&[
                ("Политика", 780.0),
                ("2. Права", 700.0),
                ("2.1. Доступ", 650.0),
                ("текст", 500.0),
                ("3", 30.0),
            ]),
        ];
        let verdicts = judge(&pages);
        assert_eq!(verdicts[1], [true, false, false, false, true]);
        assert_eq!(verdicts[2], [true, false, false, false, true]);
        assert!(!verdicts[0][0]);
    }

    #[test]
    fn numbers_of_pages_and_of_clauses_are_told_apart() {
        for text in ["5", "- 5 -", "стр. 5 из 12", "5 / 12", "5-бет"] {
            assert!(is_page_number(text), "{text}");
        }
        for text in ["5.", "1.1", "1.1.", "5)", "2025 год", "12345"] {
            assert!(!is_page_number(text), "{text}");
        }
    }
}
