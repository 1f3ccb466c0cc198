//! What is put together from the ledger: how an order stands, and that a payment has come.
//!
//! No invoice is made here: that is the shop's, with all that the tax law wants of it (UStG section 14(4)).

use super::Access;
use super::receipt::{Writer, order};
use crate::app::Work;
use crate::claims;
use crate::error::ApiError;
use crate::items;
use crate::ledger::day;
use crate::paylinks;
use rusqlite::params;
use tresen_core::date::Date;
use tresen_core::ident::{PaymentId, ReceivableId};
use tresen_core::receivable::{Account, Payment, PaymentState, Sums};
use tresen_wire::http::OrderItem;
use tresen_wire::money::Money;

/// The title of a document, and its text
type Made = Option<(String, String)>;

/// The day on which a payment came; nothing of one that is on its way, never came, or was taken back
pub fn received_on(payment: &Payment) -> Option<Date> {
    let is_gone = payment.chargeback.as_ref().is_some_and(|chargeback| chargeback.lost != Some(false));
    match payment.state {
        PaymentState::Settled { value_date } if !is_gone => Some(value_date),
        PaymentState::Settled { .. } | PaymentState::Pending { .. } | PaymentState::Failed | PaymentState::Reversed => None,
    }
}

/// Writes rows of a name and an amount
struct Rows<'a> {
    writer: &'a Writer,
    currency: &'a str,
}

impl Rows<'_> {
    fn row(&self, name: &str, minor: i64) -> Result<String, ApiError> {
        let amount = self.writer.money(&Money::new(minor.saturating_abs(), self.currency))?;
        Ok(format!("{name}\t{}{amount}", if minor < 0 { "−" } else { "" }))
    }

    fn said(&self, name: &str, minor: i64) -> Result<String, ApiError> {
        self.row(&self.writer.say(name, &[])?, minor)
    }

    fn day(&self, iso: &str) -> String {
        claims::written_day(self.writer.language(), iso)
    }
}

/// How an order stands; nothing of a claim that is somebody else's
pub fn of_claim(work: &Work<'_>, access: &Access, account: &Account, writer: &Writer, id: &ReceivableId) -> Result<Made, ApiError> {
    let Some(Sums { agreed, costs, interest, credited, let_go, paid, .. }) = account.sums(id) else { return Ok(None) };
    let (order, ordered_on) = order(work, id)?;
    let reference: Option<String> = work
        .tx
        .prepare_cached("SELECT reference FROM receivables WHERE tenant_id = ?1 AND receivable_id = ?2")?
        .query_row(params![work.tenant.as_str(), id.as_str()], |row| row.get(0))?;
    let rows = Rows { writer, currency: &access.currency };
    let (extra, open) = (costs.saturating_add(interest), account.open(id));
    let mut facts = vec![format!("{}\t{}", writer.say("document.ordered", &[])?, rows.day(&ordered_on))];
    // Of what nobody asks for at present no day is told; of a plan, that of the next rate.
    let today = day(work.moment.today)?;
    if let Some(due) = account.cycle(id).filter(|_| open > 0 && account.asked(id, today) == open) {
        let name = if account.plan_of(id).is_some() { "document.next_rate" } else { "document.due" };
        facts.push(format!("{}\t{}", writer.say(name, &[])?, rows.day(&due.to_iso())));
    }
    if let Some(reference) = reference {
        facts.push(format!("{}\t{reference}", writer.say("document.reference", &[])?));
    }
    let items = items::of_order(work, &access.customer, &order)?;
    let named = |item: &OrderItem| if item.quantity > 1 { format!("{} × {}", item.quantity, item.name) } else { item.name.clone() };
    let mut bought: Vec<String> = items.iter().map(|item| rows.row(&named(item), item.amount.minor)).collect::<Result<_, _>>()?;
    let of_method = agreed.saturating_sub(items.iter().map(|item| item.amount.minor).fold(0, i64::saturating_add));
    if !items.is_empty() && of_method != 0 {
        bought.push(rows.said("document.method_cost", of_method)?);
    }
    bought.push(rows.said("document.agreed", agreed)?);
    let less = |minor: i64| 0_i64.saturating_sub(minor);
    let since = [
        ("document.extra", extra),
        ("document.paid", less(paid)),
        ("document.credited", less(credited)),
        ("document.let_go", less(let_go)),
    ];
    for (name, minor) in since.into_iter().filter(|(_, minor)| *minor != 0) {
        bought.push(rows.said(name, minor)?);
    }
    bought.push(rows.said("document.open", open)?);
    let shop = paylinks::shop(work)?;
    let lead = writer.say("document.lead", &[("date", &rows.day(&work.moment.today.to_string())), ("shop", &shop.name)])?;
    Ok(Some((writer.say("document.statement", &[("order", &order)])?, [lead, facts.join("\n"), bought.join("\n")].join("\n\n"))))
}

/// That a payment has come, and what it was put to; nothing of one that has not
pub fn of_payment(work: &Work<'_>, access: &Access, account: &Account, writer: &Writer, id: &PaymentId) -> Result<Made, ApiError> {
    let Some((_, payment)) = account.payments().find(|(other, _)| *other == id) else { return Ok(None) };
    let Some(on) = received_on(payment) else { return Ok(None) };
    let rows = Rows { writer, currency: &access.currency };
    let amount = writer.money(&Money::new(payment.minor, &access.currency))?;
    let mut put: Vec<(&ReceivableId, i64)> = Vec::new();
    for line in &payment.lines {
        match put.iter_mut().find(|(claim, _)| *claim == &line.receivable) {
            Some((_, minor)) => *minor = minor.saturating_add(line.minor),
            None => put.push((&line.receivable, line.minor)),
        }
    }
    let mut lines = Vec::new();
    for (claim, minor) in &put {
        let (order, _) = order(work, claim)?;
        lines.push(rows.row(&writer.say("document.order", &[("order", &order)])?, *minor)?);
    }
    let spent = put.iter().map(|(_, minor)| *minor).fold(0, i64::saturating_add).saturating_add(payment.refunded);
    if payment.refunded > 0 {
        lines.push(rows.said("document.refunded", payment.refunded)?);
    }
    if payment.minor > spent {
        lines.push(rows.said("document.credit", payment.minor.saturating_sub(spent))?);
    }
    let lead = writer.say("document.payment", &[("date", &rows.day(&on.to_iso())), ("amount", &amount)])?;
    let number = writer.say("document.number", &[("payment", id.as_str())])?;
    let text = [lead, lines.join("\n"), number].into_iter().filter(|paragraph| !paragraph.is_empty()).collect::<Vec<_>>().join("\n\n");
    Ok(Some((writer.say("name.payment", &[])?, text)))
}
