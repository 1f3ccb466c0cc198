//! Why a method is not part of this order, and what brings it back.

use alloc::vec::Vec;
use tresen_core::change::Change;
use tresen_core::offer::Reason;
use tresen_texts::{Blank, Key, fill};

use super::method::Why;
use super::pen::Pen;

/// What bounds the cart of a method
#[derive(Debug)]
pub struct Bounds {
    /// The cart total
    pub total: Option<i64>,
    /// The smallest cart total with it
    pub minimum: Option<i64>,
    /// The largest cart total with it
    pub limit: Option<i64>,
}

/// Appends the sentence that is shown, and line by line what is told when somebody asks; the method's name stands in its blank
pub fn tell(pen: &mut Pen, told: &mut Vec<u8>, why: &Why, bounds: &Bounds, review: bool) {
    for number in &why.reasons {
        let reason = Reason::from_number(*number).unwrap_or(Reason::General);
        let bound = bounds.of(reason, why.change);
        if let Some(bound) = bound {
            pen.put_amount(Blank::Limit, bound);
            pen.put_amount(Blank::Over, bounds.total.map_or(0, |total| total.saturating_sub(bound).abs()));
        }
        for part in 0..2 {
            let row = usize::from(reason.number()).wrapping_mul(2).wrapping_add(part);
            let sentence = if part == 0 && bound.is_none() && is_about_amount(reason) {
                pen.texts.get(Key::ReasonAmountPlain)
            } else {
                pen.texts.behind(Key::ReasonGeneralSentence, row)
            };
            let start = told.len();
            fill(told, sentence, &pen.blanks);
            told.push(b'\n');
            let (before, new) = told.split_at(start);
            if before.windows(new.len()).any(|line| line == new) {
                told.truncate(start);
            }
        }
    }
    if let Some(change) = why.change {
        put_steps(pen, change, bounds.total, why.overdue);
        if !pen.blanks.get(Blank::Steps).is_empty() {
            pen.append(told, Key::WithheldBack);
            told.push(b'\n');
        }
    }
    if review {
        pen.append(told, Key::WithheldDisagree);
        told.push(b'\n');
    }
}

impl Bounds {
    /// The amount that bounds the cart, for reasons that are about an amount and have one to name
    fn of(&self, reason: Reason, change: Option<Change>) -> Option<i64> {
        if !is_about_amount(reason) {
            return None;
        }
        let only_total = change.filter(|change| !change.ship_to_billing_address && !change.settle_overdue);
        let own = if reason == Reason::AmountMinimum { self.minimum } else { self.limit };
        only_total.and_then(|change| change.total).or(own).filter(|bound| *bound > 0)
    }
}

/// Fills in what has to happen
fn put_steps(pen: &mut Pen, change: Change, total: Option<i64>, overdue: Option<i64>) {
    let mut steps = Vec::new();
    let mut step = |pen: &Pen, key: Key| {
        if !steps.is_empty() {
            steps.push(b' ');
            pen.append(&mut steps, Key::StepAnd);
            steps.push(b' ');
        }
        pen.append(&mut steps, key);
    };
    if change.ship_to_billing_address {
        step(pen, Key::StepShipToBillingAddress);
    }
    if change.settle_overdue {
        pen.put_amount(Blank::Amount, overdue.unwrap_or_default());
        step(pen, Key::StepSettleOverdue);
    }
    if let (Some(to), Some(now)) = (change.total, total) {
        pen.put_amount(Blank::To, to);
        pen.put_amount(Blank::By, to.saturating_sub(now).abs());
        step(pen, if to < now { Key::StepReduceTotal } else { Key::StepRaiseTotal });
    }
    pen.blanks.set(Blank::Steps, &steps);
}

fn is_about_amount(reason: Reason) -> bool {
    matches!(reason, Reason::AmountMinimum | Reason::AmountMaximum | Reason::ExposureExceeded)
}
