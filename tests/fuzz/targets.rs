//! What is fuzzed: each reader takes any bytes and answers; what it takes keeps its promises. The fuzzer of `tests/fuzz` and the short
//! run in `tests/fuzz.rs` share these.

#![allow(dead_code, reason = "each target of the fuzzer runs one of them")]

use std::sync::LazyLock;
use tresen_core::change::{Settling, nearest};
use tresen_core::date::Date;
use tresen_core::facts::{Facts, known};
use tresen_core::fold::fold;
use tresen_core::offer::{decide, reasons};
use tresen_core::policy::Policy;
use tresen_core::program::Program;
use tresen_core::receivable::Account;
use tresen_core::record::{answer_bytes, facts_bytes};
use tresen_core::steps::Steps;
use tresen_statements::Entry;
use tresen_wire::decision::{hash, hex, to_wire};
use tresen_wire::events::{Body, from_core, to_core};
use tresen_wire::facts::{Who, read_str};
use tresen_wire::http::ReceivePayment;
use tresen_wire::json::locate;
use tresen_wire::policy::examine;

/// A policy that reads facts of every type
static POLICY: LazyLock<Policy> = LazyLock::new(|| {
    let json = include_str!("../corpus/policies/comparisons.json");
    examine(json.as_bytes()).ok().and_then(|examined| examined.built).map_or_else(|| panic!("the policy can be built"), |built| built.0)
});

const TODAY: &str = "2026-11-21";

fn today() -> Date {
    Date::parse(TODAY).unwrap_or(Date::MIN)
}

/// A policy as a merchant may have written it
pub fn policy_json(bytes: &[u8]) {
    let Ok(examined) = examine(bytes) else { return };
    let text = String::from_utf8_lossy(bytes);
    let pointers: Vec<&str> = examined.diagnostics.iter().map(|diagnostic| diagnostic.at.as_str()).collect();
    let places = locate(&text, &pointers);
    assert!(places.is_sorted(), "diagnostics out of the document's order");
    for diagnostic in &examined.diagnostics {
        assert!(!diagnostic.message.is_empty() && !diagnostic.help.is_empty() && !diagnostic.message.contains('\n'), "{diagnostic:?}");
        assert!(diagnostic.code != "policy.inconsistent", "the reader built what the core does not take");
    }
    if let Some((policy, _, _)) = &examined.built {
        assert!(policy.keeps_its_promises(), "a broken promise");
        let compiled = policy.to_bytes();
        assert_eq!(Policy::from_bytes(&compiled).as_ref(), Ok(policy));
        decided(policy, &Facts::new());
    }
}

/// Compiled bytes as somebody may have sent them
pub fn policy_bytes(bytes: &[u8]) {
    // A fuzzer does not guess checksums, so what it has made up is tried with one that fits, too.
    for bytes in [bytes.to_vec(), sealed(bytes)] {
        if let Ok(policy) = Policy::from_bytes(&bytes) {
            assert!(policy.keeps_its_promises(), "a broken promise");
            assert_eq!(policy.to_bytes(), bytes, "two forms of one policy");
            let _ = fold(&policy, &Facts::new(), today());
        }
        if let Ok(program) = Program::from_bytes(&bytes) {
            let mut facts = Facts::new();
            facts.set(known::CART_TOTAL, 9_900);
            let answer = decide(&program, &mut facts, today());
            for place in 0..answer.methods().len() {
                let _ = (reasons(&program, place, &answer), nearest(&program, &facts, today(), place, Settling::InFacts));
            }
        }
    }
}

/// Facts as a shop or a browser may have sent them
pub fn facts_json(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let of = |who| read_str(&POLICY, text, who, today());
    match (of(Who::Server), of(Who::Client)) {
        (Ok(facts), client) => {
            assert_eq!(facts_bytes(&POLICY, &facts), facts_bytes(&POLICY, &facts.clone()));
            decided(&POLICY, &facts);
            if let Ok(client) = client {
                assert_eq!(facts_bytes(&POLICY, &client), facts_bytes(&POLICY, &facts), "who says it changes what is said");
            }
        }
        (Err(problems), client) => {
            assert!(!problems.is_empty() && client.is_err(), "the browser may say what the shop's server may not");
        }
    }
}

/// The stream in which the events of [`events`] lie
const STREAM: &str = "receivable/rcv_00000000000000000000000000000001";

/// What happened to an account, as somebody may have stored it: a name, a version and the facts as JSON, one event a line
pub fn events(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut account = Account::default();
    for line in text.lines() {
        let mut words = line.splitn(3, ' ');
        let (Some(kind), Some(v), Some(data)) = (words.next(), words.next().and_then(|v| v.parse().ok()), words.next()) else { continue };
        let Ok(body) = Body::from_stored(kind, v, STREAM, data) else { continue };
        let Ok(written) = serde_json::to_string(&body) else { panic!("what was read cannot be written") };
        let (name, version) = body.kind();
        assert!(Body::from_stored(name, version, STREAM, &written).is_ok_and(|again| again == body), "read once more it is something else");
        let Ok(Some(event)) = to_core(&body, "EUR", &account) else { continue };
        if let Some(stored) = from_core(&event, "EUR") {
            let again = to_core(&stored, "EUR", &account);
            assert!(again.is_ok_and(|again| again.as_ref() == Some(&event)), "stored once more it does something else");
        }
        let before = account.clone();
        match account.apply(today(), &event) {
            Ok(()) => assert_eq!(account.violations(today()), [], "after {event:?}"),
            Err(refused) => assert_eq!(account, before, "{event:?} was refused with {} and changed something", refused.code()),
        }
    }
}

/// A bank statement as somebody may have passed it
pub fn statement(bytes: &[u8]) {
    match tresen_statements::read(bytes) {
        Ok(statement) => {
            for entry in &statement.entries {
                let (Entry::Received { payment: ReceivePayment { reference, amount, .. } }
                | Entry::Returned { reference, amount, .. }
                | Entry::Paid { reference, amount }
                | Entry::Announced { reference, amount }) = entry;
                assert!(amount.minor >= 0 && !reference.is_empty(), "{entry:?}");
            }
            assert_eq!(tresen_statements::read(bytes), Ok(statement), "read once more it says something else");
        }
        Err(problems) => {
            assert!(!problems.is_empty() && problems.iter().all(|one| !one.help.is_empty() && !one.message.contains('\n')), "{problems:?}");
        }
    }
}

/// A decision, all that is said of it, and the same again
fn decided(policy: &Policy, facts: &Facts) {
    let program = policy.program();
    let mut asked = facts.clone();
    let answer = decide(&program, &mut asked, today());
    assert_eq!(answer_bytes(&answer), answer_bytes(&decide(&program, &mut facts.clone(), today())));
    let said = to_wire((policy, &program), &asked, &answer, &hex(&hash(&policy.to_bytes())), None, Steps::ALL);
    assert!(serde_json::to_string(&said).is_ok());
}

/// The bytes as the contents of a compiled policy, with magic, version and a checksum that fits
fn sealed(contents: &[u8]) -> Vec<u8> {
    let contents = contents.strip_prefix(b"TRSN\x01").and_then(|rest| rest.split_last_chunk::<8>()).map_or(contents, |(rest, _)| rest);
    let mut bytes = [b"TRSN\x01", contents].concat();
    let sum = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    bytes.extend_from_slice(&sum.to_le_bytes());
    bytes
}
