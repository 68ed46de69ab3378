//! Noise of sites, converters and printed pages.

use sayasat::source::ReadOptions;
use sayasat::{Options, PolicyRecord};

use super::{check, drawn};

fn page(html: &str) -> PolicyRecord {
    let read = ReadOptions { name: "page.html".to_owned(), ..ReadOptions::default() };
    sayasat::parse_bytes(html.as_bytes(), &Options { read }).expect("a page")
}

#[test]
fn menus_and_footers_around_plain_text_are_noise() {
    check(
        "Главная\nКаталог\nКонтакты\nПолитика конфиденциальности\n1. Общие положения\n1.1. Компания хранит данные.\n2. Связь\n2.1. Пишите на info@example.kz.\nВсе права защищены\n",
        "
        noise | Главная
        noise | Каталог
        noise | Контакты
        title | Политика конфиденциальности
        section 1 | Общие положения
          clause 1.1 | Компания хранит данные.
        section 2 | Связь
          clause 2.1 | Пишите на info@example.kz.
        noise | Все права защищены
        ",
    );
}

#[test]
fn hard_wraps_are_continuations() {
    check(
        "1. Общие положения\n1.1. Настоящая Политика определяет порядок обработки персональных\nданных и меры по обеспечению безопасности персональных данных,\nкоторые принимает Компания при оказании услуг пользователям\nсайта example.kz.\n1.2. Субъект получает ответ на своё обращение в течение 30 дней с\nдаты получения обращения Компанией по электронной почте\nили по почте.\n",
        "
        section 1 | Общие положения
          clause 1.1 | Настоящая Политика определяет порядок обработки персональных данных и меры по обеспечению безопасности персональных данных, которые принимает Компания при оказании услуг пользователям сайта example.kz.
          clause 1.2 | Субъект получает ответ на своё обращение в течение 30 дней с даты получения обращения Компанией по электронной почте или по почте.
        ",
    );
}

#[test]
fn paragraphs_that_are_lines_of_a_page_are_continuations() {
    let record = page(
        "<!doctype html><h1>Политика конфиденциальности</h1><p>1. Общие положения</p>\
        <p>1.1. Настоящая Политика определяет порядок обработки персональных</p><p>данных и меры по обеспечению безопасности персональных данных,</p>\
        <p>которые принимает Компания.</p><p>1.2. Ответ даётся в течение 30 дней с</p><p>даты обращения.</p>",
    );
    assert_eq!(
        drawn(&record),
        "title | Политика конфиденциальности\nsection 1 | Общие положения\n  clause 1.1 | Настоящая Политика определяет порядок обработки персональных данных и меры по обеспечению безопасности персональных данных, которые принимает Компания.\n  clause 1.2 | Ответ даётся в течение 30 дней с даты обращения.\n"
    );
}

#[test]
fn a_first_line_indent_is_no_level() {
    check(
        "     1. Общие положения\n     1.1. Компания хранит данные.\n     1.2. Компания удаляет данные.\n",
        "
        section 1 | Общие положения
          clause 1.1 | Компания хранит данные.
          clause 1.2 | Компания удаляет данные.
        ",
    );
}

#[test]
fn a_domain_broken_at_its_hyphen_is_one_address() {
    let record = check(
        "1. Связь\n1.1. Политика размещена на странице сайта Компании по адресу www.site-\none.example.kz в открытом доступе для всех его посетителей.\n",
        "
        section 1 | Связь
          clause 1.1 | Политика размещена на странице сайта Компании по адресу www.site- one.example.kz в открытом доступе для всех его посетителей.
        ",
    );
    assert_eq!(record.facts.contacts[0].value.value, "www.site-one.example.kz");
}

#[test]
fn markdown_may_be_indented_and_break_its_lines_with_blanks() {
    check(
        "    # Құпиялылық саясаты\n\n    ## 1. Деректер\n\n    Біз атыңызды жинаймыз.  \n    Біз оны сақтаймыз.\n",
        "
        title | Құпиялылық саясаты
        section 1 | Деректер
          paragraph | Біз атыңызды жинаймыз.
          paragraph | Біз оны сақтаймыз.
        ",
    );
}

#[test]
fn what_a_page_hides_or_scripts_draw_is_not_read() {
    let record = page(
        "<!doctype html><h1>Политика конфиденциальности</h1><!-- <p>9. Скрытый пункт</p> --><p>1. Права</p><p>1.1. Спросить.</p>\
        <script>var text = '<p>2. Из сценария</p>'</script>",
    );
    assert_eq!(
        drawn(&record),
        "title | Политика конфиденциальности\nsection 1 | Права\n  clause 1.1 | Спросить.\n"
    );
}

#[test]
fn bookmarks_of_converters_belong_to_the_marker() {
    let record = check(
        "[bookmark: _x1]Политика конфиденциальности\n1. Права\n1.1. Спросить.\n",
        "
        title | Политика конфиденциальности
        section 1 | Права
          clause 1.1 | Спросить.
        ",
    );
    assert_eq!(record.editions[0].structure[0].marker, "[bookmark: _x1]");
}
