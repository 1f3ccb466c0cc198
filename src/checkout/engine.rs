//! The engine as JavaScript sees it.

use crate::describe;
use alloc::boxed::Box;
use alloc::vec::Vec;
use tresen_core::change::{self, Change, Settling};
use tresen_core::date::Date;
use tresen_core::facts::Facts;
use tresen_core::offer::{self, Answer, decide};
use tresen_core::policy::{Policy, PolicyBytesError};
use tresen_core::record;
use wasm_bindgen::prelude::wasm_bindgen;

/// What [`Engine::decide`] answers when the day cannot be named: no decision has this value, for two bits never read 3
pub const NO_DAY: u32 = u32::MAX;

/// One policy, one set of facts, the last answer
///
/// Numbers are all that crosses the border. The facts lie at fixed addresses in the module's memory, where the JavaScript codec
/// writes them; what is longer than a number is written to one place, and JavaScript reads it there.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Engine {
    policy: Policy,
    problem: u8,
    settled: Option<(Policy, i64)>,
    facts: Box<Facts>,
    answer: Answer,
    out: Vec<u8>,
    layout: Box<[u32; 5]>,
}

#[wasm_bindgen]
impl Engine {
    /// Reads a compiled policy; [`Engine::problem`] says whether that went well
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(policy: &[u8]) -> Self {
        let (policy, problem) = match Policy::from_bytes(policy) {
            Ok(policy) => (policy, 0),
            Err(error) => (Policy::default(), number_of(error)),
        };
        let mut facts = Box::new(Facts::new());
        let answer = decide(&policy, &mut facts, Date::MIN);
        let (values, present, lists) = facts.raw();
        let layout = Box::new([address(values.as_ptr()), address(present.as_ptr()), address(lists.as_ptr()), 0, 0]);
        Self { policy, problem, settled: None, facts, answer, out: Vec::new(), layout }
    }

    /// Why the bytes were no policy: 0 they are one, 1 not a policy, 2 another version, 3 damaged, 4 invalid
    #[must_use]
    pub fn problem(&self) -> u8 {
        self.problem
    }

    /// Hands in the residual policy that holds after everything overdue was paid, and how much that is in minor units
    ///
    /// What is no policy is not tried.
    #[wasm_bindgen(js_name = settleWith)]
    pub fn settle_with(&mut self, policy: &[u8], overdue: f64) {
        self.settled = Policy::from_bytes(policy).ok().map(|policy| (policy, whole(overdue)));
    }

    /// Where five numbers of 32 bits stand: the addresses of values (8 bytes each), presence bits (4 bytes for 32) and list slots
    /// (4 bytes each), and address and length of what was written last
    #[must_use]
    pub fn layout(&self) -> u32 {
        address(self.layout.as_ptr())
    }

    /// Writes what the policy says that a host has to know, as `describe.rs` lays it down
    pub fn describe(&mut self) {
        self.out = describe::policy(&self.policy).into_bytes();
        self.written();
    }

    /// Decides for the facts in the slots; two bits a method from the lowest up: 0 withheld, 1 incomplete, 2 offered
    ///
    /// `today` is in days since 1970-01-01. [`NO_DAY`] if it cannot be named.
    pub fn decide(&mut self, today: i32) -> u32 {
        let Some(today) = Date::from_days(today) else { return NO_DAY };
        self.answer = decide(&self.policy, &mut self.facts, today);
        self.answer.states()
    }

    /// Writes the canonical bytes of the last answer (see `record.rs` of the core)
    #[wasm_bindgen(js_name = answer)]
    pub fn write_answer(&mut self) {
        self.out.clear();
        record::answer_into(&self.answer, &mut self.out);
        self.written();
    }

    /// Writes the reasons against the method at a place: number of the reason, place of the rule or 255, pair by pair
    pub fn reasons(&mut self, place: u8) {
        let place = usize::from(place);
        self.out.clear();
        if let (Some(method), Some(answer)) = (self.policy.methods.get(place), self.answer.methods().get(place)) {
            for because in offer::reasons(&self.policy, method, answer) {
                self.out.extend_from_slice(&[because.reason.number(), because.rule.unwrap_or(u8::MAX)]);
            }
        }
        self.written();
    }

    /// Writes the nearest change that restores the method at a place: nothing, or the toggles (1 ship to the billing address,
    /// 2 settle what is overdue), the new total and what is overdue, each as 8 bytes of minor units, −1 for none
    pub fn change(&mut self, place: u8) {
        self.out.clear();
        if let Some(change) = self.nearest(place.into()) {
            self.out.push(u8::from(change.ship_to_billing_address) | u8::from(change.settle_overdue) << 1);
            for amount in [change.total, self.overdue()] {
                self.out.extend_from_slice(&amount.unwrap_or(-1).to_le_bytes());
            }
        }
        self.written();
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

    fn written(&mut self) {
        let [.., start, length] = &mut *self.layout;
        *start = address(self.out.as_ptr());
        *length = u32::try_from(self.out.len()).unwrap_or(0);
    }
}

fn number_of(error: PolicyBytesError) -> u8 {
    match error {
        PolicyBytesError::NotAPolicy => 1,
        PolicyBytesError::Version { .. } => 2,
        PolicyBytesError::Damaged => 3,
        _ => 4,
    }
}

/// An address as JavaScript indexes the memory; wasm32 has no larger ones
fn address<T>(pointer: *const T) -> u32 {
    u32::try_from(pointer.addr()).unwrap_or(0)
}

/// A JavaScript number as minor units; the codec has refused what is not whole
#[expect(clippy::cast_possible_truncation, reason = "the codec hands in safe integers only")]
fn whole(number: f64) -> i64 {
    number as i64
}
