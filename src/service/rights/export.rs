//! All that is stored about a person, opened: what, where and why.

use super::{Person, unknown};
use crate::accounts;
use crate::app::Work;
use crate::bureau;
use crate::clock::{instant, wire};
use crate::collect;
use crate::error::ApiError;
use crate::ids;
use crate::incoming;
use crate::items;
use crate::journal;
use crate::merges;
use crate::payments;
use crate::places::Place;
use crate::proofs;
use crate::records;
use crate::reviews;
use crate::sessions::Session;
use crate::steps;
use rusqlite::{OptionalExtension as _, params};
use serde_json::Value;
use tresen_core::ident::{CustomerId, DecisionId, PaymentId, ReviewId, SessionId};
use tresen_wire::http::{EXPORT_KIND, Exported, ExportedOrder, ExportedPerson, ExportedSession, Facts, PersonExport, ReceivedPayment};
use tresen_wire::money::Money;

/// The version of the form
const FORMAT: u16 = 1;

const GOES: &str = "goes";
const UNDER_THE_ID: &str = "stays under the service's own id, which names nobody, for the merchant's books (GDPR Art. 17(3)(b))";

/// The file
pub fn export(work: &Work<'_>, person: Person<'_>) -> Result<PersonExport, ApiError> {
    let customer = person.id(work)?;
    let Names { sessions, decisions, reviews, of_account, payments, received } = Names::of(work, &customer)?;
    let (check_places, checks): (Vec<Place>, Vec<Value>) = steps::export(work, &customer)?.into_iter().unzip();
    let places = [Place::Customer(customer.clone())]
        .into_iter()
        .chain(decisions.iter().cloned().map(Place::Decision))
        .chain(of_account)
        .chain(payments.iter().cloned().map(Place::Payment))
        .chain(reviews.iter().cloned().map(Place::Review))
        .chain(check_places);
    let mut events = Vec::new();
    for place in places {
        events.append(&mut journal::of(work.tx, &work.tenant, &place)?);
    }
    Ok(PersonExport {
        kind: EXPORT_KIND.to_owned(),
        format: FORMAT,
        exported_at: wire(work.moment.now),
        same_person: merges::same_person(work, &customer)?,
        person: exported("customers", "to know the person again, and to send receipts", GOES, vec![who(work, person, &customer)?]),
        sessions: exported(
            "sessions",
            "to decide which payment methods can be offered, on what the shop said",
            "the facts, the e-mail and the address to return to go; that there was a visit stays",
            each(sessions, |id| session(work, id))?,
        ),
        decisions: exported(
            "decisions",
            "to explain and to defend how it was decided (GDPR Art. 22, Directive (EU) 2023/2225 Art. 18)",
            "the facts go; what was decided, by which policy and with which consents, stays (GDPR Art. 17(3)(e))",
            each(decisions, |id| records::decision(work, id))?,
        ),
        reviews: exported(
            "reviews",
            "to have a human look at a decision and to answer",
            "the words go, of the person and of the answer; that it was asked and what came of it stays",
            each(reviews, |id| reviews::find(work, id))?,
        ),
        checks: exported(
            "checks",
            "to confirm what the person said, where the risk asked for it",
            "what was to be confirmed goes; that it was asked and what came of it stays",
            checks,
        ),
        inquiries: exported(
            "inquiries",
            "to ask a credit bureau before time to pay is granted",
            "the answer goes; that it was asked, why, and when stays (GDPR Art. 17(3)(e))",
            bureau::export(work, &customer)?,
        ),
        history: exported("histories", "to count what was before the service kept it", UNDER_THE_ID, history(work, &customer)?),
        orders: exported("orders", "to bind one order to one decision", UNDER_THE_ID, orders(work, &customer)?),
        receivables: exported("receivables", "to know what is owed and what is paid", UNDER_THE_ID, records::receivables(work, &customer)?),
        payments: exported(
            "payments",
            "to follow a payment at its provider",
            UNDER_THE_ID,
            each(payments, |id| Ok(payments::find(work, id)?.seen))?,
        ),
        // What a payment cost is the merchant's affair, and nothing about the person.
        received_payments: exported(
            "incoming_payments",
            "to know what was paid, when, and what for",
            UNDER_THE_ID,
            each(received, |id| Ok(ReceivedPayment { fee: None, expected_fee: None, ..incoming::find(work, id)? }))?,
        ),
        contact: exported("contact_details", "to reach the person about what they owe", GOES, collect::export_contact(work, &customer)?),
        messages: exported(
            "contacts",
            "to remind of what is owed, and to show what was written",
            "what they say goes; that they were sent, when, and about which claim stays",
            collect::export_messages(work, &customer)?,
        ),
        requests: exported("requests", "to do what the person asks for in their account", GOES, accounts::export(work, &customer)?),
        proofs: exported("proofs", "to show what the person asks for: a receipt, a photo", GOES, proofs::export(work, &customer)?),
        events: exported("events", "the books: what happened, in order, unchangeable", UNDER_THE_ID, events),
    })
}

fn exported<T>(stored_in: &str, why: &str, on_erasure: &str, items: Vec<T>) -> Exported<T> {
    Exported { stored_in: stored_in.to_owned(), why: why.to_owned(), on_erasure: on_erasure.to_owned(), items }
}

fn each<N, T>(names: Vec<N>, mut find: impl FnMut(&N) -> Result<T, ApiError>) -> Result<Vec<T>, ApiError> {
    names.iter().map(&mut find).collect()
}

/// The names of everything that is the person's, oldest first
struct Names {
    sessions: Vec<SessionId>,
    decisions: Vec<DecisionId>,
    reviews: Vec<ReviewId>,
    /// The streams of the person's account: claims, what was paid for them, and what is about several
    of_account: Vec<Place>,
    payments: Vec<PaymentId>,
    received: Vec<PaymentId>,
}

impl Names {
    fn of(work: &Work<'_>, customer: &CustomerId) -> Result<Self, ApiError> {
        Ok(Self {
            sessions: names(
                work,
                customer,
                "SELECT session_id FROM sessions WHERE tenant_id = ?1 AND customer_id = ?2 ORDER BY opened_ms, session_id",
                SessionId::parse,
            )?,
            decisions: names(
                work,
                customer,
                "SELECT decision_id FROM decisions WHERE tenant_id = ?1 AND customer_id = ?2 ORDER BY decision_id",
                DecisionId::parse,
            )?,
            reviews: names(
                work,
                customer,
                "SELECT review_id FROM reviews WHERE tenant_id = ?1 AND customer_id = ?2 ORDER BY review_id",
                ReviewId::parse,
            )?,
            of_account: names(
                work,
                customer,
                "SELECT e.stream FROM account_events a JOIN events e ON e.position = a.position WHERE a.tenant_id = ?1 AND a.customer_id = ?2 \
                 GROUP BY e.stream ORDER BY min(a.position)",
                Place::parse,
            )?,
            payments: names(
                work,
                customer,
                "SELECT payment_id FROM payments WHERE tenant_id = ?1 AND customer_id = ?2 ORDER BY changed_on, payment_id",
                PaymentId::parse,
            )?,
            received: names(
                work,
                customer,
                "SELECT payment_id FROM incoming_payments WHERE tenant_id = ?1 AND customer_id = ?2 ORDER BY received_ms, payment_id",
                PaymentId::parse,
            )?,
        })
    }
}

fn names<T>(work: &Work<'_>, customer: &CustomerId, sql: &str, parse: fn(&str) -> Option<T>) -> Result<Vec<T>, ApiError> {
    let mut statement = work.tx.prepare_cached(sql)?;
    let mut rows = statement.query(params![work.tenant.as_str(), customer.as_str()])?;
    let mut names = Vec::new();
    while let Some(row) = rows.next()? {
        names.push(ids::stored(&row.get::<_, String>(0)?, parse)?);
    }
    Ok(names)
}

fn who(work: &Work<'_>, person: Person<'_>, customer: &CustomerId) -> Result<ExportedPerson, ApiError> {
    let (_, kind, _) = person.parts();
    let (reference, email) = work.personal(customer)?.ok_or_else(unknown)?;
    let created: i64 = work
        .tx
        .prepare_cached("SELECT created_ms FROM customers WHERE tenant_id = ?1 AND customer_id = ?2")?
        .query_row(params![work.tenant.as_str(), customer.as_str()], |row| row.get(0))?;
    Ok(ExportedPerson { customer: customer.to_string(), kind: kind.to_owned(), reference, email, known_since: instant(created)? })
}

fn session(work: &Work<'_>, id: &SessionId) -> Result<ExportedSession, ApiError> {
    let session = Session::load(work, id)?;
    Ok(ExportedSession {
        session: session.id.to_string(),
        signed_in: session.signed_in,
        opened_at: wire(session.opened),
        expires_at: wire(session.expires),
        policy_hash: session.policy.hash().to_string(),
        locale: session.locale,
        address_form: session.address_form.code().to_owned(),
        return_url: session.return_url,
        facts: session.details.facts,
        guest_email: session.details.guest_email,
    })
}

fn history(work: &Work<'_>, customer: &CustomerId) -> Result<Vec<Facts>, ApiError> {
    let facts: Option<String> = work
        .tx
        .prepare_cached("SELECT facts FROM histories WHERE tenant_id = ?1 AND customer_id = ?2")?
        .query_row(params![work.tenant.as_str(), customer.as_str()], |row| row.get(0))
        .optional()?;
    facts.into_iter().map(|facts| Ok(serde_json::from_str(&facts)?)).collect()
}

fn orders(work: &Work<'_>, customer: &CustomerId) -> Result<Vec<ExportedOrder>, ApiError> {
    let mut statement = work.tx.prepare_cached(
        "SELECT order_ref, decision_id, currency, amount_minor, ordered_on, state FROM orders WHERE tenant_id = ?1 AND customer_id = ?2 \
         ORDER BY ordered_on, order_ref",
    )?;
    let mut rows = statement.query(params![work.tenant.as_str(), customer.as_str()])?;
    let mut orders = Vec::new();
    while let Some(row) = rows.next()? {
        let (order, currency): (String, String) = (row.get("order_ref")?, row.get("currency")?);
        orders.push(ExportedOrder {
            decision_id: row.get("decision_id")?,
            amount: Money::new(row.get("amount_minor")?, &currency),
            ordered_on: row.get("ordered_on")?,
            state: row.get("state")?,
            items: items::of_order(work, customer, &order)?,
            order,
        });
    }
    Ok(orders)
}
