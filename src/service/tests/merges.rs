//! Two of the shop's customers turn out to be one person, and two after all: what protects the person counts for both, and nothing is mixed.

use crate::common::Service;
use crate::common::collection::{advance, contacts, letterhead, owes};
use crate::common::money::{told, with};
use crate::common::shop::{Order, eur};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

const ONE: &str = "/v1/customers/cus_1";
const TWO: &str = "/v1/customers/cus_2";

fn merged(service: &Service) -> Value {
    service.done(&format!("{TWO}/merge"), json!({"into": "cus_1"}))
}

fn unmerged(service: &Service) -> Value {
    service.done(&format!("{TWO}/unmerge"), json!({}))
}

/// Both owe something, in a shop that reminds
fn both() -> (Service, String, String) {
    let service = Service::start();
    letterhead(&service);
    let (one, _) = owes(&service, "cus_1", "1", 10_000);
    let (two, _) = owes(&service, "cus_2", "2", 8_000);
    (service, one, two)
}

fn places(service: &Service, customer: &str, reason: &str) -> String {
    let answer = service.does(&format!("{customer}/holds"), json!({"reason": reason}));
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()["hold"].as_str().unwrap().to_owned()
}

fn holds(service: &Service, claim: &str) -> Value {
    service.receivable(claim)["holds"].as_array().unwrap().iter().map(|hold| hold["reason"].clone()).collect()
}

#[test]
fn whoever_is_merged_is_told_and_merging_again_changes_nothing() {
    let (service, ..) = both();
    let alone = json!({"reference": "cus_2", "into": null, "same_person": []});
    assert_eq!(service.client.get(&format!("{TWO}/merge")).json(), alone);
    let state = merged(&service);
    assert_eq!(state, json!({"reference": "cus_2", "into": "cus_1", "same_person": ["cus_1"]}));
    assert_eq!(service.client.get(&format!("{ONE}/merge")).json(), json!({"reference": "cus_1", "into": null, "same_person": ["cus_2"]}));
    let events = service.events();
    assert_eq!(merged(&service), state);
    assert_eq!(service.events(), events, "the same news twice is no news");
    assert_eq!(unmerged(&service), alone);
    let events = service.events();
    assert_eq!(unmerged(&service), alone);
    assert_eq!(service.events(), events);
    assert_eq!(service.count("SELECT count(*) FROM events WHERE type IN ('CustomerMerged', 'CustomerUnmerged')"), 4, "each has its own");
}

#[test]
fn nobody_is_merged_with_themselves_with_nobody_or_in_a_chain() {
    let service = Service::start();
    letterhead(&service);
    for number in 1..=11 {
        owes(&service, &format!("cus_{number}"), &number.to_string(), 1_000);
    }
    let refused = |from: &str, into: &str| service.refuses(|| service.does(&format!("/v1/customers/{from}/merge"), json!({"into": into})));
    let refusal = |status: u16, code: &str| (status, code.to_owned());
    assert_eq!(refused("cus_1", "cus_1"), refusal(422, "merge.itself"));
    assert_eq!(refused("cus_1", "nobody"), refusal(404, "customer.unknown"));
    assert_eq!(refused("nobody", "cus_1"), refusal(404, "customer.unknown"));
    assert_eq!(service.refuses(|| service.does(&format!("{TWO}/merge"), json!({}))).1, "body.invalid");
    assert_eq!(service.refuses(|| service.does("/v1/customers/nobody/unmerge", json!({}))), refusal(404, "customer.unknown"));
    // A guest is nobody's number, and whoever is erased has none.
    service.client.guest_session("visit-1", None);
    assert_eq!(refused("cus_1", "visit-1"), refusal(404, "customer.unknown"));
    service.done("/v1/customers/cus_11/erase", json!({"despite_open": true}));
    assert_eq!(refused("cus_11", "cus_1"), refusal(404, "customer.unknown"));
    assert_eq!(refused("cus_1", "cus_11"), refusal(404, "customer.unknown"));

    merged(&service);
    assert_eq!(refused("cus_2", "cus_3"), refusal(409, "merge.elsewhere"));
    assert_eq!(refused("cus_3", "cus_2"), refusal(409, "merge.chain"));
    assert_eq!(refused("cus_1", "cus_2"), refusal(409, "merge.chain"), "nor in a circle");
    assert_eq!(refused("cus_1", "cus_3"), refusal(409, "merge.leads"));
    assert_eq!(service.refuses(|| service.does(&format!("{ONE}/unmerge"), json!({}))), refusal(409, "merge.leads"));
    for number in 3..=9 {
        service.done(&format!("/v1/customers/cus_{number}/merge"), json!({"into": "cus_1"}));
    }
    assert_eq!(refused("cus_10", "cus_1"), refusal(409, "merge.too_many"), "nine are one person, ten are not");
    let state = service.client.get("/v1/customers/cus_5/merge").json();
    assert_eq!(state["same_person"].as_array().unwrap().len(), 8, "{state}");
    // Whoever leaves leaves all of them, and the others stay one person.
    service.done("/v1/customers/cus_5/unmerge", json!({}));
    assert_eq!(service.client.get("/v1/customers/cus_5/merge").json()["same_person"], json!([]));
    assert_eq!(service.client.get("/v1/customers/cus_6/merge").json()["same_person"].as_array().unwrap().len(), 7);
    service.done("/v1/customers/cus_10/merge", json!({"into": "cus_1"}));
}

#[test]
fn a_hold_about_the_person_counts_under_each_of_their_references_until_it_or_the_merge_ends() {
    let (service, one, two) = both();
    let before = places(&service, ONE, "hardship");
    assert_eq!(holds(&service, &two), json!([]));
    merged(&service);
    assert_eq!(holds(&service, &two), json!(["hardship"]), "what was so before");
    let after = places(&service, TWO, "insolvency");
    assert_eq!(holds(&service, &one), holds(&service, &two), "what is so since");
    assert_eq!(holds(&service, &one).as_array().unwrap().len(), 2);
    // What ends at one ends at the other, wherever it is said.
    service.done(&format!("{TWO}/holds/{before}/release"), json!({}));
    assert_eq!((holds(&service, &one), holds(&service, &two)), (json!(["insolvency"]), json!(["insolvency"])));
    // What is about a claim is about that claim.
    assert_eq!(service.does(&format!("{ONE}/holds"), json!({"reason": "manual_pause", "receivable": one})).status, 201);
    assert_eq!(holds(&service, &two), json!(["insolvency"]));
    unmerged(&service);
    assert_eq!((holds(&service, &one), holds(&service, &two)), (json!(["manual_pause"]), json!(["insolvency"])), "each has its own");
    assert_eq!(service.refuses(|| service.does(&format!("{ONE}/holds/{after}/release"), json!({}))), (404, "hold.unknown".to_owned()));
    service.done(&format!("{TWO}/holds/{after}/release"), json!({}));
}

/// The days on which each customer was written to
fn days(service: &Service) -> Vec<(String, String)> {
    contacts(service).into_iter().filter(|one| one.state == "sent").map(|one| (one.day, one.customer)).collect()
}

#[test]
fn a_person_is_written_to_twice_a_week_and_not_twice_a_reference() {
    let (service, ..) = both();
    for (number, customer) in [("3", "cus_1"), ("4", "cus_2")] {
        advance(&service, 2);
        owes(&service, customer, number, 5_000);
    }
    merged(&service);
    advance(&service, 60);
    let (written, week) = (contacts(&service), 7 * 24 * 60 * 60 * 1_000_i64);
    let sent: Vec<i64> = written.iter().filter_map(|one| one.sent_ms).collect();
    assert!(sent.len() >= 6, "{written:#?}");
    assert!(sent.windows(3).all(|three| three[2] - three[0] >= week), "three in a week: {:?}", days(&service));
    assert!(sent.windows(2).all(|two| two[1] - two[0] >= week / 7), "two in a day: {:?}", days(&service));
}

#[test]
fn unmerged_each_is_written_to_as_if_they_had_never_been_one() {
    let (never, ..) = both();
    advance(&never, 60);
    let (service, ..) = both();
    merged(&service);
    unmerged(&service);
    advance(&service, 60);
    let told = |service: &Service| contacts(service).into_iter().map(|one| (one.day, one.occasion, one.channel)).collect::<Vec<_>>();
    assert_eq!(told(&service), told(&never));
}

#[test]
fn what_the_person_does_not_want_counts_under_each_of_their_references_and_outlives_one() {
    let (service, one, _) = both();
    let details = json!({"phone": "+4915112345678", "opted_out": ["email"]});
    assert_eq!(service.put(&format!("{TWO}/contact"), &details).status, 200);
    merged(&service);
    advance(&service, 30);
    let to_one = |service: &Service| {
        let id =
            service.sql().query_row("SELECT customer_id FROM receivables WHERE receivable_id = ?1", [&one], |row| row.get::<_, String>(0));
        let id = id.unwrap();
        contacts(service).into_iter().filter(|written| written.customer == id).count()
    };
    assert_eq!(to_one(&service), 0, "there is no other way to them");
    let erased = service.done(&format!("{TWO}/erase"), json!({"despite_open": true}));
    assert_eq!(erased["same_person"], json!(["cus_1"]), "whoever erases one is told of the other");
    advance(&service, 30);
    assert_eq!(to_one(&service), 0, "who was erased has still said so");
    assert_eq!(service.client.get(&format!("{ONE}/merge")).json()["same_person"], json!([]), "and has no number any more");
}

#[test]
fn what_is_owed_counts_together_at_the_next_order_and_each_account_stays_its_own() {
    let service = Service::start();
    let order = |number: &str, customer: &str, minor: i64| (service.client.session_of(customer), Order::new(number, "invoice", minor));
    let (session, first) = order("1", "cus_1", 20_000);
    service.client.confirmed(&session, &first);
    let (session, second) = order("2", "cus_2", 10_001);
    merged(&service);
    // 300.00 in all: of the 100.01 a cent is too much, as it is for one customer.
    assert_eq!(service.client.refused(&session, &second), ["method.withheld", "exposure.exceeded"]);
    let (session, second) = order("3", "cus_2", 10_000);
    service.client.confirmed(&session, &second);
    assert_eq!(service.client.account("cus_1")["open_balance"], eur(20_000));
    assert_eq!(service.client.account("cus_2")["open_balance"], eur(10_000));
    let (session, more) = order("4", "cus_1", 100);
    assert_eq!(service.client.refused(&session, &more), ["method.withheld", "exposure.exceeded"]);
    unmerged(&service);
    let (session, more) = order("5", "cus_1", 100);
    service.client.confirmed(&session, &more);
    merged(&service);
    // Whoever is late under one reference is late under the other.
    service.done("/v1/sandbox/clock", json!({"advance_days": 20}));
    service.comes(&with(told("1", 10_000), "customer", "cus_2"));
    let (session, late) = order("6", "cus_2", 100);
    assert!(service.client.refused(&session, &late).contains(&"account.overdue".to_owned()));
    unmerged(&service);
    let (session, late) = order("7", "cus_2", 100);
    service.client.confirmed(&session, &late);
}

#[test]
fn what_an_erased_reference_owed_no_longer_counts_against_the_person() {
    let (service, ..) = both();
    merged(&service);
    let order = |number: &str| (service.client.session_of("cus_1"), Order::new(number, "invoice", 20_000));
    let (session, too_much) = order("3");
    assert_eq!(service.client.refused(&session, &too_much), ["method.withheld", "exposure.exceeded"]);
    service.done(&format!("{TWO}/erase"), json!({"despite_open": true}));
    let (session, again) = order("4");
    service.client.confirmed(&session, &again);
}

#[test]
fn whoever_opens_the_account_of_one_comes_to_what_is_open_under_the_other_until_they_are_two() {
    let (service, one, two) = both();
    let access = service.does(&format!("{ONE}/access"), json!({"receivable": one})).json();
    let token = access["token"].as_str().unwrap();
    let look = |token: &str| service.client.send("GET", &format!("/v1/accounts/{token}"), &[], b"");
    let beside = |view: &Value| view["same_person"][0]["token"].as_str().unwrap().to_owned();
    assert!(look(token).json()["same_person"].is_null());
    merged(&service);
    let view = look(token).json();
    assert_eq!((&view["owed"], &view["same_person"][0]["owed"]), (&eur(10_000), &eur(8_000)), "each its own sum");
    let there = beside(&view);
    let other = look(&there).json();
    assert_eq!((&other["owed"], &other["claims"][0]["receivable"], &other["receivable"]), (&eur(8_000), &json!(two), &Value::Null));
    assert_eq!((beside(&other).as_str(), &other["same_person"][0]["owed"]), (token, &eur(10_000)), "and back");
    // What is asked for there happens there, and its documents are under that token.
    let headers = [("content-type", "application/json"), ("idempotency-key", "p")];
    let promise = json!({"kind": "promise", "date": "2026-12-01"}).to_string();
    let asked = service.client.send("POST", &format!("/v1/accounts/{there}/requests"), &headers, promise.as_bytes());
    assert_eq!((asked.status, &asked.json()["view"]["promised"]), (200, &json!("2026-12-01")), "{}", asked.text());
    assert_eq!(look(token).json()["promised"], Value::Null);
    let url = asked.json()["view"]["documents"][0]["url"].as_str().unwrap().to_owned();
    assert_eq!(service.client.send("GET", &url, &[], b"").status, 200, "{url}");
    // Nobody comes further than the person: not to a stranger, and not with half a token.
    let (claim, _) = owes(&service, "cus_3", "3", 500);
    let sql = "SELECT customer_id FROM receivables WHERE receivable_id = ?1";
    let stranger: String = service.sql().query_row(sql, [&claim], |row| row.get(0)).unwrap();
    for wrong in [
        format!("{token}.{stranger}"),
        format!("{token}."),
        format!("{token}.cst_1"),
        format!("{there}.{stranger}"),
        format!(".{stranger}"),
    ] {
        assert_eq!((look(&wrong).status, look(&wrong).code().as_str()), (404, "account.unknown"), "{wrong}");
    }
    // What a link has led to leads no further.
    service.sql().execute("UPDATE accesses SET paylink_hash = x'00'", []).unwrap();
    assert_eq!((look(&there).status, look(token).status), (404, 410));
    service.sql().execute("UPDATE accesses SET paylink_hash = NULL", []).unwrap();
    assert_eq!(look(&there).status, 200);
    unmerged(&service);
    assert_eq!((look(&there).status, look(token).status), (404, 200));
    assert!(look(token).json()["same_person"].is_null());
}

#[test]
fn another_shop_with_the_same_numbers_knows_nothing_of_it() {
    let (service, one, _) = both();
    let other = crate::tenants::neighbour(&service);
    let merge = |into: &str| other.post(&format!("{TWO}/merge"), &json!({"into": into}).to_string());
    assert_eq!((merge("cus_1").status, merge("cus_1").code().as_str()), (404, "customer.unknown"), "they are somebody else's");
    for reference in ["cus_1", "cus_2"] {
        other.session_of(reference);
    }
    assert_eq!(merge("cus_1").status, 200);
    assert_eq!(service.client.get(&format!("{ONE}/merge")).json()["same_person"], json!([]));
    assert_eq!(other.post(&format!("{TWO}/holds"), &json!({"reason": "hardship"}).to_string()).status, 201);
    assert_eq!(holds(&service, &one), json!([]));
}

#[test]
fn killed_in_the_middle_of_merges_each_is_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let (mut child, client) = crate::crash::start(folder.path());
    assert_eq!(client.post("/v1/policies", crate::common::shop::POLICY).status, 201);
    let pairs: Vec<(String, String)> = (0..40).map(|number| (format!("a_{number}"), format!("b_{number}"))).collect();
    for (a, b) in &pairs {
        client.session_of(a);
        client.session_of(b);
        let held = client.post(&format!("/v1/customers/{a}/holds"), &json!({"reason": "hardship"}).to_string());
        assert_eq!(held.status, 201, "{}", held.text());
    }
    let answered = Arc::new(AtomicUsize::new(0));
    let (client_of_thread, counted, asked) = (client.clone(), Arc::clone(&answered), pairs.clone());
    let merging = std::thread::spawn(move || {
        for (a, b) in asked {
            let bearer = format!("Bearer {}", client_of_thread.secret);
            let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
            let body = json!({"into": b}).to_string();
            if client_of_thread.try_send("POST", &format!("/v1/customers/{a}/merge"), &headers, body.as_bytes()).is_err() {
                return;
            }
            counted.fetch_add(1, Ordering::SeqCst);
        }
    });
    while answered.load(Ordering::SeqCst) < pairs.len() / 4 {
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    merging.join().unwrap();
    let (mut child, client) = crate::crash::start(folder.path());
    let same = |reference: &str| client.get(&format!("/v1/customers/{reference}/merge")).json()["same_person"].clone();
    for (number, (a, b)) in pairs.iter().enumerate() {
        let is_one = same(a) == json!([b]);
        assert_eq!(same(b), if is_one { json!([a]) } else { json!([]) }, "both know, or neither");
        assert!(is_one || number >= answered.load(Ordering::SeqCst), "what was answered has happened");
        assert_eq!(client.post(&format!("/v1/customers/{a}/merge"), &json!({"into": b}).to_string()).status, 200);
        assert_eq!((same(a), same(b)), (json!([b]), json!([a])));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let sql = rusqlite::Connection::open(folder.path().join("tresen.sqlite")).unwrap();
    let count = |kind: &str| sql.query_row("SELECT count(*) FROM events WHERE type = ?1", [kind], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!((count("CustomerMerged"), count("HoldPlaced")), (80, 80), "each once");
}
