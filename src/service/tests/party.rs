//! A customer turns out to be a business: what was charged stays, and what comes follows.

use crate::common::Service;
use crate::terms::{collection, late, shop};
use serde_json::json;

fn timeline(service: &Service, path: &str) -> Vec<String> {
    let record = service.client.get(path).json();
    let kinds = record["timeline"].as_array().unwrap().iter().map(|event| event["type"].as_str().unwrap().to_owned());
    kinds.collect()
}

#[test]
fn whoever_turns_out_a_business_is_one_from_that_day_on_and_is_told_once() {
    let service = shop(None, &collection());
    let (claim, _) = late(&service, 100_000, "consumer");
    let path = format!("/v1/receivables/{claim}");
    let party = format!("{path}/party");
    assert_eq!(service.refuses(|| service.does(&party, json!({"party": "company"}))).1, "body.invalid");
    assert_eq!(service.refuses(|| service.does(&party, json!({}))).1, "body.invalid");
    assert_eq!(
        service.refuses(|| service.does("/v1/receivables/rcv_00000000000000000000000000000000/party", json!({"party": "business"}))).0,
        404
    );
    let before = service.client.get(&path).json();
    let after = service.done(&party, json!({"party": "business"}));
    assert_eq!((&after["balance"], &after["parts"]), (&before["balance"], &before["parts"]), "what was charged stays");
    let events = service.events();
    service.done(&party, json!({"party": "business"}));
    assert_eq!(service.events(), events, "the same news twice is no news");
    assert_eq!(timeline(&service, &path).iter().filter(|kind| *kind == "PartyChanged").count(), 1);
    service.done(&party, json!({"party": "consumer"}));
    assert_eq!(timeline(&service, &path).iter().filter(|kind| *kind == "PartyChanged").count(), 2);
}
