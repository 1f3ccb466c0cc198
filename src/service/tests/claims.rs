//! What the merchant does about a claim: credit, withdrawal, write-off, waiver, holds.

use crate::common::Service;
use crate::common::collection::{advance, letterhead, owes};
use crate::common::money::{told, with};
use crate::common::shop::{Order, eur};
use jiff::SignedDuration;
use serde_json::{Value, json};

fn path(claim: &str, what: &str) -> String {
    format!("/v1/receivables/{claim}/{what}")
}

#[test]
fn a_credit_note_takes_off_what_is_owed_and_gives_back_what_was_paid() {
    let service = Service::start();
    let (claim, reference) = service.claim("cus_1", "1", 10_000);
    service.comes(&with(told("17", 8_000), "remittance", reference.as_str()));
    let notes = path(&claim, "credit-notes");
    let note = |minor: i64| json!({"amount": eur(minor), "reason": "return"});
    assert_eq!(service.refuses(|| service.does(&notes, note(10_001))), (409, "credit_note.over_principal".to_owned()));
    assert_eq!(service.refuses(|| service.does(&notes, note(0))), (422, "amount.not_positive".to_owned()));
    let francs = json!({"amount": {"minor": 1, "currency": "CHF"}, "reason": "return"});
    assert_eq!(service.refuses(|| service.does(&notes, francs)), (422, "amount.currency".to_owned()));
    assert_eq!(service.refuses(|| service.does(&notes, json!({"amount": eur(1), "reason": "whim"}))).1, "body.invalid");
    assert_eq!(service.refuses(|| service.does("/v1/receivables/rcv_1/credit-notes", note(1))), (404, "receivable.unknown".to_owned()));
    let left = service.done(&notes, note(1_500));
    assert_eq!((&left["balance"], &left["items"]), (&eur(500), &json!([{"kind": "principal", "open": eur(500)}])));
    let ended = service.done(&notes, note(3_000));
    assert_eq!((&ended["balance"], &ended["ending"], &ended["settled_on"]), (&eur(0), &json!("credited"), &Value::Null));
    assert_eq!(service.client.account("cus_1")["credit"], eur(2_500), "what was paid for it is the customer's own again");
}

#[test]
fn a_credit_note_under_one_key_is_one_credit_note() {
    let service = Service::start();
    let (claim, _) = service.claim("cus_1", "1", 10_000);
    let body = json!({"amount": eur(1_000), "reason": "goodwill"}).to_string();
    let send = |body: &str| service.client.post_with(&path(&claim, "credit-notes"), body, &[("idempotency-key", "one")]);
    let first = send(&body);
    assert_eq!((first.status, send(&body).bytes), (200, first.bytes.clone()));
    assert_eq!(send(&body.replace("1000", "1001")).code(), "idempotency.key_reused");
    assert_eq!(service.receivable(&claim)["balance"], eur(9_000));
}

#[test]
fn whoever_withdraws_owes_nothing_and_has_what_was_paid() {
    let service = Service::start();
    let (claim, reference) = service.claim("cus_1", "1", 10_000);
    service.comes(&with(told("17", 3_000), "remittance", reference.as_str()));
    let left = service.done(&path(&claim, "withdrawal"), json!({}));
    assert_eq!((&left["balance"], &left["ending"], &left["holds"]), (&eur(0), &json!("withdrawn"), &json!([])));
    assert_eq!(service.client.account("cus_1")["credit"], eur(3_000));
    assert_eq!(service.refuses(|| service.does(&path(&claim, "withdrawal"), json!({}))), (409, "receivable.ended".to_owned()));
    assert_eq!(service.refuses(|| service.does(&path(&claim, "withdrawal"), json!({"on": "2026-11-21"}))).1, "body.invalid");
    let session = service.client.session_of("cus_1");
    let answer = service.client.confirmed(&session, &Order::new("2", "prepayment", 1_000));
    let facts = service.client.get(&format!("/v1/decisions/{}", answer["decision_id"].as_str().unwrap())).json()["facts"].clone();
    assert_eq!(facts["history.orders_paid"], 0, "an order that was sent back is no order that was paid");
}

#[test]
fn what_is_forgiven_or_not_expected_ends() {
    let service = Service::start();
    let (claim, _) = service.claim("cus_1", "1", 10_000);
    let waive = path(&claim, "waive");
    assert_eq!(service.refuses(|| service.does(&waive, json!({"what": "costs"}))), (409, "receivable.ended".to_owned()), "there are none");
    assert_eq!(
        service.refuses(|| service.does(&waive, json!({"what": "debt", "amount": eur(10_001)}))),
        (409, "ledger.more_than_there".to_owned())
    );
    assert_eq!(service.done(&waive, json!({"what": "debt", "amount": eur(1_000)}))["balance"], eur(9_000));
    let off = path(&claim, "write-off");
    assert_eq!(service.refuses(|| service.does(&off, json!({"amount": eur(-1)}))), (422, "amount.not_positive".to_owned()));
    assert_eq!(service.done(&off, json!({"amount": eur(4_000)}))["ending"], Value::Null);
    assert_eq!(service.done(&off, json!({}))["ending"], "written_off");
    assert_eq!(service.refuses(|| service.does(&off, json!({}))), (409, "receivable.ended".to_owned()));
    let account = service.client.account("cus_1");
    assert_eq!((&account["open_balance"], &account["receivables"][0]["amount"]), (&eur(0), &eur(10_000)));
    let kinds: Vec<Value> =
        service.receivable(&claim)["timeline"].as_array().unwrap().iter().map(|happened| happened["type"].clone()).collect();
    assert_eq!(kinds, ["ReceivableCreated", "DueDateSet", "DebtWaived", "WrittenOff", "WrittenOff"]);
}

#[test]
fn a_hold_is_in_force_until_it_is_released_or_its_day_has_passed() {
    let service = Service::start();
    let (claim, _) = service.claim("cus_1", "1", 10_000);
    let (other, _) = service.claim("cus_2", "2", 10_000);
    let holds = |customer: &str| format!("/v1/customers/{customer}/holds");
    let pause = json!({"reason": "manual_pause"});
    assert_eq!(service.refuses(|| service.does(&holds("cus_9"), pause.clone())), (404, "customer.unknown".to_owned()));
    assert_eq!(service.refuses(|| service.does(&holds("cus_1"), json!({"reason": "plan_active"}))), (422, "hold.derived".to_owned()));
    for wrong in ["2026-11-20", "2200-01-01", "2026-02-30", "20261224"] {
        let until = with(pause.clone(), "until", wrong);
        assert_eq!(service.refuses(|| service.does(&holds("cus_1"), until)), (422, "hold.until".to_owned()), "{wrong}");
    }
    let anothers = with(pause.clone(), "receivable", other.as_str());
    assert_eq!(service.refuses(|| service.does(&holds("cus_1"), anothers)), (404, "receivable.unknown".to_owned()));

    let placed = service.does(&holds("cus_1"), json!({"reason": "insolvency"}));
    assert_eq!(placed.status, 201, "{}", placed.text());
    let one = with(with(pause.clone(), "receivable", claim.as_str()), "until", "2026-11-22");
    assert_eq!(service.does(&holds("cus_1"), one).status, 201);
    let reasons =
        || -> Vec<Value> { service.receivable(&claim)["holds"].as_array().unwrap().iter().map(|hold| hold["reason"].clone()).collect() };
    assert_eq!(reasons(), ["insolvency", "manual_pause"]);
    assert_eq!(service.receivable(&other)["holds"], json!([]));
    service.clock.go(SignedDuration::from_hours(48));
    assert_eq!(reasons(), ["insolvency"]);
    let hold = placed.json()["hold"].as_str().unwrap().to_owned();
    let release = |customer: &str| format!("{}/{hold}/release", holds(customer));
    assert_eq!(service.refuses(|| service.does(&release("cus_2"), json!({}))), (404, "hold.unknown".to_owned()), "another's");
    assert_eq!(service.done(&release("cus_1"), json!({}))["state"], "released");
    assert_eq!(service.refuses(|| service.does(&release("cus_1"), json!({}))), (404, "hold.unknown".to_owned()));
    assert!(reasons().is_empty());
    assert_eq!(service.does(&holds("cus_1"), with(pause, "until", "2199-12-31")).status, 201, "the last day of the calendar");
}

#[test]
fn all_that_was_done_is_derived_anew_from_the_events() {
    let service = Service::start();
    let (claim, reference) = service.claim("cus_1", "1", 10_000);
    service.comes(&with(told("17", 12_000), "remittance", reference.as_str()));
    service.does(&path(&claim, "credit-notes"), json!({"amount": eur(500), "reason": "error"}));
    service.does("/v1/customers/cus_1/holds", json!({"reason": "not_my_debt"}));
    let before = (service.client.account("cus_1"), service.receivable(&claim));
    let mut config = crate::common::config(&service.folder);
    config.clock = std::sync::Arc::<crate::common::HandClock>::clone(&service.clock);
    tresen_service::App::open(config).unwrap().rebuild("demo").unwrap();
    assert_eq!((service.client.account("cus_1"), service.receivable(&claim)), before);
    assert_eq!(before.0["credit"], eur(2_500));
}

#[test]
fn a_claim_is_one_file_with_everything_that_happened_and_why_it_was_decided() {
    let service = Service::start();
    let (claim, reference) = service.claim("cus_1", "1", 10_000);
    service.comes(&with(told("17", 4_000), "remittance", reference.as_str()));
    service.done(&path(&claim, "credit-notes"), json!({"amount": eur(1_000), "reason": "return"}));
    let hold = json!({"reason": "hardship", "until": "2026-12-24", "receivable": claim});
    assert_eq!(service.does("/v1/customers/cus_1/holds", hold).status, 201);
    let file = service.client.get(&path(&claim, "file")).json();
    assert_eq!((&file["kind"], &file["language"]), (&json!("tresen.claim_file"), &json!("de")));
    let record = service.receivable(&claim);
    assert_eq!(file["claim"]["balance"], record["balance"]);
    let words: Vec<&str> = file["history"].as_array().unwrap().iter().map(|event| event["words"].as_str().unwrap()).collect();
    assert_eq!(
        words,
        ["Bestellt auf Rechnung", "Zahlungstermin: 7. Dezember 2026", "Zahlung angerechnet", "Gutschrift", "Sperre: Härtefall"],
        "as many as in the timeline: {}",
        record["timeline"]
    );
    assert_eq!(file["history"].as_array().unwrap().len(), record["timeline"].as_array().unwrap().len());
    assert_eq!((&file["history"][2]["amount"], &file["history"][2]["event"]["type"]), (&eur(4_000), &json!("PaymentAllocated")));
    assert!(file["decision"]["explanation"]["title"].is_string() && file["decision"]["why_not"].is_null(), "{:#}", file["decision"]);
    // The claim's stream with four events, and the payment's with two.
    assert_eq!(file["chain"], json!({"whole": true, "events": 6, "broken_at": null}));
    let english = service.client.get(&path(&claim, "file?locale=en-GB")).json();
    assert_eq!((&english["language"], &english["history"][4]["words"]), (&json!("en"), &json!("Hold: hardship")));
    assert_eq!(service.client.get("/v1/receivables/rcv_1/file").code(), "receivable.unknown");
    assert_eq!(service.client.get_as_browser(&path(&claim, "file")).code(), "auth.secret_key_needed");
}

#[test]
fn the_file_is_a_document_to_read_for_whoever_asks_for_one() {
    let service = Service::start();
    let (claim, _) = service.claim("cus_1", "<b>1</b>", 10_000);
    let bearer = format!("Bearer {}", service.client.secret);
    let read = |query: &str| {
        let accept = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8";
        service.client.send("GET", &path(&claim, query), &[("authorization", &bearer), ("accept", accept)], b"")
    };
    let document = read("file");
    assert_eq!(document.header("content-type"), Some("text/html; charset=utf-8"));
    assert!(document.header("content-security-policy").unwrap().starts_with("default-src 'none'"));
    let text = document.text();
    for part in [
        "<html lang=\"de\">",
        "Akte zur Bestellung &lt;b&gt;1&lt;/b&gt;",
        "100,00\u{a0}€",
        "Bestellt auf Rechnung",
        "Die Entscheidung",
        "21. November 2026",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains("<b>1") && !text.contains("<script"), "{text}");
    assert!(read("file?locale=en").text().contains("File of order"));
}

#[test]
fn the_file_says_where_somebody_changed_the_past() {
    let service = Service::start();
    let (claim, _) = service.claim("cus_1", "1", 10_000);
    let stream = format!("receivable/{claim}");
    // As somebody would who has the database: what keeps it from happening goes first.
    let sql = service.sql();
    sql.execute_batch("DROP TRIGGER events_are_never_changed").unwrap();
    let changed = sql.execute("UPDATE events SET effective_date = '2026-11-20' WHERE stream = ?1 AND seq = 2", [&stream]).unwrap();
    assert_eq!(changed, 1);
    let file = service.client.get(&path(&claim, "file")).json();
    assert_eq!(file["chain"], json!({"whole": false, "events": 2, "broken_at": {"stream": stream, "seq": 2}}));
}

#[test]
fn of_an_erased_person_the_file_keeps_what_happened_and_no_reasons() {
    let service = Service::start();
    let (claim, reference) = service.claim("cus_1", "1", 10_000);
    service.comes(&with(told("17", 10_000), "remittance", reference.as_str()));
    assert_eq!(service.does("/v1/customers/cus_1/erase", json!({})).status, 200);
    let file = service.client.get(&path(&claim, "file")).json();
    assert_eq!((&file["decision"]["explanation"], &file["decision"]["why_not"]), (&Value::Null, &json!("person.erased")));
    assert_eq!(file["chain"]["whole"], true);
}

#[test]
fn the_file_holds_every_text_that_was_sent_about_the_claim() {
    let service = Service::start();
    letterhead(&service);
    let (claim, _) = owes(&service, "cus_1", "1", 10_000);
    let (other, _) = owes(&service, "cus_2", "2", 5_000);
    advance(&service, 25);
    let file = service.client.get(&path(&claim, "file")).json();
    let messages = file["messages"].as_array().unwrap();
    assert!(messages.len() >= 2, "{messages:#?}");
    assert!(messages.iter().all(|message| message["to"] == "cus_1@example.org" && message["text"].as_str().unwrap().len() > 100));
    assert_eq!(service.client.get(&path(&other, "file")).json()["messages"][0]["to"], "cus_2@example.org");
    let bearer = format!("Bearer {}", service.client.secret);
    let document = service.client.send("GET", &path(&claim, "file"), &[("authorization", &bearer), ("accept", "text/html")], b"").text();
    assert!(document.contains("Was geschrieben wurde") && document.contains(messages[0]["subject"].as_str().unwrap()), "{document}");
}
