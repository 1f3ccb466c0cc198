//! A small DOM kit over web-sys: elements, icons, texts that are written only when they differ.
//!
//! A view is built once and only written to afterwards, which keeps focus and caret. Nothing here parses HTML and nothing
//! sets an inline style, so it runs under a strict Content-Security-Policy with Trusted Types.

#![no_std]
#![warn(missing_docs)]

extern crate alloc;

mod icon;
mod node;
mod rich;

pub use icon::{Icon, icon};
pub use node::{add, attr, attr_if, class_if, field, focus, input, order, put, say, show};
pub use rich::rich;
pub use web_sys::{Element, HtmlInputElement, ShadowRoot};
