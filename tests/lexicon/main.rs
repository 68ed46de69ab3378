//! The words of `grammar/lexicon`: their examples are run, their ids compared with the record's, their files policed.

mod notation;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use notation::plain_texts;
use sayasat::language::{fold, letters, tokenise};
use sayasat::lexicon::{Concept, Entry, FILES, Lexicon};
use sayasat::record::*;
use strum::IntoEnumIterator as _;

/// How the examples of a file are run, and which ids it must have.
struct Plan {
    file: &'static str,
    /// Ids of the record that the file has to name; the rest of the record's list is read by other means. A file
    /// without any has ids of the program's own.
    ids: fn() -> Vec<&'static str>,
    /// Ids beside those, which the program has for itself; they need no examples.
    own: &'static [&'static str],
    /// Whether an example gives its concept.
    given: fn(&Example) -> bool,
}

/// A sentence of a concept.
struct Example<'a> {
    lexicon: &'a Lexicon,
    file: &'a str,
    /// Index of the concept in its file.
    index: usize,
    concept: &'a Concept,
    sentence: &'a str,
}

impl Example<'_> {
    fn id(&self) -> &str {
        &self.concept.id
    }

    /// Whether a wording of the concept stands in the sentence.
    fn is_mentioned(&self) -> bool {
        let file = self.lexicon.file(self.file);
        let mentions = mentions(self.lexicon, self.sentence);
        mentions.iter().any(|entry| Some(entry.file) == file && entry.concept == self.index)
    }

    /// The record of a small policy with the sentence as a clause.
    fn record(&self) -> PolicyRecord {
        let heading = if is_kazakh(self.sentence) {
            "Жалпы ережелер"
        } else {
            "Общие положения"
        };
        sayasat::parse(&format!("1. {heading}\n1.1. {}\n", self.sentence))
    }

    fn facts(&self) -> Facts {
        self.record().facts
    }

    /// Whether a party is the one that the concept is about, if it is about one.
    fn is_party(&self, party: Party) -> bool {
        self.concept.party.as_deref().is_none_or(|wanted| wanted == party.id())
    }
}

fn plans() -> Vec<Plan> {
    fn plan(file: &'static str, ids: fn() -> Vec<&'static str>, given: fn(&Example) -> bool) -> Plan {
        Plan { file, ids, own: &[], given }
    }
    vec![
        Plan {
            // `lifetime`: words that make a term one of keeping only where nothing else claims it
            own: &["consent_lasts", "prolonged", "lifetime", "erase_or_anonymise", "respond_to_requests"],
            ..plan(
                "actions",
                || vec![Action::RETENTION, Action::POLICY_VALIDITY],
                |example| example.is_mentioned(),
            )
        },
        plan(
            "contacts",
            || {
                let purposes = ContactPurpose::iter().filter(|id| *id != ContactPurpose::General);
                let parties = [Party::Authority, Party::Dpo, Party::ThirdParty];
                purposes.map(ContactPurpose::id).chain(parties.map(Party::id)).collect()
            },
            |example| {
                example.facts().contacts.iter().any(|fact| match example.concept.value.as_deref() {
                    Some("party") => fact.value.party.id() == example.id(),
                    _ => fact.value.purpose.id() == example.id(),
                })
            },
        ),
        Plan {
            // `none`: phrases that hold the words of a category and are none
            own: &["none"],
            ..plan(
                "data",
                || DataCategory::iter().map(DataCategory::id).collect(),
                |example| {
                    example.facts().data_categories.iter().any(|fact| fact.value.kind.id() == example.id())
                },
            )
        },
        plan(
            "deadlines",
            // durations are read by a grammar
            || {
                DeadlineKind::iter()
                    .filter(|id| *id != DeadlineKind::Duration)
                    .map(DeadlineKind::id)
                    .collect()
            },
            |example| example.facts().deadlines.iter().any(|fact| fact.value.kind.id() == example.id()),
        ),
        plan("effective", Vec::new, |example| {
            let effective = example.record().editions[0].effective.clone().unwrap_or_default();
            match example.id() {
                "version" => effective.version.is_some(),
                "law" => effective.date.is_none(), // its words say that a date is not the policy's own
                _ => effective.date.is_some(),
            }
        }),
        plan("frame", Vec::new, |example| example.is_mentioned()),
        plan(
            "legal_forms",
            || {
                // the record writes these codes in capitals
                LegalForm::iter().map(|form| &*form.id().to_lowercase().leak()).collect()
            },
            |example| example.is_mentioned(),
        ),
        plan(
            "obligations",
            || ObligationKind::iter().map(ObligationKind::id).collect(),
            |example| {
                example
                    .facts()
                    .obligations
                    .iter()
                    .any(|fact| fact.value.kind.id() == example.id() && example.is_party(fact.value.bearer))
            },
        ),
        plan("operator", Vec::new, |example| example.is_mentioned()),
        plan(
            "parties",
            || Party::iter().filter(|id| *id != Party::Dpo).map(Party::id).collect(),
            |example| example.is_mentioned(),
        ),
        plan("processing", Vec::new, |example| example.is_mentioned()),
        plan(
            "rights",
            || RightKind::iter().map(RightKind::id).collect(),
            |example| {
                example
                    .facts()
                    .rights
                    .iter()
                    .any(|fact| fact.value.kind.id() == example.id() && example.is_party(fact.value.holder))
            },
        ),
        // names of companies, the same in both languages
        plan("services", Vec::new, |example| example.is_mentioned()),
        plan("statements", Vec::new, |example| example.is_mentioned()),
        plan("subject", Vec::new, |example| example.is_mentioned()),
        plan("topics", Vec::new, |example| example.is_mentioned()),
        Plan {
            // `start`: words behind which a term is counted from an event that is not on the list
            own: &["start"],
            ..plan(
                "triggers",
                || {
                    let named = |id: &Trigger| !matches!(id, Trigger::Other | Trigger::None);
                    Trigger::iter().filter(named).map(Trigger::id).collect()
                },
                |example| example.is_mentioned(),
            )
        },
        plan(
            "purposes",
            || Purpose::iter().map(Purpose::id).collect(),
            |example| example.facts().purposes.iter().any(|fact| fact.value.kind.id() == example.id()),
        ),
        plan(
            "legal_bases",
            || LegalBasis::iter().map(LegalBasis::id).collect(),
            |example| example.facts().legal_bases.iter().any(|fact| fact.value.kind.id() == example.id()),
        ),
        plan(
            "data_subjects",
            || DataSubject::iter().map(DataSubject::id).collect(),
            |example| example.facts().data_subjects.iter().any(|fact| fact.value.kind.id() == example.id()),
        ),
        plan(
            "recipients",
            || Recipient::iter().map(Recipient::id).collect(),
            |example| example.facts().recipients.iter().any(|fact| fact.value.kind.id() == example.id()),
        ),
        plan(
            "measures",
            || Measure::iter().map(Measure::id).collect(),
            |example| example.facts().measures.iter().any(|fact| fact.value.kind.id() == example.id()),
        ),
        plan(
            "operations",
            || Operation::iter().map(Operation::id).collect(),
            |example| example.facts().operations.iter().any(|fact| fact.value.kind.id() == example.id()),
        ),
    ]
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

/// The lexicon with its examples, read once.
fn loaded() -> &'static Lexicon {
    static LOADED: LazyLock<Lexicon> =
        LazyLock::new(|| Lexicon::load(&[]).expect("the built-in lexicon is sound"));
    &LOADED
}

/// All concepts: file, index in it, concept.
fn concepts(lexicon: &Lexicon) -> impl Iterator<Item = (&str, usize, &Concept)> {
    lexicon.files.iter().flat_map(|(file, concepts)| {
        concepts.iter().enumerate().map(move |(index, concept)| (file.as_str(), index, concept))
    })
}

fn is_kazakh(text: &str) -> bool {
    let told = text.to_lowercase().contains(['ә', 'ғ', 'қ', 'ң', 'ө', 'ұ', 'ү', 'һ', 'і']);
    told || letters(text).is_kazakh() == Some(true)
}

/// What stands in a sentence.
fn mentions(lexicon: &Lexicon, sentence: &str) -> BTreeSet<Entry> {
    let folded = fold(sentence, std::slice::from_ref(&(0..sentence.len())));
    let tokens = tokenise(folded.as_str());
    let found = lexicon.matcher.find(folded.as_str(), &tokens);
    lexicon.matcher.hits(&found).into_iter().map(|hit| lexicon.entries[hit.owner as usize]).collect()
}

/// Runs one kind of example everywhere and lists what is wrong.
fn examples(of: fn(&Concept) -> &[String], wanted: bool, complaint: &str) {
    let lexicon = loaded();
    let mut wrong = String::new();
    let mut count = 0;
    for (file, index, concept) in concepts(lexicon) {
        for sentence in of(concept) {
            let example = Example { lexicon, file, index, concept, sentence };
            if (plan(file).given)(&example) != wanted {
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
    examples(
        |concept| &concept.todo,
        false,
        "is found in the sentence below at last; move it from `todo` to `yes`",
    );
}

#[test]
fn ids_are_those_of_the_record() {
    let lexicon = loaded();
    let mut wrong = String::new();
    for (file, concepts) in &lexicon.files {
        let Plan { ids, own, .. } = plan(file);
        let ids = ids();
        if ids.is_empty() {
            continue; // the file's ids are the program's own
        }
        for (index, concept) in concepts.iter().enumerate() {
            if !ids.contains(&concept.id.as_str()) && !own.contains(&concept.id.as_str()) {
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
    let mut code = String::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/extract")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("src/extract is a folder") {
            let path = entry.expect("the folder can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                code += &fs::read_to_string(path).expect("source is text");
            }
        }
    }
    code
}

#[test]
fn every_file_role_and_own_id_is_asked_for_by_an_extractor() {
    let (lexicon, code) = (loaded(), extractors());
    let asked = |word: &str| code.contains(&format!("\"{word}\""));
    let mut wrong = String::new();
    for (file, concepts) in &lexicon.files {
        if !asked(file) {
            let _ = writeln!(
                wrong,
                "grammar/lexicon/{file}.toml: no extractor in src/extract asks for this file"
            );
        }
        let own_ids = (plan(file).ids)().is_empty();
        let is_id = |role: &str| concepts.iter().any(|concept| concept.id == role);
        let roles: BTreeSet<&String> = concepts.iter().flat_map(|concept| concept.roles.keys()).collect();
        // a file of whose roles none is asked for by name is asked for as a whole
        let by_role = roles.iter().any(|role| asked(role) && !is_id(role));
        for (index, concept) in concepts.iter().enumerate() {
            if own_ids && !asked(&concept.id) && !concept.roles.keys().any(|role| asked(role)) {
                let place = place(file, index, &format!("id = \"{}\"", concept.id));
                let _ = writeln!(wrong, "{place}: no extractor in src/extract asks for {:?}", concept.id);
            }
            for role in concept.roles.keys().filter(|role| by_role && !asked(role)) {
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
                if wordings.get("any").and_then(|list| list.as_array()).is_some_and(|list| !list.is_empty()) {
                    continue; // names and marks that both languages share
                }
                for language in ["ru", "kk"].iter().filter(|language| !wordings.contains_key(**language)) {
                    let _ = writeln!(
                        wrong,
                        "{place}: no {language}; add wordings, or `{language} = []` where the language has none"
                    );
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn every_concept_has_examples_in_each_language_that_it_has_wordings_in() {
    let lexicon = loaded();
    let mut wrong = String::new();
    for (file, index, concept) in concepts(lexicon) {
        if plan(file).own.contains(&concept.id.as_str()) {
            continue;
        }
        let place = place(file, index, &format!("id = \"{}\"", concept.id));
        let examples: Vec<&String> = concept.yes.iter().chain(&concept.todo).collect();
        // a name and an abbreviation do not tell their language
        let short = |text: &str| text.split_whitespace().count() < 4;
        let words = |of: fn(&sayasat::lexicon::Wordings) -> &[String]| {
            concept.roles.values().any(|wordings| !of(wordings).is_empty())
        };
        let (russian, kazakh) = (words(|wordings| &wordings.ru), words(|wordings| &wordings.kk));
        if russian && !examples.iter().any(|text| short(text) || letters(text).is_kazakh() != Some(true)) {
            let _ = writeln!(wrong, "{place}: {} has no Russian sentence under `yes`; add one", concept.id);
        }
        if kazakh && !examples.iter().any(|text| short(text) || letters(text).is_kazakh() != Some(false)) {
            let _ = writeln!(wrong, "{place}: {} has no Kazakh sentence under `yes`; add one", concept.id);
        }
        if examples.len() < usize::from(russian) + usize::from(kazakh) {
            let _ = writeln!(wrong, "{place}: {} needs a sentence under `yes` for each language", concept.id);
        }
        if concept.no.is_empty() && (russian || kazakh) {
            let _ = writeln!(wrong, "{place}: {} has nothing under `no`; add a near miss", concept.id);
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// A wording as it is compared: case, ё and white space do not count.
fn normal(wording: &str) -> String {
    wording.to_lowercase().replace('ё', "е").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Concepts of a file that may own the same wordings, and why.
const SHARED: [(&str, [&str; 2], &str); 1] =
    [("obligations", ["rectify", "erase_or_anonymise"], "one principle binds to erase and to rectify")];

#[test]
fn a_wording_belongs_to_one_concept_of_its_file_and_stands_there_once() {
    let lexicon = loaded();
    let mut owners = BTreeMap::<_, (usize, &str)>::new();
    let mut wrong = String::new();
    for (file, index, concept) in concepts(lexicon) {
        for (role, wordings) in &concept.roles {
            for (language, list) in [("ru", &wordings.ru), ("kk", &wordings.kk), ("any", &wordings.any)] {
                for wording in list {
                    // two parties may have a right of the same name
                    let key = (file, role, concept.party.as_ref(), normal(wording));
                    let Some((other, before)) = owners.insert(key, (index, language)) else { continue };
                    // a concept may have one word in both languages
                    let twice = other == index && before == language;
                    let before = &lexicon.files[lexicon.file(file).unwrap_or(0)].1[other].id;
                    let pair = [before.as_str(), concept.id.as_str()];
                    let agreed = SHARED
                        .iter()
                        .any(|(name, pairs, _)| *name == file && pairs.iter().all(|id| pair.contains(id)));
                    let stolen = other != index && !agreed;
                    if twice || stolen {
                        let _ = writeln!(
                            wrong,
                            "{}: {wording:?} of {} stands at {} already; keep one, or say in SHARED of tests/lexicon why both",
                            place(file, index, wording),
                            concept.id,
                            place(file, other, wording),
                        );
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn every_wording_is_found_in_its_own_plainest_text() {
    let lexicon = loaded();
    let mut wrong = String::new();
    for (file, index, concept) in concepts(lexicon) {
        let number = lexicon.file(file).expect("the file is one of the lexicon's");
        for (role, wordings) in &concept.roles {
            let wanted = Entry { file: number, concept: index, role: lexicon.role(role) };
            // an ending that `~` stands for in each language
            let lists = [(&wordings.ru, "ется"), (&wordings.kk, "йды"), (&wordings.any, "")];
            for (wording, ending) in
                lists.into_iter().flat_map(|(list, end)| list.iter().map(move |w| (w, end)))
            {
                let texts = plain_texts(&wording.replace('~', ending));
                if !texts.iter().any(|text| mentions(lexicon, text).contains(&wanted)) {
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
