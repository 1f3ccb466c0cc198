//! The run on the tenant's own clock: what is written to whom, when, and what is not.

use crate::common::Service;
use crate::common::books;
use crate::common::chance::Chance;
use crate::common::collection::{Postman, advance, contacts, letterhead, owes};
use crate::common::money::{told, with};
use crate::common::shop::{Order, eur};
use jiff::SignedDuration;
use serde_json::{Value, json};
use std::sync::Arc;
use tresen_service::Handed;

/// The day, the occasion, the channel and the state of everything that was written
fn story(service: &Service) -> Vec<(String, String, String, String)> {
    contacts(service).into_iter().map(|one| (one.day, one.occasion, one.channel, one.state)).collect()
}

fn told_of(story: &[(String, String, String, String)]) -> Vec<(&str, &str)> {
    story.iter().map(|(day, occasion, _, _)| (day.as_str(), occasion.as_str())).collect()
}

#[test]
fn a_claim_that_nobody_pays_is_reminded_of_three_times_and_then_a_human_decides() {
    let service = Service::start_with(|config| config.public_url = "https://shop.example".into());
    letterhead(&service);
    let (claim, _) = owes(&service, "cus_1", "1", 10_000);
    advance(&service, 70);
    let story = story(&service);
    // Due on Monday, 7 December. The note counts as a contact, so the first reminder comes seven days later; it takes a day and gives six,
    // until Friday, the 18th; the second one gives nine from the 20th.
    assert_eq!(
        told_of(&story),
        [("2026-12-04", "note"), ("2026-12-11", "reminder"), ("2026-12-19", "reminder"), ("2026-12-30", "reminder")],
        "{story:#?}"
    );
    assert!(story.iter().all(|(_, _, channel, state)| channel == "email" && state == "sent"), "{story:#?}");
    let record = service.receivable(&claim);
    assert_eq!((&record["level"]["number"], &record["level"]["last"]), (&json!(3), &json!(true)));
    assert_ne!(record["default_since"], json!(null), "the second one named the day");
    let tasks = service.client.get("/v1/tasks").json()["tasks"].as_array().unwrap().clone();
    assert_eq!(tasks.len(), 1, "{tasks:#?}");
    assert_eq!(
        (&tasks[0]["kind"], &tasks[0]["customer"], &tasks[0]["receivable"]),
        (&json!("propose_placement"), &json!("cus_1"), &json!(claim))
    );

    let messages = service.client.get("/v1/sandbox/messages").json()["messages"].as_array().unwrap().clone();
    assert_eq!(messages.len(), 4);
    let last = service.client.get(&format!("/v1/messages/{}", messages[0]["id"].as_str().unwrap())).json();
    assert_eq!((&last["amount"], &last["to"], &last["about"][0]["level"]), (&eur(10_000), &json!("cus_1@example.org"), &json!(3)));
    let text = last["text"].as_str().unwrap();
    assert!(text.contains("100,00") && text.contains("DE89 3704 0044 0532 0130 00") && text.contains("Kiesel & Lein GmbH"), "{text}");
    assert!(text.contains("https://shop.example/pay/"), "{text}");
    let html = service.client.get(&format!("/v1/messages/{}/html", last["id"].as_str().unwrap()));
    assert_eq!((html.status, html.header("content-type")), (200, Some("text/html; charset=utf-8")));
    assert_eq!(service.client.get(&format!("/v1/messages/{}/pdf", last["id"].as_str().unwrap())).status, 404, "it was no letter");

    let done = service.done(&format!("/v1/tasks/{}/done", tasks[0]["id"].as_str().unwrap()), json!({"outcome": "done"}));
    assert_ne!(done["done_at"], json!(null));
    advance(&service, 30);
    assert_eq!(service.client.get("/v1/tasks").json()["tasks"], json!([]), "asked once");
    assert_eq!(contacts(&service).len(), 4);
}

#[test]
fn who_pays_a_day_before_the_reminder_gets_a_receipt_and_no_reminder() {
    let service = Service::start();
    letterhead(&service);
    let (_, reference) = owes(&service, "cus_1", "1", 10_000);
    advance(&service, 19);
    service.comes(&with(with(told("1", 10_000), "remittance", reference.as_str()), "value_date", "2026-12-10"));
    advance(&service, 60);
    assert_eq!(told_of(&story(&service)), [("2026-12-04", "note"), ("2026-12-10", "thanks")]);
}

#[test]
fn a_reminder_that_crossed_a_payment_is_taken_back_with_an_apology() {
    let service = Service::start();
    letterhead(&service);
    let (claim, reference) = owes(&service, "cus_1", "1", 10_000);
    advance(&service, 21);
    assert_eq!(service.receivable(&claim)["level"]["number"], 1);
    service.comes(&with(with(told("1", 10_000), "remittance", reference.as_str()), "value_date", "2026-12-10"));
    advance(&service, 0);
    let story = story(&service);
    assert_eq!(told_of(&story), [("2026-12-04", "note"), ("2026-12-11", "reminder"), ("2026-12-12", "crossed")], "{story:#?}");
    assert_eq!(service.count("SELECT count(*) FROM events WHERE type IN ('ContactCrossed', 'LevelReset')"), 2);
    advance(&service, 0);
    advance(&service, 40);
    assert_eq!(contacts(&service).len(), 3, "one payment is answered once");
}

#[test]
fn a_telephone_is_not_woken_to_say_thank_you() {
    let service = Service::start();
    letterhead(&service);
    let session = service.client.session(&json!({"customer": {"reference": "cus_1", "signed_in": true}}));
    let order = Order { contact: json!({"phone": "+4915112345678"}), ..Order::new("1", "invoice", 10_000) };
    let reference = service.client.confirmed(&session, &order)["receivable"]["reference"].as_str().unwrap().to_owned();
    let (_, by_mail) = owes(&service, "cus_2", "2", 10_000);
    let after = |hours: i64| {
        service.clock.go(SignedDuration::from_hours(hours));
        advance(&service, 0);
        contacts(&service).iter().map(|one| one.channel.clone()).collect::<Vec<_>>()
    };
    // Saturday at 21 in Berlin; Sunday at 13; Monday a minute before 8, and at 8.
    assert!(after(8).is_empty());
    service.comes(&with(told("1", 10_000), "remittance", reference.as_str()));
    service.comes(&with(told("2", 10_000), "remittance", by_mail.as_str()));
    assert_eq!(after(0), ["email"], "a mail lies there quietly");
    assert_eq!(after(16), ["email"]);
    service.clock.go(SignedDuration::from_mins(-1));
    assert_eq!(after(19), ["email"]);
    service.clock.go(SignedDuration::from_mins(1));
    assert_eq!(after(0), ["email", "text_message"]);
}

/// The newest message, as it was sent
fn newest(service: &Service) -> String {
    service.client.get("/v1/sandbox/messages").json()["messages"][0]["text"].as_str().unwrap().to_owned()
}

fn tasks(service: &Service) -> Vec<Value> {
    service.client.get("/v1/tasks").json()["tasks"].as_array().unwrap().clone()
}

#[test]
fn what_is_paid_too_much_is_told_to_the_customer_and_waits_for_a_human_until_it_has_gone_back() {
    let service = Service::start();
    letterhead(&service);
    let (claim, reference) = owes(&service, "cus_1", "1", 10_000);
    advance(&service, 2);
    service.comes(&with(with(told("1", 10_000), "remittance", reference.as_str()), "value_date", "2026-11-23"));
    advance(&service, 0);
    assert!(!newest(&service).contains("mehr gezahlt") && tasks(&service).is_empty(), "not a cent is left");

    let paid = service.comes(&with(with(told("2", 1), "remittance", reference.as_str()), "value_date", "2026-11-23"));
    advance(&service, 0);
    let task = tasks(&service).remove(0);
    let told_of = [&task["kind"], &task["customer"], &task["reason"]].map(|one| one.as_str().unwrap());
    assert_eq!(told_of, ["surplus", "cus_1", paid["id"].as_str().unwrap()]);

    let (_, reference) = owes(&service, "cus_2", "2", 10_000);
    let paid = service.comes(&with(with(told("3", 11_000), "remittance", reference.as_str()), "value_date", "2026-11-23"));
    advance(&service, 0);
    let text = newest(&service);
    assert!(text.contains("110,00") && text.contains("Sie haben 10,00\u{a0}€ mehr gezahlt, als offen war."), "{text}");
    assert_eq!(tasks(&service).len(), 2);
    let refund = |minor: i64, key: &str| {
        let body = json!({"payment": paid["id"], "amount": eur(minor)}).to_string();
        service.client.post_with("/v1/refunds", &body, &[("idempotency-key", key)]).json()["refund"].as_str().unwrap().to_owned()
    };
    let first = refund(999, "a");
    advance(&service, 0);
    assert_eq!(tasks(&service).len(), 2, "a cent is left");
    refund(1, "b");
    advance(&service, 0);
    assert_eq!(tasks(&service).len(), 1, "nothing is");
    service.done(&format!("/v1/refunds/{first}/outcome"), json!({"outcome": "failed"}));
    advance(&service, 0);
    assert_eq!(tasks(&service).len(), 2, "it has come back");
    assert_eq!(service.receivable(&claim)["ending"], "paid");
}

#[test]
fn nobody_is_told_that_nothing_was_heard_who_has_paid_since() {
    // Of a message that crossed the payment we have said that it should not have come.
    for (paid_on, says) in [(None, true), (Some("2026-12-18"), false), (Some("2026-12-19"), false), (Some("2026-12-20"), false)] {
        let service = Service::start();
        letterhead(&service);
        let (_, reference) = owes(&service, "cus_1", "1", 10_000);
        advance(&service, 30);
        if let Some(day) = paid_on {
            service.comes(&with(with(told("1", 4_000), "remittance", reference.as_str()), "value_date", day));
        }
        advance(&service, 15);
        let text = newest(&service);
        assert!(text.contains("oder sagen Sie uns, was Ihnen passt."), "{text}");
        assert_eq!(text.contains("haben wir noch nichts von Ihnen gehört"), says, "{paid_on:?}: {text}");
    }
}

#[test]
fn who_pays_on_the_day_of_the_reminder_is_thanked() {
    let service = Service::start();
    letterhead(&service);
    let (_, reference) = owes(&service, "cus_1", "1", 10_000);
    advance(&service, 20);
    service.comes(&with(with(told("1", 10_000), "remittance", reference.as_str()), "value_date", "2026-12-11"));
    advance(&service, 40);
    assert_eq!(told_of(&story(&service)), [("2026-12-04", "note"), ("2026-12-11", "reminder"), ("2026-12-11", "thanks")]);
}

#[test]
fn what_is_paid_between_planning_and_sending_is_not_sent() {
    let postman = Arc::new(Postman::default());
    let service = Service::start_with(|config| config.transport = Some(Arc::<Postman>::clone(&postman)));
    letterhead(&service);
    let (claim, reference) = owes(&service, "cus_1", "1", 10_000);
    advance(&service, 19);
    postman.answers(Handed::NotNow("the relay is down".into()));
    advance(&service, 1);
    assert_eq!(story(&service).last().unwrap().3, "intended");
    assert_eq!(service.receivable(&claim)["level"]["number"], 0, "nothing has left");
    postman.answers(Handed::Sent { provider_ref: None });
    service.comes(&with(with(told("1", 10_000), "remittance", reference.as_str()), "value_date", "2026-12-11"));
    advance(&service, 1);
    let story = story(&service);
    assert_eq!(
        story.iter().map(|one| (one.1.as_str(), one.3.as_str())).collect::<Vec<_>>(),
        [("note", "sent"), ("reminder", "suppressed"), ("thanks", "sent")]
    );
    assert_eq!(postman.carried(), 2);
}

#[test]
fn the_same_run_twice_does_nothing_twice() {
    let service = Service::start();
    letterhead(&service);
    for customer in 0..5 {
        owes(&service, &format!("cus_{customer}"), &format!("o{customer}"), 10_000);
    }
    advance(&service, 20);
    let (before, events) = (contacts(&service).len(), service.events());
    for _ in 0..3 {
        advance(&service, 0);
    }
    assert_eq!((contacts(&service).len(), service.events()), (before, events));
    assert_eq!(before, 10);
}

#[test]
fn what_came_back_is_tried_another_way_and_a_machine_is_no_person() {
    let service = Service::start();
    letterhead(&service);
    let (claim, _) = owes(&service, "cus_1", "1", 10_000);
    let details = json!({"name": {"given": "Alex", "family": "Beispiel"}, "address": ["Musterstraße 1", "12345 Musterstadt"], "phone": "+4915112345678"});
    assert_eq!(service.put("/v1/customers/cus_1/contact", &details).status, 200);
    advance(&service, 20);
    let reminder = contacts(&service).pop().unwrap();
    assert_eq!((reminder.occasion.as_str(), reminder.channel.as_str()), ("reminder", "email"));
    let path = format!("/v1/messages/{}/delivery", reminder.id);
    assert_eq!(service.done(&path, json!({"news": "opened_by_machine"}))["opened"], "machine");
    assert_eq!(service.receivable(&claim)["level"]["term_until"], json!(null), "a machine says nothing");
    assert_eq!(service.done(&path, json!({"news": "bounced"}))["state"], "bounced");
    advance(&service, 0);
    let again = contacts(&service).pop().unwrap();
    assert_eq!((again.channel.as_str(), again.state.as_str()), ("text_message", "sent"), "the same level another way");
    assert_eq!(service.receivable(&claim)["level"]["number"], 1);
    let path = format!("/v1/messages/{}/delivery", again.id);
    assert_eq!(service.done(&path, json!({"news": "opened"}))["opened"], "person");
    assert_ne!(service.receivable(&claim)["level"]["term_until"], json!(null), "who has read it has it");
    assert_eq!(service.done(&path, json!({"news": "complained"}))["state"], "delivered");
    advance(&service, 30);
    let last = contacts(&service).pop().unwrap();
    assert_eq!((last.channel.as_str(), last.state.as_str()), ("letter", "sent"), "mail was no way for that level, texts are not wanted");
    let pdf = service.client.get(&format!("/v1/messages/{}/pdf", last.id));
    assert!(pdf.bytes.starts_with(b"%PDF"), "{}", pdf.status);
}

/// What was written in the end, customer by customer, and the level of each claim
fn final_set(service: &Service) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = contacts(service).into_iter().map(|one| (one.occasion, levels(&one.about))).collect();
    all.sort();
    all
}

fn levels(about: &str) -> String {
    let about: Vec<Value> = serde_json::from_str(about).unwrap();
    about.iter().map(|one| one["level"].to_string()).collect::<Vec<_>>().join("+")
}

#[test]
fn an_outage_of_three_days_is_caught_up_with_once_and_ends_in_the_same() {
    let days = |outages: &[i64]| {
        let service = Service::start();
        letterhead(&service);
        for customer in 0..4 {
            owes(&service, &format!("cus_{customer}"), &format!("o{customer}"), 10_000);
        }
        let mut day = 0;
        while day < 75 {
            let step = if outages.contains(&day) { 4 } else { 1 };
            service.clock.go(jiff::SignedDuration::from_hours(24 * step));
            advance(&service, 0);
            day += step;
        }
        final_set(&service)
    };
    let without = days(&[]);
    assert_eq!(without.len(), 16, "a note and three levels each: {without:?}");
    // Over the first reminder, and over the end of a term.
    assert_eq!(days(&[18]), without);
    assert_eq!(days(&[19, 29, 40]), without);
}

#[test]
fn whatever_the_days_and_payments_nobody_is_written_to_more_often_than_the_house_allows() {
    let mut written = 0;
    for seed in 1..=4_u64 {
        let mut chance = Chance::new(seed);
        let service = Service::start();
        letterhead(&service);
        let mut open: Vec<String> = Vec::new();
        let mut payments = 0;
        // All within the first days: who is late gets no invoice any more.
        for number in 0..7 {
            let customer = format!("cus_{}", chance.below(3));
            let minor = 1_000 + i64::try_from(chance.below(4_000)).unwrap();
            open.push(owes(&service, &customer, &format!("o{number}"), minor).1);
            advance(&service, u16::try_from(chance.below(2)).unwrap());
        }
        for _ in 0..30 {
            if chance.below(5) == 0 {
                let reference = &open[chance.below(open.len())];
                payments += 1;
                let today = service.client.get("/v1/sandbox/clock").json()["today"].clone();
                let minor = 300 + i64::try_from(chance.below(3_000)).unwrap();
                service.comes(&with(with(told(&payments.to_string(), minor), "remittance", reference.as_str()), "value_date", today));
            }
            if let Some(last) = contacts(&service).last().filter(|last| last.state == "sent" && chance.below(4) == 0) {
                let news = ["delivered", "bounced", "opened", "opened_by_machine"][chance.below(4)];
                assert_eq!(service.does(&format!("/v1/messages/{}/delivery", last.id), json!({"news": news})).status, 200);
            }
            service.clock.go(jiff::SignedDuration::from_mins(i64::try_from(chance.below(600)).unwrap()));
            advance(&service, u16::try_from(chance.below(5)).unwrap());
        }
        written += books::nobody_is_pestered(&contacts(&service)).unwrap_or_else(|broken| panic!("seed {seed}: {broken:?}"));
        let sql = service.sql();
        let twice: i64 = sql
            .query_row("SELECT count(*) FROM (SELECT 1 FROM events WHERE type = 'LevelRaised' GROUP BY stream, json_extract(data, '$.to'), json_extract(data, '$.due_date') HAVING count(*) > 1)", [], |row| row.get(0))
            .unwrap();
        assert_eq!(twice, 0, "seed {seed}: a level is raised once for a due date");
    }
    assert!(written > 40, "hardly anything was written: {written}");
}
