//! Killed while messages are sent: nobody gets one twice, and what is unknown waits for a human.

use crate::common::collection::POLICY;
use crate::common::shop::Order;
use crate::common::{Client, child};
use serde_json::{Value, json};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tresen_core::ladder::Channel;
use tresen_service::{Handed, Parcel, Transport};

/// Carries each message into a file. Where a file `deadly` is, the process dies as soon as the message has left; where `stuck` is, it never leaves.
#[derive(Debug)]
struct Deadly(PathBuf);

impl Transport for Deadly {
    fn send(&self, channel: Channel, parcel: &Parcel) -> Handed {
        while self.0.join("stuck").exists() {
            std::thread::sleep(Duration::from_millis(10));
        }
        if self.0.join("down").exists() {
            return Handed::NotNow("the relay is down".into());
        }
        let mut sent = std::fs::OpenOptions::new().create(true).append(true).open(self.0.join("sent")).unwrap();
        writeln!(sent, "{} {}", channel.code(), parcel.id).unwrap();
        sent.sync_all().unwrap();
        if self.0.join("deadly").exists() {
            std::process::abort();
        }
        Handed::Sent { provider_ref: None }
    }
}

/// Not a test of its own: started again as a process by the tests below, it serves until it dies
#[test]
fn serves_as_a_child() {
    let Some((folder, mut config)) = child::config() else { return };
    // A Saturday at noon, as in the other tests: the clock of the machine may show a night.
    config.sandbox_start = Some(crate::common::NOON.parse().unwrap());
    config.transport = Some(Arc::new(Deadly(folder)));
    child::serve(config);
}

struct World {
    folder: tempfile::TempDir,
    child: Child,
    client: Client,
}

fn start(folder: &Path) -> (Child, Client) {
    child::start("run_crash::serves_as_a_child", folder, &[])
}

impl World {
    /// One customer with an e-mail and a telephone owes something
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (child, client) = start(folder.path());
        assert_eq!(client.post("/v1/policies", &POLICY).status, 201);
        let session = client.session(&json!({"customer": {"reference": "cus_1", "signed_in": true, "email": "alex@example.org"}}));
        client.confirmed(&session, &Order::new("1", "invoice", 10_000));
        let bearer = format!("Bearer {}", client.secret);
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
        let put = client.send("PUT", "/v1/customers/cus_1/contact", &headers, br#"{"phone": "+4915112345678"}"#);
        assert_eq!(put.status, 200, "{}", put.text());
        Self { folder, child, client }
    }

    fn has(&self, file: &str) {
        std::fs::write(self.folder.path().join(file), "").unwrap();
    }

    fn has_no(&self, file: &str) {
        std::fs::remove_file(self.folder.path().join(file)).unwrap();
    }

    /// Time goes on; whether there was an answer
    fn advance(&self, days: u16) -> bool {
        let bearer = format!("Bearer {}", self.client.secret);
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
        let body = json!({"advance_days": days}).to_string();
        self.client.try_send("POST", "/v1/sandbox/clock", &headers, body.as_bytes()).is_ok_and(|answer| answer.status == 200)
    }

    fn again(&mut self) {
        let _ = self.child.kill();
        self.child.wait().unwrap();
        (self.child, self.client) = start(self.folder.path());
    }

    fn sent(&self) -> Vec<String> {
        let text = std::fs::read_to_string(self.folder.path().join("sent")).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }

    fn states(&self) -> String {
        let sql = rusqlite::Connection::open(self.folder.path().join("tresen.sqlite")).unwrap();
        let text = "SELECT coalesce(group_concat(occasion || ' ' || state, ', '), '') FROM (SELECT * FROM contacts ORDER BY position)";
        sql.query_row(text, [], |row| row.get(0)).unwrap()
    }

    fn until(&self, states: &str) {
        let deadline = Instant::now() + Duration::from_secs(30);
        while self.states() != states {
            assert!(Instant::now() < deadline, "{} is not {states}", self.states());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn task(&self) -> Value {
        let tasks = self.client.get("/v1/tasks").json()["tasks"].as_array().unwrap().clone();
        assert_eq!(tasks.len(), 1, "{tasks:#?}");
        tasks[0].clone()
    }

    fn finish(&self, task: &Value, outcome: &str) {
        let path = format!("/v1/tasks/{}/done", task["id"].as_str().unwrap());
        let answer = self.client.post(&path, &json!({"outcome": outcome}).to_string());
        assert_eq!(answer.status, 200, "{}", answer.text());
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn killed_between_the_send_and_its_record_it_asks_a_human_and_sends_no_second_one() {
    let mut world = World::new();
    world.has("deadly");
    assert!(!world.advance(14), "it died over the note");
    world.has_no("deadly");
    world.again();
    assert_eq!((world.sent().len(), world.states().as_str()), (1, "note sending"));
    assert!(world.advance(1));
    assert_eq!((world.sent().len(), world.states().as_str()), (1, "note unknown"));
    let task = world.task();
    assert_eq!((&task["kind"], &task["customer"]), (&json!("unknown_delivery"), &json!("cus_1")));
    world.finish(&task, "left");
    assert_eq!(world.states(), "note sent");
    assert!(world.advance(8));
    assert_eq!(world.states(), "note sent, reminder sent");
    let sent = world.sent();
    assert!(sent.len() == 2 && sent[0] != sent[1], "{sent:?}");
}

#[test]
fn killed_before_a_message_leaves_it_is_found_and_goes_another_way_once_a_human_knows() {
    let mut world = World::new();
    assert!(world.advance(18));
    assert_eq!(world.states(), "note sent");
    world.has("stuck");
    let ahead = {
        let client = world.client.clone();
        std::thread::spawn(move || {
            let bearer = format!("Bearer {}", client.secret);
            let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
            client.try_send("POST", "/v1/sandbox/clock", &headers, br#"{"advance_days": 3}"#)
        })
    };
    world.until("note sent, reminder sending");
    world.child.kill().unwrap();
    assert!(ahead.join().unwrap().is_err(), "killed in the middle");
    world.has_no("stuck");
    world.again();
    assert!(world.advance(2));
    assert_eq!((world.sent().len(), world.states().as_str()), (1, "note sent, reminder unknown"), "never by itself");
    world.finish(&world.task(), "not_left");
    assert!(world.advance(2));
    assert_eq!(world.states(), "note sent, reminder failed, reminder sent");
    assert!(world.sent()[1].starts_with("text_message "), "{:?}", world.sent());
}

#[test]
fn killed_between_the_intent_and_the_send_it_is_sent_once() {
    let mut world = World::new();
    world.has("down");
    assert!(world.advance(14));
    assert!(world.states().ends_with("note intended") || world.states().ends_with("note suppressed"), "{}", world.states());
    world.again();
    world.has_no("down");
    assert!(world.advance(1));
    let sent = world.sent();
    assert_eq!(sent.len(), 1, "{sent:?} {}", world.states());
    assert!(world.states().ends_with("note sent") && world.states().matches(" sent").count() == 1, "{}", world.states());
}
