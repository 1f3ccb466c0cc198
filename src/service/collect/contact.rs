//! One attempt to reach a customer, from the intent to what became of it.
//!
//! **Invariant:** `intended`, then `sending` before anybody is asked to carry it, then what they answered. From `sending` a message never goes back to
//! be sent again unless whoever carries it said that they have not taken it.

use super::attempts::{self, Said};
use super::compose::Written;
use super::transport::{Handed, Parcel};
use super::{CaseFile, charges, tasks};
use crate::app::Work;
use crate::error::ApiError;
use crate::ids;
use crate::journal::Draft;
use crate::ledger::{Ledger, Occasion, day, look_again, person};
use crate::paylinks;
use crate::places::Place;
use rusqlite::{OptionalExtension as _, Row, params};
use tresen_core::date::Date;
use tresen_core::ident::{CustomerId, MessageId, ReceivableId, RunId};
use tresen_core::ladder::Channel;
use tresen_wire::events::{
    Body, ContactDelivered, ContactFailed, ContactPlanned, ContactSent, ContactSubject, ContactSuppressed, LevelRaised, NoticeArrived,
};
use tresen_wire::money::Money;

/// Another attempt after so long, where whoever carries messages could not
const ANOTHER_MS: i64 = 15 * 60 * 1_000;

/// A contact as it is stored
#[derive(Debug)]
pub struct Contact {
    pub id: MessageId,
    pub customer: CustomerId,
    pub currency: String,
    pub occasion: String,
    pub channel: Channel,
    pub state: String,
    pub about: Vec<Said>,
    pub payment: Option<String>,
    pub amount_minor: i64,
    pub term: Option<Date>,
    pub default_from: Option<Date>,
    pub account_seq: i64,
    pub planned_ms: i64,
    pub sent_ms: Option<i64>,
    pub arrived_ms: Option<i64>,
}

impl Contact {
    /// The contact in a row
    pub fn of(row: &Row<'_>) -> Result<Self, ApiError> {
        let text = |column: &str| row.get::<_, String>(column);
        let date = |column: &str| -> Result<Option<Date>, ApiError> {
            let day: Option<String> = row.get(column)?;
            day.map(|day| Date::parse(&day).ok_or_else(|| ApiError::internal("a contact about no day"))).transpose()
        };
        Ok(Self {
            id: ids::stored(&text("message_id")?, MessageId::parse)?,
            customer: ids::stored(&text("customer_id")?, CustomerId::parse)?,
            currency: text("currency")?,
            occasion: text("occasion")?,
            channel: attempts::channel(&text("channel")?)?,
            state: text("state")?,
            about: serde_json::from_str(&text("about")?)?,
            payment: row.get("payment_id")?,
            amount_minor: row.get("amount_minor")?,
            term: date("term")?,
            default_from: date("default_from")?,
            account_seq: row.get("account_seq")?,
            planned_ms: row.get("planned_ms")?,
            sent_ms: row.get("sent_ms")?,
            arrived_ms: row.get("arrived_ms")?,
        })
    }

    /// All contacts that a query finds
    pub fn all(work: &Work<'_>, sql: &str, given: &[&dyn rusqlite::ToSql]) -> Result<Vec<Self>, ApiError> {
        let mut statement = work.tx.prepare_cached(sql)?;
        let mut rows = statement.query(given)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(Self::of(row)?);
        }
        Ok(found)
    }

    /// The contact of that id, if there is one
    pub fn find(work: &Work<'_>, id: &MessageId) -> Result<Option<Self>, ApiError> {
        let sql = "SELECT * FROM contacts WHERE tenant_id = ?1 AND message_id = ?2";
        Ok(Self::all(work, sql, &[&work.tenant.as_str(), &id.as_str()])?.pop())
    }

    /// The contact of that id
    pub fn load(work: &Work<'_>, id: &MessageId) -> Result<Self, ApiError> {
        Self::find(work, id)?.ok_or_else(unknown)
    }

    /// What it says; nothing when the person has been erased
    pub fn parcel(&self, work: &Work<'_>) -> Result<Option<Parcel>, ApiError> {
        let sealed: Option<Vec<u8>> = work
            .tx
            .prepare_cached(
                "SELECT t.sealed_message FROM contacts c JOIN contact_texts t ON t.position = c.position \
                 WHERE c.tenant_id = ?1 AND c.message_id = ?2",
            )?
            .query_row(params![work.tenant.as_str(), self.id.as_str()], |row| row.get(0))
            .optional()?;
        let (Some(sealed), Some(key)) = (sealed, work.key_of(&self.customer)?) else { return Ok(None) };
        Ok(Some(serde_json::from_slice(&key.open(&Place::Message(self.id.clone()), &sealed)?)?))
    }

    /// The ledger that it is about
    pub fn ledger<'a>(&self, work: &'a Work<'_>) -> Result<Ledger<'a>, ApiError> {
        Ledger::of(work, &self.customer, &self.currency)
    }

    /// Writes an event of it down
    pub fn happens(&self, work: &Work<'_>, body: impl Into<Body>) -> Result<(), ApiError> {
        let stream = Place::Message(self.id.clone());
        let draft = Draft { after: work.length(&stream)?, ..Draft::opens(&stream, self.customer.as_str()) };
        work.append(&draft, body).map(|_| ())
    }

    fn becomes(&self, work: &Work<'_>, state: &str, reason: Option<&str>) -> Result<(), ApiError> {
        work.tx
            .prepare_cached("UPDATE contacts SET state = ?3, reason = ?4, changed_ms = ?5 WHERE tenant_id = ?1 AND message_id = ?2")?
            .execute(params![work.tenant.as_str(), self.id.as_str(), state, reason, work.moment.ms()])?;
        Ok(())
    }

    /// It came back, with the status that whoever carried it names
    pub fn comes_back(&self, work: &Work<'_>, status: Option<&str>) -> Result<(), ApiError> {
        self.becomes(work, "bounced", status)
    }

    /// It is on its way from now on: whatever happens, it is not sent a second time
    pub fn sets_out(&self, work: &Work<'_>) -> Result<(), ApiError> {
        self.becomes(work, "sending", None)
    }

    /// At the moment of sending it was no longer right
    pub fn suppress(&self, work: &Work<'_>, gate: &str) -> Result<(), ApiError> {
        self.becomes(work, "suppressed", Some(gate))?;
        self.happens(work, ContactSuppressed { message: self.id.to_string(), gate: gate.to_owned() })?;
        look_again(work.tx, &work.tenant, &self.customer)
    }

    /// Whether it is a notice of levels
    pub fn is_reminder(&self) -> bool {
        self.occasion == "reminder"
    }

    /// Raises the claims to the levels whose notice it is; what has changed meanwhile about a claim, such as a payment, keeps that claim where it is
    fn raise(&self, work: &Work<'_>, run: &RunId) -> Result<(), ApiError> {
        if !self.is_reminder() {
            return Ok(());
        }
        let mut ledger = self.ledger(work)?;
        let last = usize::from(self.about.iter().map(|said| said.level).max().unwrap_or(0));
        let case = CaseFile::beside(work, &ledger)?;
        let steps = case.ladder(&super::when::moment(work, &case.policy, work.moment.now)?).steps.len();
        for said in &self.about {
            let id = ids::stored(&said.receivable, ReceivableId::parse)?;
            if ledger.account().receivable(&id).is_none_or(|claim| claim.level.number >= said.level) {
                continue;
            }
            let raised = LevelRaised {
                receivable: said.receivable.clone(),
                to: said.level,
                last: last == steps && usize::from(said.level) == steps,
                run: run.to_string(),
                due_date: said.due_date.clone(),
            };
            if let Err(refused) = ledger.happen(&Occasion::now(self.id.as_str()), vec![raised.into()])
                && refused.status >= 500
            {
                return Err(refused);
            }
        }
        Ok(())
    }

    /// Its pay link takes the place of the one before: at once, or when the post has brought it
    fn brings_link(&self, work: &Work<'_>, by_letter: bool) -> Result<(), ApiError> {
        if (self.channel == Channel::Letter) != by_letter {
            return Ok(());
        }
        paylinks::replace(work, &self.customer, &self.currency, self.planned_ms)
    }

    /// The notice has arrived: its terms run from now
    pub fn arrived(&self, work: &Work<'_>, ledger: &mut Ledger<'_>, presumed: bool) -> Result<(), ApiError> {
        work.tx
            .prepare_cached(
                "UPDATE contacts SET arrived_ms = ?3, changed_ms = ?3 WHERE tenant_id = ?1 AND message_id = ?2 AND arrived_ms IS NULL",
            )?
            .execute(params![work.tenant.as_str(), self.id.as_str(), work.moment.ms()])?;
        if !presumed {
            self.becomes(work, "delivered", None)?;
        }
        self.happens(work, ContactDelivered { message: self.id.to_string(), presumed })?;
        self.brings_link(work, true)?;
        let Some(term) = self.term.filter(|_| self.is_reminder()) else { return Ok(()) };
        let term_until = term.max(super::when::calendar(&*work.active_policy()?).due(self.term_from(work, term)?));
        for said in &self.about {
            let id = ids::stored(&said.receivable, ReceivableId::parse)?;
            let waits = ledger.account().receivable(&id).is_some_and(|claim| {
                [&claim.level, &claim.level_before].iter().any(|level| level.number == said.level && level.term_until.is_none())
            });
            if waits {
                let notice = NoticeArrived { receivable: said.receivable.clone(), level: said.level, term_until: term_until.to_iso() };
                ledger.happen(&Occasion::now(self.id.as_str()), vec![notice.into()])?;
            }
        }
        Ok(())
    }

    /// The end of as many days as the message gives, counted from today
    fn term_from(&self, work: &Work<'_>, term: Date) -> Result<Date, ApiError> {
        let planned = super::when::local_day(work, self.planned_ms)?;
        let days = term.days_since(planned).saturating_sub(super::compose::transit_days(self.channel));
        Ok(day(work.moment.today)?.plus_days(days))
    }
}

fn unknown() -> ApiError {
    ApiError::unknown("message.unknown", "message")
}

/// Reads the id of a message; what is none is answered as a message that does not exist
pub fn id(text: &str) -> Result<MessageId, ApiError> {
    MessageId::parse(text).ok_or_else(unknown)
}

/// Commits the intent to send a message
pub fn intend(work: &Work<'_>, case: &CaseFile, written: &Written) -> Result<(), ApiError> {
    let Some(reach) = &case.reach else { return Ok(()) };
    let id = ids::stored(&written.parcel.id, MessageId::parse)?;
    let bytes = serde_json::to_vec(&written.parcel)?;
    let content_hash = tresen_wire::decision::hex(&tresen_wire::decision::hash(&bytes));
    let account_seq = length(work, &case.customer, &case.currency)?;
    work.tx
        .prepare_cached(
            "INSERT INTO contacts (tenant_id, message_id, customer_id, currency, occasion, channel, state, about, payment_id, amount_minor, term, \
             default_from, account_seq, content_hash, planned_ms, changed_ms, charges) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'intended', ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?14, ?15)",
        )?
        .execute(params![
            work.tenant.as_str(),
            id.as_str(),
            case.customer.as_str(),
            case.currency,
            written.occasion,
            written.channel.code(),
            serde_json::to_string(&written.about)?,
            written.payment,
            written.amount_minor,
            written.term.map(Date::to_iso),
            written.default_from.map(Date::to_iso),
            account_seq,
            content_hash,
            work.moment.ms(),
            charges::to_json(&written.charges)?
        ])?;
    work.tx.prepare_cached("INSERT INTO contact_texts (position, tenant_id, sealed_message) VALUES (?2, ?1, ?3)")?.execute(params![
        work.tenant.as_str(),
        work.tx.last_insert_rowid(),
        reach.key.seal(&Place::Message(id.clone()), &bytes)?
    ])?;
    let about = |said: &Said| ContactSubject { receivable: said.receivable.clone(), level: said.level, due_date: said.due_date.clone() };
    let planned = ContactPlanned {
        message: id.to_string(),
        customer: case.customer.to_string(),
        occasion: written.occasion.to_owned(),
        channel: written.channel.into(),
        about: written.about.iter().map(about).collect(),
        amount: Money::new(written.amount_minor, &case.currency),
        account_seq,
        content_hash,
    };
    work.append(&Draft::opens(&Place::Message(id), case.customer.as_str()), planned).map(|_| ())
}

/// Whether a message to a person waits or is on its way, to whichever of their references
pub fn is_on_its_way(work: &Work<'_>, customer: &CustomerId) -> Result<bool, ApiError> {
    for one in person(work.tx, &work.tenant, customer)? {
        let is: bool = work
            .tx
            .prepare_cached(
                "SELECT count(*) > 0 FROM contacts WHERE tenant_id = ?1 AND customer_id = ?2 AND state IN ('intended', 'sending')",
            )?
            .query_row(params![work.tenant.as_str(), one.as_str()], |row| row.get(0))?;
        if is {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether any message waits to be sent, or to be found forlorn
pub fn is_any_waiting(work: &Work<'_>) -> Result<bool, ApiError> {
    Ok(work
        .tx
        .prepare_cached("SELECT count(*) > 0 FROM contacts WHERE tenant_id = ?1 AND state IN ('intended', 'sending')")?
        .query_row([work.tenant.as_str()], |row| row.get(0))?)
}

/// How many events an account has
pub fn length(work: &Work<'_>, customer: &CustomerId, currency: &str) -> Result<i64, ApiError> {
    Ok(work
        .tx
        .prepare_cached("SELECT count(*) FROM account_events WHERE tenant_id = ?1 AND customer_id = ?2 AND currency IN (?3, '')")?
        .query_row(params![work.tenant.as_str(), customer.as_str(), currency], |row| row.get(0))?)
}

/// Writes down what whoever carries messages has answered
pub fn handed(work: &Work<'_>, id: &MessageId, run: &RunId, answer: &Handed) -> Result<(), ApiError> {
    let contact = Contact::load(work, id)?;
    // Somebody may have given it up as unknown meanwhile; whoever sent it knows better.
    if !matches!(contact.state.as_str(), "sending" | "unknown") {
        return Ok(());
    }
    match answer {
        Handed::Sent { provider_ref } => {
            work.tx
                .prepare_cached("UPDATE contacts SET sent_ms = ?3, provider_ref = ?4 WHERE tenant_id = ?1 AND message_id = ?2")?
                .execute(params![work.tenant.as_str(), id.as_str(), work.moment.ms(), provider_ref])?;
            contact.becomes(work, "sent", None)?;
            contact.happens(work, ContactSent { message: id.to_string(), provider_ref: provider_ref.clone() })?;
            contact.brings_link(work, false)?;
            contact.raise(work, run)?;
            charges::happen(work, &contact)?;
        }
        // Who was given up as unknown has its level raised: it cannot wait, it is tried another way.
        Handed::NotNow(reason) if contact.state == "unknown" => {
            contact.becomes(work, "failed", Some(reason))?;
            contact.happens(work, ContactFailed { message: id.to_string(), reason: reason.clone() })?;
        }
        Handed::Refused(reason) => {
            contact.becomes(work, "failed", Some(reason))?;
            contact.happens(work, ContactFailed { message: id.to_string(), reason: reason.clone() })?;
            contact.raise(work, run)?;
        }
        Handed::NotNow(reason) => {
            contact.becomes(work, "intended", Some(reason))?;
            work.tx.prepare_cached("UPDATE contacts SET not_before_ms = ?3 WHERE tenant_id = ?1 AND message_id = ?2")?.execute(params![
                work.tenant.as_str(),
                id.as_str(),
                work.moment.ms().saturating_add(ANOTHER_MS)
            ])?;
        }
        Handed::Unknown(reason) => forlorn(work, &contact, run, reason)?,
    }
    look_again(work.tx, &work.tenant, &contact.customer)
}

/// It is not known whether a message left: a human finds out, and nobody sends it again
pub fn forlorn(work: &Work<'_>, contact: &Contact, run: &RunId, reason: &str) -> Result<(), ApiError> {
    contact.becomes(work, "unknown", Some(reason))?;
    contact.raise(work, run)?;
    let asked = tasks::Asked {
        kind: "unknown_delivery",
        about: contact.id.as_str(),
        customer: &contact.customer,
        receivable: None,
        message: Some(&contact.id),
        reason: Some(reason),
    };
    tasks::ask(work, asked)?;
    look_again(work.tx, &work.tenant, &contact.customer)
}

/// A human has found out whether it left
pub fn resolved(work: &Work<'_>, contact: &Contact, left: bool) -> Result<(), ApiError> {
    if contact.state != "unknown" {
        return Ok(());
    }
    if left {
        work.tx
            .prepare_cached("UPDATE contacts SET sent_ms = changed_ms WHERE tenant_id = ?1 AND message_id = ?2")?
            .execute(params![work.tenant.as_str(), contact.id.as_str()])?;
        contact.becomes(work, "sent", None)?;
        contact.happens(work, ContactSent { message: contact.id.to_string(), provider_ref: None })?;
        contact.brings_link(work, false)?;
        charges::happen(work, contact)
    } else {
        let reason = "it has not left";
        contact.becomes(work, "failed", Some(reason))?;
        contact.happens(work, ContactFailed { message: contact.id.to_string(), reason: reason.to_owned() })
    }
}
