//! Parties, contacts, dates and deadlines, as odd as they are written.

use super::codes;
use sayasat::PolicyRecord;
use sayasat::record::Code;

/// A policy with one clause of interest.
fn clause(text: &str) -> PolicyRecord {
    sayasat::parse(&format!("1. Жалпы ережелер / Общие положения\n1.1. {text}\n"))
}

#[test]
fn operators_come_in_many_legal_forms() {
    for (text, name, form) in [
        ("ТОО «Үлгі» (далее – Оператор) обрабатывает персональные данные.", "«Үлгі»", "TOO"),
        ("«Үлгі» ЖШС (бұдан әрі – Оператор) дербес деректерді өңдейді.", "«Үлгі»", "TOO"),
        ("ООО «Пример» (далее – Оператор) обрабатывает персональные данные.", "«Пример»", "OOO"),
        ("АО «Пример» (далее – Компания) обрабатывает персональные данные.", "«Пример»", "AO"),
    ] {
        let record = clause(text);
        let operator = record.editions[0].operator.as_ref().unwrap_or_else(|| panic!("no operator: {text}"));
        let found = (operator.name.as_str(), operator.legal_form.map(sayasat::record::LegalForm::id));
        assert_eq!(found, (name, Some(form)), "{text}");
    }
}

#[test]
fn an_operator_may_be_named_in_the_middle_of_a_sentence() {
    let record = clause(
        "Политика определяет меры по защите персональных данных, предпринимаемые ООО \"Пример\" (далее — Оператор).",
    );
    assert_eq!(
        record.editions[0].operator.as_ref().map(|found| found.aliases.clone()),
        Some(vec!["Оператор".to_owned()])
    );
}

#[test]
fn identifiers_stand_with_the_operator() {
    for (text, kind) in [
        ("ТОО «Үлгі» (БИН 000000000000, далее – Оператор) обрабатывает персональные данные.", "bin"),
        ("ТОО «Үлгі», БИН/ИИН: 000000000000 (далее – Оператор) обрабатывает персональные данные.", "bin"),
        ("«Үлгі» ЖШС (БСН 000000000000, бұдан әрі – Оператор) дербес деректерді өңдейді.", "bin"),
        ("ООО «Пример» (ИНН 0000000000, далее – Оператор) обрабатывает персональные данные.", "inn"),
    ] {
        let record = clause(text);
        let operator = record.editions[0].operator.as_ref().unwrap_or_else(|| panic!("no operator: {text}"));
        assert_eq!(operator.identifiers[0].kind.id(), kind, "{text}");
    }
}

#[test]
fn telephones_have_one_form() {
    for (written, number) in [
        ("+7 (700) 000-00-01", "+77000000001"),
        ("+7 700 000 00 01", "+77000000001"),
        ("8 700 000 00 01", "+77000000001"),
        ("+7 495 000-00-01", "+74950000001"),
        ("+7 700 000 0001", "+77000000001"),
    ] {
        let record = clause(&format!("Вопросы о данных принимаются по телефону {written}."));
        let found: Vec<&str> = record.facts.contacts.iter().map(|fact| fact.value.value.as_str()).collect();
        assert_eq!(found, [number], "{written}");
    }
}

#[test]
fn addresses_of_mail_end_where_words_begin() {
    for text in [
        "Сұрақтарды info@example.kz мекенжайына жіберіңіз.",
        "Вопросы направляйте на info@example.kz.",
        "E-mail: info@example.kz",
        "Электрондық пошта: info@example.kz",
        "Почта:info@example.kz;",
    ] {
        let record = clause(text);
        let found: Vec<&str> = record.facts.contacts.iter().map(|fact| fact.value.value.as_str()).collect();
        assert_eq!(found, ["info@example.kz"], "{text}");
    }
}

#[test]
fn an_address_of_mail_may_be_data_and_no_contact() {
    for text in [
        "Оператор собирает следующие данные: имя, адрес электронной почты.",
        "Оператор мынадай деректерді жинайды: аты, электрондық пошта мекенжайы.",
    ] {
        let record = clause(text);
        assert!(record.facts.contacts.is_empty(), "{text}");
        assert!(record.facts.data_categories.iter().any(|fact| fact.value.kind.id() == "email"), "{text}");
    }
}

#[test]
fn dates_have_one_form() {
    for (written, date) in [
        ("Дата обновления: 24 июля 2026 г.", "2026-07-24"),
        ("Дата публикации: 01.12.2025", "2025-12-01"),
        ("Редакция от «1» января 2026 года", "2026-01-01"),
        ("Жаңартылған күні: 2026 жылғы 24 шілде", "2026-07-24"),
        ("Соңғы жаңарту: 20 мамыр 2026", "2026-05-20"),
        ("Жарияланған күні: 2026 ж. 2 мамыр", "2026-05-02"),
        ("Дата обновления: [13.05.2025]", "2025-05-13"),
    ] {
        let title = if written.contains('ү') {
            "Құпиялылық саясаты"
        } else {
            "Политика конфиденциальности"
        };
        let record =
            sayasat::parse(&format!("{title}\n{written}\n1. Мақсат / Цель\n1.1. Тапсырыс / Заказ.\n"));
        let effective = record.editions.iter().find_map(|edition| edition.effective.as_ref());
        assert_eq!(effective.and_then(|found| found.date.as_deref()), Some(date), "{written}");
    }
}

#[test]
fn a_date_that_a_script_should_have_written_is_missing() {
    let record = sayasat::parse(
        "Құпиялылық саясаты\nСоңғы жаңарту күні:\n1. Құқықтар\n1.1. Пайдаланушы сұрай алады.\n",
    );
    assert!(record.editions[0].effective.as_ref().is_none_or(|found| found.date.is_none()));
    assert_eq!(record.editions[0].structure.len(), 3);
}

#[test]
fn deadlines_are_counted_in_figures_and_words() {
    for (written, iso, days) in [
        ("Оператор отвечает на запрос в течение 15 рабочих дней.", "P15D", "business"),
        ("Оператор отвечает на запрос в течение 30 календарных дней.", "P30D", "calendar"),
        ("Оператор отвечает на запрос в течение семи рабочих дней.", "P7D", "business"),
        ("Оператор отвечает на запрос в течение 30 (тридцати) дней.", "P30D", "unspecified"),
        ("Оператор уничтожает данные в срок, не превышающий семи рабочих дней.", "P7D", "business"),
        ("Оператор уничтожает данные в срок не позднее трех рабочих дней.", "P3D", "business"),
        ("Оператор сұрауға 30 күн ішінде жауап береді.", "P30D", "unspecified"),
        ("Оператор сұрауға үш жұмыс күні ішінде жауап береді.", "P3D", "business"),
        ("Оператор сұрауға он бес жұмыс күні ішінде жауап береді.", "P15D", "business"),
    ] {
        let record = clause(written);
        let found: Vec<(&str, &str)> = record
            .facts
            .deadlines
            .iter()
            .map(|fact| {
                (fact.value.iso.as_str(), fact.value.day_type.map_or("", sayasat::record::DayType::id))
            })
            .collect();
        assert_eq!(found, [(iso, days)], "{written}");
    }
}

#[test]
fn figures_and_words_that_differ_are_reported() {
    let record = clause("Оператор сұрауға 40 (отыз) жұмыс күні ішінде жауап береді.");
    assert!(codes(&record).contains(&Code::NumberContradiction), "{:?}", record.diagnostics);
}

#[test]
fn a_deadline_may_run_over_a_line_end() {
    let record = sayasat::parse(
        "1. Права\n1.1. Субъект персональных данных получает ответ Оператора на запрос в течение 30 дней с\nдаты получения запроса Оператором, если иной срок не установлен законом для такого\nзапроса.\n",
    );
    let iso: Vec<&str> = record.facts.deadlines.iter().map(|fact| fact.value.iso.as_str()).collect();
    assert_eq!(iso, ["P30D"]);
}

#[test]
fn an_age_is_no_deadline() {
    let record = clause("Сервис 18 жастан асқан адамдарға арналған.");
    assert!(record.facts.deadlines.is_empty(), "{:?}", record.facts.deadlines);
}

#[test]
fn what_is_denied_is_not_processed() {
    for text in [
        "Оператор не осуществляет обработку специальных категорий персональных данных.",
        "Оператор IP-мекенжайды өңдемейді.",
    ] {
        let record = clause(text);
        let found: Vec<&str> =
            record.facts.data_categories.iter().map(|fact| fact.value.status.id()).collect();
        assert_eq!(found, ["not_processed"], "{text}");
    }
}

#[test]
fn an_act_of_another_country_is_reported() {
    let record = sayasat::parse(
        "Политика конфиденциальности\n1. Общие положения\n1.1. ТОО «Үлгі» (далее – Оператор, БИН 000000000000), Республика Казахстан, г. Алматы, хранит персональные данные.\n1.2. Политика составлена по Федеральному закону № 152-ФЗ «О персональных данных».\n",
    );
    assert!(codes(&record).contains(&Code::CitationForeign), "{:?}", record.diagnostics);
}

#[test]
fn a_policy_of_two_sentences_is_a_policy() {
    let record =
        sayasat::parse("Политика конфиденциальности\nМы храним ваш телефон. Пишите на info@example.kz.\n");
    assert_eq!(record.facts.contacts.len(), 1);
    assert!(!codes(&record).contains(&Code::NotAPolicy));
}
