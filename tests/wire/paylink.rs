//! What whoever holds a pay link is told.

use crate::holds;
use tresen_wire::hours::{Answered, Open};
use tresen_wire::http::{
    AddressForm, CodeChannel, Drawing, LastPayment, NextStep, PayMethod, Paylink, PaylinkIssued, PaylinkShop, PaylinkState, PaymentStart,
    PromiseStanding, Receipt, ReceivableTransfer, Transfer, WhyNotStarted,
};
use tresen_wire::money::Money;

fn euro(minor: i64) -> Money {
    Money::new(minor, "EUR")
}

/// Hours as customers are told them
pub fn answered() -> Answered {
    Answered {
        open: vec![Open { days: vec!["mon".into(), "tue".into()], from: "08:00".into(), until: "20:00".into() }],
        now: true,
        said: [("de", "Mo und Di 8–20 Uhr · jetzt erreichbar, bis 20 Uhr"), ("en", "Mon and Tue, 8 am–8 pm · open now, until 8 pm")]
            .map(|(language, words)| (language.to_owned(), words.to_owned()))
            .into(),
    }
}

fn transfer() -> Transfer {
    Transfer {
        holder: "Musterladen GmbH".into(),
        iban: "DE89370400440532013000".into(),
        bic: None,
        reference: "RF7400000001".into(),
        amount: euro(5_995),
        epc: Some("BCD\n002".into()),
        code: Some(Drawing { side: 29, path: "M4 4h7v1h-7z".into() }),
    }
}

fn last(state: &str, why: Option<&str>) -> LastPayment {
    LastPayment { payment: "pay_01".into(), method: "card".into(), amount: euro(5_995), state: state.into(), why: why.map(str::to_owned) }
}

fn open() -> Paylink {
    Paylink {
        state: PaylinkState::Open,
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
        amount: Some(euro(5_995)),
        extra: Some(euro(95)),
        whole: None,
        due_date: Some("2026-12-04".into()),
        late: true,
        under_way: false,
        beside: Some(euro(2_500)),
        disputed: Some(euro(1_000)),
        next: Some(NextStep { what: "reminder".into(), from: "2026-12-15".into() }),
        transfer: Some(transfer()),
        methods: vec![PayMethod { id: "card".into(), provider: "stripe".into() }],
        payment: Some(last("closed", Some("declined"))),
        promise: PromiseStanding { until: Some("2026-12-22".into()), why_not: None, made: None },
        codes: vec![CodeChannel::Email, CodeChannel::Sms],
        receipt: None,
    }
}

#[test]
fn what_a_link_leads_to() {
    holds("answers/paylink_open", &open());
    let nothing = Paylink {
        state: PaylinkState::Paid,
        amount: None,
        extra: None,
        due_date: None,
        late: false,
        beside: None,
        disputed: None,
        next: None,
        transfer: None,
        methods: Vec::new(),
        payment: Some(last("paid", None)),
        promise: PromiseStanding { until: None, why_not: None, made: None },
        receipt: Some(Receipt { amount: euro(5_995), on: "2026-12-09".into() }),
        ..open()
    };
    holds("answers/paylink_paid", &nothing);
    let states = [PaylinkState::Superseded, PaylinkState::Expired, PaylinkState::InClarification, PaylinkState::Elsewhere];
    holds("answers/paylink_states", &states);
}

#[test]
fn what_the_shop_gets() {
    let issued = PaylinkIssued {
        token: "0abc1defghjkmnpq".into(),
        url: "/pay/0abc1defghjkmnpq".into(),
        expires_at: "2027-01-05T12:00:00.000Z".into(),
    };
    holds("answers/paylink_issued", &issued);
    let receivable = ReceivableTransfer {
        receivable: "rcv_01".into(),
        due_date: Some("2026-12-04".into()),
        amount: Some(euro(5_995)),
        transfer: Some(transfer()),
    };
    holds("answers/receivable_transfer", &receivable);
}

#[test]
fn what_comes_of_wanting_to_pay() {
    let redirect = "https://pay.example/c/1".to_owned();
    holds("answers/payment_started", &PaymentStart::Started { payment: "pay_01".into(), amount: euro(5_995), redirect: redirect.clone() });
    let busy = PaymentStart::Refused {
        why: WhyNotStarted::Busy,
        owed: Some(euro(5_995)),
        payment: Some("pay_01".into()),
        redirect: Some(redirect),
    };
    let other = [
        WhyNotStarted::Amount,
        WhyNotStarted::NothingOpen,
        WhyNotStarted::InClarification,
        WhyNotStarted::Elsewhere,
        WhyNotStarted::Method,
        WhyNotStarted::UnderWay,
    ];
    let refused: Vec<PaymentStart> = other.into_iter().map(PaymentStart::refused).chain([busy]).collect();
    holds("answers/payment_refused", &refused);
}
