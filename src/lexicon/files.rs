//! The files of the built-in lexicon.

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        /// Name and text of each file under `grammar/lexicon/`.
        pub const FILES: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../grammar/lexicon/", $name, ".toml")))),*];
    };
}

files! {
    "actions",
    "contacts",
    "data",
    "data_subjects",
    "deadlines",
    "effective",
    "frame",
    "legal_bases",
    "legal_forms",
    "measures",
    "obligations",
    "operations",
    "operator",
    "parties",
    "processing",
    "purposes",
    "recipients",
    "rights",
    "services",
    "statements",
    "topics",
    "triggers",
}
