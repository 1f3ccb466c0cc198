//! What was in an order, line by line: as the shop's server confirmed it, under the customer's key, told to nobody but the shop and the customer.

use crate::app::Work;
use crate::error::ApiError;
use crate::ids;
use crate::places::Place;
use crate::vault::DataKey;
use rusqlite::{OptionalExtension as _, params};
use tresen_core::ident::{CustomerId, DecisionId};
use tresen_wire::http::{CartLine, DiagnosticBody, OrderItem};

/// Lines of a cart
const LINES_MAX: usize = 500;
/// Characters of a name
const NAME_MAX: usize = 500;
/// Characters of an article's number
const SKU_MAX: usize = 200;

/// Refuses more lines and longer words than anybody reads, all of them at once
pub fn check(lines: &[CartLine]) -> Result<(), ApiError> {
    let problem = |code: &str, at: String, message: String, help: &str| DiagnosticBody {
        code: code.to_owned(),
        severity: "error".to_owned(),
        message,
        help: help.to_owned(),
        at,
    };
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
