//! The public holidays of the sixteen German states, by rule.

use crate::date::{Date, Weekday};

macro_rules! regions {
    ($($name:ident = $index:literal $doc:literal),+ $(,)?) => {
        /// A German state (ISO 3166-2 without `DE-`), in the order of the fact `billing.region`
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Region { $(#[doc = $doc] $name),+ }

        impl Region {
            /// The state at that place of the fact's choices
            #[must_use]
            pub fn from_index(index: i64) -> Option<Self> {
                match index { $($index => Some(Self::$name),)+ _ => None }
            }

            /// One bit a state
            #[must_use]
            pub const fn bit(self) -> u16 {
                match self { $(Self::$name => 1 << $index),+ }
            }
        }
    };
}

regions! {
    BB = 0 "Brandenburg", BE = 1 "Berlin", BW = 2 "Baden-Württemberg", BY = 3 "Bavaria", HB = 4 "Bremen", HE = 5 "Hesse",
    HH = 6 "Hamburg", MV = 7 "Mecklenburg-Western Pomerania", NI = 8 "Lower Saxony", NW = 9 "North Rhine-Westphalia",
    RP = 10 "Rhineland-Palatinate", SH = 11 "Schleswig-Holstein", SL = 12 "Saarland", SN = 13 "Saxony", ST = 14 "Saxony-Anhalt", TH = 15 "Thuringia",
}

impl Region {
    /// All sixteen
    pub const ALL: u16 = u16::MAX;
}

const fn of(regions: &[Region]) -> u16 {
    let mut bits = 0;
    let mut rest = regions;
    while let [first, others @ ..] = rest {
        bits |= first.bit();
        rest = others;
    }
    bits
}

const EPIPHANY: u16 = of(&[Region::BW, Region::BY, Region::ST]);
const CORPUS_CHRISTI: u16 = of(&[Region::BW, Region::BY, Region::HE, Region::NW, Region::RP, Region::SL]);
const ALL_SAINTS: u16 = of(&[Region::BW, Region::BY, Region::NW, Region::RP, Region::SL]);
const REFORMATION_EAST: u16 = of(&[Region::BB, Region::MV, Region::SN, Region::ST, Region::TH]);
const REFORMATION_NORTH: u16 = of(&[Region::HB, Region::HH, Region::NI, Region::SH]);

/// A holiday on the same day of every year: month, day, the states, the first and the last year in which they keep it
type Fixed = (u8, u8, u16, i32, i32);

const EVER: i32 = 1900;
const STILL: i32 = 2199;

#[rustfmt::skip]
static FIXED: [Fixed; 17] = [
    (1, 1, Region::ALL, EVER, STILL),
    (1, 6, EPIPHANY, EVER, STILL),
    // International Women's Day.
    (3, 8, Region::BE.bit(), 2019, STILL),
    (3, 8, Region::MV.bit(), 2023, STILL),
    (5, 1, Region::ALL, EVER, STILL),
    // Seventy-five and eighty years since the end of the war: in Berlin, in these two years.
    (5, 8, Region::BE.bit(), 2020, 2020),
    (5, 8, Region::BE.bit(), 2025, 2025),
    // Seventy-five years since the uprising of 1953: once, in Berlin.
    (6, 17, Region::BE.bit(), 2028, 2028),
    (8, 15, Region::SL.bit(), EVER, STILL),
    (9, 20, Region::TH.bit(), 2019, STILL),
    (10, 3, Region::ALL, EVER, STILL),
    // Everywhere in the year of the five hundredth Reformation Day.
    (10, 31, Region::ALL, 2017, 2017),
    (10, 31, REFORMATION_EAST, EVER, STILL),
    (10, 31, REFORMATION_NORTH, 2018, STILL),
    (11, 1, ALL_SAINTS, EVER, STILL),
    (12, 25, Region::ALL, EVER, STILL),
    (12, 26, Region::ALL, EVER, STILL),
];

/// The states that keep that day as a public holiday, one bit each
pub(super) fn regions_keeping(day: Date) -> u16 {
    let (year, month, number) = day.ymd();
    let mut regions = movable(day, year);
    for (in_month, on, keeping, first, last) in &FIXED {
        if month == *in_month && number == *on && year >= *first && year <= *last {
            regions |= keeping;
        }
    }
    // Day of repentance and prayer: the Wednesday before 23 November.
    if month == 11 && (16..=22).contains(&number) && day.weekday() == Weekday::Wednesday {
        regions |= Region::SN.bit();
    }
    regions
}

/// Holidays at a fixed distance from Easter Sunday
fn movable(day: Date, year: i32) -> u16 {
    // Nothing that moves with Easter lies outside 20 March to 24 June.
    match easter_sunday(year).map(|easter| day.days_since(easter)) {
        Some(-2 | 1 | 39 | 50) => Region::ALL,
        Some(0 | 49) => Region::BB.bit(),
        Some(60) => CORPUS_CHRISTI,
        _ => 0,
    }
}

/// Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)
#[expect(clippy::arithmetic_side_effects, reason = "years lie in 1900 to 2199, so every step stays far inside i32")]
fn easter_sunday(year: i32) -> Option<Date> {
    let golden = year % 19;
    let century = year / 100;
    let leap_correction = century - century / 4 - (8 * century + 13) / 25;
    let epact = (leap_correction + 19 * golden + 15) % 30;
    let moon = epact - (epact / 28) * (1 - (epact / 28) * (29 / (epact + 1)) * ((21 - golden) / 11));
    let weekday = (year + year / 4 + moon + 2 - century + century / 4) % 7;
    let offset = moon - weekday;
    let month = 3 + (offset + 40) / 44;
    let day = offset + 28 - 31 * (month / 4);
    Date::from_ymd(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_falls_where_the_church_keeps_it() {
        for (year, day) in [
            (1961, "1961-04-02"),
            (2000, "2000-04-23"),
            (2008, "2008-03-23"),
            (2024, "2024-03-31"),
            (2025, "2025-04-20"),
            (2026, "2026-04-05"),
            (2027, "2027-03-28"),
            (2038, "2038-04-25"),
            (2100, "2100-03-28"),
        ] {
            assert_eq!(easter_sunday(year), Date::parse(day), "{year}");
        }
    }
}
