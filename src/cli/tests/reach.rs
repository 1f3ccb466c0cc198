//! `tresen policy reach` as a shell sees it: for people and for programs.

#![expect(clippy::unwrap_used, reason = "a broken promise in a test should stop the test")]

use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const POLICY: &str = r#"{
  "format": 1, "name": "p", "market": "DE", "currency": "EUR", "merchant": {"name": "M", "size": "small"},
  "valid": {"until": "2020-12-31"},
  "legal": {"registration_checked_by": "Kanzlei Muster", "registration_checked_on": "2026-11-02"},
  "rules": [
    {"id": "adults", "when": {"fact": "customer.age", "operator": "lessThan", "value": 18}, "withhold": "credit", "reason": "customer.minor"},
    {"id": "overdue", "when": {"fact": "account.overdue_count", "operator": "greaterThan", "value": 0}, "withhold": ["invoice"],
     "reason": "account.overdue"},
    {"id": "middling", "when": {"all": [{"fact": "order.origin_channel", "operator": "equal", "value": "instagram"},
      {"fact": "cart.total", "operator": "greaterThan", "value": "40.00 EUR"},
      {"fact": "cart.total", "operator": "lessThan", "value": "60.00 EUR"}]}, "withhold": ["invoice"], "reason": "channel.not_served"}
  ],
  "methods": [
    {"id": "invoice", "kind": "invoice", "minimum": "10.00 EUR", "term": {"days": 14, "from": "order"}, "consent": "invoice", "limits": [
      {"when": {"fact": "history.paid_on_time", "operator": "greaterThanInclusive", "value": 3}, "maximum": "200.00 EUR"},
      {"when": {"fact": "shipping.same_as_billing", "operator": "equal", "value": false}, "maximum": "5.00 EUR"},
      {"maximum": "100.00 EUR"}]},
    {"id": "card", "kind": "card", "provider": "sandbox"}
  ]
}"#;

/// The report on the policy, read from JSON or compiled
fn reach(name: &str, policy: impl AsRef<Path>, format: &str) -> String {
    let arguments = ["policy", "reach", "--today", "2026-11-26", "--format", format];
    let told = Command::new(env!("CARGO_BIN_EXE_tresen")).args(arguments).arg(policy.as_ref()).output().unwrap();
    assert_eq!(told.status.code(), Some(0), "{name}: {}", String::from_utf8_lossy(&told.stderr));
    String::from_utf8(told.stdout).unwrap()
}

fn written(folder: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(folder);
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join("p.json");
    fs::write(&path, POLICY).unwrap();
    path
}

#[test]
fn people_read_where_a_method_is_offered_and_where_never_why_and_what_would_be_different() {
    let path = written("reach_text");
    let expected = format!(
        "{} on 2026-11-26, with every payment provider connected

invoice
  guest             10.00 EUR to 100.00 EUR
  guest_company     10.00 EUR to 100.00 EUR
  guest_social      10.00 EUR to 40.00 EUR, 60.00 EUR to 100.00 EUR
  guest_elsewhere   never: amount.minimum up to 9.99 EUR, amount.maximum from 5.01 EUR
                      with shipping.same_as_billing true: 10.00 EUR to 100.00 EUR
                      with customer.known true, customer.signed_in true, history.paid_on_time 3: 10.00 EUR to 200.00 EUR
  guest_minor       never: customer.minor (rule adults)
                      with customer.birth_date 2008-11-26: 10.00 EUR to 100.00 EUR
  new_customer      10.00 EUR to 100.00 EUR
  good_customer     10.00 EUR to 200.00 EUR
  overdue_customer  never: account.overdue (rule overdue)
                      with account.open_balance 0.00 EUR, account.overdue_balance 0.00 EUR, account.overdue_count 0, \
         account.overdue_days_max 0: 10.00 EUR to 200.00 EUR
  good_company      10.00 EUR to 200.00 EUR

card
  everybody         at every total
",
        path.display()
    );
    let told = reach("text", &path, "text");
    let (report, legend) = told.split_once("\nWhere a method").unwrap();
    assert_eq!(report, expected);
    assert!(legend.contains("guest_minor       a guest who is 16 years old"), "{legend}");
}

#[test]
fn lists_are_tried_too_the_shortest_first() {
    let rules = r#""rules": [
    {"id": "unconfirmed", "when": {"fact": "customer.confirmed", "operator": "doesNotContain", "value": "email"}, "withhold": ["invoice"], "reason": "identity.unconfirmed"},
    {"id": "no_gifts", "when": {"any": [{"fact": "cart.categories", "operator": "isMissing"},
      {"fact": "cart.categories", "operator": "contains", "value": "gift_card"}]}, "withhold": ["card"], "reason": "goods.excluded"},
    {"id": "no_club", "when": {"any": [{"fact": "custom.clubs", "operator": "isMissing"},
      {"fact": "custom.clubs", "operator": "doesNotContain", "value": "gold"},
      {"fact": "custom.clubs", "operator": "doesNotContain", "value": "silver"}]}, "withhold": ["advance"], "reason": "general"}],
  "facts": {"custom.clubs": {"type": "texts", "visibility": "server", "description": "Clubs"}},
  "methods": [
    {"id": "invoice", "kind": "invoice", "term": {"days": 14, "from": "order"}, "consent": "invoice"},
    {"id": "card", "kind": "card", "provider": "sandbox"},
    {"id": "advance", "kind": "prepayment"}]}"#;
    let (head, _) = POLICY.split_once(r#""rules""#).unwrap();
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("reach_lists.json");
    fs::write(&path, format!("{head}{rules}")).unwrap();
    let told = reach("lists", &path, "text");
    let parts: Vec<&str> = told.split("\n\n").collect();
    let invoice = "invoice
  everybody         never: identity.unconfirmed (rule unconfirmed)
                      with customer.confirmed email: at every total";
    let card = "card
  everybody         never: goods.excluded (rule no_gifts)
                      with cart.categories empty: at every total";
    let advance = "advance
  everybody         never: general (rule no_club)
                      with custom.clubs gold and silver: at every total";
    assert_eq!(parts.get(1..4).unwrap().iter().map(|part| part.trim_end()).collect::<Vec<_>>(), [invoice, card, advance], "{told}");
    let report: Value = serde_json::from_str(&reach("lists", &path, "json")).unwrap();
    assert_eq!(report["methods"][2]["people"][0]["different"][0]["facts"], json!({"custom.clubs": ["gold", "silver"]}));
}

#[test]
fn programs_read_the_same_of_a_policy_and_of_its_bytes() {
    let path = written("reach_json");
    let compiled = path.with_file_name("p.tresen");
    let build = Command::new(env!("CARGO_BIN_EXE_tresen")).args(["policy", "build", "-o"]).args([&compiled, &path]).output().unwrap();
    assert!(build.status.success());
    let told = reach("JSON", &path, "json");
    assert_eq!(told, reach("compiled", &compiled, "json"));
    let report: Value = serde_json::from_str(&told).unwrap();
    assert_eq!(report["today"], "2026-11-26");
    let minor = &report["methods"].pointer("/0/people/4").unwrap();
    let euro = |minor: i64| json!({"minor": minor, "currency": "EUR"});
    assert_eq!(minor["person"], "guest_minor");
    assert_eq!(
        minor["withheld"].pointer("/0").unwrap(),
        &json!({"code": "customer.minor", "rule": "adults", "always": true, "totals": [{"smallest": euro(1), "largest": null}]})
    );
    assert_eq!(
        minor["different"],
        json!([{"facts": {"customer.birth_date": "2008-11-26"}, "offered": [{"smallest": euro(1_000), "largest": euro(10_000)}]}])
    );
}
