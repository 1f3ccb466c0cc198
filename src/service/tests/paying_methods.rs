//! By which methods what is owed is paid is the policy's to say, for each case.

use crate::common::money::{told, with};
use crate::common::shop::{POLICY, eur};
use crate::paying::quiet;
use serde_json::{Value, json};

#[test]
fn a_policy_says_by_which_methods_a_case_is_paid_and_no_other_is_taken() {
    let (service, _provider) = quiet();
    let (claim, _) = service.claim("cus_1", "1", 16_840);
    let token = service.link_of(&claim);
    let mut policy: Value = serde_json::from_str(POLICY).unwrap();
    let card = |when: Value| json!({"methods": [{"id": "card", "provider": "sandbox", "when": when}]});
    let open = |operator: &str, value: &str| json!({"fact": "case.amount_open", "operator": operator, "value": value});
    let at_all = |settlement: Value| {
        policy["settlement"] = settlement;
        let answer = service.client.post("/v1/policies", &policy.to_string());
        assert_eq!(answer.status, 201, "{}", answer.text());
        let shown = service.shown_by(&token)["methods"].clone();
        let begun = service.client.send(
            "POST",
            &format!("/v1/paylinks/{token}/payments"),
            &[("content-type", "application/json")],
            br#"{"method":"card"}"#,
        );
        let begun = begun.json();
        let is_offered = shown == json!([{"id": "card", "provider": "sandbox"}]);
        assert_eq!(is_offered, begun["outcome"] == "started", "{shown}: {begun}");
        assert!(is_offered || (shown == json!([]) && begun["why"] == "method"), "{shown}: {begun}");
        is_offered
    };
    let mut at_all = at_all;
    assert!(!at_all(json!({"methods": [{"id": "paypal", "provider": "paypal"}]})), "nobody here takes that");
    assert!(!at_all(card(open("lessThanInclusive", "168.39 EUR"))));
    assert!(!at_all(card(json!({"fact": "case.level", "operator": "greaterThanInclusive", "value": 1}))));
    assert!(!at_all(card(json!({"fact": "case.last_opened", "operator": "equal", "value": true}))), "what is not known does not hold");
    assert!(at_all(card(open("lessThanInclusive", "168.40 EUR"))));
    assert!(at_all(json!({"methods": [{"id": "card", "provider": "sandbox"}]})));
    assert!(at_all(json!({"deferral": false})), "a policy that names none leaves it to the providers");
}

/// A shop whose policy says that a card costs 0.30 and 1 %
fn charging(fee: &Value) -> (crate::common::Service, crate::common::provider::Provider, String, String) {
    let (service, provider) = quiet();
    let mut policy: Value = serde_json::from_str(POLICY).unwrap();
    policy["settlement"] = json!({"methods": [{"id": "card", "provider": "sandbox", "fee": fee}]});
    assert_eq!(service.client.post("/v1/policies", &policy.to_string()).status, 201);
    let (claim, _) = service.claim("cus_1", "1", 16_840);
    let token = service.link_of(&claim);
    (service, provider, claim, token)
}

#[test]
fn what_a_method_costs_stands_with_the_payment_for_the_shop_and_nowhere_for_the_customer() {
    let (service, provider, claim, token) = charging(&json!({"fixed": "0.30 EUR", "rate": "0.01"}));
    let page = service.is_sent(&token, None);
    let back = provider.presses(&page, "pay");
    let shown = service.comes_back(&back);
    assert_eq!(shown["state"], "paid");
    let payment = shown["payment"]["payment"].as_str().unwrap();
    let known = service.client.get(&format!("/v1/payments/{payment}")).json();
    assert_eq!((&known["fee"], &known["expected_fee"]), (&eur(260), &eur(198)), "as the provider says, and as the policy did");
    assert_eq!(service.client.send("GET", &format!("/v1/payments/{payment}"), &[], b"").status, 401);
    let fees = |timeline: &Value| -> Vec<Value> {
        timeline.as_array().unwrap().iter().map(|happened| happened["fee"].clone()).filter(|fee| !fee.is_null()).collect()
    };
    let path = format!("/v1/receivables/{claim}");
    assert_eq!(fees(&service.client.get(&path).json()["timeline"]), [eur(260)]);
    assert_eq!(fees(&service.client.get(&format!("{path}/file")).json()["history"]), [eur(260)]);
    assert_eq!(service.client.get(&path).json()["balance"], eur(0), "it is no part of the debt");

    // A provider that says nothing: what the policy said.
    service.sql().execute("UPDATE pay_sessions SET fee_minor = NULL", []).unwrap();
    assert_eq!(fees(&service.client.get(&path).json()["timeline"]), [eur(198)]);

    let access = service.access("cus_1", &json!({}));
    let documents = service.sees(&access)["documents"].as_array().unwrap().clone();
    let mut told: Vec<String> = vec![service.looks(&access).text(), shown.to_string()];
    for document in documents {
        told.push(service.client.send("GET", document["url"].as_str().unwrap(), &[], b"").text());
    }
    for text in &told {
        assert!(!text.contains("\"fee\"") && !text.contains("expected_fee") && !text.contains("2,60") && !text.contains("1,98"), "{text}");
    }
    let export = service.client.get("/v1/customers/cus_1/export").json();
    assert_eq!(export["received_payments"]["items"][0]["fee"], Value::Null);
}

#[test]
fn money_that_nobody_was_sent_for_costs_nothing_that_is_known_here() {
    let (service, _provider, claim, _) = charging(&json!({"fixed": "0.30 EUR", "rate": "0.01"}));
    service.comes(&with(told("a", 100), "customer", "cus_1"));
    let timeline = service.client.get(&format!("/v1/receivables/{claim}")).json()["timeline"].clone();
    let paid = timeline.as_array().unwrap().iter().find(|happened| happened["type"] == "PaymentAllocated").unwrap().clone();
    assert_eq!(paid["fee"], Value::Null);
}
