//! When somebody answers, as JSON: `[{"days": ["mon", "tue"], "from": "08:00", "until": "20:00"}]`, by the clock where the shop is.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use tresen_core::date::Weekday;
use tresen_core::hours::{DAY_MINUTES, Hours, Span};

/// A part of some days of the week
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Open {
    /// `mon` to `sun`
    pub days: Vec<String>,
    /// From when on, such as `08:00`
    pub from: String,
    /// Before when, up to `24:00`
    pub until: String,
}

/// When somebody answers, as customers are told
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answered {
    /// By the days of the week; on public holidays nobody does
    pub open: Vec<Open>,
    /// Whether somebody does now
    pub now: bool,
    /// The same in words, by language (`de`, `en`, `fr`, `it`, `nl`), and until or from when on somebody does
    pub said: BTreeMap<String, String>,
}

/// A time of day as its minute, `00:00` to `24:00`
#[must_use]
pub fn minute(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':').filter(|_| text.len() == 5)?;
    let number = |digits: &str, most: u16| {
        let is_whole = digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.parse::<u16>().ok().filter(|number| is_whole && *number <= most)
    };
    let minute = number(hours, 24)?.checked_mul(60)?.checked_add(number(minutes, 59)?)?;
    (minute <= DAY_MINUTES).then_some(minute)
}

/// A minute of the day as people write it
#[must_use]
pub fn told(minute: u16) -> String {
    format!("{:02}:{:02}", minute.div_euclid(60), minute.rem_euclid(60))
}

/// The hours as they are written, days with the same spans together
#[must_use]
pub fn written(hours: &Hours) -> Vec<Open> {
    let mut open: Vec<Open> = Vec::new();
    for (day, spans) in Weekday::ALL.iter().zip(hours.days()) {
        for span in spans {
            let (from, until) = (told(span.from()), told(span.until()));
            match open.iter_mut().find(|open| open.from == from && open.until == until) {
                Some(open) => open.days.push(day.code().to_owned()),
                None => open.push(Open { days: vec![day.code().to_owned()], from, until }),
            }
        }
    }
    open
}

/// The hours that are meant; nothing where a day or a time is none, or spans of a day overlap or touch
#[must_use]
pub fn read(open: &[Open]) -> Option<Hours> {
    let mut hours = Hours::default();
    for Open { days, from, until } in open {
        let span = Span::new(minute(from)?, minute(until)?)?;
        for day in days {
            let day = Weekday::ALL.into_iter().find(|one| one.code() == day)?;
            hours.add(day, span).then_some(())?;
        }
    }
    Some(hours)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(days: &[&str], from: &str, until: &str) -> Open {
        Open { days: days.iter().map(|day| (*day).to_owned()).collect(), from: from.to_owned(), until: until.to_owned() }
    }

    #[test]
    fn a_time_of_day_is_two_digits_twice() {
        for (text, expected) in [("00:00", Some(0)), ("09:30", Some(570)), ("23:59", Some(1439)), ("24:00", Some(1440))] {
            assert_eq!(minute(text), expected, "{text}");
        }
        for text in ["24:01", "25:00", "12:60", "9:30", "09:3", "+9:30", "09.30", "0930", "", "é:30"] {
            assert_eq!(minute(text), None, "{text}");
        }
    }

    #[test]
    fn hours_are_written_as_they_are_read() {
        let said = [open(&["mon", "tue"], "08:00", "12:00"), open(&["mon", "tue"], "13:00", "24:00"), open(&["sun"], "09:15", "10:00")];
        assert_eq!(written(&read(&said).unwrap()), said);
        assert_eq!(read(&[]), Some(Hours::default()));
    }

    #[test]
    fn no_hours_are_read_from_what_is_none() {
        for wrong in [
            vec![open(&["mo"], "08:00", "12:00")],
            vec![open(&["mon"], "8:00", "12:00")],
            vec![open(&["mon"], "12:00", "12:00")],
            vec![open(&["mon"], "12:00", "08:00")],
            vec![open(&["mon", "mon"], "08:00", "12:00")],
            vec![open(&["mon"], "08:00", "12:00"), open(&["mon"], "12:00", "18:00")],
        ] {
            assert_eq!(read(&wrong), None, "{wrong:?}");
        }
    }
}
