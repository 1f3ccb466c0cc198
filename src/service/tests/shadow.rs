//! A policy tried beside the active one: it decides every confirm, once, and changes none.

use crate::common::shop::{Order, POLICY, eur};
use crate::common::{Answer, Client, HandClock, Service};
use serde_json::{Value, json};
use std::sync::Arc;

const PATH: &str = "/v1/policies/shadow";

/// Less on invoice, a class for those who order much, and valid only next year
fn stricter() -> String {
    let mut policy: Value = serde_json::from_str(POLICY).unwrap();
    policy["name"] = json!("stricter");
    policy["valid"] = json!({"from": "2027-01-01"});
    policy["classes"] = json!([
        {"id": "A", "when": {"fact": "cart.total", "operator": "lessThan", "value": "150.00 EUR"}, "default_probability_ppm": 10_000, "basis": "assumed"},
        {"id": "B", "default_probability_ppm": 50_000, "basis": "assumed"},
    ]);
    policy["methods"][0]["limits"] = json!([{"maximum": "100.00 EUR"}]);
    policy["methods"][1]["limits"] = json!([{"maximum": "100.00 EUR"}]);
    policy["methods"][2]["limits"] = json!([{"maximum": "100.00 EUR"}]);
    policy.to_string()
}

trait Shadowing {
    fn shadow(&self, method: &str, body: &str) -> Answer;
}

impl Shadowing for Client {
    fn shadow(&self, method: &str, body: &str) -> Answer {
        let bearer = format!("Bearer {}", self.secret);
        self.send(method, PATH, &[("authorization", &bearer), ("content-type", "application/json")], body.as_bytes())
    }
}

fn begin(service: &Service, policy: &str) -> Value {
    let answer = service.client.shadow("PUT", policy);
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

fn report(service: &Service) -> Value {
    let answer = service.client.get(PATH);
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

fn rows(service: &Service) -> i64 {
    service.count("SELECT count(*) FROM shadow_decisions")
}

#[test]
fn the_list_of_policies_marks_the_one_that_is_tried_as_long_as_it_is() {
    let service = Service::start();
    let listed = || -> Vec<(String, bool, bool)> {
        let answer = service.client.get("/v1/policies").json();
        let mut all: Vec<_> = answer["policies"]
            .as_array()
            .unwrap()
            .iter()
            .map(|policy| (policy["name"].as_str().unwrap().to_owned(), policy["active"] == true, policy["shadow"] == true))
            .collect();
        all.sort();
        all
    };
    let name = serde_json::from_str::<Value>(POLICY).unwrap()["name"].as_str().unwrap().to_owned();
    let expect = |mut wanted: Vec<(String, bool, bool)>| {
        wanted.sort();
        assert_eq!(listed(), wanted);
    };
    expect(vec![(name.clone(), true, false)]);
    let brief = begin(&service, &stricter());
    assert_eq!((&brief["active"], &brief["shadow"]), (&json!(false), &json!(true)));
    expect(vec![(name.clone(), true, false), ("stricter".to_owned(), false, true)]);
    // The active one may be tried beside itself.
    let brief = begin(&service, POLICY);
    assert_eq!((&brief["active"], &brief["shadow"]), (&json!(true), &json!(true)));
    expect(vec![(name.clone(), true, true), ("stricter".to_owned(), false, false)]);
    assert_eq!(service.client.shadow("DELETE", "").status, 200);
    expect(vec![(name.clone(), true, false), ("stricter".to_owned(), false, false)]);
    let brief = service.client.post("/v1/policies", &stricter()).json();
    assert_eq!((&brief["active"], &brief["shadow"]), (&json!(true), &json!(false)));
    expect(vec![(name, false, false), ("stricter".to_owned(), true, false)]);
}

#[test]
fn it_decides_every_confirm_and_the_report_says_what_would_be_different() {
    let service = Service::start();
    let active = service.client.get("/v1/policies").json()["policies"][0]["policy_hash"].clone();
    let brief = begin(&service, &stricter());
    assert_eq!((&brief["name"], &brief["active"]), (&json!("stricter"), &json!(false)));
    // New sessions are decided by the active policy as before.
    let session = service.client.session_of("cus_1");
    assert_eq!(service.client.confirmed(&session, &Order::new("1", "invoice", 20_000))["decision"]["policy"], active);
    service.client.confirmed(&service.client.session_of("cus_2"), &Order::new("2", "invoice", 5_000));
    let refused = Order::new("3", "invoice", 25_001);
    assert_eq!(service.client.refused(&service.client.session_of("cus_3"), &refused), ["method.withheld", "amount.maximum"]);

    let found = report(&service);
    assert_eq!((&found["policy_hash"], &found["since"]), (&brief["policy_hash"], &json!("2026-11-21T12:00:00.000Z")));
    assert_eq!(found["undecided"], json!({}));
    assert_eq!(found["comparisons"].as_array().unwrap().len(), 1);
    let comparison = &found["comparisons"][0];
    assert_eq!(comparison["policies"], json!({"old": active, "new": brief["policy_hash"]}));
    assert_eq!(comparison["orders"], 3);
    // Under the active policy 200.00 may be owed by invoice, 50.00 as well, 250.01 by the agreed invoice; under the shadow 50.00.
    assert_eq!(comparison["on_credit"]["old"]["amount"], eur(50_001));
    assert_eq!(comparison["on_credit"]["new"]["amount"], eur(5_000));
    assert_eq!(comparison["on_credit"]["lost"], json!({"orders": 2, "amount": eur(45_001), "observed": null}));
    let invoice = &comparison["methods"][0];
    assert_eq!((&invoice["id"], &invoice["gained"], &invoice["lost"]), (&json!("invoice"), &json!(0), &json!(1)));
    let moves = &comparison["classes"]["moves"];
    assert_eq!(comparison["classes"]["moved"], json!({"orders": 2, "share_ppm": 666_667}));
    assert_eq!((&moves[1]["class"], &moves[1]["orders"]), (&json!({"old": "A", "new": "B"}), &json!(2)));
    assert_eq!(moves[1]["on_credit"], json!({"old": {"orders": 2, "amount": eur(45_001)}, "new": {"orders": 0, "amount": eur(0)}}));
}

#[test]
fn an_order_that_is_sent_again_is_decided_once() {
    let service = Service::start();
    begin(&service, &stricter());
    let (session, order) = (service.client.session_of("cus_1"), Order::new("1", "invoice", 20_000));
    let first = service.client.confirm(&session, &order);
    assert_eq!(service.client.confirm(&session, &order).bytes, first.bytes);
    assert_eq!(service.client.confirm(&session, &Order { key: "another".to_owned(), ..order }).bytes, first.bytes);
    assert_eq!(rows(&service), 1);
    assert_eq!(service.count("SELECT count(*) FROM shadow_decisions s JOIN decisions d USING (tenant_id, decision_id)"), 1);
    // The same policy again goes on where it was.
    let since = report(&service)["since"].clone();
    service.clock.go(jiff::SignedDuration::from_hours(1));
    begin(&service, &stricter());
    assert_eq!((&report(&service)["since"], &report(&service)["comparisons"][0]["orders"]), (&since, &json!(1)));
}

#[test]
fn no_answer_to_anybody_depends_on_it() {
    let told = |shadow: Option<&str>| {
        let service = Service::start();
        if let Some(shadow) = shadow {
            begin(&service, shadow);
        }
        let session = service.client.session_of("cus_1");
        let checkout = service.client.get_as_browser(&format!("/v1/checkout/{session}")).json();
        let answers =
            [20_000, 25_001].map(|total| service.client.confirm(&session, &Order::new(&total.to_string(), "invoice", total)).json());
        let account = service.client.account("cus_1");
        let hint = service.client.get_as_browser("/v1/hint").json();
        let decisions = answers.map(|answer| (answer["outcome"].clone(), answer["reasons"].clone(), answer["decision"].clone()));
        (checkout["residual"].clone(), decisions, account["open_balance"].clone(), hint)
    };
    let without = told(None);
    assert_eq!(told(Some(&stricter())), without);
    assert_eq!(without.2, eur(20_000));
}

#[test]
fn what_it_cannot_decide_fails_no_confirm_and_is_counted() {
    let service = Service::start();
    let with_fact = |kind: &str| {
        let mut policy: Value = serde_json::from_str(POLICY).unwrap();
        policy["facts"] = json!({"custom.rank": {"type": kind, "visibility": "client"}});
        policy["methods"][0]["fields"] = json!(["customer.birth_date", "custom.rank"]);
        policy.to_string()
    };
    assert_eq!(service.client.post("/v1/policies", &with_fact("integer")).status, 201);
    begin(&service, &with_fact("boolean"));
    let ranked = |number: &str, total: i64| {
        let mut order = Order::new(number, "invoice", total);
        order.facts["custom.rank"] = json!(3);
        order
    };
    service.client.confirmed(&service.client.session_of("cus_1"), &ranked("1", 20_000));
    let found = report(&service);
    assert_eq!((&found["undecided"], &found["comparisons"]), (&json!({"fact.type": 1}), &json!([])));
    // A fact that only the active policy declares is passed over.
    begin(&service, &stricter());
    service.client.confirmed(&service.client.session_of("cus_2"), &ranked("2", 5_000));
    let found = report(&service);
    assert_eq!((&found["undecided"], &found["comparisons"][0]["orders"]), (&json!({}), &json!(1)));
    // Not even a table that is gone.
    service.sql().execute("DROP TABLE shadow_decisions", []).unwrap();
    service.client.confirmed(&service.client.session_of("cus_3"), &ranked("3", 5_000));
}

#[test]
fn decisions_of_different_active_policies_are_compared_apart() {
    let service = Service::start();
    begin(&service, &stricter());
    let old = service.client.session_of("cus_1");
    assert_eq!(service.client.post("/v1/policies", &stricter()).status, 201);
    service.client.confirmed(&old, &Order::new("1", "invoice", 20_000));
    service.clock.go(jiff::SignedDuration::from_secs(1));
    // Decided by the very policy that is tried, though valid only next year: the shadow counts as valid.
    let new = service.client.session_of("cus_2");
    assert_eq!(service.client.refused(&new, &Order::new("2", "invoice", 5_000)), ["method.withheld", "policy.not_valid"]);
    let found = report(&service);
    let seen: Vec<_> =
        found["comparisons"].as_array().unwrap().iter().map(|one| (&one["orders"], &one["on_credit"]["gained"]["orders"])).collect();
    assert_eq!(seen, [(&json!(1), &json!(0)), (&json!(1), &json!(1))]);
}

#[test]
fn it_ends_when_it_is_told_to_and_survives_a_restart_until_then() {
    let service = Service::start();
    assert_eq!((service.client.get(PATH).status, service.client.get(PATH).code().as_str()), (404, "policy.no_shadow"));
    assert_eq!(service.client.shadow("DELETE", "").status, 404);
    let brief = begin(&service, &stricter());
    service.client.confirmed(&service.client.session_of("cus_1"), &Order::new("1", "invoice", 5_000));
    let folder = service.stop();
    let service = Service::start_in(folder, HandClock::at("2026-11-21T13:00:00Z"), |_| {});
    service.client.confirmed(&service.client.session_of("cus_2"), &Order::new("2", "invoice", 5_000));
    assert_eq!(report(&service)["comparisons"][0]["orders"], 2);
    let ended = service.client.shadow("DELETE", "");
    assert_eq!((ended.status, &ended.json()["policy_hash"]), (200, &brief["policy_hash"]));
    service.client.confirmed(&service.client.session_of("cus_3"), &Order::new("3", "invoice", 5_000));
    assert_eq!((rows(&service), service.client.get(PATH).status), (2, 404));
    // What was seen counts again when it comes back.
    begin(&service, &stricter());
    assert_eq!(report(&service)["comparisons"][0]["orders"], 2);
}

#[test]
fn it_is_for_the_shops_server_and_for_a_policy_that_can_be_compared() {
    let service = Service::start();
    assert_eq!(service.client.get_as_browser(PATH).code(), "auth.secret_key_needed");
    let yen = stricter().replace("EUR", "JPY").replace(".00 JPY", " JPY");
    let answer = service.client.shadow("PUT", &yen);
    assert_eq!((answer.status, answer.code().as_str()), (422, "policy.currencies_differ"));
    assert_eq!(service.client.shadow("PUT", "{}").code(), "policy.invalid");
    assert_eq!(rows(&service), 0);
    assert_eq!(service.count("SELECT count(*) FROM policies"), 1, "what was refused was not kept");
}

/// Several at once, each in the transaction of its own confirm
#[test]
fn confirms_at_the_same_time_are_each_decided_once() {
    let service = Arc::new(Service::start());
    begin(&service, &stricter());
    let sessions: Vec<String> = (0..12).map(|number| service.client.session_of(&format!("cus_{number}"))).collect();
    let threads: Vec<_> = sessions
        .into_iter()
        .enumerate()
        .map(|(number, session)| {
            let client = service.client.clone();
            std::thread::spawn(move || client.confirmed(&session, &Order::new(&format!("order-{number}"), "invoice", 5_000)))
        })
        .collect();
    threads.into_iter().for_each(|thread| drop(thread.join().unwrap()));
    assert_eq!(report(&service)["comparisons"][0]["orders"], 12);
}
