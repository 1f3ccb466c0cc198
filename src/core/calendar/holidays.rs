//! Which day is a public holiday where: one table for all countries, a bit for every place with holidays of its own.
//!
//! A country is added as a bit, and in the rows of the days that it keeps. Sources:
//!
//! * Germany: the holiday laws of the states, as of 2026.
//! * Austria: Feiertagsruhegesetz 1957 (BGBl. 1957/153) section 1 and Arbeitsruhegesetz section 7, thirteen days, the same in every state.
//!   Good Friday is a day on which no term ends (European Convention on the Calculation of Time-Limits, BGBl. 1983/254, Article 5, as
//!   Austria declared under Article 11). Feasts of a state's patron are no holidays.
//! * Netherlands: Algemene termijnenwet Article 3(1), and Good Friday by Article 3(2). Days that a decree puts on a level with these for some
//!   years (Article 3(3), mostly the Friday after Ascension) are working days otherwise, and not counted.
//! * TARGET: six days beside the weekends, the same from 2002 on (long-term calendar of the ECB's Governing Council, 14 December 2000).

use super::germany::Region;
use crate::date::{Date, Weekday};

/// Places that keep a day, one bit each: the sixteen German states from the lowest up, then countries that are one
pub(super) type Places = u32;

pub(super) const ANY_STATE: Places = 0xffff;
pub(super) const AUSTRIA: Places = 1 << 16;
pub(super) const NETHERLANDS: Places = 1 << 17;
/// Germany as a whole: what every state keeps, by one row of the table
pub(super) const NATIONWIDE: Places = 1 << 18;
/// The payment system of the euro, which is no place but keeps days of its own
pub(super) const TARGET: Places = 1 << 19;
const GERMANY: Places = ANY_STATE | NATIONWIDE;
const EVERYWHERE: Places = GERMANY | AUSTRIA | NETHERLANDS;

const fn of(regions: &[Region]) -> Places {
    let mut bits = 0;
    let mut rest = regions;
    while let [first, others @ ..] = rest {
        bits |= first.bit();
        rest = others;
    }
    bits
}

const EPIPHANY: Places = of(&[Region::BW, Region::BY, Region::ST]) | AUSTRIA;
const CORPUS_CHRISTI: Places = of(&[Region::BW, Region::BY, Region::HE, Region::NW, Region::RP, Region::SL]) | AUSTRIA;
const ASSUMPTION: Places = Region::SL.bit() | AUSTRIA;
const ALL_SAINTS: Places = of(&[Region::BW, Region::BY, Region::NW, Region::RP, Region::SL]) | AUSTRIA;
const REFORMATION_EAST: Places = of(&[Region::BB, Region::MV, Region::SN, Region::ST, Region::TH]);
const REFORMATION_NORTH: Places = of(&[Region::HB, Region::HH, Region::NI, Region::SH]);

/// Years are counted from here, so that one fits into a byte
const EVER: i32 = 1900;
const STILL: i32 = EVER + 255;

/// A holiday on the same day of every year: month, day, the first and the last year, and who keeps it
struct Fixed(u8, u8, u8, u8, Places);

const fn fixed(month: u8, day: u8, first: i32, last: i32, places: Places) -> Fixed {
    Fixed(month, day, first.saturating_sub(EVER) as u8, last.saturating_sub(EVER) as u8, places)
}

#[rustfmt::skip]
static FIXED: [Fixed; 22] = [
    fixed(1, 1, EVER, STILL, EVERYWHERE | TARGET),
    fixed(1, 6, EVER, STILL, EPIPHANY),
    // International Women's Day.
    fixed(3, 8, 2019, STILL, Region::BE.bit()),
    fixed(3, 8, 2023, STILL, Region::MV.bit()),
    // When the birthday of the King is celebrated, and until 2013 that of the Queen; where it would be a Sunday, the Saturday before.
    fixed(4, 27, 2014, STILL, NETHERLANDS),
    fixed(4, 30, 1949, 2013, NETHERLANDS),
    fixed(5, 1, EVER, STILL, GERMANY | AUSTRIA | TARGET),
    fixed(5, 5, EVER, STILL, NETHERLANDS),
    // Seventy-five and eighty years since the end of the war: in Berlin, in these two years.
    fixed(5, 8, 2020, 2020, Region::BE.bit()),
    fixed(5, 8, 2025, 2025, Region::BE.bit()),
    // Seventy-five years since the uprising of 1953: once, in Berlin.
    fixed(6, 17, 2028, 2028, Region::BE.bit()),
    fixed(8, 15, EVER, STILL, ASSUMPTION),
    fixed(9, 20, 2019, STILL, Region::TH.bit()),
    fixed(10, 3, EVER, STILL, GERMANY),
    fixed(10, 26, EVER, STILL, AUSTRIA),
    // Everywhere in Germany in the year of the five hundredth Reformation Day.
    fixed(10, 31, 2017, 2017, GERMANY),
    fixed(10, 31, EVER, STILL, REFORMATION_EAST),
    fixed(10, 31, 2018, STILL, REFORMATION_NORTH),
    fixed(11, 1, EVER, STILL, ALL_SAINTS),
    fixed(12, 8, EVER, STILL, AUSTRIA),
    fixed(12, 25, EVER, STILL, EVERYWHERE | TARGET),
    fixed(12, 26, EVER, STILL, EVERYWHERE | TARGET),
];

/// Holidays at a fixed distance from Easter Sunday, in days
static MOVABLE: [(i8, Places); 7] = [
    (-2, EVERYWHERE | TARGET),
    (0, Region::BB.bit()),
    (1, EVERYWHERE | TARGET),
    (39, EVERYWHERE),
    (49, Region::BB.bit()),
    (50, EVERYWHERE),
    (60, CORPUS_CHRISTI),
];

/// The places that keep that day as a public holiday
pub(super) fn keeping(day: Date) -> Places {
    let (year, month, number) = day.ymd();
    let mut places = 0;
    for Fixed(in_month, on, first, last, keep) in &FIXED {
        if month == *in_month && number == *on && (i32::from(*first)..=i32::from(*last)).contains(&year.wrapping_sub(EVER)) {
            places |= keep;
        }
    }
    let from_easter = easter_sunday(year).map(|easter| day.days_since(easter));
    for (days, keep) in &MOVABLE {
        if from_easter == Some((*days).into()) {
            places |= keep;
        }
    }
    // Day of repentance and prayer: the Wednesday before 23 November.
    if month == 11 && (16..=22).contains(&number) && day.weekday() == Weekday::Wednesday {
        places |= Region::SN.bit();
    }
    places
}

/// Easter Sunday of the Gregorian calendar: the Sunday after the full moon of the church's table (Meeus, Jones and Butcher)
#[expect(clippy::arithmetic_side_effects, reason = "years lie in 1900 to 2199, so every step stays far inside i32")]
fn easter_sunday(year: i32) -> Option<Date> {
    let golden = year % 19;
    let century = year / 100;
    let leap_correction = century - century / 4 - (8 * century + 13) / 25;
    let epact = (leap_correction + 19 * golden + 15) % 30;
    // The table has no moon on 19 April, but one on the 18th; the second of two on the 18th in nineteen years is a day earlier as well.
    let early = i32::from(epact + i32::from(golden > 10) > 28);
    let after_the_moon = Date::from_ymd(year, 3, 22)?.plus_days(epact - early);
    Some(after_the_moon.plus_days(6 - i32::from(after_the_moon.weekday().days_from_monday())))
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
