//! A plan of the customer's own: agreed to in text form, which they keep, and which the ledger knows by its hash.

use super::act::Came;
use super::{Access, menu, receipt};
use crate::app::Work;
use crate::claims;
use crate::collect;
use crate::error::ApiError;
use crate::ids;
use crate::ledger::{Ledger, Occasion, day, interest_terms, refusal};
use tresen_core::date::Date;
use tresen_core::ident::{PlanId, RequestId};
use tresen_core::law::regime::{Party, Regime};
use tresen_core::receivable::decide::grown;
use tresen_core::settle::{self, Planned};
use tresen_wire::decision::{hash, hex};
use tresen_wire::events::{PlanAccepted, PlannedRate};
use tresen_wire::http::AskAccount;
use tresen_wire::money::Money;

/// The customer agrees to a plan of so many rates from a day on
pub fn accept(
    work: &Work<'_>,
    access: &Access,
    ledger: &mut Ledger<'_>,
    request: (&RequestId, &AskAccount),
    (rates, first): (u8, Date),
) -> Result<Came, ApiError> {
    let today = day(work.moment.today)?;
    let id = ids::by_time(work.moment.now, PlanId::from_bytes)?;
    let occasion = Occasion::now(id.as_str());
    let settlement = menu::settlement(work)?;
    // What is agreed to is what is owed today: the interest until now is part of it, and none comes to it.
    let interest = grown(ledger.account(), today, &interest_terms(&*work.active_policy()?)).map_err(refusal::told)?;
    let account = crate::ledger::with(ledger.account(), today, &interest)?;
    let situation = menu::situation(work, access, &account)?;
    let planned = match settle::plan(&situation, &settlement, rates, first) {
        Ok(planned) => planned,
        Err(why) => return Ok(Came::cannot(why.code())),
    };
    ledger.happen_decided(&occasion, None, &interest)?;
    let text = receipt::whole(work, access, request, &terms(work, access, &planned)?, None)?;
    let is_business = planned.receivables.iter().all(|id| account.receivable(id).is_some_and(|claim| claim.party == Party::Business));
    let money = |minor: i64| Money::new(minor, &access.currency);
    let rate = |due: Date, minor: i64| PlannedRate { due_date: due.to_iso(), amount: money(minor), cost: money(0) };
    let accepted = PlanAccepted {
        plan: id.to_string(),
        receivables: planned.receivables.iter().map(ToString::to_string).collect(),
        plan_hash: hex(&hash(text.as_bytes())),
        rates: planned.rates.iter().map(|one| rate(one.due, one.minor)).collect(),
        annual_rate_percent: "0.00".to_owned(),
        interest_percent: "0".to_owned(),
        regime: if is_business { Regime::Business } else { Regime::FreeDeferral }.code().to_owned(),
        consent: None,
    };
    ledger.happen(&occasion, vec![accepted.into()])?;
    Ok(Came { bond: Some(id.to_string()), minor: Some(planned.total), document: Some(text), is_owed_a_receipt: true, ..Came::granted() })
}

/// What was agreed to: how much, in how many rates, when, for which orders, and that it costs nothing
fn terms(work: &Work<'_>, access: &Access, planned: &Planned) -> Result<String, ApiError> {
    let voice = collect::voice(work, &access.customer)?;
    let writer = receipt::Writer::of(voice.language)?;
    let money = |minor: i64| writer.money(&Money::new(minor, &access.currency));
    let (total, count) = (money(planned.total)?, planned.rates.len().to_string());
    let mut lines = vec![writer.say("plan", &[("amount", &total), ("count", &count)])?, String::new()];
    for (rate, number) in planned.rates.iter().zip(1_u16..) {
        let (number, amount, date) = (number.to_string(), money(rate.minor)?, claims::written_day(voice.language, &rate.due.to_iso()));
        lines.push(writer.say("plan.rate", &[("number", &number), ("amount", &amount), ("date", &date)])?);
    }
    let orders = planned.receivables.iter().map(|id| receipt::order(work, id).map(|(order, _)| order)).collect::<Result<Vec<_>, _>>()?;
    lines.extend([String::new(), writer.say("plan.orders", &[("orders", &orders.join(", "))])?, writer.say("plan.free", &[])?]);
    Ok(lines.join("\n"))
}
