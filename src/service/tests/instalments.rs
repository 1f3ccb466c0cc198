//! Orders that are paid in instalments: the plan that was shown is the one that stands.

use crate::common::shop::{Order, eur};
use crate::common::{Client, Service};
use jiff::SignedDuration;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// Three rates free of charge, six at 9.48 %, twelve for a fee from 200.00 on; the first rate after 30 days
const POLICY: &str = r#"{
  "format": 1, "name": "instalments", "market": "DE", "currency": "EUR",
  "merchant": {"name": "Kiesel & Lein", "size": "micro"},
  "legal": {"registration_checked_by": "Kanzlei Muster", "registration_checked_on": "2026-11-02"},
  "methods": [
    {"id": "raten", "kind": "instalments", "minimum": "60.00 EUR", "term": {"days": 30, "from": "order"}, "consent": "instalments",
     "plans": [{"rates": 3}, {"rates": 6, "interest": "0.0948"}, {"rates": 12, "fee": "9.90 EUR", "minimum": "200.00 EUR"}]},
    {"id": "spaeter", "kind": "pay_later", "term": {"days": 60, "from": "order"}, "consent": "pay_later"},
    {"id": "gebuehr", "kind": "pay_later", "term": {"days": 30, "from": "order"}, "fee": {"fixed": "2.50 EUR", "rate": "0"}, "consent": "pay_later"},
    {"id": "lieferung", "kind": "invoice", "term": {"days": 60, "from": "delivery"}, "consent": "invoice"},
    {"id": "verwechselt", "kind": "pay_later", "term": {"days": 60, "from": "order"}, "consent": "instalments"},
    {"id": "rechnung", "kind": "invoice", "term": {"days": 50, "from": "order"}},
    {"id": "prepayment", "kind": "prepayment"}
  ],
  "fallback": ["prepayment"]
}"#;

fn start() -> Service {
    let service = Service::start();
    assert_eq!(service.client.post("/v1/policies", POLICY).status, 201);
    service
}

fn method(client: &Client, session: &str, total: i64, id: &str) -> Value {
    let facts =
        json!({"facts": {"cart.total": eur(total), "customer.birth_date": "1985-03-27", "billing.country": "DE", "billing.region": "BE"}});
    let answer = client.post(&format!("/v1/sessions/{session}/preview"), &facts.to_string());
    assert_eq!(answer.status, 200, "{}", answer.text());
    let methods = answer.json()["decision"]["methods"].clone();
    methods.as_array().unwrap().iter().find(|method| method["id"] == id).unwrap().clone()
}

/// The plan with that many rates, as a widget hands over what it showed
fn shown(method: &Value, rates: usize) -> Value {
    let plan = method["plans"].as_array().unwrap().iter().find(|plan| plan["rates"] == rates).unwrap();
    let rates = plan["instalments"].as_array().unwrap().iter();
    let rates: Vec<Value> = rates.map(|rate| json!({"due_date": rate["due_date"], "amount": rate["amount"]})).collect();
    json!({"instalments": rates, "annual_rate_percent": plan["annual_rate_percent"]})
}

/// The text that is agreed to, as the widget hashes it: written out here, so that a changed text is noticed
fn consent(text: &str) -> Value {
    consent_of("instalments", "1", text)
}

fn consent_of(id: &str, version: &str, text: &str) -> Value {
    let hash: String = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    json!([{"id": id, "version": version, "text_hash": hash, "accepted_at": crate::common::NOON}])
}

const THREE_OF_100: &str = "Ich möchte in 3 Raten zahlen, zusammen 100,00\u{a0}€ an Kiesel & Lein, die erste am 21. Dezember 2026. Die \
Kreditinformationen habe ich erhalten und gelesen. Kiesel & Lein prüft dafür automatisch Warenkorb, Adresse und bisherige Bestellungen, ohne Auskunftei.\n\
Achtung! Kreditaufnahme kostet Geld.\nKiesel & Lein stundet Ihnen den Kaufpreis von 100,00\u{a0}€. Sie zahlen ihn in 3 Monatsraten: \
33,34\u{a0}€ am 21. Dezember 2026, 33,33\u{a0}€ am 21. Januar 2027, 33,33\u{a0}€ am 22. Februar 2027.\nGesamtbetrag 100,00\u{a0}€, davon \
Kosten 0,00\u{a0}€. Sollzins 0,00 % im Jahr, fest. Effektiver Jahreszins 0,00 %.\nSie können den Kreditvertrag innerhalb von 14 Tagen ohne \
Angabe von Gründen widerrufen. Ihr Recht, den Kauf zu widerrufen, bleibt daneben bestehen. Was Sie zurücksenden, zahlen Sie nicht.\nFrüher \
zurückzahlen können Sie jederzeit, ganz oder teilweise. Dann sinken die Kosten für die restliche Zeit.\nBleibt eine Rate nach ihrem Zahltag \
aus, gelten die gesetzlichen Regeln über den Verzug, auch über Verzugszinsen.\nOb diese Zahlart möglich ist, entscheidet zuerst ein Programm. \
Sie können die Entscheidung von einem Menschen prüfen lassen und Ihre Sicht darlegen.";

fn order(client: &Client, session: &str, number: &str) -> Order {
    let plan = shown(&method(client, session, 10_000, "raten"), 3);
    Order { plan, consents: consent(THREE_OF_100), ..Order::new(number, "raten", 10_000) }
}

#[test]
fn a_plan_that_was_shown_and_agreed_to_stands_and_sums_to_the_claim() {
    let service = start();
    let session = service.client.session_of("a");
    let confirmed = service.client.confirmed(&session, &order(&service.client, &session, "1"));
    let plan = &confirmed["plan"];
    let amounts: Vec<i64> =
        plan["plan"]["instalments"].as_array().unwrap().iter().map(|rate| rate["amount"]["minor"].as_i64().unwrap()).collect();
    assert_eq!(amounts, [3_334, 3_333, 3_333]);
    assert_eq!(plan["plan"]["annual_rate_percent"], "0.00");
    assert_eq!(plan["plan_hash"].as_str().unwrap().len(), 64);
    assert_eq!(confirmed["receivable"]["amount"], eur(10_000));
    assert_eq!(confirmed["receivable"]["due_date"], "2026-12-21");
    assert_eq!(confirmed["credit"]["regime"], "consumer_credit");
    assert_eq!(confirmed["credit"]["reasons"], json!(["regime.too_long"]));
    assert_eq!(confirmed["credit"]["disclosures"].as_array().unwrap().len(), 8);
    let record = service.client.get(&format!("/v1/decisions/{}", confirmed["decision_id"].as_str().unwrap())).json();
    assert_eq!(record["plan"], *plan, "it is kept as it was agreed to");
    let token = confirmed["decision_token"].as_str().unwrap().split('.').nth(1).unwrap().to_owned();
    let claims: Value =
        serde_json::from_slice(&base64::Engine::decode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, token).unwrap()).unwrap();
    assert_eq!(claims["plan_hash"], plan["plan_hash"], "and it is signed");
    let kept: String = service.sql().query_row("SELECT plan FROM decisions WHERE plan IS NOT NULL", [], |row| row.get(0)).unwrap();
    let canonical = serde_json::to_vec(&serde_json::from_str::<Value>(&kept).unwrap()).unwrap();
    let hash: String = Sha256::digest(canonical).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(plan["plan_hash"], hash, "anybody can work the hash out");
}

#[test]
fn what_a_plan_costs_is_owed_too() {
    let service = start();
    let session = service.client.session_of("a");
    let raten = method(&service.client, &session, 60_000, "raten");
    let totals: Vec<i64> = raten["plans"].as_array().unwrap().iter().map(|plan| plan["total"]["minor"].as_i64().unwrap()).collect();
    assert_eq!(totals.len(), 3);
    assert_eq!((totals[0], totals[2]), (60_000, 60_990));
    assert_eq!(raten["plans"][1]["interest_percent"], "9.48");
    // Six equal rates at 0.79 % a month: 600.00 * 0.0079 / (1 - 1.0079^-6) = 102.7831…, so 102.79, and 102.75 is left for the last.
    assert_eq!(raten["plans"][1]["instalments"][0]["amount"], eur(10_279));
    assert_eq!(raten["plans"][1]["instalments"][5]["amount"], eur(10_275));
    assert_eq!(raten["plans"][1]["annual_rate_percent"], "9.90");
    let sum: i64 = raten["plans"][1]["instalments"].as_array().unwrap().iter().map(|rate| rate["amount"]["minor"].as_i64().unwrap()).sum();
    assert_eq!(sum, totals[1]);
    // At 199.99 there are no twelve rates, below 60.00 none at all.
    assert_eq!(method(&service.client, &session, 19_999, "raten")["plans"].as_array().unwrap().len(), 2);
    assert_eq!(method(&service.client, &session, 20_000, "raten")["plans"].as_array().unwrap().len(), 3);
    let withheld = method(&service.client, &session, 5_999, "raten");
    assert_eq!((&withheld["state"], withheld.get("plans")), (&json!("withheld"), None));
}

#[test]
fn a_plan_that_differs_by_a_cent_a_day_or_a_hundredth_is_refused() {
    let service = start();
    let session = service.client.session_of("a");
    let good = order(&service.client, &session, "1");
    let with = |pointer: &str, value: Value| {
        let mut order = good.clone();
        *order.plan.pointer_mut(pointer).unwrap() = value;
        order.key = pointer.to_owned();
        service.client.refused(&session, &order)
    };
    assert_eq!(with("/instalments/0/amount/minor", json!(3_333)), ["plan.differs"]);
    assert_eq!(with("/instalments/2/due_date", json!("2027-02-21")), ["plan.differs"]);
    assert_eq!(with("/annual_rate_percent", json!("0.01")), ["plan.differs"]);
    let mut four = good.clone();
    let first = four.plan["instalments"][0].clone();
    four.plan["instalments"].as_array_mut().unwrap().push(first);
    four.key = "four".to_owned();
    assert_eq!(service.client.refused(&session, &four), ["plan.not_on_offer"]);
    let none = Order { plan: Value::Null, key: "none".to_owned(), ..good.clone() };
    assert_eq!(service.client.refused(&session, &none), ["plan.missing"]);
    let text = THREE_OF_100.replace("33,34", "33,33");
    let other = Order { consents: consent(&text), key: "text".to_owned(), ..good.clone() };
    assert_eq!(service.client.refused(&session, &other), ["consent.text_differs"]);
    let elsewhere = Order { key: "elsewhere".to_owned(), consents: json!([]), method: "prepayment".to_owned(), ..good.clone() };
    assert_eq!(service.client.refused(&session, &elsewhere), ["plan.unexpected"]);
    service.client.confirmed(&session, &good);
}

#[test]
fn the_same_order_with_another_plan_is_not_the_same_order() {
    let service = start();
    let session = service.client.session_of("a");
    let first = order(&service.client, &session, "1");
    let confirmed = service.client.confirmed(&session, &first);
    let again = Order { key: "again".to_owned(), ..first.clone() };
    assert_eq!(service.client.confirmed(&session, &again), confirmed);
    let six = Order { key: "six".to_owned(), plan: shown(&method(&service.client, &session, 10_000, "raten"), 6), ..first };
    assert!(service.client.refused(&session, &six).contains(&"session.already_bound".to_owned()));
    assert_eq!(service.count("SELECT count(*) FROM instalments"), 3);
}

#[test]
fn a_plan_that_runs_stays_as_it_was_agreed_to_whatever_the_policy_says_later() {
    let service = start();
    let session = service.client.session_of("a");
    let confirmed = service.client.confirmed(&session, &order(&service.client, &session, "1"));
    let mut dearer: Value = serde_json::from_str(POLICY).unwrap();
    dearer["methods"][0]["plans"] = json!([{"rates": 3, "interest": "0.0948"}]);
    dearer["methods"][0]["term"]["days"] = json!(10);
    assert_eq!(service.client.post("/v1/policies", &dearer.to_string()).status, 201);
    let new = method(&service.client, &service.client.session_of("b"), 10_000, "raten");
    assert_eq!(new["plans"][0]["interest_percent"], "9.48", "who comes later pays more");
    let record = service.client.get(&format!("/v1/decisions/{}", confirmed["decision_id"].as_str().unwrap())).json();
    assert_eq!(record["plan"], confirmed["plan"], "who agreed before does not");
    let claim = service.receivable(confirmed["receivable"]["id"].as_str().unwrap());
    assert_eq!((&claim["due_date"], &claim["balance"]), (&json!("2026-12-21"), &eur(10_000)));
    service.clock.go(SignedDuration::from_hours(24 * 94));
    assert_eq!(service.client.account("a")["overdue_balance"], eur(10_000), "three rates, and nothing beside them");
}

#[test]
fn a_claim_is_overdue_by_the_rates_whose_days_have_passed() {
    let service = start();
    let session = service.client.session_of("a");
    service.client.confirmed(&session, &order(&service.client, &session, "1"));
    let overdue = || service.client.account("a")["overdue_balance"]["minor"].as_i64().unwrap();
    let mut passed = 0;
    // The rates fall on days 30, 61 and 93: of a day nothing is overdue before it is over.
    for (day, expected) in [(29, 0), (30, 0), (31, 3_334), (61, 3_334), (62, 6_667), (93, 6_667), (94, 10_000)] {
        service.clock.go(SignedDuration::from_hours(24 * (day - passed)));
        passed = day;
        assert_eq!(overdue(), expected, "day {day}");
    }
    assert_eq!(service.client.account("a")["open_balance"], eur(10_000));
}

#[test]
fn time_to_pay_beyond_the_exemption_is_refused_without_what_the_law_wants_told() {
    let service = start();
    let session = service.client.session_of("a");
    // 60 days from the order, and no delivery is named: more than the 50 that are free.
    let codes = service.client.refused(&session, &Order::new("1", "spaeter", 10_000));
    assert_eq!(codes, ["credit.not_disclosed", "consent.missing"]);
    let invoice = Order { key: "50".to_owned(), ..Order::new("2", "rechnung", 10_000) };
    let confirmed = service.client.confirmed(&session, &invoice);
    assert_eq!(confirmed["credit"]["regime"], "free_deferral");
    assert_eq!(confirmed["credit"]["days"], 50);
    // The very same term reaches into the exemption when the goods come ten days later.
    let session = service.client.session_of("b");
    let later = |delivery: &str| {
        let facts = json!({"customer.birth_date": "1985-03-27", "order.expected_delivery": delivery});
        service.client.refused(&session, &Order { facts, key: delivery.to_owned(), ..Order::new("3", "spaeter", 10_000) })
    };
    assert_eq!(later("2026-11-30"), ["credit.not_disclosed", "consent.missing"]);
    assert_eq!(later("2026-12-01"), ["consent.missing"]);
}

/// 100.00 for a month at a fee of 2.50, which is 1.025^12 − 1 = 34.49 % a year
const LATER_FOR_A_FEE: &str = "Ich möchte später zahlen, und zwar 102,50\u{a0}€ am 21. Dezember 2026 an Kiesel & Lein. Die Kreditinformationen \
habe ich erhalten und gelesen. Kiesel & Lein prüft dafür automatisch Warenkorb, Adresse und bisherige Bestellungen, ohne Auskunftei.\n\
Achtung! Kreditaufnahme kostet Geld.\nKiesel & Lein stundet Ihnen den Kaufpreis von 100,00\u{a0}€. Sie zahlen ihn auf einmal: \
102,50\u{a0}€ am 21. Dezember 2026.\nGesamtbetrag 102,50\u{a0}€, davon Kosten 2,50\u{a0}€. Sollzins 0,00 % im Jahr, fest. Effektiver \
Jahreszins 34,49 %.\nSie können den Kreditvertrag innerhalb von 14 Tagen ohne Angabe von Gründen widerrufen. Ihr Recht, den Kauf zu \
widerrufen, bleibt daneben bestehen. Was Sie zurücksenden, zahlen Sie nicht.\nFrüher zurückzahlen können Sie jederzeit, ganz oder \
teilweise. Dann sinken die Kosten für die restliche Zeit.\nBleibt die Zahlung nach ihrem Zahltag aus, gelten die gesetzlichen Regeln über den \
Verzug, auch über Verzugszinsen.\nOb diese Zahlart möglich ist, entscheidet zuerst ein Programm. Sie können die Entscheidung von einem \
Menschen prüfen lassen und Ihre Sicht darlegen.";

#[test]
fn a_deferral_for_a_fee_stands_once_all_that_it_costs_was_agreed_to() {
    let service = start();
    let session = service.client.session_of("a");
    let order =
        |key: &str, consents: Value| Order { key: key.to_owned(), consents, amount: eur(10_250), ..Order::new("1", "gebuehr", 10_000) };
    let refused = |key: &str, consents: Value| service.client.refused(&session, &order(key, consents));
    assert_eq!(refused("none", json!([])), ["credit.not_disclosed", "consent.missing"]);
    // Who agreed to the text of a free deferral was not told of a credit, whatever the text says.
    assert_eq!(refused("free", consent_of("pay_later", "1", LATER_FOR_A_FEE)), ["credit.not_disclosed", "consent.text_differs"]);
    let cheaper = LATER_FOR_A_FEE.replace("34,49", "3,44");
    assert_eq!(refused("other", consent_of("pay_later", "credit-1", &cheaper)), ["consent.text_differs"]);
    assert_eq!(refused("id", consent_of("invoice", "credit-1", LATER_FOR_A_FEE)), ["credit.not_disclosed", "consent.missing"]);
    let confirmed = service.client.confirmed(&session, &order("told", consent_of("pay_later", "credit-1", LATER_FOR_A_FEE)));
    assert_eq!(confirmed["credit"]["reasons"], json!(["regime.charged"]));
    assert_eq!(confirmed["receivable"]["amount"], eur(10_250));
    assert!(confirmed["plan"].is_null(), "one payment is no plan that somebody chose");
    let method = confirmed["decision"]["methods"].as_array().unwrap().iter().find(|method| method["id"] == "gebuehr").unwrap().clone();
    assert_eq!([&method["deferral"]["annual_rate_percent"], &method["deferral"]["cost"]], [&json!("34.49"), &eur(250)]);
    assert_eq!(method["deferral"]["instalments"][0]["due_date"], "2026-12-21");
}

#[test]
fn nobody_agrees_to_a_credit_whose_day_or_text_is_not_known() {
    let service = start();
    let session = service.client.session_of("a");
    // Counted from a delivery that nobody named: there is no day to tell.
    let order = Order { consents: consent_of("invoice", "credit-1", LATER_FOR_A_FEE), ..Order::new("1", "lieferung", 10_000) };
    assert_eq!(service.client.refused(&session, &order), ["credit.not_disclosed", "consent.text_differs"]);
    assert!(method(&service.client, &session, 10_000, "lieferung").get("deferral").is_none());
    // The text about instalments says nothing of one payment, and passes for none.
    let order = Order { consents: consent(THREE_OF_100), key: "mixed".to_owned(), ..Order::new("2", "verwechselt", 10_000) };
    assert_eq!(service.client.refused(&session, &order), ["credit.not_disclosed", "consent.text_unavailable"]);
}

#[test]
fn a_browser_is_told_what_each_method_is_to_the_law_and_nothing_of_who_asks() {
    let service = start();
    let credit = |request: &Value| {
        let session = service.client.session(request);
        service.client.get_as_browser(&format!("/v1/checkout/{session}")).json()["credit"].clone()
    };
    let facts = json!({"cart.total": eur(10_000), "order.expected_delivery": "2026-11-24"});
    let known = credit(&json!({"customer": {"reference": "a", "signed_in": true}, "facts": facts}));
    let regimes: Vec<(&str, &str)> =
        known.as_object().unwrap().iter().map(|(id, told)| (id.as_str(), told["regime"].as_str().unwrap())).collect();
    let credits = ["gebuehr", "lieferung", "raten", "spaeter", "verwechselt"].map(|id| (id, "consumer_credit"));
    let expected: Vec<(&str, &str)> = [&credits[..3], &[("rechnung", "free_deferral")], &credits[3..]].concat();
    assert_eq!(regimes, expected, "and nothing of prepayment");
    assert_eq!([&known["spaeter"]["days"], &known["spaeter"]["reasons"]], [&json!(57), &json!(["regime.too_long"])]);
    assert_eq!(known["rechnung"]["disclosures"], json!(["credit.nothing_ticked", "credit.human_review"]));
    let rates: Vec<&Value> = known["raten"]["plans"].as_array().unwrap().iter().map(|plan| &plan["rates"]).collect();
    assert_eq!(rates, [3, 6, 12], "also the plan for which this cart is too small");
    assert_eq!(known["raten"]["plans"][0]["reasons"], json!(["regime.too_long"]));
    // Somebody with debts and a guest are told the same.
    let mut owing = facts.clone();
    owing
        .as_object_mut()
        .unwrap()
        .extend(json!({"history.dunning_level_max": 3, "history.declines_30_days": 9}).as_object().unwrap().clone());
    assert_eq!(credit(&json!({"customer": {"reference": "b", "signed_in": true}, "facts": owing})), known);
    assert_eq!(credit(&json!({"customer": {"guest_reference": "g", "signed_in": false}, "facts": facts})), known);
    let mut company = facts.clone();
    company["customer.kind"] = json!("company");
    let business = credit(&json!({"customer": {"reference": "a", "signed_in": true}, "facts": company}));
    assert!(
        business.as_object().unwrap().values().all(|told| told["regime"] == "business" && told["disclosures"] == json!([])),
        "{business}"
    );
    let mut later = facts;
    later["order.expected_delivery"] = json!("2026-12-01");
    assert_eq!(credit(&json!({"customer": {"reference": "a", "signed_in": true}, "facts": later}))["spaeter"]["regime"], "free_deferral");
}
