//! What JavaScript hands in: words in a fixed order, each as the service said it.

use crate::room::{SEPARATOR, date, letters, number};
use alloc::vec::Vec;
use tresen_core::date::Date;
use tresen_core::money::{Currency, Money, NumberStyle};
use tresen_texts::account::{Happens, State};
use tresen_texts::{Day, nth};

/// The places of the words, in the order in which `js/src/account/element.js` joins them
#[derive(Debug, Clone, Copy)]
#[repr(usize)]
pub enum Word {
    Texts,
    Language,
    Currency,
    State,
    Merchant,
    Website,
    Hours,
    Phone,
    Email,
    Today,
    Amount,
    Extra,
    Whole,
    Day,
    Late,
    UnderWay,
    Beside,
    Disputed,
    Next,
    NextFrom,
    Until,
    Promised,
    Holder,
    Iban,
    Bic,
    Reference,
    Code,
    CanShare,
}

/// What was handed in
#[derive(Debug)]
pub struct Told<'a>(pub &'a [u8]);

impl<'a> Told<'a> {
    /// A word; empty where there is none
    pub fn word(&self, word: Word) -> &'a [u8] {
        nth(self.0, SEPARATOR, word as usize)
    }

    /// Whether a word says so
    pub fn says(&self, word: Word) -> bool {
        !self.word(word).is_empty()
    }

    /// A day
    pub fn date(&self, word: Word) -> Option<Date> {
        date(self.word(word))
    }

    /// A day as the texts speak of it
    pub fn day(&self, word: Word) -> Option<Day> {
        self.date(word).map(|date| {
            let (year, month, day) = date.ymd();
            Day { year: u16::try_from(year).unwrap_or_default(), month, day, weekday: date.weekday().days_from_monday() }
        })
    }

    /// An amount as the language writes it; nothing where there is none
    pub fn amount(&self, word: Word) -> Vec<u8> {
        let style = NumberStyle::of_language(self.word(Word::Language));
        let money = number(self.word(word)).zip(Currency::parse(letters(self.word(Word::Currency))));
        let money = money.and_then(|(minor, currency)| Money::from_minor(minor, currency).ok());
        money.map_or_else(Vec::new, |money| money.to_text(style).into_bytes())
    }

    /// How it stands
    pub fn state(&self) -> State {
        match self.word(Word::State) {
            b"open" => State::Open,
            b"paid" => State::Paid,
            b"superseded" => State::Superseded,
            b"expired" => State::Expired,
            b"in_clarification" => State::Clarifying,
            b"elsewhere" => State::Elsewhere,
            _ => State::Unknown,
        }
    }

    /// What happens next; what this build does not know is not announced
    pub fn next(&self) -> Option<(Happens, Day)> {
        let what = match self.word(Word::Next) {
            b"note" => Happens::Note,
            b"reminder" => Happens::Reminder,
            b"final_notice" => Happens::FinalNotice,
            b"hand_over" => Happens::HandOver,
            _ => return None,
        };
        Some((what, self.day(Word::NextFrom)?))
    }
}
