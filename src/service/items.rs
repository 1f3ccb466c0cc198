//! What was in an order, line by line: as the shop's server confirmed it, under the customer's key, told to nobody but the shop and the customer.

use crate::app::Work;
use crate::error::ApiError;
use crate::ids;
use crate::places::Place;
use crate::vault::DataKey;
use rusqlite::{OptionalExtension as _, params};
use tresen_core::ident::{CustomerId, DecisionId, ReceivableId};
use tresen_core::settle::Pieces;
use tresen_wire::http::{CartLine, ChosenItem, DiagnosticBody, OrderItem};
use tresen_wire::money::Money;

/// Lines of a cart
const LINES_MAX: usize = 500;
/// Characters of a name
const NAME_MAX: usize = 500;
/// Characters of an article's number
const SKU_MAX: usize = 200;

fn problem(code: &str, at: String, message: String, help: &str) -> DiagnosticBody {
    DiagnosticBody { code: code.to_owned(), severity: "error".to_owned(), message, help: help.to_owned(), at }
}

/// Refuses more lines and longer words than anybody reads, all of them at once
pub fn check(lines: &[CartLine]) -> Result<(), ApiError> {
    let mut problems = Vec::new();
    if lines.len() > LINES_MAX {
        let message = format!("the cart has more than {LINES_MAX} lines");
        problems.push(problem("cart.too_many_lines", "/cart/lines".to_owned(), message, "put lines of one kind together"));
    }
    for (index, line) in lines.iter().enumerate() {
        for (key, text, longest) in [("name", &line.name, NAME_MAX), ("sku", &line.sku, SKU_MAX)] {
            if text.chars().count() > longest {
                let message = format!("the text is longer than {longest} characters");
                problems.push(problem("text.too_long", format!("/cart/lines/{index}/{key}"), message, "shorten it"));
            }
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(ApiError::diagnosed("cart.too_long", "the cart is too long", problems)) }
}

/// The lines of an order, for where its decision lies; characters that control something are blanks there
pub fn sealed(key: &DataKey, place: &Place, lines: &[CartLine]) -> Result<Vec<u8>, ApiError> {
    let plain = |text: &str| text.chars().map(|one| if one.is_control() { ' ' } else { one }).collect();
    let lines: Vec<CartLine> =
        lines.iter().map(|line| CartLine { name: plain(&line.name), sku: plain(&line.sku), ..line.clone() }).collect();
    key.seal(place, &serde_json::to_vec(&lines)?)
}

/// What was in an order of a customer's; nothing where that is not known, or the person is erased
pub fn of_order(work: &Work<'_>, customer: &CustomerId, order: &str) -> Result<Vec<OrderItem>, ApiError> {
    let found: Option<(String, Option<Vec<u8>>)> = work
        .tx
        .prepare_cached(
            "SELECT d.decision_id, d.sealed_cart FROM orders o JOIN decisions d ON d.tenant_id = o.tenant_id AND d.decision_id = o.decision_id \
             WHERE o.tenant_id = ?1 AND o.order_ref = ?2 AND o.customer_id = ?3",
        )?
        .query_row(params![work.tenant.as_str(), order, customer.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((decision, Some(sealed))) = found else { return Ok(Vec::new()) };
    let Some(key) = work.key_of(customer)? else { return Ok(Vec::new()) };
    let place = Place::Decision(ids::stored(&decision, DecisionId::parse)?);
    Ok(OrderItem::of_cart(serde_json::from_slice(&key.open(&place, &sealed)?)?))
}

/// What was in the order of a claim, as [`of_order`]
pub fn of_claim(work: &Work<'_>, customer: &CustomerId, receivable: &ReceivableId) -> Result<Vec<OrderItem>, ApiError> {
    let order: Option<String> = work
        .tx
        .prepare_cached("SELECT order_ref FROM receivables WHERE tenant_id = ?1 AND receivable_id = ?2")?
        .query_row([work.tenant.as_str(), receivable.as_str()], |row| row.get(0))
        .optional()?;
    order.map_or_else(|| Ok(Vec::new()), |order| of_order(work, customer, &order))
}

/// Some pieces of a line, for the core to say what they cost
pub fn pieces(item: &OrderItem, chosen: &ChosenItem) -> Pieces {
    Pieces { line: item.amount.minor, pieces: chosen.quantity.unwrap_or(item.quantity), of: item.quantity }
}

/// The lines of an order that are meant; those that are none of it are left out
pub fn meant(items: &[OrderItem], chosen: &[ChosenItem]) -> Vec<OrderItem> {
    let meant = chosen.iter().filter_map(|chosen| {
        let item = items.iter().find(|item| item.id == chosen.id)?;
        let some = pieces(item, chosen);
        Some(OrderItem { quantity: some.pieces, amount: Money::new(some.minor(), &item.amount.currency), ..item.clone() })
    });
    meant.collect()
}

/// What is meant of an order, for the core to say what it costs
///
/// # Errors
///
/// `items.unusable`, with every line that is none of the order, that costs nothing, that is named twice, or of which there are not so many pieces.
pub fn chosen(items: &[OrderItem], chosen: &[ChosenItem]) -> Result<Vec<Pieces>, ApiError> {
    let (mut problems, mut all) = (Vec::new(), Vec::new());
    for (index, one) in chosen.iter().enumerate() {
        let at = |key: &str| format!("/items/{index}/{key}");
        let found = items.iter().find(|item| item.id == one.id && item.amount.minor > 0);
        let is_twice = chosen.iter().take(index).any(|before| before.id == one.id);
        match found {
            None => {
                let message = format!("`{}` is no line of the order that costs something", one.id);
                problems.push(problem("item.unknown", at("id"), message, "pass the `id` of one of the claim's `items`"));
            }
            Some(_) if is_twice => {
                let message = format!("the line `{}` is named twice", one.id);
                problems.push(problem("item.twice", at("id"), message, "name it once, with all the pieces that are meant"));
            }
            Some(item) if !(1..=item.quantity).contains(&one.quantity.unwrap_or(item.quantity)) => {
                let message = format!("of the line `{}` there are {} pieces", one.id, item.quantity);
                problems.push(problem("item.quantity", at("quantity"), message, "pass 1 up to that many, or leave it out for all"));
            }
            Some(item) => all.push(pieces(item, one)),
        }
    }
    if problems.is_empty() { Ok(all) } else { Err(ApiError::diagnosed("items.unusable", "the lines cannot be used", problems)) }
}
