//! Four eyes: what is too much for one key alone waits until another agrees.

use crate::common::shop::{POLICY, eur};
use crate::common::{Client, Service};
use jiff::SignedDuration;
use serde_json::{Value, json};

/// A shop whose keys may waive, settle and write off up to 50.00 alone, and a second key of it
fn shop() -> (Service, Client) {
    let service = Service::start();
    limited(&service, "50.00 EUR");
    let second = another_key(&service);
    (service, second)
}

pub fn limited(service: &Service, limit: &str) {
    let mut policy: Value = serde_json::from_str(POLICY).unwrap();
    policy["mandate"] = json!({"waive": limit, "settle": limit, "write_off": limit});
    let answer = service.client.post("/v1/policies", &policy.to_string());
    assert_eq!(answer.status, 201, "{}", answer.text());
}

fn another_key(service: &Service) -> Client {
    let made = service.client.post("/v1/api_keys", r#"{"kind": "secret"}"#).json();
    Client { secret: made["key"].as_str().unwrap().to_owned(), ..service.client.clone() }
}

fn path(claim: &str, what: &str) -> String {
    format!("/v1/receivables/{claim}/{what}")
}

fn proposed(service: &Service, path: &str, body: Value) -> Value {
    let answer = service.does(path, body);
    assert_eq!(answer.status, 202, "{}", answer.text());
    answer.json()
}

fn decides(client: &Client, approval: &Value, outcome: &str) -> crate::common::Answer {
    let path = format!("/v1/approvals/{}/decision", approval["id"].as_str().unwrap());
    client.post(&path, &json!({"outcome": outcome}).to_string())
}

fn waiting(client: &Client) -> usize {
    client.get("/v1/approvals").json()["approvals"].as_array().unwrap().len()
}

#[test]
fn up_to_the_limit_one_key_is_enough_and_a_cent_more_waits_for_another() {
    let (service, second) = shop();
    for (act, number, body) in [
        ("waive", "1", json!({"what": "debt", "amount": eur(5_000)})),
        ("write-off", "2", json!({"amount": eur(5_000)})),
        ("credit-notes", "3", json!({"amount": eur(5_000), "reason": "goodwill"})),
    ] {
        let (claim, _) = service.claim("cus_1", number, 15_000);
        assert_eq!(service.done(&path(&claim, act), body.clone())["balance"], eur(10_000), "{act}");
        let mut more = body;
        more["amount"] = eur(5_001);
        let approval = proposed(&service, &path(&claim, act), more);
        assert_eq!((&approval["state"], &approval["amount"], &approval["decided_by"]), (&json!("open"), &eur(5_001), &Value::Null));
        assert_eq!(service.receivable(&claim)["balance"], eur(10_000), "nothing has happened");
        assert_eq!(second.get("/v1/approvals").json()["approvals"], json!([approval]));
        let own = decides(&service.client, &approval, "approve");
        assert_eq!((own.status, own.code().as_str()), (403, "approval.same_person"), "{act}");
        assert_eq!(service.receivable(&claim)["balance"], eur(10_000), "{act}: by oneself nothing happens");
        let done = decides(&second, &approval, "approve").json();
        assert_eq!((&done["state"], done["decided_by"] != done["proposed_by"]), (&json!("approved"), true), "{act}");
        assert_eq!((service.receivable(&claim)["balance"].clone(), waiting(&second)), (eur(4_999), 0), "{act}");
        assert_eq!(decides(&second, &approval, "approve").code(), "approval.decided", "{act}: once");
        assert_eq!(service.receivable(&claim)["balance"], eur(4_999), "{act}");
    }
    let kept = service.count("SELECT count(*) FROM events WHERE type = 'ActApproved'");
    assert_eq!(kept, 3, "who proposed and who agreed stands with the claim");
}

#[test]
fn bit_by_bit_is_no_more_than_at_once_and_what_two_agreed_to_counts_for_nobody_alone() {
    let (service, second) = shop();
    let (claim, _) = service.claim("cus_1", "1", 20_000);
    let off = |minor: i64| json!({"amount": eur(minor)});
    service.done(&path(&claim, "write-off"), off(3_000));
    service.done(&path(&claim, "write-off"), off(2_000));
    let approval = proposed(&service, &path(&claim, "write-off"), off(1));
    assert_eq!(decides(&second, &approval, "approve").status, 200);
    let big = proposed(&service, &path(&claim, "write-off"), off(6_000));
    assert_eq!(decides(&second, &big, "approve").status, 200);
    assert_eq!(service.receivable(&claim)["balance"], eur(8_999));
    service.done(&path(&claim, "waive"), json!({"what": "debt", "amount": eur(5_000)}));
    assert_eq!(
        service.done(&path(&claim, "credit-notes"), json!({"amount": eur(3_000), "reason": "return"}))["balance"],
        eur(999),
        "what came back is nobody's gift"
    );
}

#[test]
fn what_is_rejected_over_or_more_by_now_does_not_happen() {
    let (service, second) = shop();
    let (claim, reference) = service.claim("cus_1", "1", 20_000);
    let all = || proposed(&service, &path(&claim, "write-off"), json!({}));
    let rejected = all();
    assert_eq!(decides(&service.client, &rejected, "reject").json()["state"], "rejected", "whoever proposed it may take it back");
    assert_eq!(decides(&second, &rejected, "approve").code(), "approval.decided");
    // Half of it is paid meanwhile: less than was proposed is done.
    let less = all();
    service.comes(&crate::common::money::with(crate::common::money::told("17", 10_000), "remittance", reference.as_str()));
    let late = all();
    assert_eq!((&less["amount"], &late["amount"]), (&eur(20_000), &eur(10_000)));
    service.clock.go(SignedDuration::from_hours(14 * 24 - 1));
    assert_eq!(waiting(&second), 2);
    service.clock.go(SignedDuration::from_hours(1));
    assert_eq!(waiting(&second), 0);
    for over in [&less, &late] {
        let answer = decides(&second, over, "approve");
        assert_eq!((answer.status, answer.code().as_str()), (409, "approval.expired"));
    }
    assert_eq!(service.receivable(&claim)["balance"], eur(10_000));
    let last = all();
    assert_eq!(decides(&second, &last, "approve").status, 200);
    assert_eq!(
        (service.receivable(&claim)["ending"].clone(), service.count("SELECT count(*) FROM events WHERE type = 'WrittenOff'")),
        (json!("written_off"), 1)
    );
}

#[test]
fn a_payment_that_was_taken_back_meanwhile_makes_it_more_and_it_is_proposed_anew() {
    let (service, second) = shop();
    let (claim, reference) = service.claim("cus_1", "1", 20_000);
    let payment = service.comes(&crate::common::money::with(crate::common::money::told("17", 8_000), "remittance", reference.as_str()));
    let approval = proposed(&service, &path(&claim, "write-off"), json!({}));
    assert_eq!(approval["amount"], eur(12_000));
    service.done(&format!("/v1/payments/{}/reverse", payment["id"].as_str().unwrap()), json!({}));
    let answer = decides(&second, &approval, "approve");
    assert_eq!((answer.status, answer.code().as_str()), (409, "approval.changed"));
    assert_eq!((service.receivable(&claim)["balance"].clone(), waiting(&second)), (eur(20_000), 1));
}

#[test]
fn without_a_limit_nobody_else_is_asked_and_with_none_at_all_for_every_cent() {
    let service = Service::start();
    let (claim, _) = service.claim("cus_1", "1", 20_000);
    assert_eq!(service.done(&path(&claim, "write-off"), json!({"amount": eur(19_000)}))["balance"], eur(1_000));
    limited(&service, "0.00 EUR");
    proposed(&service, &path(&claim, "waive"), json!({"what": "debt", "amount": eur(1)}));
    assert_eq!(service.client.post("/v1/approvals/apr_1/decision", r#"{"outcome":"approve"}"#).code(), "approval.unknown");
    assert_eq!(service.client.post("/v1/approvals/apr_1/decision", r#"{"outcome":"maybe"}"#).code(), "body.invalid");
    assert_eq!(service.client.post_as_browser("/v1/approvals/apr_1/decision", r#"{"outcome":"approve"}"#).code(), "auth.secret_key_needed");
}

#[test]
fn a_decision_under_one_key_is_one_decision() {
    let (service, second) = shop();
    let (claim, _) = service.claim("cus_1", "1", 20_000);
    let ask = |key: &str| service.client.post_with(&path(&claim, "write-off"), "{}", &[("idempotency-key", key)]);
    let first = ask("one");
    assert_eq!((first.status, ask("one").bytes.clone(), waiting(&second)), (202, first.bytes.clone(), 1), "asked twice, proposed once");
    let at = format!("/v1/approvals/{}/decision", first.json()["id"].as_str().unwrap());
    let decide = || second.post_with(&at, r#"{"outcome":"approve"}"#, &[("idempotency-key", "two")]);
    let done = decide();
    assert_eq!((done.status, decide().bytes.clone()), (200, done.bytes.clone()));
    assert_eq!(service.count("SELECT count(*) FROM events WHERE type = 'WrittenOff'"), 1);
}
