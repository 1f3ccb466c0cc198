//! Who objects to a part is reminded of nothing, and can pay the rest by every way: what they pay is not put against what they object to.

use crate::common::Service;
use crate::common::collection::{advance, owes};
use crate::common::money::{told, with};
use crate::common::shop::eur;
use crate::debits::{collects, debit, policy};
use crate::paying::quiet;
use jiff::SignedDuration;
use serde_json::{Value, json};

fn objects(claim: &str, minor: i64) -> Value {
    json!({"kind": "dispute", "receivable": claim, "reason": "defective", "amount": eur(minor)})
}

impl Service {
    fn left_of(&self, claim: &str) -> i64 {
        self.receivable(claim)["balance"]["minor"].as_i64().unwrap()
    }
}

#[test]
fn what_nobody_objects_to_is_paid_behind_the_link_and_the_rest_waits_for_a_human() {
    let (service, provider) = quiet();
    let by_card = json!({"methods": [{"id": "card", "provider": "sandbox"}]});
    assert_eq!(service.client.post("/v1/policies", &policy(&by_card).to_string()).status, 201);
    let (claim, _) = owes(&service, "greta", "1", 10_000);
    service.clock.go(SignedDuration::from_secs(1));
    let (other, _) = owes(&service, "greta", "2", 2_500);
    let (token, link) = (service.access("greta", &json!({"minutes": 1440})), service.link_of(&claim));
    assert_eq!(service.shown_by(&link)["disputed"], Value::Null);
    service.gets(&token, "noted", &objects(&claim, 4_000));
    let shown = service.shown_by(&link);
    assert_eq!((&shown["state"], &shown["amount"], &shown["disputed"]), (&json!("open"), &eur(8_500), &eur(4_000)));
    assert_eq!(
        (&shown["transfer"]["amount"], &shown["methods"][0]["id"], &shown["next"]["what"]),
        (&eur(8_500), &json!("card"), &json!("note"))
    );
    let more = service.wants_to_pay(&link, &json!({"method": "card", "amount": eur(8_501)})).json();
    assert_eq!((&more["why"], &more["owed"]), (&json!("amount"), &eur(8_500)));
    let page = service.is_sent(&link, None);
    let shown = service.comes_back(&provider.presses(&page, "pay"));
    assert_eq!((service.left_of(&claim), service.left_of(&other)), (4_000, 0), "the other bill gets its own");
    assert_eq!((&shown["state"], &shown["amount"]), (&json!("in_clarification"), &Value::Null));
    assert_eq!(service.wants_to_pay(&link, &json!({"method": "card"})).json()["why"], "in_clarification");
    advance(&service, 60);
    assert_eq!(service.count("SELECT count(*) FROM events WHERE type = 'LevelRaised'"), 0, "nobody reminds of what is disputed");
    service.done(&format!("/v1/receivables/{claim}/dispute"), json!({"outcome": "rejected", "words": "Die Decke ist heil."}));
    assert_eq!(service.shown_by(&service.link_of(&claim))["amount"], eur(4_000));
}

#[test]
fn the_account_says_how_much_of_a_bill_can_be_paid_and_a_transfer_of_it_pays_just_that() {
    let service = collects();
    let (claim, reference) = owes(&service, "greta", "1", 10_000);
    let (other, _) = owes(&service, "greta", "2", 2_500);
    let token = service.access("greta", &json!({"minutes": 1440}));
    let answered = service.gets(&token, "noted", &objects(&claim, 4_000));
    let view = &answered["view"];
    let bill = view["claims"].as_array().unwrap().iter().find(|bill| bill["receivable"] == claim.as_str()).unwrap();
    assert_eq!(
        (&bill["open"], &bill["payable"], &bill["state"], &bill["why"]),
        (&eur(10_000), &eur(6_000), &json!("open"), &json!("dispute"))
    );
    assert_eq!((&view["owed"], &view["asked"], &view["menu"]["part"]["to"]), (&eur(12_500), &eur(8_500), &eur(8_500)));
    let at = |minor: i64| format!("/v1/accounts/{token}/transfer?amount={minor}&receivable={claim}");
    let transfer = service.client.send("GET", &at(6_000), &[], b"").json();
    assert_eq!(transfer["transfer"]["reference"], json!(reference));
    assert_eq!(service.client.send("GET", &at(8_501), &[], b"").code(), "part.amount");
    service.comes(&with(told("t", 6_000), "remittance", reference.as_str()));
    assert_eq!((service.left_of(&claim), service.left_of(&other)), (4_000, 2_500));
    let bill = service.sees(&token)["claims"].as_array().unwrap().iter().find(|bill| bill["receivable"] == claim.as_str()).unwrap().clone();
    assert_eq!((&bill["payable"], &bill["state"]), (&eur(0), &json!("in_clarification")));
    // Money that names nothing is for what nobody objects to, and only then for the rest.
    service.comes(&with(told("u", 2_600), "customer", "greta"));
    assert_eq!((service.left_of(&claim), service.left_of(&other)), (3_900, 0));
    service.gets(&token, "granted", &json!({"kind": "take_back", "request": answered["request"]}));
    assert_eq!(service.sees(&token)["asked"], eur(3_900), "who takes it back owes it all");
}

#[test]
fn a_debit_that_was_signed_before_the_objection_waits_and_one_for_the_rest_is_collected() {
    let service = collects();
    for (who, first) in [("ann", true), ("ben", false)] {
        let (claim, _) = owes(&service, who, who, 10_000);
        let token = service.access(who, &json!({"minutes": 1440}));
        if first {
            service.gets(&token, "granted", &debit(10_000));
        }
        service.gets(&token, "noted", &objects(&claim, 4_000));
        if !first {
            assert_eq!(service.gets(&token, "refused", &debit(6_001))["why"], "debit.amount");
            service.gets(&token, "granted", &debit(6_000));
        }
    }
    advance(&service, 3);
    let batch = service.client.post_with("/v1/debits/batches", "{}", &[("idempotency-key", "b")]).json();
    assert_eq!((&batch["total"], batch["debits"].as_array().unwrap().len()), (&eur(6_000), 1));
}
