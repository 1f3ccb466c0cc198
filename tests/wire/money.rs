//! The answers about money: payments, claims, refunds, holds.

use crate::holds;
use tresen_wire::events::{HoldReason, ItemKind, Unallocated, WeightyAct};
use tresen_wire::http::{
    Approval, ApprovalOutcome, ApprovalState, Approvals, BrokenAt, ChainChecked, ChargebackNews, ChargebackState, ClaimFile, CreditReason,
    Debit, DebitBatch, DebitState, Debits, FiledDecision, FiledEvent, Happening, HoldInForce, HoldState, LevelState, MergedCustomer,
    NextDue, OpenItem, PaidLine, ReceivableRecord, ReceivableState, ReceivedPayment, Refund, RefundOutcome, UnmatchedPayment,
    UnmatchedPayments, Waived,
};
use tresen_wire::money::Money;

fn euro(minor: i64) -> Money {
    Money::new(minor, "EUR")
}

/// A claim about which much has happened
pub fn receivable() -> ReceivableState {
    ReceivableState {
        id: "rcv_01".into(),
        order: "2026-1001".into(),
        method: "invoice".into(),
        amount: euro(16_500),
        balance: euro(6_500),
        created_on: "2026-11-21".into(),
        due_date: Some("2026-12-07".into()),
        delivered_on: Some("2026-11-23".into()),
        settled_on: None,
        overdue: true,
        reference: "RF18539007547034".into(),
        ending: None,
        items: vec![OpenItem { kind: ItemKind::Principal, open: euro(6_424) }, OpenItem { kind: ItemKind::DunningCost, open: euro(76) }],
        level: LevelState { number: 1, last: false, since: Some("2026-12-10".into()), term_until: Some("2026-12-20".into()) },
        holds: vec![
            HoldInForce { reason: HoldReason::Dispute, until: None },
            HoldInForce { reason: HoldReason::ManualPause, until: Some("2026-12-24".into()) },
        ],
        default_since: Some("2026-12-08".into()),
        next_due: Some(NextDue { due_date: "2026-12-07".into(), amount: euro(6_500) }),
    }
}

#[test]
fn how_money_stands() {
    let payment = ReceivedPayment {
        id: "pay_01".into(),
        state: "received".into(),
        provider: "bank".into(),
        reference: "2026-11-24/17".into(),
        amount: euro(10_000),
        value_date: "2026-11-23".into(),
        lines: vec![PaidLine { receivable: "rcv_01".into(), item: ItemKind::Principal, amount: euro(9_850) }],
        left: euro(50),
        fee: Some(euro(165)),
        expected_fee: Some(euro(160)),
        refunded: euro(100),
        chargeback: Some(ChargebackState { state: "won".into(), amount: euro(9_850), until: "2026-12-07".into() }),
        why: None,
    };
    holds("answers/received_payment", &payment);
    let unmatched = UnmatchedPayment {
        id: "pay_02".into(),
        provider: "bank".into(),
        reference: "2026-11-24/18".into(),
        amount: euro(4_000),
        value_date: "2026-11-23".into(),
        received_at: "2026-11-24T06:00:00.000Z".into(),
        why: Some(Unallocated::UnknownReference),
        remittance: Some("RF18 5390 0754 7034".into()),
        told_otherwise: None,
    };
    let doubtful = UnmatchedPayment { why: None, remittance: None, told_otherwise: Some(euro(4_001)), ..unmatched.clone() };
    holds("answers/unmatched_payments", &UnmatchedPayments { payments: vec![unmatched, doubtful] });
    let refund = Refund { refund: "rfd_01".into(), payment: "pay_01".into(), amount: euro(100), state: "granted".into() };
    holds("answers/refund", &refund);
    let debit = Debit {
        debit: "TD0000000000000001".into(),
        payment: "pay_03".into(),
        state: DebitState::Returned,
        amount: euro(4_000),
        from: "2026-12-15".into(),
        until: "2026-12-22".into(),
        batch: Some("TB0000000000000001".into()),
        collected_on: Some("2026-12-15".into()),
        reason: Some("AC04".into()),
    };
    let announced = Debit { state: DebitState::Announced, batch: None, collected_on: None, reason: None, ..debit.clone() };
    holds("answers/debits", &Debits { debits: vec![announced] });
    holds("answers/debit_batch", &DebitBatch { batch: debit.batch.clone(), total: euro(4_000), debits: vec![debit] });
    holds("answers/hold_state", &HoldState { hold: "hld_01".into(), state: "in_force".into() });
    let merged = MergedCustomer { reference: "cus_2".into(), into: Some("cus_1".into()), same_person: vec!["cus_1".into()] };
    holds("answers/merged_customer", &merged);
}

#[test]
fn a_claim_is_told_with_what_has_happened_to_it() {
    let happened = |kind: &str, date: &str, payment: Option<&str>, amount: Option<Money>| Happening {
        kind: kind.into(),
        date: date.into(),
        recorded_at: format!("{date}T09:20:00.000Z"),
        payment: payment.map(str::to_owned),
        amount,
        fee: payment.map(|_| euro(165)),
    };
    let timeline = vec![
        happened("ReceivableCreated", "2026-11-21", None, Some(euro(16_350))),
        happened("DueDateSet", "2026-11-21", None, None),
        happened("PaymentAllocated", "2026-11-24", Some("pay_01"), Some(euro(9_850))),
    ];
    claim_file();
    holds("answers/receivable_record", &ReceivableRecord { state: receivable(), order_items: vec![crate::customer::item()], timeline });
}

#[test]
fn every_word_about_money_is_one_word() {
    let words = (
        [ChargebackNews::Opened, ChargebackNews::Won, ChargebackNews::Lost],
        [CreditReason::Return, CreditReason::Goodwill, CreditReason::Error, CreditReason::Dispute],
        [Waived::Debt, Waived::Costs],
        [RefundOutcome::Settled, RefundOutcome::Failed],
        [DebitState::Announced, DebitState::Submitted, DebitState::Settled, DebitState::Returned, DebitState::Cancelled],
        [Unallocated::NothingNamed, Unallocated::UnknownReference, Unallocated::SeveralCustomers, Unallocated::OtherCurrency],
    );
    let written = r#"[["opened","won","lost"],["return","goodwill","error","dispute"],["debt","costs"],["settled","failed"],["announced","submitted","settled","returned","cancelled"],["nothing_named","unknown_reference","several_customers","other_currency"]]"#;
    assert_eq!(serde_json::to_string(&words).unwrap(), written);
}

/// A claim as a file
fn claim_file() {
    let file = ClaimFile {
        kind: "tresen.claim_file",
        format: 1,
        exported_at: "2026-12-10T12:00:00.000Z".into(),
        language: "de".into(),
        claim: receivable(),
        order_items: vec![crate::customer::item()],
        chain: ChainChecked { whole: false, events: 2, broken_at: Some(BrokenAt { stream: "receivable/rcv_01".into(), seq: 2 }) },
        decision: Some(FiledDecision { decision_id: "dec_01".into(), explanation: None, why_not: Some("person.erased".into()) }),
        history: vec![FiledEvent {
            date: "2026-11-21".into(),
            words: "Zahlungstermin: 7. Dezember 2026".into(),
            amount: None,
            fee: None,
            by: "Laden".into(),
            event: crate::webhooks::event(),
        }],
        messages: Vec::new(),
        proofs: vec![crate::collection::proof()],
    };
    holds("answers/claim_file", &file);
}

#[test]
fn what_waits_for_a_second_person() {
    let approval = |state, decided_by: Option<&str>| Approval {
        id: "apr_01".into(),
        receivable: "rcv_01".into(),
        act: WeightyAct::WriteOff,
        amount: euro(16_500),
        state,
        proposed_by: "key_01".into(),
        proposed_at: "2026-12-10T09:00:00Z".into(),
        expires_at: "2026-12-24T09:00:00Z".into(),
        decided_by: decided_by.map(str::to_owned),
    };
    let states = [
        approval(ApprovalState::Open, None),
        approval(ApprovalState::Approved, Some("key_02")),
        approval(ApprovalState::Rejected, Some("key_01")),
        approval(ApprovalState::Expired, None),
    ];
    holds("answers/approvals", &Approvals { approvals: states.into() });
    holds("answers/approval_outcomes", &[ApprovalOutcome::Approve, ApprovalOutcome::Reject]);
}
