//! Any text gives a record, and the record keeps its promises: nothing is lost, quotes re-read, ids are unique, JSON
//! reads back, the same text gives the same record, in time linear in its length.
//!
//! The random tests draw the same cases on every run. `SAYASAT_FUZZ=5000 cargo test --test robustness` draws 5,000 new ones.

mod invariants;
mod mutation;
mod shapes;
mod time;

use invariants::{check, check_bytes, check_once};
use mutation::{Edit, mutated};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use sayasat::record::Code;

fn config(cases: u32) -> ProptestConfig {
    let asked = std::env::var("SAYASAT_FUZZ").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig {
        cases: asked.unwrap_or(cases),
        rng_seed: if asked.is_some() { RngSeed::Random } else { RngSeed::Fixed(2026) },
        failure_persistence: None, // a case that was found becomes a test of its own below
        max_shrink_iters: 20_000,
        max_shrink_time: 60_000,
        ..ProptestConfig::default()
    }
}

/// Letters and signs that policies are made of, and some that break programs.
const BITS: &[&str] = &[
    "\n",
    "\n\n",
    " ",
    "  ",
    "\t",
    "\r\n",
    "\r",
    "\u{a0}",
    "\u{200b}",
    "\u{ad}",
    "\u{feff}",
    "\u{2028}",
    "\u{85}",
    "\u{b}",
    "\0",
    "1",
    "2",
    "1.",
    "1.1",
    "1.1.",
    "2.1.1.",
    "10.",
    "3)",
    "а)",
    "б)",
    "(а)",
    "I.",
    "IV.",
    "Раздел II",
    "Глава 1.",
    "4-тарау",
    "5-бап",
    "§ 1",
    "#",
    "## ",
    "- ",
    "– ",
    "—",
    "• ",
    "· ",
    "* ",
    "**",
    "|",
    "[",
    "](",
    "(",
    ")",
    "«",
    "»",
    "\"",
    "“",
    ":",
    ";",
    ",",
    ".",
    "...",
    "!",
    "?",
    "№",
    "/",
    "@",
    "+7",
    "8 (700)",
    "000-00-00",
    "94-V",
    "152-ФЗ",
    "30 (тридцати) дней",
    "40 (отыз) жұмыс күні",
    "в течение",
    "ішінде",
    "info@example.kz",
    "https:///example.kz",
    "example.kz",
    "Оператор",
    "субъект",
    "вправе",
    "обязан",
    "не обязан",
    "запрещается",
    "құқылы",
    "міндетті",
    "тыйым салынады",
    "далее – ",
    "бұдан әрі – ",
    "в пункте 4.9 настоящей Политики",
    "осы Саясаттың 4.9-тармағында",
    "персональные данные",
    "дербес деректер",
    "согласие",
    "келісім",
    "имя, телефон",
    "аты, телефоны",
    "үлгі",
    "Ё",
    "й",
    "и\u{306}",
    "ә",
    "ə",
    "İ",
    "ǅ",
    "ß",
    "ﬁ",
    "日本",
    "👩‍👩‍👧",
    "\u{301}",
    "\u{202e}",
    "𝟏",
    "٣",
    "²",
    "½",
    "Ⅳ",
];

fn bits() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(BITS), 0..80).prop_map(|bits| bits.concat())
}

proptest! {
    #![proptest_config(config(150))]

    #[test]
    fn mutated_policies_keep_every_promise(
        policy in 0..mutation::policies().len(),
        edits in proptest::collection::vec(any::<Edit>(), 1..12),
    ) {
        check(&mutated(mutation::policies()[policy], &edits));
    }

    #[test]
    fn texts_of_words_marks_and_numbers_in_any_order_keep_every_promise(text in bits()) {
        check(&text);
    }

    #[test]
    fn any_characters_keep_every_promise(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn any_bytes_give_a_record_or_one_clear_error(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        check_bytes(&bytes);
    }

    #[test]
    fn bytes_of_policies_with_some_changed_give_a_record_or_one_clear_error(
        policy in 0..mutation::policies().len(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
        keep in any::<prop::sample::Index>(),
    ) {
        let mut bytes = mutation::policies()[policy].as_bytes().to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(keep.index(bytes.len()));
        check_bytes(&bytes);
    }
}

#[test]
fn policies_of_the_corpus_keep_every_promise() {
    for policy in mutation::policies() {
        check(policy);
    }
}

#[test]
fn single_bits_and_pairs_of_bits_keep_every_promise() {
    check("");
    for one in BITS {
        check(one);
        for other in BITS.iter().filter(|other| other.len() < 6) {
            check(&format!("{one}{other}"));
            check(&format!("1. A\n1.1. {one} {other}\n{other}{one} B"));
        }
    }
}

/// Codes of the diagnostics of a text.
fn codes(text: &str) -> Vec<Code> {
    check(text);
    sayasat::parse(text).diagnostics.into_iter().map(|diagnostic| diagnostic.code).collect()
}

#[test]
fn an_empty_document_is_called_so() {
    for text in ["", "\n", " \t\r\n\u{a0}\n"] {
        assert!(codes(text).contains(&Code::EmptyDocument), "{text:?}");
    }
}

#[test]
fn languages_that_are_not_read_are_called_so() {
    for text in [
        "Privacy Policy\n\n1. General\n1.1. We collect your name and your address when you write to us.\n\
         2. Your rights\n2.1. You may withdraw your consent at any time. We answer within thirty days.\n",
        "Купуялык саясаты\n\n1. Жалпы жоболор\n1.1. Биз сиздин атыңызды жана телефонуңузду чогултабыз.\n\
         1.2. Маалыматтар үчүнчү жактарга берилбейт, мыйзамда көрсөтүлгөн учурлардан башка.\n",
        "隐私政策\n\n1. 总则\n1.1. 我们收集您的姓名和电话号码。\n2. 您的权利\n2.1. 您可以随时撤回同意。\n",
    ] {
        assert!(codes(text).contains(&Code::LanguageUnsupported), "{text}");
    }
}

#[test]
fn a_text_that_is_no_policy_is_called_so() {
    let step = "Нарежьте свёклу и морковь соломкой, обжарьте на масле.\n\
                Положите в кипящий бульон капусту, картофель и зажарку.\nВарите двадцать минут и дайте настояться.\n";
    let recipe = format!("Борщ\n\n{}", step.repeat(8));
    assert!(codes(&recipe).contains(&Code::NotAPolicy));
    assert!(!codes("Борщ\n\nНарежьте свёклу.\n").contains(&Code::NotAPolicy), "too short to judge");
    assert!(!codes(mutation::policies()[0]).contains(&Code::NotAPolicy));
}

#[test]
#[ignore = "takes long unoptimised; .ci/run has it: cargo test --release --test robustness -- --ignored"]
fn hostile_documents_are_read_in_bounded_time_and_keep_every_promise() {
    let mut slow = Vec::new();
    for (name, text, seconds) in shapes::hostile() {
        let mut record = None;
        let spent = time::of(|| record = Some(sayasat::parse(&text)));
        if spent.as_secs_f64() > seconds {
            slow.push(format!("  {name}: {} bytes took {spent:?}, more than {seconds} s", text.len()));
        }
        check_once(&text, &record.expect("it was parsed"));
    }
    assert!(slow.is_empty(), "too slow:\n{}", slow.join("\n"));
}

#[test]
#[ignore = "takes long unoptimised; .ci/run has it: cargo test --release --test robustness -- --ignored"]
fn time_grows_with_the_length_and_not_with_its_square() {
    let mut slow = Vec::new();
    for (name, make) in shapes::growing() {
        if let Err(problem) = time::is_linear(make) {
            slow.push(format!("  {name}: {problem}"));
        }
    }
    assert!(slow.is_empty(), "more than linear:\n{}", slow.join("\n"));
}
