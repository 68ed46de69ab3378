//! What is odd about a text as a whole, and whether it is a policy that can be classified at all.

use std::sync::LazyLock;

use regex::Regex;

use crate::language::pattern;

use super::unit::unread;
use super::{Context, Extraction};
use crate::record::{Code, Format, Language, NodeKind};
use crate::source::Oddity;

/// A shorter text is not judged: a fragment may leave out what it is about. A whole page may not.
const LEAST_WORDS: usize = 120;

/// A text of fewer letters may be in no language.
const FEW_LETTERS: usize = 30;

/// Notes placeholders, look-alike letters, foreign languages and texts that are no policies.
pub(super) fn oddities(context: &Context<'_>, out: &mut Extraction) {
    placeholders(context, out);
    for node in &context.outline.nodes {
        if node.kind != NodeKind::Noise
            && let Some(range) = unread(context.source, &node.pieces)
        {
            let message = "the clause is too long; no facts were read from the rest of it".to_owned();
            out.oddities.push(Oddity { code: Code::LimitReached, message, range: Some(range) });
        }
    }
    // A reader that found no text has said why.
    if context.outline.editions.is_empty() && context.source.oddities.is_empty() {
        let message = "the document holds no text".to_owned();
        out.oddities.push(Oddity { code: Code::EmptyDocument, message, range: None });
    }
    for edition in 0..context.outline.editions.len() {
        look_alikes(context, edition, out);
        let found = &context.outline.editions[edition];
        let at = found.nodes.clone().find_map(|node| context.outline.nodes[node].pieces.first().cloned());
        if !supported(context, edition) {
            out.oddities.push(Oddity {
                code: Code::LanguageUnsupported,
                message: format!("the language is {:?}; outlined, not classified", found.language.id()),
                range: at,
            });
        } else if let Some(why) = foreign_subject(context, edition) {
            out.oddities.push(Oddity { code: Code::NotAPolicy, message: why.to_owned(), range: at });
        }
    }
}

/// Whether facts can be read from an edition: its language is known and it is a privacy policy.
pub(super) fn classifiable(context: &Context<'_>, edition: usize) -> bool {
    supported(context, edition) && foreign_subject(context, edition).is_none()
}

fn supported(context: &Context<'_>, edition: usize) -> bool {
    match context.outline.editions[edition].language {
        Language::Ru | Language::Kk => true,
        // A few words in no language - a name, an address - are no foreign text.
        Language::Unknown => letters(context, edition) < FEW_LETTERS,
        Language::En | Language::Ky => false,
    }
}

fn letters(context: &Context<'_>, edition: usize) -> usize {
    let nodes = context.outline.editions[edition].nodes.clone();
    let mut count = 0;
    for unit in context.units.of(nodes) {
        count += unit.folded.as_str().chars().filter(|found| found.is_alphabetic()).count();
        if count >= FEW_LETTERS {
            break;
        }
    }
    count
}

/// The title of a form by which somebody consents.
fn is_consent_title(folded: &str) -> bool {
    let text = folded.trim_start_matches(|c: char| !c.is_alphanumeric());
    text.starts_with("согласие ")
        || text.starts_with("форма согласия")
        || text.contains("келісім беру")
        || text.contains("келісім нысаны")
        || text.trim_end_matches(|c: char| !c.is_alphanumeric()).ends_with("келісімі")
}

/// Why an edition is no privacy policy; nothing if it is one or too short to tell.
fn foreign_subject(context: &Context<'_>, edition: usize) -> Option<&'static str> {
    *context.foreign[edition].get_or_init(|| read_subject(context, edition))
}

fn read_subject(context: &Context<'_>, edition: usize) -> Option<&'static str> {
    let file = context.lexicon.file("subject");
    let core = ["rights", "obligations", "data"].map(|name| context.lexicon.file(name));
    let found = &context.outline.editions[edition];
    let (mut all, mut personal, mut data, mut secret, mut parties) = (0, 0, 0, 0, 0);
    let (mut title, mut policy, mut first_person) = (false, false, 0);
    let mut opening = 0;
    let mut speaks = false;
    for node in found.nodes.clone() {
        let unit = &*context.units.get(node);
        let text = unit.folded.as_str();
        let kind = context.outline.nodes[node].kind;
        if kind == NodeKind::Noise {
            continue;
        }
        if kind == NodeKind::Title || opening < 2 {
            title |= is_consent_title(text);
            policy |=
                ["политик", "саясат", "правил", "положени", "ереже"].iter().any(|word| text.contains(word));
            opening += 1;
        }
        all += unit.tokens.len();
        for mention in &*unit.mentions(context.lexicon, &(0..unit.tokens.len()), &[]) {
            speaks |= core.contains(&Some(mention.entry.file));
            if Some(mention.entry.file) != file {
                continue;
            }
            match context.lexicon.concept(mention.entry).id.as_str() {
                "personal_data" => personal += 1,
                "data" => data += 1,
                "secrecy" => secret += 1,
                "parties" => parties += 1,
                "first_person" => first_person += 1,
                _ => {}
            }
        }
    }
    match () {
        () if title && !policy && first_person > 0 => Some("a consent form, not a policy"),
        () if all < LEAST_WORDS => {
            let is_page = context.source.format == Format::Html && all > 0;
            let silent = personal + data == 0 && !policy && !speaks;
            (is_page && silent)
                .then_some("the page holds no policy; look for the page that its links lead to")
        }
        () if secret >= 4 && parties >= 4 && personal * 3 < secret => {
            Some("an agreement on secrecy between parties, not a policy on personal data")
        }
        // «Деректер», «данные» alone are enough: informal policies say no more.
        () if personal == 0 && data < 5 => Some("the text does not speak of personal data"),
        () => None,
    }
}

/// One remark an edition on Latin letters in Cyrillic words.
fn look_alikes(context: &Context<'_>, edition: usize, out: &mut Extraction) {
    let nodes = context.outline.editions[edition].nodes.clone();
    let mut count = 0;
    let mut first = None;
    for unit in context.units.of(nodes) {
        count += unit.folded.look_alikes.len();
        first = first.or_else(|| unit.folded.look_alikes.first().cloned());
    }
    let Some(first) = first else { return };
    out.oddities.push(Oddity {
        code: Code::LookAlikeLetters,
        message: format!(
            "{count} words hold letters of another alphabet that look like Cyrillic ones, first {:?}",
            &context.source.as_str()[first.clone()]
        ),
        range: Some(first),
    });
}

/// Holes of a template that nobody filled.
fn placeholders(context: &Context<'_>, out: &mut Extraction) {
    static HOLE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?xi)\{\{[^{}\n]*\}\} | \$\{[^{}\n]+\} | \{[\p{Lu}][\p{Lu}\d_\ ]+\} | \{(?:name|email|phone|site|company|address|date)\}
              | \[(?:указать|укажите|вставить|вставьте|заполнить|ваш[аеи]?|ваше|название|наименование|фио|ф\.и\.о|адрес|дата|телефон|инн|бин|сайт|e-?mail|имя|ссылка|компани|көрсетіңіз|көрсету|толтыр|атауы|күні|мекенжайы|your|company|insert|website)[^\[\]\n]*\]
              | https?://(?:\#|\#/|\[[^\]\n]*\])/? | <(?:указать|укажите|вставить|наименование|название)[^<>\n]*>",
        )
    });
    static BLANK: LazyLock<Regex> = LazyLock::new(|| pattern(r"_{5,}"));
    let text = context.source.as_str();
    let (links, blanks) = (text.contains("://#"), text.contains("_____"));
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let may_hold =
            memchr::memchr3(b'{', b'[', b'<', line.as_bytes()).is_some() || links && line.contains("://#");
        for found in may_hold.then(|| HOLE.find_iter(line)).into_iter().flatten() {
            // `[адрес](https://…)` is a link.
            if !(found.as_str().ends_with(']') && line[found.end()..].starts_with('(')) {
                hole(found.range(), at, found.as_str(), out);
            }
        }
        // A line of underscores alone is a rule across the page.
        if blanks
            && line.contains("_____")
            && line.chars().any(char::is_alphanumeric)
            && let Some(found) = BLANK.find(line)
        {
            hole(found.range(), at, "_____", out);
        }
        at += line.len();
    }
}

fn hole(range: std::ops::Range<usize>, line: usize, words: &str, out: &mut Extraction) {
    out.oddities.push(Oddity {
        code: Code::PlaceholderLeft,
        message: format!("{words} was left unfilled"),
        range: Some(line + range.start..line + range.end),
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::source::SourceText;
    use crate::structure::outline;

    fn codes(text: &str) -> Vec<Code> {
        let lexicon = Lexicon::shared();
        let source = SourceText::new(text.to_owned());
        let outline = outline(&source);
        let context = Context::new(&source, &outline, &lexicon);
        let mut out = Extraction::default();
        oddities(&context, &mut out);
        out.oddities.into_iter().map(|odd| odd.code).collect()
    }

    #[test]
    fn holes_of_templates_are_found_and_links_are_not() {
        for hole in [
            "{EMAIL}",
            "[указать адрес]",
            "${SITE}",
            "http://#/",
            "[көрсетіңіз]",
            "тел. ________",
            "{{ company }}",
        ] {
            assert_eq!(
                codes(&format!("1. Пишите на {hole} по вопросам данных.\n")),
                [Code::PlaceholderLeft],
                "{hole}"
            );
        }
        for text in ["[адрес](https://example.kz)", "https://example.kz/#top", "[1]", "[13.05.2025]"] {
            assert_eq!(codes(&format!("1. Пишите на {text} по вопросам данных.\n")), [], "{text}");
        }
    }

    #[test]
    fn policies_are_told_from_other_texts() {
        let policy = "1.1. Оператор обрабатывает персональные данные пользователей и хранит их.\n".repeat(20);
        assert_eq!(codes(&format!("Политика конфиденциальности\n{policy}")), []);
        let kazakh = "1.1. Оператор пайдаланушылардың дербес деректерін өңдейді және сақтайды.\n".repeat(20);
        assert_eq!(codes(&format!("Құпиялылық саясаты\n{kazakh}")), []);
        let secrecy =
            "1.1. Стороны не разглашают конфиденциальную информацию другой стороны без её согласия.\n";
        let secrecy = format!("Политика конфиденциальности\n{}", secrecy.repeat(15));
        assert_eq!(codes(&secrecy), [Code::NotAPolicy]);
        let rules =
            "1.1. Заказ доставляется курьером в течение трёх часов после оплаты на сайте.\n".repeat(20);
        assert_eq!(codes(&rules), [Code::NotAPolicy]);
        let consent = "Согласие на обработку персональных данных\nЯ, субъект, даю согласие на обработку моих персональных данных.\n";
        assert_eq!(codes(consent), [Code::NotAPolicy]);
        let english = "We collect your name and email address when you use the service.\n".repeat(15);
        assert_eq!(codes(&english), [Code::LanguageUnsupported]);
    }

    #[test]
    fn latin_letters_are_counted_once_an_edition() {
        assert_eq!(codes("1. Бұдан əрі деректер жəне өңдеу сақталады.\n"), [Code::LookAlikeLetters]);
    }
}
