//! A database that an earlier version of the service wrote: its events are raised, and its rows are as they were.

use super::{Counter, rows};
use crate::ledger::{rebuild, replay};
use crate::store;
use rusqlite::{Connection, params};
use tresen_core::ident::CustomerId;
use tresen_core::receivable::{ItemKind, PlanState};

const CUSTOMER: &str = "cst_00000000000000000000000000000001";
const PAID: &str = "rcv_00000000000000000000000000000001";
const PLANNED: &str = "rcv_00000000000000000000000000000002";

fn event(old: &Connection, stream: &str, seq: i64, kind: &str, on: &str, data: &str) {
    old.execute(
        "INSERT INTO events (tenant_id, stream, seq, event_id, type, v, occurred_at, recorded_at, effective_date, actor, correlation_id, data, prev_hash, hash) \
         VALUES ('demo', ?1, ?2, ?1 || ?2, ?3, 1, '', '', ?4, '{\"kind\":\"import\",\"id\":\"seed\",\"role\":\"import\"}', 'seed', ?5, '', '')",
        params![stream, seq, kind, on, data],
    )
    .unwrap();
}

fn claim(old: &Connection, id: &str, on: &str, items: &str) {
    let data = format!(
        r#"{{"receivable":"{id}","debtor":"{CUSTOMER}","order_ref":"o-{id}","capture":1,"method":"invoice","party":null,"items":[{items}],"reference":"RF{id}","delivered_on":null,"terms":null}}"#
    );
    event(old, &format!("receivable/{id}"), 1, "ReceivableCreated", on, &data);
}

fn paid(old: &Connection, payment: &str, receivable: &str, minor: i64, on: &str) {
    let stream = format!("payment/{payment}");
    let amount = format!(r#"{{"currency":"EUR","minor":{minor}}}"#);
    let settled =
        format!(r#"{{"payment":"{payment}","customer":"{CUSTOMER}","provider_ref":"import","amount":{amount},"value_date":"{on}"}}"#);
    event(old, &stream, 1, "PaymentSettled", on, &settled);
    let allocated = format!(
        r#"{{"payment":"{payment}","lines":[{{"receivable":"{receivable}","amount":{amount}}}],"rule":"designated","value_date":"{on}"}}"#
    );
    event(old, &stream, 2, "PaymentAllocated", on, &allocated);
}

/// As version 1 wrote it: one claim that is paid, one that is paid by a plan and a rate ahead, and a card that an order was paid with
fn write(old: &Connection) {
    old.execute_batch("INSERT INTO tenants (tenant_id, zone) VALUES ('demo', 'Europe/Berlin')").unwrap();
    claim(old, PAID, "2026-09-01", r#"{"kind":"principal","amount":{"currency":"EUR","minor":1000}}"#);
    let due = r#"{"date":"2026-09-15","rule":"import","calendar":"none","zone":"Europe/Berlin"}"#;
    event(old, &format!("receivable/{PAID}"), 2, "DueDateSet", "2026-09-01", due);
    paid(old, &format!("pay_{}", "1".repeat(40)), PAID, 1000, "2026-09-14");
    let items =
        r#"{"kind":"principal","amount":{"currency":"EUR","minor":9000}},{"kind":"interest","amount":{"currency":"EUR","minor":90}}"#;
    claim(old, PLANNED, "2026-10-01", items);
    let rates: Vec<String> = ["2026-11-01", "2026-12-01", "2027-01-04"]
        .map(|due| format!(r#"{{"due_date":"{due}","amount":{{"currency":"EUR","minor":3030}},"cost":{{"currency":"EUR","minor":30}}}}"#))
        .to_vec();
    let plan = format!(
        r#"{{"plan_hash":"{}","rates":[{}],"annual_rate_percent":"6.00","interest_percent":"6.00","regime":"consumer_credit","consent":null}}"#,
        "ee".repeat(32),
        rates.join(",")
    );
    event(old, &format!("receivable/{PLANNED}"), 2, "PlanAccepted", "2026-10-01", &plan);
    paid(old, &format!("pay_{}", "2".repeat(40)), PLANNED, 4000, "2026-10-20");
    let card = format!("pay_{}", "3".repeat(40));
    let initiated = format!(
        r#"{{"payment":"{card}","customer":"{CUSTOMER}","session":"cs_{}","order_ref":"o-card","method":"card","provider":"sandbox","amount":{{"currency":"EUR","minor":500}},"reserves":false,"expires_at":"2026-10-01T12:00:00Z"}}"#,
        "1".repeat(40)
    );
    event(old, &format!("payment/{card}"), 1, "PaymentInitiated", "2026-10-01", &initiated);
    let settled = format!(
        r#"{{"payment":"{card}","customer":"{CUSTOMER}","provider_ref":"sbx_1","amount":{{"currency":"EUR","minor":500}},"value_date":"2026-10-01"}}"#
    );
    event(old, &format!("payment/{card}"), 2, "PaymentSettled", "2026-10-01", &settled);
    let rows = format!(
        "INSERT INTO accounts VALUES ('demo', '{CUSTOMER}', 'EUR', 5090);
         INSERT INTO receivables VALUES ('demo', '{PAID}', '{CUSTOMER}', 'o-{PAID}', 'invoice', 'EUR', 1000, 0, 'RF{PAID}', '2026-09-01', '2026-09-15', '2026-09-14');
         INSERT INTO receivables VALUES ('demo', '{PLANNED}', '{CUSTOMER}', 'o-{PLANNED}', 'invoice', 'EUR', 9090, 5090, 'RF{PLANNED}', '2026-10-01', '2026-12-01', NULL);
         INSERT INTO instalments VALUES ('demo', '{PLANNED}', 1, '2026-11-01', 3030, 30), ('demo', '{PLANNED}', 2, '2026-12-01', 3030, 30),
           ('demo', '{PLANNED}', 3, '2027-01-04', 3030, 30);"
    );
    old.execute_batch(&rows).unwrap();
}

#[test]
fn an_older_database_is_brought_up_to_date_and_says_the_same() {
    let folder = tempfile::tempdir().unwrap();
    store::write_older(&folder.path().join("tresen.sqlite"), "account_events", write);
    let counter = Counter::open(folder);
    let customer = CustomerId::parse(CUSTOMER).unwrap();
    counter.write(|work| {
        let before = rows(work.tx);
        assert_eq!(before.iter().filter(|row| row.starts_with("account_events")).count(), 8, "the card is of no account: {before:#?}");
        let account = replay(work.tx, &work.tenant, &customer, "EUR").unwrap();
        let claims: Vec<_> = account.receivables().map(|(id, _)| id.clone()).collect();
        assert_eq!(claims.iter().map(|id| account.open(id)).collect::<Vec<_>>(), [0, 5_090]);
        // Nobody had said the regime: a consumer's payment goes to the price before the interest.
        assert_eq!(account.open_item(&claims[1], ItemKind::Interest), 90);
        assert_eq!(account.plans().map(|(_, plan)| (plan.paid, plan.state)).collect::<Vec<_>>(), [(4_000, PlanState::Active)]);
        assert_eq!(account.credit(), 0);
        rebuild(work.tx, &work.tenant).unwrap();
        assert_eq!(rows(work.tx), before);
    });
}
