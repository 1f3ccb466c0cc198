//! No question that a checkout asks reads through all that a shop has: each finds its rows by a key.

use crate::common::Service;
use crate::common::money::{told, with};
use crate::common::provider::Provider;
use crate::common::shop::{Order, POLICY, eur};
use jiff::SignedDuration;
use rusqlite::trace::TraceEvent;
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::Mutex;

static ASKED: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

fn watch(event: TraceEvent<'_>) {
    if let TraceEvent::Profile(statement, _) = event {
        ASKED.lock().unwrap().insert(statement.sql().to_string());
    }
}

/// Tables of which a shop has more rows every day
const GROWING: &[&str] = &[
    "customers",
    "sessions",
    "decisions",
    "orders",
    "receivables",
    "account_events",
    "instalments",
    "refunds",
    "incoming_payments",
    "awaited_references",
    "payments",
    "proofs",
    "reviews",
    "events",
    "accounts",
    "histories",
    "idempotency",
    "shadow_decisions",
    "grants",
    "grant_uses",
    "checks",
    "messages",
    "accesses",
    "access_codes",
    "requests",
    "tasks",
    "pay_sessions",
    "pay_leases",
    "pay_refunds",
    "debits",
    "debit_batches",
    "approvals",
    "merges",
];

/// Everything that shoppers and their shop ask for
fn a_busy_day() -> Service {
    let provider = Provider::start(crate::paying::PROVIDER);
    let service = Service::start_with(|config| {
        config.watch_sql = Some(watch);
        provider.is_known_to(config);
    });
    let bearer = format!("Bearer {}", service.client.secret);
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
    assert_eq!(service.client.send("PUT", "/v1/policies/shadow", &headers, POLICY.as_bytes()).status, 200);
    for number in 0..3 {
        let customer = json!({"customer": {"reference": "cus_1", "signed_in": true, "email": "greta@example.com"}});
        let session = service.client.session(&customer);
        service.client.get_as_browser(&format!("/v1/checkout/{session}"));
        service.client.post(&format!("/v1/sessions/{session}/preview"), "{}");
        service.client.confirmed(&session, &Order::new(&format!("i{number}"), "invoice", 5_000));
        let review = service.client.post_as_browser("/v1/reviews", &json!({"session": session, "method": "invoice"}).to_string()).json();
        let answer = json!({"outcome": "changed", "by": "mk", "words": "Ja.", "grant": {"amount": eur(100_000), "until": "2026-12-01"}});
        service.client.post(&format!("/v1/reviews/{}/answer", review["review"].as_str().unwrap()), &answer.to_string());
        service.client.get_as_browser(&format!("/v1/checkout/{session}/reviews"));
        let session = service.client.session(&customer);
        let card = Order { amount: eur(5_100), ..Order::new(&format!("c{number}"), "card", 5_000) };
        let answer = service.client.confirmed(&session, &card);
        service.client.get(&format!("/v1/payments/{}", answer["payment"]["id"].as_str().unwrap()));
        let button = ["approve", "decline", ""][number];
        service.client.send("POST", &format!("{}/{button}", answer["payment"]["redirect_url"].as_str().unwrap()), &[], b"");
        service.client.get(&format!("/v1/decisions/{}", answer["decision_id"].as_str().unwrap()));
    }
    service.clock.go(SignedDuration::from_hours(2));
    let guest = service.client.guest_session("visit", Some("greta@example.com"));
    service.client.confirmed(&guest, &Order::new("g", "invoice", 5_000));
    service.client.account("cus_1");
    account(&service);
    money(&service);
    paying(&service, &provider);
    crate::debits::a_busy_day(&service);
    steps(&service);
    assert_eq!(service.client.get("/v1/policies/shadow").json()["comparisons"][0]["orders"], 8);
    assert_eq!(service.client.get("/v1/customers/cus_1/export").status, 200);
    assert_eq!(service.client.post("/v1/customers/cus_1/erase", "{}").status, 409);
    assert_eq!(service.client.post("/v1/customers/cus_1/erase", r#"{"despite_open": true}"#).status, 200);
    service
}

/// A customer looks at their account, which the shop or a code opens
fn account(service: &Service) {
    service.sees(&service.access("cus_1", &json!({})));
    let claim = service.client.account("cus_1")["receivables"][0]["id"].as_str().unwrap().to_owned();
    let link = service.paylink(&claim);
    let code = service.code(&link);
    service.types(&link, &crate::common::steps::another(&code));
    let token = service.enters(&link, &code);
    let view = service.gets(&token, "noted", &json!({"kind": "dispute", "receivable": claim, "reason": "other"}));
    service.gets(&token, "granted", &json!({"kind": "take_back", "request": view["request"]}));
    let file = crate::proofs::pdf(1);
    let proof = service.sent(&token, "beleg", &file);
    let view = service.gets(&token, "noted", &json!({"kind": "paid_already", "receivable": claim, "proofs": [proof]}))["view"].clone();
    service.client.get(&format!("/v1/proofs/{proof}"));
    service.client.get(&format!("/v1/receivables/{claim}/file"));
    let waiting = service.sent(&token, "beleg", &file);
    service.client.send("DELETE", &format!("/v1/accounts/{token}/proofs/{waiting}"), &[], b"");
    service.client.send("GET", view["documents"][0]["url"].as_str().unwrap(), &[], b"");
    service.client.get("/v1/tasks");
    service.client.get("/v1/approvals");
}

/// Money comes and goes back, and something is done about claims
fn money(service: &Service) {
    service.comes(&with(told("1", 100), "remittance", "RF18 5390 0754 7034"));
    service.comes(&with(told("2", 100), "customer", "cus_9"));
    let payment = service.comes(&with(told("3", 16_000), "customer", "cus_1"));
    service.tells(&with(told("3", 16_001), "customer", "cus_1"));
    let lost = service.unmatched().iter().find(|payment| !payment["why"].is_null()).unwrap()["id"].as_str().unwrap().to_owned();
    service.done(&format!("/v1/payments/{lost}/match"), json!({"customer": "cus_1"}));
    let refund = json!({"payment": payment["id"], "amount": eur(100)}).to_string();
    let refund = service.client.post_with("/v1/refunds", &refund, &[("idempotency-key", "back")]).json();
    service.done(&format!("/v1/refunds/{}/outcome", refund["refund"].as_str().unwrap()), json!({"outcome": "failed"}));
    let id = payment["id"].as_str().unwrap();
    service.client.get(&format!("/v1/payments/{id}"));
    service.done(&format!("/v1/payments/{id}/chargeback"), json!({"state": "opened", "until": "2026-12-07"}));
    service.done(&format!("/v1/payments/{id}/chargeback"), json!({"state": "won"}));
    service.done(&format!("/v1/payments/{lost}/reverse"), json!({}));
    let claim = service.client.account("cus_1")["receivables"][0]["id"].as_str().unwrap().to_owned();
    service.done(&format!("/v1/receivables/{claim}/credit-notes"), json!({"amount": eur(100), "reason": "return"}));
    service.done(&format!("/v1/receivables/{claim}/withdrawal"), json!({}));
    let hold = service.does("/v1/customers/cus_1/holds", json!({"reason": "hardship"})).json();
    service.done(&format!("/v1/customers/cus_1/holds/{}/release", hold["hold"].as_str().unwrap()), json!({}));
}

/// Somebody is sent to a provider and comes back, and somebody else does not
fn paying(service: &Service, provider: &Provider) {
    let (claim, _) = service.claim("cus_2", "p1", 10_000);
    let token = service.link_of(&claim);
    service.is_sent(&token, Some(10));
    let page = service.is_sent(&token, Some(20));
    service.comes_back(&provider.presses(&page, "processing"));
    provider.finishes(&page, "declined");
    service.clock.go(SignedDuration::from_hours(8 * 24));
    service.looks_after_payments();
    let page = service.is_sent(&token, Some(30));
    let payment = service.comes_back(&provider.presses(&page, "pay"))["payment"]["payment"].clone();
    provider.does("/v1/refunds", "back", &json!({"payment": provider.payment(&page), "amount": eur(10)}));
    service.client.get(&format!("/v1/payments/{}", payment.as_str().unwrap()));
    service.is_sent(&token, Some(40));
    service.clock.go(SignedDuration::from_hours(1));
    service.looks_after_payments();
    service.done(&format!("/v1/receivables/{claim}/credit-notes"), json!({"amount": eur(9_990), "reason": "return"}));
    let refund = json!({"payment": payment, "amount": eur(5)}).to_string();
    assert_eq!(service.client.post_with("/v1/refunds", &refund, &[("idempotency-key", "out")]).status, 201);
    service.looks_after_payments();
}

/// Somebody confirms a telephone, an address and their identity
fn steps(service: &Service) {
    let rules = ["phone", "address", "identity"].map(|step| {
        json!({"id": step, "when": {"fact": "customer.confirmed", "operator": "doesNotContain", "value": step}, "withhold": ["invoice"],
               "reason": "identity.unconfirmed"})
    });
    let mut policy: serde_json::Value = serde_json::from_str(POLICY).unwrap();
    policy["rules"] = json!(rules);
    assert_eq!(service.client.post("/v1/policies", &policy.to_string()).status, 201);
    let session = service.client.guest_session("steps", None);
    let post = |path: &str, body: serde_json::Value| {
        let answer = service.client.post_as_browser(&format!("/v1/checkout/{session}/steps/{path}"), &body.to_string());
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()
    };
    post("phone", json!({"phone": "+4915112345678"}));
    post("phone/answer", json!({"code": "000000"}));
    post("address", json!({"address": {"street": "Markt", "house_number": "1", "postal_code": "24103", "city": "Kiel", "country": "DE"}}));
    let page = post("identity", json!({}))["url"].as_str().unwrap().to_owned();
    service.client.send("GET", &page, &[], b"");
    service.client.get_as_browser(&format!("/v1/checkout/{session}/steps"));
    service.client.send("POST", &format!("{page}/pass"), &[], b"");
    service.client.get("/v1/sandbox/messages");
}

/// What the service asked for rows that are there; not what the database asks itself
fn questions() -> Vec<String> {
    let asked = ASKED.lock().unwrap().clone();
    let is_of_rows = |statement: &String| ["SELECT", "UPDATE", "DELETE"].iter().any(|verb| statement.starts_with(verb));
    asked.into_iter().filter(|statement| is_of_rows(statement) && !statement.contains("sqlite_")).collect()
}

#[test]
fn every_question_finds_its_rows_by_a_key() {
    let service = a_busy_day();
    let sql = service.sql();
    let asked = questions();
    let mut looked_at = 0;
    for statement in &asked {
        let mut plan = sql.prepare(&format!("EXPLAIN QUERY PLAN {statement}")).unwrap();
        let nothing = rusqlite::params_from_iter(std::iter::repeat_n(rusqlite::types::Null, plan.parameter_count()));
        let steps: Vec<String> = plan.query_map(nothing, |row| row.get(3)).unwrap().map(Result::unwrap).collect();
        for step in steps {
            let words: Vec<&str> = step.split(' ').collect();
            let Some(table) = words.get(1).filter(|_| matches!(words[0], "SCAN" | "SEARCH")) else { continue };
            // Aliases are the first letter of their table.
            if !GROWING.iter().any(|growing| growing == table || (table.len() == 1 && growing.starts_with(table))) {
                continue;
            }
            looked_at += 1;
            let by_the_shop_alone = step.ends_with("(tenant_id=?)") && !statement.contains("LIMIT");
            assert!(words[0] == "SEARCH" && !by_the_shop_alone, "{step}\n{statement}");
        }
    }
    assert!(looked_at > 25, "{looked_at} of {} statements", asked.len());
}

#[test]
fn every_question_names_the_shop() {
    let _service = a_busy_day();
    let asked = questions();
    // A key says whose it is, and so does a token, or the secret id of a payment or a check on the sandbox's page; whoever sweeps,
    // reminds or delivers asks which shops have anything waiting.
    let without = [
        "FROM api_keys WHERE key_hash = ?1",
        "FROM accesses WHERE token_hash = ?1",
        "FROM paylinks WHERE token_hash = ?1",
        "SELECT tenant_id FROM payments WHERE payment_id = ?1",
        "SELECT DISTINCT tenant_id, customer_id FROM payments",
        "SELECT tenant_id FROM checks WHERE check_id = ?1",
        "SELECT DISTINCT tenant_id FROM messages",
        "SELECT tenant_id FROM tenants WHERE EXISTS (SELECT 1 FROM pay_sessions",
        "FROM paylinks WHERE token_hash = ?1",
        "SELECT tenant_id FROM tenants WHERE active_policy IS NOT NULL",
        "SELECT DISTINCT tenant_id, webhook_id FROM webhook_deliveries WHERE due_ms <= ?1",
    ];
    for statement in &asked {
        let names_it = statement.contains("tenant_id = ?1") || without.iter().any(|known| statement.contains(known));
        assert!(names_it, "{statement}");
    }
    assert!(asked.len() > 25, "{asked:#?}");
}
