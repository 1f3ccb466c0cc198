//! What comes next of every claim, and why nothing is done where nothing is.

use crate::common::Service;
use crate::common::collection::{POLICY, letterhead};
use crate::common::money::{told, with};
use crate::common::shop::eur;
use serde_json::{Value, json};

/// What comes next and why not now, of the one claim of a customer
fn next(service: &Service, customer: &str) -> (Value, Value) {
    let answer = service.client.get(&format!("/v1/customers/{customer}/case"));
    assert_eq!(answer.status, 200, "{}", answer.text());
    let claims = answer.json()["claims"].as_array().unwrap().clone();
    assert_eq!(claims.len(), 1, "{claims:#?}");
    (claims[0]["next"].clone(), claims[0]["why_not"].clone())
}

#[test]
fn why_a_customer_got_nothing_is_one_call() {
    let service = Service::start();
    let (claim, reference) = service.claim("cus_1", "1", 10_000);
    let nobody = json!({"code": "gate.stopped", "hold": null, "until": null});
    assert_eq!(next(&service, "cus_1"), (Value::Null, nobody), "nobody has said who writes");
    letterhead(&service);
    let not_due = json!({"code": "gate.not_due", "hold": null, "until": "2026-12-04"});
    let no_way = next(&service, "cus_1");
    assert_eq!(no_way, (Value::Null, not_due.clone()), "there is no address, and so nothing follows by itself");

    let details = json!({"name": {"given": "Alex", "family": "Beispiel"}, "email": "alex@example.org", "opted_out": []});
    assert_eq!(service.put("/v1/customers/cus_1/contact", &details).status, 200);
    let note = json!({"what": "note", "level": null, "channel": "email", "from": "2026-12-04"});
    assert_eq!(next(&service, "cus_1"), (note, not_due));

    assert_eq!(service.does("/v1/customers/cus_1/holds", json!({"reason": "manual_pause", "until": "2026-12-24"})).status, 201);
    let (step, why_not) = next(&service, "cus_1");
    assert_eq!(why_not, json!({"code": "gate.held", "hold": "manual_pause", "until": "2026-12-25"}), "two holidays and a Sunday follow");
    assert_eq!((&step["what"], &step["from"]), (&json!("reminder"), &json!("2026-12-28")));

    let page = service.client.get("/v1/collection").json();
    assert_eq!((&page["claims"][0]["receivable"], &page["claims"][0]["open"], &page["after"]), (&json!(claim), &eur(10_000), &Value::Null));
    assert_eq!(page["claims"][0]["customer"], "cus_1");
    assert_eq!(service.client.get("/v1/collection?state=overdue").json()["claims"], json!([]));
    service.comes(&with(told("1", 10_000), "remittance", reference.as_str()));
    assert_eq!(service.client.get("/v1/collection").json()["claims"], json!([]), "paid");
}

#[test]
fn the_pages_of_open_claims_hold_each_once() {
    let service = Service::start();
    assert_eq!(service.client.post("/v1/policies", &POLICY).status, 201);
    let expected: std::collections::BTreeSet<String> =
        (0..53).map(|number| service.claim(&format!("cus_{number}"), &format!("o{number}"), 5_000 + number).0).collect();
    let mut seen = Vec::new();
    let mut path = "/v1/collection".to_owned();
    loop {
        let page = service.client.get(&path).json();
        seen.extend(page["claims"].as_array().unwrap().iter().map(|claim| claim["receivable"].as_str().unwrap().to_owned()));
        let Some(after) = page["after"].as_str() else { break };
        path = format!("/v1/collection?after={after}");
    }
    assert_eq!((seen.len(), seen.into_iter().collect::<std::collections::BTreeSet<_>>()), (53, expected));
    for (query, status) in [("after=rcv_1", 400), ("after=rcv_00000000000000000000000000000000", 404), ("state=paid", 400), ("x=1", 400)] {
        assert_eq!(service.client.get(&format!("/v1/collection?{query}")).status, status, "{query}");
    }
    assert_eq!(service.client.get("/v1/customers/nobody/case").status, 404);
}
