//! How providers are asked: in time, without redirects, and what their answers mean.

use super::Reply;
use crate::outside::never_arrived;
use serde_json::Value;
use std::time::Duration;
use ureq::http::Response;
use ureq::{Agent, Body};

/// How long an answer may take: three of them fit into the time of a request
const PATIENCE: Duration = Duration::from_secs(4);

/// The longest answers are those that name every part of a payment
const ANSWER_MAX: u64 = 262_144;

/// Whoever asks
pub fn agent() -> Agent {
    // A redirect would carry our key elsewhere.
    let config = Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .user_agent(concat!("tresen/", env!("CARGO_PKG_VERSION")))
        .build();
    Agent::new_with_config(config)
}

/// What a provider says
pub fn reply(provider: &'static str, answer: Result<Response<Body>, ureq::Error>) -> Reply<Value> {
    match answer {
        Ok(mut answer) => {
            let status = answer.status().as_u16();
            let said = answer.body_mut().with_config().limit(ANSWER_MAX).read_to_vec();
            of_status(provider, status, &said.unwrap_or_default())
        }
        Err(problem) if never_arrived(&problem) => {
            tracing::warn!(provider, "a payment provider cannot be reached");
            Reply::NotNow("unreachable".to_owned())
        }
        Err(_) => Reply::Unknown("unanswered".to_owned()),
    }
}

/// What a status means; what else is said stays where it is, for it may name a person
fn of_status(provider: &'static str, status: u16, said: &[u8]) -> Reply<Value> {
    match status {
        204 => Reply::Done(Value::Null),
        200..=299 => serde_json::from_slice(said).map_or_else(|_| Reply::Unknown("no answer that can be read".to_owned()), Reply::Done),
        // They do not know us, or want less to do: nothing was done.
        300..=399 | 401 | 403 | 405 | 407 | 408 | 421 | 425 | 429 | 503 => {
            tracing::warn!(provider, status, "a payment provider does nothing for us now");
            Reply::NotNow(format!("http {status}"))
        }
        // The same is asked at this moment under the same key.
        409 => Reply::Unknown("http 409".to_owned()),
        400..=499 => {
            tracing::warn!(provider, status, "a payment provider refuses");
            Reply::Refused(format!("http {status}"))
        }
        // It may have failed after it had done it.
        _ => Reply::Unknown(format!("http {status}")),
    }
}

/// An answer without what it must have
pub fn strange<T>() -> Reply<T> {
    Reply::Unknown("an answer without what was asked for".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_status_means_for_money() {
        let of = |status, said: &str| of_status("test", status, said.as_bytes());
        assert_eq!(of(200, r#"{"id":"1"}"#), Reply::Done(serde_json::json!({"id": "1"})));
        assert!(matches!(of(200, "<html>"), Reply::Unknown(_)), "whoever answers so may have done it");
        for status in [302, 401, 429, 503] {
            assert!(matches!(of(status, ""), Reply::NotNow(_)), "{status}");
        }
        for status in [400, 402, 404, 422] {
            assert!(matches!(of(status, ""), Reply::Refused(_)), "{status}");
        }
        for status in [409, 500, 502, 504] {
            assert!(matches!(of(status, ""), Reply::Unknown(_)), "{status}");
        }
    }
}
