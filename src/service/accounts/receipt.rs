//! What a customer gets back for a request: in text form, at once, by e-mail where an address is known, and in their account.
//!
//! Of a withdrawal it holds what was stated, and the day and the minute at which it came in (BGB section 356a(4)).
//!
//! **Invariant:** an acknowledgement that the law asks for and that did not leave becomes a task; nobody sends a second one.

use super::Access;
use super::act::Came;
use crate::app::Work;
use crate::claims;
use crate::clock::zone;
use crate::collect::{self, Asked, Reach, Voice};
use crate::error::ApiError;
use crate::ids;
use crate::items;
use crate::paylinks;
use crate::steps::{Outgoing, Writing, plan};
use jiff::{Timestamp, Zoned};
use rusqlite::OptionalExtension as _;
use tresen_core::ident::{CustomerId, MessageId, ReceivableId, RequestId};
use tresen_core::ladder::Channel;
use tresen_core::money::{Currency, Money as Amount, NumberStyle};
use tresen_texts::{CreditTexts, Explaining, Language, receipts};
use tresen_wire::http::{AskAccount, ContactChannel};
use tresen_wire::money::Money;

/// Writes in one language
pub struct Writer {
    language: Language,
    words: Explaining,
}

impl Writer {
    /// A writer in that language
    pub fn of(language: Language) -> Result<Self, ApiError> {
        let words = receipts(language).ok_or_else(|| ApiError::internal("the sentences of receipts cannot be read"))?;
        Ok(Self { language, words })
    }

    /// The language that it writes
    pub fn language(&self) -> Language {
        self.language
    }

    /// A sentence, which is there
    pub fn say(&self, name: &str, blanks: &[(&str, &str)]) -> Result<String, ApiError> {
        claims::say(&self.words, name, blanks)
    }

    /// A sentence without blanks, if there is one
    pub fn known(&self, name: &str) -> Option<String> {
        self.words.say(name, &[])
    }

    /// An amount, as it is written in that language
    pub fn money(&self, money: &Money) -> Result<String, ApiError> {
        let amount = Currency::parse(&money.currency).and_then(|currency| Amount::from_minor(money.minor, currency).ok());
        let amount = amount.ok_or_else(|| ApiError::internal("an amount in no currency"))?;
        Ok(amount.to_text(NumberStyle::of_language(self.language.name().as_bytes())))
    }
}

/// Where an acknowledgement goes
#[derive(Debug)]
pub struct Envelope {
    reach: Reach,
    to: String,
    /// Whether that is where the shop knows the customer
    is_known: bool,
    voice: Voice,
}

impl Envelope {
    /// To the address that is known before the request is done, or to the one that it names; nothing where neither is
    pub fn of(work: &Work<'_>, access: &Access, request: &AskAccount) -> Result<Option<Self>, ApiError> {
        let (named, is_first) = match request {
            AskAccount::Withdrawal { email, .. } => (email.as_deref(), true),
            // Who wants no mails gets none about that either.
            AskAccount::OptOut { channel: ContactChannel::Email } => return Ok(None),
            AskAccount::Contact { name: None, address: None, email: None, phone: None, opted_out: Some(ways), .. }
                if ways.contains(&ContactChannel::Email) =>
            {
                return Ok(None);
            }
            AskAccount::Contact { email, .. } => (email.as_deref(), false),
            _ => (None, false),
        };
        Self::to(work, &access.customer, |known| if is_first { named.or(known) } else { known.or(named) }.map(str::to_owned))
    }

    /// To the address that is known
    pub fn known(work: &Work<'_>, customer: &CustomerId) -> Result<Option<Self>, ApiError> {
        Self::to(work, customer, |known| known.map(str::to_owned))
    }

    fn to(work: &Work<'_>, customer: &CustomerId, choose: impl FnOnce(Option<&str>) -> Option<String>) -> Result<Option<Self>, ApiError> {
        let Some(reach) = Reach::of(work, customer)?.filter(|_| Writing::Mail.is_possible(work.app)) else { return Ok(None) };
        let known = reach.recipient(Channel::Email);
        let to = choose(Some(known.as_str()).filter(|known| !known.is_empty()));
        let voice = collect::voice(work, customer)?;
        Ok(to.map(|to| Self { is_known: to.eq_ignore_ascii_case(&known), reach, to, voice }))
    }

    /// The language in which the customer is written to
    pub fn language(&self) -> Language {
        self.voice.language
    }

    /// Plans the mail
    pub fn plan(&self, work: &Work<'_>, customer: &CustomerId, id: &RequestId, text: &str) -> Result<MessageId, ApiError> {
        let policy = work.active_policy()?;
        let message = Outgoing {
            id: ids::by_time(work.moment.now, MessageId::from_bytes)?.to_string(),
            sender: policy.merchant().into(),
            recipient: self.to.clone(),
            subject: Writer::of(self.voice.language)?.say("subject", &[("shop", &policy.merchant().name)])?,
            text: text.to_owned(),
            locale: self.voice.locale.clone(),
            tone: self.voice.form,
        };
        plan(work, (customer, &self.reach.key), id, Writing::Mail, &message)
    }
}

/// An instant as the merchant's clock shows it
pub fn local(work: &Work<'_>, ms: i64) -> Result<Zoned, ApiError> {
    let instant = Timestamp::from_millisecond(ms).map_err(ApiError::internal)?;
    Ok(instant.to_zoned(zone(&work.moment.zone)?))
}

/// The order of a claim, and its day
pub fn order(work: &Work<'_>, id: &ReceivableId) -> Result<(String, String), ApiError> {
    Ok(work
        .tx
        .prepare_cached(
            "SELECT r.order_ref, coalesce(o.ordered_on, r.created_on) FROM receivables r LEFT JOIN orders o ON o.tenant_id = r.tenant_id \
             AND o.order_ref = r.order_ref WHERE r.tenant_id = ?1 AND r.receivable_id = ?2",
        )?
        .query_row([work.tenant.as_str(), id.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// The text of an acknowledgement, in the language in which the customer is written to
///
/// Where it goes to an address that nobody here knows, it is without the customer's own words: nobody has the shop write to strangers what they like.
pub fn text(
    work: &Work<'_>,
    access: &Access,
    request: (&RequestId, &AskAccount),
    came: &Came,
    envelope: Option<&Envelope>,
) -> Result<String, ApiError> {
    if let Some(document) = &came.document {
        return Ok(document.clone());
    }
    let writer = Writer::of(collect::voice(work, &access.customer)?.language)?;
    let words = request.1.text().filter(|_| envelope.is_none_or(|envelope| envelope.is_known));
    whole(work, access, request, &said(work, &access.currency, &writer, request.1, came)?, words)
}

/// A text around what is said of a request: a greeting, the customer's words, when it came in, and who answers
pub fn whole(
    work: &Work<'_>,
    access: &Access,
    (id, request): (&RequestId, &AskAccount),
    said: &str,
    words: Option<&str>,
) -> Result<String, ApiError> {
    let writer = Writer::of(collect::voice(work, &access.customer)?.language)?;
    let now = local(work, work.moment.ms())?;
    let today = claims::written_day(writer.language, &now.date().to_string());
    let time = format!("{:02}:{:02}", now.hour(), now.minute());
    let shop = paylinks::shop(work)?;
    let mut paragraphs = vec![writer.say("greeting", &[])?, said.to_owned()];
    if let (named @ [_, ..], Some(receivable)) = (request.items(), request.receivable()) {
        let receivable = ids::stored(receivable, ReceivableId::parse)?;
        let meant = items::meant(&items::of_claim(work, &access.customer, &receivable)?, named);
        let named: Vec<String> = meant.iter().map(|item| format!("{} × {}", item.quantity, item.name)).collect();
        paragraphs.push(writer.say("items", &[("items", &named.join(", "))])?);
    }
    if let AskAccount::Withdrawal { name: Some(name), .. } = request {
        paragraphs.push(writer.say("withdrawal.name", &[("name", name)])?);
    }
    if let Some(words) = words.filter(|words| !words.trim().is_empty()) {
        paragraphs.push(writer.say("words", &[("words", words)])?);
    }
    paragraphs.push(writer.say("received", &[("date", &today), ("time", &time), ("request", id.as_str())])?);
    if let Some(ways) = paylinks::ways(&shop, writer.language) {
        paragraphs.push(writer.say("human", &[("ways", &ways)])?);
    }
    paragraphs.push(shop.creditor.unwrap_or(shop.name));
    Ok(paragraphs.join("\n\n"))
}

/// What is said of the request itself
fn said(work: &Work<'_>, currency: &str, writer: &Writer, request: &AskAccount, came: &Came) -> Result<String, ApiError> {
    let policy = work.active_policy()?;
    let (order, ordered_on) = came.receivable.as_ref().map_or_else(|| Ok(Default::default()), |id| order(work, id))?;
    let amount = came.minor.map(|minor| writer.money(&Money::new(minor, currency))).transpose()?.unwrap_or_default();
    let day = |iso: &str| claims::written_day(writer.language, iso);
    let named = came.day.map(|date| day(&date.to_iso())).unwrap_or_default();
    let (name, contact) = match request {
        AskAccount::Representative { name, contact, .. } => (name.as_str(), contact.as_str()),
        _ => ("", ""),
    };
    let advice = CreditTexts::of(writer.language).and_then(|texts| texts.advice(&policy.market())).unwrap_or_default();
    let (sentence, date, what) = match (request, &came.undone) {
        (AskAccount::Withdrawal { .. }, _) => ("withdrawal".to_owned(), day(&ordered_on), String::new()),
        (AskAccount::OptOut { channel }, _) => {
            let channel = serde_json::to_value(channel)?;
            (format!("opt_out.{}", channel.as_str().unwrap_or_default()), named, String::new())
        }
        (AskAccount::TakeBack { .. }, Some(undone)) => {
            let on = day(&local(work, undone.asked_ms)?.date().to_string());
            ("take_back".to_owned(), on, writer.say(&format!("name.{}", undone.kind), &[])?)
        }
        (AskAccount::PaidAlready { .. }, _) if came.day.is_none() => ("paid_already.proven".to_owned(), named, String::new()),
        (other, _) => (other.kind().to_owned(), named, String::new()),
    };
    let blanks = [
        ("order", order.as_str()),
        ("amount", &amount),
        ("date", &date),
        ("name", name),
        ("contact", contact),
        ("what", &what),
        ("advice", &advice),
    ];
    Ok(writer.say(&sentence, &blanks)?.trim_end().to_owned())
}

/// An acknowledgement did not leave, or nobody knows whether it did: a human sees to it, where the law asks for it
pub fn undelivered(work: &Work<'_>, customer: &CustomerId, id: &RequestId, reason: &str) -> Result<(), ApiError> {
    let asked = Asked { kind: "acknowledge", about: id.as_str(), customer, receivable: None, message: None, reason: Some(reason) };
    collect::ask(work, asked).map(|_| ())
}

/// As [`undelivered`], of a request of which only the id is known
pub fn failed(work: &Work<'_>, id: &RequestId, reason: &str) -> Result<(), ApiError> {
    let found: Option<(String, String)> = work
        .tx
        .prepare_cached("SELECT customer_id, kind FROM requests WHERE tenant_id = ?1 AND request_id = ?2")?
        .query_row([work.tenant.as_str(), id.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match found {
        Some((customer, kind)) if matches!(kind.as_str(), "withdrawal" | "plan" | "debit") => {
            undelivered(work, &ids::stored(&customer, CustomerId::parse)?, id, reason)
        }
        Some(_) | None => Ok(()),
    }
}
