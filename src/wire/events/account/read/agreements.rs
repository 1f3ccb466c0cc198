//! Holds, disputes, promises, deferrals and plans.

use super::{Happens, Read, Reader, customer, day, happens, hash, id, receivable};
use crate::events;
use tresen_core::ident::{DisputeId, HoldId, PlanId, PromiseId};
use tresen_core::receivable::{Event, PlanAccepted, Scope};

happens! {
    HoldPlaced(body) => Event::HoldPlaced {
        hold: id(&body.hold, HoldId::parse)?,
        reason: body.reason.into(),
        scope: match (&body.receivable, &body.beside) {
            (Some(about), _) => Scope::Receivable(receivable(about)?),
            (None, Some(other)) => Scope::Beside(customer(other)?),
            (None, None) => Scope::Account,
        },
        until: body.until.as_deref().map(day).transpose()?,
    },
    HoldReleased(body) => Event::HoldReleased { hold: id(&body.hold, HoldId::parse)? },
    CustomerMerged(body) => Event::CustomerMerged { other: customer(&body.other)? },
    CustomerUnmerged(body) => Event::CustomerUnmerged { other: customer(&body.other)? },
    DisputeRaised(body, reader) => Event::DisputeRaised {
        dispute: id(&body.dispute, DisputeId::parse)?,
        receivable: receivable(&body.receivable)?,
        minor: reader.minor(&body.amount)?,
    },
    DisputeEnded(body, reader) => Event::DisputeEnded { dispute: id(&body.dispute, DisputeId::parse)?, end: reader.end(body)? },
    DisputeReopened(body) => Event::DisputeReopened { dispute: id(&body.dispute, DisputeId::parse)? },
    PromiseMade(body, reader) => Event::PromiseMade {
        promise: id(&body.promise, PromiseId::parse)?,
        minor: reader.minor(&body.amount)?,
        date: day(&body.date)?,
        grace_until: day(&body.grace_until)?,
    },
    PromiseEnded(body) => Event::PromiseEnded { promise: id(&body.promise, PromiseId::parse)?, end: body.outcome.into() },
    DeferralGranted(body) => Event::DeferralGranted { receivable: receivable(&body.receivable)?, until: day(&body.until)? },
    PlanAccepted(body, reader) => Event::PlanAccepted(PlanAccepted {
        plan: id(&body.plan, PlanId::parse)?,
        receivables: body.receivables.iter().map(|id| receivable(id)).collect::<Read<_>>()?,
        rates: body.rates.iter().map(|rate| reader.rate(&rate.due_date, &rate.amount)).collect::<Read<_>>()?,
        document: Some(hash(&body.plan_hash)?),
    }),
    PlanRescheduled(body, reader) => Event::PlanRescheduled {
        plan: id(&body.plan, PlanId::parse)?,
        rates: body.rates.iter().map(|rate| reader.rate(&rate.due_date, &rate.amount)).collect::<Read<_>>()?,
        document: Some(hash(&body.plan_hash)?),
    },
    PlanEnded(body) => Event::PlanEnded { plan: id(&body.plan, PlanId::parse)?, end: body.outcome.into(), notice: body.notice },
}
