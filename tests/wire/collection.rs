//! Collection as callers get it.

use crate::holds;
use tresen_wire::events::HoldReason;
use tresen_wire::http::*;
use tresen_wire::money::Money;

fn euro(minor: i64) -> Money {
    Money::new(minor, "EUR")
}

#[test]
fn open_claims() {
    let claim = OpenClaim {
        receivable: "rcv_00000000000000000000000000000001".into(),
        customer: Some("cus_1".into()),
        order: "2026-1001".into(),
        reference: "RF0700000001".into(),
        created_on: "2026-11-02".into(),
        open: euro(16_500),
        overdue: euro(16_500),
        due_date: Some("2026-11-16".into()),
        level: LevelState { number: 1, last: false, since: Some("2026-11-19".into()), term_until: None },
        holds: Vec::new(),
        next: None,
        why_not: Some(WhyNot { code: "gate.on_its_way".into(), hold: None, until: None }),
    };
    let next = NextStep { what: "reminder".into(), level: Some(1), channel: Some(ContactChannel::TextMessage), from: "2026-12-02".into() };
    let held = OpenClaim {
        customer: None,
        overdue: euro(0),
        due_date: None,
        level: LevelState { number: 0, last: false, since: None, term_until: None },
        holds: vec![HoldInForce { reason: HoldReason::PromisePending, until: Some("2026-12-01".into()) }],
        next: Some(next),
        why_not: Some(WhyNot { code: "gate.held".into(), hold: Some(HoldReason::PromisePending), until: Some("2026-12-02".into()) }),
        ..claim.clone()
    };
    let page = OpenClaims { today: "2026-11-21".into(), after: Some(held.receivable.clone()), claims: vec![claim, held] };
    holds("answers/open_claims", &page);
}
