//! JSON, one value after another.

use std::fmt::Write as _;
use std::io;

use serde::Serialize;

use super::terminal::is_unsafe;

/// How JSON is laid out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct JsonStyle {
    /// Indented over many lines instead of one value a line.
    pub pretty: bool,
    /// Characters that could steer a terminal are written as `\u…`; the value stays the same.
    pub terminal: bool,
}

/// Writes a value and a line end.
///
/// # Errors
/// When the writer fails.
pub fn write_json<T: Serialize>(value: &T, style: JsonStyle, to: &mut dyn io::Write) -> io::Result<()> {
    if style.terminal {
        let text =
            if style.pretty { serde_json::to_string_pretty(value) } else { serde_json::to_string(value) };
        // such characters stand only inside strings: JSON itself is ASCII and escapes what is below U+0020
        to.write_all(escape(&text?).as_bytes())?;
    } else if style.pretty {
        serde_json::to_writer_pretty(&mut *to, value)?;
    } else {
        serde_json::to_writer(&mut *to, value)?;
    }
    to.write_all(b"\n")
}

fn escape(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if c != '\n' && is_unsafe(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_for_a_terminal_holds_no_control_and_reads_back_the_same() {
        let value = vec!["a\u{9b}31m\u{202e}b\u{7f}\u{1b}[2J", "Үлгі"];
        let mut out = Vec::new();
        write_json(&value, JsonStyle { pretty: true, terminal: true }, &mut out).expect("a vector takes all");
        let text = String::from_utf8(out).expect("JSON is UTF-8");
        assert!(text.chars().all(|c| c == '\n' || !is_unsafe(c)), "{text:?}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&text).expect("it is JSON"), value);
    }
}
