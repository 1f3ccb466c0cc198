//! What follows from a confirmed order: it is bound, a claim or a payment comes to be, and a token says so.

use super::Case;
use crate::engine::bears_credit_risk;
use crate::error::ApiError;
use crate::ids;
use crate::journal::Draft;
use crate::ledger::{Ledger, Occasion, creditor_reference};
use crate::places::Place;
use crate::{incoming, payments, signing, token};
use jiff::Timestamp;
use tresen_core::ident::{PaymentId, PlanId, ReceivableId};
use tresen_wire::credit::Instalment;
use tresen_wire::decision::Method;
use tresen_wire::events::{
    AllocationOrder, Body, ClaimItem, DecisionBound, DueDateSet, ItemKind, Party, PaymentInitiated, PlanAccepted, PlannedRate,
    ReceivableCreated, Terms,
};
use tresen_wire::http::{AgreedPlan, PaymentBrief, ReceivableBrief, TokenClaims};
use tresen_wire::money::Money;

/// What came to be
pub struct Bound {
    pub token: String,
    pub receivable: Option<ReceivableBrief>,
    pub payment: Option<PaymentBrief>,
}

/// Binds the order
pub fn all(case: &Case<'_>, plan: Option<&AgreedPlan>, decided: &str, expires: Timestamp) -> Result<Bound, ApiError> {
    let method = case.method().ok_or_else(|| ApiError::internal("a confirmed order without its method"))?;
    let draft = draft(case, &case.place, 2, decided);
    let bound = case.work.append(
        &draft,
        DecisionBound {
            customer: case.session.customer.to_string(),
            session: case.session.id.to_string(),
            order_ref: case.request.order.clone(),
            method: method.id.clone(),
            method_kind: method.kind.clone(),
            amount: case.request.amount.clone(),
            cart_hash: case.cart_hash.clone(),
        },
    )?;
    let (receivable, payment) = match case.session.policy.provider(&method.id) {
        // The provider takes the money: there is no claim of the merchant's, but there may be a risk until it has.
        Some(provider) => (None, Some(payment(case, method, provider, &bound)?)),
        // Nobody owes nothing.
        None if bears_credit_risk(&method.kind) && case.request.amount.minor > 0 => (Some(receivable(case, method, plan, &bound)?), None),
        None => (None, None),
    };
    Ok(Bound { token: decision_token(case, method, plan, expires)?, receivable, payment })
}

fn draft<'a>(case: &'a Case<'_>, stream: &'a Place, after: i64, causation: &'a str) -> Draft<'a> {
    Draft {
        stream,
        after,
        correlation: case.session.id.as_str(),
        causation: Some(causation),
        policy: Some(case.session.policy.hash()),
        effective: None,
        account: None,
    }
}

fn receivable(case: &Case<'_>, method: &Method, plan: Option<&AgreedPlan>, bound: &str) -> Result<ReceivableBrief, ApiError> {
    let id = ids::by_time(case.work.moment.now, ReceivableId::from_bytes)?;
    let reference = creditor_reference(case.work.next_reference()?);
    let amount = plan.map_or(&case.request.amount, |plan| &plan.plan.plan.total).clone();
    let due_date = match plan {
        Some(plan) => plan.plan.plan.instalments.first().map(|first| first.due_date.clone()),
        None => method.due_date.clone(),
    };
    let to_pay: Option<Body> = match (plan, &due_date) {
        (Some(plan), _) => Some(accepted(case, method, plan, &id)?.into()),
        (None, Some(date)) => Some(due(case, &id, date).into()),
        (None, None) => None,
    };
    let created = created(case, method, plan, &id, &reference);
    let occasion = Occasion { causation: Some(bound), policy: Some(case.session.policy.hash()), ..Occasion::now(case.session.id.as_str()) };
    let mut ledger = Ledger::of(case.work, &case.session.customer, &amount.currency)?;
    ledger.happen(&occasion, [Body::from(created)].into_iter().chain(to_pay).collect())?;
    incoming::claim_is_there(case.work, &case.session.customer, &id, &reference)?;
    Ok(ReceivableBrief { id: id.to_string(), due_date, amount, reference })
}

fn created(case: &Case<'_>, method: &Method, plan: Option<&AgreedPlan>, id: &ReceivableId, reference: &str) -> ReceivableCreated {
    let Money { currency, .. } = &case.request.amount;
    let cost_kind = match plan {
        Some(plan) if plan.plan.interest_percent != "0.00" => ItemKind::Interest,
        Some(_) | None => ItemKind::Fee,
    };
    let cost = plan.map_or(0, |plan| plan.plan.plan.cost.minor);
    let items = [(ItemKind::Principal, case.request.cart.total.minor), (ItemKind::Fee, method.fee.minor), (cost_kind, cost)];
    let items = items.into_iter().filter(|(_, minor)| *minor != 0);
    let party = match case.facts.get("customer.kind").and_then(|kind| kind.as_str()) {
        Some("company") => Party::Business,
        // Who is not known to be a business is protected as a consumer.
        Some(_) | None => Party::Consumer,
    };
    let regime = plan.map(|plan| &plan.plan.credit).or(method.credit.as_ref()).map(|credit| credit.regime.as_str());
    ReceivableCreated {
        receivable: id.to_string(),
        debtor: case.session.customer.to_string(),
        order_ref: case.request.order.clone(),
        capture: 1,
        method: method.id.clone(),
        party,
        regime: order_of(party, regime),
        items: items.map(|(kind, minor)| ClaimItem { kind, amount: Money::new(minor, currency) }).collect(),
        reference: reference.to_owned(),
        delivered_on: None,
        terms: method.term.as_ref().map(|term| Terms { days: term.days, from: term.from.clone() }),
    }
}

/// In which order payments are put against a claim's parts; where it is not known what the time to pay is to the law, as costs a consumer less
fn order_of(party: Party, regime: Option<&str>) -> AllocationOrder {
    match (party, regime) {
        (_, Some("paid_at_once" | "business" | "free_deferral")) | (Party::Business, _) => AllocationOrder::Bgb367,
        (Party::Consumer, Some(_) | None) => AllocationOrder::Bgb497,
    }
}

fn due(case: &Case<'_>, id: &ReceivableId, date: &str) -> DueDateSet {
    DueDateSet {
        receivable: id.to_string(),
        date: date.to_owned(),
        rule: "term".to_owned(),
        calendar: case.session.policy.market(),
        zone: case.work.moment.zone.clone(),
    }
}

fn accepted(case: &Case<'_>, method: &Method, agreed: &AgreedPlan, id: &ReceivableId) -> Result<PlanAccepted, ApiError> {
    let AgreedPlan { plan_hash, plan } = agreed;
    let rate = |rate: &Instalment| PlannedRate { due_date: rate.due_date.clone(), amount: rate.amount.clone(), cost: rate.cost.clone() };
    let consent = case.request.consents.iter().find(|given| Some(&given.id) == method.consent.as_ref());
    Ok(PlanAccepted {
        plan: ids::by_time(case.work.moment.now, PlanId::from_bytes)?.to_string(),
        receivables: vec![id.to_string()],
        plan_hash: plan_hash.clone(),
        rates: plan.plan.instalments.iter().map(rate).collect(),
        annual_rate_percent: plan.plan.annual_rate_percent.clone(),
        interest_percent: plan.interest_percent.clone(),
        regime: plan.credit.regime.clone(),
        consent: consent.map(|consent| format!("{}@{}", consent.id, consent.version)),
    })
}

fn payment(case: &Case<'_>, method: &Method, provider: &str, bound: &str) -> Result<PaymentBrief, ApiError> {
    let id = ids::secret(PaymentId::from_bytes)?;
    let stream = Place::Payment(id.clone());
    case.work.append(
        &draft(case, &stream, 0, bound),
        PaymentInitiated {
            payment: id.to_string(),
            customer: case.session.customer.to_string(),
            session: case.session.id.to_string(),
            order_ref: case.request.order.clone(),
            method: method.id.clone(),
            provider: provider.to_owned(),
            amount: case.request.amount.clone(),
            reserves: bears_credit_risk(&method.kind),
            expires_at: payments::expiry(case.work)?,
        },
    )?;
    let redirect_url = payments::page_of(case.work.app, &id);
    Ok(PaymentBrief { id: id.to_string(), redirect_url })
}

fn decision_token(case: &Case<'_>, method: &Method, plan: Option<&AgreedPlan>, expires: Timestamp) -> Result<String, ApiError> {
    let (kid, key) = signing::current(case.work)?;
    let claims = TokenClaims {
        iss: "tresen".to_owned(),
        tenant: case.work.tenant.to_string(),
        session: case.session.id.to_string(),
        order: case.request.order.clone(),
        method: method.id.clone(),
        cart_hash: case.cart_hash.clone(),
        amount: case.request.amount.clone(),
        plan_hash: plan.map(|plan| plan.plan_hash.clone()),
        decision_id: case.decision_id.to_string(),
        policy_hash: case.session.policy.hash().to_string(),
        iat: case.work.moment.now.as_second(),
        exp: expires.as_second(),
        jti: ids::uuid(case.work.moment.now)?.to_string(),
    };
    Ok(token::sign(&key, &kid, &claims)?)
}
