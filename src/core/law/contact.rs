//! When a person may be written to about a debt: the house's own rules, and what the law of a market says beside them.
//!
//! German law has no hours (OLG Hamm 2024-05-07, 4 U 252/22 minds only what harasses). The house's rules are a choice, the strictest that were read for
//! anybody, and not law; each answer says so.
//!
//! **Invariant:** attempts count over all channels, and a week is seven times twenty-four hours, wherever the clocks are.

use crate::date::{Date, Weekday};
use alloc::vec::Vec;

const DAY_MINUTES: i64 = 24 * 60;

/// When and how often the house writes
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct House {
    /// The first minute of the day, in the person's local time
    pub opens_minute: u16,
    /// The first minute in which nothing goes out any more
    pub closes_minute: u16,
    /// How many days a contact counts
    pub days: u8,
    /// How many in that time about one claim
    pub per_claim: u8,
    /// How many in that time to one customer
    pub per_customer: u8,
    /// Whether a law asks for it
    pub is_law: bool,
}

/// Monday to Saturday from 8 to 20, never on a holiday; once in seven days about a claim, twice to a customer
pub const HOUSE: House = House { opens_minute: 8 * 60, closes_minute: 20 * 60, days: 7, per_claim: 1, per_customer: 2, is_law: false };

/// When somebody would be written to
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The person's local day
    pub date: Date,
    /// The person's local minute of that day, 0 to 1439
    pub minute: u16,
    /// Whether it is a public holiday there
    pub is_holiday: bool,
    /// Minutes since 1970-01-01 in UTC
    pub utc_minutes: i64,
}

/// An earlier attempt
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Earlier {
    /// Minutes since 1970-01-01 in UTC
    pub utc_minutes: i64,
    /// Whether it was about the same claim
    pub same_claim: bool,
}

/// Why nobody is written to now
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// A Sunday
    Sunday,
    /// A public holiday
    Holiday,
    /// Before the day begins
    TooEarly,
    /// After the day has ended
    TooLate,
    /// This claim had its contacts
    ClaimHadEnough,
    /// This customer had theirs
    CustomerHadEnough,
}

impl Refusal {
    /// All of them, in the order in which they are told
    pub const ALL: [Self; 6] = [Self::Sunday, Self::Holiday, Self::TooEarly, Self::TooLate, Self::ClaimHadEnough, Self::CustomerHadEnough];

    /// The code, the same for ever
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Sunday => "contact.sunday",
            Self::Holiday => "contact.holiday",
            Self::TooEarly => "contact.too_early",
            Self::TooLate => "contact.too_late",
            Self::ClaimHadEnough => "contact.claim_had_enough",
            Self::CustomerHadEnough => "contact.customer_had_enough",
        }
    }
}

impl House {
    /// Every reason against writing now; none where there is none
    #[must_use]
    pub fn refusals(&self, now: &Moment, earlier: &[Earlier]) -> Vec<Refusal> {
        Refusal::ALL.into_iter().filter(|refusal| self.applies(*refusal, now, earlier)).collect()
    }

    fn applies(&self, refusal: Refusal, now: &Moment, earlier: &[Earlier]) -> bool {
        let counted = |of_claim: bool| {
            let since = now.utc_minutes.saturating_sub(DAY_MINUTES.saturating_mul(self.days.into()));
            earlier.iter().filter(|one| one.utc_minutes > since && (one.same_claim || !of_claim)).count()
        };
        match refusal {
            Refusal::Sunday => now.date.weekday() == Weekday::Sunday,
            Refusal::Holiday => now.is_holiday,
            Refusal::TooEarly => now.minute < self.opens_minute,
            Refusal::TooLate => now.minute >= self.closes_minute,
            Refusal::ClaimHadEnough => counted(true) >= usize::from(self.per_claim),
            Refusal::CustomerHadEnough => counted(false) >= usize::from(self.per_customer),
        }
    }
}

/// Whom a rule of a market binds
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Binds {
    /// Whoever asks for money, sellers too
    Everybody,
    /// Collectors; whether sellers too was not read
    Collectors,
    /// Collectors only
    CollectorsOnly,
    /// Whoever gives regulated credit
    RegulatedCredit,
}

impl Binds {
    /// The code, the same for ever
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Everybody => "everybody",
            Self::Collectors => "collectors",
            Self::CollectorsOnly => "collectors_only",
            Self::RegulatedCredit => "regulated_credit",
        }
    }
}

/// What the law of a market says of contacts about a debt
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContactLaw {
    /// Whom it binds
    pub binds: Binds,
    /// The hours in which it forbids, if it names any: from one local minute until before another, over midnight
    pub closed_minutes: Option<(u16, u16)>,
    /// What it says
    pub rule: &'static str,
    /// Where it is written
    pub source: &'static str,
}

/// What was read of a market
#[must_use]
pub fn contact_law(market: [u8; 2]) -> Option<ContactLaw> {
    let (binds, closed_minutes, rule, source) = match &market {
        b"DE" => (
            Binds::Everybody,
            None,
            "no hours; messages about a justified claim are no harassment and no advertising, calls by the hour or at night are",
            "OLG Hamm 2024-05-07, 4 U 252/22; UWG section 7",
        ),
        b"NL" => (
            Binds::Collectors,
            Some((20 * 60, 7 * 60)),
            "not between 20 and 7, on Sundays or on public holidays; language level B1",
            "Besluit kwaliteit incassodienstverlening (Stb. 2024, 44)",
        ),
        b"BE" => (Binds::Collectors, Some((22 * 60, 8 * 60)), "no visits at home between 22 and 8", "WER Art. XIX.10 section 3"),
        b"GB" => {
            (Binds::RegulatedCredit, None, "at reasonable times; asked how, when or where, the answer holds; no number", "FCA CONC 7.9")
        }
        b"US" => (
            Binds::CollectorsOnly,
            Some((21 * 60, 8 * 60)),
            "before 8 and after 21 is presumed inconvenient; more than 7 calls in 7 days about a debt, or one within 7 days of a talk, harassing",
            "12 CFR 1006.6(b) and 1006.14(b)",
        ),
        _ => return None,
    };
    Some(ContactLaw { binds, closed_minutes, rule, source })
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEEK: i64 = 7 * DAY_MINUTES;
    const NOW: i64 = 30_000_000;

    fn at(date: &str, minute: u16) -> Moment {
        Moment { date: Date::parse(date).unwrap(), minute, is_holiday: false, utc_minutes: NOW }
    }

    fn ago(minutes: i64, same_claim: bool) -> Earlier {
        Earlier { utc_minutes: NOW.saturating_sub(minutes), same_claim }
    }

    #[test]
    fn the_window_is_from_eight_to_twenty_on_working_days() {
        for (date, minute, expected) in [
            ("2026-11-25", 479, &[Refusal::TooEarly][..]),
            ("2026-11-25", 480, &[]),
            ("2026-11-25", 1_199, &[]),
            ("2026-11-25", 1_200, &[Refusal::TooLate]),
            ("2026-11-28", 480, &[]),
            ("2026-11-29", 480, &[Refusal::Sunday]),
            ("2026-11-29", 0, &[Refusal::Sunday, Refusal::TooEarly]),
        ] {
            assert_eq!(HOUSE.refusals(&at(date, minute), &[]), expected, "{date} {minute}");
        }
        assert_eq!(HOUSE.refusals(&Moment { is_holiday: true, ..at("2026-10-03", 600) }, &[]), [Refusal::Holiday]);
    }

    #[test]
    fn a_claim_has_one_contact_in_a_week_and_a_customer_two() {
        let now = at("2026-11-25", 600);
        for (earlier, expected) in [
            (&[ago(WEEK, true)][..], &[][..]),
            (&[ago(WEEK - 1, true)], &[Refusal::ClaimHadEnough]),
            (&[ago(0, true)], &[Refusal::ClaimHadEnough]),
            (&[ago(1, false)], &[]),
            (&[ago(1, false), ago(WEEK, false)], &[]),
            (&[ago(1, false), ago(WEEK - 1, false)], &[Refusal::CustomerHadEnough]),
            (&[ago(1, false), ago(2, true)], &[Refusal::ClaimHadEnough, Refusal::CustomerHadEnough]),
        ] {
            assert_eq!(HOUSE.refusals(&now, earlier), expected, "{earlier:?}");
        }
    }

    #[test]
    fn the_house_is_no_looser_than_any_hours_that_were_read() {
        for market in [*b"DE", *b"NL", *b"BE", *b"GB", *b"US"] {
            let law = contact_law(market).unwrap();
            if let Some((closes, opens)) = law.closed_minutes {
                assert!(HOUSE.closes_minute <= closes && HOUSE.opens_minute >= opens, "{}", law.source);
            }
        }
        assert_eq!(contact_law(*b"CH"), None);
    }
}
