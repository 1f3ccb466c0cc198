//! Direct debits whatever happens in whatever order, and where the service is killed while batches are made: one open payment for a claim, each debit in
//! one batch, no more collected than was signed for, no cent lost.

use crate::common::books::{self, Sound, holds};
use crate::common::chance::Chance;
use crate::common::collection::{advance, owes};
use crate::common::lives::{self, live};
use crate::common::money::with;
use crate::common::provider::Provider;
use crate::common::shop::{Order, eur};
use crate::common::{Client, Service};
use crate::crash;
use crate::debits::{debit, policy};
use crate::paying::PROVIDER;
use rusqlite::Connection;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use tresen_core::date::Date;

struct World {
    service: Service,
    _provider: Provider,
    payers: [&'static str; 2],
    /// Who transferred something beside
    crossed: BTreeSet<&'static str>,
    number: u32,
    /// Whether one customer had two payments open at once
    at_once: RefCell<bool>,
}

impl lives::World for World {
    fn new() -> Self {
        let provider = Provider::start(PROVIDER);
        let service = Service::start_with(|config| {
            provider.is_known_to(config);
            config.run_every = None;
        });
        let methods = json!({"methods": [{"id": "sepa_debit", "provider": "sepa"}, {"id": "card", "provider": "sandbox"}]});
        let mut policy = policy(&methods);
        policy["merchant"]["debit_notice_days"] = json!(1);
        assert_eq!(service.client.post("/v1/policies", &policy.to_string()).status, 201);
        let payers = ["ann", "ben"];
        for payer in payers {
            owes(&service, payer, &format!("{payer}-1"), 10_000);
            owes(&service, payer, &format!("{payer}-2"), 2_500);
        }
        Self { service, _provider: provider, payers, crossed: BTreeSet::new(), number: 0, at_once: RefCell::new(false) }
    }

    fn step(&mut self, chance: &mut Chance) -> String {
        let payer = chance.pick(&self.payers);
        self.number += 1;
        match chance.below(12) {
            3 if chance.once_in(3) => self.takes_back(payer),
            0..=3 => self.signs(payer, chance),
            4 if chance.once_in(2) => self.starts_a_card(payer, chance),
            4..=6 => self.hands_in(),
            7 | 8 => self.settles_a_batch(chance),
            9 => self.tells_of_one(chance),
            10 => self.transfers(payer, chance),
            _ => {
                let days = chance.pick(&[1, 1, 2, 3, 3, 9]);
                advance(&self.service, days);
                format!("{days} days")
            }
        }
    }

    fn is_sound(&self) -> Sound {
        let sql = self.service.sql();
        books::one_payment_is_open_for_a_claim(&sql)?;
        let two =
            "SELECT count(*) FROM (SELECT 1 FROM pay_sessions WHERE lease_until_ms IS NOT NULL GROUP BY customer_id HAVING count(*) > 1)";
        *self.at_once.borrow_mut() |= books::count(&sql, two, []) > 0;
        let astray = "SELECT count(*) FROM debits d JOIN pay_sessions p USING (tenant_id, payment_id) \
            WHERE (d.state IN ('announced', 'submitted')) <> (p.lease_until_ms IS NOT NULL)";
        holds(books::count(&sql, astray, []) == 0, "a debit and what it holds say different things", String::new)?;
        books::nothing_is_twice(&sql)?;
        money_is_what_was_collected(&sql)?;
        let today = self.service.client.get("/v1/sandbox/clock").json()["today"].as_str().unwrap().to_owned();
        books::accounts_are_sound(&sql, Date::parse(&today).unwrap(), 0)
    }

    fn ends(&mut self) -> Sound {
        for batch in self.batches() {
            let today = self.service.client.get("/v1/sandbox/clock").json()["today"].clone();
            self.service.done(&format!("/v1/debits/batches/{batch}/settled"), json!({"on": today}));
        }
        self.is_sound()?;
        let sql = self.service.sql();
        let submitted = books::count(&sql, "SELECT count(*) FROM debits WHERE state = 'submitted'", []);
        holds(submitted == 0, "a batch is settled and a debit of it is not", String::new)?;
        for payer in self.payers.iter().filter(|payer| !self.crossed.contains(*payer)) {
            let account = self.service.client.account(payer);
            holds(account["credit"]["minor"] == 0, "paid twice", || account.to_string())?;
        }
        Ok(())
    }
}

impl World {
    fn asks(&self, payer: &str, body: &Value) -> String {
        let token = self.service.access(payer, &json!({}));
        let headers = [("content-type", "application/json"), ("idempotency-key", &*format!("n{}", self.number))];
        let answer = self.service.client.send("POST", &format!("/v1/accounts/{token}/requests"), &headers, body.to_string().as_bytes());
        assert!(matches!(answer.status, 200 | 429), "{}", answer.text());
        format!("{payer} {}: {} {}", body["kind"], answer.json()["outcome"], answer.json()["why"])
    }

    fn signs(&self, payer: &str, chance: &mut Chance) -> String {
        let token = self.service.access(payer, &json!({}));
        let room = self.service.sees(&token)["menu"]["debit"].clone();
        let from = if room.is_null() { json!("2026-11-26") } else { room["from"].clone() };
        let (named, whole) = self.some(payer, chance);
        let signed = with(debit(chance.pick(&[whole, whole, 12_500, 2_500, 1])), "from", from);
        self.asks(payer, &with(signed, "receivables", named))
    }

    /// Some of a payer's claims, or null for whatever is asked for; and what is open of them
    fn some(&self, payer: &str, chance: &mut Chance) -> (Value, i64) {
        let claims = self.service.client.account(payer)["receivables"].as_array().unwrap().clone();
        let named: Vec<&Value> = claims.iter().filter(|_| chance.once_in(2)).collect();
        let whole: i64 = named.iter().map(|claim| claim["balance"]["minor"].as_i64().unwrap()).sum();
        let ids: Vec<&Value> = named.iter().map(|claim| &claim["id"]).collect();
        if ids.is_empty() { (Value::Null, 12_500) } else { (json!(ids), whole) }
    }

    fn takes_back(&self, payer: &str) -> String {
        let view = self.service.sees(&self.service.access(payer, &json!({})));
        let open = view["requests"].as_array().unwrap().iter().find(|request| request["take_back"] == true);
        open.map_or_else(String::new, |request| self.asks(payer, &json!({"kind": "take_back", "request": request["request"]})))
    }

    fn starts_a_card(&self, payer: &str, chance: &mut Chance) -> String {
        let token = self.service.access(payer, &json!({}));
        let headers = [("content-type", "application/json")];
        let body = json!({"method": "card", "return_url": "http://127.0.0.1/", "receivables": self.some(payer, chance).0}).to_string();
        let answer = self.service.client.send("POST", &format!("/v1/accounts/{token}/payments"), &headers, body.as_bytes());
        assert_eq!(answer.status, 200, "{}", answer.text());
        format!("{payer} by card: {} {}", answer.json()["outcome"], answer.json()["why"])
    }

    fn hands_in(&self) -> String {
        let key = format!("b{}", self.number);
        let send = || self.service.client.post_with("/v1/debits/batches", "{}", &[("idempotency-key", &key)]);
        let (one, two) = (send(), send());
        assert_eq!((one.status, &one.bytes), (201, &two.bytes));
        format!("batch of {}", one.json()["total"])
    }

    fn batches(&self) -> Vec<String> {
        let sql = self.service.sql();
        let mut statement = sql.prepare("SELECT batch_id FROM debit_batches ORDER BY made_ms, batch_id").unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    }

    fn settles_a_batch(&self, chance: &mut Chance) -> String {
        let batches = self.batches();
        if batches.is_empty() {
            return String::new();
        }
        let batch = chance.pick(&batches);
        let today = self.service.client.get("/v1/sandbox/clock").json()["today"].clone();
        self.service.done(&format!("/v1/debits/batches/{batch}/settled"), json!({"on": today}));
        "settled".to_owned()
    }

    fn tells_of_one(&self, chance: &mut Chance) -> String {
        let sql = self.service.sql();
        let mut statement = sql.prepare("SELECT debit_id FROM debits ORDER BY first_day, debit_id").unwrap();
        let all: Vec<String> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        if all.is_empty() {
            return String::new();
        }
        let today = self.service.client.get("/v1/sandbox/clock").json()["today"].clone();
        let news = chance.pick(&[
            json!({"outcome": "settled", "on": today}),
            json!({"outcome": "returned", "reason": "AC04"}),
            json!({"outcome": "returned", "reason": "MD06"}),
        ]);
        let answer = self.service.does(&format!("/v1/debits/{}/outcome", chance.pick(&all)), news.clone());
        assert!(answer.status == 200 || answer.code() == "debit.not_submitted", "{}", answer.text());
        format!("{news}: {}", answer.status)
    }

    fn transfers(&mut self, payer: &'static str, chance: &mut Chance) -> String {
        if !chance.once_in(3) {
            return String::new();
        }
        self.crossed.insert(payer);
        let minor = chance.pick(&[100, 2_500]);
        let today = self.service.client.get("/v1/sandbox/clock").json()["today"].clone();
        let told = json!({"provider": "bank", "reference": format!("t{}", self.number), "amount": eur(minor), "value_date": today, "customer": payer});
        self.service.comes(&told);
        self.service.looks_after_payments();
        format!("{payer} transfers {minor}")
    }
}

/// Of every debit that was settled just that much came, and of every one that came back nothing is left
fn money_is_what_was_collected(sql: &Connection) -> Sound {
    let wrong = "SELECT count(*) FROM debits d LEFT JOIN incoming_payments i ON i.tenant_id = d.tenant_id AND i.provider = 'sepa' AND i.provider_ref = d.debit_id \
        WHERE (d.state = 'settled' AND i.amount_minor IS NOT d.collected_minor) \
           OR (d.state IN ('announced', 'submitted', 'cancelled') AND i.payment_id IS NOT NULL)";
    holds(books::count(sql, wrong, []) == 0, "other money than was collected", String::new)?;
    let lost = "SELECT count(*) FROM debits d JOIN incoming_payments i ON i.tenant_id = d.tenant_id AND i.provider = 'sepa' AND i.provider_ref = d.debit_id \
        WHERE d.state = 'returned' AND NOT EXISTS (SELECT 1 FROM events e WHERE e.type = 'ChargebackLost' AND json_extract(e.data, '$.payment') = i.payment_id)";
    holds(books::count(sql, lost, []) == 0, "what came back is still here", String::new)
}

#[test]
fn whatever_happens_in_whatever_order_no_debit_takes_a_euro_twice() {
    let (mut states, mut at_once): (BTreeMap<String, i64>, u32) = (BTreeMap::new(), 0);
    live(6, 55, |world: &World| {
        at_once += u32::from(*world.at_once.borrow());
        let sql = world.service.sql();
        let mut statement = sql.prepare("SELECT state, count(*) FROM debits GROUP BY state").unwrap();
        for row in statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?))).unwrap() {
            let (state, count) = row.unwrap();
            *states.entry(state).or_default() += count;
        }
    });
    for state in ["settled", "returned", "cancelled"] {
        assert!(states.get(state).is_some_and(|count| *count > 2), "{states:?}");
    }
    assert!(at_once > 2, "of these lives {at_once} had two payments open at once");
}

/// Debits that are handed in while the service dies
const DEBITS: usize = 24;

#[test]
fn killed_while_batches_are_made_each_debit_is_in_one_and_what_was_answered_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let (mut child, client) = crash::start(folder.path());
    let methods = json!({"methods": [{"id": "sepa_debit", "provider": "sepa"}]});
    assert_eq!(client.post("/v1/policies", &policy(&methods).to_string()).status, 201);
    let signs = |client: &Client, number: usize| {
        let customer = format!("cus_{number}");
        client.confirmed(&client.session_of(&customer), &Order::new(&number.to_string(), "invoice", 1_000));
        let token = client.post(&format!("/v1/customers/{customer}/access"), "{}").json()["token"].as_str().unwrap().to_owned();
        let view = client.send("GET", &format!("/v1/accounts/{token}"), &[], b"").json();
        let body = with(debit(1_000), "from", view["menu"]["debit"]["from"].clone()).to_string();
        let headers = [("content-type", "application/json"), ("idempotency-key", "d")];
        let answer = client.send("POST", &format!("/v1/accounts/{token}/requests"), &headers, body.as_bytes()).json();
        assert_eq!(answer["outcome"], "granted", "{answer:#}");
    };
    (0..DEBITS).for_each(|number| signs(&client, number));
    // To the day on which all of them are to be with the bank.
    let from: String = client.get("/v1/debits").json()["debits"][0]["from"].as_str().unwrap().to_owned();
    while client.get("/v1/sandbox/clock").json()["today"].as_str().unwrap() < &*Date::parse(&from).unwrap().plus_days(-1).to_iso() {
        client.post("/v1/sandbox/clock", r#"{"advance_days": 1}"#);
    }
    let (is_open, sent) = (AtomicBool::new(true), AtomicUsize::new(0));
    let bearer = format!("Bearer {}", client.secret);
    let hands_in = |client: &Client, key: &str| {
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json"), ("idempotency-key", key)];
        client.try_send("POST", "/v1/debits/batches", &headers, b"{}").ok().filter(|answer| answer.status == 201)
    };
    let answered: Vec<(String, Vec<u8>)> = std::thread::scope(|scope| {
        let hands: Vec<_> = (0..3)
            .map(|hand| {
                let (client, is_open, sent, hands_in) = (&client, &is_open, &sent, &hands_in);
                scope.spawn(move || {
                    let mut answered = Vec::new();
                    for number in 0.. {
                        if !is_open.load(Ordering::SeqCst) {
                            break;
                        }
                        let key = format!("k{hand}-{number}");
                        sent.fetch_add(1, Ordering::SeqCst);
                        answered.extend(hands_in(client, &key).map(|answer| (key, answer.bytes)));
                    }
                    answered
                })
            })
            .collect();
        while sent.load(Ordering::SeqCst) < 3 {
            std::thread::yield_now();
        }
        // SIGKILL
        child.kill().unwrap();
        child.wait().unwrap();
        is_open.store(false, Ordering::SeqCst);
        hands.into_iter().flat_map(|hand| hand.join().unwrap()).collect()
    });
    let (mut child, client) = crash::start(folder.path());
    for (key, bytes) in &answered {
        assert_eq!(&hands_in(&client, key).unwrap().bytes, bytes, "whoever got an answer gets it again");
    }
    hands_in(&client, "last").unwrap();
    let batches: BTreeSet<String> = client.get("/v1/debits").json()["debits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|debit| debit["batch"].as_str().unwrap().to_owned())
        .collect();
    let mut names = Vec::new();
    for batch in batches {
        let file = client.get(&format!("/v1/debits/batches/{batch}")).text();
        names.extend(file.split("<EndToEndId>").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned()));
    }
    let once: BTreeSet<&String> = names.iter().collect();
    assert_eq!((names.len(), once.len()), (DEBITS, DEBITS), "each is in one file");
    child.kill().unwrap();
    child.wait().unwrap();
}
