//! Notices to the shop's service, signed as Standard Webhooks are, and told again while nobody takes them.

use crate::keys::random;
use crate::state::{Amount, now};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac as _};
use serde_json::json;
use sha2::Sha256;
use std::time::Duration;
use ureq::Agent;

/// How long is waited before each attempt
const PAUSES: [u64; 6] = [0, 1, 2, 4, 8, 16];

/// Whoever tells
#[derive(Clone)]
pub struct Notices {
    secret: Vec<u8>,
}

impl std::fmt::Debug for Notices {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Notices")
    }
}

impl Notices {
    pub fn new(secret: String) -> Self {
        Self { secret: secret.strip_prefix("whsec_").and_then(|secret| STANDARD.decode(secret).ok()).unwrap_or_default() }
    }

    /// Tells of a checkout, so often, in a thread of its own
    pub fn tell(&self, url: &str, checkout: &str, amount: &Amount, times: u8) {
        let body = json!({"type": "checkout.updated", "checkout": checkout, "amount": amount}).to_string();
        for _ in 0..times {
            let (this, url, body) = (self.clone(), url.to_owned(), body.clone());
            tokio::task::spawn_blocking(move || {
                let id = format!("ntc_{}", random(10).unwrap_or_default());
                for pause in PAUSES {
                    std::thread::sleep(Duration::from_secs(pause));
                    if this.send(&url, &id, &body) {
                        break;
                    }
                }
            });
        }
    }

    fn send(&self, url: &str, id: &str, body: &str) -> bool {
        let at = now();
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.secret) else { return false };
        mac.update(format!("{id}.{at}.{body}").as_bytes());
        let config = Agent::config_builder().timeout_global(Some(Duration::from_secs(10))).build();
        let sent = Agent::new_with_config(config)
            .post(url)
            .header("content-type", "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", at.to_string())
            .header("webhook-signature", format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
            .send(body);
        sent.is_ok()
    }
}
