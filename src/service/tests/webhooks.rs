//! Whoever wants to be told is told of everything, signed, in order, at least once, and nowhere inside.

use crate::common::Client;
use crate::common::money::{told, with};
use crate::common::receiver::{Came, Receiver};
use crate::common::{HandClock, Service, child};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use standardwebhooks::Webhook;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Child;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tresen_service::Clock as _;

/// The world's time: receivers compare it with theirs
fn start() -> Service {
    start_with(Duration::from_secs(10))
}

fn start_with(patience: Duration) -> Service {
    let now = Timestamp::now().to_string();
    Service::start_in(Arc::new(tempfile::tempdir().unwrap()), HandClock::at(&now), |config| config.webhook_patience = patience)
}

impl Service {
    /// A new endpoint: its id and its secret
    fn tells_to(&self, url: &str, events: Value) -> (String, String) {
        let answer = self.does("/v1/webhooks", json!({"url": url, "events": events}));
        assert_eq!(answer.status, 201, "{}", answer.text());
        let answer = answer.json();
        (answer["webhook"]["id"].as_str().unwrap().to_owned(), answer["secret"].as_str().unwrap().to_owned())
    }

    fn webhook(&self, id: &str) -> Value {
        let all = self.client.get("/v1/webhooks").json()["webhooks"].as_array().unwrap().clone();
        all.into_iter().find(|webhook| webhook["id"] == id).unwrap()
    }

    fn deliveries(&self, id: &str) -> Vec<Value> {
        self.client.get(&format!("/v1/webhooks/{id}/deliveries")).json()["deliveries"].as_array().unwrap().clone()
    }

    /// Waits until nothing is due or under way
    fn settled(&self, id: &str) -> Vec<Value> {
        for _ in 0..600 {
            let waiting = "SELECT count(*) FROM webhook_deliveries WHERE due_ms <= strftime('%s', 'now') * 1000 OR lease IS NOT NULL";
            if self.count(waiting) == 0 {
                return self.deliveries(id);
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("still under way: {:#?}", self.deliveries(id));
    }
}

fn verified(came: &Came, secret: &str) -> bool {
    let mut headers = http::HeaderMap::new();
    for (name, value) in &came.headers {
        headers.insert(http::HeaderName::from_bytes(name.as_bytes()).unwrap(), value.parse().unwrap());
    }
    Webhook::new(secret).unwrap().verify(&came.body, &headers).is_ok()
}

#[test]
fn everything_that_happens_to_a_claim_is_told_in_order_and_signed() {
    let (service, receiver) = (start(), Receiver::ok());
    let (id, secret) = service.tells_to(&receiver.url(), Value::Null);
    let before = service.events();
    let (claim, reference) = service.claim("cus_1", "order-1", 10_000);
    service.comes(&with(told("b-1", 10_000), "remittance", reference));
    let happened = service.events() - before;
    let came = receiver.until(usize::try_from(happened).unwrap());
    assert_eq!(receiver.after_a_while().len(), came.len(), "each once");
    for message in &came {
        assert!(verified(message, &secret), "{message:?}");
        assert!(!verified(&Came { body: [message.body.as_slice(), b" "].concat(), ..message.clone() }, &secret), "changed");
        assert_eq!(message.header("content-type"), "application/json");
        assert_eq!(message.header("webhook-id"), message.json()["data"]["event"]["event_id"]);
        assert_eq!(message.json()["timestamp"], message.json()["data"]["event"]["recorded_at"]);
        let text = String::from_utf8(message.body.clone()).unwrap();
        assert!(!text.contains("cus_1") && !text.contains("1985-03-27"), "nothing personal: {text}");
    }
    let of_account: Vec<&Came> = came.iter().filter(|message| message.json()["data"]["customer"].is_string()).collect();
    let kinds: Vec<String> = of_account.iter().map(|message| message.kind()).collect();
    assert_eq!(kinds, ["ReceivableCreated", "DueDateSet", "PaymentSettled", "PaymentAllocated"]);
    let positions: Vec<i64> = of_account.iter().map(|message| message.json()["data"]["position"].as_i64().unwrap()).collect();
    assert!(positions.is_sorted(), "{positions:?}");
    let created = of_account[0].json()["data"].clone();
    assert_eq!((&created["receivable"], &created["order"], &created["seq"]), (&json!(claim), &json!("order-1"), &json!(1)));
    let deliveries = service.deliveries(&id);
    assert!(deliveries.iter().all(|delivery| delivery["state"] == "delivered" && delivery["attempts"] == 1 && delivery["status"] == 204));
}

#[test]
fn only_what_is_wanted_is_told_and_only_to_whom_it_concerns() {
    let (service, receiver, other) = (start(), Receiver::ok(), Receiver::ok());
    service.tells_to(&receiver.url(), json!(["PaymentAllocated"]));
    let (removed, _) = service.tells_to(&other.url(), Value::Null);
    let bearer = format!("Bearer {}", service.client.secret);
    let answer = service.client.send("DELETE", &format!("/v1/webhooks/{removed}"), &[("authorization", &bearer)], b"");
    assert_eq!((answer.status, answer.json()["id"].as_str()), (200, Some(removed.as_str())));
    let (_, reference) = service.claim("cus_1", "order-1", 10_000);
    service.comes(&with(told("b-1", 10_000), "remittance", reference));
    receiver.until(1);
    assert_eq!(receiver.after_a_while().iter().map(Came::kind).collect::<Vec<_>>(), ["PaymentAllocated"]);
    assert!(other.came().is_empty());
    for (path, body, code) in [
        ("/v1/webhooks", json!({"url": receiver.url(), "events": ["NoSuchThing"]}), "webhook.events"),
        ("/v1/webhooks", json!({"url": receiver.url(), "events": []}), "webhook.events"),
        ("/v1/webhooks", json!({"url": "http://shop.example/hooks"}), "webhook.url"),
        (&*format!("/v1/webhooks/{removed}/rotate"), json!({}), "webhook.unknown"),
        (&*format!("/v1/webhooks/{removed}/replay"), json!({"after": 0}), "webhook.unknown"),
    ] {
        assert_eq!(service.does(path, body).code(), code, "{path}");
    }
}

#[test]
fn what_is_refused_comes_again_under_the_same_id_and_what_follows_waits_for_it() {
    let service = start();
    let refuses = Arc::new(AtomicBool::new(true));
    let switch = Arc::clone(&refuses);
    let receiver = Receiver::start(move |_, came| {
        let is_first = came.json()["data"]["order"] == "order-1" && came.kind() == "ReceivableCreated";
        Some(if is_first && switch.load(Ordering::SeqCst) { "500 Internal Server Error" } else { "200 OK" }.to_owned())
    });
    let (id, _) = service.tells_to(&receiver.url(), json!(["ReceivableCreated", "DueDateSet"]));
    service.claim("cus_1", "order-1", 10_000);
    service.claim("cus_2", "order-2", 10_000);
    receiver.until(3);
    let of = |order: &str| {
        let came = receiver.came();
        came.into_iter().filter(|message| message.json()["data"]["order"] == order).map(|message| message.kind()).collect::<Vec<_>>()
    };
    receiver.after_a_while();
    assert_eq!(of("order-1"), ["ReceivableCreated"], "the due date waits");
    assert_eq!(of("order-2"), ["ReceivableCreated", "DueDateSet"], "another account does not");
    let failed = service.settled(&id).into_iter().find(|delivery| delivery["problem"] == "status").unwrap();
    assert_eq!((&failed["state"], &failed["status"], &failed["attempts"]), (&json!("waiting"), &json!(500), &json!(1)));
    service.clock.go(SignedDuration::from_secs(7));
    receiver.until(4);
    assert_eq!(of("order-1"), ["ReceivableCreated", "ReceivableCreated"]);
    receiver.after_a_while();
    refuses.store(false, Ordering::SeqCst);
    service.clock.go(SignedDuration::from_secs(7 * 60));
    let came = receiver.until(6);
    assert_eq!(of("order-1"), ["ReceivableCreated", "ReceivableCreated", "ReceivableCreated", "DueDateSet"]);
    let ids: BTreeSet<&str> =
        came.iter().filter(|came| came.json()["data"]["order"] == "order-1").map(|came| came.header("webhook-id")).collect();
    assert_eq!(ids.len(), 2, "three attempts at one message, and one at the other");
}

#[test]
fn a_redirect_is_not_followed_and_a_slow_receiver_does_not_hold_up_another() {
    let (service, inside, quick) = (start_with(Duration::from_secs(1)), Receiver::ok(), Receiver::ok());
    let there = inside.url();
    let redirecting = Receiver::start(move |_, _| Some(format!("302 Found\r\nlocation: {there}")));
    let slow = Receiver::start(|_, _| None);
    let nobody = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}/", listener.local_addr().unwrap())
    };
    let wanted = json!(["ReceivableCreated"]);
    let (quick_id, _) = service.tells_to(&quick.url(), wanted.clone());
    let problems = [(redirecting.url(), "redirect"), (slow.url(), "timeout"), (nobody, "unreachable")];
    let ids = problems.map(|(url, problem)| (service.tells_to(&url, wanted.clone()).0, problem));
    for number in 0..6 {
        service.claim(&format!("cus_{number}"), &format!("order-{number}"), 10_000);
    }
    quick.until(6);
    assert!(service.settled(&quick_id).iter().all(|delivery| delivery["state"] == "delivered"));
    for (id, problem) in ids {
        let delivery = service.settled(&id).pop().unwrap();
        assert_eq!((&delivery["problem"], &delivery["state"]), (&json!(problem), &json!("waiting")), "{delivery:#}");
        assert!(service.webhook(&id)["failing_since"].is_string());
    }
    assert!(inside.came().is_empty(), "the redirect was followed");
}

#[test]
fn whoever_is_down_for_days_is_told_no_more_until_enabled_and_gets_the_rest_by_replay() {
    let service = start();
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let (id, _) = service.tells_to(&format!("http://{nobody}/hooks"), json!(["ReceivableCreated"]));
    service.claim("cus_1", "order-1", 1_000);
    let mut days = 0;
    while service.webhook(&id)["state"] == "active" {
        assert!(days < 12, "never disabled: {:#}", service.webhook(&id));
        service.clock.go(SignedDuration::from_hours(12));
        days += 1;
        // One that is given up makes room for another, so that there is always something to fail.
        service.claim(&format!("cus_d{days}"), &format!("order-d{days}"), 1_000);
        service.settled_by_clock();
    }
    assert!(days >= 9, "too early: {days} half days");
    let disabled = service.webhook(&id);
    assert_eq!((&disabled["why_disabled"], &disabled["disabled_at"].is_string()), (&json!("failing"), &true));
    service.clock.go(SignedDuration::from_mins(1));
    let from_here = service.clock.now().to_string();
    service.claim("cus_2", "order-in-between", 1_000);
    assert_eq!(service.does(&format!("/v1/webhooks/{id}/replay"), json!({"after": 0})).code(), "webhook.disabled");
    let receiver = Receiver::start_at(nobody, |_, _| Some("200 OK".to_owned()));
    assert!(receiver.after_a_while().is_empty(), "told while disabled");
    assert_eq!(service.does(&format!("/v1/webhooks/{id}/enable"), json!({})).json()["state"], "active");
    let waited = service.count("SELECT count(*) FROM webhook_deliveries WHERE state = 'waiting'");
    receiver.until(usize::try_from(waited).unwrap());
    let orders = |came: Vec<Came>| came.iter().map(|came| came.json()["data"]["order"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert!(!orders(receiver.came()).contains(&"order-in-between".to_owned()));
    let before = receiver.came().len();
    let replayed = service.done(&format!("/v1/webhooks/{id}/replay"), json!({"since": from_here}));
    assert_eq!((&replayed["queued"], &replayed["more"]), (&json!(1), &json!(false)));
    assert_eq!(orders(receiver.until(before + 1)).last().unwrap(), "order-in-between");
    let all = service.count("SELECT count(*) FROM events WHERE type = 'ReceivableCreated'");
    let again = service.done(&format!("/v1/webhooks/{id}/replay"), json!({"after": 0}));
    assert_eq!(again["queued"], all);
    let came = receiver.until(before + 1 + usize::try_from(all).unwrap());
    let ids: BTreeSet<String> = came.iter().map(|came| came.header("webhook-id").to_owned()).collect();
    assert_eq!(i64::try_from(ids.len()).unwrap(), all, "every event, by its own id");
    for body in [json!({}), json!({"after": 1, "since": "2026-11-21T12:00:00Z"}), json!({"since": "yesterday"})] {
        assert_eq!(service.does(&format!("/v1/webhooks/{id}/replay"), body).code(), "webhook.replay_from");
    }
}

#[test]
fn after_an_outage_what_waits_is_sent_as_soon_as_something_arrives() {
    let service = start();
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    service.tells_to(&format!("http://{nobody}/hooks"), json!(["ReceivableCreated"]));
    service.claim("cus_1", "order-1", 1_000);
    for minutes in [1, 7, 40] {
        service.settled_by_clock();
        service.clock.go(SignedDuration::from_mins(minutes));
    }
    service.settled_by_clock();
    let waits = service.count("SELECT due_ms - last_ms FROM webhook_deliveries");
    assert!(waits >= 2 * 3_600_000, "the next attempt is hours away: {waits}");
    let receiver = Receiver::start_at(nobody, |_, _| Some("200 OK".to_owned()));
    service.claim("cus_2", "order-2", 1_000);
    let came = receiver.until(2);
    assert_eq!(came.iter().map(|came| came.json()["data"]["order"].clone()).collect::<Vec<_>>(), ["order-2", "order-1"]);
}

#[test]
fn a_receiver_that_says_it_is_gone_is_told_no_more() {
    let (service, receiver) = (start(), Receiver::start(|_, _| Some("410 Gone".to_owned())));
    let (id, _) = service.tells_to(&receiver.url(), json!(["ReceivableCreated"]));
    service.claim("cus_1", "order-1", 1_000);
    receiver.until(1);
    service.settled(&id);
    assert_eq!(service.webhook(&id)["why_disabled"], "gone");
    service.claim("cus_2", "order-2", 1_000);
    assert_eq!(receiver.after_a_while().len(), 1);
}

#[test]
fn two_secrets_are_live_at_once_for_a_day() {
    let (service, receiver) = (start(), Receiver::ok());
    let (id, old) = service.tells_to(&receiver.url(), json!(["ReceivableCreated"]));
    let rotated = service.done(&format!("/v1/webhooks/{id}/rotate"), json!({}));
    let new = rotated["secret"].as_str().unwrap();
    assert!(rotated["webhook"]["old_secret_until"].is_string());
    service.claim("cus_1", "order-1", 1_000);
    let came = receiver.until(1).remove(0);
    assert!(new != old && verified(&came, &old) && verified(&came, new));
    let sealed: Vec<u8> = service.sql().query_row("SELECT wrapped_secret FROM webhooks", [], |row| row.get(0)).unwrap();
    assert!(!sealed.windows(16).any(|window| new.as_bytes().windows(16).any(|part| part == window)), "kept in the clear");
    service.clock.go(SignedDuration::from_hours(25));
    assert!(service.webhook(&id)["old_secret_until"].is_null());
    service.claim("cus_2", "order-2", 1_000);
    let signature = receiver.until(2).pop().unwrap().header("webhook-signature").to_owned();
    assert_eq!(signature.split(' ').count(), 1, "only the new one: {signature}");
}

impl Service {
    /// Waits until nothing is due by the service's own clock or under way
    fn settled_by_clock(&self) {
        let now = self.clock.now().as_millisecond();
        let waiting = format!("SELECT count(*) FROM webhook_deliveries WHERE due_ms <= {now} OR lease IS NOT NULL");
        for _ in 0..1_500 {
            if self.count(&waiting) == 0 {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("still under way");
    }
}

/// Not a test of its own: started again as a process by the test below, it serves until it is killed
#[test]
fn serves_as_a_child() {
    let Some((_, mut config)) = child::config() else { return };
    config.webhook_patience = Duration::from_secs(1);
    child::serve(config);
}

fn start_child(folder: &Path) -> (Child, Client) {
    child::start("webhooks::serves_as_a_child", folder, &[])
}

#[test]
fn killed_while_sending_nothing_is_lost_and_nothing_is_told_that_did_not_happen() {
    let folder = tempfile::tempdir().unwrap();
    let (mut child, client) = start_child(folder.path());
    assert_eq!(client.post("/v1/policies", crate::common::shop::POLICY).status, 201);
    let hangs = Arc::new(AtomicBool::new(true));
    let switch = Arc::clone(&hangs);
    let receiver = Receiver::start(move |_, _| (!switch.load(Ordering::SeqCst)).then(|| "200 OK".to_owned()));
    let made = client.post("/v1/webhooks", &json!({"url": receiver.url()}).to_string());
    assert_eq!(made.status, 201, "{}", made.text());
    for number in 0..10 {
        let session = client.session_of(&format!("cus_{number}"));
        client.confirmed(&session, &crate::common::shop::Order::new(&format!("order-{number}"), "invoice", 1_000));
    }
    receiver.until(4);
    child.kill().unwrap();
    child.wait().unwrap();
    hangs.store(false, Ordering::SeqCst);
    let (mut child, _) = start_child(folder.path());
    let sql = rusqlite::Connection::open(folder.path().join("tresen.sqlite")).unwrap();
    let ids = |query: &str| -> BTreeSet<String> {
        sql.prepare(query).unwrap().query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    };
    let began = std::time::Instant::now();
    while !ids("SELECT state FROM webhook_deliveries WHERE state <> 'delivered'").is_empty() {
        assert!(began.elapsed() < Duration::from_secs(60), "still on its way");
        std::thread::sleep(Duration::from_millis(100));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let came: BTreeSet<String> = receiver.came().iter().map(|came| came.header("webhook-id").to_owned()).collect();
    assert_eq!(came, ids("SELECT event_id FROM events"), "exactly what happened, each at least once");
}
