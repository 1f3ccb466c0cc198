//! On which day a debt is due that would be due on that one.

use super::read::Reader;
use serde::{Deserialize, Serialize};
use tresen_core::diag::Diagnostic;
use tresen_core::law::due_day::due_day;

/// What is asked
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DueDateAsked {
    /// The country where the debt is paid
    pub market: String,
    /// The state whose holidays count; without one, a holiday in any state does
    #[serde(default)]
    pub region: Option<String>,
    /// The day
    pub date: String,
}

/// The answer
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DueDateFound {
    /// The day on which it is due
    pub due_date: String,
    /// Whether that is another day
    pub moved: bool,
    /// Whether the customer has a right to the later day; nothing where the market's law was not read
    pub moves_by_law: Option<bool>,
    /// Where it is written
    pub source: Option<&'static str>,
}

/// The day on which it is due
///
/// # Errors
///
/// Every mistake, under codes that begin with `law.`.
pub fn due_date(asked: &DueDateAsked) -> Result<DueDateFound, Vec<Diagnostic>> {
    let mut reader = Reader::default();
    let market = reader.market(&asked.market, "/market");
    let calendar = market.and_then(|market| reader.calendar(market, asked.region.as_deref()));
    let day = reader.day(&asked.date, "/date");
    let answer = market.zip(calendar).zip(day).map(|((market, calendar), day)| {
        let (due, rule) = (calendar.due(day), due_day(market));
        DueDateFound {
            due_date: due.to_iso(),
            moved: due != day,
            moves_by_law: rule.map(|rule| rule.moves),
            source: rule.map(|rule| rule.source),
        }
    });
    reader.finish(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(market: &str, region: Option<&str>, date: &str) -> Result<(String, bool), Vec<(&'static str, String)>> {
        let asked = DueDateAsked { market: market.to_owned(), region: region.map(str::to_owned), date: date.to_owned() };
        due_date(&asked)
            .map(|found| (found.due_date, found.moved))
            .map_err(|mistakes| mistakes.into_iter().map(|one| (one.code, one.at)).collect())
    }

    #[test]
    fn the_state_where_it_is_paid_counts_and_any_where_none_is_named() {
        let moved = |day: &str| Ok((day.to_owned(), true));
        assert_eq!(found("DE", None, "2026-10-03"), moved("2026-10-05"));
        assert_eq!(found("DE", Some("BE"), "2027-10-30"), moved("2027-11-01"));
        assert_eq!(found("DE", Some("NW"), "2027-10-30"), moved("2027-11-02"));
        assert_eq!(found("DE", None, "2027-10-30"), moved("2027-11-02"));
        assert_eq!(found("DE", Some("BE"), "2026-12-24"), Ok(("2026-12-24".to_owned(), false)));
    }

    #[test]
    fn every_mistake_is_told_at_its_place() {
        let expected = [("law.region.unknown", "/region"), ("law.date.malformed", "/date")];
        assert_eq!(found("DE", Some("XX"), "2026-02-29"), Err(expected.map(|(code, at)| (code, at.to_owned())).into()));
        assert_eq!(found("AT", Some("BE"), "2026-10-03"), Err(vec![("law.region.unknown", "/region".to_owned())]));
    }
}
