//! What is known of the two languages below the level of words with a legal meaning: letters, folding, words.

mod detect;
mod fold;
mod months;
mod numbers;
mod tokens;
mod wording;

pub use detect::{Letters, letters};
pub use fold::{Folded, fold};
pub use months::month;
pub use numbers::{joined, number_word};
pub use tokens::{Kind, Token, tokenise};
pub use wording::{Found, Hit, Matcher, MatcherBuilder, WordingError};
