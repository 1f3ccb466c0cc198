//! What the provider knows, and the file that it keeps it in.

use crate::keys::random;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

/// An amount in whole minor units
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amount {
    pub minor: i64,
    pub currency: String,
}

/// What is to be paid, as the shop's service asks for it
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    pub method: String,
    pub amount: Amount,
    pub description: String,
    pub locale: String,
    pub return_url: String,
    pub notice_url: String,
    pub expires_at: i64,
}

/// How a checkout stands
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Open,
    Processing,
    Paid,
    Declined,
    Cancelled,
    Expired,
}

/// Money that was taken
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    pub id: String,
    pub amount: Amount,
    pub fee: Amount,
    pub paid_at: i64,
    pub refunded: i64,
    pub dispute: Option<Dispute>,
}

/// What the payer's bank took back
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispute {
    pub amount: i64,
    pub evidence_until: String,
    /// `won` or `lost`
    pub outcome: Option<String>,
}

/// A payment from its beginning to its end
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkout {
    pub id: String,
    pub url: String,
    pub status: Status,
    pub payment: Option<Payment>,
    /// What was asked for
    pub wanted: Wanted,
    /// Whether the payer's bank has said yes, which nobody knows here yet
    pub late: bool,
}

/// Money that went back
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    pub id: String,
    pub payment: String,
    pub amount: Amount,
    pub status: String,
}

/// All of it
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct State {
    pub checkouts: BTreeMap<String, Checkout>,
    pub refunds: BTreeMap<String, Refund>,
    /// What was asked under a key, and what came of it
    pub keys: BTreeMap<String, (Value, String)>,
}

/// Why something is not done
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused(pub u16, pub &'static str);

pub fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).ok().and_then(|now| i64::try_from(now.as_secs()).ok()).unwrap_or(0)
}

impl State {
    /// What was asked under a key before; refused where it was something else
    pub fn asked(&self, key: &str, what: &Value) -> Result<Option<String>, Refused> {
        match self.keys.get(key) {
            Some((same, id)) if same == what => Ok(Some(id.clone())),
            Some(_) => Err(Refused(422, "idempotency_key_reused")),
            None => Ok(None),
        }
    }

    pub fn checkout(&mut self, id: &str) -> Result<&mut Checkout, Refused> {
        let checkout = self.checkouts.get_mut(id).ok_or(Refused(404, "unknown_checkout"))?;
        if checkout.status == Status::Open && checkout.wanted.expires_at <= now() {
            checkout.status = Status::Expired;
        }
        Ok(checkout)
    }

    /// The checkout that money was taken by
    pub fn of_payment(&mut self, payment: &str) -> Result<&mut Checkout, Refused> {
        let found = self.checkouts.values_mut().find(|checkout| checkout.payment.as_ref().is_some_and(|paid| paid.id == payment));
        found.ok_or(Refused(404, "unknown_payment"))
    }
}

impl Checkout {
    /// Takes the money, whatever was said before: once
    pub fn take(&mut self) -> Result<(), String> {
        if self.payment.is_none() {
            let amount = self.wanted.amount.clone();
            let part = amount.minor.saturating_mul(14).checked_div(1_000).unwrap_or(0);
            let fee = Amount { minor: part.saturating_add(25).min(amount.minor), currency: amount.currency.clone() };
            self.payment = Some(Payment { id: format!("sbp_{}", random(10)?), amount, fee, paid_at: now(), refunded: 0, dispute: None });
        }
        (self.status, self.late) = (Status::Paid, false);
        Ok(())
    }
}

/// The state, and the file that it is kept in
#[derive(Debug)]
pub struct Store {
    path: Option<PathBuf>,
    state: Mutex<State>,
}

impl Store {
    pub fn open(path: Option<PathBuf>) -> Result<Self, String> {
        let state = match path.as_ref().filter(|path| path.exists()) {
            Some(path) => {
                let text = std::fs::read(path).map_err(|problem| format!("the state cannot be read: {problem}"))?;
                serde_json::from_slice(&text).map_err(|problem| format!("the state is damaged: {problem}"))?
            }
            None => State::default(),
        };
        Ok(Self { path, state: Mutex::new(state) })
    }

    /// Does something about it; kept before anybody is told, in whole or not at all
    pub fn change<T>(&self, does: impl FnOnce(&mut State) -> Result<T, Refused>) -> Result<T, Refused> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let done = does(&mut state)?;
        if let Some(path) = &self.path {
            let beside = path.with_extension("new");
            let text = serde_json::to_vec(&*state).map_err(|_| Refused(500, "not_kept"))?;
            std::fs::write(&beside, text).and_then(|()| std::fs::rename(&beside, path)).map_err(|_| Refused(500, "not_kept"))?;
        }
        Ok(done)
    }
}
