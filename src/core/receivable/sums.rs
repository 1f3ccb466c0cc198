//! What a claim came to, and what became of it.

use super::account::Account;
use super::item::ItemKind;
use crate::ident::ReceivableId;

/// What a claim came to and what became of it, in minor units
///
/// **Invariant:** `agreed + costs + interest - credited - let_go - paid` is `left`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sums {
    /// What was agreed with the order: the price, and the fee and interest of the method
    pub agreed: i64,
    /// What reminding cost, paid or not; what was given up of it is gone
    pub costs: i64,
    /// Interest for late payment, paid or not; what was given up of it is gone
    pub interest: i64,
    /// What was taken off what was agreed by credit notes
    pub credited: i64,
    /// What of what was agreed is not asked for any more: waived, cleared or written off
    pub let_go: i64,
    /// What was paid on it and not taken back
    pub paid: i64,
    /// What is owed of it, to the merchant or to its buyer
    pub left: i64,
}

impl Account {
    /// What a claim came to; nothing of one that is not there
    #[must_use]
    pub fn sums(&self, id: &ReceivableId) -> Option<Sums> {
        let claim = self.receivable(id)?;
        let (agreed, credited, left) = (claim.agreed, claim.credited, self.owed(id));
        let mut sums = Sums { agreed, costs: 0, interest: 0, credited, let_go: 0, paid: 0, left };
        let lines = || self.payments.values().flat_map(|payment| &payment.lines).filter(|line| line.receivable == *id);
        let mut stands = 0_i64;
        for item in ItemKind::ALL {
            let paid = lines().filter(|line| line.item == item).map(|line| line.minor).fold(0, i64::saturating_add);
            sums.paid = sums.paid.saturating_add(paid);
            let part = match item {
                ItemKind::Principal | ItemKind::Fee | ItemKind::Interest => &mut stands,
                ItemKind::DefaultInterest => &mut sums.interest,
                ItemKind::LumpSum | ItemKind::DunningCost | ItemKind::LegalCost => &mut sums.costs,
            };
            *part = part.saturating_add(paid).saturating_add(self.owed_item(id, item));
        }
        sums.let_go = sums.agreed.saturating_sub(sums.credited).saturating_sub(stands);
        Some(sums)
    }
}
