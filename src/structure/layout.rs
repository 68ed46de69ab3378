//! Words by which a page shows what a line is: `grammar/layout.toml`.
//!
//! The package's build script reads this file as well: it prepares the words, so that a process need not.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::language::{Kind, Matcher, MatcherBuilder, Token, fold, tokenise};

#[cfg_attr(not(test), allow(dead_code))]
const DATA: &str = include_str!("../../grammar/layout.toml");

/// A line with more words than this is a sentence, whatever date it names.
const DATELINE_WORDS: usize = 9;

/// Bytes of a line that is a sentence, whatever words it has.
const LONGEST: usize = 4096;

/// Groups of words in the file; the number of a group owns its wordings.
const GROUPS: [&str; 10] = [
    "title",
    "name",
    "dateline",
    "furniture",
    "approval",
    "contacts",
    "language",
    "act",
    "contents",
    "orders",
];

/// What the words of a line show.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Look {
    /// It names a policy.
    pub(crate) title: bool,
    /// It is what a policy is about and nothing else: a title where no line names a policy.
    pub(crate) name: bool,
    /// It gives a date or version.
    pub(crate) dateline: bool,
    /// Half of it or more are words of site menus and footers.
    pub(crate) furniture: bool,
    /// Its words are a heading of contacts or requisites.
    pub(crate) contacts: bool,
    /// It is the name of a language.
    pub(crate) language: bool,
    /// It says that the document was approved.
    pub(crate) approval: bool,
    /// It is the kind of an act and nothing else.
    pub(crate) act: bool,
    /// It stands above a table of contents.
    pub(crate) contents: bool,
    /// It says that what follows is ordered.
    pub(crate) orders: bool,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Layout {
    matcher: Matcher,
}

impl Layout {
    /// Reads the words.
    ///
    /// # Panics
    /// When the file is broken: the build fails then.
    #[cfg_attr(not(test), allow(dead_code))] // the build script calls it
    pub(crate) fn load() -> Self {
        let groups: BTreeMap<String, BTreeMap<String, Vec<String>>> =
            toml::from_str(DATA).expect("grammar/layout.toml is well-formed");
        let mut builder = MatcherBuilder::default();
        for (owner, group) in GROUPS.into_iter().enumerate() {
            for wording in groups[group].values().flatten() {
                builder.add(wording, &[], owner as u32).expect("grammar/layout.toml holds wordings");
            }
        }
        Self { matcher: builder.build() }
    }

    /// Looks at the words of a line.
    pub(crate) fn look(&self, text: &str) -> Look {
        if text.len() > LONGEST {
            return Look::default();
        }
        let folded = fold(text, std::slice::from_ref(&(0..text.len())));
        let tokens = tokenise(folded.as_str());
        let words = |tokens: &[Token]| tokens.iter().filter(|token| token.kind == Kind::Word).count();
        let all = words(&tokens);
        let mut look = Look::default();
        let mut furniture = 0;
        for hit in self.matcher.hits(&self.matcher.find(folded.as_str(), &tokens)) {
            let own = words(&tokens[hit.tokens]);
            match GROUPS[hit.owner as usize] {
                "title" => look.title = true,
                "dateline" => look.dateline = all <= DATELINE_WORDS,
                "approval" => look.approval = true,
                "orders" => look.orders = true,
                "contacts" => look.contacts |= own == all,
                "name" => look.name |= own == all,
                "language" => look.language |= own == all,
                "act" => look.act |= own == all,
                "contents" => look.contents |= own == all,
                _ => furniture += own,
            }
        }
        look.furniture = furniture * 2 >= all && furniture > 0;
        look
    }
}
