//! A picture as phones keep it (ISO/IEC 14496-12 and 23008-12): what is written beside the picture is overwritten where it lies, for everything
//! else in the file is found by where it lies. Which way is up is a property of the picture and stays.

/// The file with nothing but zeros where its items `Exif` and `mime` (XMP) lay; nothing for what cannot be followed
pub fn blank(mut bytes: Vec<u8>) -> Option<Vec<u8>> {
    for (from, length) in beside(&bytes)? {
        bytes.get_mut(from..from.checked_add(length)?)?.fill(0);
    }
    Some(bytes)
}

/// Reads numbers from the front of a piece, most significant byte first
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    /// A number of 0, 2, 4 or 8 bytes
    fn number(&mut self, length: usize) -> Option<usize> {
        self.take(length)?.iter().try_fold(0_usize, |sum, byte| sum.checked_mul(256)?.checked_add(usize::from(*byte)))
    }
}

/// A box: its name, and where in the file its content lies
struct Found {
    name: [u8; 4],
    from: usize,
    to: usize,
}

/// The boxes that lie between two places
fn boxes(bytes: &[u8], mut from: usize, to: usize) -> Option<Vec<Found>> {
    let mut found = Vec::new();
    while from < to {
        let mut head = Reader(bytes.get(from..to)?);
        let (short, name) = (head.number(4)?, *head.take(4)?.first_chunk()?);
        let (length, own) = match short {
            0 => (to.checked_sub(from)?, 8),
            1 => (head.number(8)?, 16),
            length => (length, 8),
        };
        let end = from.checked_add(length).filter(|end| *end <= to && length >= own)?;
        found.push(Found { name, from: from.checked_add(own)?, to: end });
        from = end;
    }
    Some(found)
}

/// Where what is no picture lies: from, and how long
fn beside(bytes: &[u8]) -> Option<Vec<(usize, usize)>> {
    let meta = boxes(bytes, 0, bytes.len())?.into_iter().find(|one| &one.name == b"meta")?;
    let within = boxes(bytes, meta.from.checked_add(4)?, meta.to)?;
    let of = |name: &[u8; 4]| within.iter().find(|one| &one.name == name);
    let unwanted = unwanted(bytes, of(b"iinf")?)?;
    let idat = of(b"idat").map_or(0, |one| one.from);
    let mut reader = Reader(content(bytes, of(b"iloc")?)?);
    let version = reader.number(4)?.checked_shr(24)?;
    let sizes = reader.number(2)?;
    let size = |shift: u32| sizes.checked_shr(shift).map(|size| size & 15);
    let (offset, length, base) = (size(12)?, size(8)?, size(4)?);
    let index = if version == 0 { 0 } else { size(0)? };
    let wide = if version < 2 { 2 } else { 4 };
    let mut places = Vec::new();
    for _ in 0..reader.number(wide)? {
        let item = reader.number(wide)?;
        let way = if version == 0 { 0 } else { reader.number(2)? & 15 };
        reader.number(2)?;
        let start = reader.number(base)?;
        for _ in 0..reader.number(2)? {
            reader.number(index)?;
            let (from, length) = (reader.number(offset)?, reader.number(length)?);
            let from = start.checked_add(from)?.checked_add(if way == 1 { idat } else { 0 })?;
            if unwanted.contains(&item) {
                // Made out of other items, or of all that there is: nothing that could be overwritten.
                (way < 2 && length > 0).then_some(())?;
                places.push((from, length));
            }
        }
    }
    Some(places)
}

fn content<'a>(bytes: &'a [u8], found: &Found) -> Option<&'a [u8]> {
    bytes.get(found.from..found.to)
}

/// The items that are no pictures
fn unwanted(bytes: &[u8], iinf: &Found) -> Option<Vec<usize>> {
    let mut reader = Reader(content(bytes, iinf)?);
    let counted = if reader.number(4)?.checked_shr(24)? == 0 { 2 } else { 4 };
    reader.number(counted)?;
    let first = iinf.to.checked_sub(reader.0.len())?;
    let mut items = Vec::new();
    for entry in boxes(bytes, first, iinf.to)? {
        let mut reader = Reader(content(bytes, &entry)?);
        let version = reader.number(4)?.checked_shr(24)?;
        let item = reader.number(if version < 3 { 2 } else { 4 })?;
        reader.number(2)?;
        if matches!(reader.take(4)?, b"Exif" | b"mime" | b"uri ") {
            items.push(item);
        }
    }
    Some(items)
}
