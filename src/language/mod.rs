//! What is known of the two languages below the level of words with a legal meaning: letters, folding, words.

mod detect;
mod fold;
mod matcher;
mod months;
mod numbers;
mod pattern;
mod tokens;
mod wording;

pub use detect::{Letters, letters};
pub use fold::{Folded, fold};
pub use matcher::{Found, Hit, Matcher};
pub use months::month;
pub use numbers::{joined, number_word};
pub use pattern::{around_digits, digits, has_year, pattern};
pub use tokens::{Kind, Token, is_letter, tokenise};
pub use wording::{MatcherBuilder, WordingError, Wordings};
