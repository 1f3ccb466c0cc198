//! The customer objects, or something is not done for a while.

use super::positive;
use crate::ident::{DisputeId, HoldId, ReceivableId};
use crate::receivable::account::Account;
use crate::receivable::dispute::{Dispute, DisputeEnd};
use crate::receivable::event::Scope;
use crate::receivable::hold::Hold;
use crate::receivable::refused::Refused;

impl Account {
    pub(super) fn withdrawn(&mut self, receivable: &ReceivableId) -> Result<(), Refused> {
        self.claim_mut(receivable)?.withdrawn = true;
        Ok(())
    }

    pub(super) fn objected(&mut self, id: &DisputeId, receivable: &ReceivableId, minor: i64) -> Result<(), Refused> {
        if self.disputes.contains_key(id) {
            return Err(Refused::Exists);
        }
        self.claim(receivable)?;
        positive(minor)?;
        if self.disputed(receivable).saturating_add(minor) > self.owed(receivable) {
            return Err(Refused::DisputeAmount);
        }
        self.disputes.insert(id.clone(), Dispute { receivable: receivable.clone(), minor, end: None });
        Ok(())
    }

    pub(super) fn dispute_ended(&mut self, id: &DisputeId, end: DisputeEnd) -> Result<(), Refused> {
        let dispute = self.disputes.get_mut(id).filter(|dispute| dispute.end.is_none()).ok_or(Refused::UnknownDispute)?;
        match end {
            DisputeEnd::Rejected { reasoned: false } => return Err(Refused::NoReason),
            DisputeEnd::PartlyUpheld(minor) if !(1..dispute.minor).contains(&minor) => return Err(Refused::DisputeAmount),
            DisputeEnd::Upheld | DisputeEnd::PartlyUpheld(_) | DisputeEnd::Rejected { .. } | DisputeEnd::TakenBack => {}
        }
        dispute.end = Some(end);
        Ok(())
    }

    pub(super) fn dispute_reopened(&mut self, id: &DisputeId) -> Result<(), Refused> {
        let dispute = self.disputes.get_mut(id).filter(|dispute| dispute.end.is_some()).ok_or(Refused::UnknownDispute)?;
        dispute.end = None;
        Ok(())
    }

    pub(super) fn hold_placed(&mut self, id: &HoldId, hold: Hold) -> Result<(), Refused> {
        if self.hold(id).is_some() || self.released.contains(id) {
            return Err(Refused::Exists);
        }
        match &hold.scope {
            Scope::Account => {}
            Scope::Beside(other) => return self.held_beside(&other.clone(), id, hold),
            Scope::Receivable(receivable) => drop(self.claim(receivable)?),
        }
        self.placed.insert(id.clone(), hold);
        Ok(())
    }

    pub(super) fn hold_released(&mut self, id: &HoldId) -> Result<(), Refused> {
        if self.beside.values_mut().any(|holds| holds.remove(id).is_some()) {
            return Ok(());
        }
        self.placed.remove(id).ok_or(Refused::UnknownHold)?;
        self.released.insert(id.clone());
        Ok(())
    }
}
