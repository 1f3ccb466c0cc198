//! What holds of every payment, on random debts: nothing is lost, nothing is paid twice, and no order is broken.

use tresen_core::date::Date;
use tresen_core::law::allocation::{Debt, Kind, Regime, allocate, between};
use tresen_tests::chance::Chance;

const SEED: u64 = 20_261_126;
const ROUNDS: usize = 20_000;

#[test]
fn lines_and_rest_sum_to_the_payment_and_nothing_is_paid_before_its_turn() {
    let mut chance = Chance::new(SEED);
    for round in 0..ROUNDS {
        let regime = chance.pick(&Regime::ALL);
        let items = chance.some(8, |chance| (chance.pick(&Kind::ALL), chance.amount()));
        let payment = chance.amount();
        let found = allocate(regime, &items, payment);
        let paid: i64 = found.lines.iter().map(|line| line.minor).sum();
        assert_eq!(paid + found.left_minor, payment, "{round}");
        let rank = |kind: Kind| regime.order().iter().position(|one| *one == kind).unwrap();
        let of = |place: usize| found.lines.iter().filter(|line| line.place == place).map(|line| line.minor).sum::<i64>();
        let open = |place: usize| items[place].1 - of(place);
        assert!((0..items.len()).all(|place| of(place) >= 0 && open(place) >= 0), "{round}: {found:?}");
        // Whatever got something leaves nothing open that comes before it.
        for line in &found.lines {
            let before = (0..items.len()).filter(|place| (rank(items[*place].0), *place) < (rank(line.kind), line.place));
            assert!(before.into_iter().all(|place| open(place) == 0), "{round}: {items:?} {payment} {found:?}");
        }
        assert!(found.left_minor == 0 || (0..items.len()).all(|place| open(place) == 0), "{round}");
    }
}

#[test]
fn debts_share_a_payment_to_the_last_cent_and_equals_get_their_share() {
    let mut chance = Chance::new(SEED);
    for round in 0..ROUNDS {
        let debts = chance.some(6, |chance| Debt {
            open_minor: chance.amount(),
            is_due: chance.once_in(2),
            security: u32::from(chance.once_in(3)),
            burden: u32::from(chance.once_in(3)),
            since: Date::MIN.plus_days(i32::from(chance.once_in(3))),
        });
        let named = chance.once_in(3).then(|| chance.below(6));
        let payment = chance.amount();
        let found = between(&debts, payment, named);
        assert_eq!(found.minor.iter().sum::<i64>() + found.left_minor, payment, "{round}");
        let rank = |place: usize| {
            let debt = &debts[place];
            (named != Some(place), !debt.is_due, debt.security, std::cmp::Reverse(debt.burden), debt.since)
        };
        for (place, paid) in found.minor.iter().enumerate() {
            let debt = &debts[place];
            assert!((0..=debt.open_minor).contains(paid), "{round}");
            let is_open = |other: &usize| found.minor[*other] < debts[*other].open_minor;
            assert!(*paid == 0 || !(0..debts.len()).filter(|other| rank(*other) < rank(place)).any(|other| is_open(&other)), "{round}");
            // The share of equals, times their sum, is off by less than one cent times it.
            let equals: Vec<usize> = (0..debts.len()).filter(|other| rank(*other) == rank(place)).collect();
            let (open, given): (i64, i64) =
                equals.iter().fold((0, 0), |sum, one| (sum.0 + debts[*one].open_minor, sum.1 + found.minor[*one]));
            assert!((paid * open - debt.open_minor * given).abs() < open.max(1), "{round}");
        }
    }
}
