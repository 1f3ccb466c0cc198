//! What whoever holds an access to an account sees, and how they came by it.

use crate::holds;
use crate::paylink::answered;
use std::collections::BTreeMap;
use tresen_wire::events::HoldReason;
use tresen_wire::http::{
    AccessGranted, AccountBeside, AccountClaim, AccountDocument, AccountPart, AccountPayment, AccountPaymentState, AccountRate,
    AccountReach, AccountRequest, AccountTransfer, AccountView, AddressForm, Adviser, AmountRange, ClaimState, CodeSent, ContactChannel,
    CountRange, DayRange, DebitRoom, DeferralRoom, HardshipRoom, Human, LastDay, LastPayment, Menu, NextStep, OrderItem, PartKind,
    PayMethod, PaylinkShop, PlanRoom, RequestAnswered, RequestOutcome, ReturnRoom, WithdrawalRoom, WithdrawalUntil,
};
use tresen_wire::money::Money;

fn euro(minor: i64) -> Money {
    Money::new(minor, "EUR")
}

pub fn item() -> OrderItem {
    OrderItem { id: "1".into(), sku: "KL-1".into(), name: "Decke Fjord".into(), quantity: 2, amount: euro(5_900) }
}

fn claim() -> AccountClaim {
    AccountClaim {
        receivable: "rcv_01".into(),
        reference: Some("RF7400000001".into()),
        order: "2026-0815".into(),
        ordered_on: "2026-11-20".into(),
        items: vec![item()],
        due_date: Some("2026-12-04".into()),
        late: true,
        agreed: euro(7_000),
        extra: vec![AccountPart { kind: PartKind::Cost, amount: euro(70) }, AccountPart { kind: PartKind::Interest, amount: euro(25) }],
        credited: euro(1_000),
        let_go: euro(0),
        paid: euro(100),
        open: euro(5_995),
        payable: euro(5_000),
        parts: vec![
            AccountPart { kind: PartKind::Principal, amount: euro(5_900) },
            AccountPart { kind: PartKind::Cost, amount: euro(70) },
            AccountPart { kind: PartKind::Interest, amount: euro(25) },
        ],
        state: ClaimState::Open,
        under_way: false,
        why: None,
        next: Some(NextStep { what: "reminder".into(), from: "2026-12-15".into() }),
        plan: None,
    }
}

fn plan_room() -> PlanRoom {
    PlanRoom {
        receivables: vec!["rcv_01".into()],
        total: euro(5_995),
        rates: CountRange { from: 2, to: 5 },
        rate_minimum: euro(1_000),
        first: DayRange { from: "2026-12-09".into(), until: "2027-01-07".into() },
    }
}

fn menu() -> Menu {
    Menu {
        part: Some(AmountRange { from: euro(500), to: euro(5_994) }),
        promise: Some(LastDay { until: "2026-12-22".into() }),
        deferral: Some(DeferralRoom { receivable: "rcv_01".into(), from: "2026-12-09".into(), until: "2027-01-03".into() }),
        plan: Some(plan_room()),
        dispute: true,
        give_back: Some(ReturnRoom { receivables: vec!["rcv_01".into()] }),
        withdrawal: Some(WithdrawalRoom {
            receivables: vec![WithdrawalUntil { receivable: "rcv_01".into(), until: Some("2026-12-10".into()) }],
        }),
        hardship: Some(HardshipRoom {
            pause_until: "2027-01-07".into(),
            plan: Some(plan_room()),
            advice: vec![Adviser { name: "Schuldnerberatung".into(), url: "https://advice.example".into(), phone: None }],
        }),
        methods: vec![PayMethod { id: "card".into(), provider: "sandbox".into() }],
        debit: Some(DebitRoom {
            receivables: vec!["rcv_01".into()],
            from: "2026-12-22".into(),
            until: "2026-12-29".into(),
            mandate: "Ich ermächtige …".into(),
        }),
        why_not: BTreeMap::new(),
    }
}

fn view() -> AccountView {
    let planned = AccountClaim {
        receivable: "rcv_02".into(),
        state: ClaimState::Planned,
        under_way: true,
        why: Some(HoldReason::PlanActive),
        next: None,
        plan: Some(vec![AccountRate { due: "2026-12-15".into(), amount: euro(2_000), paid: euro(500) }]),
        ..claim()
    };
    AccountView {
        today: "2026-12-08".into(),
        locale: "de".into(),
        address_form: AddressForm::Du,
        shop: PaylinkShop {
            name: "Musterladen".into(),
            creditor: Some("Musterladen GmbH".into()),
            website: Some("musterladen.example".into()),
            email: Some("hallo@musterladen.example".into()),
            phone: None,
            hours: Some(answered()),
        },
        receivable: Some("rcv_01".into()),
        owed: euro(11_990),
        same_person: vec![AccountBeside { token: "acc_01.cst_02".into(), owed: euro(8_000) }],
        asked: euro(7_495),
        claims: vec![claim(), planned],
        payments: vec![AccountPayment {
            payment: "pay_01".into(),
            amount: euro(100),
            gone: euro(0),
            held: euro(0),
            on: "2026-12-01".into(),
            state: AccountPaymentState::Received,
            method: Some("bank".into()),
        }],
        payment: Some(LastPayment {
            payment: "pay_02".into(),
            method: "card".into(),
            amount: euro(7_495),
            state: "closed".into(),
            why: Some("declined".into()),
        }),
        transfer: None,
        menu: menu(),
        situation: "AQ==".into(),
        promised: Some("2026-12-11".into()),
        requests: vec![AccountRequest {
            request: "req_01".into(),
            kind: "promise".into(),
            on: "2026-12-01".into(),
            receivable: None,
            outcome: RequestOutcome::Granted,
            credited: None,
            take_back: true,
        }],
        documents: vec![AccountDocument {
            kind: "plan".into(),
            name: "Ratenplan".into(),
            url: "/v1/accounts/acc_01/documents/req_01".into(),
        }],
        reach: AccountReach {
            email: Some("g…@example.org".into()),
            phone: None,
            address: Some("…, 10969 Berlin".into()),
            channels: vec![ContactChannel::Email, ContactChannel::Letter],
            opted_out: vec![ContactChannel::Telephone],
            languages: vec!["de".into(), "de-du".into(), "en".into()],
        },
        human: Human { phone: None, email: Some("hallo@musterladen.example".into()), hours: Some(answered()) },
    }
}

#[test]
fn what_an_access_leads_to() {
    holds("answers/account_view", &view());
    let nothing = Menu { why_not: BTreeMap::from([("deferral".into(), "deferral.used".into())]), ..Menu::default() };
    holds("answers/account_menu_of_nothing", &nothing);
    let states = [ClaimState::Open, ClaimState::Planned, ClaimState::InClarification, ClaimState::Elsewhere, ClaimState::Settled];
    holds("answers/account_claim_states", &states);
    let paid = [AccountPaymentState::Pending, AccountPaymentState::Received, AccountPaymentState::Failed, AccountPaymentState::TakenBack];
    holds("answers/account_payment_states", &paid);
    let answered =
        RequestAnswered { request: "req_01".into(), outcome: RequestOutcome::Refused, why: Some("promise.day".into()), view: view() };
    holds("answers/request_answered", &answered);
    let outcomes = [RequestOutcome::Granted, RequestOutcome::Noted, RequestOutcome::Refused, RequestOutcome::TakenBack];
    holds("answers/request_outcomes", &outcomes);
}

#[test]
fn how_an_access_is_come_by() {
    holds("answers/account_transfer", &AccountTransfer { transfer: None });
    holds("answers/access_granted", &AccessGranted { token: "acc_01".into(), expires_at: "2026-12-08T13:00:00.000Z".into() });
    holds(
        "answers/code_sent",
        &CodeSent { sent_to: "g…@e….org".into(), expires_at: "2026-12-08T12:10:00.000Z".into(), minutes: 10, attempts: 5 },
    );
}
