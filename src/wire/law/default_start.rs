//! When a debtor is in default, and on what ground.

use super::Party;
use super::read::Reader;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use tresen_core::date::Date;
use tresen_core::diag::Diagnostic;
use tresen_core::law::default_start::{self, Circumstances, DefaultStart};

/// What happened around a debt
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DefaultAsked {
    /// The country whose law counts
    pub market: String,
    /// The state whose holidays move the end of a term; without one, a holiday in any state does
    #[serde(default)]
    pub region: Option<String>,
    /// Who owes
    pub party: Party,
    /// The day on which it is due
    pub due: String,
    /// Whether that day was agreed by the calendar
    #[serde(default)]
    pub agreed_by_calendar: bool,
    /// When the invoice came
    #[serde(default)]
    pub invoice_received: Option<String>,
    /// Whether it says what follows after thirty days
    #[serde(default)]
    pub notice_included: bool,
    /// The first reminder
    #[serde(default)]
    pub reminder: Option<Reminder>,
    /// When payment was refused for good
    #[serde(default)]
    pub refused: Option<String>,
}

/// A demand for payment
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reminder {
    /// When it came
    pub received: String,
    /// The last day of the term it gives
    #[serde(default)]
    pub pay_by: Option<String>,
}

/// The answer
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DefaultFound {
    /// The first day in default, if all stays unpaid
    pub start: Option<String>,
    /// Its ground
    pub ground: Option<&'static str>,
    /// The day on which it is due, moved
    pub due_date: Option<String>,
    /// Each ground: its day, or why it does not apply
    pub grounds: BTreeMap<&'static str, Considered>,
    /// Where it is written; nothing where the market's law was not read
    pub source: Option<&'static str>,
}

/// What a ground gives
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Considered {
    /// The first day in default
    Start(String),
    /// Why it does not apply
    Missing(&'static str),
}

/// When the debtor is in default
///
/// # Errors
///
/// Every mistake, under codes that begin with `law.`.
pub fn default_start(asked: &DefaultAsked) -> Result<DefaultFound, Vec<Diagnostic>> {
    let mut reader = Reader::default();
    let answer = circumstances(asked, &mut reader).map(|read| told(default_start::default_start(&read)));
    reader.finish(answer)
}

fn circumstances(asked: &DefaultAsked, reader: &mut Reader) -> Option<Circumstances> {
    let market = reader.market(&asked.market, "/market");
    let calendar = market.and_then(|market| reader.calendar(market, asked.region.as_deref()));
    let due = reader.day(&asked.due, "/due");
    let invoice_received = reader.maybe_day(asked.invoice_received.as_deref(), "/invoice_received");
    let reminder = asked.reminder.as_ref().map_or(Some(None), |reminder| {
        let received = reader.day(&reminder.received, "/reminder/received");
        let pay_by = reader.maybe_day(reminder.pay_by.as_deref(), "/reminder/pay_by");
        received.zip(pay_by).map(|(received, pay_by)| Some(default_start::Reminder { received, pay_by }))
    });
    let refused = reader.maybe_day(asked.refused.as_deref(), "/refused");
    Some(Circumstances {
        market: market?,
        party: asked.party.to_core(),
        calendar: calendar?,
        due: due?,
        agreed_by_calendar: asked.agreed_by_calendar,
        invoice_received: invoice_received?,
        notice_included: asked.notice_included,
        reminder: reminder?,
        refused: refused?,
    })
}

fn told(found: Option<DefaultStart>) -> DefaultFound {
    let start = found.and_then(|found| found.start);
    let grounds = found.iter().flat_map(|found| &found.grounds).map(|(ground, day)| {
        let considered = match day {
            Ok(day) => Considered::Start(day.to_iso()),
            Err(missing) => Considered::Missing(missing.code()),
        };
        (ground.code(), considered)
    });
    DefaultFound {
        start: start.map(|(day, _)| day.to_iso()),
        ground: start.map(|(_, ground)| ground.code()),
        due_date: found.map(|found| Date::to_iso(found.due)),
        grounds: grounds.collect(),
        source: found.map(|found| found.source),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(json: &str) -> Result<DefaultFound, Vec<(&'static str, String)>> {
        let told = default_start(&serde_json::from_str(json).unwrap());
        told.map_err(|mistakes| mistakes.into_iter().map(|one| (one.code, one.at)).collect())
    }

    #[test]
    fn each_ground_has_its_day_or_why_not() {
        let one = found(
            r#"{"market": "DE", "region": "BE", "party": "consumer", "due": "2026-10-03", "invoice_received": "2026-09-20",
            "reminder": {"received": "2026-10-10", "pay_by": "2026-10-17"}}"#,
        )
        .unwrap();
        assert_eq!((one.due_date.as_deref(), one.start.as_deref(), one.ground), (Some("2026-10-05"), Some("2026-10-20"), Some("reminder")));
        assert_eq!(one.grounds["thirty_days"], Considered::Missing("no_notice"));
        assert_eq!(one.grounds["reminder"], Considered::Start("2026-10-20".into()));
        assert_eq!(one.grounds.len(), 4);
        let unread = found(r#"{"market": "FR", "party": "consumer", "due": "2026-10-03", "agreed_by_calendar": true}"#).unwrap();
        assert_eq!((unread.start, unread.source, unread.grounds.len()), (None, None, 0));
    }

    #[test]
    fn every_mistake_is_told_at_its_place() {
        let mistakes = found(
            r#"{"market": "DE", "region": "Berlin", "party": "consumer", "due": "1", "invoice_received": "2", "refused": "5",
            "reminder": {"received": "3", "pay_by": "4"}}"#,
        );
        let at = ["/due", "/invoice_received", "/reminder/received", "/reminder/pay_by", "/refused"];
        let mut expected = vec![("law.region.unknown", "/region".to_owned())];
        expected.extend(at.map(|at| ("law.date.malformed", at.to_owned())));
        assert_eq!(mistakes, Err(expected));
    }
}
