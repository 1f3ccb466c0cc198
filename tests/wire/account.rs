//! What stored facts do to an account: every event of the core is written and read as itself again.

use crate::snapshot;
use std::collections::BTreeSet;
use tresen_core::date::Date;
use tresen_core::ident::{
    ApprovalId, CreditNoteId, CustomerId, DisputeId, HoldId, PaymentId, PlanId, PromiseId, ReceivableId, RefundId, RunId, SaleId, SheetHash,
};
use tresen_core::law::allocation::Regime;
use tresen_core::law::interest::Exact;
use tresen_core::law::regime::Party;
use tresen_core::rate::Rate as Share;
use tresen_core::receivable::{
    Account, Agreed, Allocation, Approved, Created, CreditNoteIssued, DisputeEnd, Event, Ground, HoldReason, ItemAmount, ItemKind,
    LevelReset, PlanAccepted, PlanEnd, PromiseEnd, Rate, Reduced, Reduction, Scope, Weight, Weighty,
};
use tresen_wire::events::{Body, from_core, to_core};

const STREAM: &str = "receivable/rcv_00000000000000000000000000000001";

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn receivable() -> ReceivableId {
    ReceivableId::from_bytes([7; 16])
}

fn reduced(item: ItemKind, reduction: Reduction) -> Reduced {
    Reduced { receivable: receivable(), lines: vec![ItemAmount { item, minor: 100 }], reduction }
}

/// What is written from the core alone, in every word that it has
fn events() -> Vec<Event> {
    let (payment, refund, hold) = (PaymentId::from_bytes([1; 20]), RefundId::from_bytes([2; 16]), HoldId::from_bytes([3; 16]));
    let (promise, plan, dispute) = (PromiseId::from_bytes([4; 16]), PlanId::from_bytes([5; 16]), DisputeId::from_bytes([6; 16]));
    let (note, sale) = (CreditNoteId::from_bytes([9; 16]), SaleId::from_bytes([10; 16]));
    let line = |item| Allocation { receivable: receivable(), item, minor: 250 };
    let mut events = vec![
        Event::InvoiceDelivered { receivable: receivable(), received_on: day("2026-11-24"), default_notice: true },
        Event::GoodsDelivered { receivable: receivable(), delivered_on: day("2026-11-26") },
        Event::PartyChanged { receivable: receivable(), party: Party::Business },
        Event::PartyChanged { receivable: receivable(), party: Party::Consumer },
        Event::DefaultStarted { receivable: receivable(), since: day("2026-12-08") },
        Event::InterestAccrued { receivable: receivable(), until: day("2026-12-31"), exact: Exact::from_parts(-(1 << 90)), minor: -540 },
        Event::CostWaived(reduced(ItemKind::DunningCost, Reduction::CostWaived)),
        Event::WithdrawalReceived { receivable: receivable() },
        Event::DebtWaived(reduced(ItemKind::Principal, Reduction::DebtWaived)),
        Event::SmallBalanceCleared(reduced(ItemKind::DefaultInterest, Reduction::SmallBalance)),
        Event::WrittenOff(reduced(ItemKind::LegalCost, Reduction::WrittenOff)),
        Event::AllocationReversed { payment: payment.clone(), lines: vec![line(ItemKind::LumpSum)] },
        Event::PaymentReversed { payment: payment.clone() },
        Event::ChargebackOpened { payment: payment.clone(), minor: 250, until: day("2026-12-07") },
        Event::ChargebackWon { payment: payment.clone() },
        Event::ChargebackLost { payment: payment.clone() },
        Event::RefundGranted { refund: refund.clone(), payment: payment.clone(), minor: 50 },
        Event::RefundSettled { refund: refund.clone() },
        Event::RefundFailed { refund },
        Event::HoldPlaced { hold: hold.clone(), reason: HoldReason::Insolvency, scope: Scope::Account, until: None },
        Event::HoldPlaced {
            hold: hold.clone(),
            reason: HoldReason::Deceased,
            scope: Scope::Beside(CustomerId::from_bytes([12; 16])),
            until: None,
        },
        Event::HoldReleased { hold: hold.clone() },
        Event::CustomerUnmerged { other: CustomerId::from_bytes([12; 16]) },
        Event::PromiseMade { promise: promise.clone(), minor: 100, date: day("2026-12-01"), grace_until: day("2026-12-03") },
        Event::DeferralGranted { receivable: receivable(), until: day("2027-01-04") },
        Event::PlanRescheduled {
            plan: plan.clone(),
            rates: vec![Rate { due: day("2027-01-21"), minor: 8_325 }],
            document: Some([0xab; 32]),
        },
        Event::DisputeRaised { dispute: dispute.clone(), receivable: receivable(), minor: 5_000 },
        Event::DisputeReopened { dispute: dispute.clone() },
        Event::LevelRaised { receivable: receivable(), to: 3, last: true, run: RunId::from_bytes([8; 16]), cycle: day("2026-12-07") },
        Event::NoticeArrived { receivable: receivable(), level: 3, term_until: day("2026-12-21") },
        Event::Placed { receivable: receivable(), agency: "Inkasso Nord".to_owned() },
        Event::PlacementRecalled { receivable: receivable() },
        Event::ReturnedUncollectible { receivable: receivable() },
        Event::SaleAgreed {
            receivable: receivable(),
            agreed: Agreed {
                sale: sale.clone(),
                buyer: "Factor Nord".to_owned(),
                sheet: SheetHash::from_bytes([0xcd; 32]),
                class: "B".to_owned(),
                rate: Share::from_ppm(925_000).unwrap(),
                until: day("2026-12-31"),
                recourse: true,
            },
        },
        Event::SaleCancelled { receivable: receivable() },
        Event::TitleTransferred {
            receivable: receivable(),
            sale,
            items: vec![ItemAmount { item: ItemKind::Principal, minor: 20_000 }],
            price: 18_500,
        },
        Event::PurchasePricePaid { receivable: receivable(), minor: -4_625 },
        Event::MisdirectedPaymentForwarded { receivable: receivable(), minor: 8_000 },
    ];
    for ground in Ground::ALL {
        events.push(Event::Repurchased { receivable: receivable(), ground });
    }
    for act in Weighty::ALL {
        events.push(Event::ActApproved(Approved {
            approval: ApprovalId::from_bytes([11; 16]),
            weight: Weight { act, receivable: receivable(), minor: 20_000 },
            proposed_by: "key_anna".to_owned(),
            approved_by: "key_bert".to_owned(),
        }));
    }
    for item in ItemKind::ALL {
        events.push(Event::CostCharged { receivable: receivable(), cost: ItemAmount { item, minor: 4_000 }, ground: "BGB".to_owned() });
    }
    for designated in [false, true] {
        events.push(Event::PaymentAllocated { payment: payment.clone(), lines: vec![line(ItemKind::Principal)], designated });
    }
    for reduction in [Reduction::Return, Reduction::Withdrawal, Reduction::Goodwill, Reduction::Error, Reduction::Dispute] {
        let reduced = reduced(ItemKind::Fee, reduction);
        events.push(Event::CreditNoteIssued(CreditNoteIssued { note: note.clone(), reduced }));
    }
    for reason in HoldReason::ALL {
        let (scope, until) = (Scope::Receivable(receivable()), Some(day("2026-12-24")));
        events.push(Event::HoldPlaced { hold: hold.clone(), reason, scope, until });
    }
    for end in [PromiseEnd::Kept, PromiseEnd::PartlyKept, PromiseEnd::Broken, PromiseEnd::Invalidated] {
        events.push(Event::PromiseEnded { promise: promise.clone(), end });
    }
    for (end, notice) in [(PlanEnd::Completed, false), (PlanEnd::Cancelled, false), (PlanEnd::Accelerated, true)] {
        events.push(Event::PlanEnded { plan: plan.clone(), end, notice });
    }
    let rejected = [false, true].map(|reasoned| DisputeEnd::Rejected { reasoned });
    for end in [DisputeEnd::Upheld, DisputeEnd::PartlyUpheld(250), DisputeEnd::TakenBack].into_iter().chain(rejected) {
        events.push(Event::DisputeEnded { dispute: dispute.clone(), end });
    }
    for why in [LevelReset::Crossed, LevelReset::Moved, LevelReset::ByHand] {
        events.push(Event::LevelReset { receivable: receivable(), to: 0, why });
    }
    events
}

/// What is written in full by whoever lets it happen, as its snapshot and as the event that it is
fn written_in_full() -> Vec<(&'static str, Event)> {
    let number = |bytes: &mut [u8]| bytes[bytes.len() - 1] = 1;
    let (mut claim, mut paid, mut planned) = ([0; 16], [0; 20], [0; 16]);
    number(&mut claim);
    number(&mut paid);
    number(&mut planned);
    let mut two = [0; 16];
    two[15] = 2;
    let (receivable, payment, plan) = (ReceivableId::from_bytes(claim), PaymentId::from_bytes(paid), PlanId::from_bytes(planned));
    let item = |item, minor| ItemAmount { item, minor };
    let items = vec![item(ItemKind::Principal, 16_350), item(ItemKind::Fee, 150)];
    let rates = vec![Rate { due: day("2026-12-21"), minor: 8_326 }, Rate { due: day("2027-01-21"), minor: 8_325 }];
    let created = Created { receivable: receivable.clone(), party: Party::Consumer, regime: Regime::Bgb367, items };
    let accepted = PlanAccepted { plan, receivables: vec![receivable.clone()], rates, document: Some([0xee; 32]) };
    vec![
        ("receivable_created-2", Event::ReceivableCreated(created)),
        ("due_date_set-2", Event::DueDateSet { receivable: receivable.clone(), date: day("2026-12-07") }),
        (
            "payment_pending-1",
            Event::PaymentPending { payment: payment.clone(), minor: 16_350, receivables: vec![receivable], until: day("2026-11-27") },
        ),
        ("payment_settled-2", Event::PaymentSettled { payment: payment.clone(), minor: 16_350, value_date: day("2026-11-23") }),
        ("payment_failed-1", Event::PaymentFailed { payment }),
        ("customer_merged-1", Event::CustomerMerged { other: CustomerId::from_bytes(two) }),
        ("plan_accepted-2", Event::PlanAccepted(accepted)),
    ]
}

fn kind_of(name: &str) -> (&'static str, u16) {
    let (name, version) = name.rsplit_once('-').unwrap();
    let same = |kind: &str| kind.to_lowercase() == name.replace('_', "");
    *Body::KINDS.iter().find(|(kind, v)| same(kind) && v.to_string() == version).unwrap()
}

#[test]
fn every_event_of_an_account_is_written_and_read_as_itself_again() {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for event in events() {
        let body = from_core(&event, "EUR").unwrap_or_else(|| panic!("{event:?} is not written"));
        let (kind, version) = body.kind();
        let stored = Body::from_stored(kind, version, STREAM, &serde_json::to_string(&body).unwrap()).unwrap();
        assert_eq!(to_core(&stored, "EUR", &Account::default()).unwrap().as_ref(), Some(&event));
        seen.insert(kind);
    }
    for (name, event) in written_in_full() {
        assert_eq!(from_core(&event, "EUR"), None, "{event:?} says more than the account keeps");
        let (kind, version) = kind_of(name);
        let stored = snapshot(&format!("events/{name}")).replace("\"pay_01\"", &format!("\"{}\"", PaymentId::from_bytes(last_is_one())));
        let stored = Body::from_stored(kind, version, STREAM, &stored).unwrap();
        assert_eq!(to_core(&stored, "EUR", &Account::default()).unwrap().as_ref(), Some(&event));
        seen.insert(kind);
    }
    let of_other_things = [
        "QualificationRequested",
        "QualificationDecided",
        "DecisionBound",
        "DecisionContested",
        "DecisionReviewed",
        "GrantUsed",
        "CustomerErased",
        "ContactPlanned",
        "ContactSuppressed",
        "ContactSent",
        "ContactDelivered",
        "ContactBounced",
        "ContactFailed",
        "ContactOpened",
        "ContactCrossed",
        "OptedOut",
        "TaskCreated",
        "TaskDone",
        "RequestMade",
        "RequestTakenBack",
        "IdentityCheckRequired",
        "IdentityCheckPassed",
        "IdentityCheckFailed",
        "HistoryImported",
        "PaymentInitiated",
        "PaymentUnallocated",
    ];
    for kind in of_other_things {
        let (name, version) = Body::KINDS.iter().find(|(name, _)| *name == kind).unwrap();
        let body =
            Body::from_stored(name, *version, STREAM, &snapshot(&format!("events/{}", crate::events::name(name, *version)))).unwrap();
        assert_eq!(to_core(&body, "EUR", &Account::default()).unwrap(), None, "{kind}");
    }
    let all: BTreeSet<&str> = Body::KINDS.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(seen.into_iter().chain(of_other_things).collect::<BTreeSet<_>>(), all);
}

fn last_is_one() -> [u8; 20] {
    let mut bytes = [0; 20];
    bytes[19] = 1;
    bytes
}

#[test]
fn what_cannot_be_is_not_read() {
    let read = |event: &Event, change: (&str, &str), currency: &str| {
        let body = from_core(event, "EUR").unwrap();
        let (kind, version) = body.kind();
        let text = serde_json::to_string(&body).unwrap().replacen(change.0, change.1, 1);
        to_core(&Body::from_stored(kind, version, STREAM, &text).unwrap(), currency, &Account::default())
    };
    let defaulted = Event::DefaultStarted { receivable: receivable(), since: day("2026-12-08") };
    assert!(read(&defaulted, ("2026-12-08", "2026-02-30"), "EUR").is_err(), "no such day");
    assert!(read(&defaulted, ("rcv_", "pay_"), "EUR").is_err(), "the name of another thing");
    let waived = Event::DebtWaived(reduced(ItemKind::Principal, Reduction::DebtWaived));
    assert!(read(&waived, ("", ""), "EUR").is_ok());
    assert!(read(&waived, ("", ""), "CHF").is_err(), "money of another account");
    let dispute = DisputeId::from_bytes([6; 16]);
    let upheld = Event::DisputeEnded { dispute, end: DisputeEnd::PartlyUpheld(1) };
    assert!(read(&upheld, (r#"{"currency":"EUR","minor":1}"#, "null"), "EUR").is_err(), "right about how much?");
    let plan = Event::PlanRescheduled { plan: PlanId::from_bytes([5; 16]), rates: vec![], document: Some([0xab; 32]) };
    assert!(read(&plan, ("abab", "ab"), "EUR").is_err(), "no SHA-256");
    let interest = Event::InterestAccrued { receivable: receivable(), until: day("2026-12-31"), exact: Exact::from_parts(12), minor: 0 };
    assert!(read(&interest, (r#""12""#, r#""1.2""#), "EUR").is_err(), "no whole number");
}

#[test]
fn what_version_1_put_against_a_claim_goes_to_its_parts_in_the_order_of_its_regime() {
    let payment = PaymentId::from_bytes([1; 20]);
    let text = format!(
        r#"{{"payment":"{payment}","lines":[{{"receivable":"{}","amount":{{"minor":150,"currency":"EUR"}}}}],"rule":"designated","value_date":"2026-11-23"}}"#,
        receivable()
    );
    let body = Body::from_stored("PaymentAllocated", 1, STREAM, &text).unwrap();
    for (regime, first, rest) in
        [(Regime::Bgb367, ItemKind::Interest, ItemKind::Principal), (Regime::Bgb497, ItemKind::Principal, ItemKind::Interest)]
    {
        let items = [ItemKind::Principal, ItemKind::Interest].map(|item| ItemAmount { item, minor: 100 }).to_vec();
        let mut account = Account::default();
        let created = Created { receivable: receivable(), party: Party::Consumer, regime, items };
        account.apply(day("2026-11-21"), &Event::ReceivableCreated(created)).unwrap();
        let lines = [(first, 100), (rest, 50)].map(|(item, minor)| Allocation { receivable: receivable(), item, minor }).to_vec();
        let expected = Event::PaymentAllocated { payment: payment.clone(), lines, designated: true };
        assert_eq!(to_core(&body, "EUR", &account).unwrap(), Some(expected), "{}", regime.code());
    }
}
