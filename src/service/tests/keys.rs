//! Keys: several live at once, revoked at once, signing keys that overlap.

use crate::common::{Client, Service};
use jiff::SignedDuration;
use serde_json::Value;

#[test]
fn a_revoked_key_opens_nothing_and_its_sister_still_does() {
    let service = Service::start();
    let made = service.client.post("/v1/api_keys", r#"{"kind": "secret"}"#).json();
    let key = made["key"].as_str().unwrap();
    assert!(key.starts_with("sk_test_"));
    let second = Client { secret: key.to_owned(), ..service.client.clone() };
    assert_eq!(second.get("/v1/policies").status, 200);
    let path = format!("/v1/api_keys/{}/revoke", made["id"].as_str().unwrap());
    assert_eq!(second.post(&path, "").code(), "key.in_use");
    assert!(service.client.post(&path, "").json()["revoked_at"].is_string());
    assert_eq!(second.get("/v1/policies").code(), "auth.key_revoked");
    assert_eq!(service.client.get("/v1/policies").status, 200);
    let stored = std::fs::read(service.database()).unwrap();
    assert!(!stored.windows(key.len()).any(|window| window == key.as_bytes()), "hashed at rest");
}

#[test]
fn a_key_too_old_for_the_list_can_be_revoked_all_the_same() {
    let service = Service::start();
    let old = service.client.post("/v1/api_keys", r#"{"kind": "publishable"}"#).json();
    service.clock.go(SignedDuration::from_secs(1));
    for _ in 0..200 {
        assert_eq!(service.client.post("/v1/api_keys", r#"{"kind": "publishable"}"#).status, 201);
    }
    let listed = service.client.get("/v1/api_keys").json();
    assert!(listed["api_keys"].as_array().unwrap().iter().all(|key| key["id"] != old["id"]), "the list ends before it");
    let revoked = service.client.post(&format!("/v1/api_keys/{}/revoke", old["id"].as_str().unwrap()), "").json();
    assert!(revoked["revoked_at"].is_string());
    let shown = Client { secret: old["key"].as_str().unwrap().to_owned(), ..service.client.clone() };
    assert_eq!(shown.get("/v1/keys").code(), "auth.key_revoked");
    assert_eq!(service.client.post("/v1/api_keys/key_of_nobody/revoke", "").code(), "key.unknown");
}

#[test]
fn a_signing_key_stays_published_until_its_tokens_have_expired() {
    let service = Service::start();
    let kids = |service: &Service| -> Vec<String> {
        let keys = service.client.get_as_browser("/v1/keys").json();
        keys["keys"].as_array().unwrap().iter().map(|key| key["kid"].as_str().unwrap().to_owned()).collect()
    };
    let first = kids(&service);
    let rotated: Value = service.client.post("/v1/keys/rotate", "{}").json();
    assert_eq!(rotated["previous_kid"], first[0].as_str());
    let both = kids(&service);
    assert_eq!(both.len(), 2);
    assert!(both.contains(&first[0]));
    service.clock.go(SignedDuration::from_hours(24) - SignedDuration::from_secs(1));
    assert_eq!(kids(&service).len(), 2);
    service.clock.go(SignedDuration::from_secs(1));
    assert_eq!(kids(&service), [rotated["kid"].as_str().unwrap()]);
}
