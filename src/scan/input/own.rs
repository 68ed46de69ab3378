//! The files that a scan writes. `sayasat scan . --out records.ndjson` must not read what it has just written.

use std::ffi::OsString;
use std::fs::canonicalize;
use std::path::{Path, PathBuf};

/// Output files by where they really are.
#[derive(Debug, Default)]
pub(super) struct Own(Vec<PathBuf>);

impl Own {
    pub(super) fn new(files: &[PathBuf]) -> Self {
        // A link leads to the file; a file that is not there yet will stand in its directory.
        let real = files.iter().filter_map(|file| canonicalize(file).ok());
        let named = files.iter().filter_map(|file| Some(directory(file)?.join(file.file_name()?)));
        Self(real.chain(named).collect())
    }

    /// Whether a file is one of them. Asks the system only about files of the same name.
    pub(super) fn has(&self, path: &Path) -> bool {
        let name: Option<OsString> = path.file_name().map(ToOwned::to_owned);
        self.0.iter().any(|own| own.file_name() == name.as_deref())
            && canonicalize(path).is_ok_and(|real| self.0.contains(&real))
    }
}

fn directory(file: &Path) -> Option<PathBuf> {
    let parent = file.parent().filter(|parent| !parent.as_os_str().is_empty());
    canonicalize(parent.unwrap_or(Path::new("."))).ok()
}
