//! What the widget remembers of a method between two pictures.

use alloc::vec::Vec;
use tresen_core::change::Change;
use tresen_core::facts::known;
use tresen_core::offer::{MethodAnswer, Reason, State, reasons};
use tresen_core::policy::Kind;
use tresen_core::program::MethodTerms;
use tresen_texts::{Blank, Consent, Key};

use super::kinds::words;
use super::pen::Pen;
use crate::engine::Engine;

/// How a method stands
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It can be chosen and ordered with
    Offered,
    /// It can be chosen; one detail is missing before the order
    Incomplete,
    /// It is not part of this order
    Withheld,
    /// Nothing is said about it, because the shop does not have it
    Absent,
}

impl Standing {
    /// Whether it stands in the list
    pub const fn is_listed(self) -> bool {
        matches!(self, Self::Offered | Self::Incomplete)
    }
}

/// Why a method is withheld
#[derive(Debug, Default)]
pub struct Why {
    /// Why, in the order in which it is told, as the numbers of the reasons
    pub reasons: Vec<u8>,
    /// What would bring it back
    pub change: Option<Change>,
    /// What is to be settled, in minor units
    pub overdue: Option<i64>,
}

/// One method
#[derive(Debug)]
pub struct Method {
    /// The shop's own name for it, or nothing
    pub name: Vec<u8>,
    /// What the shopper agrees to
    pub consent: Option<Consent>,
    /// What kind of payment it is
    pub kind: Kind,
    /// The days of its term, if it has one
    pub days: Option<u16>,
    /// Whether it asks for the date of birth
    pub asks_birth: bool,
    /// How it stands
    pub standing: Standing,
    /// How it stood in the picture before
    pub before: Standing,
    /// Why it is withheld
    pub why: Why,
    /// Whether it is the server that withholds it, although it is offered here
    pub overruled: bool,
    /// Why it is withheld, as it is told
    pub told: Vec<u8>,
    /// The place of the method under which the same is told of this one too
    pub told_with: usize,
    /// The text that stands beside the box and behind its door
    pub agreed: Vec<u8>,
    /// Whether the box is ticked
    pub ticked: bool,
}

impl Method {
    /// One that was never shown
    pub fn new(name: Vec<u8>, consent: Option<Consent>) -> Self {
        Self {
            name,
            consent,
            kind: Kind::Invoice,
            days: None,
            asks_birth: false,
            standing: Standing::Absent,
            before: Standing::Absent,
            why: Why::default(),
            overruled: false,
            told: Vec::new(),
            told_with: 0,
            agreed: Vec::new(),
            ticked: false,
        }
    }

    /// Takes over how it stands now
    pub fn stand(&mut self, engine: &Engine, place: usize, answer: &MethodAnswer) {
        if !self.overruled {
            self.why.reasons.clear();
            for because in &reasons(engine.program(), place, engine.answer()) {
                self.why.reasons.push(because.reason.number());
            }
            (self.why.change, self.why.overdue) = match answer.state {
                State::Withheld => (engine.nearest(place), engine.overdue()),
                State::Offered | State::Incomplete => (None, None),
            };
        }
        self.before = self.standing;
        // A method for the other kind of customer is nothing that this one misses.
        self.standing = if self.is_withheld_for([Reason::ProviderNotConfigured, Reason::CompanyOnly, Reason::ConsumerOnly]) {
            Standing::Absent
        } else if self.overruled {
            Standing::Withheld
        } else {
            match answer.state {
                State::Offered => Standing::Offered,
                State::Incomplete => Standing::Incomplete,
                State::Withheld => Standing::Withheld,
            }
        };
    }

    fn is_withheld_for(&self, any: [Reason; 3]) -> bool {
        self.why.reasons.iter().any(|reason| any.iter().any(|one| one.number() == *reason))
    }

    /// Fills in its name without its days, which would read as one more method beside others
    pub fn put_name(&self, pen: &mut Pen) {
        let name = if self.name.is_empty() { pen.texts.get(words(self.kind).name) } else { &self.name };
        pen.blanks.set(Blank::Name, name);
    }

    /// Goes on with its name, with its days if it has some and they are wanted
    pub fn go_on_with_name(&self, pen: &mut Pen, with_days: bool) {
        match (words(self.kind).name_days, self.days) {
            (Some(key), Some(days)) if with_days && self.name.is_empty() => {
                pen.blanks.set_number(Blank::Days, days.into());
                pen.go_on(key);
            }
            _ => pen.page.out().extend_from_slice(pen.blanks.get(Blank::Name)),
        }
    }

    /// Whether a person can be asked to look at it: no look at the order changes what holds for everyone
    pub fn has_review(&self) -> bool {
        let for_everyone = self.is_withheld_for([Reason::PolicyNotValid, Reason::RegistrationUnchecked, Reason::TotalMissing]);
        self.kind.bears_credit_risk() && !for_everyone
    }
}

/// Whether a method asks for the date of birth, and what is said of the details that are missing
pub fn asks(rule: &MethodTerms<'_>, answer: &MethodAnswer) -> (bool, Option<Key>) {
    let (mut birth, mut missing, mut bits) = (false, None, answer.missing);
    for field in rule.fields() {
        let is_birth = field == known::CUSTOMER_BIRTH_DATE;
        birth |= is_birth;
        if bits & 1 == 1 {
            missing = Some(if is_birth && missing.is_none() { Key::MissingBirthDate } else { Key::MissingOther });
        }
        bits >>= 1;
    }
    (birth, missing)
}
