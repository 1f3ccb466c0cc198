//! The engine as JavaScript sees it.

use alloc::boxed::Box;
use alloc::vec::Vec;
use tresen_core::change::{self, Change, Settling};
use tresen_core::date::Date;
use tresen_core::facts::Facts;
use tresen_core::offer::{Answer, decide_into};
use tresen_core::policy::{METHODS_MAX, PolicyBytesError};
use tresen_core::program::Program;
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
    program: Program,
    problem: u8,
    settled: Option<(Program, i64)>,
    facts: Box<Facts>,
    answer: Answer,
    out: Vec<u8>,
    masks: Box<[[u32; 3]; METHODS_MAX]>,
    layout: Box<[u32; 6]>,
}

#[wasm_bindgen]
impl Engine {
    /// Reads a compiled policy; [`Engine::problem`] says whether that went well
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(policy: &[u8]) -> Self {
        let (program, problem) = match Program::from_bytes(policy) {
            Ok(program) => (program, 0),
            Err(error) => (Program::default(), number_of(error)),
        };
        let mut facts = Box::new(Facts::new());
        let mut answer = Answer::default();
        decide_into(&program, &mut facts, Date::MIN, &mut answer);
        let (values, present, lists) = facts.raw();
        let masks = Box::new([[0; 3]; METHODS_MAX]);
        let addresses = [address(values.as_ptr()), address(present.as_ptr()), address(lists.as_ptr()), address(masks.as_ptr())];
        let [values, present, lists, reasons] = addresses;
        let layout = Box::new([values, present, lists, reasons, 0, 0]);
        Self { program, problem, settled: None, facts, answer, out: Vec::new(), masks, layout }
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
        self.settled = Program::from_bytes(policy).ok().map(|program| (program, whole(overdue)));
    }

    /// Where six numbers of 32 bits stand: the addresses of values (8 bytes each), presence bits (4 bytes for 32), list slots
    /// (4 bytes each) and reasons (12 bytes a method: built-in reasons, rules 0 to 31, rules 32 to 63), and address and length of
    /// what was written last
    #[must_use]
    pub fn layout(&self) -> u32 {
        address(self.layout.as_ptr())
    }

    /// Decides for the facts in the slots; two bits a method from the lowest up: 0 withheld, 1 incomplete, 2 offered
    ///
    /// `today` is in days since 1970-01-01. [`NO_DAY`] if it cannot be named.
    pub fn decide(&mut self, today: i32) -> u32 {
        let Some(today) = Date::from_days(today) else { return NO_DAY };
        decide_into(&self.program, &mut self.facts, today, &mut self.answer);
        for (mask, method) in self.masks.iter_mut().zip(self.answer.methods()) {
            let [low, high] = [method.rules, method.rules >> 32].map(|rules| u32::try_from(rules & 0xffff_ffff).unwrap_or(0));
            *mask = [method.builtin.into(), low, high];
        }
        self.answer.states()
    }

    /// Writes the canonical bytes of the last answer (see `record.rs` of the core)
    #[wasm_bindgen(js_name = answer)]
    pub fn write_answer(&mut self) {
        self.out.clear();
        record::answer_into(&self.answer, &mut self.out);
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
    /// What decides
    #[must_use]
    pub fn program(&self) -> &Program {
        &self.program
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
            None if self.program.is_residual() => Settling::Impossible,
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
        change::nearest(&self.program, &self.facts, self.answer.today, place, self.settling())
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
