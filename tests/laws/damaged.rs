//! Compiled bytes that are not as they were written: refused with a reason, every one. `tests/wasm/damaged.mjs` holds the module
//! in Node and its translation to JavaScript to the same table.

use crate::policies;
use tresen_core::policy::Policy;
use tresen_core::program::Program;

/// Both readers refuse the bytes by the same code: the one that knows everything and the one of the browser
fn refused(bytes: &[u8]) -> Option<&'static str> {
    let codes = (Policy::from_bytes(bytes).err().map(|error| error.code()), Program::from_bytes(bytes).err().map(|error| error.code()));
    assert_eq!(codes.0, codes.1, "the two readers differ");
    codes.0
}

/// The same bytes with a checksum that fits
pub fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    let end = bytes.len() - 8;
    let sum = bytes[..end].iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    bytes[end..].copy_from_slice(&sum.to_le_bytes());
    bytes
}

#[test]
fn bytes_cut_anywhere_are_refused() {
    for (name, _, policy) in policies::all() {
        let bytes = policy.to_bytes();
        for end in 0..bytes.len() {
            let code = if end < 4 { "policy.bytes.not_a_policy" } else { "policy.bytes.damaged" };
            assert_eq!(refused(&bytes[..end]), Some(code), "{name}, cut at {end}");
        }
        assert_eq!(refused(&[&bytes[..], b"\n"].concat()), Some("policy.bytes.damaged"), "{name}, a byte too many");
        assert_eq!(refused(&bytes), None, "{name}");
    }
}

#[test]
fn a_bit_that_is_flipped_anywhere_is_noticed() {
    for (name, _, policy) in policies::all() {
        let bytes = policy.to_bytes();
        for place in 0..bytes.len() {
            for bit in 0..8 {
                let mut flipped = bytes.clone();
                flipped[place] ^= 1 << bit;
                let code = match place {
                    0..4 => "policy.bytes.not_a_policy",
                    4 => "policy.bytes.version",
                    _ => "policy.bytes.damaged",
                };
                assert_eq!(refused(&flipped), Some(code), "{name}, bit {bit} of byte {place}");
            }
        }
    }
}

#[test]
fn other_magic_and_other_versions_are_named_even_where_the_checksum_fits() {
    for (name, _, policy) in policies::all() {
        let bytes = policy.to_bytes();
        for version in (0..=u8::MAX).filter(|version| *version != bytes[4]) {
            let mut other = bytes.clone();
            other[4] = version;
            assert_eq!(refused(&sealed(other)), Some("policy.bytes.version"), "{name}, version {version}");
        }
        for magic in [b"TRSR", b"trsn", b"\0asm", b"PK\x03\x04", b"{\"fo"] {
            let other = sealed([magic, &bytes[4..]].concat());
            assert_eq!(refused(&other), Some("policy.bytes.not_a_policy"), "{name}, {magic:?}");
        }
    }
    for other in [&b""[..], b"{\"format\": 1}", b"\xef\xbb\xbfTRSN"] {
        assert_eq!(refused(other), Some("policy.bytes.not_a_policy"), "{other:?}");
    }
}
