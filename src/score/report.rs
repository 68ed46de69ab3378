//! Figures over several policies, as text and as JSON.

use std::io::{self, Write};

use serde::{Serialize, Serializer};

use super::{CORE, Comparison, LAYERS, Matches};

/// Counts of one layer and what follows from them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// Facts found.
    pub hits: usize,
    /// Facts that gold does not have.
    pub false_alarms: usize,
    /// Facts that the record does not have.
    pub misses: usize,
}

#[allow(clippy::cast_precision_loss)] // nobody annotates 2^52 facts
fn share(part: usize, all: usize) -> f64 {
    if all == 0 { 1.0 } else { part as f64 / all as f64 }
}

impl Figures {
    fn of(matches: &Matches) -> Self {
        Self {
            hits: matches.hits.len(),
            false_alarms: matches.false_alarms.len(),
            misses: matches.misses.len(),
        }
    }

    fn add(&mut self, more: Self) {
        self.hits += more.hits;
        self.false_alarms += more.false_alarms;
        self.misses += more.misses;
    }

    fn is_empty(self) -> bool {
        self == Self::default()
    }

    /// Share of the record's facts that are right; 1 if it has none.
    pub fn precision(self) -> f64 {
        share(self.hits, self.hits + self.false_alarms)
    }

    /// Share of gold's facts that were found; 1 if it has none.
    pub fn recall(self) -> f64 {
        share(self.hits, self.hits + self.misses)
    }

    /// Harmonic mean of precision and recall.
    pub fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }
}

/// Figures of several policies.
#[derive(Debug, Clone, Default)]
pub struct Report {
    documents: Vec<(String, Comparison)>,
}

impl Report {
    /// Adds the comparison of a policy under its name.
    pub fn add(&mut self, name: &str, comparison: Comparison) {
        self.documents.push((name.to_owned(), comparison));
    }

    /// Figures of a layer over all policies.
    pub fn figures(&self, layer: &str) -> Figures {
        let mut total = Figures::default();
        let layers = self.documents.iter().flat_map(|(_, comparison)| &comparison.layers);
        for (_, matches) in layers.filter(|(name, _)| *name == layer) {
            total.add(Figures::of(matches));
        }
        total
    }

    /// Attributes of a layer over all policies: how many are right, of how many.
    pub fn attributes(&self, layer: &str) -> (usize, usize) {
        let all = self.documents.iter().flat_map(|(_, comparison)| &comparison.attributes);
        all.filter(|(name, ..)| *name == layer)
            .fold((0, 0), |sum, (_, right, of)| (sum.0 + right, sum.1 + of))
    }

    /// Mean F1 of the five core layers, of those that have facts.
    pub fn core_f1(&self) -> Option<f64> {
        let core = CORE.iter().map(|layer| self.figures(layer)).filter(|figures| !figures.is_empty());
        let f1: Vec<f64> = core.map(Figures::f1).collect();
        #[allow(clippy::cast_precision_loss)] // there are five
        (!f1.is_empty()).then(|| f1.iter().sum::<f64>() / f1.len() as f64)
    }

    fn attribute_layers(&self) -> impl Iterator<Item = (String, usize, usize)> {
        let some = !self.documents.is_empty();
        super::ATTRIBUTES.iter().filter(move |_| some).map(|(layer, _)| {
            let (right, of) = self.attributes(layer);
            (format!("{layer}.attributes"), right, of)
        })
    }

    /// Writes every miss (`-`) and every false alarm (`+`), policy by policy.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn write_errors(&self, to: &mut dyn Write) -> io::Result<()> {
        for (name, comparison) in &self.documents {
            for (layer, matches) in &comparison.layers {
                for (sign, keys) in [('-', &matches.misses), ('+', &matches.false_alarms)] {
                    for key in keys {
                        writeln!(to, "{sign} {name} {layer} {key}")?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Writes the figures as a table.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn write_text(&self, to: &mut dyn Write) -> io::Result<()> {
        writeln!(
            to,
            "{:<18}{:>7}{:>7}{:>7}{:>7}{:>7}{:>7}",
            "layer", "P", "R", "F1", "hit", "false", "miss"
        )?;
        for layer in LAYERS {
            let x = self.figures(layer);
            if !x.is_empty() {
                write!(to, "{layer:<18}{:>7.3}{:>7.3}{:>7.3}", x.precision(), x.recall(), x.f1())?;
                writeln!(to, "{:>7}{:>7}{:>7}", x.hits, x.false_alarms, x.misses)?;
            }
        }
        for (name, right, of) in self.attribute_layers().filter(|(.., of)| *of > 0) {
            writeln!(to, "{name:<24}{right}/{of} = {:.3}", share(right, of))?;
        }
        match self.core_f1() {
            Some(f1) => writeln!(to, "core macro F1 {f1:.3} ({})", CORE.join(", ")),
            None => Ok(()),
        }
    }
}

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut total = InOrder::default();
        for layer in LAYERS {
            total.0.push((layer.to_owned(), Value::Figures(self.figures(layer))));
        }
        for (name, correct, of) in self.attribute_layers() {
            total.0.push((name, Value::Attributes { correct, of }));
        }
        let mut by_document: InOrder<InOrder<f64>> = InOrder::default();
        for (name, comparison) in &self.documents {
            let rounded = |matches| (Figures::of(matches).f1() * 10_000.0).round() / 10_000.0;
            let layers =
                comparison.layers.iter().map(|(layer, matches)| ((*layer).to_owned(), rounded(matches)));
            by_document.0.push((name.clone(), InOrder(layers.collect())));
        }
        #[derive(Serialize)]
        struct Shape {
            total: InOrder<Value>,
            by_document: InOrder<InOrder<f64>>,
        }
        Shape { total, by_document }.serialize(to)
    }
}

/// A JSON object whose fields keep their order.
struct InOrder<V>(Vec<(String, V)>);

impl<V> Default for InOrder<V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<V: Serialize> Serialize for InOrder<V> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

enum Value {
    Figures(Figures),
    Attributes { correct: usize, of: usize },
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = to.serialize_map(None)?;
        match self {
            Value::Figures(x) => {
                map.serialize_entry("precision", &x.precision())?;
                map.serialize_entry("recall", &x.recall())?;
                map.serialize_entry("f1", &x.f1())?;
                map.serialize_entry("tp", &x.hits)?;
                map.serialize_entry("fp", &x.false_alarms)?;
                map.serialize_entry("fn", &x.misses)?;
            }
            Value::Attributes { correct, of } => {
                map.serialize_entry("correct", correct)?;
                map.serialize_entry("of", of)?;
            }
        }
        map.end()
    }
}
