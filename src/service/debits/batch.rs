//! What is to be with the bank today, as one file.

use super::pain::{self, Collection, Creditor, Message};
use super::row::{CURRENCY, Debit, HandedIn};
use super::{after, call_off};
use crate::accounts;
use crate::app::Work;
use crate::error::ApiError;
use crate::ids;
use crate::ledger::{self, day};
use crate::paying::{Held, State};
use crate::paylinks;
use rusqlite::{OptionalExtension as _, params};
use tresen_core::collect::Standing;
use tresen_core::date::Date;
use tresen_core::debit::{HandIn, collected};
use tresen_core::receivable::HoldReason;
use tresen_wire::http::{AskAccount, DebitBatch};
use tresen_wire::iban;
use tresen_wire::money::Money;

/// Debits in one file
const MOST: u32 = 5_000;
/// Longer than banks rest at a time: what is announced for later is not looked at
const AHEAD_DAYS: i32 = 10;

/// What is to happen to a debit today
enum Fate {
    Collect { on: Date, minor: i64 },
    CallOff(&'static str),
    Wait,
}

/// Hands in what is to be with the bank today
///
/// # Errors
///
/// `debit.no_account` where the policy does not say who collects, and to which account.
pub fn hand_in(work: &Work<'_>) -> Result<DebitBatch, ApiError> {
    let today = day(work.moment.today)?;
    let batch = ids::signs().map(|signs| format!("TB{}", signs.to_ascii_uppercase()))?;
    let mut handed_in = Vec::new();
    for mut debit in Debit::announced_for(work, today.plus_days(AHEAD_DAYS), MOST)? {
        match fate(work, &debit, today)? {
            Fate::Wait => {}
            Fate::CallOff(why) => call_off(work, &debit, why)?,
            Fate::Collect { on, minor } => {
                let mut session = debit.session(work)?;
                session.becomes(work, State::Pending, Some(after(work, debit.window.news_until())?))?;
                debit.is_handed_in(work, HandedIn { batch: batch.clone(), on, minor })?;
                handed_in.push(debit);
            }
        }
    }
    let total = handed_in.iter().filter_map(|debit| debit.handed_in.as_ref()).map(|one| one.minor).fold(0, i64::saturating_add);
    let is_empty = handed_in.is_empty();
    if !is_empty {
        let creditor = serde_json::to_string(&creditor(work)?)?;
        work.tx
            .prepare_cached("INSERT INTO debit_batches (tenant_id, batch_id, creditor, made_ms) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![work.tenant.as_str(), batch, creditor, work.moment.ms()])?;
    }
    Ok(DebitBatch {
        batch: (!is_empty).then_some(batch),
        total: Money::new(total, CURRENCY),
        debits: handed_in.iter().map(Debit::seen).collect(),
    })
}

/// What the account says of it today: no more is collected than is owed, and nothing that somebody looks at first
fn fate(work: &Work<'_>, debit: &Debit, today: Date) -> Result<Fate, ApiError> {
    let on = match debit.window.hand_in(today) {
        HandIn::Later => return Ok(Fate::Wait),
        HandIn::Never => return Ok(Fate::CallOff("lapsed")),
        HandIn::For(on) => on,
    };
    if mandate(work, debit)?.is_none() {
        return Ok(Fate::CallOff("erased"));
    }
    let account = ledger::today(work, &debit.customer, CURRENCY)?;
    let claims = debit.session(work)?.receivables;
    if claims.iter().any(|id| account.holds(today).any(|hold| hold.reason == HoldReason::ManualPause && hold.concerns(id))) {
        return Ok(Fate::Wait);
    }
    let held = Held::of(work, &debit.customer, CURRENCY)?;
    Ok(match held.named(work, &account, &claims)? {
        // What was signed for before the customer objected waits until somebody has looked.
        Standing::Open(asked) if asked.disputed > 0 && debit.minor > asked.whole => Fate::Wait,
        Standing::Open(asked) => Fate::Collect { on, minor: collected(debit.minor, asked.whole) },
        Standing::Settled { .. } => Fate::CallOff("nothing_open"),
        Standing::Elsewhere => Fate::CallOff("elsewhere"),
        Standing::Clarifying => Fate::Wait,
    })
}

fn creditor(work: &Work<'_>) -> Result<Creditor, ApiError> {
    let policy = work.active_policy()?;
    let merchant = policy.merchant();
    let (Some(id), Some(account)) = (&merchant.creditor_id, &merchant.account) else {
        return Err(ApiError::new(
            409,
            "debit.no_account",
            "the policy no longer says who collects direct debits, and to which account",
            "write `creditor_id` and `account` of `merchant` into the policy, and hand in again",
        ));
    };
    let (id, iban) = (id.clone(), account.iban.clone());
    Ok(Creditor { name: account.holder.clone(), id, iban, bic: account.bic.clone() })
}

/// Whose account it is, and which, as it was signed; nothing of a person who is erased
fn mandate(work: &Work<'_>, debit: &Debit) -> Result<Option<(String, String)>, ApiError> {
    match accounts::words(work, &debit.request)? {
        Some(AskAccount::Debit { holder, iban, .. }) => Ok(Some((holder, iban::tidied(&iban)))),
        Some(_) => Err(ApiError::internal("a debit that was not signed")),
        None => Ok(None),
    }
}

/// The file of a batch: the same to the byte, however often it is fetched
///
/// # Errors
///
/// `debit.batch_unknown`; `debit.batch_erased` once somebody in it is erased.
pub fn file(work: &Work<'_>, batch: &str) -> Result<String, ApiError> {
    let found: Option<(String, i64)> = work
        .tx
        .prepare_cached("SELECT creditor, made_ms FROM debit_batches WHERE tenant_id = ?1 AND batch_id = ?2")?
        .query_row([work.tenant.as_str(), batch], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (creditor, made_ms) = found.ok_or_else(unknown_batch)?;
    let creditor: Creditor = serde_json::from_str(&creditor)?;
    let mut collections = Vec::new();
    for debit in Debit::of_batch(work, batch)? {
        let Some((holder, iban)) = mandate(work, &debit)? else { return Err(erased()) };
        let Some(HandedIn { on, minor, .. }) = debit.handed_in.clone() else { continue };
        let remittance = remittance(work, &debit, &creditor.name)?;
        collections.push(Collection { id: debit.id, on, minor, signed_on: debit.signed_on, holder, iban, remittance });
    }
    let made = crate::clock::zone(&work.moment.zone)
        .and_then(|zone| Ok(jiff::Timestamp::from_millisecond(made_ms).map_err(ApiError::internal)?.to_zoned(zone)))?;
    let made_at = made.strftime("%Y-%m-%dT%H:%M:%S").to_string();
    pain::write(&Message { id: batch, made_at: &made_at, creditor: &creditor, collections: &collections })
}

/// What the payer reads on their statement: who collects, and the references of the claims
fn remittance(work: &Work<'_>, debit: &Debit, creditor: &str) -> Result<String, ApiError> {
    let claims = debit.session(work)?.receivables;
    let transfer = paylinks::transfer_for(work, &claims, &Money::new(debit.minor, CURRENCY))?;
    Ok(transfer.map_or_else(|| creditor.to_owned(), |transfer| format!("{creditor} {}", transfer.reference)))
}

pub(super) fn unknown_batch() -> ApiError {
    ApiError::unknown("debit.batch_unknown", "batch")
}

fn erased() -> ApiError {
    ApiError::new(
        410,
        "debit.batch_erased",
        "a person in this batch is erased, and their account with them",
        "use the file that you have fetched before; the batch can be settled and its debits returned all the same",
    )
}
