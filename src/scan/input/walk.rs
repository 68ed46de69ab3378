//! Directories, recursively, in the order of their names' bytes: the same on every run and every system.

use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::reason;
use crate::scan::document::{Failure, FailureKind};

/// Walks one directory. Links to files are read; links to directories are followed unless they lead back to a
/// directory that is being walked.
#[derive(Debug)]
pub(super) struct Walk {
    stack: Vec<Open>,
}

/// A directory being walked: its names, and how many of them are done.
#[derive(Debug)]
struct Open {
    path: PathBuf,
    /// Where it really is; known only if a link led here or leads on, since asking costs a system call a level.
    real: Option<PathBuf>,
    names: Names,
    failed: Option<std::io::Error>,
}

/// What a walk comes upon.
#[derive(Debug)]
pub(super) enum Found {
    File { path: PathBuf, bytes: u64 },
    Failure(Failure),
}

impl Walk {
    pub(super) fn new(root: PathBuf) -> Self {
        Self { stack: vec![Open::new(root)] }
    }

    fn enter(&mut self, path: PathBuf, is_link: bool) -> Option<Failure> {
        let mut open = Open::new(path);
        if is_link {
            open.real = fs::canonicalize(&open.path).ok();
            for above in &mut self.stack {
                let real = above.real.get_or_insert_with(|| {
                    fs::canonicalize(&above.path).unwrap_or_else(|_| above.path.clone())
                });
                if open.real.as_ref() == Some(real) {
                    return Some(Failure::at(
                        show(&open.path),
                        FailureKind::DirectoryUnreadable,
                        format!("the link leads back to {}, which is being read already", show(&above.path)),
                    ));
                }
            }
        }
        self.stack.push(open);
        None
    }
}

impl Iterator for Walk {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        loop {
            let open = self.stack.last_mut()?;
            if let Some(error) = open.failed.take() {
                return Some(Found::Failure(unlisted(&open.path, &error)));
            }
            let Some(name) = open.names.next() else {
                self.stack.pop();
                continue;
            };
            let path = open.path.join(name);
            let is_link = fs::symlink_metadata(&path).is_ok_and(|found| found.is_symlink());
            match fs::metadata(&path) {
                Ok(found) if found.is_file() => return Some(Found::File { path, bytes: found.len() }),
                Ok(found) if found.is_dir() => {
                    if let Some(failure) = self.enter(path, is_link) {
                        return Some(Found::Failure(failure));
                    }
                }
                Ok(_) => {
                    return Some(Found::Failure(Failure::at(
                        show(&path),
                        FailureKind::FileUnreadable,
                        "neither a file nor a directory (a pipe, a socket or a device); name it alone to read it",
                    )));
                }
                Err(error) => {
                    return Some(Found::Failure(Failure::at(
                        show(&path),
                        FailureKind::FileUnreadable,
                        reason(&error),
                    )));
                }
            }
        }
    }
}

impl Open {
    fn new(path: PathBuf) -> Self {
        let mut names = Names::default();
        let failed = names.fill(&path).err();
        Self { path, real: None, names, failed }
    }
}

fn unlisted(path: &Path, error: &std::io::Error) -> Failure {
    Failure::at(
        show(path),
        FailureKind::DirectoryUnreadable,
        match error.kind() {
            ErrorKind::PermissionDenied => {
                "the directory may not be listed; check its permissions".to_owned()
            }
            _ => format!("the directory cannot be listed: {error}"),
        },
    )
}

pub(super) fn show(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// Sorted file names in one piece of memory: a directory of a million pages takes some thirty megabytes this way
/// and several times that as a list of paths.
#[derive(Debug, Default)]
struct Names {
    bytes: Vec<u8>,
    ends: Vec<(u32, u32)>,
    /// Names that do not fit the above: very long directories, and names that are no UTF-8.
    rest: Vec<OsString>,
    at: usize,
}

impl Names {
    fn fill(&mut self, directory: &Path) -> std::io::Result<()> {
        let result = self.collect(directory);
        let bytes = &self.bytes;
        self.ends.sort_unstable_by(|one, other| slice(bytes, *one).cmp(slice(bytes, *other)));
        self.rest.sort_unstable();
        result
    }

    fn collect(&mut self, directory: &Path) -> std::io::Result<()> {
        for entry in fs::read_dir(directory)? {
            let name = entry?.file_name();
            let start = u32::try_from(self.bytes.len());
            match (name.to_str(), start) {
                (Some(text), Ok(start)) if u32::try_from(self.bytes.len() + text.len()).is_ok() => {
                    self.bytes.extend_from_slice(text.as_bytes());
                    self.ends.push((start, start + u32::try_from(text.len()).unwrap_or(0)));
                }
                _ => self.rest.push(name),
            }
        }
        Ok(())
    }
}

fn slice(bytes: &[u8], (start, end): (u32, u32)) -> &[u8] {
    &bytes[start as usize..end as usize]
}

impl Iterator for Names {
    type Item = OsString;

    fn next(&mut self) -> Option<OsString> {
        let at = self.at;
        self.at += 1;
        match self.ends.get(at) {
            Some(range) => {
                Some(OsString::from(String::from_utf8_lossy(slice(&self.bytes, *range)).into_owned()))
            }
            None => self.rest.get(at - self.ends.len()).cloned(),
        }
    }
}
