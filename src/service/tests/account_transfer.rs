//! A customer chooses how much of their account they transfer, and what they are told to write is what the ledger reads.

use crate::common::collection::{advance, letterhead, owes};
use crate::common::money::{told, with};
use crate::common::shop::eur;
use crate::common::{Answer, Service};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use tresen_core::settle::{part, written};

fn asks(service: &Service, token: &str, query: &str) -> Answer {
    service.looks(&format!("{token}/transfer?{query}"))
}

#[test]
fn a_part_goes_where_the_ledger_puts_it_and_a_chosen_claim_is_named() {
    let service = Service::start();
    letterhead(&service);
    let (first, one) = owes(&service, "cus_1", "1", 10_000);
    advance(&service, 1);
    let (second, other) = owes(&service, "cus_1", "2", 2_000);
    let token = service.access("cus_1", &json!({}));
    let asked = |query: &str| asks(&service, &token, query).json()["transfer"].clone();
    let part_of = asked("amount=4000");
    assert_eq!((&part_of["amount"], &part_of["reference"]), (&eur(4_000), &json!(one)));
    assert!(part_of["epc"].as_str().unwrap().contains("EUR40"), "{part_of}");
    assert!(part_of["code"]["path"].as_str().unwrap().len() > 100);
    assert_eq!(asked("amount=12000")["reference"], json!(format!("{one} {other}")));
    let chosen = asked(&format!("amount=2000&receivable={second}"));
    assert_eq!((&chosen["amount"], &chosen["reference"]), (&eur(2_000), &json!(other)));
    service.comes(&with(with(told("a", 2_000), "value_date", "2026-11-22"), "remittance", chosen["reference"].as_str().unwrap()));
    assert_eq!((&service.receivable(&first)["balance"], &service.receivable(&second)["balance"]), (&eur(10_000), &eur(0)));
}

#[test]
fn what_is_not_open_and_what_is_no_amount_is_refused() {
    let service = Service::start();
    letterhead(&service);
    let (claim, _) = owes(&service, "cus_1", "1", 10_000);
    let token = service.access("cus_1", &json!({}));
    for (query, code) in [
        ("amount=10001", (409, "part.amount")),
        ("amount=0", (409, "part.amount")),
        ("amount=-1", (409, "part.amount")),
        ("", (409, "part.amount")),
        ("amount=ten", (400, "query.unknown")),
        ("amount=1&receivable=rcv_1", (400, "query.unknown")),
        ("amount=1&currency=CHF", (400, "query.unknown")),
    ] {
        let answer = asks(&service, &token, query);
        assert_eq!((answer.status, answer.code().as_str()), code, "{query}");
    }
    assert_eq!(asks(&service, &token, "amount=1").status, 200);
    assert_eq!(asks(&service, &token, "amount=10000").status, 200);
    assert_eq!(service.does("/v1/customers/cus_1/holds", json!({"reason": "complaint_review", "receivable": claim})).status, 201);
    assert_eq!(asks(&service, &token, "amount=1").code(), "part.held");
    assert_eq!(asks(&service, "acc_0", "amount=1").status, 404);
}

#[test]
fn a_browser_previews_by_what_it_is_told() {
    let service = Service::start();
    letterhead(&service);
    owes(&service, "cus_1", "1", 10_000);
    let (second, _) = owes(&service, "cus_1", "2", 2_000);
    let view = service.sees(&service.access("cus_1", &json!({})));
    let (situation, settlement) = written::read(&STANDARD.decode(view["situation"].as_str().unwrap()).unwrap()).unwrap();
    assert_eq!((situation.balance(), situation.today.to_iso()), (12_000, view["today"].as_str().unwrap().to_owned()));
    let paid = part(&situation, 2_000, &[tresen_core::ident::ReceivableId::parse(&second).unwrap()]).unwrap();
    assert_eq!((paid.lines.len(), paid.rest), (1, 10_000));
    assert_eq!(json!(settlement.part_minimum), view["menu"]["part"]["from"]["minor"]);
}
