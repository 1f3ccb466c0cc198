//! Why a method is not part of this order, and what brings it back.

use alloc::vec::Vec;
use tresen_core::change::Change;
use tresen_core::offer::Reason;
use tresen_texts::{Blank, Key, fill};

use super::pen::Pen;

/// One method that is withheld
#[derive(Debug)]
pub struct Case<'a> {
    /// Why, in the order in which it is told
    pub reasons: &'a [Reason],
    /// The nearest change that brings it back
    pub change: Option<Change>,
    /// What is to be settled, in minor units
    pub overdue: Option<i64>,
    /// The cart total
    pub total: Option<i64>,
    /// The smallest cart total with it
    pub minimum: Option<i64>,
    /// The largest cart total with it
    pub limit: Option<i64>,
    /// Whether a person can be asked
    pub review: bool,
}

/// The sentence that is shown, and line by line what is told when somebody asks; its name stands in its blank
pub fn told(pen: &mut Pen, case: &Case<'_>) -> Vec<u8> {
    let mut told = Vec::new();
    for reason in case.reasons {
        let bound = case.bound(*reason);
        if let Some(bound) = bound {
            pen.put_amount(Blank::Limit, bound);
            pen.put_amount(Blank::Over, case.total.map_or(0, |total| total.saturating_sub(bound).abs()));
        }
        for part in 0..2 {
            let row = usize::from(reason.number()).wrapping_mul(2).wrapping_add(part);
            let sentence = if part == 0 && bound.is_none() && is_about_amount(*reason) {
                pen.texts.get(Key::ReasonAmountPlain)
            } else {
                pen.texts.behind(Key::ReasonGeneralSentence, row)
            };
            let start = told.len();
            fill(&mut told, sentence, &pen.blanks);
            told.push(b'\n');
            let (before, new) = told.split_at(start);
            if before.split_inclusive(|byte| *byte == b'\n').any(|line| line == new) {
                told.truncate(start);
            }
        }
    }
    if let Some(change) = case.change {
        case.put_steps(pen, change);
        if !pen.blanks.get(Blank::Steps).is_empty() {
            pen.append(&mut told, Key::WithheldBack);
            told.push(b'\n');
        }
    }
    if case.review {
        pen.append(&mut told, Key::WithheldDisagree);
        told.push(b'\n');
    }
    told
}

impl Case<'_> {
    /// The amount that bounds the cart, for reasons that are about an amount and have one to name
    fn bound(&self, reason: Reason) -> Option<i64> {
        if !is_about_amount(reason) {
            return None;
        }
        let only_total = self.change.filter(|change| !change.ship_to_billing_address && !change.settle_overdue);
        let own = if reason == Reason::AmountMinimum { self.minimum } else { self.limit };
        only_total.and_then(|change| change.total).or(own).filter(|bound| *bound > 0)
    }

    /// Fills in what has to happen
    fn put_steps(&self, pen: &mut Pen, change: Change) {
        let mut steps = Vec::new();
        let mut total = None;
        if let (Some(to), Some(now)) = (change.total, self.total) {
            pen.put_amount(Blank::To, to);
            pen.put_amount(Blank::By, to.saturating_sub(now).abs());
            total = Some(if to < now { Key::StepReduceTotal } else { Key::StepRaiseTotal });
        }
        pen.blanks.set(Blank::Amount, b"");
        if let Some(overdue) = self.overdue {
            pen.put_amount(Blank::Amount, overdue);
        }
        let ship = change.ship_to_billing_address.then_some(Key::StepShipToBillingAddress);
        let settle = change.settle_overdue.then_some(Key::StepSettleOverdue);
        for key in [ship, settle, total].into_iter().flatten() {
            if !steps.is_empty() {
                and(pen, &mut steps);
            }
            pen.append(&mut steps, key);
        }
        pen.blanks.set(Blank::Steps, &steps);
    }
}

/// Appends "und"
pub fn and(pen: &Pen, into: &mut Vec<u8>) {
    into.push(b' ');
    pen.append(into, Key::StepAnd);
    into.push(b' ');
}

fn is_about_amount(reason: Reason) -> bool {
    matches!(reason, Reason::AmountMinimum | Reason::AmountMaximum | Reason::ExposureExceeded)
}
