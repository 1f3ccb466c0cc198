//! One open payment for a claim: what else a customer owes can be paid beside it, by every method, and no cent twice.

use crate::common::collection::{advance, owes};
use crate::common::money::{told, with};
use crate::common::provider::Provider;
use crate::common::shop::eur;
use crate::common::{Answer, Service};
use crate::debits::{debit, policy};
use crate::paying::quiet;
use jiff::SignedDuration;
use serde_json::{Value, json};

/// Greta owes 100.00 and then 25.00; the claims, and a link to both
fn two_bills() -> (Service, Provider, [String; 2], String) {
    let (service, provider) = quiet();
    let claims = [("1", 10_000), ("2", 2_500)].map(|(order, minor)| {
        // The names of claims sort by time.
        service.clock.go(SignedDuration::from_secs(1));
        service.claim("cus_1", order, minor).0
    });
    let link = service.link_of(&claims[0]);
    (service, provider, claims, link)
}

fn card(claims: &[&String], minor: Option<i64>) -> Value {
    json!({"method": "card", "amount": minor.map_or(Value::Null, eur), "receivables": claims})
}

fn page(answer: &Answer) -> String {
    assert_eq!((answer.status, &answer.json()["outcome"]), (200, &json!("started")), "{}", answer.text());
    answer.json()["redirect"].as_str().unwrap().to_owned()
}

fn why(answer: &Answer) -> (Value, Value) {
    let json = answer.json();
    assert_eq!((answer.status, &json["outcome"]), (200, &json!("refused")), "{json}");
    (json["why"].clone(), json["owed"].clone())
}

impl Service {
    fn open_of(&self, claims: &[String; 2]) -> [i64; 2] {
        [0, 1].map(|at| self.receivable(&claims[at])["balance"]["minor"].as_i64().unwrap())
    }
}

#[test]
fn two_bills_are_paid_on_two_pages_at_once_and_each_gets_its_own_money() {
    let (service, provider, claims, link) = two_bills();
    let [one, two] = &claims;
    let first = page(&service.wants_to_pay(&link, &card(&[one], None)));
    let second = page(&service.wants_to_pay(&link, &card(&[two], None)));
    assert_ne!(first, second);
    assert_eq!((provider.count("open"), service.on_their_way()), (2, 2));
    assert_eq!(page(&service.wants_to_pay(&link, &card(&[one], Some(10_000)))), first, "each goes on where it is");
    assert_eq!(page(&service.wants_to_pay(&link, &card(&[two], None))), second);
    service.comes_back(&provider.presses(&second, "pay"));
    assert_eq!(service.open_of(&claims), [10_000, 0], "though the other is older");
    service.comes_back(&provider.presses(&first, "pay"));
    assert_eq!((service.open_of(&claims), service.on_their_way()), ([0, 0], 0));
}

#[test]
fn who_wants_to_pay_all_takes_the_place_of_both() {
    let (service, provider, claims, link) = two_bills();
    let pages = [0, 1].map(|at| page(&service.wants_to_pay(&link, &card(&[&claims[at]], None))));
    let all = page(&service.wants_to_pay(&link, &json!({"method": "card"})));
    assert_eq!((provider.count("open"), provider.count("expired"), service.on_their_way()), (1, 2, 1));
    for page in &pages {
        provider.tries(page, "pay").unwrap();
    }
    assert_eq!(provider.count("paid"), 0, "what was replaced can be paid by nobody");
    // And one of them alone takes the place of that again.
    let one = page(&service.wants_to_pay(&link, &card(&[&claims[0]], None)));
    assert_ne!(one, all);
    assert_eq!((provider.count("open"), service.on_their_way()), (1, 1));
}

#[test]
fn what_is_under_way_is_told_and_the_rest_is_asked_for() {
    let (service, provider, claims, link) = two_bills();
    let first = page(&service.wants_to_pay(&link, &card(&[&claims[0]], None)));
    let shown = service.comes_back(&provider.presses(&first, "processing"));
    assert_eq!((&shown["amount"], &shown["beside"], &shown["under_way"]), (&eur(2_500), &eur(10_000), &json!(false)));
    assert_eq!(shown["methods"][0]["id"], "card");
    for named in [vec![&claims[0]], vec![&claims[0], &claims[1]]] {
        assert_eq!(why(&service.wants_to_pay(&link, &card(&named, None))).0, "under_way");
    }
    // Who names nothing pays what can be paid.
    let second = page(&service.wants_to_pay(&link, &json!({"method": "card"})));
    let shown = service.comes_back(&provider.presses(&second, "processing"));
    assert_eq!((&shown["amount"], &shown["beside"], &shown["under_way"]), (&eur(12_500), &Value::Null, &json!(true)));
    assert_eq!(shown["methods"], json!([]));
    assert_eq!(why(&service.wants_to_pay(&link, &json!({"method": "card"}))).0, "under_way");
    provider.finishes(&first, "declined");
    provider.finishes(&second, "paid");
    for page in [&first, &second] {
        service.is_told(&provider, &crate::paying::about(page));
    }
    assert_eq!((service.open_of(&claims), service.on_their_way()), ([10_000, 0], 0));
}

#[test]
fn what_is_the_customers_own_is_taken_off_once_and_a_claim_that_is_named_twice_is_owed_once() {
    let (service, _provider, claims, link) = two_bills();
    let (third, reference) = service.claim("cus_1", "3", 3_000);
    service.comes(&with(told("t", 3_000), "remittance", reference.as_str()));
    service.done(&format!("/v1/receivables/{third}/credit-notes"), json!({"amount": eur(3_000), "reason": "return"}));
    let [one, two] = &claims;
    assert_eq!(why(&service.wants_to_pay(&link, &card(&[two, two], Some(2_501)))), (json!("amount"), eur(2_500)));
    page(&service.wants_to_pay(&link, &card(&[one], None)));
    // 125.00 less 30.00 are owed, and 95.00 would do: 100.00 are on their way.
    assert_eq!(why(&service.wants_to_pay(&link, &card(&[two], None))), (json!("nothing_open"), Value::Null));
    page(&service.wants_to_pay(&link, &card(&[one], Some(8_000))));
    assert_eq!(why(&service.wants_to_pay(&link, &card(&[two], Some(1_501)))), (json!("amount"), eur(1_500)));
    page(&service.wants_to_pay(&link, &card(&[two], Some(1_500))));
    assert_eq!(service.on_their_way(), 2);
}

#[test]
fn who_names_nothing_and_pays_a_part_holds_what_is_due_first() {
    let (service, _provider, claims, link) = two_bills();
    let first = page(&service.wants_to_pay(&link, &json!({"method": "card", "amount": eur(10_000)})));
    page(&service.wants_to_pay(&link, &card(&[&claims[1]], None)));
    assert_eq!(service.on_their_way(), 2);
    assert_eq!(page(&service.wants_to_pay(&link, &card(&[&claims[0]], None))), first);
    page(&service.wants_to_pay(&link, &json!({"method": "card", "amount": eur(10_001)})));
    assert_eq!(service.on_their_way(), 1, "a cent of the second is both");
}

#[test]
fn while_a_debit_is_out_the_other_bill_is_paid_by_card_and_by_debit() {
    let (service, provider) = quiet();
    let methods = json!({"methods": [{"id": "card", "provider": "sandbox"}, {"id": "sepa_debit", "provider": "sepa"}]});
    assert_eq!(service.client.post("/v1/policies", &policy(&methods).to_string()).status, 201);
    let claims = [("1", 10_000), ("2", 2_500)].map(|(order, minor)| {
        service.clock.go(SignedDuration::from_secs(1));
        owes(&service, "greta", order, minor).0
    });
    let (token, link) = (service.access("greta", &json!({"minutes": 1440})), service.link_of(&claims[0]));
    assert_eq!(service.sees(&token)["menu"]["debit"]["receivables"], json!(claims));
    let view = service.gets(&token, "granted", &with(debit(10_000), "receivables", json!([claims[0]])))["view"].clone();
    let under_way: Vec<&Value> = view["claims"].as_array().unwrap().iter().map(|claim| &claim["under_way"]).collect();
    assert_eq!((under_way, &view["asked"]), (vec![&json!(true), &json!(false)], &eur(2_500)));
    assert_eq!((&view["menu"]["methods"][0]["id"], &view["menu"]["debit"]["receivables"]), (&json!("card"), &json!([claims[1]])));
    assert_eq!(view["menu"]["part"]["to"], eur(2_500));
    let shown = service.shown_by(&link);
    assert_eq!((&shown["amount"], &shown["beside"]), (&eur(2_500), &eur(10_000)));
    assert_eq!(shown["transfer"]["amount"], eur(2_500));
    for body in [with(debit(10_000), "receivables", json!([claims[0]])), with(debit(12_500), "receivables", json!(claims))] {
        assert_eq!(service.gets(&token, "refused", &body)["why"], "debit.under_way");
    }
    let card = page(&service.wants_to_pay(&link, &json!({"method": "card"})));
    // Somebody is there to pay it: no debit takes it from them.
    assert_eq!(service.sees(&token)["menu"]["debit"], Value::Null);
    assert_eq!(service.gets(&token, "refused", &debit(2_500))["why"], "debit.under_way");
    service.comes_back(&provider.presses(&card, "pay"));
    assert_eq!(service.open_of(&claims), [10_000, 0], "the debit's bill waits for its own money");
    advance(&service, 3);
    let batch = service.client.post_with("/v1/debits/batches", "{}", &[("idempotency-key", "b")]).json();
    assert_eq!(batch["total"], eur(10_000));
    service.done(&format!("/v1/debits/batches/{}/settled", batch["batch"].as_str().unwrap()), json!({"on": "2026-11-24"}));
    assert_eq!((service.open_of(&claims), service.on_their_way()), ([0, 0], 0));
}

#[test]
fn twenty_tabs_for_two_bills_are_one_payment_for_each() {
    let (service, provider, claims, link) = two_bills();
    let pages: Vec<(usize, String)> = std::thread::scope(|scope| {
        let tabs: Vec<_> = (0..20_usize)
            .map(|tab| {
                let (service, link, claim) = (&service, &link, &claims[tab % 2]);
                scope.spawn(move || (tab % 2, page(&service.wants_to_pay(link, &card(&[claim], None)))))
            })
            .collect();
        tabs.into_iter().map(|tab| tab.join().unwrap()).collect()
    });
    let of = |bill: usize| pages.iter().filter(move |(other, _)| *other == bill).map(|(_, page)| page);
    assert!((0..2).all(|bill| of(bill).all(|page| Some(page) == of(bill).next())), "{pages:#?}");
    assert_eq!((provider.checkouts().len(), service.on_their_way()), (2, 2));
}
