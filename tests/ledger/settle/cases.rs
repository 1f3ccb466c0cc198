//! The cases of `tests/corpus/settle`: what has happened, and what may then be done, limit by limit.

use crate::cases::{What, day, follow};
use crate::names;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use tresen_core::calendar::Calendar;
use tresen_core::ident::ReceivableId;
use tresen_core::law::regime::Seller;
use tresen_core::money::Currency;
use tresen_core::offer::credit::Sells;
use tresen_core::policy::{DeferralTerms, HardshipTerms, PlanTerms, Settlement};
use tresen_core::receivable::Account;
use tresen_core::settle::promise::PATIENCE;
use tresen_core::settle::{Menu, PlanBounds, Situation, Terms, Told, deferral, dispute, menu, part, plan};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    /// What happens on which day; the last day is the one on which is asked
    steps: Vec<Step>,
    today: String,
    /// The claims that it is about; all where it is not said
    meant: Option<Vec<u64>>,
    market: Option<String>,
    #[serde(default)]
    large: bool,
    #[serde(default)]
    third_party: bool,
    /// The day on which the goods of a claim arrived
    #[serde(default)]
    delivered: BTreeMap<u64, String>,
    /// The claims that are no contracts at a distance
    #[serde(default)]
    over_the_counter: Vec<u64>,
    #[serde(default)]
    settlement: Merchant,
    asks: Vec<Ask>,
}

#[derive(Deserialize)]
struct Step {
    on: String,
    #[serde(flatten)]
    what: What,
}

/// What the merchant allows; where it is not said, as the house does
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Merchant {
    part_minimum: Option<i64>,
    /// Days and times; an empty list for never
    deferral: Option<Vec<u8>>,
    plan: Option<Plan>,
    no_plan: bool,
    /// Days
    hardship: Option<u8>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Plan {
    from: i64,
    rates: [u8; 2],
    rate_minimum: i64,
    first_within_days: u8,
}

/// A question, and its answer or the code of the refusal
#[derive(Deserialize)]
struct Ask {
    is: Value,
    #[serde(flatten)]
    question: Question,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Question {
    /// A word of the menu
    Offered(String),
    /// An amount, and the claims that are named
    Part(i64, Vec<u64>),
    Promise(String),
    Deferral(u64, String),
    Plan(u8, String),
    Dispute(u64, i64),
}

impl Merchant {
    fn settlement(&self) -> Settlement {
        let house = Settlement::standard(Currency::EUR);
        let plan = |plan: &Plan| PlanTerms {
            from: plan.from,
            rates_from: plan.rates[0],
            rates_to: plan.rates[1],
            rate_minimum: plan.rate_minimum,
            first_within_days: plan.first_within_days,
        };
        let deferral = |terms: &Vec<u8>| match terms[..] {
            [days, times] => Some(DeferralTerms { days, times }),
            _ => None,
        };
        Settlement {
            part_minimum: self.part_minimum.unwrap_or(house.part_minimum),
            deferral: self.deferral.as_ref().map_or(house.deferral, deferral),
            plan: self.plan.as_ref().map(plan).or(house.plan).filter(|_| !self.no_plan),
            hardship: self.hardship.map_or(house.hardship, |pause_days| Some(HardshipTerms { pause_days, plan: None })),
            ..house
        }
    }
}

impl Case {
    fn situation(&self) -> Situation {
        let (mut account, today) = (Account::default(), day(&self.today));
        for (number, step) in self.steps.iter().enumerate() {
            let on = day(&step.on);
            let events = follow(&account, on, &step.what, None).unwrap_or_else(|why| panic!("{}: step {}: {why:?}", self.name, number + 1));
            for event in &events {
                assert_eq!(account.apply(on, event), Ok(()), "{}: {event:?}", self.name);
            }
        }
        assert_eq!(account.violations(today), [], "{}", self.name);
        let seller = if self.large { Seller::Large } else { Seller::SmallOrMedium };
        let sells = Sells { seller, offered_by_third_party: self.third_party, claim_sold: false };
        let market = self.market.as_deref().unwrap_or("DE").as_bytes().try_into().unwrap();
        let terms = Terms { market, calendar: Calendar::GermanyNationwide, sells };
        let all = account.receivables().map(|(id, _)| id.clone()).collect();
        let meant: Vec<ReceivableId> = self.meant.as_ref().map_or(all, |meant| meant.iter().map(|id| names::receivable(*id)).collect());
        let told = |id: &ReceivableId| Told {
            ordered_on: None,
            delivered_on: self.delivered.get(&number(id)).map(|arrived| day(arrived)),
            revocable: !self.over_the_counter.contains(&number(id)),
        };
        Situation::of(&account, &meant, today, terms, told)
    }
}

fn number(id: &ReceivableId) -> u64 {
    u64::from_str_radix(&id.as_str()[id.as_str().len() - 16..], 16).unwrap()
}

fn said<T, E>(answer: Result<T, E>, code: impl Fn(E) -> &'static str, value: impl Fn(T) -> Value) -> Value {
    answer.map_or_else(|why| json!(code(why)), value)
}

fn answer(situation: &Situation, settlement: &Settlement, question: &Question) -> Value {
    let claim = |id: &u64| names::receivable(*id);
    match question {
        Question::Offered(word) => offered(menu(situation, settlement), word),
        Question::Part(minor, named) => {
            let named: Vec<_> = named.iter().map(claim).collect();
            said(
                part(situation, *minor, &named),
                |why| why.code(),
                |paid| {
                    let line = |line: &tresen_core::receivable::Allocation| json!([number(&line.receivable), line.item.code(), line.minor]);
                    json!({"lines": paid.lines.iter().map(line).collect::<Vec<_>>(), "rest": paid.rest})
                },
            )
        }
        Question::Promise(date) => said(PATIENCE.named(situation, day(date)), |why| why.code(), |until| json!(until.to_iso())),
        Question::Deferral(id, until) => {
            let moved = deferral(situation, settlement, &claim(id), day(until));
            said(moved, |why| why.code(), |moved| json!([moved.before.to_iso(), moved.until.to_iso()]))
        }
        Question::Plan(rates, first) => said(
            plan(situation, settlement, *rates, day(first)),
            |why| why.code(),
            |plan| {
                assert_eq!(plan.cost, 0);
                json!(plan.rates.iter().map(|rate| json!([rate.due.to_iso(), rate.minor])).collect::<Vec<_>>())
            },
        ),
        Question::Dispute(id, minor) => said(dispute(situation, &claim(id), *minor), |why| why.code(), |()| json!("taken")),
    }
}

fn offered(menu: Menu, word: &str) -> Value {
    let by_claim = |all: Vec<(u64, Value)>| json!(all.into_iter().map(|(id, value)| (id.to_string(), value)).collect::<BTreeMap<_, _>>());
    match word {
        "part" => said(menu.part, |why| why.code(), |part| json!([part.from, part.to])),
        "promise" => said(menu.promise, |why| why.code(), |until| json!(until.to_iso())),
        "deferral" => said(
            menu.deferral,
            |why| why.code(),
            |all| by_claim(all.iter().map(|one| (number(&one.receivable), json!([one.from.to_iso(), one.until.to_iso()]))).collect()),
        ),
        "plan" => said(menu.plan, |why| why.code(), |bounds| plans(&bounds)),
        "dispute" => {
            said(menu.dispute, |why| why.code(), |all| by_claim(all.iter().map(|one| (number(&one.receivable), json!(one.to))).collect()))
        }
        "return" => said(menu.returns, |why| why.code(), |all| json!(all.iter().map(number).collect::<Vec<_>>())),
        "withdrawal" => said(
            menu.withdrawal,
            |why| why.code(),
            |all| by_claim(all.iter().map(|one| (number(&one.receivable), json!(one.until.map(|until| until.to_iso())))).collect()),
        ),
        "hardship" => said(
            menu.hardship,
            |why| why.code(),
            |quiet| json!({"pause_until": quiet.pause_until.to_iso(), "plan": quiet.plan.as_ref().map(plans)}),
        ),
        _ => panic!("`{word}` is not on the menu"),
    }
}

fn plans(bounds: &PlanBounds) -> Value {
    let PlanBounds { receivables, total, rates_from, rates_to, rate_minimum, first_from, first_until } = bounds;
    assert!(*rate_minimum <= total / i64::from(*rates_to));
    let claims: Vec<u64> = receivables.iter().map(number).collect();
    json!({"claims": claims, "total": total, "rates": [rates_from, rates_to], "first": [first_from.to_iso(), first_until.to_iso()]})
}

#[test]
fn every_limit_is_where_the_cases_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/settle");
    let mut names = BTreeSet::new();
    for file in fs::read_dir(folder).unwrap() {
        for text in fs::read_to_string(file.unwrap().path()).unwrap().lines().filter(|text| !text.is_empty()) {
            let case: Case = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
            let (situation, settlement) = (case.situation(), case.settlement.settlement());
            for (place, ask) in case.asks.iter().enumerate() {
                let found = answer(&situation, &settlement, &ask.question);
                assert_eq!(found, ask.is, "{}: question {}", case.name, place + 1);
            }
            assert!(!case.asks.is_empty() && names.insert(case.name.clone()), "`{}` asks nothing, or stands twice", case.name);
        }
    }
    assert!(names.len() >= 20, "{} cases", names.len());
}
