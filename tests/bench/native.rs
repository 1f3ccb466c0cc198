//! The core alone: nanoseconds for one decision on facts that lie in their slots, in the fastest of many runs.
//!
//! `cargo bench -p tresen-tests --bench native -- POLICY`, with a policy that `tresen policy build` wrote.

#![expect(clippy::arithmetic_side_effects, clippy::float_arithmetic, reason = "a benchmark reckons with its own figures")]

use std::hint::black_box;
use std::time::Instant;
use tresen_core::date::Date;
use tresen_core::facts::{Facts, known};
use tresen_core::offer::{Answer, country_value, decide_into};
use tresen_core::program::Program;

const RUNS: usize = 200;
const ROUNDS: u32 = 100;

fn main() {
    // Cargo adds an argument of its own.
    let Some(file) = std::env::args().skip(1).find(|argument| !argument.starts_with("--")) else {
        eprintln!("name the policy: cargo bench -p tresen-tests --bench native -- POLICY");
        std::process::exit(2);
    };
    let bytes = std::fs::read(&file).unwrap_or_else(|error| stop(&format!("{file}: {error}")));
    let policy = Program::from_bytes(&bytes).unwrap_or_else(|error| stop(&format!("{file}: {error}")));
    let today = Date::from_ymd(2026, 11, 21).unwrap_or(Date::MIN);
    let mut orders: Vec<Facts> = (0..100).map(order).collect();
    let fastest = (0..RUNS).map(|_| time(&policy, &mut orders, today)).fold(f64::INFINITY, f64::min);
    println!("{fastest}");
}

fn stop(message: &str) -> ! {
    eprintln!("{message}");
    std::process::exit(2);
}

fn time(policy: &Program, orders: &mut [Facts], today: Date) -> f64 {
    let mut answer = Answer::default();
    let start = Instant::now();
    for _ in 0..ROUNDS {
        for facts in &mut *orders {
            decide_into(policy, facts, today, &mut answer);
            black_box(answer.states());
        }
    }
    start.elapsed().as_secs_f64() * 1e9 / (f64::from(ROUNDS) * orders.len() as f64)
}

fn order(number: i64) -> Facts {
    let mut facts = Facts::new();
    facts.set(known::CART_TOTAL, 700 + number * 617);
    facts.set(known::BILLING_COUNTRY, country_value(*b"DE"));
    facts.set(known::SHIPPING_SAME_AS_BILLING, number % 5);
    facts.set(known::CUSTOMER_BIRTH_DATE, 3_000 + number * 37);
    facts.set(known::CUSTOMER_KNOWN, 1);
    facts.set(known::HISTORY_PAID_ON_TIME, number % 15);
    facts.set(known::HISTORY_ORDERS_7_DAYS, number % 5);
    facts.set(known::HISTORY_AMOUNT_7_DAYS, number * 900);
    facts.set(known::ACCOUNT_OPEN_BALANCE, number * 400);
    facts.set(known::ACCOUNT_OVERDUE_COUNT, number / 90);
    facts
}
