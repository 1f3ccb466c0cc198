//! Killed while a withdrawal is acknowledged: it was made once, nobody sends a second mail, and a human sees to it.

use crate::common::Client;
use crate::common::collection::POLICY;
use crate::common::shop::Order;
use crate::steps_crash::start;
use serde_json::{Value, json};

fn tasks(client: &Client) -> Vec<String> {
    let tasks = client.get("/v1/tasks").json()["tasks"].as_array().unwrap().clone();
    let mut kinds: Vec<String> = tasks.iter().map(|task| task["kind"].as_str().unwrap().to_owned()).collect();
    kinds.sort();
    kinds
}

#[test]
fn what_was_asked_for_stands_and_its_acknowledgement_becomes_a_task() {
    let folder = tempfile::tempdir().unwrap();
    let sent = || std::fs::read_to_string(folder.path().join("sent")).unwrap().lines().count();
    let (mut child, client) = start(folder.path());
    assert_eq!(client.post("/v1/policies", &POLICY).status, 201);
    let session = client.session(&json!({"customer": {"reference": "greta", "signed_in": true, "email": "greta@example.org"}}));
    let claim = client.confirmed(&session, &Order::new("1", "invoice", 10_000))["receivable"]["id"].clone();
    let token = client.post("/v1/customers/greta/access", r#"{"minutes": 1440}"#).json()["token"].as_str().unwrap().to_owned();
    let body = json!({"kind": "withdrawal", "receivable": claim}).to_string();
    let withdraws = |client: &Client| {
        let headers = [("content-type", "application/json"), ("idempotency-key", "w")];
        client.try_send("POST", &format!("/v1/accounts/{token}/requests"), &headers, body.as_bytes())
    };
    std::fs::write(folder.path().join("deadly"), "").unwrap();
    assert!(withdraws(&client).is_err(), "it died over the mail");
    child.wait().unwrap();
    std::fs::remove_file(folder.path().join("deadly")).unwrap();

    let (mut child, client) = start(folder.path());
    let again = withdraws(&client).unwrap();
    assert_eq!((again.status, &again.json()["outcome"]), (200, &json!("noted")), "{}", again.text());
    assert_eq!(again.json()["view"]["claims"][0]["why"], "withdrawal_open");
    assert_eq!((sent(), tasks(&client)), (1, vec!["withdrawal".to_owned()]), "nothing happens twice");
    let url: Value = again.json()["view"]["documents"][0]["url"].clone();
    assert_eq!(client.send("GET", url.as_str().unwrap(), &[], b"").status, 200, "and it can be read");
    // The service names what is forlorn as soon as it starts, once ten minutes have passed for the shop.
    assert_eq!(client.post("/v1/sandbox/clock", &json!({"advance_days": 1}).to_string()).status, 200);
    child.kill().unwrap();
    child.wait().unwrap();
    let (mut child, client) = start(folder.path());
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while tasks(&client).len() < 2 && std::time::Instant::now() < deadline {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert_eq!(tasks(&client), ["acknowledge", "withdrawal"]);
    assert_eq!(sent(), 1);
    child.kill().unwrap();
    child.wait().unwrap();
}
