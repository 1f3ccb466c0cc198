//! A purchase in instalments: dated rates that sum exactly, what they cost, and what paying early saves.
//!
//! **Invariant:** the rates sum to what was bought plus what it costs, and their parts of the principal to what was bought.
//! **Invariant:** due dates rise strictly; each is counted from the first, so a 31st comes back after February.

mod early;

use crate::annual_rate::{AnnualRate, AnnualRateError, Every, Flow, Years};
use crate::calendar::Calendar;
use crate::date::Date;
use crate::money::MINOR_MAX;
use crate::rate::Rate;
use alloc::vec::Vec;

pub use early::Early;

/// Fewest rates of a plan that somebody chooses; one rate is a deferral, which is reckoned alike
pub const RATES_MIN: u8 = 2;
/// Most rates of a plan
pub const RATES_MAX: u8 = 60;

/// What a plan costs the customer
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charge {
    /// Nothing
    Free,
    /// A fee in minor units for the whole plan, spread over the rates
    Fee(i64),
    /// Interest a year on what is still owed, by months of equal length
    Interest(Rate),
}

/// What a plan is made of
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// What was bought, in minor units
    pub principal: i64,
    /// The day from which the customer has the credit
    pub start: Date,
    /// The day of the first rate, before it moves off a free day; after `start`
    pub first: Date,
    /// How many rates, one a month
    pub rates: u8,
    /// What it costs
    pub charge: Charge,
    /// Whose holidays move a due date
    pub calendar: Calendar,
}

/// One rate
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Instalment {
    /// The day of the month on which it falls
    pub nominal: Date,
    /// The day by which it is to be paid: the same, or the next working day (BGB section 193)
    pub due: Date,
    /// What is to be paid
    pub amount: i64,
    /// What of it is interest or fee
    pub cost: i64,
}

impl Instalment {
    /// What of it pays for what was bought
    #[must_use]
    pub fn principal(&self) -> i64 {
        self.amount.saturating_sub(self.cost)
    }
}

/// A purchase in instalments
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// What it was made of
    pub wanted: Wanted,
    /// The rates, the first first
    pub instalments: Vec<Instalment>,
    /// The effective annual rate
    pub annual_rate: AnnualRate,
}

/// Why there is no such plan
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PlanError {
    /// No rate, or more than [`RATES_MAX`]
    Rates,
    /// Nothing to pay, or so little that a rate would be nothing
    TooSmall,
    /// An amount beyond what money can be, a fee below nothing, or more interest before the first rate than can be paid back in equal ones
    OutOfRange,
    /// The first rate does not lie after the start
    FirstTooEarly,
    /// A date that cannot be named
    TooLate,
    /// The effective annual rate cannot be told
    AnnualRate(AnnualRateError),
}

impl Plan {
    /// The plan for what is wanted
    ///
    /// Without interest the rates are equal, and the minor units that do not divide go one each to the first ones: 100.00 in three rates is
    /// 33.34, 33.33 and 33.33. With interest they are equal too, at the smallest amount that pays everything back, and the last is what is
    /// left. Interest is rounded half up once a rate.
    ///
    /// # Errors
    ///
    /// See [`PlanError`].
    pub fn new(wanted: Wanted) -> Result<Self, PlanError> {
        if !(1..=RATES_MAX).contains(&wanted.rates) {
            return Err(PlanError::Rates);
        }
        if wanted.first <= wanted.start {
            return Err(PlanError::FirstTooEarly);
        }
        if wanted.principal < i64::from(wanted.rates) {
            return Err(PlanError::TooSmall);
        }
        let amounts = match wanted.charge {
            Charge::Free => spread(&wanted, 0),
            Charge::Fee(fee) => spread(&wanted, fee),
            Charge::Interest(rate) => annuity(&wanted, rate),
        }?;
        let instalments: Vec<Instalment> = days(&wanted)
            .zip(amounts)
            .map(|(nominal, (amount, cost))| Instalment { nominal, due: wanted.calendar.due(nominal), amount, cost })
            .collect();
        if !instalments.is_sorted_by(|one, next| one.due < next.due) {
            return Err(PlanError::TooLate);
        }
        let annual_rate = annual_rate(&wanted, &instalments)?;
        Ok(Self { wanted, instalments, annual_rate })
    }

    /// What the customer pays in all
    #[must_use]
    pub fn total(&self) -> i64 {
        self.instalments.iter().fold(0, |sum, instalment| sum.saturating_add(instalment.amount))
    }

    /// What of it is interest or fee
    #[must_use]
    pub fn cost(&self) -> i64 {
        self.total().saturating_sub(self.wanted.principal)
    }
}

/// The days of the rates, each counted from the first
fn days(wanted: &Wanted) -> impl Iterator<Item = Date> {
    let first = wanted.first;
    (0..i32::from(wanted.rates)).map(move |month| first.plus_months(month))
}

/// Equal rates of principal and fee, and what of each is fee
fn spread(wanted: &Wanted, fee: i64) -> Result<Vec<(i64, i64)>, PlanError> {
    let total = wanted.principal.checked_add(fee).filter(|total| fee >= 0 && *total <= MINOR_MAX).ok_or(PlanError::OutOfRange)?;
    let rates = i64::from(wanted.rates);
    let part = |whole: i64, place: i64| whole.div_euclid(rates).saturating_add((place < whole.rem_euclid(rates)).into());
    Ok((0..rates).map(|place| (part(total, place), part(fee, place))).collect())
}

/// Equal rates that pay principal and interest back, and what of each is interest
fn annuity(wanted: &Wanted, rate: Rate) -> Result<Vec<(i64, i64)>, PlanError> {
    let mut enough = wanted.principal.checked_mul(2).filter(|most| *most <= MINOR_MAX).ok_or(PlanError::OutOfRange)?;
    // Only years of interest before the first rate can make twice the principal too little.
    if run_down(wanted, rate, enough, &mut |_, _| {}) > 0 {
        return Err(PlanError::OutOfRange);
    }
    // INVARIANT: `enough` leaves nothing after the last rate, `too_little` does.
    let mut too_little = 0;
    while enough.saturating_sub(too_little) > 1 {
        let middle = too_little.saturating_add(enough.saturating_sub(too_little).div_euclid(2));
        if run_down(wanted, rate, middle, &mut |_, _| {}) <= 0 {
            enough = middle;
        } else {
            too_little = middle;
        }
    }
    let mut amounts = Vec::with_capacity(wanted.rates.into());
    run_down(wanted, rate, enough, &mut |amount, interest| amounts.push((amount, interest)));
    if amounts.iter().any(|(amount, interest)| amount <= interest) {
        return Err(PlanError::TooSmall);
    }
    Ok(amounts)
}

/// Pays down with equal rates; tells each rate with its interest, the last being what is left, and answers what `amount` would still leave
/// owed after it
fn run_down(wanted: &Wanted, rate: Rate, amount: i64, told: &mut dyn FnMut(i64, i64)) -> i64 {
    let mut owed = wanted.principal;
    let mut after = wanted.start;
    let mut left = owed;
    for (day, number) in days(wanted).zip(1_u8..) {
        let interest = interest(owed, rate, after, day);
        let to_pay = owed.saturating_add(interest);
        let paid = if number == wanted.rates { to_pay } else { amount.min(to_pay) };
        told(paid, interest);
        left = to_pay.saturating_sub(amount);
        owed = to_pay.saturating_sub(paid);
        after = day;
    }
    left
}

/// The interest on an amount from one day to another, half up
fn interest(owed: i64, rate: Rate, from: Date, until: Date) -> i64 {
    let (numerator, denominator) = Years::between(from, until, Every::Month).unwrap_or(Years::ZERO).fraction();
    let whole = i128::from(Rate::WHOLE_PPM).saturating_mul(denominator.into());
    let product = i128::from(owed).saturating_mul(rate.ppm().into()).saturating_mul(numerator.into());
    i64::try_from(product.saturating_mul(2).saturating_add(whole).div_euclid(whole.saturating_mul(2).max(1))).unwrap_or(MINOR_MAX)
}

fn annual_rate(wanted: &Wanted, instalments: &[Instalment]) -> Result<AnnualRate, PlanError> {
    let mut flows = Vec::with_capacity(instalments.len().saturating_add(1));
    flows.push(Flow { minor: wanted.principal, at: Years::ZERO });
    for instalment in instalments {
        // The agreed days count, not those to which a holiday moves them.
        let at = Years::between(wanted.start, instalment.nominal, Every::Month).ok_or(PlanError::FirstTooEarly)?;
        flows.push(Flow { minor: instalment.amount.saturating_neg(), at });
    }
    AnnualRate::of(&flows).map_err(PlanError::AnnualRate)
}

#[cfg(test)]
mod tests;
