//! Payments through the sandbox: reserved while they wait, released when they fail, counted when they come.

use crate::common::shop::{Order, eur};
use crate::common::{Answer, Service};
use jiff::SignedDuration;
use serde_json::{Value, json};

fn page(service: &Service, method: &str, url: &str) -> Answer {
    service.client.send(method, url, &[], b"")
}

fn pay(service: &Service, reference: &str, order: &Order) -> (String, String) {
    let session = service.client.session_of(reference);
    let answer = service.client.confirmed(&session, order);
    assert_eq!(answer["receivable"], Value::Null);
    let payment = &answer["payment"];
    (payment["id"].as_str().unwrap().to_owned(), payment["redirect_url"].as_str().unwrap().to_owned())
}

fn state(service: &Service, payment: &str) -> String {
    service.client.get(&format!("/v1/payments/{payment}")).json()["state"].as_str().unwrap().to_owned()
}

#[test]
fn a_waiting_direct_debit_takes_up_exposure_until_it_is_declined() {
    let service = Service::start();
    let (payment, url) = pay(&service, "cus_1", &Order::new("1", "debit", 20_000));
    let account = service.client.account("cus_1");
    assert_eq!((&account["open_balance"], &account["reserved"]), (&eur(20_000), &eur(20_000)));
    let session = service.client.session_of("cus_1");
    assert_eq!(service.client.refused(&session, &Order::new("2", "invoice", 10_001)), ["method.withheld", "exposure.exceeded"]);

    let declined = page(&service, "POST", &format!("{url}/decline"));
    assert_eq!(declined.status, 303);
    assert_eq!(declined.header("location").unwrap(), format!("http://127.0.0.1:9/done?payment={payment}"));
    assert_eq!(state(&service, &payment), "declined");
    assert_eq!(service.client.account("cus_1")["open_balance"], eur(0));
    assert_eq!(page(&service, "POST", &format!("{url}/approve")).status, 303, "too late changes nothing");
    assert_eq!(state(&service, &payment), "declined");
    // The order was released: the same number may be paid another way.
    let again = service.client.session_of("cus_1");
    service.client.confirmed(&again, &Order { key: "another".into(), ..Order::new("1", "invoice", 20_000) });
}

#[test]
fn a_reservation_ends_with_its_time() {
    let service = Service::start();
    let (payment, _) = pay(&service, "cus_1", &Order::new("1", "debit", 30_000));
    service.clock.go(SignedDuration::from_secs(30 * 60 - 1));
    assert_eq!(service.client.account("cus_1")["reserved"], eur(30_000));
    service.clock.go(SignedDuration::from_secs(1));
    assert_eq!(service.client.account("cus_1")["reserved"], eur(0));
    assert_eq!(state(&service, &payment), "expired");
    let session = service.client.session_of("cus_1");
    service.client.confirmed(&session, &Order { key: "again".into(), ..Order::new("1", "invoice", 25_000) });
    assert_eq!(service.count("SELECT count(*) FROM events WHERE type = 'PaymentFailed' AND data LIKE '%expired%'"), 1);
    assert_eq!(service.count("SELECT count(*) FROM events WHERE type = 'PaymentFailed' AND actor LIKE '%system%'"), 1);
}

#[test]
fn an_approved_payment_is_settled_once_and_counts_as_history() {
    let service = Service::start();
    let order = Order { amount: eur(5_100), ..Order::new("1", "card", 5_000) };
    let (payment, url) = pay(&service, "cus_1", &order);
    assert_eq!(service.client.account("cus_1")["open_balance"], eur(0), "a card bears no credit risk");
    for _ in 0..2 {
        assert_eq!(page(&service, "POST", &format!("{url}/approve")).status, 303);
    }
    assert_eq!(state(&service, &payment), "settled");
    assert_eq!(service.count("SELECT count(*) FROM events WHERE type = 'PaymentSettled'"), 1);
    let session = service.client.session_of("cus_1");
    let answer = service.client.confirmed(&session, &Order::new("2", "prepayment", 1_000));
    let facts = service.client.get(&format!("/v1/decisions/{}", answer["decision_id"].as_str().unwrap())).json()["facts"].clone();
    assert_eq!(facts["history.orders_paid"], 1);
    assert_eq!(facts["history.paid_total"], eur(5_100));
    assert_eq!(facts["history.orders_7_days"], 1);
    assert_eq!(facts["customer.known"], true);
}

#[test]
fn without_a_way_back_the_page_behind_a_button_finds_its_style() {
    let service = Service::start();
    let session = service.client.session(&json!({"customer": {"reference": "cus_1", "signed_in": true}}));
    let answer = service.client.confirmed(&session, &Order { amount: eur(5_100), ..Order::new("1", "card", 5_000) });
    let url = answer["payment"]["redirect_url"].as_str().unwrap().to_owned();
    let before = page(&service, "GET", &url);
    assert!(before.text().contains("href=\"../style.css\""), "{}", before.text());
    let after = page(&service, "POST", &format!("{url}/approve"));
    assert_eq!(after.status, 200);
    assert!(after.text().contains("href=\"../../style.css\"") && !after.text().contains("<form"), "{}", after.text());
}

#[test]
fn looking_at_the_page_changes_nothing_and_the_page_is_safe() {
    let service = Service::start();
    let (payment, url) = pay(&service, "cus_1", &Order { amount: eur(5_100), ..Order::new("<b>1", "card", 5_000) });
    let events = service.count("SELECT count(*) FROM events");
    let seen = page(&service, "GET", &url);
    assert_eq!(seen.status, 200);
    assert!(
        seen.text().contains("51,00") && seen.text().contains("&lt;b&gt;1") && seen.text().contains("Kiesel &amp; Lein"),
        "{}",
        seen.text()
    );
    let policy = seen.header("content-security-policy").unwrap();
    assert!(policy.contains("default-src 'none'") && policy.contains("form-action 'self' http://127.0.0.1:9;"), "{policy}");
    assert_eq!(seen.header("cache-control"), Some("no-store"));
    assert_eq!(state(&service, &payment), "initiated");
    assert_eq!(service.count("SELECT count(*) FROM events"), events);
    assert_eq!(page(&service, "GET", "/sandbox/pay/pay_nothing").status, 404);
    let style = page(&service, "GET", "/sandbox/style.css");
    assert_eq!((style.status, style.header("content-type")), (200, Some("text/css; charset=utf-8")));
}

#[test]
fn without_a_sandbox_there_is_no_sandbox() {
    let folder = Service::start().stop();
    let service = Service::start_in(folder, crate::common::HandClock::at(crate::common::NOON), |config| config.sandbox = false);
    for path in ["/sandbox/pay/x", "/sandbox/style.css", "/v1/sandbox/clock"] {
        assert_eq!(service.client.get(path).code(), "route.unknown", "{path}");
    }
    let session = service.client.session(&json!({"customer": {"reference": "cus_1", "signed_in": true}}));
    let order = Order { amount: eur(1_100), ..Order::new("1", "card", 1_000) };
    assert_eq!(service.client.refused(&session, &order), ["method.withheld", "provider.not_configured"]);
}
