//! Regular expressions over folded text.

use regex::Regex;

/// A built-in expression over folded text, where a letter is Latin or Cyrillic and a digit is one of ten: the classes
/// of all of Unicode would cost more to build than a text costs to read.
///
/// # Panics
/// When the expression is broken; each is built by a test.
pub fn pattern(expression: &str) -> Regex {
    const LETTERS: &str = "a-zа-яѐ-ԯ";
    let mut narrow = String::with_capacity(expression.len() * 2);
    let mut in_class = false;
    let mut rest = expression;
    while let Some(found) = rest.chars().next() {
        let class =
            [(r"\p{L}", LETTERS), (r"\d", "0-9")].into_iter().find(|(class, _)| rest.starts_with(class));
        if let Some((class, members)) = class {
            narrow.push_str(&if in_class { members.to_owned() } else { format!("[{members}]") });
            rest = &rest[class.len()..];
            continue;
        }
        let escaped = if found == '\\' { rest.chars().nth(1) } else { None };
        let length = found.len_utf8() + escaped.map_or(0, char::len_utf8);
        in_class = match found {
            '[' => true,
            ']' => false,
            _ => in_class,
        };
        narrow.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    Regex::new(&narrow).expect("built-in expressions are well-formed")
}

#[cfg(test)]
mod tests {
    use super::pattern;

    #[test]
    fn classes_are_narrowed_inside_and_outside_of_brackets() {
        let found = pattern(r"^[\p{L}\d-]+\s\p{L}+\.\d$");
        assert!(found.is_match("құқық-1 право.5"));
        assert!(!found.is_match("құқық-1 ΩΩ.5"));
    }
}
