//! What Rust tells a page to show: a list of commands, carried out by `js/src/element/page.js`.
//!
//! Nothing here touches a document. Whoever draws writes commands, and the whole list crosses the border at once; so a widget is
//! a function from what happened to what is to be shown, it runs in a plain test, and the module imports nothing of the DOM
//! (ADR 0011). The page is built once, from shapes, and only written to afterwards, which keeps focus and caret.
//!
//! **Invariant:** a command is parsed by its first two bytes alone; no text that a person typed can become one, because texts
//! come over the border without control characters.

#![no_std]
#![warn(missing_docs)]

extern crate alloc;

use alloc::vec::Vec;

/// Stands before each command
const COMMAND: u8 = 0x1e;

/// What can be done to an element
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Verb {
    /// Sets an attribute, `name=value`, or takes it away, `name=`
    Attribute = b'a',
    /// Checks or unchecks it
    Check = b'k',
    /// The order is done: what stood in it makes room for what comes after
    Done = b'd',
    /// Moves the focus to it
    Focus = b'f',
    /// Writes its text in groups of four signs
    Groups = b'g',
    /// Hides it or shows it
    Hide = b'h',
    /// Writes a note or a mistake into its last child; without a text it hides
    Note = b'n',
    /// Gives it the class `on` or takes it away
    On = b'c',
    /// Puts the places of a list into this order
    Order = b'o',
    /// Writes its paragraphs, one a line
    Paragraphs = b'p',
    /// Takes it away for good
    Remove = b'x',
    /// Writes its text
    Say = b't',
    /// The commands that follow are about another place
    Turn = b'@',
}

/// The letter by which a shape names an element, unique in its place
pub type Slot = u8;

/// Commands in the making
#[derive(Debug, Default)]
pub struct Page {
    out: Vec<u8>,
}

impl Page {
    /// Nothing is written yet
    #[must_use]
    pub const fn new() -> Self {
        Self { out: Vec::new() }
    }

    /// Begins anew
    pub fn clear(&mut self) {
        self.out.clear();
    }

    /// What was written
    #[must_use]
    pub fn written(&self) -> &[u8] {
        &self.out
    }

    /// Where to write what is no command, or goes on with one
    pub fn out(&mut self) -> &mut Vec<u8> {
        &mut self.out
    }

    /// Begins a command; its text is what is appended
    #[inline(never)]
    pub fn tell(&mut self, verb: Verb, slot: Slot) -> &mut Vec<u8> {
        self.out.extend_from_slice(&[COMMAND, verb as u8, slot]);
        &mut self.out
    }

    /// A command that is done or undone
    #[inline(never)]
    pub fn flag(&mut self, verb: Verb, slot: Slot, on: bool) {
        let out = self.tell(verb, slot);
        if on {
            out.push(b'1');
        }
    }

    /// What follows is about this place: 0 is the page as a whole
    #[inline(never)]
    pub fn turn_to(&mut self, place: usize) {
        let _ = self.tell(Verb::Turn, b'0'.wrapping_add(place as u8));
    }

    /// Marks the entry in a field as wrong or right
    #[inline(never)]
    pub fn wrong(&mut self, field: Slot, wrong: bool) {
        self.tell(Verb::Attribute, field).extend_from_slice(if wrong { b"aria-invalid=true" } else { b"aria-invalid=" });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_stand_one_after_the_other() {
        let mut page = Page::default();
        page.turn_to(2);
        page.flag(Verb::Hide, b'r', true);
        page.tell(Verb::Say, b'n').extend_from_slice("Rechnung".as_bytes());
        page.wrong(b'x', false);
        assert_eq!(page.written(), b"\x1e@2\x1ehr1\x1etnRechnung\x1eaxaria-invalid=");
        page.clear();
        assert_eq!(page.written(), b"");
    }
}
