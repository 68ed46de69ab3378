//! Policies of the corpus, and what may happen to a policy on its way from office to web page.

use proptest::prelude::*;
use proptest::sample::Index;
use std::sync::LazyLock;

/// Texts of the corpus.
pub(crate) fn policies() -> &'static [&'static str] {
    static TEXTS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
        let mut paths: Vec<_> = std::fs::read_dir(folder)
            .expect("corpus is a folder")
            .map(|entry| entry.expect("the folder can be listed").path())
            .filter(|path| path.extension().is_some_and(|end| end == "txt"))
            .collect();
        paths.sort();
        let text = |path| std::fs::read_to_string(path).expect("a policy is UTF-8").leak() as &str;
        paths.into_iter().map(text).collect()
    });
    &TEXTS
}

/// A change of a text; places are shares of its length.
#[derive(Debug, Clone)]
pub(crate) enum Edit {
    /// Lines are lost.
    Cut(Index, usize),
    /// Lines stand twice.
    Double(Index, usize),
    /// Two lines change places.
    Swap(Index, Index),
    /// A line loses its end.
    Join(Index),
    /// A line is broken.
    Break(Index),
    /// Something is put in.
    Insert(Index, usize),
    /// Spaces of a line become something else.
    Spaces(Index, usize),
    /// All before, or all behind, is lost.
    Truncate(Index, bool),
}

/// What is put in.
const BITS: [&str; 24] = [
    "\u{a0}", "\u{200b}", "\u{ad}", "\u{feff}", "\n", "\n\n", "\r", "\t", " ", "1.", "3.2. ", "- ", "• ",
    "а) ", "1) ", ":", ";", ".", "(", "«", "12", "**", "# ", "\0",
];

impl Arbitrary for Edit {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;

    fn arbitrary_with((): ()) -> Self::Strategy {
        prop_oneof![
            (any::<Index>(), 1..4_usize).prop_map(|(at, lines)| Self::Cut(at, lines)),
            (any::<Index>(), 1..4_usize).prop_map(|(at, lines)| Self::Double(at, lines)),
            (any::<Index>(), any::<Index>()).prop_map(|(one, other)| Self::Swap(one, other)),
            any::<Index>().prop_map(Self::Join),
            any::<Index>().prop_map(Self::Break),
            (any::<Index>(), 0..BITS.len()).prop_map(|(at, bit)| Self::Insert(at, bit)),
            (any::<Index>(), 0..BITS.len()).prop_map(|(at, bit)| Self::Spaces(at, bit)),
            (any::<Index>(), any::<bool>()).prop_map(|(at, end)| Self::Truncate(at, end)),
        ]
        .boxed()
    }
}

/// The text with all changes made, one after another.
pub(crate) fn mutated(text: &str, edits: &[Edit]) -> String {
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    for edit in edits {
        if lines.is_empty() {
            break;
        }
        let count = lines.len();
        match edit {
            Edit::Cut(at, of) => {
                let at = at.index(count);
                lines.drain(at..(at + of).min(count));
            }
            Edit::Double(at, of) => {
                let at = at.index(count);
                let again = lines[at..(at + of).min(count)].to_vec();
                lines.splice(at..at, again);
            }
            Edit::Swap(one, other) => lines.swap(one.index(count), other.index(count)),
            Edit::Join(at) => {
                let line = &mut lines[at.index(count)];
                line.truncate(line.trim_end_matches('\n').len());
            }
            Edit::Break(at) => insert(&mut lines[at.index(count)], at, "\n"),
            Edit::Insert(at, bit) => insert(&mut lines[at.index(count)], at, BITS[*bit]),
            Edit::Spaces(at, bit) => {
                let line = &mut lines[at.index(count)];
                *line = line.replace(' ', BITS[*bit]);
            }
            Edit::Truncate(at, true) => lines.truncate(at.index(count)),
            Edit::Truncate(at, false) => {
                // two thirds of a policy may go, or little would be left after some edits
                lines.drain(..at.index(count) / 3 * 2);
            }
        }
        lines = lines.concat().split_inclusive('\n').map(str::to_owned).collect();
    }
    lines.concat()
}

fn insert(line: &mut String, at: &Index, bit: &str) {
    let places: Vec<usize> = line.char_indices().map(|(at, _)| at).collect();
    if !places.is_empty() {
        line.insert_str(places[at.index(places.len())], bit);
    }
}
