//! Defects that are put into the service by way of its store, one at a time: a world must notice each.
//!
//! A trigger undoes what a correct service has just written, or writes what it should not: to whoever looks from outside it is the same as a mistake
//! in the code that writes there, and it takes no compiler. `seeded.mjs` puts mistakes into the code itself.

use crate::step::Setting;
use crate::{AT_ONCE, SEEDS, make, shrink};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What is wrong, how the store comes to be wrong, and what notices it
const DEFECTS: [(&str, &str, &[&str]); 11] = [
    (
        "an idempotency key is forgotten",
        "CREATE TRIGGER planted AFTER INSERT ON idempotency BEGIN DELETE FROM idempotency WHERE tenant_id = new.tenant_id AND key = new.key; END",
        &["another answer under one key", "done twice under one key", "sum of claims", "server error"],
    ),
    (
        "a provider's number is forgotten",
        "CREATE TRIGGER planted AFTER INSERT ON incoming_payments BEGIN UPDATE incoming_payments SET provider_ref = new.payment_id \
         WHERE tenant_id = new.tenant_id AND payment_id = new.payment_id; END",
        &["a payment told twice did something", "a payment told twice is another", "sum of payments", "a payment doubled"],
    ),
    (
        "nobody is looked at again after something has happened",
        "CREATE TRIGGER planted AFTER UPDATE OF look_ms ON accounts WHEN new.look_ms = 0 AND old.look_ms IS NOT 0 BEGIN \
         UPDATE accounts SET look_ms = old.look_ms WHERE tenant_id = new.tenant_id AND customer_id = new.customer_id AND currency = new.currency; END",
        &["left undone", "still waiting"],
    ),
    (
        "a bounce is ignored",
        "CREATE TRIGGER planted AFTER UPDATE OF state ON contacts WHEN new.state = 'bounced' BEGIN \
         UPDATE contacts SET state = old.state WHERE message_id = new.message_id; END",
        &["a bounce that nobody minds"],
    ),
    (
        "a message that has left is sent again",
        // Once: a service that sends again and again comes to no end.
        "CREATE TABLE planted_once (message TEXT); CREATE TRIGGER planted AFTER UPDATE OF state ON contacts \
         WHEN new.state = 'sent' AND new.occasion IN ('note', 'thanks') AND NOT EXISTS (SELECT 1 FROM planted_once) BEGIN \
         INSERT INTO planted_once VALUES (new.message_id); UPDATE contacts SET state = 'intended' WHERE message_id = new.message_id; END",
        &["a claim told twice of one thing", "one claim twice in a week", "a payment answered twice", "carried twice"],
    ),
    (
        "what was unknown is taken for sent",
        "CREATE TRIGGER planted AFTER INSERT ON tasks WHEN new.kind = 'unknown_delivery' BEGIN DELETE FROM tasks WHERE task_id = new.task_id; END",
        &["an unknown message without a task"],
    ),
    (
        "a claim's row does not follow",
        "CREATE TRIGGER planted AFTER UPDATE OF balance_minor ON receivables BEGIN \
         UPDATE receivables SET balance_minor = old.balance_minor WHERE tenant_id = new.tenant_id AND receivable_id = new.receivable_id; END",
        &["rows"],
    ),
    (
        "a webhook is lost",
        "CREATE TRIGGER planted AFTER INSERT ON webhook_deliveries WHEN new.position % 7 = 0 BEGIN DELETE FROM webhook_deliveries WHERE number = new.number; END",
        &["an event never told", "told another account", "replay"],
    ),
    (
        "a hold is written down and nobody's",
        "CREATE TRIGGER planted AFTER INSERT ON account_events WHEN new.currency = '' BEGIN DELETE FROM account_events WHERE position = new.position; END",
        &["written to the silent", "rebuilt", "told another account"],
    ),
    (
        "what costs something never left",
        "CREATE TRIGGER planted AFTER INSERT ON events WHEN new.type IN ('CostCharged', 'InterestAccrued') BEGIN \
         UPDATE contacts SET state = 'failed' WHERE message_id = new.correlation_id; END",
        &["charged by what never left"],
    ),
    (
        "what is charged was not written",
        "CREATE TRIGGER planted AFTER INSERT ON events WHEN new.type IN ('CostCharged', 'InterestAccrued') BEGIN \
         UPDATE contacts SET charges = '[]' WHERE message_id = new.correlation_id; END",
        &["charged and not written"],
    ),
];

#[test]
fn each_planted_defect_is_noticed() {
    let (next, missed) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some(defect) = DEFECTS.get(next.fetch_add(1, Ordering::SeqCst)) {
                    missed.lock().unwrap().extend(is_missed(*defect));
                }
            });
        }
    });
    let missed = missed.into_inner().unwrap();
    assert!(missed.is_empty(), "{missed:#?}");
}

/// Nothing where a world notices a defect by what should notice it: one of the worlds that are tried anyway
fn is_missed((what, trigger, by): (&str, &str, &[&str])) -> Option<String> {
    for seed in 0..SEEDS {
        if let Some((broken, _)) = shrink::tried(&make::world(seed), Setting::of(seed), Some(trigger)) {
            eprintln!("noticed in world {seed} by \"{}\": {what}", broken.0);
            return (!by.contains(&broken.0)).then(|| format!("{what}: noticed by {broken:?}"));
        }
    }
    Some(format!("{what}: not noticed"))
}
