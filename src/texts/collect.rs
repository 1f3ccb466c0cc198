//! What is written to a customer about what they owe: as a respectful merchant would sign it.
//!
//! [`Message::new`] puts [particulars](tresen_core::collect::message::Particulars) into words: subject, preview, a mail as text and as HTML, a
//! text message, and the same as blocks for a letter. The sentences are data, and a merchant's own may replace any of them; what lets them
//! is [`lint`], which reads the finished message and knows the particulars.
//!
//! **Invariant:** subject, preview and text message say nothing that shames on a lock screen: no amount, no word about reminding.
//! **Invariant:** a message is written from particulars that add up, and every amount in it is written by `core`.

mod blocks;
mod compose;
mod html;
mod lint;
mod message;
mod paper;
mod plain;
mod sentences;
mod sum;
mod telephone;
mod values;

pub use blocks::{Block, Line, Row, RowKind, Span};
pub use lint::{Proof, lint};
pub use message::Message;
pub use paper::Paper;
pub use sentences::Sentences;
pub use telephone::{TextMessage, gsm_length};
