//! What a message is for, as JSON.

use crate::money::Money;
use serde::Deserialize;
use tresen_core::collect::Tone;
use tresen_core::collect::message as core;
use tresen_core::date::Date;
use tresen_core::diag::Diagnostic;
use tresen_core::money;

/// What a message is for
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Occasion {
    /// A word before the due date
    Note {},
    /// The first reminder, or any that sounds like it
    Friendly {
        /// The days of the messages before
        #[serde(default)]
        earlier: Vec<String>,
    },
    /// To the point
    Neutral {
        /// The days of the messages before
        #[serde(default)]
        earlier: Vec<String>,
    },
    /// The final notice
    Firm {
        /// The days of the messages before
        #[serde(default)]
        earlier: Vec<String>,
        /// What follows, if that is settled
        #[serde(default)]
        hand_over: Option<HandOver>,
    },
    /// A reminder and a payment crossed
    Crossed {
        /// The day that counts for the payment
        received_on: String,
        /// What was paid
        paid: Money,
        /// The day of the message that crossed it
        message_on: String,
        /// What the message had cost the customer
        #[serde(default)]
        back: Option<Money>,
        /// What of the payment is more than was open, where nothing is any more
        #[serde(default)]
        surplus: Option<Money>,
    },
    /// A receipt
    Thanks {
        /// The day that counts for the payment
        received_on: String,
        /// What was paid
        paid: Money,
        /// What of it is more than was open, where nothing is any more
        #[serde(default)]
        surplus: Option<Money>,
    },
    /// The customer has named a day
    Promise {
        /// How much they want to pay
        promised: Money,
        /// By which day
        by: String,
    },
    /// The day has passed
    PromiseMissed {
        /// How much they wanted to pay
        promised: Money,
        /// By which day
        by: String,
    },
    /// A rate of a plan comes
    Rate {
        /// Which one, from 1
        number: u8,
        /// Of how many
        of: u8,
        /// How much
        amount: Money,
        /// The last day on which it is in time
        due: String,
    },
    /// A rate of a plan is late
    RateLate {
        /// Which one, from 1
        number: u8,
        /// Of how many
        of: u8,
        /// How much
        amount: Money,
        /// The last day on which it was in time
        due: String,
    },
    /// There is a new day
    Deferral {
        /// Which
        until: String,
    },
    /// There is a plan
    Plan {
        /// Its rates, the first first
        rates: Vec<PlanRate>,
    },
    /// The customer has said that something is wrong
    Dispute {
        /// When
        received_on: String,
        /// By which day they have an answer
        answer_by: String,
    },
}

/// An agency gets the claims
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandOver {
    /// The first day on which it may happen
    pub on: String,
    /// What it would cost the customer as a rule
    #[serde(default)]
    pub cost: Option<Money>,
}

/// A rate of a plan
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanRate {
    /// The last day on which it is in time
    pub due: String,
    /// How much
    pub amount: Money,
}

impl Occasion {
    pub(super) fn read(&self, wrong: &mut Vec<Diagnostic>) -> Option<core::Occasion> {
        let mut on = |name: &str, text: &str| day(&format!("/occasion/{name}"), text, wrong);
        Some(match self {
            Self::Note {} => core::Occasion::Note,
            Self::Friendly { earlier } => reminder(Tone::Friendly, earlier, None, wrong)?,
            Self::Neutral { earlier } => reminder(Tone::Neutral, earlier, None, wrong)?,
            Self::Firm { earlier, hand_over } => reminder(Tone::Firm, earlier, hand_over.as_ref(), wrong)?,
            Self::Crossed { received_on, paid, message_on, back, surplus } => {
                let (received_on, message_on) = (on("received_on", received_on), on("message_on", message_on));
                let paid = amount("/occasion/paid", paid, wrong);
                let back = back.as_ref().and_then(|back| amount("/occasion/back", back, wrong));
                let surplus = surplus.as_ref().and_then(|surplus| amount("/occasion/surplus", surplus, wrong));
                core::Occasion::Crossed { received_on: received_on?, paid: paid?, message_on: message_on?, back, surplus }
            }
            Self::Thanks { received_on, paid, surplus } => {
                let received_on = on("received_on", received_on);
                let paid = amount("/occasion/paid", paid, wrong);
                let surplus = surplus.as_ref().and_then(|surplus| amount("/occasion/surplus", surplus, wrong));
                core::Occasion::Thanks { received_on: received_on?, paid: paid?, surplus }
            }
            Self::Promise { promised, by } => {
                let by = on("by", by);
                core::Occasion::Promise { promised: amount("/occasion/promised", promised, wrong)?, by: by? }
            }
            Self::PromiseMissed { promised, by } => {
                let by = on("by", by);
                core::Occasion::PromiseMissed { promised: amount("/occasion/promised", promised, wrong)?, by: by? }
            }
            Self::Rate { number, of, amount, due } => rate(*number, *of, amount, on("due", due), false, wrong)?,
            Self::RateLate { number, of, amount, due } => rate(*number, *of, amount, on("due", due), true, wrong)?,
            Self::Deferral { until } => core::Occasion::Deferral { until: on("until", until)? },
            Self::Plan { rates } => {
                let one = |(place, rate): (usize, &PlanRate)| {
                    let at = format!("/occasion/rates/{place}");
                    let (due, amount) = (day(&format!("{at}/due"), &rate.due, wrong), amount(&at, &rate.amount, wrong));
                    Some((due?, amount?))
                };
                let rates: Vec<Option<(Date, money::Money)>> = rates.iter().enumerate().map(one).collect();
                core::Occasion::Plan { rates: rates.into_iter().collect::<Option<_>>()? }
            }
            Self::Dispute { received_on, answer_by } => {
                let (received_on, answer_by) = (on("received_on", received_on), on("answer_by", answer_by));
                core::Occasion::Dispute { received_on: received_on?, answer_by: answer_by? }
            }
        })
    }
}

fn reminder(tone: Tone, earlier: &[String], hand_over: Option<&HandOver>, wrong: &mut Vec<Diagnostic>) -> Option<core::Occasion> {
    let days: Vec<Option<Date>> =
        earlier.iter().enumerate().map(|(at, text)| day(&format!("/occasion/earlier/{at}"), text, wrong)).collect();
    let hand_over = hand_over.map(|hand_over| {
        let on = day("/occasion/hand_over/on", &hand_over.on, wrong);
        let cost = hand_over.cost.as_ref().and_then(|cost| amount("/occasion/hand_over/cost", cost, wrong));
        Some(core::HandOver { on: on?, cost })
    });
    let hand_over = match hand_over {
        Some(read) => Some(read?),
        None => None,
    };
    Some(core::Occasion::Reminder { tone, earlier: days.into_iter().collect::<Option<_>>()?, hand_over })
}

fn rate(number: u8, of: u8, sum: &Money, due: Option<Date>, late: bool, wrong: &mut Vec<Diagnostic>) -> Option<core::Occasion> {
    Some(core::Occasion::Rate { number, of, amount: amount("/occasion/amount", sum, wrong)?, due: due?, late })
}

pub(super) fn day(at: &str, text: &str, wrong: &mut Vec<Diagnostic>) -> Option<Date> {
    let date = Date::parse(text);
    if date.is_none() {
        let message = format!("`{text}` is no day");
        wrong.push(Diagnostic::error("message.date.malformed", at, message, "write it as `2026-12-04`"));
    }
    date
}

/// An amount that was read is one; this only takes it over
pub(super) fn amount(at: &str, amount: &Money, wrong: &mut Vec<Diagnostic>) -> Option<money::Money> {
    let read = money::Currency::parse(&amount.currency).and_then(|currency| money::Money::from_minor(amount.minor, currency).ok());
    if read.is_none() {
        let message = format!("`{} {}` is no amount", amount.minor, amount.currency);
        wrong.push(Diagnostic::error("message.amount.malformed", at, message, "write whole minor units and the code of ISO 4217"));
    }
    read
}
