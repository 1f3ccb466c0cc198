//! Whoever carries text messages and letters, and ways that nobody carries by.

use crate::common::collection::{advance, contacts, letterhead, owes};
use crate::common::receiver::Receiver;
use crate::common::steps::{Shopper as _, code_in, customer, with_policy};
use crate::common::{HandClock, NOON, Service};
use jiff::SignedDuration;
use serde_json::{Value, json};
use std::sync::Arc;
use tempfile::TempDir;
use tresen_core::ladder::Channel;
use tresen_service::{Carriers, Correspondent, Handed, Letters, Parcel, TextMessages, Transport};

const ID: &str = "msg_0190c8f0000070008000000000000001";
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

fn parcel(recipient: &str) -> Parcel {
    Parcel {
        id: ID.to_owned(),
        sender: Correspondent { name: "Kiesel & Lein".to_owned(), email: None },
        recipient: recipient.to_owned(),
        locale: "de".to_owned(),
        subject: String::new(),
        preview: String::new(),
        text: String::new(),
        html: String::new(),
        text_message: "Kiesel & Lein: 100,00 € sind offen – alles in Ordnung?".to_owned(),
        letter: None,
        letterhead: String::new(),
    }
}

fn text(gateway: &TextMessages, recipient: &str) -> Handed {
    Transport::send(gateway, Channel::TextMessage, &parcel(recipient))
}

#[test]
fn a_text_message_is_posted_once_signed_and_named() {
    let bridge = Receiver::ok();
    let gateway = TextMessages::new(&bridge.url(), SECRET).unwrap();
    assert_eq!(text(&gateway, "+49 151 12345678"), Handed::Sent { provider_ref: None });
    let came = bridge.came().pop().unwrap();
    assert_eq!(
        came.json(),
        json!({"id": ID, "kind": "text_message", "to": "+4915112345678", "text": "Kiesel & Lein: 100,00 € sind offen – alles in Ordnung?",
               "locale": "de", "sender": {"name": "Kiesel & Lein"}})
    );
    assert_eq!((came.header("idempotency-key"), came.header("webhook-id")), (ID, ID));
    // The reference library of the scheme reads it, and nobody else's secret fits.
    let headers: http::HeaderMap =
        came.headers.iter().map(|(name, value)| (name.parse::<http::HeaderName>().unwrap(), value.parse().unwrap())).collect();
    standardwebhooks::Webhook::new(SECRET).unwrap().verify(&came.body, &headers).unwrap();
    assert!(standardwebhooks::Webhook::new("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSx").unwrap().verify(&came.body, &headers).is_err());
    assert_eq!(text(&gateway, "0151 12345678"), Handed::Refused("no number that can be written to".into()));
    assert_eq!(bridge.came().len(), 1);
}

#[test]
fn every_answer_of_a_bridge_means_one_thing() {
    for (head, expected) in [
        ("201 Created", Handed::Sent { provider_ref: None }),
        ("400 Bad Request", Handed::Refused("http 400".into())),
        ("422 Unprocessable", Handed::Refused("http 422".into())),
        ("401 Unauthorized", Handed::NotNow("http 401".into())),
        ("404 Not Found", Handed::NotNow("http 404".into())),
        ("429 Too Many Requests", Handed::NotNow("http 429".into())),
        ("503 Service Unavailable", Handed::NotNow("http 503".into())),
        ("302 Found\r\nlocation: http://127.0.0.1:9/", Handed::NotNow("http 302".into())),
        ("500 Internal Server Error", Handed::Unknown("http 500".into())),
        ("504 Gateway Timeout", Handed::Unknown("http 504".into())),
        ("what?", Handed::Unknown("the gateway did not say whether it has taken the message".into())),
    ] {
        let bridge = Receiver::start(move |_, _| Some(head.to_owned()));
        assert_eq!(text(&TextMessages::new(&bridge.url(), SECRET).unwrap(), "+4915112345678"), expected, "{head}");
        assert_eq!(bridge.came().len(), 1, "{head}");
    }
    let nobody = TextMessages::new("http://127.0.0.1:9/", SECRET).unwrap();
    assert_eq!(text(&nobody, "+4915112345678"), Handed::NotNow("the gateway cannot be reached".into()));
}

#[test]
fn a_code_goes_to_a_telephone_by_the_same_bridge() {
    let bridge = Receiver::ok();
    let gateway = TextMessages::new(&bridge.url(), SECRET).unwrap();
    let service = with_policy(Service::start_with(|config| config.adapters.texter = Some(Arc::new(gateway))));
    let session = customer(&service.client, "c");
    service.client.begun(&session, "phone", json!({"phone": "+49 151 12345689"}));
    let came = bridge.came().pop().unwrap().json();
    assert_eq!((&came["kind"], &came["to"]), (&json!("code"), &json!("+4915112345689")));
    let code = code_in(came["text"].as_str().unwrap());
    assert_eq!(service.client.replied(&session, "phone", json!({"code": code}))["state"], "passed");
}

fn names(folder: &TempDir) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_letter_lies_in_its_folder_once_whole_and_described() {
    let folder = tempfile::tempdir().unwrap();
    let letters = Letters::new(folder.path().to_owned()).unwrap();
    let carriers = Carriers { letter: Some(Arc::new(letters)), ..Carriers::default() };
    let service = Service::start_with(|config| config.transport = Some(Arc::new(carriers)));
    letterhead(&service);
    owes(&service, "cus_1", "1", 10_000);
    let contact = json!({"name": {"given": "Jo", "family": "Muster"}, "address": ["Musterweg 1", "24103 Kiel"], "phone": "+4915112345678", "opted_out": ["email"]});
    assert_eq!(service.put("/v1/customers/cus_1/contact", &contact).status, 200);
    advance(&service, 60);
    let letter = contacts(&service).into_iter().find(|one| one.channel == "letter").unwrap();
    let (pdf, about) = (format!("{}.pdf", letter.id), format!("{}.json", letter.id));
    let found = names(&folder);
    assert!(found.contains(&pdf) && found.contains(&about), "{found:?}");
    assert_eq!(
        found.len(),
        1 + 2 * contacts(&service).iter().filter(|one| one.channel == "letter").count(),
        "and nothing half-written: {found:?}"
    );
    let bytes = std::fs::read(folder.path().join(&pdf)).unwrap();
    assert!(bytes.starts_with(b"%PDF-"));
    assert_eq!(bytes, service.client.get(&format!("/v1/messages/{}/pdf", letter.id)).bytes);
    let described: Value = serde_json::from_slice(&std::fs::read(folder.path().join(&about)).unwrap()).unwrap();
    assert_eq!(described["recipient"], json!(["Jo Muster", "Musterweg 1", "24103 Kiel"]));
    assert_eq!(
        (&described["pdf"], &described["postage"], &described["sender"]["name"]),
        (&json!(pdf), &json!("standard"), &json!("Kiesel & Lein"))
    );
    assert!(described["pages"].as_u64().unwrap() >= 1 && described["sha256"].as_str().unwrap().len() == 64, "{described:#}");
}

#[test]
fn a_letter_that_was_taken_away_is_not_put_there_again() {
    let folder = tempfile::tempdir().unwrap();
    let letters = Letters::new(folder.path().to_owned()).unwrap();
    let sent = parcel("Jo Muster, Musterweg 1, 24103 Kiel");
    assert!(matches!(letters.send(Channel::Letter, &sent), Handed::Refused(_)), "no PDF");
    let sent = Parcel { letter: Some("JVBERi0xLjcKMSAwIG9iajw8L1R5cGUgL1BhZ2VzPj4KMiAwIG9iajw8L1R5cGUgL1BhZ2U+Pg==".into()), ..sent };
    assert_eq!(letters.send(Channel::Letter, &sent), Handed::Sent { provider_ref: None });
    let described: Value = serde_json::from_slice(&std::fs::read(folder.path().join(format!("{ID}.json"))).unwrap()).unwrap();
    assert_eq!(described["pages"], 1);
    for end in ["pdf", "json"] {
        std::fs::remove_file(folder.path().join(format!("{ID}.{end}"))).unwrap();
    }
    assert_eq!(letters.send(Channel::Letter, &sent), Handed::Sent { provider_ref: None });
    assert_eq!(names(&folder), [".put"]);
    let outside = Parcel { id: "../msg_x".into(), ..sent.clone() };
    assert!(matches!(letters.send(Channel::Letter, &outside), Handed::Refused(_)));
    drop(std::fs::remove_dir_all(folder.path()));
    let another = Parcel { id: "msg_0190c8f0000070008000000000000002".into(), ..sent };
    assert_eq!(letters.send(Channel::Letter, &another), Handed::NotNow("it could not be put into the folder".into()));
}

#[test]
fn a_way_that_nobody_carries_by_is_closed_and_the_merchant_is_told() {
    let service = Service::start();
    letterhead(&service);
    owes(&service, "cus_1", "1", 10_000);
    let folder = service.stop();
    let clock = HandClock::at(NOON);
    clock.go(SignedDuration::from_hours(24 * 25));
    let gateway = TextMessages::new("http://127.0.0.1:9/", SECRET).unwrap();
    let carriers = Carriers { text_message: Some(Arc::new(gateway)), ..Carriers::default() };
    let service = Service::start_in(folder, clock, |config| {
        config.sandbox = false;
        config.transport = Some(Arc::new(carriers));
    });
    letterhead(&service);
    let claims = || service.client.get("/v1/collection").json()["claims"].clone();
    let why = claims();
    assert_eq!((&why[0]["why_not"]["code"], &why[0]["next"]), (&json!("gate.no_carrier"), &json!(null)), "{why:#}");
    // A telephone has somebody who carries messages there.
    assert_eq!(service.put("/v1/customers/cus_1/contact", &json!({"phone": "+4915112345678"})).status, 200);
    let next = claims();
    assert_eq!((&next[0]["next"]["what"], &next[0]["next"]["channel"]), (&json!("reminder"), &json!("text_message")), "{next:#}");
}
