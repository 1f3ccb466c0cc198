//! What would come of it if a customer paid a part, paid later or paid by rates: the core's own answers, of what the service told.
//!
//! **Invariant:** nothing is decided here. What is previewed is what the service would do of the same situation on the same day.

use crate::room::{ROOM, SEPARATOR, address, date, digits, letters, number};
use alloc::string::String;
use alloc::vec::Vec;
use spin::Mutex;
use tresen_core::ident::ReceivableId;
use tresen_core::policy::Settlement;
use tresen_core::settle::promise::PATIENCE;
use tresen_core::settle::{Pieces, Situation, deferral, object, part, plan, written};
use wasm_bindgen::prelude::wasm_bindgen;

/// What is asked, by the numbers that JavaScript gives it
mod asked {
    /// The room holds a situation as `written` writes it
    pub const SITUATION: u8 = 1;
    /// What so much money would pay: the amount, then the claims that are chosen
    pub const PART: u8 = 2;
    /// A plan: how many rates, and the first day
    pub const PLAN: u8 = 3;
    /// A later due date: the claim, and the day
    pub const DEFERRAL: u8 = 4;
    /// A day is named
    pub const PROMISE: u8 = 5;
    /// An objection: the claim, then of each line that is meant what it costs, how many pieces, and of how many
    pub const OBJECTION: u8 = 6;
}

/// The situation of this instance of the module
static TABLE: Mutex<Table> = Mutex::new(Table { room: Vec::new(), told: None, answer: Vec::new() });

#[derive(Debug)]
struct Table {
    room: Vec<u8>,
    told: Option<(Situation, Settlement)>,
    answer: Vec<u8>,
}

/// Asks something of what stands in the room: the address of the answer, up to a zero. A `1` and what comes of it, or a `0` and the code of why not.
#[wasm_bindgen]
pub fn settle(what: u8, place: usize) -> u32 {
    // What has trapped is never unlocked, and JavaScript asks it nothing more.
    TABLE.try_lock().map_or(0, |mut table| table.hear(what, place))
}

impl Table {
    fn hear(&mut self, what: u8, place: usize) -> u32 {
        if what == ROOM {
            self.room.resize(place, 0);
            return address(&self.room);
        }
        if what == asked::SITUATION {
            self.told = written::read(&self.room);
        }
        let (is_so, words) = match self.told.as_ref().ok_or("settle.unread").and_then(|told| answer(what, told, &self.room)) {
            Ok(words) => (b'1', words.join("\u{1f}")),
            Err(why) => (b'0', why.into()),
        };
        self.answer.clear();
        self.answer.push(is_so);
        self.answer.extend_from_slice(words.as_bytes());
        self.answer.push(0);
        address(&self.answer)
    }
}

/// What comes of it, in words, or the code of why nothing does
fn answer(what: u8, told: &(Situation, Settlement), typed: &[u8]) -> Result<Vec<String>, &'static str> {
    let (situation, settlement) = told;
    let mut words = typed.split(|byte| *byte == SEPARATOR);
    let mut next = || words.next().unwrap_or_default();
    match what {
        asked::SITUATION => Ok(Vec::new()),
        asked::PART => {
            let minor = number(next()).unwrap_or(0);
            let named: Vec<ReceivableId> = words.filter_map(|word| ReceivableId::parse(letters(word))).collect();
            let paid = part(situation, minor, &named).map_err(|why| why.code())?;
            let lines = paid.lines.into_iter();
            let line = |(receivable, item, minor): (ReceivableId, &str, i64)| [receivable.as_str().into(), item.into(), digits(minor)];
            let lines = lines.flat_map(|paid| line((paid.receivable, paid.item.code(), paid.minor)));
            Ok([digits(paid.rest)].into_iter().chain(lines).collect())
        }
        asked::PLAN => {
            let rates = number(next()).and_then(|rates| u8::try_from(rates).ok()).unwrap_or(0);
            let first = date(next()).ok_or("plan.first")?;
            let planned = plan(situation, settlement, rates, first).map_err(|why| why.code())?;
            let rates = planned.rates.into_iter().flat_map(|rate| [rate.due.to_iso(), digits(rate.minor)]);
            Ok([planned.total, planned.cost].map(digits).into_iter().chain(rates).collect())
        }
        asked::DEFERRAL => {
            let receivable = ReceivableId::parse(letters(next())).ok_or("deferral.unknown")?;
            let until = date(next()).ok_or("deferral.day")?;
            let deferred = deferral(situation, settlement, &receivable, until).map_err(|why| why.code())?;
            Ok([deferred.before, deferred.until].map(|day| day.to_iso()).into())
        }
        asked::PROMISE => {
            let day = date(next()).ok_or("promise.day")?;
            let grace = PATIENCE.named(situation, day).map_err(|why| why.code())?;
            Ok([day, grace].map(|day| day.to_iso()).into())
        }
        asked::OBJECTION => {
            let receivable = ReceivableId::parse(letters(next())).ok_or("dispute.unknown_receivable")?;
            let count = |word: Option<&[u8]>| word.and_then(number).and_then(|number| u32::try_from(number).ok()).unwrap_or(0);
            let mut pieces = Vec::new();
            while let Some(line) = words.next() {
                pieces.push(Pieces { line: number(line).unwrap_or(0), pieces: count(words.next()), of: count(words.next()) });
            }
            let objected = object(situation, &receivable, &pieces).map_err(|why| why.code())?;
            Ok([objected.minor, objected.asked].map(digits).into())
        }
        _ => Err("settle.unknown"),
    }
}

#[cfg(test)]
mod tests;
