//! From the events of the core to the stored facts.

use crate::decision::hex;
use crate::events::{self, AllocationLine, Body, ClaimItem, DisputeOutcome, DueRate};
use crate::money::Money;
use tresen_core::receivable::{Allocation, DisputeEnd, Event, ItemAmount, Rate, Reduced, Scope};

/// By which rule a payment is shared between claims: those that the payer named (BGB section 366(1)), or the order of the law (366(2))
fn rule(designated: bool) -> &'static str {
    if designated { "bgb_366_1" } else { "bgb_366_2" }
}

/// The stored facts of an event of an account of that currency
///
/// Nothing for an event that says more than what moves the account (of which order a claim is, who took the money, what a plan costs): whoever lets it
/// happen writes it in full.
#[must_use]
pub fn from_core(event: &Event, currency: &str) -> Option<Body> {
    let money = |minor: i64| Money::new(minor, currency);
    let items = |lines: &[ItemAmount]| lines.iter().map(|line| ClaimItem { kind: line.item.into(), amount: money(line.minor) }).collect();
    let lines = |lines: &[Allocation]| -> Vec<AllocationLine> {
        let line = |line: &Allocation| AllocationLine {
            receivable: line.receivable.to_string(),
            item: Some(line.item.into()),
            amount: money(line.minor),
        };
        lines.iter().map(line).collect()
    };
    Some(match event {
        Event::InvoiceDelivered { receivable, received_on, default_notice } => events::InvoiceDelivered {
            receivable: receivable.to_string(),
            received_on: received_on.to_iso(),
            default_notice: *default_notice,
        }
        .into(),
        Event::GoodsDelivered { receivable, delivered_on } => {
            events::GoodsDelivered { receivable: receivable.to_string(), delivered_on: delivered_on.to_iso() }.into()
        }
        Event::PartyChanged { receivable, party } => {
            events::PartyChanged { receivable: receivable.to_string(), party: (*party).into() }.into()
        }
        Event::DefaultStarted { receivable, since } => {
            events::DefaultStarted { receivable: receivable.to_string(), since: since.to_iso() }.into()
        }
        Event::InterestAccrued { receivable, until, exact, minor } => events::InterestAccrued {
            receivable: receivable.to_string(),
            until: until.to_iso(),
            exact_parts: exact.parts().to_string(),
            amount: money(*minor),
        }
        .into(),
        Event::CostCharged { receivable, cost, ground } => events::CostCharged {
            receivable: receivable.to_string(),
            kind: cost.item.into(),
            amount: money(cost.minor),
            legal_basis: ground.clone(),
        }
        .into(),
        Event::CostWaived(Reduced { receivable, lines, .. }) => {
            events::CostWaived { receivable: receivable.to_string(), lines: items(lines) }.into()
        }
        Event::CreditNoteIssued(issued) => events::CreditNoteIssued {
            note: issued.note.to_string(),
            receivable: issued.reduced.receivable.to_string(),
            lines: items(&issued.reduced.lines),
            reason: issued.reduced.reduction.into(),
        }
        .into(),
        Event::WithdrawalReceived { receivable } => events::WithdrawalReceived { receivable: receivable.to_string() }.into(),
        Event::DebtWaived(Reduced { receivable, lines, .. }) => {
            events::DebtWaived { receivable: receivable.to_string(), lines: items(lines) }.into()
        }
        Event::SmallBalanceCleared(Reduced { receivable, lines, .. }) => {
            events::SmallBalanceCleared { receivable: receivable.to_string(), lines: items(lines) }.into()
        }
        Event::WrittenOff(Reduced { receivable, lines, .. }) => {
            events::WrittenOff { receivable: receivable.to_string(), lines: items(lines) }.into()
        }
        Event::PaymentAllocated { payment, lines: to, designated } => events::PaymentAllocated {
            payment: payment.to_string(),
            lines: lines(to),
            rule: rule(*designated).to_owned(),
            designated: *designated,
        }
        .into(),
        Event::AllocationReversed { payment, lines: from } => {
            events::AllocationReversed { payment: payment.to_string(), lines: lines(from) }.into()
        }
        Event::PaymentReversed { payment } => events::PaymentReversed { payment: payment.to_string() }.into(),
        Event::ChargebackOpened { payment, minor, until } => {
            events::ChargebackOpened { payment: payment.to_string(), amount: money(*minor), until: until.to_iso() }.into()
        }
        Event::ChargebackWon { payment } => events::ChargebackWon { payment: payment.to_string() }.into(),
        Event::ChargebackLost { payment } => events::ChargebackLost { payment: payment.to_string() }.into(),
        Event::RefundGranted { refund, payment, minor } => {
            events::RefundGranted { refund: refund.to_string(), payment: payment.to_string(), amount: money(*minor) }.into()
        }
        Event::RefundSettled { refund } => events::RefundSettled { refund: refund.to_string() }.into(),
        Event::RefundFailed { refund } => events::RefundFailed { refund: refund.to_string() }.into(),
        Event::HoldPlaced { hold, reason, scope, until } => events::HoldPlaced {
            hold: hold.to_string(),
            reason: (*reason).into(),
            receivable: match scope {
                Scope::Account | Scope::Beside(_) => None,
                Scope::Receivable(receivable) => Some(receivable.to_string()),
            },
            until: until.map(|until| until.to_iso()),
            beside: match scope {
                Scope::Beside(other) => Some(other.to_string()),
                Scope::Account | Scope::Receivable(_) => None,
            },
        }
        .into(),
        Event::HoldReleased { hold } => events::HoldReleased { hold: hold.to_string() }.into(),
        Event::CustomerUnmerged { other } => events::CustomerUnmerged { other: other.to_string() }.into(),
        Event::PromiseMade { promise, minor, date, grace_until } => events::PromiseMade {
            promise: promise.to_string(),
            amount: money(*minor),
            date: date.to_iso(),
            grace_until: grace_until.to_iso(),
        }
        .into(),
        Event::PromiseEnded { promise, end } => events::PromiseEnded { promise: promise.to_string(), outcome: (*end).into() }.into(),
        Event::DeferralGranted { receivable, until } => {
            events::DeferralGranted { receivable: receivable.to_string(), until: until.to_iso() }.into()
        }
        Event::PlanRescheduled { plan, rates, document } => events::PlanRescheduled {
            plan: plan.to_string(),
            plan_hash: hex(&(*document)?),
            rates: rates.iter().map(|Rate { due, minor }| DueRate { due_date: due.to_iso(), amount: money(*minor) }).collect(),
        }
        .into(),
        Event::PlanEnded { plan, end, notice } => {
            events::PlanEnded { plan: plan.to_string(), outcome: (*end).into(), notice: *notice }.into()
        }
        Event::DisputeRaised { dispute, receivable, minor } => {
            events::DisputeRaised { dispute: dispute.to_string(), receivable: receivable.to_string(), amount: money(*minor) }.into()
        }
        Event::DisputeEnded { dispute, end } => {
            let (outcome, amount, reasoned) = match end {
                DisputeEnd::Upheld => (DisputeOutcome::Upheld, None, false),
                DisputeEnd::PartlyUpheld(minor) => (DisputeOutcome::PartlyUpheld, Some(money(*minor)), false),
                DisputeEnd::Rejected { reasoned } => (DisputeOutcome::Rejected, None, *reasoned),
                DisputeEnd::TakenBack => (DisputeOutcome::TakenBack, None, false),
            };
            events::DisputeEnded { dispute: dispute.to_string(), outcome, amount, reasoned }.into()
        }
        Event::DisputeReopened { dispute } => events::DisputeReopened { dispute: dispute.to_string() }.into(),
        Event::LevelRaised { receivable, to, last, run, cycle } => {
            events::LevelRaised { receivable: receivable.to_string(), to: *to, last: *last, run: run.to_string(), due_date: cycle.to_iso() }
                .into()
        }
        Event::NoticeArrived { receivable, level, term_until } => {
            events::NoticeArrived { receivable: receivable.to_string(), level: *level, term_until: term_until.to_iso() }.into()
        }
        Event::LevelReset { receivable, to, why } => {
            events::LevelReset { receivable: receivable.to_string(), to: *to, why: (*why).into() }.into()
        }
        Event::Placed { receivable, agency } => events::Placed { receivable: receivable.to_string(), agency: agency.clone() }.into(),
        Event::PlacementRecalled { receivable } => events::PlacementRecalled { receivable: receivable.to_string() }.into(),
        Event::ReturnedUncollectible { receivable } => events::ReturnedUncollectible { receivable: receivable.to_string() }.into(),
        Event::ActApproved(approved) => events::ActApproved {
            approval: approved.approval.to_string(),
            receivable: approved.weight.receivable.to_string(),
            act: approved.weight.act.into(),
            amount: money(approved.weight.minor),
            proposed_by: approved.proposed_by.clone(),
            approved_by: approved.approved_by.clone(),
        }
        .into(),
        Event::SaleAgreed { receivable, agreed } => events::SaleAgreed {
            receivable: receivable.to_string(),
            sale: agreed.sale.to_string(),
            buyer: agreed.buyer.clone(),
            sheet: agreed.sheet.to_string(),
            class: agreed.class.clone(),
            rate_ppm: agreed.rate.ppm(),
            until: agreed.until.to_iso(),
            recourse: agreed.recourse,
        }
        .into(),
        Event::SaleCancelled { receivable } => events::SaleCancelled { receivable: receivable.to_string() }.into(),
        Event::TitleTransferred { receivable, sale, items: sold, price } => events::TitleTransferred {
            receivable: receivable.to_string(),
            sale: sale.to_string(),
            items: items(sold),
            price: money(*price),
        }
        .into(),
        Event::PurchasePricePaid { receivable, minor } => {
            events::PurchasePricePaid { receivable: receivable.to_string(), amount: money(*minor) }.into()
        }
        Event::MisdirectedPaymentForwarded { receivable, minor } => {
            events::MisdirectedPaymentForwarded { receivable: receivable.to_string(), amount: money(*minor) }.into()
        }
        Event::Repurchased { receivable, ground } => {
            events::Repurchased { receivable: receivable.to_string(), ground: (*ground).into() }.into()
        }
        Event::ReceivableCreated(_)
        | Event::DueDateSet { .. }
        | Event::PaymentPending { .. }
        | Event::PaymentSettled { .. }
        | Event::PaymentFailed { .. }
        | Event::CustomerMerged { .. }
        | Event::PlanAccepted(_) => return None,
    })
}
