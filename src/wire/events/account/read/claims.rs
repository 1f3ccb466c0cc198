//! What happens to one claim.

use super::{Happens, Read, Reader, day, happens, id, receivable};
use crate::events;
use tresen_core::ident::{CreditNoteId, RunId};
use tresen_core::law::interest::Exact;
use tresen_core::receivable::{Created, CreditNoteIssued, Event, ItemAmount, Reduction};

happens! {
    ReceivableCreated(body, reader) => Event::ReceivableCreated(Created {
        receivable: receivable(&body.receivable)?,
        party: body.party.into(),
        regime: body.regime.into(),
        items: reader.items(&body.items)?,
    }),
    InvoiceDelivered(body) => Event::InvoiceDelivered {
        receivable: receivable(&body.receivable)?,
        received_on: day(&body.received_on)?,
        default_notice: body.default_notice,
    },
    GoodsDelivered(body) => Event::GoodsDelivered { receivable: receivable(&body.receivable)?, delivered_on: day(&body.delivered_on)? },
    PartyChanged(body) => Event::PartyChanged { receivable: receivable(&body.receivable)?, party: body.party.into() },
    DueDateSet(body) => Event::DueDateSet { receivable: receivable(&body.receivable)?, date: day(&body.date)? },
    DefaultStarted(body) => Event::DefaultStarted { receivable: receivable(&body.receivable)?, since: day(&body.since)? },
    InterestAccrued(body, reader) => Event::InterestAccrued {
        receivable: receivable(&body.receivable)?,
        until: day(&body.until)?,
        exact: Exact::from_parts(body.exact_parts.parse().map_err(|_| format!("`{}` is not a whole number", body.exact_parts))?),
        minor: reader.minor(&body.amount)?,
    },
    CostCharged(body, reader) => Event::CostCharged {
        receivable: receivable(&body.receivable)?,
        cost: ItemAmount { item: body.kind.into(), minor: reader.minor(&body.amount)? },
        ground: body.legal_basis.clone(),
    },
    CostWaived(body, reader) => Event::CostWaived(reader.reduced(&body.receivable, &body.lines, Reduction::CostWaived)?),
    CreditNoteIssued(body, reader) => Event::CreditNoteIssued(CreditNoteIssued {
        note: id(&body.note, CreditNoteId::parse)?,
        reduced: reader.reduced(&body.receivable, &body.lines, body.reason.into())?,
    }),
    WithdrawalReceived(body) => Event::WithdrawalReceived { receivable: receivable(&body.receivable)? },
    DebtWaived(body, reader) => Event::DebtWaived(reader.reduced(&body.receivable, &body.lines, Reduction::DebtWaived)?),
    SmallBalanceCleared(body, reader) => Event::SmallBalanceCleared(reader.reduced(&body.receivable, &body.lines, Reduction::SmallBalance)?),
    WrittenOff(body, reader) => Event::WrittenOff(reader.reduced(&body.receivable, &body.lines, Reduction::WrittenOff)?),
    LevelRaised(body) => Event::LevelRaised {
        receivable: receivable(&body.receivable)?,
        to: body.to,
        last: body.last,
        run: id(&body.run, RunId::parse)?,
        cycle: day(&body.due_date)?,
    },
    NoticeArrived(body) => Event::NoticeArrived {
        receivable: receivable(&body.receivable)?,
        level: body.level,
        term_until: day(&body.term_until)?,
    },
    LevelReset(body) => Event::LevelReset { receivable: receivable(&body.receivable)?, to: body.to, why: body.why.into() },
    Placed(body) => Event::Placed { receivable: receivable(&body.receivable)?, agency: body.agency.clone() },
    PlacementRecalled(body) => Event::PlacementRecalled { receivable: receivable(&body.receivable)? },
    ReturnedUncollectible(body) => Event::ReturnedUncollectible { receivable: receivable(&body.receivable)? },
}
