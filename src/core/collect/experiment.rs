//! Two ways of reminding are tried on customers who are alike but for chance.
//!
//! **Invariant:** the way of a customer follows from the customer and the experiment alone, and what was recorded once stays: no claim, payment, restart
//! or new share moves anybody to another arm.
//! **Invariant:** no arm protects a customer less than the policy does without it, whatever it tries; where it would, the customer is treated as
//! everybody.

use crate::ladder::{Ladder, Step};
use crate::law::contact::House;
use crate::rate::Rate;
use alloc::string::String;
use alloc::vec::Vec;

/// Most arms of an experiment
pub const ARMS_MAX: usize = 8;

/// An experiment
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Experiment {
    id: String,
    share: Rate,
    arms: Vec<Arm>,
}

/// One of the ways that are tried
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arm {
    /// The merchant's word for it
    pub id: String,
    /// How customers in it are reminded
    pub ladder: Ladder,
}

/// What was written down when a customer first came into an experiment
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Which experiment
    pub experiment: String,
    /// Which arm; nothing for whoever is treated as everybody
    pub arm: Option<String>,
}

/// How an arm would protect a customer less, or what else is wrong with it; levels count from 1
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weaker {
    /// There is no arm, or there are more than [`ARMS_MAX`]
    Arms,
    /// Two arms have one name
    Twice,
    /// A level is missing, and the final notice comes sooner
    MissingLevel,
    /// There are more messages, or they may follow each other sooner
    MoreContacts,
    /// There is no word before the due date any more
    MissingNote,
    /// A level comes earlier
    Earlier(u8),
    /// A level leaves less time to pay
    ShorterTerm(u8),
    /// A level costs more
    CostsMore(u8),
    /// What default brings is asked for, and would not be
    Charges,
    /// The final notice is first tried another way
    FinalWay,
    /// Messages come earlier or later in the day than they may
    Hours,
    /// Less is asked for than is worth asking for
    SmallerSums,
    /// The claim would be handed over, and would not be
    HandOver,
    /// A human would have looked, or everything is stopped
    NoHuman,
}

impl Weaker {
    /// The code, the same for ever
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Arms => "experiment.arms",
            Self::Twice => "experiment.twice",
            Self::MissingLevel => "experiment.missing_level",
            Self::MoreContacts => "experiment.more_contacts",
            Self::MissingNote => "experiment.missing_note",
            Self::Earlier(_) => "experiment.earlier",
            Self::ShorterTerm(_) => "experiment.shorter_term",
            Self::CostsMore(_) => "experiment.costs_more",
            Self::Charges => "experiment.charges",
            Self::FinalWay => "experiment.final_way",
            Self::Hours => "experiment.hours",
            Self::SmallerSums => "experiment.smaller_sums",
            Self::HandOver => "experiment.hand_over",
            Self::NoHuman => "experiment.no_human",
        }
    }
}

impl Experiment {
    /// An experiment on a share of the customers, who are otherwise reminded by `base`
    ///
    /// # Errors
    ///
    /// All that is wrong with it, each with the place of the arm where it is one arm's.
    pub fn new(id: String, share: Rate, arms: Vec<Arm>, base: &Ladder) -> Result<Self, Vec<(Option<usize>, Weaker)>> {
        let mut wrong = Vec::new();
        if arms.is_empty() || arms.len() > ARMS_MAX {
            wrong.push((None, Weaker::Arms));
        }
        for (place, arm) in arms.iter().enumerate() {
            if arms.iter().take(place).any(|other| other.id == arm.id) {
                wrong.push((Some(place), Weaker::Twice));
            }
            wrong.extend(weaker(base, &arm.ladder).into_iter().map(|what| (Some(place), what)));
        }
        if wrong.is_empty() { Ok(Self { id, share, arms }) } else { Err(wrong) }
    }

    /// The merchant's word for it
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The ways that are tried
    #[must_use]
    pub fn arms(&self) -> &[Arm] {
        &self.arms
    }

    /// In which arm a customer is; nothing for whoever is treated as everybody
    ///
    /// `draw` is a keyed hash of the customer's id and the experiment's: the same for ever, and nobody without the key foresees it. What was recorded
    /// counts before it.
    #[must_use]
    pub fn arm(&self, draw: &[u8; 32], recorded: Option<&Recorded>) -> Option<&Arm> {
        if let Some(known) = recorded.filter(|known| known.experiment == self.id) {
            return self.arms.iter().find(|arm| Some(&arm.id) == known.arm.as_ref());
        }
        let [part, place] = halves(draw);
        if among(part, Rate::WHOLE_PPM.into()) >= u64::from(self.share.ppm()) {
            return None;
        }
        let place = among(place, u64::try_from(self.arms.len()).unwrap_or(0));
        self.arms.get(usize::try_from(place).unwrap_or(usize::MAX))
    }

    /// How a customer is reminded who would be reminded by `base`: by the arm, as long as that protects no less
    ///
    /// `base` may be another one than the experiment was made for: that of a segment, or of a newer policy.
    #[must_use]
    pub fn ladder<'a>(&'a self, base: &'a Ladder, draw: &[u8; 32], recorded: Option<&Recorded>) -> &'a Ladder {
        let arm = self.arm(draw, recorded).filter(|arm| weaker(base, &arm.ladder).is_empty());
        arm.map_or(base, |arm| &arm.ladder)
    }

    /// What is written down of a customer who comes into it
    #[must_use]
    pub fn record(&self, draw: &[u8; 32]) -> Recorded {
        Recorded { experiment: self.id.clone(), arm: self.arm(draw, None).map(|arm| arm.id.clone()) }
    }
}

/// How a ladder would protect a customer less than another
#[must_use]
pub fn weaker(base: &Ladder, arm: &Ladder) -> Vec<Weaker> {
    let mut found = Vec::new();
    let mut note = |holds: bool, what: Weaker| {
        if !holds && !found.contains(&what) {
            found.push(what);
        }
    };
    note(arm.steps.len() >= base.steps.len(), Weaker::MissingLevel);
    note(arm.steps.len() <= base.steps.len() && (base.note_days.is_some() || arm.note_days.is_none()), Weaker::MoreContacts);
    note(base.note_days.is_none_or(|days| arm.note_days.is_some_and(|tried| tried >= days)), Weaker::MissingNote);
    for (level, (one, tried)) in (1..=u8::MAX).zip(base.steps.iter().zip(&arm.steps)) {
        note(tried.after_days >= one.after_days, Weaker::Earlier(level));
        note(tried.term_days >= one.term_days, Weaker::ShorterTerm(level));
        note(tried.fee_minor <= one.fee_minor, Weaker::CostsMore(level));
    }
    note((base.lump_sum || !arm.lump_sum) && (base.interest || !arm.interest), Weaker::Charges);
    let first_way = |ladder: &Ladder| ladder.steps.last().and_then(|step: &Step| step.channels.first().copied());
    note(first_way(base) == first_way(arm), Weaker::FinalWay);
    let House { opens_minute, closes_minute, days, per_claim, per_customer, is_law } = arm.house;
    note(
        opens_minute >= base.house.opens_minute && closes_minute <= base.house.closes_minute && opens_minute < closes_minute,
        Weaker::Hours,
    );
    let no_more = days >= base.house.days && per_claim <= base.house.per_claim && per_customer <= base.house.per_customer;
    note(no_more && is_law == base.house.is_law, Weaker::MoreContacts);
    note(arm.tolerance_minor >= base.tolerance_minor && arm.micro_minor >= base.micro_minor, Weaker::SmallerSums);
    note(base.propose_placement || !arm.propose_placement, Weaker::HandOver);
    note((arm.by_hand || !base.by_hand) && (arm.stopped || !base.stopped), Weaker::NoHuman);
    found
}

/// Two numbers that have nothing to do with each other
fn halves(draw: &[u8; 32]) -> [u64; 2] {
    let number = |bytes: &[u8]| bytes.iter().fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte));
    let (first, rest) = draw.split_at(8);
    [number(first), number(rest.get(..8).unwrap_or_default())]
}

/// A number below `end` for one of 64 bits, each as often as the others
fn among(number: u64, end: u64) -> u64 {
    u64::try_from(u128::from(number).saturating_mul(end.into()) >> 64).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ladder::{Channel, Tone};
    use crate::money::Currency;

    fn base() -> Ladder {
        Ladder::standard(Currency::EUR)
    }

    fn tried(change: impl FnOnce(&mut Ladder)) -> Vec<Weaker> {
        let mut ladder = base();
        change(&mut ladder);
        weaker(&base(), &ladder)
    }

    type Change = fn(&mut Ladder);

    /// The step of a level
    fn step(ladder: &mut Ladder, level: usize) -> &mut Step {
        ladder.steps.get_mut(level.saturating_sub(1)).unwrap()
    }

    #[test]
    fn tone_order_of_ways_and_a_later_or_narrower_time_may_be_tried() {
        assert_eq!(tried(|_| {}), []);
        assert_eq!(tried(|ladder| step(ladder, 1).tone = Tone::Neutral), []);
        assert_eq!(tried(|ladder| step(ladder, 1).channels = Vec::from([Channel::TextMessage, Channel::Email])), []);
        assert_eq!(tried(|ladder| step(ladder, 2).after_days = 9), []);
        assert_eq!(tried(|ladder| step(ladder, 3).term_days = 14), []);
        assert_eq!(tried(|ladder| ladder.note_days = Some(5)), []);
        assert_eq!(tried(|ladder| (ladder.house.opens_minute, ladder.house.closes_minute) = (17 * 60, 20 * 60)), []);
    }

    #[test]
    fn less_protection_is_named_as_what_it_is() {
        let cases: [(Change, Weaker); 16] = [
            (|ladder| drop(ladder.steps.remove(1)), Weaker::MissingLevel),
            (|ladder| ladder.steps.extend(base().steps), Weaker::MoreContacts),
            (|ladder| ladder.note_days = None, Weaker::MissingNote),
            (|ladder| ladder.note_days = Some(2), Weaker::MissingNote),
            (|ladder| step(ladder, 1).after_days = 2, Weaker::Earlier(1)),
            (|ladder| step(ladder, 3).term_days = 9, Weaker::ShorterTerm(3)),
            (|ladder| step(ladder, 2).fee_minor = 1, Weaker::CostsMore(2)),
            (|ladder| ladder.interest = true, Weaker::Charges),
            (|ladder| ladder.lump_sum = true, Weaker::Charges),
            (|ladder| step(ladder, 3).channels.reverse(), Weaker::FinalWay),
            (|ladder| ladder.house.opens_minute = 8 * 60 - 1, Weaker::Hours),
            (|ladder| ladder.house.closes_minute = 20 * 60 + 1, Weaker::Hours),
            (|ladder| ladder.house.days = 6, Weaker::MoreContacts),
            (|ladder| ladder.house.per_customer = 3, Weaker::MoreContacts),
            (|ladder| ladder.tolerance_minor = 299, Weaker::SmallerSums),
            (|ladder| ladder.micro_minor = 4_999, Weaker::SmallerSums),
        ];
        for (change, what) in cases {
            assert!(tried(change).contains(&what), "{what:?}");
        }
        let mut careful = base();
        (careful.by_hand, careful.propose_placement) = (true, false);
        assert_eq!(weaker(&careful, &base()), [Weaker::HandOver, Weaker::NoHuman]);
    }

    #[test]
    fn an_experiment_has_arms_of_different_names_and_says_all_that_is_wrong() {
        let arm = |id: &str, ladder: Ladder| Arm { id: id.into(), ladder };
        let of = |arms: Vec<Arm>| Experiment::new("tone".into(), Rate::from_ppm(500_000).unwrap(), arms, &base());
        assert_eq!(of(Vec::new()), Err(Vec::from([(None, Weaker::Arms)])));
        let mut short = base();
        step(&mut short, 1).term_days = 1;
        let both = of(Vec::from([arm("a", base()), arm("a", short)]));
        assert_eq!(both, Err(Vec::from([(Some(1), Weaker::Twice), (Some(1), Weaker::ShorterTerm(1))])));
        let many = |count: usize| of((0..count).map(|place| arm(&"x".repeat(place), base())).collect());
        assert!(many(ARMS_MAX).is_ok() && many(ARMS_MAX.saturating_add(1)).is_err());
    }
}
