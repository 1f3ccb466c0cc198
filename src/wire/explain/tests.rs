use super::*;
use crate::decision::{hash, hex};
use crate::facts::{Who, read};
use serde_json::json;

const SCORED: &str = include_str!("../../../examples/policies/de-scorecard.json");

/// The explanation of a method of a policy, on the day on which these tests play
fn of(source: &str, method: &str, said: &Value) -> Option<Explanation> {
    let policy = crate::policy::read(source).unwrap().policy;
    let today = Date::parse("2026-11-21").unwrap();
    let facts = read(&policy, said, Who::Service, today).unwrap();
    let case = Case {
        policy: &policy,
        program: &policy.program(),
        policy_hash: &hex(&hash(&policy.to_bytes())),
        descriptions: &descriptions(&serde_json::from_str(source).unwrap()),
        sells: crate::policy::Merchant::default().sells(),
        facts: &facts,
        said: said.as_object().unwrap(),
        is_of_the_ledger: &|name| name.starts_with("account."),
        today,
    };
    explain(&case, method)
}

fn eur(minor: i64) -> Value {
    json!({"minor": minor, "currency": "EUR"})
}

fn stranger() -> Value {
    json!({
        "cart.total": eur(16_350), "cart.item_count": 2, "shipping.same_as_billing": true, "shipping.method": "home", "order.origin_channel": "web_shop",
        "custom.address_check": "deliverable", "billing.country": "DE", "customer.birth_date": "1980-01-01", "shop.providers": ["sandbox"],
        "account.open_balance": eur(0), "shipping.country": "DE"
    })
}

fn fact<'a>(explanation: &'a Explanation, name: &str) -> &'a ExplainedFact {
    explanation.facts.iter().find(|fact| fact.name == name).unwrap_or_else(|| panic!("{name}"))
}

#[test]
fn what_was_used_what_mattered_and_what_would_change_it() {
    let found = of(SCORED, "invoice", &stranger()).unwrap();
    assert_eq!((found.state.as_str(), found.kind.as_str(), found.regime.as_str()), ("withheld", "invoice", "free_deferral"));
    assert_eq!(found.reasons, [ExplainedReason { code: "amount.maximum".into(), rule: None, told: "amount.maximum".into() }]);
    assert_eq!(serde_json::to_value(&found.change).unwrap()["steps"][0]["to"], eur(15_000));

    let total = fact(&found, "cart.total");
    assert!(total.used && total.decisive);
    assert_eq!(total.source, Some(Source::Shopper));
    // One cent over the limit and it is withheld, at the limit it is not.
    assert_eq!(total.otherwise, Some(Otherwise { value: Some(eur(15_000)), state: "offered".into() }));
    assert_eq!(total.points, [Share { attribute: "cart.total".into(), given: 5, least: -10, most: 15 }]);

    // 75 points: five more and the class allows 300.00. No item count gives them, so it counts and is not decisive.
    let items = fact(&found, "cart.item_count");
    assert!(items.used && !items.decisive, "{items:?}");
    assert_eq!(items.used_by, ["/scorecards/new"]);
    let checked = fact(&found, "custom.address_check");
    assert_eq!(checked.source, Some(Source::Shop));
    assert!(checked.description.as_deref().unwrap().starts_with("What the address service said"));
    assert_eq!(fact(&found, "account.open_balance").source, Some(Source::Ledger));

    let country = fact(&found, "shipping.country");
    assert!(!country.used && !country.decisive && country.used_by.is_empty(), "{country:?}");
    assert!(fact(&found, "shop.providers").used_by.is_empty(), "the invoice needs no provider");
    let born = fact(&found, "customer.birth_date");
    assert_eq!(
        (born.through.as_slice(), born.used_by.as_slice()),
        (["customer.age".to_owned()].as_slice(), ["/methods/0/fields", "/rules/0"].map(str::to_owned).as_slice())
    );
}

#[test]
fn a_day_is_found_on_which_somebody_is_of_age() {
    let mut said = stranger();
    said["cart.total"] = eur(5_000);
    said["customer.birth_date"] = json!("2008-11-22");
    let found = of(SCORED, "invoice", &said).unwrap();
    assert_eq!(found.reasons[0].code, "customer.minor");
    // Eighteen on the day itself is old enough, a day later is not.
    assert_eq!(
        fact(&found, "customer.birth_date").otherwise,
        Some(Otherwise { value: Some(json!("2008-11-21")), state: "offered".into() })
    );
    assert_eq!(
        fact(&found, "customer.birth_date").if_missing.as_deref(),
        Some("incomplete"),
        "the rule asks of an age, the method for the date"
    );
}

#[test]
fn what_is_missing_and_asked_for_is_named() {
    let mut said = stranger();
    said["cart.total"] = eur(5_000);
    said.as_object_mut().unwrap().remove("customer.birth_date");
    let found = of(SCORED, "invoice", &said).unwrap();
    let born = fact(&found, "customer.birth_date");
    assert!(born.used && born.decisive && born.value.is_none() && born.source.is_none(), "{born:?}");
    assert!(found.facts.iter().all(|fact| fact.name != "history.paid_on_time"), "asked for by the other scorecard only");
}

#[test]
fn a_private_rule_is_named_to_the_merchant_alone_and_what_it_rests_on_to_both() {
    let mut policy: Value = serde_json::from_str(SCORED).unwrap();
    policy["rules"][0] = json!({"id": "secret", "private": true, "when": {"fact": "cart.item_count", "operator": "equal", "value": 2},
        "withhold": ["invoice"], "reason": "goods.excluded"});
    let found = of(&policy.to_string(), "invoice", &stranger()).unwrap();
    let secret = ExplainedReason { code: "goods.excluded".into(), rule: Some("secret".into()), told: "general".into() };
    assert_eq!(found.reasons[0], secret);
    let mut within = stranger();
    within["cart.total"] = eur(5_000);
    let found = of(&policy.to_string(), "invoice", &within).unwrap();
    assert!(fact(&found, "cart.item_count").decisive);
}

#[test]
fn a_longer_term_or_a_price_makes_it_consumer_credit_and_a_company_is_no_consumer() {
    let mut policy: Value = serde_json::from_str(SCORED).unwrap();
    let mut regime = |days: u16, kind: &str| {
        policy["methods"][0]["term"]["days"] = json!(days);
        let mut said = stranger();
        said["customer.kind"] = json!(kind);
        // What the checker warns of can be decided by all the same.
        of(&policy.to_string(), "invoice", &said).unwrap().regime
    };
    assert_eq!([regime(50, "consumer"), regime(51, "consumer"), regime(51, "company")], ["free_deferral", "consumer_credit", "business"]);
    assert_eq!(of(SCORED, "card", &stranger()).unwrap().regime, "paid_at_once");
    assert!(of(SCORED, "gold", &stranger()).is_none());
}
