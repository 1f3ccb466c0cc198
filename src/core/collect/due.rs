//! What is due now.

use super::case::{Attempt, Case, Now, Outcome, Subject, Way};
use super::gate::Gate;
use crate::date::Date;
use crate::ident::ReceivableId;
use crate::ladder::{Channel, Ladder, Step, Tone};
use crate::law::contact::Earlier;
use crate::receivable::{Act, Holder, Receivable};
use alloc::vec::Vec;

/// A day in minutes
const DAY_MINUTES: i64 = 24 * 60;

/// Something to do
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// A word before the due date of these claims
    Note {
        /// Which claims
        receivables: Vec<ReceivableId>,
        /// Which way
        channel: Channel,
    },
    /// A reminder
    Remind(Reminder),
    /// Every way of delivering a notice was tried; a human looks for an address
    Unreachable {
        /// Which claim
        receivable: ReceivableId,
        /// The level whose notice it was
        level: u8,
    },
    /// The policy leaves the next step to a human
    ByHand {
        /// Which claim
        receivable: ReceivableId,
        /// The level that it would rise to
        level: u8,
    },
    /// A human may hand the claim over
    ProposePlacement {
        /// Which claim
        receivable: ReceivableId,
    },
    /// A human may clear what is left
    ProposeClearing {
        /// Which claim
        receivable: ReceivableId,
    },
}

/// One message about everything that is late
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// The claims, the level of each, whether it rises to it with this message, and the due date that it is about
    pub about: Vec<About>,
    /// How it sounds: as the highest level
    pub tone: Tone,
    /// How many days the new term has: as the highest level
    pub term_days: u8,
    /// Whether the highest level is the final notice
    pub last: bool,
    /// Which way
    pub channel: Channel,
}

/// A claim in a reminder
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// Which claim
    pub receivable: ReceivableId,
    /// Its level with this message
    pub level: u8,
    /// Whether it rises to it now; otherwise the notice is tried another way
    pub rises: bool,
    /// The due date that it is about
    pub cycle: Date,
}

/// What is due, and what is not
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Due {
    /// What to do, at most one message among it
    pub actions: Vec<Action>,
    /// The claims about which nothing is done, and why
    pub stopped: Vec<(ReceivableId, Gate)>,
}

/// What is wished for a claim before it is asked when and how
enum Wish {
    Note(Date),
    Remind(About),
    Alone(Action),
}

/// What to do now about a case
#[must_use]
pub fn due(case: &Case<'_>, ladder: &Ladder, now: &Now) -> Due {
    let mut due = Due::default();
    let (mut notes, mut reminders) = (Vec::new(), Vec::new());
    let sold = case.account.receivables().filter(|(_, claim)| claim.sold().is_some());
    due.stopped.extend(sold.map(|(id, _)| (id.clone(), Gate::Sold)));
    for (id, claim) in case.account.receivables().filter(|(_, claim)| claim.ending.is_none()) {
        match wish(case, ladder, now, id, claim) {
            Ok(Wish::Alone(action)) => due.actions.push(action),
            Ok(Wish::Note(cycle)) => match unfit(case, ladder, now, id) {
                None => notes.push((id.clone(), cycle)),
                Some(gate) => due.stopped.push((id.clone(), gate)),
            },
            Ok(Wish::Remind(about)) => match unfit(case, ladder, now, id) {
                None => reminders.push(about),
                Some(gate) => due.stopped.push((id.clone(), gate)),
            },
            Err(gate) => due.stopped.push((id.clone(), gate)),
        }
    }
    due.remind(case, ladder, reminders, notes);
    due
}

impl Due {
    /// Puts everything that is late into one message; without any, everything that is about to be due
    fn remind(&mut self, case: &Case<'_>, ladder: &Ladder, mut reminders: Vec<About>, notes: Vec<(ReceivableId, Date)>) {
        reminders.sort_by_key(|about| core::cmp::Reverse(about.level));
        let highest = reminders.first().and_then(|about| Some((about.level, ladder.step(about.level)?)));
        let Some((level, step)) = highest else {
            return self.note(case, notes);
        };
        let late = reminders.iter().map(|about| case.account.open(&about.receivable)).fold(0, i64::saturating_add);
        let failed = |channel| reminders.iter().any(|about| !about.rises && has_failed(case, about, channel));
        let open: Vec<Channel> = ways(case, step).into_iter().filter(|channel| !failed(*channel)).collect();
        // The final notice is written whatever it costs: without it nothing can follow.
        let is_lean = late <= ladder.micro_minor && !ladder.is_last(level);
        let bears = |channel: Channel| ladder.is_last(level) || ((!is_lean || channel.is_lean()) && ladder.is_worth(channel, late));
        let Some(channel) = open.iter().copied().find(|channel| bears(*channel)) else {
            let gate = if open.is_empty() { no_way(case, step.channels.iter().copied()) } else { Gate::TooDear };
            return self.without_a_way(case, ladder, reminders, notes, gate);
        };
        self.stopped.extend(notes.into_iter().map(|(id, _)| (id, Gate::OtherFirst)));
        let (about, last) = (reminders, ladder.is_last(level));
        self.actions.push(Action::Remind(Reminder { about, tone: step.tone, term_days: step.term_days, last, channel }));
    }

    /// A notice that every way has failed for is given to a human, and the others are told by themselves; a level that cannot be told does not rise
    fn without_a_way(&mut self, case: &Case<'_>, ladder: &Ladder, reminders: Vec<About>, notes: Vec<(ReceivableId, Date)>, gate: Gate) {
        let (rising, failed): (Vec<About>, Vec<About>) = reminders.into_iter().partition(|about| about.rises);
        if failed.is_empty() {
            self.stopped.extend(rising.into_iter().map(|about| (about.receivable, gate)));
            return self.note(case, notes);
        }
        self.actions.extend(failed.into_iter().map(|about| Action::Unreachable { receivable: about.receivable, level: about.level }));
        self.remind(case, ladder, rising, notes);
    }

    fn note(&mut self, case: &Case<'_>, notes: Vec<(ReceivableId, Date)>) {
        if notes.is_empty() {
            return;
        }
        // A service, not a demand: by a way that costs nobody anything, or not at all.
        let lean = Channel::ALL.into_iter().filter(|channel| channel.is_lean());
        match lean.clone().find(|channel| case.person.way(*channel) == Way::Open) {
            Some(channel) => self.actions.push(Action::Note { receivables: notes.into_iter().map(|(id, _)| id).collect(), channel }),
            None => {
                let gate = no_way(case, lean);
                self.stopped.extend(notes.into_iter().map(|(id, _)| (id, gate)));
            }
        }
    }
}

/// What would be done about a claim at a good time
fn wish(case: &Case<'_>, ladder: &Ladder, now: &Now, id: &ReceivableId, claim: &Receivable) -> Result<Wish, Gate> {
    if ladder.stopped {
        return Err(Gate::Stopped);
    }
    if claim.holder != Holder::Merchant {
        return Err(Gate::Elsewhere);
    }
    let held = [Act::Contact, Act::Level].into_iter().find_map(|act| case.account.blocked(act, id, now.today));
    if let Some(reason) = held {
        return Err(Gate::Held(reason));
    }
    let cycle = case.account.cycle(id).ok_or(Gate::NoDueDate)?;
    let overdue = case.account.overdue(id, now.today);
    if overdue == 0 {
        return note(case, ladder, now, id, cycle);
    }
    if overdue <= ladder.tolerance_minor {
        let all_of_it = overdue == case.account.open(id);
        return if all_of_it { Ok(Wish::Alone(Action::ProposeClearing { receivable: id.clone() })) } else { Err(Gate::TooLittle) };
    }
    level(case, ladder, now, id, claim, cycle)
}

fn note(case: &Case<'_>, ladder: &Ladder, now: &Now, id: &ReceivableId, cycle: Date) -> Result<Wish, Gate> {
    let Some(days) = ladder.note_days else { return Err(Gate::NotDue(first_day(ladder, cycle))) };
    let from = cycle.plus_days(i32::from(days).saturating_neg());
    if now.today < from {
        return Err(Gate::NotDue(from));
    }
    let said = case.attempts.iter().flat_map(|attempt| &attempt.about).any(|(about, _, day)| about == id && *day == cycle);
    if said || now.today >= cycle { Err(Gate::Noted) } else { Ok(Wish::Note(cycle)) }
}

fn level(case: &Case<'_>, ladder: &Ladder, now: &Now, id: &ReceivableId, claim: &Receivable, cycle: Date) -> Result<Wish, Gate> {
    let at = &claim.level;
    let about = |level, rises| Wish::Remind(About { receivable: id.clone(), level, rises, cycle });
    if at.number > 0 && at.term_until.is_none() {
        // The newest attempt says what is so; of a notice that was never tried nobody knows whether it went out.
        let newest = attempts_of(case, id, at.number, at.cycle.unwrap_or(cycle)).max_by_key(|attempt| attempt.utc_minutes);
        let failed = newest.is_some_and(|attempt| attempt.outcome == Outcome::Failed);
        return if failed { Ok(about(at.number, false)) } else { Err(Gate::OnItsWay) };
    }
    let Some(next) = at.number.checked_add(1).filter(|next| ladder.step(*next).is_some()) else {
        let passed = at.term_until.is_none_or(|until| now.today > until);
        return match (ladder.propose_placement && at.last, passed) {
            (true, true) => Ok(Wish::Alone(Action::ProposePlacement { receivable: id.clone() })),
            (true, false) => Err(Gate::NotYet(at.term_until.unwrap_or(now.today).plus_days(1))),
            (false, _) => Err(Gate::ChainEnded),
        };
    };
    let after = ladder.step(next).map_or(1, |step| i32::from(step.after_days.max(1)));
    let from = at.term_until.map_or(first_day(ladder, cycle), |until| until.plus_days(after));
    match (now.today < from, ladder.by_hand) {
        (true, _) => Err(Gate::NotYet(from)),
        (false, true) => Ok(Wish::Alone(Action::ByHand { receivable: id.clone(), level: next })),
        (false, false) => Ok(about(next, true)),
    }
}

/// The day of the first level
fn first_day(ladder: &Ladder, cycle: Date) -> Date {
    cycle.plus_days(ladder.step(1).map_or(1, |step| i32::from(step.after_days.max(1))))
}

/// Why now is no time to write: the hours, how often, or that the customer has had a message within a day
fn unfit(case: &Case<'_>, ladder: &Ladder, now: &Now, id: &ReceivableId) -> Option<Gate> {
    // What failed reached nobody and does not count against another way; what may have gone out counts.
    let reached = || case.attempts.iter().filter(|attempt| attempt.outcome != Outcome::Failed);
    let earlier: Vec<Earlier> = reached()
        .map(|attempt| Earlier { utc_minutes: attempt.utc_minutes, same_claim: attempt.about.iter().any(|(about, ..)| about == id) })
        .collect();
    let refusal = now.person.iter().flat_map(|moment| ladder.house.refusals(moment, &earlier)).next();
    let since = now.person.iter().map(|moment| moment.utc_minutes).min().map(|minute| minute.saturating_sub(DAY_MINUTES));
    let just_now = || reached().any(|attempt| since.is_some_and(|since| attempt.utc_minutes > since));
    refusal.map(Gate::Contact).or_else(|| just_now().then_some(Gate::OtherFirst))
}

/// Why none of these ways is open
fn no_way(case: &Case<'_>, mut channels: impl Iterator<Item = Channel>) -> Gate {
    if channels.any(|channel| case.person.way(channel) == Way::NoCarrier) { Gate::NoCarrier } else { Gate::NoWay }
}

/// The ways of a level that are open, the one that the person prefers first
fn ways(case: &Case<'_>, step: &Step) -> Vec<Channel> {
    let mut ways: Vec<Channel> = step.channels.iter().copied().filter(|channel| case.person.way(*channel) == Way::Open).collect();
    ways.sort_by_key(|channel| Some(*channel) != case.person.prefers);
    ways
}

fn has_failed(case: &Case<'_>, about: &About, channel: Channel) -> bool {
    attempts_of(case, &about.receivable, about.level, about.cycle)
        .any(|attempt| attempt.channel == channel && attempt.outcome == Outcome::Failed)
}

/// The attempts to deliver the notice of a level
fn attempts_of<'a>(case: &Case<'a>, id: &'a ReceivableId, level: u8, cycle: Date) -> impl Iterator<Item = &'a Attempt> {
    let is_it = move |about: &(ReceivableId, Subject, Date)| about.0 == *id && about.1 == Subject::Level(level) && about.2 == cycle;
    case.attempts.iter().filter(move |attempt| attempt.about.iter().any(is_it))
}
