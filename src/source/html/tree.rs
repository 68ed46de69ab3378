//! The document as a flat list of nodes, filled by html5ever.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, LocalName, Namespace, QualName, local_name, ns};

/// Index of a node; 0 is the document.
pub(super) type Id = u32;
/// No node.
pub(super) const NONE: Id = u32::MAX;

/// A node with its place in the tree.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) parent: Id,
    pub(super) first: Id,
    last: Id,
    pub(super) next: Id,
    previous: Id,
    /// Depth below the document, as far as the parser has built it.
    depth: u32,
    pub(super) kind: Kind,
}

/// What a node is.
#[derive(Debug)]
pub(super) enum Kind {
    /// The document, a comment, a processing instruction: nothing to show.
    Nothing,
    Text(StrTendril),
    Element(QualName, Box<[Attribute]>),
}

/// The nodes of a document.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
}

impl Tree {
    /// Name of an HTML element; the empty name for anything else.
    pub(super) fn tag(&self, id: Id) -> &LocalName {
        static EMPTY: LocalName = local_name!("");
        match &self.nodes[id as usize].kind {
            Kind::Element(name, _) if name.ns == ns!(html) => &name.local,
            _ => &EMPTY,
        }
    }

    /// Value of an attribute.
    pub(super) fn attribute(&self, id: Id, name: &LocalName) -> Option<&str> {
        match &self.nodes[id as usize].kind {
            Kind::Element(_, attributes) => attributes
                .iter()
                .find(|attribute| attribute.name.local == *name)
                .map(|attribute| &*attribute.value),
            _ => None,
        }
    }

    pub(super) fn children(&self, id: Id) -> impl Iterator<Item = Id> {
        let mut next = self.nodes[id as usize].first;
        std::iter::from_fn(move || {
            let id = (next != NONE).then_some(next)?;
            next = self.nodes[id as usize].next;
            Some(id)
        })
    }
}

/// Why building stopped before the end of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Overrun {
    Depth,
    Nodes,
}

/// Builds a [`Tree`] and notes when it outgrows its limits; the caller has to stop feeding then.
#[derive(Debug)]
pub(super) struct Builder {
    nodes: RefCell<Vec<Node>>,
    max_depth: u32,
    max_nodes: usize,
    pub(super) overrun: Cell<Option<Overrun>>,
}

impl Builder {
    pub(super) fn new(max_depth: usize, max_nodes: usize) -> Self {
        let document = node(Kind::Nothing);
        Self {
            nodes: RefCell::new(vec![document]),
            max_depth: u32::try_from(max_depth).unwrap_or(u32::MAX),
            max_nodes,
            overrun: Cell::new(None),
        }
    }

    fn create(&self, kind: Kind) -> Id {
        let mut nodes = self.nodes.borrow_mut();
        if nodes.len() >= self.max_nodes {
            self.overrun.set(Some(Overrun::Nodes));
        }
        nodes.push(node(kind));
        (nodes.len() - 1) as Id
    }

    /// Puts a node without a parent at the end of `parent` or before `before`.
    fn link(&self, parent: Id, child: Id, before: Id) {
        let mut nodes = self.nodes.borrow_mut();
        let depth = nodes[parent as usize].depth + 1;
        if depth > self.max_depth {
            self.overrun.set(Some(Overrun::Depth));
        }
        let previous =
            if before == NONE { nodes[parent as usize].last } else { nodes[before as usize].previous };
        let node = &mut nodes[child as usize];
        (node.parent, node.depth, node.previous, node.next) = (parent, depth, previous, before);
        if previous == NONE {
            nodes[parent as usize].first = child;
        } else {
            nodes[previous as usize].next = child;
        }
        if before == NONE {
            nodes[parent as usize].last = child;
        } else {
            nodes[before as usize].previous = child;
        }
    }

    fn unlink(&self, child: Id) {
        let mut nodes = self.nodes.borrow_mut();
        let node = &mut nodes[child as usize];
        let (parent, previous, next) = (node.parent, node.previous, node.next);
        (node.parent, node.previous, node.next) = (NONE, NONE, NONE);
        if parent == NONE {
            return;
        }
        if previous == NONE {
            nodes[parent as usize].first = next;
        } else {
            nodes[previous as usize].next = next;
        }
        if next == NONE {
            nodes[parent as usize].last = previous;
        } else {
            nodes[next as usize].previous = previous;
        }
    }

    fn insert(&self, parent: Id, child: NodeOrText<Id>, before: Id) {
        match child {
            NodeOrText::AppendNode(child) => {
                self.unlink(child);
                self.link(parent, child, before);
            }
            NodeOrText::AppendText(text) => {
                {
                    let mut nodes = self.nodes.borrow_mut();
                    let previous = if before == NONE {
                        nodes[parent as usize].last
                    } else {
                        nodes[before as usize].previous
                    };
                    if let Some(Kind::Text(known)) =
                        nodes.get_mut(previous as usize).map(|node| &mut node.kind)
                    {
                        // A tendril counts in 32 bits; text that would not fit becomes a node of its own.
                        if known.len() + text.len() < (u32::MAX / 2) as usize {
                            known.push_tendril(&text);
                            return;
                        }
                    }
                }
                let child = self.create(Kind::Text(text));
                self.link(parent, child, before);
            }
        }
    }
}

fn node(kind: Kind) -> Node {
    Node { parent: NONE, first: NONE, last: NONE, next: NONE, previous: NONE, depth: 0, kind }
}

/// Attributes that say something about what is shown; the others are dropped at once.
fn is_kept(attribute: &Attribute) -> bool {
    attribute.name.ns == ns!()
        && matches!(
            &*attribute.name.local,
            "class"
                | "id"
                | "style"
                | "hidden"
                | "start"
                | "value"
                | "type"
                | "reversed"
                | "role"
                | "href"
                | "open"
                | "lang"
        )
}

/// An owned name, since the nodes stand behind a cell.
#[derive(Debug)]
pub(super) struct Name(QualName);

impl ElemName for Name {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl TreeSink for Builder {
    type Handle = Id;
    type Output = (Tree, Option<Overrun>);
    type ElemName<'a> = Name;

    fn finish(self) -> Self::Output {
        (Tree { nodes: self.nodes.into_inner() }, self.overrun.get())
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Id {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a Id) -> Name {
        match &self.nodes.borrow()[*target as usize].kind {
            Kind::Element(name, _) => Name(name.clone()),
            _ => Name(QualName::new(None, ns!(), local_name!(""))),
        }
    }

    fn create_element(&self, name: QualName, mut attributes: Vec<Attribute>, _: ElementFlags) -> Id {
        attributes.retain(is_kept);
        self.create(Kind::Element(name, attributes.into_boxed_slice()))
    }

    fn create_comment(&self, _: StrTendril) -> Id {
        self.create(Kind::Nothing)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Id {
        self.create(Kind::Nothing)
    }

    fn append(&self, parent: &Id, child: NodeOrText<Id>) {
        self.insert(*parent, child, NONE);
    }

    fn append_based_on_parent_node(&self, element: &Id, previous: &Id, child: NodeOrText<Id>) {
        if self.nodes.borrow()[*element as usize].parent == NONE {
            self.append(previous, child);
        } else {
            self.append_before_sibling(element, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    /// The contents of a template are its children: nothing of it is shown.
    fn get_template_contents(&self, target: &Id) -> Id {
        *target
    }

    fn same_node(&self, x: &Id, y: &Id) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Id, child: NodeOrText<Id>) {
        let parent = self.nodes.borrow()[*sibling as usize].parent;
        if parent != NONE {
            self.insert(parent, child, *sibling);
        }
    }

    fn add_attrs_if_missing(&self, target: &Id, attributes: Vec<Attribute>) {
        if let Kind::Element(_, known) = &mut self.nodes.borrow_mut()[*target as usize].kind {
            let mut all = std::mem::take(known).into_vec();
            for attribute in attributes.into_iter().filter(is_kept) {
                if !all.iter().any(|other| other.name == attribute.name) {
                    all.push(attribute);
                }
            }
            *known = all.into_boxed_slice();
        }
    }

    fn remove_from_parent(&self, target: &Id) {
        self.unlink(*target);
    }

    fn reparent_children(&self, from: &Id, to: &Id) {
        loop {
            let child = self.nodes.borrow()[*from as usize].first;
            if child == NONE {
                return;
            }
            self.unlink(child);
            self.link(*to, child, NONE);
        }
    }
}
