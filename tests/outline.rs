//! Outlines of policies as sites publish them: what every line is and what it belongs to.

use sayasat::record::Node;

/// Each line as `line kind label < line of the parent`.
fn outline(text: &str) -> Vec<String> {
    fn walk(nodes: &[Node], parent: usize, out: &mut Vec<String>) {
        for node in nodes {
            let label = if node.label.is_empty() { String::new() } else { format!(" {}", node.label) };
            out.push(format!("{} {}{label} < {parent}", node.span.line, node.kind.id()));
            walk(&node.children, node.span.line, out);
        }
    }
    let record = sayasat::parse(text);
    let mut out = Vec::new();
    for edition in &record.editions {
        walk(&edition.structure, 0, &mut out);
    }
    out
}

/// Compares the outline of a text with its rows.
fn check(text: &str, expected: &[&str]) {
    assert_eq!(outline(text), expected, "\n{text}");
}

#[test]
fn clauses_of_roman_sections_are_no_list() {
    check(
        "Құпиялылық саясаты\nI. ЖАЛПЫ ЕРЕЖЕЛЕР\n1. Осы Саясат тәртіпті белгілейді.\n2. Сайт деректерді өңдейді.\n",
        &["1 title < 0", "2 section I < 0", "3 clause 1 < 2", "4 clause 2 < 2"],
    );
    check(
        "Политика конфиденциальности\nI. Права\n1. Субъект вправе:\n1. получать сведения;\n2. требовать уточнения;\n\
         3. отозвать согласие.\n2. Оператор отвечает на запрос.\nII. Сроки\n1. Данные хранятся год.\n",
        &[
            "1 title < 0",
            "2 section I < 0",
            "3 clause 1 < 2",
            "4 item 1 < 3",
            "5 item 2 < 3",
            "6 item 3 < 3",
            "7 clause 2 < 2",
            "8 section II < 0",
            "9 clause 1 < 8",
        ],
    );
}

#[test]
fn clauses_may_be_numbered_from_one_under_every_heading() {
    check(
        "Политика конфиденциальности\n1. Общие положения\n1. Политика определяет порядок.\n2. Оператор публикует её.\n\
         2. Данные\n1. Мы собираем имя.\n2. Мы собираем телефон.\n",
        &[
            "1 title < 0",
            "2 section 1 < 0",
            "3 clause 1 < 2",
            "4 clause 2 < 2",
            "5 section 2 < 0",
            "6 clause 1 < 5",
            "7 clause 2 < 5",
        ],
    );
}

#[test]
fn section_signs_icons_and_torn_numbers_mark_sections_and_clauses() {
    check(
        "Политика конфиденциальности\n§ 1. Предмет\n1. Политика действует на сайте.\n§ 2. Термины\n2. Сайт – страницы.\n",
        &["1 title < 0", "2 section 1 < 0", "3 clause 1 < 2", "4 section 2 < 0", "5 clause 2 < 4"],
    );
    check(
        "Политика конфиденциальности\n📌 1. Общие положения\n1 . 1 Политика определяет порядок.\n📞 2. Связь\n2. 1. Пишите нам.\n",
        &["1 title < 0", "2 section 1 < 0", "3 clause 1.1 < 2", "4 section 2 < 0", "5 clause 2.1 < 4"],
    );
}

#[test]
fn letters_with_dots_are_entries_only_in_their_order() {
    check(
        "Политика конфиденциальности\n1. Данные\n1.1. Оператор обрабатывает:\nа. имя;\nб. телефон;\nв. адрес.\n\
         1.2. Адрес Оператора:\nг. Алматы, ул. Примерная, 1\n",
        &[
            "1 title < 0",
            "2 section 1 < 0",
            "3 clause 1.1 < 2",
            "4 item а < 3",
            "5 item б < 3",
            "6 item в < 3",
            "7 clause 1.2 < 2",
            "8 paragraph < 2",
        ],
    );
}

#[test]
fn headings_without_numbers_are_told_by_their_look() {
    check(
        "ПОЛИТИКА КОНФИДЕНЦИАЛЬНОСТИ\n\nКАКИЕ ДАННЫЕ МЫ СОБИРАЕМ\nИмя и фамилия\nНомер телефона\nГород\nВозраст\nПол\n\nКОНТАКТЫ\nТелефон: +7 700 000 00 01\n",
        &[
            "1 title < 0",
            "3 section < 0",
            "4 paragraph < 3",
            "5 paragraph < 3",
            "6 paragraph < 3",
            "7 paragraph < 3",
            "8 paragraph < 3",
            "10 section < 0",
            "11 paragraph < 10",
        ],
    );
    check(
        "Құпиялылық саясаты\n\nДеректерді қанша уақыт сақтаймыз?\nДеректер 3 жыл бойы сақталады.\n\n\
         Бізбен қалай байланысуға болады?\nБізге хат жазыңыз немесе қоңырау шалыңыз.\n",
        &["1 title < 0", "3 section < 0", "4 paragraph < 3", "6 section < 0", "7 paragraph < 6"],
    );
    check(
        "Политика конфиденциальности\n\nПередача данных:\nМы не передаём данные третьим лицам.\n\nМы собираем:\nИмя\nПочта\n\n\
         Контакты:\nТОО «Пример»\n",
        &[
            "1 title < 0",
            "3 section < 0",
            "4 paragraph < 3",
            "6 paragraph < 3",
            "7 paragraph < 3",
            "8 paragraph < 3",
            "10 section < 0",
            "11 paragraph < 10",
        ],
    );
}

#[test]
fn a_title_may_stand_on_two_lines_and_again_below_a_menu() {
    check(
        "ҚҰПИЯЛЫЛЫҚ\nСАЯСАТЫ\n\n1. Жалпы ережелер\nСаясат тәртіпті айқындайды.\n",
        &["1 title < 0", "4 section 1 < 0", "5 paragraph < 4"],
    );
    check(
        "Басты\nҚұпиялылық саясаты\n\nЖеке деректердің ҚҰПИЯЛЫЛЫҚ САЯСАТЫ\n\nОсы саясат қосымшаға қатысты қолданылады.\n\n1. ТЕРМИНДЕР\n",
        &["1 noise < 0", "2 title < 0", "4 title < 0", "6 paragraph < 0", "8 section 1 < 0"],
    );
}
