//! Which data a clause says are processed: lists whose entries tell that they are, and what stands aside.

/// Categories of a text: `3 phone processed`.
fn read(text: &str) -> Vec<String> {
    let data = sayasat::parse(text).facts.data_categories;
    data.iter()
        .map(|fact| format!("{} {} {}", fact.span.line, fact.value.kind.id(), fact.value.status.id()))
        .collect()
}

#[test]
fn entries_tell_that_a_list_is_one_of_data() {
    assert_eq!(
        read(
            "Политика конфиденциальности\nЧто вы рассказываете\nПри входе мы попросим:\n• номер мобильного\n• имя и фамилию\n"
        ),
        ["4 phone processed", "5 name processed"]
    );
    assert_eq!(
        read(
            "Құпиялылық саясаты\nКіру туралы\nКірген кезде мыналар жазылып қалады:\n• телефон нөмірі;\n• аты-жөні.\n"
        ),
        ["4 phone processed", "5 name processed"]
    );
}

#[test]
fn recipients_get_what_stands_behind_their_names() {
    assert_eq!(
        read(
            "Политика конфиденциальности\nКому мы передаём данные\nМы работаем с партнёрами:\n• банку — номер карты;\n• курьеру — имя и адрес;\n• органам — по закону.\n"
        ),
        ["4 payment_card processed", "5 name processed", "5 postal_address processed"]
    );
    assert_eq!(
        read(
            "Құпиялылық саясаты\nДеректерді кімге береміз\nБіз серіктестермен жұмыс істейміз:\n• банкке – карта нөмірі;\n• курьерге – аты мен мекенжайы;\n• органдарға – заң бойынша.\n"
        ),
        ["4 payment_card processed", "5 name processed", "5 postal_address processed"]
    );
}

#[test]
fn lists_of_terms_and_of_duties_name_no_data() {
    let none = [""; 0];
    assert_eq!(
        read(
            "Политика конфиденциальности\n1. Сроки\n1.1. Мы держим:\n- видеозаписи — 30 дней;\n- номера телефонов — год.\n"
        ),
        none
    );
    assert_eq!(
        read(
            "Дербес деректерді өңдеу саясаты\n1. Міндеттер\n1.1. Пайдаланушы:\n1) телефон нөмірі өзгергенін хабарлауға;\n2) аты-жөнін дұрыс көрсетуге міндетті.\n"
        ),
        none
    );
}

#[test]
fn data_of_a_condition_or_a_quoted_name_are_not_stated() {
    let none = [""; 0];
    assert_eq!(
        read("Политика конфиденциальности\n1. Порядок\n1.1. Мы собираем заявки фестиваля «Голос Азии».\n"),
        none
    );
    assert_eq!(
        read("Құпиялылық саясаты\n1. Тәртіп\n1.1. Біз «Азия дауысы» фестивалінің өтінімдерін жинаймыз.\n"),
        none
    );
}
