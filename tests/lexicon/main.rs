//! The words of `grammar/lexicon`: their examples are run, their ids compared with the record's, their files policed.

mod notation;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use notation::plain_texts;
use sayasat::language::{fold, letters, tokenise};
use sayasat::lexicon::{Concept, Entry, FILES, Lexicon};
use sayasat::record::*;
use strum::IntoEnumIterator as _;

/// How the examples of a file are run, and which ids it must have.
struct Plan {
    file: &'static str,
    /// Ids of the record that the file has to name; the rest of the record's list is read by other means.
    ids: fn() -> Vec<&'static str>,
    run: Run,
}

/// What an example has to give.
enum Run {
    /// A wording of the concept stands in the sentence.
    Mention,
    /// The sentence, as a clause of a small policy, gives a fact.
    Fact(fn(&Facts, &Concept) -> bool),
}

fn plans() -> Vec<Plan> {
    let mention = |file, ids| Plan { file, ids, run: Run::Mention };
    let fact = |file, ids, given| Plan { file, ids, run: Run::Fact(given) };
    vec![
        mention("actions", || vec![Action::RETENTION, Action::POLICY_VALIDITY]),
        fact(
            "contacts",
            || {
                let purposes = ContactPurpose::iter().filter(|id| *id != ContactPurpose::General);
                let parties = [Party::Authority, Party::Dpo, Party::ThirdParty];
                purposes.map(ContactPurpose::id).chain(parties.map(Party::id)).collect()
            },
            |facts, concept| {
                facts.contacts.iter().any(|fact| match concept.value.as_deref() {
                    Some("party") => fact.value.party.id() == concept.id,
                    _ => fact.value.purpose.id() == concept.id,
                })
            },
        ),
        fact(
            "data",
            // `other` is what no concept names
            || DataCategory::iter().filter(|id| *id != DataCategory::Other).map(DataCategory::id).collect(),
            |facts, concept| facts.data_categories.iter().any(|fact| fact.value.kind.id() == concept.id),
        ),
        fact(
            "deadlines",
            // durations are read by a grammar
            || DeadlineKind::iter().filter(|id| *id != DeadlineKind::Duration).map(DeadlineKind::id).collect(),
            |facts, concept| facts.deadlines.iter().any(|fact| fact.value.kind.id() == concept.id),
        ),
        mention("frame", Vec::new),
        fact(
            "obligations",
            || ObligationKind::iter().map(ObligationKind::id).collect(),
            |facts, concept| {
                facts.obligations.iter().any(|fact| {
                    fact.value.kind.id() == concept.id && is_party(concept, fact.value.bearer)
                })
            },
        ),
        mention("parties", || Party::iter().filter(|id| *id != Party::Dpo).map(Party::id).collect()),
        mention("processing", Vec::new),
        fact(
            "rights",
            || RightKind::iter().map(RightKind::id).collect(),
            |facts, concept| {
                facts.rights.iter().any(|fact| {
                    fact.value.kind.id() == concept.id && is_party(concept, fact.value.holder)
                })
            },
        ),
        mention("topics", Vec::new),
        mention("triggers", || {
            Trigger::iter().filter(|id| !matches!(id, Trigger::Other | Trigger::None)).map(Trigger::id).collect()
        }),
        fact(
            "purposes",
            || Purpose::iter().map(Purpose::id).collect(),
            |facts, concept| facts.purposes.iter().any(|fact| fact.value.kind.id() == concept.id),
        ),
        fact(
            "legal_bases",
            || LegalBasis::iter().map(LegalBasis::id).collect(),
            |facts, concept| facts.legal_bases.iter().any(|fact| fact.value.kind.id() == concept.id),
        ),
        fact(
            "data_subjects",
            || DataSubject::iter().map(DataSubject::id).collect(),
            |facts, concept| facts.data_subjects.iter().any(|fact| fact.value.kind.id() == concept.id),
        ),
        fact(
            "recipients",
            || Recipient::iter().map(Recipient::id).collect(),
            |facts, concept| facts.recipients.iter().any(|fact| fact.value.kind.id() == concept.id),
        ),
        fact(
            "measures",
            || Measure::iter().map(Measure::id).collect(),
            |facts, concept| facts.measures.iter().any(|fact| fact.value.kind.id() == concept.id),
        ),
        fact(
            "operations",
            || Operation::iter().map(Operation::id).collect(),
            |facts, concept| facts.operations.iter().any(|fact| fact.value.kind.id() == concept.id),
        ),
    ]
}

fn is_party(concept: &Concept, party: Party) -> bool {
    concept.party.as_deref().is_none_or(|wanted| wanted == party.id())
}

fn plan(file: &str) -> Plan {
    let mut plans = plans();
    let at = plans.iter().position(|plan| plan.file == file).unwrap_or_else(|| {
        panic!("grammar/lexicon/{file}.toml: say in plans() of tests/lexicon how its examples are run")
    });
    plans.swap_remove(at)
}

fn text_of(file: &str) -> &'static str {
    FILES.iter().find(|(name, _)| *name == file).map_or("", |(_, text)| text)
}

/// Where a text stands in a file, behind the beginning of its concept: `grammar/lexicon/rights.toml:12`.
fn place(file: &str, concept: usize, needle: &str) -> String {
    let mut seen = 0;
    for (line, text) in text_of(file).lines().enumerate() {
        seen += usize::from(text.trim() == "[[concept]]");
        if seen > concept && text.contains(needle) {
            return format!("grammar/lexicon/{file}.toml:{}", line + 1);
        }
    }
    format!("grammar/lexicon/{file}.toml, concept {}", concept + 1)
}

/// All concepts: file, index in it, concept.
fn concepts(lexicon: &Lexicon) -> impl Iterator<Item = (&'static str, usize, &Concept)> {
    lexicon
        .files
        .iter()
        .flat_map(|(file, concepts)| concepts.iter().enumerate().map(move |(index, concept)| (*file, index, concept)))
}

fn is_kazakh(text: &str) -> bool {
    letters(text).is_kazakh() == Some(true)
}

/// What stands in a sentence.
fn mentions(lexicon: &Lexicon, sentence: &str) -> BTreeSet<Entry> {
    let folded = fold(sentence, std::slice::from_ref(&(0..sentence.len())));
    let tokens = tokenise(folded.as_str());
    let found = lexicon.matcher.find(folded.as_str(), &tokens);
    lexicon.matcher.hits(&found).into_iter().map(|hit| lexicon.entries[hit.owner as usize]).collect()
}

/// A sentence as a clause of a small policy.
fn policy(sentence: &str) -> String {
    let heading = if is_kazakh(sentence) { "Жалпы ережелер" } else { "Общие положения" };
    format!("1. {heading}\n1.1. {sentence}\n")
}

/// Whether an example gives its concept.
fn gives(lexicon: &Lexicon, file: &str, index: usize, concept: &Concept, sentence: &str) -> bool {
    match plan(file).run {
        Run::Mention => {
            let file = lexicon.file(file);
            mentions(lexicon, sentence).iter().any(|entry| Some(entry.file) == file && entry.concept == index)
        }
        Run::Fact(given) => given(&sayasat::parse(&policy(sentence)).facts, concept),
    }
}

/// Runs one kind of example everywhere and lists what is wrong.
fn examples(of: fn(&Concept) -> &[String], wanted: bool, complaint: &str) {
    let lexicon = Lexicon::shared();
    let mut wrong = String::new();
    let mut count = 0;
    for (file, index, concept) in concepts(&lexicon) {
        for sentence in of(concept) {
            if gives(&lexicon, file, index, concept, sentence) != wanted {
                count += 1;
                let place = place(file, index, sentence);
                let _ = writeln!(wrong, "{place}: {} {complaint}\n    {sentence}", concept.id);
            }
        }
    }
    assert!(wrong.is_empty(), "{count} examples:\n{wrong}");
}

#[test]
fn every_file_loads_and_every_file_of_the_folder_is_built_in() {
    if let Err(problem) = Lexicon::load(&[]) {
        panic!("{problem}");
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("grammar/lexicon");
    for entry in fs::read_dir(folder).expect("grammar/lexicon is a folder") {
        let path = entry.expect("the folder can be listed").path();
        let name = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        assert!(!text_of(&name).is_empty(), "{}: add {name:?} to src/lexicon/files.rs", path.display());
    }
}

#[test]
fn sentences_under_yes_give_their_concept() {
    examples(
        |concept| &concept.yes,
        true,
        "is not found in the sentence below; add or widen a wording (out of reach for now? move it to `todo`)",
    );
}

#[test]
fn sentences_under_no_do_not_give_their_concept() {
    examples(
        |concept| &concept.no,
        false,
        "is found in the sentence below and must not be; narrow a wording, e.g. with `& !…`",
    );
}

#[test]
fn sentences_under_todo_do_not_work_yet() {
    examples(|concept| &concept.todo, false, "is found in the sentence below at last; move it from `todo` to `yes`");
}

#[test]
fn ids_are_those_of_the_record() {
    let lexicon = Lexicon::shared();
    let mut wrong = String::new();
    for (file, concepts) in &lexicon.files {
        let ids = (plan(file).ids)();
        if ids.is_empty() {
            continue; // the file's ids are the program's own
        }
        for (index, concept) in concepts.iter().enumerate() {
            if !ids.contains(&concept.id.as_str()) {
                let place = place(file, index, &format!("id = \"{}\"", concept.id));
                let _ = writeln!(
                    wrong,
                    "{place}: the record has no {:?} here; correct the id or add the variant to src/record/vocabulary.rs",
                    concept.id
                );
            }
        }
        for id in ids {
            if !concepts.iter().any(|concept| concept.id == id) {
                let _ = writeln!(
                    wrong,
                    "grammar/lexicon/{file}.toml: no concept {id:?}, which src/record/vocabulary.rs has; add it with its wordings"
                );
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Text of all extractors.
fn extractors() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/extract");
    let mut code = String::new();
    for entry in fs::read_dir(folder).expect("src/extract is a folder") {
        code += &fs::read_to_string(entry.expect("the folder can be listed").path()).expect("source is text");
    }
    code
}

#[test]
fn every_file_role_and_own_id_is_asked_for_by_an_extractor() {
    let (lexicon, code) = (Lexicon::shared(), extractors());
    let asked = |word: &str| code.contains(&format!("\"{word}\""));
    let mut wrong = String::new();
    for (file, concepts) in &lexicon.files {
        if !asked(file) {
            let _ = writeln!(wrong, "grammar/lexicon/{file}.toml: no extractor in src/extract asks for this file");
        }
        let own_ids = (plan(file).ids)().is_empty();
        for (index, concept) in concepts.iter().enumerate() {
            if own_ids && !asked(&concept.id) {
                let place = place(file, index, &format!("id = \"{}\"", concept.id));
                let _ = writeln!(wrong, "{place}: no extractor in src/extract asks for {:?}", concept.id);
            }
            // a file whose concepts have one role is asked for as a whole
            let roles: BTreeSet<&String> = concepts.iter().flat_map(|other| other.roles.keys()).collect();
            for role in concept.roles.keys().filter(|role| roles.len() > 1 && !asked(role)) {
                let place = place(file, index, &format!("[concept.{role}]"));
                let _ = writeln!(wrong, "{place}: no extractor in src/extract asks for the role {role:?}");
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn both_languages_stand_in_every_role_or_are_said_to_be_empty() {
    let mut wrong = String::new();
    for (file, text) in FILES {
        let table: toml::Table = toml::from_str(text).expect("the file is TOML");
        let concepts = table["concept"].as_array().expect("concepts are a list");
        for (index, concept) in concepts.iter().enumerate() {
            for (role, wordings) in concept.as_table().expect("a concept is a table") {
                let Some(wordings) = wordings.as_table() else { continue };
                let place = place(file, index, &format!("[concept.{role}]"));
                for language in ["ru", "kk"].iter().filter(|language| !wordings.contains_key(**language)) {
                    let _ = writeln!(
                        wrong,
                        "{place}: no {language}; add wordings, or `{language} = []` where the language has none"
                    );
                }
                if wordings.values().all(|list| list.as_array().is_none_or(Vec::is_empty)) {
                    let _ = writeln!(wrong, "{place}: a role without wordings; add one or leave the role out");
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn every_concept_has_examples_in_each_language_that_it_has_wordings_in() {
    let lexicon = Lexicon::shared();
    let mut wrong = String::new();
    for (file, index, concept) in concepts(&lexicon) {
        let place = place(file, index, &format!("id = \"{}\"", concept.id));
        let examples = || concept.yes.iter().chain(&concept.todo);
        let words = |of: fn(&sayasat::lexicon::Wordings) -> &[String]| {
            concept.roles.values().any(|wordings| !of(wordings).is_empty())
        };
        if words(|wordings| &wordings.ru) && !examples().any(|text| !is_kazakh(text)) {
            let _ = writeln!(wrong, "{place}: {} has no Russian sentence under `yes`; add one", concept.id);
        }
        if words(|wordings| &wordings.kk) && !examples().any(|text| is_kazakh(text)) {
            let _ = writeln!(wrong, "{place}: {} has no Kazakh sentence under `yes`; add one", concept.id);
        }
        if concept.no.is_empty() {
            let _ = writeln!(wrong, "{place}: {} has nothing under `no`; add a near miss", concept.id);
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// A wording as it is compared: case, ё and white space do not count.
fn normal(wording: &str) -> String {
    wording.to_lowercase().replace('ё', "е").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_wording_belongs_to_one_concept_of_its_file_and_stands_there_once() {
    let lexicon = Lexicon::shared();
    let mut owners: BTreeMap<(&str, &String, Option<&String>, String), (usize, &Concept)> = BTreeMap::new();
    let mut wrong = String::new();
    for (file, index, concept) in concepts(&lexicon) {
        for (role, wordings) in &concept.roles {
            for wording in wordings.ru.iter().chain(&wordings.kk).chain(&wordings.any) {
                // two parties may have a right of the same name
                let key = (file, role, concept.party.as_ref(), normal(wording));
                if let Some((other, owner)) = owners.insert(key, (index, concept)) {
                    let _ = writeln!(
                        wrong,
                        "{}: {wording:?} of {} is a wording of {} already ({}); keep one",
                        place(file, index, wording),
                        concept.id,
                        owner.id,
                        place(file, other, wording),
                    );
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn every_wording_is_found_in_its_own_plainest_text() {
    let lexicon = Lexicon::shared();
    let mut wrong = String::new();
    for (file, index, concept) in concepts(&lexicon) {
        let number = lexicon.file(file).expect("the file is one of the lexicon's");
        for (role, wordings) in &concept.roles {
            let wanted = Entry { file: number, concept: index, role: lexicon.role(role) };
            for wording in wordings.ru.iter().chain(&wordings.kk).chain(&wordings.any) {
                let texts = plain_texts(wording);
                if !texts.iter().any(|text| mentions(&lexicon, text).contains(&wanted)) {
                    let _ = writeln!(
                        wrong,
                        "{}: {wording:?} of {} is not found in {:?}: no text can match it; correct its notation",
                        place(file, index, wording),
                        concept.id,
                        texts.first().map_or("", String::as_str),
                    );
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}
