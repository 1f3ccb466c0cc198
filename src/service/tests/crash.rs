//! Killed in the middle and started again: nothing half-done, nothing lost, nothing twice.

use crate::common::shop::{Order, POLICY, eur};
use crate::common::{Client, child};
use std::path::Path;
use std::process::Child;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Confirms that are under way at once
const ORDERS: usize = 40;

/// Not a test of its own: started again as a process by the test below, it serves until it is killed
#[test]
fn serves_as_a_child() {
    let Some((_, config)) = child::config() else { return };
    child::serve(config);
}

pub fn start(folder: &Path) -> (Child, Client) {
    child::start("crash::serves_as_a_child", folder, &[])
}

#[test]
fn killed_in_the_middle_of_confirms_and_started_again() {
    let folder = tempfile::tempdir().unwrap();
    let (mut child, client) = start(folder.path());
    assert_eq!(client.post("/v1/policies", POLICY).status, 201);
    let bearer = format!("Bearer {}", client.secret);
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
    let shadow = POLICY.replace("250.00 EUR", "50.00 EUR");
    assert_eq!(client.send("PUT", "/v1/policies/shadow", &headers, shadow.as_bytes()).status, 200);
    let orders: Vec<(String, Order)> = (0..ORDERS)
        .map(|number| (client.session_of(&format!("cus_{number}")), Order::new(&format!("order-{number}"), "invoice", 10_000)))
        .collect();
    let answered = Arc::new(AtomicUsize::new(0));
    let threads: Vec<_> = orders
        .iter()
        .cloned()
        .map(|(session, order)| {
            let (client, answered) = (client.clone(), Arc::clone(&answered));
            std::thread::spawn(move || {
                let path = format!("/v1/sessions/{session}/confirm");
                let bearer = format!("Bearer {}", client.secret);
                let headers =
                    [("authorization", bearer.as_str()), ("content-type", "application/json"), ("idempotency-key", order.key.as_str())];
                let answer = client.try_send("POST", &path, &headers, order.body().as_bytes()).ok().filter(|answer| answer.status == 200);
                answered.fetch_add(answer.is_some().into(), Ordering::SeqCst);
                answer
            })
        })
        .collect();
    // In the middle, however fast the machine is: some have their answer, the others are under way.
    while answered.load(Ordering::SeqCst) < ORDERS / 8 {
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let before: Vec<_> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
    let cut_off = before.iter().filter(|answer| answer.is_none()).count();
    assert!((1..ORDERS).contains(&cut_off), "{cut_off} of {ORDERS} were cut off");

    let (mut child, client) = start(folder.path());
    for ((session, order), before) in orders.iter().zip(before) {
        let after = client.confirm(session, order);
        assert_eq!(after.json()["outcome"], "confirmed", "{}", after.text());
        if let Some(before) = before {
            assert_eq!(before.bytes, after.bytes, "whoever got an answer gets it again, byte for byte");
        }
        let reference = order.number.replace("order-", "cus_");
        assert_eq!(client.account(&reference)["open_balance"], eur(10_000), "one order, one claim");
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let sql = rusqlite::Connection::open(folder.path().join("tresen.sqlite")).unwrap();
    let count = |sql_text: &str| -> i64 { sql.query_row(sql_text, [], |row| row.get(0)).unwrap() };
    let orders = i64::try_from(ORDERS).unwrap();
    assert_eq!(count("SELECT count(*) FROM receivables"), orders);
    assert_eq!(count("SELECT count(*) FROM events WHERE type = 'ReceivableCreated'"), orders);
    assert_eq!(count("SELECT count(*) FROM idempotency"), orders);
    assert_eq!(count("SELECT count(*) FROM decisions JOIN shadow_decisions USING (tenant_id, decision_id)"), orders);
    assert_eq!(count("SELECT count(*) FROM shadow_decisions"), orders);
}
