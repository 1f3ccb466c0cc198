//! Invariant 15 whatever happens in whatever order: one open payment for a claim, no euro twice unless the customer paid it twice, and no cent lost.

use crate::common::books::{self, Broken, Sound, holds};
use crate::common::chance::Chance;
use crate::common::lives::{self, live};
use crate::common::provider::Provider;
use crate::common::shop::eur;
use crate::common::{Client, NOON, Service, child};
use crate::paying::PROVIDER;
use jiff::SignedDuration;
use rusqlite::Connection;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::Child;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;
use tresen_core::date::Date;
use tresen_service::SystemClock;

/// What each customer owes
const CLAIMS: [i64; 3] = [10_000, 2_500, 4_000];

/// A customer with some claims, and the pages that they were ever sent to
struct Payer {
    name: String,
    token: String,
    claims: Vec<String>,
    references: Vec<String>,
    pages: Vec<String>,
    /// Whether something happened by which somebody pays twice: a yes that comes late, or a transfer beside it
    crossed: bool,
}

/// Whether a session of that name at the provider is for a claim
const FOR_A_CLAIM: &str = "SELECT count(*) FROM pay_sessions WHERE provider_ref = ?1 AND ?2 IN (SELECT value FROM json_each(receivables))";

struct World {
    service: Service,
    provider: Provider,
    payers: Vec<Payer>,
    transfers: i64,
    /// Whether one customer could pay on two pages at once
    at_once: RefCell<bool>,
}

impl lives::World for World {
    fn new() -> Self {
        let provider = Provider::start(PROVIDER);
        let service = Service::start_with(|config| {
            provider.is_known_to(config);
            config.run_every = None;
        });
        let payers = (0..2).map(|number| {
            let name = format!("cus_{number}");
            let claims = CLAIMS.iter().enumerate().map(|(order, minor)| service.claim(&name, &format!("{name}-{order}"), *minor));
            let (claims, references): (Vec<String>, Vec<String>) = claims.unzip();
            Payer { token: service.link_of(&claims[0]), name, claims, references, pages: Vec::new(), crossed: false }
        });
        let payers = payers.collect();
        Self { service, provider, payers, transfers: 0, at_once: RefCell::new(false) }
    }

    fn step(&mut self, chance: &mut Chance) -> String {
        let number = chance.below(self.payers.len());
        match chance.below(11) {
            0..=3 => self.starts(number, chance),
            4..=6 => self.presses(number, chance),
            7 => self.finishes(number, chance),
            8 => {
                if let Some(page) = self.a_page(number, chance) {
                    let body = json!({"checkout": page.rsplit('/').next().unwrap()}).to_string();
                    for _ in 0..=chance.below(2) {
                        self.service.is_told_by(self.provider.secret(), &body);
                    }
                }
                "notice".into()
            }
            9 => self.transfers(number, chance),
            _ => {
                let minutes = chance.pick(&[1, 10, 29, 31, 60 * 24]);
                self.service.clock.go(SignedDuration::from_mins(minutes));
                self.service.looks_after_payments();
                format!("{minutes} minutes")
            }
        }
    }

    fn is_sound(&self) -> Sound {
        let sql = self.service.sql();
        let checkouts = self.provider.checkouts();
        for payer in &self.payers {
            let payable = checkouts.iter().filter(|known| payer.pages.iter().any(|page| known["url"] == page.as_str()));
            let payable: Vec<&str> = payable
                .filter(|known| known["status"] == "open" || known["status"] == "processing")
                .map(|known| known["id"].as_str().unwrap())
                .collect();
            *self.at_once.borrow_mut() |= payable.len() > 1;
            for claim in &payer.claims {
                let is_for = |id: &&&str| books::count(&sql, FOR_A_CLAIM, [**id, claim]) > 0;
                let open = payable.iter().filter(is_for).count();
                holds(open <= 1, "two pages where a claim can be paid", || format!("{} {claim}: {checkouts:#?}", payer.name))?;
            }
        }
        books::one_payment_is_open_for_a_claim(&sql)?;
        books::nothing_is_twice(&sql)
    }

    fn ends(&mut self) -> Sound {
        let checkouts = self.provider.checkouts();
        for known in &checkouts {
            let id = known["id"].as_str().unwrap();
            self.provider.tries_to_finish(id, "paid");
            self.service.is_told_by(self.provider.secret(), &json!({"checkout": id}).to_string());
        }
        for _ in 0..3 {
            self.service.clock.go(SignedDuration::from_hours(8 * 24));
            self.service.looks_after_payments();
        }
        let sql = self.service.sql();
        holds(
            books::count(&sql, "SELECT count(*) FROM pay_sessions WHERE lease_until_ms IS NOT NULL", []) == 0,
            "held for ever",
            String::new,
        )?;
        taken_is_booked(&sql, &self.provider)?;
        for payer in std::mem::take(&mut self.payers) {
            let customer = "SELECT a.credit_minor FROM accounts a JOIN receivables r USING (tenant_id, customer_id) WHERE r.reference = ?1";
            let credit = books::count(&sql, customer, [payer.references[0].replace(' ', "")]);
            holds(payer.crossed || credit == 0, "paid twice", || format!("{}: {credit}", payer.name))?;
        }
        let today = self.service.client.get("/v1/sandbox/clock").json()["today"].as_str().unwrap().to_owned();
        books::accounts_are_sound(&sql, Date::parse(&today).unwrap(), 0)
    }
}

impl World {
    fn a_page(&self, number: usize, chance: &mut Chance) -> Option<String> {
        let pages = &self.payers[number].pages;
        (!pages.is_empty()).then(|| chance.pick(pages))
    }

    fn starts(&mut self, number: usize, chance: &mut Chance) -> String {
        let minor = chance.pick(&[None, None, Some(12_500), Some(5_000), Some(2_500), Some(1)]);
        let named: Vec<&String> = self.payers[number].claims.iter().filter(|_| chance.once_in(2)).collect();
        let named = if named.is_empty() { Value::Null } else { json!(named) };
        let request = json!({"method": "card", "amount": minor.map_or(Value::Null, eur), "receivables": named});
        let answer = self.service.wants_to_pay(&self.payers[number].token, &request);
        assert_eq!(answer.status, 200, "{}", answer.text());
        let answer = answer.json();
        if let Some(page) = answer["redirect"].as_str().filter(|page| !self.payers[number].pages.iter().any(|known| known == page)) {
            self.payers[number].pages.push(page.to_owned());
        }
        format!("{number} starts {minor:?} of {named}: {} {}", answer["outcome"], answer["why"])
    }

    fn presses(&mut self, number: usize, chance: &mut Chance) -> String {
        let Some(page) = self.a_page(number, chance) else { return String::new() };
        let button = chance.pick(&["pay", "pay", "decline", "cancel", "processing", "late", "twice", "amount"]);
        self.payers[number].crossed |= button == "late";
        let back = self.provider.presses(&page, button);
        if back.starts_with("http") && chance.once_in(2) {
            self.service.comes_back(&back);
        }
        format!("{number} presses {button}")
    }

    fn finishes(&self, number: usize, chance: &mut Chance) -> String {
        let ids: BTreeSet<&str> = self.payers[number].pages.iter().map(|page| page.rsplit('/').next().unwrap()).collect();
        for id in ids {
            self.provider.tries_to_finish(id, chance.pick(&["paid", "declined"]));
        }
        format!("{number}: what is late comes, or not")
    }

    fn transfers(&mut self, number: usize, chance: &mut Chance) -> String {
        if !chance.once_in(3) {
            return String::new();
        }
        let minor = chance.pick(&[100, 2_500]);
        self.transfers += 1;
        self.payers[number].crossed = true;
        let today = self.service.client.get("/v1/sandbox/clock").json()["today"].clone();
        let reference = chance.pick(&self.payers[number].references);
        let told = json!({"provider": "bank", "reference": format!("t{}", self.transfers), "amount": eur(minor), "value_date": today,
            "remittance": reference});
        self.service.comes(&told);
        format!("{number} transfers {minor}")
    }
}

/// Everything that the provider has taken is here, each once, to the cent
fn taken_is_booked(sql: &Connection, provider: &Provider) -> Sound {
    let mut taken: Vec<(String, i64)> = provider
        .checkouts()
        .iter()
        .filter(|known| known["payment"].is_object())
        .map(|known| (known["payment"]["id"].as_str().unwrap().to_owned(), known["payment"]["amount"]["minor"].as_i64().unwrap()))
        .collect();
    taken.sort();
    let mut statement =
        sql.prepare("SELECT provider_ref, amount_minor FROM incoming_payments WHERE provider = 'sandbox' ORDER BY provider_ref").unwrap();
    let booked: Vec<(String, i64)> = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect();
    holds(taken == booked, "taken and not booked", || format!("taken {taken:?}, booked {booked:?}"))
}

#[test]
fn whatever_happens_in_whatever_order_one_payment_is_open_for_a_claim_and_no_cent_is_lost() {
    let mut at_once = 0;
    live(8, 50, |world: &World| at_once += u32::from(*world.at_once.borrow()));
    assert!(at_once > 2, "of these lives {at_once} had two payments open at once");
}

/// Set for the service that is killed: where it listens, and the provider
const LISTEN: &str = "TRESEN_TEST_PAYING_LISTEN";
const AT: &str = "TRESEN_TEST_PAYING_PROVIDER";

/// Not a test of its own: started as a process, it serves until it is killed
#[test]
fn serves_as_a_child() {
    let Some((_, mut config)) = child::config() else { return };
    let said = |name: &str| std::env::var(name).unwrap();
    config.listen = said(LISTEN).parse().unwrap();
    config.sandbox_start = Some(NOON.parse().unwrap());
    let at: Value = serde_json::from_str(&said(AT)).unwrap();
    let part = |name: &str| at[name].as_str().unwrap();
    let provider = tresen_service::SandboxProvider::new(part("url"), part("key"), part("secret")).unwrap();
    config.providers.insert("sandbox".into(), std::sync::Arc::new(provider));
    child::serve(config);
}

fn start(folder: &Path, listen: SocketAddr, provider: &Provider) -> (Child, Client) {
    child::start("paying_chance::serves_as_a_child", folder, &[(LISTEN, listen.to_string()), (AT, provider.described().to_string())])
}

/// Somebody in two tabs, who presses what is there and takes no answer for none
fn pays(
    client: &Client,
    provider: &Provider,
    (token, claims): &(String, Vec<Value>),
    seed: u64,
    (open, pages): (&AtomicBool, &AtomicUsize),
) {
    let mut chance = Chance::new(seed);
    let headers = [("content-type", "application/json")];
    while open.load(Ordering::SeqCst) {
        let amount = eur(chance.pick(&[100, 100, 250]));
        let named = chance.pick(&[json!([claims[0]]), json!([claims[1]]), json!(claims), Value::Null]);
        let body = json!({"method": "card", "amount": amount, "receivables": named}).to_string();
        let Ok(answer) = client.try_send("POST", &format!("/v1/paylinks/{token}/payments"), &headers, body.as_bytes()) else {
            std::thread::sleep(Duration::from_millis(5));
            continue;
        };
        if answer.status == 429 {
            std::thread::sleep(Duration::from_millis(50));
        }
        let Some(page) = serde_json::from_slice::<Value>(&answer.bytes).ok().and_then(|said| Some(said["redirect"].as_str()?.to_owned()))
        else {
            continue;
        };
        pages.fetch_add(1, Ordering::SeqCst);
        let button = chance.pick(&["pay", "pay", "twice", "decline", "processing"]);
        let Ok(pressed) = provider.tries(&page, button) else { continue };
        if button == "processing" {
            provider.tries_to_finish(page.rsplit('/').next().unwrap(), "paid");
        }
        if let Some(path) = pressed.header("location").and_then(|back| back.split_once("/pay/return/")) {
            let _ = client.try_send("GET", &format!("/pay/return/{}", path.1), &[], b"");
        }
    }
}

#[test]
fn killed_while_customers_pay_it_books_all_that_the_provider_took_and_takes_nothing_twice() {
    let folder = tempfile::tempdir().unwrap();
    let provider = Provider::start(PROVIDER);
    let listen = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let (mut child, client) = start(folder.path(), listen, &provider);
    assert_eq!(client.post("/v1/policies", crate::common::shop::POLICY).status, 201);
    let payers: Vec<(String, Vec<Value>)> = (0..2)
        .map(|number| {
            let claim = |order: &str| {
                let order = crate::common::shop::Order::new(&format!("{number}-{order}"), "invoice", 10_000);
                client.confirmed(&client.session_of(&format!("cus_{number}")), &order)["receivable"]["id"].clone()
            };
            let claims = vec![claim("a"), claim("b")];
            let link = client.post(&format!("/v1/receivables/{}/paylink", claims[0].as_str().unwrap()), "").json();
            (link["token"].as_str().unwrap().to_owned(), claims)
        })
        .collect();
    let (open, pages) = (AtomicBool::new(true), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for seed in 0..4_u64 {
            let payer = &payers[usize::try_from(seed).unwrap() % payers.len()];
            let (client, provider, open, pages) = (&client, &provider, &open, &pages);
            scope.spawn(move || pays(client, provider, payer, seed, (open, pages)));
        }
        let mut chance = Chance::new(7);
        for _ in 0..8 {
            let (before, more) = (pages.load(Ordering::SeqCst), 1 + chance.below(6));
            let began = std::time::Instant::now();
            while pages.load(Ordering::SeqCst) < before + more && began.elapsed() < Duration::from_secs(5) {
                std::thread::sleep(Duration::from_millis(1));
            }
            std::thread::sleep(Duration::from_millis(u64::try_from(chance.below(20)).unwrap()));
            // SIGKILL
            child.kill().unwrap();
            child.wait().unwrap();
            child = start(folder.path(), listen, &provider).0;
        }
        open.store(false, Ordering::SeqCst);
    });
    for known in provider.checkouts() {
        provider.tries_to_finish(known["id"].as_str().unwrap(), "paid");
    }
    for _ in 0..4 {
        assert_eq!(client.post("/v1/sandbox/clock", r#"{"advance_days": 8}"#).status, 200);
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let sql = Connection::open(folder.path().join("tresen.sqlite")).unwrap();
    let sound = taken_is_booked(&sql, &provider).and_then(|()| {
        let held = books::count(&sql, "SELECT count(*) FROM pay_sessions WHERE lease_until_ms IS NOT NULL", []);
        holds(held == 0, "held for ever", || held.to_string())?;
        books::one_payment_is_open_for_a_claim(&sql)?;
        books::nothing_is_twice(&sql)?;
        let ms = books::now_ms(&sql, &SystemClock);
        let today = jiff::Timestamp::from_millisecond(ms).unwrap().in_tz("Europe/Berlin").unwrap().date().to_string();
        books::accounts_are_sound(&sql, Date::parse(&today).unwrap(), 0)
    });
    if let Err(Broken(name, place)) = sound {
        panic!("{name}: {place}");
    }
    let taken = provider.checkouts().iter().filter(|known| known["payment"].is_object()).count();
    assert!(taken > 3, "{taken} payments on {} pages", pages.load(Ordering::SeqCst));
}
