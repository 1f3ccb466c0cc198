//! Those who use a service that dies under their hands: whoever gets no answer asks again, under the same key.

use crate::common::chance::Chance;
use crate::common::shop::{Order, eur};
use crate::common::{Answer, Client};
use serde_json::{Value, json};
use std::sync::RwLock;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// What was asked for
#[derive(Debug, Clone)]
pub struct Asked {
    pub method: &'static str,
    pub path: String,
    pub body: String,
    pub key: String,
}

/// What was asked for, and the answer to it
#[derive(Debug)]
pub struct Acknowledged {
    pub asked: Asked,
    pub answer: Answer,
}

impl Acknowledged {
    /// The table in which it is one row, and of how much
    pub fn counts(&self) -> Option<(&'static str, i64)> {
        let body = self.answer.json();
        let minor = |value: &Value| value["minor"].as_i64();
        match (self.answer.status, self.asked.path.as_str()) {
            (200, path) if path.ends_with("/confirm") => Some(("receivables", minor(&body["receivable"]["amount"])?)),
            (201, "/v1/payments") => Some(("incoming_payments", minor(&body["amount"])?)),
            _ => None,
        }
    }
}

/// Where the service is to be found now
pub struct Counter {
    at: RwLock<Client>,
    closed: AtomicBool,
    answers: AtomicUsize,
}

impl Counter {
    pub fn open(client: Client) -> Self {
        Self { at: RwLock::new(client), closed: AtomicBool::new(false), answers: AtomicUsize::new(0) }
    }

    pub fn is_at(&self, client: Client) {
        *self.at.write().unwrap() = client;
    }

    /// Waits until so many more have been answered
    pub fn is_busy(&self, more: usize) {
        let (began, before) = (Instant::now(), self.answers.load(Ordering::SeqCst));
        while self.answers.load(Ordering::SeqCst) < before + more && began.elapsed() < Duration::from_secs(5) {
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// Nobody begins anything new
    pub fn closes(&self) {
        self.closed.store(true, Ordering::SeqCst);
    }

    fn is_open(&self) -> bool {
        !self.closed.load(Ordering::SeqCst)
    }

    fn client(&self) -> Client {
        self.at.read().unwrap().clone()
    }

    /// Asks, and takes no answer for none
    fn tries(&self, asked: &Asked) -> Option<Answer> {
        let client = self.client();
        let bearer = format!("Bearer {}", client.secret);
        let mut headers = vec![("authorization", bearer.as_str()), ("content-type", "application/json")];
        if !asked.key.is_empty() {
            headers.push(("idempotency-key", asked.key.as_str()));
        }
        client.try_send(asked.method, &asked.path, &headers, asked.body.as_bytes()).ok()
    }

    /// Asks until there is an answer
    pub fn asks_once(&self, asked: &Asked) -> Answer {
        let began = Instant::now();
        loop {
            match self.tries(asked) {
                Some(answer) if answer.status < 500 => {
                    self.answers.fetch_add(1, Ordering::SeqCst);
                    return answer;
                }
                // Too slow, or it is not there: the same once more.
                Some(answer) if answer.status != 503 => panic!("{asked:?}: {} {}", answer.status, answer.text()),
                _ => std::thread::sleep(Duration::from_millis(15)),
            }
            assert!(began.elapsed() < Duration::from_secs(60), "no answer to {asked:?}");
        }
    }

    fn gets(&self, path: &str) -> Value {
        self.asks_once(&Asked { method: "GET", path: path.to_owned(), body: String::new(), key: String::new() }).json()
    }

    /// Time goes on, and everything on the way happens
    pub fn advances(&self, days: u16) {
        let body = json!({"advance_days": days}).to_string();
        self.asks_once(&Asked { method: "POST", path: "/v1/sandbox/clock".to_owned(), body, key: String::new() });
    }
}

/// Time goes on while it is killed; a day that was begun may go on as another
pub fn moves_the_clock(counter: &Counter) {
    while counter.is_open() {
        let body = json!({"advance_days": 1}).to_string();
        let _ = counter.tries(&Asked { method: "POST", path: "/v1/sandbox/clock".to_owned(), body, key: String::new() });
        std::thread::sleep(Duration::from_millis(30));
    }
}

/// One of those who buy and pay
struct Busy<'a> {
    counter: &'a Counter,
    chance: Chance,
    name: String,
    number: u32,
    /// Id, reference and amount
    claims: Vec<(String, String, i64)>,
    acknowledged: Vec<Acknowledged>,
}

pub fn buys_and_pays(number: usize, seed: u64, counter: &Counter) -> Vec<Acknowledged> {
    let chance = Chance::new(seed ^ (u64::try_from(number).unwrap() << 32));
    let mut busy = Busy { counter, chance, name: format!("c{number}"), number: 0, claims: vec![], acknowledged: vec![] };
    while counter.is_open() {
        match busy.chance.below(8) {
            0..=2 => busy.buys(),
            3 | 4 => busy.pays(),
            5 => busy.tells(),
            6 => busy.credits(),
            _ => busy.holds(),
        }
    }
    busy.acknowledged
}

impl Busy<'_> {
    fn asks(&mut self, method: &'static str, path: String, body: &Value) -> Answer {
        self.number += 1;
        let asked = Asked { method, path, body: body.to_string(), key: format!("{}-{}", self.name, self.number) };
        let answer = self.counter.asks_once(&asked);
        if answer.status < 400 {
            self.acknowledged.push(Acknowledged { asked, answer: answer.clone() });
        }
        answer
    }

    /// The shop's number of a customer
    fn customer(&mut self) -> String {
        format!("{}-{}", self.name, self.chance.below(5))
    }

    fn buys(&mut self) {
        let customer = self.customer();
        let request = json!({"customer": {"reference": customer, "signed_in": true, "email": format!("{customer}@example.org")}});
        let opens = Asked { method: "POST", path: "/v1/sessions".to_owned(), body: request.to_string(), key: String::new() };
        let session = self.counter.asks_once(&opens).json()["session"].as_str().unwrap().to_owned();
        let minor = self.chance.pick(&[1_990, 5_100, 12_345]);
        let order = Order::new(&format!("{}-o{}", self.name, self.number), "invoice", minor);
        let body: Value = serde_json::from_str(&order.body()).unwrap();
        let answer = self.asks("POST", format!("/v1/sessions/{session}/confirm"), &body).json();
        assert_eq!(answer["outcome"], "confirmed", "{answer:#}");
        let part = |name: &str| answer["receivable"][name].as_str().unwrap().to_owned();
        self.claims.push((part("id"), part("reference"), minor));
    }

    fn pays(&mut self) {
        if self.claims.is_empty() {
            return;
        }
        let (_, reference, minor) = self.chance.pick(&self.claims);
        let minor = self.chance.pick(&[minor, minor, minor / 2, minor + 100]);
        let today = self.counter.gets("/v1/sandbox/clock")["today"].clone();
        let number = format!("{}-b{}", self.name, self.number);
        let told = json!({"provider": "bank", "reference": number, "amount": eur(minor), "value_date": today, "remittance": reference});
        self.asks("POST", "/v1/payments".to_owned(), &told);
    }

    /// Of a message that somebody got
    fn tells(&mut self) {
        let messages = self.counter.gets("/v1/sandbox/messages")["messages"].as_array().unwrap().clone();
        if messages.is_empty() {
            return;
        }
        let id = self.chance.pick(&messages)["id"].as_str().unwrap().to_owned();
        let news = self.chance.pick(&["delivered", "opened", "bounced"]);
        self.asks("POST", format!("/v1/messages/{id}/delivery"), &json!({"news": news}));
    }

    fn credits(&mut self) {
        if self.claims.is_empty() || !self.chance.once_in(3) {
            return;
        }
        let (id, ..) = self.chance.pick(&self.claims);
        self.asks("POST", format!("/v1/receivables/{id}/credit-notes"), &json!({"amount": eur(500), "reason": "goodwill"}));
    }

    fn holds(&mut self) {
        if self.claims.is_empty() {
            return;
        }
        let customer = self.customer();
        let path = format!("/v1/customers/{customer}/holds");
        let placed = self.asks("POST", path.clone(), &json!({"reason": "manual_pause"}));
        if placed.status == 201 {
            let hold = placed.json()["hold"].as_str().unwrap().to_owned();
            self.asks("POST", format!("{path}/{hold}/release"), &json!({}));
        }
    }
}
