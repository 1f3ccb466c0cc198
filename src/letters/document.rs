//! A document to keep: a title, paragraphs, and rows of a name and a value.

use crate::flow::{Flow, Mark, Page, SOFT, Style};
use crate::letter::{NoLetter, style};
use crate::paint::{About, pdf};
use crate::place::{FOOT, LEFT, MM, RIGHT, WIDTH, din, points};
use crate::tags::Tag;
use crate::typeface::{Typeface, Weight};
use tresen_texts::Language;
use tresen_texts::collect::{Line, Span};

/// Between a row's name and its value
const TAB: char = '\t';

/// What a document says, and who says it
#[derive(Debug, Clone, Copy)]
pub struct Sheet<'a> {
    /// The shop, above everything
    pub shop: &'a str,
    /// Who is behind it, below everything
    pub creditor: &'a str,
    /// What it is called
    pub title: &'a str,
    /// Paragraphs with an empty line between them; a line with a tab in it is a row of a name and a value
    pub text: &'a str,
    /// In which language
    pub language: Language,
}

/// The document as PDF, on as many sheets as it needs
///
/// # Errors
///
/// [`NoLetter::Glyph`] where the letters inside cannot write it.
pub fn document(sheet: &Sheet<'_>) -> Result<Vec<u8>, NoLetter> {
    let typeface = Typeface::new().ok_or(NoLetter::Refused)?;
    let lines = [sheet.shop, sheet.creditor, sheet.title].into_iter().chain(sheet.text.split(['\n', TAB]));
    if let Some(one) = lines.into_iter().find_map(|line| typeface.unknown(line)) {
        return Err(NoLetter::Glyph(one));
    }
    let language = if sheet.language == Language::English { "en" } else { "de" };
    let about = About { title: sheet.title, author: sheet.creditor, language };
    pdf(&pages(sheet, &typeface), &about).ok_or(NoLetter::Refused)
}

fn pages(sheet: &Sheet<'_>, typeface: &Typeface) -> Vec<Page> {
    let mut flow = Flow::new(typeface, din::MARK.saturating_add(14 * MM));
    let tag = Tag::Paragraph(flow.number());
    flow.text(tag, (LEFT, din::MARK), style(170, 200, 0), typeface.set(sheet.shop, Weight::Strong));
    let title = Line(vec![Span::Strong(sheet.title.to_owned())]);
    flow.paragraph(&Tag::Heading(sheet.title.to_owned()), &title, style(120, 150, 0));
    for paragraph in sheet.text.split("\n\n").map(str::trim_end).filter(|paragraph| !paragraph.is_empty()) {
        flow.gap(points(70));
        block(&mut flow, paragraph, style(95, 128, 0));
    }
    let count = flow.pages.len();
    let mut pages = flow.pages;
    for (place, page) in pages.iter_mut().enumerate() {
        foot(page, typeface, sheet.creditor, (place.saturating_add(1), count));
    }
    pages
}

/// Lines of text, each on its own; rows that follow one another are one table
fn block(flow: &mut Flow<'_>, paragraph: &str, style: Style) {
    let table = flow.number();
    for (row, line) in paragraph.lines().filter(|line| !line.trim().is_empty()).enumerate() {
        match line.split_once(TAB) {
            Some((name, value)) => {
                let value = flow.typeface.set(value, Weight::Regular);
                flow.row(table, row, &Line::of(name.to_owned()), Some(value), style);
            }
            None => {
                let tag = Tag::Paragraph(flow.number());
                flow.paragraph(&tag, &Line::of(line.to_owned()), style);
            }
        }
    }
}

/// Who is behind it, on every sheet; it is heard once
fn foot(page: &mut Page, typeface: &Typeface, creditor: &str, (number, count): (usize, usize)) {
    let small = style(75, 105, SOFT);
    let mut flow = Flow::new(typeface, FOOT);
    flow.put(Tag::Ornament, Mark::hairline(LEFT, FOOT, RIGHT - LEFT));
    let tag = if number == count { Tag::Paragraph(usize::MAX) } else { Tag::Ornament };
    flow.text(tag, (LEFT, FOOT.saturating_add(4 * MM)), small, typeface.set(creditor, Weight::Regular));
    if count > 1 {
        let set = typeface.set(&format!("{number} / {count}"), Weight::Regular);
        let x = WIDTH.saturating_sub(20 * MM).saturating_sub(set.width(small.size));
        flow.text(Tag::Ornament, (x, FOOT.saturating_sub(2 * MM)), small, set);
    }
    page.extend(flow.pages.into_iter().flatten());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::reader::pages;
    use lopdf::Document;

    fn sheet(text: &str) -> Sheet<'_> {
        Sheet { shop: "Musterladen", creditor: "Musterladen GmbH", title: "Aufstellung", text, language: Language::German }
    }

    #[test]
    fn a_document_reads_as_it_was_written_and_is_the_same_every_time() {
        let text = "Stand: 27. November 2026.\n\n2 × Becher „Förde“\t32,00\u{a0}€\nVersand\t4,90\u{a0}€\n\nGrüße\nIhr Laden";
        let made = document(&sheet(text)).unwrap();
        let tight: String = text.chars().filter(|one| !one.is_whitespace()).collect();
        assert_eq!(pages(&made), [format!("MusterladenAufstellung{tight}MusterladenGmbH")]);
        assert_eq!(document(&sheet(text)).unwrap(), made);
        assert_ne!(document(&sheet("Anders")).unwrap(), made);
        let file = Document::load_mem(&made).unwrap();
        let catalog = file.catalog().unwrap();
        assert!(catalog.has(b"StructTreeRoot") && catalog.get(b"Lang").unwrap().as_str().unwrap() == b"de", "it can be read aloud");
    }

    #[test]
    fn what_is_longer_than_a_sheet_goes_on_over_leaf_with_its_number() {
        let rows: String = (1..=90).map(|row| format!("Zeile {row}\t{row},00\u{a0}€\n")).collect();
        let made = pages(&document(&sheet(&rows)).unwrap());
        assert_eq!(made.len(), 3);
        assert!(made[0].contains("1/3") && made[2].contains("3/3") && made[2].contains("Zeile9090,00€"));
        assert_eq!(pages(&document(&sheet("")).unwrap()), ["MusterladenAufstellungMusterladenGmbH"]);
    }

    #[test]
    fn what_cannot_be_written_is_refused() {
        assert_eq!(document(&sheet("Fuer 山田\tx")), Err(NoLetter::Glyph('山')));
        assert_eq!(document(&sheet("x\t山")), Err(NoLetter::Glyph('山')));
    }
}
