//! Letters and documents to keep as PDF, and the code on them that a banking app scans.
//!
//! A letter says what the [message](tresen_texts::collect::Message) says that it is made of, on A4 with the address where an envelope with a
//! window wants it (DIN 5008 form B) and marks where it is folded. Its text can be selected and read aloud in the order in which one reads
//! (PDF/UA-1); its letters are inside, and nothing else is.
//!
//! **Invariant:** the same message makes the same bytes.
//! **Invariant:** a name that the letters inside cannot write is refused, never printed as boxes: a human sends that letter.

mod document;
mod flow;
mod letter;
mod lines;
mod paint;
mod place;
pub mod qr;
mod tags;
mod typeface;

pub use document::{Sheet, document};
pub use letter::{NoLetter, letter};
