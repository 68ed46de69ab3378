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
    "deadlines",
    "effective",
    "frame",
    "legal_forms",
    "obligations",
    "operator",
    "parties",
    "processing",
    "rights",
    "topics",
    "triggers",
}
