//! From a pay link to the account: who has the mailbox or the telephone gets there, and who has only the link does not.

use crate::common::collection::{letterhead, owes};
use crate::common::steps::{Shopper as _, another, code_in};
use crate::common::{Answer, Service};
use jiff::SignedDuration;
use serde_json::{Value, json};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
const SECOND: SignedDuration = SignedDuration::from_secs(1);
const JSON: (&str, &str) = ("content-type", "application/json");

impl Service {
    pub fn asks(&self, link: &str, channel: &str) -> Answer {
        self.client.send("POST", &format!("/v1/paylinks/{link}/code"), &[JSON], json!({"channel": channel}).to_string().as_bytes())
    }

    pub fn types(&self, link: &str, code: &str) -> Answer {
        self.client.send("POST", &format!("/v1/paylinks/{link}/access"), &[JSON], json!({"code": code}).to_string().as_bytes())
    }

    /// Has a code sent, and reads it where it went
    pub fn code(&self, link: &str) -> String {
        let answer = self.asks(link, "email");
        assert_eq!(answer.status, 200, "{}", answer.text());
        code_in(self.client.messages()[0]["text"].as_str().unwrap())
    }

    /// Opens the account behind a link
    pub fn enters(&self, link: &str, code: &str) -> String {
        let answer = self.types(link, code);
        assert_eq!(answer.status, 201, "{}", answer.text());
        answer.json()["token"].as_str().unwrap().to_owned()
    }

    pub fn paylink(&self, claim: &str) -> String {
        self.client.post(&format!("/v1/receivables/{claim}/paylink"), "").json()["token"].as_str().unwrap().to_owned()
    }
}

/// A customer with a claim and a link to it
fn owing(service: &Service, customer: &str) -> (String, String) {
    letterhead(service);
    let (claim, _) = owes(service, customer, &format!("order-of-{customer}"), 10_000);
    let link = service.paylink(&claim);
    (claim, link)
}

#[test]
fn a_code_to_the_known_mailbox_opens_the_account() {
    let service = Service::start();
    let (claim, link) = owing(&service, "greta");
    let sent = service.asks(&link, "email");
    assert_eq!(sent.json(), json!({"sent_to": "g…@e….org", "expires_at": "2026-11-21T12:10:00.000Z", "minutes": 10, "attempts": 5}));
    for (header, value) in [("cache-control", "no-store"), ("referrer-policy", "no-referrer"), ("x-robots-tag", "noindex")] {
        assert_eq!(sent.header(header), Some(value));
    }
    let mail = service.client.messages()[0].clone();
    assert_eq!((&mail["to"], &mail["subject"]), (&json!("greta@example.org"), &json!("Ihr Code von Kiesel & Lein")));
    let code = code_in(mail["text"].as_str().unwrap());
    assert!(!sent.text().contains(&code));
    let opened = service.types(&link, &format!(" {} {} ", &code[..3], &code[3..]));
    assert_eq!((opened.status, &opened.json()["expires_at"]), (201, &json!("2026-11-21T13:00:00.000Z")));
    let view = service.sees(opened.json()["token"].as_str().unwrap());
    assert_eq!((&view["receivable"], &view["claims"][0]["order"]), (&json!(claim), &json!("order-of-greta")));
    let kept = service.count(&format!("SELECT count(*) FROM access_codes WHERE hex(code_hash) LIKE '%{code}%' OR code_hash IS NOT NULL"));
    assert_eq!(kept, 0, "what is spent is not kept");
}

#[test]
fn a_text_message_does_as_well_where_a_telephone_is_known_and_nothing_is_sent_where_none_is() {
    let service = Service::start();
    let (_, link) = owing(&service, "greta");
    let none = service.asks(&link, "sms");
    assert_eq!((none.status, none.code().as_str()), (409, "access.no_way"));
    assert_eq!(service.count("SELECT count(*) FROM messages") + service.count("SELECT count(*) FROM access_codes"), 0);
    assert_eq!(service.asks(&link, "letter").code(), "body.invalid");
    let details = json!({"phone": "+4915112345678", "locale": "en"});
    assert_eq!(service.put("/v1/customers/greta/contact", &details).status, 200);
    assert_eq!(service.asks(&link, "sms").json()["sent_to"], "+49…78");
    let message = service.client.messages()[0].clone();
    assert_eq!((&message["to"], &message["channel"], &message["locale"]), (&json!("+4915112345678"), &json!("text"), &json!("en")));
    let text = message["text"].as_str().unwrap();
    assert!(text.contains("is your code for Kiesel & Lein"), "{text}");
    service.enters(&link, &code_in(text));
}

#[test]
fn a_link_says_which_ways_there_are_and_not_where_they_lead() {
    let service = Service::start();
    let (claim, link) = owing(&service, "greta");
    let ways = |link: &str| service.client.send("GET", &format!("/v1/paylinks/{link}"), &[], b"").json()["codes"].clone();
    assert_eq!(ways(&link), json!(["email"]));
    assert_eq!(service.put("/v1/customers/greta/contact", &json!({"phone": "+4915112345678"})).status, 200);
    assert_eq!(ways(&link), json!(["email", "sms"]));
    let shown = service.client.send("GET", &format!("/v1/paylinks/{link}"), &[], b"").text();
    assert!(!shown.contains("greta") && !shown.contains("4915") && !shown.contains('…'), "{shown}");
    // Who wants no reminders that way has asked for a code all the same.
    assert_eq!(service.put("/v1/customers/greta/contact", &json!({"phone": "+4915112345678", "opted_out": ["email"]})).status, 200);
    assert_eq!(ways(&link), json!(["email", "sms"]));
    let newer = service.paylink(&claim);
    assert_eq!((ways(&link), ways(&newer)), (json!([]), json!(["email", "sms"])), "a link that is over leads nowhere");
    assert_eq!(service.does("/v1/customers/greta/erase", json!({"despite_open": true})).status, 200);
}

#[test]
fn five_wrong_codes_are_too_many_and_four_are_not() {
    let service = Service::start();
    let (_, link) = owing(&service, "greta");
    let code = service.code(&link);
    for attempt in 0..4 {
        let wrong = service.types(&link, &another(&code));
        assert_eq!((wrong.status, wrong.code().as_str()), (422, "access.code_wrong"), "{attempt}");
    }
    service.enters(&link, &code);
    let code = service.code(&link);
    let wrong: Vec<Answer> = (0..5).map(|_| service.types(&link, &another(&code))).collect();
    let right = service.types(&link, &code);
    assert_eq!((right.status, right.code().as_str()), (422, "access.code_wrong"));
    assert!(wrong.iter().all(|answer| answer.bytes == right.bytes), "nothing says that it was right");
}

#[test]
fn a_code_counts_once_for_ten_minutes_and_only_the_last_one() {
    let service = Service::start();
    let (_, link) = owing(&service, "greta");
    let first = service.code(&link);
    let second = service.code(&link);
    if first != second {
        assert_eq!(service.types(&link, &first).code(), "access.code_wrong", "a newer one was sent");
    }
    service.enters(&link, &second);
    assert_eq!(service.types(&link, &second).code(), "access.code_wrong", "spent");
    let third = service.code(&link);
    service.clock.go(MINUTE * 10);
    assert_eq!(service.types(&link, &third).code(), "access.code_wrong", "too old");
    service.clock.go(MINUTE * 50);
    let fourth = service.code(&link);
    service.clock.go(MINUTE * 10 - SECOND);
    service.enters(&link, &fourth);
    for malformed in ["", "12345", "1234567", "12345a"] {
        assert_eq!(service.types(&link, malformed).code(), "step.code_malformed", "{malformed}");
    }
}

#[test]
fn three_codes_an_hour_are_sent_over_all_links_and_ways() {
    let service = Service::start();
    let (claim, link) = owing(&service, "greta");
    assert_eq!(service.put("/v1/customers/greta/contact", &json!({"phone": "+4915112345678"})).status, 200);
    assert_eq!((service.asks(&link, "email").status, service.asks(&link, "sms").status), (200, 200));
    let newer = service.paylink(&claim);
    assert_eq!(service.asks(&newer, "email").status, 200);
    for channel in ["email", "sms"] {
        let much = service.asks(&newer, channel);
        assert_eq!((much.status, much.code().as_str()), (429, "access.too_many_codes"));
    }
    assert_eq!(service.count("SELECT count(*) FROM messages"), 3);
    let (_, other) = owing(&service, "otto");
    assert_eq!(service.asks(&other, "email").status, 200, "another customer");
    assert_eq!(service.asks(&newer, "email").header("retry-after"), Some("3600"));
    service.clock.go(MINUTE * 60 - SECOND);
    let much = service.asks(&newer, "email");
    assert_eq!((much.code().as_str(), much.header("retry-after")), ("access.too_many_codes", Some("1")));
    service.clock.go(SECOND);
    assert_eq!(service.asks(&newer, "email").status, 200);
}

#[test]
fn a_link_that_was_replaced_or_is_too_old_gives_no_code_and_its_access_ends() {
    let service = Service::start();
    let (claim, link) = owing(&service, "greta");
    let waiting = service.code(&link);
    let code = service.code(&link);
    let token = service.enters(&link, &code);
    let given = service.access("greta", &json!({}));
    assert_eq!(service.looks(&token).status, 200);
    let newer = service.paylink(&claim);
    let over = service.looks(&token);
    assert_eq!((over.status, over.code().as_str()), (410, "account.over"));
    assert_eq!(service.looks(&given).status, 200, "what the shop gave came from no link");
    for answer in [service.asks(&link, "email"), service.types(&link, &waiting)] {
        assert_eq!((answer.status, answer.code().as_str()), (409, "paylink.over"));
    }
    service.clock.go(SignedDuration::from_hours(45 * 24));
    assert_eq!(service.asks(&newer, "email").code(), "paylink.over");
    assert_eq!(service.asks("0000000000000000", "email").code(), "paylink.unknown");
    assert_eq!(service.types("0000000000000000", "123456").code(), "paylink.unknown");
}

#[test]
fn whoever_was_forwarded_a_link_has_its_owners_code_sent_to_its_owner() {
    let service = Service::start();
    let (_, greta) = owing(&service, "greta");
    let (_, otto) = owing(&service, "otto");
    let ottos = service.code(&otto);
    assert_eq!(service.types(&greta, &ottos).code(), "access.code_wrong", "another customer's code");
    let gretas = service.code(&greta);
    assert_eq!(service.client.messages()[0]["to"], "greta@example.org");
    if ottos != gretas {
        assert_eq!(service.types(&greta, &ottos).code(), "access.code_wrong");
    }
    assert_eq!(service.types(&otto, &ottos).status, 201, "whose attempts were not used up by anybody else");
    let shown = service.client.send("GET", &format!("/v1/paylinks/{greta}"), &[], b"");
    assert!(!shown.text().contains("example.org\",\"phone") && !shown.text().contains("greta"), "stage one names nobody: {}", shown.text());
}

#[test]
fn where_no_code_waits_the_same_is_answered_by_the_same_work() {
    static ASKED: std::sync::Mutex<Vec<String>> = std::sync::Mutex::new(Vec::new());
    let service = Service::start_with(|config| {
        crate::common::watched_by(config, |event| {
            if let rusqlite::trace::TraceEvent::Profile(statement, _) = event {
                ASKED.lock().unwrap().push(statement.sql().to_string());
            }
        });
    });
    let (_, link) = owing(&service, "greta");
    let guesses = |link: &str, code: &str| {
        ASKED.lock().unwrap().clear();
        let answer = service.types(link, code);
        (answer.status, answer.bytes, ASKED.lock().unwrap().clone())
    };
    let nothing_sent = guesses(&link, "123456");
    let code = service.code(&link);
    let wrong = guesses(&link, &another(&code));
    assert_eq!(nothing_sent, wrong);
    assert!(!wrong.2.is_empty());
}

#[test]
fn what_could_not_be_sent_is_said_and_the_code_goes_with_the_person() {
    #[derive(Debug)]
    struct Broken;
    impl tresen_service::Mailer for Broken {
        fn send(&self, _message: &tresen_service::Outgoing) -> Result<(), tresen_service::AdapterProblem> {
            Err(tresen_service::AdapterProblem("no route".to_owned()))
        }
    }
    let service = Service::start_with(|config| config.adapters.mailer = Some(std::sync::Arc::new(Broken)));
    let (_, link) = owing(&service, "greta");
    let answer = service.asks(&link, "email");
    assert_eq!((answer.status, answer.code().as_str(), answer.header("retry-after")), (503, "access.not_sent", Some("60")));
    let rows: Value = service.count("SELECT count(*) FROM access_codes").into();
    assert_eq!(rows, 1);
    assert_eq!(service.does("/v1/customers/greta/erase", json!({"despite_open": true})).status, 200);
    assert_eq!(service.count("SELECT count(*) FROM access_codes"), 0);
}
