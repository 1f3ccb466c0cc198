//! What happens to one payment.

use super::{Happens, Read, Reader, day, happens, id, payment, receivable};
use crate::events;
use tresen_core::ident::RefundId;
use tresen_core::receivable::Event;

happens! {
    PaymentPending(body, reader) => Event::PaymentPending {
        payment: payment(&body.payment)?,
        minor: reader.minor(&body.amount)?,
        receivables: body.receivables.iter().map(|id| receivable(id)).collect::<Read<_>>()?,
        until: day(&body.until)?,
    },
    PaymentSettled(body, reader) => Event::PaymentSettled {
        payment: payment(&body.payment)?,
        minor: reader.minor(&body.amount)?,
        value_date: day(&body.value_date)?,
    },
    PaymentFailed(body) => Event::PaymentFailed { payment: payment(&body.payment)? },
    PaymentAllocated(body, reader) => Event::PaymentAllocated { payment: payment(&body.payment)?, lines: reader.lines(&body.lines)?, designated: body.designated },
    AllocationReversed(body, reader) => Event::AllocationReversed { payment: payment(&body.payment)?, lines: reader.lines(&body.lines)? },
    PaymentReversed(body) => Event::PaymentReversed { payment: payment(&body.payment)? },
    ChargebackOpened(body, reader) => Event::ChargebackOpened {
        payment: payment(&body.payment)?,
        minor: reader.minor(&body.amount)?,
        until: day(&body.until)?,
    },
    ChargebackWon(body) => Event::ChargebackWon { payment: payment(&body.payment)? },
    ChargebackLost(body) => Event::ChargebackLost { payment: payment(&body.payment)? },
    RefundGranted(body, reader) => Event::RefundGranted {
        refund: id(&body.refund, RefundId::parse)?,
        payment: payment(&body.payment)?,
        minor: reader.minor(&body.amount)?,
    },
    RefundSettled(body) => Event::RefundSettled { refund: id(&body.refund, RefundId::parse)? },
    RefundFailed(body) => Event::RefundFailed { refund: id(&body.refund, RefundId::parse)? },
}
