//! Days as banks write them.

use crate::shown::shown;
use tresen_core::date::Date;
use tresen_core::diag::Diagnostic;

/// Reads `2026-11-24`, `2026-11-24T…`, `24.11.2026` or `24.11.26`
pub fn day(text: &str, at: &str) -> Result<String, Diagnostic> {
    let text = text.trim();
    let found = Date::parse(text.get(..10).filter(|_| text.get(10..11) == Some("T")).unwrap_or(text)).or_else(|| german(text));
    found.map(Date::to_iso).ok_or_else(|| {
        let message = format!("{} is no day", shown(text));
        Diagnostic::error("statement.day", at, message, "write a day that exists, such as `2026-11-24` or `24.11.2026`")
    })
}

fn german(text: &str) -> Option<Date> {
    let mut parts = text.split('.');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if parts.next().is_some() || ![day, month, year].into_iter().all(digits) || !(1..=2).contains(&day.len()) {
        return None;
    }
    let year = match year.len() {
        2 => year.parse::<i32>().ok()?.checked_add(2000)?,
        4 => year.parse().ok()?,
        _ => return None,
    };
    Date::from_ymd(year, month.parse().ok()?, day.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_banks_write_them() {
        for text in ["2026-11-24", "2026-11-24T23:59:59+01:00", "24.11.2026", "24.11.26", " 24.11.2026 "] {
            assert_eq!(day(text, "line 2").as_deref(), Ok("2026-11-24"), "{text}");
        }
        assert_eq!(day("1.3.2026", "line 2").as_deref(), Ok("2026-03-01"));
        for text in ["", "11/24/2026", "31.02.2026", "24.11.", "24.11.2026.", "2026-11-31", "24-11-2026", "2026-11-24 10:00", "+1.3.2026"] {
            assert_eq!(day(text, "line 2").map_err(|problem| problem.code), Err("statement.day"), "{text}");
        }
    }
}
