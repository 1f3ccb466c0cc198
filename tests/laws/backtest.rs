//! What a policy would have done is what a plain loop over its decisions finds, however many count at once.

use crate::random;
use rust_decimal::{Decimal, RoundingStrategy};
use std::collections::BTreeMap;
use tresen_core::date::Date;
use tresen_core::facts::{Facts, known};
use tresen_core::offer::{Answer, decide};
use tresen_core::policy::Policy;
use tresen_core::rate::Rate;
use tresen_core::steps::Steps;
use tresen_tests::chance::Chance;
use tresen_wire::backtest::{Assumption, Decided, Difference, RefusedTally, Sides, Trial};
use tresen_wire::decision::{Decision, Method, to_wire};
use tresen_wire::facts::{Who, read_str};
use tresen_wire::order::{Bought, Margin, Order, Outcome, Paid, Reader};

const POLICIES: u64 = 300;
const ORDERS: usize = 30;
const THREADS: usize = 3;

fn order(chance: &mut Chance) -> Order {
    let paid = chance.pick(&Paid::ALL);
    let small = |chance: &mut Chance| i64::try_from(chance.below(20_000)).unwrap();
    let outcome = (!chance.once_in(3)).then(|| Outcome {
        bought: chance.pick(&[Bought::WithCreditRisk, Bought::WithCreditRisk, Bought::WithoutCreditRisk, Bought::Unknown]),
        paid,
        lost: (paid != Paid::OnTime && chance.once_in(2)).then(|| small(chance)),
    });
    let margin = match chance.below(3) {
        0 => None,
        1 => Some(Margin::Amount(small(chance) - 5_000)),
        _ => Some(Margin::Share(Rate::from_ppm(u32::try_from(chance.below(1_000_001)).unwrap()).unwrap())),
    };
    Order { today: Date::parse(random::TODAY).unwrap(), outcome, margin }
}

/// A random policy whose classes differ in how likely a default is
fn policy(chance: &mut Chance) -> Policy {
    let mut policy = random::policy(chance);
    policy.classes.iter_mut().for_each(|class| class.default_probability_ppm = u32::try_from(chance.below(1_000_001)).unwrap());
    policy
}

fn assumption(chance: &mut Chance, policy: &Policy) -> Assumption {
    let risky = policy.methods.iter().find(|method| method.kind.bears_credit_risk());
    let method = risky.filter(|_| chance.once_in(3)).map(|method| method.id.clone());
    Assumption { method, completed: chance.once_in(2) }
}

/// A decision with everything that is told of it
struct Plain {
    decision: Decision,
    total: i64,
}

impl Plain {
    fn of(policy: &Policy, facts: &Facts, today: Date) -> Self {
        let (program, mut facts) = (policy.program(), facts.clone());
        let answer = decide(&program, &mut facts, today);
        let total = facts.get(known::CART_TOTAL).unwrap_or(0);
        Self { decision: to_wire((policy, &program), &facts, &answer, "", None, Steps::ALL), total }
    }

    fn is_offered(&self, id: &str, assumption: &Assumption) -> bool {
        let found = self.decision.methods.iter().find(|method| method.id == id);
        found.is_some_and(|method| method.state == "offered" || assumption.completed && method.state == "incomplete")
    }

    /// What the customer would owe; the decision has its methods in the order of their display
    fn claim(&self, assumption: &Assumption) -> Option<i64> {
        let risky = |method: &&Method| ["invoice", "pay_later", "instalments", "sepa_debit"].contains(&method.kind.as_str());
        let taken = |method: &&Method| assumption.method.as_ref().is_none_or(|id| *id == method.id);
        let mut open = self.decision.methods.iter().filter(risky).filter(taken).filter(|method| self.is_offered(&method.id, assumption));
        open.next().map(|method| self.total + method.fee.minor)
    }

    fn expected_loss(&self, claim: i64) -> Decimal {
        Decimal::from(claim) * Decimal::from(self.decision.risk.default_probability_ppm.unwrap_or(0)) / Decimal::from(1_000_000)
    }
}

fn rounded(amount: Decimal) -> i64 {
    amount.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero).try_into().unwrap()
}

/// Outcomes that count, as on time, late, unpaid, lost
fn paying<'a>(orders: impl Iterator<Item = (&'a Order, i64)>) -> Option<(u64, u64, u64, i64)> {
    let (mut on_time, mut late, mut unpaid, mut lost) = (0, 0, 0, 0);
    for (order, total) in orders {
        let Some(outcome) = order.outcome.filter(|outcome| outcome.bought == Bought::WithCreditRisk) else { continue };
        match outcome.paid {
            Paid::OnTime => on_time += 1,
            Paid::Late => (late, lost) = (late + 1, lost + outcome.lost.unwrap_or(0)),
            Paid::Unpaid => (unpaid, lost) = (unpaid + 1, lost + outcome.lost.unwrap_or(total)),
        }
    }
    (on_time + late + unpaid > 0).then_some((on_time, late, unpaid, lost))
}

fn told(observed: Option<tresen_wire::backtest::Observed>) -> Option<(u64, u64, u64, i64)> {
    observed.map(|found| (found.on_time, found.late, found.unpaid, found.lost.minor))
}

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap()
}

#[test]
fn a_trial_finds_what_a_plain_loop_finds() {
    let mut on_credit = 0;
    for seed in 0..POLICIES {
        let mut chance = Chance::new(seed);
        let policy = policy(&mut chance);
        let (program, assumption) = (policy.program(), assumption(&mut chance, &policy));
        let mut trials: Vec<Trial<'_>> = (0..THREADS).map(|_| Trial::new(&policy, &assumption)).collect();
        let mut plain = Vec::new();
        for _ in 0..ORDERS {
            let (client, server) = random::facts(&mut chance, &policy);
            let (mut facts, order) = (random::together(&client, &server), order(&mut chance));
            plain.push((Plain::of(&policy, &facts, order.today), order));
            let answer = decide(&program, &mut facts, order.today);
            trials[chance.below(THREADS)].add(&order, &facts, &answer);
        }
        let mut whole = trials.pop().unwrap();
        trials.iter().for_each(|trial| whole.merge(trial));
        let report = whole.report("", RefusedTally::default().report()).unwrap();

        let claims: Vec<(&Plain, &Order, i64)> =
            plain.iter().filter_map(|(plain, order)| Some((plain, order, plain.claim(&assumption)?))).collect();
        on_credit += claims.len();
        let credit = &report.on_credit;
        assert_eq!(report.orders, number(ORDERS), "seed {seed}");
        assert_eq!(credit.share.orders, number(claims.len()), "seed {seed}");
        assert_eq!(credit.amount.minor, claims.iter().map(|(_, _, claim)| claim).sum::<i64>(), "seed {seed}");
        let loss = rounded(claims.iter().map(|(plain, _, claim)| plain.expected_loss(*claim)).sum());
        assert_eq!(credit.expected_loss.as_ref().map(|loss| loss.minor), Some(loss), "seed {seed}");
        assert_eq!(report.classes.iter().map(|class| class.expected_loss.as_ref().unwrap().minor).sum::<i64>(), loss, "seed {seed}");
        assert_eq!(told(credit.observed.clone()), paying(claims.iter().map(|(plain, order, _)| (*order, plain.total))), "seed {seed}");
        let others = plain.iter().filter(|(plain, _)| plain.claim(&assumption).is_none());
        assert_eq!(told(report.not_on_credit.observed), paying(others.map(|(plain, order)| (order, plain.total))), "seed {seed}");

        let told_all = Assumption { completed: true, ..assumption.clone() };
        let waiting = plain.iter().filter(|(plain, _)| plain.claim(&assumption).is_none() && plain.claim(&told_all).is_some());
        assert_eq!(report.incomplete_on_credit.orders, number(waiting.count()), "seed {seed}");

        let earned = claims.iter().filter_map(|(plain, order, _)| match order.margin? {
            Margin::Amount(minor) => Some(Decimal::from(minor)),
            Margin::Share(share) => Some(Decimal::from(plain.total) * Decimal::from(share.ppm()) / Decimal::from(1_000_000)),
        });
        let earned: Vec<Decimal> = earned.collect();
        let margin = (!earned.is_empty()).then(|| (number(earned.len()), rounded(earned.into_iter().sum())));
        assert_eq!(credit.margin.as_ref().map(|margin| (margin.orders, margin.amount.minor)), margin, "seed {seed}");

        for method in &report.methods {
            let found = || plain.iter().map(|(plain, _)| plain.decision.methods.iter().find(|found| found.id == method.id).unwrap());
            let of = |state: &str| number(found().filter(|found| found.state == state).count());
            let states = [method.offered.orders, method.incomplete.orders, method.withheld.orders];
            assert_eq!(states, [of("offered"), of("incomplete"), of("withheld")], "seed {seed}: {}", method.id);
            let mut reasons = BTreeMap::new();
            for reason in found().flat_map(|found| &found.reasons) {
                *reasons.entry((reason.code.clone(), reason.rule.clone())).or_insert(0) += 1;
            }
            let counted = method.reasons.iter().map(|reason| ((reason.code.to_owned(), reason.rule.clone()), reason.share.orders));
            assert_eq!(counted.collect::<BTreeMap<_, u64>>(), reasons, "seed {seed}: {}", method.id);
        }
        for class in &report.classes {
            let of: Vec<_> = plain.iter().filter(|(plain, _)| plain.decision.risk.class == class.id).collect();
            assert_eq!(class.share.orders, number(of.len()), "seed {seed}");
            assert_eq!(told(class.observed.clone()), paying(of.iter().map(|(plain, order)| (order, plain.total))), "seed {seed}");
        }
        for class in &report.value_classes {
            let of = plain.iter().filter(|(plain, _)| plain.decision.value_class.as_ref() == Some(&class.id));
            assert_eq!(class.share.orders, number(of.count()), "seed {seed}");
        }
    }
    assert!(on_credit > 500, "{on_credit}");
}

#[test]
fn a_difference_finds_what_a_plain_loop_over_both_finds() {
    let (mut changes, mut moves, mut wanderers) = (0, 0, 0);
    for seed in 0..POLICIES {
        let mut chance = Chance::new(seed);
        let (old, new) = (policy(&mut chance), policy(&mut chance));
        let (programs, assumption) = (Sides { old: old.program(), new: new.program() }, assumption(&mut chance, &old));
        let mut differences: Vec<Difference<'_>> = (0..THREADS).map(|_| Difference::new(&old, &new, &assumption, 5)).collect();
        let mut plain = Vec::new();
        for line in 1..=ORDERS {
            let (client, server) = random::facts(&mut chance, &old);
            let (mut facts, order) = (random::together(&client, &server), order(&mut chance));
            plain.push((Plain::of(&old, &facts, order.today), Plain::of(&new, &facts, order.today), order));
            let fresh = decide(&programs.new, &mut facts.clone(), order.today);
            // One after the other on the same facts, with what the first has derived still in them.
            let answers: Sides<Answer> =
                Sides { old: decide(&programs.old, &mut facts, order.today), new: decide(&programs.new, &mut facts, order.today) };
            assert_eq!(answers.new, fresh, "seed {seed}");
            let answers = Sides { old: &answers.old, new: &answers.new };
            let decided = Decided { line: number(line), orders: Sides { old: order, new: order }, facts: &facts, answers };
            differences[chance.below(THREADS)].add(&decided);
        }
        let mut whole = differences.pop().unwrap();
        differences.into_iter().for_each(|difference| whole.merge(difference));
        let report = whole.report(Sides::default(), RefusedTally::default().report()).unwrap();

        let offered = |plain: &Plain, id: &str| plain.is_offered(id, &assumption);
        let ids: Vec<&str> = report.methods.iter().map(|method| method.id.as_str()).collect();
        assert!(old.methods.iter().chain(&new.methods).all(|method| ids.contains(&method.id.as_str())), "seed {seed}");
        for method in &report.methods {
            let both = plain.iter().map(|(old, new, _)| (offered(old, &method.id), offered(new, &method.id)));
            let (gained, lost) = both.fold((0, 0), |(gained, lost), both| match both {
                (false, true) => (gained + 1, lost),
                (true, false) => (gained, lost + 1),
                _ => (gained, lost),
            });
            assert_eq!((method.gained, method.lost), (gained, lost), "seed {seed}: {}", method.id);
        }
        let changed: Vec<u64> = (1..)
            .zip(&plain)
            .filter(|(_, (old, new, _))| ids.iter().any(|id| offered(old, id) != offered(new, id)))
            .map(|(line, _)| line)
            .collect();
        changes += changed.len();
        assert_eq!(report.changed.orders, number(changed.len()), "seed {seed}");
        let lines: Vec<u64> = report.examples.iter().map(|example| example.line).collect();
        assert_eq!(lines, changed.iter().copied().take(5).collect::<Vec<_>>(), "seed {seed}");

        let claims: Vec<(Option<i64>, Option<i64>)> =
            plain.iter().map(|(old, new, _)| (old.claim(&assumption), new.claim(&assumption))).collect();
        let came =
            || plain.iter().zip(&claims).filter_map(|((_, new, order), claims)| claims.0.is_none().then_some((new, order, claims.1?)));
        let went =
            || plain.iter().zip(&claims).filter_map(|((old, _, order), claims)| claims.1.is_none().then_some((old, order, claims.0?)));
        moves += came().count() + went().count();
        let credit = &report.on_credit;
        let exposure = |found: &tresen_wire::backtest::Exposure| (found.orders, found.amount.minor, told(found.observed.clone()));
        let of = |orders: Vec<(&Plain, &Order, i64)>| {
            let amount = orders.iter().map(|(_, _, claim)| claim).sum::<i64>();
            (number(orders.len()), amount, paying(orders.iter().map(|(plain, order, _)| (*order, plain.total))))
        };
        assert_eq!(exposure(&credit.gained), of(came().collect()), "seed {seed}");
        assert_eq!(exposure(&credit.lost), of(went().collect()), "seed {seed}");
        let loss = rounded(plain.iter().zip(&claims).filter_map(|((_, new, _), claims)| Some(new.expected_loss(claims.1?))).sum());
        assert_eq!(credit.all.new.expected_loss.as_ref().map(|loss| loss.minor), Some(loss), "seed {seed}");

        let mut moved: BTreeMap<(Option<String>, Option<String>), [i64; 5]> = BTreeMap::new();
        for ((one, other, _), (before, after)) in plain.iter().zip(&claims) {
            let found = moved.entry((one.decision.risk.class.clone(), other.decision.risk.class.clone())).or_default();
            let owes = |claim: &Option<i64>| [i64::from(claim.is_some()), claim.unwrap_or(0)];
            let more = [&[1][..], &owes(before), &owes(after)].concat();
            found.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
        }
        let moves = report.classes.iter().flat_map(|classes| &classes.moves).map(|found| {
            let counts = |count: u64| i64::try_from(count).unwrap();
            let (before, after) = (&found.on_credit.old, &found.on_credit.new);
            let figures =
                [counts(found.share.orders), counts(before.orders), before.amount.minor, counts(after.orders), after.amount.minor];
            ((found.class.old.clone(), found.class.new.clone()), figures)
        });
        let moves: BTreeMap<_, _> = moves.collect();
        if report.classes.is_some() {
            assert_eq!(moves, moved, "seed {seed}");
        } else {
            assert!(moved.keys().all(|classes| *classes == (None, None)), "seed {seed}: {moved:?}");
        }
        let elsewhere = moved.iter().filter(|((old, new), _)| old != new).map(|(_, figures)| figures[0]).sum::<i64>();
        assert_eq!(report.classes.map_or(0, |classes| i64::try_from(classes.moved.orders).unwrap()), elsewhere, "seed {seed}");
        wanderers += elsewhere;

        let mut reasons: BTreeMap<(String, String, Option<String>), (u64, u64)> = BTreeMap::new();
        for (one, other, _) in &plain {
            for method in &one.decision.methods {
                let Some(twin) = other.decision.methods.iter().find(|twin| twin.id == method.id) else { continue };
                for reason in twin.reasons.iter().filter(|reason| !method.reasons.contains(reason)) {
                    reasons.entry((method.id.clone(), reason.code.clone(), reason.rule.clone())).or_default().0 += 1;
                }
                for reason in method.reasons.iter().filter(|reason| !twin.reasons.contains(reason)) {
                    reasons.entry((method.id.clone(), reason.code.clone(), reason.rule.clone())).or_default().1 += 1;
                }
            }
        }
        let counted =
            report.reasons.into_iter().map(|reason| ((reason.method, reason.code.to_owned(), reason.rule), (reason.came, reason.went)));
        assert_eq!(counted.collect::<BTreeMap<_, _>>(), reasons, "seed {seed}");
    }
    assert!(changes > 1_000 && moves > 300 && wanderers > 1_000, "{changes} {moves} {wanderers}");
}

/// Of every case of the corpus: what stands in the file, and with the facts one below `facts`
#[test]
fn a_line_of_a_file_holds_the_facts_that_every_other_border_reads() {
    let root = tresen_tests::catalogue::root().join("tests/corpus");
    let mut read = [0, 0];
    let decided = std::fs::read_dir(root.join("decide")).unwrap().map(|entry| entry.unwrap().path());
    for path in decided.chain([root.join("refuse/facts.jsonl")]) {
        for line in std::fs::read_to_string(&path).unwrap().lines() {
            let case: serde_json::Value = serde_json::from_str(line).unwrap();
            let text = std::fs::read(root.join(format!("policies/{}.json", case["policy"].as_str().unwrap()))).unwrap();
            let policy = tresen_wire::policy::examine(&text).unwrap().built.unwrap().0;
            let today = Date::parse(case["today"].as_str().unwrap()).unwrap();
            let expected = read_str(&policy, &case["facts"].to_string(), Who::Service, today);
            let reader = Reader::new(&policy, Date::parse("1999-01-01").unwrap(), &[]);
            let line = serde_json::json!({ "facts": case["facts"], "today": case["today"] });
            let mut facts = Facts::new();
            let found = reader.read(line.to_string().as_bytes(), &mut facts);
            read[usize::from(found.is_ok())] += 1;
            match (found, expected) {
                (Ok(order), Ok(expected)) => assert_eq!((order.today, facts), (today, expected), "{}", case["name"]),
                (Err(found), Err(expected)) => {
                    let codes = |problems: Vec<tresen_core::diag::Diagnostic>| problems.into_iter().map(|one| one.code).collect::<Vec<_>>();
                    assert_eq!(codes(found), codes(expected), "{}", case["name"]);
                }
                (found, expected) => panic!("{}: {found:?}, elsewhere {expected:?}", case["name"]),
            }
        }
    }
    assert!(read[0] > 20 && read[1] > 300, "{read:?}");
}
