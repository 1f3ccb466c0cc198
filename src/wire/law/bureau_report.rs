//! Whether a claim may be told to a credit bureau.

use super::read::Reader;
use serde::{Deserialize, Serialize};
use tresen_core::date::Date;
use tresen_core::diag::Diagnostic;
use tresen_core::law::bureau_report::{self, Course, Missing};

/// What happened to a claim
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportAsked {
    /// The country whose law counts
    pub market: String,
    /// The day on which it would be told
    pub on: String,
    /// The last day on which payment was in time
    pub due: String,
    /// The days on which written reminders reached the debtor
    #[serde(default)]
    pub reminders: Vec<String>,
    /// The day on which the debtor was told that a bureau may take the claim into account
    #[serde(default)]
    pub told: Option<String>,
    /// Whether the debtor disputes it
    pub disputed: bool,
}

/// The answer
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReportFound {
    /// Whether it may be told; nothing where the market's law was not read
    pub may_be_told: Option<bool>,
    /// `two_reminders`, `four_weeks`, `warning` or `undisputed`
    pub missing: Vec<&'static str>,
    /// The first day on which nothing is missing, where time alone is
    pub from: Option<String>,
    /// Where it is written
    pub source: Option<&'static str>,
}

/// Whether a claim may be told to a credit bureau
///
/// # Errors
///
/// Every mistake, under codes that begin with `law.`.
pub fn bureau_report(asked: &ReportAsked) -> Result<ReportFound, Vec<Diagnostic>> {
    let mut reader = Reader::default();
    let market = reader.market(&asked.market, "/market");
    let (on, due) = (reader.day(&asked.on, "/on"), reader.day(&asked.due, "/due"));
    let reminders: Vec<Option<Date>> =
        asked.reminders.iter().enumerate().map(|(place, day)| reader.day(day, &format!("/reminders/{place}"))).collect();
    let told = reader.maybe_day(asked.told.as_deref(), "/told");
    let days = on.zip(due).zip(reminders.into_iter().collect::<Option<Vec<_>>>());
    let answer = market.zip(days).zip(told).map(|((market, ((on, due), reminders)), told)| {
        let found = bureau_report::bureau_report(&Course { market, due, reminders: &reminders, told, disputed: asked.disputed }, on);
        ReportFound {
            may_be_told: found.as_ref().map(|found| found.missing.is_empty()),
            missing: found.iter().flat_map(|found| &found.missing).map(|missing: &Missing| missing.code()).collect(),
            from: found.as_ref().and_then(|found| found.from).map(Date::to_iso),
            source: found.as_ref().map(|found| found.source),
        }
    });
    reader.finish(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(json: &str) -> Result<ReportFound, Vec<(&'static str, String)>> {
        let told = bureau_report(&serde_json::from_str(json).unwrap());
        told.map_err(|mistakes| mistakes.into_iter().map(|one| (one.code, one.at)).collect())
    }

    #[test]
    fn it_says_what_is_missing_and_from_when_on_nothing_is() {
        let asked = |market: &str, on: &str| {
            format!(
                r#"{{"market": "{market}", "on": "{on}", "due": "2026-03-01", "reminders": ["2026-03-09", "2026-03-16"], "told": "2026-03-16", "disputed": false}}"#
            )
        };
        let early = found(&asked("DE", "2026-04-05")).unwrap();
        assert_eq!((early.may_be_told, early.missing, early.from.as_deref()), (Some(false), vec!["four_weeks"], Some("2026-04-06")));
        let late = found(&asked("DE", "2026-04-06")).unwrap();
        assert_eq!((late.may_be_told, late.missing.len()), (Some(true), 0));
        let unread = found(&asked("CH", "2026-04-06")).unwrap();
        assert_eq!((unread.may_be_told, unread.missing.len(), unread.source), (None, 0, None));
    }

    #[test]
    fn every_mistake_is_told_at_its_place() {
        let mistakes = found(r#"{"market": "de", "on": "1", "due": "2", "reminders": ["2026-03-09", "3"], "told": "4", "disputed": true}"#)
            .unwrap_err();
        let places: Vec<&str> = mistakes.iter().map(|(_, at)| at.as_str()).collect();
        assert_eq!(places, ["/market", "/on", "/due", "/reminders/1", "/told"]);
    }
}
