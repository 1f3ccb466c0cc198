//! What whoever holds a pay link is told.

use crate::holds;
use tresen_wire::http::{
    AddressForm, Drawing, NextStep, Paylink, PaylinkIssued, PaylinkShop, PaylinkState, PromiseStanding, Receipt, ReceivableTransfer,
    Transfer,
};
use tresen_wire::money::Money;

fn euro(minor: i64) -> Money {
    Money::new(minor, "EUR")
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
            hours: None,
        },
        amount: Some(euro(5_995)),
        extra: Some(euro(95)),
        whole: None,
        due_date: Some("2026-12-04".into()),
        late: true,
        under_way: false,
        next: Some(NextStep { what: "reminder".into(), from: "2026-12-15".into() }),
        transfer: Some(transfer()),
        promise: PromiseStanding { until: Some("2026-12-22".into()), why_not: None, made: None },
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
        next: None,
        transfer: None,
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
