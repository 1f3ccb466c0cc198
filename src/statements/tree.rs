//! An XML document as a tree: names without prefixes, texts, and the currency of amounts.
//!
//! Nothing is fetched and nothing is expanded: a document that declares entities is refused.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use tresen_core::diag::Diagnostic;
use tresen_wire::json::printable;

/// A bank's statement is about ten deep
const DEPTH_MAX: usize = 40;

/// An element
#[derive(Debug, Default)]
pub struct Node {
    pub name: String,
    pub text: String,
    /// The attribute `Ccy`
    pub currency: Option<String>,
    pub children: Vec<Node>,
}

impl Node {
    /// The first child of each name in turn
    pub fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |node, name| node.all(name).next())
    }

    /// Its text; nothing where there is none
    pub fn text_at(&self, path: &[&str]) -> Option<&str> {
        self.at(path).map(|node| node.text.trim()).filter(|text| !text.is_empty())
    }

    /// The children of a name
    pub fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }
}

fn malformed(place: u64, why: impl std::fmt::Display) -> Diagnostic {
    let message = printable(format!("the statement is no XML that can be read: {why}"));
    Diagnostic::error("statement.xml", format!("byte {place}"), message, "pass the file as the bank has handed it out")
}

/// Reads a document
pub fn parse(bytes: &[u8]) -> Result<Node, Diagnostic> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Err(malformed(0, "it is not written in UTF-8"));
    };
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut open = vec![Node::default()];
    loop {
        let place = reader.buffer_position();
        let wrong = |why: &dyn std::fmt::Display| malformed(place, why);
        match reader.read_event().map_err(|why| malformed(place, why))? {
            Event::Start(_) if open.len() > DEPTH_MAX => return Err(wrong(&"it is too deep")),
            Event::Start(start) => open.push(element(&start).map_err(|why| malformed(place, why))?),
            Event::Empty(start) => close(&mut open, element(&start).map_err(|why| malformed(place, why))?),
            Event::End(_) => {
                let node = open.pop().unwrap_or_default();
                close(&mut open, node);
            }
            Event::Text(text) => add(&mut open, &text.decode().map_err(|why| malformed(place, why))?),
            Event::CData(text) => add(&mut open, &text.decode().map_err(|why| malformed(place, why))?),
            Event::GeneralRef(reference) => {
                add(&mut open, &resolved(&reference).ok_or_else(|| wrong(&"an entity that XML does not know"))?)
            }
            Event::DocType(_) => return Err(wrong(&"it has a document type, as no statement has")),
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    let place = reader.buffer_position();
    if open.len() != 1 {
        return Err(malformed(place, "it ends in the middle"));
    }
    open.pop().and_then(|mut root| root.children.pop()).ok_or_else(|| malformed(place, "it is empty"))
}

fn element(start: &BytesStart<'_>) -> Result<Node, quick_xml::Error> {
    let name = String::from_utf8_lossy(start.local_name().as_ref()).into_owned();
    let mut currency = None;
    for attribute in start.attributes() {
        let attribute = attribute?;
        if attribute.key.local_name().as_ref() == b"Ccy" {
            currency = Some(String::from_utf8_lossy(&attribute.value).into_owned());
        }
    }
    Ok(Node { name, currency, ..Node::default() })
}

fn close(open: &mut [Node], node: Node) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(node);
    }
}

fn add(open: &mut [Node], text: &str) {
    if let Some(node) = open.last_mut() {
        node.text.push_str(text);
    }
}

fn resolved(reference: &BytesRef<'_>) -> Option<String> {
    if let Some(letter) = reference.resolve_char_ref().ok()? {
        return Some(letter.to_string());
    }
    let name = reference.decode().ok()?;
    quick_xml::escape::resolve_predefined_entity(&name).map(str::to_owned)
}
