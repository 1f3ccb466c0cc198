//! A sentence with parts that catch the eye.

use alloc::string::String;
use web_sys::Element;

use crate::node::{put, say};

/// Writes a text in which `*stars*` stand around what is strong, unless it stands there already
pub fn rich(element: &Element, text: &str) {
    let mut plain = String::new();
    text.split('*').for_each(|part| plain.push_str(part));
    if element.text_content().as_deref() == Some(plain.as_str()) {
        return;
    }
    element.set_text_content(None);
    for (index, part) in text.split('*').enumerate() {
        let part_of = put(element, if index & 1 == 1 { "b" } else { "span" }, "");
        say(&part_of, part);
    }
}
