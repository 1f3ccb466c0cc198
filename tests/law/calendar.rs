//! The holidays against tables that were made elsewhere, day by day, and the days to which a due date moves.

use serde::Deserialize;
use std::collections::BTreeMap;
use tresen_core::calendar::{Calendar, Region};
use tresen_core::date::{Date, Weekday};
use tresen_core::facts::known;

#[derive(Deserialize)]
struct Table {
    years: BTreeMap<i32, Year>,
    shift: Vec<Shift>,
}

#[derive(Deserialize)]
struct Year {
    nationwide: Vec<String>,
    #[serde(default)]
    states: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct Shift {
    due: String,
    state: Option<String>,
    expected: String,
    why: String,
}

fn table(text: &str) -> Table {
    serde_json::from_str(text).unwrap()
}

fn state(code: &str) -> Region {
    let place = known::BILLING_REGION.choices().iter().position(|known| *known == code).unwrap();
    Region::from_index(place as i64).unwrap()
}

/// Each day of those years is free where it is a weekend or stands in the table, and nowhere else.
fn check(years: &BTreeMap<i32, Year>, calendar: Calendar, own: Option<&str>) {
    assert!(!years.is_empty());
    for (year, listed) in years {
        let mut holidays: Vec<&str> = listed.nationwide.iter().map(String::as_str).collect();
        holidays.extend(own.and_then(|state| listed.states.get(state)).into_iter().flatten().map(String::as_str));
        let mut day = Date::from_ymd(*year, 1, 1).unwrap();
        while day.ymd().0 == *year {
            let is_weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
            let iso = day.to_iso();
            assert_eq!(calendar.is_free(day), is_weekend || holidays.contains(&iso.as_str()), "{calendar:?} {iso}");
            day = day.plus_days(1);
        }
    }
}

fn moves(shifts: &[Shift], calendar: impl Fn(&Shift) -> Calendar) {
    assert!(!shifts.is_empty());
    for shift in shifts {
        assert_eq!(calendar(shift).due(Date::parse(&shift.due).unwrap()).to_iso(), shift.expected, "{}: {}", shift.due, shift.why);
    }
}

#[test]
fn the_german_states_keep_what_the_table_says() {
    let Table { years, shift } = table(include_str!("../corpus/calendar/de_holidays.json"));
    check(&years, Calendar::GermanyNationwide, None);
    for code in known::BILLING_REGION.choices() {
        check(&years, Calendar::GermanyRegion(state(code)), Some(code));
    }
    moves(&shift, |shift| Calendar::GermanyRegion(state(shift.state.as_deref().unwrap())));
}

#[test]
fn austria_and_the_netherlands_keep_what_the_tables_say() {
    for (text, calendar) in [
        (include_str!("../corpus/calendar/at_holidays.json"), Calendar::Austria),
        (include_str!("../corpus/calendar/nl_holidays.json"), Calendar::Netherlands),
    ] {
        let Table { years, shift } = table(text);
        check(&years, calendar, None);
        moves(&shift, |_| calendar);
    }
}
