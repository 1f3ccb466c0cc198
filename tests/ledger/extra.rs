//! What a reminder adds to what is owed: at, below and above each limit, for consumers and businesses.

use crate::names;
use serde::Deserialize;
use std::collections::BTreeSet;
use tresen_core::collect::{About, Channel, Charged, Ladder, Reminder, Tone, extra};
use tresen_core::date::Date;
use tresen_core::law::allocation::Regime;
use tresen_core::law::interest::Convention;
use tresen_core::law::regime::Party;
use tresen_core::money::Currency;
use tresen_core::receivable::decide::{self, Grows, InterestTerms};
use tresen_core::receivable::{Account, Created, Event, HoldReason, ItemAmount, ItemKind, Scope};

const CASES: &str = include_str!("../corpus/collection/extra.jsonl");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Case {
    name: String,
    party: String,
    minor: i64,
    market: String,
    /// The first day of default; none where there is none
    default_since: Option<String>,
    today: String,
    /// Of three
    level: u8,
    channel: String,
    fee: i64,
    interest: bool,
    lump_sum: bool,
    tolerance: i64,
    micro: i64,
    hold: Option<String>,
    charged: Option<(String, i64)>,
    /// Another claim in the same message
    other_in_default: Option<bool>,
    expect: Expected,
}

impl Default for Case {
    fn default() -> Self {
        Self {
            name: String::new(),
            party: "consumer".into(),
            minor: 20_000,
            market: "DE".into(),
            default_since: Some("2026-09-01".into()),
            today: "2026-09-15".into(),
            level: 3,
            channel: String::new(),
            fee: 0,
            interest: false,
            lump_sum: false,
            tolerance: 300,
            micro: 5_000,
            hold: None,
            charged: None,
            other_in_default: None,
            expect: Expected::default(),
        }
    }
}

#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Expected {
    dunning_cost: i64,
    default_interest: i64,
    lump_sum: i64,
    without_figure: bool,
}

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn owes(account: &mut Account, number: u64, case: &Case, default_since: Option<&str>) {
    let receivable = names::receivable(number);
    let party = if case.party == "business" { Party::Business } else { Party::Consumer };
    let items = vec![ItemAmount { item: ItemKind::Principal, minor: case.minor }];
    let created = Created { receivable: receivable.clone(), party, regime: Regime::Bgb367, items };
    let on = day("2022-11-01");
    account.apply(on, &Event::ReceivableCreated(created)).unwrap();
    account.apply(on, &Event::DueDateSet { receivable: receivable.clone(), date: day("2022-12-01") }).unwrap();
    if let Some(since) = default_since {
        account.apply(day(since), &Event::DefaultStarted { receivable, since: day(since) }).unwrap();
    }
}

fn found(case: &Case) -> Expected {
    let today = day(&case.today);
    let mut account = Account::default();
    owes(&mut account, 1, case, case.default_since.as_deref());
    let mut claims = vec![names::receivable(1)];
    if let Some(in_default) = case.other_in_default {
        owes(&mut account, 2, case, case.default_since.as_deref().filter(|_| in_default));
        claims.push(names::receivable(2));
    }
    if let Some((item, minor)) = &case.charged {
        let item = ItemKind::ALL.into_iter().find(|kind| kind.code() == item).unwrap();
        let cost = ItemAmount { item, minor: *minor };
        account.apply(today, &Event::CostCharged { receivable: names::receivable(1), cost, ground: "agreed".into() }).unwrap();
    }
    if let Some(hold) = &case.hold {
        let reason = HoldReason::ALL.into_iter().find(|reason| reason.code() == hold).unwrap();
        account.apply(today, &Event::HoldPlaced { hold: names::hold(1), reason, scope: Scope::Account, until: None }).unwrap();
    }
    let mut ladder = Ladder {
        interest: case.interest,
        lump_sum: case.lump_sum,
        tolerance_minor: case.tolerance,
        micro_minor: case.micro,
        ..Ladder::standard(Currency::EUR)
    };
    ladder.steps[usize::from(case.level) - 1].fee_minor = case.fee;
    let channel = Channel::ALL.into_iter().find(|channel| channel.code() == case.channel).unwrap();
    let about = claims.into_iter().map(|receivable| About { receivable, level: case.level, rises: true, cycle: day("2022-12-01") });
    let reminder = Reminder { about: about.collect(), tone: Tone::Firm, term_days: 10, last: case.level == 3, channel };
    let market = case.market.as_bytes().try_into().unwrap();
    let terms = InterestTerms { market, convention: Convention::ActAct, grows: Grows::All };
    let extra = extra(&account, &ladder, &reminder, today, &terms);
    let mut found = Expected { without_figure: extra.without_figure, ..Expected::default() };
    for charge in &extra.charges {
        // What is said can be charged, and is charged as it was said.
        let event = charge.event(&account, today, &terms).unwrap();
        account.apply(today, &event).unwrap();
        assert!(account.violations(today).is_empty(), "{}", case.name);
        match (&charge.what, event) {
            (Charged::Cost { cost: ItemAmount { item: ItemKind::DunningCost, minor }, ground }, _) => {
                assert!(ground.contains("VIII ZR 95/18"), "{ground}");
                found.dunning_cost += minor;
            }
            (Charged::Cost { cost: ItemAmount { item: ItemKind::LumpSum, minor }, ground }, _) => {
                assert!(ground.contains("288(5)"), "{ground}");
                found.lump_sum += minor;
            }
            (Charged::Interest { .. }, Event::InterestAccrued { minor, .. }) => found.default_interest += minor,
            other => panic!("{}: {other:?}", case.name),
        }
    }
    found
}

#[test]
fn a_reminder_adds_what_the_law_and_the_policy_let_it() {
    let mut names = BTreeSet::new();
    for line in CASES.lines() {
        let case: Case = serde_json::from_str(line).unwrap_or_else(|problem| panic!("{problem}: {line}"));
        assert_eq!(found(&case), case.expect, "{}", case.name);
        assert!(names.insert(case.name.clone()), "`{}` stands twice", case.name);
    }
    assert!(names.len() > 40, "{} cases", names.len());
}

/// A claim of 10,000.00 on its last level, of which interest until the 15th was told; its term runs until the 25th
fn told() -> Account {
    let case = Case { minor: 1_000_000, ..Case::default() };
    let mut account = Account::default();
    owes(&mut account, 1, &case, Some("2026-09-01"));
    let (receivable, on) = (names::receivable(1), day("2026-09-15"));
    let raised = Event::LevelRaised { receivable: receivable.clone(), to: 1, last: true, run: names::run(1), cycle: day("2022-12-01") };
    account.apply(on, &raised).unwrap();
    account.apply(on, &Event::NoticeArrived { receivable: receivable.clone(), level: 1, term_until: day("2026-09-25") }).unwrap();
    for event in decide::interest(&account, on, &receivable, on, &terms(Grows::All)).unwrap() {
        account.apply(on, &event).unwrap();
    }
    account
}

fn terms(grows: Grows) -> InterestTerms {
    InterestTerms { market: *b"DE", convention: Convention::ActAct, grows }
}

fn of_day(account: &Account, on: &str, grows: Grows) -> i64 {
    let mut account = account.clone();
    for event in decide::grown(&account, day(on), &terms(grows)).unwrap() {
        account.apply(day(on), &event).unwrap();
    }
    account.open_item(&names::receivable(1), ItemKind::DefaultInterest)
}

#[test]
fn what_was_told_holds_until_the_term_has_passed_and_grows_from_then_on() {
    let account = told();
    // 15 days are 26.79; 25 days 44.66, and 26 days 46.44. (Reckoned apart, in fractions.)
    for (on, expected) in [("2026-09-15", 2_679), ("2026-09-25", 2_679), ("2026-09-26", 4_644), ("2026-09-27", 4_823)] {
        assert_eq!(of_day(&account, on, Grows::AfterTerm), expected, "{on}");
    }
    assert_eq!(of_day(&account, "2026-09-25", Grows::All), 4_466);
    assert_eq!(of_day(&account, "2026-12-01", Grows::Never), 2_679);
}

#[test]
fn who_was_told_of_no_interest_owes_none() {
    let case = Case { minor: 1_000_000, ..Case::default() };
    let mut account = Account::default();
    owes(&mut account, 1, &case, Some("2026-09-01"));
    assert_eq!(of_day(&account, "2026-12-01", Grows::AfterTerm), 0);
    assert!(of_day(&account, "2026-12-01", Grows::All) > 0);
}

#[test]
fn interest_is_told_rate_by_rate_and_comes_to_what_is_charged() {
    let case = Case { minor: 1_000_000, ..Case::default() };
    let mut account = Account::default();
    owes(&mut account, 1, &case, Some("2025-06-16"));
    let claim = account.receivable(&names::receivable(1)).unwrap();
    let (rates, missing) = decide::by_rate(claim, day("2026-07-14"), &terms(Grows::All));
    let told: Vec<(String, String, u32, i64)> =
        rates.iter().map(|one| (one.from.to_iso(), one.to.to_iso(), one.rate.ppm(), one.minor)).collect();
    let expected = [
        ("2025-06-16", "2025-06-30", 72_700, 2_988),
        ("2025-07-01", "2026-06-30", 62_700, 62_700),
        ("2026-07-01", "2026-07-14", 65_200, 2_500),
    ];
    assert_eq!(told, expected.map(|(from, to, ppm, minor)| (from.to_owned(), to.to_owned(), ppm, minor)));
    assert!(!missing);
    let sum: i64 = rates.iter().map(|one| one.minor).sum();
    let events = decide::interest(&account, day("2026-07-14"), &names::receivable(1), day("2026-07-14"), &terms(Grows::All)).unwrap();
    assert!(matches!(&events[..], [Event::InterestAccrued { minor, .. }] if *minor == sum), "{events:?}");
    assert!(decide::by_rate(claim, day("2027-01-01"), &terms(Grows::All)).1, "2027 was not read");
}
