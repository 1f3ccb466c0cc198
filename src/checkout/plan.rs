//! The third module: plans of instalments and legal amounts as text, for the checkouts that have a method with plans.
//!
//! A module of its own, because no other checkout needs it: it is loaded beside the second one. Numbers go in, and come out where the
//! answer says; what is reckoned and how amounts are written is `core`'s affair, so that browser and service agree to the cent and the byte.

use alloc::string::String;
use alloc::vec::Vec;
use spin::Mutex;
use tresen_core::calendar::Calendar;
use tresen_core::date::Date;
use tresen_core::instalments::{Charge, Plan, Wanted};
use tresen_core::money::{Currency, Money, NumberStyle, push_fraction};
use tresen_core::rate::Rate;
use wasm_bindgen::prelude::wasm_bindgen;

/// What was said last; the next answer is written over it
static SAID: Mutex<Said> = Mutex::new(Said { numbers: Vec::new(), text: String::new() });

#[derive(Debug)]
struct Said {
    numbers: Vec<f64>,
    text: String,
}

/// The plan for a principal in minor units, as the address of numbers of 8 bytes: how many rates, 0 where there is no such plan; the effective
/// annual rate in hundredths of a percent; of each rate its day since 1970-01-01, what is to be paid and what of it is interest or fee
///
/// `start` and `first` are days too. `charge` is 0 for none, 1 for a fee of `cost` minor units, 2 for interest of `cost` parts per million
/// a year. Whose holidays move a day follows from `market` and `country`, each two letters as a number, from whether the policy knows them,
/// and from `region`, the place in the choices of the fact `billing.region`; a country of 0 and a region below 0 are not known.
#[wasm_bindgen]
#[expect(clippy::too_many_arguments, reason = "numbers are all that crosses this border")]
pub fn plan(
    principal: f64,
    start: i32,
    first: i32,
    rates: u8,
    charge: u8,
    cost: f64,
    market: u16,
    knows_holidays: bool,
    country: u16,
    region: i8,
) -> u32 {
    let calendar = Calendar::of(market.into(), knows_holidays, Some(country.into()).filter(|known| *known != 0), Some(region.into()));
    let made =
        wanted(whole(principal), [start, first], rates, charge_of(charge, whole(cost)), calendar).and_then(|wanted| Plan::new(wanted).ok());
    // Nothing waits for the lock: a module has one thread.
    SAID.try_lock().map_or(0, |mut said| {
        said.numbers.clear();
        match made {
            Some(plan) => tell(&plan, &mut said.numbers),
            None => said.numbers.push(0.0),
        }
        address(said.numbers.as_ptr())
    })
}

/// A number as a language writes it, as the address of its text up to a zero: an amount where `currency` is the three letters of a
/// code, the first in the highest byte, a plain fraction where it is 0; `language` is the two letters of its name
#[wasm_bindgen]
pub fn write(number: f64, digits: u8, currency: u32, language: u32) -> u32 {
    let style = NumberStyle::of_language(letters(language).get(1..).unwrap_or_default());
    let number = whole(number);
    SAID.try_lock().map_or(0, |mut said| {
        let text = &mut said.text;
        text.clear();
        if currency == 0 {
            push_fraction(text, number, digits, style);
        } else if let Ok(money) = Money::from_minor(number, Currency::of_policy(letters(currency), digits)) {
            *text = money.to_text(style);
        }
        text.push('\0');
        address(text.as_ptr())
    })
}

fn wanted(principal: i64, [start, first]: [i32; 2], rates: u8, charge: Option<Charge>, calendar: Calendar) -> Option<Wanted> {
    Some(Wanted { principal, start: Date::from_days(start)?, first: Date::from_days(first)?, rates, charge: charge?, calendar })
}

fn charge_of(kind: u8, cost: i64) -> Option<Charge> {
    match kind {
        0 => Some(Charge::Free),
        1 => Some(Charge::Fee(cost)),
        _ => Rate::from_ppm(u32::try_from(cost).ok()?).map(Charge::Interest),
    }
}

#[expect(clippy::cast_precision_loss, reason = "an amount stays below 2^53")]
fn tell(plan: &Plan, numbers: &mut Vec<f64>) {
    numbers.push(plan.wanted.rates.into());
    numbers.push(plan.annual_rate.hundredths().into());
    for rate in &plan.instalments {
        for number in [rate.due.days().into(), rate.amount, rate.cost] {
            numbers.push(number as f64);
        }
    }
}

/// The lower three bytes of a number, as letters
fn letters(code: u32) -> [u8; 3] {
    let [_, letters @ ..] = code.to_be_bytes();
    letters
}

/// A JavaScript number as a whole one; what is not whole JavaScript has refused
#[expect(clippy::cast_possible_truncation, reason = "safe integers are all that is handed in")]
fn whole(number: f64) -> i64 {
    number as i64
}

/// An address as JavaScript indexes the memory; wasm32 has no larger ones
fn address<T>(pointer: *const T) -> u32 {
    u32::try_from(pointer.addr()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(principal: i64, days: [&str; 2], rates: u8, charge: Option<Charge>, calendar: Calendar) -> Vec<f64> {
        let days = days.map(|day| Date::parse(day).unwrap().days());
        let mut numbers = Vec::new();
        if let Some(plan) = wanted(principal, days, rates, charge, calendar).and_then(|wanted| Plan::new(wanted).ok()) {
            tell(&plan, &mut numbers);
        }
        numbers
    }

    #[test]
    fn a_plan_is_told_as_numbers() {
        let day = |day: &str| f64::from(Date::parse(day).unwrap().days());
        // Christmas Day is a Friday, and the next working day the Monday after.
        let numbers = told(30_000, ["2026-11-21", "2026-12-25"], 2, charge_of(1, 301), Calendar::GermanyNationwide);
        assert_eq!(numbers, [2.0, 762.0, day("2026-12-28"), 15_151.0, 151.0, day("2027-01-25"), 15_150.0, 150.0]);
    }

    #[test]
    fn what_is_no_plan_is_told_as_nothing() {
        let days = ["2026-11-21", "2026-12-25"];
        let told = |principal, charge| told(principal, days, 2, charge, Calendar::WeekendsOnly);
        assert_eq!(told(1, charge_of(0, 0)), [0.0; 0], "too small");
        assert_eq!(told(30_000, charge_of(2, -1)), [0.0; 0], "no such interest");
        assert_eq!(told(30_000, charge_of(0, 0)).len(), 8);
        assert_eq!(wanted(30_000, [20_000, i32::MAX], 2, Some(Charge::Free), Calendar::WeekendsOnly), None, "no such day");
    }

    #[test]
    fn codes_are_letters() {
        assert_eq!(&letters(0x0045_5552), b"EUR");
        assert_eq!(letters(0x6465).get(1..), Some(&b"de"[..]));
    }
}
