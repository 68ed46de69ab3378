//! Words by which a page shows what a line is: `grammar/layout.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::language::{Kind, Matcher, MatcherBuilder, Token, fold, tokenise};

const DATA: &str = include_str!("../../grammar/layout.toml");

/// A line with more words than this is a sentence, whatever date it names.
const DATELINE_WORDS: usize = 9;

/// What the words of a line show.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Look {
    /// It names a policy.
    pub(super) title: bool,
    /// It gives a date or version.
    pub(super) dateline: bool,
    /// Half of it or more are words of site menus and footers.
    pub(super) furniture: bool,
    /// Its words are a heading of contacts or requisites.
    pub(super) contacts: bool,
    /// It is the name of a language.
    pub(super) language: bool,
    /// It says that the document was approved.
    pub(super) approval: bool,
}

#[derive(Debug)]
pub(super) struct Layout {
    matcher: Matcher,
}

impl Layout {
    /// The layout words, read once for the process.
    pub(super) fn shared() -> &'static Self {
        static SHARED: LazyLock<Layout> = LazyLock::new(|| Layout::load(DATA));
        &SHARED
    }

    fn load(data: &str) -> Self {
        // Built-in data: a test reads it, so it cannot be broken here.
        let groups: BTreeMap<String, BTreeMap<String, Vec<String>>> =
            toml::from_str(data).expect("grammar/layout.toml is well-formed");
        let mut builder = MatcherBuilder::default();
        for (owner, group) in
            ["title", "dateline", "furniture", "approval", "contacts", "language"].into_iter().enumerate()
        {
            for wording in groups[group].values().flatten() {
                builder.add(wording, &[], owner as u32).expect("grammar/layout.toml holds wordings");
            }
        }
        Self { matcher: builder.build() }
    }

    /// Looks at the words of a line.
    pub(super) fn look(&self, text: &str) -> Look {
        let folded = fold(text, std::slice::from_ref(&(0..text.len())));
        let tokens = tokenise(folded.as_str());
        let words = |tokens: &[Token]| tokens.iter().filter(|token| token.kind == Kind::Word).count();
        let all = words(&tokens);
        let mut look = Look::default();
        let (mut furniture, mut contacts, mut language) = (0, 0, 0);
        for hit in self.matcher.hits(&self.matcher.find(folded.as_str(), &tokens)) {
            match hit.owner {
                0 => look.title = true,
                1 => look.dateline = all <= DATELINE_WORDS,
                2 => furniture += words(&tokens[hit.tokens]),
                3 => look.approval = true,
                4 => contacts = contacts.max(words(&tokens[hit.tokens])),
                _ => language = language.max(words(&tokens[hit.tokens])),
            }
        }
        look.contacts = contacts > 0 && contacts == all;
        look.language = language > 0 && language == all;
        look.furniture = furniture * 2 >= all && furniture > 0;
        look
    }
}
