//! What comes next of every claim, and why nothing is done where nothing is.

use super::when::{again, moment};
use super::{CaseFile, warnings};
use crate::app::Work;
use crate::claims;
use crate::error::ApiError;
use crate::ids;
use crate::ledger::{as_of_today, day};
use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, params};
use std::collections::BTreeMap;
use tresen_core::collect::{Action, Due, Gate};
use tresen_core::ident::{CustomerId, ReceivableId};
use tresen_core::ladder::Ladder;
use tresen_wire::http::{ClaimStep, OpenClaim, OpenClaims, WhyNot};
use tresen_wire::money::Money;

/// Claims on a page
const PAGE: u16 = 50;

/// How often it is looked ahead for what comes next; each is a later moment
const AHEAD_MAX: usize = 8;

/// Which page is wanted
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// The last claim of the page before
    pub after: Option<String>,
    /// Only what is due before today
    pub overdue: bool,
}

/// Reads which page is wanted; no value needs an escape, so none is read
pub fn page(query: &str) -> Result<Wanted, ApiError> {
    let mut wanted = Wanted::default();
    for (name, value) in query.split('&').filter(|part| !part.is_empty()).map(|part| part.split_once('=').unwrap_or((part, ""))) {
        match (name, value) {
            ("after", id) if wanted.after.is_none() => {
                let id = ReceivableId::parse(id).ok_or_else(|| refused("query.after", "`after` is no claim's id"))?;
                wanted.after = Some(id.to_string());
            }
            ("state", "open") => wanted.overdue = false,
            ("state", "overdue") => wanted.overdue = true,
            _ => return Err(refused("query.unknown", "the query has a parameter or a value that is not known here")),
        }
    }
    Ok(wanted)
}

fn refused(code: &'static str, message: &'static str) -> ApiError {
    ApiError::new(400, code, message, "pass `after` with the id that the page before gave, and `state=open` or `state=overdue`")
}

/// The cases of a page, each replayed once
#[derive(Debug, Default)]
struct Cases(BTreeMap<(String, String), Looked>);

#[derive(Debug)]
struct Looked {
    case: CaseFile,
    ladder: Ladder,
    /// What is due now, and at later moments if nothing happens until then
    ahead: Vec<(Timestamp, Due)>,
}

impl Cases {
    fn of(&mut self, work: &Work<'_>, customer: String, currency: String) -> Result<&mut Looked, ApiError> {
        let key = (customer, currency);
        if !self.0.contains_key(&key) {
            let case = CaseFile::of(work, &ids::stored(&key.0, CustomerId::parse)?, &key.1, None)?;
            let now = moment(work, &case.policy, work.moment.now)?;
            let ladder = case.ladder(&now);
            let due = case.due(&ladder, &now);
            self.0.insert(key.clone(), Looked { ahead: vec![(work.moment.now, due)], case, ladder });
        }
        self.0.get_mut(&key).ok_or_else(|| ApiError::internal("a case that has just been put there"))
    }
}

/// A page of the open claims, those that are due first first
pub fn open_claims(work: &Work<'_>, wanted: &Wanted) -> Result<OpenClaims, ApiError> {
    let due_of = |id: &String| -> Result<String, ApiError> {
        let due: Option<String> = work
            .tx
            .prepare_cached("SELECT coalesce(due_date, '') FROM receivables WHERE tenant_id = ?1 AND receivable_id = ?2")?
            .query_row(params![work.tenant.as_str(), id], |row| row.get(0))
            .optional()?;
        due.ok_or_else(|| ApiError::unknown("receivable.unknown", "claim"))
    };
    let (from, last) = match &wanted.after {
        Some(id) => (due_of(id)?, id.as_str()),
        None => (String::new(), ""),
    };
    let until = if wanted.overdue { work.moment.today.to_string() } else { "9".to_owned() };
    let mut statement = work.tx.prepare_cached(
        "SELECT * FROM receivables WHERE tenant_id = ?1 AND ending IS NULL AND (coalesce(due_date, ''), receivable_id) > (?2, ?3) \
         AND coalesce(due_date, '') < ?4 ORDER BY coalesce(due_date, ''), receivable_id LIMIT ?5",
    )?;
    let rows = statement.query(params![work.tenant.as_str(), from, last, until, PAGE.saturating_add(1)])?;
    let mut claims = all(work, rows)?;
    let is_more = claims.len() > usize::from(PAGE);
    claims.truncate(PAGE.into());
    let after = claims.last().filter(|_| is_more).map(|claim| claim.receivable.clone());
    Ok(OpenClaims { today: work.moment.today.to_string(), claims, after, warnings: warnings::of_today(work)? })
}

/// The open claims of one customer
pub fn case(work: &Work<'_>, reference: &str) -> Result<OpenClaims, ApiError> {
    let customer = work.customer_id(reference)?.ok_or_else(|| ApiError::unknown("customer.unknown", "customer"))?;
    let mut statement = work.tx.prepare_cached(
        "SELECT * FROM receivables WHERE tenant_id = ?1 AND customer_id = ?2 AND ending IS NULL ORDER BY created_on, receivable_id",
    )?;
    let rows = statement.query(params![work.tenant.as_str(), customer.as_str()])?;
    let (claims, warnings) = (all(work, rows)?, warnings::of_today(work)?);
    Ok(OpenClaims { today: work.moment.today.to_string(), claims, after: None, warnings })
}

fn all(work: &Work<'_>, mut rows: rusqlite::Rows<'_>) -> Result<Vec<OpenClaim>, ApiError> {
    let mut cases = Cases::default();
    let mut claims = Vec::new();
    while let Some(row) = rows.next()? {
        let looked = cases.of(work, row.get("customer_id")?, row.get("currency")?)?;
        let id: String = row.get("receivable_id")?;
        claims.push(claim(work, looked, row, &ids::stored(&id, ReceivableId::parse)?)?);
    }
    Ok(claims)
}

fn claim(work: &Work<'_>, looked: &mut Looked, row: &rusqlite::Row<'_>, id: &ReceivableId) -> Result<OpenClaim, ApiError> {
    let account = as_of_today(work, &looked.case.account)?;
    let state = claims::state(row, &account, day(work.moment.today)?)?;
    let (next, why_not) = ahead(work, looked, id)?;
    let overdue = account.overdue(id, day(work.moment.today)?);
    Ok(OpenClaim {
        receivable: state.id,
        customer: looked.case.reach.as_ref().map(|reach| reach.reference.clone()),
        order: state.order,
        reference: state.reference,
        created_on: state.created_on,
        overdue: Money::new(overdue, &state.balance.currency),
        open: state.balance,
        due_date: looked.case.account.cycle(id).map(|day| day.to_iso()),
        level: state.level,
        holds: state.holds,
        next,
        why_not,
    })
}

/// What comes next of a claim, and why not now
fn ahead(work: &Work<'_>, looked: &mut Looked, id: &ReceivableId) -> Result<(Option<ClaimStep>, Option<WhyNot>), ApiError> {
    let mut why_not = None;
    for place in 0..AHEAD_MAX {
        let Some((at, due)) = looked.ahead.get(place) else { break };
        let now = moment(work, &looked.case.policy, *at)?;
        if let Some(step) = due.actions.iter().find_map(|action| step(action, id)) {
            return Ok((Some(ClaimStep { from: now.today.to_iso(), ..step }), why_not));
        }
        let Some(gate) = due.stopped.iter().find(|(claim, _)| claim == id).map(|(_, gate)| *gate) else { break };
        let again = again(work, (&looked.case, &looked.ladder), (*at, &now), id, gate)?;
        let later = again.map(Timestamp::from_millisecond).transpose().map_err(ApiError::internal)?;
        if why_not.is_none() {
            let until = later.map(|later| moment(work, &looked.case.policy, later)).transpose()?.map(|later| later.today.to_iso());
            let hold = if let Gate::Held(reason) = gate { Some(reason.into()) } else { None };
            why_not = Some(WhyNot { code: gate.code().to_owned(), hold, until });
        }
        let Some(later) = later else { break };
        // Another claim of the customer has been looked at already: only a later moment than its last is new.
        if looked.ahead.get(place.saturating_add(1)).is_none_or(|(known, _)| *known != later) {
            looked.ahead.truncate(place.saturating_add(1));
            let then = moment(work, &looked.case.policy, later)?;
            let due = looked.case.due(&looked.case.ladder(&then), &then);
            looked.ahead.push((later, due));
        }
    }
    Ok((None, why_not))
}

/// What an action does about a claim; the day is the caller's
fn step(action: &Action, id: &ReceivableId) -> Option<ClaimStep> {
    let next = |what: &str, level, channel| Some(ClaimStep { what: what.to_owned(), level, channel, from: String::new() });
    match action {
        Action::Note { receivables, channel } if receivables.contains(id) => next("note", None, Some((*channel).into())),
        Action::Remind(reminder) => {
            let about = reminder.about.iter().find(|about| about.receivable == *id)?;
            next("reminder", Some(about.level), Some(reminder.channel.into()))
        }
        Action::Unreachable { receivable, level } if receivable == id => next("unreachable", Some(*level), None),
        Action::ProposePlacement { receivable } if receivable == id => next("propose_placement", None, None),
        Action::ProposeClearing { receivable } if receivable == id => next("propose_clearing", None, None),
        Action::ByHand { receivable, level } if receivable == id => next("by_hand", Some(*level), None),
        Action::Note { .. }
        | Action::Unreachable { .. }
        | Action::ByHand { .. }
        | Action::ProposePlacement { .. }
        | Action::ProposeClearing { .. } => None,
    }
}
