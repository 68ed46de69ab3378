//! Prepares the words: reading their files and building their matchers takes longer than reading a policy.

#[allow(dead_code, unused_imports, unreachable_pub, missing_docs)]
#[path = "../src/language/mod.rs"]
mod language;
#[allow(dead_code, unused_imports, unreachable_pub, missing_docs)]
#[path = "../src/law/pack.rs"]
mod law;
#[allow(dead_code, unused_imports, unreachable_pub, missing_docs)]
#[path = "../src/structure/layout.rs"]
mod layout;
#[allow(dead_code, unused_imports, unreachable_pub, missing_docs)]
#[path = "../src/lexicon/data.rs"]
mod lexicon;

/// All that the law pack needs of the record; a test compares what came of it.
mod record {
    use serde::{Deserialize, Serialize};

    #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(rename_all = "UPPERCASE")]
    pub(crate) enum Jurisdiction {
        Kz,
        Ru,
        Eu,
    }
}

use std::error::Error;
use std::path::Path;

#[allow(clippy::print_stdout)] // the way to speak to cargo
fn main() -> Result<(), Box<dyn Error>> {
    for read in [
        "build",
        "grammar",
        "src/language",
        "src/lexicon/data.rs",
        "src/law/pack.rs",
        "src/structure/layout.rs",
    ] {
        println!("cargo::rerun-if-changed={read}");
    }
    let to = std::env::var_os("OUT_DIR").ok_or("cargo names no folder to write to")?;
    let to = Path::new(&to);
    std::fs::write(to.join("lexicon.bin"), postcard::to_allocvec(&lexicon::Lexicon::load(&[])?)?)?;
    std::fs::write(to.join("law.bin"), postcard::to_allocvec(&law::Law::load())?)?;
    std::fs::write(to.join("layout.bin"), postcard::to_allocvec(&layout::Layout::load())?)?;
    Ok(())
}
