//! Leaving facts out of a record.

use super::{Fact, Facts};

impl Facts {
    /// Drops the facts whose confidence is below `least`, and the links to them.
    pub fn keep_confident(&mut self, least: f64) {
        fn keep<T>(facts: &mut Vec<Fact<T>>, least: f64) {
            facts.retain(|fact| fact.confidence >= least);
        }
        keep(&mut self.rights, least);
        keep(&mut self.obligations, least);
        keep(&mut self.data_categories, least);
        keep(&mut self.deadlines, least);
        keep(&mut self.contacts, least);
        keep(&mut self.definitions, least);
        keep(&mut self.citations, least);
        keep(&mut self.references, least);
        keep(&mut self.purposes, least);
        keep(&mut self.legal_bases, least);
        keep(&mut self.data_subjects, least);
        keep(&mut self.recipients, least);
        keep(&mut self.measures, least);
        keep(&mut self.operations, least);
        let rights = self.rights.iter().map(|fact| &fact.id);
        let left: std::collections::HashSet<&String> =
            rights.chain(self.obligations.iter().map(|fact| &fact.id)).collect();
        for deadline in &mut self.deadlines {
            deadline.value.applies_to.take_if(|id| !left.contains(id));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::record::PolicyRecord;

    #[test]
    fn doubtful_facts_go_and_so_do_links_to_them() {
        let sample = include_str!("../../tests/records/example.json");
        let mut record: PolicyRecord = serde_json::from_str(sample).expect("the sample is a record");
        record.facts.keep_confident(0.95);
        assert_eq!(record.facts.rights.len(), 1);
        assert_eq!(record.facts.deadlines[0].value.applies_to.as_deref(), Some("f3"));
        record.facts.obligations[0].confidence = 0.5;
        record.facts.keep_confident(0.6);
        assert!(record.facts.obligations.is_empty());
        assert_eq!(record.facts.deadlines[0].value.applies_to, None);
    }
}
