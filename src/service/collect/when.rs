//! Moments as the gates look at them, and the moment at which it is worth looking again.
//!
//! **Invariant:** between a look and the next that is named here nothing changes by time alone: what happens in between makes a look due at once.

use super::CaseFile;
use crate::app::Work;
use crate::clock::zone;
use crate::engine::Policy;
use crate::error::ApiError;
use jiff::Timestamp;
use jiff::civil;
use tresen_core::calendar::Calendar;
use tresen_core::collect::{Attempt, Due, Gate, Now, Outcome};
use tresen_core::date::Date;
use tresen_core::facts::country_value;
use tresen_core::ident::ReceivableId;
use tresen_core::ladder::Ladder;
use tresen_core::law::contact::{Moment, Refusal};

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// Whose holidays count: where the customer lives is not known to the day, so any state's
pub fn calendar(policy: &Policy) -> Calendar {
    let market = policy.market();
    market.as_bytes().try_into().map_or(Calendar::WeekendsOnly, |code| Calendar::of(country_value(code), true, None, None))
}

/// An instant, for the merchant and for a customer who lives where the merchant's days count
pub fn moment(work: &Work<'_>, policy: &Policy, at: Timestamp) -> Result<Now, ApiError> {
    let local = at.to_zoned(zone(&work.moment.zone)?);
    let date = crate::ledger::day(local.date())?;
    let minute = u16::from(local.hour().unsigned_abs()).saturating_mul(60).saturating_add(u16::from(local.minute().unsigned_abs()));
    let is_holiday = calendar(policy).is_holiday(date);
    let utc_minutes = at.as_second().div_euclid(60);
    Ok(Now { today: date, person: vec![Moment { date, minute, is_holiday, utc_minutes }] })
}

/// The local day of an instant
pub fn local_day(work: &Work<'_>, ms: i64) -> Result<Date, ApiError> {
    let at = Timestamp::from_millisecond(ms).map_err(ApiError::internal)?;
    crate::ledger::day(at.to_zoned(zone(&work.moment.zone)?).date())
}

/// The instant at which a local day begins
pub fn start_of(work: &Work<'_>, day: Date) -> Result<i64, ApiError> {
    let date: civil::Date = day.to_iso().parse().map_err(ApiError::internal)?;
    Ok(work.moment.start_of(date)?.as_millisecond())
}

/// The instant of a local day at which one may begin to write
fn opening(work: &Work<'_>, ladder: &Ladder, day: Date) -> Result<i64, ApiError> {
    let date: civil::Date = day.to_iso().parse().map_err(ApiError::internal)?;
    Ok(work.moment.at(date, ladder.house.opens_minute)?.as_millisecond())
}

/// When one may begin to write, where the hours of the house say that it is not now
pub fn house_opens(work: &Work<'_>, case: &CaseFile) -> Result<Option<i64>, ApiError> {
    let now = moment(work, &case.policy, work.moment.now)?;
    let ladder = case.ladder(&now);
    let Some(refusal) = now.person.iter().flat_map(|moment| ladder.house.refusals(moment, &[])).next() else { return Ok(None) };
    let day = if refusal == Refusal::TooEarly { now.today } else { now.today.plus_days(1) };
    opening(work, &ladder, day).map(Some)
}

/// When it is worth asking again about a claim that a gate has stopped; nothing where only something that happens can change it
pub fn again(
    work: &Work<'_>,
    (case, ladder): (&CaseFile, &Ladder),
    (at, now): (Timestamp, &Now),
    claim: &ReceivableId,
    gate: Gate,
) -> Result<Option<i64>, ApiError> {
    let tomorrow = now.today.plus_days(1);
    let day = |day: Date| opening(work, ladder, day.max(tomorrow)).map(Some);
    let after = |cycle: Date| day(cycle.plus_days(1));
    // Contacts count to the minute, and the last of that minute must be over.
    let minute_after =
        |minutes: i64, days: i64| minutes.saturating_add(1).saturating_mul(60_000).saturating_add(days.saturating_mul(DAY_MS));
    let oldest = |of_claim: bool| {
        let since = at.as_millisecond().div_euclid(60_000).saturating_sub(i64::from(ladder.house.days).saturating_mul(24 * 60));
        let counts = |attempt: &&Attempt| {
            attempt.outcome != Outcome::Failed
                && attempt.utc_minutes > since
                && (!of_claim || attempt.about.iter().any(|(about, ..)| about == claim))
        };
        let first = case.attempts.iter().filter(counts).map(|attempt| attempt.utc_minutes).min();
        first.map(|minutes| minute_after(minutes, ladder.house.days.into()))
    };
    match gate {
        Gate::Stopped | Gate::Elsewhere | Gate::Sold | Gate::NoDueDate | Gate::OnItsWay | Gate::ChainEnded => Ok(None),
        // A word before the due date that reaches nobody: once it has passed, there is something else to say, or to ask a human.
        Gate::NoWay | Gate::TooDear if case.account.overdue(claim, now.today) == 0 => case.account.cycle(claim).map_or(Ok(None), after),
        Gate::NoWay | Gate::TooDear => Ok(None),
        Gate::Held(_) => {
            let ends = case.account.holds(now.today).filter(|hold| hold.concerns(claim)).filter_map(|hold| hold.until);
            ends.min().map_or(Ok(None), after)
        }
        Gate::NotDue(from) | Gate::NotYet(from) => day(from),
        Gate::Noted | Gate::TooLittle => case.account.cycle(claim).map_or(Ok(None), after),
        Gate::Contact(Refusal::TooEarly) => opening(work, ladder, now.today).map(Some),
        // Somebody may be there when the service is started the next time.
        Gate::NoCarrier => day(tomorrow),
        Gate::Contact(Refusal::Sunday | Refusal::Holiday | Refusal::TooLate) => day(tomorrow),
        Gate::Contact(Refusal::ClaimHadEnough) => Ok(oldest(true)),
        Gate::Contact(Refusal::CustomerHadEnough) => Ok(oldest(false)),
        // A day after the message before, or after the one that this look writes.
        Gate::OtherFirst => {
            let now = at.as_millisecond().div_euclid(60_000);
            let reached = case.attempts.iter().filter(|attempt| attempt.outcome != Outcome::Failed);
            let before = reached.map(|attempt| attempt.utc_minutes).filter(|minutes| *minutes > now.saturating_sub(24 * 60)).max();
            Ok(Some(minute_after(before.unwrap_or(now), 1)))
        }
    }
}

/// The first moment at which it is worth looking at the whole case again
pub fn next_look(
    work: &Work<'_>,
    (case, ladder): (&CaseFile, &Ladder),
    (at, now): (Timestamp, &Now),
    due: &Due,
) -> Result<Option<i64>, ApiError> {
    let mut looks = Vec::new();
    for (claim, gate) in &due.stopped {
        looks.extend(again(work, (case, ladder), (at, now), claim, *gate)?);
    }
    // What passes with a day whatever is written: a promise whose last day is over.
    for (_, promise) in case.account.promises().filter(|(_, promise)| promise.end.is_none()) {
        looks.push(opening(work, ladder, promise.grace_until.plus_days(1).max(now.today.plus_days(1)))?);
    }
    // A segment may ask for days: those of a case that is late count up.
    if case.policy.turns_by_day() && case.account.receivables().any(|(id, _)| case.account.open(id) > 0) {
        looks.push(opening(work, ladder, now.today.plus_days(1))?);
    }
    Ok(looks.into_iter().min())
}
