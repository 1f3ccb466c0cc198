//! Laws of the settlement: nothing of it reaches a browser's engine, each of its limits is one, and a method is offered to whom it surely is for.

use crate::collection::facts;
use crate::random::{self, Reads};
use crate::{kleene, today};
use tresen_core::fold::fold;
use tresen_core::money::MINOR_MAX;
use tresen_core::policy::{Condition, Conditions, DeferralTerms, Fee, HardshipTerms, PaymentMethod, PlanTerms, Policy, Settlement, Truth};
use tresen_core::rate::Rate;
use tresen_tests::chance::Chance;

/// A settlement for a policy, whose custom facts and texts its methods read
pub fn random(chance: &mut Chance, policy: &Policy) -> Settlement {
    let mut asked = Policy { conditions: Conditions::default(), ..policy.clone() };
    let methods = (0..chance.below(5))
        .map(|place| PaymentMethod {
            id: format!("method-{place}"),
            provider: chance.pick(&["one", "other"]).to_owned(),
            fee: Fee { fixed: chance.pick(&[0, 25]), rate: Rate::from_ppm(chance.pick(&[0, 14_000])).unwrap() },
            when: if chance.once_in(3) { Condition::ALWAYS } else { random::condition(chance, &mut asked, Reads::Case) },
        })
        .collect();
    Settlement {
        part_minimum: chance.pick(&[1, 1_000, MINOR_MAX]),
        deferral: chance.pick(&[None, Some(DeferralTerms { days: 1, times: 3 }), Some(DeferralTerms { days: 60, times: 1 })]),
        plan: plan(chance),
        hardship: (!chance.once_in(3)).then(|| HardshipTerms { pause_days: chance.pick(&[1, 90]), plan: plan(chance) }),
        conditions: asked.conditions,
        methods,
    }
}

fn plan(chance: &mut Chance) -> Option<PlanTerms> {
    let (rates_from, rates_to) = chance.pick(&[(2, 2), (3, 12), (2, 60)]);
    let first_within_days = chance.pick(&[1, 60]);
    let plan = PlanTerms { from: chance.pick(&[0, 2_000]), rates_from, rates_to, rate_minimum: chance.pick(&[1, 500]), first_within_days };
    (!chance.once_in(4)).then_some(plan)
}

fn each(mut law: impl FnMut(u64, &mut Chance, &Policy, &Settlement)) {
    let mut tried = 0;
    for seed in 0..1_500 {
        let mut chance = Chance::new(seed);
        let policy = random::policy(&mut chance);
        if let Some(settlement) = &policy.settlement {
            law(seed, &mut chance, &policy, settlement);
            tried += 1;
        }
    }
    assert!(tried > 400, "{tried} settlements");
}

#[test]
fn a_settlement_changes_nothing_that_a_browser_gets_or_an_engine_decides_by() {
    each(|seed, chance, policy, _| {
        let without = Policy { settlement: None, ..policy.clone() };
        let (_, server) = random::facts(chance, policy);
        assert_eq!(fold(policy, &server, today()).to_bytes(), fold(&without, &server, today()).to_bytes(), "seed {seed}");
        assert_eq!(policy.program(), without.program(), "seed {seed}");
        assert_ne!(policy.to_bytes(), without.to_bytes(), "seed {seed}: the hash names the settlement too");
    });
}

#[test]
fn what_was_written_is_read_again() {
    each(|seed, _, policy, settlement| {
        let read = Policy::from_bytes(&policy.to_bytes()).unwrap_or_else(|problem| panic!("seed {seed}: {problem}"));
        assert_eq!(read.settlement(), *settlement, "seed {seed}");
    });
    let mut chance = Chance::new(1);
    let silent = Policy { settlement: None, ..random::policy(&mut chance) };
    assert_eq!(silent.settlement(), Settlement::standard(silent.currency));
}

#[test]
fn a_method_is_offered_to_whom_it_surely_is_for_in_the_order_of_the_page() {
    let mut told = [0; 3];
    each(|seed, chance, policy, settlement| {
        let asked = Policy { conditions: settlement.conditions.clone(), ..policy.clone() };
        for _ in 0..4 {
            let facts = facts(chance, policy);
            let truths: Vec<Truth> = settlement.methods.iter().map(|method| kleene::truth(&asked, method.when, &facts)).collect();
            truths.iter().for_each(|truth| told[*truth as usize] += 1);
            let expected: Vec<&PaymentMethod> =
                settlement.methods.iter().zip(&truths).filter(|(_, truth)| **truth == Truth::True).map(|(method, _)| method).collect();
            assert_eq!(settlement.methods_for(&facts).collect::<Vec<_>>(), expected, "seed {seed}");
        }
    });
    assert!(told.iter().all(|times| *times > 200), "hardly ever: {told:?}");
}

#[test]
fn one_beyond_each_limit_is_no_settlement() {
    let base = random::policy(&mut Chance::new(3));
    let keeps = |change: &dyn Fn(&mut Settlement)| {
        let mut settlement = Settlement::standard(base.currency);
        change(&mut settlement);
        let policy = Policy { settlement: Some(settlement), ..base.clone() };
        assert_eq!(policy.keeps_its_promises(), Policy::from_bytes(&policy.to_bytes()).as_ref() == Ok(&policy));
        policy.keeps_its_promises()
    };
    let plan = |change: fn(&mut PlanTerms)| {
        let in_plan = keeps(&|settlement| change(settlement.plan.as_mut().unwrap()));
        let in_need = keeps(&|settlement| change(settlement.hardship.as_mut().unwrap().plan.as_mut().unwrap()));
        assert_eq!(in_plan, in_need);
        in_plan
    };
    let method = |id: &str, fixed| PaymentMethod {
        id: id.to_owned(),
        provider: "one".to_owned(),
        fee: Fee { fixed, rate: Rate::ZERO },
        when: Condition::ALWAYS,
    };
    assert!(keeps(&|settlement| settlement.part_minimum = 1) && !keeps(&|settlement| settlement.part_minimum = 0));
    assert!(!keeps(&|settlement| settlement.part_minimum = MINOR_MAX + 1));
    for (days, times, is_one) in [(1, 1, true), (60, 3, true), (61, 1, false), (1, 4, false), (1, 0, false), (0, 1, false)] {
        assert_eq!(keeps(&|settlement| settlement.deferral = Some(DeferralTerms { days, times })), is_one, "{days} days, {times} times");
    }
    assert!(plan(|terms| terms.rates_to = 60) && !plan(|terms| terms.rates_to = 61));
    assert!(plan(|terms| terms.rates_from = terms.rates_to) && !plan(|terms| terms.rates_from = terms.rates_to + 1));
    assert!(!plan(|terms| terms.rates_from = 1) && !plan(|terms| terms.rate_minimum = 0) && plan(|terms| terms.rate_minimum = 1));
    assert!(plan(|terms| terms.first_within_days = 60) && !plan(|terms| terms.first_within_days = 61));
    assert!(!plan(|terms| terms.first_within_days = 0) && plan(|terms| terms.from = 0) && !plan(|terms| terms.from = -1));
    for (pause_days, is_one) in [(1, true), (90, true), (91, false), (0, false)] {
        assert_eq!(keeps(&|settlement| settlement.hardship = Some(HardshipTerms { pause_days, plan: None })), is_one, "{pause_days}");
    }
    let many =
        |count: u8| move |settlement: &mut Settlement| settlement.methods = (0..count).map(|place| method(&place.to_string(), 0)).collect();
    assert!(keeps(&many(16)) && !keeps(&many(17)));
    assert!(!keeps(&|settlement| settlement.methods = vec![method("card", 0), method("card", 1)]));
    assert!(!keeps(&|settlement| settlement.methods = vec![method("card", -1)]));
    assert!(!keeps(&|settlement| settlement.methods = vec![PaymentMethod { when: Condition(Some(0)), ..method("card", 0) }]));
    let residual = Policy { residual: true, collection: None, settlement: None, ..base.clone() };
    assert!(residual.keeps_its_promises());
    assert!(!Policy { settlement: Some(Settlement::standard(base.currency)), ..residual }.keeps_its_promises());
}
