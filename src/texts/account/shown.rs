//! Which sentences stand behind a pay link.

use super::{Blank, Key, Words};
use crate::render::Day;
use alloc::vec::Vec;

/// How it stands
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Something is to be paid
    Open,
    /// Nothing is open
    Paid,
    /// There is a newer link
    Superseded,
    /// It is too old
    Expired,
    /// A human looks at it first
    Clarifying,
    /// An agency has the claim
    Elsewhere,
    /// There is no such link
    Unknown,
}

/// What happens next
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happens {
    /// A word before the due date
    Note,
    /// A reminder
    Reminder,
    /// The final notice
    FinalNotice,
    /// A human may hand the claim over
    HandOver,
}

/// What is so; amounts as `core` has written them, and what is not so is empty
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts<'a> {
    /// How it stands
    pub state: State,
    /// The shop
    pub merchant: &'a [u8],
    /// Where the customer finds it by themselves
    pub website: &'a [u8],
    /// What is to be paid today, or what was paid
    pub amount: &'a [u8],
    /// What of it default has brought
    pub extra: &'a [u8],
    /// What is open in all, where a plan asks for less
    pub whole: &'a [u8],
    /// The last day on which it is in time, or the one on which it was paid
    pub day: Option<Day>,
    /// Whether that day has passed
    pub late: bool,
    /// Whether a payment is on its way
    pub under_way: bool,
    /// What is on its way beside it
    pub beside: &'a [u8],
    /// What the customer objects to
    pub disputed: &'a [u8],
    /// What happens next
    pub next: Option<(Happens, Day)>,
    /// The last day that can be named
    pub until: Option<Day>,
    /// The day that was named
    pub promised: Option<Day>,
}

/// How a note looks
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Nothing is to be done, or it is in time
    Good,
    /// Something is to be done
    Due,
}

/// What stands there
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The heading
    pub title: Vec<u8>,
    /// The amount, or nothing
    pub amount: Vec<u8>,
    /// The one thing to know
    pub note: Vec<u8>,
    /// How that looks
    pub look: Look,
    /// What else there is to know, each a paragraph
    pub lines: Vec<Vec<u8>>,
    /// What happens next, or nothing
    pub next: Vec<u8>,
    /// The line under the door where a day is named, or nothing
    pub day: Vec<u8>,
    /// What is said where it is named
    pub hint: Vec<u8>,
    /// How to tell that the link is genuine, or nothing
    pub genuine: Vec<u8>,
}

/// The picture of what is so
#[must_use]
pub fn show(words: &mut Words, facts: &Facts<'_>) -> Shown {
    words.set(Blank::Merchant, facts.merchant);
    words.set(Blank::Website, facts.website);
    let (title, note, look) = heading(words, facts);
    let mut lines = Vec::new();
    if let (true, Some(day)) = (is_receipt(facts), facts.day) {
        words.set_day(day);
        lines.push(words.say(Key::Receipt));
    }
    if facts.state != State::Paid && is_receipt(facts) {
        lines.push(words.say(Key::Newer));
    }
    if facts.state != State::Open && facts.under_way {
        lines.push(words.say(Key::UnderWay));
    }
    for (value, blank, key) in [
        (facts.extra, Blank::Extra, Key::Extra),
        (facts.whole, Blank::Whole, Key::Whole),
        (facts.beside, Blank::Rest, Key::Beside),
        (facts.disputed, Blank::Rest, Key::Disputed),
    ] {
        if !value.is_empty() {
            words.set(blank, value);
            lines.push(words.say(key));
        }
    }
    let next = facts.next.map(|(what, day)| {
        words.set_day(day);
        words.say(match what {
            Happens::Note => Key::NextNote,
            Happens::Reminder => Key::NextReminder,
            Happens::FinalNotice => Key::NextFinalNotice,
            Happens::HandOver => Key::NextHandOver,
        })
    });
    let (day, hint) = match facts.until {
        Some(until) => {
            // Last: what is said when a day cannot be taken names this one too.
            words.set_day(until);
            (words.say(Key::DayLine), words.say(Key::DayHint))
        }
        None => (Vec::new(), Vec::new()),
    };
    let genuine = if facts.website.is_empty() { Vec::new() } else { words.say(Key::Genuine) };
    Shown { title, amount: facts.amount.to_vec(), note, look, lines, next: next.unwrap_or_default(), day, hint, genuine }
}

/// Whether the amount was paid, by a link that shows nothing else any more too
fn is_receipt(facts: &Facts<'_>) -> bool {
    match facts.state {
        State::Paid => true,
        State::Superseded | State::Expired => !facts.amount.is_empty(),
        State::Open | State::Clarifying | State::Elsewhere | State::Unknown => false,
    }
}

fn heading(words: &mut Words, facts: &Facts<'_>) -> (Vec<u8>, Vec<u8>, Look) {
    let (title, note, look) = match facts.state {
        State::Open => {
            let (note, look) = open(words, facts);
            (Key::Title, note, look)
        }
        State::Paid => (Key::PaidTitle, Key::Paid, Look::Good),
        State::Superseded | State::Expired if is_receipt(facts) => (Key::PaidTitle, Key::PaidBy, Look::Good),
        State::Superseded => (Key::SupersededTitle, Key::Superseded, Look::Due),
        State::Expired => (Key::ExpiredTitle, Key::Expired, Look::Due),
        State::Clarifying => (Key::ClarifyingTitle, Key::Clarifying, Look::Good),
        State::Elsewhere => (Key::ElsewhereTitle, Key::Elsewhere, Look::Due),
        State::Unknown => (Key::UnknownTitle, Key::Unknown, Look::Due),
    };
    (words.say(title), words.say(note), look)
}

/// The first that is so: money is on its way, a day was named, a day has passed, a day will come
fn open(words: &mut Words, facts: &Facts<'_>) -> (Key, Look) {
    if let Some(day) = facts.promised.or(facts.day) {
        words.set_day(day);
    }
    match (facts.under_way, facts.promised, facts.late, facts.day) {
        (true, ..) => (Key::UnderWay, Look::Good),
        (false, Some(_), ..) => (Key::Promised, Look::Good),
        (false, None, true, _) => (Key::Late, Look::Due),
        (false, None, false, Some(_)) => (Key::InTime, Look::Good),
        (false, None, false, None) => (Key::NoDay, Look::Due),
    }
}
