//! Upcasters: facts that were stored in an earlier shape are raised to today's when they are read. What is stored stays as it is.

use super::{
    AllocationLine, AllocationOrder, Body, ClaimItem, DueDateSet, Party, PaymentAllocated, PaymentSettled, PlanAccepted, PlannedRate,
    ReceivableCreated, Terms,
};
use crate::money::Money;
use serde::Deserialize;
use tresen_core::ident::{PlanId, ReceivableId};

/// Every name and version that is stored somewhere and not written any more
pub const EARLIER: &[(&str, u16)] =
    &[("ReceivableCreated", 1), ("DueDateSet", 1), ("PlanAccepted", 1), ("PaymentSettled", 1), ("PaymentAllocated", 1)];

/// Reads the facts of an event in an earlier shape; nothing for a name and version that never was
pub(super) fn raised(kind: &str, v: u16, stream: &str, data: &str) -> Option<Result<Body, String>> {
    match (kind, v) {
        ("ReceivableCreated", 1) => Some(read(data, ReceivableCreated1::raised)),
        ("DueDateSet", 1) => Some(read(data, |facts: DueDateSet1| facts.raised(of_claim(stream)?))),
        ("PlanAccepted", 1) => Some(read(data, |facts: PlanAccepted1| facts.raised(of_claim(stream)?))),
        ("PaymentSettled", 1) => Some(read(data, PaymentSettled1::raised)),
        ("PaymentAllocated", 1) => Some(read(data, PaymentAllocated1::raised)),
        _ => None,
    }
}

fn read<T: serde::de::DeserializeOwned>(data: &str, raise: impl FnOnce(T) -> Result<Body, String>) -> Result<Body, String> {
    serde_json::from_str(data).map_err(|problem| problem.to_string()).and_then(raise)
}

/// The claim whose stream it is
fn of_claim(stream: &str) -> Result<ReceivableId, String> {
    let id = stream.strip_prefix("receivable/").and_then(ReceivableId::parse);
    id.ok_or_else(|| format!("`{stream}` is not the stream of a claim"))
}

#[derive(Deserialize)]
struct ReceivableCreated1 {
    receivable: String,
    debtor: String,
    order_ref: String,
    capture: u16,
    method: String,
    party: Option<String>,
    items: Vec<ClaimItem>,
    reference: String,
    delivered_on: Option<String>,
    terms: Option<Terms>,
}

impl ReceivableCreated1 {
    /// What was not said takes the side that costs the customer less: a consumer, and the order in which the price comes before the interest
    fn raised(self) -> Result<Body, String> {
        let Self { receivable, debtor, order_ref, capture, method, party, items, reference, delivered_on, terms } = self;
        let (party, regime) = match party.as_deref() {
            Some("company") => (Party::Business, AllocationOrder::Bgb367),
            Some(_) | None => (Party::Consumer, AllocationOrder::Bgb497),
        };
        Ok(Body::from(ReceivableCreated {
            receivable,
            debtor,
            order_ref,
            capture,
            method,
            party,
            regime,
            items,
            reference,
            delivered_on,
            terms,
        }))
    }
}

#[derive(Deserialize)]
struct DueDateSet1 {
    date: String,
    rule: String,
    calendar: String,
    zone: String,
}

impl DueDateSet1 {
    fn raised(self, receivable: ReceivableId) -> Result<Body, String> {
        let Self { date, rule, calendar, zone } = self;
        Ok(Body::from(DueDateSet { receivable: receivable.to_string(), date, rule, calendar, zone }))
    }
}

#[derive(Deserialize)]
struct PlanAccepted1 {
    plan_hash: String,
    rates: Vec<PlannedRate>,
    annual_rate_percent: String,
    interest_percent: String,
    regime: String,
    consent: Option<String>,
}

impl PlanAccepted1 {
    /// A claim had one plan, so the plan is named as the claim is
    fn raised(self, receivable: ReceivableId) -> Result<Body, String> {
        let Self { plan_hash, rates, annual_rate_percent, interest_percent, regime, consent } = self;
        let named = receivable.as_str().strip_prefix("rcv_").and_then(|digits| PlanId::parse(&format!("pln_{digits}")));
        let plan = named.ok_or_else(|| format!("`{receivable}` names no plan"))?.to_string();
        let receivables = vec![receivable.to_string()];
        Ok(Body::from(PlanAccepted { plan, receivables, plan_hash, rates, annual_rate_percent, interest_percent, regime, consent }))
    }
}

#[derive(Deserialize)]
struct PaymentSettled1 {
    payment: String,
    customer: String,
    provider_ref: String,
    amount: Money,
    value_date: String,
}

impl PaymentSettled1 {
    /// Only the sandbox's provider had settled anything, besides what was brought in from before
    fn raised(self) -> Result<Body, String> {
        let Self { payment, customer, provider_ref, amount, value_date } = self;
        let provider = if provider_ref == "import" { "import" } else { "sandbox" }.to_owned();
        Ok(Body::from(PaymentSettled { payment, customer, provider, provider_ref, amount, value_date }))
    }
}

#[derive(Deserialize)]
struct AllocationLine1 {
    receivable: String,
    amount: Money,
}

#[derive(Deserialize)]
struct PaymentAllocated1 {
    payment: String,
    lines: Vec<AllocationLine1>,
    rule: String,
}

impl PaymentAllocated1 {
    /// Which part got it was not said: it follows from the order of the claim's regime, once the account is there
    fn raised(self) -> Result<Body, String> {
        let Self { payment, lines, rule } = self;
        let line = |AllocationLine1 { receivable, amount }: AllocationLine1| AllocationLine { receivable, item: None, amount };
        let designated = rule == "designated";
        Ok(Body::from(PaymentAllocated { payment, lines: lines.into_iter().map(line).collect(), rule, designated }))
    }
}
