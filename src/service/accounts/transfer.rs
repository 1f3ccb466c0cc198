//! Where a transfer of an amount that the customer chose goes, with what they write on it.

use super::{Access, menu};
use crate::app::Work;
use crate::error::ApiError;
use crate::ledger::today;
use crate::paylinks;
use tresen_core::ident::ReceivableId;
use tresen_core::settle::{NoPart, Situation, part};
use tresen_wire::http::AccountTransfer;
use tresen_wire::money::Money;

/// What the customer wants to transfer
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Minor units of the account's currency
    minor: i64,
    /// For which claims; for none, those that are due first
    claims: Vec<ReceivableId>,
}

/// Reads what is wanted; no value needs an escape, so none is read
///
/// # Errors
///
/// `query.unknown`.
pub fn wanted(query: &str) -> Result<Wanted, ApiError> {
    let refused = || {
        ApiError::new(
            400,
            "query.unknown",
            "the query has a parameter or a value that is not known here",
            "pass `amount` in whole minor units, and `receivable` with the id of a claim as often as there are claims",
        )
    };
    let mut wanted = Wanted::default();
    for (name, value) in query.split('&').filter_map(|part| part.split_once('=')) {
        match name {
            "amount" => wanted.minor = value.parse().map_err(|_| refused())?,
            "receivable" => wanted.claims.push(ReceivableId::parse(value).ok_or_else(refused)?),
            _ => return Err(refused()),
        }
    }
    Ok(wanted)
}

/// Where it goes: on it stand the references of the claims that it would pay
///
/// # Errors
///
/// `account.over`, as [`Access::check`]; `part.amount` for nothing and for more than is asked for, and the other codes of [`NoPart`] where nothing is.
pub fn transfer(work: &Work<'_>, access: &Access, wanted: &Wanted) -> Result<AccountTransfer, ApiError> {
    access.check(work)?;
    let account = today(work, &access.customer, &access.currency)?;
    let situation = menu::situation(work, access, &account)?;
    let named = if wanted.claims.is_empty() { earliest_first(&situation) } else { wanted.claims.clone() };
    let paid = part(&situation, wanted.minor, &named).map_err(refused)?;
    let mut claims: Vec<ReceivableId> = Vec::new();
    for line in paid.lines {
        if !claims.contains(&line.receivable) {
            claims.push(line.receivable);
        }
    }
    Ok(AccountTransfer { transfer: paylinks::transfer_for(work, &claims, &Money::new(wanted.minor, &access.currency))? })
}

/// What stands on a transfer names what it pays (BGB section 366(1)): who names nothing pays what is due first, and not a little of everything
fn earliest_first(situation: &Situation) -> Vec<ReceivableId> {
    let mut payable: Vec<_> = situation.offered(&[]).map(|claim| (claim.owing.since, claim.owing.receivable.clone())).collect();
    payable.sort();
    payable.into_iter().map(|(_, receivable)| receivable).collect()
}

fn refused(why: NoPart) -> ApiError {
    let (message, help) = match why {
        NoPart::NothingOpen => ("nothing is open", "nothing is to be done: look at the account once more"),
        NoPart::Elsewhere => ("an agency has what is open", "pay to the agency: no money is taken here"),
        NoPart::Held => ("somebody looks at what is open first", "nothing is to be paid until that is settled"),
        NoPart::Amount => ("so much is not open", "pass an amount above zero, up to what is asked for: look at the account once more"),
    };
    ApiError::new(409, why.code(), message, help)
}
