//! What a customer asks for in their account: what comes of it, what is acknowledged, who has to look, and how it is taken back.

use crate::common::collection::{advance, contacts, letterhead, owes};
use crate::common::money::{told, with};
use crate::common::shop::{Order, eur};
use crate::common::steps::Shopper as _;
use crate::common::{Answer, Service};
use jiff::SignedDuration;
use serde_json::{Value, json};

pub const DAY: SignedDuration = SignedDuration::from_hours(24);

impl Service {
    /// Asks for something under a key
    pub fn wants(&self, token: &str, key: &str, body: &Value) -> Answer {
        let headers = [("content-type", "application/json"), ("idempotency-key", key)];
        self.client.send("POST", &format!("/v1/accounts/{token}/requests"), &headers, body.to_string().as_bytes())
    }

    /// Asks for something that is answered with that outcome
    pub fn gets(&self, token: &str, outcome: &str, body: &Value) -> Value {
        let key = format!("req-{}", self.count("SELECT count(*) FROM idempotency"));
        let answer = self.wants(token, &key, body);
        assert_eq!(answer.status, 200, "{}", answer.text());
        let json = answer.json();
        assert_eq!(json["outcome"], outcome, "{json:#}");
        json
    }

    /// Asks for something that cannot be; why
    fn denies(&self, token: &str, body: &Value) -> String {
        self.gets(token, "refused", body)["why"].as_str().unwrap().to_owned()
    }

    fn waiting(&self) -> Vec<Value> {
        self.client.get("/v1/tasks").json()["tasks"].as_array().unwrap().clone()
    }

    pub fn last_mail(&self) -> Value {
        self.client.messages()[0].clone()
    }
}

/// Greta owes 100.00, and her account is open
pub fn greta() -> (Service, String, String) {
    let service = Service::start();
    letterhead(&service);
    let (claim, _) = owes(&service, "greta", "order-5512", 10_000);
    let token = service.access("greta", &json!({"minutes": 1440}));
    (service, claim, token)
}

fn held(view: &Value, claim: &str) -> Value {
    view["claims"].as_array().unwrap().iter().find(|one| one["receivable"] == claim).unwrap()["why"].clone()
}

pub fn of(kind: &str, claim: &str) -> Value {
    json!({"kind": kind, "receivable": claim})
}

#[test]
fn a_dispute_stops_the_reminders_asks_a_human_and_is_acknowledged_and_taken_back() {
    let (service, claim, token) = greta();
    let body = with(with(of("dispute", &claim), "reason", "defective"), "text", "Die Decke hat ein Loch.");
    let answered = service.gets(&token, "noted", &body);
    let view = &answered["view"];
    assert_eq!((&held(view, &claim), &view["claims"][0]["state"]), (&json!("dispute"), &json!("in_clarification")));
    assert_eq!((&view["owed"], &view["asked"], &view["transfer"]), (&eur(10_000), &eur(0), &Value::Null));
    assert_eq!(service.receivable(&claim)["holds"], json!([{"reason": "dispute", "until": null}]));
    let tasks = service.waiting();
    assert_eq!(tasks.len(), 1);
    let task = &tasks[0];
    assert_eq!((&task["kind"], &task["receivable"], &task["reason"]), (&json!("dispute"), &json!(claim), &json!("defective")));
    assert_eq!((&task["customer"], &task["request"]["text"]), (&json!("greta"), &json!("Die Decke hat ein Loch.")));
    let mail = service.last_mail();
    assert_eq!((&mail["to"], &mail["subject"]), (&json!("greta@example.org"), &json!("Ihre Nachricht an Kiesel & Lein")));
    let text = mail["text"].as_str().unwrap();
    for said in [
        "order-5512",
        "100,00\u{a0}€",
        "„Die Decke hat ein Loch.“",
        "21. November 2026 um 13:00 Uhr",
        answered["request"].as_str().unwrap(),
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let kept = service.count("SELECT count(*) FROM events WHERE data LIKE '%Loch%'")
        + service.count("SELECT count(*) FROM idempotency WHERE body LIKE '%Loch%'");
    assert_eq!(kept, 0, "the words lie under the key alone");
    let actors = "SELECT count(*) FROM events WHERE type IN ('DisputeRaised', 'RequestMade', 'TaskCreated') AND json_extract(actor, '$.kind') = 'shopper'";
    assert_eq!(service.count(actors), 3);

    advance(&service, 40);
    assert!(contacts(&service).is_empty(), "nobody reminds");
    let token = service.access("greta", &json!({}));
    assert_eq!(service.denies(&token, &with(of("dispute", &claim), "reason", "other")), "dispute.raised");
    let request = service.sees(&token)["requests"].as_array().unwrap().iter().find(|one| one["outcome"] == "noted").unwrap().clone();
    assert_eq!((&request["request"], &request["take_back"]), (&answered["request"], &json!(true)));
    let back = json!({"kind": "take_back", "request": request["request"]});
    let view = service.gets(&token, "granted", &back)["view"].clone();
    assert_eq!((&held(&view, &claim), &view["asked"]), (&Value::Null, &eur(10_000)));
    assert_eq!(service.denies(&token, &back), "take_back.done");
    assert_eq!(service.waiting(), Vec::<Value>::new(), "nobody has to look any more");
    assert!(service.last_mail()["text"].as_str().unwrap().contains("(Einwand)"));
}

#[test]
fn a_part_may_be_disputed_up_to_all_of_it() {
    let (service, claim, token) = greta();
    let dispute = |minor: i64| with(with(of("dispute", &claim), "reason", "wrong_amount"), "amount", eur(minor));
    assert_eq!(service.denies(&token, &dispute(10_001)), "dispute.bounds");
    assert_eq!(service.denies(&token, &dispute(0)), "dispute.bounds");
    service.gets(&token, "noted", &dispute(4_000));
    assert_eq!(service.denies(&token, &dispute(6_001)), "dispute.bounds");
    service.gets(&token, "noted", &dispute(6_000));
    assert_eq!(service.denies(&token, &dispute(1)), "dispute.raised");
    let other = with(dispute(1), "amount", json!({"minor": 1, "currency": "USD"}));
    assert_eq!(service.wants(&token, "usd", &other).code(), "amount.currency");
    let disputed = "SELECT sum(json_extract(data, '$.amount.minor')) FROM events WHERE type = 'DisputeRaised'";
    assert_eq!(service.count(disputed), 10_000);
}

#[test]
fn the_same_key_does_it_once_and_another_input_is_refused() {
    let (service, claim, token) = greta();
    let body = with(of("dispute", &claim), "reason", "other");
    let first = service.wants(&token, "k", &body);
    let events = service.events();
    let mails = service.client.messages().len();
    let again = service.wants(&token, "k", &body);
    assert_eq!((first.json()["request"].clone(), again.status), (again.json()["request"].clone(), 200));
    assert_eq!((service.events(), service.client.messages().len()), (events, mails));
    let next = service.access("greta", &json!({}));
    assert_eq!(service.wants(&next, "k", &body).json()["request"], first.json()["request"], "also after the page was opened anew");
    let other = service.refuses(|| service.wants(&token, "k", &json!({"kind": "hardship"})));
    assert_eq!(other, (409, "idempotency.key_reused".to_owned()));
    let without = service.client.send(
        "POST",
        &format!("/v1/accounts/{token}/requests"),
        &[("content-type", "application/json")],
        body.to_string().as_bytes(),
    );
    assert_eq!((without.status, without.code().as_str()), (400, "idempotency.key_missing"));
    // The shop's own keys, and another customer's, are others.
    owes(&service, "otto", "order-9", 5_000);
    let otto = service.access("otto", &json!({}));
    assert_eq!(service.wants(&otto, "k", &json!({"kind": "hardship"})).status, 200);
    assert_eq!(service.wants(&otto, "key-order-9", &json!({"kind": "message", "text": "Hallo"})).status, 200);
}

#[test]
fn a_withdrawal_is_taken_at_once_and_confirmed_with_its_words_and_the_minute() {
    let (service, claim, token) = greta();
    for bad in ["g.sommer", "g@example.net\nBcc: all@example.org", ""] {
        let body = with(of("withdrawal", &claim), "email", bad);
        assert_eq!(service.refuses(|| service.wants(&token, "bad", &body)), (422, "step.email_malformed".to_owned()), "{bad}");
    }
    let body = with(with(of("withdrawal", &claim), "name", "Greta Sommer"), "email", "g.sommer@example.net");
    let body = with(body, "text", "Kaufen Sie bei evil.example");
    let view = service.gets(&token, "noted", &body)["view"].clone();
    assert_eq!(held(&view, &claim), "withdrawal_open");
    assert_eq!(view["menu"]["withdrawal"], Value::Null);
    let mail = service.last_mail();
    assert_eq!(mail["to"], "g.sommer@example.net", "where the customer says");
    let text = mail["text"].as_str().unwrap();
    for said in ["Hiermit widerrufe ich den Vertrag über die Bestellung order-5512 vom 21. November 2026", "Greta Sommer", "um 13:00 Uhr"]
    {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(!text.contains("evil.example"), "to a stranger goes nothing that somebody else has worded: {text}");
    assert_eq!(service.waiting()[0]["request"]["text"], "Kaufen Sie bei evil.example");
    let document = &view["documents"][0];
    assert_eq!((&document["kind"], &document["name"]), (&json!("withdrawal"), &json!("Widerruf, 21. November 2026")));
    let read = service.client.send("GET", document["url"].as_str().unwrap(), &[], b"");
    assert_eq!((read.status, read.header("content-type"), read.text().as_str()), (200, Some("text/plain; charset=utf-8"), text));
    assert_eq!(service.count("SELECT count(*) FROM events WHERE type = 'WithdrawalReceived'"), 1);
    assert_eq!(service.waiting()[0]["kind"], "withdrawal");
    assert_eq!(service.denies(&token, &of("withdrawal", &claim)), "withdrawal.made");
    let requests = service.sees(&token)["requests"].clone();
    assert!(requests.as_array().unwrap().iter().all(|one| one["take_back"] == false), "a statement that has come in stays: {requests:#}");
    let last = &requests[requests.as_array().unwrap().len() - 1]["request"];
    assert_eq!(service.denies(&token, &json!({"kind": "take_back", "request": last})), "take_back.over");
    service.done(&format!("/v1/receivables/{claim}/withdrawal"), json!({}));
    assert_eq!(service.sees(&token)["owed"], eur(0), "the shop credits it");
}

#[test]
fn a_withdrawal_whose_confirmation_reaches_nobody_is_a_task() {
    let service = Service::start();
    letterhead(&service);
    let session = service.client.guest_session("visit-1", None);
    let claim = service.client.confirmed(&session, &Order::new("g1", "invoice", 5_000))["receivable"]["id"].as_str().unwrap().to_owned();
    let token = service.client.post("/v1/guests/visit-1/access", "{}").json()["token"].as_str().unwrap().to_owned();
    service.gets(&token, "noted", &of("withdrawal", &claim));
    let mut kinds: Vec<String> = service.waiting().iter().map(|task| task["kind"].as_str().unwrap().to_owned()).collect();
    kinds.sort();
    assert_eq!(kinds, ["acknowledge", "withdrawal"]);
    assert!(service.client.messages().is_empty());
}

#[test]
fn a_withdrawal_that_comes_too_late_is_noted_for_a_human_and_holds_nothing() {
    let (service, claim, token) = greta();
    service.done(&format!("/v1/receivables/{claim}/delivery"), json!({"on": "2026-11-21"}));
    assert_eq!(
        service.sees(&token)["menu"]["withdrawal"]["receivables"][0]["until"],
        "2026-12-07",
        "a Saturday and a Sunday do not end it"
    );
    service.clock.go(DAY * 17);
    let token = service.access("greta", &json!({}));
    assert_eq!(service.sees(&token)["menu"]["why_not"]["withdrawal"], "withdrawal.over");
    let view = service.gets(&token, "noted", &of("withdrawal", &claim))["view"].clone();
    assert_eq!((&held(&view, &claim), &service.waiting()[0]["reason"]), (&Value::Null, &json!("withdrawal.over")));
    assert!(service.last_mail()["text"].as_str().unwrap().contains("Ihr Widerruf ist bei uns eingegangen"), "confirmed all the same");
    assert_eq!(service.denies(&token, &of("withdrawal", &claim)), "withdrawal.made");
}

#[test]
fn a_return_and_a_payment_that_was_made_pause_for_a_while_and_once() {
    let (service, claim, token) = greta();
    let view = service.gets(&token, "noted", &with(of("return", &claim), "text", "Eine von zwei Decken"))["view"].clone();
    assert_eq!(held(&view, &claim), "complaint_review");
    assert_eq!(service.receivable(&claim)["holds"], json!([{"reason": "complaint_review", "until": "2026-12-05"}]));
    assert_eq!(service.denies(&token, &of("return", &claim)), "return.told");
    let body = with(with(of("paid_already", &claim), "on", "2026-11-20"), "reference", "RF00");
    service.gets(&token, "noted", &body);
    assert_eq!(service.denies(&token, &of("paid_already", &claim)), "paid_already.told");
    assert_eq!(service.wants(&token, "day", &with(body, "on", "gestern")).code(), "request.day");
    assert_eq!(service.waiting().len(), 2);
    service.clock.go(DAY * 15);
    let token = service.access("greta", &json!({}));
    assert_eq!(held(&service.sees(&token), &claim), Value::Null, "both have passed");
    service.comes(&with(told("p", 10_000), "customer", "greta"));
    assert_eq!(service.denies(&token, &json!({"kind": "paid_already"})), "paid_already.nothing_open");
    assert_eq!(service.denies(&token, &of("return", &claim)), "return.nothing_open");
}

#[test]
fn who_says_that_money_is_tight_has_quiet_and_advice() {
    let (service, claim, token) = greta();
    let view = service.gets(&token, "granted", &json!({"kind": "hardship", "text": "Kurzarbeit"}))["view"].clone();
    assert_eq!((&held(&view, &claim), &view["asked"]), (&json!("hardship"), &eur(10_000)), "paying stays possible");
    let text = service.last_mail()["text"].as_str().unwrap().to_owned();
    assert!(text.contains("21. Dezember 2026") && text.contains("meine-schulden.de"), "{text}");
    assert_eq!(
        (service.waiting()[0]["kind"].as_str(), service.denies(&token, &json!({"kind": "hardship"})).as_str()),
        (Some("hardship"), "hardship.told")
    );
    let request = view["requests"][0]["request"].clone();
    let view = service.gets(&token, "granted", &json!({"kind": "take_back", "request": request}))["view"].clone();
    assert_eq!(held(&view, &claim), Value::Null);
}

#[test]
fn who_is_not_meant_or_has_somebody_who_speaks_for_them_is_left_alone() {
    let (service, claim, token) = greta();
    service.gets(
        &token,
        "noted",
        &json!({"kind": "representative", "name": "Schuldnerberatung Kiel", "contact": "beratung@example.org", "text": "Az. 7"}),
    );
    assert_eq!(service.receivable(&claim)["holds"], json!([{"reason": "representative", "until": null}]));
    let text = service.last_mail()["text"].as_str().unwrap().to_owned();
    assert!(text.contains("Schuldnerberatung Kiel, beratung@example.org") && text.contains("„Az. 7“"), "{text}");
    service.gets(&token, "noted", &of("not_mine", &claim));
    let view = service.gets(&token, "noted", &of("not_mine", &claim))["view"].clone();
    assert_eq!(held(&view, &claim), "not_my_debt");
    assert_eq!(service.count("SELECT count(*) FROM events WHERE type = 'HoldPlaced'"), 2, "the same again changes nothing");
    advance(&service, 40);
    assert!(contacts(&service).is_empty());
    assert_eq!(service.waiting().len(), 3, "but is read");
}

#[test]
fn a_word_to_a_human_is_a_task_with_the_words_and_the_number() {
    let (service, _, token) = greta();
    let events = service.count("SELECT count(*) FROM events WHERE type = 'HoldPlaced'");
    service.gets(&token, "noted", &json!({"kind": "message", "text": "Wann kommt der Rest?", "phone": "0431 123"}));
    let task = service.waiting()[0].clone();
    assert_eq!(
        (&task["kind"], &task["request"]["text"], &task["request"]["phone"]),
        (&json!("message"), &json!("Wann kommt der Rest?"), &json!("0431 123"))
    );
    let text = service.last_mail()["text"].as_str().unwrap().to_owned();
    assert!(text.contains("Mo–Sa 8–20 Uhr") && !text.contains("jetzt"), "with the hours, but not how it stands for a moment: {text}");
    assert_eq!(service.count("SELECT count(*) FROM events WHERE type = 'HoldPlaced'"), events);
    let long = "x".repeat(2_001);
    assert_eq!(service.wants(&token, "long", &json!({"kind": "message", "text": long})).status, 422);
    assert_eq!(service.wants(&token, "fits", &json!({"kind": "message", "text": &long[1..]})).status, 200);
}

#[test]
fn a_day_is_named_within_bounds_and_taken_back() {
    let (service, claim, token) = greta();
    let promise = |date: &str| json!({"kind": "promise", "date": date});
    for day in ["2026-11-20", "2026-12-22"] {
        assert_eq!(service.denies(&token, &promise(day)), "promise.day", "{day}");
    }
    let answered = service.gets(&token, "granted", &promise("2026-12-21"));
    assert_eq!(held(&answered["view"], &claim), "promise_pending");
    assert_eq!(answered["view"]["menu"]["why_not"]["promise"], "promise.made");
    assert!(service.last_mail()["text"].as_str().unwrap().contains("Sie zahlen 100,00\u{a0}€ bis zum 21. Dezember 2026."));
    let view = service.gets(&token, "granted", &json!({"kind": "take_back", "request": answered["request"]}))["view"].clone();
    assert_eq!((&held(&view, &claim), &view["menu"]["promise"]["until"]), (&Value::Null, &json!("2026-12-21")));
}

#[test]
fn a_due_date_is_moved_once_and_back() {
    let (service, claim, token) = greta();
    let deferral = |until: &str| with(of("deferral", &claim), "until", until);
    assert_eq!(service.denies(&token, &deferral("2026-12-07")), "deferral.day");
    assert_eq!(service.denies(&token, &deferral("2027-01-06")), "deferral.day");
    let answered = service.gets(&token, "granted", &deferral("2027-01-05"));
    assert_eq!(answered["view"]["claims"][0]["due_date"], "2027-01-05");
    assert_eq!(service.denies(&token, &deferral("2027-01-20")), "deferral.used");
    assert!(service.last_mail()["text"].as_str().unwrap().contains("bis zum 5. Januar 2027 Zeit. Das kostet nichts."));
    let view = service.gets(&token, "granted", &json!({"kind": "take_back", "request": answered["request"]}))["view"].clone();
    assert_eq!((&view["claims"][0]["due_date"], &held(&view, &claim)), (&json!("2026-12-07"), &Value::Null));
    assert_eq!(view["menu"]["why_not"]["deferral"], "deferral.used", "what was used is used");
}

/// Greta's claim is due, so that rates are no credit
fn due() -> (Service, String, String) {
    let (service, claim, _) = greta();
    service.clock.go(DAY * 17);
    let token = service.access("greta", &json!({}));
    (service, claim, token)
}

#[test]
fn a_plan_is_agreed_to_in_text_form_and_its_hash_is_that_of_the_document() {
    let (service, claim, token) = due();
    let plan = |rates: u8, first: &str| json!({"kind": "plan", "rates": rates, "first": first});
    for (rates, first, why) in [
        (1, "2026-12-15", "plan.rates"),
        (11, "2026-12-15", "plan.rates"),
        (3, "2026-12-08", "plan.first"),
        (3, "2027-01-08", "plan.first"),
    ] {
        assert_eq!(service.denies(&token, &plan(rates, first)), why, "{rates} {first}");
    }
    let answered = service.gets(&token, "granted", &plan(3, "2026-12-15"));
    let view = &answered["view"];
    let rate = |due: &str, minor: i64| json!({"due": due, "amount": eur(minor), "paid": eur(0)});
    assert_eq!((&view["claims"][0]["state"], &held(view, &claim)), (&json!("planned"), &json!(null)));
    assert_eq!(view["claims"][0]["plan"], json!([rate("2026-12-15", 3_334), rate("2027-01-15", 3_333), rate("2027-02-15", 3_333)]));
    assert_eq!((&view["asked"], &view["owed"]), (&eur(3_334), &eur(10_000)));
    let document = service.client.send("GET", view["documents"][0]["url"].as_str().unwrap(), &[], b"");
    let hash = tresen_wire::decision::hex(&tresen_wire::decision::hash(&document.bytes));
    let agreed = format!("SELECT count(*) FROM events WHERE type = 'PlanAccepted' AND json_extract(data, '$.plan_hash') = '{hash}'");
    assert_eq!(service.count(&agreed), 1, "{}", document.text());
    assert_eq!(service.last_mail()["text"].as_str().unwrap(), document.text(), "the same by mail");
    for said in ["100,00\u{a0}€ in 3 Raten", "1. Rate: 33,34\u{a0}€ bis zum 15. Dezember 2026", "order-5512", "keine Zinsen"] {
        assert!(document.text().contains(said), "{said}: {}", document.text());
    }
    assert_eq!(service.denies(&token, &plan(3, "2026-12-15")), "plan.in_force");
    let view = service.gets(&token, "granted", &json!({"kind": "take_back", "request": answered["request"]}))["view"].clone();
    assert_eq!((&view["claims"][0]["plan"], &view["claims"][0]["due_date"]), (&Value::Null, &json!("2026-12-07")));
}

#[test]
fn a_plan_of_which_a_rate_was_paid_or_is_over_is_not_taken_back() {
    let (service, _, token) = due();
    let answered = service.gets(&token, "granted", &json!({"kind": "plan", "rates": 2, "first": "2026-12-15"}));
    let back = json!({"kind": "take_back", "request": answered["request"]});
    service.clock.go(DAY * 7);
    let token = service.access("greta", &json!({}));
    assert_eq!(service.sees(&token)["requests"][0]["take_back"], true, "on the day of the first rate");
    service.clock.go(DAY);
    let token = service.access("greta", &json!({}));
    assert_eq!(service.denies(&token, &back), "take_back.over");
    let (service, claim, token) = due();
    let answered = service.gets(&token, "granted", &json!({"kind": "plan", "rates": 2, "first": "2026-12-15"}));
    let statement = service.client.get(&format!("/v1/accounts/{token}/documents/{claim}")).text();
    assert!(statement.contains("\nNächste Rate bis\t15. Dezember 2026\n"), "not all of it by then: {statement}");
    service.comes(&with(told("p", 1), "customer", "greta"));
    assert_eq!(service.denies(&token, &json!({"kind": "take_back", "request": answered["request"]})), "take_back.over");
}

#[test]
fn nobody_asks_about_what_is_somebody_elses_or_with_what_has_ended() {
    let (service, _, token) = greta();
    let (others, _) = owes(&service, "otto", "order-9", 5_000);
    let otto = service.access("otto", &json!({"minutes": 1}));
    for kind in ["return", "withdrawal", "not_mine", "paid_already"] {
        let foreign = service.refuses(|| service.wants(&token, kind, &of(kind, &others)));
        assert_eq!(foreign, (404, "receivable.unknown".to_owned()), "{kind}");
    }
    let ottos = service.gets(&otto, "noted", &with(of("dispute", &others), "reason", "other"));
    let back = json!({"kind": "take_back", "request": ottos["request"]});
    assert_eq!(service.refuses(|| service.wants(&token, "back", &back)), (404, "request.unknown".to_owned()));
    let url = ottos["view"]["documents"][0]["url"].as_str().unwrap().to_owned();
    let id = url.rsplit('/').next().unwrap();
    let foreign = service.client.send("GET", &format!("/v1/accounts/{token}/documents/{id}"), &[], b"");
    assert_eq!((foreign.status, foreign.code().as_str()), (404, "document.unknown"));
    service.clock.go(SignedDuration::from_mins(1));
    assert_eq!(service.refuses(|| service.wants(&otto, "late", &json!({"kind": "hardship"}))), (410, "account.over".to_owned()));
    assert_eq!(service.client.send("GET", &url, &[], b"").code(), "account.over");
    for (body, code) in [
        (json!({"kind": "escape"}), "body.invalid"),
        (json!({"kind": "hardship", "until": "2027-01-01"}), "body.invalid"),
        (json!({}), "body.invalid"),
    ] {
        assert_eq!(service.refuses(|| service.wants(&token, "bad", &body)), (400, code.to_owned()), "{body}");
    }
}

#[test]
fn twenty_requests_an_hour_are_enough_and_what_was_said_goes_with_the_person() {
    let (service, _, token) = greta();
    for number in 0..20 {
        service.gets(&token, "noted", &json!({"kind": "message", "text": format!("Nachricht {number}")}));
    }
    let much = service.refuses(|| service.wants(&token, "21", &json!({"kind": "message", "text": "Noch eine"})));
    assert_eq!(much, (429, "account.too_many_requests".to_owned()));
    service.clock.go(SignedDuration::from_hours(1));
    assert_eq!(service.wants(&token, "22", &json!({"kind": "message", "text": "Noch eine"})).status, 200);
    assert_eq!(service.does("/v1/customers/greta/erase", json!({"despite_open": true})).status, 200);
    assert_eq!(service.count("SELECT count(*) FROM requests"), 0);
    assert!(service.waiting().iter().all(|task| task["request"].is_null() && task["customer"].is_null()));
}
