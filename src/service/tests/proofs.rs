//! What customers send beside a request: what is taken and what is not, who sees it, and how long it is kept.

use crate::common::collection::{POLICY, advance, owes};
use crate::common::money::{told, with};
use crate::common::shop::{Order, eur};
use crate::common::{Answer, Client, Service};
use crate::requests::{greta, of};
use crate::steps_crash::start;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::io::Write as _;

const LARGEST: usize = 5 * 1024 * 1024;
/// What an erasure must leave no trace of
const SECRET: &[u8] = b"IBAN DE89 3704 0044 0532 0130 00";

/// A PDF with a number of its own
pub fn pdf(number: usize) -> Vec<u8> {
    [b"%PDF-1.7 ", SECRET, format!(" {number} %%EOF").as_bytes()].concat()
}

/// Two lines of a photo, and where it was taken
fn photo() -> Vec<u8> {
    [&b"\xff\xd8\xff\xe1\x00\x0dExif\0\0GPS48"[..], b"\xff\xda\x00\x03\x01two lines\xff\xd9"].concat()
}

impl Service {
    pub fn sends(&self, token: &str, name: &str, bytes: &[u8]) -> Answer {
        sends(&self.client, token, name, bytes)
    }

    /// A file that is taken; its id
    pub fn sent(&self, token: &str, name: &str, bytes: &[u8]) -> String {
        let answer = self.sends(token, name, bytes);
        assert_eq!(answer.status, 201, "{}", answer.text());
        answer.json()["proof"].as_str().unwrap().to_owned()
    }

    /// A file that the shop has by now; its id
    pub fn has_sent(&self, customer: &str) -> String {
        let token = self.access(customer, &json!({}));
        let proof = self.sent(&token, "beleg", &pdf(1));
        self.gets(&token, "noted", &proven(json!({"kind": "message", "text": "Mein Beleg."}), &[&proof]));
        proof
    }

    fn drops(&self, token: &str, proof: &str) -> Answer {
        self.client.send("DELETE", &format!("/v1/accounts/{token}/proofs/{proof}"), &[], b"")
    }

    fn kept(&self) -> i64 {
        self.count("SELECT count(*) FROM proofs")
    }

    /// The task about what was answered so
    fn task(&self, answered: &Value) -> Value {
        let about = format!("SELECT task_id FROM tasks WHERE about = '{}'", answered["request"].as_str().unwrap());
        let id: String = self.sql().query_row(&about, [], |row| row.get(0)).unwrap();
        self.client.get("/v1/tasks").json()["tasks"].as_array().unwrap().iter().find(|task| task["id"] == id).unwrap().clone()
    }
}

fn sends(client: &Client, token: &str, name: &str, bytes: &[u8]) -> Answer {
    client.send("POST", &format!("/v1/accounts/{token}/proofs"), &[("file-name", name)], bytes)
}

fn proven(body: Value, proofs: &[&str]) -> Value {
    with(body, "proofs", json!(proofs))
}

#[test]
fn a_receipt_reaches_the_shop_with_the_request_that_names_it_and_changes_nothing_by_itself() {
    let (service, claim, token) = greta();
    let events = service.count("SELECT count(*) FROM events");
    let before = service.sees(&token);
    let answer = service.sends(&token, "..%2FBeleg%20M%C3%A4rz.JPG", &pdf(1));
    assert_eq!(answer.status, 201, "{}", answer.text());
    let about = answer.json();
    let id = about["proof"].as_str().unwrap();
    let size = pdf(1).len();
    assert_eq!(
        about,
        json!({"proof": id, "name": "Beleg März.pdf", "media_type": "application/pdf", "size": size, "sent_at": "2026-11-21T12:00:00.000Z"})
    );
    assert_eq!((service.sees(&token), service.count("SELECT count(*) FROM events")), (before, events), "a file alone is nothing");
    let file = format!("/v1/proofs/{id}");
    assert_eq!(service.client.get(&file).code(), "proof.unknown", "what no request names is not the shop's to look at");

    let answered = service.gets(&token, "noted", &proven(of("paid_already", &claim), &[id]));
    assert_eq!(answered["view"]["claims"][0]["why"], "complaint_review");
    let task = service.task(&answered);
    assert_eq!((&task["kind"], &task["proofs"]), (&json!("paid_already"), &json!([about])));
    let kept = service.client.get(&format!("/v1/receivables/{claim}/file")).json();
    assert_eq!(kept["proofs"], json!([about]));
    let handed = service.client.get(&file);
    assert_eq!((handed.status, handed.bytes.as_slice()), (200, pdf(1).as_slice()));
    for (name, value) in [
        ("content-type", "application/pdf"),
        ("content-disposition", "attachment; filename=\"proof.pdf\"; filename*=UTF-8''Beleg%20M%C3%A4rz.pdf"),
        ("content-security-policy", "default-src 'none'; sandbox"),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "no-store"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(handed.header(name), Some(value), "{name}");
    }
    assert_eq!(service.client.get_as_browser(&file).code(), "auth.secret_key_needed");
    assert_eq!(service.client.send("GET", &file, &[], b"").code(), "auth.key_missing");
    assert_eq!(service.drops(&token, id).code(), "proof.unknown", "it is the shop's to look at by now");
    let said = service.count("SELECT count(*) FROM events WHERE data LIKE '%Beleg%'")
        + service.count("SELECT count(*) FROM idempotency WHERE body LIKE '%Beleg%'");
    assert_eq!(said, 0, "the name lies under the key alone");
}

#[test]
fn what_it_is_its_first_bytes_say_and_a_photo_is_kept_without_where_it_was_taken() {
    let (service, claim, token) = greta();
    for (name, bytes, code) in [
        ("beleg.pdf", &b"<html><script>alert(1)</script>"[..], "proof.kind"),
        ("beleg.pdf", b"PK\x03\x04", "proof.kind"),
        ("beleg.pdf", b"MZ", "proof.kind"),
        ("beleg.pdf", b" %PDF-1.7", "proof.kind"),
        ("beleg.pdf", b"", "proof.kind"),
        ("foto.jpg", b"\xff\xd8\xff\xe1", "proof.damaged"),
        ("foto.png", b"\x89PNG\r\n\x1a\n", "proof.damaged"),
        ("foto.heic", b"\x00\x00\x00\x10ftypheic\0\0\0\0", "proof.damaged"),
    ] {
        assert_eq!(service.sends(&token, name, bytes).code(), code, "{name}");
    }
    assert_eq!(service.kept(), 0);
    let id = service.sent(&token, "beleg.pdf", &photo());
    let answered = service.gets(&token, "noted", &proven(with(of("dispute", &claim), "reason", "defective"), &[&id]));
    let task = service.task(&answered);
    assert_eq!((&task["proofs"][0]["name"], &task["proofs"][0]["media_type"]), (&json!("beleg.jpg"), &json!("image/jpeg")));
    let handed = service.client.get(&format!("/v1/proofs/{id}"));
    assert_eq!(handed.bytes, b"\xff\xd8\xff\xda\x00\x03\x01two lines\xff\xd9");
}

#[test]
fn size_and_number_have_limits() {
    let (service, claim, token) = greta();
    let mut large = pdf(0);
    large.resize(LARGEST + 1, b' ');
    assert_eq!((service.sends(&token, "", &large).status, service.sends(&token, "", &large).code()), (413, "proof.too_large".to_owned()));
    large.pop();
    let largest = service.sent(&token, "", &large);
    let few: Vec<String> = (1..=3).map(|number| service.sent(&token, "beleg", &pdf(number))).collect();
    let all: Vec<&str> = std::iter::once(&largest).chain(&few).map(String::as_str).collect();
    let too_many = service.wants(&token, "four", &proven(of("paid_already", &claim), &all));
    assert_eq!((too_many.code(), &too_many.json()["error"]["at"]), ("proof.too_many".to_owned(), &json!("/proofs")));
    let answered = service.gets(&token, "noted", &proven(of("paid_already", &claim), &all[..3]));
    assert_eq!(service.task(&answered)["proofs"].as_array().unwrap().len(), 3);
    assert_eq!(service.client.get(&format!("/v1/proofs/{largest}")).bytes.len(), LARGEST);
    for number in 4..=19 {
        service.sent(&token, "beleg", &pdf(number));
    }
    assert_eq!((service.kept(), service.sends(&token, "beleg", &pdf(20)).code()), (20, "proof.too_often".to_owned()));
    service.sent(&token, "beleg", &pdf(19));
    assert_eq!(service.drops(&token, &few[2]).status, 200, "what was taken back makes room");
    assert_eq!(service.drops(&token, &few[2]).code(), "proof.unknown");
    service.sent(&token, "beleg", &pdf(20));
    assert_eq!(service.sends(&token, "beleg", &pdf(21)).code(), "proof.too_often");
    advance(&service, 1);
    let token = service.access("greta", &json!({}));
    service.sent(&token, "beleg", &pdf(21));
}

#[test]
fn what_was_broken_off_begins_again_and_is_there_once() {
    let (service, claim, token) = greta();
    let bytes = pdf(1);
    let mut line = std::net::TcpStream::connect(service.address).unwrap();
    let head = format!("POST /v1/accounts/{token}/proofs HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\n\r\n", bytes.len());
    line.write_all(&[head.as_bytes(), &bytes[..20]].concat()).unwrap();
    drop(line);
    let first = service.sent(&token, "beleg", &bytes);
    assert_eq!((service.sent(&token, "anders", &bytes), service.kept()), (first.clone(), 1), "the same content is the same file");
    let token = service.access("greta", &json!({"minutes": 1440}));
    assert_eq!(service.sent(&token, "beleg", &bytes), first, "with the next access, too");
    let body = proven(of("paid_already", &claim), &[&first]);
    let answered = service.wants(&token, "once", &body).json()["request"].clone();
    assert_eq!((service.wants(&token, "once", &body).json()["request"].clone(), service.kept()), (answered, 1));
    let second = service.sent(&token, "beleg", &bytes);
    assert_ne!(second, first, "what a request has is not taken from it");
}

#[test]
fn killed_between_a_file_and_its_request_nothing_is_lost_or_there_twice() {
    let folder = tempfile::tempdir().unwrap();
    let (mut child, client) = start(folder.path());
    assert_eq!(client.post("/v1/policies", &POLICY).status, 201);
    let session = client.session(&json!({"customer": {"reference": "greta", "signed_in": true, "email": "greta@example.org"}}));
    let claim = client.confirmed(&session, &Order::new("1", "invoice", 10_000))["receivable"]["id"].as_str().unwrap().to_owned();
    let token = client.post("/v1/customers/greta/access", r#"{"minutes": 1440}"#).json()["token"].as_str().unwrap().to_owned();
    let id = sends(&client, &token, "beleg", &pdf(1)).json()["proof"].as_str().unwrap().to_owned();
    child.kill().unwrap();
    child.wait().unwrap();
    let (mut child, client) = start(folder.path());
    assert_eq!(sends(&client, &token, "beleg", &pdf(1)).json()["proof"], json!(id));
    let headers = [("content-type", "application/json"), ("idempotency-key", "w")];
    let body = proven(of("paid_already", &claim), &[&id]).to_string();
    let asked = client.send("POST", &format!("/v1/accounts/{token}/requests"), &headers, body.as_bytes());
    assert_eq!((asked.status, &asked.json()["outcome"]), (200, &json!("noted")), "{}", asked.text());
    assert_eq!(client.get(&format!("/v1/proofs/{id}")).bytes, pdf(1));
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_file_is_its_customers_alone_and_of_one_request() {
    let (service, claim, token) = greta();
    let (other, _) = owes(&service, "otto", "order-2", 5_000);
    let others = service.access("otto", &json!({}));
    let mine = service.sent(&token, "beleg", &pdf(1));
    let link = service.paylink(&claim);
    assert_eq!(service.sends(&link, "beleg", &pdf(2)).code(), "account.unknown", "who only pays sends nothing");
    assert_eq!(service.sends("acc_none", "beleg", &pdf(2)).code(), "account.unknown");
    assert_eq!(service.drops(&others, &mine).code(), "proof.unknown");
    let refused = |token: &str, key: &str, claim: &str, proofs: &[&str]| {
        let answer = service.wants(token, key, &proven(of("paid_already", claim), proofs));
        assert_eq!(answer.json()["error"]["at"], "/proofs", "{}", answer.text());
        answer.code()
    };
    assert_eq!(refused(&others, "a", &other, &[&mine]), "proof.unknown");
    assert_eq!(refused(&token, "b", &claim, &[&mine, &mine]), "proof.unknown", "once is enough");
    assert_eq!(refused(&token, "c", &claim, &["prf_none"]), "proof.unknown");
    assert_eq!(service.count("SELECT count(*) FROM requests"), 0, "nothing of it was done");
    let theirs = service.sent(&others, "beleg", &pdf(1));
    assert_ne!(theirs, mine, "who has the same content learns nothing by it");
    service.gets(&token, "noted", &proven(of("paid_already", &claim), &[&mine]));
    assert_eq!(refused(&token, "d", &claim, &[&mine]), "proof.unknown", "it belongs to the request before");
}

#[test]
fn what_is_proven_later_is_looked_at_and_a_word_may_bring_a_file_too() {
    let (service, claim, token) = greta();
    service.gets(&token, "noted", &of("paid_already", &claim));
    let holds = "SELECT count(*) FROM events WHERE type = 'HoldPlaced'";
    assert_eq!(service.count(holds), 1);
    assert_eq!(service.gets(&token, "refused", &of("paid_already", &claim))["why"], "paid_already.told");
    let id = service.sent(&token, "beleg", &pdf(1));
    let answered = service.gets(&token, "noted", &proven(of("paid_already", &claim), &[&id]));
    assert_eq!(service.count(holds), 1, "nothing is paused anew");
    let task = service.task(&answered);
    assert_eq!((&task["reason"], &task["proofs"][0]["proof"]), (&json!("paid_already.told"), &json!(id)));
    assert!(service.last_mail()["text"].as_str().unwrap().contains("danke für den Beleg"));
    let id = service.sent(&token, "foto", &photo());
    let answered = service.gets(&token, "noted", &proven(json!({"kind": "message", "text": "So sieht sie aus."}), &[&id]));
    assert_eq!(service.task(&answered)["proofs"][0]["proof"], json!(id));
    let id = service.sent(&token, "anzeige", &pdf(2));
    let answered = service.gets(&token, "noted", &proven(of("not_mine", &claim), &[&id]));
    assert_eq!(service.task(&answered)["proofs"][0]["name"], "anzeige.pdf");
    let file = service.client.get(&format!("/v1/receivables/{claim}/file")).json();
    assert_eq!(file["proofs"].as_array().unwrap().len(), 3);
}

#[test]
fn what_no_request_names_goes_after_a_day_and_the_rest_long_after_the_claim() {
    let (service, claim, token) = greta();
    let dropped = service.sent(&token, "beleg", &pdf(1));
    let named = service.sent(&token, "beleg", &pdf(2));
    let answered = service.gets(&token, "noted", &proven(of("paid_already", &claim), &[&named]));
    let word = service.sent(&token, "beleg", &pdf(3));
    service.gets(&token, "noted", &proven(json!({"kind": "message", "text": "Noch ein Beleg."}), &[&word]));
    let is_there = |proof: &str| service.count(&format!("SELECT count(*) FROM proofs WHERE proof_id = '{proof}'")) == 1;
    let run = |hours: i64| {
        service.clock.go(jiff::SignedDuration::from_hours(hours));
        advance(&service, 0);
    };
    run(23);
    assert!(is_there(&dropped));
    run(1);
    assert!(!is_there(&dropped) && is_there(&named));
    advance(&service, 120);
    assert!(is_there(&named), "nothing goes while the claim is open");
    service.comes(&with(with(told("1", 10_000), "customer", "greta"), "value_date", "2027-03-22"));
    let settled = service.count("SELECT count(*) FROM receivables WHERE ending = 'paid' AND settled_on = '2027-03-22'");
    assert_eq!(settled, 1);
    advance(&service, 89);
    assert!(is_there(&named) && is_there(&word));
    advance(&service, 1);
    assert!(!is_there(&named) && !is_there(&word), "a word about nothing in particular is kept as long as all that is open");
    assert_eq!(service.task(&answered)["proofs"], json!([]));
    assert_eq!(service.client.get(&format!("/v1/proofs/{named}")).code(), "proof.unknown");
}

#[test]
fn the_person_gets_what_they_sent_and_takes_it_along() {
    let (service, claim, token) = greta();
    let named = service.sent(&token, "beleg", &pdf(1));
    let asked = service.gets(&token, "noted", &proven(of("paid_already", &claim), &[&named]));
    let waiting = service.sent(&token, "zweiter", &pdf(2));
    let file = service.client.get("/v1/customers/greta/export").json();
    let proofs = &file["proofs"];
    assert_eq!((&proofs["stored_in"], &proofs["on_erasure"]), (&json!("proofs"), &json!("goes")));
    for (at, id, request, number) in [(0, &named, &asked["request"], 1), (1, &waiting, &Value::Null, 2)] {
        let item = &proofs["items"][at];
        assert_eq!((&item["proof"], &item["request"]), (&json!(id), request));
        assert_eq!(STANDARD.decode(item["content"].as_str().unwrap()).unwrap(), pdf(number));
    }
    let bytes = || {
        let database = service.database();
        [std::fs::read(&database).unwrap(), std::fs::read(database.with_extension("sqlite-wal")).unwrap_or_default()].concat()
    };
    let sealed: Vec<u8> =
        service.sql().query_row("SELECT sealed_content FROM proofs WHERE proof_id = ?1", [&named], |row| row.get(0)).unwrap();
    let holds = |part: &[u8]| bytes().windows(part.len()).any(|window| window == part);
    assert!(holds(&sealed) && !holds(SECRET), "sealed where it lies");
    assert_eq!(service.client.post("/v1/customers/greta/erase", r#"{"despite_open": true}"#).status, 200);
    assert!(!holds(&sealed));
    assert_eq!((service.kept(), service.client.get(&format!("/v1/proofs/{named}")).code()), (0, "proof.unknown".to_owned()));
    assert_eq!(service.task(&asked)["proofs"], json!([]));
    assert_eq!(eur(10_000), service.receivable(&claim)["balance"], "and the sums stay");
}
