//! How often a browser may ask for one session, or by one pay link.

use crate::error::ApiError;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// Requests at once
const BURST: u32 = 60;
/// Then one more each
const REFILL_MS: u128 = 500;
/// Names remembered before those at rest are forgotten
const REMEMBERED_MAX: usize = 10_000;

#[derive(Debug, Clone, Copy)]
struct Bucket {
    left: u32,
    filled_at: Instant,
}

/// Counts requests per name, in this process only: it keeps a page in a loop from hurting, it is no defence in depth
#[derive(Debug, Default)]
pub struct Limiter {
    buckets: Mutex<HashMap<String, Bucket>>,
}

impl Limiter {
    /// Takes one request of a session's, or of whatever else is a right by being known, or refuses
    pub fn take(&self, name: &str) -> Result<(), ApiError> {
        self.take_at(name, Instant::now())
    }

    fn take_at(&self, name: &str, now: Instant) -> Result<(), ApiError> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= REMEMBERED_MAX {
            buckets.retain(|_, bucket| bucket.refilled(now).left < BURST);
            if buckets.len() >= REMEMBERED_MAX {
                buckets.clear();
            }
        }
        let bucket = buckets.entry(name.to_owned()).or_insert(Bucket { left: BURST, filled_at: now });
        *bucket = bucket.refilled(now);
        bucket.left = bucket.left.checked_sub(1).ok_or_else(too_many)?;
        Ok(())
    }
}

impl Bucket {
    fn refilled(self, now: Instant) -> Self {
        let drops = now.saturating_duration_since(self.filled_at).as_millis().checked_div(REFILL_MS).unwrap_or(0);
        if drops == 0 {
            return self;
        }
        Self { left: self.left.saturating_add(u32::try_from(drops).unwrap_or(u32::MAX)).min(BURST), filled_at: now }
    }
}

fn too_many() -> ApiError {
    ApiError { retry_after: Some(1), ..ApiError::new(429, "rate.limited", "too many requests", "wait a second and try again") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_session_may_ask_so_often_at_once_and_then_now_and_again() {
        let limiter = Limiter::default();
        let [session, another] = ["cs_1", "cs_2"];
        let start = Instant::now();
        for _ in 0..BURST {
            assert!(limiter.take_at(session, start).is_ok());
        }
        assert_eq!(limiter.take_at(session, start).unwrap_err().code, "rate.limited");
        assert!(limiter.take_at(another, start).is_ok(), "another session");
        let later = start + Duration::from_millis(1_000);
        assert!(limiter.take_at(session, later).is_ok());
        assert!(limiter.take_at(session, later).is_ok());
        assert!(limiter.take_at(session, later).is_err());
    }
}
