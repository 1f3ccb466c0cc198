//! What comes next of every claim, and why nothing is done where nothing is.

use super::ahead::{Ahead, step};
use super::{CaseFile, warnings};
use crate::app::Work;
use crate::claims;
use crate::error::ApiError;
use crate::ids;
use crate::ledger::{as_of_today, day};
use rusqlite::{OptionalExtension as _, params};
use std::collections::BTreeMap;
use tresen_core::ident::{CustomerId, ReceivableId};
use tresen_wire::http::{OpenClaim, OpenClaims};
use tresen_wire::money::Money;

/// Claims on a page
const PAGE: u16 = 50;

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
struct Cases(BTreeMap<(String, String), Ahead>);

impl Cases {
    fn of(&mut self, work: &Work<'_>, customer: String, currency: String) -> Result<&mut Ahead, ApiError> {
        let key = (customer, currency);
        if !self.0.contains_key(&key) {
            let case = CaseFile::of(work, &ids::stored(&key.0, CustomerId::parse)?, &key.1, None)?;
            self.0.insert(key.clone(), Ahead::of(work, case)?);
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
        let ahead = cases.of(work, row.get("customer_id")?, row.get("currency")?)?;
        let id: String = row.get("receivable_id")?;
        claims.push(claim(work, ahead, row, &ids::stored(&id, ReceivableId::parse)?)?);
    }
    Ok(claims)
}

fn claim(work: &Work<'_>, ahead: &mut Ahead, row: &rusqlite::Row<'_>, id: &ReceivableId) -> Result<OpenClaim, ApiError> {
    let account = as_of_today(work, &ahead.case.account)?;
    let state = claims::state(row, &account, day(work.moment.today)?)?;
    let (next, why_not) = ahead.of_claim(work, id)?;
    let overdue = account.overdue(id, day(work.moment.today)?);
    Ok(OpenClaim {
        receivable: state.id,
        customer: ahead.case.reach.as_ref().map(|reach| reach.reference.clone()),
        order: state.order,
        reference: state.reference,
        created_on: state.created_on,
        overdue: Money::new(overdue, &state.balance.currency),
        open: state.balance,
        due_date: ahead.case.account.cycle(id).map(|day| day.to_iso()),
        level: state.level,
        holds: state.holds,
        next: next.and_then(|(action, from)| step(&action, id, from)),
        why_not,
    })
}
