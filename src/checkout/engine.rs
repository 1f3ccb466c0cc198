//! The engine as JavaScript sees it.

use crate::describe;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use tresen_core::change::{self, Change, Settling};
use tresen_core::date::Date;
use tresen_core::facts::Facts;
use tresen_core::offer::{self, Answer, decide};
use tresen_core::policy::Policy;
use tresen_core::record;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// What [`Engine::decide`] answers when the day cannot be named: no decision has this value, for two bits never read 3
pub const NO_DAY: u32 = u32::MAX;

/// One policy, one set of facts, the last answer
///
/// The facts lie at fixed addresses in the module's memory ([`Engine::slots`]), where the JavaScript codec writes them.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Engine {
    policy: Policy,
    settled: Option<(Policy, i64)>,
    facts: Box<Facts>,
    answer: Answer,
    out: Vec<u8>,
}

#[wasm_bindgen]
impl Engine {
    /// Reads a compiled policy
    ///
    /// # Errors
    ///
    /// The code of the [`tresen_core::policy::PolicyBytesError`] as a string.
    #[wasm_bindgen(constructor)]
    pub fn new(policy: &[u8]) -> Result<Self, JsValue> {
        let policy = read(policy)?;
        let mut facts = Box::new(Facts::new());
        let answer = decide(&policy, &mut facts, Date::MIN);
        Ok(Self { policy, settled: None, facts, answer, out: Vec::new() })
    }

    /// Hands in the residual policy that holds after everything overdue was paid, and how much that is in minor units
    ///
    /// # Errors
    ///
    /// As [`Engine::new`].
    #[wasm_bindgen(js_name = settleWith)]
    pub fn settle_with(&mut self, policy: &[u8], overdue: f64) -> Result<(), JsValue> {
        self.settled = Some((read(policy)?, whole(overdue)));
        Ok(())
    }

    /// Addresses in the module's memory: values (8 bytes each), presence bits (4 bytes for 32), list slots (4 bytes each)
    #[must_use]
    pub fn slots(&self) -> Vec<u32> {
        let (values, present, lists) = self.facts.raw();
        vec![address(values.as_ptr()), address(present.as_ptr()), address(lists.as_ptr())]
    }

    /// What the policy says that a host has to know, as `describe.rs` lays it down
    #[must_use]
    pub fn describe(&self) -> String {
        describe::policy(&self.policy)
    }

    /// Decides for the facts in the slots; two bits a method from the lowest up: 0 withheld, 1 incomplete, 2 offered
    ///
    /// `today` is in days since 1970-01-01. [`NO_DAY`] if it cannot be named.
    pub fn decide(&mut self, today: i32) -> u32 {
        let Some(today) = Date::from_days(today) else { return NO_DAY };
        self.answer = decide(&self.policy, &mut self.facts, today);
        self.answer.states()
    }

    /// The canonical bytes of the last answer (see `record.rs` of the core): address and length
    pub fn answer_bytes(&mut self) -> Vec<u32> {
        self.out.clear();
        record::answer_into(&self.answer, &mut self.out);
        self.written()
    }

    /// The record of the last answer: address and length; the three hashes are handed in as 96 bytes
    pub fn record(&mut self, hashes: &[u8]) -> Vec<u32> {
        let part = |start: usize| hashes.get(start..start.saturating_add(32)).and_then(|hash| hash.try_into().ok()).unwrap_or([0; 32]);
        let binding = record::Binding { policy: part(0), residual: part(32), facts: part(64) };
        self.out = record::record(&binding, &self.answer);
        self.written()
    }

    /// The reasons against the method at a place: number of the reason, place of the rule or 255, pair by pair
    #[must_use]
    pub fn reasons(&self, place: u8) -> Vec<u8> {
        let place = usize::from(place);
        let (Some(method), Some(answer)) = (self.policy.methods.get(place), self.answer.methods().get(place)) else { return Vec::new() };
        offer::reasons(&self.policy, method, answer)
            .flat_map(|because| [because.reason.number(), because.rule.unwrap_or(u8::MAX)])
            .collect()
    }

    /// The nearest change that restores the method at a place: nothing, or the toggles (1 ship to the billing address,
    /// 2 settle what is overdue) and the new total in minor units, −1 for no change of it
    #[must_use]
    pub fn change(&self, place: u8) -> Vec<f64> {
        self.nearest(place.into()).map_or_else(Vec::new, |change| {
            let toggles = u8::from(change.ship_to_billing_address) | u8::from(change.settle_overdue) << 1;
            vec![f64::from(toggles), change.total.map_or(-1.0, number)]
        })
    }

    /// What is overdue in minor units, or −1 if that is not known here
    #[must_use]
    #[wasm_bindgen(js_name = overdue)]
    pub fn overdue_number(&self) -> f64 {
        self.overdue().map_or(-1.0, number)
    }
}

impl Engine {
    /// The policy that decides
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The facts as they were last written
    #[must_use]
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// The last answer
    #[must_use]
    pub fn answer(&self) -> &Answer {
        &self.answer
    }

    /// How paying what is overdue can be tried here
    #[must_use]
    pub fn settling(&self) -> Settling<'_> {
        match &self.settled {
            Some((settled, _)) => Settling::Folded(settled),
            None if self.policy.residual => Settling::Impossible,
            None => Settling::InFacts,
        }
    }

    /// What is overdue in minor units, if that is known here
    #[must_use]
    pub fn overdue(&self) -> Option<i64> {
        match &self.settled {
            Some((_, overdue)) => Some(*overdue),
            None => self.facts.get(tresen_core::facts::known::ACCOUNT_OVERDUE_BALANCE),
        }
    }

    /// The nearest change that restores the method at a place
    #[must_use]
    pub fn nearest(&self, place: usize) -> Option<Change> {
        change::nearest(&self.policy, &self.facts, self.answer.today, place, self.settling())
    }

    fn written(&self) -> Vec<u32> {
        vec![address(self.out.as_ptr()), u32::try_from(self.out.len()).unwrap_or(0)]
    }
}

fn read(bytes: &[u8]) -> Result<Policy, JsValue> {
    Policy::from_bytes(bytes).map_err(|error| JsValue::from_str(error.code()))
}

/// An address as JavaScript indexes the memory; wasm32 has no larger ones
fn address<T>(pointer: *const T) -> u32 {
    u32::try_from(pointer.addr()).unwrap_or(0)
}

/// Minor units as a JavaScript number; the core holds no amount that a number cannot hold
#[expect(clippy::cast_precision_loss, reason = "amounts lie between -(2^53 - 1) and 2^53 - 1")]
fn number(minor: i64) -> f64 {
    minor as f64
}

/// A JavaScript number as minor units; the codec has refused what is not whole
#[expect(clippy::cast_possible_truncation, reason = "the codec hands in safe integers only")]
fn whole(number: f64) -> i64 {
    number as i64
}
