//! A collection from its words.

use super::{Words, condition};
use crate::ladder::{Channel, Ladder, Step, Tone};
use crate::law::contact::{HOUSE, House};
use crate::policy::collection::{Address, Collection, Persona, Segment, Speech, Then, TimeOfDay};
use crate::policy::names;
use crate::policy::words::collection::{head, last, then};
use crate::rate::Rate;
use alloc::string::String;
use alloc::vec::Vec;

impl Words<'_> {
    /// The collection whose head stands at a place
    pub(super) fn collection(&self, place: usize, names: &str) -> Option<Collection> {
        let slot = |of: usize| place.checked_add(of);
        let word = |of: usize| self.word(slot(of)?);
        let does = |bit: i64| word(head::LAST).map(|bits| bits & bit == bit);
        let costs = self.0.get(slot(head::COSTS)?..)?.first_chunk()?;
        Some(Collection {
            ladder: Ladder {
                note_days: Some(u8::try_from(word(head::NOTE_DAYS)?).ok()?).filter(|days| *days > 0),
                steps: self.list(slot(head::LEVELS)?)?.map(level).collect::<Option<_>>()?,
                propose_placement: does(last::PROPOSE)?,
                tolerance_minor: word(head::TOLERANCE)?,
                micro_minor: word(head::MICRO)?,
                cost_minor: *costs,
                expected: match word(head::EXPECTED)? {
                    -1 => None,
                    ppm => Some(Rate::from_ppm(u32::try_from(ppm).ok()?)?),
                },
                lump_sum: does(last::LUMP_SUM)?,
                interest: does(last::INTEREST)?,
                house: House {
                    opens_minute: u16::try_from(word(head::OPENS)?).ok()?,
                    closes_minute: u16::try_from(word(head::CLOSES)?).ok()?,
                    days: u8::try_from(word(head::DAYS)?).ok()?,
                    ..HOUSE
                },
                by_hand: false,
                stopped: false,
            },
            persona: persona(word(head::PERSONA)?),
            conditions: self.conditions(slot(head::NODES)?)?,
            segments: self.segments(slot(head::SEGMENTS)?, names)?,
        })
    }

    fn segments(&self, slot: usize, names: &str) -> Option<Vec<Segment>> {
        let ids = names::records(names, "s").map(|mut about| about.next().map(String::from));
        self.list(slot)?.zip(ids).map(|(row, id)| segment(row, id?)).collect()
    }
}

fn level([after, term, tone, channels, fee]: &[i64; 5]) -> Option<Step> {
    Some(Step {
        after_days: u8::try_from(*after).ok()?,
        term_days: u8::try_from(*term).ok()?,
        tone: one(&Tone::ALL, *tone)?,
        channels: self::channels(*channels),
        fee_minor: *fee,
    })
}

fn segment([when, what, note, later, channels]: &[i64; 5], id: String) -> Option<Segment> {
    let bits = what >> then::BITS;
    let then = Then {
        stop: bits & 1 == 1,
        by_hand: bits & 2 == 2,
        note_days: Some(*note).filter(|note| *note != -1).map(u8::try_from).transpose().ok()?,
        later_days: i8::try_from(*later).ok()?,
        tone: one(&Tone::ALL, what >> then::TONE & 3),
        channels: self::channels(*channels),
        persona: persona(what >> then::PERSONA),
    };
    Some(Segment { id, when: condition(*when)?, then })
}

fn persona(bits: i64) -> Persona {
    Persona {
        language: one(&Speech::ALL, bits & 3),
        address: one(&Address::ALL, bits >> 2 & 3),
        time_of_day: one(&TimeOfDay::ALL, bits >> 4 & 3),
    }
}

fn channels(packed: i64) -> Vec<Channel> {
    let places = (0..Channel::ALL.len()).map(|place| packed.unbounded_shr(u32::try_from(place).unwrap_or(0).saturating_mul(3)));
    places.map_while(|rest| one(&Channel::ALL, rest & 7)).collect()
}

/// The one with a number of [`crate::policy::words::collection`]
fn one<T: Copy>(all: &[T], number: i64) -> Option<T> {
    all.get(usize::try_from(number).ok()?.checked_sub(1)?).copied()
}
