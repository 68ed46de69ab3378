//! Texts that are hard on a program: long, deep, repeated, without end.

use std::fmt::Write as _;

use super::mutation::policies;

/// Nested numbers on one line: `1.1.1.…`.
fn nested(count: usize) -> String {
    let mut text = "1.".repeat(count);
    text.push_str(" Текст.\n");
    text
}

/// Lines whose numbers are one deeper each, `count` numbers in all.
fn staircase(count: usize) -> String {
    let (mut text, mut left, mut depth) = (String::new(), count, 0);
    while left > 0 {
        depth += 1;
        let _ = writeln!(text, "{} Текст.", "1.".repeat(depth));
        left = left.saturating_sub(depth);
    }
    text
}

/// Bullets indented deeper each.
fn deep_list(levels: usize) -> String {
    (0..levels).fold("Список:\n".to_owned(), |mut text, level| {
        let _ = writeln!(text, "{}- пункт:", " ".repeat(level));
        text
    })
}

fn repeated(unit: &str, bytes: usize) -> String {
    unit.repeat(bytes / unit.len() + 1)
}

/// Bytes without order that are the same on every run.
fn noise(count: usize) -> String {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut bytes = Vec::with_capacity(count);
    while bytes.len() < count {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend(state.to_le_bytes());
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

const MB: usize = 1 << 20;

/// Name, text, and seconds that it may take: many times what it takes, so that a busy machine does not fail the test.
pub(crate) fn hostile() -> Vec<(&'static str, String, f64)> {
    let sentence =
        "Оператор обязан уничтожить персональные данные в течение 30 дней с даты получения запроса. ";
    vec![
        ("ten megabytes of one line of sentences", repeated(sentence, 10 * MB), 90.0),
        ("ten megabytes of one word", repeated("а", 10 * MB), 60.0),
        ("ten megabytes of digits and full stops", repeated("1.", 10 * MB), 60.0),
        ("100,000 nested numbers on one line", nested(100_000), 10.0),
        ("100,000 nested numbers on lines that grow", staircase(100_000), 10.0),
        ("100,000 nested numbers, one a line", "1.1.1.\n".repeat(33_334), 20.0),
        ("2,000 lists in lists", deep_list(2_000), 20.0),
        ("a megabyte of random bytes", noise(MB), 20.0),
        ("a megabyte of line ends", repeated("\n", MB), 20.0),
        ("a megabyte of opening brackets", repeated("(", MB), 20.0),
        ("a megabyte of opening quotes", repeated("«", MB), 20.0),
        ("a megabyte of numbers with dashes between them", repeated("1-", MB), 20.0),
    ]
}

/// A shape: makes a text of about so many bytes.
type Shape = fn(usize) -> String;

/// Shapes whose time must grow as their length does.
pub(crate) fn growing() -> Vec<(&'static str, Shape)> {
    vec![
        ("policies of the corpus again and again", |bytes| repeated(&policies().concat(), bytes)),
        ("one line of sentences", |bytes| {
            repeated(
                "Субъект вправе отозвать согласие, а Оператор обязан удалить имя и телефон в течение 3 дней. ",
                bytes,
            )
        }),
        ("one sentence without end", |bytes| {
            repeated(
                "субъект вправе отозвать согласие и оператор обязан удалить имя и телефон в течение 3 дней, ",
                bytes,
            )
        }),
        ("one Kazakh sentence without end", |bytes| {
            repeated(
                "субъект келісімді қайтарып алуға құқылы және оператор деректерді үш күн ішінде жоюға міндетті, ",
                bytes,
            )
        }),
        ("one list of data without end", |bytes| repeated("имя, телефон, адрес электронной почты, ", bytes)),
        ("nested numbers on one line", |bytes| nested(bytes / 2)),
        ("nested numbers on lines that grow", |bytes| staircase(bytes / 2)),
        ("numbers one a line", |bytes| repeated("1.\n", bytes)),
        ("clauses", |bytes| repeated("1.1. Оператор обязан уничтожить данные.\n", bytes)),
        ("sections", |bytes| repeated("1. Права\n", bytes)),
        ("entries of one list", |bytes| "Оператор обрабатывает:\n".to_owned() + &repeated("- имя;\n", bytes)),
        ("entries without marks", |bytes| "Оператор обрабатывает:\n".to_owned() + &repeated("имя;\n", bytes)),
        ("lead-ins", |bytes| repeated("Субъект вправе:\n", bytes)),
        ("clauses behind one lead-in", |bytes| {
            "1. Права\nСубъект вправе:\n".to_owned() + &repeated("1.1. получать сведения;\n", bytes)
        }),
        ("paragraphs in two languages in turn", |bytes| {
            repeated("Оператор деректерді жоюға міндетті.\nОператор обязан удалить данные.\n", bytes)
        }),
        ("lines that break a sentence", |bytes| repeated("оператор обрабатывает и\n", bytes)),
        ("table rows", |bytes| repeated("| имя | телефон | 30 дней |\n", bytes)),
        ("aliases", |bytes| repeated("ТОО «Үлгі» (далее – Оператор). ", bytes)),
        ("aliases that differ", |bytes| {
            (0..bytes / 60).fold(String::new(), |mut text, number| {
                let _ = writeln!(text, "ТОО «Үлгі» (далее – Оператор{number}).");
                text
            })
        }),
        ("definitions", |bytes| {
            "1. Термины\n".to_owned() + &repeated("Оператор – лицо, которое обрабатывает;\n", bytes)
        }),
        ("references", |bytes| repeated("См. пункт 4.9 настоящей Политики. ", bytes)),
        ("laws", |bytes| {
            repeated("Закон РК от 21 мая 2013 года № 94-V «О персональных данных и их защите», ", bytes)
        }),
        ("addresses", |bytes| repeated("info@example.kz, https://example.kz/a, +7 700 000 00 00, ", bytes)),
        ("one address without end", |bytes| repeated("a.", bytes) + "@example.kz"),
        ("digits", |bytes| repeated("8", bytes)),
        ("digits with spaces", |bytes| repeated("8 ", bytes)),
        ("letters", |bytes| repeated("а", bytes)),
        ("number words", |bytes| repeated("тридцать три ", bytes)),
        ("opening brackets", |bytes| repeated("(", bytes)),
        ("opening quotes", |bytes| repeated("«а ", bytes)),
        ("hyphens", |bytes| repeated("-", bytes)),
        ("conditions", |bytes| repeated("если иное не предусмотрено, в случае если ", bytes)),
        ("words of duty", |bytes| repeated("обязан ", bytes)),
        ("words of right", |bytes| repeated("вправе құқылы ", bytes)),
        ("spaces", |bytes| repeated(" ", bytes) + "а"),
        ("no-break spaces", |bytes| repeated("\u{a0}", bytes) + "а"),
        ("line ends", |bytes| repeated("\n", bytes)),
        ("soft hyphens", |bytes| repeated("а\u{ad}", bytes)),
        ("stars", |bytes| repeated("**", bytes)),
    ]
}
