#![expect(clippy::arithmetic_side_effects, reason = "a test")]

use super::*;

/// A segment of a JPEG
fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
    [&[0xff, marker], length.as_slice(), body].concat()
}

/// What a camera writes: which way is up, and in the same breath where it stood
fn exif(turn: u8, is_little: bool) -> Vec<u8> {
    let two = |value: u16| if is_little { value.to_le_bytes() } else { value.to_be_bytes() };
    let four = |value: u32| if is_little { value.to_le_bytes() } else { value.to_be_bytes() };
    let mut tiff = if is_little { b"II*\0".to_vec() } else { b"MM\0*".to_vec() };
    tiff.extend(four(8));
    tiff.extend(two(2));
    for (tag, value) in [(0x8825, 99), (0x0112, turn)] {
        tiff.extend(two(tag));
        tiff.extend(two(3));
        tiff.extend(four(1));
        tiff.extend(two(value.into()));
        tiff.extend([0, 0]);
    }
    [b"Exif\0\0", tiff.as_slice(), b"GPS 48.137 11.575"].concat()
}

fn photo(about: &[u8]) -> Vec<u8> {
    [
        &b"\xff\xd8"[..],
        &segment(0xe0, b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0"),
        &segment(0xe0, b"JFXX\0\x10 a small copy"),
        &segment(0xe1, about),
        &segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0 a name"),
        &segment(0xe2, b"ICC_PROFILE\0\x01\x01colours"),
        &segment(0xe2, b"MPF\0 more pictures"),
        &segment(0xed, b"Photoshop 3.0\0 a place"),
        &segment(0xee, b"Adobe\0\x64\0\0\0\0\x01"),
        &segment(0xfe, b"a comment"),
        b"\xff\xff",
        &segment(0xdb, b"\0table")[1..],
        &segment(0xda, b"\x01head"),
        b"line \xff\x00 line \xff\xd0 line",
        &segment(0xc4, b"another table"),
        &segment(0xda, b"\x02head"),
        b"more lines",
        b"\xff\xd9",
        b"a film \xff\xd8\xff",
    ]
    .concat()
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn of_a_photo_stays_what_draws_it_and_which_way_is_up() {
    for is_little in [true, false] {
        let kept = jpeg(&photo(&exif(6, is_little))).unwrap();
        let gone: [&[u8]; 8] = [b"GPS", b"small copy", b"a name", b"more pictures", b"a place", b"a comment", b"a film", b"\x88\x25"];
        for part in gone {
            assert!(!holds(&kept, part), "{}", String::from_utf8_lossy(part));
        }
        let stays: [&[u8]; 8] = [
            b"JFIF",
            b"colours",
            b"Adobe",
            b"\0table",
            b"line \xff\x00 line \xff\xd0 line",
            b"another table",
            b"more lines\xff\xd9",
            b"Exif",
        ];
        for part in stays {
            assert!(holds(&kept, part), "{}", String::from_utf8_lossy(part));
        }
        let at = kept.windows(6).position(|window| window == b"Exif\0\0").unwrap();
        assert_eq!(orientation(&kept[at + 6..]), Some(6));
        assert_eq!(jpeg(&kept).as_deref(), Some(kept.as_slice()), "bare is bare");
    }
    for about in [exif(1, true), exif(0, true), exif(9, false), b"Exif\0\0".to_vec(), b"Exif\0\0MM\0*\xff\xff\xff\xff".to_vec()] {
        assert!(!holds(&jpeg(&photo(&about)).unwrap(), b"Exif"), "as it lies");
    }
}

#[test]
fn a_photo_that_is_cut_off_is_one_while_a_line_of_it_is_there() {
    let whole = photo(&exif(3, true));
    let scan = whole.windows(4).position(|window| window == b"line").unwrap();
    for end in 0..scan {
        assert_eq!(jpeg(&whole[..end]), None, "{end}");
    }
    assert!(jpeg(&whole[..scan + 4]).unwrap().ends_with(b"line\xff\xd9"));
    assert_eq!(jpeg(b"\xff\xd8\xff\xd9"), None, "nothing is drawn");
    assert_eq!(jpeg(b"\xff\xd8\xff\xd8"), None);
    assert_eq!(jpeg(b"\xff\xd8\xff\xe0\0\x01"), None, "shorter than its own length");
}

fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    [&u32::try_from(data.len()).unwrap().to_be_bytes(), name.as_slice(), data, b"crc."].concat()
}

#[test]
fn of_a_png_stays_what_draws_it() {
    let signature = b"\x89PNG\r\n\x1a\n".as_slice();
    let drawn = [chunk(b"IHDR", b"head"), chunk(b"iCCP", b"colours"), chunk(b"IDAT", b"picture"), chunk(b"IEND", b"")].concat();
    let about =
        [chunk(b"tEXt", b"Author"), chunk(b"eXIf", b"GPS"), chunk(b"iTXt", b"XMP"), chunk(b"zTXt", b"z"), chunk(b"tIME", b"now")].concat();
    let bare = [signature, &drawn].concat();
    let rest = drawn.len() - chunk(b"IEND", b"").len();
    let sent = [signature, &drawn[..rest], &about, &drawn[rest..], b"what follows"].concat();
    assert_eq!(png(&sent), Some(bare.clone()));
    for end in 0..bare.len() {
        assert_eq!(png(&bare[..end]), None, "{end}");
    }
    assert_eq!(png(&[signature, b"\xff\xff\xff\xffIDAT"].concat()), None);
}

fn riff(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut body = b"WEBP".to_vec();
    for (name, data) in chunks {
        body.extend_from_slice(*name);
        body.extend(u32::try_from(data.len()).unwrap().to_le_bytes());
        body.extend_from_slice(data);
        body.resize(body.len().next_multiple_of(2), 0);
    }
    [b"RIFF", u32::try_from(body.len()).unwrap().to_le_bytes().as_slice(), &body].concat()
}

#[test]
fn of_a_webp_stays_what_draws_it_and_its_head_says_so() {
    let sent = riff(&[
        (b"VP8X", b"\x2c\0\0\0head.."),
        (b"ICCP", b"red"),
        (b"VP8 ", b"picture"),
        (b"EXIF", b"GPS"),
        (b"XMP ", b"name"),
        (b"TRES", b"?"),
    ]);
    let bare = riff(&[(b"VP8X", b"\x20\0\0\0head.."), (b"ICCP", b"red"), (b"VP8 ", b"picture")]);
    assert_eq!(webp(&[sent.as_slice(), b"what follows"].concat()), Some(bare.clone()));
    for end in 12..bare.len() {
        assert_eq!(webp(&bare[..end]), None, "{end}");
    }
    assert_eq!(webp(&riff(&[(b"EXIF", b"GPS")])), None, "nothing is drawn");
}

/// A box of a HEIC
fn boxed(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    [&u32::try_from(content.len() + 8).unwrap().to_be_bytes(), name.as_slice(), content].concat()
}

/// A picture, what the camera wrote, and XMP within the box of small things; the places are those of the whole file
fn heic_file(version: u8) -> Vec<u8> {
    let names = |id: u8, kind: &[u8; 4]| boxed(b"infe", &[&[2, 0, 0, 0, 0, id, 0, 0], kind.as_slice(), b"\0"].concat());
    let iinf = boxed(b"iinf", &[&[0, 0, 0, 0, 0, 3][..], &names(1, b"hvc1"), &names(2, b"Exif"), &names(3, b"mime")].concat());
    let idat = boxed(b"idat", b"..a name..");
    let file = |mdat: u32| {
        let way = |way: u8| if version == 0 { Vec::new() } else { vec![0, way] };
        let item = |id: u8, kind: u8, from: u32, length: u32| {
            [&[0, id][..], &way(kind), &[0, 0, 0, 1], &from.to_be_bytes(), &length.to_be_bytes()].concat()
        };
        let third = if version == 0 { item(3, 0, mdat + 14, 6) } else { item(3, 1, 2, 6) };
        let iloc =
            boxed(b"iloc", &[&[version, 0, 0, 0, 0x44, 0, 0, 3][..], &item(1, 0, mdat, 7), &item(2, 0, mdat + 7, 7), &third].concat());
        let meta = boxed(b"meta", &[&[0; 4], iinf.as_slice(), &idat, &iloc].concat());
        [boxed(b"ftyp", b"heic\0\0\0\0"), meta, boxed(b"mdat", b"pictureGPS 48Nname 2")].concat()
    };
    let length = u32::try_from(file(0).len()).unwrap();
    file(length - 20)
}

#[test]
fn of_a_heic_what_is_no_picture_is_overwritten_where_it_lies() {
    for (version, within, after) in
        [(0, &b"..a name.."[..], &b"picture\0\0\0\0\0\0\0\0\0\0\0\0\0"[..]), (1, b"..\0\0\0\0\0\0..", b"picture\0\0\0\0\0\0\0name 2")]
    {
        let sent = heic_file(version);
        let kept = heic::blank(sent.clone()).unwrap();
        assert_eq!(kept.len(), sent.len());
        assert!(holds(&kept, within) && kept.ends_with(after), "{version}: {}", String::from_utf8_lossy(&kept));
        for end in 0..sent.len() {
            assert_eq!(heic::blank(sent[..end].to_vec()), None, "{version} {end}");
        }
    }
    assert_eq!(heic::blank(boxed(b"ftyp", b"heic\0\0\0\0")), None, "no picture in it");
}

#[test]
fn whatever_is_sent_is_read_to_an_end() {
    // A byte is changed at every place of every kind: nothing panics, and nothing grows.
    let all = [
        (Kind::Jpeg, photo(&exif(6, true))),
        (
            Kind::Png,
            [b"\x89PNG\r\n\x1a\n".as_slice(), &chunk(b"IHDR", b"head"), &chunk(b"IDAT", b"picture"), &chunk(b"IEND", b"")].concat(),
        ),
        (Kind::WebP, riff(&[(b"VP8X", b"\x2c\0\0\0head.."), (b"VP8 ", b"picture"), (b"EXIF", b"GPS")])),
        (Kind::Heic, heic_file(1)),
    ];
    for (kind, bytes) in all {
        for at in 0..bytes.len() {
            for value in [0, 1, 0x7f, 0x80, 0xff] {
                let mut changed = bytes.clone();
                changed[at] = value;
                let kept = bare(kind, changed).unwrap_or_default();
                assert!(kept.len() <= bytes.len(), "{kind:?} {at} {value}");
            }
        }
    }
}
