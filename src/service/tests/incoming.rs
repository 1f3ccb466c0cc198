//! Money that a bank tells of: in any order, any number of times, with and without a name on it.

use crate::common::Service;
use crate::common::money::{told, with};
use crate::common::shop::{Order, eur};
use jiff::SignedDuration;
use serde_json::{Value, json};
use tresen_wire::reference::with_check_digits;

#[test]
fn a_transfer_with_the_reference_in_its_text_pays_the_claim_once_however_often_it_is_told() {
    let service = Service::start();
    let (claim, reference) = service.claim("cus_1", "1", 10_000);
    let text = format!("Danke {} {}", &reference[..4].to_lowercase(), &reference[4..]);
    let payment = with(told("17", 4_000), "remittance", text.as_str());
    let first = service.comes(&payment);
    assert_eq!(first["lines"], json!([{"receivable": claim, "item": "principal", "amount": eur(4_000)}]));
    assert_eq!((&first["state"], &first["left"], &first["why"]), (&json!("received"), &eur(0), &Value::Null));
    assert_eq!(service.client.account("cus_1")["open_balance"], eur(6_000));

    let events = service.events();
    let again = service.tells(&payment);
    assert_eq!((again.status, again.json()), (200, first.clone()), "told again: the same answer");
    assert_eq!(service.client.get(&format!("/v1/payments/{}", first["id"].as_str().unwrap())).json(), first);
    let other = service.tells(&with(payment, "amount", eur(4_001)));
    assert_eq!((other.status, other.code().as_str()), (409, "payment.differs"));
    assert_eq!(service.events(), events, "neither changed anything");
    let looked_at = service.unmatched();
    assert_eq!(looked_at.len(), 1);
    assert_eq!((&looked_at[0]["amount"], &looked_at[0]["told_otherwise"], &looked_at[0]["why"]), (&eur(4_000), &eur(4_001), &Value::Null));
}

#[test]
fn what_is_more_than_owed_is_the_customers_own_and_can_go_back() {
    let service = Service::start();
    let (_, reference) = service.claim("cus_1", "1", 10_000);
    let payment = service.comes(&with(told("17", 10_500), "remittance", reference.as_str()));
    let id = payment["id"].as_str().unwrap();
    assert_eq!(payment["left"], eur(500));
    let account = service.client.account("cus_1");
    assert_eq!((&account["open_balance"], &account["credit"]), (&eur(0), &eur(500)));
    assert_eq!(account["receivables"][0]["ending"], "paid");
    assert_eq!(account["receivables"][0]["settled_on"], "2026-11-21");

    let grant = |key: &str, minor: i64| {
        let body = json!({"payment": id, "amount": eur(minor)}).to_string();
        service.client.post_with("/v1/refunds", &body, &[("idempotency-key", key)])
    };
    assert_eq!(service.refuses(|| grant("much", 501)), (409, "ledger.more_than_there".to_owned()));
    assert_eq!(service.refuses(|| grant("nothing", 0)), (422, "amount.not_positive".to_owned()));
    let refund = grant("some", 200);
    assert_eq!((refund.status, &refund.json()["state"]), (201, &json!("granted")));
    assert_eq!(grant("some", 200).json(), refund.json(), "the same key: the same refund");
    let outcome = format!("/v1/refunds/{}/outcome", refund.json()["refund"].as_str().unwrap());
    assert_eq!(service.done(&outcome, json!({"outcome": "failed"}))["state"], "failed");
    assert_eq!(service.client.account("cus_1")["credit"], eur(500), "it came back");
    assert_eq!(service.refuses(|| service.does(&outcome, json!({"outcome": "settled"}))), (409, "refund.state".to_owned()));
    let refund = grant("all", 500).json();
    assert_eq!(
        service.done(&format!("/v1/refunds/{}/outcome", refund["refund"].as_str().unwrap()), json!({"outcome": "settled"}))["state"],
        "settled"
    );
    assert_eq!(service.client.account("cus_1")["credit"], eur(0));
    assert_eq!(
        service.refuses(|| service.does("/v1/refunds/rfd_1/outcome", json!({"outcome": "settled"}))),
        (404, "refund.unknown".to_owned())
    );
}

#[test]
fn a_payment_that_names_nobody_waits_for_a_human_and_its_text_is_sealed() {
    let service = Service::start();
    let (claim, _) = service.claim("cus_1", "1", 10_000);
    let (other, _) = service.claim("cus_2", "2", 10_000);
    let payment = service.comes(&with(told("17", 10_000), "remittance", "Rechnung von Greta Sommerfeld"));
    let id = payment["id"].as_str().unwrap();
    assert_eq!((&payment["state"], &payment["why"], &payment["left"]), (&json!("unmatched"), &json!("nothing_named"), &eur(10_000)));
    assert_eq!(service.unmatched()[0]["remittance"], "Rechnung von Greta Sommerfeld");
    for file in ["tresen.sqlite", "tresen.sqlite-wal"] {
        let bytes = std::fs::read(service.folder.path().join(file)).unwrap();
        assert!(!bytes.windows(10).any(|window| window == b"Sommerfeld"), "{file}");
    }
    let matched = format!("/v1/payments/{id}/match");
    assert_eq!(service.refuses(|| service.does(&matched, json!({}))), (422, "payment.nothing_named".to_owned()));
    assert_eq!(service.refuses(|| service.does(&matched, json!({"customer": "cus_9"}))), (404, "customer.unknown".to_owned()));
    assert_eq!(service.refuses(|| service.does(&matched, json!({"designated": ["rcv_1"]}))), (404, "receivable.unknown".to_owned()));
    let both = json!({"designated": [claim, other]});
    assert_eq!(service.refuses(|| service.does(&matched, both)), (422, "payment.several_customers".to_owned()));
    let back = format!("/v1/payments/{id}/reverse");
    assert_eq!(service.refuses(|| service.does(&back, json!({}))), (409, "payment.state".to_owned()), "whose?");
    let found = service.done(&matched, json!({"customer": "cus_1"}));
    assert_eq!((&found["state"], &found["lines"][0]["receivable"]), (&json!("received"), &json!(claim)));
    assert_eq!(service.client.account("cus_1")["open_balance"], eur(0));
    assert!(service.unmatched().is_empty());
    assert_eq!(service.count("SELECT count(*) FROM incoming_payments WHERE sealed_remittance IS NOT NULL OR wrapped_key IS NOT NULL"), 0);
    assert_eq!(service.refuses(|| service.does(&matched, json!({"customer": "cus_1"}))), (409, "payment.matched".to_owned()));
    assert_eq!(service.refuses(|| service.does("/v1/payments/pay_1/match", json!({}))), (404, "payment.unknown".to_owned()));
}

#[test]
fn why_nobody_knows_whose_it_is() {
    let service = Service::start();
    let (one, reference) = service.claim("cus_1", "1", 10_000);
    let (_, other) = service.claim("cus_2", "2", 10_000);
    let unknown = with_check_digits("99999999").unwrap();
    let both = format!("{reference} {other}");
    let francs = json!({"minor": 10_000, "currency": "CHF"});
    for (number, payment, why) in [
        ("a", with(told("a", 1), "remittance", unknown.as_str()), "unknown_reference"),
        ("b", with(told("b", 1), "customer", "cus_9"), "unknown_reference"),
        ("c", with(told("c", 1), "remittance", both.as_str()), "several_customers"),
        ("d", with(with(told("d", 1), "remittance", reference.as_str()), "customer", "cus_2"), "several_customers"),
        ("e", with(with(told("e", 1), "remittance", reference.as_str()), "amount", francs), "other_currency"),
        ("f", told("f", 1), "nothing_named"),
    ] {
        let answer = service.comes(&payment);
        assert_eq!((&answer["state"], &answer["why"]), (&json!("unmatched"), &json!(why)), "{number}");
    }
    assert_eq!(service.unmatched().len(), 6);
    assert_eq!(service.receivable(&one)["balance"], eur(10_000));
}

#[test]
fn a_payment_that_comes_before_its_claim_waits_for_it() {
    let service = Service::start();
    // The first claim of a shop has the first reference.
    let reference = with_check_digits("00000001").unwrap();
    let by_reference = service.comes(&with(told("17", 4_000), "remittance", reference.as_str()));
    let by_customer = service.comes(&with(told("18", 1_000), "customer", "cus_1"));
    assert_eq!([&by_reference["why"], &by_customer["why"]], ["unknown_reference"; 2]);
    let (claim, given) = service.claim("cus_1", "1", 10_000);
    assert_eq!(given, reference);
    let claim = service.receivable(&claim);
    assert_eq!(claim["balance"], eur(5_000), "{claim:#}");
    assert!(service.unmatched().is_empty());
    assert_eq!(service.count("SELECT count(*) FROM awaited_references"), 0);
    let again = service.tells(&with(told("17", 4_000), "remittance", reference.as_str()));
    assert_eq!((again.status, &again.json()["state"]), (200, &json!("received")));
    let kinds: Vec<&str> = claim["timeline"].as_array().unwrap().iter().map(|happened| happened["type"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["ReceivableCreated", "DueDateSet", "PaymentAllocated", "PaymentAllocated"]);
}

#[test]
fn in_whatever_order_payments_are_told_the_same_is_owed_in_the_end() {
    let orders = [[0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2], [2, 0, 3, 1]];
    let ends = orders.map(|order| {
        let service = Service::start();
        let (first, reference) = service.claim("cus_1", "1", 10_000);
        let (second, _) = service.claim("cus_1", "2", 9_000);
        let payments = [
            with(told("a", 3_000), "remittance", reference.as_str()),
            with(told("b", 9_000), "designated", json!([second])),
            with(told("c", 2_500), "customer", "cus_1"),
            with(told("d", 1_000), "remittance", reference.as_str()),
        ];
        for place in order {
            for told in [place, (place + 1) % 4, place] {
                assert!(matches!(service.tells(&payments[told]).status, 200 | 201));
            }
        }
        let account = service.client.account("cus_1");
        assert_eq!(service.count("SELECT count(*) FROM events WHERE type = 'PaymentSettled'"), 4);
        (account["open_balance"].clone(), service.receivable(&first)["balance"].clone(), service.receivable(&second)["balance"].clone())
    });
    assert!(ends.iter().all(|end| *end == ends[0]), "{ends:?}");
    assert_eq!(ends[0].0, eur(3_500));
}

#[test]
fn a_payment_told_twenty_times_at_once_is_one_payment() {
    let service = Service::start();
    let (_, reference) = service.claim("cus_1", "1", 10_000);
    let payment = with(told("17", 4_000), "remittance", reference.as_str()).to_string();
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let told: Vec<_> = (0..20)
            .map(|number| {
                let (client, payment) = (service.client.clone(), &payment);
                scope.spawn(move || client.post_with("/v1/payments", payment, &[("idempotency-key", &format!("k{number}"))]).status)
            })
            .collect();
        told.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| matches!(status, 200 | 201)), "{statuses:?}");
    assert_eq!(service.client.account("cus_1")["open_balance"], eur(6_000));
}

#[test]
fn what_is_no_payment_is_refused() {
    let service = Service::start();
    let (claim, _) = service.claim("cus_1", "1", 10_000);
    for (payment, status, code, at) in [
        (with(told("17", 1), "provider", "Bank"), 422, "payment.provider", "/provider"),
        (told("", 1), 422, "text.empty", "/reference"),
        (told("17", 0), 422, "amount.not_positive", "/amount"),
        (told("17", -1), 422, "amount.not_positive", "/amount"),
        (with(told("17", 1), "value_date", "2026-11-22"), 422, "payment.value_date", "/value_date"),
        (with(told("17", 1), "value_date", "2026-02-30"), 422, "date.malformed", "/value_date"),
        (with(told("17", 1), "value_date", "20261121"), 422, "date.malformed", "/value_date"),
        (with(told("17", 1), "value_date", "1899-12-31"), 422, "date.malformed", "/value_date"),
        (with(told("17", 1), "remittance", "x".repeat(501)), 422, "text.too_long", "/remittance"),
        (with(told("17", 1), "designated", json!([claim, "rcv_1"])), 404, "receivable.unknown", "/designated/1"),
        (with(told("17", 1), "payer", "Greta"), 400, "body.invalid", "/payer"),
    ] {
        let before = service.events();
        let answer = service.tells(&payment);
        assert_eq!((answer.status, answer.code().as_str()), (status, code), "{}", answer.text());
        assert!(code == "body.invalid" || answer.json()["error"]["at"] == at, "{}", answer.text());
        assert_eq!(service.events(), before);
    }
    let body = told("17", 1).to_string();
    assert_eq!(service.client.post("/v1/payments", &body).code(), "idempotency.key_missing");
    assert_eq!(service.client.post_as_browser("/v1/payments", &body).code(), "auth.secret_key_needed");
    assert_eq!(service.client.get_as_browser("/v1/payments/unmatched").code(), "auth.secret_key_needed");
    assert_eq!(service.client.post_with("/v1/payments", &body, &[("idempotency-key", "one")]).status, 201);
    let other = told("18", 1).to_string();
    assert_eq!(service.client.post_with("/v1/payments", &other, &[("idempotency-key", "one")]).code(), "idempotency.key_reused");
    assert_eq!(service.tells(&with(told("19", 1), "value_date", "2026-11-21")).status, 201, "today is no future");
}

#[test]
fn money_that_goes_back_opens_the_claim_again() {
    let service = Service::start();
    let (claim, reference) = service.claim("cus_1", "1", 10_000);
    let payment = service.comes(&with(told("17", 10_000), "remittance", reference.as_str()));
    let path = |what: &str| format!("/v1/payments/{}/{what}", payment["id"].as_str().unwrap());
    let news = |state: &str| json!({"state": state});
    assert_eq!(service.refuses(|| service.does(&path("chargeback"), news("lost"))), (409, "payment.no_chargeback".to_owned()));
    assert_eq!(service.refuses(|| service.does(&path("chargeback"), news("opened"))), (422, "chargeback.until".to_owned()));
    let beyond = with(news("opened"), "until", "2200-01-01");
    assert_eq!(service.refuses(|| service.does(&path("chargeback"), beyond)), (422, "chargeback.until".to_owned()));
    let opened = |minor: i64| with(with(news("opened"), "until", "2026-12-07"), "amount", eur(minor));
    assert_eq!(service.refuses(|| service.does(&path("chargeback"), opened(10_001))), (409, "payment.over_settled".to_owned()));
    let back = service.done(&path("chargeback"), with(news("opened"), "until", "2026-12-07"));
    assert_eq!(back["chargeback"], json!({"state": "opened", "amount": eur(10_000), "until": "2026-12-07"}));
    let held = service.receivable(&claim);
    assert_eq!((&held["balance"], &held["ending"], &held["settled_on"]), (&eur(10_000), &Value::Null, &Value::Null));
    assert_eq!(held["holds"], json!([{"reason": "chargeback_review", "until": null}]));
    assert_eq!(service.refuses(|| service.does(&path("reverse"), json!({}))), (409, "payment.chargeback_open".to_owned()));
    assert_eq!(service.done(&path("chargeback"), news("won"))["chargeback"]["state"], "won");
    assert_eq!(service.receivable(&claim)["balance"], eur(0));
    assert_eq!(service.done(&path("chargeback"), opened(4_000))["chargeback"]["state"], "opened", "a bank may try again");
    assert_eq!(service.done(&path("chargeback"), news("lost"))["chargeback"]["state"], "lost");
    assert_eq!(service.receivable(&claim)["balance"], eur(4_000));

    let wrong = service.comes(&with(told("18", 4_000), "designated", json!([claim])));
    let reverse = format!("/v1/payments/{}/reverse", wrong["id"].as_str().unwrap());
    assert_eq!(service.done(&reverse, json!({}))["state"], "reversed");
    assert_eq!(service.receivable(&claim)["balance"], eur(4_000));
    assert_eq!(service.refuses(|| service.does(&reverse, json!({}))), (409, "payment.state".to_owned()));
}

#[test]
fn a_payment_that_came_in_time_is_in_time_however_late_it_was_told() {
    let service = Service::start();
    let (claim, reference) = service.claim("cus_1", "1", 10_000);
    service.clock.go(SignedDuration::from_hours(24 * 20));
    assert_eq!(service.receivable(&claim)["overdue"], true);
    assert_eq!(service.client.account("cus_1")["overdue_balance"], eur(10_000));
    service.comes(&with(with(told("17", 10_000), "remittance", reference.as_str()), "value_date", "2026-12-05"));
    assert_eq!(service.receivable(&claim)["settled_on"], "2026-12-05");
    let session = service.client.session_of("cus_1");
    let answer = service.client.confirmed(&session, &Order::new("2", "prepayment", 1_000));
    let facts = service.client.get(&format!("/v1/decisions/{}", answer["decision_id"].as_str().unwrap())).json()["facts"].clone();
    assert_eq!((&facts["history.orders_paid"], &facts["history.paid_on_time"]), (&json!(1), &json!(1)));
}
