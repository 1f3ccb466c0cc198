//! Experiments: a customer stays where chance has put them, and nobody is protected less for it.

use crate::chain::{days_by, ladder};
use std::collections::BTreeMap;
use tresen_core::collect::{Arm, Channel, Experiment, Ladder, Recorded, Tone, weaker};
use tresen_core::date::Date;
use tresen_core::rate::Rate;
use tresen_tests::chance::Chance;

/// A keyed hash's stand-in: the same for the same customer and experiment
fn draw(customer: u64, experiment: &str) -> [u8; 32] {
    let seed = experiment.bytes().fold(customer.wrapping_mul(0x9e37_79b9), |sum, byte| sum.rotate_left(7) ^ u64::from(byte));
    let mut chance = Chance::new(seed);
    std::array::from_fn(|_| u8::try_from(chance.below(256)).unwrap())
}

/// A ladder with something tried, for better or worse
fn changed(chance: &mut Chance) -> Ladder {
    let mut tried = ladder();
    for _ in 0..=chance.below(2) {
        let place = chance.below(tried.steps.len());
        let by = chance.pick(&[-1_i8, 0, 1, 4]);
        let step = &mut tried.steps[place];
        match chance.below(9) {
            0 => step.after_days = step.after_days.saturating_add_signed(by).max(1),
            1 => step.term_days = step.term_days.saturating_add_signed(by),
            2 => step.tone = chance.pick(&Tone::ALL),
            3 => step.channels = chance.pick(&[vec![Channel::Email], vec![Channel::TextMessage, Channel::Email], vec![Channel::Letter]]),
            4 => tried.note_days = chance.pick(&[None, Some(2), Some(3), Some(6)]),
            5 => step.fee_minor = chance.pick(&[0, 76]),
            6 => tried.house.opens_minute = chance.pick(&[6 * 60, 9 * 60, 17 * 60]),
            7 => tried.house.days = chance.pick(&[5, 7, 10]),
            _ if tried.steps.len() > 2 => drop(tried.steps.remove(1)),
            _ => {}
        }
    }
    tried
}

/// Whether everything that is said by a ladder on the days of a claim that nobody pays keeps to what `base` promises, as it is lived
fn is_kept(base: &Ladder, tried: &Ladder) -> bool {
    let due = Date::parse("2026-03-16").unwrap();
    let days: Vec<(Date, u8)> = days_by(tried, &[]).into_iter().map(|(day, level)| (Date::parse(&day).unwrap(), level)).collect();
    let on = |level: u8| days.iter().find(|(_, said)| *said == level).map(|(day, _)| *day);
    let mut earliest = due.plus_days(i32::from(base.steps[0].after_days));
    let mut kept = on(0).is_some_and(|day| day <= due.plus_days(-i32::from(base.note_days.unwrap())));
    for (level, step) in (1..).zip(&base.steps) {
        let Some(day) = on(level) else { return false };
        kept &= day >= earliest;
        let after = base.steps.get(usize::from(level)).map_or(1, |next| i32::from(next.after_days));
        earliest = day.plus_days(i32::from(step.term_days) + after);
    }
    // Then it may be handed over.
    kept && on(9).is_none_or(|day| day >= earliest) && days.len() == base.steps.len() + 2
}

#[test]
fn whatever_is_tried_nobody_is_protected_less() {
    let (base, mut fair, mut unfair) = (ladder(), 0, 0);
    for seed in 0..3_000 {
        let mut chance = Chance::new(seed);
        let tried = changed(&mut chance);
        let made = Experiment::new(
            "try".to_owned(),
            Rate::from_ppm(1_000_000).unwrap(),
            vec![Arm { id: "b".to_owned(), ladder: tried.clone() }],
            &base,
        );
        let costs = |ladder: &Ladder| ladder.steps.iter().map(|step| step.fee_minor).sum::<i64>();
        match made {
            Ok(experiment) => {
                let used = experiment.ladder(&base, &draw(seed, "try"), None);
                assert_eq!(used, &tried);
                assert!(is_kept(&base, used), "seed {seed}: {tried:?}\n{:?}", days_by(&tried, &[]));
                assert!(
                    costs(used) <= costs(&base) && used.house.opens_minute >= base.house.opens_minute && used.house.days >= base.house.days
                );
                fair += usize::from(tried != base);
            }
            Err(wrong) => {
                assert!(!wrong.is_empty() && wrong.iter().all(|(place, _)| *place == Some(0)));
                unfair += 1;
            }
        }
        // A policy that promises more than the one for which the experiment was made is kept: the arm is not used.
        let better = changed(&mut chance);
        let Ok(experiment) = Experiment::new(
            "try".to_owned(),
            Rate::from_ppm(1_000_000).unwrap(),
            vec![Arm { id: "b".to_owned(), ladder: base.clone() }],
            &base,
        ) else {
            panic!()
        };
        let used = experiment.ladder(&better, &draw(seed, "try"), None);
        assert!(weaker(&better, used).is_empty(), "seed {seed}");
    }
    assert!(fair > 500 && unfair > 500, "{fair} fair, {unfair} unfair");
}

#[test]
fn a_customer_stays_in_the_arm_whatever_happens() {
    let arms = |names: &[&str]| names.iter().map(|id| Arm { id: (*id).to_owned(), ladder: ladder() }).collect::<Vec<_>>();
    let of =
        |id: &str, ppm: u32, names: &[&str]| Experiment::new(id.to_owned(), Rate::from_ppm(ppm).unwrap(), arms(names), &ladder()).unwrap();
    let (tone, hours) = (of("tone", 400_000, &["a", "b"]), of("hours", 400_000, &["a", "b"]));
    let mut chance = Chance::new(30);
    let mut book: BTreeMap<u64, Recorded> = BTreeMap::new();
    let mut counts = BTreeMap::<Option<String>, usize>::new();
    let mut both = 0;
    for asked in 0..40_000_u64 {
        // Customers come in any order, again and again, with any claim.
        let customer = if asked < 20_000 { asked } else { u64::try_from(chance.below(20_000)).unwrap() };
        let at = draw(customer, "tone");
        // Whatever the experiment has become, or whether the book was lost: new arms, other shares, other names for what is no longer tried.
        let now = match chance.below(4) {
            0 => of("tone", chance.pick(&[0, 100_000, 1_000_000]), &["a", "b"]),
            1 => of("tone", 400_000, &["c", "b", "a"]),
            _ => tone.clone(),
        };
        let known = book.entry(customer).or_insert_with(|| tone.record(&at)).clone();
        assert_eq!(now.arm(&at, Some(&known)).map(|arm| arm.id.clone()), known.arm, "{customer}");
        assert_eq!(tone.arm(&at, None).map(|arm| arm.id.clone()), known.arm, "without the book it is the same");
        let other = Recorded { experiment: "hours".to_owned(), arm: Some("a".to_owned()) };
        assert_eq!(tone.arm(&at, Some(&other)).map(|arm| arm.id.clone()), known.arm, "another experiment says nothing about this one");
        if asked < 20_000 {
            both += usize::from(known.arm.is_some() && hours.arm(&draw(customer, "hours"), None).is_some());
            *counts.entry(known.arm).or_insert(0) += 1;
        }
    }
    // An arm that is no longer tried: as everybody, and not in another one.
    let gone = Recorded { experiment: "tone".to_owned(), arm: Some("z".to_owned()) };
    assert!((0..1_000).all(|customer| tone.arm(&draw(customer, "tone"), Some(&gone)).is_none()));
    let [outside, a, b] = [None, Some("a"), Some("b")].map(|arm| counts[&arm.map(str::to_owned)]);
    assert!((11_700..12_300).contains(&outside) && (3_800..4_200).contains(&a) && (3_800..4_200).contains(&b), "{counts:?}");
    assert!((2_900..3_500).contains(&both), "two experiments have nothing to do with each other: {both}");
    let all = |ppm| (0..2_000).filter(|customer| of("x", ppm, &["a"]).arm(&draw(*customer, "x"), None).is_some()).count();
    assert_eq!((all(0), all(1_000_000)), (0, 2_000));
}
