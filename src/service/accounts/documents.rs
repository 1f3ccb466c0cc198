//! What there is to keep: what was acknowledged and agreed to, what was written about a claim, what was paid, and how each order stands.
//!
//! **Invariant:** what was sent is shown word for word, its columns as rows; what is put together here says only what the ledger says, and its sums are the ledger's.

use super::receipt::{Writer, local};
use super::{Access, statement};
use crate::app::Work;
use crate::claims;
use crate::collect;
use crate::error::ApiError;
use crate::ledger::today;
use crate::paylinks;
use crate::places::Place;
use rusqlite::{OptionalExtension as _, params};
use tresen_core::ident::{MessageId, PaymentId, ReceivableId, RequestId};
use tresen_core::ladder::Channel;
use tresen_core::receivable::Account;
use tresen_letters::{Sheet, document as paper};
use tresen_texts::Language;
use tresen_wire::http::AccountDocument;

/// Of each kind, the newest
const SHOWN_MAX: u32 = 30;

/// A document as it is read
#[derive(Debug)]
pub struct Document {
    /// What it is called
    pub title: String,
    /// Paragraphs with an empty line between them; a line with a tab in it is a row of a name and a value
    pub text: String,
    /// The letter that it was, as it was printed
    pub letter: Option<Vec<u8>>,
}

/// What there is to keep, the newest first
pub fn all(work: &Work<'_>, access: &Access, account: &Account) -> Result<Vec<AccountDocument>, ApiError> {
    let list = List { work, access, writer: Writer::of(collect::voice(work, &access.customer)?.language)? };
    let mut dated = list.acknowledged()?;
    dated.extend(list.written()?);
    dated.extend(list.paid(account)?);
    dated.sort_by(|(one, _), (other, _)| other.cmp(one));
    dated.extend(list.standing(account)?);
    Ok(dated.into_iter().map(|(_, document)| document).collect())
}

/// The documents of an access, each with its local day
struct List<'a> {
    work: &'a Work<'a>,
    access: &'a Access,
    writer: Writer,
}

type Dated = Vec<(String, AccountDocument)>;

impl List<'_> {
    fn named(&self, kind: &str, id: &str, on: String) -> Result<(String, AccountDocument), ApiError> {
        let name = self.writer.known(&format!("name.{kind}")).map_or_else(|| self.writer.say("name.message", &[]), Ok)?;
        let name = format!("{name}, {}", claims::written_day(self.writer.language(), &on));
        Ok((on, self.document(kind, id, name)))
    }

    fn document(&self, kind: &str, id: &str, name: String) -> AccountDocument {
        AccountDocument { kind: kind.to_owned(), name, url: format!("/v1/accounts/{}/documents/{id}", self.access.token) }
    }

    fn acknowledged(&self) -> Result<Dated, ApiError> {
        let sql = "SELECT request_id, kind, asked_ms FROM requests WHERE tenant_id = ?1 AND customer_id = ?2 AND currency = ?3 \
                   AND sealed_receipt IS NOT NULL ORDER BY asked_ms DESC, request_id DESC LIMIT ?4";
        self.rows(sql)
    }

    /// What was said on the telephone is no document, and what did not leave is none either
    fn written(&self) -> Result<Dated, ApiError> {
        let sql = "SELECT message_id, occasion, coalesce(sent_ms, planned_ms) FROM contacts WHERE tenant_id = ?1 AND customer_id = ?2 AND currency = ?3 \
                   AND state IN ('sent', 'delivered') AND channel <> 'telephone' ORDER BY planned_ms DESC, message_id DESC LIMIT ?4";
        self.rows(sql)
    }

    fn rows(&self, sql: &str) -> Result<Dated, ApiError> {
        let Self { work, access, .. } = self;
        let mut statement = work.tx.prepare_cached(sql)?;
        let given = params![work.tenant.as_str(), access.customer.as_str(), access.currency, SHOWN_MAX];
        let rows = statement.query_map(given, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let mut dated = Vec::new();
        for row in rows {
            let (id, kind, ms): (String, String, i64) = row?;
            dated.push(self.named(&kind, &id, local(work, ms)?.date().to_string())?);
        }
        Ok(dated)
    }

    fn paid(&self, account: &Account) -> Result<Dated, ApiError> {
        let received = account.payments_by_day().into_iter().rev();
        let received = received.filter_map(|(id, payment)| Some((id, statement::received_on(payment)?)));
        received.take(SHOWN_MAX as usize).map(|(id, on)| self.named("payment", id.as_str(), on.to_iso())).collect()
    }

    /// How each order stands, the newest first
    fn standing(&self, account: &Account) -> Result<Dated, ApiError> {
        let mut ids: Vec<&ReceivableId> = account.receivables().map(|(id, _)| id).collect();
        // Ids sort by time.
        ids.reverse();
        ids.truncate(SHOWN_MAX as usize);
        let each = ids.into_iter().map(|id| {
            let (order, on) = super::receipt::order(self.work, id)?;
            Ok((on, self.document("statement", id.as_str(), self.writer.say("document.statement", &[("order", &order)])?)))
        });
        each.collect()
    }
}

/// One of them
///
/// # Errors
///
/// `document.unknown`, also for somebody else's.
pub fn read(work: &Work<'_>, access: &Access, id: &str) -> Result<Document, ApiError> {
    access.check(work)?;
    let writer = Writer::of(collect::voice(work, &access.customer)?.language)?;
    if let Some(id) = RequestId::parse(id) {
        return acknowledged(work, access, &writer, id);
    }
    if let Some(id) = MessageId::parse(id) {
        return written(work, access, &id);
    }
    let account = today(work, &access.customer, &access.currency)?;
    let found = if let Some(id) = ReceivableId::parse(id) {
        statement::of_claim(work, access, &account, &writer, &id)?
    } else if let Some(id) = PaymentId::parse(id) {
        statement::of_payment(work, access, &account, &writer, &id)?
    } else {
        None
    };
    let (title, text) = found.ok_or_else(unknown)?;
    Ok(Document { title, text, letter: None })
}

fn unknown() -> ApiError {
    ApiError::unknown("document.unknown", "document")
}

/// Word for word as it was mailed
fn acknowledged(work: &Work<'_>, access: &Access, writer: &Writer, id: RequestId) -> Result<Document, ApiError> {
    let found: Option<(String, Option<Vec<u8>>)> = work
        .tx
        .prepare_cached(
            "SELECT kind, sealed_receipt FROM requests WHERE tenant_id = ?1 AND request_id = ?2 AND customer_id = ?3 AND currency = ?4",
        )?
        .query_row(params![work.tenant.as_str(), id.as_str(), access.customer.as_str(), access.currency], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let Some((kind, Some(sealed))) = found else { return Err(unknown()) };
    let key = work.key_of(&access.customer)?.ok_or_else(unknown)?;
    let text = String::from_utf8(key.open(&Place::Request(id), &sealed)?).map_err(ApiError::internal)?;
    Ok(Document { title: writer.say(&format!("name.{kind}"), &[])?, text, letter: None })
}

/// What was written about what is owed, on the way that it went
fn written(work: &Work<'_>, access: &Access, id: &MessageId) -> Result<Document, ApiError> {
    let contact = collect::Contact::find(work, id)?.filter(|contact| {
        contact.customer == access.customer && contact.currency == access.currency && matches!(contact.state.as_str(), "sent" | "delivered")
    });
    let Some(contact) = contact.filter(|contact| contact.channel != Channel::Telephone) else { return Err(unknown()) };
    let parcel = contact.parcel(work)?.ok_or_else(unknown)?;
    let text = if contact.channel == Channel::TextMessage { parcel.text_message.clone() } else { in_rows(&parcel.text) };
    Ok(Document { title: parcel.subject.clone(), text, letter: parcel.pdf() })
}

/// What stands in columns of a mail, in letters of one width, as rows of a name and a value; every word stays
fn in_rows(mail: &str) -> String {
    let mut paragraphs: Vec<(bool, Vec<String>)> = Vec::new();
    for line in mail.lines() {
        let row = line
            .split_once("  ")
            .map(|(name, value)| (name, value.trim()))
            .filter(|(name, value)| !name.is_empty() && !value.contains("  ") && value.contains(|letter: char| letter.is_ascii_digit()));
        // The line above a total is drawn by whoever shows the rows.
        let is_rule = line.len() > 2 && line.bytes().all(|byte| byte == b'-');
        match (paragraphs.last_mut(), row) {
            (Some((true, rows)), Some((name, value))) => rows.push(format!("{name}\t{value}")),
            (_, Some((name, value))) => paragraphs.push((true, vec![format!("{name}\t{value}")])),
            (Some((true, _)), None) if is_rule => {}
            (Some((false, lines)), None) if !line.is_empty() => lines.push(line.to_owned()),
            (_, None) => paragraphs.push((false, if line.is_empty() { Vec::new() } else { vec![line.to_owned()] })),
        }
    }
    let written = paragraphs.into_iter().filter(|(_, lines)| !lines.is_empty()).map(|(_, lines)| lines.join("\n"));
    written.collect::<Vec<_>>().join("\n\n")
}

impl Document {
    /// On paper: the letter as it was printed, or the text with the shop's name above it
    ///
    /// # Errors
    ///
    /// `document.no_pdf` where the letters of this build cannot write it.
    pub fn pdf(self, work: &Work<'_>, language: Language) -> Result<Vec<u8>, ApiError> {
        if let Some(letter) = self.letter {
            return Ok(letter);
        }
        let shop = paylinks::shop(work)?;
        let creditor = shop.creditor.as_deref().unwrap_or(&shop.name);
        let sheet = Sheet { shop: &shop.name, creditor, title: &self.title, text: &self.text, language };
        paper(&sheet).map_err(|why| {
            let message = format!("there is no PDF of this document: {why}");
            ApiError::new(409, "document.no_pdf", message, "read it as text: leave out `as=pdf`")
        })
    }
}

/// In which language an access is written to
pub fn language(work: &Work<'_>, access: &Access) -> Result<Language, ApiError> {
    Ok(collect::voice(work, &access.customer)?.language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_rows_and_every_word_stays() {
        let mail = "Hallo  Welt\n\nRechnung 7 vom 9. Mai\nWarenwert          99,00 €\nIhre Zahlung, danke  −30,00 €\n-----------------\nNoch zu zahlen      69,00 €\n\n\
                    69,00 € bezahlen:\nhttps://a.example/-\n\n-- \nA  B  2\n";
        let shown = "Hallo  Welt\n\nRechnung 7 vom 9. Mai\n\nWarenwert\t99,00 €\nIhre Zahlung, danke\t−30,00 €\nNoch zu zahlen\t69,00 €\n\n\
                     69,00 € bezahlen:\nhttps://a.example/-\n\n-- \nA  B  2";
        assert_eq!(in_rows(mail), shown);
        assert_eq!(in_rows(""), "");
    }

    #[test]
    fn an_id_of_one_kind_is_none_of_another() {
        let ids = [
            RequestId::from_bytes([1; 16]).to_string(),
            MessageId::from_bytes([1; 16]).to_string(),
            ReceivableId::from_bytes([1; 16]).to_string(),
            PaymentId::from_bytes([1; 20]).to_string(),
        ];
        for (place, id) in ids.iter().enumerate() {
            let read = [
                RequestId::parse(id).is_some(),
                MessageId::parse(id).is_some(),
                ReceivableId::parse(id).is_some(),
                PaymentId::parse(id).is_some(),
            ];
            assert_eq!(read.iter().position(|is_read| *is_read), Some(place), "{id}");
            assert_eq!(read.iter().filter(|is_read| **is_read).count(), 1, "{id}");
        }
    }
}
