//! A customer turns out to be a business, or a consumer.

use super::ledger;
use crate::app::Work;
use crate::error::ApiError;
use crate::ledger::Occasion;
use tresen_core::ident::ReceivableId;
use tresen_core::receivable::Event;
use tresen_wire::http::TellParty;

/// From today on a claim is owed by a business, or by a consumer; what it is owed by already changes nothing
pub fn change_party(work: &Work<'_>, id: &ReceivableId, request: TellParty) -> Result<(), ApiError> {
    let party = request.party.into();
    let mut ledger = ledger(work, id)?;
    if ledger.account().receivable(id).is_some_and(|claim| claim.party == party) {
        return Ok(());
    }
    let occasion = Occasion::now(id.as_str());
    ledger.happen_decided(&occasion, None, &[Event::PartyChanged { receivable: id.clone(), party }])?;
    ledger.pass(&occasion)
}
