//! An archived HTTP response: its head, and its body with transfer and content encoding undone.

use std::io::Read;

use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

/// Status and the header fields that matter here.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    /// 200, 301, …; 0 for a payload that came without HTTP.
    pub(super) status: u16,
    pub(super) content_type: String,
    pub(super) content_encoding: String,
    pub(super) transfer_encoding: String,
    /// Bytes of the head with its empty line.
    pub(super) length: usize,
}

impl Head {
    /// Reads the head of a response; `None` when the block does not begin like one.
    pub(super) fn read(block: &[u8]) -> Option<Self> {
        let rest = block.strip_prefix(b"HTTP/")?;
        let space = memchr::memchr(b' ', &rest[..rest.len().min(16)])?;
        let digits = rest.get(space + 1..space + 4)?;
        let mut head = Self { status: std::str::from_utf8(digits).ok()?.parse().ok()?, ..Self::default() };
        for line in lines(block).skip(1) {
            match line {
                Line::Field { name, value } => {
                    let place = match name.to_ascii_lowercase().as_slice() {
                        b"content-type" => &mut head.content_type,
                        b"content-encoding" => &mut head.content_encoding,
                        b"transfer-encoding" => &mut head.transfer_encoding,
                        _ => continue,
                    };
                    *place = String::from_utf8_lossy(value).trim().to_ascii_lowercase();
                }
                Line::End(length) => {
                    head.length = length;
                    return Some(head);
                }
            }
        }
        // A head without its empty line: a response without a body.
        head.length = block.len();
        Some(head)
    }

    /// Media type without parameters.
    pub(super) fn media_type(&self) -> &str {
        self.content_type.split(';').next().unwrap_or_default().trim()
    }

    /// Value of the `charset` parameter.
    pub(super) fn charset(&self) -> Option<&str> {
        let (_, rest) = self.content_type.split_once("charset=")?;
        let value = rest.split(';').next()?.trim().trim_matches(['"', '\'']);
        (!value.is_empty()).then_some(value)
    }

    /// Undoes transfer and content encoding.
    ///
    /// Writers of archives often undo them and leave the header fields, so bytes that are plainly not encoded as
    /// the field says are taken as they are.
    pub(super) fn body(&self, block: &[u8], max_bytes: u64) -> Result<Vec<u8>, Refused> {
        let mut body = block[self.length.min(block.len())..].to_vec();
        if self.transfer_encoding.contains("chunked")
            && let Some(joined) = dechunk(&body)
        {
            body = joined;
        }
        for encoding in self.content_encoding.split(',').rev().map(str::trim) {
            body = match encoding {
                "" | "identity" | "none" => body,
                "gzip" | "x-gzip" if body.starts_with(&[0x1F, 0x8B]) => {
                    inflate(MultiGzDecoder::new(body.as_slice()), max_bytes)?
                }
                // By the letter `deflate` is zlib; some servers send the bare stream.
                "deflate" if body.first().is_some_and(|first| first & 0x0F == 8) => {
                    inflate(ZlibDecoder::new(body.as_slice()), max_bytes)?
                }
                "deflate" => match inflate(DeflateDecoder::new(body.as_slice()), max_bytes) {
                    Err(Refused::Damaged(_)) => body,
                    other => other?,
                },
                "gzip" | "x-gzip" => body,
                other if looks_like_text(&body) => {
                    let _ = other;
                    body
                }
                other => return Err(Refused::Unknown(other.to_owned())),
            };
        }
        Ok(body)
    }
}

/// Why a body could not be decoded.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refused {
    Unknown(String),
    Damaged(String),
    TooLarge,
}

fn inflate(from: impl Read, max_bytes: u64) -> Result<Vec<u8>, Refused> {
    let mut out = Vec::new();
    match from.take(max_bytes.saturating_add(1)).read_to_end(&mut out) {
        Err(error) => Err(Refused::Damaged(error.to_string())),
        Ok(_) if out.len() as u64 > max_bytes => Err(Refused::TooLarge),
        Ok(_) => Ok(out),
    }
}

fn looks_like_text(body: &[u8]) -> bool {
    let head = &body[..body.len().min(1024)];
    !head.iter().any(|byte| *byte < 9) && head.trim_ascii_start().starts_with(b"<")
}

/// Joins the chunks; `None` when the body is not chunked after all.
fn dechunk(body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let end = memchr::memchr(b'\n', &rest[..rest.len().min(256)])?;
        let size = std::str::from_utf8(&rest[..end]).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        rest = &rest[end + 1..];
        if size == 0 {
            return Some(out);
        }
        // A body cut short still holds a page, or most of one.
        out.extend_from_slice(&rest[..size.min(rest.len())]);
        if rest.len() <= size {
            return Some(out);
        }
        rest = &rest[size..];
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
}

/// A line of a block of header fields.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line<'a> {
    Field {
        name: &'a [u8],
        value: &'a [u8],
    },
    /// The empty line; the block's length with it.
    End(usize),
}

/// Lines of a header block, HTTP's or an archive's. A first line without `:` is a field without a value.
pub(super) fn lines(block: &[u8]) -> impl Iterator<Item = Line<'_>> {
    let mut at = 0;
    let mut ended = false;
    std::iter::from_fn(move || {
        if ended {
            return None;
        }
        let length = memchr::memchr(b'\n', &block[at..])?;
        let line = &block[at..at + length];
        at += length + 1;
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            ended = true;
            return Some(Line::End(at));
        }
        Some(match memchr::memchr(b':', line) {
            Some(colon) => {
                Line::Field { name: line[..colon].trim_ascii(), value: line[colon + 1..].trim_ascii() }
            }
            None => Line::Field { name: line, value: b"" },
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_joined_and_a_plain_body_is_left_alone() {
        let chunked =
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4;x=y\r\nabcd\r\n2\r\nef\r\n0\r\n\r\n";
        let head = Head::read(chunked).expect("a head");
        assert_eq!(head.body(chunked, 100), Ok(b"abcdef".to_vec()));
        let plain = b"HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n<p>abc</p>\n";
        let head = Head::read(plain).expect("a head");
        assert_eq!(head.body(plain, 100), Ok(b"<p>abc</p>\n".to_vec()));
    }

    #[test]
    fn charset_and_media_type_are_read_from_the_head() {
        let block = b"HTTP/1.0 200 OK\r\nContent-Type: text/HTML; Charset=\"KOI8-R\"\r\n\r\n";
        let head = Head::read(block).expect("a head");
        assert_eq!((head.status, head.media_type(), head.charset()), (200, "text/html", Some("koi8-r")));
        assert_eq!(head.length, block.len());
    }
}
