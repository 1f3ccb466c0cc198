//! What a human granted: one order that may be paid with a method after all.
//!
//! **Invariant:** a grant counts for the customer who asked, for the method that was asked for, up to its amount and its last day, and for one
//! bound order; an order that a failed payment releases gives it back.

use crate::app::Work;
use crate::error::ApiError;
use crate::ids;
use rusqlite::{OptionalExtension as _, params};
use std::collections::BTreeMap;
use tresen_core::ident::{CustomerId, DecisionId, ReviewId};
use tresen_wire::http::ReviewGrant;
use tresen_wire::money::Money;

/// A grant that no order stands on
#[derive(Debug)]
pub struct Open {
    /// The review that it came of
    pub review: ReviewId,
    /// The most that the shopper may pay
    pub amount: Money,
    /// The last day on which it counts
    pub until: String,
    /// Whether it counts beyond what the customer may owe in all
    pub beyond_exposure: bool,
}

/// The open grants of a customer for a method today, the widest last
pub fn open(work: &Work<'_>, customer: &CustomerId, method: &str) -> Result<Vec<Open>, ApiError> {
    let mut statement = work.tx.prepare_cached(
        "SELECT g.review_id, g.currency, g.amount_minor, g.beyond_exposure, g.until FROM grants g \
         WHERE g.tenant_id = ?1 AND g.customer_id = ?2 AND g.method = ?3 AND g.until >= ?4 AND NOT EXISTS ( \
         SELECT 1 FROM grant_uses u JOIN orders o ON o.tenant_id = u.tenant_id AND o.order_ref = u.order_ref AND o.decision_id = u.decision_id \
         WHERE u.tenant_id = g.tenant_id AND u.review_id = g.review_id AND o.state = 'bound') \
         ORDER BY g.beyond_exposure, g.amount_minor, g.review_id",
    )?;
    let mut rows = statement.query(params![work.tenant.as_str(), customer.as_str(), method, work.moment.today.to_string()])?;
    let mut grants = Vec::new();
    while let Some(row) = rows.next()? {
        let currency: String = row.get(1)?;
        grants.push(Open {
            review: ids::stored(&row.get::<_, String>(0)?, ReviewId::parse)?,
            amount: Money::new(row.get(2)?, &currency),
            beyond_exposure: row.get(3)?,
            until: row.get(4)?,
        });
    }
    Ok(grants)
}

/// The most that is granted to a customer today for each method, by their ids
///
/// A grant beyond what the customer may owe in all counts here like any other: a browser's policy knows of no such exception, so there the confirm alone makes
/// it.
pub fn widest(work: &Work<'_>, customer: &CustomerId) -> Result<BTreeMap<String, Money>, ApiError> {
    let mut statement =
        work.tx.prepare_cached("SELECT DISTINCT method FROM grants WHERE tenant_id = ?1 AND customer_id = ?2 AND until >= ?3")?;
    let methods = statement.query_map(params![work.tenant.as_str(), customer.as_str(), work.moment.today.to_string()], |row| row.get(0))?;
    let mut widest = BTreeMap::new();
    for method in methods {
        let method: String = method?;
        if let Some(most) = open(work, customer, &method)?.into_iter().map(|grant| grant.amount).max_by_key(|amount| amount.minor) {
            widest.insert(method, most);
        }
    }
    Ok(widest)
}

/// What came of a review
pub fn of(work: &Work<'_>, review: &ReviewId) -> Result<Option<ReviewGrant>, ApiError> {
    Ok(work
        .tx
        .prepare_cached("SELECT currency, amount_minor, until, beyond_exposure FROM grants WHERE tenant_id = ?1 AND review_id = ?2")?
        .query_row(params![work.tenant.as_str(), review.as_str()], |row| {
            let currency: String = row.get(0)?;
            Ok(ReviewGrant { amount: Money::new(row.get(1)?, &currency), until: row.get(2)?, beyond_exposure: row.get(3)? })
        })
        .optional()?)
}

/// The order that stands on a review's grant
pub fn used_by(work: &Work<'_>, review: &ReviewId) -> Result<Option<String>, ApiError> {
    Ok(work
        .tx
        .prepare_cached(
            "SELECT u.order_ref FROM grant_uses u JOIN orders o ON o.tenant_id = u.tenant_id AND o.order_ref = u.order_ref \
             AND o.decision_id = u.decision_id WHERE u.tenant_id = ?1 AND u.review_id = ?2 AND o.state = 'bound'",
        )?
        .query_row(params![work.tenant.as_str(), review.as_str()], |row| row.get(0))
        .optional()?)
}

/// The review whose grant set the reasons of a decision aside
pub fn review_of(work: &Work<'_>, decision: &DecisionId) -> Result<Option<String>, ApiError> {
    Ok(work
        .tx
        .prepare_cached("SELECT review_id FROM grant_uses WHERE tenant_id = ?1 AND decision_id = ?2")?
        .query_row(params![work.tenant.as_str(), decision.as_str()], |row| row.get(0))
        .optional()?)
}
