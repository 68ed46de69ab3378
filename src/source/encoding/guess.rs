//! The likeliest encoding of bytes that say nothing about it, by the letters that come out.

use super::Charset;

/// Bytes beyond ASCII that are weighed; more would not change the answer.
const SAMPLE: usize = 64 << 10;

/// A guess and how sure it is, from 0 to 1.
#[derive(Debug, Clone, Copy)]
pub(super) struct Guess {
    pub(super) charset: Charset,
    pub(super) confidence: f64,
}

/// How often a letter stands in Russian and Kazakh text: about 8 × log2 of its share in per mille.
/// KZ-1048 and KOI8-U are tried beside their Russian relatives, hence the letters of Kazakh and Ukrainian.
fn letter_weight(letter: char) -> i32 {
    match letter {
        'о' | 'а' | 'е' => 52,
        'и' | 'н' | 'т' => 49,
        'с' | 'р' => 45,
        'в' | 'л' => 43,
        'к' | 'м' | 'і' => 40,
        'д' | 'п' | 'у' | 'қ' => 38,
        'я' | 'ы' | 'ь' | 'г' | 'з' | 'б' => 33,
        'ч' | 'й' | 'ң' | 'ғ' | 'ә' => 29,
        'х' | 'ж' | 'ү' | 'ұ' | 'ө' => 26,
        'ш' | 'ю' => 22,
        'ц' | 'щ' => 16,
        'э' | 'ф' => 12,
        'ъ' | 'ё' | 'һ' => 2,
        'є' | 'ї' | 'ґ' => -10,
        _ => -48,
    }
}

/// Whether the guess gives far likelier letters than the declared encoding.
pub(super) fn contradicts(guess: &Guess, bytes: &[u8], declared: Charset) -> bool {
    let mean = |charset| {
        let (score, letters) = weigh(bytes, charset);
        score / (letters.max(1) as i64)
    };
    guess.confidence > 0.9 && mean(guess.charset) - mean(declared) >= 8
}

/// Chooses among the encodings of one byte a character.
pub(super) fn one_byte(bytes: &[u8]) -> Guess {
    use encoding_rs::{IBM866, ISO_8859_5, KOI8_R, KOI8_U, WINDOWS_1251, WINDOWS_1252, X_MAC_CYRILLIC};
    let windows = Charset::Web(WINDOWS_1251);
    // The order settles ties: the common ones stand first.
    let candidates = [
        windows,
        Charset::Kz1048,
        Charset::Web(KOI8_R),
        Charset::Web(KOI8_U),
        Charset::Web(IBM866),
        Charset::Web(ISO_8859_5),
        Charset::Web(X_MAC_CYRILLIC),
        Charset::Web(WINDOWS_1252),
    ];
    let mut best = (windows, i64::MIN);
    let mut scores = Vec::with_capacity(candidates.len());
    let mut high = 0;
    for charset in candidates {
        let (score, count) = weigh(bytes, charset);
        high = count;
        scores.push((charset, score));
        if score > best.1 {
            best = (charset, score);
        }
    }
    let charset = if best.0 == Charset::Kz1048 && is_ukrainian(bytes) { windows } else { best.0 };
    let family = |charset: Charset| match charset {
        Charset::Kz1048 => windows,
        Charset::Web(encoding) if encoding == KOI8_U => Charset::Web(KOI8_R),
        other => other,
    };
    let rival = scores
        .iter()
        .filter(|(other, _)| family(*other) != family(charset))
        .map(|&(_, score)| score)
        .max()
        .unwrap_or(i64::MIN);
    Guess { charset, confidence: confidence(best.1, rival, high) }
}

/// From the mean weights of the best and the next best reading and the number of letters they rest on.
fn confidence(best: i64, rival: i64, letters: usize) -> f64 {
    if letters == 0 {
        return 0.0;
    }
    let letters = letters as f64;
    let mean = best as f64 / letters;
    // Relatives such as windows-1251 and the Macintosh's Cyrillic differ in few letters, so the sum counts.
    let margin = best.saturating_sub(rival.max(i64::MIN / 2)) as f64;
    let plausible = (mean / 30.0).clamp(0.0, 1.0);
    let apart = (margin / 300.0).clamp(0.0, 1.0);
    let enough = letters / (letters + 1.5);
    plausible * apart * enough
}

/// Sum of the letters' weights, and the number of bytes beyond ASCII.
fn weigh(bytes: &[u8], charset: Charset) -> (i64, usize) {
    let table = charset.upper_half();
    let (mut score, mut count) = (0i64, 0);
    let mut before = ' ';
    for &byte in bytes {
        if byte < 0x80 {
            before = char::from(byte);
            continue;
        }
        let letter = table[usize::from(byte - 0x80)];
        score += i64::from(weight(before, letter));
        before = letter;
        count += 1;
        if count == SAMPLE {
            break;
        }
    }
    (score, count)
}

fn weight(before: char, letter: char) -> i32 {
    match letter {
        '«' | '»' | '–' | '—' | '№' | '“' | '”' | '„' | '…' | '’' | '•' | '\u{A0}' | '§' | '°' | '©'
        | '·' | '\u{AD}' => 30,
        _ if !letter.is_alphabetic() => -64,
        _ => {
            let small = letter.to_lowercase().next().unwrap_or(letter);
            let weight = letter_weight(small);
            let torn = letter.is_uppercase() && before.is_lowercase() && before.is_alphabetic();
            if torn { weight - 60 } else { weight }
        }
    }
}

/// Windows-1251 for Ukrainian shares six bytes with KZ-1048 for Kazakh, but Kazakh of any length has қ, ә, ң or ұ.
fn is_ukrainian(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let letters = sample.iter().filter(|&&byte| byte >= 0xC0).count();
    let kazakh = sample.iter().any(|byte| matches!(byte, 0x8D | 0x9D | 0xA2 | 0xA3 | 0xBC | 0xBE));
    letters > 40 && !kazakh
}

/// UTF-16 without a mark: every other byte is the high half of a Cyrillic, Latin or punctuation unit.
pub(super) fn utf16(bytes: &[u8]) -> Option<Charset> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    if sample.len() < 8 {
        return None;
    }
    let is_high = |byte: u8| matches!(byte, 0x00 | 0x04 | 0x20 | 0x21);
    let (mut little, mut big, mut little_low, mut big_low) = (0, 0, 0, 0);
    for pair in sample.as_chunks::<2>().0 {
        little += usize::from(is_high(pair[1]));
        big += usize::from(is_high(pair[0]));
        little_low += usize::from(pair[0] == 0);
        big_low += usize::from(pair[1] == 0);
    }
    let units = sample.len() / 2;
    // Text that is mostly spaces has many 0x20; a unit of text has a low half that is not zero.
    let fits = |high: usize, low: usize, at: usize| {
        high * 20 >= units * 19
            && low * 20 <= units
            && sample.iter().skip(at).step_by(2).any(|&byte| byte == 0 || byte == 4)
    };
    if fits(little, little_low, 1) && little > big {
        Some(Charset::Web(encoding_rs::UTF_16LE))
    } else if fits(big, big_low, 0) && big > little {
        Some(Charset::Web(encoding_rs::UTF_16BE))
    } else {
        None
    }
}

/// UTF-8 with a few broken bytes: other encodings hardly ever form its sequences by chance.
pub(super) fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 0 && good >= bad * 4
}
