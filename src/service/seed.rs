//! Customers with a past, brought in from elsewhere as events.
//!
//! **Invariant:** a customer is brought in once; the same file again changes nothing.

use crate::app::{App, Caller, Work};
use crate::clock::named_day;
use crate::customers::Kind;
use crate::error::ApiError;
use crate::ids;
use crate::incoming;
use crate::journal::Draft;
use crate::ledger::{Ledger, Occasion, creditor_reference, day, refusal};
use crate::places::Place;
use crate::tenants;
use jiff::civil::Date;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use std::collections::BTreeMap;
use tresen_core::ident::{CustomerId, PaymentId, ReceivableId};
use tresen_core::receivable::decide::{self, Incoming};
use tresen_wire::events::{
    ActorKind, AllocationOrder, ClaimItem, DueDateSet, HistoryImported, ItemKind, Party, PaymentSettled, ReceivableCreated,
};
use tresen_wire::money::Money;

/// Facts of a past that do not go stale by themselves
const KEPT: &[&str] = &[
    "customer.known",
    "customer.since",
    "history.orders_paid",
    "history.paid_on_time",
    "history.paid_total",
    "history.dunning_level_max",
    "history.address_changed_on",
];

/// Facts about the last days: they begin empty and are counted here
const COUNTED_HERE: &[&str] = &["history.declines_30_days", "history.orders_7_days", "history.amount_7_days"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: u16,
    #[serde(default)]
    providers: Vec<String>,
    customers: Vec<Past>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Past {
    reference: String,
    #[serde(default)]
    email: Option<String>,
    #[serde(default)]
    facts: BTreeMap<String, Value>,
    #[serde(default)]
    receivables: Vec<Claim>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Claim {
    order: String,
    method: String,
    amount: Money,
    #[serde(deserialize_with = "date")]
    ordered_on: Date,
    #[serde(deserialize_with = "date")]
    due_date: Date,
    #[serde(default, deserialize_with = "date_or_none")]
    paid_on: Option<Date>,
}

fn date<'de, D: Deserializer<'de>>(reader: D) -> Result<Date, D::Error> {
    let text = String::deserialize(reader)?;
    named_day(&text).ok_or_else(|| D::Error::custom(format!("`{text}` is not a day such as 2026-11-21")))
}

fn date_or_none<'de, D: Deserializer<'de>>(reader: D) -> Result<Option<Date>, D::Error> {
    date(reader).map(Some)
}

/// What was brought in
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Seeded {
    /// Customers that are new
    pub customers: usize,
    /// Customers that had been brought in before
    pub known: usize,
    /// Claims of the new ones
    pub receivables: usize,
}

impl App {
    /// Brings in the customers of a file; all or none
    ///
    /// # Errors
    ///
    /// A sentence for whoever brought the file.
    pub fn seed(&self, tenant: &str, file: &str) -> Result<Seeded, String> {
        let tenant = tenants::id(tenant)?;
        let file: File = serde_json::from_str(file).map_err(|problem| format!("the seed file cannot be read: {problem}"))?;
        if file.format != 1 {
            return Err(format!("the seed file has format {}: only format 1 is known", file.format));
        }
        if let Some(unknown) = file.providers.iter().find(|provider| *provider != crate::sessions::SANDBOX_PROVIDER) {
            return Err(format!("the seed file wants the provider `{unknown}`, which is not connected"));
        }
        for past in &file.customers {
            check(past)?;
        }
        self.write_now(Caller::of(tenant, ActorKind::Import, "seed", "import"), |work| all(work, file.customers))
            .map_err(|problem| problem.to_string())
    }
}

fn check(past: &Past) -> Result<(), String> {
    let Past { reference, facts, receivables, .. } = past;
    for (name, value) in facts {
        let is_nothing = value.as_i64() == Some(0) || value.get("minor").and_then(Value::as_i64) == Some(0);
        if COUNTED_HERE.contains(&name.as_str()) && !is_nothing {
            return Err(format!("customer `{reference}`: `{name}` is counted from the orders of the last days and cannot be brought in"));
        }
        if !COUNTED_HERE.contains(&name.as_str()) && !KEPT.contains(&name.as_str()) {
            return Err(format!("customer `{reference}`: `{name}` cannot be brought in; facts of a past are {}", KEPT.join(", ")));
        }
    }
    for claim in receivables {
        if claim.amount.minor <= 0 {
            return Err(format!("customer `{reference}`: order `{}` has no amount", claim.order));
        }
        if claim.paid_on.is_some_and(|paid| paid < claim.ordered_on) {
            return Err(format!("customer `{reference}`: order `{}` was paid before it was placed", claim.order));
        }
    }
    Ok(())
}

fn all(work: &Work<'_>, customers: Vec<Past>) -> Result<Seeded, ApiError> {
    let mut seeded = Seeded::default();
    for past in customers {
        let customer = work.customer(Kind::Customer, &past.reference, past.email.as_deref())?.id;
        let stream = Place::Customer(customer.clone());
        if work.length(&stream)? > 0 {
            seeded.known = seeded.known.saturating_add(1);
            continue;
        }
        let facts = past.facts.into_iter().filter(|(name, _)| KEPT.contains(&name.as_str())).collect();
        work.append(&Draft::opens(&stream, "seed"), HistoryImported { customer: customer.to_string(), facts })?;
        seeded.customers = seeded.customers.saturating_add(1);
        seeded.receivables = seeded.receivables.saturating_add(past.receivables.len());
        for claim in past.receivables {
            bring_in(work, &customer, claim)?;
        }
    }
    Ok(seeded)
}

fn bring_in(work: &Work<'_>, customer: &CustomerId, claim: Claim) -> Result<(), ApiError> {
    let id = ids::by_time(work.moment.now, ReceivableId::from_bytes)?;
    let mut ledger = Ledger::of(work, customer, &claim.amount.currency)?;
    let reference = creditor_reference(work.next_reference()?);
    let created = ReceivableCreated {
        receivable: id.to_string(),
        debtor: customer.to_string(),
        order_ref: claim.order,
        capture: 1,
        method: claim.method,
        party: Party::Consumer,
        regime: AllocationOrder::Bgb497,
        items: vec![ClaimItem { kind: ItemKind::Principal, amount: claim.amount.clone() }],
        reference: reference.clone(),
        delivered_on: None,
        terms: None,
    };
    let due = DueDateSet {
        receivable: id.to_string(),
        date: claim.due_date.to_string(),
        rule: "import".to_owned(),
        calendar: "none".to_owned(),
        zone: work.moment.zone.clone(),
    };
    ledger.happen(&on(claim.ordered_on), vec![created.into(), due.into()])?;
    match claim.paid_on {
        Some(paid_on) => pay(&mut ledger, customer, id, claim.amount, paid_on),
        None => incoming::claim_is_there(work, customer, &id, &reference),
    }
}

/// Brought in as of that day
fn on(day: Date) -> Occasion<'static> {
    Occasion { effective: Some(day), ..Occasion::now("seed") }
}

fn pay(ledger: &mut Ledger<'_>, customer: &CustomerId, receivable: ReceivableId, amount: Money, paid_on: Date) -> Result<(), ApiError> {
    let payment = ids::secret(PaymentId::from_bytes)?;
    let settled = PaymentSettled {
        payment: payment.to_string(),
        customer: customer.to_string(),
        provider: "import".to_owned(),
        provider_ref: "import".to_owned(),
        amount: amount.clone(),
        value_date: paid_on.to_string(),
    };
    let (value_date, minor) = (day(paid_on)?, amount.minor);
    let decided = decide::received(ledger.account(), value_date, &Incoming { payment, minor, value_date, named: vec![receivable] }, None);
    ledger.happen_decided(&on(paid_on), Some(settled.into()), &decided.map_err(refusal::told)?)
}
