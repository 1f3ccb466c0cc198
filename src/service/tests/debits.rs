//! SEPA direct debits: signed in the account, handed to the bank as a file, settled, sent back, called off; twice, at once, and in the wrong order.

use crate::common::books::accounts_are_sound;
use crate::common::collection::{POLICY, Written, advance, contacts, owes};
use crate::common::money::{told, with};
use crate::common::shop::eur;
use crate::common::steps::Shopper as _;
use crate::common::{Answer, Service};
use crate::paying::quiet;
use serde_json::{Value, json};
use tresen_core::date::Date;

const IBAN: &str = "AT61 1904 3002 3457 3201";

/// A shop whose bank takes direct debits, announced five days before
pub fn collects() -> Service {
    let service = Service::start();
    let answer = service.client.post("/v1/policies", &policy(&json!({"methods": [{"id": "sepa_debit", "provider": "sepa"}]})).to_string());
    assert_eq!(answer.status, 201, "{}", answer.text());
    service
}

pub fn policy(settlement: &Value) -> Value {
    let mut policy: Value = serde_json::from_str(&POLICY).unwrap();
    policy["merchant"]["creditor_id"] = json!("DE98ZZZ09999999999");
    policy["merchant"]["debit_notice_days"] = json!(5);
    policy["settlement"] = settlement.clone();
    policy
}

pub fn debit(minor: i64) -> Value {
    json!({"kind": "debit", "amount": eur(minor), "holder": "Jörg Müßig", "iban": IBAN, "from": "2026-11-26"})
}

impl Service {
    /// Greta, or whoever it is, owes so much and signs for it: the claim, the access and the debit
    fn signs(&self, customer: &str, minor: i64) -> (String, String, String) {
        let (claim, _) = owes(self, customer, &format!("order-{customer}"), minor);
        let token = self.access(customer, &json!({"minutes": 1440}));
        self.gets(&token, "granted", &debit(minor));
        let debit = self.debits().into_iter().max_by_key(|debit| debit["debit"] == self.newest_debit()).unwrap();
        (claim, token, debit["debit"].as_str().unwrap().to_owned())
    }

    fn newest_debit(&self) -> Value {
        let sql = self.sql();
        json!(
            sql.query_row("SELECT debit_id FROM debits JOIN pay_sessions USING (payment_id) ORDER BY number DESC LIMIT 1", [], |row| {
                row.get::<_, String>(0)
            })
            .unwrap()
        )
    }

    fn debits(&self) -> Vec<Value> {
        self.client.get("/v1/debits").json()["debits"].as_array().unwrap().clone()
    }

    fn hands_in(&self) -> Value {
        let key = format!("batch-{}", self.count("SELECT count(*) FROM idempotency"));
        let answer = self.client.post_with("/v1/debits/batches", "{}", &[("idempotency-key", &key)]);
        assert_eq!(answer.status, 201, "{}", answer.text());
        answer.json()
    }

    fn tells_of(&self, debit: &str, body: Value) -> Answer {
        self.does(&format!("/v1/debits/{debit}/outcome"), body)
    }

    fn state_of(&self, debit: &str) -> (String, Option<String>) {
        let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
        self.sql().query_row("SELECT state, reason FROM debits WHERE debit_id = ?1", [debit], row).unwrap()
    }

    fn still_owed(&self, claim: &str) -> i64 {
        self.receivable(claim)["balance"]["minor"].as_i64().unwrap()
    }

    fn mail(&self) -> String {
        self.client.messages()[0]["text"].as_str().unwrap().to_owned()
    }

    fn waits_for_a_human(&self) -> Vec<String> {
        let tasks = self.client.get("/v1/tasks").json()["tasks"].as_array().unwrap().clone();
        tasks.iter().map(|task| task["kind"].as_str().unwrap().to_owned()).collect()
    }

    fn is_sound(&self) {
        accounts_are_sound(&self.sql(), Date::parse("2027-06-01").unwrap(), 0).unwrap();
    }
}

fn state(debit: &str) -> (String, Option<String>) {
    (debit.to_owned(), None)
}

/// Debits are signed, taken back, paid otherwise and handed in: a batch, and a debit of it
pub fn a_batch(service: &Service) -> (String, String) {
    let settlement = json!({"methods": [{"id": "sepa_debit", "provider": "sepa"}]});
    assert_eq!(service.client.post("/v1/policies", &policy(&settlement).to_string()).status, 201);
    let mut signed = Vec::new();
    for customer in ["ann", "ben", "cora"] {
        owes(service, customer, &format!("d-{customer}"), 5_000);
        let token = service.access(customer, &json!({"minutes": 1440}));
        let from = service.sees(&token)["menu"]["debit"]["from"].clone();
        let view = service.gets(&token, "granted", &with(debit(5_000), "from", from));
        signed.push((token, view["request"].clone()));
    }
    service.gets(&signed[0].0, "granted", &json!({"kind": "take_back", "request": signed[0].1}));
    service.comes(&with(told("for-cora", 5_000), "customer", "cora"));
    service.looks_after_payments();
    service.debits();
    advance(service, 4);
    let batch = service.hands_in();
    let name = |value: &Value| value.as_str().unwrap().to_owned();
    (name(&batch["batch"]), name(&batch["debits"][0]["debit"]))
}

/// A batch is settled, and a debit of it sent back
pub fn a_busy_day(service: &Service) {
    let (name, id) = a_batch(service);
    assert_eq!(service.client.get(&format!("/v1/debits/batches/{name}")).status, 200);
    service.done(&format!("/v1/debits/batches/{name}/settled"), json!({"on": "2026-11-24"}));
    service.done(&format!("/v1/debits/{id}/outcome"), json!({"outcome": "returned", "reason": "MD06"}));
}

#[test]
fn while_a_debit_is_on_its_way_no_provider_takes_anything_and_none_is_offered() {
    let (service, _provider) = quiet();
    let methods = json!({"methods": [{"id": "card", "provider": "sandbox"}, {"id": "sepa_debit", "provider": "sepa"}]});
    assert_eq!(service.client.post("/v1/policies", &policy(&methods).to_string()).status, 201);
    let (claim, _) = owes(&service, "greta", "order-1", 10_000);
    let (token, link) = (service.access("greta", &json!({"minutes": 1440})), service.link_of(&claim));
    let offered = || (service.sees(&token)["menu"]["methods"].clone(), service.shown_by(&link)["methods"].clone());
    let card = json!([{"id": "card", "provider": "sandbox"}]);
    assert_eq!(offered(), (card.clone(), card.clone()));
    let signed = service.gets(&token, "granted", &debit(4_000));
    assert_eq!(offered(), (json!([]), json!([])), "one who came there would be sent back");
    let refused = service.wants_to_pay(&link, &json!({"method": "card"}));
    assert_eq!(refused.json()["why"], "under_way", "{}", refused.text());
    service.gets(&token, "granted", &json!({"kind": "take_back", "request": signed["request"]}));
    assert_eq!(offered(), (card.clone(), card));
}

#[test]
fn who_signs_is_told_the_day_and_the_mandate_and_is_not_reminded() {
    let service = collects();
    let (claim, _) = owes(&service, "greta", "order-5512", 10_000);
    let token = service.access("greta", &json!({"minutes": 1440}));
    let room = service.sees(&token)["menu"]["debit"].clone();
    assert_eq!((&room["from"], &room["until"]), (&json!("2026-11-26"), &json!("2026-12-03")));
    let mandate = room["mandate"].as_str().unwrap();
    for said in ["Kiesel & Lein GmbH", "DE98ZZZ09999999999", "acht Wochen", "einmalig", "weniger als 14 Tage"] {
        assert!(mandate.contains(said), "{said}: {mandate}");
    }
    let view = service.gets(&token, "granted", &debit(10_000))["view"].clone();
    assert_eq!((&view["menu"]["debit"], &view["requests"][0]["take_back"]), (&Value::Null, &json!(true)));
    assert_eq!((&view["payments"][0]["state"], &view["claims"][0]["why"]), (&json!("pending"), &json!("payment_pending")));
    assert_eq!((&view["payments"][0]["on"], &view["payments"][0]["method"]), (&json!("2026-12-03"), &json!("sepa_debit")));
    let (mail, id) = (service.mail(), service.newest_debit());
    for said in
        ["100,00\u{a0}€", "AT61 •••• •••• •••• 3201", "26. November 2026", "3. Dezember 2026", mandate, "Jörg Müßig", id.as_str().unwrap()]
    {
        assert!(mail.contains(said), "{said}: {mail}");
    }
    assert!(!mail.contains("1904"), "an account number is not sent about");
    assert_eq!(view["documents"][0]["kind"], "debit");
    let kept = service.count("SELECT count(*) FROM events WHERE data LIKE '%AT61%'")
        + service.count("SELECT count(*) FROM idempotency WHERE body LIKE '%AT61%'")
        + service.count("SELECT count(*) FROM debits WHERE debit_id LIKE '%AT61%'");
    assert_eq!(kept, 0, "the account lies under the key alone");
    // Until it is settled, or nobody has told for a fortnight, nobody reminds of it.
    advance(&service, 3);
    service.hands_in();
    advance(&service, 21);
    assert!(contacts(&service).is_empty());
    assert_eq!(service.still_owed(&claim), 10_000);
}

#[test]
fn what_cannot_be_is_refused_and_leaves_nothing() {
    let service = collects();
    let (claim, _) = owes(&service, "greta", "1", 10_000);
    let token = service.access("greta", &json!({}));
    let why = |body: Value| service.gets(&token, "refused", &body)["why"].as_str().unwrap().to_owned();
    assert_eq!(why(debit(10_001)), "debit.amount");
    assert_eq!(why(debit(0)), "debit.amount");
    for day in ["2026-11-25", "2026-11-27", "tomorrow"] {
        assert_eq!(why(with(debit(1), "from", day)), "debit.day");
    }
    let wrong = |body: &Value| {
        let headers = [("content-type", "application/json"), ("idempotency-key", "k")];
        let answer = service.client.send("POST", &format!("/v1/accounts/{token}/requests"), &headers, body.to_string().as_bytes());
        (answer.status, answer.code())
    };
    for (name, part, code) in [
        ("iban", json!("AT61 1904 3002 3457 3202"), "iban.check_digits"),
        ("iban", json!("CH9300762011623852957"), "iban.not_debited"),
        ("holder", json!(" "), "debit.holder"),
        ("amount", json!({"minor": 1, "currency": "CHF"}), "amount.currency"),
    ] {
        assert_eq!(wrong(&with(debit(1), name, part)), (422, code.to_owned()));
    }
    assert_eq!(
        wrong(&with(debit(1), "receivables", json!(["rcv_00000000000000000000000000000000"]))),
        (404, "receivable.unknown".to_owned())
    );
    assert_eq!(service.count("SELECT (SELECT count(*) FROM debits) + (SELECT count(*) FROM pay_sessions)"), 0);
    // A cent and everything are taken; a second one is not, for one holds what is owed.
    service.gets(&token, "granted", &with(debit(1), "receivables", json!([claim])));
    assert_eq!(why(debit(1)), "debit.under_way");
    // Whoever is not offered one has none.
    for settlement in [
        json!({"deferral": false}),
        json!({"methods": [{"id": "sepa_debit", "provider": "sepa", "when": {"fact": "case.amount_open", "operator": "lessThan", "value": "1.00 EUR"}}]}),
    ] {
        assert_eq!(service.client.post("/v1/policies", &policy(&settlement).to_string()).status, 201);
        owes(&service, "otto", &settlement.to_string().len().to_string(), 5_000);
        let token = service.access("otto", &json!({}));
        assert_eq!(service.sees(&token)["menu"]["debit"], Value::Null);
        assert_eq!(service.gets(&token, "refused", &debit(1))["why"], "debit.not_offered");
    }
}

#[test]
fn what_was_taken_back_is_never_handed_in_and_what_was_handed_in_is_not_taken_back() {
    let service = collects();
    let (claim, token, id) = service.signs("greta", 10_000);
    let request = service.sees(&token)["requests"][0]["request"].clone();
    let back = json!({"kind": "take_back", "request": request});
    let view = service.gets(&token, "granted", &back)["view"].clone();
    assert_eq!(service.state_of(&id), ("cancelled".to_owned(), Some("taken_back".to_owned())));
    assert_eq!((&view["claims"][0]["why"], &view["menu"]["debit"]["from"]), (&Value::Null, &json!("2026-11-26")));
    advance(&service, 4);
    assert_eq!(service.hands_in()["batch"], Value::Null);
    // Another one, for what is offered by then, and the bank has it.
    let token = service.access("greta", &json!({"minutes": 1440}));
    let from = service.sees(&token)["menu"]["debit"]["from"].clone();
    assert_eq!(from, "2026-11-30");
    service.gets(&token, "granted", &with(debit(10_000), "from", from));
    advance(&service, 1);
    let batch = service.hands_in();
    assert_eq!(
        (&batch["total"], &batch["debits"][0]["state"], &batch["debits"][0]["collected_on"]),
        (&eur(10_000), &json!("submitted"), &json!("2026-11-30"))
    );
    let token = service.access("greta", &json!({"minutes": 1440}));
    let view = service.sees(&token);
    assert_eq!(view["requests"][0]["take_back"], false);
    let back = json!({"kind": "take_back", "request": view["requests"][0]["request"]});
    assert_eq!(service.gets(&token, "refused", &back)["why"], "take_back.over");
    assert_eq!(service.still_owed(&claim), 10_000);
    service.is_sound();
}

#[test]
fn a_batch_is_handed_in_once_and_its_money_is_booked_once() {
    let service = collects();
    let (first, _, one) = service.signs("greta", 10_000);
    let (second, _, two) = service.signs("otto", 2_500);
    assert_eq!(service.hands_in(), json!({"batch": null, "total": eur(0), "debits": []}), "nothing is to be with the bank today");
    advance(&service, 3);
    let send = |key: &str| service.client.post_with("/v1/debits/batches", "{}", &[("idempotency-key", key)]);
    let (batch, again, other) = (send("k").json(), send("k").json(), send("l").json());
    assert_eq!((&batch, &other["batch"]), (&again, &Value::Null), "what is in a batch is in no other");
    assert_eq!((&batch["total"], batch["debits"].as_array().unwrap().len()), (&eur(12_500), 2));
    assert_eq!(service.client.post("/v1/debits/batches", "{}").code(), "idempotency.key_missing");
    let name = batch["batch"].as_str().unwrap();
    let file = service.client.get(&format!("/v1/debits/batches/{name}"));
    assert_eq!((file.status, file.header("content-type")), (200, Some("application/xml; charset=utf-8")));
    assert_eq!(file.text(), service.client.get(&format!("/v1/debits/batches/{name}")).text());
    for part in [
        name,
        "<NbOfTxs>2</NbOfTxs>",
        "<CtrlSum>125.00</CtrlSum>",
        "<Nm>Joerg Muessig</Nm>",
        "<IBAN>AT611904300234573201</IBAN>",
        &one,
        &two,
        "RF",
    ] {
        assert!(file.text().contains(part), "{part}: {}", file.text());
    }
    // A part is settled by itself, the rest with the batch; told again, nothing happens.
    let settled = |_| service.done(&format!("/v1/debits/{one}/outcome"), json!({"outcome": "settled", "on": "2026-11-24"}));
    assert_eq!((&settled(1), &settled(1)["state"]), (&settled(2), &json!("settled")));
    advance(&service, 2);
    for _ in 0..2 {
        let all = service.done(&format!("/v1/debits/batches/{name}/settled"), json!({}));
        assert!(all["debits"].as_array().unwrap().iter().all(|debit| debit["state"] == "settled"), "{all}");
    }
    assert_eq!((service.still_owed(&first), service.still_owed(&second)), (0, 0));
    assert_eq!(service.count("SELECT count(*) FROM events WHERE type = 'PaymentSettled'"), 2);
    let payment = service.client.get(&format!("/v1/payments/{}", batch["debits"][0]["payment"].as_str().unwrap())).json();
    assert_eq!((&payment["state"], &payment["provider"]), (&json!("received"), &json!("sepa")));
    assert!(service.debits().is_empty());
    for path in ["/v1/debits/batches/TB0000000000000000", "/v1/debits/batches/x"] {
        assert_eq!(service.client.get(path).code(), "debit.batch_unknown");
        assert_eq!(service.does(&format!("{path}/settled"), json!({})).code(), "debit.batch_unknown");
    }
    service.is_sound();
}

#[test]
fn a_debit_comes_back_before_or_after_the_money_and_the_customer_hears_it_kindly() {
    let service = collects();
    let names = ["ann", "ben", "cora"];
    let all: Vec<_> = names.iter().map(|name| service.signs(name, 10_000)).collect();
    assert_eq!(service.tells_of(&all[0].2, json!({"outcome": "returned", "reason": "AC04"})).code(), "debit.not_submitted");
    advance(&service, 3);
    let batch = service.hands_in()["batch"].as_str().unwrap().to_owned();
    advance(&service, 2);
    assert_eq!(service.tells_of(&all[0].2, json!({"outcome": "returned", "reason": "nope!"})).code(), "debit.reason");
    assert_eq!(service.tells_of(&all[0].2, json!({"outcome": "settled", "on": "2026-11-27"})).code(), "debit.day");
    assert_eq!(service.tells_of("TD0000000000000000", json!({"outcome": "settled"})).code(), "debit.unknown");
    // The first comes back before the bank credits the batch, the second after, the third eight weeks later, at its payer's wish.
    service.done(&format!("/v1/debits/{}/outcome", all[0].2), json!({"outcome": "returned", "reason": "AC04"}));
    let mail = service.mail();
    assert!(mail.contains("von der Bank zurückgekommen") && mail.contains("/m/") && !mail.contains("AC04"), "{mail}");
    service.done(&format!("/v1/debits/batches/{batch}/settled"), json!({"on": "2026-11-26"}));
    assert_eq!(all.iter().map(|(claim, ..)| service.still_owed(claim)).collect::<Vec<_>>(), [10_000, 0, 0]);
    for _ in 0..2 {
        let back = service.done(&format!("/v1/debits/{}/outcome", all[1].2), json!({"outcome": "returned", "reason": "AM04"}));
        assert_eq!((&back["state"], &back["reason"]), (&json!("returned"), &json!("AM04")));
    }
    assert_eq!(service.still_owed(&all[1].0), 10_000);
    advance(&service, 55);
    service.done(&format!("/v1/debits/{}/outcome", all[2].2), json!({"outcome": "returned", "reason": "MD06"}));
    assert_eq!(service.still_owed(&all[2].0), 10_000);
    assert!(service.mail().contains("fragt niemand nach dem Geld"), "{}", service.mail());
    assert_eq!(service.waits_for_a_human().into_iter().filter(|kind| kind == "debit_returned").count(), 1);
    assert_eq!(service.receivable(&all[2].0)["holds"][0]["reason"], "manual_pause");
    let is_reminder = |contact: &Written| matches!(contact.occasion.as_str(), "note" | "reminder");
    let about = |claim: &str| contacts(&service).iter().filter(|contact| is_reminder(contact) && contact.about.contains(claim)).count();
    advance(&service, 30);
    assert_eq!(about(&all[2].0), 0, "nobody reminds before somebody has looked");
    assert!(about(&all[0].0) > 0, "what came back for another reason is open like any other");
    // Settled again after it came back, nothing comes.
    service.done(&format!("/v1/debits/{}/outcome", all[0].2), json!({"outcome": "settled"}));
    assert_eq!(
        (service.state_of(&all[0].2), service.still_owed(&all[0].0) >= 10_000),
        (("returned".to_owned(), Some("AC04".to_owned())), true)
    );
    service.is_sound();
}

#[test]
fn no_more_is_collected_than_is_owed_when_it_is_handed_in() {
    let service = collects();
    let (part, _, less) = service.signs("ann", 10_000);
    let (_, _, nothing) = service.signs("ben", 10_000);
    let (disputed, token, later) = service.signs("cora", 10_000);
    service.comes(&with(told("1", 6_000), "customer", "ann"));
    service.comes(&with(told("2", 10_000), "customer", "ben"));
    service.gets(&token, "noted", &json!({"kind": "dispute", "receivable": disputed, "reason": "defective"}));
    service.looks_after_payments();
    assert_eq!(service.state_of(&nothing), ("cancelled".to_owned(), Some("nothing_open".to_owned())), "at once");
    advance(&service, 3);
    let batch = service.hands_in();
    assert_eq!((&batch["total"], &batch["debits"][0]["debit"]), (&eur(4_000), &json!(less)));
    assert_eq!(service.state_of(&later), state("announced"), "somebody looks first");
    service.done(&format!("/v1/debits/batches/{}/settled", batch["batch"].as_str().unwrap()), json!({"on": "2026-11-24"}));
    assert_eq!(service.still_owed(&part), 0);
    assert_eq!(service.count("SELECT coalesce(sum(credit_minor), 0) FROM accounts"), 0);
    // What is not handed in within a week of its day is called off, and the customer may pay otherwise.
    advance(&service, 10);
    service.looks_after_payments();
    assert_eq!(service.state_of(&later), ("cancelled".to_owned(), Some("lapsed".to_owned())));
    service.is_sound();
}

#[test]
fn what_nobody_tells_of_is_asked_about_and_stays_held() {
    let service = collects();
    let (_, _, id) = service.signs("greta", 10_000);
    advance(&service, 3);
    service.hands_in();
    for days in [13, 11] {
        assert!(service.waits_for_a_human().is_empty());
        advance(&service, days);
        service.looks_after_payments();
    }
    assert_eq!((service.waits_for_a_human(), service.state_of(&id)), (vec!["debit_news".to_owned()], state("submitted")));
    assert_eq!(service.count("SELECT count(*) FROM pay_sessions WHERE lease_until_ms IS NOT NULL"), 1);
}

#[test]
fn a_person_who_is_erased_is_not_debited_and_their_file_is_gone() {
    let service = collects();
    let (_, _, announced) = service.signs("ann", 10_000);
    assert_eq!(service.does("/v1/customers/ann/erase", json!({})).code(), "erasure.something_open");
    let (_, _, _) = service.signs("ben", 10_000);
    service.done("/v1/customers/ann/erase", json!({"despite_open": true}));
    advance(&service, 3);
    let batch = service.hands_in();
    assert_eq!((&batch["total"], service.state_of(&announced)), (&eur(10_000), ("cancelled".to_owned(), Some("erased".to_owned()))));
    service.done("/v1/customers/ben/erase", json!({"despite_open": true}));
    let name = batch["batch"].as_str().unwrap();
    assert_eq!(service.client.get(&format!("/v1/debits/batches/{name}")).code(), "debit.batch_erased");
    advance(&service, 2);
    let settled = service.done(&format!("/v1/debits/batches/{name}/settled"), json!({}));
    assert_eq!(settled["debits"][0]["state"], "settled");
}
