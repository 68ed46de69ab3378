//! Elements to blocks of text, white space folded and markers written as a browser does.

use html5ever::{local_name, ns};

use super::list::{Counters, List};
use super::style::{Declarations, ListStyle, Sheet, WhiteSpace};
use super::tree::{Id, Kind, NONE, Tree};
use crate::source::table::Table;

/// Blocks and line ends in a cell of a table of data.
const MAX_CELL_BLOCKS: usize = 12;
/// White space that is folded; the no-break space is not.
const BLANKS: [char; 5] = [' ', '\t', '\n', '\r', '\u{C}'];

/// A line of the page.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) text: String,
    /// The nearest element that stands on lines of its own.
    pub(super) owner: Id,
    pub(super) letters: u32,
    /// Letters inside links to other pages.
    pub(super) linked: u32,
    /// Letters inside links to places on this page.
    pub(super) jumps: u32,
    /// Letters inside buttons.
    pub(super) pressed: u32,
    /// Preformatted text of several lines.
    pub(super) kept: bool,
}

/// All lines of a page, and the letters that it hides.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    pub(super) blocks: Vec<Block>,
    pub(super) hidden: usize,
}

/// What holds for everything inside an element.
#[derive(Debug, Clone, Copy, Default)]
struct Context {
    owner: Id,
    white_space: WhiteSpace,
    list: Option<ListStyle>,
    invisible: bool,
    linked: bool,
    jumps: bool,
    pressed: bool,
    block: bool,
}

/// Reads a tree into blocks, up to a limit of bytes.
pub(super) fn blocks(tree: &Tree, limit: usize) -> Blocks {
    let sheet = Sheet::of(tree);
    let mut flow = Flow::new(tree, &sheet, limit);
    flow.walk();
    flow.end_line();
    flow.out
}

struct Flow<'a> {
    tree: &'a Tree,
    sheet: &'a Sheet,
    out: Blocks,
    /// Bytes that may still be taken.
    left: usize,
    contexts: Vec<Context>,
    lists: Vec<List>,
    counters: Counters,
    /// Tables whose rows are being collected; inside them blocks become paragraphs of cells.
    tables: Vec<Collected>,
    line: String,
    marker: String,
    space: bool,
    letters: u32,
    linked: u32,
    jumps: u32,
    pressed: u32,
    /// Whether the line holds lines of preformatted text.
    kept: bool,
}

#[derive(Default)]
struct Collected {
    table: Table,
    cell: Vec<String>,
    in_cell: bool,
    letters: u32,
    linked: u32,
}

impl<'a> Flow<'a> {
    fn new(tree: &'a Tree, sheet: &'a Sheet, limit: usize) -> Self {
        Self {
            tree,
            sheet,
            out: Blocks::default(),
            left: limit,
            contexts: vec![Context::default()],
            lists: Vec::new(),
            counters: Counters::default(),
            tables: Vec::new(),
            line: String::new(),
            marker: String::new(),
            space: false,
            letters: 0,
            linked: 0,
            jumps: 0,
            pressed: 0,
            kept: false,
        }
    }

    /// Visits the nodes in order, without recursion.
    fn walk(&mut self) {
        let mut at = 0;
        loop {
            let inside = self.enter(at);
            let first = self.tree.nodes[at as usize].first;
            if inside && first != NONE && self.left > 0 {
                at = first;
                continue;
            }
            if inside {
                self.leave(at);
            }
            while self.tree.nodes[at as usize].next == NONE || self.left == 0 {
                at = self.tree.nodes[at as usize].parent;
                if at == NONE || at == 0 {
                    return;
                }
                self.leave(at);
            }
            at = self.tree.nodes[at as usize].next;
        }
    }

    /// Enters a node; `false` if it is no element or nothing of it is shown.
    fn enter(&mut self, id: Id) -> bool {
        match &self.tree.nodes[id as usize].kind {
            Kind::Text(text) => {
                self.text(text);
                false
            }
            Kind::Nothing => id == 0,
            Kind::Element(name, _) if name.ns == ns!(svg) => false,
            Kind::Element(..) => self.enter_element(id),
        }
    }

    fn enter_element(&mut self, id: Id) -> bool {
        let tag = self.tree.tag(id);
        if is_never_shown(tag) {
            return false;
        }
        let (style, before) = self.sheet.declarations(self.tree, id);
        if self.is_hidden(id, &style) {
            self.out.hidden += letters_below(self.tree, id);
            return false;
        }
        let mut context = *self.context();
        let block = style.block.unwrap_or_else(|| is_block(tag));
        context.white_space = style.white_space.unwrap_or(match &**tag {
            "pre" | "textarea" | "xmp" | "plaintext" | "listing" => WhiteSpace::Keep,
            _ => context.white_space,
        });
        context.invisible = style.invisible.unwrap_or(context.invisible);
        context.list = style.list.or(context.list);
        if *tag == local_name!("a") {
            context.linked |= self.leads_elsewhere(id);
            let href = self.tree.attribute(id, &local_name!("href")).unwrap_or_default();
            context.jumps |= href.trim().strip_prefix('#').is_some_and(|place| !place.is_empty());
        }
        context.pressed |= *tag == local_name!("button");
        context.block = block;
        if block {
            self.end_line();
            context.owner = id;
        }
        let depth = self.contexts.len();
        for (name, value) in &style.reset {
            self.counters.reset(name, *value, depth);
        }
        for (name, by) in &style.increment {
            self.counters.increment(name, *by, depth);
        }
        match &**tag {
            "br" => self.end_line(),
            "ol" | "ul" | "menu" | "dir" => {
                context.list = style.list;
                let list = List::new(self.tree, id, style.list, self.lists.len());
                self.lists.push(list);
            }
            "table" => self.enter_table(id),
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.table.row();
                }
            }
            "td" | "th" => {
                if let Some(table) = self.tables.last_mut() {
                    table.in_cell = true;
                }
            }
            _ => {}
        }
        self.contexts.push(context);
        if *tag == local_name!("li") {
            self.item(id, &style, &before);
        } else {
            let generated = self.generated(&before, depth + 1);
            if generated
                .chars()
                .any(|letter| letter.is_alphanumeric() || matches!(letter, '•' | '–' | '—' | '-'))
            {
                self.text(&generated);
            }
        }
        true
    }

    fn leave(&mut self, id: Id) {
        if id == 0 {
            return;
        }
        let Some(context) = self.contexts.pop() else { return };
        if context.block {
            // The line still belongs to the element that is left.
            self.contexts.push(context);
            self.end_line();
            self.contexts.pop();
        }
        self.counters.leave(self.contexts.len());
        match &**self.tree.tag(id) {
            "ol" | "ul" | "menu" | "dir" => {
                self.lists.pop();
                self.marker.clear();
            }
            "li" => self.marker.clear(),
            "td" | "th" => {
                if let Some(table) = self.tables.last_mut() {
                    table.in_cell = false;
                    let cell = std::mem::take(&mut table.cell);
                    table.table.cell(cell);
                }
            }
            "table" => self.leave_table(id),
            _ => {}
        }
    }

    fn context(&self) -> &Context {
        // The outermost context is never taken away.
        &self.contexts[self.contexts.len() - 1]
    }

    fn is_hidden(&self, id: Id, style: &Declarations) -> bool {
        let tag = self.tree.tag(id);
        // A closed <details> opens with a click, and policies fold their sections away in it.
        style.hidden.unwrap_or_else(|| {
            let hidden = self.tree.attribute(id, &local_name!("hidden"));
            hidden.is_some_and(|value| !value.eq_ignore_ascii_case("until-found"))
                || (*tag == local_name!("dialog") && self.tree.attribute(id, &local_name!("open")).is_none())
        })
    }

    /// Whether a link leads to another page: addresses of people and links that show their own address are text.
    fn leads_elsewhere(&self, id: Id) -> bool {
        let Some(href) = self.tree.attribute(id, &local_name!("href")) else { return false };
        let href = href.trim();
        let scheme = href.split(':').next().unwrap_or_default().to_ascii_lowercase();
        if matches!(scheme.as_str(), "mailto" | "tel" | "sms" | "whatsapp") {
            return false;
        }
        let first = self.tree.nodes[id as usize].first;
        match self.tree.nodes.get(first as usize).map(|node| &node.kind) {
            Some(Kind::Text(text)) => !(text.contains("://") || text.contains("www.") || text.contains('@')),
            _ => true,
        }
    }

    /// Writes an item's marker once its first words come.
    fn item(&mut self, id: Id, style: &Declarations, before: &Declarations) {
        let depth = self.contexts.len();
        let generated = self.generated(before, depth);
        let inherited = style.list.or_else(|| self.context().list);
        let level = self.lists.len();
        let mut marker = match self.lists.last_mut() {
            Some(list) => list.marker(self.tree, id, inherited),
            None => "• ".to_owned(),
        };
        let generated = generated.trim();
        if !generated.is_empty() {
            let indent = "  ".repeat(level.saturating_sub(1).min(8));
            let indent =
                if generated.starts_with(|first: char| first.is_ascii_digit()) { "" } else { &indent };
            marker = format!("{indent}{generated} ");
        }
        // The marker of an item that starts with a list of its own stands alone, unless it is a bullet.
        if self.marker.trim_start().starts_with(|first: char| first.is_alphanumeric()) {
            let alone = std::mem::take(&mut self.marker);
            self.line.push_str(alone.trim_end());
            self.end_line();
        }
        self.marker = marker;
    }

    fn generated(&mut self, before: &Declarations, depth: usize) -> String {
        for (name, value) in &before.reset {
            self.counters.reset(name, *value, depth);
        }
        for (name, by) in &before.increment {
            self.counters.increment(name, *by, depth);
        }
        before.content.as_deref().map_or(String::new(), |content| self.counters.write(content))
    }

    fn text(&mut self, text: &str) {
        let context = *self.context();
        if context.invisible {
            self.out.hidden += text.chars().filter(|letter| letter.is_alphanumeric()).count();
            return;
        }
        match context.white_space {
            WhiteSpace::Fold if looks_preformatted(text) => self.kept_text(text, false),
            WhiteSpace::Fold => self.folded_text(text),
            WhiteSpace::Keep => self.kept_text(text, false),
            WhiteSpace::KeepLines => self.kept_text(text, true),
        }
    }

    fn folded_text(&mut self, text: &str) {
        let context = *self.context();
        for word in text.split_inclusive(BLANKS) {
            let bare = word.trim_end_matches(BLANKS);
            if !bare.is_empty() {
                self.begin_line();
                if std::mem::take(&mut self.space) && !self.line.is_empty() && !self.line.ends_with('\n') {
                    self.line.push(' ');
                }
                self.line.push_str(bare);
                self.count(bare, context);
            }
            if bare.len() < word.len() {
                self.space = true;
            }
        }
    }

    /// Adds text whose lines are kept; all of them make one block.
    fn kept_text(&mut self, text: &str, fold: bool) {
        let context = *self.context();
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 && self.tables.is_empty() {
                self.kept = true;
                self.space = false;
                // Two line ends in a row make the blank line that Markdown needs; more would say nothing.
                if !self.line.is_empty() && !self.line.ends_with("\n\n") {
                    self.line.push('\n');
                }
            } else if at > 0 {
                self.space = true;
            }
            let line = line.trim_end_matches('\r');
            if fold || !self.tables.is_empty() {
                self.folded_text(line);
            } else if !line.is_empty() {
                self.begin_line();
                self.line.push_str(line);
                self.count(line, context);
            }
        }
    }

    fn count(&mut self, text: &str, context: Context) {
        let letters = text.chars().filter(|letter| letter.is_alphanumeric()).count() as u32;
        self.letters += letters;
        self.linked += if context.linked { letters } else { 0 };
        self.jumps += if context.jumps { letters } else { 0 };
        self.pressed += if context.pressed { letters } else { 0 };
        self.left = self.left.saturating_sub(text.len());
    }

    /// Writes the marker that waits for the first words of a line.
    fn begin_line(&mut self) {
        if self.line.is_empty() && !self.marker.is_empty() {
            self.line = std::mem::take(&mut self.marker);
            self.space = false;
        }
    }

    fn end_line(&mut self) {
        self.space = false;
        let kept = std::mem::take(&mut self.kept);
        if self.line.is_empty() {
            return;
        }
        let text = std::mem::take(&mut self.line);
        let (letters, linked, pressed) = (self.letters, self.linked, self.pressed);
        (self.letters, self.linked, self.pressed) = (0, 0, 0);
        if let Some(table) = self.tables.last_mut() {
            table.letters += letters;
            table.linked += linked;
            if table.in_cell {
                table.cell.push(text);
                return;
            }
        }
        let owner = self.context().owner;
        let jumps = std::mem::take(&mut self.jumps);
        self.out.blocks.push(Block { text, owner, letters, linked, jumps, pressed, kept });
    }

    /// Collects the rows of a table of data; a table that holds a page is walked like any other element.
    fn enter_table(&mut self, id: Id) {
        if self.tables.is_empty() && !is_layout(self.tree, id) {
            self.tables.push(Collected::default());
        }
    }

    fn leave_table(&mut self, id: Id) {
        let Some(collected) = self.tables.pop() else { return };
        let all_links = collected.letters > 0 && collected.linked * 5 >= collected.letters * 4;
        for line in collected.table.lines() {
            let letters = line.chars().filter(|letter| letter.is_alphanumeric()).count() as u32;
            let linked = if all_links { letters } else { 0 };
            self.out.blocks.push(Block {
                text: line,
                owner: id,
                letters,
                linked,
                jumps: 0,
                pressed: 0,
                kept: false,
            });
        }
    }
}

/// Text with lines of Markdown in it, which a style sheet elsewhere shows line by line.
fn looks_preformatted(text: &str) -> bool {
    if !text.contains("\n\n") && !text.contains("\n\r\n") {
        return false;
    }
    let marked = text.lines().filter(|line| {
        let line = line.trim_start();
        line.starts_with("- ")
            || line.starts_with("* ")
            || (line.starts_with('#') && line.trim_start_matches('#').starts_with(' '))
    });
    marked.take(3).count() == 3
}

/// Whether a table holds other tables, headings or long texts, or has one column: a frame and not a table of data.
fn is_layout(tree: &Tree, table: Id) -> bool {
    let mut at = tree.nodes[table as usize].first;
    let (mut columns, mut in_row, mut in_cell) = (0, 0, 0);
    while at != NONE && at != table {
        match &**tree.tag(at) {
            "table" | "h1" | "h2" | "h3" | "h4" | "nav" | "header" | "footer" => return true,
            "tr" => in_row = 0,
            "td" | "th" => {
                (in_row, in_cell) = (in_row + 1, 0);
                columns = columns.max(in_row);
            }
            "p" | "div" | "li" | "br" => {
                in_cell += 1;
                if in_cell > MAX_CELL_BLOCKS {
                    return true;
                }
            }
            _ => {}
        }
        let node = &tree.nodes[at as usize];
        if node.first != NONE {
            at = node.first;
            continue;
        }
        while at != table && tree.nodes[at as usize].next == NONE {
            at = tree.nodes[at as usize].parent;
        }
        if at != table {
            at = tree.nodes[at as usize].next;
        }
    }
    columns < 2
}

fn letters_below(tree: &Tree, id: Id) -> usize {
    let mut letters = 0;
    let mut open = vec![id];
    while let Some(id) = open.pop() {
        match &tree.nodes[id as usize].kind {
            Kind::Text(text) => letters += text.chars().filter(|letter| letter.is_alphanumeric()).count(),
            Kind::Element(..) if !is_never_shown(tree.tag(id)) => open.extend(tree.children(id)),
            _ => {}
        }
    }
    letters
}

fn is_never_shown(tag: &str) -> bool {
    matches!(
        tag,
        "head"
            | "title"
            | "script"
            | "style"
            | "template"
            | "noscript"
            | "noembed"
            | "noframes"
            | "iframe"
            | "object"
            | "canvas"
            | "audio"
            | "video"
            | "select"
            | "option"
            | "datalist"
            | "textarea"
            | "input"
            | "meta"
            | "link"
            | "rp"
    )
}

fn is_block(tag: &str) -> bool {
    matches!(
        tag,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "plaintext"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "xmp"
    )
}
