//! When a message that did not arrive is sent again, and when nobody is told any more.

use crate::error::ApiError;
use crate::ids;

/// How it is tried again
#[derive(Debug)]
struct Schedule {
    /// Seconds before the second attempt, the third and so on; after the last it is given up
    waits: &'static [i64],
    /// Up to this much longer, in hundredths, so that what failed together does not come together
    jitter_percent: i64,
    /// An endpoint at which nothing has arrived for so many seconds is not told any more
    disabled_after: i64,
    /// Where nothing has arrived for so many seconds and then something does, what waits is sent at once; a single message that is refused
    /// among others that are not keeps its waits
    outage_after: i64,
    /// The longest pause that a receiver may ask for by `retry-after`, in seconds
    pause_max: i64,
}

/// As Standard Webhooks recommends it (version 1.0.0 of the specification, "Retry schedule", read 2026-11-26): three days and four hours in all
const SCHEDULE: Schedule = Schedule {
    waits: &[5, 5 * 60, 30 * 60, 2 * 3_600, 5 * 3_600, 10 * 3_600, 14 * 3_600, 20 * 3_600, 24 * 3_600],
    jitter_percent: 20,
    disabled_after: 5 * 24 * 3_600,
    outage_after: 10 * 60,
    pause_max: 24 * 3_600,
};

/// Milliseconds until the next attempt after so many; nothing when it is given up
pub fn wait_ms(attempts: i64, asked_seconds: Option<i64>) -> Result<Option<i64>, ApiError> {
    let done = usize::try_from(attempts.saturating_sub(1)).unwrap_or(usize::MAX);
    let Some(wait) = SCHEDULE.waits.get(done) else { return Ok(None) };
    let wait = wait.saturating_mul(1_000);
    let [low, high] = ids::random()?;
    let share = i64::from(u16::from_be_bytes([low, high]));
    let jitter = wait.saturating_mul(SCHEDULE.jitter_percent).saturating_mul(share).checked_div(100 * 65_536).unwrap_or(0);
    let asked = asked_seconds.unwrap_or(0).clamp(0, SCHEDULE.pause_max).saturating_mul(1_000);
    Ok(Some(wait.saturating_add(jitter).max(asked)))
}

/// Whether an endpoint that has failed since then is not told any more
pub fn is_hopeless(failing_since_ms: i64, now_ms: i64) -> bool {
    now_ms.saturating_sub(failing_since_ms) >= SCHEDULE.disabled_after.saturating_mul(1_000)
}

/// Whether an endpoint that has failed since then was out of reach altogether
pub fn was_an_outage(failing_since_ms: i64, now_ms: i64) -> bool {
    now_ms.saturating_sub(failing_since_ms) >= SCHEDULE.outage_after.saturating_mul(1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_never_fall_short_and_end() {
        for (place, wait) in SCHEDULE.waits.iter().enumerate() {
            let attempts = i64::try_from(place).unwrap() + 1;
            let waited: Vec<i64> = (0..50).map(|_| wait_ms(attempts, None).unwrap().unwrap()).collect();
            assert!(waited.iter().all(|ms| (wait * 1_000..=wait * 1_200).contains(ms)), "{attempts}: {waited:?}");
            assert!(waited.iter().any(|ms| ms != &waited[0]), "no jitter: {waited:?}");
        }
        assert!(SCHEDULE.waits.is_sorted());
        assert_eq!(wait_ms(i64::try_from(SCHEDULE.waits.len()).unwrap() + 1, None).unwrap(), None);
        assert!(SCHEDULE.waits.iter().sum::<i64>() < SCHEDULE.disabled_after, "a message is given up before its endpoint");
    }

    #[test]
    fn a_receiver_may_ask_for_a_longer_pause_and_not_for_an_endless_one() {
        assert_eq!(wait_ms(1, Some(60)).unwrap(), Some(60_000));
        assert_eq!(wait_ms(1, Some(i64::MAX)).unwrap(), Some(SCHEDULE.pause_max * 1_000));
        assert!(wait_ms(1, Some(-5)).unwrap().unwrap() >= 5_000);
    }

    #[test]
    fn an_endpoint_is_hopeless_after_days_and_not_before() {
        let days = SCHEDULE.disabled_after * 1_000;
        assert!(is_hopeless(7, days + 7) && !is_hopeless(7, days + 6));
    }
}
