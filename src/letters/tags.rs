//! What a letter is to who hears it: headings, paragraphs, tables with rows, a picture with words for it.

use core::num::NonZeroU16;
use krilla::tagging::{Identifier, Node, TableHeaderScope, Tag as Kind, TagGroup, TagTree};

/// What a mark is to who hears the letter
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Tag {
    /// What the letter is about
    Heading(String),
    /// A paragraph, by its number
    Paragraph(usize),
    /// What stands at the left of a row
    Label { table: usize, row: usize },
    /// What stands at its right
    Value { table: usize, row: usize },
    /// A picture, and what it is
    Picture(String),
    /// Nothing: lines, folds, and what is said once already
    Ornament,
}

/// The tree of what was marked, in the order in which it was
pub(crate) fn tree(marked: Vec<(Tag, Identifier)>, language: &str) -> TagTree {
    let mut groups: Vec<(Tag, Vec<Identifier>)> = Vec::new();
    for (tag, identifier) in marked {
        match groups.last_mut() {
            Some((last, identifiers)) if *last == tag => identifiers.push(identifier),
            Some(_) | None => groups.push((tag, vec![identifier])),
        }
    }
    let mut nodes: Vec<Node> = Vec::new();
    let mut tables = Tables::default();
    for (tag, identifiers) in groups {
        let group = match &tag {
            Tag::Heading(words) => TagGroup::new(Kind::Hn(NonZeroU16::MIN, Some(words.clone()))),
            Tag::Paragraph(_) => TagGroup::new(Kind::P),
            Tag::Picture(words) => TagGroup::new(Kind::Figure(Some(words.clone()))),
            Tag::Label { .. } => TagGroup::new(Kind::TH(TableHeaderScope::Row)),
            Tag::Value { .. } => TagGroup::new(Kind::TD),
            Tag::Ornament => continue,
        };
        let group = identifiers.into_iter().fold(group, |mut group, identifier| {
            group.push(identifier);
            group
        });
        match tag {
            Tag::Label { table, row } | Tag::Value { table, row } => tables.cell(&mut nodes, table, row, group),
            Tag::Heading(_) | Tag::Paragraph(_) | Tag::Picture(_) | Tag::Ornament => {
                tables.end(&mut nodes);
                nodes.push(group.into());
            }
        }
    }
    tables.end(&mut nodes);
    let mut tree = TagTree::new().with_lang(Some(language.to_owned()));
    nodes.into_iter().for_each(|node| tree.push(node));
    tree
}

/// The table that is being filled, and its last row
#[derive(Default)]
struct Tables {
    open: Option<(usize, TagGroup)>,
    row: Option<(usize, TagGroup)>,
}

impl Tables {
    fn cell(&mut self, nodes: &mut Vec<Node>, table: usize, row: usize, cell: TagGroup) {
        if self.open.as_ref().is_some_and(|(open, _)| *open != table) {
            self.end(nodes);
        }
        if self.row.as_ref().is_some_and(|(last, _)| *last != row) {
            self.end_row();
        }
        self.open.get_or_insert_with(|| (table, TagGroup::new(Kind::Table)));
        self.row.get_or_insert_with(|| (row, TagGroup::new(Kind::TR))).1.push(cell);
    }

    fn end_row(&mut self) {
        if let (Some((_, table)), Some((_, row))) = (&mut self.open, self.row.take()) {
            table.push(row);
        }
    }

    fn end(&mut self, nodes: &mut Vec<Node>) {
        self.end_row();
        nodes.extend(self.open.take().map(|(_, table)| Node::from(table)));
    }
}
