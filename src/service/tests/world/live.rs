//! A world as it goes: each step is done to the real service, and what must be so is looked at after each.

use crate::carrier::Carrier;
use crate::common::books::{self, Broken, Sound, holds};
use crate::common::collection::written;
use crate::common::{Answer, HandClock, Service};
use crate::hooks::Hooks;
use crate::step::{Fact, How, Setting, Step};
use jiff::{SignedDuration, ToSpan as _};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use tresen_core::date::Date;

/// A customer, as far as the service has acknowledged it
#[derive(Debug, Default)]
pub struct Customer {
    pub claims: Vec<Claim>,
    /// Holds in force that were placed by hand, and whether the customer is not written to at all
    pub holds: Vec<(String, bool)>,
    pub moves: u32,
    pub erased: bool,
}

#[derive(Debug, Clone)]
pub struct Claim {
    pub id: String,
    pub reference: String,
    pub minor: i64,
}

/// A payment that the bank knows of
#[derive(Debug)]
pub struct Payment {
    /// As it is told
    pub told: Value,
    /// Its id, once it was acknowledged
    pub id: Option<String>,
    pub refunds: Vec<String>,
}

/// What was asked under a key, and what was answered
#[derive(Debug, Clone)]
pub struct Answered {
    pub method: &'static str,
    pub path: String,
    pub body: String,
    pub answer: Answer,
}

pub struct World {
    setting: Setting,
    service: Option<Service>,
    folder: Arc<TempDir>,
    pub clock: Arc<HandClock>,
    pub carrier: Arc<Carrier>,
    pub hooks: Hooks,
    pub sql: Connection,
    pub customers: Vec<Customer>,
    pub payments: BTreeMap<u32, Payment>,
    pub answered: BTreeMap<String, Answered>,
    /// What was told before that was there which it is about
    parked: Vec<(String, Fact)>,
    /// Up to which event the accounts were looked at, and on which day
    looked: (i64, Date),
    /// How many steps were begun
    pub done: usize,
}

/// A folder in memory, where there is one: what is tried here is not the disk
fn folder() -> TempDir {
    if Path::new("/dev/shm").is_dir() { tempfile::tempdir_in("/dev/shm").unwrap() } else { tempfile::tempdir().unwrap() }
}

impl World {
    /// `planted`: a defect in the store
    pub fn new(setting: Setting, planted: Option<&str>) -> Self {
        let (folder, clock) = (Arc::new(folder()), HandClock::at(&format!("{}T12:00:00Z", setting.first_day())));
        let carrier = Carrier::new(folder.path().join("tresen.sqlite"), Arc::clone(&clock));
        let hooks = Hooks::default();
        let service = start(setting, &folder, &clock, &carrier);
        let sql = service.sql();
        if let Some(planted) = planted {
            sql.execute_batch(planted).unwrap();
        }
        let mut world = Self {
            setting,
            service: Some(service),
            folder,
            clock,
            carrier,
            hooks,
            sql,
            customers: Vec::new(),
            payments: BTreeMap::new(),
            answered: BTreeMap::new(),
            parked: Vec::new(),
            looked: (0, Date::parse("2000-01-01").unwrap()),
            done: 0,
        };
        world.customers.resize_with(crate::make::CUSTOMERS, Customer::default);
        if setting.told {
            world.hooks = Hooks::start(world.service());
        }
        world
    }

    pub fn service(&self) -> &Service {
        self.service.as_ref().unwrap()
    }

    /// Everything, one step after another, and then a calm in which all that was lost arrives
    pub fn lives(&mut self, steps: &[Step]) -> Sound {
        for step in steps {
            self.done += 1;
            self.does(step)?;
        }
        self.calms_down()
    }

    pub fn does(&mut self, step: &Step) -> Sound {
        // Nothing happens at the same instant as something else.
        self.clock.go(SignedDuration::from_secs(1));
        match step {
            Step::Tell(key, fact) => self.is_told(key, fact)?,
            Step::Goes { minutes } => self.clock.go(SignedDuration::from_mins((*minutes).into())),
            Step::Runs => self.runs(0)?,
            Step::Jumps { days } => self.runs(*days)?,
            Step::Carrier(how) => self.carrier.is(*how),
            Step::Receiver(mood) => self.hooks.is(*mood),
            Step::Restarts => self.restarts(),
        }
        self.carrier.sound()
    }

    fn restarts(&mut self) {
        drop(self.service.take().unwrap().stop());
        self.service = Some(start(self.setting, &self.folder, &self.clock, &self.carrier));
    }

    /// The newest event
    pub fn position(&self) -> i64 {
        books::count(&self.sql, "SELECT coalesce(max(position), 0) FROM events", [])
    }

    /// The merchant's now
    pub fn now_ms(&self) -> i64 {
        books::now_ms(&self.sql, &*self.clock)
    }

    /// Today, where the merchant is
    pub fn today(&self) -> Date {
        let now = jiff::Timestamp::from_millisecond(self.now_ms()).unwrap();
        Date::parse(&now.in_tz("Europe/Berlin").unwrap().date().to_string()).unwrap()
    }

    /// A day of this world
    pub fn day(&self, days: i32) -> String {
        let first: jiff::civil::Date = self.setting.first_day().parse().unwrap();
        first.checked_add(days.days()).unwrap().to_string()
    }

    fn is_told(&mut self, key: &str, fact: &Fact) -> Sound {
        if !self.tells(key, fact)? {
            self.parked.push((key.to_owned(), fact.clone()));
        }
        self.sums()
    }

    /// What could not be told yet is told now
    fn tells_the_rest(&mut self) -> Sound {
        for (key, fact) in std::mem::take(&mut self.parked) {
            self.clock.go(SignedDuration::from_secs(1));
            self.tells(&key, &fact)?;
            self.carrier.sound()?;
        }
        self.sums()
    }

    /// Asks under a key; the same key again is answered the same
    pub fn asks(&mut self, key: &str, method: &'static str, path: String, body: &Value) -> Result<Answer, Broken> {
        let known = self.answered.get(key).cloned();
        let (method, path, body) = match &known {
            Some(known) => (known.method, known.path.clone(), known.body.clone()),
            None => (method, path, body.to_string()),
        };
        let before = self.position();
        let bearer = format!("Bearer {}", self.service().client.secret);
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json"), ("idempotency-key", key)];
        let answer = self.service().client.send(method, &path, &headers, body.as_bytes());
        let said = || format!("{method} {path} {body}: {} {}", answer.status, answer.text());
        holds(answer.status < 500, "server error", said)?;
        let nothing_happened = self.position() == before;
        holds(answer.status < 400 || nothing_happened, "refused and done", said)?;
        if let Some(known) = known {
            holds(nothing_happened, "done twice under one key", said)?;
            let same = known.answer.status == answer.status && known.answer.bytes == answer.bytes;
            holds(same, "another answer under one key", || format!("{} {}", known.answer.text(), said()))?;
        } else if answer.status < 400 {
            self.answered.insert(key.to_owned(), Answered { method, path, body, answer: answer.clone() });
        }
        Ok(answer)
    }

    /// The scheduler runs, at this moment or at all those on the way
    fn runs(&mut self, days: u16) -> Sound {
        let answer = self.service().client.post("/v1/sandbox/clock", &json!({"advance_days": days}).to_string());
        holds(answer.status == 200, "server error", || answer.text())?;
        self.carrier.sound()?;
        self.is_sound()
    }

    /// All accounts to which something has happened since the last time, and all messages; once a day also where nothing has
    fn is_sound(&mut self) -> Sound {
        let (now, today) = (self.position(), self.today());
        if now != self.looked.0 {
            books::accounts_are_sound(&self.sql, today, self.looked.0)?;
            books::nothing_is_twice(&self.sql)?;
            books::what_is_charged_was_written(&self.sql)?;
            books::nobody_is_pestered(&written(&self.sql))?;
        } else if today == self.looked.1 {
            return Ok(());
        }
        self.looked = (now, today);
        self.nothing_is_left()
    }

    /// After a run there is nothing that could be done now, and of every claim it is said what comes next or why nothing does
    fn nothing_is_left(&self) -> Sound {
        // What a human has to be asked may wait for the morning, or for the evening where the persona writes then; and contacts count to the minute.
        let is_time = books::is_in_hours(self.now_ms()) && !self.setting.costly;
        let until = self.now_ms() + if is_time { MINUTE_MS } else { 16 * 60 * MINUTE_MS };
        let page = self.service().client.get("/v1/collection").json();
        for claim in page["claims"].as_array().unwrap() {
            let said = || format!("{} {claim}", self.now_ms());
            holds(!(claim["next"].is_null() && claim["why_not"].is_null()), "no why not", said)?;
            if !claim["why_not"].is_null() {
                continue;
            }
            let waits = books::count(&self.sql, WAITS, rusqlite::params![claim["receivable"].as_str().unwrap(), until]);
            holds(waits > 0, "left undone", said)?;
        }
        Ok(())
    }

    /// What was acknowledged is there, once, with its amount
    fn sums(&self) -> Sound {
        let told: i64 = self
            .payments
            .values()
            .filter(|payment| payment.id.is_some())
            .map(|payment| payment.told["amount"]["minor"].as_i64().unwrap())
            .sum();
        let came = books::count(&self.sql, "SELECT coalesce(sum(amount_minor), 0) FROM incoming_payments", []);
        holds(told == came, "sum of payments", || format!("acknowledged {told}, written down {came}"))?;
        let claims = self.customers.iter().flat_map(|customer| &customer.claims);
        let (count, sum) = claims.fold((0, 0), |(count, sum), claim| (count + 1, sum + claim.minor));
        let there = books::count(&self.sql, "SELECT count(*) FROM receivables", []);
        let agreed = books::count(&self.sql, "SELECT coalesce(sum(amount_minor), 0) FROM receivables", []);
        holds((count, sum) == (there, agreed), "sum of claims", || format!("confirmed {count} of {sum}, written down {there} of {agreed}"))
    }

    /// Everything that was lost arrives, everybody takes what is handed over, and some weeks pass
    fn calms_down(&mut self) -> Sound {
        self.carrier.is(How::Takes);
        self.tells_the_rest()?;
        self.clock.go(SignedDuration::from_mins(16));
        for _ in 0..12 {
            self.clock.go(SignedDuration::from_hours(24));
            self.does(&Step::Runs)?;
        }
        let waiting = books::count(&self.sql, "SELECT count(*) FROM contacts WHERE state IN ('intended', 'sending')", []);
        // At night a message waits for the morning, on a Sunday for Monday: not for days.
        holds(waiting == 0, "still waiting", || format!("{waiting} messages"))?;
        self.sums()?;
        books::accounts_are_sound(&self.sql, self.today(), 0)?;
        self.payments_add_up()?;
        books::the_books_are_whole(self.folder.path(), Arc::<HandClock>::clone(&self.clock))?;
        self.hooks.calm(self)
    }

    /// What the interface says of each payment sums to it
    fn payments_add_up(&self) -> Sound {
        for payment in self.payments.values() {
            let Some(id) = &payment.id else { continue };
            let said = self.service().client.get(&format!("/v1/payments/{id}")).json();
            let minor = |value: &Value| value["minor"].as_i64().unwrap();
            let lines: i64 = said["lines"].as_array().unwrap().iter().map(|line| minor(&line["amount"])).sum();
            let back = &said["chargeback"];
            let taken = if back["state"] == "opened" || back["state"] == "lost" { minor(&back["amount"]) } else { 0 };
            let whole = lines + minor(&said["left"]) + minor(&said["refunded"]) + taken;
            let expected = if said["state"] == "reversed" { 0 } else { minor(&said["amount"]) };
            holds(whole == expected, "sum of a payment", || format!("{said:#}"))?;
        }
        Ok(())
    }
}

const MINUTE_MS: i64 = 60_000;

/// What may explain that something could be done and was not: a message on its way, a human who has been asked, a look that is near
const WAITS: &str = "SELECT (SELECT count(*) FROM contacts c WHERE c.customer_id = r.customer_id AND c.state IN ('intended', 'sending')) \
    + (SELECT count(*) FROM tasks t WHERE t.receivable_id = r.receivable_id AND t.kind <> 'unknown_delivery') \
    + (SELECT count(*) FROM tasks t WHERE t.customer_id = r.customer_id AND t.kind = 'refused_message') \
    + (SELECT count(*) FROM accounts a WHERE a.customer_id = r.customer_id AND a.currency = r.currency AND a.look_ms <= ?2) \
    FROM receivables r WHERE r.receivable_id = ?1";

fn start(setting: Setting, folder: &Arc<TempDir>, clock: &Arc<HandClock>, carrier: &Arc<Carrier>) -> Service {
    let service = Service::start_in(Arc::clone(folder), Arc::clone(clock), |config| {
        config.transport = Some(Arc::<Carrier>::clone(carrier));
        config.public_url = "https://shop.example".into();
        config.webhook_patience = Duration::from_millis(400);
        config.request_timeout = Duration::from_secs(60);
        // It runs when the world says so.
        config.run_every = None;
    });
    let answer = service.client.post("/v1/policies", &crate::facts::policy(setting));
    assert_eq!(answer.status, 201, "{}", answer.text());
    service
}
