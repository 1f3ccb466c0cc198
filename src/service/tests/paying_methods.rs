//! By which methods what is owed is paid is the policy's to say, for each case.

use crate::common::shop::POLICY;
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
