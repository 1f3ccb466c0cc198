//! Why an order is refused, all reasons at once.
//!
//! Their order: the session, the order, the cart, the birth date, the method, the amount, the plan, the credit, the consents.

use super::Case;
use super::{earlier, granted, plan};
use crate::bureau;
use crate::consent::{self, ConsentQuestion};
use crate::error::ApiError;
use crate::steps::BIRTH_DATE;
use tresen_core::policy::Kind;
use tresen_wire::credit::Regime;
use tresen_wire::decision::Method;
use tresen_wire::http::Reason;
use tresen_wire::money::Money;

/// The text that tells all that the law wants told before a consumer takes a credit
const CREDIT_CONSENT: &str = "instalments";

/// Every reason that holds; none means that the order stands
pub fn all(case: &Case<'_>) -> Result<Vec<Reason>, ApiError> {
    let mut codes: Vec<String> = Vec::new();
    if case.session.is_expired(case.work) {
        codes.push("session.expired".to_owned());
    }
    codes.extend(earlier::conflict(case.work, case.session, &case.request.order)?.map(str::to_owned));
    codes.extend(cart(case).map(str::to_owned));
    codes.extend(birth_date(case)?.map(str::to_owned));
    match case.method() {
        None => codes.push("method.unknown".to_owned()),
        Some(method) => of_method(case, method, &mut codes)?,
    }
    Ok(codes.into_iter().map(|code| Reason { code }).collect())
}

fn cart(case: &Case<'_>) -> Option<&'static str> {
    let currency = case.session.policy.currency();
    if case.request.cart.total.currency != currency || case.request.amount.currency != currency {
        return Some("currency.foreign");
    }
    let said = case.request.facts.get("cart.total")?;
    let said: Money = serde_json::from_value(said.clone()).ok()?;
    (said != case.request.cart.total).then_some("cart.total_differs")
}

/// The shop's server says another birth date than the shopper has confirmed
fn birth_date(case: &Case<'_>) -> Result<Option<&'static str>, ApiError> {
    let confirmed = case.session.confirmed(case.work)?;
    Ok(confirmed.contradicts(case.facts.get(BIRTH_DATE)).then_some("step.birth_date_differs"))
}

fn of_method(case: &Case<'_>, method: &Method, codes: &mut Vec<String>) -> Result<(), ApiError> {
    match method.state.as_str() {
        "offered" => {}
        "incomplete" => codes.push("method.incomplete".to_owned()),
        _ if granted::grant(case, method)?.is_some() => codes.extend(granted::lacks(case, method).map(str::to_owned)),
        _ => {
            codes.push("method.withheld".to_owned());
            codes.extend(method.reasons.iter().map(|reason| reason.code.clone()));
        }
    }
    let expected = case.request.cart.total.minor.checked_add(method.fee.minor);
    if expected != Some(case.request.amount.minor) {
        codes.push("amount.differs".to_owned());
    }
    let plan = match plan::chosen(method, case.request.plan.as_ref()) {
        Ok(plan) => plan,
        Err(code) => {
            codes.push(code.to_owned());
            None
        }
    };
    let credit = plan.map(|plan| &plan.credit).or(method.credit.as_ref());
    let is_credit = credit.is_some_and(Regime::is_consumer_credit);
    let in_instalments = method.kind == Kind::Instalments.code();
    let told = plan.or(method.deferral.as_ref().filter(|_| is_credit));
    let bureau = bureau::asked(case.work, case.session)?;
    let texts = case.work.app.config.consent_texts.as_ref();
    let question = method.consent.as_ref().map(|id| ConsentQuestion {
        id,
        locale: &case.session.locale,
        address_form: case.session.address_form,
        merchant: case.session.policy.merchant(),
        bureau: bureau.as_deref(),
        amount: &case.request.amount,
        fee: &method.fee,
        term_days: method.term.as_ref().map(|term| term.days),
        due_date: method.due_date.as_deref(),
        plan: told,
    });
    let is_told = question.as_ref().is_some_and(|question| match (in_instalments, told) {
        (true, _) => question.id == CREDIT_CONSENT,
        (false, told) => told.is_some() && consent::was_shown(texts, question, &case.request.consents),
    });
    if is_credit && !is_told {
        codes.push("credit.not_disclosed".to_owned());
    }
    // Which text it is depends on the plan: without one there is nothing to agree to.
    if let Some(question) = question.filter(|_| !in_instalments || plan.is_some()) {
        let problem = consent::problem(texts, &question, &case.request.consents, case.session.opened, case.work.moment.now);
        codes.extend(problem.map(str::to_owned));
    }
    Ok(())
}
