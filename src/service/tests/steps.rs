//! Steps with a code: what a shopper confirms brings a method back at once, and nothing else does.

use crate::common::shop::Order;
use crate::common::steps::{Shopper as _, another, code_in, customer, order, service, with_policy};
use crate::common::{Answer, Client, Service, watched_by};
use jiff::SignedDuration;
use rusqlite::trace::TraceEvent;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use tresen_service::{AdapterProblem, Mailer, Outgoing, Texter};

#[test]
fn a_confirmed_mail_brings_the_method_back_at_once() {
    let service = service();
    let client = &service.client;
    let session = customer(client, "c");
    let checkout = client.get_as_browser(&format!("/v1/checkout/{session}")).json();
    assert_eq!(checkout["facts"], json!({"customer.confirmed": []}));
    assert_eq!(
        checkout["steps"],
        json!(["birth_date", "email", "phone", "address", "identity"].map(|step| json!({"step": step, "state": "open"})))
    );
    assert_eq!(client.invoice(&session, 10_000)["state"], "offered", "low risk is asked for nothing");
    let withheld = client.invoice(&session, 10_001);
    assert_eq!((&withheld["state"], &withheld["steps"]), (&json!("withheld"), &json!(["email"])), "{withheld:#}");
    assert_eq!(client.refused(&session, &order("1", 10_001)), ["method.withheld", "identity.unconfirmed"]);

    let started = client.begun(&session, "email", json!({}));
    assert_eq!(
        started,
        json!({"step": "email", "state": "started", "sent_to": "y…@example.org", "attempts_left": 5,
               "expires_at": "2026-11-21T12:10:00.000Z", "facts": {"customer.confirmed": []}})
    );
    let message = &client.messages()[0];
    assert_eq!((&message["to"], &message["channel"]), (&json!("yvonne@example.org"), &json!("email")));
    assert_eq!(message["subject"], "Ihr Code von Kiesel & Lein");
    let code = client.code();
    let wrong = client.replied(&session, "email", json!({"code": another(&code)}));
    assert_eq!((&wrong["state"], &wrong["attempts_left"]), (&json!("started"), &json!(4)));
    let passed = client.replied(&session, "email", json!({"code": code}));
    assert_eq!(passed, json!({"step": "email", "state": "passed", "facts": {"customer.confirmed": ["email"]}}));
    assert_eq!(client.invoice(&session, 10_001)["state"], "offered");
    client.confirmed(&session, &order("2", 10_001));
    assert_eq!(
        service.count("SELECT count(*) FROM events WHERE type IN ('IdentityCheckRequired', 'IdentityCheckPassed')"),
        2,
        "what happened is on the journal"
    );
}

#[test]
fn what_is_said_stays_sealed_and_the_code_is_nowhere_to_be_read() {
    let service = service();
    let client = &service.client;
    let session = client.guest_session("v", None);
    client.begun(&session, "phone", json!({"phone": "+49 151 12345689"}));
    let code = client.code();
    client.begun(&session, "birth_date", json!({"birth_date": "1985-03-27"}));
    client.replied(&session, "phone", json!({"code": code}));
    let folder = service.stop();
    // Both files: what was written last may lie in the log beside the database.
    for name in ["tresen.sqlite", "tresen.sqlite-wal"] {
        let bytes = std::fs::read(folder.path().join(name)).unwrap_or_default();
        for secret in [code.as_str(), "15112345689", "1985-03-27"] {
            assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()), "{secret} in {name}");
        }
    }
}

#[test]
fn a_wrong_code_counts_down_and_the_last_one_leaves_the_safe_methods() {
    let service = service();
    let client = &service.client;
    let session = customer(client, "c");
    client.begun(&session, "email", json!({}));
    let code = client.code();
    for left in [4, 3, 2, 1] {
        assert_eq!(client.replied(&session, "email", json!({"code": another(&code)}))["attempts_left"], left);
    }
    assert_eq!(client.reply(&session, "email", json!({"code": "12345"})).code(), "step.code_malformed", "that was no attempt");
    let failed = client.replied(&session, "email", json!({"code": another(&code)}));
    assert_eq!(failed, json!({"step": "email", "state": "failed", "facts": {"customer.confirmed": []}}));
    let late = client.reply(&session, "email", json!({"code": code}));
    assert_eq!((late.status, late.code().as_str()), (409, "step.not_started"), "the right code comes too late");
    assert_eq!(client.invoice(&session, 10_001)["state"], "withheld");
    client.confirmed(&session, &Order { method: "prepayment".to_owned(), ..order("1", 10_001) });
    assert_eq!(service.count("SELECT count(*) FROM events WHERE type = 'IdentityCheckFailed' AND data LIKE '%wrong_code%'"), 1);
}

#[test]
fn a_code_holds_ten_minutes_and_not_one_millisecond_more() {
    let service = service();
    let client = &service.client;
    let session = customer(client, "c");
    let start = || {
        client.begun(&session, "email", json!({}));
        client.code()
    };
    let code = start();
    service.clock.go(SignedDuration::from_millis(600_000));
    let expired = client.reply(&session, "email", json!({"code": code}));
    assert_eq!((expired.status, expired.code().as_str()), (409, "step.expired"));
    assert_eq!(client.state(&session, "email"), "open");
    let code = start();
    service.clock.go(SignedDuration::from_millis(599_999));
    assert_eq!(client.replied(&session, "email", json!({"code": code}))["state"], "passed");
}

#[test]
fn another_start_makes_the_code_before_void_and_none_is_used_twice() {
    let service = service();
    let client = &service.client;
    let session = client.guest_session("v", None);
    let start = |phone: &str| {
        client.begun(&session, "phone", json!({"phone": phone}));
        client.code()
    };
    let (first, second) = (start("+4915112345678"), start("+4915112345678"));
    if first != second {
        assert_eq!(client.replied(&session, "phone", json!({"code": first}))["attempts_left"], 4);
    }
    assert_eq!(client.replied(&session, "phone", json!({"code": second}))["state"], "passed");
    let again = client.replied(&session, "phone", json!({"code": second}));
    assert_eq!(again["state"], "passed", "whoever answers twice has still confirmed it");
    let third = start("+4915187654321");
    if second != third {
        assert_eq!(client.replied(&session, "phone", json!({"code": second}))["state"], "passed", "what was confirmed stays so");
        assert_eq!(service.count("SELECT attempts_left FROM checks WHERE state = 'started'"), 4, "and the other number is not");
    }
}

#[test]
fn three_codes_an_hour_are_sent_and_no_fourth() {
    let service = service();
    let client = &service.client;
    let session = client.guest_session("v", Some("guest@example.org"));
    for _ in 0..2 {
        client.begun(&session, "email", json!({}));
    }
    client.begun(&session, "phone", json!({"phone": "+4915112345678"}));
    service.clock.go(SignedDuration::from_millis(3_599_999));
    let session = client.guest_session("v", Some("guest@example.org"));
    let fourth = client.begin(&session, "email", json!({}));
    assert_eq!((fourth.status, fourth.code().as_str()), (429, "step.too_many_sends"));
    let another = client.guest_session("w", Some("guest@example.org"));
    client.begun(&another, "email", json!({}));
    service.clock.go(SignedDuration::from_millis(1));
    client.begun(&session, "email", json!({}));
    assert_eq!(service.count("SELECT count(*) FROM messages"), 5);
}

#[test]
fn a_code_counts_only_where_it_was_asked_for() {
    let service = service();
    let client = &service.client;
    let (hers, his) = (client.guest_session("v", Some("a@example.org")), client.guest_session("w", Some("b@example.org")));
    client.begun(&hers, "email", json!({}));
    let code = client.code();
    assert_eq!(client.reply(&his, "email", json!({"code": code})).code(), "step.not_started");
    client.begun(&his, "email", json!({}));
    if client.code() != code {
        assert_eq!(client.replied(&his, "email", json!({"code": code}))["state"], "started");
    }
    assert_eq!(client.replied(&hers, "email", json!({"code": code}))["state"], "passed");
    assert_eq!(client.state(&his, "email"), "started");
}

#[test]
fn another_shop_finds_nothing() {
    let service = service();
    let client = &service.client;
    let session = customer(client, "c");
    client.begun(&session, "email", json!({}));
    let code = client.code();
    let key = common_tenant(&service);
    let stranger = Client { publishable: key.1, secret: key.0, ..client.clone() };
    for answer in [
        stranger.begin(&session, "email", json!({})),
        stranger.reply(&session, "email", json!({"code": code})),
        stranger.get_as_browser(&format!("/v1/checkout/{session}/steps")),
    ] {
        assert_eq!((answer.status, answer.code().as_str()), (404, "session.unknown"));
    }
    assert_eq!(stranger.get("/v1/sandbox/messages").json()["messages"], json!([]));
    assert_eq!(client.replied(&session, "email", json!({"code": code}))["state"], "passed");
}

/// Secret and publishable key of another shop
fn common_tenant(service: &Service) -> (String, String) {
    let mut config = crate::common::config(&service.folder);
    config.clock = Arc::<crate::common::HandClock>::clone(&service.clock);
    let app = tresen_service::App::open(config).unwrap();
    let made = app.create_tenant("other", "Europe/Berlin").unwrap();
    (made.secret, made.publishable)
}

#[test]
fn a_guests_confirmation_lasts_for_the_visit_and_a_customers_for_a_year() {
    let service = service();
    let client = &service.client;
    let confirm = |session: &str| {
        client.begun(session, "email", json!({}));
        assert_eq!(client.replied(session, "email", json!({"code": client.code()}))["state"], "passed");
    };
    let guest = || client.guest_session("v", Some("guest@example.org"));
    confirm(&guest());
    confirm(&customer(client, "c"));
    let confirmed = |session: &str| client.steps(session)["facts"]["customer.confirmed"].clone();
    assert_eq!(confirmed(&guest()), json!(["email"]), "the same visit, a new session");
    assert_eq!(confirmed(&client.guest_session("w", Some("guest@example.org"))), json!([]), "the same address, another visit");
    let changed = json!({"customer": {"guest_reference": "v", "signed_in": false, "email": "other@example.org"}});
    assert_eq!(confirmed(&client.session(&changed)), json!([]), "another address than the one that was confirmed");
    service.clock.go(SignedDuration::from_hours(24));
    assert_eq!(confirmed(&guest()), json!([]));
    service.clock.go(SignedDuration::from_hours(24 * 364) - SignedDuration::from_millis(1));
    assert_eq!(confirmed(&customer(client, "c")), json!(["email"]));
    service.clock.go(SignedDuration::from_millis(1));
    assert_eq!(confirmed(&customer(client, "c")), json!([]));
}

#[test]
fn the_same_request_again_does_nothing_again() {
    let service = service();
    let client = &service.client;
    let session = customer(client, "c");
    let post = |path: &str, body: Value| {
        client.post_with(&format!("/v1/checkout/{session}/steps/{path}"), &body.to_string(), &[("idempotency-key", "k")])
    };
    let first = post("email", json!({}));
    assert_eq!(first.bytes, post("email", json!({})).bytes);
    assert_eq!(client.messages().len(), 1);
    assert_eq!(post("phone", json!({"phone": "+4915112345678"})).code(), "idempotency.key_reused");
    let wrong = json!({"code": another(&client.code())});
    let answer =
        || client.post_with(&format!("/v1/checkout/{session}/steps/email/answer"), &wrong.to_string(), &[("idempotency-key", "a")]);
    assert_eq!(answer().json()["attempts_left"], 4);
    assert_eq!(answer().json()["attempts_left"], 4, "one attempt, however often it is sent");
}

#[test]
fn of_many_codes_at_once_five_are_attempts() {
    let service = service();
    let client = &service.client;
    let session = customer(client, "c");
    client.begun(&session, "email", json!({}));
    let code = client.code().parse::<u32>().unwrap();
    let threads: Vec<_> = (1..=20)
        .map(|more| {
            let (client, session) = (client.clone(), session.clone());
            std::thread::spawn(move || client.reply(&session, "email", json!({"code": format!("{:06}", (code + more) % 1_000_000)})))
        })
        .collect();
    let answers: Vec<Answer> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 5);
    assert!(answers.iter().filter(|answer| answer.status != 200).all(|answer| answer.code() == "step.not_started"));
    assert_eq!(client.state(&session, "email"), "failed");
    assert_eq!(service.count("SELECT min(attempts_left) FROM checks"), 0);
}

#[test]
fn a_step_that_nobody_asks_for_does_not_exist() {
    let service = Service::start();
    let client = &service.client;
    let session = client.session_of("c");
    assert_eq!(client.steps(&session), json!({"steps": [], "facts": {"customer.confirmed": []}}));
    assert_eq!(client.begin(&session, "email", json!({})).code(), "step.unknown");
    assert_eq!(client.begin(&session, "passport", json!({})).code(), "step.unknown");
    let service = with_policy(service);
    let session = service.client.guest_session("v", None);
    assert_eq!(service.client.begin(&session, "email", json!({})).code(), "step.field_missing");
    assert_eq!(service.client.begin(&session, "email", json!({"phone": "+4915112345678"})).code(), "step.foreign_field");
    assert_eq!(service.client.reply(&session, "birth_date", json!({"code": "123456"})).code(), "step.answer_malformed");
    service.clock.go(SignedDuration::from_hours(2));
    let late = service.client.begin(&session, "birth_date", json!({"birth_date": "1985-03-27"}));
    assert_eq!((late.status, late.code().as_str()), (410, "session.expired"));
}

/// Keeps what it is to send
#[derive(Debug, Default)]
struct Caught(Mutex<Vec<Outgoing>>);

impl Caught {
    fn newest(&self) -> String {
        self.0.lock().unwrap().last().unwrap().text.clone()
    }
}

impl Mailer for Caught {
    fn send(&self, message: &Outgoing) -> Result<(), AdapterProblem> {
        self.0.lock().unwrap().push(message.clone());
        Ok(())
    }
}

impl Texter for Caught {
    fn send(&self, message: &Outgoing) -> Result<(), AdapterProblem> {
        self.0.lock().unwrap().push(message.clone());
        Ok(())
    }
}

/// Statements and the steps of the database's machine that each took
static WORK: Mutex<Vec<(String, i32)>> = Mutex::new(Vec::new());

fn watch(event: TraceEvent<'_>) {
    if let TraceEvent::Profile(statement, _) = event {
        WORK.lock().unwrap().push((statement.sql().to_string(), statement.get_status(rusqlite::StatementStatus::VmStep)));
    }
}

#[test]
fn whether_an_address_or_a_number_is_a_customers_can_neither_be_seen_nor_measured() {
    // Not the sandbox's mailbox, which has more to read with every visit.
    let caught = Arc::new(Caught::default());
    let (mailer, texter) = (Arc::clone(&caught), Arc::clone(&caught));
    let service = with_policy(Service::start_with(|config| {
        watched_by(config, watch);
        config.adapters.mailer = Some(mailer);
        config.adapters.texter = Some(texter);
    }));
    let client = &service.client;
    let hers = client.session(&json!({"customer": {"reference": "c", "signed_in": true, "email": "known@example.org"}}));
    client.begun(&hers, "phone", json!({"phone": "+4915112345678"}));
    client.replied(&hers, "phone", json!({"code": code_in(&caught.newest())}));
    let visit = |guest: &str, email: &str, phone: &str| {
        // Ids rise with the time: each visit's rows come last, wherever the database looks for them.
        service.clock.go(SignedDuration::from_secs(1));
        let (mut seen, mut work) = (Vec::new(), Vec::new());
        let done = || std::mem::take(&mut *WORK.lock().unwrap());
        done();
        let session = client.guest_session(guest, None);
        for (step, said) in [("email", json!({"email": email})), ("phone", json!({"phone": phone}))] {
            let started = client.begin(&session, step, said);
            work.extend(done());
            let newest = caught.newest();
            let code = code_in(&newest);
            let passed = client.reply(&session, step, json!({"code": code}));
            work.extend(done());
            let mut started = started.json();
            started["expires_at"] = Value::Null;
            seen.push((started, passed.json(), newest.replace(&code, "")));
        }
        (seen, work)
    };
    visit("warm-up", "warm@example.org", "+4915112345670");
    let (_, before) = visit("u", "knewn@example.org", "+4915112345688");
    let (unknown, work_of_unknown) = visit("v", "knows@example.org", "+4915112345698");
    let (known, work_of_known) = visit("w", "known@example.org", "+4915112345678");
    let hidden = |seen: &[(Value, Value, String)]| format!("{seen:?}").replace("…98", "…78");
    assert_eq!(hidden(&unknown), hidden(&known), "but for what was typed");
    // Each statement counts on from visit to visit, so the work of one visit is what it has more than the visit before it.
    let statements = |work: &[(String, i32)]| work.iter().map(|(statement, _)| statement.clone()).collect::<Vec<_>>();
    assert_eq!(statements(&work_of_unknown), statements(&work_of_known), "the same statements in the same order");
    assert!(work_of_known.len() > 40, "{}", work_of_known.len());
    for ((statement, known), ((_, unknown), (_, before))) in work_of_known.iter().zip(work_of_unknown.iter().zip(&before)) {
        assert_eq!(known - unknown, unknown - before, "{statement}");
    }
}
