//! How a case is treated and why, as JSON: the ladder that a policy gives it, and what each segment's condition says.

use crate::explain::value::{json_of, json_of_list};
use crate::hours::told;
use crate::money::Money;
use serde::Serialize;
use serde_json::{Map, Value};
use tresen_core::facts::{FactIndex, FactKind, Facts};
use tresen_core::ladder::{Channel, Ladder, Step};
use tresen_core::policy::{Address, Chosen, Collection, Policy, Speech, TimeOfDay, Truth};

/// How a case is treated
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Treatment {
    /// The segment that the case belongs to
    pub segment: Option<String>,
    /// What was asked, in the order of the policy: the first that holds counts
    pub asked: Vec<Asked>,
    /// Whether nothing is sent
    pub stop: bool,
    /// Whether a human takes the next step
    pub by_hand: bool,
    /// A word so many days before the due date
    pub note_days: Option<u8>,
    /// The levels; the last is the final notice
    pub levels: Vec<Level>,
    /// Whether a hand-over is proposed when the term of the last has passed
    pub propose_placement: bool,
    /// Whether default interest is asked for with the final notice
    pub default_interest: bool,
    /// Whether a business is asked for the lump sum with it
    pub lump_sum: bool,
    /// What is too little to be asked for
    pub tolerance: Money,
    /// Up to what a claim bears no letter before the final notice
    pub micro_claim: Money,
    /// When somebody is written to
    pub hours: Hours,
    /// How the merchant speaks
    pub persona: Persona,
}

/// What a segment's condition says of a case
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Asked {
    /// The merchant's word for the segment
    pub segment: String,
    /// `holds`, `fails`, or `unknown` where something that it asks about is not known
    pub says: &'static str,
    /// What it asks about, with what is known of it; `null` where nothing is
    pub facts: Map<String, Value>,
}

/// One level
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Level {
    /// Days after the due date; of later levels, after the end of the term before
    pub after_days: u8,
    /// Days to pay, from the day on which it arrives
    pub term_days: u8,
    /// How it sounds
    pub tone: &'static str,
    /// The ways in which it is tried, the first first
    pub channels: Vec<&'static str>,
    /// What a letter of it is proven to cost
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fee: Option<Money>,
}

/// When somebody is written to
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hours {
    /// The first minute of the day, such as `08:00`
    pub from: String,
    /// The first minute after it
    pub until: String,
    /// In so many days a claim is written about once and a customer twice
    pub counted_days: u8,
}

/// How the merchant speaks
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Persona {
    /// The language, for a customer who has chosen none
    pub language: Option<&'static str>,
    /// The form of address, where a language has two
    pub address: Option<&'static str>,
    /// The time of day
    pub time_of_day: Option<&'static str>,
}

impl Treatment {
    /// What a policy's collection says of a case of which that is known
    #[must_use]
    pub fn of(policy: &Policy, facts: &Facts) -> Self {
        let collection = policy.collection();
        let chosen = collection.choose(facts);
        Self::to_wire(policy, &collection, &chosen, facts)
    }

    /// The JSON form of what was chosen
    #[must_use]
    pub fn to_wire(policy: &Policy, collection: &Collection, chosen: &Chosen, facts: &Facts) -> Self {
        let Chosen { ladder, persona, segment, said } = chosen;
        let id = |place: usize| collection.segments.get(place).map(|segment| segment.id.clone());
        let asked = said.iter().enumerate().filter_map(|(place, truth)| {
            let known = collection.asked(place).into_iter().map(|fact| (policy.name_of(fact).to_owned(), value(policy, facts, fact)));
            Some(Asked { segment: id(place)?, says: says(*truth), facts: known.collect() })
        });
        let money = |minor: i64| Money::new(minor, policy.currency.code());
        Self {
            segment: segment.and_then(id),
            asked: asked.collect(),
            stop: ladder.stopped,
            by_hand: ladder.by_hand,
            note_days: ladder.note_days,
            levels: ladder.steps.iter().map(|step| Level::of(step, money)).collect(),
            propose_placement: ladder.propose_placement,
            default_interest: ladder.interest,
            lump_sum: ladder.lump_sum,
            tolerance: money(ladder.tolerance_minor),
            micro_claim: money(ladder.micro_minor),
            hours: Hours::of(ladder),
            persona: Persona {
                language: persona.language.map(Speech::code),
                address: persona.address.map(Address::code),
                time_of_day: persona.time_of_day.map(TimeOfDay::code),
            },
        }
    }
}

impl Level {
    fn of(step: &Step, money: impl Fn(i64) -> Money) -> Self {
        Self {
            after_days: step.after_days,
            term_days: step.term_days,
            tone: step.tone.code(),
            channels: step.channels.iter().copied().map(Channel::code).collect(),
            fee: Some(step.fee_minor).filter(|fee| *fee > 0).map(money),
        }
    }
}

impl Hours {
    fn of(ladder: &Ladder) -> Self {
        let house = ladder.house;
        Self { from: told(house.opens_minute), until: told(house.closes_minute), counted_days: house.days }
    }
}

fn says(truth: Truth) -> &'static str {
    match truth {
        Truth::True => "holds",
        Truth::Unknown => "unknown",
        Truth::False => "fails",
    }
}

/// What is known of a fact, as it stands in facts
fn value(policy: &Policy, facts: &Facts, fact: FactIndex) -> Value {
    let known = match policy.kind_of(fact) {
        Some(FactKind::Texts) => facts.list(fact).and_then(|texts| json_of_list(policy, texts)),
        Some(_) | None => facts.get(fact).and_then(|value| json_of(policy, fact, value)),
    };
    known.unwrap_or(Value::Null)
}
