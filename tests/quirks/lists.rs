//! Lists, definitions and tables.

use super::check;

#[test]
fn every_usual_sign_is_a_bullet() {
    for sign in ["•", "·", "●", "-", "–", "—", "*"] {
        check(
            &format!("1. Данные\n1.1. Компания хранит:\n{sign} имя;\n{sign} телефон.\n"),
            "
            section 1 | Данные
              clause 1.1 | Компания хранит:
                item | имя;
                item | телефон.
            ",
        );
    }
}

#[test]
fn signs_may_mix_and_be_missing() {
    check(
        "1. Данные\n1.1. Компания хранит:\n● имя;\n- телефон;\n— адрес.\n1.2. Компания не хранит:\nномер паспорта;\nномер карты.\n",
        "
        section 1 | Данные
          clause 1.1 | Компания хранит:
            item | имя;
            item | телефон;
            item | адрес.
          clause 1.2 | Компания не хранит:
            item | номер паспорта;
            item | номер карты.
        ",
    );
}

#[test]
fn a_dash_may_touch_its_term() {
    check(
        "1. Понятия:\n-Персональные данные – сведения о человеке;\n-Сайт – страница example.kz.\n",
        "
        section 1 | Понятия:
          item | Персональные данные – сведения о человеке;
          item | Сайт – страница example.kz.
        ",
    );
}

#[test]
fn lists_nest_by_sign_and_indent() {
    check(
        "1. Деректер\n• Аккаунт деректері:\n  – электрондық пошта;\n  – құпиясөз.\n• Тапсырыс деректері.\n",
        "
        section 1 | Деректер
          item | Аккаунт деректері:
            item | электрондық пошта;
            item | құпиясөз.
          item | Тапсырыс деректері.
        ",
    );
}

#[test]
fn the_last_items_may_end_the_sentence() {
    check(
        "1. Деректер\n1.1. Компания сақтайды:\n• аты;\n• телефоны;\n• мекенжайы.\n• Ата-ана деректері: аты, телефоны.\n",
        "
        section 1 | Деректер
          clause 1.1 | Компания сақтайды:
            item | аты;
            item | телефоны;
            item | мекенжайы.
            item | Ата-ана деректері: аты, телефоны.
        ",
    );
}

#[test]
fn definitions_are_bare_paragraphs() {
    check(
        "1. Термины\nСайт – интернет-ресурс example.kz.\nконтрагент – сторона договора.\nПользователь - посетитель Сайта.\n2. Права\n2.1. Спросить.\n",
        "
        section 1 | Термины
          paragraph | Сайт – интернет-ресурс example.kz.
          paragraph | контрагент – сторона договора.
          paragraph | Пользователь - посетитель Сайта.
        section 2 | Права
          clause 2.1 | Спросить.
        ",
    );
}

#[test]
fn definitions_may_stand_before_the_first_section() {
    let record = check(
        "Политика конфиденциальности\nВ настоящей Политике используются термины:\nСайт – интернет-ресурс example.kz;\nПользователь – посетитель Сайта.\n1. Общие положения\n1.1. Компания хранит данные.\n",
        "
        title | Политика конфиденциальности
        paragraph | В настоящей Политике используются термины:
          item | Сайт – интернет-ресурс example.kz;
          item | Пользователь – посетитель Сайта.
        section 1 | Общие положения
          clause 1.1 | Компания хранит данные.
        ",
    );
    let terms: Vec<&str> = record.facts.definitions.iter().map(|fact| fact.value.term.as_str()).collect();
    assert_eq!(terms, ["Сайт", "Пользователь"]);
}

#[test]
fn rows_of_tables_are_lines() {
    check(
        "## Реквизиты\n\n| Поле | Значение |\n|---|---|\n| Имя | «Үлгі» |\n| Адрес | г. Алматы |\n\n## Связь\n\nПишите нам.\n",
        "
        section | Реквизиты
          paragraph | | Поле | Значение |
          paragraph | | Имя | «Үлгі» |
          paragraph | | Адрес | г. Алматы |
        noise | |---|---|
        section | Связь
          paragraph | Пишите нам.
        ",
    );
    check(
        "## Данные\n\nМы передаём сервису:\n\n| Данные | Зачем |\n| Имя | ответы по имени |\n",
        "
        section | Данные
          paragraph | Мы передаём сервису:
          paragraph | | Данные | Зачем |
          paragraph | | Имя | ответы по имени |
        ",
    );
    check(
        "1. Цели\nЦель\tДанные\tСрок\nДоставка\tимя, адрес\t1 год\nРассылка\te-mail\tдо отказа\n",
        "
        section 1 | Цели
          paragraph | Цель Данные Срок
          paragraph | Доставка имя, адрес 1 год
          paragraph | Рассылка e-mail до отказа
        ",
    );
}

#[test]
fn a_full_stop_inside_an_entry_does_not_end_its_list() {
    check(
        "1.1. Термины:\nсайт – совокупность страниц;\nвладелец – лицо, о котором можно узнать на https://example.kz.\nданные – любая информация;\nфайл – запись.\n",
        "
        clause 1.1 | Термины:
          item | сайт – совокупность страниц;
          item | владелец – лицо, о котором можно узнать на https://example.kz.
          item | данные – любая информация;
          item | файл – запись.
        ",
    );
    check(
        "1.1. Терминдер:\nсайт – беттердің жиынтығы;\nиесі – https://example.kz бетінде көрсетілген тұлға.\nдеректер – кез келген ақпарат;\nфайл – жазба.\n",
        "
        clause 1.1 | Терминдер:
          item | сайт – беттердің жиынтығы;
          item | иесі – https://example.kz бетінде көрсетілген тұлға.
          item | деректер – кез келген ақпарат;
          item | файл – жазба.
        ",
    );
}
