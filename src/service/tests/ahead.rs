//! What comes next: the merchant, whoever holds a pay link and the customer are told the same, and it comes on that day.

use crate::common::Service;
use crate::common::collection::{POLICY, advance, contacts, letterhead, owes};
use serde_json::{Value, json};
use tresen_core::calendar::Calendar;
use tresen_core::date::{Date, Weekday};
use tresen_core::facts::country_value;

/// What comes next of the one claim of a customer: as the merchant is told, behind a link, in the account
fn told(service: &Service, customer: &str) -> [Value; 3] {
    let claim = service.client.get(&format!("/v1/customers/{customer}/case")).json()["claims"][0].clone();
    let id = claim["receivable"].as_str().unwrap();
    let token = service.client.post(&format!("/v1/receivables/{id}/paylink"), "").json()["token"].as_str().unwrap().to_owned();
    let behind = service.client.send("GET", &format!("/v1/paylinks/{token}"), &[], b"").json()["next"].clone();
    let account = service.sees(&service.access(customer, &json!({})))["claims"][0]["next"].clone();
    let next = &claim["next"];
    let merchants = match next["what"].as_str() {
        Some("reminder") if next["level"] == 3 => json!({"what": "final_notice", "from": next["from"]}),
        Some("propose_placement") => json!({"what": "hand_over", "from": next["from"]}),
        Some(what) => json!({"what": what, "from": next["from"]}),
        None => Value::Null,
    };
    [merchants, behind, account]
}

#[test]
fn what_a_customer_is_told_of_comes_on_that_day_over_christmas_too() {
    let service = Service::start();
    letterhead(&service);
    owes(&service, "cus_1", "1", 10_000);
    let germany = Calendar::of(country_value(*b"DE"), true, None, None);
    let (mut announced, mut came, mut seen) = (Vec::new(), Vec::new(), 0);
    for _ in 0..60 {
        let [merchant, link, account] = told(&service, "cus_1");
        assert_eq!((&link, &account), (&merchant, &merchant));
        if let Some(from) = merchant["from"].as_str() {
            let day = Date::parse(from).unwrap();
            let human = merchant["what"] == "hand_over";
            assert!(human || (day.weekday() != Weekday::Sunday && !germany.is_holiday(day)), "nobody is written to on {from}");
            announced.push((merchant["what"].clone(), from.to_owned()));
        }
        advance(&service, 1);
        let written = contacts(&service);
        came.extend(written[seen..].iter().map(|message| message.day.clone()));
        seen = written.len();
    }
    // Once it may come, it may come today, every day.
    announced.dedup_by_key(|(what, from)| if what == "hand_over" { String::new() } else { from.clone() });
    let what: Vec<&str> = announced.iter().map(|(what, _)| what.as_str().unwrap()).collect();
    assert_eq!(what, ["note", "reminder", "reminder", "final_notice", "hand_over"], "{announced:?}");
    let days: Vec<&String> = announced.iter().take(4).map(|(_, day)| day).collect();
    assert_eq!(days, came.iter().collect::<Vec<_>>(), "each once, and on the day that was told");
}

#[test]
fn a_segment_that_waits_longer_is_told_of_as_it_is() {
    let service = Service::start();
    let mut policy: Value = serde_json::from_str(&POLICY).unwrap();
    policy["collection"] = json!({"note_days": 0, "segments": [
        {"id": "small", "when": {"fact": "account.open_balance", "operator": "lessThan", "value": "50.00 EUR"}, "then": {"later_days": 9}},
        {"id": "by_hand", "when": {"fact": "account.open_balance", "operator": "greaterThan", "value": "200.00 EUR"}, "then": {"by_hand": true}}]});
    let answer = service.client.post("/v1/policies", &policy.to_string());
    assert_eq!(answer.status, 201, "{}", answer.text());
    for (customer, order, minor) in [("cus_1", "1", 4_999), ("cus_2", "2", 5_000), ("cus_3", "3", 20_001)] {
        owes(&service, customer, order, minor);
    }
    let [small, others, large] = ["cus_1", "cus_2", "cus_3"].map(|customer| told(&service, customer));
    assert_eq!(small, [(); 3].map(|()| json!({"what": "reminder", "from": "2026-12-19"})));
    assert_eq!(others, [(); 3].map(|()| json!({"what": "reminder", "from": "2026-12-10"})));
    assert_eq!(
        (&large[0]["what"], &large[1], &large[2]),
        (&json!("by_hand"), &Value::Null, &Value::Null),
        "what a human decides nobody announces"
    );
}
