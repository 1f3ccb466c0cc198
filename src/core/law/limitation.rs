//! Until when a claim can be enforced (BGB sections 195 to 213).
//!
//! Three years from the end of the year in which it arose and the creditor knew of it, at most ten from when it arose (199(4)). Days while it is
//! suspended do not count (209); what the debtor acknowledges, by paying a part for one, begins anew (212). A reminder does neither.
//!
//! **Invariant:** the last day is the one that the years lead to. That it may move to a working day is left out: a seller who stops a day early costs
//! the customer nothing.
//!
//! A claim that a court has established lasts thirty years (197(1) number 3), which is not reckoned here.

use crate::date::Date;
use alloc::vec::Vec;

const YEAR_MONTHS: i32 = 12;
/// Section 195
const YEARS: i32 = 3;
/// Sections 199(4) and 497(3) sentence 3
const YEARS_MOST: i32 = 10;
/// Section 204(2): how long a suspension outlasts the proceedings
const AFTER_COURT_MONTHS: i32 = 6;
/// Section 203 sentence 2: how long at least after negotiations
const AFTER_NEGOTIATION_MONTHS: i32 = 3;

/// Why a claim is suspended
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ground {
    /// The parties negotiate about it (203)
    Negotiation,
    /// An action, or an order for payment that was served (204(1) numbers 1 and 3); until half a year after the proceedings
    Court,
    /// It was agreed that the debtor need not pay for the time being (205)
    Agreement,
    /// Consumer credit in default: until it is established, ten years from when it arose at the most (497(3) sentence 3)
    ConsumerCredit,
}

impl Ground {
    /// All of them
    pub const ALL: [Self; 4] = [Self::Negotiation, Self::Court, Self::Agreement, Self::ConsumerCredit];

    /// The code, the same for ever
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Negotiation => "negotiation",
            Self::Court => "court",
            Self::Agreement => "agreement",
            Self::ConsumerCredit => "consumer_credit",
        }
    }
}

/// A time during which a claim is suspended
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Suspension {
    /// Why
    pub ground: Ground,
    /// The first day
    pub from: Date,
    /// The last day of what the ground names, so of the proceedings themselves; nothing while it lasts
    pub until: Option<Date>,
}

/// What happened to a claim
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Course<'a> {
    /// Country code of the market
    pub market: [u8; 2],
    /// When it arose: as a rule, when it was due
    pub arose: Date,
    /// When the creditor knew of it and of the debtor
    pub known: Date,
    /// In any order
    pub suspensions: &'a [Suspension],
    /// Days on which the debtor acknowledged it, in any order
    pub acknowledged: &'a [Date],
}

/// How long a claim can be enforced
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limitation {
    /// The last day, or what suspends it for as long as nobody knows
    pub last_day: Result<Date, Ground>,
    /// The acknowledgement with which the three years began anew, if one did
    pub begun_anew: Option<Date>,
    /// Where it is written
    pub source: &'static str,
}

impl Limitation {
    /// Whether the debtor may refuse to pay on that day (BGB section 214(1))
    #[must_use]
    pub fn is_barred(&self, on: Date) -> bool {
        self.last_day.is_ok_and(|last| on > last)
    }
}

/// How long a claim can be enforced; nothing for a market whose law was not read
#[must_use]
pub fn limitation(course: &Course<'_>) -> Option<Limitation> {
    match &course.market {
        b"DE" => Some(by_german_law(course)),
        _ => None,
    }
}

fn by_german_law(course: &Course<'_>) -> Limitation {
    let mut suspensions: Vec<Suspension> = course.suspensions.iter().map(|one| one.with_its_end(course.arose)).collect();
    suspensions.sort_by_key(|one| one.from);
    let (year, ..) = course.arose.max(course.known).ymd();
    let year_end = Date::from_ymd(year, 12, 31).unwrap_or(Date::MAX);
    let regular = run(year_end, YEARS, &suspensions);
    let most = run(course.arose, YEARS_MOST, &suspensions);
    // What is suspended for nobody knows how long ends after whatever ends.
    let mut last_day = most.map_or(regular, |most| Ok(regular.map_or(most, |regular| regular.min(most))));
    let mut acknowledged = course.acknowledged.to_vec();
    acknowledged.sort_unstable();
    let (mut eve, mut begun_anew) = (year_end, None);
    // What is acknowledged before the years begin changes nothing, and what has ended does not begin again.
    for on in acknowledged {
        if on > eve && !last_day.is_ok_and(|last| on > last) {
            eve = on;
            last_day = run(on, YEARS, &suspensions);
            begun_anew = Some(on);
        }
    }
    Limitation { last_day, begun_anew, source: "BGB sections 195, 199, 203 to 205, 209, 212 and 497(3)" }
}

fn years(from: Date, years: i32) -> Date {
    from.plus_months(years.saturating_mul(YEAR_MONTHS))
}

impl Suspension {
    /// Until the last day that does not count
    fn with_its_end(self, arose: Date) -> Self {
        let until = match self.ground {
            Ground::Negotiation | Ground::Agreement => self.until,
            Ground::Court => self.until.map(|ended| ended.plus_months(AFTER_COURT_MONTHS)),
            Ground::ConsumerCredit => {
                let most = years(arose, YEARS_MOST);
                Some(self.until.map_or(most, |established| established.min(most)))
            }
        };
        Self { until, ..self }
    }
}

/// The last day of the years after a day, put off by the suspensions that begin before they end; these are sorted by their first day
///
/// While nothing has run yet the years begin after a suspension; later its days are added.
fn run(eve: Date, length: i32, suspensions: &[Suspension]) -> Result<Date, Ground> {
    let (mut last, mut next, mut has_run) = (years(eve, length), eve.plus_days(1), false);
    for suspension in suspensions {
        if suspension.from > last {
            break;
        }
        let until = suspension.until.ok_or(suspension.ground)?;
        if until < next {
            continue;
        }
        has_run |= suspension.from > next;
        let days = until.days_since(suspension.from.max(next)).saturating_add(1);
        last = if has_run { last.plus_days(days) } else { years(until, length) };
        next = until.plus_days(1);
        if suspension.ground == Ground::Negotiation {
            last = last.max(until.plus_months(AFTER_NEGOTIATION_MONTHS));
        }
    }
    Ok(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn span(ground: Ground, from: &str, until: Option<&str>) -> Suspension {
        Suspension { ground, from: day(from), until: until.map(day) }
    }

    /// Of a claim that arose on 2026-11-25
    fn found(suspensions: &[Suspension], acknowledged: &[&str]) -> Limitation {
        let acknowledged: Vec<Date> = acknowledged.iter().map(|on| day(on)).collect();
        let arose = day("2026-11-25");
        limitation(&Course { market: *b"DE", arose, known: arose, suspensions, acknowledged: &acknowledged }).unwrap()
    }

    fn last(suspensions: &[Suspension], acknowledged: &[&str]) -> Result<alloc::string::String, Ground> {
        found(suspensions, acknowledged).last_day.map(Date::to_iso)
    }

    #[test]
    fn three_years_run_from_the_end_of_the_year() {
        for (arose, known, expected) in [
            ("2026-01-01", "2026-01-01", "2029-12-31"),
            ("2026-12-31", "2026-12-31", "2029-12-31"),
            ("2027-01-01", "2027-01-01", "2030-12-31"),
            // The debtor became known later; and ten years end it whatever was known.
            ("2026-12-31", "2027-01-01", "2030-12-31"),
            ("2026-03-05", "2032-12-31", "2035-12-31"),
            ("2026-03-05", "2033-01-01", "2036-03-05"),
        ] {
            let course = Course { market: *b"DE", arose: day(arose), known: day(known), suspensions: &[], acknowledged: &[] };
            assert_eq!(limitation(&course).unwrap().last_day, Ok(day(expected)), "{arose} {known}");
            assert_eq!(limitation(&Course { market: *b"NL", ..course }), None);
        }
    }

    #[test]
    fn barred_is_the_day_after_the_last() {
        let one = found(&[], &[]);
        assert_eq!(["2029-12-31", "2030-01-01"].map(|on| one.is_barred(day(on))), [false, true]);
        assert!(!found(&[span(Ground::Agreement, "2027-01-01", None)], &[]).is_barred(Date::MAX));
    }

    #[test]
    fn suspended_days_do_not_count_and_no_day_twice() {
        assert_eq!(last(&[span(Ground::Agreement, "2027-03-01", Some("2027-03-10"))], &[]), Ok("2030-01-10".into()));
        let overlapping =
            [span(Ground::Agreement, "2027-03-05", Some("2027-03-12")), span(Ground::Agreement, "2027-03-01", Some("2027-03-10"))];
        assert_eq!(last(&overlapping, &[]), Ok("2030-01-12".into()));
        // Before the three years begin there is nothing to suspend, after they ended neither.
        assert_eq!(last(&[span(Ground::Agreement, "2026-11-26", Some("2026-12-31"))], &[]), Ok("2029-12-31".into()));
        assert_eq!(last(&[span(Ground::Agreement, "2026-11-26", Some("2027-01-01"))], &[]), Ok("2030-01-01".into()));
        assert_eq!(last(&[span(Ground::Agreement, "2029-12-31", Some("2030-01-01"))], &[]), Ok("2030-01-02".into()));
        assert_eq!(last(&[span(Ground::Agreement, "2030-01-01", None)], &[]), Ok("2029-12-31".into()));
        assert_eq!(last(&[span(Ground::Agreement, "2029-12-31", None)], &[]), Err(Ground::Agreement));
    }

    #[test]
    fn a_court_suspends_for_half_a_year_longer() {
        // From 1 July to 31 December 2027, and until 30 June 2028: 366 days.
        assert_eq!(last(&[span(Ground::Court, "2027-07-01", Some("2027-12-30"))], &[]), Ok("2031-01-01".into()));
        assert_eq!(last(&[span(Ground::Court, "2027-07-01", None)], &[]), Err(Ground::Court));
    }

    #[test]
    fn negotiations_leave_three_months_at_least() {
        assert_eq!(last(&[span(Ground::Negotiation, "2029-12-30", Some("2029-12-31"))], &[]), Ok("2030-03-31".into()));
        assert_eq!(last(&[span(Ground::Negotiation, "2027-03-01", Some("2027-03-10"))], &[]), Ok("2030-01-10".into()));
    }

    #[test]
    fn what_is_acknowledged_begins_anew_while_the_years_run() {
        assert_eq!(last(&[], &["2028-05-10"]), Ok("2031-05-10".into()));
        assert_eq!(last(&[], &["2029-05-10", "2028-05-10"]), Ok("2032-05-10".into()));
        // In the year in which it arose the years do not run yet; when they ended nothing is left to begin.
        assert_eq!(last(&[], &["2026-12-31"]), Ok("2029-12-31".into()));
        assert_eq!(last(&[], &["2027-01-01"]), Ok("2030-01-01".into()));
        assert_eq!(last(&[], &["2029-12-31"]), Ok("2032-12-31".into()));
        assert_eq!(last(&[], &["2030-01-01"]), Ok("2029-12-31".into()));
        assert_eq!(found(&[], &["2030-01-01"]).begun_anew, None);
        assert_eq!(found(&[], &["2028-05-10"]).begun_anew, Some(day("2028-05-10")));
    }

    #[test]
    fn consumer_credit_in_default_is_suspended_for_ten_years_from_when_it_arose() {
        // Until 2036-11-25: of the years nothing had run, so three years follow.
        let open = [span(Ground::ConsumerCredit, "2026-12-10", None)];
        assert_eq!(last(&open, &[]), Ok("2039-11-25".into()));
        // Until a court established it; what follows then is thirty years, and not said here.
        let established = [span(Ground::ConsumerCredit, "2027-01-01", Some("2027-01-31"))];
        assert_eq!(last(&established, &[]), Ok("2030-01-31".into()));
    }
}
