//! Whether what a message says adds up.

use super::{Claim, Occasion, Particulars};
use crate::collect::Tone;
use crate::diag::Diagnostic;
use crate::money::{Money, MoneyError};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// Particulars that add up
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked(Particulars);

impl Checked {
    /// Takes particulars that add up
    ///
    /// # Errors
    ///
    /// Every mistake at once: a sum that is another, an amount below zero or in another currency, a day or an address that the occasion
    /// needs and that is not there.
    pub fn new(particulars: Particulars) -> Result<Self, Vec<Diagnostic>> {
        let mut mistakes = Vec::new();
        signs(&particulars, &mut mistakes);
        if mistakes.is_empty() {
            sums(&particulars, &mut mistakes);
        }
        needs(&particulars, &mut mistakes);
        if mistakes.is_empty() { Ok(Self(particulars)) } else { Err(mistakes) }
    }

    /// What adds up
    #[must_use]
    pub fn get(&self) -> &Particulars {
        &self.0
    }
}

/// Every amount with its place; one that only counts where it is positive is marked
fn amounts(particulars: &Particulars) -> Vec<(String, Money, bool)> {
    let mut all = alloc::vec![(String::from("/total"), particulars.total, false)];
    for (place, claim) in particulars.claims.iter().enumerate() {
        all.push((format!("/claims/{place}/open"), claim.open, false));
        let parts = claim.parts.iter().enumerate();
        all.extend(parts.map(|(part, one)| (format!("/claims/{place}/parts/{part}/amount"), one.amount, true)));
        let received = claim.received.iter().enumerate();
        all.extend(received.map(|(part, one)| (format!("/claims/{place}/received/{part}/amount"), one.amount, true)));
    }
    all.extend(particulars.named().into_iter().map(|amount| (String::from("/occasion"), amount, true)));
    all
}

fn signs(particulars: &Particulars, mistakes: &mut Vec<Diagnostic>) {
    for (at, amount, is_positive) in amounts(particulars) {
        let written = amount.to_plain();
        if amount.currency() != particulars.total.currency() {
            let message = format!("`{written}` is in another currency than the total");
            mistakes.push(Diagnostic::error("message.currency.mixed", at, message, "write about claims of one currency at a time"));
        } else if amount.minor() < i64::from(is_positive) {
            let message = format!("`{written}` is no amount that a message names");
            let help = "name what is open, from nothing up, and leave out parts of nothing; what came is named as received";
            mistakes.push(Diagnostic::error("message.amount.sign", at, message, help));
        }
    }
}

fn sum(mut amounts: impl Iterator<Item = Money>, like: Money) -> Result<Money, MoneyError> {
    amounts.try_fold(Money::from_minor(0, like.currency())?, Money::plus)
}

fn open(claim: &Claim) -> Result<Money, MoneyError> {
    let parts = sum(claim.parts.iter().map(|part| part.amount), claim.open)?;
    parts.minus(sum(claim.received.iter().map(|received| received.amount), claim.open)?)
}

fn sums(particulars: &Particulars, mistakes: &mut Vec<Diagnostic>) {
    let mut compare = |at: String, said: Money, found: Result<Money, MoneyError>| {
        if found == Ok(said) {
            return;
        }
        let found = found.map_or_else(|error| format!("{error}"), |found| format!("`{}`", found.to_plain()));
        let message = format!("`{}` is said, and the parts come to {found}", said.to_plain());
        let help = "name every part and everything that was received, so that they come to what is asked for";
        mistakes.push(Diagnostic::error("message.sum", at, message, help));
    };
    for (place, claim) in particulars.claims.iter().enumerate() {
        compare(format!("/claims/{place}/open"), claim.open, open(claim));
    }
    compare("/total".into(), particulars.total, sum(particulars.claims.iter().map(|claim| claim.open), particulars.total));
    if let Occasion::Plan { rates } = &particulars.occasion {
        compare("/occasion/rates".into(), particulars.total, sum(rates.iter().map(|(_, amount)| *amount), particulars.total));
    }
}

/// What an occasion cannot do without
fn needs(particulars: &Particulars, mistakes: &mut Vec<Diagnostic>) {
    let mut wrong = |code, at: &str, message: &str, help: &'static str| mistakes.push(Diagnostic::error(code, at, message, help));
    let Particulars { today, term, occasion, ways, .. } = particulars;
    if particulars.claims.is_empty() {
        wrong("message.claims.none", "/claims", "the message is about nothing", "name at least one claim");
    }
    if particulars.by_letter && particulars.person.address.is_empty() {
        wrong("message.address.missing", "/person/address", "a letter has no address", "name the lines below the name on the envelope");
    }
    if occasion.asks() && (ways.pay.is_none() && ways.transfer.is_none()) {
        wrong("message.ways.none", "/ways", "nobody can pay what is asked for", "name where one pays, or an account");
    }
    if occasion.asks() && particulars.asked().minor() == 0 {
        wrong("message.asked.nothing", "/total", "the message asks for nothing", "write to who has something open");
    }
    match term {
        None if occasion.asks() => wrong("message.term.missing", "/term", "nobody knows until when", "name the last day that is in time"),
        Some(term) if term < today => {
            wrong("message.term.past", "/term", "the last day has passed before the message goes out", "name a day from today on");
        }
        Some(_) | None => {}
    }
    if let Some(from) = particulars.default_from {
        let is_due = particulars.claims.iter().all(|claim| claim.due < *today);
        if !occasion.asks() || !is_due || term.is_none_or(|term| from <= term) {
            let message = "the message cannot put anybody in default from that day on";
            let help = "that takes a reminder after the due date, and a day after its term (BGB section 286(1)); leave it out otherwise";
            wrong("message.default.early", "/default_from", message, help);
        }
    }
    if let Occasion::Rate { number, of, amount, .. } = occasion
        && (*number == 0 || number > of || amount.minor() > particulars.total.minor())
    {
        wrong("message.rate.range", "/occasion", "the plan has no such rate", "count rates from 1, and name one that is open");
    }
    let Occasion::Reminder { tone, hand_over, .. } = occasion else { return };
    let Some(hand_over) = hand_over else { return };
    if *tone != Tone::Firm {
        wrong("message.hand_over.early", "/occasion/hand_over", "only the final notice names a hand-over", "leave it out, or be firm");
    }
    if term.is_some_and(|term| hand_over.on <= term) {
        wrong("message.hand_over.day", "/occasion/hand_over", "the hand-over comes before the term has passed", "name a later day");
    }
}
