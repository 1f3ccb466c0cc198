//! What is known of a case, as facts that a policy's segments ask about.

use super::case::{Case, Now, Outcome};
use crate::facts::{FactIndex, Facts, case as of_case};
use crate::ladder::Channel;
use crate::policy::{Chosen, Collection};
use crate::qualify::derive;
use crate::receivable::{Ending, PromiseEnd};

/// A day in minutes
const DAY_MINUTES: i64 = 24 * 60;

/// How this customer is reminded: the policy's ladder, as the segment of the case changes it
///
/// `known` holds what is known of the customer and the order beside the case; what is not in it is not known.
#[must_use]
pub fn segmented(collection: &Collection, case: &Case<'_>, known: &Facts, now: &Now) -> Chosen {
    collection.choose(&learned(case, known, now))
}

/// All that is known of a case: what is known beside it, what follows from that, and what the case itself tells
#[must_use]
pub fn learned(case: &Case<'_>, known: &Facts, now: &Now) -> Facts {
    let mut facts = known.clone();
    derive(&mut facts, now.today, |_| true);
    learn(&mut facts, case, now);
    facts
}

/// Writes down what is known of a case, and takes away what is not
pub fn learn(facts: &mut Facts, case: &Case<'_>, now: &Now) {
    let account = case.account;
    let open = || account.receivables().filter(|(_, claim)| claim.ending.is_none());
    let late = || open().map(|(id, _)| (id, account.overdue(id, now.today))).filter(|(_, minor)| *minor > 0);
    let cycles = || open().filter_map(|(id, _)| account.cycle(id));
    let oldest = late().filter_map(|(id, _)| account.cycle(id)).min();
    let next = cycles().filter(|day| *day >= now.today).min();
    let sum = |amounts: &mut dyn Iterator<Item = i64>| amounts.fold(0, i64::saturating_add);
    let mut put = |fact: FactIndex, value: Option<i64>| facts.put(fact, value);
    put(of_case::DAYS_OVERDUE, Some(oldest.map_or(0, |day| now.today.days_since(day).into())));
    put(of_case::DAYS_UNTIL_DUE, next.map(|day| day.days_since(now.today).into()));
    put(of_case::LEVEL, Some(open().map(|(_, claim)| claim.level.number).max().unwrap_or(0).into()));
    put(of_case::AMOUNT_OVERDUE, Some(sum(&mut late().map(|(_, minor)| minor))));
    put(of_case::AMOUNT_OPEN, Some(sum(&mut open().map(|(id, _)| account.open(id)))));
    put(of_case::CLAIMS_OPEN, Some(count(open())));
    put(of_case::CLAIMS_PAID, Some(count(account.receivables().filter(|(_, claim)| claim.ending == Some(Ending::Paid)))));
    let ended = |ends: &[PromiseEnd]| count(account.promises().filter(|(_, promise)| promise.end.is_some_and(|end| ends.contains(&end))));
    put(of_case::PROMISES_KEPT, Some(ended(&[PromiseEnd::Kept])));
    put(of_case::PROMISES_BROKEN, Some(ended(&[PromiseEnd::PartlyKept, PromiseEnd::Broken])));
    // What was written about claims that are settled says nothing about this case.
    let about_it = || case.attempts.iter().filter(|attempt| attempt.about.iter().any(|(id, ..)| open().any(|(other, _)| other == id)));
    put(of_case::MESSAGES, Some(count(about_it().filter(|attempt| attempt.outcome != Outcome::Failed))));
    let last = about_it().max_by_key(|attempt| attempt.utc_minutes);
    let moment = now.person.iter().map(|moment| moment.utc_minutes).min();
    let days = |then: i64| Some(moment?.saturating_sub(then).checked_div(DAY_MINUTES)?.max(0));
    put(of_case::DAYS_SINCE_MESSAGE, last.and_then(|attempt| days(attempt.utc_minutes)));
    put(of_case::LAST_CHANNEL, last.map(|attempt| word(attempt.channel)));
    put(of_case::LAST_ARRIVED, last.and_then(|attempt| attempt.outcome.arrived()).map(i64::from));
    put(of_case::LAST_OPENED, last.and_then(|attempt| attempt.outcome.opened()).map(i64::from));
    let linked = last.filter(|attempt| attempt.channel.is_lean());
    put(of_case::LAST_CLICKED, linked.and_then(|attempt| attempt.outcome.clicked()).map(i64::from));
    put(of_case::PREFERS, case.person.prefers.map(word));
}

fn count(all: impl Iterator) -> i64 {
    i64::try_from(all.count()).unwrap_or(i64::MAX)
}

/// A channel as the value of a fact: its place among the choices, which are in the order of [`Channel::ALL`]
fn word(channel: Channel) -> i64 {
    i64::try_from(channel.place()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_choices_of_the_facts_are_the_channels() {
        for fact in [of_case::LAST_CHANNEL, of_case::PREFERS] {
            assert_eq!(fact.choices(), Channel::ALL.map(Channel::code));
        }
        for (place, channel) in Channel::ALL.into_iter().enumerate() {
            assert_eq!(channel.place(), place);
        }
    }
}
