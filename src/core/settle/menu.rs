//! Everything that a customer may do now, or why not.

use super::promise::{NoPromise, PATIENCE};
use super::why::{NoDeferral, NoDispute, NoHardship, NoPart, NoPlan, NoReturn, NoWithdrawal};
use super::{Deferrable, Disputable, Part, PlanBounds, Quiet, Revocable, Situation};
use super::{deferral, object, part, plan};
use crate::date::Date;
use crate::ident::ReceivableId;
use crate::policy::Settlement;
use alloc::vec::Vec;

/// What may be done, each within its bounds, or why not
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Menu {
    /// Pay a part
    pub part: Result<Part, NoPart>,
    /// Name a day, from today to that one
    pub promise: Result<Date, NoPromise>,
    /// Move a due date
    pub deferral: Result<Vec<Deferrable>, NoDeferral>,
    /// Pay by rates
    pub plan: Result<PlanBounds, NoPlan>,
    /// Object
    pub dispute: Result<Vec<Disputable>, NoDispute>,
    /// Announce a return
    pub returns: Result<Vec<ReceivableId>, NoReturn>,
    /// Withdraw from a contract
    pub withdrawal: Result<Vec<Revocable>, NoWithdrawal>,
    /// Say that money is tight
    pub hardship: Result<Quiet, NoHardship>,
}

/// What may be done in a situation, by what the merchant and the law allow
#[must_use]
pub fn menu(situation: &Situation, settlement: &Settlement) -> Menu {
    Menu {
        part: part::bounds(situation, settlement),
        promise: PATIENCE.until(situation),
        deferral: deferral::deferrable(situation, settlement),
        plan: plan::now(situation, settlement),
        dispute: object::disputable(situation),
        returns: object::returnable(situation),
        withdrawal: object::revocable(situation),
        hardship: object::quiet(situation, settlement),
    }
}

impl Menu {
    /// What may not be done, by its word, each with the code of why
    #[must_use]
    pub fn why_not(&self) -> Vec<(&'static str, &'static str)> {
        let all = [
            ("part", self.part.as_ref().err().map(|why| why.code())),
            ("promise", self.promise.as_ref().err().map(|why| why.code())),
            ("deferral", self.deferral.as_ref().err().map(|why| why.code())),
            ("plan", self.plan.as_ref().err().map(|why| why.code())),
            ("dispute", self.dispute.as_ref().err().map(|why| why.code())),
            ("return", self.returns.as_ref().err().map(|why| why.code())),
            ("withdrawal", self.withdrawal.as_ref().err().map(|why| why.code())),
            ("hardship", self.hardship.as_ref().err().map(|why| why.code())),
        ];
        all.into_iter().filter_map(|(wish, code)| Some((wish, code?))).collect()
    }
}
