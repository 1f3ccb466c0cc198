//! Laws of amounts and rates in every currency there is: without minor digits (JPY), with two, with three (KWD).

use std::collections::BTreeSet;
use tresen_core::money::{Currency, MINOR_MAX, Money, MoneyError};
use tresen_core::rate::Rate;
use tresen_tests::chance::Chance;

const ROUNDS: u64 = 40;

/// Every currency of ISO 4217
fn currencies() -> Vec<Currency> {
    let letters = || ('A'..='Z').map(String::from);
    let codes = letters().flat_map(|one| {
        letters().flat_map(move |two| {
            letters().map({
                let one = one.clone();
                move |three| format!("{one}{two}{three}")
            })
        })
    });
    let all: Vec<Currency> = codes.filter_map(|code| Currency::parse(&code)).collect();
    let digits: BTreeSet<u8> = all.iter().map(|currency| currency.digits()).collect();
    assert!(all.len() > 150 && digits.is_superset(&BTreeSet::from([0, 2, 3])), "{} currencies with {digits:?} digits", all.len());
    all
}

/// Amounts around nothing, around the edges of a digit, at the ends, and anywhere between
fn amount(chance: &mut Chance, currency: Currency) -> Money {
    let edge = [0, 1, 9, 10, 99, 100, 999, 1_000, 9_999, MINOR_MAX - 1, MINOR_MAX];
    let anywhere = i64::try_from(chance.below(usize::try_from(MINOR_MAX).unwrap())).unwrap();
    let size = if chance.once_in(2) { chance.pick(&edge) } else { anywhere >> chance.below(53) };
    Money::from_minor(if chance.once_in(3) { -size } else { size }, currency).unwrap()
}

fn each(mut law: impl FnMut(&mut Chance, Money)) {
    for seed in 0..ROUNDS {
        let mut chance = Chance::new(seed);
        for currency in currencies() {
            let money = amount(&mut chance, currency);
            law(&mut chance, money);
        }
    }
}

#[test]
fn what_is_printed_reads_as_the_same_amount_with_the_digits_of_its_currency() {
    each(|_, money| {
        let text = money.to_plain();
        assert_eq!(Money::parse(&text), Ok(money), "{text}");
        let number = text.split(' ').next().unwrap();
        let fraction = number.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        assert_eq!(fraction, usize::from(money.currency().digits()), "{text}");
        // Zeros at the end of the fraction may be left out, and more digits than the currency has may not stand there.
        if fraction > 0 {
            let shorter = number.trim_end_matches('0').trim_end_matches('.');
            assert_eq!(Money::parse(&format!("{shorter} {}", money.currency().code())), Ok(money), "{shorter}");
        }
        let longer = format!("{number}{}0 {}", if fraction == 0 { "." } else { "" }, money.currency().code());
        assert_eq!(Money::parse(&longer), Err(MoneyError::TooPrecise { digits: money.currency().digits() }), "{longer}");
    });
}

#[test]
fn parts_sum_to_the_whole_and_each_lies_between_floor_and_ceiling_of_its_share() {
    each(|chance, money| {
        let weights: Vec<u32> = (0..=chance.below(12)).map(|_| chance.pick(&[0, 1, 1, 2, 3, 7, 100, u32::MAX])).collect();
        let total: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
        let Ok(parts) = money.allocate(&weights) else {
            assert_eq!(total, 0, "{weights:?}");
            return;
        };
        let whole = i128::from(money.minor());
        assert_eq!(parts.iter().map(|part| i128::from(part.minor())).sum::<i128>(), whole, "{weights:?}");
        for (part, weight) in parts.iter().zip(&weights) {
            let exact = whole * i128::from(*weight);
            let part = i128::from(part.minor());
            assert!(part * total > exact - total && part * total < exact + total, "{money:?} by {weights:?}: {part}");
            assert!(part == 0 || part.signum() == whole.signum() && *weight > 0, "{money:?} by {weights:?}: {part}");
        }
        assert!(parts.iter().all(|part| part.currency() == money.currency()));
    });
}

#[test]
fn what_is_added_can_be_taken_away_again_in_either_order() {
    each(|chance, one| {
        let two = amount(chance, one.currency());
        assert_eq!(one.plus(two), two.plus(one));
        match one.plus(two) {
            Ok(sum) => {
                assert_eq!(sum.minus(two), Ok(one));
                assert_eq!(i128::from(sum.minor()), i128::from(one.minor()) + i128::from(two.minor()));
            }
            Err(problem) => {
                assert_eq!(problem, MoneyError::OutOfRange);
                assert!((i128::from(one.minor()) + i128::from(two.minor())).abs() > i128::from(MINOR_MAX));
            }
        }
    });
}

#[test]
fn a_share_lies_between_its_floor_and_its_ceiling_and_is_rounded_half_away_from_nothing() {
    each(|chance, money| {
        let any = u32::try_from(chance.below(1_000_001)).unwrap();
        let ppm = chance.pick(&[0, 1, 15_000, 250_000, 500_000, 999_999, 1_000_000, any]);
        let share = i128::from(Rate::from_ppm(ppm).unwrap().of(money.minor()));
        let exact = i128::from(money.minor()) * i128::from(ppm);
        let whole = i128::from(Rate::WHOLE_PPM);
        assert!(share >= exact.div_euclid(whole) && share <= -(-exact).div_euclid(whole), "{ppm} ppm of {money:?}: {share}");
        let distance = (share * whole - exact).abs() * 2;
        assert!(distance < whole || distance == whole && share.abs() * whole > exact.abs(), "{ppm} ppm of {money:?}: {share}");
        assert!(share.abs() <= i128::from(money.minor()).abs());
    });
}
