//! The decision that counts: replayed on what the server knows, and signed or refused.
//!
//! **Invariant:** whatever is confirmed was decided, with the customer's account held, on facts that still hold when it is
//! written down. Nothing that a browser says is believed.

mod access;
mod bind;
mod earlier;
mod granted;
mod objections;
mod plan;

pub use access::beside;

use crate::accounts;
use crate::app::Work;
use crate::clock::wire;
use crate::collect;
use crate::engine::Decided;
use crate::error::ApiError;
use crate::idempotency::Answer;
use crate::ids;
use crate::items;
use crate::journal::Draft;
use crate::payments;
use crate::places::Place;
use crate::sessions::{Session, check_text};
use crate::shadow::{self, Counted};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rusqlite::params;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use tresen_core::ident::{DecisionId, PolicyHash, SessionId};
use tresen_wire::decision::{Method, hex};
use tresen_wire::events::{DecidedMethod, QualificationDecided, QualificationRequested};
use tresen_wire::http::{Accepted, AgreedPlan, Attention, Cart, Confirm, Confirmed, Facts, Preview, Previewed, Reason, Refused};
use tresen_wire::money::Money;

/// A browser's record is a few hundred bytes.
const BROWSER_RECORD_MAX: usize = 16_384;

/// All that a confirm is decided on
struct Case<'a> {
    work: &'a Work<'a>,
    session: &'a Session,
    request: &'a Confirm,
    decision_id: DecisionId,
    /// Where the decision's events and its sealed facts lie
    place: Place,
    cart_hash: String,
    browser_record: Option<Vec<u8>>,
    /// Whether the browser's answer is the one that its residual policy gives on these facts; it is told and binds nothing
    browser_agrees: Option<bool>,
    facts: Facts,
    residual_hash: PolicyHash,
    decided: Decided,
}

/// Confirms an order whose shape has been checked, or refuses it with the offer that would stand
pub fn confirm(work: &Work<'_>, session_id: &SessionId, request: &Confirm) -> Result<Answer, ApiError> {
    let session = Session::load(work, session_id)?;
    let cart_hash = cart_hash(&request.cart)?;
    payments::give_up_expired(work, &session.customer)?;
    if let Some(answer) = earlier::same(work, &session, request, &cart_hash)? {
        return Ok(answer);
    }
    let case = replay(work, &session, request, cart_hash)?;
    let reasons = objections::all(&case)?;
    let attention = attention(&case)?;
    let answer = if reasons.is_empty() { accept(&case, attention)? } else { refuse(&case, reasons, attention)? };
    let Case { decision_id, decided, facts, .. } = &case;
    shadow::watch(work, &Counted { id: decision_id, policy: session.policy.hash(), answer: &decided.answer, facts });
    Ok(answer)
}

/// What confirm would decide, with nothing kept
pub fn preview(work: &Work<'_>, session_id: &SessionId, request: &Preview) -> Result<Previewed, ApiError> {
    let session = Session::load(work, session_id)?;
    let facts = session.facts_with(work, &request.facts)?;
    let residual = session.residual(work)?;
    let started = std::time::Instant::now();
    let decided = session.policy.decide(&facts, &residual.hash, work.moment.today, work.app.possible_steps())?;
    let elapsed_micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
    let granted = granted::all(work, &session, &decided.decision, &facts)?;
    Ok(Previewed { decision: decided.decision, granted, elapsed_micros })
}

/// Refuses what is no order, before anything is looked up
pub fn check_shape(request: &Confirm) -> Result<(), ApiError> {
    if request.order.is_empty() {
        return Err(ApiError::invalid("text.empty", "/order", "the order has no number", "pass the shop's own number of the order"));
    }
    check_text("/order", Some(&request.order), 100)?;
    check_text("/method", Some(&request.method), 100)?;
    if request.consents.len() > 20 {
        return Err(ApiError::invalid(
            "consents.too_many",
            "/consents",
            "there are more than 20 consents",
            "pass those of the chosen method",
        ));
    }
    request.contact.as_ref().map_or(Ok(()), collect::check_contact)?;
    request.access.as_ref().map_or(Ok(()), |access| accounts::check_minutes("/access/minutes", access.minutes))?;
    let Cart { lines, total } = &request.cart;
    if total.minor < 0 {
        return Err(ApiError::invalid(
            "cart.negative",
            "/cart/total",
            "the cart's total is below nothing",
            "an order with a negative total is a refund, which is not confirmed here",
        ));
    }
    items::check(lines)?;
    let mut sum: i64 = 0;
    for (index, line) in lines.iter().enumerate() {
        if line.amount.currency != total.currency {
            return Err(ApiError::invalid(
                "cart.two_currencies",
                &format!("/cart/lines/{index}/amount"),
                "the line is in another currency than the total",
                "pass the cart in one currency",
            ));
        }
        if line.quantity == 0 {
            return Err(ApiError::invalid(
                "cart.no_pieces",
                &format!("/cart/lines/{index}/quantity"),
                "the line has no pieces",
                "leave the line out",
            ));
        }
        sum = sum
            .checked_add(line.amount.minor)
            .ok_or_else(|| ApiError::invalid("cart.sum", "/cart/lines", "the lines cannot be summed", "check the amounts"))?;
    }
    if sum != total.minor {
        return Err(ApiError::invalid(
            "cart.sum",
            "/cart/total",
            format!("the lines sum to {sum} minor units and the total is {}", total.minor),
            "pass shipping and discounts as lines, so that the lines sum to the total",
        ));
    }
    Ok(())
}

/// SHA-256 over the canonical JSON (RFC 8785) of the cart
fn cart_hash(cart: &Cart) -> Result<String, ApiError> {
    Ok(hex(&Sha256::digest(serde_json::to_vec(cart)?)))
}

/// The facts that an order is decided on; the cart's total is that of the cart
fn merged(work: &Work<'_>, session: &Session, said: &Facts, cart: Option<&Money>) -> Result<Facts, ApiError> {
    let mut facts = session.facts_with(work, said)?;
    if let Some(total) = cart {
        facts.insert("cart.total".to_owned(), json!(total));
    }
    Ok(facts)
}

fn replay<'a>(work: &'a Work<'a>, session: &'a Session, request: &'a Confirm, cart_hash: String) -> Result<Case<'a>, ApiError> {
    // A cart in a foreign currency is no fact of this policy: the corrected offer is for what the session says.
    let total = (request.cart.total.currency == session.policy.currency()).then_some(&request.cart.total);
    let facts = merged(work, session, &request.facts, total)?;
    let residual = session.residual(work)?;
    let decided = session.policy.decide(&facts, &residual.hash, work.moment.today, work.app.possible_steps())?;
    let decision_id = ids::by_time(work.moment.now, DecisionId::from_bytes)?;
    let browser_record = request.browser_record.as_deref().map(browser_record).transpose()?;
    let browser_agrees = match &browser_record {
        Some(record) => Some(*record == residual.answer(&session.policy.told_only(&facts), work.moment.today)?),
        None => None,
    };
    Ok(Case {
        work,
        session,
        request,
        place: Place::Decision(decision_id.clone()),
        decision_id,
        cart_hash,
        browser_record,
        browser_agrees,
        facts,
        residual_hash: residual.hash,
        decided,
    })
}

fn browser_record(text: &str) -> Result<Vec<u8>, ApiError> {
    let bytes = if text.len() > BROWSER_RECORD_MAX { None } else { STANDARD.decode(text).ok() };
    bytes.ok_or_else(|| {
        ApiError::invalid(
            "browser_record.malformed",
            "/browser_record",
            "the browser's record is not base64 of a record",
            "pass it as the widget hands it over, or leave it out",
        )
    })
}

impl Case<'_> {
    fn method(&self) -> Option<&Method> {
        self.decided.decision.methods.iter().find(|method| method.id == self.request.method)
    }

    /// Writes what was asked and what was answered
    fn write_answer(&self, reasons: &[Reason], valid_until: Option<String>) -> Result<String, ApiError> {
        let draft = |after, causation| Draft {
            stream: &self.place,
            after,
            correlation: self.session.id.as_str(),
            causation,
            policy: Some(self.session.policy.hash()),
            effective: None,
            account: None,
        };
        let requested = self.work.append(
            &draft(0, None),
            QualificationRequested {
                customer: self.session.customer.to_string(),
                order_ref: self.request.order.clone(),
                method: self.request.method.clone(),
                amount: self.request.amount.clone(),
                inputs_hash: self.facts_hash(),
                consents: self.request.consents.iter().map(|consent| format!("{}@{}", consent.id, consent.version)).collect(),
                origin_channel: self.facts.get("order.origin_channel").and_then(|channel| channel.as_str()).map(str::to_owned),
            },
        )?;
        self.work.append(
            &draft(1, Some(&requested)),
            QualificationDecided {
                decision: if reasons.is_empty() { "confirmed" } else { "refused" }.to_owned(),
                risk_class: self.decided.decision.risk.class.clone(),
                value_class: self.decided.decision.value_class.clone(),
                methods: self.decided.decision.methods.iter().map(decided_method).collect(),
                reasons: reasons.iter().map(|reason| reason.code.clone()).collect(),
                semantics_version: self.decided.decision.semantics_version,
                residual_hash: self.residual_hash.to_string(),
                answer_hash: hex(&Sha256::digest(&self.decided.answer)),
                valid_until,
            },
        )
    }

    fn facts_hash(&self) -> String {
        self.work.app.vault.facts_hash(&self.work.tenant, &self.decided.facts_bytes)
    }

    /// Writes the record, with the response for whoever asks for the same order again
    fn write_record(&self, reasons: &[Reason], plan: Option<&AgreedPlan>, cart: Option<&[u8]>, response: &[u8]) -> Result<(), ApiError> {
        let Case { work, session, request, .. } = self;
        work.tx
            .prepare_cached(
                "INSERT INTO decisions (tenant_id, decision_id, session_id, customer_id, order_ref, method, outcome, reasons, decided_ms, today, \
                 semantics_version, policy_hash, residual_hash, facts_hash, answer, decision, browser_record, consents, sealed_facts, cart_hash, currency, \
                 amount_minor, response, browser_agrees, plan, plan_hash, sealed_cart) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, \
                 ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27)",
            )?
            .execute(params![
                work.tenant.as_str(),
                self.decision_id.as_str(),
                session.id.as_str(),
                session.customer.as_str(),
                request.order,
                request.method,
                if reasons.is_empty() { "confirmed" } else { "refused" },
                serde_json::to_string(reasons)?,
                work.moment.ms(),
                work.moment.today.to_string(),
                self.decided.decision.semantics_version,
                session.policy.hash().as_str(),
                self.residual_hash.as_str(),
                self.facts_hash(),
                self.decided.answer,
                serde_json::to_string(&self.decided.decision)?,
                self.browser_record,
                serde_json::to_string(&request.consents)?,
                session.key.seal(&self.place, &serde_json::to_vec(&self.facts)?)?,
                self.cart_hash,
                request.amount.currency,
                request.amount.minor,
                response,
                self.browser_agrees,
                plan.map(|plan| serde_json::to_string(&plan.plan)).transpose()?,
                plan.map(|plan| &plan.plan_hash),
                cart
            ])?;
        Ok(())
    }
}

fn decided_method(method: &Method) -> DecidedMethod {
    DecidedMethod { id: method.id.clone(), state: method.state.clone(), limit: method.limit.clone() }
}

/// What somebody at the shop should look at; nothing of it changes the answer or reaches a browser
fn attention(case: &Case<'_>) -> Result<Vec<Attention>, ApiError> {
    let guest_email = case.session.details.guest_email.as_deref();
    let mut attention = Vec::new();
    if !case.session.signed_in && case.work.email_is_a_customers(guest_email)? {
        attention.push(Attention { code: "guest.email_of_a_customer".to_owned() });
    }
    Ok(attention)
}

fn refuse(case: &Case<'_>, reasons: Vec<Reason>, attention: Vec<Attention>) -> Result<Answer, ApiError> {
    case.write_answer(&reasons, None)?;
    let refused = Refused {
        decision_id: case.decision_id.to_string(),
        reasons: reasons.clone(),
        decision: case.decided.decision.clone(),
        browser_agrees: case.browser_agrees,
        attention,
    };
    let answer = Answer::json(200, &Confirmed::Refused(Box::new(refused)))?;
    case.write_record(&reasons, None, None, &answer.body)?;
    Ok(answer)
}

fn accept(case: &Case<'_>, mut attention: Vec<Attention>) -> Result<Answer, ApiError> {
    let lifetime = jiff::SignedDuration::try_from(case.work.app.config.token_lifetime).map_err(ApiError::internal)?;
    let expires = case.work.moment.plus(lifetime)?;
    let decided = case.write_answer(&[], Some(wire(expires)))?;
    attention.extend(granted::used(case)?);
    if let Some(contact) = &case.request.contact {
        collect::learn_contact(case.work, &case.session.customer, contact)?;
    }
    let plan = case.plan()?;
    let bound = bind::all(case, plan.as_ref(), &decided, expires)?;
    // Of an order that is paid at once nobody asks here what was in it.
    let seal = || items::sealed(&case.session.key, &case.place, &case.request.cart.lines);
    let cart = bound.receivable.is_some().then(seal).transpose()?;
    let accepted = Accepted {
        decision_id: case.decision_id.to_string(),
        decision_token: bound.token,
        decision: case.decided.decision.clone(),
        receivable: bound.receivable,
        payment: bound.payment,
        credit: plan.as_ref().map(|plan| plan.plan.credit.clone()).or_else(|| case.method().and_then(|method| method.credit.clone())),
        plan: plan.clone(),
        browser_agrees: case.browser_agrees,
        attention,
        access: None,
    };
    let answer = Answer::json(200, &Confirmed::Confirmed(Box::new(accepted)))?;
    case.write_record(&[], plan.as_ref(), cart.as_deref(), &answer.body)?;
    Ok(answer)
}

#[cfg(test)]
mod tests;
