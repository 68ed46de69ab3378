//! The notation of wordings, read backwards: texts that a wording describes.

/// Some of the plainest texts that a wording describes: stars and gaps left out, one alternative of each group.
pub(crate) fn plain_texts(wording: &str) -> Vec<String> {
    // the same rank for all groups is enough: what one alternative spoils (with a part behind `!`) another does not
    (0..8).map(|rank| plain(wording, rank)).collect()
}

fn plain(wording: &str, rank: usize) -> String {
    let parts: Vec<String> = parts(wording, '&')
        .into_iter()
        .map(str::trim)
        .filter(|part| !part.starts_with('!'))
        .map(|part| written_out(part, rank).replace(['*', '…'], " "))
        .collect();
    // glued stars leave a space only behind a stem, where a word ends anyway
    parts.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text with one alternative for each group, those inside groups as well.
fn written_out(text: &str, rank: usize) -> String {
    let Some(open) = text.find('(') else { return text.to_owned() };
    let close = closing(text, open);
    let alternatives = parts(&text[open + 1..close], '|');
    let chosen = alternatives[rank.min(alternatives.len() - 1)].trim();
    let rest = written_out(&text[(close + 1).min(text.len())..], rank);
    format!("{}{}{rest}", &text[..open], written_out(chosen, rank))
}

/// The bracket that closes the one at `open`.
fn closing(text: &str, open: usize) -> usize {
    let mut depth = 0_u32;
    for (at, found) in text[open..].char_indices() {
        match found {
            '(' => depth += 1,
            ')' if depth == 1 => return open + at,
            ')' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

/// Splits at a separator outside brackets.
fn parts(text: &str, separator: char) -> Vec<&str> {
    let (mut out, mut depth, mut from) = (Vec::new(), 0_u32, 0);
    for (at, found) in text.char_indices() {
        match found {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if found == separator && depth == 0 => {
                out.push(&text[from..at]);
                from = at + found.len_utf8();
            }
            _ => {}
        }
    }
    out.push(&text[from..]);
    out
}

#[test]
fn a_wording_is_written_out_with_one_alternative_of_each_group() {
    assert_eq!(plain("отозва(ть|л*) … согласи* & !лиценз*", 1), "отозвал согласи");
    assert_eq!(plain("(жинай(ды|мыз)|жиналады) & деректер*", 0), "жинайды деректер");
}
