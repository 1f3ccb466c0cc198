//! Limits hold under concurrency.

use crate::common::Service;
use crate::common::shop::{Order, eur};
use std::sync::{Arc, Barrier};

fn at_once(service: &Service, sessions: Vec<String>, total: i64) -> Vec<String> {
    let start = Arc::new(Barrier::new(sessions.len()));
    let threads: Vec<_> = sessions
        .into_iter()
        .enumerate()
        .map(|(number, session)| {
            let (client, start) = (service.client.clone(), Arc::clone(&start));
            std::thread::spawn(move || {
                let order = Order::new(&format!("order-{number}"), "invoice", total);
                start.wait();
                let answer = client.confirm(&session, &order);
                assert_eq!(answer.status, 200, "{}", answer.text());
                answer.json()["outcome"].as_str().unwrap().to_owned()
            })
        })
        .collect();
    threads.into_iter().map(|thread| thread.join().unwrap()).collect()
}

#[test]
fn twenty_confirms_at_once_never_exceed_the_limit() {
    let service = Service::start();
    // 300.00 in all, 45.00 each: six fit, a seventh does not.
    let sessions = (0..20).map(|_| service.client.session_of("cus_1")).collect();
    let outcomes = at_once(&service, sessions, 4_500);
    assert_eq!(outcomes.iter().filter(|outcome| *outcome == "confirmed").count(), 6, "{outcomes:?}");
    assert_eq!(service.client.account("cus_1")["open_balance"], eur(27_000));
    assert_eq!(service.count("SELECT sum(balance_minor) FROM receivables"), 27_000);
    assert_eq!(service.count("SELECT count(*) FROM decisions"), 20, "every answer has its record");
}

#[test]
fn a_guests_exposure_is_that_of_the_visit() {
    let service = Service::start();
    let sessions = (0..4).map(|_| service.client.guest_session("visit-1", None)).collect();
    let outcomes = at_once(&service, sessions, 10_000);
    assert_eq!(outcomes.iter().filter(|outcome| *outcome == "confirmed").count(), 3, "{outcomes:?}");
    let another = service.client.guest_session("visit-2", None);
    service.client.confirmed(&another, &Order::new("other", "invoice", 25_000));
}

#[test]
fn one_order_asked_for_twenty_times_at_once_is_one_order() {
    let service = Service::start();
    let session = service.client.session_of("cus_1");
    let order = Order::new("1", "invoice", 10_000);
    let start = Arc::new(Barrier::new(20));
    let threads: Vec<_> = (0..20)
        .map(|number| {
            let (client, start, session) = (service.client.clone(), Arc::clone(&start), session.clone());
            // Half of them with the same key, half with keys of their own.
            let order = Order { key: if number % 2 == 0 { "same".to_owned() } else { format!("own-{number}") }, ..order.clone() };
            std::thread::spawn(move || {
                start.wait();
                client.confirm(&session, &order).bytes
            })
        })
        .collect();
    let answers: std::collections::HashSet<Vec<u8>> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
    assert_eq!(answers.len(), 1, "everybody gets the same answer");
    assert_eq!(service.count("SELECT count(*) FROM receivables"), 1);
}
