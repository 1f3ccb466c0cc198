//! Messages to telephones by HTTP: one signed document to an address of the merchant's, which hands it to whatever gateway they have.
//!
//! `POST` of `{"id", "kind": "text_message" or "code", "to": "+49…", "text", "locale", "sender": {"name"}}`, with the id as `idempotency-key` and signed as
//! our webhooks are (Standard Webhooks: `webhook-id`, `webhook-timestamp`, `webhook-signature`). What the answers mean stands in `docs/carriers.md`.

use crate::collect::{Handed, Parcel, Transport};
use crate::outside::never_arrived;
use crate::steps::{AdapterProblem, Outgoing, Texter};
use crate::webhooks::{secret_of, signatures};
use serde::Serialize;
use serde_json::Value;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tresen_core::ladder::Channel;
use ureq::Agent;

/// How long an answer may take
const PATIENCE: Duration = Duration::from_secs(20);

/// How long one may take while somebody waits for a page
const WAITED_FOR: Duration = Duration::from_secs(10);

/// An answer is a few bytes
const ANSWER_MAX: u64 = 16_384;

/// Carries messages to telephones
#[derive(Clone)]
pub struct TextMessages {
    url: String,
    secret: Vec<u8>,
}

impl std::fmt::Debug for TextMessages {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // An address may hold a token, too.
        out.write_str("TextMessages")
    }
}

/// What is sent
#[derive(Debug, Clone, Copy, Serialize)]
struct Document<'a> {
    id: &'a str,
    kind: &'static str,
    to: &'a str,
    text: &'a str,
    locale: &'a str,
    sender: Sender<'a>,
}

/// In whose name
#[derive(Debug, Clone, Copy, Serialize)]
struct Sender<'a> {
    name: &'a str,
}

impl TextMessages {
    /// A gateway behind an address, and the secret that signs: `whsec_` and base64
    ///
    /// # Errors
    ///
    /// A sentence for whoever starts the service.
    pub fn new(url: &str, secret: &str) -> Result<Self, String> {
        let is_here = ["http://127.0.0.1", "http://localhost", "http://[::1]"]
            .iter()
            .any(|here| url.strip_prefix(here).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/'])));
        if !url.starts_with("https://") && !is_here {
            return Err("the address for text messages is not encrypted: use `https`".to_owned());
        }
        let secret = secret_of(secret).ok_or("the secret for text messages is not `whsec_` and the base64 of 24 bytes or more")?;
        Ok(Self { url: url.to_owned(), secret })
    }

    fn hand_over(&self, document: &Document<'_>, patience: Duration) -> Handed {
        let Some(to) = number(document.to) else { return Handed::Refused("no number that can be written to".to_owned()) };
        let Ok(body) = serde_json::to_vec(&Document { to: &to, ..*document }) else { return Handed::NotNow("not written".to_owned()) };
        let now = SystemTime::now().duration_since(UNIX_EPOCH).ok().and_then(|now| i64::try_from(now.as_secs()).ok()).unwrap_or(0);
        let Ok(signature) = signatures(std::slice::from_ref(&self.secret), document.id, now, &body) else {
            return Handed::NotNow("not signed".to_owned());
        };
        // A redirect is an answer: nobody has said that the person's number may go there.
        let config = Agent::config_builder()
            .timeout_global(Some(patience))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .user_agent(concat!("tresen/", env!("CARGO_PKG_VERSION")))
            .build();
        let answer = Agent::new_with_config(config)
            .post(&self.url)
            .header("content-type", "application/json")
            .header("idempotency-key", document.id)
            .header("webhook-id", document.id)
            .header("webhook-timestamp", now.to_string())
            .header("webhook-signature", signature)
            .send(body.as_slice());
        match answer {
            Ok(mut answer) => {
                let status = answer.status().as_u16();
                let said =
                    (200..=299).contains(&status).then(|| answer.body_mut().with_config().limit(ANSWER_MAX).read_json::<Value>().ok());
                of_status(status, said.flatten().as_ref())
            }
            Err(problem) => of_problem(&problem),
        }
    }
}

/// What a status means
fn of_status(status: u16, said: Option<&Value>) -> Handed {
    match status {
        200..=299 => {
            let name = said.and_then(|said| said.get("reference")?.as_str());
            let is_name = |name: &&str| (1..=100).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_graphic());
            Handed::Sent { provider_ref: name.filter(is_name).map(str::to_owned) }
        }
        // The bridge does not know us, or is not where we look: that is the same for everybody.
        300..=399 | 401 | 403 | 404 | 405 | 407 | 408 | 413 | 415 | 421 | 425 | 429 | 503 => {
            tracing::warn!(status, "the gateway for text messages takes none");
            Handed::NotNow(format!("http {status}"))
        }
        400..=499 => Handed::Refused(format!("http {status}")),
        // It may have failed after it had sent the message.
        _ => Handed::Unknown(format!("http {status}")),
    }
}

/// Where the connection was never made it has surely not taken it; else nobody knows
fn of_problem(problem: &ureq::Error) -> Handed {
    if never_arrived(problem) {
        tracing::warn!("the gateway for text messages cannot be reached");
        return Handed::NotNow("the gateway cannot be reached".to_owned());
    }
    Handed::Unknown("the gateway did not say whether it has taken the message".to_owned())
}

/// A number as all gateways read it: a plus, the country, seven to fifteen digits in all (E.164)
fn number(text: &str) -> Option<String> {
    let number: String = text.chars().filter(|letter| !matches!(letter, ' ' | '-' | '/' | '(' | ')' | '.')).collect();
    let digits = number.strip_prefix('+')?;
    let is_number = (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
    is_number.then_some(number)
}

impl Transport for TextMessages {
    fn send(&self, channel: Channel, parcel: &Parcel) -> Handed {
        if channel != Channel::TextMessage {
            return Handed::Refused("a gateway for text messages carries text messages".to_owned());
        }
        let Parcel { id, recipient: to, text_message: text, locale, sender, .. } = parcel;
        self.hand_over(&Document { id, kind: "text_message", to, text, locale, sender: Sender { name: &sender.name } }, PATIENCE)
    }

    fn carries(&self, channel: Channel) -> bool {
        channel == Channel::TextMessage
    }
}

impl Texter for TextMessages {
    fn send(&self, message: &Outgoing) -> Result<(), AdapterProblem> {
        let Outgoing { id, recipient: to, text, locale, sender, .. } = message;
        match self.hand_over(&Document { id, kind: "code", to, text, locale, sender: Sender { name: &sender.name } }, WAITED_FOR) {
            // Where nobody knows, whoever waits will see, and may ask for another.
            Handed::Sent { .. } | Handed::Unknown(_) => Ok(()),
            Handed::Refused(why) | Handed::NotNow(why) => Err(AdapterProblem(why)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use serde_json::json;

    #[test]
    fn a_number_is_written_as_gateways_read_it() {
        for (typed, read) in
            [("+49 151 1234-5678", "+4915112345678"), ("+43 (660) 1234567", "+436601234567"), ("+1.202.555.0100", "+12025550100")]
        {
            assert_eq!(number(typed).unwrap(), read, "{typed}");
        }
        for wrong in ["", "0151 12345678", "004915112345678", "+49", "+0491511234567", "+49151x2345678", "+4915112345678901"] {
            assert!(number(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn what_the_bridge_calls_a_message_is_kept_where_it_is_a_name() {
        for (said, kept) in [
            (json!({"reference": "SM123"}), Some("SM123")),
            (json!({"reference": "to +49 151"}), None),
            (json!({"reference": 7}), None),
            (json!([]), None),
        ] {
            assert_eq!(of_status(200, Some(&said)), Handed::Sent { provider_ref: kept.map(str::to_owned) }, "{said}");
        }
    }

    #[test]
    fn an_address_is_encrypted_and_a_secret_is_long() {
        let secret = format!("whsec_{}", STANDARD.encode([7; 32]));
        for url in ["https://shop.example/texts", "http://127.0.0.1:4000/texts", "http://localhost/texts"] {
            assert!(TextMessages::new(url, &secret).is_ok(), "{url}");
        }
        for url in ["http://shop.example/texts", "http://127.0.0.1.example/", "ftp://shop.example", ""] {
            assert!(TextMessages::new(url, &secret).is_err(), "{url}");
        }
        assert!(TextMessages::new("https://shop.example/", "geheim").is_err());
    }
}
