//! Random customers in an unreliable world, through the real service: money late, partly, twice, under wrong references and charged back;
//! news of messages lost, repeated and mixed up; the scheduler down for days; messages refused, bounced and of unknown fate; webhooks that fail.
//!
//! A world is a list of steps made from a seed ([`make`]). After every step the money and the orders that were acknowledged are there once and
//! nothing that was refused has left anything behind; after every run every account is replayed apart from the service and audited by the core,
//! and the messages are looked at; every message is looked at by whoever carries it, at that moment ([`carrier`]). In the end everything that
//! was lost arrives, some weeks pass, and the chain, the rows and what the webhooks told are held against the events.
//!
//! What breaks something prints its seed and the shortest story that was found; as a file in `tests/corpus/world` it is tried for ever.
//! `TRESEN_WORLDS=500 cargo test -p tresen-service --test world no_world` tries as many as one likes, from `TRESEN_SEED` on, and says how it gets on.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "a test")]

mod carrier;
#[path = "../common/mod.rs"]
mod common;
mod facts;
mod hooks;
mod kept;
mod laws;
mod live;
mod make;
mod planted;
mod shrink;
mod step;

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// Worlds at once
const AT_ONCE: usize = 2;

/// The worlds that are tried every time
const SEEDS: u64 = 5;

/// Tries the worlds of some seeds
fn try_all(seeds: &[u64]) {
    let (next, failed) = (AtomicU64::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some(seed) = seeds.get(usize::try_from(next.fetch_add(1, Ordering::SeqCst)).unwrap()) {
                    if let Some(problem) = try_one(*seed) {
                        eprintln!("{problem}");
                        failed.lock().unwrap().push(*seed);
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().unwrap();
    assert!(failed.is_empty(), "{} of {} worlds broke something: {failed:?}", failed.len(), seeds.len());
}

/// What is broken in the world of a seed, and the shortest story of it
fn try_one(seed: u64) -> Option<String> {
    let (steps, setting) = (make::world(seed), step::Setting::of(seed));
    let began = std::time::Instant::now();
    let found = shrink::tried(&steps, setting, None);
    if std::env::var_os("TRESEN_WORLDS").is_some() {
        eprintln!("seed {seed}: {} steps, {} ms", steps.len(), began.elapsed().as_millis());
    }
    let found = found?;
    let story = if std::env::var_os("TRESEN_WHOLE").is_some() { steps } else { shrink::shortest(&steps, setting, &found) };
    let again = shrink::tried(&story, setting, None);
    let broken = found.0;
    let kept = serde_json::json!({"why": broken.0, "told": setting.told, "costly": setting.costly, "steps": story});
    Some(format!("seed {seed}: {broken:?}\nshortened to {} steps, which say {again:?}\n{kept}", story.len()))
}

#[test]
fn no_world_breaks_anything() {
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().unwrap());
    if let Some(worlds) = number("TRESEN_WORLDS") {
        let from = number("TRESEN_SEED").unwrap_or(1_000);
        return try_all(&(from..from + worlds).collect::<Vec<_>>());
    }
    // The same every time, and others every day.
    let today = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs() / (24 * 60 * 60);
    try_all(&(0..SEEDS).chain([today * 2, today * 2 + 1]).collect::<Vec<_>>());
}
