//! One message to one receiver.

use super::address::{Forbidden, Permitted};
use super::lease::{Outcome, Parcel};
use crate::config::Config;
use ureq::Agent;
use ureq::unversioned::transport::DefaultConnector;

/// Sends messages
pub fn agent(config: &Config) -> Agent {
    let Config { sandbox, webhook_patience, .. } = *config;
    // No proxy: it would look the name up itself, and connect to what is not permitted. No redirect: nobody checked where it leads.
    let config = Agent::config_builder()
        .timeout_global(Some(webhook_patience))
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .proxy(None)
        .user_agent(concat!("tresen/", env!("CARGO_PKG_VERSION")))
        .build();
    Agent::with_parts(config, DefaultConnector::default(), Permitted { sandbox })
}

/// Sends it; what the receiver says beyond its status is not read
pub fn send(agent: &Agent, parcel: &Parcel) -> Outcome {
    let sent = agent
        .post(&parcel.url)
        .header("content-type", "application/json")
        .header("webhook-id", &parcel.id)
        .header("webhook-timestamp", parcel.timestamp.to_string())
        .header("webhook-signature", &parcel.signatures)
        .send(parcel.body.as_slice());
    match sent {
        Ok(answer) => {
            let pause = answer.headers().get("retry-after").and_then(|value| value.to_str().ok()?.parse().ok());
            match answer.status().as_u16() {
                status @ 200..=299 => Outcome::Arrived(status),
                410 => Outcome::Gone,
                status => Outcome::Refused(status, pause),
            }
        }
        Err(problem) => Outcome::Unanswered(why(&problem)),
    }
}

fn why(problem: &ureq::Error) -> &'static str {
    match problem {
        ureq::Error::Timeout(_) => "timeout",
        ureq::Error::Io(problem) if problem.kind() == std::io::ErrorKind::TimedOut => "timeout",
        ureq::Error::Other(cause) if cause.is::<Forbidden>() => "forbidden_address",
        _ => "unreachable",
    }
}
