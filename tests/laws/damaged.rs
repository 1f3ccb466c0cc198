//! Compiled bytes that are not as they were written: refused with a reason, every one. `tests/wasm/damaged.mjs` holds the module
//! in Node and its translation to JavaScript to the same table.

use crate::policies;
use tresen_core::facts::{FactIndex, known};
use tresen_core::policy::{ClassEntry, Condition, Effect, Node, Policy, RULES_MAX, Rule, ValueClass};
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

/// A policy with another condition in it, which asks whether a fact is there
fn with(policy: &Policy, fact: FactIndex, put: impl Fn(&mut Policy, Condition)) -> Policy {
    let mut policy = policy.clone();
    let place = policy.conditions.push(Node::Present { fact, negated: false });
    put(&mut policy, Condition(Some(place)));
    policy
}

#[test]
fn conditions_that_read_what_is_found_later_are_refused() {
    let capped = |policy: &mut Policy, when| {
        policy.rules.push(Rule { id: "capped".to_owned(), when, effect: Effect::ClassAtBest(0), private: false });
    };
    let withheld = |policy: &mut Policy, when| {
        let effect = Effect::Withhold { methods: 1, reason: tresen_core::offer::Reason::RiskClass };
        policy.rules.push(Rule { id: "withheld".to_owned(), when, effect, private: false });
    };
    let valued = |policy: &mut Policy, when| policy.value_classes.insert(0, ValueClass { id: "most".to_owned(), when });
    let returning = |policy: &mut Policy, when| policy.returning = when;
    // One has as many rules as there can be, and would be refused for one more.
    let all: Vec<_> = policies::all().into_iter().filter(|(_, _, policy)| policy.rules.len() < RULES_MAX).collect();
    assert!(all.len() > 10, "there are only {} policies", all.len());
    for (name, _, policy) in all {
        let read = |fact, put: &dyn Fn(&mut Policy, Condition)| {
            Policy::from_bytes(&with(&policy, fact, put).to_bytes()).err().map(|error| error.code())
        };
        let invalid = Some("policy.bytes.invalid");
        for fact in [known::RISK_CLASS, known::RISK_POINTS, known::VALUE_CLASS] {
            assert_eq!(read(fact, &valued), invalid, "{name}: a value class that reads {fact:?}");
            assert_eq!(read(fact, &returning), invalid, "{name}: `returning` that reads {fact:?}");
            if policy.scorecards.is_none() && policy.classes.len() > 1 {
                let entered = |policy: &mut Policy, when| policy.classes[0].entry = ClassEntry::When(when);
                assert_eq!(read(fact, &entered), invalid, "{name}: a class that reads {fact:?}");
            }
            let cap = if fact == known::VALUE_CLASS { None } else { invalid };
            assert_eq!(read(fact, &capped), cap, "{name}: a rule that caps the class and reads {fact:?}");
            assert_eq!(read(fact, &withheld), None, "{name}: a rule that withholds and reads {fact:?}");
        }
        for put in [&valued as &dyn Fn(&mut Policy, Condition), &capped, &withheld] {
            assert_eq!(read(known::CART_TOTAL, put), None, "{name}");
        }
    }
}
