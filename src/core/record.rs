//! What is kept of a decision: canonical bytes that can be replayed and compared bit by bit.
//!
//! All numbers are little endian and of fixed width; a value that may be missing is one byte (0 or 1) and the value (0 if missing).

use crate::date::Date;
use crate::facts::{FACT_MAX, FactIndex, FactKind, Facts, Visibility};
use crate::offer::{Answer, MethodAnswer, State};
use crate::policy::Policy;
use crate::qualify::{Applied, Standing};
use alloc::vec::Vec;

/// The first four bytes of a record
pub const MAGIC: [u8; 4] = *b"TRSR";

/// What binds an answer to what it was made from; the host computes the hashes
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Binding {
    /// SHA-256 of the compiled policy
    pub policy: [u8; 32],
    /// SHA-256 of the compiled residual policy; zeros if none was made
    pub residual: [u8; 32],
    /// HMAC-SHA-256 of the facts' canonical bytes under the tenant's key, so that the record does not give the facts away
    pub facts: [u8; 32],
}

/// The record of a decision
///
/// Magic, semantics version (2 bytes), policy hash, residual hash, keyed hash of the facts, then the answer.
#[must_use]
pub fn record(binding: &Binding, answer: &Answer) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(512);
    bytes.extend_from_slice(&MAGIC);
    bytes.extend_from_slice(&crate::SEMANTICS_VERSION.to_le_bytes());
    for hash in [binding.policy, binding.residual, binding.facts] {
        bytes.extend_from_slice(&hash);
    }
    answer_into(answer, &mut bytes);
    bytes
}

/// The canonical bytes of an answer
#[must_use]
pub fn answer_bytes(answer: &Answer) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(256);
    answer_into(answer, &mut bytes);
    bytes
}

/// Appends the canonical bytes of an answer
///
/// today (4) · scorecard (1: 0 none, 1 new, 2 returning) · points (1 + 4) · class (1) · value class (1 + 1) · exposure limit (1 + 8) ·
/// available (1 + 8) · number of methods (1) · for each method, in the policy's order: state (1) · rank (1) ·
/// built-in reasons (1) · rules (8) · missing fields (2) · limit (1 + 8) · fee (8) · due date (1 + 4)
pub fn answer_into(answer: &Answer, bytes: &mut Vec<u8>) {
    let standing = answer.standing;
    let scorecard = match standing.scorecard {
        None => 0,
        Some(Applied::New) => 1,
        Some(Applied::Returning) => 2,
    };
    append(&answer.today.days().to_le_bytes(), bytes);
    append(&[scorecard], bytes);
    small(standing.points, bytes);
    append(&[standing.class, standing.value_class.is_some().into(), standing.value_class.unwrap_or(0)], bytes);
    optional(answer.exposure_limit, bytes);
    optional(answer.available, bytes);
    append(&[u8::try_from(answer.methods().len()).unwrap_or(0)], bytes);
    for method in answer.methods() {
        method_into(method, answer.due(method), bytes);
    }
}

/// The answer that these canonical bytes are of; nothing if they are none's
///
/// It gives the same bytes again. What the answer rested on, the conditions and the cart, is not in them.
#[must_use]
pub fn answer(bytes: &[u8]) -> Option<Answer> {
    let mut rest = Rest(bytes);
    let today = Date::from_days(i32::from_le_bytes(rest.take()?))?;
    let scorecard = match rest.byte()? {
        0 => None,
        1 => Some(Applied::New),
        2 => Some(Applied::Returning),
        _ => return None,
    };
    let points = rest.small()?;
    let class = rest.byte()?;
    let value_class = (rest.byte()?, rest.byte()?);
    let standing = Standing { scorecard, points, class, value_class: (value_class.0 == 1).then_some(value_class.1) };
    let (exposure_limit, available) = (rest.optional()?, rest.optional()?);
    let count = rest.byte()?;
    let methods: Option<Vec<MethodAnswer>> = (0..count).map(|_| rest.method()).collect();
    let answer = Answer::kept(today, standing, [exposure_limit, available], &methods?)?;
    rest.0.is_empty().then_some(answer)
}

/// What is left to be read
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (part, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*part)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take::<1>().map(|[byte]| byte)
    }

    fn optional(&mut self) -> Option<Option<i64>> {
        let (is_there, value) = (self.byte()?, i64::from_le_bytes(self.take()?));
        Some((is_there == 1).then_some(value))
    }

    fn small(&mut self) -> Option<Option<i32>> {
        let (is_there, value) = (self.byte()?, i32::from_le_bytes(self.take()?));
        Some((is_there == 1).then_some(value))
    }

    fn method(&mut self) -> Option<MethodAnswer> {
        let state = match self.byte()? {
            0 => State::Withheld,
            1 => State::Incomplete,
            2 => State::Offered,
            _ => return None,
        };
        let [rank, builtin] = self.take()?;
        let rules = u64::from_le_bytes(self.take()?);
        let missing = u16::from_le_bytes(self.take()?);
        let limit = self.optional()?;
        let fee = i64::from_le_bytes(self.take()?);
        // A due date has moved off weekends and holidays already, and moves no further.
        let term_ends = self.small()?.and_then(Date::from_days);
        Some(MethodAnswer { rules, builtin, state, rank, missing, limit, fee, term_ends })
    }
}

fn method_into(method: &MethodAnswer, due: Option<Date>, bytes: &mut Vec<u8>) {
    append(&[method.state.number(), method.rank, method.builtin], bytes);
    append(&method.rules.to_le_bytes(), bytes);
    append(&method.missing.to_le_bytes(), bytes);
    optional(method.limit, bytes);
    append(&method.fee.to_le_bytes(), bytes);
    small(due.map(Date::days), bytes);
}

#[inline(never)]
fn optional(value: Option<i64>, bytes: &mut Vec<u8>) {
    append(&[value.is_some().into()], bytes);
    append(&value.unwrap_or(0).to_le_bytes(), bytes);
}

#[inline(never)]
fn small(value: Option<i32>, bytes: &mut Vec<u8>) {
    append(&[value.is_some().into()], bytes);
    append(&value.unwrap_or(0).to_le_bytes(), bytes);
}

/// Once for all, because the browser pays for making room every time that it is written out
#[inline(never)]
fn append(part: &[u8], bytes: &mut Vec<u8>) {
    bytes.extend_from_slice(part);
}

/// The canonical bytes of a set of facts: for each present fact that somebody gave, rising by number, its number and its value
///
/// Texts stand as their place in the policy's list; a text that the policy does not mention stands as one that no policy can
/// mention, for no decision depends on which it was.
#[must_use]
pub fn facts_bytes(policy: &Policy, facts: &Facts) -> Vec<u8> {
    let mut bytes = Vec::new();
    let known = u32::try_from(policy.texts.len()).unwrap_or(u32::MAX);
    let text = |text: u32| if text < known { text } else { u32::MAX };
    for number in 0..u8::try_from(FACT_MAX).unwrap_or(u8::MAX) {
        let fact = FactIndex(number);
        let Some(value) = facts.get(fact).filter(|_| policy.visibility_of(fact).is_some_and(|who| who != Visibility::Derived)) else {
            continue;
        };
        bytes.push(number);
        match policy.kind_of(fact) {
            Some(FactKind::Texts) => {
                let list = facts.list(fact).unwrap_or(&[]);
                bytes.push(u8::try_from(list.len()).unwrap_or(u8::MAX));
                list.iter().for_each(|item| bytes.extend_from_slice(&text(*item).to_le_bytes()));
            }
            Some(FactKind::Text) => bytes.extend_from_slice(&text(u32::try_from(value).unwrap_or(u32::MAX)).to_le_bytes()),
            _ => bytes.extend_from_slice(&value.to_le_bytes()),
        }
    }
    bytes
}
