//! What only a human can decide.

use super::contact::{self, Contact};
use crate::accounts;
use crate::app::Work;
use crate::clock::instant;
use crate::error::ApiError;
use crate::ids;
use crate::items;
use crate::journal::Draft;
use crate::ledger::{Ledger, Occasion, look_again};
use crate::places::Place;
use crate::proofs;
use rusqlite::{OptionalExtension as _, params};
use tresen_core::ident::{CustomerId, HoldId, MessageId, ReceivableId, RequestId, TaskId};
use tresen_core::receivable::{Event, ItemAmount, ItemKind, Reduced, Reduction};
use tresen_wire::events::{HoldPlaced, HoldReason, HoldReleased, LevelReset, LevelResetCause, TaskCreated, TaskDone};
use tresen_wire::http::{FinishTask, Task, TaskOutcome, Tasks};

/// The oldest are shown, and no more than that
const SHOWN_MAX: u32 = 200;

/// What a task is about
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// What it is
    pub kind: &'static str,
    /// The same thing is asked once
    pub about: &'a str,
    /// Whose it is
    pub customer: &'a CustomerId,
    /// Which claim
    pub receivable: Option<&'a ReceivableId>,
    /// Which message
    pub message: Option<&'a MessageId>,
    /// Why
    pub reason: Option<&'a str>,
}

/// Asks a human, once; whether it is new
pub fn ask(work: &Work<'_>, asked: Asked<'_>) -> Result<bool, ApiError> {
    let known: bool = work
        .tx
        .prepare_cached("SELECT count(*) > 0 FROM tasks WHERE tenant_id = ?1 AND kind = ?2 AND about = ?3")?
        .query_row(params![work.tenant.as_str(), asked.kind, asked.about], |row| row.get(0))?;
    if known {
        return Ok(false);
    }
    let id = ids::by_time(work.moment.now, TaskId::from_bytes)?;
    work.tx
        .prepare_cached(
            "INSERT INTO tasks (tenant_id, task_id, kind, about, customer_id, receivable_id, message_id, reason, opened_ms) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            work.tenant.as_str(),
            id.as_str(),
            asked.kind,
            asked.about,
            asked.customer.as_str(),
            asked.receivable.map(ReceivableId::as_str),
            asked.message.map(MessageId::as_str),
            asked.reason,
            work.moment.ms()
        ])?;
    let body = TaskCreated {
        task: id.to_string(),
        kind: asked.kind.to_owned(),
        customer: asked.customer.to_string(),
        receivable: asked.receivable.map(ToString::to_string),
        message: asked.message.map(ToString::to_string),
        reason: asked.reason.map(str::to_owned),
    };
    work.append(&Draft::opens(&Place::Task(id), asked.customer.as_str()), body)?;
    Ok(true)
}

/// The lint has refused a message: a human words it, or mends what it is about
pub fn refused(work: &Work<'_>, customer: &CustomerId, about: &str, codes: &[String]) -> Result<bool, ApiError> {
    let reason = codes.join(" ");
    ask(work, Asked { kind: "refused_message", about, customer, receivable: None, message: None, reason: Some(&reason) })
}

/// What a customer paid and is put against nothing goes back, or towards what they say: a human is asked until it has
pub fn surplus(work: &Work<'_>, ledger: &Ledger<'_>) -> Result<(), ApiError> {
    for (payment, found) in ledger.account().payments() {
        // Anew after each refund, which may come back.
        let refunds = ledger.account().refunds().filter(|(_, refund)| refund.payment == *payment).count();
        let is_left = ledger.account().held(payment) > 0;
        for answered in 0..refunds.saturating_add((!is_left).into()) {
            over(work, "surplus", &format!("{payment}/{answered}"), "settled")?;
        }
        if is_left {
            let about = format!("{payment}/{refunds}");
            let (customer, receivable) = (ledger.customer(), found.lines.first().map(|line| &line.receivable));
            ask(work, Asked { kind: "surplus", about: &about, customer, receivable, message: None, reason: Some(payment.as_str()) })?;
        }
    }
    Ok(())
}

/// Nobody can be reached about a claim: nothing more is written until a human has found an address
pub fn unreachable(work: &Work<'_>, ledger: &mut Ledger<'_>, receivable: &ReceivableId, level: u8) -> Result<(), ApiError> {
    let hold = ids::by_time(work.moment.now, HoldId::from_bytes)?;
    let about = hold.to_string();
    let customer = ledger.customer().clone();
    let reason = format!("level {level}");
    ask(
        work,
        Asked {
            kind: "unreachable",
            about: &about,
            customer: &customer,
            receivable: Some(receivable),
            message: None,
            reason: Some(&reason),
        },
    )?;
    let placed =
        HoldPlaced { hold: about, reason: HoldReason::NoAddress, receivable: Some(receivable.to_string()), until: None, beside: None };
    let occasion = Occasion::now(hold.as_str());
    ledger.happen(&occasion, vec![placed.into()])?;
    undelivered(ledger, &occasion, receivable, level)
}

/// A notice that reached nobody does not count: its level is taken back, and what its letters cost
fn undelivered(ledger: &mut Ledger<'_>, occasion: &Occasion<'_>, receivable: &ReceivableId, level: u8) -> Result<(), ApiError> {
    let claim = ledger.account().receivable(receivable).filter(|claim| claim.level.number == level && level > 0);
    let Some((since, costs)) = claim.map(|claim| (claim.level.since, claim.costs.clone())) else { return Ok(()) };
    let of_it = costs.iter().filter(|(on, cost)| cost.item == ItemKind::DunningCost && since.is_some_and(|since| *on >= since));
    let charged = of_it.map(|(_, cost)| cost.minor).fold(0, i64::saturating_add);
    let minor = charged.min(ledger.account().open_item(receivable, ItemKind::DunningCost));
    let why = LevelResetCause::Undelivered;
    ledger.happen(occasion, vec![LevelReset { receivable: receivable.to_string(), to: level.saturating_sub(1), why }.into()])?;
    if minor == 0 {
        return Ok(());
    }
    let lines = vec![ItemAmount { item: ItemKind::DunningCost, minor }];
    let waived = Event::CostWaived(Reduced { receivable: receivable.clone(), lines, reduction: Reduction::CostWaived });
    ledger.happen_decided(occasion, None, &[waived])
}

/// What waits for a human, the oldest first
pub fn list(work: &Work<'_>) -> Result<Tasks, ApiError> {
    let mut statement =
        work.tx.prepare_cached("SELECT * FROM tasks WHERE tenant_id = ?1 AND done_ms IS NULL ORDER BY opened_ms, task_id LIMIT ?2")?;
    let mut rows = statement.query(params![work.tenant.as_str(), SHOWN_MAX])?;
    let mut tasks = Vec::new();
    while let Some(row) = rows.next()? {
        tasks.push(task(work, row)?);
    }
    Ok(Tasks { tasks })
}

fn task(work: &Work<'_>, row: &rusqlite::Row<'_>) -> Result<Task, ApiError> {
    let customer: String = row.get("customer_id")?;
    let done: Option<i64> = row.get("done_ms")?;
    let receivable: Option<String> = row.get("receivable_id")?;
    let customer_id = ids::stored(&customer, CustomerId::parse)?;
    let (request, proofs) = match RequestId::parse(&row.get::<_, String>("about")?) {
        Some(request) => (accounts::words(work, &request)?, proofs::of_request(work, &request)?),
        None => (None, Vec::new()),
    };
    let items = match (&request, &receivable) {
        (Some(request), Some(id)) if !request.items().is_empty() => {
            items::meant(&items::of_claim(work, &customer_id, &ids::stored(id, ReceivableId::parse)?)?, request.items())
        }
        (Some(_) | None, _) => Vec::new(),
    };
    Ok(Task {
        id: row.get("task_id")?,
        kind: row.get("kind")?,
        customer: work.personal(&customer_id)?.map(|(reference, _)| reference),
        receivable,
        message: row.get("message_id")?,
        reason: row.get("reason")?,
        request,
        items,
        proofs,
        opened_at: instant(row.get("opened_ms")?)?,
        done_at: done.map(instant).transpose()?,
    })
}

fn unknown() -> ApiError {
    ApiError::unknown("task.unknown", "task")
}

fn find(work: &Work<'_>, id: &TaskId) -> Result<Task, ApiError> {
    let mut statement = work.tx.prepare_cached("SELECT * FROM tasks WHERE tenant_id = ?1 AND task_id = ?2")?;
    let mut rows = statement.query(params![work.tenant.as_str(), id.as_str()])?;
    task(work, rows.next()?.ok_or_else(unknown)?)
}

/// A human has looked at it
pub fn finish(work: &Work<'_>, id: &str, request: &FinishTask) -> Result<Task, ApiError> {
    let id = TaskId::parse(id).ok_or_else(unknown)?;
    type Columns = (String, String, String, Option<String>, Option<String>, Option<i64>);
    let found: Option<Columns> = work
        .tx
        .prepare_cached(
            "SELECT kind, about, customer_id, receivable_id, message_id, done_ms FROM tasks WHERE tenant_id = ?1 AND task_id = ?2",
        )?
        .query_row(params![work.tenant.as_str(), id.as_str()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
        })
        .optional()?;
    let (kind, about, customer, receivable, message, done) = found.ok_or_else(unknown)?;
    if done.is_some() {
        return Err(ApiError::new(409, "task.done", "somebody has finished this task before", "read the tasks again"));
    }
    let is_about_delivery = kind == "unknown_delivery";
    if is_about_delivery != matches!(request.outcome, TaskOutcome::Left | TaskOutcome::NotLeft) {
        let help = "a message of which it is unknown whether it left has `left` or `not_left`, everything else has `done`";
        return Err(ApiError::invalid("task.outcome", "/outcome", "that cannot come of this task", help));
    }
    let customer = ids::stored(&customer, CustomerId::parse)?;
    if let Some(message) = message.filter(|_| is_about_delivery) {
        contact::resolved(work, &Contact::load(work, &ids::stored(&message, MessageId::parse)?)?, request.outcome == TaskOutcome::Left)?;
    }
    if kind == "unreachable" {
        found_address(work, receivable.as_deref(), &about)?;
    }
    let outcome = match request.outcome {
        TaskOutcome::Done => "done",
        TaskOutcome::Left => "left",
        TaskOutcome::NotLeft => "not_left",
    };
    note_done(work, &id, &customer, outcome)?;
    look_again(work.tx, &work.tenant, &customer)?;
    find(work, &id)
}

/// Nobody has to look at something any more, for that reason
pub fn over(work: &Work<'_>, kind: &str, about: &str, outcome: &str) -> Result<(), ApiError> {
    let open: Option<(String, String)> = work
        .tx
        .prepare_cached("SELECT task_id, customer_id FROM tasks WHERE tenant_id = ?1 AND kind = ?2 AND about = ?3 AND done_ms IS NULL")?
        .query_row(params![work.tenant.as_str(), kind, about], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((id, customer)) = open else { return Ok(()) };
    note_done(work, &ids::stored(&id, TaskId::parse)?, &ids::stored(&customer, CustomerId::parse)?, outcome)
}

/// Writes down that a task is done, and what came of it
fn note_done(work: &Work<'_>, id: &TaskId, customer: &CustomerId, outcome: &str) -> Result<(), ApiError> {
    work.tx.prepare_cached("UPDATE tasks SET done_ms = ?3, done_by = ?4 WHERE tenant_id = ?1 AND task_id = ?2")?.execute(params![
        work.tenant.as_str(),
        id.as_str(),
        work.moment.ms(),
        work.actor.id
    ])?;
    let stream = Place::Task(id.clone());
    let draft = Draft { after: work.length(&stream)?, ..Draft::opens(&stream, customer.as_str()) };
    work.append(&draft, TaskDone { task: id.to_string(), outcome: outcome.to_owned() }).map(|_| ())
}

/// Somebody has found an address: the notice that could not be delivered is written anew
fn found_address(work: &Work<'_>, receivable: Option<&str>, hold: &str) -> Result<(), ApiError> {
    let Some(receivable) = receivable else { return Ok(()) };
    let id = ids::stored(receivable, ReceivableId::parse)?;
    let mut ledger = crate::claims::ledger(work, &id)?;
    let occasion = Occasion::now(hold);
    if ledger.account().hold(&ids::stored(hold, HoldId::parse)?).is_some() {
        ledger.happen(&occasion, vec![HoldReleased { hold: hold.to_owned() }.into()])?;
    }
    let waiting = ledger.account().receivable(&id).filter(|claim| claim.level.number > 0 && claim.level.term_until.is_none());
    if let Some(to) = waiting.and_then(|claim| claim.level.number.checked_sub(1)) {
        ledger.happen(&occasion, vec![LevelReset { receivable: id.to_string(), to, why: LevelResetCause::ByHand }.into()])?;
    }
    Ok(())
}
