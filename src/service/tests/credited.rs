//! What was credited for what a customer sent back or withdrew from stands beside what they asked for.

use crate::common::shop::eur;
use crate::requests::{DAY, greta, of};
use jiff::SignedDuration;
use serde_json::{Value, json};

#[test]
fn what_was_credited_for_a_return_is_told_beside_it() {
    let (service, claim, token) = greta();
    let credits = |minor: i64, reason: &str| {
        service.done(&format!("/v1/receivables/{claim}/credit-notes"), json!({"amount": eur(minor), "reason": reason}));
    };
    let told = |kind: &str| -> Vec<Value> {
        let view = service.sees(&service.access("greta", &json!({})));
        let all = view["requests"].as_array().unwrap().iter().filter(|one| one["kind"] == kind);
        all.map(|one| one["credited"].clone()).collect()
    };
    // Before it was announced nothing came back because of it.
    credits(500, "return");
    service.clock.go(SignedDuration::from_secs(1));
    service.gets(&token, "noted", &of("return", &claim));
    assert_eq!(told("return"), [Value::Null]);
    credits(700, "goodwill");
    assert_eq!(told("return"), [Value::Null], "a kindness is no return");
    credits(3_000, "return");
    credits(1_000, "return");
    assert_eq!(told("return"), [eur(4_000)], "what came in two parcels");
    // Sixty days later another is announced; what is credited from now on is for that one.
    service.clock.go(DAY * 61);
    let token = service.access("greta", &json!({}));
    service.gets(&token, "noted", &of("return", &claim));
    assert_eq!(told("return"), [Value::Null, eur(4_000)]);
    credits(1, "return");
    assert_eq!(told("return"), [eur(1), eur(4_000)]);
    // Who takes back that they send something back is told of no credit for it.
    let view = service.sees(&token);
    let request = view["requests"][0]["request"].clone();
    assert_eq!((&view["requests"][0]["kind"], &view["requests"][0]["take_back"]), (&json!("return"), &json!(true)));
    service.gets(&token, "granted", &json!({"kind": "take_back", "request": request}));
    let (all, taken_back) = (service.sees(&token)["requests"].clone(), json!("taken_back"));
    let of_it = all.as_array().unwrap().iter().find(|one| one["request"] == request).unwrap();
    assert_eq!((&of_it["outcome"], &of_it["credited"]), (&taken_back, &Value::Null));
}

#[test]
fn what_was_credited_for_a_withdrawal_is_told_beside_it() {
    let (service, claim, token) = greta();
    service.gets(&token, "noted", &of("withdrawal", &claim));
    service.done(&format!("/v1/receivables/{claim}/credit-notes"), json!({"amount": eur(1_000), "reason": "return"}));
    assert_eq!(service.sees(&token)["requests"][0]["credited"], Value::Null, "that is not known to be for it");
    service.done(&format!("/v1/receivables/{claim}/withdrawal"), json!({}));
    let view = service.sees(&token);
    assert_eq!((&view["requests"][0]["kind"], &view["requests"][0]["credited"]), (&json!("withdrawal"), &eur(9_000)));
    assert_eq!((&view["claims"][0]["credited"], &view["claims"][0]["open"]), (&eur(10_000), &eur(0)));
}
