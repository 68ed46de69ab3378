//! The policy inside a page of a site, and pages that hold none.

use sayasat::record::{Code, NodeKind};
use sayasat::{Options, PolicyRecord};

fn record(page: &str) -> PolicyRecord {
    sayasat::parse_bytes(page.as_bytes(), &Options::default()).expect("a page")
}

fn codes(record: &PolicyRecord) -> Vec<Code> {
    record.diagnostics.iter().map(|found| found.code).collect()
}

/// A site's page around a main part.
fn site(main: &str) -> String {
    format!(
        "<!doctype html><html><head><meta charset=utf-8><title>Пример</title></head><body>\
        <header><a href=/>Пример</a><nav><ul><li><a href=/c>Каталог</a></li><li><a href=/d>Доставка и оплата</a></li></ul></nav></header>\
        <div class=cookie-banner>Мы используем файлы cookie. <button>Принять</button></div>\
        <div id=content>{main}</div>\
        <aside><p>Подпишитесь на новости и получите скидку</p></aside>\
        <footer><p>© 2026 Пример</p><a href=/privacy>Политика конфиденциальности</a></footer></body></html>"
    )
}

#[test]
fn the_policy_inside_a_site_gives_the_record_of_its_text() {
    let policy = "<h1>Политика конфиденциальности</h1><h2>1. Общие положения</h2>\
        <p>1.1. ТОО «Үлгі» (далее – Оператор) обрабатывает имя и телефон пользователей сайта.</p>\
        <h2>2. Права</h2><p>2.1. Пользователь вправе:</p><ul><li>отозвать согласие;</li><li>требовать удаления персональных данных.</li></ul>\
        <p>2.2. Оператор отвечает на запрос в течение 3 рабочих дней. Почта: <a href='mailto:info@example.kz'>info@example.kz</a>.</p>";
    let found = record(&site(policy));
    let text = "Политика конфиденциальности\n1. Общие положения\n\
        1.1. ТОО «Үлгі» (далее – Оператор) обрабатывает имя и телефон пользователей сайта.\n\
        2. Права\n2.1. Пользователь вправе:\n• отозвать согласие;\n• требовать удаления персональных данных.\n\
        2.2. Оператор отвечает на запрос в течение 3 рабочих дней. Почта: info@example.kz.\n";
    let plain = sayasat::parse(text);
    let quotes = |record: &PolicyRecord| {
        let facts = &record.facts;
        let mut quotes: Vec<String> = facts.rights.iter().map(|fact| fact.quote.clone()).collect();
        quotes.extend(facts.obligations.iter().map(|fact| fact.quote.clone()));
        quotes.extend(facts.data_categories.iter().map(|fact| fact.quote.clone()));
        quotes.extend(facts.deadlines.iter().map(|fact| fact.quote.clone()));
        quotes.extend(facts.contacts.iter().map(|fact| fact.quote.clone()));
        quotes
    };
    assert_eq!(quotes(&found), quotes(&plain));
    assert!(quotes(&plain).len() >= 6, "{:?}", quotes(&plain));
    let structure = &found.editions[0].structure;
    let policy: Vec<&str> =
        structure.iter().filter(|node| node.kind != NodeKind::Noise).map(|node| node.text.as_str()).collect();
    assert_eq!(policy, ["Политика конфиденциальности", "Общие положения", "Права"]);
    let noise = structure.iter().filter(|node| node.kind == NodeKind::Noise).count();
    assert!(noise >= 5, "menu, banner, aside and footer are kept as noise");
}

#[test]
fn a_page_without_a_policy_says_so() {
    let shop = "<h1>Чай с гор</h1><p>Мы продаём чай с 1998 года. Лучший чай растёт на высоте двух тысяч метров.</p><ul><li>Зелёный чай</li><li>Чёрный чай</li></ul>";
    let lost = "<p>404. Страница не найдена</p>";
    let kazakh = "<h1>Таудан келген шай</h1><p>Біз шайды 1998 жылдан бері сатамыз. Ең жақсы шай екі мың метр биіктікте өседі.</p>";
    for page in
        [site(shop), site(lost), kazakh.to_owned() + "<p></p>", format!("<html><body>{lost}</body></html>")]
    {
        assert!(codes(&record(&page)).contains(&Code::NotAPolicy), "{page}");
    }
    let script = "<!doctype html><html><body><div id=app></div><script>draw()</script></body></html>";
    assert_eq!(codes(&record(script)), [Code::EmptyDocument]);
}

#[test]
fn a_short_policy_in_a_page_is_a_policy() {
    let short =
        "<h1>Политика конфиденциальности</h1><p>Мы храним ваш телефон год. Пишите на info@example.kz.</p>";
    assert!(!codes(&record(&site(short))).contains(&Code::NotAPolicy));
    let clause = "<p>1. Права</p><p>1.1. Пользователь вправе отозвать согласие.</p><p></p>";
    assert!(!codes(&record(clause)).contains(&Code::NotAPolicy));
}
