//! Random orders and the plans of instalments that the service has on offer for them, and what deferrals come to that are consumer credit, one JSON a line, for `plans.mjs`: the oracle of the
//! module that browsers load.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a tool of the tests, which should stop where something is wrong"
)]

use serde_json::{Value, json};
use tresen_core::date::Date;
use tresen_core::facts::known;
use tresen_core::money::{Currency, Money, NumberStyle, push_fraction};
use tresen_core::offer::decide;
use tresen_core::steps::Steps;
use tresen_tests::chance::Chance;
use tresen_wire::credit::complete;
use tresen_wire::decision::to_wire;
use tresen_wire::facts::{Who, read_object};
use tresen_wire::policy::read;

/// Market, currency, and what an amount such as 1.00 is there
const PLACES: [(&str, &str, &str); 5] =
    [("DE", "EUR", "1.00"), ("DE", "JPY", "1"), ("DE", "KWD", "1.000"), ("AT", "EUR", "1.00"), ("NL", "EUR", "1.00")];
/// Days that a month or a year makes hard: leap days, ends of months, what leads to Easter and into the year's end
const DAYS: [&str; 10] = [
    "2024-01-30",
    "2024-02-29",
    "2025-12-31",
    "2026-03-03",
    "2026-11-21",
    "2027-01-29",
    "2027-08-31",
    "2028-01-31",
    "2096-02-29",
    "2199-06-30",
];
const LANGUAGES: [&str; 6] = ["de", "de-du", "en", "fr", "it", "nl"];
const ORDERS: usize = 300;

/// A policy whose methods have plans of every kind
fn policy(market: &str, currency: &str, one: &str) -> Value {
    let amount = |number: &str| format!("{} {currency}", one.replacen('1', number, 1));
    let raten = |id: &str, days: u16, minimum: &str, plans: Value| {
        let term = json!({"days": days, "from": "order"});
        json!({"id": id, "kind": "instalments", "minimum": amount(minimum), "term": term, "consent": "instalments", "plans": plans})
    };
    json!({
        "format": 1, "name": "plans", "market": market, "currency": currency, "merchant": {"name": "Kiesel & Lein", "size": "micro"},
        "legal": {"registration_checked_by": "Kanzlei Muster", "registration_checked_on": "2026-11-02"},
        "methods": [
            {"id": "prepayment", "kind": "prepayment"},
            {"id": "later", "kind": "pay_later", "term": {"days": 90, "from": "order"}, "consent": "pay_later"},
            {"id": "dear", "kind": "pay_later", "term": {"days": 30, "from": "order"}, "fee": {"fixed": amount("9"), "rate": "0.015"}, "consent": "pay_later"},
            {"id": "delivered", "kind": "invoice", "term": {"days": 61, "from": "delivery"}, "consent": "invoice"},
            raten("short", 1, "5", json!([
                {"rates": 2},
                {"rates": 3, "interest": "0.000001"},
                {"rates": 60, "interest": "1", "minimum": amount("90000")},
            ])),
            raten("usual", 30, "5", json!([
                {"rates": 3},
                {"rates": 6, "interest": "0.0948", "minimum": amount("60")},
                {"rates": 12, "fee": amount("9"), "minimum": amount("200")},
            ])),
            raten("long", 31, "50", json!([
                {"rates": 5, "interest": "0.123456"},
                {"rates": 7, "fee": amount("0")},
                {"rates": 24, "interest": "0.1199", "minimum": amount("150")},
            ])),
        ],
        "fallback": ["prepayment"],
    })
}

fn main() {
    let mut chance = Chance::new(15);
    for (market, currency, one) in PLACES {
        let checked = read(&policy(market, currency, one).to_string()).unwrap();
        let bytes: String = checked.policy.to_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        println!("{}", json!({"policy": bytes, "market": market}));
        for _ in 0..ORDERS {
            let scale = 10_i64.pow(u32::try_from(chance.below(9)).unwrap());
            let minor = i64::try_from(chance.below(900)).unwrap() * scale / 7;
            let today = Date::parse(chance.pick(&DAYS)).unwrap().plus_days(i32::try_from(chance.below(40)).unwrap()).to_iso();
            let mut facts = json!({"cart.total": {"minor": minor, "currency": currency}});
            if !chance.once_in(4) {
                facts["billing.country"] = json!(chance.pick(&["DE", "DE", "AT"]));
            }
            if !chance.once_in(3) {
                facts["billing.region"] = json!(chance.pick(known::BILLING_REGION.choices()));
            }
            let day = Date::parse(&today).unwrap();
            if !chance.once_in(3) {
                facts["order.expected_delivery"] = json!(day.plus_days(i32::try_from(chance.below(20)).unwrap()).to_iso());
            }
            let mut read = read_object(&checked.policy, facts.as_object().unwrap(), Who::Server, day).unwrap();
            let program = checked.policy.program();
            let answer = decide(&program, &mut read, day);
            let mut decision = to_wire((&checked.policy, &program), &read, &answer, "", None, Steps::NONE);
            complete(&mut decision, &checked.policy, &checked.merchant, &read, &answer);
            let language = chance.pick(&LANGUAGES);
            let style = NumberStyle::of_language(language.as_bytes());
            let mut percent = String::new();
            push_fraction(&mut percent, minor, 2, style);
            let offered = decision.methods.iter().filter(|method| method.state == "offered");
            let plans: Value = offered.map(|method| (method.id.clone(), json!(method.plans))).collect();
            let credits = decision.methods.iter().filter_map(|method| Some((&method.id, &method.fee, method.deferral.as_ref()?)));
            let deferrals: Value = credits.map(|(id, fee, deferral)| (id.clone(), json!({"fee": fee, "deferral": deferral}))).collect();
            println!(
                "{}",
                json!({
                    "deferrals": deferrals, "delivery": facts.get("order.expected_delivery"),
                    "total": facts["cart.total"], "today": today, "region": facts.get("billing.region"), "country": facts.get("billing.country"),
                    "plans": plans, "language": language,
                    "amount_text": Money::from_minor(minor, Currency::parse(currency).unwrap()).unwrap().to_text(style), "percent_text": percent,
                })
            );
        }
    }
}
