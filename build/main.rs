//! Prepares the lexicon: reading its files and building their matcher takes longer than reading a policy.

#[allow(dead_code, unused_imports, unreachable_pub, missing_docs)]
#[path = "../src/language/mod.rs"]
mod language;
#[allow(dead_code, unused_imports, unreachable_pub, missing_docs)]
#[path = "../src/lexicon/data.rs"]
mod lexicon;

use std::error::Error;
use std::path::Path;

#[allow(clippy::print_stdout)] // the way to speak to cargo
fn main() -> Result<(), Box<dyn Error>> {
    for read in ["build", "grammar/lexicon", "grammar/endings.toml", "src/language", "src/lexicon/data.rs"] {
        println!("cargo::rerun-if-changed={read}");
    }
    let prepared = postcard::to_allocvec(&lexicon::Lexicon::load(&[])?)?;
    let to = std::env::var_os("OUT_DIR").ok_or("cargo names no folder to write to")?;
    std::fs::write(Path::new(&to).join("lexicon.bin"), prepared)?;
    Ok(())
}
