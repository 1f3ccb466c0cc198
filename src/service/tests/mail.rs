//! Mails that come back: what they say of a message is taken down, and another way is tried.

use crate::common::collection::{advance, contacts, letterhead, owes};
use crate::common::smtp::MailServer;
use crate::common::steps::{Shopper as _, customer, with_policy};
use crate::common::{Answer, Service};
use serde_json::{Value, json};
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::sync::Arc;
use tresen_service::{Smtp, SmtpConfig};

/// A mail of the corpus, about a message of ours
fn mail(name: &str, message: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus/mail");
    std::fs::read_to_string(folder.join(name)).unwrap().replace("msg_0190c8f0000070008000000000000001", message)
}

impl Service {
    fn comes_in(&self, mail: &str) -> Answer {
        let bearer = format!("Bearer {}", self.client.secret);
        self.client.send("POST", "/v1/mail", &[("authorization", bearer.as_str()), ("content-type", "message/rfc822")], mail.as_bytes())
    }

    fn says(&self, mail: &str) -> Value {
        let answer = self.comes_in(mail);
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()
    }
}

/// A first reminder has gone out by mail to somebody who has a telephone too
fn reminded() -> (Service, String) {
    let service = Service::start();
    letterhead(&service);
    owes(&service, "cus_1", "1", 10_000);
    assert_eq!(service.put("/v1/customers/cus_1/contact", &json!({"phone": "+4915112345678"})).status, 200);
    advance(&service, 20);
    let sent = contacts(&service).pop().unwrap();
    assert_eq!((sent.occasion.as_str(), sent.channel.as_str(), sent.state.as_str()), ("reminder", "email", "sent"));
    (service, sent.id)
}

fn state(service: &Service, message: &str) -> (String, Value) {
    let read = service.client.get(&format!("/v1/messages/{message}")).json();
    (read["state"].as_str().unwrap().to_owned(), read["reason"].clone())
}

#[test]
fn a_bounce_is_taken_down_once_and_the_next_way_is_tried() {
    let (service, message) = reminded();
    let said = json!({"message": message, "news": "bounced", "ignored": null});
    assert_eq!(service.says(&mail("gmail_unknown.eml", &message)), said);
    assert_eq!(state(&service, &message), ("bounced".to_owned(), json!("5.1.1")));
    let events = service.events();
    assert_eq!(service.says(&mail("gmail_unknown.eml", &message)), said, "the same again");
    assert_eq!(service.events(), events, "changes nothing");
    assert_eq!(service.count("SELECT count(*) FROM events WHERE type = 'ContactBounced' AND data LIKE '%true%'"), 1);
    advance(&service, 1);
    let next = contacts(&service).pop().unwrap();
    assert_eq!((next.occasion.as_str(), next.channel.as_str(), next.about.contains("\"level\":1")), ("reminder", "text_message", true));
}

#[test]
fn a_server_that_has_given_up_did_not_deliver_either() {
    let (service, message) = reminded();
    assert_eq!(service.says(&mail("postfix_expired.eml", &message))["news"], "bounced");
    assert_eq!(state(&service, &message), ("bounced".to_owned(), json!("4.4.1")), "it is not taken to have arrived");
    assert_eq!(service.count("SELECT count(*) FROM events WHERE type = 'ContactBounced' AND data LIKE '%false%'"), 1);
}

#[test]
fn what_is_no_news_is_left_aside_with_a_reason() {
    let (service, message) = reminded();
    let events = service.events();
    for (name, why) in [
        ("postfix_delayed.eml", "mail.delayed"),
        ("out_of_office.eml", "mail.auto_reply"),
        ("receipt.eml", "mail.receipt"),
        ("a_person.eml", "mail.no_report"),
        ("cut_off.eml", "mail.no_status"),
        ("not_spam.eml", "mail.no_complaint"),
    ] {
        assert_eq!(service.says(&mail(name, &message)), json!({"message": message, "news": null, "ignored": why}), "{name}");
    }
    let nobody = json!({"message": null, "news": null, "ignored": "mail.unknown_message"});
    assert_eq!(service.says(&mail("postfix_unknown.eml", &format!("msg_{}", "0".repeat(32)))), nobody);
    assert_eq!(service.says(&mail("somebody_elses.eml", &message)), nobody);
    assert_eq!(service.says("")["ignored"], "mail.unreadable");
    assert_eq!(service.events(), events);
    assert_eq!(state(&service, &message).0, "sent");
    let json = service.client.post("/v1/mail", "{}");
    assert_eq!((json.status, json.code().as_str()), (415, "body.media_type"));
}

#[test]
fn who_complains_is_written_to_by_mail_no_more() {
    let (service, message) = reminded();
    assert_eq!(service.says(&mail("complaint.eml", &message))["news"], "complained");
    assert_eq!(service.count("SELECT count(*) FROM events WHERE type = 'OptedOut'"), 1);
    advance(&service, 30);
    let after: Vec<String> = contacts(&service).into_iter().skip(2).map(|one| one.channel).collect();
    assert!(!after.is_empty() && after.iter().all(|channel| channel == "text_message"), "{after:?}");
}

#[test]
fn a_bounce_that_is_quicker_than_the_service_comes_again_later() {
    let (service, message) = reminded();
    service.sql().execute("UPDATE contacts SET state = 'sending' WHERE message_id = ?1", [&message]).unwrap();
    let early = service.comes_in(&mail("exim_unknown.eml", &message));
    assert_eq!((early.status, early.code().as_str(), early.header("retry-after")), (503, "mail.too_early", Some("30")));
    service.sql().execute("UPDATE contacts SET state = 'sent' WHERE message_id = ?1", [&message]).unwrap();
    assert_eq!(service.says(&mail("exim_unknown.eml", &message))["news"], "bounced");
}

#[test]
fn a_code_that_came_back_is_waited_for_no_longer() {
    let server = MailServer::friendly();
    let smtp = Smtp::new(&SmtpConfig { url: server.url(), from: Some("post@versand.example".into()), ..SmtpConfig::default() }).unwrap();
    let service = with_policy(Service::start_with(|config| config.adapters.mailer = Some(Arc::new(smtp))));
    let session = customer(&service.client, "c");
    assert_eq!(service.client.begun(&session, "email", json!({}))["state"], "started");
    let message: String = service.sql().query_row("SELECT message_id FROM messages", [], |row| row.get(0)).unwrap();
    assert_eq!(service.says(&mail("exchange_unknown.eml", &message))["news"], "bounced");
    assert_eq!(service.client.state(&session, "email"), "failed");
}

#[test]
fn a_person_who_follows_the_link_has_read_the_mail_and_a_machine_has_not() {
    let service = Service::start_with(|config| config.public_url = "https://shop.example".into());
    letterhead(&service);
    let (claim, _) = owes(&service, "cus_1", "1", 10_000);
    advance(&service, 20);
    let sent = contacts(&service).pop().unwrap();
    let read = || service.client.get(&format!("/v1/messages/{}", sent.id)).json();
    let text = read()["text"].as_str().unwrap().to_owned();
    let path = format!("/pay/{}", &text.split("https://shop.example/pay/").nth(1).unwrap()[..16]);
    let events = service.events();
    let browser = [
        ("user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"),
        ("sec-fetch-dest", "document"),
        ("sec-fetch-mode", "navigate"),
        ("sec-fetch-user", "?1"),
    ];
    let ahead: Vec<(&str, &str)> = browser.iter().copied().chain([("sec-purpose", "prefetch")]).collect();
    for headers in [&[][..], &ahead, &browser[..3]] {
        assert_eq!(service.client.send("GET", &path, headers, b"").status, 200, "{headers:?}");
    }
    let head = browser.iter().fold(format!("HEAD {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n"), |head, (name, value)| {
        format!("{head}{name}: {value}\r\n")
    });
    let mut stream = std::net::TcpStream::connect(service.address).unwrap();
    stream.write_all(format!("{head}\r\n").as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert_eq!((service.events(), read()["opened"].clone()), (events, json!(null)), "not known is not unopened");

    assert_eq!(service.client.send("GET", &path, &browser, b"").status, 200);
    let message = read();
    assert_eq!((&message["opened"], &message["state"]), (&json!("person"), &json!("delivered")));
    assert_ne!(service.receivable(&claim)["level"]["term_until"], json!(null), "who has followed it has it");
    let events = service.events();
    assert_eq!(service.client.send("GET", &path, &browser, b"").status, 200);
    assert_eq!(service.events(), events, "noted once");
    let others = service.count("SELECT count(*) FROM contacts WHERE visited_ms IS NOT NULL");
    assert_eq!(others, 1, "only of the message that brought the link");
}
