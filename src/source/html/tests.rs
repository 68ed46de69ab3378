use super::read;
use crate::record::Code;
use crate::source::ReadOptions;
use crate::source::lines::Extracted;

fn extract(page: &str) -> Extracted {
    read(page, &ReadOptions::default(), 1 << 20)
}

fn lines(page: &str) -> Vec<String> {
    extract(page).text.lines().map(str::to_owned).collect()
}

fn furniture(page: &str) -> Vec<String> {
    let extracted = extract(page);
    let ranges = extracted.furniture.iter();
    ranges.flat_map(|range| extracted.text[range.clone()].lines()).map(str::to_owned).collect()
}

#[test]
fn ordered_lists_are_numbered_as_in_a_browser() {
    assert_eq!(
        lines(
            "<ol start=3><li>три<li value=7>семь<li>восемь</ol><ol type=a><li>а<li>б</ol><ol reversed><li>два<li>один</ol>"
        ),
        ["3. три", "7. семь", "8. восемь", "a. а", "b. б", "2. два", "1. один"]
    );
    assert_eq!(
        lines("<ol type=I><li>Общее<ol><li>пункт</ol><li>Права<ol><li>пункт</ol></ol>"),
        ["I. Общее", "  1. пункт", "II. Права", "  1. пункт"]
    );
    assert_eq!(lines("<ol><li><p>один</p><p>ещё</p><li></li><li>три</ol>"), ["1. один", "ещё", "3. три"]);
}

#[test]
fn items_with_numbers_of_their_own_get_no_second_one() {
    assert_eq!(lines("<ol><li>1.1. Права<li>1.2. Сроки</ol>"), ["1.1. Права", "1.2. Сроки"]);
    assert_eq!(lines("<ul><li>— имя<li>а) телефон</ul>"), ["— имя", "а) телефон"]);
    assert_eq!(lines("<ol style='list-style:none'><li>Имя</ol>"), ["Имя"]);
}

#[test]
fn bullets_are_indented_by_level() {
    assert_eq!(lines("<ul><li>данные<ul><li>имя</ul><li>файлы</ul>"), ["• данные", "  • имя", "• файлы"]);
}

#[test]
fn counters_of_style_sheets_are_written_out() {
    let page = "<style>ol{counter-reset:n;list-style:none} li:before{counter-increment:n;content:counters(n,'.') '. '}</style>
        <ol><li>Общее<ol><li>Цели<li>Сроки</ol><li>Права<ol><li>Доступ</ol></ol>";
    assert_eq!(lines(page), ["1. Общее", "1.1. Цели", "1.2. Сроки", "2. Права", "2.1. Доступ"]);
    let page = "<style>body{counter-reset:s} h2::before{counter-increment:s;content:counter(s, upper-roman) '. '}</style>
        <h2>Общее</h2><h2>Права</h2>";
    assert_eq!(lines(page), ["I. Общее", "II. Права"]);
}

#[test]
fn what_a_browser_hides_is_left_out_and_reported() {
    let page = "<style>.x{display:none} @media print{.y{display:none}}</style><p>видно</p><p class=x>скрыто</p>
        <p class=y>и это</p><p hidden>скрыто</p><div style='Display: None'>скрыто</div><!-- <p>скрыто</p> -->
        <script>var скрыто</script><template><p>скрыто</template><p style='visibility:hidden'>скрыто скрыто скрыто скрыто</p>";
    let extracted = extract(page);
    assert_eq!(extracted.text, "видно\nи это\n");
    assert_eq!(extracted.oddities[0].code, Code::TextHidden);
    assert_eq!(lines("<details><summary>Права</summary><p>Отозвать.</details>"), ["Права", "Отозвать."]);
}

#[test]
fn white_space_is_folded_but_no_break_spaces_stay() {
    assert_eq!(
        lines("<p>1.1.&nbsp;Оператор\n   <b>обязан</b> \t удалить<br>данные.</p> <p>\u{A0}</p>"),
        ["1.1.\u{A0}Оператор обязан удалить", "данные."]
    );
    assert_eq!(lines("<pre>а\n  б\n\n\n\nв</pre>"), ["а", "  б", "", "в"]);
    assert_eq!(lines("<div style='white-space:pre-line'>а  б\n в</div>"), ["а б", "в"]);
}

#[test]
fn markdown_in_a_page_keeps_its_lines() {
    let page = "<div><h1>Саясат</h1>\n\n# Бір\n\n- а\n- ә\n\n## Екі\n</div>";
    assert_eq!(lines(page), ["Саясат", "# Бір", "", "- а", "- ә", "", "## Екі"]);
}

#[test]
fn tables_are_rows_and_frames_are_not() {
    assert_eq!(
        lines("<table><tr><th>Цель<th>Данные<tr><td>связь<td><p>имя<p>телефон<ul><li>почта</ul></table>"),
        ["Цель\tДанные", "связь\tимя телефон почта"]
    );
    assert_eq!(
        lines("<table><tr><td><h2>1. Права</h2><p>Отозвать.</p><td>Меню</table>"),
        ["1. Права", "Отозвать.", "Меню"]
    );
    let page = format!(
        "<table><tr><td class=menu>О нас</td><td>{}</td></table>",
        "<p>Оператор удаляет данные.".repeat(13)
    );
    assert_eq!(furniture(&page), ["О нас"]);
}

#[test]
fn the_site_around_the_policy_is_furniture() {
    let page = "<body><header><a href=/>Сайт</a></header><nav><ul><li><a href=/a>Цены</a></ul></nav>
        <p class=crumbs><a href=/>Главная</a> → Документы</p><h1>Политика конфиденциальности</h1>
        <ol><li><a href=#1>Права</a></ol>
        <h2 id=1>1. Права</h2><p>Пользователь вправе отозвать согласие в любое время, написав письмо.</p>
        <p><a href='mailto:a@b.example'>a@b.example</a></p>
        <button>Печать</button><footer>© Сайт</footer>
        <div class='cookie-banner'>Мы используем cookie. <button>Принять</button></div>";
    assert_eq!(
        furniture(page),
        [
            "Сайт",
            "• Цены",
            "Главная → Документы",
            "1. Права",
            "Печать",
            "© Сайт",
            "Мы используем cookie. Принять"
        ]
    );
}

#[test]
fn a_policy_in_a_form_or_a_footer_is_still_the_policy() {
    let page = "<form id=aspnet><div class=footer><p>1. Оператор удаляет данные по требованию субъекта.</p></div></form>";
    assert!(furniture(page).is_empty());
}

#[test]
fn a_page_drawn_by_a_script_says_so() {
    let extracted =
        extract("<!doctype html><title>Политика</title><div id=root></div><script>draw()</script>");
    assert_eq!(extracted.text, "");
    assert_eq!(extracted.oddities[0].code, Code::EmptyDocument);
}

#[test]
fn hostile_nesting_stops_at_the_limit() {
    let page = format!("<p>начало</p>{}конец", "<div>".repeat(100_000));
    let extracted = extract(&page);
    assert_eq!(extracted.text.lines().next(), Some("начало"));
    assert_eq!(extracted.oddities[0].code, Code::LimitReached);
    let page = format!("<p>{}</p>конец", "<b id=a><i>".repeat(100)).repeat(1_000);
    assert_eq!(extract(&page).oddities[0].code, Code::LimitReached);
}

#[test]
fn a_tag_with_very_many_attributes_takes_no_time() {
    let attributes: String = (0..200_000).map(|at| format!(" a{at}='1'")).collect();
    assert_eq!(lines(&format!("<p{attributes}>текст</p><p class='x' id=\"y\">ещё</p>")), ["текст", "ещё"]);
}
