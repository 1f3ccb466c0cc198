//! What a buyer gives for claims: a share of the face for each class of customers, for a time.
//!
//! **Invariant:** the class is that of the decision on the order. What the customer has become since does not matter, and what the sheet gives other
//! classes does not either.
//! **Invariant:** a sheet that says anything else is another sheet, with another name; in which order it names the classes says nothing.

use super::title::Agreed;
use crate::date::Date;
use crate::ident::{SaleId, SheetHash};
use crate::rate::Rate;
use alloc::string::String;
use alloc::vec::Vec;

/// Most classes of a sheet, as of a policy
pub const CLASSES_MAX: usize = 16;
/// Most bytes of a buyer's name, or of a class
pub const NAME_MAX: usize = 120;
/// Most days for which a sheet is valid
pub const DAYS_MAX: i32 = 366;

/// A price sheet
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceSheet {
    buyer: String,
    from: Date,
    until: Date,
    recourse: bool,
    /// In the order of the classes' names
    rates: Vec<(String, Rate)>,
}

/// What is wrong with a price sheet
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wrong {
    /// The buyer has no name, or too long a one
    Buyer,
    /// It ends before it begins
    Ends,
    /// It is valid for longer than [`DAYS_MAX`]
    TooLong,
    /// It gives a rate for no class
    NoRates,
    /// It has more than [`CLASSES_MAX`] classes
    TooMany,
    /// The class at that place has no name, or too long a one
    Class(usize),
    /// The class at that place was named before
    Twice(usize),
    /// Nothing is given for the class at that place
    Nothing(usize),
}

/// Why there is no price
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NotPriced {
    /// The sheet is not valid yet
    NotYet,
    /// It is valid no longer
    Expired,
    /// The decision on the order has no class, or there was none
    NoClass,
    /// The sheet has no rate for the class
    NoRate,
}

impl NotPriced {
    /// All of them
    pub const ALL: [Self; 4] = [Self::NotYet, Self::Expired, Self::NoClass, Self::NoRate];

    /// The code, the same for ever
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NotYet => "sheet.not_yet",
            Self::Expired => "sale.sheet_expired",
            Self::NoClass => "sheet.no_class",
            Self::NoRate => "sheet.no_rate",
        }
    }
}

impl PriceSheet {
    /// A sheet of a buyer, valid from a day to another, both included
    ///
    /// # Errors
    ///
    /// All that is wrong with it.
    pub fn new(buyer: String, (from, until): (Date, Date), recourse: bool, rates: Vec<(String, Rate)>) -> Result<Self, Vec<Wrong>> {
        let mut wrong = Vec::new();
        let is_name = |name: &str| !name.trim().is_empty() && name.len() <= NAME_MAX;
        let mut note = |holds: bool, what: Wrong| {
            if !holds {
                wrong.push(what);
            }
        };
        note(is_name(&buyer), Wrong::Buyer);
        note(from <= until, Wrong::Ends);
        note(until.days_since(from) < DAYS_MAX, Wrong::TooLong);
        note(!rates.is_empty(), Wrong::NoRates);
        note(rates.len() <= CLASSES_MAX, Wrong::TooMany);
        for (place, (class, rate)) in rates.iter().enumerate() {
            note(is_name(class), Wrong::Class(place));
            note(!rates.iter().take(place).any(|(other, _)| other == class), Wrong::Twice(place));
            note(*rate > Rate::ZERO, Wrong::Nothing(place));
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let mut rates = rates;
        rates.sort();
        Ok(Self { buyer, from, until, recourse, rates })
    }

    /// The merchant's name of the buyer
    #[must_use]
    pub fn buyer(&self) -> &str {
        &self.buyer
    }

    /// The first and the last day on which it is valid
    #[must_use]
    pub fn valid(&self) -> (Date, Date) {
        (self.from, self.until)
    }

    /// Whether the buyer may give back what is not paid
    #[must_use]
    pub fn recourse(&self) -> bool {
        self.recourse
    }

    /// The classes and what is given for each, in the order of their names
    pub fn rates(&self) -> impl Iterator<Item = (&str, Rate)> {
        self.rates.iter().map(|(class, rate)| (class.as_str(), *rate))
    }

    /// Which share of the face is given for a class
    #[must_use]
    pub fn rate(&self, class: &str) -> Option<Rate> {
        self.rates.iter().find(|(one, _)| one == class).map(|(_, rate)| *rate)
    }

    /// What is given for a claim of so much, rounded half up to whole minor units
    #[must_use]
    pub fn price(&self, face_minor: i64, class_at_order: &str) -> Option<i64> {
        self.rate(class_at_order).map(|rate| rate.of(face_minor))
    }

    /// What is agreed about a claim of that class when it is sold by this sheet, which bears that name
    ///
    /// # Errors
    ///
    /// [`NotPriced`]: it is not the day for the sheet, or it says nothing about the class.
    pub fn agree(&self, name: &SheetHash, sale: &SaleId, class_at_order: Option<&str>, on: Date) -> Result<Agreed, NotPriced> {
        if on < self.from {
            return Err(NotPriced::NotYet);
        }
        if on > self.until {
            return Err(NotPriced::Expired);
        }
        let class = class_at_order.ok_or(NotPriced::NoClass)?;
        let rate = self.rate(class).ok_or(NotPriced::NoRate)?;
        Ok(Agreed {
            sale: sale.clone(),
            buyer: self.buyer.clone(),
            sheet: name.clone(),
            class: class.into(),
            rate,
            until: self.until,
            recourse: self.recourse,
        })
    }

    /// All that it says, in one order: what it is named by
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::from(*b"tresen-sheet-1");
        let text = |bytes: &mut Vec<u8>, text: &str| {
            bytes.extend(u32::try_from(text.len()).unwrap_or(u32::MAX).to_be_bytes());
            bytes.extend(text.as_bytes());
        };
        text(&mut bytes, &self.buyer);
        bytes.extend(self.from.days().to_be_bytes());
        bytes.extend(self.until.days().to_be_bytes());
        bytes.push(self.recourse.into());
        for (class, rate) in &self.rates {
            text(&mut bytes, class);
            bytes.extend(rate.ppm().to_be_bytes());
        }
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString as _;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn rates(all: &[(&str, &str)]) -> Vec<(String, Rate)> {
        all.iter().map(|(class, rate)| (class.to_string(), Rate::parse(rate).unwrap())).collect()
    }

    fn sheet(all: &[(&str, &str)]) -> Result<PriceSheet, Vec<Wrong>> {
        PriceSheet::new("Factor Nord".into(), (day("2026-11-01"), day("2026-11-30")), true, rates(all))
    }

    #[test]
    fn all_that_is_wrong_is_said_at_once() {
        let backwards =
            PriceSheet::new(" ".into(), (day("2026-11-02"), day("2026-11-01")), false, rates(&[("", "0.9"), ("A", "0"), ("A", "1")]));
        assert_eq!(backwards, Err(Vec::from([Wrong::Buyer, Wrong::Ends, Wrong::Class(0), Wrong::Nothing(1), Wrong::Twice(2)])));
        assert_eq!(sheet(&[]), Err(Vec::from([Wrong::NoRates])));
        let many =
            |count: usize| (0..count).map(|place| ("x".repeat(place.saturating_add(1)), Rate::parse("0.5").unwrap())).collect::<Vec<_>>();
        let of = |count| PriceSheet::new("B".into(), (day("2026-11-01"), day("2026-11-01")), false, many(count)).err();
        assert_eq!((of(CLASSES_MAX), of(CLASSES_MAX.saturating_add(1))), (None, Some(Vec::from([Wrong::TooMany]))));
        let lasts =
            |days| PriceSheet::new("B".into(), (day("2026-11-01"), day("2026-11-01").plus_days(days)), false, rates(&[("A", "1")])).err();
        assert_eq!((lasts(DAYS_MAX.saturating_sub(1)), lasts(DAYS_MAX)), (None, Some(Vec::from([Wrong::TooLong]))));
        let long = |length| PriceSheet::new("n".repeat(length), (day("2026-11-01"), day("2026-11-01")), false, rates(&[("A", "1")])).err();
        assert_eq!((long(NAME_MAX), long(NAME_MAX.saturating_add(1))), (None, Some(Vec::from([Wrong::Buyer]))));
    }

    #[test]
    fn a_price_is_half_up_and_a_class_without_a_rate_has_none() {
        let sheet = sheet(&[("B", "0.925"), ("A", "0.975")]).unwrap();
        assert_eq!(
            (sheet.price(20_000, "B"), sheet.price(20, "B"), sheet.price(19, "A"), sheet.price(1, "C")),
            (Some(18_500), Some(19), Some(19), None)
        );
    }

    #[test]
    fn it_is_valid_from_its_first_day_to_its_last() {
        let (sheet, name, sale) = (sheet(&[("B", "0.925")]).unwrap(), SheetHash::from_bytes([1; 32]), SaleId::from_bytes([2; 16]));
        let agreed =
            |class: Option<&str>, on: &str| sheet.agree(&name, &sale, class, day(on)).map(|agreed| (agreed.rate.ppm(), agreed.until));
        let given = Ok((925_000, day("2026-11-30")));
        assert_eq!(agreed(Some("B"), "2026-10-31"), Err(NotPriced::NotYet));
        assert_eq!((agreed(Some("B"), "2026-11-01"), agreed(Some("B"), "2026-11-30")), (given, given));
        assert_eq!(agreed(Some("B"), "2026-12-01"), Err(NotPriced::Expired));
        assert_eq!((agreed(None, "2026-11-02"), agreed(Some("C"), "2026-11-02")), (Err(NotPriced::NoClass), Err(NotPriced::NoRate)));
    }

    #[test]
    fn only_the_order_of_its_classes_says_nothing() {
        let one = sheet(&[("A", "0.9"), ("B", "0.8")]).unwrap().to_bytes();
        assert_eq!(one, sheet(&[("B", "0.8"), ("A", "0.9")]).unwrap().to_bytes());
        for other in [&[("A", "0.9"), ("B", "0.800001")][..], &[("A", "0.9")], &[("A", "0.8"), ("B", "0.9")], &[("AB", "0.9"), ("", "0.8")]]
        {
            assert!(sheet(other).map_or(true, |sheet| sheet.to_bytes() != one), "{other:?}");
        }
    }
}
