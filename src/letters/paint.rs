//! From marks to PDF.

use crate::flow::{Box, Mark, Page};
use crate::place::{HEIGHT, Um, WIDTH};
use crate::tags::{Tag, tree};
use crate::typeface::{Glyph, Set, Weight};
use krilla::color::luma;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, SpanTag};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};

/// What the file says of itself
pub(crate) struct About<'a> {
    pub(crate) title: &'a str,
    pub(crate) author: &'a str,
    pub(crate) language: &'a str,
}

/// The two weights as the file holds them
struct Fonts {
    regular: Font,
    strong: Font,
}

/// The file; nothing if the library finds that it would not be what it says it is
pub(crate) fn pdf(pages: &[Page], about: &About<'_>) -> Option<Vec<u8>> {
    let font = |weight: Weight| Font::new(weight.file().to_vec().into(), 0);
    let fonts = Fonts { regular: font(Weight::Regular)?, strong: font(Weight::Strong)? };
    let configuration = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1).finish().ok()?;
    let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let size = PageSettings::from_wh(real(WIDTH), real(HEIGHT))?;
    let mut marked = Vec::new();
    for page in pages {
        let mut on = document.start_page_with(size.clone());
        let mut surface = on.surface();
        for (tag, mark) in page {
            let identifier = marking(&mut surface, tag, about.language, |surface| paint(surface, mark, &fonts));
            marked.push((tag.clone(), identifier));
        }
        surface.finish();
        on.finish();
    }
    document.set_tag_tree(tree(marked, about.language));
    let mut outline = Outline::new();
    outline.push_child(OutlineNode::new(about.title.to_owned(), XyzDestination::new(0, Point::from_xy(0.0, 0.0))));
    document.set_outline(outline);
    let metadata = Metadata::new().title(about.title.to_owned()).authors(vec![about.author.to_owned()]).language(about.language.to_owned());
    document.set_metadata(metadata);
    document.finish().ok()
}

fn marking(surface: &mut Surface<'_>, tag: &Tag, language: &str, paint: impl FnOnce(&mut Surface<'_>)) -> Identifier {
    let content = match tag {
        Tag::Ornament => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)),
        Tag::Picture(_) => ContentTag::Other,
        Tag::Heading(_) | Tag::Paragraph(_) | Tag::Label { .. } | Tag::Value { .. } => {
            ContentTag::Span(SpanTag::empty().with_lang(Some(language)))
        }
    };
    let identifier = surface.start_tagged(content);
    paint(surface);
    surface.end_tagged();
    identifier
}

fn paint(surface: &mut Surface<'_>, mark: &Mark, fonts: &Fonts) {
    let fill = |grey: u8| Some(Fill { paint: luma::Color::new(grey).into(), opacity: NormalizedF32::ONE, ..Fill::default() });
    match mark {
        Mark::Text { x, y, size, grey, set } => {
            surface.set_fill(fill(*grey));
            let font = match set.weight {
                Weight::Regular => &fonts.regular,
                Weight::Strong => &fonts.strong,
            };
            let glyphs: Vec<KrillaGlyph> = set.glyphs.iter().map(|glyph| painted(glyph, set)).collect();
            surface.draw_glyphs(Point::from_xy(real(*x), real(*y)), &glyphs, font.clone(), &set.text, real(*size), false);
        }
        Mark::Boxes { boxes, grey } => {
            surface.set_fill(fill(*grey));
            let mut path = PathBuilder::new();
            for Box { x, y, width, height } in boxes {
                if let Some(rect) = Rect::from_xywh(real(*x), real(*y), real(*width), real(*height)) {
                    path.push_rect(rect);
                }
            }
            if let Some(path) = path.finish() {
                surface.draw_path(&path);
            }
        }
    }
}

fn painted(glyph: &Glyph, set: &Set) -> KrillaGlyph {
    let part = |value: i32| share(i64::from(value), i64::from(set.em));
    KrillaGlyph::new(
        GlyphId::new(glyph.id),
        part(glyph.advance),
        part(glyph.x_offset),
        part(glyph.y_offset),
        0.0,
        glyph.from..glyph.until,
        None,
    )
}

/// A length as the file counts it: 72 points are an inch
fn real(length: Um) -> f32 {
    share(length.saturating_mul(72), 25_400)
}

#[expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "the file knows no other numbers; everything before it is whole")]
fn share(of: i64, whole: i64) -> f32 {
    of as f32 / whole as f32
}
