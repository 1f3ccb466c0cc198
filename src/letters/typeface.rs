//! The letters inside: Inter, in two weights, with the Latin, Greek and Cyrillic alphabets (SIL Open Font License, `fonts/LICENSE`).

use crate::place::Um;
use rustybuzz::{Direction, Face, UnicodeBuffer};

const REGULAR: &[u8] = include_bytes!("fonts/Inter-Regular.ttf");
const STRONG: &[u8] = include_bytes!("fonts/Inter-SemiBold.ttf");

/// How heavy letters are
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    Regular,
    Strong,
}

impl Weight {
    /// The file of the letters
    pub(crate) fn file(self) -> &'static [u8] {
        match self {
            Self::Regular => REGULAR,
            Self::Strong => STRONG,
        }
    }
}

/// The two weights, ready to set
pub(crate) struct Typeface {
    regular: Face<'static>,
    strong: Face<'static>,
}

/// A letter where it stands in its text; widths in parts of the em
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Glyph {
    pub(crate) id: u32,
    pub(crate) from: usize,
    pub(crate) until: usize,
    pub(crate) advance: i32,
    pub(crate) x_offset: i32,
    pub(crate) y_offset: i32,
}

/// A text, set
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Set {
    pub(crate) text: String,
    pub(crate) weight: Weight,
    pub(crate) glyphs: Vec<Glyph>,
    /// Parts of an em
    pub(crate) em: i32,
    /// How wide in parts of the em
    advance: i64,
}

impl Typeface {
    /// Nothing only if a file of this build is damaged, which a test rules out
    pub(crate) fn new() -> Option<Self> {
        Some(Self { regular: Face::from_slice(REGULAR, 0)?, strong: Face::from_slice(STRONG, 0)? })
    }

    fn face(&self, weight: Weight) -> &Face<'static> {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Strong => &self.strong,
        }
    }

    /// The first character that the letters cannot write
    pub(crate) fn unknown(&self, text: &str) -> Option<char> {
        text.chars().find(|one| self.regular.glyph_index(*one).is_none() || self.strong.glyph_index(*one).is_none())
    }

    /// Sets a text
    pub(crate) fn set(&self, text: &str, weight: Weight) -> Set {
        let face = self.face(weight);
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.set_direction(Direction::LeftToRight);
        buffer.guess_segment_properties();
        let shaped = rustybuzz::shape(face, &[], buffer);
        let starts: Vec<usize> = shaped.glyph_infos().iter().map(|info| usize::try_from(info.cluster).unwrap_or(0)).collect();
        let glyphs: Vec<Glyph> = shaped
            .glyph_infos()
            .iter()
            .zip(shaped.glyph_positions())
            .map(|(info, position)| {
                let from = usize::try_from(info.cluster).unwrap_or(0);
                let until = starts.iter().copied().filter(|start| *start > from).min().unwrap_or(text.len());
                Glyph {
                    id: info.glyph_id,
                    from,
                    until,
                    advance: position.x_advance,
                    x_offset: position.x_offset,
                    y_offset: position.y_offset,
                }
            })
            .collect();
        let advance = glyphs.iter().map(|glyph| i64::from(glyph.advance)).fold(0, i64::saturating_add);
        Set { text: text.into(), weight, glyphs, em: face.units_per_em(), advance }
    }
}

impl Set {
    /// How wide at a size
    pub(crate) fn width(&self, size: Um) -> Um {
        self.advance.saturating_mul(size).checked_div(i64::from(self.em)).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::points;

    #[test]
    fn letters_of_europe_are_inside_and_others_are_noticed() {
        let typeface = Typeface::new().unwrap();
        assert_eq!(
            typeface.unknown("Łucja Ștefănescu-Ğüneş Őrsi Ærø, Ελένη Παππά, Зоя Ёлкина, Nguyễn Thị Ánh · 1.234,50 € – „ja“ −5"),
            None
        );
        assert_eq!([typeface.unknown("田中"), typeface.unknown("سلام"), typeface.unknown("a😀")], [Some('田'), Some('س'), Some('😀')]);
    }

    #[test]
    fn a_text_is_as_wide_as_its_letters() {
        let typeface = Typeface::new().unwrap();
        let size = points(100);
        let width = |text: &str| typeface.set(text, Weight::Regular).width(size);
        assert!(width("mm") > width("ii") && width("") == 0);
        assert!(typeface.set("mm", Weight::Strong).width(size) > width("mm"));
        let set = typeface.set("fü€", Weight::Regular);
        assert_eq!(set.glyphs.iter().map(|glyph| (glyph.from, glyph.until)).collect::<Vec<_>>(), [(0, 1), (1, 3), (3, 6)]);
    }
}
