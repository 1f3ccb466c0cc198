//! From a pay link to the account: a code, sent where the shop knows its customer already.
//!
//! **Invariant:** whoever holds a link and not the mailbox or the telephone gets no further: a code counts once, for one link, for ten minutes and five
//! attempts, and of a code that is wrong, spent or too old the answer is the same.

use super::access::{self, To};
use crate::app::Work;
use crate::clock::wire;
use crate::collect::{self, Reach};
use crate::error::ApiError;
use crate::idempotency::Answer;
use crate::ids;
use crate::paylinks::Link;
use crate::steps::{Outgoing, Writing, code, hidden_mail, masked_phone, plan};
use jiff::SignedDuration;
use rusqlite::{OptionalExtension as _, params};
use tresen_core::ident::{CheckId, CustomerId, MessageId};
use tresen_core::ladder::Channel;
use tresen_texts::{CodeFor, CodeMessage};
use tresen_wire::http::{CodeChannel, CodeSent, SendCode, TypeCode};

/// Codes that a person may have sent to them in an hour
const SENDS_MAX: u32 = 3;
const HOUR_MS: i64 = 60 * 60 * 1_000;

/// A code that is to be sent
#[derive(Debug)]
pub struct Sending {
    /// The message that brings it
    pub message: MessageId,
    /// What is answered once it has left
    pub answer: CodeSent,
}

/// How a code goes that way: what writes, which of the customer's addresses it goes to, and what is shown of that
fn way(channel: CodeChannel) -> (Writing, Channel, fn(&str) -> String) {
    match channel {
        CodeChannel::Email => (Writing::Mail, Channel::Email, hidden_mail),
        CodeChannel::Sms => (Writing::Text, Channel::TextMessage, masked_phone),
    }
}

/// Whether a code can go that way: who asks for one is answered, whatever they said of reminders
fn is_open(work: &Work<'_>, reach: &Reach, wanted: CodeChannel) -> bool {
    let (writing, channel, _) = way(wanted);
    writing.is_possible(work.app) && !reach.recipient(channel).is_empty()
}

/// The ways by which a code can be sent to a customer
///
/// Whoever holds a link learns that there is a mailbox or a telephone, and nothing of it.
pub fn ways(work: &Work<'_>, customer: &CustomerId) -> Result<Vec<CodeChannel>, ApiError> {
    let Some(reach) = Reach::of(work, customer)? else { return Ok(Vec::new()) };
    Ok([CodeChannel::Email, CodeChannel::Sms].into_iter().filter(|channel| is_open(work, &reach, *channel)).collect())
}

/// So many codes have been sent that the next has to wait for the first to be an hour old
fn too_many(work: &Work<'_>, first_ms: Option<i64>) -> ApiError {
    let message = format!("{SENDS_MAX} codes have been sent within an hour");
    let help = "wait until an hour has passed since the first of them";
    let wait_ms = first_ms.unwrap_or_default().saturating_add(HOUR_MS).saturating_sub(work.moment.ms());
    let seconds = u16::try_from(wait_ms.max(0).unsigned_abs().div_ceil(1_000)).ok();
    ApiError { retry_after: seconds, ..ApiError::new(429, "access.too_many_codes", message, help) }
}

/// Makes a code; those before it no longer count
///
/// # Errors
///
/// `paylink.over`; `access.too_many_codes`; `access.no_way` where nothing is known, or nothing can be sent.
pub fn send(work: &Work<'_>, link: &Link, request: &SendCode) -> Result<Sending, ApiError> {
    link.check(work)?;
    let (sent, first_ms): (u32, Option<i64>) = work
        .tx
        .prepare_cached("SELECT count(*), min(sent_ms) FROM access_codes WHERE tenant_id = ?1 AND customer_id = ?2 AND sent_ms > ?3")?
        .query_row(params![work.tenant.as_str(), link.customer().as_str(), work.moment.ms().saturating_sub(HOUR_MS)], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    if sent >= SENDS_MAX {
        return Err(too_many(work, first_ms));
    }
    let (way, channel, masked) = way(request.channel);
    let reach = Reach::of(work, link.customer())?;
    let Some(reach) = reach.filter(|reach| is_open(work, reach, request.channel)) else {
        let help = "have it sent the other way, or talk to the shop";
        return Err(ApiError {
            at: Some("/channel".to_owned()),
            ..ApiError::new(409, "access.no_way", "no code can be sent that way", help)
        });
    };
    let recipient = reach.recipient(channel);
    let (check, digits) = (ids::secret(CheckId::from_bytes)?, code::new()?);
    let expires = work.moment.plus(SignedDuration::from_mins(code::MINUTES.into()))?;
    work.tx
        .prepare_cached("UPDATE access_codes SET code_hash = NULL WHERE tenant_id = ?1 AND customer_id = ?2 AND code_hash IS NOT NULL")?
        .execute([work.tenant.as_str(), link.customer().as_str()])?;
    work.tx
        .prepare_cached(
            "INSERT INTO access_codes (tenant_id, check_id, customer_id, paylink_hash, code_hash, attempts_left, sent_ms, expires_ms) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            work.tenant.as_str(),
            check.as_str(),
            link.customer().as_str(),
            link.hash(),
            code::hash(work, &check, &digits),
            code::ATTEMPTS,
            work.moment.ms(),
            expires.as_millisecond()
        ])?;
    let (voice, policy) = (collect::voice(work, link.customer())?, work.active_policy()?);
    let written = CodeMessage::new(voice.language, CodeFor::Account, &policy.merchant().name, &digits, code::MINUTES)
        .ok_or_else(|| ApiError::internal("a damaged language file"))?;
    let (subject, text) = if way == Writing::Text { (String::new(), written.text) } else { (written.subject, written.mail) };
    let answer = CodeSent { sent_to: masked(&recipient), expires_at: wire(expires), minutes: code::MINUTES, attempts: code::ATTEMPTS };
    let message = Outgoing {
        id: ids::by_time(work.moment.now, MessageId::from_bytes)?.to_string(),
        sender: policy.merchant().into(),
        recipient,
        subject,
        text,
        locale: voice.locale,
        tone: voice.form,
    };
    let message = plan(work, (link.customer(), &reach.key), &check, way, &message)?;
    Ok(Sending { message, answer })
}

/// A code that waits
struct Waiting {
    check: CheckId,
    hash: Vec<u8>,
    attempts_left: u8,
}

/// Takes a code, and opens the account for the right one
///
/// A wrong one is written down: the refusal is an answer and no error.
pub fn redeem(work: &Work<'_>, link: &Link, request: &TypeCode) -> Result<Answer, ApiError> {
    let digits = code::read(&request.code)?;
    link.check(work)?;
    let waiting = waiting(work, link)?;
    // Where none waits, the same is done: how long the answer takes says nothing.
    let nobody = (CheckId::from_bytes([0; 20]), vec![0; 32]);
    let (check, kept) = waiting.as_ref().map_or(nobody, |waiting| (waiting.check.clone(), waiting.hash.clone()));
    let is_right = code::is(work, &check, &digits, &kept);
    let left = waiting.as_ref().map_or(0, |waiting| waiting.attempts_left.saturating_sub(1));
    let is_spent = is_right || left == 0;
    work.tx
        .prepare_cached(
            "UPDATE access_codes SET attempts_left = ?3, code_hash = CASE WHEN ?4 THEN NULL ELSE code_hash END WHERE tenant_id = ?1 AND check_id = ?2",
        )?
        .execute(params![work.tenant.as_str(), check.as_str(), left, is_spent])?;
    if waiting.is_none() || !is_right {
        return Answer::refusal(ApiError::invalid(
            "access.code_wrong",
            "/code",
            "that is not the code that was sent last, or it no longer counts",
            "type it once more; after five wrong ones, or ten minutes, have another one sent",
        ));
    }
    let one = if let [one] = link.receivables() { Some(one) } else { None };
    let to = To { customer: link.customer(), currency: link.currency(), receivable: one, paylink: Some(link.hash()) };
    Answer::json(201, &access::open(work, &to, access::usual(work)?)?)
}

fn waiting(work: &Work<'_>, link: &Link) -> Result<Option<Waiting>, ApiError> {
    let found: Option<(String, Vec<u8>, u8)> = work
        .tx
        .prepare_cached(
            "SELECT check_id, code_hash, attempts_left FROM access_codes WHERE tenant_id = ?1 AND customer_id = ?2 AND paylink_hash = ?3 \
             AND code_hash IS NOT NULL AND expires_ms > ?4",
        )?
        .query_row(params![work.tenant.as_str(), link.customer().as_str(), link.hash(), work.moment.ms()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .optional()?;
    found.map(|(check, hash, attempts_left)| Ok(Waiting { check: ids::stored(&check, CheckId::parse)?, hash, attempts_left })).transpose()
}
