//! The ledger alone: events replayed a second, in the fastest of many runs, beside the plain sum of the amounts in them.
//!
//! `cargo bench -p tresen-tests --bench ledger`

#![expect(
    clippy::arithmetic_side_effects,
    clippy::float_arithmetic,
    clippy::unwrap_used,
    reason = "a benchmark reckons with its own figures, and stops where its history cannot be"
)]

#[path = "../ledger/names.rs"]
#[expect(dead_code, reason = "the tests name more than this history has")]
mod names;

use std::hint::black_box;
use std::time::Instant;
use tresen_core::date::Date;
use tresen_core::law::allocation::Regime;
use tresen_core::law::interest::Convention;
use tresen_core::law::regime::Party;
use tresen_core::receivable::decide::{self, Grows, Incoming, InterestTerms};
use tresen_core::receivable::{Account, Created, Event, ItemAmount, ItemKind};

const RUNS: usize = 60;
const ACCOUNTS: usize = 200;

/// A customer with so many claims, each reminded twice, paid in part and then whole
fn history(claims: u64) -> Vec<(Date, Event)> {
    let terms = InterestTerms { market: *b"DE", convention: Convention::ActAct, grows: Grows::All };
    let (mut account, mut log) = (Account::default(), Vec::new());
    let mut happens = |account: &mut Account, on: Date, events: Vec<Event>| {
        for event in events {
            account.apply(on, &event).unwrap();
            log.push((on, event));
        }
    };
    let first = Date::parse("2026-01-05").unwrap();
    for number in 1..=claims {
        let on = first.plus_days(i32::try_from(number).unwrap() * 40);
        let day = |days| on.plus_days(days);
        let receivable = names::receivable(number);
        let due = day(14);
        let items = vec![ItemAmount { item: ItemKind::Principal, minor: 16_840 }];
        let created = Created { receivable: receivable.clone(), party: Party::Consumer, regime: Regime::Bgb367, items };
        happens(
            &mut account,
            on,
            vec![
                Event::ReceivableCreated(created),
                Event::DueDateSet { receivable: receivable.clone(), date: due },
                Event::InvoiceDelivered { receivable: receivable.clone(), received_on: on, default_notice: true },
            ],
        );
        for level in 1..=2_u8 {
            let days = 7 + 10 * i32::from(level);
            let run = names::run(number * 10 + u64::from(level));
            happens(
                &mut account,
                day(days),
                vec![
                    Event::LevelRaised { receivable: receivable.clone(), to: level, last: level == 2, run, cycle: due },
                    Event::NoticeArrived { receivable: receivable.clone(), level, term_until: day(days + 7) },
                ],
            );
        }
        for (place, minor) in [(0, 10_000), (1, 6_840)] {
            let (payment, value_date) = (names::payment(number * 10 + place), day(30 + i32::try_from(place).unwrap()));
            let incoming = Incoming { payment, minor, value_date, named: vec![receivable.clone()] };
            let events = decide::received(&account, value_date, &incoming, Some(&terms)).unwrap();
            happens(&mut account, value_date, events);
        }
    }
    log
}

/// What the events would come to if all that counts were amounts: the least that anybody can do with a history
fn sum(log: &[(Date, Event)]) -> i64 {
    let amount = |event: &Event| match event {
        Event::ReceivableCreated(created) => created.items.iter().map(|item| item.minor).sum(),
        Event::PaymentAllocated { lines, .. } => -lines.iter().map(|line| line.minor).sum::<i64>(),
        _ => 0,
    };
    log.iter().map(|(_, event)| amount(event)).sum()
}

fn fastest(mut work: impl FnMut()) -> f64 {
    let run = |work: &mut dyn FnMut()| {
        let start = Instant::now();
        (0..ACCOUNTS).for_each(|_| work());
        start.elapsed().as_secs_f64() / ACCOUNTS as f64
    };
    (0..RUNS).map(|_| run(&mut work)).fold(f64::INFINITY, f64::min)
}

fn main() {
    for claims in [1, 10, 100] {
        let log = history(claims);
        let replayed = fastest(|| {
            black_box(Account::replay(log.iter().map(|(on, event)| (*on, event)))).unwrap();
        });
        let summed = fastest(|| {
            black_box(sum(black_box(&log)));
        });
        let (events, micros) = (log.len() as f64, replayed * 1e6);
        println!(
            "  {:<46} {:>13.0} events/s   {events} events, {micros:.1} µs an account; their plain sum {:.0} events/s",
            format!("ledger replay, {claims} claim{}", if claims == 1 { "" } else { "s" }),
            events / replayed,
            events / summed
        );
    }
}
