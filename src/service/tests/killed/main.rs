//! Killed with SIGKILL at random moments while several clients buy, pay, tell of messages and move the clock: what was acknowledged is there
//! once, nobody is written to twice, and the books are whole.
//!
//! Clients do as the interface asks: whoever gets no answer asks again under the same key. In the end every answer is asked for once more and is
//! the same. `TRESEN_KILLS=300 cargo test -p tresen-service --test killed` kills as often as one likes.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "a test")]

mod clients;
#[path = "../common/mod.rs"]
mod common;

use clients::{Acknowledged, Counter, buys_and_pays, moves_the_clock};
use common::books::{self, Broken, Sound, holds};
use common::chance::Chance;
use common::collection::{POLICY, written};
use common::{Client, NOON, child};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::sync::Arc;
use std::time::Duration;
use tresen_core::date::Date;
use tresen_core::ladder::Channel;
use tresen_service::{Handed, Parcel, SystemClock, Transport};

/// Those who buy and pay at once
const CLIENTS: usize = 3;

/// Carries each message into a file; takes its time over some, and some it does not take yet
#[derive(Debug)]
struct Slow(PathBuf);

impl Transport for Slow {
    fn send(&self, channel: Channel, parcel: &Parcel) -> Handed {
        let kind = parcel.id.bytes().next_back().unwrap_or(0) % 8;
        if kind == 0 && !self.0.join("willing").exists() {
            return Handed::NotNow("the relay is busy".into());
        }
        std::thread::sleep(Duration::from_millis(u64::from(kind) * 4));
        let mut sent = std::fs::OpenOptions::new().create(true).append(true).open(self.0.join("sent")).unwrap();
        // In one piece: a process that dies loses nothing that the kernel has.
        sent.write_all(format!("{} {}\n", channel.code(), parcel.id).as_bytes()).unwrap();
        std::thread::sleep(Duration::from_millis(u64::from(kind) * 4));
        Handed::Sent { provider_ref: None }
    }
}

/// Not a test of its own: started again as a process by the tests below, it serves until it is killed
#[test]
fn serves_as_a_child() {
    let Some((folder, mut config)) = child::config() else { return };
    config.sandbox_start = Some(NOON.parse().unwrap());
    config.public_url = "https://shop.example".into();
    // The clock moves by days while somebody is at the till.
    config.session_lifetime = Duration::from_secs(400 * 24 * 60 * 60);
    config.run_every = Some(Duration::from_millis(150));
    config.transport = Some(Arc::new(Slow(folder)));
    child::serve(config);
}

fn start(folder: &Path) -> (Child, Client) {
    child::start("serves_as_a_child", folder, &[])
}

/// Kills the service so often while everybody goes on
fn killed(kills: usize, seed: u64) {
    let folder = tempfile::tempdir().unwrap();
    let mut chance = Chance::new(seed);
    let (mut child, client) = start(folder.path());
    assert_eq!(client.post("/v1/policies", &policy()).status, 201);
    let counter = Counter::open(client);
    let acknowledged = std::thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS).map(|number| (number, seed, &counter)).collect();
        let busy: Vec<_> =
            clients.into_iter().map(|(number, seed, counter)| scope.spawn(move || buys_and_pays(number, seed, counter))).collect();
        let clock = scope.spawn(|| moves_the_clock(&counter));
        for _ in 0..kills {
            counter.is_busy(2 + chance.below(12));
            std::thread::sleep(Duration::from_millis(u64::try_from(chance.below(60)).unwrap()));
            // SIGKILL
            child.kill().unwrap();
            child.wait().unwrap();
            let (next, client) = start(folder.path());
            child = next;
            counter.is_at(client);
        }
        counter.closes();
        clock.join().unwrap();
        busy.into_iter().flat_map(|client| client.join().unwrap()).collect::<Vec<_>>()
    });
    std::fs::write(folder.path().join("willing"), "").unwrap();
    counter.advances(3);
    let sound = all_is_there(&counter, &acknowledged).and_then(|()| {
        let _ = child.kill();
        child.wait().unwrap();
        nothing_is_lost_or_doubled(folder.path(), &acknowledged)
    });
    if let Err(Broken(name, place)) = sound {
        let _ = child.kill();
        panic!("seed {seed}, {kills} kills, {} answers: {name}: {place}", acknowledged.len());
    }
}

/// Those who are late may buy too
fn policy() -> String {
    let mut policy: serde_json::Value = serde_json::from_str(&POLICY).unwrap();
    policy["rules"] = serde_json::json!([]);
    policy["exposure"] = serde_json::json!({"limits": [{"maximum": "90000.00 EUR"}]});
    policy.to_string()
}

/// Each answer is the same once more, and asking for it does nothing
fn all_is_there(counter: &Counter, acknowledged: &[Acknowledged]) -> Sound {
    for one in acknowledged {
        let again = counter.asks_once(&one.asked);
        let same = again.status == one.answer.status && again.bytes == one.answer.bytes;
        holds(same, "another answer under one key", || format!("{:?}: {} and {}", one.asked, one.answer.text(), again.text()))?;
    }
    Ok(())
}

fn nothing_is_lost_or_doubled(folder: &Path, acknowledged: &[Acknowledged]) -> Sound {
    let sql = Connection::open(folder.join("tresen.sqlite")).unwrap();
    let mut expected: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
    for one in acknowledged {
        if let Some((table, minor)) = one.counts() {
            let (count, sum) = expected.entry(table).or_default();
            (*count, *sum) = (*count + 1, *sum + minor);
        }
    }
    for table in ["receivables", "incoming_payments"] {
        let there = (
            books::count(&sql, &format!("SELECT count(*) FROM {table}"), []),
            books::count(&sql, &format!("SELECT coalesce(sum(amount_minor), 0) FROM {table}"), []),
        );
        let told = expected.get(table).copied().unwrap_or_default();
        holds(told.0 > 0 && told == there, "lost or doubled", || format!("{table}: acknowledged {told:?}, there {there:?}"))?;
    }
    let carried = std::fs::read_to_string(folder.join("sent")).unwrap_or_default();
    let carried: Vec<&str> = carried.lines().filter_map(|line| line.split(' ').nth(1)).collect();
    let each: BTreeSet<&str> = carried.iter().copied().collect();
    holds(each.len() == carried.len(), "carried twice", || format!("{} of {}", each.len(), carried.len()))?;
    let messages = written(&sql);
    for message in &messages {
        let left = each.contains(message.id.as_str());
        let said = match message.state.as_str() {
            "sent" | "delivered" | "bounced" => left,
            "intended" | "suppressed" | "failed" => !left,
            // A task says that nobody knows.
            "unknown" => true,
            _ => false,
        };
        holds(said, "a message in the wrong state", || format!("{message:?}, carried: {left}"))?;
    }
    holds(each.iter().all(|id| messages.iter().any(|message| message.id == *id)), "carried without an intent", String::new)?;
    books::nothing_is_twice(&sql)?;
    books::nobody_is_pestered(&messages)?;
    let ms = books::now_ms(&sql, &SystemClock);
    let today = jiff::Timestamp::from_millisecond(ms).unwrap().in_tz("Europe/Berlin").unwrap().date().to_string();
    books::accounts_are_sound(&sql, Date::parse(&today).unwrap(), 0)?;
    books::the_books_are_whole(folder, Arc::new(SystemClock))?;
    let unknown = messages.iter().filter(|message| message.state == "unknown").count();
    println!(
        "{} answers, {} orders, {} payments, {} messages carried, {unknown} given to a human",
        acknowledged.len(),
        expected["receivables"].0,
        expected["incoming_payments"].0,
        carried.len()
    );
    holds(carried.len() > 5, "hardly anything was carried", || carried.len().to_string())
}

/// Twenty-five kills to a database, where somebody wants more of them
#[test]
fn killed_twenty_times_it_loses_and_doubles_nothing() {
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().unwrap());
    let Some(kills) = number("TRESEN_KILLS") else { return killed(20, 1) };
    let from = number("TRESEN_SEED").unwrap_or(100);
    (from..from + kills / 25).for_each(|seed| killed(25, seed));
}
