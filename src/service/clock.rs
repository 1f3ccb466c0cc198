//! What time it is, and where.
//!
//! **Invariant:** nothing in the service but [`SystemClock`] asks the machine for the time of day.
//! **Invariant:** for a tenant, time never runs backwards: a clock that says less than what is already written down decides nothing.

use crate::error::ApiError;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// Says what time it is
pub trait Clock: Send + Sync + std::fmt::Debug {
    /// Now
    fn now(&self) -> Timestamp;
}

/// The machine's clock
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// Machines set their clocks back by moments; within this, the later instant is used and nobody is told.
const BACKWARDS_TOLERATED: SignedDuration = SignedDuration::from_secs(120);

/// The instant at which a request is answered
#[derive(Debug, Clone)]
pub struct Moment {
    /// Now
    pub now: Timestamp,
    /// The merchant's local date
    pub today: Date,
    /// IANA name of the merchant's zone
    pub zone: String,
}

impl Moment {
    /// The instant that a clock shows, `ahead` of it where the time machine was used, not before `highest`
    pub fn checked(clock: &dyn Clock, tenant: &TenantTime) -> Result<Self, ApiError> {
        let now = clock.now().checked_add(SignedDuration::from_secs(tenant.ahead_seconds)).map_err(|_| behind())?;
        let highest = Timestamp::from_millisecond(tenant.highest_ms).map_err(|_| behind())?;
        if now.checked_add(BACKWARDS_TOLERATED).map_err(|_| behind())? < highest {
            return Err(behind());
        }
        let now = now.max(highest);
        Ok(Self { now, today: now.to_zoned(zone(&tenant.zone)?).date(), zone: tenant.zone.clone() })
    }

    /// Milliseconds since 1970
    pub fn ms(&self) -> i64 {
        self.now.as_millisecond()
    }

    /// The instant at which a local date begins
    pub fn start_of(&self, day: Date) -> Result<Timestamp, ApiError> {
        Ok(day.to_zoned(zone(&self.zone)?).map_err(ApiError::internal)?.timestamp())
    }

    /// The instant at which the local clock shows a minute of a day: where it shows it twice, the first; where it skips it, as long after the last it shows
    pub fn at(&self, day: Date, minute: u16) -> Result<Timestamp, ApiError> {
        let [hour, minute] = [minute / 60, minute % 60].map(|part| i8::try_from(part).unwrap_or(0));
        Ok(day.at(hour, minute, 0, 0).to_zoned(zone(&self.zone)?).map_err(ApiError::internal)?.timestamp())
    }

    /// This much later
    pub fn plus(&self, duration: SignedDuration) -> Result<Timestamp, ApiError> {
        self.now.checked_add(duration).map_err(|_| behind())
    }
}

/// What is written down about a tenant's time
#[derive(Debug, Clone)]
pub struct TenantTime {
    /// IANA name of the merchant's zone
    pub zone: String,
    /// How far the time machine is ahead of the clock
    pub ahead_seconds: i64,
    /// The latest instant at which something was written
    pub highest_ms: i64,
}

/// The zone of that name
pub fn zone(name: &str) -> Result<TimeZone, ApiError> {
    TimeZone::get(name).map_err(|_| ApiError::internal("the tenant's time zone is not known"))
}

/// An instant in a row, as it is written on the wire
pub fn instant(ms: i64) -> Result<String, ApiError> {
    Timestamp::from_millisecond(ms).map(wire).map_err(|_| ApiError::internal("a stored instant is out of range"))
}

/// RFC 3339, UTC, whole milliseconds
pub fn wire(now: Timestamp) -> String {
    format!("{now:.3}")
}

/// The day that a request names as `2026-11-21`, if it exists and lies in the calendar, which is 1900 to 2199
pub fn named_day(text: &str) -> Option<Date> {
    tresen_core::date::Date::parse(text).and_then(|_| text.parse().ok())
}

fn behind() -> ApiError {
    ApiError::new(
        503,
        "clock.behind",
        "the clock of the service says a time before what is already written down, so nothing was decided",
        "set the clock of the machine; nothing was lost, and the same request may be sent again",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Fixed(&'static str);

    impl Clock for Fixed {
        fn now(&self) -> Timestamp {
            self.0.parse().unwrap()
        }
    }

    fn at(now: &'static str, zone: &str, highest: &str) -> Result<Moment, ApiError> {
        let highest: Timestamp = highest.parse().unwrap();
        Moment::checked(&Fixed(now), &TenantTime { zone: zone.into(), ahead_seconds: 0, highest_ms: highest.as_millisecond() })
    }

    #[test]
    fn today_is_the_merchants_local_date() {
        let early = "2000-01-01T00:00:00Z";
        assert_eq!(at("2026-11-21T22:59:59Z", "Europe/Berlin", early).unwrap().today.to_string(), "2026-11-21");
        assert_eq!(at("2026-11-21T23:00:00Z", "Europe/Berlin", early).unwrap().today.to_string(), "2026-11-22");
        assert_eq!(at("2026-07-21T22:00:00Z", "Europe/Berlin", early).unwrap().today.to_string(), "2026-07-22", "summer time");
        assert_eq!(at("2026-11-21T23:00:00Z", "America/New_York", early).unwrap().today.to_string(), "2026-11-21");
    }

    #[derive(serde::Deserialize)]
    struct Instant {
        name: String,
        zone: String,
        day: String,
        minute: u16,
        expect: String,
    }

    #[test]
    fn a_minute_of_a_local_day_is_an_instant_wherever_the_clocks_go() {
        for line in include_str!("../../tests/corpus/calendar/instants.jsonl").lines() {
            let Instant { name, zone, day, minute, expect } = serde_json::from_str(line).unwrap();
            let (day, now): (Date, Timestamp) = (day.parse().unwrap(), expect.parse().unwrap());
            let moment = Moment { now, today: day, zone };
            assert_eq!(moment.at(day, minute).unwrap(), now, "{name}");
            assert_eq!(moment.at(day, 0).unwrap(), moment.start_of(day).unwrap(), "{name}");
        }
    }

    #[test]
    fn a_clock_that_went_back_a_little_is_held_and_one_that_went_back_far_is_refused() {
        let highest = "2026-11-21T12:02:00Z";
        assert_eq!(at("2026-11-21T12:00:00Z", "UTC", highest).unwrap().now.to_string(), highest);
        assert_eq!(at("2026-11-21T11:59:59Z", "UTC", highest).unwrap_err().code, "clock.behind");
    }

    #[test]
    fn instants_are_written_with_milliseconds() {
        assert_eq!(instant(1_795_262_400_000).unwrap(), "2026-11-21T12:00:00.000Z");
    }
}
