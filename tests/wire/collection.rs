//! Collection as callers get it.

use crate::holds;
use tresen_wire::events::HoldReason;
use tresen_wire::http::*;
use tresen_wire::money::Money;

fn euro(minor: i64) -> Money {
    Money::new(minor, "EUR")
}

/// A file that a customer sent
pub fn proof() -> Proof {
    Proof {
        proof: "prf_00000000000000000000000000000001".into(),
        name: "Beleg März.pdf".into(),
        media_type: "application/pdf".into(),
        size: 48_211,
        sent_at: "2026-12-10T07:09:00.000Z".into(),
    }
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
    let next = ClaimStep { what: "reminder".into(), level: Some(1), channel: Some(ContactChannel::TextMessage), from: "2026-12-02".into() };
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
    let warning = Warning {
        code: "law.letter_cost.not_read".into(),
        message: "what a letter may cost was not read for 2027-01-01".into(),
        help: "bring the service up to date".into(),
    };
    let after = Some(held.receivable.clone());
    let page = OpenClaims { today: "2026-11-21".into(), after, claims: vec![claim, held], warnings: vec![warning] };
    holds("answers/open_claims", &page);
}

#[test]
fn messages_and_tasks() {
    let sent = ContactMessage {
        id: "msg_00000000000000000000000000000001".into(),
        customer: Some("cus_1".into()),
        occasion: "reminder".into(),
        channel: ContactChannel::Email,
        state: "delivered".into(),
        about: vec![MessageAbout { receivable: "rcv_00000000000000000000000000000001".into(), level: 1, due_date: "2026-12-07".into() }],
        amount: euro(16_500),
        term: Some("2026-12-18".into()),
        payment: None,
        planned_at: "2026-12-10T07:00:00.000Z".into(),
        sent_at: Some("2026-12-10T07:00:01.000Z".into()),
        arrived_at: Some("2026-12-10T07:00:09.000Z".into()),
        opened: Some("machine".into()),
        reason: None,
        to: Some("alex@example.org".into()),
        subject: Some("Ihre Bestellung 2026-1001".into()),
        text: Some("Guten Tag".into()),
    };
    holds("answers/contact_message", &sent);
    let erased = ContactMessage {
        customer: None,
        occasion: "thanks".into(),
        state: "suppressed".into(),
        about: Vec::new(),
        term: None,
        payment: Some("pay_0000000000000000000000000000000000000001".into()),
        sent_at: None,
        arrived_at: None,
        opened: None,
        reason: Some("contact.outdated".into()),
        to: None,
        subject: None,
        text: None,
        ..sent
    };
    holds("answers/contact_message_erased", &erased);
    let task = Task {
        id: "tsk_00000000000000000000000000000001".into(),
        kind: "unknown_delivery".into(),
        customer: Some("cus_1".into()),
        receivable: None,
        message: Some("msg_00000000000000000000000000000001".into()),
        reason: Some("the service ended while it was sent".into()),
        request: None,
        items: vec![crate::customer::item()],
        proofs: vec![proof()],
        opened_at: "2026-12-10T07:10:00.000Z".into(),
        done_at: None,
    };
    let read = MailRead { message: Some("msg_00000000000000000000000000000001".into()), news: Some(DeliveryNews::Bounced), ignored: None };
    holds("answers/mail_read", &read);
    holds("answers/mail_ignored", &MailRead { news: None, ignored: Some("mail.auto_reply".into()), ..read });
    holds("answers/proof", &proof());
    holds("answers/tasks", &Tasks { tasks: vec![task.clone()] });
    holds("answers/task_done", &Task { customer: None, done_at: Some("2026-12-10T08:00:00.000Z".into()), ..task });
}
