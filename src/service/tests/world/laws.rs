//! What two worlds have in common that differ only in when things are told, or in when the scheduler runs.

use crate::common::books;
use crate::common::chance::Chance;
use crate::common::collection::written;
use crate::live::World;
use crate::step::{By, Fact, How, Setting, Step};
use std::collections::BTreeSet;

/// Nobody is told, and nothing costs anything
const PLAIN: Setting = Setting { told: false, costly: false };

/// Everybody buys before anything else happens
fn bought(chance: &mut Chance, orders: usize) -> (Vec<Step>, Vec<Vec<i64>>) {
    let (mut steps, mut prices) = (Vec::new(), Vec::new());
    for who in 0..3 {
        let mut of_one = Vec::new();
        for number in 0..1 + chance.below(orders) {
            let minor = chance.pick(&[1_990, 5_100, 12_345]);
            steps.push(Step::Tell(format!("buy-{who}-{number}"), Fact::Buys { who, order: format!("o{who}-{number}"), minor }));
            of_one.push(minor);
        }
        prices.push(of_one);
    }
    (steps, prices)
}

/// What happens with money: each list in its order, the lists in any
fn money(chance: &mut Chance, prices: &[Vec<i64>]) -> Vec<Vec<Fact>> {
    let mut chains = Vec::new();
    let mut number = 0;
    for (who, prices) in prices.iter().enumerate() {
        for (claim, price) in prices.iter().enumerate() {
            for _ in 0..chance.below(4) {
                number += 1;
                let by = match chance.below(5) {
                    0 => By::Nothing,
                    1 => By::Customer { who },
                    2 => By::Claim { who, claim },
                    _ => By::Reference { who, claim },
                };
                let minor = chance.pick(&[*price, price / 2, price + 100, 7]);
                let mut chain = vec![Fact::Pays { number, by: by.clone(), minor, day: 0 }];
                if by == By::Nothing {
                    chain.push(Fact::Matches { number, who });
                }
                let opened = Fact::ChargesBack { number, news: "opened".to_owned() };
                match chance.below(5) {
                    0 => chain.push(Fact::Reverses { number }),
                    1 => chain.extend([opened, Fact::ChargesBack { number, news: "lost".to_owned() }]),
                    2 => chain.extend([opened, Fact::ChargesBack { number, news: "won".to_owned() }]),
                    _ => {}
                }
                chains.push(chain);
            }
            if chance.once_in(3) {
                chains.push(vec![Fact::Credits { who, claim, minor: chance.pick(&[*price, price / 3]) }]);
            }
        }
    }
    chains
}

/// Tells all of it in an order of its own, some of it more than once
fn told(chance: &mut Chance, chains: &[Vec<Fact>]) -> Vec<Step> {
    let mut left: Vec<(usize, &[Fact])> = chains.iter().map(Vec::as_slice).enumerate().collect();
    let (mut steps, mut again) = (Vec::new(), Vec::new());
    while !left.is_empty() {
        let place = chance.below(left.len());
        let (chain, facts) = left[place];
        let key = format!("m-{chain}-{}", facts.len());
        steps.push(Step::Tell(key.clone(), facts[0].clone()));
        again.push(Step::Tell(key, facts[0].clone()));
        if matches!(facts[0], Fact::Pays { .. }) {
            again.push(Step::Tell(format!("again-{chain}"), facts[0].clone()));
        }
        if chance.once_in(2) {
            steps.push(chance.pick(&again));
        }
        left[place].1 = &facts[1..];
        left.retain(|(_, facts)| !facts.is_empty());
    }
    steps
}

/// What everybody owes when all is told, less what is theirs
fn balances(steps: &[Step]) -> Vec<i64> {
    let mut world = World::new(PLAIN, None);
    for step in steps {
        world.does(step).unwrap();
    }
    let customer = "SELECT customer_id FROM receivables WHERE receivable_id = ?1";
    let of = |claim: &str| -> String { world.sql.query_row(customer, [claim], |row| row.get(0)).unwrap() };
    let there = world.customers.iter().filter_map(|customer| customer.claims.first());
    there.map(|claim| books::account(&world.sql, &of(&claim.id), "EUR").unwrap().balance()).collect()
}

#[test]
fn in_whatever_order_and_how_often_money_is_told_the_balances_are_the_same() {
    let mut facts = 0;
    for seed in 0..6 {
        let mut chance = Chance::new(seed);
        let (buys, prices) = bought(&mut chance, 3);
        let chains = money(&mut chance, &prices);
        facts += chains.iter().map(Vec::len).sum::<usize>();
        let all: Vec<Vec<i64>> = (0..3).map(|_| balances(&[buys.clone(), told(&mut chance, &chains)].concat())).collect();
        assert!(all.iter().all(|balances| *balances == all[0]), "seed {seed}: {all:?}\n{chains:?}");
    }
    assert!(facts > 40, "{facts}");
}

/// The levels that were told of each order, where the scheduler is down for so many days behind each of its runs
fn levels(buys: &[Step], mut pause: impl FnMut() -> u16) -> BTreeSet<(String, u64)> {
    let mut world = World::new(PLAIN, None);
    buys.iter().for_each(|step| world.does(step).unwrap());
    world.does(&Step::Carrier(How::Takes)).unwrap();
    let mut days = 0;
    while days < 130 {
        let pause = 1 + pause();
        world.does(&Step::Goes { minutes: 24 * 60 * u32::from(pause) }).unwrap();
        world.does(&Step::Runs).unwrap();
        days += pause;
    }
    let order = "SELECT order_ref FROM receivables WHERE receivable_id = ?1";
    let mut told = BTreeSet::new();
    for message in written(&world.sql).into_iter().filter(|message| message.occasion == "reminder" && message.state == "sent") {
        let about: Vec<serde_json::Value> = serde_json::from_str(&message.about).unwrap();
        for said in about {
            let order: String = world.sql.query_row(order, [said["receivable"].as_str().unwrap()], |row| row.get(0)).unwrap();
            assert!(told.insert((order, said["level"].as_u64().unwrap())), "told twice: {said}");
        }
    }
    told
}

#[test]
fn a_scheduler_that_was_down_for_days_comes_to_the_same_end() {
    for seed in 0..2 {
        let mut chance = Chance::new(seed);
        let (buys, prices) = bought(&mut chance, 2);
        let without = levels(&buys, || 0);
        let orders: usize = prices.iter().map(Vec::len).sum();
        assert_eq!(without.len(), orders * 3, "each order comes to its last level");
        let with = levels(&buys, || chance.pick(&[0, 0, 0, 0, 1, 3, 6]));
        assert_eq!(with, without, "seed {seed}");
    }
}
