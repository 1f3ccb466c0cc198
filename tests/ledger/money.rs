//! What holds of every payment and of all interest, on random accounts: the law's order, reckoned once more, and the same end whatever the way.

use crate::life::TERMS;
use crate::names;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use tresen_core::date::Date;
use tresen_core::ident::ReceivableId;
use tresen_core::law::allocation::Regime;
use tresen_core::law::interest::{Convention, Exact};
use tresen_core::law::late_interest::{Claim, late_interest};
use tresen_core::law::regime::Party;
use tresen_core::receivable::decide::{self, Incoming, InterestTerms};
use tresen_core::receivable::{Account, Created, Event, ItemAmount, ItemKind};
use tresen_tests::chance::Chance;

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn must(account: &mut Account, on: Date, events: Vec<Event>) {
    for event in events {
        assert_eq!(account.apply(on, &event), Ok(()), "{event:?}");
        assert_eq!(account.violations(on), [], "{event:?}");
    }
}

fn receivables(account: &Account) -> Vec<ReceivableId> {
    account.receivables().map(|(id, _)| id.clone()).collect()
}

/// An account of a few claims on the 1st of June 2026: some due, some in default, with interest and costs, some disputed
fn random(chance: &mut Chance) -> (Account, Date) {
    let (mut account, today) = (Account::default(), day("2026-06-01"));
    for number in 1..=1 + u64::try_from(chance.below(4)).unwrap() {
        let receivable = names::receivable(number);
        let ordered = today.plus_days(-i32::try_from(chance.below(200)).unwrap() - 1);
        let due = ordered.plus_days(chance.pick(&[14, 14, 30, 90, 250]));
        let line = |item, minor| ItemAmount { item, minor };
        let fee = chance.once_in(3).then(|| line(ItemKind::Fee, 295));
        let interest = chance.once_in(3).then(|| line(ItemKind::Interest, 117));
        let created = Created {
            receivable: receivable.clone(),
            party: chance.pick(&[Party::Consumer, Party::Business]),
            regime: chance.pick(&Regime::ALL),
            items: [line(ItemKind::Principal, 1 + chance.amount())].into_iter().chain(fee).chain(interest).collect(),
        };
        let party = created.party;
        must(&mut account, ordered, vec![Event::ReceivableCreated(created)]);
        must(&mut account, ordered, vec![Event::DueDateSet { receivable: receivable.clone(), date: due }]);
        if due < today && chance.once_in(2) {
            must(&mut account, today, vec![Event::DefaultStarted { receivable: receivable.clone(), since: due.plus_days(1) }]);
            let reckoned = decide::interest(&account, today, &receivable, today.plus_days(-1), &TERMS).unwrap();
            must(&mut account, today, reckoned);
        }
        for item in [ItemKind::DunningCost, ItemKind::LegalCost, ItemKind::LumpSum] {
            if chance.once_in(3) && (item != ItemKind::LumpSum || party == Party::Business) {
                let cost = ItemAmount { item, minor: chance.pick(&[76, 500, 4_000]) };
                let ground = "BGB section 280(2)".to_owned();
                must(&mut account, today, vec![Event::CostCharged { receivable: receivable.clone(), cost, ground }]);
            }
        }
        if chance.once_in(5) {
            let minor = account.open(&receivable);
            must(&mut account, today, vec![Event::DisputeRaised { dispute: names::dispute(number), receivable, minor }]);
        }
    }
    (account, today)
}

/// The place of a part in the order of the statutes, as they are read and not as the core reckons: BGB section 367(1) has costs, interest, principal;
/// section 497(3) has costs of legal pursuit, the rest of what is owed, and the interest of default
fn turn(regime: Regime, item: ItemKind) -> u8 {
    match (regime, item) {
        (Regime::Bgb367, ItemKind::LegalCost | ItemKind::DunningCost | ItemKind::LumpSum) | (Regime::Bgb497, ItemKind::LegalCost) => 1,
        (Regime::Bgb367, ItemKind::Interest | ItemKind::DefaultInterest) => 2,
        (Regime::Bgb497, ItemKind::DefaultInterest) => 4,
        (_, _) => 3,
    }
}

#[test]
fn a_payment_goes_where_the_payer_and_then_the_law_put_it() {
    let (mut in_part, mut named_paid, mut over) = (0, 0, 0);
    for seed in 0..2_000 {
        let mut chance = Chance::new(seed);
        let (mut account, today) = random(&mut chance);
        let all = receivables(&account);
        let named: Vec<ReceivableId> = chance.some(2, |chance| chance.pick(&all));
        let owed = account.balance();
        let minor = chance.pick(&[owed / 3, owed / 2, owed - 1, owed, owed + 500]).max(1);
        let incoming = Incoming { payment: names::payment(1), minor, value_date: today, named: named.clone() };
        let mut events = decide::received(&account, today, &incoming, Some(&TERMS)).unwrap();
        let last = events.pop().unwrap();
        let Event::PaymentAllocated { lines, designated, .. } = &last else { panic!("seed {seed}: {last:?}") };
        assert_eq!(*designated, !named.is_empty());
        must(&mut account, today, events);
        let before = account.clone();
        must(&mut account, today, vec![last.clone()]);

        let got = |id: &ReceivableId| lines.iter().filter(|line| line.receivable == *id).map(|line| line.minor).sum::<i64>();
        // Of each claim what nobody objects to, then the rest.
        let part = |id: &ReceivableId, disputed: bool| {
            let about = before.disputes().filter(|(_, dispute)| dispute.receivable == *id).map(|(_, dispute)| dispute.minor).sum::<i64>();
            let about = about.min(before.open(id));
            if disputed { about } else { before.open(id) - about }
        };
        let got_of = |id: &ReceivableId, disputed: bool| {
            let first = got(id).min(part(id, false));
            if disputed { got(id) - first } else { first }
        };
        let mut left = minor;
        let mut chosen: Vec<&ReceivableId> = Vec::new();
        for id in named.iter().filter(|id| before.open(id) > 0) {
            if !chosen.contains(&id) {
                chosen.push(id);
                named_paid += 1;
            }
        }
        for disputed in [false, true] {
            for id in &chosen {
                assert_eq!(got_of(id, disputed), part(id, disputed).min(left), "seed {seed}: what was named comes first");
                left -= got_of(id, disputed);
            }
        }
        // BGB section 366(2), of those that nobody named and, before it, what nobody objects to.
        let others: Vec<(&ReceivableId, bool)> =
            all.iter().filter(|id| !chosen.contains(id)).flat_map(|id| [(id, false), (id, true)]).collect();
        let key = |(id, disputed): &(&ReceivableId, bool)| {
            let claim = before.receivable(id).unwrap();
            let is_due = claim.due.is_some_and(|due| due <= today);
            (*disputed, !is_due, Reverse(claim.default_since.is_some()), claim.due)
        };
        for one in &others {
            for next in others.iter().filter(|next| key(one) < key(next) && got_of(next.0, next.1) > 0) {
                assert_eq!(got_of(one.0, one.1), part(one.0, one.1), "seed {seed}: {next:?} got something before {one:?}");
            }
        }
        for id in &all {
            let regime = before.receivable(id).unwrap().regime;
            let paid = |item| lines.iter().filter(|line| line.receivable == *id && line.item == item).map(|line| line.minor).sum::<i64>();
            for one in ItemKind::ALL {
                assert!(paid(one) <= before.open_item(id, one), "seed {seed}: more than was open");
                for next in ItemKind::ALL.into_iter().filter(|next| turn(regime, one) < turn(regime, *next) && paid(*next) > 0) {
                    assert_eq!(account.open_item(id, one), 0, "seed {seed}: {next:?} before {one:?} by {regime:?}");
                }
            }
            in_part += usize::from(got(id) > 0 && account.open(id) > 0);
        }
        let put: i64 = lines.iter().map(|line| line.minor).sum();
        assert_eq!(put + account.credit(), minor, "seed {seed}: nothing is lost");
        assert!(account.credit() == 0 || all.iter().all(|id| account.open(id) == 0), "seed {seed}: kept back while something is open");
        over += usize::from(account.credit() > 0);
    }
    assert!(in_part > 500 && named_paid > 500 && over > 200, "{in_part} in part, {named_paid} named, {over} too much");
}

#[test]
fn payments_told_in_any_order_and_any_number_of_times_leave_the_same_owed() {
    let mut claim_by_claim = 0;
    for seed in 0..400 {
        let mut chance = Chance::new(seed);
        let (account, today) = random(&mut chance);
        let all = receivables(&account);
        // Claims of equal rank share each payment by what is open of them when it comes; there the sums are the same, and not each part.
        let ranks: BTreeSet<Date> = account.receivables().filter_map(|(_, claim)| claim.due).collect();
        let equals = ranks.len() < all.len();
        let news: Vec<Incoming> = (1..=5)
            .map(|number| {
                let named = if chance.once_in(2) { vec![chance.pick(&all)] } else { vec![] };
                Incoming { payment: names::payment(number), minor: 1 + chance.amount() / 3, value_date: today, named }
            })
            .collect();
        let told = |order: &[usize]| {
            let mut account = account.clone();
            for place in order {
                let events = decide::received(&account, today, &news[*place], None).unwrap();
                must(&mut account, today, events);
            }
            account
        };
        let straight = told(&[0, 1, 2, 3, 4]);
        for _ in 0..4 {
            let mut order: Vec<usize> = (0..12).map(|_| chance.below(5)).collect();
            order.extend([4, 3, 2, 1, 0]);
            let shuffled = told(&order);
            assert_eq!((shuffled.balance(), shuffled.credit()), (straight.balance(), straight.credit()), "seed {seed}: {order:?}");
            assert_eq!(shuffled.payments().count(), 5);
            for id in all.iter().filter(|_| !equals) {
                assert_eq!(shuffled.open(id), straight.open(id), "seed {seed}: {order:?}");
                claim_by_claim += 1;
            }
        }
    }
    assert!(claim_by_claim > 2_000, "{claim_by_claim}");
}

/// A claim in default since the 2nd of January 2024, and what of it bore interest on which day
struct Debt {
    account: Account,
    id: ReceivableId,
    party: Party,
    terms: InterestTerms,
}

impl Debt {
    fn new(chance: &mut Chance) -> Self {
        let (mut account, id) = (Account::default(), names::receivable(1));
        let party = chance.pick(&[Party::Consumer, Party::Business]);
        let items = vec![ItemAmount { item: ItemKind::Principal, minor: 20_000 + chance.amount() }];
        let regime = chance.pick(&Regime::ALL);
        let created = Created { receivable: id.clone(), party, regime, items };
        must(&mut account, day("2023-12-01"), vec![Event::ReceivableCreated(created)]);
        must(&mut account, day("2023-12-01"), vec![Event::DueDateSet { receivable: id.clone(), date: day("2023-12-15") }]);
        must(&mut account, day("2024-01-02"), vec![Event::DefaultStarted { receivable: id.clone(), since: day("2024-01-02") }]);
        let terms = InterestTerms { convention: chance.pick(&Convention::ALL), ..TERMS };
        Self { account, id, party, terms }
    }

    fn reckon(&mut self, on: Date) {
        let events = decide::interest(&self.account, on, &self.id, on, &self.terms).unwrap();
        must(&mut self.account, on, events);
    }

    fn pays(&mut self, on: Date, number: u64, minor: i64) {
        let incoming = Incoming { payment: names::payment(number), minor, value_date: on, named: vec![] };
        let events = decide::received(&self.account, on, &incoming, Some(&self.terms)).unwrap();
        must(&mut self.account, on, events);
    }

    fn principal(&self) -> i64 {
        self.account.open_item(&self.id, ItemKind::Principal)
    }

    fn exact(&self) -> Exact {
        self.account.receivable(&self.id).unwrap().interest.exact
    }

    /// The interest of one day on so much, in the parts of the core, from the rate of the day alone
    fn of_a_day(&self, on: Date, bearing: i64) -> i128 {
        let claim = Claim { market: self.terms.market, party: self.party, made: day("2023-12-01") };
        let ppm = i128::from(late_interest(claim, on).unwrap().rate.ppm());
        let year = on.ymd().0;
        let is_leap = year % 4 == 0;
        let days = if is_leap && self.terms.convention == Convention::ActAct { 366 } else { 365 };
        i128::from(bearing) * ppm * Exact::PARTS_PER_MINOR / 1_000_000 / days
    }
}

#[test]
fn interest_runs_from_default_on_the_price_alone_however_often_it_is_reckoned() {
    let mut partly = 0;
    for seed in 0..300 {
        let mut chance = Chance::new(seed);
        let mut often = Debt::new(&mut chance);
        let mut once = Debt { account: often.account.clone(), id: often.id.clone(), ..often };
        let (mut today, mut expected) = (day("2024-01-01"), 0);
        for number in 0..120 {
            today = today.plus_days(1 + i32::try_from(chance.below(9)).unwrap());
            // What was owed since the last of these days bore interest on each of them, this one included.
            let last = often.account.receivable(&often.id).unwrap().interest.until.unwrap_or(day("2024-01-01"));
            let bearing = often.principal();
            expected += (1..=today.days_since(last)).map(|passed| often.of_a_day(last.plus_days(passed), bearing)).sum::<i128>();
            often.reckon(today);
            match chance.below(6) {
                0 => {
                    let minor = 1 + chance.amount() / 9;
                    often.pays(today, number, minor);
                    once.pays(today, number, minor);
                }
                1 => {
                    let cost = ItemAmount { item: ItemKind::DunningCost, minor: 76 };
                    let charged = Event::CostCharged { receivable: often.id.clone(), cost, ground: "BGB section 280(2)".to_owned() };
                    if often.account.open(&often.id) > 0 {
                        must(&mut often.account, today, vec![charged.clone()]);
                        must(&mut once.account, today, vec![charged]);
                    }
                }
                _ => {}
            }
            partly += usize::from((1..20_000).contains(&often.principal()));
        }
        once.reckon(today);
        assert_eq!(once.exact(), often.exact(), "seed {seed}: reckoned once or often");
        assert_eq!(once.account.open(&once.id), often.account.open(&often.id), "seed {seed}");
        assert_eq!(often.exact().parts(), expected, "seed {seed}: day by day");
        let items: BTreeMap<ItemKind, i64> = often.account.book().open(&often.id).collect();
        let charged = often.account.receivable(&often.id).unwrap().interest.charged;
        assert!(items.get(&ItemKind::DefaultInterest).copied().unwrap_or(0) <= charged, "interest has a part of its own");
        assert_eq!(often.exact().minor(), charged, "rounded once");
    }
    assert!(partly > 5_000, "{partly}");
}
