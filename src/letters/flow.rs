//! What stands where, page by page.

use crate::lines::broken;
use crate::place::{BOTTOM, LEFT, MM, RIGHT, TOP, Um};
use crate::tags::Tag;
use crate::typeface::{Set, Typeface};
use tresen_texts::collect::Line;

/// How grey soft words are, of 255
pub(crate) const SOFT: u8 = 90;
/// How grey hairlines are
const HAIR: u8 = 190;
/// How thick
const HAIRLINE: Um = 100;

/// Something at a place of a page
#[derive(Debug, Clone)]
pub(crate) enum Mark {
    /// Text, from where it begins on its base line
    Text { x: Um, y: Um, size: Um, grey: u8, set: Set },
    /// Boxes of one colour
    Boxes { boxes: Vec<Box>, grey: u8 },
}

/// A box, from its corner above at the left
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Box {
    pub(crate) x: Um,
    pub(crate) y: Um,
    pub(crate) width: Um,
    pub(crate) height: Um,
}

impl Mark {
    /// A hairline from one side to another
    pub(crate) fn hairline(x: Um, y: Um, width: Um) -> Self {
        Self::Boxes { boxes: vec![Box { x, y, width, height: HAIRLINE }], grey: HAIR }
    }
}

/// Marks, each with what it is to who hears the letter; in the order in which one reads
pub(crate) type Page = Vec<(Tag, Mark)>;

/// Fills pages from above
pub(crate) struct Flow<'a> {
    pub(crate) typeface: &'a Typeface,
    pub(crate) pages: Vec<Page>,
    y: Um,
    next: usize,
}

/// How a paragraph is set
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    pub(crate) size: Um,
    pub(crate) leading: Um,
    pub(crate) grey: u8,
}

impl<'a> Flow<'a> {
    pub(crate) fn new(typeface: &'a Typeface, first: Um) -> Self {
        Self { typeface, pages: vec![Page::new()], y: first, next: 0 }
    }

    /// A number for something that has parts
    pub(crate) fn number(&mut self) -> usize {
        self.next = self.next.saturating_add(1);
        self.next
    }

    pub(crate) fn put(&mut self, tag: Tag, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push((tag, mark));
        }
    }

    /// Text from a place, in one line
    pub(crate) fn text(&mut self, tag: Tag, (x, y): (Um, Um), style: Style, set: Set) {
        self.put(tag, Mark::Text { x, y, size: style.size, grey: style.grey, set });
    }

    /// Text in lines of a width, from a first base line; answers the base line after the last
    pub(crate) fn lines(&mut self, tag: &Tag, line: &Line, (x, y): (Um, Um), width: Um, style: Style) -> Um {
        let mut y = y;
        for broken in broken(self.typeface, line, style.size, width) {
            for (offset, set) in broken {
                self.text(tag.clone(), (x.saturating_add(offset), y), style, set);
            }
            y = y.saturating_add(style.leading);
        }
        y
    }

    /// Room below what is there; none at the top of a page
    pub(crate) fn gap(&mut self, height: Um) {
        if self.y > TOP {
            self.y = self.y.saturating_add(height);
        }
    }

    /// Begins a page if so much does not fit on this one; answers from where
    pub(crate) fn room(&mut self, height: Um) -> Um {
        if self.y.saturating_add(height) > BOTTOM {
            self.pages.push(Page::new());
            self.y = TOP;
        }
        self.y
    }

    /// So much is used
    pub(crate) fn used(&mut self, until: Um) {
        self.y = until;
    }

    /// A paragraph, over pages if it must be
    pub(crate) fn paragraph(&mut self, tag: &Tag, line: &Line, style: Style) {
        let lines = broken(self.typeface, line, style.size, RIGHT - LEFT);
        if let Ok(few @ ..=3) = i64::try_from(lines.len()) {
            // A short one stays together.
            self.room(style.leading.saturating_mul(few));
        }
        for broken in lines {
            let y = self.room(style.leading).saturating_add(style.leading);
            for (offset, set) in broken {
                self.text(tag.clone(), (LEFT.saturating_add(offset), y), style, set);
            }
            self.used(y);
        }
    }

    /// A line with words at its left and an amount at its right, and a hairline below
    pub(crate) fn row(&mut self, table: usize, row: usize, label: &Line, amount: Option<Set>, style: Style) {
        let amount_width = amount.as_ref().map_or(0, |set| set.width(style.size));
        let width = (RIGHT - LEFT).saturating_sub(amount_width).saturating_sub(if amount.is_some() { 8 * MM } else { 0 });
        let count = i64::try_from(broken(self.typeface, label, style.size, width).len()).unwrap_or(1);
        let y = self.room(style.leading.saturating_mul(count.saturating_add(1))).saturating_add(style.leading);
        let end = self.lines(&Tag::Label { table, row }, label, (LEFT, y), width, style);
        if let Some(set) = amount {
            self.text(Tag::Value { table, row }, (RIGHT.saturating_sub(amount_width), y), style, set);
            let below = end.saturating_sub(style.leading).saturating_add(1_500);
            self.put(Tag::Ornament, Mark::hairline(LEFT, below, RIGHT - LEFT));
            self.used(below);
        } else {
            self.used(end.saturating_sub(style.leading));
        }
    }
}
