//! Signs and letters.

use sayasat::record::Code;

use super::{check, check_with, codes};

#[test]
fn latin_schwa_is_read_as_the_kazakh_letter() {
    let record = check_with(
        "1. Құқықтар\n1.1. Субъект өз деректерін жоюды талап етуге жəне келісімін қайтарып алуға құқылы.\n",
        "
        section 1 | Құқықтар
          clause 1.1 | Субъект өз деректерін жоюды талап етуге жəне келісімін қайтарып алуға құқылы.
        ",
        Code::LookAlikeLetters,
    );
    let kinds: Vec<&str> = record.facts.rights.iter().map(|fact| fact.value.kind.id()).collect();
    assert!(kinds.contains(&"erasure") && kinds.contains(&"withdraw_consent"), "{kinds:?}");
}

#[test]
fn invisible_and_wide_blanks_hide_no_word() {
    let record = check(
        "1.\u{a0}Права\n1.1.\u{a0}\u{200b}Субъект  вправе\u{a0}отозвать\u{200b} согласие.\n",
        "
        section 1 | Права
          clause 1.1 | \u{200b}Субъект вправе отозвать\u{200b} согласие.
        ",
    );
    assert_eq!(record.facts.rights[0].value.kind.id(), "withdraw_consent");
}

#[test]
fn hyphens_that_do_not_break_are_hyphens() {
    let record = check(
        "1. Деректер\n1.1. Компания аты\u{2011}жөніңізді жинайды.\n",
        "
        section 1 | Деректер
          clause 1.1 | Компания аты\u{2011}жөніңізді жинайды.
        ",
    );
    assert_eq!(record.facts.data_categories[0].value.kind.id(), "name");
}

#[test]
fn unknown_signs_stay_where_they_are() {
    check(
        "1. Права\n1.1. Субъект может \u{fffd} отозвать согласие.\n",
        "
        section 1 | Права
          clause 1.1 | Субъект может \u{fffd} отозвать согласие.
        ",
    );
}

#[test]
fn any_dash_and_any_quotes_make_an_alias() {
    for (open, close) in [("«", "»"), ("\"", "\""), ("“", "”"), ("„", "“")] {
        for dash in ["-", "–", "—"] {
            let text = format!(
                "1. Общие положения\n1.1. ТОО {open}Үлгі{close} (далее {dash} Оператор) хранит персональные данные.\n"
            );
            let record = sayasat::parse(&text);
            assert_eq!(record.facts.definitions[0].value.term, "Оператор", "{text}");
            let operator = record.editions[0].operator.as_ref().expect("an operator");
            assert_eq!(operator.aliases, ["Оператор"], "{text}");
        }
    }
}

#[test]
fn quotes_may_be_left_open() {
    check(
        "1. Общие положения\n1.1. Администрация «Сайта (далее – «Администрация) хранит данные.\n1.2. Сайт даётся \"как есть”.\n",
        "
        section 1 | Общие положения
          clause 1.1 | Администрация «Сайта (далее – «Администрация) хранит данные.
          clause 1.2 | Сайт даётся \"как есть”.
        ",
    );
}

#[test]
fn the_number_of_an_act_has_many_forms() {
    for number in ["№ 94-V", "№94-V", "N 94-V", "№ 94 -V", "№94-\nV"] {
        let text = format!(
            "1. Право\n1.1. Политика составлена по Закону Республики Казахстан от 21 мая 2013 года {number} «О персональных данных и их защите».\n"
        );
        let record = sayasat::parse(&text);
        let acts: Vec<&str> = record.facts.citations.iter().map(|fact| fact.value.act.as_str()).collect();
        assert_eq!(acts, ["KZ:94-V"], "{text}");
    }
    for number in ["№ 152-ФЗ", "№152-ФЗ", "N 152-ФЗ", "ФЗ-152"] {
        let text = format!(
            "1. Право\n1.1. Политика составлена по Федеральному закону {number} «О персональных данных».\n"
        );
        let record = sayasat::parse(&text);
        let acts: Vec<&str> = record.facts.citations.iter().map(|fact| fact.value.act.as_str()).collect();
        assert_eq!(acts, ["RU:152-FZ"], "{text}");
    }
}

#[test]
fn holes_of_a_template_are_reported() {
    for hole in ["{EMAIL}", "${SITE}", "[указать адрес]", "[указать после регистрации]", "http://#/"]
    {
        check_with(
            &format!("1. Связь\n1.1. Вопросы о данных: {hole}\n"),
            &format!("section 1 | Связь\n  clause 1.1 | Вопросы о данных: {hole}\n"),
            Code::PlaceholderLeft,
        );
    }
}

#[test]
fn residue_of_html_stays_text() {
    let record = check(
        "1. Права\n1.1. Субъект&nbsp;вправе \\\"отозвать\\\" согласие.\n",
        "
        section 1 | Права
          clause 1.1 | Субъект&nbsp;вправе \\\"отозвать\\\" согласие.
        ",
    );
    assert!(!codes(&record).contains(&Code::PlaceholderLeft));
}

#[test]
fn emoji_may_label_contacts() {
    let record = check(
        "1. Связь\nВопросы о персональных данных направляйте Оператору:\n☎ +7 700 000 00 00\n📧 info@example.kz\n📍 050000, г. Алматы, ул. Примерная, 1\n",
        "
        section 1 | Связь
          paragraph | Вопросы о персональных данных направляйте Оператору:
          paragraph | ☎ +7 700 000 00 00
          paragraph | 📧 info@example.kz
          paragraph | 📍 050000, г. Алматы, ул. Примерная, 1
        ",
    );
    let kinds: Vec<&str> = record.facts.contacts.iter().map(|fact| fact.value.kind.id()).collect();
    assert_eq!(kinds, ["phone", "email", "postal_address"]);
}
