//! Which blocks of a page are the policy and which are the site around it.

use html5ever::local_name;

use super::flow::{Block, Blocks};
use super::tree::{Id, NONE, Tree};
use crate::record::Code;
use crate::source::lines::Lines;

/// Letters of hidden text from which on its absence is reported.
const MIN_HIDDEN: usize = 40;
/// Share of the page's text, in per cent, beyond which nothing counts as furniture whatever it is called.
const MAX_FURNITURE_SHARE: u64 = 35;
/// Share of the text, in per cent, that the element with the policy holds.
const MIN_POLICY_SHARE: u64 = 85;
/// Words of a line before the title that still is a breadcrumb or a label.
const MAX_LABEL_WORDS: usize = 8;

/// Beginnings of words that stand in titles of policies.
const TITLE_WORDS: [&str; 12] = [
    "политик",
    "саясат",
    "конфиденц",
    "құпия",
    "персональн",
    "дербес",
    "жеке дерек",
    "согласи",
    "келісім",
    "положени",
    "ереже",
    "privacy",
];
/// Words in class names and ids of what surrounds a text.
const FURNITURE_WORDS: [&str; 30] = [
    "nav",
    "navbar",
    "navigation",
    "menu",
    "breadcrumb",
    "breadcrumbs",
    "sidebar",
    "footer",
    "foot",
    "popup",
    "modal",
    "banner",
    "social",
    "socials",
    "share",
    "subscribe",
    "pagination",
    "lang",
    "langs",
    "language",
    "languages",
    "topbar",
    "toolbar",
    "copyright",
    "comments",
    "widget",
    "callback",
    "related",
    "offcanvas",
    "preloader",
];
/// Words that make a cookie notice of an element with `cookie` in its name; a section on cookies has none of them.
const NOTICE_WORDS: [&str; 10] =
    ["banner", "bar", "notice", "popup", "consent", "modal", "alert", "message", "box", "notification"];

/// Writes all blocks, those around the policy marked as furniture.
pub(super) fn write(tree: &Tree, page: &Blocks, lines: &mut Lines) {
    let furniture = judge(tree, &page.blocks);
    for (block, furniture) in page.blocks.iter().zip(furniture) {
        let start = lines.as_str().len();
        if block.kept {
            for line in block.text.trim_end().split('\n') {
                lines.push_raw(line.trim_end_matches('\r'));
            }
        } else {
            lines.push(&block.text);
        }
        if furniture {
            lines.mark(start..lines.as_str().trim_end_matches('\n').len());
        }
    }
    if page.hidden >= MIN_HIDDEN {
        let message = format!("{} letters that the page hides were left out", page.hidden);
        lines.report(Code::TextHidden, message);
    }
}

/// Decides block by block; nothing is furniture if everything would be.
fn judge(tree: &Tree, blocks: &[Block]) -> Vec<bool> {
    let title = title(tree, blocks);
    let mut page = Page::new(tree, blocks, title);
    let mut furniture: Vec<bool> = blocks
        .iter()
        .map(|block| page.is_in_furniture(block.owner) || is_button(block) || is_contents(block))
        .collect();
    let weights: Vec<u32> =
        blocks.iter().zip(&furniture).map(|(block, &out)| if out { 0 } else { plain(block) }).collect();
    let root = root(tree, blocks, &weights);
    let inside = within(tree, root);
    let first = blocks.iter().position(|block| inside[block.owner as usize]).unwrap_or(0);
    let last = blocks.iter().rposition(|block| inside[block.owner as usize]).unwrap_or(blocks.len());
    // Behind this block there are only links and signs.
    let content_end = blocks.iter().rposition(|block| block.linked == 0 && block.letters > 0).unwrap_or(0);
    for (at, block) in blocks.iter().enumerate() {
        let before_title = title.is_some_and(|title| at < title) && is_label(&block.text);
        let before_policy = title.is_none_or(|title| at < title) && at < first;
        let only_link = block.letters > 0 && block.linked * 5 >= block.letters * 4;
        let at_edge = title.is_some_and(|title| at < title) || at > content_end;
        furniture[at] |= before_title
            || (before_policy && is_label(&block.text))
            || at > last
            || block.letters == 0
            || (only_link && at_edge);
    }
    if let Some(title) = title {
        furniture[title] = false;
    }
    let left: u64 = blocks
        .iter()
        .zip(&furniture)
        .filter(|&(_, &out)| !out)
        .map(|(block, _)| u64::from(block.letters))
        .sum();
    if left == 0 { vec![false; blocks.len()] } else { furniture }
}

/// The block with the policy's name: a heading that speaks of a policy, else the first heading of the first rank.
fn title(tree: &Tree, blocks: &[Block]) -> Option<usize> {
    let rank = |block: &Block| {
        std::iter::successors(Some(block.owner), |&id| {
            Some(tree.nodes[id as usize].parent).filter(|&id| id != NONE)
        })
        .take(4)
        .find_map(|id| match &**tree.tag(id) {
            "h1" => Some(1),
            "h2" => Some(2),
            "h3" => Some(3),
            _ => None,
        })
    };
    let ranks: Vec<Option<u8>> = blocks.iter().map(rank).collect();
    let speaks = |block: &Block| {
        let text = block.text.to_lowercase();
        !text.starts_with(|first: char| first.is_ascii_digit())
            && TITLE_WORDS.iter().any(|word| text.contains(word))
    };
    let headings = |wanted: std::ops::RangeInclusive<u8>| {
        let ranks = &ranks;
        (0..blocks.len()).filter(move |&at| ranks[at].is_some_and(|rank| wanted.contains(&rank)))
    };
    headings(1..=1)
        .find(|&at| speaks(&blocks[at]))
        .or_else(|| headings(2..=3).next().filter(|&at| speaks(&blocks[at])))
        .or_else(|| headings(1..=1).next())
}

/// What is known about elements while blocks are judged.
struct Page<'a> {
    tree: &'a Tree,
    /// Letters of plain text below each element.
    weights: Vec<u32>,
    holds_title: Vec<bool>,
    judged: Vec<Option<bool>>,
    total: u64,
}

impl<'a> Page<'a> {
    fn new(tree: &'a Tree, blocks: &[Block], title: Option<usize>) -> Self {
        let plain: Vec<u32> = blocks.iter().map(plain).collect();
        let weights = sums(tree, blocks, &plain);
        let mut holds_title = vec![false; tree.nodes.len()];
        let mut at = title.map_or(NONE, |title| blocks[title].owner);
        while at != NONE {
            holds_title[at as usize] = true;
            at = tree.nodes[at as usize].parent;
        }
        let total = u64::from(weights.first().copied().unwrap_or(0));
        Self { tree, weights, holds_title, judged: vec![None; tree.nodes.len()], total }
    }

    /// Whether an element or one around it is furniture.
    fn is_in_furniture(&mut self, id: Id) -> bool {
        let mut path = Vec::new();
        let mut at = id;
        let mut verdict = false;
        while at != NONE {
            if let Some(known) = self.judged[at as usize] {
                verdict = known;
                break;
            }
            path.push(at);
            at = self.tree.nodes[at as usize].parent;
        }
        for &id in path.iter().rev() {
            verdict = verdict || self.is_furniture(id);
            self.judged[id as usize] = Some(verdict);
        }
        verdict
    }

    fn is_furniture(&self, id: Id) -> bool {
        let share = u64::from(self.weights[id as usize]) * 100;
        if self.holds_title[id as usize] || share > self.total * MAX_FURNITURE_SHARE {
            return false;
        }
        let role = self.tree.attribute(id, &local_name!("role")).unwrap_or_default();
        match &**self.tree.tag(id) {
            "nav" | "header" | "footer" | "aside" | "form" | "search" | "dialog" | "menu" => true,
            "html" | "body" | "main" | "article" => false,
            _ if matches!(
                role,
                "navigation"
                    | "banner"
                    | "contentinfo"
                    | "search"
                    | "dialog"
                    | "alertdialog"
                    | "complementary"
                    | "menu"
            ) =>
            {
                true
            }
            _ => {
                let names = [local_name!("class"), local_name!("id")];
                names.iter().filter_map(|name| self.tree.attribute(id, name)).any(names_furniture)
            }
        }
    }
}

/// Whether class names or an id speak of furniture.
fn names_furniture(names: &str) -> bool {
    let mut words =
        names.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let lower: Vec<String> = words.by_ref().take(64).map(str::to_ascii_lowercase).collect();
    let has = |known: &[&str]| lower.iter().any(|word| known.contains(&word.as_str()));
    has(&FURNITURE_WORDS) || (has(&["cookie", "cookies", "gdpr"]) && has(&NOTICE_WORDS))
}

fn plain(block: &Block) -> u32 {
    block.letters.saturating_sub(block.linked.max(block.pressed))
}

fn is_button(block: &Block) -> bool {
    block.pressed > 0 && (block.pressed + block.linked) * 5 >= block.letters * 4
}

/// A table of contents: nothing but links to places on the page.
fn is_contents(block: &Block) -> bool {
    block.jumps > 0 && block.jumps * 5 >= block.letters * 4
}

/// A short line that ends no sentence and approves nothing.
fn is_label(text: &str) -> bool {
    let lower = text.to_lowercase();
    text.split_whitespace().count() <= MAX_LABEL_WORDS
        && !text.trim_end().ends_with(['.', ';', ':', ','])
        && !["утвержд", "бекіт", "№", "приказ", "бұйры"].iter().any(|word| lower.contains(word))
}

/// Sums of the blocks' weights over all elements around them.
fn sums(tree: &Tree, blocks: &[Block], weights: &[u32]) -> Vec<u32> {
    let mut sums = vec![0u32; tree.nodes.len()];
    for (block, &weight) in blocks.iter().zip(weights) {
        let sum = &mut sums[block.owner as usize];
        *sum = sum.saturating_add(weight);
    }
    // From the leaves up: a node is left after everything below it.
    let mut at: Id = 0;
    loop {
        while tree.nodes[at as usize].first != NONE {
            at = tree.nodes[at as usize].first;
        }
        loop {
            let parent = tree.nodes[at as usize].parent;
            if parent == NONE {
                return sums;
            }
            sums[parent as usize] = sums[parent as usize].saturating_add(sums[at as usize]);
            if tree.nodes[at as usize].next != NONE {
                at = tree.nodes[at as usize].next;
                break;
            }
            at = parent;
        }
    }
}

/// The smallest element that holds nearly all plain text.
fn root(tree: &Tree, blocks: &[Block], weights: &[u32]) -> Id {
    let sums = sums(tree, blocks, weights);
    let total = u64::from(sums[0]);
    let mut at: Id = 0;
    while let Some(child) = tree
        .children(at)
        .find(|&child| total > 0 && u64::from(sums[child as usize]) * 100 >= total * MIN_POLICY_SHARE)
    {
        at = child;
    }
    at
}

/// Which nodes stand in an element, itself included.
fn within(tree: &Tree, root: Id) -> Vec<bool> {
    let mut inside = vec![false; tree.nodes.len()];
    let mut open = vec![root];
    while let Some(id) = open.pop() {
        inside[id as usize] = true;
        open.extend(tree.children(id));
    }
    inside
}
