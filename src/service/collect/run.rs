//! The daily run: whoever has to be looked at is looked at, what is due is planned, and what is planned is sent if it is still right.
//!
//! It can be broken off anywhere and begun again: a customer is looked at in one transaction, and the moment of the next look is written in it. Several
//! instances may run at once: each look and each step of a message holds the write lock of the database, and finds what the other has done.
//!
//! **Invariant:** a run after an outage does at most one thing about a customer, as any other run does; terms count from when a notice arrived.

use super::compose::Letterhead;
use super::contact::{self, Contact};
use super::{CaseFile, answers, send, tasks, when};
use crate::app::{App, Caller, Work};
use crate::error::ApiError;
use crate::ids;
use crate::ledger::{Ledger, Occasion, day};
use crate::proofs;
use rusqlite::params;
use std::sync::PoisonError;
use std::time::Duration;
use tresen_core::collect::Action;
use tresen_core::ident::{CustomerId, ReceivableId, RunId, TenantId};
use tresen_core::ladder::Ladder;
use tresen_wire::events::DefaultStarted;

/// Customers looked at in one transaction: whoever else wants to write waits so long
const BATCH: u16 = 128;

/// Longer than a writer that waits takes to see that nobody writes
const PAUSE: Duration = Duration::from_millis(1);

/// A customer who could not be looked at waits so long
const WAIT_MS: i64 = 60 * 60 * 1_000;

/// What still has not been recorded after so long has nobody who sends it
const FORLORN_MS: i64 = 10 * 60 * 1_000;

/// What came of a run
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ran {
    /// How often a customer was looked at
    pub looks: usize,
    /// Messages that came to something: sent, refused by whoever carries them, or no longer right at the moment of sending
    pub messages: usize,
    /// Tenants whose run broke off; the log says why
    pub broken: usize,
}

/// Runs for every tenant that has something to look at
pub fn all(app: &App) -> Result<Ran, ApiError> {
    let tenants: Vec<String> = app.store.read(|tx| {
        let mut statement = tx.prepare_cached("SELECT tenant_id FROM tenants WHERE active_policy IS NOT NULL")?;
        let rows = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(rows)
    })?;
    let mut ran = Ran::default();
    for tenant in tenants {
        let tenant = ids::stored(&tenant, TenantId::parse)?;
        let _round = app.rounds.lock().unwrap_or_else(PoisonError::into_inner);
        if let Err(problem) = of_tenant(app, &tenant, &mut ran) {
            // The others are not kept waiting; the next round tries again.
            tracing::warn!(code = problem.code, "a run broke off");
            ran.broken = ran.broken.saturating_add(1);
        }
    }
    Ok(ran)
}

/// Looks at everybody whose moment has come, plans, and sends; nothing is left to do at this moment
pub fn tick(app: &App, tenant: &TenantId) -> Result<(), ApiError> {
    of_tenant(app, tenant, &mut Ran::default())
}

fn of_tenant(app: &App, tenant: &TenantId, ran: &mut Ran) -> Result<(), ApiError> {
    proofs::expire(app, tenant)?;
    let system = || Caller::system(tenant.clone());
    if app.read_now(system(), |work| Ok(to_look_at(work, 1)?.is_empty() && !contact::is_any_waiting(work)?))? {
        return Ok(());
    }
    let run = app.read_now(system(), |work| Ok(ids::by_time(work.moment.now, RunId::from_bytes)?))?;
    app.write_now(system(), |work| forlorn(work, &run))?;
    loop {
        let on_their_way = send::set_out(app, tenant)?;
        let waited = on_their_way.waited;
        // While some messages are carried, the next customers are looked at.
        let (answers, looked) = std::thread::scope(|scope| {
            let carried = scope.spawn(|| send::hand_over(app, on_their_way));
            let looked = batch(app, tenant);
            (carried.join(), looked)
        });
        send::record(app, tenant, &run, &answers.map_err(|_| ApiError::internal("whoever carries messages broke off"))?)?;
        let looked = looked?;
        ran.looks = ran.looks.saturating_add(looked);
        ran.messages = ran.messages.saturating_add(waited);
        if looked == 0 && waited == 0 {
            return Ok(());
        }
    }
}

/// The next moment at which there is something to do for a tenant; what is due now is not among it
pub fn next_moment(work: &Work<'_>) -> Result<Option<i64>, ApiError> {
    let first = |sql: &str| -> Result<Option<i64>, ApiError> {
        Ok(work.tx.prepare_cached(sql)?.query_row(params![work.tenant.as_str(), work.moment.ms()], |row| row.get(0))?)
    };
    let look = first("SELECT min(look_ms) FROM accounts WHERE tenant_id = ?1 AND look_ms > ?2")?;
    let again = first("SELECT min(not_before_ms) FROM contacts WHERE tenant_id = ?1 AND state = 'intended' AND not_before_ms > ?2")?;
    let proof = first("SELECT min(look_ms) FROM proofs WHERE tenant_id = ?1 AND look_ms > ?2")?;
    Ok(look.into_iter().chain(again).chain(proof).min())
}

/// Writes; then whoever else wants to write has a moment, in this process or another
pub fn in_turn<T>(app: &App, tenant: &TenantId, work: impl FnOnce(&Work<'_>) -> Result<T, ApiError>) -> Result<T, ApiError> {
    let done = app.write_now(Caller::system(tenant.clone()), work);
    std::thread::sleep(PAUSE);
    done
}

fn to_look_at(work: &Work<'_>, most: u16) -> Result<Vec<(CustomerId, String)>, ApiError> {
    let mut statement = work
        .tx
        .prepare_cached("SELECT customer_id, currency FROM accounts WHERE tenant_id = ?1 AND look_ms <= ?2 ORDER BY look_ms LIMIT ?3")?;
    let mut rows = statement.query(params![work.tenant.as_str(), work.moment.ms(), most])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let customer: String = row.get(0)?;
        found.push((ids::stored(&customer, CustomerId::parse)?, row.get(1)?));
    }
    Ok(found)
}

/// Looks at some of those whose moment has come; how many
fn batch(app: &App, tenant: &TenantId) -> Result<usize, ApiError> {
    let system = || Caller::system(tenant.clone());
    let mut waiting = Vec::new();
    // Who is next is asked with the write lock in hand: of several instances each has others, and none waits for one that died.
    let together = in_turn(app, tenant, |work| {
        waiting = to_look_at(work, BATCH)?;
        waiting.iter().try_for_each(|(customer, currency)| look_in_time(work, customer, currency))
    });
    if together.is_err() {
        // One of them cannot be looked at; the others are, each alone.
        for (customer, currency) in &waiting {
            if let Err(problem) = app.write_now(system(), |work| look_in_time(work, customer, currency)) {
                tracing::error!(code = problem.code, %customer, "a customer cannot be looked at");
                app.write_now(system(), |work| look_at(work, customer, currency, Some(work.moment.ms().saturating_add(WAIT_MS))))?;
            }
        }
    }
    Ok(waiting.len())
}

/// Looks at a customer, unless somebody else has meanwhile
fn look_in_time(work: &Work<'_>, customer: &CustomerId, currency: &str) -> Result<(), ApiError> {
    let is_due: bool = work
        .tx
        .prepare_cached("SELECT count(*) > 0 FROM accounts WHERE tenant_id = ?1 AND customer_id = ?2 AND currency = ?3 AND look_ms <= ?4")?
        .query_row(params![work.tenant.as_str(), customer.as_str(), currency, work.moment.ms()], |row| row.get(0))?;
    if !is_due {
        return Ok(());
    }
    let next = look(work, customer, currency)?;
    // Whatever was said: it is asked again later than now.
    look_at(work, customer, currency, next.map(|next| next.max(work.moment.ms().saturating_add(60_000))))
}

fn look_at(work: &Work<'_>, customer: &CustomerId, currency: &str, next: Option<i64>) -> Result<(), ApiError> {
    work.tx
        .prepare_cached("UPDATE accounts SET look_ms = ?4 WHERE tenant_id = ?1 AND customer_id = ?2 AND currency = ?3")?
        .execute(params![work.tenant.as_str(), customer.as_str(), currency, next])?;
    Ok(())
}

/// What is to be done about a customer now; when to look again
fn look(work: &Work<'_>, customer: &CustomerId, currency: &str) -> Result<Option<i64>, ApiError> {
    // What is on its way changes what is due: when it has come to something, the customer is looked at again.
    if contact::is_on_its_way(work, customer)? {
        return Ok(None);
    }
    let mut ledger = Ledger::of(work, customer, currency)?;
    ledger.pass(&Occasion::now(customer.as_str()))?;
    if !ledger.account().receivables().any(|(_, claim)| claim.ending.is_none()) && ledger.account().payments().next().is_none() {
        return Ok(None);
    }
    tasks::surplus(work, &ledger)?;
    let mut looks = vec![arrivals(work, &mut ledger)?];
    // Where notices have arrived, their terms run by now.
    looks.push(defaults(work, &mut ledger)?);
    if work.app.transport().is_some() {
        looks.push(answers::to_payments(work, &ledger)?);
        if contact::is_on_its_way(work, customer)? {
            return Ok(None);
        }
    }
    let case = CaseFile::beside(work, &ledger)?;
    let now = when::moment(work, &case.policy, work.moment.now)?;
    let ladder = case.ladder(&now);
    let due = case.due(&ladder, &now);
    looks.push(when::next_look(work, (&case, &ladder), (work.moment.now, &now), &due)?);
    for action in &due.actions {
        act(work, (&case, &ladder), &mut ledger, action)?;
    }
    Ok(looks.into_iter().flatten().min())
}

fn act(work: &Work<'_>, (case, ladder): (&CaseFile, &Ladder), ledger: &mut Ledger<'_>, action: &Action) -> Result<(), ApiError> {
    let propose = |kind: &'static str, receivable: &ReceivableId| {
        let level = case.account.receivable(receivable).map_or(0, |claim| claim.level.number);
        let due = case.account.cycle(receivable).map(|day| day.to_iso()).unwrap_or_default();
        let about = format!("{receivable}/{level}/{due}");
        let asked =
            tasks::Asked { kind, about: &about, customer: &case.customer, receivable: Some(receivable), message: None, reason: None };
        tasks::ask(work, asked).map(|_| ())
    };
    let composed = match action {
        Action::ProposePlacement { receivable } => return propose("propose_placement", receivable),
        Action::ProposeClearing { receivable } => return propose("propose_clearing", receivable),
        Action::ByHand { receivable, .. } => return propose("by_hand", receivable),
        Action::Unreachable { receivable, level } => return tasks::unreachable(work, ledger, receivable, *level),
        Action::Note { .. } | Action::Remind(_) if work.app.transport().is_none() => return Ok(()),
        Action::Note { receivables, channel } => {
            let Some(letterhead) = Letterhead::of(work, case)? else { return Ok(()) };
            letterhead.note(receivables, *channel)?
        }
        Action::Remind(reminder) => {
            let Some(letterhead) = Letterhead::of(work, case)? else { return Ok(()) };
            letterhead.reminder(reminder, ladder)?
        }
    };
    match composed {
        Ok(written) => contact::intend(work, case, &written),
        Err(refused) => {
            let about = format!("{}/{}/{action:?}", case.customer, contact::length(work, &case.customer, &case.currency)?);
            let about = tresen_wire::decision::hex(&tresen_wire::decision::hash(about.as_bytes()));
            tasks::refused(work, &case.customer, &about, &refused.0).map(|_| ())
        }
    }
}

/// Messages of which nothing else was heard have arrived after a while; when the next will have
fn arrivals(work: &Work<'_>, ledger: &mut Ledger<'_>) -> Result<Option<i64>, ApiError> {
    const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
    let sql = "SELECT * FROM contacts WHERE tenant_id = ?1 AND customer_id = ?2 AND state = 'sent' AND arrived_ms IS NULL AND occasion = 'reminder'";
    let mut next = None;
    for contact in Contact::all(work, sql, &[&work.tenant.as_str(), &ledger.customer().as_str()])? {
        // What is about another currency is that account's.
        let Some(sent) = contact.sent_ms.filter(|_| contact.currency == ledger.currency()) else { continue };
        let at = sent.saturating_add(i64::from(super::compose::transit_days(contact.channel)).saturating_mul(DAY_MS));
        if at <= work.moment.ms() {
            contact.arrived(work, ledger, true)?;
        } else {
            next = Some(next.map_or(at, |next: i64| next.min(at)));
        }
    }
    Ok(next)
}

/// Who was told of default and of its first day, and has not paid by then, is in default; when the next will be
fn defaults(work: &Work<'_>, ledger: &mut Ledger<'_>) -> Result<Option<i64>, ApiError> {
    let sql = "SELECT * FROM contacts WHERE tenant_id = ?1 AND customer_id = ?2 AND default_from IS NOT NULL AND arrived_ms IS NOT NULL \
               AND crossed_by IS NULL AND state <> 'bounced' ORDER BY default_from";
    let today = day(work.moment.today)?;
    let mut next = None;
    for contact in Contact::all(work, sql, &[&work.tenant.as_str(), &ledger.customer().as_str()])? {
        let Some(named) = contact.default_from.filter(|_| contact.currency == ledger.currency()) else { continue };
        for said in &contact.about {
            let id = ids::stored(&said.receivable, ReceivableId::parse)?;
            let account = ledger.account();
            let Some(claim) = account.receivable(&id).filter(|claim| claim.default_since.is_none() && claim.ending.is_none()) else {
                continue;
            };
            // A notice that came late gives as much time as one that came soon.
            let term = claim.level.term_until.map(|until| until.plus_days(1));
            let since = term.map_or(named, |after| named.max(after));
            let is_same = account.cycle(&id).is_some_and(|cycle| cycle.to_iso() == said.due_date);
            if !is_same || account.overdue(&id, today) == 0 || account.blocked(tresen_core::receivable::Act::Interest, &id, today).is_some()
            {
                continue;
            }
            if since <= today {
                let started = DefaultStarted { receivable: id.to_string(), since: since.to_iso() };
                ledger.happen(&Occasion::now(contact.id.as_str()), vec![started.into()])?;
            } else {
                let at = when::start_of(work, since)?;
                next = Some(next.map_or(at, |next: i64| next.min(at)));
            }
        }
    }
    Ok(next)
}

/// Messages of which a crash has left it unknown whether they left become tasks
fn forlorn(work: &Work<'_>, run: &RunId) -> Result<(), ApiError> {
    let before = work.moment.ms().saturating_sub(FORLORN_MS);
    let sql = "SELECT * FROM contacts WHERE tenant_id = ?1 AND state = 'sending' AND changed_ms < ?2 ORDER BY position";
    for contact in Contact::all(work, sql, &[&work.tenant.as_str(), &before])? {
        contact::forlorn(work, &contact, run, "the service ended while it was sent")?;
    }
    Ok(())
}
