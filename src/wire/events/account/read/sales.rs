//! A claim is sold, or an act is agreed to by a second person.

use super::{Happens, Read, Reader, day, happens, hash, id, receivable};
use crate::events;
use tresen_core::ident::{ApprovalId, SaleId, SheetHash};
use tresen_core::rate::Rate;
use tresen_core::receivable::{Agreed, Approved, Event, Weight};

happens! {
    ActApproved(body, reader) => Event::ActApproved(Approved {
        approval: id(&body.approval, ApprovalId::parse)?,
        weight: Weight { act: body.act.into(), receivable: receivable(&body.receivable)?, minor: reader.minor(&body.amount)? },
        proposed_by: body.proposed_by.clone(),
        approved_by: body.approved_by.clone(),
    }),
    SaleAgreed(body) => Event::SaleAgreed {
        receivable: receivable(&body.receivable)?,
        agreed: Agreed {
            sale: id(&body.sale, SaleId::parse)?,
            buyer: body.buyer.clone(),
            sheet: SheetHash::from_bytes(hash(&body.sheet)?),
            class: body.class.clone(),
            rate: Rate::from_ppm(body.rate_ppm).ok_or_else(|| "a rate above one".to_owned())?,
            until: day(&body.until)?,
            recourse: body.recourse,
        },
    },
    SaleCancelled(body) => Event::SaleCancelled { receivable: receivable(&body.receivable)? },
    TitleTransferred(body, reader) => Event::TitleTransferred {
        receivable: receivable(&body.receivable)?,
        sale: id(&body.sale, SaleId::parse)?,
        items: reader.items(&body.items)?,
        price: reader.minor(&body.price)?,
    },
    PurchasePricePaid(body, reader) => Event::PurchasePricePaid {
        receivable: receivable(&body.receivable)?,
        minor: reader.minor(&body.amount)?,
    },
    MisdirectedPaymentForwarded(body, reader) => Event::MisdirectedPaymentForwarded {
        receivable: receivable(&body.receivable)?,
        minor: reader.minor(&body.amount)?,
    },
    Repurchased(body) => Event::Repurchased { receivable: receivable(&body.receivable)?, ground: body.ground.into() },
}
