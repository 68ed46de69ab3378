//! Command line of `sayasat`.

use std::io::{Read as _, Write as _};

fn main() -> std::process::ExitCode {
    let mut bytes = Vec::new();
    let name = std::env::args().nth(1).unwrap_or_else(|| "-".to_owned());
    let read = if name == "-" {
        std::io::stdin().read_to_end(&mut bytes)
    } else {
        std::fs::read(&name).map(|found| {
            bytes = found;
            bytes.len()
        })
    };
    let mut options = sayasat::Options::default();
    options.read.name.clone_from(&name);
    match read
        .map_err(|e| e.to_string())
        .and_then(|_| sayasat::parse_bytes(&bytes, &options).map_err(|e| e.to_string()))
    {
        Ok(record) => {
            let _ = serde_json::to_writer(std::io::stdout().lock(), &record);
            std::process::ExitCode::SUCCESS
        }
        Err(problem) => {
            let _ = writeln!(std::io::stderr(), "sayasat: {name}: {problem}");
            std::process::ExitCode::from(2)
        }
    }
}
