//! Takes the text out of a file as a reader does that follows the standard: by the table from glyphs to characters that each font brings.

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object};
use std::collections::BTreeMap;

type Table = BTreeMap<u16, String>;

/// The text of each page, without blanks
pub(crate) fn pages(pdf: &[u8]) -> Vec<String> {
    let document = Document::load_mem(pdf).unwrap();
    document.get_pages().values().map(|page| text(&document, *page)).collect()
}

fn text(document: &Document, page: (u32, u16)) -> String {
    let tables: BTreeMap<Vec<u8>, Table> =
        document.get_page_fonts(page).unwrap().into_iter().map(|(name, font)| (name, table(document, font))).collect();
    let content = Content::decode(&document.get_page_content(page).unwrap()).unwrap();
    let (mut font, mut text) = (None, String::new());
    for operation in content.operations {
        match (operation.operator.as_str(), operation.operands.as_slice()) {
            ("Tf", [name, _]) => font = tables.get(name.as_name().unwrap()),
            ("Tj", [shown]) => text.push_str(&read(font.unwrap(), shown)),
            ("TJ", [Object::Array(shown)]) => shown.iter().for_each(|one| text.push_str(&read(font.unwrap(), one))),
            _ => {}
        }
    }
    text.chars().filter(|one| !one.is_whitespace()).collect()
}

/// Two bytes are a glyph; a number between them only moves what follows
fn read(table: &Table, shown: &Object) -> String {
    let Object::String(bytes, _) = shown else { return String::new() };
    bytes.chunks(2).map(|pair| table.get(&u16::from_be_bytes([pair[0], pair[1]])).map_or("\u{fffd}", String::as_str)).collect()
}

/// `<0012> <00e4>`, line by line
fn table(document: &Document, font: &Dictionary) -> Table {
    let stream = document.get_object(font.get(b"ToUnicode").unwrap().as_reference().unwrap()).unwrap().as_stream().unwrap();
    let written = stream.get_plain_content().unwrap();
    let written = String::from_utf8_lossy(&written).into_owned();
    let mut table = Table::new();
    for section in written.split("beginbfchar").skip(1) {
        let rows = section.split("endbfchar").next().unwrap().lines().filter(|line| line.contains('<'));
        for row in rows {
            let hex: Vec<&str> = row.split(['<', '>']).map(str::trim).filter(|part| !part.is_empty()).collect();
            let digits = hex[1].as_bytes().chunks(4).map(|unit| std::str::from_utf8(unit).unwrap());
            let units: Vec<u16> = digits.map(|unit| u16::from_str_radix(unit, 16).unwrap()).collect();
            table.insert(u16::from_str_radix(hex[0], 16).unwrap(), String::from_utf16(&units).unwrap());
        }
    }
    assert!(!table.is_empty() && !written.contains("beginbfrange"), "{written}");
    table
}
