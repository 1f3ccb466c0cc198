//! What a file is, by its first bytes: its name and what the sender calls it say nothing.

/// What is taken
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Pdf,
    Jpeg,
    Png,
    WebP,
    Heic,
}

/// The brands of a still picture in HEVC (ISO/IEC 23008-12), and the one of any, which some phones write first
const BRANDS: [&[u8; 4]; 5] = [b"heic", b"heix", b"heim", b"heis", b"mif1"];

impl Kind {
    pub const ALL: [Self; 5] = [Self::Pdf, Self::Jpeg, Self::Png, Self::WebP, Self::Heic];

    /// What begins so; nothing for anything else
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let at = |from: usize, wanted: &[u8]| bytes.get(from..).is_some_and(|rest| rest.starts_with(wanted));
        if at(0, b"%PDF-") {
            Some(Self::Pdf)
        } else if at(0, b"\xff\xd8\xff") {
            Some(Self::Jpeg)
        } else if at(0, b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else if at(0, b"RIFF") && at(8, b"WEBP") {
            Some(Self::WebP)
        } else if at(4, b"ftyp") && BRANDS.iter().any(|brand| at(8, *brand)) {
            Some(Self::Heic)
        } else {
            None
        }
    }

    /// The word by which it is stored
    pub fn code(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpeg",
            Self::Png => "png",
            Self::WebP => "webp",
            Self::Heic => "heic",
        }
    }

    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
            Self::Heic => "image/heic",
        }
    }

    /// How its name ends
    pub fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Pdf | Self::Png | Self::WebP | Self::Heic => self.code(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_it_begins_with_and_one_byte_less_is_nothing() {
        for (bytes, kind) in [
            (&b"%PDF-"[..], Kind::Pdf),
            (b"\xff\xd8\xff", Kind::Jpeg),
            (b"\x89PNG\r\n\x1a\n", Kind::Png),
            (b"RIFF\x00\x00\x00\x00WEBP", Kind::WebP),
            (b"\x00\x00\x00\x18ftypheic", Kind::Heic),
            (b"\x00\x00\x00\x18ftypmif1", Kind::Heic),
        ] {
            assert_eq!(Kind::of(bytes), Some(kind));
            assert_eq!(Kind::of(&bytes[..bytes.len() - 1]), None);
            assert_eq!(Kind::of(&[b" ", bytes].concat()), None, "nothing stands before it");
        }
        for other in [
            &b""[..],
            b"<html>",
            b"GIF89a",
            b"PK\x03\x04",
            b"\x00\x00\x00\x18ftypavif",
            b"\x00\x00\x00\x18ftyphevc",
            b"RIFF\x00\x00\x00\x00WAVE",
            b"MZ",
        ] {
            assert_eq!(Kind::of(other), None);
        }
    }
}
