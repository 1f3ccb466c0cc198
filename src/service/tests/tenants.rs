//! One shop never sees another's, nor learns that there is something to see.

use crate::common::money::{told, with};
use crate::common::shop::{Order, POLICY, eur};
use crate::common::{Client, Service, collection};
use serde_json::{Value, json};
use tresen_service::App;

/// A second shop in the same database, with the same policy
pub fn neighbour(service: &Service) -> Client {
    let mut config = crate::common::config(&service.folder);
    config.clock = std::sync::Arc::<crate::common::HandClock>::clone(&service.clock);
    let other = App::open(config).unwrap().create_tenant("other", "Europe/Vienna").unwrap();
    let client = Client { secret: other.secret, publishable: other.publishable, ..service.client.clone() };
    assert_eq!(client.post("/v1/sessions", &json!({"customer": {"reference": "a", "signed_in": true}}).to_string()).code(), "policy.none");
    assert_eq!(client.post("/v1/policies", POLICY).status, 201);
    client
}

/// An id of the same form that nobody has
fn nobodys(id: &str) -> String {
    let (prefix, digits) = id.split_once('_').unwrap();
    format!("{prefix}_{}", "0".repeat(digits.len()))
}

#[test]
fn what_belongs_to_another_shop_is_as_if_it_were_not_there() {
    let service = Service::start();
    let session = service.client.session_of("cus_1");
    let card = Order { amount: eur(1_100), ..Order::new("1", "card", 1_000) };
    let confirmed = service.client.confirmed(&session, &card);
    let decision = confirmed["decision_id"].as_str().unwrap();
    let payment = confirmed["payment"]["id"].as_str().unwrap();
    let proof = service.has_sent("cus_1");
    let key = service.client.post("/v1/api_keys", r#"{"kind": "publishable"}"#).json();
    let other = neighbour(&service);

    // Each question for what is the other shop's, for what is nobody's, and for what is no id of such a thing. The answers are the same byte
    // for byte.
    let asked = |method: &str, path: &str, theirs: &str, body: &str| {
        let bearer = format!("Bearer {}", other.secret);
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json"), ("idempotency-key", "k")];
        let answer = |id: &str| other.send(method, &path.replace("{}", id), &headers, body.as_bytes());
        let foreign = answer(theirs);
        assert_eq!(foreign.status, 404, "{method} {path}: {}", foreign.text());
        for id in [nobodys(theirs), theirs.to_uppercase(), format!("{theirs}0"), format!("x{theirs}"), "none".to_owned()] {
            let missing = answer(&id);
            assert_eq!((missing.status, &missing.bytes), (404, &foreign.bytes), "{method} {path} for {id}: {}", missing.text());
        }
    };
    let order = Order::new("2", "prepayment", 1_000).body();
    asked("GET", "/v1/checkout/{}", &session, "");
    asked("POST", "/v1/sessions/{}/preview", &session, "{}");
    asked("POST", "/v1/sessions/{}/confirm", &session, &order);
    asked("GET", "/v1/decisions/{}", decision, "");
    asked("GET", "/v1/payments/{}", payment, "");
    asked("GET", "/v1/proofs/{}", &proof, "");
    asked("GET", "/v1/customers/{}/account", "cus_1", "");
    asked("POST", "/v1/api_keys/{}/revoke", key["id"].as_str().unwrap(), "");
    let review = |session: &str| other.post_as_browser("/v1/reviews", &json!({"session": session, "method": "invoice"}).to_string());
    let foreign = review(&session);
    assert_eq!(foreign.status, 404, "{}", foreign.text());
    for id in [&nobodys(&session), "cs_none", decision, ""] {
        assert_eq!(review(id).bytes, foreign.bytes, "a review for {id}");
    }
    assert_eq!(other.get_as_browser(&format!("/v1/checkout/{session}")).code(), "session.unknown");
    assert_eq!(service.client.get_as_browser("/v1/keys").status, 200);
    let shown = Client { publishable: key["key"].as_str().unwrap().to_owned(), ..service.client.clone() };
    assert_eq!(shown.get_as_browser("/v1/keys").status, 200, "the key was not revoked by the neighbour");
}

#[test]
fn lists_hold_what_is_the_shops_own() {
    let service = Service::start();
    let session = service.client.session_of("cus_1");
    service.client.post_as_browser("/v1/reviews", &json!({"session": session, "method": "invoice"}).to_string());
    let other = neighbour(&service);
    assert_eq!(other.get("/v1/reviews").json(), json!({"reviews": []}));
    let ids = |client: &Client, path: &str, list: &str, id: &str| -> Vec<Value> {
        client.get(path).json()[list].as_array().unwrap().iter().map(|entry| entry[id].clone()).collect()
    };
    for (path, list, id) in [("/v1/api_keys", "api_keys", "id"), ("/v1/keys", "keys", "kid")] {
        let (here, there) = (ids(&service.client, path, list, id), ids(&other, path, list, id));
        assert!(!here.is_empty() && !there.is_empty() && here.iter().all(|id| !there.contains(id)), "{path}");
    }
    let changed = POLICY.replace("250.00 EUR", "249.00 EUR");
    assert_eq!(other.post("/v1/policies", &changed).status, 201);
    assert_eq!(ids(&service.client, "/v1/policies", "policies", "policy_hash").len(), 1);
    assert_eq!(ids(&other, "/v1/policies", "policies", "policy_hash").len(), 2);
    service.client.confirmed(&session, &Order::new("1", "invoice", 25_000));
}

#[test]
fn the_same_numbers_and_keys_mean_nothing_to_each_other_across_shops() {
    let service = Service::start();
    let other = neighbour(&service);
    // The same customer, order, cart and idempotency key in both shops, to the byte.
    let order = Order::new("1", "invoice", 25_000);
    let here = service.client.confirmed(&service.client.session_of("cus_1"), &order);
    let theirs = other.session_of("cus_1");
    let there = other.confirm(&theirs, &order);
    assert_eq!(there.json()["outcome"], "confirmed", "another shop's key and balance do not count: {}", there.text());
    assert_ne!(here["decision_id"], there.json()["decision_id"]);
    assert_eq!(other.confirm(&theirs, &order).bytes, there.bytes, "and its own key does");
    for client in [&service.client, &other] {
        assert_eq!(client.account("cus_1")["open_balance"], eur(25_000));
    }
    // A key that one shop used for one thing is free for anything in the other.
    let open = |client: &Client, reference: &str| {
        let body = json!({"customer": {"reference": reference, "signed_in": true}}).to_string();
        client.post_with("/v1/sessions", &body, &[("idempotency-key", "s")]).status
    };
    assert_eq!((open(&service.client, "a"), open(&other, "b"), open(&service.client, "b")), (201, 201, 409));
    // The person of that number is another one in each shop, under another key.
    assert_eq!(service.count("SELECT count(DISTINCT reference_index) FROM customers WHERE kind = 'customer'"), 4);
}

#[test]
fn no_door_with_an_id_opens_for_the_neighbour() {
    let service = Service::start();
    collection::letterhead(&service);
    let (claim, _) = collection::owes(&service, "cus_1", "order-1", 10_000);
    service.client.session_of("cus_2");
    let payment = service.comes(&with(told("1", 100), "customer", "cus_2"));
    let refund = json!({"payment": payment["id"], "amount": eur(10)}).to_string();
    let refund = service.client.post_with("/v1/refunds", &refund, &[("idempotency-key", "back")]).json();
    let webhook = json!({"url": "https://hooks.example/in", "events": ["PaymentSettled"]});
    let webhook = service.does("/v1/webhooks", webhook).json();
    let session = service.client.session_of("cus_1");
    let review = service.client.post_as_browser("/v1/reviews", &json!({"session": session, "method": "invoice"}).to_string()).json();
    let decision: String = service.sql().query_row("SELECT decision_id FROM decisions", [], |row| row.get(0)).unwrap();
    collection::advance(&service, 30);
    let message = collection::contacts(&service).pop().unwrap().id;
    let hold = service.does("/v1/customers/cus_1/holds", json!({"reason": "hardship"})).json();
    let text = |value: &Value| value.as_str().unwrap_or_else(|| panic!("no id in {value}")).to_owned();
    let key = service.client.get("/v1/api_keys").json()["api_keys"][0]["id"].clone();
    let (batch, debit) = crate::debits::a_batch(&service);
    crate::approvals::limited(&service, "0.00 EUR");
    let approval = service.does(&format!("/v1/receivables/{claim}/write-off"), json!({"amount": eur(1)})).json();
    let proof = service.has_sent("cus_1");
    let other = neighbour(&service);
    let ids = [
        ("/v1/approvals/", text(&approval["id"])),
        ("/v1/debits/", debit),
        ("/v1/debits/batches/", batch),
        ("/v1/receivables/", claim),
        ("/v1/payments/", text(&payment["id"])),
        ("/v1/refunds/", text(&refund["refund"])),
        ("/v1/customers/", "cus_1".to_owned()),
        ("/v1/guests/", "visit".to_owned()),
        ("/v1/sessions/", session.clone()),
        ("/v1/checkout/", session),
        ("/v1/decisions/", decision),
        ("/v1/reviews/", text(&review["review"])),
        ("/v1/messages/", message),
        ("/v1/proofs/", proof),
        ("/v1/webhooks/", webhook["id"].as_str().unwrap_or("whk_00000000000000000000000000000000").to_owned()),
        ("/v1/tasks/", "tsk_00000000000000000000000000000000".to_owned()),
        ("/v1/api_keys/", text(&key)),
    ];
    let document = service.client.get("/v1/openapi.json").json();
    let (before, mut tried) = (service.events(), 0);
    for (path, operations) in document["paths"].as_object().unwrap() {
        // A pay link is its own key, and so are an access and a page of the sandbox; what a provider tells is signed.
        let is_door = |start: &str| start.starts_with("/v1/") && !matches!(start, "/v1/paylinks/" | "/v1/accounts/" | "/v1/providers/");
        let Some((start, rest)) = path.split_once('{').filter(|(start, _)| is_door(start)) else {
            continue;
        };
        let Some((_, id)) = ids.iter().find(|(prefix, _)| *prefix == start) else { panic!("nobody has tried {path}") };
        let behind = rest.split_once('}').unwrap().1.replace("{hold}", hold["hold"].as_str().unwrap());
        for method in operations.as_object().unwrap().keys().map(|method| method.to_uppercase()) {
            let bearer = format!("Bearer {}", other.secret);
            let headers = [("authorization", bearer.as_str()), ("content-type", "application/json"), ("idempotency-key", "k")];
            let answer = other.send(&method, &format!("{start}{id}{behind}"), &headers, b"{}");
            assert!((400..500).contains(&answer.status), "{method} {path}: {} {}", answer.status, answer.text());
            assert!(method != "GET" || matches!(answer.status, 401 | 404), "{method} {path}: {} {}", answer.status, answer.text());
            assert!(!answer.text().contains("order-1") && !answer.text().contains("cus_1@"), "{method} {path}: {}", answer.text());
            tried += 1;
        }
    }
    assert!(tried > 30, "{tried}");
    assert_eq!(service.events(), before, "nothing has happened here");
    let record = service.client.get("/v1/customers/cus_1/account");
    assert_eq!(record.status, 200);
}
