//! Two references of a merchant's are one person, or are not after all.
//!
//! **Invariant:** whatever comes of a merge lies apart from what is the account's own, so that after the unmerge the account is as it would be without.

use crate::ident::{CustomerId, HoldId};
use crate::receivable::account::Account;
use crate::receivable::hold::Hold;
use crate::receivable::refused::Refused;
use alloc::collections::BTreeMap;

impl Account {
    pub(super) fn merged(&mut self, other: &CustomerId) -> Result<(), Refused> {
        if self.beside.contains_key(other) {
            return Err(Refused::Merged);
        }
        self.beside.insert(other.clone(), BTreeMap::new());
        Ok(())
    }

    pub(super) fn unmerged(&mut self, other: &CustomerId) -> Result<(), Refused> {
        self.beside.remove(other).map(drop).ok_or(Refused::NotMerged)
    }

    /// What is in force about the person at another reference of theirs
    pub(super) fn held_beside(&mut self, other: &CustomerId, id: &HoldId, hold: Hold) -> Result<(), Refused> {
        self.beside.get_mut(other).ok_or(Refused::NotMerged)?.insert(id.clone(), hold);
        Ok(())
    }
}
