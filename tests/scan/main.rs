//! `sayasat scan` from outside: every kind of input, every kind of damage, any number of jobs, any interruption.

mod archives;
mod database;
mod stats;
mod trouble;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

const ARCHIVES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/archives");

struct Ran {
    status: i32,
    lines: Vec<Value>,
    out: String,
    err: String,
}

fn program(arguments: &[&str]) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_sayasat"));
    program.arg("scan").args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    program
}

fn finish(mut child: Child, input: &[u8]) -> Ran {
    let mut to = child.stdin.take().expect("there is a pipe");
    let input = input.to_vec();
    let feeder = std::thread::spawn(move || {
        // A program that stops early closes its end.
        let _ = to.write_all(&input);
    });
    let done = child.wait_with_output().expect("the program ends");
    feeder.join().expect("the input is written");
    let out = String::from_utf8(done.stdout).expect("output is UTF-8");
    Ran {
        status: done.status.code().unwrap_or(-1),
        lines: out.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect(),
        out,
        err: String::from_utf8(done.stderr).expect("complaints are UTF-8"),
    }
}

fn scan(arguments: &[&str]) -> Ran {
    scan_with(arguments, b"")
}

fn scan_with(arguments: &[&str], input: &[u8]) -> Ran {
    finish(program(arguments).spawn().expect("the program starts"), input)
}

/// An empty folder of this test's own.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("scan").join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).expect("the folder can be made");
    path
}

fn text(path: &Path) -> &str {
    path.to_str().expect("test paths are UTF-8")
}

fn write(path: &Path, content: impl AsRef<[u8]>) {
    fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("folders can be made");
    fs::write(path, content).expect("the file can be written");
}

fn policy(number: usize) -> String {
    format!(
        "Политика конфиденциальности № {number}\n\n1. Общие положения\n\
         1.1. ТОО «Үлгі-{number}» (далее – Оператор) обрабатывает персональные данные.\n\n\
         2. Права\n2.1. Субъект вправе отозвать согласие в любое время.\n\
         2.2. Оператор отвечает на запрос в течение {} рабочих дней.\n",
        number % 30 + 1
    )
}

fn names(lines: &[Value]) -> Vec<&str> {
    lines.iter().map(|line| line["source"]["name"].as_str().expect("each line names its source")).collect()
}

fn errors(lines: &[Value]) -> Vec<&Value> {
    lines.iter().filter_map(|line| line.get("error")).collect()
}

fn stream(numbers: impl Iterator<Item = usize>) -> Vec<u8> {
    let mut out = Vec::new();
    for number in numbers {
        writeln!(out, "{}", json!({"id": format!("p{number}"), "text": policy(number)}))
            .expect("memory takes all");
    }
    out
}

#[test]
fn directories_are_read_with_all_below_them_in_the_order_of_names() {
    let root = folder("tree");
    for name in ["b.txt", "a/z.txt", "a/b/c.txt", "c/1.txt", ".well-known/privacy.txt", "a.txt"] {
        write(&root.join(name), policy(name.len()));
    }
    let ran = scan(&[text(&root)]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let expected = [".well-known/privacy.txt", "a/b/c.txt", "a/z.txt", "a.txt", "b.txt", "c/1.txt"];
    let expected: Vec<String> = expected.iter().map(|name| format!("{}/{name}", text(&root))).collect();
    assert_eq!(names(&ran.lines), expected);
    assert!(ran.err.contains("6 documents: 6 policies"), "{}", ran.err);
}

#[test]
fn lists_are_read_from_files_and_from_standard_input() {
    let root = folder("lists");
    for name in ["1.txt", "2.txt"] {
        write(&root.join(name), policy(1));
    }
    let list = format!("{0}/2.txt\n\n{0}/none.txt\r\n{0}/1.txt\n", text(&root));
    write(&root.join("list"), &list);
    let from_file = scan(&["--from-list", text(&root.join("list"))]);
    let from_stdin = scan_with(&["--from-list", "-"], list.as_bytes());
    for (ran, place) in [(&from_file, text(&root.join("list"))), (&from_stdin, "-")] {
        assert_eq!(ran.status, 1);
        assert_eq!(
            names(&ran.lines),
            ["2.txt", "none.txt", "1.txt"].map(|name| format!("{}/{name}", text(&root)))
        );
        assert_eq!(ran.lines[1]["error"]["code"], "file-unreadable");
        assert_eq!(
            (&ran.lines[1]["error"]["path"], &ran.lines[1]["error"]["line"]),
            (&json!(place), &json!(3))
        );
    }
    assert_eq!(scan(&["--from-list", text(&root.join("no-list"))]).status, 2);
    assert_eq!(scan_with(&["-", "--from-list", "-"], b"").status, 2);
    assert_eq!(scan(&[]).status, 2);
}

#[test]
fn lines_of_json_carry_text_html_or_base64() {
    let input = [
        json!({"id": "t", "text": policy(1), "url": "https://example.kz/t", "fetched": "2026-01-02"}),
        json!({"id": 7, "html": "<h1>Политика</h1><p>1. Субъект вправе отозвать согласие.</p>"}),
        json!({"base64": "MS4g0J/RgNCw0LLQsAo=", "more": [1, 2]}),
    ];
    let input = input.map(|line| line.to_string()).join("\n");
    let ran = scan_with(&["-"], input.as_bytes());
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert_eq!(names(&ran.lines), ["t", "7", "-:3"]);
    assert_eq!(ran.lines[0]["origin"], json!({"url": "https://example.kz/t", "fetched": "2026-01-02"}));
    assert_eq!(ran.lines[2].get("origin"), None);
    assert_eq!(ran.lines[2]["source"]["bytes"], 14);
    let file = folder("ndjson").join("pages.ndjson");
    write(&file, &input);
    let from_file = scan(&[text(&file)]);
    assert_eq!(from_file.lines[..2], ran.lines[..2]);
}

#[test]
fn damaged_lines_cost_themselves_only() {
    let mut input = Vec::new();
    input.extend(stream(0..1));
    input.extend(b"{\"id\": \"cut\", \"text\": \"1.\n");
    input.extend(b"[1, 2]\n");
    input.extend(b"{\"id\": \"nothing\"}\n");
    input.extend(b"{\"id\": \"both\", \"text\": \"a\", \"html\": \"b\"}\n");
    input.extend(b"{\"id\": \"base\", \"base64\": \"***\"}\n");
    input.extend(b"{\"id\": \"bytes\", \"text\": \"\xFF\xFE\"}\n");
    input.extend(b"\n   \n");
    input.extend(format!("{{\"id\": \"long\", \"text\": \"{}\"}}\n", "д".repeat(200_000)).into_bytes());
    input.extend(format!("{{\"id\": \"big\", \"text\": \"{}\"}}\n", "д".repeat(6_000)).into_bytes());
    input.extend(stream(1..2));
    let ran = scan_with(&["-", "--max-bytes", "10K"], &input);
    assert_eq!(ran.status, 1);
    let told: Vec<(&str, u64)> = errors(&ran.lines)
        .iter()
        .map(|error| (error["code"].as_str().unwrap_or(""), error["line"].as_u64().unwrap_or(0)))
        .collect();
    let expected = [
        ("line-invalid", 2),
        ("line-invalid", 3),
        ("line-invalid", 4),
        ("line-invalid", 5),
        ("line-invalid", 6),
        ("line-invalid", 7),
        ("too-large", 10),
        ("too-large", 11),
    ];
    assert_eq!(told, expected);
    assert_eq!(names(&ran.lines).first(), Some(&"p0"));
    assert_eq!(names(&ran.lines).last(), Some(&"p1"));
    assert!(ran.err.contains("10 documents: 2 policies, 0 not policies, 8 failures"), "{}", ran.err);
}

#[cfg(unix)]
#[test]
fn what_cannot_be_opened_is_told_and_passed() {
    use std::os::unix::fs::symlink;
    let root = folder("unreadable");
    write(&root.join("a.txt"), policy(1));
    write(&root.join("d/z.txt"), policy(2));
    write(&root.join("e.txt"), "1. ".repeat(10_000));
    symlink(root.join("nowhere"), root.join("b.txt")).expect("links can be made");
    symlink(&root, root.join("c")).expect("links can be made");
    let made = Command::new("mkfifo").arg(root.join("f")).status();
    assert!(made.expect("mkfifo is there").success());
    let ran = scan(&[text(&root), "--max-bytes", "9K"]);
    assert_eq!(ran.status, 1);
    let told: Vec<(String, &str)> = ran
        .lines
        .iter()
        .map(|line| {
            let name = line["source"]["name"].as_str().unwrap_or("");
            let name = name.strip_prefix(text(&root)).unwrap_or(name).to_owned();
            (name, line["error"]["code"].as_str().unwrap_or("read"))
        })
        .collect();
    let expected = [
        ("/a.txt", "read"),
        ("/b.txt", "file-unreadable"),
        ("/c", "directory-unreadable"),
        ("/d/z.txt", "read"),
        ("/e.txt", "too-large"),
        ("/f", "file-unreadable"),
    ];
    assert_eq!(told, expected.map(|(name, code)| (name.to_owned(), code)));
}

#[test]
fn output_is_the_same_for_any_number_of_jobs() {
    let mut input = Vec::new();
    for number in 0..300 {
        // Documents of very different length finish in another order than they began.
        let repeat = if number % 17 == 0 { 60 } else { 1 };
        let line = json!({"id": number, "text": policy(number).repeat(repeat)});
        writeln!(input, "{line}").expect("memory takes all");
        if number % 50 == 0 {
            input.extend(b"{damaged\n");
        }
    }
    let one = scan_with(&["-", "--jobs", "1", "--quiet"], &input);
    assert_eq!((one.status, one.lines.len(), one.err.as_str()), (1, 306, ""));
    for jobs in ["2", "7"] {
        assert!(scan_with(&["-", "--jobs", jobs, "--quiet"], &input).out == one.out, "{jobs} jobs");
    }
    let file = folder("jobs").join("out.ndjson");
    scan_with(&["-", "--out", text(&file)], &input);
    assert!(fs::read_to_string(&file).expect("it was written") == one.out);
}

/// Whoever reads the lines may be slower than the parser, and so may a disk: what is finished must not pile up.
#[cfg(target_os = "linux")]
#[test]
fn memory_is_bounded_when_nobody_takes_the_results() {
    let db = folder("stalled").join("p.sqlite");
    let mut child =
        program(&["-", "--db", text(&db), "--out", "-", "--jobs", "2"]).spawn().expect("it starts");
    let mut to = child.stdin.take().expect("there is a pipe");
    let feeder = std::thread::spawn(move || {
        for number in 0..1500 {
            let line = json!({"id": number, "text": policy(number).repeat(25)});
            if writeln!(to, "{line}").is_err() {
                break;
            }
        }
    });
    let peak = || {
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
        line.split_whitespace().nth(1).and_then(|number| number.parse::<u64>().ok()).unwrap_or(0) / 1024
    };
    // Nothing is read from its output; it stands still when its memory no longer grows.
    let (mut before, mut still) = (0, 0);
    while still < 20 {
        std::thread::sleep(Duration::from_millis(100));
        still = if peak() > before { 0 } else { still + 1 };
        before = peak();
    }
    let ended = child.try_wait().expect("it can be asked");
    child.kill().expect("it can be killed");
    child.wait().expect("it ends");
    feeder.join().expect("the input is written");
    assert_eq!(ended, None, "there was not enough to read");
    assert!((10..130).contains(&before), "{before} MiB");
}

#[test]
#[ignore = "needs GNU parallel; run with --ignored where it is installed"]
fn gnu_parallel_gives_the_records_of_one_process() {
    let root = folder("parallel");
    let input = stream(0..500);
    write(&root.join("pages.ndjson"), &input);
    let one = scan_with(&["-", "--quiet"], &input);
    // The command of docs/at-scale.md, with blocks small enough to be several.
    let command = format!(
        "parallel --pipe --keep-order --block 20k '{} scan - --out - --jobs 1 --quiet' < pages.ndjson",
        env!("CARGO_BIN_EXE_sayasat")
    );
    let done = Command::new("sh").args(["-c", &command]).current_dir(&root).output().expect("sh runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(String::from_utf8_lossy(&done.stdout) == one.out);
}

#[test]
#[ignore = "needs SAYASAT_SPARK=1, Java 17 and PySpark from PyPI: see tests/spark/run.sh"]
fn spark_gives_the_records_of_one_process() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/spark/run.sh");
    let done = Command::new("sh").args([script, env!("CARGO_BIN_EXE_sayasat")]).output().expect("sh runs");
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success() && said.contains("the same as from one process"), "{said}");
}
