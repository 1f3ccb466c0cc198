//! Codes to scan, as modules and as a drawing for a page.

use core::fmt::Write as _;
use qrcodegen::{Mask, QrCode, QrCodeEcc, QrSegment, Version};

/// The largest that the standard for transfers allows (EPC069-12)
const VERSION_MAX: u8 = 13;
/// Modules left free around a code
const QUIET: usize = 4;

/// A code to scan, at error level M as the standard for transfers wants it
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    rows: Vec<Vec<bool>>,
}

impl Code {
    /// The code of a text; nothing if it is too long
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        Self::masked(text, None)
    }

    fn masked(text: &str, mask: Option<u8>) -> Option<Self> {
        // As bytes even where digits would take less room: that is what the standard says, and what apps are tested with.
        let segments = [QrSegment::make_bytes(text.as_bytes())];
        let (low, high) = (Version::new(1), Version::new(VERSION_MAX));
        let code = QrCode::encode_segments_advanced(&segments, QrCodeEcc::Medium, low, high, mask.map(Mask::new), false).ok()?;
        let rows = (0..code.size()).map(|y| (0..code.size()).map(|x| code.get_module(x, y)).collect()).collect();
        Some(Self { rows })
    }

    /// Its rows from above; true is dark
    #[must_use]
    pub fn rows(&self) -> &[Vec<bool>] {
        &self.rows
    }

    /// Where dark modules stand side by side: row, first column, how many
    pub fn runs(&self) -> impl Iterator<Item = (usize, usize, usize)> {
        self.rows.iter().enumerate().flat_map(|(y, row)| {
            let mut start = 0_usize;
            row.chunk_by(|one, other| one == other).filter_map(move |chunk| {
                let from = start;
                start = start.saturating_add(chunk.len());
                chunk.first().is_some_and(|dark| *dark).then_some((y, from, chunk.len()))
            })
        })
    }

    /// How many modules wide and high it is, quiet zone and all
    #[must_use]
    pub fn side(&self) -> usize {
        self.rows.len().saturating_add(QUIET.saturating_mul(2))
    }

    /// Its dark modules within that square, as the `d` of a path in an SVG
    #[must_use]
    pub fn path(&self) -> String {
        let mut path = String::new();
        for (y, x, length) in self.runs() {
            let (x, y) = (x.saturating_add(QUIET), y.saturating_add(QUIET));
            let _ = write!(path, "M{x} {y}h{length}v1h-{length}z");
        }
        path
    }

    /// A drawing for a page, quiet zone and all; `label` says what it is to who does not see it
    #[must_use]
    pub fn svg(&self, label: &str) -> String {
        let (side, path) = (self.side(), self.path());
        let label = label.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" role=\"img\" aria-label=\"{label}\" shape-rendering=\"crispEdges\">\
<path d=\"M0 0h{side}v{side}h-{side}z\" fill=\"#fff\"/><path d=\"{path}\" fill=\"#000\"/></svg>"
        )
    }
}

#[cfg(test)]
mod tests;
