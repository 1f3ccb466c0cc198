//! How a claim stands, and what has happened to it.

use crate::app::Work;
use crate::error::ApiError;
use crate::items;
use crate::journal;
use crate::ledger::{Ledger, as_of_today, day};
use crate::paying;
use crate::places::Place;
use rusqlite::{Row, params};
use std::collections::BTreeSet;
use tresen_core::date::Date;
use tresen_core::ident::{PaymentId, ReceivableId};
use tresen_core::receivable::{Account, Hold};
use tresen_wire::events::{AllocationLine, Body, ClaimItem, Event};
use tresen_wire::http::{Happening, HoldInForce, LevelState, NextDue, OpenItem, ReceivableRecord, ReceivableState};
use tresen_wire::money::Money;

/// A claim with all that has happened to it
pub fn record(work: &Work<'_>, id: &ReceivableId) -> Result<ReceivableRecord, ApiError> {
    let ledger = super::ledger(work, id)?;
    let mut statement = work.tx.prepare_cached("SELECT * FROM receivables WHERE tenant_id = ?1 AND receivable_id = ?2")?;
    let mut rows = statement.query(params![work.tenant.as_str(), id.as_str()])?;
    let row = rows.next()?.ok_or_else(super::unknown)?;
    let timeline = happened(work, &ledger, id)?.into_iter().map(|(_, happening)| happening).collect();
    let order_items = items::of_order(work, ledger.customer(), &row.get::<_, String>("order_ref")?)?;
    Ok(ReceivableRecord { state: state(row, &as_of_today(work, ledger.account())?, day(work.moment.today)?)?, order_items, timeline })
}

/// A claim as it stands: its row, and what only the account of today knows
pub fn state(row: &Row<'_>, account: &Account, today: Date) -> Result<ReceivableState, ApiError> {
    let (id, currency): (String, String) = (row.get("receivable_id")?, row.get("currency")?);
    let id = crate::ids::stored(&id, ReceivableId::parse)?;
    let claim = account.receivable(&id).ok_or_else(|| ApiError::internal("a claim that its account does not know"))?;
    let money = |minor: i64| Money::new(minor, &currency);
    let day = |day: Option<Date>| day.map(Date::to_iso);
    let mut holds: Vec<Hold> = account.holds(today).filter(|hold| hold.concerns(&id)).collect();
    holds.sort_by_key(|hold| (hold.reason, hold.until));
    Ok(ReceivableState {
        order: row.get("order_ref")?,
        method: row.get("method")?,
        amount: money(row.get("amount_minor")?),
        balance: money(account.open(&id)),
        created_on: row.get("created_on")?,
        due_date: row.get("due_date")?,
        delivered_on: day(claim.delivered_on),
        settled_on: row.get("settled_on")?,
        overdue: account.overdue(&id, today) > 0,
        reference: row.get("reference")?,
        ending: row.get("ending")?,
        items: account.book().open(&id).map(|(item, minor)| OpenItem { kind: item.into(), open: money(minor) }).collect(),
        level: LevelState {
            number: claim.level.number,
            last: claim.level.last,
            since: day(claim.level.since),
            term_until: day(claim.level.term_until),
        },
        holds: holds.into_iter().map(|hold| HoldInForce { reason: hold.reason.into(), until: day(hold.until) }).collect(),
        default_since: day(claim.default_since),
        next_due: next_due(account, &id).map(|(due, minor)| NextDue { due_date: due.to_iso(), amount: money(minor) }),
        id: id.to_string(),
    })
}

/// What is to be paid next, and by when
fn next_due(account: &Account, id: &ReceivableId) -> Option<(Date, i64)> {
    let due = account.cycle(id)?;
    let minor = account.due(id, due);
    (minor > 0).then_some((due, minor))
}

/// The events that are about the claim, in the order in which they were written, each with what it is to the claim
pub fn happened(work: &Work<'_>, ledger: &Ledger<'_>, id: &ReceivableId) -> Result<Vec<(Event, Happening)>, ApiError> {
    let mut about = About { id: id.as_str(), payments: BTreeSet::new(), plans: BTreeSet::new() };
    let (mut happened, mut paid) = (Vec::new(), BTreeSet::new());
    for event in journal::of_account(work.tx, &work.tenant, ledger.customer(), ledger.currency())? {
        let is_of_claim = event.stream == Place::Receivable(id.clone()).to_string();
        if let Some((payment, minor)) = about.look(&event.data, is_of_claim) {
            let fee = match (&event.data, &payment) {
                // Once, however often it was put elsewhere.
                (Body::PaymentAllocated(_), Some(payment)) if paid.insert(payment.clone()) => cost(work, payment)?,
                _ => None,
            };
            let happening = Happening {
                kind: event.kind.to_owned(),
                date: event.effective_date.clone(),
                recorded_at: event.recorded_at.clone(),
                payment,
                amount: minor.map(|minor| Money::new(minor, ledger.currency())),
                fee,
            };
            happened.push((event, happening));
        }
    }
    Ok(happened)
}

/// What a payment cost the merchant: as the provider said, else as the policy did
fn cost(work: &Work<'_>, payment: &str) -> Result<Option<Money>, ApiError> {
    let paying::Fees { kept, expected } = paying::fees(work, &crate::ids::stored(payment, PaymentId::parse)?)?;
    Ok(kept.or(expected))
}

/// What was seen of a claim so far: the payments that were put against it and the plans that cover it
struct About<'a> {
    id: &'a str,
    payments: BTreeSet<String>,
    plans: BTreeSet<String>,
}

type Seen = Option<(Option<String>, Option<i64>)>;

impl About<'_> {
    /// How much of the claim an event is about, and of which payment; nothing for an event that is not about the claim
    fn look(&mut self, body: &Body, is_of_claim: bool) -> Seen {
        let sum = |lines: &[ClaimItem]| Some(lines.iter().map(|line| line.amount.minor).fold(0, i64::saturating_add));
        let minor = match body {
            Body::PaymentAllocated(body) => return self.paid(&body.payment, &body.lines),
            Body::AllocationReversed(body) => return self.paid(&body.payment, &body.lines),
            Body::PaymentPending(body) => {
                let is_for = body.receivables.iter().any(|claim| claim == self.id);
                return is_for.then(|| (Some(body.payment.clone()), Some(body.amount.minor)));
            }
            Body::PaymentReversed(body) => return self.of_payment(&body.payment),
            Body::ChargebackOpened(body) => return self.of_payment(&body.payment),
            Body::ChargebackWon(body) => return self.of_payment(&body.payment),
            Body::ChargebackLost(body) => return self.of_payment(&body.payment),
            Body::PlanAccepted(body) => {
                let covers = body.receivables.iter().any(|claim| claim == self.id);
                return covers.then(|| {
                    self.plans.insert(body.plan.clone());
                    (None, None)
                });
            }
            Body::PlanRescheduled(body) => return self.plans.contains(&body.plan).then_some((None, None)),
            Body::PlanEnded(body) => return self.plans.contains(&body.plan).then_some((None, None)),
            Body::PromiseMade(body) => return Some((None, Some(body.amount.minor))),
            Body::PromiseEnded(_) => return Some((None, None)),
            Body::HoldPlaced(body) => return (is_of_claim || body.receivable.is_none()).then_some((None, None)),
            Body::ReceivableCreated(body) => sum(&body.items),
            Body::CostWaived(body) => sum(&body.lines),
            Body::CreditNoteIssued(body) => sum(&body.lines),
            Body::DebtWaived(body) => sum(&body.lines),
            Body::SmallBalanceCleared(body) => sum(&body.lines),
            Body::WrittenOff(body) => sum(&body.lines),
            Body::InterestAccrued(body) => Some(body.amount.minor),
            Body::CostCharged(body) => Some(body.amount.minor),
            Body::DisputeRaised(body) => Some(body.amount.minor),
            Body::DisputeEnded(body) => body.amount.as_ref().map(|amount| amount.minor),
            _ => None,
        };
        is_of_claim.then_some((None, minor))
    }

    fn paid(&mut self, payment: &str, lines: &[AllocationLine]) -> Seen {
        let of_claim = lines.iter().filter(|line| line.receivable == self.id).map(|line| line.amount.minor).fold(0, i64::saturating_add);
        (of_claim > 0).then(|| {
            self.payments.insert(payment.to_owned());
            (Some(payment.to_owned()), Some(of_claim))
        })
    }

    fn of_payment(&self, payment: &str) -> Seen {
        self.payments.contains(payment).then(|| (Some(payment.to_owned()), None))
    }
}
