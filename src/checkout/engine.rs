//! The engine as JavaScript sees it.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::mem::offset_of;
use tresen_core::change::{self, Change, Settling};
use tresen_core::date::Date;
use tresen_core::facts::{Facts, SETS};
use tresen_core::offer::{Answer, MethodAnswer, states_into, terms_into};
use tresen_core::policy::PolicyBytesError;
use tresen_core::program::Program;
use tresen_core::record;
use wasm_bindgen::prelude::wasm_bindgen;

/// What [`Engine::decide`] answers when the day cannot be named: no decision has this value, for two bits never read 3
pub const NO_DAY: u32 = u32::MAX;

/// One policy, the facts of some orders, the last answer
///
/// Numbers are all that crosses the border. The facts lie at fixed addresses in the module's memory, where the JavaScript codec
/// writes them; what is longer than a number is written to one place, and JavaScript reads it there.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Engine {
    program: Program,
    settled: Option<(Program, i64)>,
    /// JavaScript writes where nothing is read, so that facts with a mistake in them change nothing
    facts: Box<[Facts; SETS]>,
    /// What was decided last about each set
    states: Box<[u32; SETS]>,
    answer: Box<Answer>,
    out: Vec<u8>,
    layout: Box<[u32; 10]>,
}

// JavaScript reads reasons where they lie: the rules first, the built-in ones behind them, twelve words from method to method.
const _: () = assert!(offset_of!(MethodAnswer, rules) == 0 && offset_of!(MethodAnswer, builtin) == 8);
#[cfg(target_arch = "wasm32")]
const _: () = assert!(size_of::<MethodAnswer>() == 48);

#[wasm_bindgen]
impl Engine {
    /// Reads a compiled policy; the last number but one of [`Engine::layout`] says whether that went well
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(policy: &[u8]) -> Self {
        let (program, problem) = match Program::from_bytes(policy) {
            Ok(program) => (program, 0),
            Err(error) => (Program::default(), number_of(error)),
        };
        let mut facts = Box::new([const { Facts::new() }; SETS]);
        let states = Box::new([0; SETS]);
        let mut answer = Box::new(Answer::default());
        let [first, second, ..] = &mut *facts;
        states_into(&program, first, Date::MIN, &mut answer);
        let ((values, present, lists), (others, ..)) = (first.raw(), second.raw());
        let apart = address(others.as_ptr()).wrapping_sub(address(values.as_ptr()));
        let methods = address(answer.methods().as_ptr());
        let layout = Box::new([
            address(values.as_ptr()),
            address(present.as_ptr()),
            address(lists.as_ptr()),
            apart,
            0,
            methods,
            0,
            0,
            problem,
            address(states.as_ptr()),
        ]);
        Self { program, settled: None, facts, states, answer, out: Vec::new(), layout }
    }

    /// Hands in the residual policy that holds after everything overdue was paid, and how much that is in minor units
    ///
    /// What is no policy is not tried.
    #[wasm_bindgen(js_name = settleWith)]
    pub fn settle_with(&mut self, policy: &[u8], overdue: f64) {
        self.settled = Program::from_bytes(policy).ok().map(|program| (program, whole(overdue)));
    }

    /// Where ten numbers of 32 bits stand: of the first set of facts the addresses of values (4 bytes each, the upper halves 128 words behind), presence bits (4 bytes for
    /// 32) and list slots (4 bytes each); how far it is from set to set; the number of the set that is read, which JavaScript writes; the address of the
    /// methods' answers (48 bytes each: rules in 8, built-in reasons in 1); address and length of what was written last;
    /// why the bytes were no policy: 0 they are one, 1 not a policy, 2 another version, 3 damaged, 4 invalid; the address of what
    /// [`Engine::decide`] decided (4 bytes each)
    pub fn layout(&mut self) -> u32 {
        address(self.layout.as_ptr())
    }

    /// Decides for `count` sets of facts from set `first` on, behind the last of which comes the first of all; what became of each
    /// stands in the place of its set: two bits a method from the lowest up, 0 withheld, 1 incomplete, 2 offered
    ///
    /// `today` is in days since 1970-01-01; [`NO_DAY`] stands there if it cannot be named. Many at once are quicker, for a processor that
    /// changes its work after each order starts every time anew.
    pub fn decide(&mut self, today: i32, first: usize, count: usize) {
        let today = Date::from_days(today);
        for set in (first..first.saturating_add(count)).map(|set| set % SETS) {
            if let (Some(facts), Some(states)) = (self.facts.get_mut(set), self.states.get_mut(set)) {
                *states = today.map_or(NO_DAY, |today| {
                    states_into(&self.program, facts, today, &mut self.answer);
                    self.answer.states()
                });
            }
        }
        // The widget shows all terms of every answer; whoever only wants to know what is offered does not wait for them.
        if cfg!(feature = "widget") {
            terms_into(&self.program, &mut self.answer);
        }
    }

    /// Writes the canonical bytes of the last answer (see `record.rs` of the core)
    #[wasm_bindgen(js_name = answer)]
    pub fn write_answer(&mut self) {
        terms_into(&self.program, &mut self.answer);
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
        let [first, ..] = &*self.facts;
        self.facts.get(self.set()).unwrap_or(first)
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
            None => self.facts().get(tresen_core::facts::known::ACCOUNT_OVERDUE_BALANCE),
        }
    }

    /// The nearest change that restores the method at a place
    #[must_use]
    pub fn nearest(&self, place: usize) -> Option<Change> {
        change::nearest(&self.program, self.facts(), self.answer.today, place, self.settling())
    }

    /// The set that is read
    fn set(&self) -> usize {
        let [_, _, _, _, which, ..] = &*self.layout;
        usize::try_from(*which).unwrap_or(0)
    }

    fn written(&mut self) {
        let [.., start, length, _, _] = &mut *self.layout;
        *start = address(self.out.as_ptr());
        *length = u32::try_from(self.out.len()).unwrap_or(0);
    }
}

fn number_of(error: PolicyBytesError) -> u32 {
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
