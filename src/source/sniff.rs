//! What a document is: by its content, and only then by its name.

use super::lines::boundary;
use crate::record::Format;

/// Bytes at the start that are looked through for a signature or for markup.
const WINDOW: usize = 64 << 10;
/// Bytes before `%PDF-`, or `{\rtf` where the caller says that it is RTF, that readers put up with.
const PDF_LEAD: usize = 1024;

/// What the first bytes say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Signature {
    /// A PDF document.
    Pdf,
    /// A ZIP archive: DOCX, ODT or something else.
    Zip,
    /// Rich text.
    Rtf,
    /// A format that is not read; the words say what to do.
    Foreign(&'static str),
    /// None: it may be text.
    None,
}

const FOREIGN: [(&[u8], &str); 14] = [
    (
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        "this is an old Office file (.doc) or one locked with a password; open it in Word or LibreOffice and save it as .docx without a password",
    ),
    (b"\x89PNG", "this is a picture (PNG); run text recognition (OCR) on it first"),
    (b"\xFF\xD8\xFF", "this is a picture (JPEG); run text recognition (OCR) on it first"),
    (b"GIF8", "this is a picture (GIF); run text recognition (OCR) on it first"),
    (b"II*\0", "this is a picture (TIFF); run text recognition (OCR) on it first"),
    (b"MM\0*", "this is a picture (TIFF); run text recognition (OCR) on it first"),
    (b"AT&TFORM", "this is a DjVu file; export its text or convert it to PDF first"),
    (b"Rar!\x1A\x07", "this is a RAR archive; unpack it and give the documents inside"),
    (b"7z\xBC\xAF\x27\x1C", "this is a 7z archive; unpack it and give the documents inside"),
    (b"\x1F\x8B", "this is a gzip archive; unpack it first"),
    (b"BZh", "this is a bzip2 archive; unpack it first"),
    (b"\xFD7zXZ\0", "this is an xz archive; unpack it first"),
    (b"bplist00", "this is a web archive of Safari; open it in a browser and save the page as HTML or text"),
    (b"\x28\xB5\x2F\xFD", "this is a zstd archive; unpack it first"),
];

/// Tells a container by its first bytes.
pub(super) fn signature(bytes: &[u8]) -> Signature {
    let lead = &bytes[..bytes.len().min(PDF_LEAD)];
    let start = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    if start.starts_with(b"{\\rtf") {
        return Signature::Rtf;
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Signature::Zip;
    }
    if start.starts_with(b"%PDF-") || (!is_markup(lead) && memchr::memmem::find(lead, b"%PDF-").is_some()) {
        return Signature::Pdf;
    }
    if is_mime(lead) {
        return Signature::Foreign(
            "this is a web archive (MHTML) or an e-mail; open it in a browser or mail program and save it as HTML or text",
        );
    }
    let foreign = FOREIGN.iter().find(|(magic, _)| bytes.starts_with(magic));
    foreign.map_or(Signature::None, |&(_, advice)| Signature::Foreign(advice))
}

/// Whether RTF begins somewhere at the start, behind what a carrier may have put before it.
pub(super) fn holds_rtf(bytes: &[u8]) -> bool {
    memchr::memmem::find(&bytes[..bytes.len().min(PDF_LEAD)], b"{\\rtf").is_some()
}

/// Headers of a message with several parts: MHTML and saved e-mails.
fn is_mime(lead: &[u8]) -> bool {
    let lead = lead.to_ascii_lowercase();
    let headers = memchr::memmem::find(&lead, b"\n\n").or_else(|| memchr::memmem::find(&lead, b"\r\n\r\n"));
    let headers = &lead[..headers.unwrap_or(lead.len())];
    let opens =
        [b"from:".as_slice(), b"mime-version:", b"content-type:", b"date:", b"subject:", b"received:"]
            .iter()
            .any(|name| headers.starts_with(name));
    opens
        && memchr::memmem::find(headers, b"mime-version:").is_some()
        && memchr::memmem::find(headers, b"content-type: multipart/").is_some()
}

/// A text that merely mentions `%PDF-` is no PDF: bytes before the signature are few and no words.
fn is_markup(lead: &[u8]) -> bool {
    let at = memchr::memmem::find(lead, b"%PDF-").unwrap_or(0);
    let before = &lead[..at];
    before.iter().filter(|byte| byte.is_ascii_alphabetic() || **byte >= 0x80).count() * 2 > before.len()
}

/// What to do with a text that is the XML of an office program in one file: its tags are no policy.
pub(super) fn foreign_text(text: &str) -> Option<&'static str> {
    let start = skip_prologue(&text[..boundary(text, WINDOW)]);
    let roots = ["<office:document", "<pkg:package", "<w:wordDocument"];
    opens_with(start, &roots).then_some(
        "this is an office document in one XML file (Word XML or flat OpenDocument); open it in Word or LibreOffice and save it as .docx or .odt",
    )
}

/// Tells HTML, Markdown and plain text apart.
pub(super) fn text_format(text: &str, name: &str) -> Format {
    let window = &text[..boundary(text, WINDOW)];
    let start = skip_prologue(window);
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    let extension = extension.as_deref().unwrap_or_default();
    if opens_with(start, &["<!doctype html", "<html", "<head", "<body"]) {
        return Format::Html;
    }
    let named_markdown = matches!(extension, "md" | "markdown" | "mdown" | "mkd");
    let named_html = matches!(extension, "html" | "htm" | "xhtml" | "shtml");
    let (tags, headings) = (count_tags(window), count_headings(window));
    if tags >= 3 && (named_html || (!named_markdown && start.starts_with('<') && tags > headings)) {
        return Format::Html;
    }
    if named_markdown || (headings >= 2 && !named_html) {
        return Format::Markdown;
    }
    if named_html && tags > 0 { Format::Html } else { Format::Text }
}

/// The text behind blank space, an XML declaration and comments.
fn skip_prologue(text: &str) -> &str {
    let mut rest = text.trim_start_matches(['\u{FEFF}']).trim_start();
    loop {
        let end = if rest.starts_with("<!--") {
            rest.find("-->").map(|at| at + 3)
        } else if rest.starts_with("<?xml") || rest.starts_with("<?mso-application") {
            rest.find('>').map(|at| at + 1)
        } else {
            None
        };
        match end {
            Some(end) => rest = rest[end..].trim_start(),
            None => return rest,
        }
    }
}

fn opens_with(text: &str, openings: &[&str]) -> bool {
    openings.iter().any(|opening| {
        text.get(..opening.len()).is_some_and(|start| start.eq_ignore_ascii_case(opening))
            && !text[opening.len()..].starts_with(|next: char| next.is_ascii_alphanumeric())
    })
}

/// Closing tags of blocks: what a text about HTML seldom has and a page always.
fn count_tags(text: &str) -> usize {
    let bytes = text.as_bytes();
    memchr::memmem::find_iter(bytes, "</")
        .filter(|at| {
            let rest = &bytes[at + 2..];
            let end = rest.iter().take(12).position(|&byte| byte == b'>').unwrap_or(0);
            let name = rest[..end].to_ascii_lowercase();
            matches!(
                name.as_slice(),
                b"p" | b"div"
                    | b"li"
                    | b"ul"
                    | b"ol"
                    | b"td"
                    | b"tr"
                    | b"table"
                    | b"span"
                    | b"h1"
                    | b"h2"
                    | b"h3"
                    | b"h4"
                    | b"title"
                    | b"section"
                    | b"article"
                    | b"b"
                    | b"strong"
                    | b"font"
                    | b"center"
                    | b"a"
            )
        })
        .count()
}

/// Markdown headings (`## …`).
fn count_headings(text: &str) -> usize {
    text.lines()
        .filter(|line| {
            let marks = line.len() - line.trim_start_matches('#').len();
            (1..=6).contains(&marks) && line[marks..].starts_with(' ')
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_goes_before_the_name() {
        assert_eq!(text_format("<!DOCTYPE html><p>Политика", "policy.txt"), Format::Html);
        assert_eq!(text_format("\n<!-- saved -->\n<HTML lang=ru>", ""), Format::Html);
        assert_eq!(text_format("<div><p>1. Права</p><p>2. Сроки</p></div>", ""), Format::Html);
        assert_eq!(text_format("# Политика\n\n## 1. Права\n", "policy.txt"), Format::Markdown);
        assert_eq!(text_format("Политика\n\n1. Права\n", "policy.md"), Format::Markdown);
        assert_eq!(text_format("1. Права\n2. Тег </p> закрывает абзац.\n", "policy.html.txt"), Format::Text);
        assert_eq!(
            text_format("<div align=\"center\">\n\n# Политика\n\n## Права\n\n</div>", "README.md"),
            Format::Markdown
        );
        assert_eq!(text_format("", ""), Format::Text);
    }

    #[test]
    fn containers_are_told_by_their_first_bytes() {
        assert_eq!(signature(b"%PDF-1.7"), Signature::Pdf);
        assert_eq!(signature(b"\0\0\n%PDF-1.4"), Signature::Pdf);
        assert_eq!(
            signature("Файл начинается с %PDF- и далее по тексту политики".as_bytes()),
            Signature::None
        );
        assert_eq!(signature(b"PK\x03\x04"), Signature::Zip);
        assert_eq!(signature(b"\n{\\rtf1\\ansi"), Signature::Rtf);
        let archive = b"From: <Saved by a browser>\r\nSubject: =?utf-8?Q?x?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n\r\n--x\r\n";
        assert!(matches!(signature(archive), Signature::Foreign(advice) if advice.contains("MHTML")));
        assert_eq!(signature(b"Content-Type: multipart/related is a header"), Signature::None);
        assert!(matches!(signature(b"\x89PNG\r\n"), Signature::Foreign(advice) if advice.contains("OCR")));
    }
}
