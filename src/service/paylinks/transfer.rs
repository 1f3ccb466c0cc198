//! Where a transfer goes, and the code by which a banking app fills it in.

use crate::app::Work;
use crate::claims;
use crate::error::ApiError;
use crate::ledger::day;
use rusqlite::{OptionalExtension as _, params};
use tresen_core::collect::{Asked, Standing, standing};
use tresen_core::ident::ReceivableId;
use tresen_letters::qr::Code;
use tresen_wire::epc::{self, Remittance};
use tresen_wire::http::{Drawing, ReceivableTransfer, Transfer};
use tresen_wire::money::Money;

/// What is to be transferred for one claim
pub fn of_receivable(work: &Work<'_>, id: &ReceivableId) -> Result<ReceivableTransfer, ApiError> {
    let ledger = claims::ledger(work, id)?;
    let found = standing(ledger.account(), std::slice::from_ref(id), day(work.moment.today)?);
    let Standing::Open(asked) = found else {
        return Ok(ReceivableTransfer { receivable: id.to_string(), due_date: None, amount: None, transfer: None });
    };
    let amount = Money::new(asked.minor, ledger.currency());
    Ok(ReceivableTransfer {
        receivable: id.to_string(),
        due_date: asked.due.map(tresen_core::date::Date::to_iso),
        transfer: transfer(work, &asked, &amount)?,
        amount: Some(amount),
    })
}

/// Where a transfer of what is asked for goes; nothing where the policy names no account
pub fn transfer(work: &Work<'_>, asked: &Asked, amount: &Money) -> Result<Option<Transfer>, ApiError> {
    transfer_for(work, &asked.claims, amount)
}

/// Where a transfer for these claims goes; nothing where the policy names no account
pub fn transfer_for(work: &Work<'_>, claims: &[ReceivableId], amount: &Money) -> Result<Option<Transfer>, ApiError> {
    let policy = work.active_policy()?;
    let Some(account) = &policy.merchant().account else { return Ok(None) };
    let mut references = Vec::new();
    for id in claims {
        let found: Option<String> = work
            .tx
            .prepare_cached("SELECT reference FROM receivables WHERE tenant_id = ?1 AND receivable_id = ?2")?
            .query_row(params![work.tenant.as_str(), id.as_str()], |row| row.get(0))
            .optional()?
            .flatten();
        references.extend(found);
    }
    let remittance = match references.as_slice() {
        [one] => Remittance::Reference(one.clone()),
        several => Remittance::Text(several.join(" ")),
    };
    let cents = (amount.currency == "EUR").then_some(amount.minor);
    let written = epc::Transfer {
        bic: account.bic.clone(),
        name: account.holder.clone(),
        iban: account.iban.clone(),
        cents,
        remittance: Some(remittance),
        ..epc::Transfer::default()
    };
    // More than a code can hold, such as the references of twelve claims, is typed.
    let epc = cents.and_then(|_| written.write().ok());
    Ok(Some(Transfer {
        holder: account.holder.clone(),
        iban: account.iban.clone(),
        bic: account.bic.clone(),
        reference: references.join(" "),
        amount: amount.clone(),
        code: epc.as_deref().and_then(Code::of).map(|code| Drawing { side: code.side(), path: code.path() }),
        epc,
    }))
}
