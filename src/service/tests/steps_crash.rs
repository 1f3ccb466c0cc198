//! Killed between planning a message and writing down that it left: nobody ever sends a second one.

use crate::common::{Client, child};
use serde_json::json;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::sync::Arc;
use tresen_service::{AdapterProblem, Mailer, Outgoing};

const POLICY: &str = r#"{
  "format": 1, "name": "mail", "market": "DE", "currency": "EUR", "merchant": {"name": "Kiesel & Lein", "size": "micro"},
  "rules": [{"id": "email", "when": {"fact": "customer.confirmed", "operator": "doesNotContain", "value": "email"}, "withhold": ["card"],
    "reason": "identity.unconfirmed"}],
  "methods": [{"id": "card", "kind": "card", "provider": "sandbox"}, {"id": "prepayment", "kind": "prepayment"}], "fallback": ["prepayment"]
}"#;

/// Sends each mail into a file; where another file says so, the process dies as soon as the mail has left
#[derive(Debug)]
struct Deadly(PathBuf);

impl Mailer for Deadly {
    fn send(&self, message: &Outgoing) -> Result<(), AdapterProblem> {
        let mut sent = std::fs::OpenOptions::new().create(true).append(true).open(self.0.join("sent")).unwrap();
        writeln!(sent, "{}", message.id).unwrap();
        sent.sync_all().unwrap();
        if self.0.join("deadly").exists() {
            std::process::abort();
        }
        Ok(())
    }
}

/// Not a test of its own: started again as a process by the test below, it serves until it dies
#[test]
fn serves_as_a_child() {
    let Some((folder, mut config)) = child::config() else { return };
    config.adapters.mailer = Some(Arc::new(Deadly(folder)));
    child::serve(config);
}

/// A service as a process of its own, which dies over a mail where the file `deadly` lies in its folder
pub fn start(folder: &Path) -> (Child, Client) {
    child::start("steps_crash::serves_as_a_child", folder, &[])
}

#[test]
fn a_mail_of_which_it_is_unknown_whether_it_left_is_not_sent_again() {
    let folder = tempfile::tempdir().unwrap();
    let sent = || std::fs::read_to_string(folder.path().join("sent")).unwrap().lines().count();
    let (mut child, client) = start(folder.path());
    assert_eq!(client.post("/v1/policies", POLICY).status, 201);
    let session = client.guest_session("v", Some("guest@example.org"));
    let path = format!("/v1/checkout/{session}/steps/email");
    let bearer = format!("Bearer {}", client.publishable);
    let begin = |client: &Client, key: &str| {
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json"), ("idempotency-key", key)];
        client.try_send("POST", &path, &headers, b"{}")
    };
    std::fs::write(folder.path().join("deadly"), "").unwrap();
    assert!(begin(&client, "first").is_err(), "it died over the mail");
    child.wait().unwrap();
    std::fs::remove_file(folder.path().join("deadly")).unwrap();

    let (mut child, client) = start(folder.path());
    let again = begin(&client, "first").unwrap();
    assert_eq!((again.status, &again.json()["state"]), (200, &json!("started")), "{}", again.text());
    assert_eq!(sent(), 1, "the same request sends nothing again");
    assert_eq!(begin(&client, "second").unwrap().status, 200);
    assert_eq!(sent(), 2, "whoever asks for another code gets another one");
    // The service names what is forlorn as soon as it starts, once ten minutes have passed for the shop.
    assert_eq!(client.post("/v1/sandbox/clock", &json!({"advance_days": 1}).to_string()).status, 200);
    child.kill().unwrap();
    child.wait().unwrap();
    let (mut child, client) = start(folder.path());
    assert_eq!(client.get("/v1/sandbox/messages").status, 200);
    let sql = rusqlite::Connection::open(folder.path().join("tresen.sqlite")).unwrap();
    let states = || -> String {
        sql.query_row("SELECT group_concat(state) FROM (SELECT state FROM messages ORDER BY position)", [], |row| row.get(0)).unwrap()
    };
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while states() != "unknown,sent" && std::time::Instant::now() < deadline {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert_eq!((states().as_str(), sent()), ("unknown,sent", 2));
    child.kill().unwrap();
    child.wait().unwrap();
}
