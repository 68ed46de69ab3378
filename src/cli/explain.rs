//! `sayasat explain`: what an id of the record or a diagnostic means.

use std::io::Write as _;

use clap::Args;
use sayasat::lexicon::meta::{self, Enumeration, Ui};
use sayasat::lexicon::{Concept, concepts};
use sayasat::output::{Wording, write_entry, write_list};

use super::terminal::{Terminal, ViewArgs};
use super::{Failure, Outcome};

/// Say what a kind or a diagnostic code means, in Russian, Kazakh and English.
#[derive(Args)]
#[command(after_help = "Examples:
  sayasat explain                   every id, list by list
  sayasat explain rights            the ids of one list
  sayasat explain erasure           one id, in every list that has it
  sayasat explain rights/erasure --ui kk
  sayasat explain numbering-gap     a diagnostic")]
pub(crate) struct Explain {
    /// An id, a list, or LIST/ID; without it, everything is listed.
    #[arg(value_name = "KIND|CODE")]
    id: Option<String>,

    #[command(flatten)]
    view: ViewArgs,
}

impl Explain {
    pub(crate) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let view = self.view.view();
        let mut to = terminal.people();
        let lists = meta::all();
        match &self.id {
            None => write_lists(lists, view, &mut to)?,
            Some(id) => {
                let asked = id.trim().to_lowercase();
                if let Some(list) = lists.iter().find(|list| list.name == asked) {
                    write_list(list, view, &mut to)?;
                } else {
                    let languages = self.view.asked_ui().map_or(vec![Ui::Ru, Ui::Kk, Ui::En], |ui| vec![ui]);
                    let found = find(lists, &asked);
                    if found.is_empty() {
                        return Err(Failure::Message(unknown(lists, &asked)));
                    }
                    // The files themselves: what a process starts with has no examples.
                    let files = concepts().map_err(|problem| Failure::Message(problem.to_string()))?;
                    for (at, (list, entry)) in found.into_iter().enumerate() {
                        if at > 0 {
                            writeln!(to)?;
                        }
                        let wording = wording(&files, list, &entry.id);
                        write_entry(list, entry, &wording, &languages, view, &mut to)?;
                    }
                }
            }
        }
        to.flush()?;
        Ok(Outcome::Done)
    }
}

fn write_lists(
    lists: &[Enumeration],
    view: sayasat::output::View,
    to: &mut dyn std::io::Write,
) -> std::io::Result<()> {
    for (at, list) in lists.iter().enumerate() {
        if at > 0 {
            writeln!(to)?;
        }
        write_list(list, view, to)?;
    }
    Ok(())
}

/// Entries that an id names, in every list or in the one that stands before a slash. Diagnostics use hyphens and kinds
/// underscores; nobody has to remember which.
fn find<'a>(lists: &'a [Enumeration], asked: &str) -> Vec<(&'static str, &'a meta::Entry)> {
    let (within, id) = asked.split_once('/').map_or((None, asked), |(list, id)| (Some(list), id));
    let same = |entry: &&meta::Entry| entry.id.to_lowercase().replace('-', "_") == id.replace('-', "_");
    lists
        .iter()
        .filter(|list| within.is_none_or(|name| name == list.name))
        .flat_map(|list| list.entries.iter().filter(same).map(|entry| (list.name, entry)))
        .collect()
}

/// What policies call an id, from every concept of its lexicon file that has it.
fn wording<'a>(files: &'a [(String, Vec<Concept>)], list: &str, id: &str) -> Wording<'a> {
    let file = match list {
        "data_categories" => "data",
        "modalities" => "frame",
        other => other,
    };
    let mut wording = Wording::default();
    let concepts = files.iter().find(|(name, _)| name == file).map_or(&[][..], |(_, concepts)| concepts);
    for concept in concepts.iter().filter(|concept| concept.id == id) {
        wording.examples.extend(concept.yes.iter().map(String::as_str));
        for words in concept.roles.values() {
            for (language, patterns) in [("ru", &words.ru), ("kk", &words.kk), ("any", &words.any)] {
                wording.patterns.extend(patterns.iter().map(|pattern| (language, pattern.as_str())));
            }
        }
    }
    wording
}

/// What to say when nothing has that name: the names that come nearest.
fn unknown(lists: &[Enumeration], asked: &str) -> String {
    let id = asked.rsplit('/').next().unwrap_or(asked);
    let names = lists.iter().flat_map(|list| {
        std::iter::once(list.name).chain(list.entries.iter().map(|entry| entry.id.as_str()))
    });
    let mut near: Vec<(f64, &str)> = names
        .map(|name| (strsim::jaro_winkler(id, name), name))
        .filter(|(likeness, _)| *likeness > 0.75)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    near.dedup_by_key(|(_, name)| *name);
    let near: Vec<&str> = near.into_iter().take(3).map(|(_, name)| name).collect();
    if near.is_empty() {
        return format!("nothing is called {asked:?}; `sayasat explain` lists everything");
    }
    format!("nothing is called {asked:?}; did you mean {}?", near.join(", "))
}
