//! The merchant's own particulars: configured in the policy, shown to shoppers, and part of what they agree to.

use crate::common::Service;
use crate::common::shop::{Order, POLICY};
use serde_json::{Value, json};
use tresen_texts::{Consent, Language, Particulars, Wording, text_hash};

const CREDITOR_ID: &str = "DE98ZZZ09999999999";

/// The shop's policy with a mandate, and the creditor identifier in it if there is one
fn policy(creditor_id: Option<&str>) -> String {
    let mut policy: Value = serde_json::from_str(POLICY).unwrap();
    policy["methods"][2]["consent"] = json!("sepa_debit");
    if let Some(id) = creditor_id {
        policy["merchant"]["creditor_id"] = json!(id);
    }
    policy.to_string()
}

/// What the shopper agrees to who sees that identifier, or none
fn mandate(creditor: Option<&str>) -> Value {
    let particulars =
        Particulars { merchant: "Kiesel & Lein", creditor, bureau: None, amount: "10,00\u{a0}€", fee: None, due: None, days: None };
    let wording = Wording::new(&Language::German.texts().unwrap(), Consent::SepaDebit, &particulars);
    assert_eq!(wording.text.contains(CREDITOR_ID), creditor.is_some(), "{}", wording.text);
    json!([{"id": "sepa_debit", "version": wording.version, "text_hash": text_hash(&wording), "accepted_at": "2026-11-21T12:00:00Z"}])
}

fn debit(number: &str, consents: Value) -> Order {
    Order { consents, ..Order::new(number, "debit", 1_000) }
}

fn merchant(service: &Service, session: &str) -> Value {
    service.client.get_as_browser(&format!("/v1/checkout/{session}")).json()["merchant"].clone()
}

#[test]
fn the_creditor_identifier_reaches_the_browser_and_stands_in_the_mandate() {
    let service = Service::start();
    assert_eq!(service.client.post("/v1/policies", &policy(Some(CREDITOR_ID))).status, 201);
    let session = service.client.session_of("cus_1");
    assert_eq!(merchant(&service, &session), json!({"name": "Kiesel & Lein", "creditor_id": CREDITOR_ID}));
    assert_eq!(service.client.refused(&session, &debit("1", mandate(None))), ["consent.text_differs"]);
    service.client.confirmed(&session, &Order { key: "again".into(), ..debit("1", mandate(Some(CREDITOR_ID))) });
}

#[test]
fn a_shop_without_one_has_mandates_without_and_is_told() {
    let service = Service::start();
    let uploaded = service.client.post("/v1/policies", &policy(None)).json();
    let codes: Vec<&str> = uploaded["warnings"].as_array().unwrap().iter().map(|warning| warning["code"].as_str().unwrap()).collect();
    assert!(codes.contains(&"policy.mandate.no_creditor_id"), "{codes:?}");
    let session = service.client.session_of("cus_1");
    assert_eq!(merchant(&service, &session), json!({"name": "Kiesel & Lein"}));
    assert_eq!(service.client.refused(&session, &debit("1", mandate(Some(CREDITOR_ID)))), ["consent.text_differs"]);
    service.client.confirmed(&session, &Order { key: "again".into(), ..debit("1", mandate(None)) });
}

#[test]
fn one_that_comes_later_is_taken_over_though_the_compiled_policy_is_the_same() {
    let service = Service::start();
    let before = service.client.post("/v1/policies", &policy(None)).json();
    let session = service.client.session_of("cus_1");
    assert_eq!(merchant(&service, &session), json!({"name": "Kiesel & Lein"}));
    let after = service.client.post("/v1/policies", &policy(Some(CREDITOR_ID))).json();
    assert_eq!(after["policy_hash"], before["policy_hash"]);
    assert_eq!(merchant(&service, &session)["creditor_id"], CREDITOR_ID);
}

#[test]
fn a_mistyped_one_is_refused_with_its_place() {
    let service = Service::start();
    let answer = service.client.post("/v1/policies", &policy(Some("DE97ZZZ09999999999")));
    assert_eq!((answer.status, answer.code().as_str()), (422, "policy.invalid"));
    let problems: Vec<_> = answer.json()["error"]["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|problem| problem["severity"] == "error")
        .map(|problem| (problem["code"].as_str().unwrap().to_owned(), problem["at"].as_str().unwrap().to_owned()))
        .collect();
    assert_eq!(problems, [("policy.merchant.creditor_id".to_owned(), "/merchant/creditor_id".to_owned())]);
}
