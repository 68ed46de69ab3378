//! E-mail addresses, URLs, telephone numbers and messenger names.

use std::ops::Range;

use super::{Rule, end, is_inside_word, is_of_word, piece, reach, read};
use crate::language::{digits, is_letter};

/// What an address looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContactShape {
    /// `info@example.kz`
    Email,
    /// With or without scheme.
    Url,
    /// `+77000000001`
    Phone,
    /// `@example_bot`
    Handle,
}

/// An address as it stands in folded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactHit {
    /// Bytes of the folded text.
    pub range: Range<usize>,
    /// What it looks like.
    pub shape: ContactShape,
    /// Normalised, lower case; for a URL without its path.
    pub value: String,
    /// Path of a URL as bytes of the folded text: its letters must be taken as written.
    pub tail: Range<usize>,
    /// The URL was malformed.
    pub mended: bool,
}

/// Endings of bare domains; what ends otherwise is a file name or a broken sentence.
const TOP_LEVEL: [&str; 56] = [
    "kz", "ru", "su", "com", "net", "org", "info", "biz", "pro", "site", "online", "store", "shop", "app",
    "dev", "io", "ai", "me", "my", "tv", "cc", "co", "eu", "ch", "de", "uk", "us", "uz", "kg", "by", "ua",
    "ge", "am", "az", "tech", "space", "club", "fun", "link", "digital", "cloud", "agency", "school",
    "academy", "company", "group", "team", "top", "xyz", "life", "world", "market", "moscow", "page",
    "website", "email",
];

/// All addresses of a folded text, in order and apart.
pub fn contacts(folded: &str) -> Vec<ContactHit> {
    let mut out: Vec<ContactHit> = Vec::new();
    if !may_hold(folded) {
        return out;
    }
    let mut is_inside = false;
    for (at, found) in folded.char_indices() {
        let is_of_word = is_of_word(found);
        if std::mem::replace(&mut is_inside, is_of_word) || out.last().is_some_and(|last| at < last.range.end)
        {
            continue;
        }
        let hit = match found {
            '@' => handle(folded, at),
            '+' | '(' => phone(folded, at),
            '7' | '8' => phone(folded, at).or_else(|| address(folded, at)),
            _ if is_of_word => address(folded, at),
            _ => None,
        };
        out.extend(hit);
    }
    out
}

/// Whether a text has the digits of a telephone number, an `@`, or a dot with a letter behind it, as all hosts have.
fn may_hold(folded: &str) -> bool {
    /// Digits of the shortest telephone number.
    const PHONE: usize = 8;
    let mut dots = folded.match_indices('.');
    folded.contains('@')
        || digits(folded) >= PHONE
        || dots.any(|(dot, _)| folded[dot + 1..].starts_with(is_letter))
}

/// The e-mail address or URL that begins at a byte.
pub fn address_at(folded: &str, at: usize) -> Option<ContactHit> {
    if is_inside_word(folded, at) { None } else { address(folded, at) }
}

/// An e-mail address or a URL: only words that go on with a sign of theirs are tried.
fn address(folded: &str, at: usize) -> Option<ContactHit> {
    let rest = reach(folded, at);
    let word = rest.split([' ', ',', ';', '"', '(', ')']).next().unwrap_or_default();
    let is_mail = word.contains('@');
    let mut dots = word.match_indices('.');
    if !is_mail && !rest.starts_with("http") && !dots.any(|(dot, _)| word[dot + 1..].starts_with(is_letter)) {
        return None;
    }
    let glued_before = folded[..at]
        .chars()
        .next_back()
        .is_some_and(|before| matches!(before, '@' | '.' | '_' | '-' | '/' | '\\'));
    if glued_before && !(folded[..at].ends_with("//") && !folded[..at].ends_with(":///")) {
        // the middle of something that was not read from its beginning
        if !folded[..at].ends_with(['.', '-'])
            || folded[..at].trim_end_matches(['.', '-']).ends_with(|before: char| before.is_alphanumeric())
        {
            return None;
        }
    }
    if let Some(pair) = is_mail.then(|| read(Rule::email, folded, at)).flatten() {
        let end = at + end(&pair);
        let value = folded[at..end].to_owned();
        return Some(ContactHit {
            range: at..end,
            shape: ContactShape::Email,
            value,
            tail: end..end,
            mended: false,
        });
    }
    url(folded, at)
}

fn url(folded: &str, at: usize) -> Option<ContactHit> {
    let pair = read(Rule::url, folded, at)?;
    let mut end = at + end(&pair);
    let host = piece(&pair, Rule::host)?;
    let last = host.rsplit('.').next().unwrap_or_default();
    let scheme = piece(&pair, Rule::scheme);
    let is_latin = host.is_ascii();
    if scheme.is_none() && is_latin && !TOP_LEVEL.contains(&last) {
        return None;
    }
    // `com.example.app` is the name of a program
    let is_package = scheme.is_none()
        && ["com.", "org.", "net.", "io.", "kz.", "ru."].iter().any(|first| host.starts_with(first));
    if is_package && host.matches('.').count() > 1 {
        return None;
    }
    if is_latin && (last.len() < 2 || last.bytes().any(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let tail = piece(&pair, Rule::tail).unwrap_or_default();
    let kept = match tail.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '"']) {
        "/" => "",
        kept => kept,
    };
    end -= tail.len() - kept.len();
    let slashes = piece(&pair, Rule::slashes).unwrap_or_default();
    let mut value = String::new();
    if let Some(scheme) = scheme {
        value.push_str(scheme);
        value.push_str("//");
    }
    value.push_str(host);
    value.push_str(piece(&pair, Rule::port).unwrap_or_default());
    Some(ContactHit {
        range: at..end,
        shape: ContactShape::Url,
        value,
        tail: end - kept.len()..end,
        mended: scheme.is_some() && slashes != "//",
    })
}

fn phone(folded: &str, at: usize) -> Option<ContactHit> {
    let pair = read(Rule::phone, folded, at)?;
    let end = at + end(&pair);
    let written = &folded[at..end];
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    let value = if piece(&pair, Rule::area).is_some() {
        if digits.len() != 10 {
            return None;
        }
        format!("+7{digits}")
    } else if piece(&pair, Rule::abroad).is_some() {
        format!("+{digits}")
    } else {
        // eleven digits in a row are a number of something else, unless it is called a telephone
        if written.len() == 11
            && !is_called_phone(&folded[..at])
            && !written.starts_with("87")
            && !written.starts_with("77")
        {
            return None;
        }
        if folded[..at].trim_end_matches(['№', ' ']).ends_with(['.', '/', '-', '№'])
            && !written.starts_with('+')
        {
            // a document's number
            if !is_called_phone(&folded[..at]) {
                return None;
            }
        }
        format!("+7{}", &digits[1..])
    };
    Some(ContactHit { range: at..end, shape: ContactShape::Phone, value, tail: end..end, mended: false })
}

fn is_called_phone(before: &str) -> bool {
    let tail = before.trim_end_matches([' ', ':', '.', '-', '*', '(']);
    [
        "тел",
        "телефон",
        "телефоны",
        "телефону",
        "телефона",
        "ұялы",
        "whatsapp",
        "нөмірі",
        "номер",
        "моб",
        "факс",
        "ватсап",
    ]
    .iter()
    .any(|word| tail.ends_with(word))
}

fn handle(folded: &str, at: usize) -> Option<ContactHit> {
    let pair = read(Rule::handle, folded, at)?;
    let end = at + end(&pair);
    // `@example.kz` is the end of a broken e-mail address
    if folded[end..].starts_with('.') && folded[end + 1..].starts_with(|next: char| next.is_ascii_lowercase())
    {
        return None;
    }
    let value = folded[at..end].to_owned();
    Some(ContactHit { range: at..end, shape: ContactShape::Handle, value, tail: end..end, mended: false })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::fold;

    fn found(text: &str) -> String {
        let folded = fold(text, std::slice::from_ref(&(0..text.len())));
        let hits = contacts(folded.as_str());
        let whole = |hit: &ContactHit| {
            let mended = if hit.mended { "!" } else { "" };
            format!("{}{}{mended}", hit.value, folded.written(text, &hit.tail))
        };
        hits.iter().map(whole).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn addresses_are_read_and_normalised() {
        for (text, expected) in [
            ("на почту Info@Example.kz.", "info@example.kz"),
            ("info@example.kz мекенжайына", "info@example.kz"),
            ("по адресу https:///example.kz/learning/.", "https://example.kz/learning/!"),
            ("сайт https://Example.kz/.", "https://example.kz"),
            ("на example.kz-тің бетінде", "example.kz"),
            ("hot.example.ru/Politika-Konf.html.", "hot.example.ru/Politika-Konf.html"),
            ("(https://example.com/privacy)", "https://example.com/privacy"),
            ("<https://example.kz>.", "https://example.kz"),
            ("сайт пример.рф доступен", "пример.рф"),
            ("сайте http://#/ и", ""),
            ("в файле policy.html", ""),
            ("идентификатор com.example.app", ""),
            ("тел. 8 (727) 000-00-05, г. Алматы", "+77270000005"),
            ("+7 700 000 00 01", "+77000000001"),
            ("Тел.: 8-700-000-00-04", "+77000000004"),
            ("8 777 000 00 01", "+77770000001"),
            ("+7 495 000-00-00.", "+74950000000"),
            ("БИН 000140000000", ""),
            ("ОГРН 1000000000000", ""),
            ("ИНН 7700000000", ""),
            ("15.10.2026 и 8.1. Права", ""),
            ("Telegram: @example_bot", "@example_bot"),
            ("Почта: info@example.kz · Telegram: @example", "info@example.kz @example"),
            ("сумма 8 000 000 000 тенге", ""),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }
}
