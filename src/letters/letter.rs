//! A message as a letter.

use crate::flow::{Box, Flow, Mark, Page, SOFT, Style};
use crate::paint::{About, pdf};
use crate::place::{FOOT, LEFT, MM, RIGHT, Um, WIDTH, din, points};
use crate::qr::Code;
use crate::tags::Tag;
use crate::typeface::{Typeface, Weight};
use core::fmt;
use tresen_core::collect::message::{Checked, Particulars};
use tresen_texts::Language;
use tresen_texts::collect::{Block, Line, Message, Row, RowKind, Span};
use tresen_wire::epc::{Remittance, Transfer, cents};

/// The code to scan is so wide and high
const CODE: Um = 27 * MM;

/// Why a letter cannot be made
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoLetter {
    /// There is no address
    NoAddress,
    /// The address has more lines than the window, or one that is too wide for it
    Window(String),
    /// The letters inside do not have this one
    Glyph(char),
    /// The library refused to write it
    Refused,
}

impl NoLetter {
    /// The code, the same for ever
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoAddress => "letter.address.missing",
            Self::Window(_) => "letter.address.window",
            Self::Glyph(_) => "letter.glyph.missing",
            Self::Refused => "letter.refused",
        }
    }
}

impl fmt::Display for NoLetter {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAddress => out.write_str("there is no address to write to"),
            Self::Window(line) => write!(out, "the address does not fit the window of an envelope: `{line}`"),
            Self::Glyph(one) => write!(out, "the letters of this build cannot write `{one}`"),
            Self::Refused => out.write_str("the file would not be what it says it is"),
        }
    }
}

/// The letter that says what the message says, as PDF
///
/// # Errors
///
/// [`NoLetter`], the first that applies: then a human writes that letter.
pub fn letter(message: &Message, particulars: &Checked) -> Result<Vec<u8>, NoLetter> {
    let typeface = Typeface::new().ok_or(NoLetter::Refused)?;
    let pages = Letter { message, particulars: particulars.get(), typeface: &typeface }.pages()?;
    let language = if message.language == Language::English { "en" } else { "de" };
    let about = About { title: &message.subject, author: &particulars.get().sender.creditor, language };
    pdf(&pages, &about).ok_or(NoLetter::Refused)
}

struct Letter<'a> {
    message: &'a Message,
    particulars: &'a Particulars,
    typeface: &'a Typeface,
}

pub(crate) fn style(tenths: i64, leading: i64, grey: u8) -> Style {
    Style { size: points(tenths), leading: points(leading), grey }
}

impl Letter<'_> {
    fn pages(&self) -> Result<Vec<Page>, NoLetter> {
        self.can_be_written()?;
        let mut flow = Flow::new(self.typeface, din::TEXT.saturating_sub(points(150)));
        self.head(&mut flow);
        for block in &self.message.blocks {
            self.block(&mut flow, block);
        }
        let count = flow.pages.len();
        let mut pages = flow.pages;
        for (place, page) in pages.iter_mut().enumerate() {
            self.foot(page, place, count);
        }
        Ok(pages)
    }

    /// Every letter of it is inside, and the address fits
    fn can_be_written(&self) -> Result<(), NoLetter> {
        let paper = &self.message.paper;
        let [_, _, ..] = paper.address.as_slice() else { return Err(NoLetter::NoAddress) };
        let all = [&self.message.plain, &paper.back, &self.message.subject].into_iter().chain(&paper.address);
        let unknown =
            all.chain(paper.side.iter().map(|(_, value)| value)).find_map(|text| text.lines().find_map(|line| self.typeface.unknown(line)));
        if let Some(one) = unknown {
            return Err(NoLetter::Glyph(one));
        }
        let (size, step) = (style(105, 137, 0).size, style(105, 137, 0).leading);
        let lines = i64::try_from(paper.address.len()).unwrap_or(i64::MAX);
        let end = din::ADDRESS.saturating_add(step.saturating_mul(lines.saturating_sub(1)));
        let wide = |line: &&String| self.typeface.set(line, Weight::Regular).width(size) > din::ADDRESS_WIDTH;
        match paper.address.iter().find(wide).or(paper.address.last().filter(|_| end > din::ADDRESS_END)) {
            Some(line) => Err(NoLetter::Window(line.clone())),
            None => Ok(()),
        }
    }

    /// What stands above the text, and the marks at the edge
    fn head(&self, flow: &mut Flow<'_>) {
        let paper = &self.message.paper;
        for y in din::MARKS {
            let width = if y == din::MARKS[1] { 7 * MM } else { 5 * MM };
            flow.put(Tag::Ornament, Mark::hairline(5 * MM, y, width));
        }
        let mark = self.typeface.set(&self.particulars.sender.shop, Weight::Strong);
        let tag = Tag::Paragraph(flow.number());
        flow.text(tag, (LEFT, din::MARK), style(170, 200, 0), mark);
        let tag = Tag::Paragraph(flow.number());
        let back = self.typeface.set(&paper.back, Weight::Regular);
        // A long name is set smaller: the window shows one line of it.
        let tenths = (50..=70).rev().find(|tenths| back.width(points(*tenths)) <= din::ADDRESS_WIDTH).unwrap_or(50);
        flow.text(tag, (LEFT, din::BACK), style(tenths, 90, SOFT), back);
        let address = style(105, 137, 0);
        let tag = Tag::Paragraph(flow.number());
        let mut y = din::ADDRESS;
        for line in &paper.address {
            let spaced = format!("{line} ");
            flow.text(tag.clone(), (LEFT, y), address, self.typeface.set(&spaced, Weight::Regular));
            y = y.saturating_add(address.leading);
        }
        let side = style(85, 118, SOFT);
        let table = flow.number();
        let mut y = din::SIDE_TOP;
        for (row, (label, value)) in paper.side.iter().enumerate() {
            if !label.is_empty() {
                flow.text(Tag::Label { table, row }, (din::SIDE, y), side, self.typeface.set(label, Weight::Regular));
            }
            let values = Style { grey: 0, ..side };
            y = flow.lines(&Tag::Value { table, row }, &Line::of(value.clone()), (din::SIDE_VALUE, y), RIGHT - din::SIDE_VALUE, values);
        }
    }

    fn block(&self, flow: &mut Flow<'_>, block: &Block) {
        let text = style(95, 128, 0);
        match block {
            Block::Heading(line) => {
                let strong = Line(vec![Span::Strong(line.words())]);
                flow.paragraph(&Tag::Heading(line.words()), &strong, style(120, 150, 0));
                flow.gap(points(70));
            }
            Block::Paragraph(line) | Block::Aside(line) => self.paragraph(flow, line, text, 50),
            Block::Sum(rows) => self.sum(flow, rows),
            // A button is for a screen; where one pays stands beside the code.
            Block::Pay { .. } | Block::Rule => {}
            Block::Transfer(line) => match self.code() {
                Some(code) => self.payment(flow, &code),
                None => self.paragraph(flow, line, text, 50),
            },
            Block::Sign(line, shop) => {
                // The greeting and the name stay together.
                flow.gap(points(20));
                flow.room(text.leading.saturating_mul(2));
                self.paragraph(flow, line, text, 0);
                self.paragraph(flow, &Line::of(shop.clone()), text, 60);
            }
            // On every page, in its own place.
            Block::Foot(_) => {}
        }
    }

    fn paragraph(&self, flow: &mut Flow<'_>, line: &Line, style: Style, gap: i64) {
        let tag = Tag::Paragraph(flow.number());
        flow.paragraph(&tag, line, style);
        flow.gap(points(gap));
    }

    fn sum(&self, flow: &mut Flow<'_>, rows: &[Row]) {
        let table = flow.number();
        let mut before = RowKind::Heading;
        for (row, Row { label, amount, kind }) in rows.iter().enumerate() {
            if *kind == RowKind::Heading && before != RowKind::Heading {
                flow.gap(points(40));
            }
            let after_heading = before == RowKind::Heading && *kind == RowKind::Part && row > 0;
            if after_heading {
                flow.gap(points(20));
            }
            before = *kind;
            let (weight, style) = match kind {
                RowKind::Heading => (Weight::Regular, style(85, 118, SOFT)),
                RowKind::Part => (Weight::Regular, style(95, 128, 0)),
                RowKind::Total => (Weight::Strong, style(95, 128, 0)),
            };
            let words = match weight {
                Weight::Strong => Line(vec![Span::Strong(label.clone())]),
                Weight::Regular => Line::of(label.clone()),
            };
            flow.row(table, row, &words, amount.as_ref().map(|amount| self.typeface.set(amount, weight)), style);
        }
        flow.gap(points(70));
    }

    /// What a banking app scans; nothing where there is no account in euros
    fn code(&self) -> Option<Code> {
        let transfer = self.particulars.ways.transfer.as_ref()?;
        let text = Transfer {
            bic: transfer.bic.clone(),
            name: transfer.holder.clone(),
            iban: transfer.iban.clone(),
            cents: Some(cents(self.particulars.asked()).ok()?),
            remittance: Some(Remittance::Reference(transfer.reference.clone())),
            ..Transfer::default()
        };
        Code::of(&text.write().ok()?)
    }

    /// The code, and beside it what is in it
    fn payment(&self, flow: &mut Flow<'_>, code: &Code) {
        let top = flow.room(CODE.saturating_add(2 * MM)).saturating_add(MM);
        let side = i64::try_from(code.rows().len()).unwrap_or(1);
        let at = |module: usize| i64::try_from(module).unwrap_or(0).saturating_mul(CODE).checked_div(side).unwrap_or(0);
        let picture = Tag::Picture(self.message.paper.code.clone());
        // From edge to edge, so that rounding leaves no white lines between rows.
        let module = |(y, x, length): (usize, usize, usize)| {
            let (left, right, above, below) = (at(x), at(x.saturating_add(length)), at(y), at(y.saturating_add(1)));
            let (width, height) = (right.saturating_sub(left), below.saturating_sub(above));
            Box { x: LEFT.saturating_add(left), y: top.saturating_add(above), width, height }
        };
        flow.put(picture, Mark::Boxes { boxes: code.runs().map(module).collect(), grey: 0 });
        let text = style(95, 128, 0);
        let x = LEFT.saturating_add(CODE).saturating_add(7 * MM);
        let mut y = top.saturating_add(text.leading);
        for line in &self.message.paper.account {
            let tag = Tag::Paragraph(flow.number());
            y = flow.lines(&tag, line, (x, y), RIGHT.saturating_sub(x), text);
        }
        flow.used(top.saturating_add(CODE).max(y.saturating_sub(text.leading)).saturating_add(2 * MM));
    }

    /// Who is behind it, on every page; it is heard once
    fn foot(&self, page: &mut Page, place: usize, count: usize) {
        let small = style(75, 105, SOFT);
        let is_last = place.saturating_add(1) == count;
        let feet = self.message.blocks.iter().filter_map(|block| if let Block::Foot(line) = block { Some(line) } else { None });
        let mut flow = Flow::new(self.typeface, FOOT);
        flow.put(Tag::Ornament, Mark::hairline(LEFT, FOOT, RIGHT - LEFT));
        let mut y = FOOT.saturating_add(4 * MM);
        for line in feet {
            let tag = if is_last { Tag::Paragraph(usize::MAX) } else { Tag::Ornament };
            y = flow.lines(&tag, line, (LEFT, y), RIGHT - LEFT, small);
        }
        if count > 1 {
            let set = self.typeface.set(&self.message.paper.page(place.saturating_add(1), count), Weight::Regular);
            let x = WIDTH.saturating_sub(20 * MM).saturating_sub(set.width(small.size));
            flow.text(Tag::Ornament, (x, FOOT.saturating_sub(2 * MM)), small, set);
        }
        page.extend(flow.pages.into_iter().flatten());
    }
}

#[cfg(test)]
pub(crate) mod reader;
#[cfg(test)]
mod tests;
