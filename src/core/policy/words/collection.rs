//! A collection as whole numbers, behind everything else: no engine that decides about orders reads it.

use super::{Out, condition};
use crate::ladder::{Channel, Ladder, Step, Tone};
use crate::policy::collection::{Address, Collection, Persona, Segment, Speech, TimeOfDay};

/// Where the collection's own head holds what
pub(crate) mod head {
    /// Days of the word before the due date, 0 for none
    pub(crate) const NOTE_DAYS: usize = 0;
    /// List of levels: days after, days of the term, tone (its place and one), channels (see [`super::channels`]), fee
    pub(crate) const LEVELS: usize = 1;
    /// What is done at the end of the ladder (see [`super::last`])
    pub(crate) const LAST: usize = 2;
    /// What is too little to be asked for
    pub(crate) const TOLERANCE: usize = 3;
    /// Up to what a claim is a micro-claim
    pub(crate) const MICRO: usize = 4;
    /// What a message costs, a word a channel
    pub(crate) const COSTS: usize = 5;
    /// The share that a message is expected to bring in ppm, or −1
    pub(crate) const EXPECTED: usize = 9;
    /// First minute of the day
    pub(crate) const OPENS: usize = 10;
    /// First minute after it
    pub(crate) const CLOSES: usize = 11;
    /// Days in which contacts are counted
    pub(crate) const DAYS: usize = 12;
    /// How the merchant speaks (see [`super::persona`])
    pub(crate) const PERSONA: usize = 13;
    /// List of nodes, 2 wide
    pub(crate) const NODES: usize = 14;
    /// List of segments: condition, what is otherwise (see [`super::then`]), days of the word before or −1, days later, channels
    pub(crate) const SEGMENTS: usize = 15;
}

/// What is done at the end of the ladder, bit by bit
pub(crate) mod last {
    /// A hand-over is proposed
    pub(crate) const PROPOSE: i64 = 1;
    /// Default interest is asked for
    pub(crate) const INTEREST: i64 = 2;
    /// A business is asked for the lump sum
    pub(crate) const LUMP_SUM: i64 = 4;
}

/// The first word of what is otherwise for a segment, from the lowest bit up
pub(crate) mod then {
    /// Bit 0: nothing is sent; bit 1: a human takes the next step
    pub(crate) const BITS: u32 = 0;
    /// Tone, 2 bits: 0 for none, else its place and one
    pub(crate) const TONE: u32 = 2;
    /// How the merchant speaks
    pub(crate) const PERSONA: u32 = 4;
}

fn at_last(ladder: &Ladder) -> i64 {
    let bits = [(ladder.propose_placement, last::PROPOSE), (ladder.interest, last::INTEREST), (ladder.lump_sum, last::LUMP_SUM)];
    bits.into_iter().filter(|(is_so, _)| *is_so).fold(0, |all, (_, bit)| all | bit)
}

/// Two bits each, 0 for none, else the place and one: language, form of address, time of day
fn persona(persona: Persona) -> i64 {
    let of_time = number(&TimeOfDay::ALL, persona.time_of_day);
    number(&Speech::ALL, persona.language) | number(&Address::ALL, persona.address) << 2 | of_time << 4
}

/// Three bits each, the first lowest: the place and one
fn channels(channels: &[Channel]) -> i64 {
    channels.iter().rev().fold(0, |packed, channel| packed << 3 | number(&Channel::ALL, Some(*channel)))
}

/// The place of one among all, and one; 0 for none
fn number<T: PartialEq>(all: &[T], one: Option<T>) -> i64 {
    let place = one.and_then(|one| all.iter().position(|other| *other == one)).and_then(|place| i64::try_from(place).ok());
    place.map_or(0, |place| place.saturating_add(1))
}

impl Out {
    /// Appends a collection and answers its place
    pub(super) fn collection(&mut self, collection: &Collection) -> i64 {
        let ladder = &collection.ladder;
        let nodes = self.nodes(&collection.conditions);
        let levels = self.list(ladder.steps.iter().map(level));
        let segments = self.list(collection.segments.iter().map(segment));
        let place = self.next();
        let [email, text_message, letter, telephone] = ladder.cost_minor;
        let house = ladder.house;
        self.append(&[
            ladder.note_days.unwrap_or(0).into(),
            levels,
            at_last(ladder),
            ladder.tolerance_minor,
            ladder.micro_minor,
            email,
            text_message,
            letter,
            telephone,
            ladder.expected.map_or(-1, |rate| rate.ppm().into()),
            house.opens_minute.into(),
            house.closes_minute.into(),
            house.days.into(),
            persona(collection.persona),
            nodes,
            segments,
        ]);
        place
    }
}

fn level(step: &Step) -> [i64; 5] {
    let tone = number(&Tone::ALL, Some(step.tone));
    [step.after_days.into(), step.term_days.into(), tone, channels(&step.channels), step.fee_minor]
}

fn segment(segment: &Segment) -> [i64; 5] {
    let change = &segment.then;
    let bits = (i64::from(change.stop) | i64::from(change.by_hand) << 1) << then::BITS;
    let what = bits | number(&Tone::ALL, change.tone) << then::TONE | persona(change.persona) << then::PERSONA;
    [condition(segment.when), what, change.note_days.map_or(-1, i64::from), change.later_days.into(), channels(&change.channels)]
}
