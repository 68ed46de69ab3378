//! The program from outside: arguments, standard input, exit status, what it prints where.

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/records/example.txt");

struct Ran {
    status: i32,
    out: String,
    err: String,
}

/// A run of the program in an environment that says nothing of languages and colours.
fn program() -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_sayasat"));
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "LC_MESSAGES", "LANG", "COLUMNS"] {
        program.env_remove(name);
    }
    program.env("LC_ALL", "C");
    program
}

fn finish(program: &mut Command, input: &[u8]) -> Ran {
    let mut child = program
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // a program that does not read its input closes the pipe
    let _ = child.stdin.take().expect("there is a pipe").write_all(input);
    let done = child.wait_with_output().expect("the program ends");
    Ran {
        status: done.status.code().expect("no signal ended it"),
        out: String::from_utf8(done.stdout).expect("output is UTF-8"),
        err: String::from_utf8(done.stderr).expect("complaints are UTF-8"),
    }
}

fn run(arguments: &[&str]) -> Ran {
    finish(program().args(arguments), b"")
}

fn run_with(arguments: &[&str], input: &[u8]) -> Ran {
    finish(program().args(arguments), input)
}

/// A file of this test's own, below the folder that cargo keeps for such.
fn file(name: &str, content: &[u8]) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, content).expect("the file can be written");
    path
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("it is one JSON value")
}

#[test]
fn one_file_gives_indented_json_and_compact_gives_one_line() {
    let pretty = run(&["parse", EXAMPLE]);
    assert_eq!((pretty.status, pretty.err.as_str()), (0, ""));
    assert!(pretty.out.lines().count() > 10 && pretty.out.ends_with("}\n"));
    assert_eq!(json(&pretty.out)["schema"], "sayasat/1");
    let compact = run(&["parse", "--compact", EXAMPLE]);
    assert_eq!(compact.out.lines().count(), 1);
    assert_eq!(json(&compact.out), json(&pretty.out));
    let ndjson = run(&["parse", "--format", "ndjson", EXAMPLE]);
    assert_eq!(ndjson.out, compact.out);
}

#[test]
fn standard_input_is_read_for_a_dash() {
    let text = fs::read(EXAMPLE).expect("the example is there");
    let ran = run_with(&["parse", "-"], &text);
    assert_eq!(ran.status, 0);
    let (from_pipe, mut from_file) = (json(&ran.out), json(&run(&["parse", EXAMPLE]).out));
    assert_eq!(from_pipe["source"]["name"], "-");
    from_file["source"]["name"] = "-".into();
    assert_eq!(from_pipe, from_file);
}

#[test]
fn several_files_give_a_record_a_line_and_go_on_past_one_that_is_missing() {
    let missing = "no-such-policy.txt";
    let ran = run(&["parse", EXAMPLE, missing, EXAMPLE]);
    assert_eq!(ran.status, 2);
    assert_eq!(ran.out.lines().map(json).filter(|record| record["schema"] == "sayasat/1").count(), 2);
    assert_eq!(ran.err, "sayasat: no-such-policy.txt: there is no such file; check the path\n");
}

#[test]
fn what_cannot_be_read_is_one_line_with_path_and_cure() {
    let large = file("large.txt", &[b'a'; 2000]);
    let ran = run(&["parse", "--max-bytes", "1K", large.to_str().expect("a plain path")]);
    assert_eq!((ran.status, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("large.txt: ") && ran.err.contains("--max-bytes"), "{}", ran.err);
    let folder = run(&["parse", env!("CARGO_TARGET_TMPDIR")]);
    assert_eq!(folder.status, 2);
    assert!(folder.err.contains("it is a directory; give the files in it"), "{}", folder.err);
    for complaint in [ran.err, folder.err] {
        assert_eq!(complaint.lines().count(), 1, "{complaint}");
    }
}

#[test]
fn a_name_that_steers_the_terminal_is_spelled_out() {
    let ran = run(&["parse", "a\u{1b}[31m\u{202e}b.txt"]);
    assert!(ran.err.contains("a␛[31m<U+202E>b.txt"), "{:?}", ran.err);
    assert_eq!(ran.status, 2);
}

#[test]
fn wrong_arguments_are_refused_with_status_2() {
    for arguments in [
        &["parse"][..],
        &["parse", "--format", "xml", EXAMPLE],
        &["parse", "--min-confidence", "2", EXAMPLE],
        &["parse", "--max-bytes", "much", EXAMPLE],
        &["parse", "--ui", "de", EXAMPLE],
        &["parse", "--input-format", "papyrus", EXAMPLE],
        &["prase", EXAMPLE],
        &[],
    ] {
        let ran = run(arguments);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{arguments:?}");
        assert!(!ran.err.is_empty());
    }
}

#[test]
fn every_command_shows_an_example_in_its_help() {
    let help = run(&["--help"]);
    assert_eq!((help.status, help.err.as_str()), (0, ""));
    let commands: Vec<&str> = help
        .out
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        // a description that is wrapped goes on further to the right
        .filter_map(|line| line.strip_prefix("  ")?.split(' ').next())
        .filter(|name| !name.is_empty() && *name != "help")
        .collect();
    assert!(commands.contains(&"parse"), "{}", help.out);
    for command in commands {
        let ran = run(&[command, "--help"]);
        assert_eq!(ran.status, 0, "{command}");
        assert!(ran.out.contains("Example"), "{command} --help has no example");
        assert!(
            ran.out.contains(&format!("  sayasat {command}")),
            "{command} --help: the example is of another"
        );
    }
}

#[test]
fn colours_come_only_where_they_are_wanted() {
    let explain = ["explain", "rights/erasure"];
    let coloured = |program: &mut Command| finish(program.args(explain), b"").out.contains('\u{1b}');
    assert!(!coloured(&mut program()), "into a pipe");
    assert!(coloured(program().args(["--color", "always"])), "when asked");
    assert!(!coloured(program().args(["--color", "never"]).env("CLICOLOR_FORCE", "1")), "when refused");
    assert!(coloured(program().env("CLICOLOR_FORCE", "1")), "when the environment forces them");
    assert!(!coloured(program().env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1")), "NO_COLOR");
}

#[test]
fn text_that_steers_a_terminal_reaches_people_spelled_out_and_programs_exactly() {
    let nasty = "1. Права\u{1b}[31m\n1.1. Пользователь \u{202e}вправе\u{9b}2J отозвать согласие.\n";
    let path = file("nasty.txt", nasty.as_bytes());
    let path = path.to_str().expect("a plain path");
    for format in ["tree", "table"] {
        let ran = run(&["parse", "--format", format, path]);
        assert_eq!(ran.status, 0);
        let harmless = |c: char| c == '\n' || !(c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c));
        assert!(ran.out.chars().all(harmless), "{format}: {:?}", ran.out);
    }
}

#[test]
fn the_language_of_words_comes_from_the_option_or_the_locale() {
    let path = file("empty.txt", b"");
    let path = path.to_str().expect("a plain path");
    let table = ["parse", "--format", "table", path];
    assert!(run(&table).out.contains("No facts were found."));
    assert!(run(&["parse", "--format", "table", "--ui", "kk", path]).out.contains("Фактілер табылмады."));
    let russian = finish(program().env("LC_ALL", "ru_RU.UTF-8").args(table), b"");
    assert!(russian.out.contains("Фактов не найдено."));
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let mut child = program()
        .arg("parse")
        .args(vec![EXAMPLE; 200])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let status = child.wait().expect("the program ends");
    let mut complaint = String::new();
    child.stderr.take().expect("a pipe").read_to_string(&mut complaint).expect("text");
    assert_eq!((status.code(), complaint.as_str()), (Some(0), ""));
}

#[test]
fn the_printed_schema_is_the_committed_one() {
    let ran = run(&["schema"]);
    assert_eq!(ran.status, 0);
    assert_eq!(ran.out, include_str!("../schema/sayasat-1.schema.json"));
}

#[test]
fn ids_and_codes_are_explained_in_three_languages() {
    let ran = run(&["explain", "erasure"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    for words in ["rights/erasure", "удаление данных", "деректерді жою", "erasure of data", "DPV eu-gdpr:A17"]
    {
        assert!(ran.out.contains(words), "{words}\n{}", ran.out);
    }
    let act = run(&["explain", "operations/erasure"]).out;
    assert_eq!(ran.out, act + "\n" + &run(&["explain", "rights/erasure"]).out, "both lists have it");
    let kazakh = run(&["explain", "--ui", "kk", "numbering_gap"]).out;
    assert!(kazakh.contains("нөмірлеудегі үзік") && !kazakh.contains("gap in"), "{kazakh}");
}

#[test]
fn explain_lists_everything_and_suggests_what_comes_near() {
    let all = run(&["explain"]);
    assert!(
        all.out.contains("\nrights\n") && all.out.contains("  erasure") && all.out.contains("numbering-gap")
    );
    let list = run(&["explain", "rights"]).out;
    assert!(list.contains("  erasure") && !list.contains("numbering-gap"));
    let ran = run(&["explain", "eraser"]);
    assert_eq!((ran.status, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("did you mean erasure"), "{}", ran.err);
    let ran = run(&["explain", "щщщ"]);
    assert!(ran.status == 2 && ran.err.contains("`sayasat explain` lists everything"), "{}", ran.err);
}

#[test]
fn the_text_comes_out_as_it_is_read() {
    let text = fs::read_to_string(EXAMPLE).expect("the example is there");
    assert_eq!(run(&["text", EXAMPLE]).out, text);
    let numbered = run(&["text", "--number", EXAMPLE]).out;
    assert_eq!(numbered.lines().count(), text.lines().count());
    assert!(numbered.starts_with("     1  Политика конфиденциальности\n"));
    assert_eq!(run_with(&["text", "-"], "a\u{1b}b".as_bytes()).out, "a\u{1b}b");
}

#[test]
fn a_stage_can_be_looked_at() {
    let lines = run(&["dump", "--stage", "lines", EXAMPLE]).out;
    assert!(lines.starts_with("1\t0\tПолитика конфиденциальности\n2\t28\t1. Общие положения\n"), "{lines}");
    let stages = [
        ("outline", "2-2\t0\tsection\t1\t1.\tОбщие положения\n"),
        ("mentions", "7\trights/access\tact\tполучать доступ\n"),
        ("facts", "7\trights\tdata_subject access\t"),
    ];
    for (stage, row) in stages {
        let ran = run(&["dump", "--stage", stage, EXAMPLE]);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{stage}");
        assert!(ran.out.contains(row), "{stage}: {}", ran.out);
    }
}

#[test]
fn wordings_of_the_users_own_are_read_and_broken_ones_name_their_place() {
    let policy = "Политика\n\n1. Права\n1.1. Субъект вправе вымарать свой след.\n";
    let words = file(
        "own-words.toml",
        "[[rights]]\nid = \"erasure\"\n[rights.act]\nru = [\"вымар(ать|ыв*)\"]\nkk = []\n".as_bytes(),
    );
    let words = words.to_str().expect("the path is Unicode");
    let kinds = |ran: Ran| json(&ran.out)["facts"]["rights"][0]["kind"].clone();
    assert_eq!(kinds(run_with(&["parse", "-"], policy.as_bytes())), "other");
    assert_eq!(kinds(run_with(&["parse", "--lexicon", words, "-"], policy.as_bytes())), "erasure");

    let wrong = file("wrong-words.toml", "[[rights]]\nid = \"erazure\"\n".as_bytes());
    let ran = run_with(&["parse", "--lexicon", wrong.to_str().expect("Unicode"), "-"], policy.as_bytes());
    assert_eq!((ran.status, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("wrong-words.toml") && ran.err.contains("erazure"), "{}", ran.err);
}

#[test]
fn shells_and_manual_readers_get_their_files() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = run(&["completions", shell]);
        assert!(ran.status == 0 && ran.out.contains("min-confidence"), "{shell}");
    }
    let page = run(&["man"]);
    assert!(page.status == 0 && page.out.contains(".TH sayasat 1"), "{}", page.out);
    assert!(run(&["man", "parse"]).out.contains("min\\-confidence"));
    assert_eq!(run(&["man", "prase"]).status, 2);
}

const GOLD: &str = "\
# the sample, as a reader sees it
edition\t1\tru
node\t1\ttitle\t-\t0
node\t2\tsection\t1\t0
node\t3\tclause\t1.1\t2
operator\t3\t0\tҮлгі\tTOO\tОператор
right\t7\tdata_subject\taccess
right\t8\tdata_subject\trestriction
right?\t8\tdata_subject\terasure
deadline\t9\tduration\tP3D\tbusiness\tmax\trequest_received\terase_or_anonymise
contact\t10\t0\temail\tINFO@example.kz\toperator\tinquiry
reference\t9\t9.9\t-
";

#[test]
fn records_are_scored_against_gold() {
    let gold = file("example.gold", GOLD.as_bytes());
    let (gold, record) = (
        gold.to_str().expect("a plain path"),
        concat!(env!("CARGO_MANIFEST_DIR"), "/tests/records/example.json"),
    );
    let ran = run(&["score", "--json", gold, record]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    let figures = json(&ran.out);
    let total = |layer: &str| {
        let layer = &figures["total"][layer];
        ["tp", "fp", "fn"].map(|count| layer[count].as_u64().expect("a count"))
    };
    assert_eq!(total("rights"), [1, 0, 1], "a disputed reading counts neither way");
    assert_eq!(total("structure"), [3, 8, 0]);
    for layer in ["deadlines", "contacts", "operator", "references"] {
        assert_eq!(total(layer), [1, 0, 0], "{layer}");
    }
    assert_eq!(figures["total"]["deadlines.attributes"], serde_json::json!({"correct": 2, "of": 3}));
    assert_eq!(figures["by_document"]["example"]["rights"], 0.6667);
    let errors = run(&["score", "--errors", gold, record]).out;
    assert!(errors.contains("- example rights 8 | data_subject | restriction\n"), "{errors}");
    assert!(errors.contains("+ example obligations 9 | operator | must | erase_or_anonymise\n"), "{errors}");
    assert!(errors.contains("core macro F1 "), "{errors}");
    let kazakh = run(&["score", "--lang", "kk", gold, record]).out;
    assert!(!kazakh.contains("rights "), "the sample is Russian: {kazakh}");
}

#[test]
fn folders_of_gold_and_records_are_paired_by_name() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pairs");
    fs::create_dir_all(&folder).expect("a folder can be made");
    fs::write(folder.join("example.ru.gold"), GOLD).expect("written");
    let folder = folder.to_str().expect("a plain path");
    let missing = run(&["score", "--dir", folder, folder]);
    assert_eq!(missing.status, 2);
    assert!(missing.err.contains("example.ru.json: there is no such file"), "{}", missing.err);
    let record = include_bytes!("records/example.json");
    fs::write(Path::new(folder).join("example.ru.json"), record).expect("written");
    let found = run(&["score", "--dir", folder, folder]);
    fs::remove_file(Path::new(folder).join("example.ru.json")).expect("removed");
    assert_eq!((found.status, found.err.as_str()), (0, ""));
    assert!(found.out.starts_with("layer "));
}

#[test]
fn gold_that_cannot_be_read_is_named_with_its_line() {
    let gold = file("broken.gold", b"# first\nright\tseven\tdata_subject\taccess\n");
    let ran = run(&["score", gold.to_str().expect("a plain path"), EXAMPLE]);
    assert_eq!((ran.status, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("broken.gold: line 2: column 2 should be a number"), "{}", ran.err);
    let gold = file("whole.gold", GOLD.as_bytes());
    let ran = run(&["score", gold.to_str().expect("a plain path"), EXAMPLE]);
    assert!(ran.status == 2 && ran.err.contains("example.txt: it is no record"), "{}", ran.err);
}

#[test]
fn a_sheet_for_review_has_a_heading_and_a_mark_for_excel_on_demand() {
    let plain = run(&["review", EXAMPLE]);
    assert!(
        plain.status == 0 && plain.out.starts_with("mark\tlayer\tline\tclause\tkey\tfact\tquote\tcomment\n")
    );
    let marked = run(&["review", "--bom", EXAMPLE]);
    assert_eq!(marked.out, format!("\u{feff}{}", plain.out));
}

#[test]
#[cfg(target_os = "linux")]
fn output_that_cannot_be_written_is_said_once() {
    let full = fs::File::options().write(true).open("/dev/full").expect("Linux has it");
    let done = program().arg("schema").stdout(full).output().expect("the program ends");
    assert_eq!(done.status.code(), Some(2));
    let complaint = String::from_utf8(done.stderr).expect("text");
    assert!(
        complaint.starts_with("sayasat: the output cannot be written: ") && complaint.lines().count() == 1
    );
}
