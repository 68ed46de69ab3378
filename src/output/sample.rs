//! The record that the writers are tested with.

use crate::record::PolicyRecord;

pub(super) fn record() -> PolicyRecord {
    serde_json::from_str(include_str!("../../tests/records/example.json")).expect("the sample is a record")
}
