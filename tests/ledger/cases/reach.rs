//! How the customer of a case can be reached, what was sent, and what the house's own ladder would do at ten on a day.

use crate::names;
use std::collections::BTreeMap;
use tresen_core::collect::{Action, Attempt, Case, Channel, Ladder, Now, Outcome, Person, Subject, Way, due};
use tresen_core::date::Date;
use tresen_core::ident::ReceivableId;
use tresen_core::law::contact::Moment;
use tresen_core::money::Currency;
use tresen_core::receivable::Account;

const TEN: u16 = 600;

/// Where nothing is said there is an e-mail address, and nothing else
pub fn person(ways: &BTreeMap<String, String>) -> Person {
    let of = |channel: Channel| match ways.get(channel.code()).map(String::as_str) {
        Some("open") => Way::Open,
        Some("opted_out") => Way::OptedOut,
        None if channel == Channel::Email => Way::Open,
        Some("no_address") | None => Way::NoAddress,
        Some(other) => panic!("{other} is no state of a way to a person"),
    };
    Person { ways: Channel::ALL.map(of), prefers: None }
}

fn at_ten(today: Date) -> Moment {
    let utc_minutes = i64::from(today.days()) * 24 * 60 + i64::from(TEN);
    Moment { date: today, minute: TEN, is_holiday: false, utc_minutes }
}

/// A message about the level of a claim
pub fn sent(account: &Account, today: Date, claim: &ReceivableId, level: u8, channel: &str, outcome: &str) -> Attempt {
    let channel = Channel::ALL.into_iter().find(|one| one.code() == channel).unwrap_or_else(|| panic!("{channel} is no channel"));
    let outcome = match outcome {
        "sent" => Outcome::Sent,
        "arrived" => Outcome::Arrived,
        "failed" => Outcome::Failed,
        other => panic!("{other} is no outcome of a message"),
    };
    let about = vec![(claim.clone(), Subject::Level(level), account.cycle(claim).unwrap_or(today))];
    Attempt { utc_minutes: at_ten(today).utc_minutes, about, channel, outcome }
}

/// What would be done about each claim, or the gate that stops it, by number
pub fn next(account: &Account, person: &Person, attempts: &[Attempt], today: Date) -> BTreeMap<u64, String> {
    let now = Now { today, person: vec![at_ten(today)] };
    let found = due(&Case { account, person, attempts }, &Ladder::standard(Currency::EUR), &now);
    let mut said: BTreeMap<ReceivableId, String> = found.stopped.iter().map(|(id, gate)| (id.clone(), gate.code().to_owned())).collect();
    for action in found.actions {
        let (about, word): (Vec<ReceivableId>, String) = match action {
            Action::Note { receivables, .. } => (receivables, "note".to_owned()),
            Action::Remind(reminder) => {
                for about in reminder.about {
                    said.insert(about.receivable, format!("remind {} by {}", about.level, reminder.channel.code()));
                }
                continue;
            }
            Action::Unreachable { receivable, .. } => (vec![receivable], "unreachable".to_owned()),
            Action::ByHand { receivable, .. } => (vec![receivable], "by_hand".to_owned()),
            Action::ProposePlacement { receivable } => (vec![receivable], "propose_placement".to_owned()),
            Action::ProposeClearing { receivable } => (vec![receivable], "propose_clearing".to_owned()),
        };
        said.extend(about.into_iter().map(|id| (id, word.clone())));
    }
    let numbers = 1..=9;
    numbers.filter_map(|number| Some((number, said.get(&names::receivable(number))?.clone()))).collect()
}
