//! Sending: every gate is asked again, then the message is on its way, then it is handed over.
//!
//! **Invariant:** nothing is sent on an old picture: the same thing must still be due, of an account to which nothing has happened since it was written,
//! on the day on which it was written.

use super::CaseFile;
use super::compose;
use super::contact::{self, Contact};
use super::run::in_turn;
use super::transport::{Handed, Parcel};
use super::when;
use crate::app::{App, Work};
use crate::error::ApiError;
use crate::ledger::day;
use std::sync::{Mutex, PoisonError};
use tresen_core::collect::{Action, Due};
use tresen_core::ident::{MessageId, RunId, TenantId};
use tresen_core::ladder::Channel;

/// Messages that are on their way at once: so many at most are unknown after a crash
const BATCH: u16 = 64;

/// Messages that are handed over at the same time: each waits for an answer from outside
const AT_ONCE: usize = 16;

/// Messages that are committed to be on their way, and are to be handed over
#[derive(Debug, Default)]
pub struct OnTheirWay {
    /// Those that waited: more than are on their way, where some were no longer right
    pub waited: usize,
    parcels: Vec<(MessageId, Channel, Parcel)>,
}

/// What whoever carries messages has answered
#[derive(Debug, Default)]
pub struct Answers(Vec<(MessageId, Handed)>);

/// Sets out what waits and is still right, a few at once
pub fn set_out(app: &App, tenant: &TenantId) -> Result<OnTheirWay, ApiError> {
    if app.transport().is_none() {
        return Ok(OnTheirWay::default());
    }
    in_turn(app, tenant, of_those_waiting)
}

/// Hands them over, outside of any transaction
pub fn hand_over(app: &App, OnTheirWay { parcels, .. }: OnTheirWay) -> Answers {
    let Some(transport) = app.transport() else { return Answers::default() };
    let carriers = parcels.len().min(AT_ONCE);
    let waiting = Mutex::new(parcels.into_iter());
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
    let carry = || {
        let mut answers = Vec::new();
        while let Some((id, channel, parcel)) = next() {
            answers.push((id, transport.send(channel, &parcel)));
        }
        answers
    };
    let answers = std::thread::scope(|scope| {
        let all: Vec<_> = (0..carriers).map(|_| scope.spawn(carry)).collect();
        all.into_iter().filter_map(|carrier| carrier.join().ok()).flatten().collect::<Vec<_>>()
    });
    Answers(answers)
}

/// Writes down what was answered
pub fn record(app: &App, tenant: &TenantId, run: &RunId, Answers(answers): &Answers) -> Result<(), ApiError> {
    if answers.is_empty() {
        return Ok(());
    }
    let record = |work: &Work<'_>| answers.iter().try_for_each(|(id, answer)| contact::handed(work, id, run, answer));
    in_turn(app, tenant, record)
}

/// Asks every gate again; what passes is on its way from then on
fn of_those_waiting(work: &Work<'_>) -> Result<OnTheirWay, ApiError> {
    let sql = "SELECT * FROM contacts WHERE tenant_id = ?1 AND state = 'intended' AND not_before_ms <= ?2 ORDER BY position LIMIT ?3";
    let waiting = Contact::all(work, sql, &[&work.tenant.as_str(), &work.moment.ms(), &BATCH])?;
    let mut parcels = Vec::new();
    for contact in &waiting {
        let parcel = contact.parcel(work)?;
        match (stopped(work, contact, parcel.as_ref())?, parcel) {
            (None, Some(parcel)) => {
                contact.sets_out(work)?;
                parcels.push((contact.id.clone(), contact.channel, parcel));
            }
            (Some(gate), _) => contact.suppress(work, &gate)?,
            (None, None) => contact.suppress(work, "gate.no_way")?,
        }
    }
    Ok(OnTheirWay { waited: waiting.len(), parcels })
}

/// What speaks against sending a message now
fn stopped(work: &Work<'_>, contact: &Contact, parcel: Option<&Parcel>) -> Result<Option<String>, ApiError> {
    let outdated = || Ok(Some("contact.outdated".to_owned()));
    if contact::length(work, &contact.customer, &contact.currency)? != contact.account_seq
        || when::local_day(work, contact.planned_ms)? != day(work.moment.today)?
    {
        return outdated();
    }
    let case = CaseFile::of(work, &contact.customer, &contact.currency, Some(contact.id.as_str()))?;
    // Whoever has moved since is written to anew.
    let here = case.reach.as_ref().map(|reach| reach.recipient(contact.channel));
    if parcel.is_some_and(|parcel| here.as_ref().is_some_and(|here| *here != parcel.recipient)) {
        return outdated();
    }
    if contact.payment.is_some() {
        let is_open = case.core().person.way(contact.channel) == tresen_core::collect::Way::Open;
        return Ok((!is_open).then(|| "gate.no_way".to_owned()));
    }
    // An account that is not the merchant's any more is not named to anybody.
    let letterhead = compose::letterhead(case.policy.merchant());
    if parcel.is_some_and(|parcel| !parcel.letterhead.is_empty() && parcel.letterhead != letterhead) {
        return outdated();
    }
    let now = when::moment(work, &case.policy, work.moment.now)?;
    let due = case.due(&case.ladder(&now), &now);
    if due.actions.iter().any(|action| is_same(action, contact)) {
        return Ok(None);
    }
    Ok(Some(gate(&due, contact).unwrap_or_else(|| "contact.outdated".to_owned())))
}

/// Whether an action is what the message was written for
fn is_same(action: &Action, contact: &Contact) -> bool {
    let mut said: Vec<(&str, u8)> = contact.about.iter().map(|said| (said.receivable.as_str(), said.level)).collect();
    let (mut found, channel): (Vec<(&str, u8)>, Channel) = match action {
        Action::Note { receivables, channel } => (receivables.iter().map(|id| (id.as_str(), 0)).collect(), *channel),
        Action::Remind(reminder) => {
            (reminder.about.iter().map(|about| (about.receivable.as_str(), about.level)).collect(), reminder.channel)
        }
        Action::Unreachable { .. } | Action::ByHand { .. } | Action::ProposePlacement { .. } | Action::ProposeClearing { .. } => {
            return false;
        }
    };
    said.sort_unstable();
    found.sort_unstable();
    said == found && channel == contact.channel
}

fn gate(due: &Due, contact: &Contact) -> Option<String> {
    let is_about = |id: &str| contact.about.iter().any(|said| said.receivable == id);
    due.stopped.iter().find(|(id, _)| is_about(id.as_str())).map(|(_, gate)| gate.code().to_owned())
}
