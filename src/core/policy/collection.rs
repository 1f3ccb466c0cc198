//! How the merchant collects: the ladder of reminders, whom the merchant speaks as, and the segments that are treated otherwise.
//!
//! The browser never gets any of it. Segments ask about facts as everything else in a policy does, and about the case besides; the first whose
//! condition surely holds counts, and what is not known holds no more than its opposite does.

use super::{Condition, Conditions, Node, Policy, Truth};
use crate::facts::{FactIndex, Facts, case as of_case};
use crate::ladder::{Channel, FINAL_TERM_MIN, LEVELS_MAX, Ladder, Tone};
use crate::law::contact::{HOUSE, House};
use crate::money::{Currency, MINOR_MAX};
use alloc::string::String;
use alloc::vec::Vec;

/// Most segments of a collection
pub const SEGMENTS_MAX: usize = 16;
/// Most days of a word before the due date
pub const NOTE_DAYS_MAX: u8 = 14;
/// Most days between a due date or the end of a term and the next level
pub const AFTER_DAYS_MAX: u8 = 90;
/// Most days of a term
pub const TERM_DAYS_MAX: u8 = 60;
/// Most days in which contacts are counted
pub const COUNTED_DAYS_MAX: u8 = 60;
/// By how many days, at most, a segment moves the levels to and fro
pub const LATER_DAYS_MAX: i8 = 30;

/// How the merchant collects
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collection {
    /// How everybody is reminded of whom no segment says otherwise
    pub ladder: Ladder,
    /// How the merchant speaks
    pub persona: Persona,
    /// The conditions of the segments, which lie apart from those of an order
    pub conditions: Conditions,
    /// The first that surely holds counts
    pub segments: Vec<Segment>,
}

/// How the merchant speaks, and when
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Persona {
    /// The language, for a customer who has chosen none
    pub language: Option<Speech>,
    /// The form of address, where a language has two
    pub address: Option<Address>,
    /// The time of day, within the hours of the ladder
    pub time_of_day: Option<TimeOfDay>,
}

/// A language that messages are complete in
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Speech {
    /// German
    German,
    /// English
    English,
}

impl Speech {
    /// All of them
    pub const ALL: [Self; 2] = [Self::German, Self::English];

    /// The word for it
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::German => "de",
            Self::English => "en",
        }
    }
}

/// How somebody is spoken to
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Address {
    /// Sie
    Formal,
    /// du
    Familiar,
}

impl Address {
    /// Both
    pub const ALL: [Self; 2] = [Self::Formal, Self::Familiar];

    /// The word for it
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Formal => "sie",
            Self::Familiar => "du",
        }
    }
}

/// When messages come
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TimeOfDay {
    /// From 8 to 12
    Morning,
    /// From 12 to 17
    Afternoon,
    /// From 17 to 20
    Evening,
}

impl TimeOfDay {
    /// All of them
    pub const ALL: [Self; 3] = [Self::Morning, Self::Afternoon, Self::Evening];

    /// The word for it
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Morning => "morning",
            Self::Afternoon => "afternoon",
            Self::Evening => "evening",
        }
    }

    /// The first minute of it, and the first after it
    #[must_use]
    pub fn minutes(self) -> (u16, u16) {
        match self {
            Self::Morning => (8 * 60, 12 * 60),
            Self::Afternoon => (12 * 60, 17 * 60),
            Self::Evening => (17 * 60, 20 * 60),
        }
    }
}

/// Customers who are treated otherwise
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// The merchant's word for it
    pub id: String,
    /// Who belongs to it
    pub when: Condition,
    /// What is otherwise
    pub then: Then,
}

/// What is otherwise for a segment; what it does not say stays
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Then {
    /// Nothing is sent
    pub stop: bool,
    /// A human takes the next step
    pub by_hand: bool,
    /// How many days before the due date a word comes; 0 for none
    pub note_days: Option<u8>,
    /// How many days later each level comes; below zero for earlier
    pub later_days: i8,
    /// How the levels before the final notice sound
    pub tone: Option<Tone>,
    /// Ways that are tried before those of a level
    pub channels: Vec<Channel>,
    /// How the merchant speaks
    pub persona: Persona,
}

/// How a case is treated, and why
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// The ladder
    pub ladder: Ladder,
    /// How the merchant speaks
    pub persona: Persona,
    /// The place of the segment that the case belongs to
    pub segment: Option<usize>,
    /// What each segment's condition says, in their order
    pub said: Vec<Truth>,
}

/// Facts that change only when something happens
const BY_WHAT_HAPPENS: [FactIndex; 12] = [
    of_case::LEVEL,
    of_case::AMOUNT_OPEN,
    of_case::CLAIMS_OPEN,
    of_case::CLAIMS_PAID,
    of_case::PROMISES_KEPT,
    of_case::PROMISES_BROKEN,
    of_case::MESSAGES,
    of_case::LAST_CHANNEL,
    of_case::LAST_ARRIVED,
    of_case::LAST_OPENED,
    of_case::LAST_CLICKED,
    of_case::PREFERS,
];

impl Collection {
    /// Whether a segment may be another one tomorrow though nothing happens: where one asks for days, or for what may follow from them
    #[must_use]
    pub fn turns_by_day(&self) -> bool {
        let settled = |fact: &FactIndex| BY_WHAT_HAPPENS.contains(fact);
        let is_settled = |node: &Node| match node {
            Node::Constant(_) | Node::All { .. } | Node::Any { .. } | Node::Not => true,
            Node::Compare { fact, .. } | Node::OneOf { fact, .. } | Node::Contains { fact, .. } | Node::Present { fact, .. } => {
                settled(fact)
            }
            Node::CompareFacts { left, right, .. } => settled(left) && settled(right),
        };
        !self.segments.is_empty() && !self.conditions.nodes().iter().all(is_settled)
    }

    /// What holds where a policy says nothing of it
    #[must_use]
    pub fn standard(currency: Currency) -> Self {
        Self { ladder: Ladder::standard(currency), persona: Persona::default(), conditions: Conditions::default(), segments: Vec::new() }
    }

    /// How a case of which that is known is treated
    #[must_use]
    pub fn choose(&self, facts: &Facts) -> Chosen {
        let said: Vec<Truth> = self.segments.iter().map(|segment| self.conditions.truth(segment.when, facts)).collect();
        let segment = said.iter().position(|truth| *truth == Truth::True);
        let (ladder, persona) = self.of(segment);
        Chosen { ladder, persona, segment, said }
    }

    /// How those of a segment are treated, or those of none
    #[must_use]
    pub fn of(&self, segment: Option<usize>) -> (Ladder, Persona) {
        let then = segment.and_then(|place| self.segments.get(place)).map(|segment| &segment.then);
        let (mut ladder, mut persona) = (self.ladder.clone(), self.persona);
        if let Some(then) = then {
            then.change(&mut ladder, &mut persona);
        }
        let (opens, closes) = (ladder.house.opens_minute, ladder.house.closes_minute);
        let wished = persona.time_of_day.map(TimeOfDay::minutes).map(|(from, until)| (from.max(opens), until.min(closes)));
        // A time of day outside the hours is no time at all: then the hours alone count.
        if let Some((opens, closes)) = wished.filter(|(opens, closes)| opens < closes) {
            (ladder.house.opens_minute, ladder.house.closes_minute) = (opens, closes);
        }
        (ladder, persona)
    }

    /// The facts that a segment asks about, each once, in the order in which it does
    #[must_use]
    pub fn asked(&self, segment: usize) -> Vec<FactIndex> {
        let nodes = self.segments.get(segment).map_or(&[][..], |segment| self.conditions.nodes_of(segment.when));
        let mut asked = Vec::new();
        for fact in nodes.iter().flat_map(super::Node::facts).flatten() {
            if !asked.contains(&fact) {
                asked.push(fact);
            }
        }
        asked
    }

    /// Whether everything that a run takes for granted is so
    pub(super) fn is_sound(&self, policy: &Policy) -> bool {
        self.segments.len() <= SEGMENTS_MAX
            && is_sound_ladder(&self.ladder)
            && policy.are_sound(&self.conditions, true)
            && self.segments.iter().all(|segment| {
                segment.when.0.is_none_or(|place| usize::from(place) < self.conditions.nodes().len()) && segment.then.is_sound()
            })
    }
}

impl Then {
    fn change(&self, ladder: &mut Ladder, persona: &mut Persona) {
        ladder.stopped = self.stop;
        ladder.by_hand = self.by_hand;
        if let Some(days) = self.note_days {
            ladder.note_days = Some(days).filter(|days| *days > 0);
        }
        let last = ladder.steps.len().saturating_sub(1);
        for (place, step) in ladder.steps.iter_mut().enumerate() {
            step.after_days = step.after_days.saturating_add_signed(self.later_days).max(1);
            if let Some(tone) = self.tone.filter(|_| place < last) {
                step.tone = tone;
            }
            let own = core::mem::take(&mut step.channels);
            step.channels = self.channels.clone();
            step.channels.extend(own.into_iter().filter(|channel| !self.channels.contains(channel)));
        }
        persona.language = self.persona.language.or(persona.language);
        persona.address = self.persona.address.or(persona.address);
        persona.time_of_day = self.persona.time_of_day.or(persona.time_of_day);
    }

    fn is_sound(&self) -> bool {
        self.note_days.is_none_or(|days| days <= NOTE_DAYS_MAX)
            && (-LATER_DAYS_MAX..=LATER_DAYS_MAX).contains(&self.later_days)
            && are_distinct(&self.channels)
    }
}

fn is_sound_ladder(ladder: &Ladder) -> bool {
    let is_amount = |minor: &i64| (0..=MINOR_MAX).contains(minor);
    let last = ladder.steps.last();
    (1..=LEVELS_MAX).contains(&ladder.steps.len())
        && ladder.note_days.is_none_or(|days| (1..=NOTE_DAYS_MAX).contains(&days))
        && ladder.steps.iter().all(|step| {
            (1..=AFTER_DAYS_MAX).contains(&step.after_days)
                && (1..=TERM_DAYS_MAX).contains(&step.term_days)
                && !step.channels.is_empty()
                && are_distinct(&step.channels)
                && is_amount(&step.fee_minor)
        })
        && last.is_some_and(|step| step.term_days >= FINAL_TERM_MIN)
        && ladder.steps.first().is_some_and(|step| step.fee_minor == 0)
        && ladder.cost_minor.iter().chain([&ladder.tolerance_minor, &ladder.micro_minor]).all(is_amount)
        && is_no_looser(&ladder.house)
        && !ladder.stopped
        && !ladder.by_hand
}

/// Whether hours and counts keep to the house's own
fn is_no_looser(house: &House) -> bool {
    house.opens_minute >= HOUSE.opens_minute
        && house.closes_minute <= HOUSE.closes_minute
        && house.opens_minute < house.closes_minute
        && (HOUSE.days..=COUNTED_DAYS_MAX).contains(&house.days)
        && *house == House { opens_minute: house.opens_minute, closes_minute: house.closes_minute, days: house.days, ..HOUSE }
}

fn are_distinct(channels: &[Channel]) -> bool {
    channels.iter().enumerate().all(|(place, channel)| !channels.iter().take(place).any(|earlier| earlier == channel))
}

impl Policy {
    /// How the merchant collects; the house's own way where the policy does not say
    #[must_use]
    pub fn collection(&self) -> Collection {
        self.collection.clone().unwrap_or_else(|| Collection::standard(self.currency))
    }
}
