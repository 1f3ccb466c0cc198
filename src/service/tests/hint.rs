//! What the service tells everybody is true for the first guest who comes, to the cent.

use crate::common::Service;
use crate::common::shop::eur;
use serde_json::{Value, json};

/// What a guest of the web shop is told of the method with that cart
fn state(service: &Service, method: &str, total: i64) -> String {
    let guest = json!({"customer": {"guest_reference": format!("visit-{method}-{total}"), "signed_in": false}});
    let session = service.client.post("/v1/sessions", &guest.to_string()).json()["session"].as_str().unwrap().to_owned();
    let facts = json!({"facts": {
        "cart.total": eur(total), "customer.kind": "consumer", "billing.country": "DE", "shipping.country": "DE",
        "shipping.same_as_billing": true, "order.origin_channel": "web_shop",
    }});
    let answer = service.client.post(&format!("/v1/sessions/{session}/preview"), &facts.to_string()).json();
    let methods = answer["decision"]["methods"].as_array().unwrap();
    methods.iter().find(|found| found["id"] == method).unwrap()["state"].as_str().unwrap().to_owned()
}

#[test]
fn a_total_that_is_named_is_offered_to_a_guest_and_one_cent_more_is_not() {
    let service = Service::start();
    let hint = service.client.get_as_browser("/v1/hint").json();
    assert_eq!(
        hint["methods"],
        json!([
            {"id": "invoice", "kind": "invoice", "smallest": eur(1), "largest": eur(25_000), "term": {"days": 14, "from": "order"}},
            {"id": "invoice_agreed", "kind": "invoice", "smallest": eur(1), "largest": eur(30_000), "term": {"days": 14, "from": "order"}},
            {"id": "prepayment", "kind": "prepayment", "smallest": eur(1)},
        ])
    );
    for method in hint["methods"].as_array().unwrap() {
        let id = method["id"].as_str().unwrap();
        assert_ne!(state(&service, id, method["smallest"]["minor"].as_i64().unwrap()), "withheld", "{method}");
        let Some(largest) = method["largest"]["minor"].as_i64() else { continue };
        assert_ne!(state(&service, id, largest), "withheld", "{method}");
        assert_eq!(state(&service, id, largest + 1), "withheld", "{method}");
    }
}

#[test]
fn it_follows_the_policy_and_the_calendar() {
    let service = Service::start();
    let mut policy: Value = serde_json::from_str(crate::common::shop::POLICY).unwrap();
    policy["methods"][0]["limits"][0]["maximum"] = json!("120.00 EUR");
    policy["valid"] = json!({"until": "2026-11-20"});
    assert_eq!(service.client.post("/v1/policies", &policy.to_string()).status, 201);
    let hint = service.client.get_as_browser("/v1/hint").json();
    assert_eq!(hint["valid_until"], "2026-11-20");
    assert_eq!(hint["methods"], json!([{"id": "prepayment", "kind": "prepayment", "smallest": eur(1)}]));
    policy["valid"] = json!({"until": "2026-11-21"});
    assert_eq!(service.client.post("/v1/policies", &policy.to_string()).status, 201);
    assert_eq!(service.client.get_as_browser("/v1/hint").json()["methods"][0]["largest"], eur(12_000));
}

#[test]
fn it_may_be_kept_for_a_while_by_whoever_showed_a_key() {
    let service = Service::start();
    let answer = service.client.get_as_browser("/v1/hint");
    assert_eq!((answer.header("cache-control"), answer.header("vary")), (Some("public, max-age=300"), Some("authorization")));
    let without = service.client.send("GET", "/v1/hint", &[], b"");
    assert_eq!((without.status, without.code().as_str(), without.header("cache-control")), (401, "auth.key_missing", Some("no-store")));
}

#[test]
fn guests_from_a_social_network_are_promised_what_holds_for_them() {
    let service = Service::start();
    let mut policy: Value = serde_json::from_str(crate::common::shop::POLICY).unwrap();
    let social = json!({"fact": "order.origin_channel", "operator": "in", "value": ["instagram", "tiktok"]});
    policy["methods"][0]["limits"] = json!([{"when": social, "maximum": "80.00 EUR"}, {"maximum": "250.00 EUR"}]);
    assert_eq!(service.client.post("/v1/policies", &policy.to_string()).status, 201);
    let largest = |query: &str| service.client.get_as_browser(&format!("/v1/hint{query}")).json()["methods"][0]["largest"].clone();
    assert_eq!(largest("?channel=tiktok"), eur(8_000));
    assert_eq!(largest("?channel=web_shop"), eur(25_000));
    assert_eq!(largest(""), eur(25_000));
    let wrong = service.client.get_as_browser("/v1/hint?channel=pigeon");
    assert_eq!((wrong.status, wrong.code().as_str()), (400, "channel.unknown"));
}
