//! Words as data: what each id of the record is called and means.

pub mod meta;
