//! Whoever pays by their account.

use super::Access;
use crate::app::Work;
use crate::error::ApiError;
use crate::ledger::today;
use crate::paying::Payer;
use crate::{collect, paylinks};

/// The payer of everything that is owed; who names no page of the shop's to come back to comes back to the shop's website
///
/// # Errors
///
/// `account.over`, as [`Access::check`].
pub fn payer(work: &Work<'_>, access: &Access) -> Result<Payer, ApiError> {
    access.check(work)?;
    let account = today(work, &access.customer, &access.currency)?;
    Ok(Payer {
        customer: access.customer.clone(),
        currency: access.currency.clone(),
        receivables: account.receivables().map(|(id, _)| id.clone()).collect(),
        locale: collect::voice(work, &access.customer)?.locale,
        back: paylinks::shop(work)?.website.unwrap_or_else(|| "..".to_owned()),
        paylink: None,
    })
}
