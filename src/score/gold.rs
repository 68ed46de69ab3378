//! Gold files: what careful readers found in a policy, one tab-separated row a fact.

use super::{Attributes, Key, Keys, normal};

/// What readers found in one policy.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gold {
    pub(super) keys: Keys,
    /// Readings that count neither way.
    pub(super) disputed: Keys,
    pub(super) editions: Vec<(usize, String)>,
    pub(super) attributes: Attributes,
}

/// A row that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}: {row}")]
pub struct GoldError {
    /// Line of the gold file, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub problem: String,
    /// The row.
    pub row: String,
}

impl Gold {
    /// Reads a gold file.
    ///
    /// # Errors
    /// When a row has another name or fewer columns than the format says.
    pub fn read(text: &str) -> Result<Self, GoldError> {
        let mut gold = Self::default();
        for (at, row) in text.strip_prefix('\u{feff}').unwrap_or(text).lines().enumerate() {
            if row.trim().is_empty() || row.trim_start().starts_with('#') {
                continue;
            }
            gold.add(row).map_err(|problem| GoldError { line: at + 1, problem, row: row.to_owned() })?;
        }
        Ok(gold)
    }

    fn add(&mut self, row: &str) -> Result<(), String> {
        let mut cells = row.split('\t').map(str::trim);
        let name = cells.next().unwrap_or_default();
        let row = Row(cells.collect());
        let tag = name.strip_suffix('?').unwrap_or(name);
        let (layer, key) = match tag {
            "edition" => {
                self.editions.push((row.number(0)?, row.word(1)?.to_owned()));
                return Ok(());
            }
            "node" => {
                let key = Key::new(row.number(0)?).word(row.word(1)?);
                ("structure", key.word(&normal(row.value(2)?)).number(row.number(3)?))
            }
            "right" => ("rights", Key::new(row.number(0)?).word(row.word(1)?).word(row.word(2)?)),
            "obligation" => {
                let key = Key::new(row.number(0)?).word(row.word(1)?);
                ("obligations", key.word(row.word(2)?).word(row.word(3)?))
            }
            "data" => ("data_categories", Key::new(row.number(0)?).word(row.word(1)?).word(row.word(2)?)),
            "deadline" => {
                let key = Key::new(row.number(0)?).word(row.word(1)?);
                ("deadlines", key.word(row.value(2)?).word(row.value(3)?))
            }
            "contact" => {
                ("contacts", Key::new(row.number(1)?).word(row.word(2)?).word(&normal(row.word(3)?)))
            }
            "operator" => {
                ("operator", Key::new(row.number(1)?).word(&normal(row.word(2)?)).word(row.optional(3)))
            }
            "definition" => ("definitions", Key::new(row.number(0)?).word(&normal(row.word(1)?))),
            "citation" => ("citations", Key::new(row.number(0)?).word(row.word(1)?)),
            "reference" => {
                let target = if row.word(2)? == "-" { 0 } else { row.number(2)? };
                ("references", Key::new(row.number(0)?).word(&normal(row.word(1)?)).number(target))
            }
            _ => return Err(format!("unknown row {tag:?}")),
        };
        let attributes: &[usize] = match layer {
            "deadlines" => &[4, 5, 6],
            "contacts" => &[4, 5],
            _ => &[],
        };
        if !attributes.is_empty() {
            let values = attributes.iter().map(|&at| row.optional(at).to_owned()).collect();
            self.attributes.entry(layer).or_default().insert(key.clone(), values);
        }
        let keys = if tag == name { &mut self.keys } else { &mut self.disputed };
        keys.entry(layer).or_default().insert(key);
        Ok(())
    }
}

/// Cells behind the name of a row.
struct Row<'a>(Vec<&'a str>);

impl<'a> Row<'a> {
    fn word(&self, at: usize) -> Result<&'a str, String> {
        let missing = || format!("column {} is missing", at + 2);
        self.0.get(at).copied().ok_or_else(missing)
    }

    /// A cell whose dash stands for nothing.
    fn value(&self, at: usize) -> Result<&'a str, String> {
        self.word(at).map(|word| if word == "-" { "" } else { word })
    }

    fn optional(&self, at: usize) -> &'a str {
        self.value(at).unwrap_or_default()
    }

    fn number(&self, at: usize) -> Result<usize, String> {
        let word = self.word(at)?;
        word.parse().map_err(|_| format!("column {} should be a number and is {word:?}", at + 2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_cannot_be_read_is_named() {
        let read = |text: &str| Gold::read(text).map_err(|error| error.to_string());
        assert_eq!(read("# a\n\nright\tx\toperator\tother"), {
            let row = "right\tx\toperator\tother";
            Err(format!("line 3: column 2 should be a number and is \"x\": {row}"))
        });
        assert_eq!(read("right\t1"), Err("line 1: column 3 is missing: right\t1".to_owned()));
        assert_eq!(read("duty\t1"), Err("line 1: unknown row \"duty\": duty\t1".to_owned()));
    }

    #[test]
    fn disputed_rows_stand_apart() {
        let gold = Gold::read("right?\t3\toperator\tother\nright\t4\toperator\tother\n").expect("it reads");
        assert_eq!((gold.keys["rights"].len(), gold.disputed["rights"].len()), (1, 1));
    }
}
