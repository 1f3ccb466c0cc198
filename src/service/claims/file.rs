//! One claim as one file: what it is, what was decided and why, what happened, and whether that is as it was written down.

use super::record;
use crate::app::Work;
use crate::clock::wire;
use crate::collect;
use crate::error::ApiError;
use crate::explain::{self, Wanted};
use crate::ids;
use crate::journal;
use crate::places::Place;
use crate::proofs;
use rusqlite::{OptionalExtension as _, params};
use serde::Serialize;
use std::collections::BTreeSet;
use tresen_core::ident::{DecisionId, ReceivableId};
use tresen_texts::{Explaining, Language, history};
use tresen_wire::events::{Actor, Body, Event};
use tresen_wire::http::{BrokenAt, ChainChecked, ClaimFile, FiledDecision, FiledEvent, ReceivableRecord};

/// The version of the form
const FORMAT: u16 = 1;

/// The file, in German or English
pub fn file(work: &Work<'_>, id: &ReceivableId, wanted: &Wanted) -> Result<ClaimFile, ApiError> {
    let ReceivableRecord { state, order_items, .. } = super::record(work, id)?;
    let language = language(wanted);
    let words = words(language)?;
    let ledger = super::ledger(work, id)?;
    let happened = record::happened(work, &ledger, id)?;
    let mut messages = collect::export_messages(work, ledger.customer())?;
    messages.retain(|message| message.about.iter().any(|about| about.receivable == state.id));
    let streams: BTreeSet<String> = happened.iter().map(|(event, _)| event.stream.clone()).collect();
    let told = happened.into_iter().map(|(event, happening)| {
        Ok(FiledEvent {
            date: happening.date,
            words: said(&words, &event, language)?,
            amount: happening.amount,
            fee: happening.fee,
            by: by(&words, &event.actor)?,
            event,
        })
    });
    Ok(ClaimFile {
        kind: "tresen.claim_file",
        format: FORMAT,
        exported_at: wire(work.moment.now),
        language: language.name().to_owned(),
        chain: chain(work, &streams)?,
        decision: decision(work, &state.order, wanted)?,
        history: told.collect::<Result<_, ApiError>>()?,
        messages,
        proofs: proofs::of_claim(work, ledger.customer(), id)?,
        order_items,
        claim: state,
    })
}

/// German with „Sie“, or English
pub fn language(wanted: &Wanted) -> Language {
    match Language::choose(wanted.locale.as_deref().unwrap_or("de"), "sie") {
        Language::German | Language::GermanDu => Language::German,
        Language::English | Language::French | Language::Italian | Language::Dutch => Language::English,
    }
}

/// The sentences of a language
pub fn words(language: Language) -> Result<Explaining, ApiError> {
    history(language).ok_or_else(|| ApiError::internal("the sentences of the history cannot be read"))
}

/// A sentence, which is there
pub fn say(words: &Explaining, name: &str, blanks: &[(&str, &str)]) -> Result<String, ApiError> {
    words.say(name, blanks).ok_or_else(|| ApiError::internal(format!("there is no sentence `{name}`")))
}

fn said(words: &Explaining, event: &Event, language: Language) -> Result<String, ApiError> {
    let (mut date, mut reason, mut level) = (String::new(), String::new(), String::new());
    match &event.data {
        Body::DueDateSet(body) => date = day(language, &body.date),
        Body::PromiseMade(body) => date = day(language, &body.date),
        Body::HoldPlaced(body) => reason = say(words, &format!("hold.{}", code(body.reason)?), &[])?,
        Body::LevelRaised(body) => level = body.to.to_string(),
        _ => {}
    }
    say(words, &format!("event.{}", event.kind), &[("date", &date), ("reason", &reason), ("level", &level)])
}

fn by(words: &Explaining, actor: &Actor) -> Result<String, ApiError> {
    say(words, &format!("actor.{}", code(actor.kind)?), &[])
}

/// The word of a choice, as it is stored
pub fn code(choice: impl Serialize) -> Result<String, ApiError> {
    Ok(serde_json::to_value(choice)?.as_str().unwrap_or_default().to_owned())
}

/// A day as people write it; what is none stays as it is
pub fn day(language: Language, iso: &str) -> String {
    let written = || {
        let date: jiff::civil::Date = iso.parse().ok()?;
        let texts = language.texts()?;
        let month = String::from_utf8(tresen_texts::month(&texts, date.month().unsigned_abs()).to_vec()).ok()?;
        let point = if language == Language::German { "." } else { "" };
        Some(format!("{}{point} {month} {}", date.day(), date.year()))
    };
    written().unwrap_or_else(|| iso.to_owned())
}

/// Checks the streams that the claim's events lie in, whole
fn chain(work: &Work<'_>, streams: &BTreeSet<String>) -> Result<ChainChecked, ApiError> {
    let mut checked = ChainChecked { whole: true, events: 0, broken_at: None };
    for stream in streams {
        checked.events = checked.events.saturating_add(usize::try_from(work.length(&ids::stored(stream, Place::parse)?)?).unwrap_or(0));
        if let Some(seq) = journal::break_in(work.tx, &work.tenant, stream)?.filter(|_| checked.whole) {
            checked.whole = false;
            checked.broken_at = Some(BrokenAt { stream: stream.clone(), seq });
        }
    }
    Ok(checked)
}

/// What was decided before the order; a claim that was brought in has none
fn decision(work: &Work<'_>, order: &str, wanted: &Wanted) -> Result<Option<FiledDecision>, ApiError> {
    let found: Option<String> = work
        .tx
        .prepare_cached("SELECT decision_id FROM orders WHERE tenant_id = ?1 AND order_ref = ?2")?
        .query_row(params![work.tenant.as_str(), order], |row| row.get(0))
        .optional()?;
    let Some(decision_id) = found else { return Ok(None) };
    let wanted = Wanted { locale: Some(language(wanted).name().to_owned()), ..wanted.clone() };
    match explain::decision(work, &ids::stored(&decision_id, DecisionId::parse)?, &wanted) {
        Ok(explained) => Ok(Some(FiledDecision { decision_id, explanation: Some(explained.text), why_not: None })),
        // Erased with the person, or made by another version: that it was made stays.
        Err(ApiError { status: 409 | 410, code, .. }) => {
            Ok(Some(FiledDecision { decision_id, explanation: None, why_not: Some(code.to_owned()) }))
        }
        Err(problem) => Err(problem),
    }
}
