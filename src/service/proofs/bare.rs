//! A picture without what its camera wrote beside it: place, time, device, name, comments, small copies of itself.
//!
//! What is kept is what draws it: the picture, its colours, and which way is up. A PDF stays as it is: it may be signed.

use super::heic;
use super::kind::Kind;

/// The file as it is kept; nothing for a picture that is none
pub fn bare(kind: Kind, bytes: Vec<u8>) -> Option<Vec<u8>> {
    match kind {
        Kind::Pdf => Some(bytes),
        Kind::Jpeg => jpeg(&bytes),
        Kind::Png => png(&bytes),
        Kind::WebP => webp(&bytes),
        Kind::Heic => heic::blank(bytes),
    }
}

/// ITU-T T.81 annex B: segments up to the end of the picture; what follows that is another picture, or a film
fn jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut rest = bytes.strip_prefix(b"\xff\xd8")?;
    let mut kept = b"\xff\xd8".to_vec();
    let mut has_scan = false;
    loop {
        rest = rest.strip_prefix(b"\xff")?;
        while let Some(filled) = rest.strip_prefix(b"\xff") {
            rest = filled;
        }
        let (marker, after) = rest.split_first()?;
        match marker {
            0xd9 => return has_scan.then(|| ended(kept)),
            0x00 | 0xd8 => return None,
            0x01 | 0xd0..=0xd7 => {
                kept.extend([0xff, *marker]);
                rest = after;
                continue;
            }
            _ => {}
        }
        let length = usize::from(u16::from_be_bytes(*after.first_chunk()?));
        let (segment, after) = after.split_at_checked(length)?;
        let body = segment.get(2..)?;
        match marker {
            0xe1 => kept.extend(upright(body)),
            0xe0 if !body.starts_with(b"JFIF\0") => {}
            0xe2 if !body.starts_with(b"ICC_PROFILE\0") => {}
            0xe3..=0xed | 0xef | 0xfe => {}
            _ => {
                kept.extend([0xff, *marker]);
                kept.extend_from_slice(segment);
            }
        }
        rest = after;
        if *marker == 0xda {
            has_scan = true;
            let is_marker = |pair: &[u8]| matches!(pair, [0xff, marker] if !matches!(marker, 0x00 | 0xd0..=0xd7 | 0xff));
            let Some(end) = after.windows(2).position(is_marker) else {
                // The last line was cut off: what there is can be seen.
                kept.extend_from_slice(after);
                return Some(ended(kept));
            };
            let (scan, after) = after.split_at_checked(end)?;
            kept.extend_from_slice(scan);
            rest = after;
        }
    }
}

fn ended(mut kept: Vec<u8>) -> Vec<u8> {
    kept.extend(b"\xff\xd9");
    kept
}

/// Of what a camera wrote (Exif 2.32, 4.6.8), which way is up, where that is not as it lies
fn upright(body: &[u8]) -> Vec<u8> {
    let Some(turn) = body.strip_prefix(b"Exif\0\0").and_then(orientation).filter(|turn| (2..=8).contains(turn)) else { return Vec::new() };
    let mut segment = b"\xff\xe1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    segment.push(turn);
    segment.extend([0; 6]);
    segment
}

fn orientation(tiff: &[u8]) -> Option<u8> {
    let is_little = tiff.starts_with(b"II");
    let two =
        |at: usize| tiff.get(at..)?.first_chunk().map(|two| if is_little { u16::from_le_bytes(*two) } else { u16::from_be_bytes(*two) });
    let four =
        |at: usize| tiff.get(at..)?.first_chunk().map(|four| if is_little { u32::from_le_bytes(*four) } else { u32::from_be_bytes(*four) });
    let first = usize::try_from(four(4)?).ok()?;
    let entries = (0..usize::from(two(first)?)).map_while(|entry| first.checked_add(2)?.checked_add(entry.checked_mul(12)?));
    for entry in entries {
        if two(entry)? == 0x0112 {
            return u8::try_from(two(entry.checked_add(8)?)?).ok();
        }
    }
    None
}

/// W3C PNG: chunks that draw, up to the last one
fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
    const DRAWS: [&[u8; 4]; 13] =
        [b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"bKGD", b"hIST", b"pHYs", b"acTL", b"fcTL", b"fdAT"];
    let mut rest = bytes.strip_prefix(SIGNATURE)?;
    let mut kept = SIGNATURE.to_vec();
    loop {
        let length = usize::try_from(u32::from_be_bytes(*rest.first_chunk()?)).ok()?;
        let name: &[u8; 4] = rest.get(4..)?.first_chunk()?;
        let (chunk, after) = rest.split_at_checked(length.checked_add(12)?)?;
        // What cannot be left out begins with a capital.
        if name[0].is_ascii_uppercase() || DRAWS.contains(&name) {
            kept.extend_from_slice(chunk);
        }
        if name == b"IEND" {
            return Some(kept);
        }
        rest = after;
    }
}

/// RFC 9649: chunks that draw; which others there are, the first says
fn webp(bytes: &[u8]) -> Option<Vec<u8>> {
    const DRAWS: [&[u8; 4]; 7] = [b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];
    const EXIF_AND_XMP: u8 = 0b1100;
    let size = usize::try_from(u32::from_le_bytes(*bytes.get(4..)?.first_chunk()?)).ok()?;
    let mut rest = bytes.get(..size.checked_add(8)?)?.get(12..)?;
    let mut kept = b"WEBP".to_vec();
    let mut draws = false;
    while !rest.is_empty() {
        let name: &[u8; 4] = rest.first_chunk()?;
        let length = usize::try_from(u32::from_le_bytes(*rest.get(4..)?.first_chunk()?)).ok()?;
        let padded = length.checked_next_multiple_of(2)?.checked_add(8)?;
        let (chunk, after) = rest.split_at_checked(padded)?;
        if DRAWS.contains(&name) {
            draws |= matches!(name, b"VP8 " | b"VP8L" | b"ANMF");
            let mut chunk = chunk.to_vec();
            if let (b"VP8X", Some(flags)) = (name, chunk.get_mut(8)) {
                *flags &= !EXIF_AND_XMP;
            }
            kept.extend(chunk);
        }
        rest = after;
    }
    let size = u32::try_from(kept.len()).ok()?;
    draws.then(|| [b"RIFF", size.to_le_bytes().as_slice(), &kept].concat())
}

#[cfg(test)]
#[path = "bare/tests.rs"]
mod tests;
