//! Whoever receives webhooks: fails, lies, hangs and gets everything more than once and in any order; in the end it knows what the service knows.

use crate::common::Service;
use crate::common::books::{self, Happened, Sound, holds};
use crate::common::receiver::Receiver;
use crate::live::World;
use crate::step::Mood;
use jiff::SignedDuration;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

#[derive(Default)]
pub struct Hooks(Option<Told>);

struct Told {
    receiver: Receiver,
    mood: Arc<Mutex<Mood>>,
    id: String,
}

impl Hooks {
    pub fn start(service: &Service) -> Self {
        let mood = Arc::new(Mutex::new(Mood::Takes));
        let now = Arc::clone(&mood);
        let receiver = Receiver::start(move |_, _| {
            let mood = *now.lock().unwrap();
            match mood {
                Mood::Takes => Some("204 No Content".to_owned()),
                Mood::Fails | Mood::Lies => Some("503 Service Unavailable".to_owned()),
                Mood::Hangs => None,
            }
        });
        let answer = service.client.post("/v1/webhooks", &json!({"url": receiver.url()}).to_string());
        assert_eq!(answer.status, 201, "{}", answer.text());
        let id = answer.json()["webhook"]["id"].as_str().unwrap().to_owned();
        Self(Some(Told { receiver, mood, id }))
    }

    pub fn is(&self, mood: Mood) {
        if let Some(told) = &self.0 {
            *told.mood.lock().unwrap() = mood;
        }
    }

    /// Everything arrives in the end, and then each account is what the messages say
    pub fn calm(&self, world: &World) -> Sound {
        let Some(told) = &self.0 else { return Ok(()) };
        *told.mood.lock().unwrap() = Mood::Takes;
        told.catches_up(world)?;
        told.knows_the_same(world)
    }
}

impl Told {
    /// Enabled where it was disabled, which may still come of a message that is under way; and what was given up is asked for again
    fn catches_up(&self, world: &World) -> Sound {
        let client = &world.service().client;
        let count = |state: &str| books::count(&world.sql, "SELECT count(*) FROM webhook_deliveries WHERE state = ?1", [state]);
        let (began, mut again) = (Instant::now(), count("given_up") > 0);
        loop {
            if client.get("/v1/webhooks").json()["webhooks"][0]["state"] == "disabled" {
                let answer = client.post(&format!("/v1/webhooks/{}/enable", self.id), "{}");
                holds(answer.status == 200, "server error", || answer.text())?;
                again = true;
            }
            if std::mem::take(&mut again) {
                let answer = client.post(&format!("/v1/webhooks/{}/replay", self.id), &json!({"after": 0}).to_string());
                holds(answer.status == 200 && answer.json()["more"] == false, "server error", || answer.text())?;
            }
            if count("waiting") == 0 {
                return Ok(());
            }
            world.clock.go(SignedDuration::from_hours(1));
            holds(began.elapsed() < Duration::from_secs(180), "webhooks wait for ever", || self.waiting(world))?;
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// What waits, and what it waits for
    fn waiting(&self, world: &World) -> String {
        let question = "SELECT position || ' in ' || lane || ', ' || attempts || ' times, due ' || coalesce(due_ms, 'behind another') \
            FROM webhook_deliveries WHERE state = 'waiting' ORDER BY lane, position";
        let mut statement = world.sql.prepare(question).unwrap();
        let rows = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
        let waiting: Vec<String> = rows.map(Result::unwrap).collect();
        format!("{} at {}: {waiting:#?}", self.id, world.now_ms())
    }

    /// Each event once, by its id, in the order of positions
    fn knows_the_same(&self, world: &World) -> Sound {
        let mut events: BTreeMap<i64, Value> = BTreeMap::new();
        for came in self.receiver.came() {
            let message = came.json();
            let position = message["data"]["position"].as_i64().unwrap();
            let known = events.insert(position, message["data"].clone());
            let same = known.is_none_or(|known| known["event"] == message["data"]["event"]);
            holds(same, "told otherwise", || message.to_string())?;
        }
        let first = events.keys().next().copied().unwrap_or(0);
        let happened = books::count(&world.sql, "SELECT count(*) FROM events WHERE position >= ?1", [first]);
        holds(i64::try_from(events.len()) == Ok(happened), "an event never told", || format!("{} of {happened}", events.len()))?;
        for (customer, currency) in books::accounts(&world.sql, 0) {
            let of_customer = events.values().filter(|data| data["customer"] == customer.as_str());
            let told = books::replay(of_customer.map(|data| happened_of(&data["event"])), &currency)?;
            let kept = books::account(&world.sql, &customer, &currency)?;
            holds(told == kept, "told another account", || format!("{customer}: {} and {}", told.balance(), kept.balance()))?;
        }
        Ok(())
    }
}

fn happened_of(event: &Value) -> Happened {
    let text = |name: &str| event[name].as_str().unwrap().to_owned();
    let v = u16::try_from(event["v"].as_u64().unwrap()).unwrap();
    Happened { stream: text("stream"), kind: text("type"), v, data: event["data"].to_string(), on: text("effective_date") }
}
