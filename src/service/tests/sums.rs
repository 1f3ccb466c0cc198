//! What an order came to adds up for its customer, whatever has happened to it.

use crate::common::Service;
use crate::common::collection::advance;
use crate::common::money::{told, with};
use crate::common::shop::eur;
use crate::terms::{collection, late, shop};
use serde_json::{Value, json};
use std::cmp::Reverse;

/// The claim as its customer sees it: agreed, costs, interest, credited, let go, paid and open; what it is made of sums to what is open
fn sums(service: &Service) -> [i64; 7] {
    let claim = service.sees(&service.access("cus_1", &json!({})))["claims"][0].clone();
    let minor = |money: &Value| money["minor"].as_i64().unwrap();
    let part = |list: &str, kind: &str| {
        let found = claim[list].as_array().unwrap().iter().find(|part| part["kind"] == kind);
        found.map_or(0, |part| minor(&part["amount"]))
    };
    let [agreed, credited, let_go, paid, open] = ["agreed", "credited", "let_go", "paid", "open"].map(|name| minor(&claim[name]));
    let (costs, interest) = (part("extra", "cost"), part("extra", "interest"));
    assert_eq!(agreed + costs + interest - credited - let_go - paid, open, "{claim}");
    assert_eq!(["principal", "cost", "interest"].map(|kind| part("parts", kind)).iter().sum::<i64>(), open, "{claim}");
    [agreed, costs, interest, credited, let_go, paid, open]
}

/// The payments as their payer sees them, the largest first: how much, what of it went back, and what is the payer's own
fn payments(service: &Service) -> Vec<(i64, i64, i64)> {
    let view = service.sees(&service.access("cus_1", &json!({})));
    let minor = |payment: &Value, name: &str| payment[name]["minor"].as_i64().unwrap();
    let all = view["payments"].as_array().unwrap().iter();
    let mut told: Vec<_> = all.map(|payment| (minor(payment, "amount"), minor(payment, "gone"), minor(payment, "held"))).collect();
    told.sort_by_key(|(amount, ..)| Reverse(*amount));
    told
}

#[test]
fn what_was_bought_is_told_as_it_was_whatever_was_paid_credited_or_taken_back_since() {
    let service = shop(None, &collection());
    let (claim, _) = late(&service, 100_000, "consumer");
    assert_eq!(sums(&service), [100_000, 0, 0, 0, 0, 0, 100_000]);
    advance(&service, 24);
    assert_eq!(sums(&service), [100_000, 95, 18, 0, 0, 0, 100_113]);
    let pays = |name: &str, minor: i64| {
        let payment = with(with(told(name, minor), "customer", "cus_1"), "value_date", "2026-09-25");
        service.comes(&payment)["id"].as_str().unwrap().to_owned()
    };
    // A payment goes to costs and interest first (BGB section 367(1)), and the order cost what it did.
    let payment = pays("a", 1_000);
    assert_eq!(sums(&service), [100_000, 95, 18, 0, 0, 1_000, 99_113]);
    let path = |what: &str| format!("/v1/receivables/{claim}/{what}");
    service.done(&path("credit-notes"), json!({"amount": eur(5_000), "reason": "goodwill"}));
    assert_eq!(sums(&service), [100_000, 95, 18, 5_000, 0, 1_000, 94_113]);
    let chargeback = |state: &str, until: &Value| {
        service.done(&format!("/v1/payments/{payment}/chargeback"), json!({"state": state, "until": until}));
    };
    chargeback("opened", &json!("2026-10-20"));
    assert_eq!(sums(&service), [100_000, 95, 18, 5_000, 0, 0, 95_113]);
    assert_eq!(payments(&service), [(1_000, 1_000, 0)]);
    chargeback("won", &Value::Null);
    assert_eq!(sums(&service), [100_000, 95, 18, 5_000, 0, 1_000, 94_113]);
    service.done(&path("write-off"), json!({"amount": eur(10_000)}));
    assert_eq!(sums(&service), [100_000, 95, 18, 5_000, 10_000, 1_000, 84_113]);
    service.done(&path("waive"), json!({"what": "debt", "amount": eur(113)}));
    assert_eq!(sums(&service), [100_000, 95, 18, 5_000, 10_113, 1_000, 84_000]);
    // What is too much is the customer's own, and none of it was paid for this order.
    let over = pays("b", 90_000);
    assert_eq!(sums(&service), [100_000, 95, 18, 5_000, 10_113, 85_000, 0]);
    assert_eq!(payments(&service), [(90_000, 0, 6_000), (1_000, 0, 0)]);
    service.done(&path("credit-notes"), json!({"amount": eur(2_000), "reason": "return"}));
    assert_eq!(sums(&service), [100_000, 95, 18, 7_000, 10_113, 83_000, 0]);
    let refund = json!({"payment": over, "amount": eur(6_000)}).to_string();
    assert_eq!(service.client.post_with("/v1/refunds", &refund, &[("idempotency-key", "r")]).status, 201);
    assert_eq!(sums(&service), [100_000, 95, 18, 7_000, 10_113, 83_000, 0]);
    let told = payments(&service);
    let held: i64 = told.iter().map(|(.., held)| held).sum();
    assert_eq!((told[0].1, told[1].1, held), (6_000, 0, 2_000), "from whichever payment of that day the return was taken");
    service.done(&path("withdrawal"), json!({}));
    assert_eq!(sums(&service), [100_000, 0, 0, 89_887, 10_113, 0, 0], "nothing of it was ever owed");
}

#[test]
fn what_reminding_cost_is_gone_where_it_is_waived() {
    let service = shop(None, &collection());
    let (claim, _) = late(&service, 100_000, "consumer");
    advance(&service, 24);
    service.done(&format!("/v1/receivables/{claim}/waive"), json!({"what": "costs"}));
    let [agreed, costs, _, credited, let_go, ..] = sums(&service);
    assert_eq!((agreed, costs, credited, let_go), (100_000, 0, 0, 0));
}
