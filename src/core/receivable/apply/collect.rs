//! Reminding goes on level by level, and a claim is handed over.

use crate::date::Date;
use crate::ident::ReceivableId;
use crate::receivable::account::Account;
use crate::receivable::claim::{Holder, Level};
use crate::receivable::event::LevelReset;
use crate::receivable::hold::Act;
use crate::receivable::refused::Refused;
use alloc::string::ToString as _;

impl Account {
    pub(super) fn level_raised(&mut self, on: Date, receivable: &ReceivableId, raised: Level) -> Result<(), Refused> {
        let claim = self.open_claim(receivable)?;
        if claim.holder != Holder::Merchant {
            return Err(Refused::Elsewhere);
        }
        if raised.run == claim.level.run {
            return Err(Refused::SameRun);
        }
        if claim.level.number.checked_add(1) != Some(raised.number) {
            return Err(Refused::Skipped);
        }
        if raised.cycle != self.cycle(receivable) {
            return Err(Refused::OtherCycle);
        }
        if self.overdue(receivable, on) == 0 {
            return Err(Refused::NotOverdue);
        }
        if claim.level.number > 0 {
            let term_until = claim.level.term_until.ok_or(Refused::NotArrived)?;
            if on <= term_until {
                return Err(Refused::TermRuns);
            }
        }
        self.free_to(Act::Level, receivable, on)?;
        let claim = self.claim_mut(receivable)?;
        claim.raised = claim.raised.max(raised.number);
        (claim.level, claim.level_before) = (raised, Level::default());
        Ok(())
    }

    pub(super) fn notice_arrived(&mut self, receivable: &ReceivableId, level: u8, term_until: Date) -> Result<(), Refused> {
        let claim = self.claim_mut(receivable)?;
        // Who has paid meanwhile is on no level; the notice is late news.
        let reminded = if claim.level.number == level { &mut claim.level } else { &mut claim.level_before };
        if level == 0 || reminded.number != level || reminded.term_until.is_some() {
            return Err(Refused::NoNoticeOut);
        }
        reminded.term_until = Some(term_until);
        Ok(())
    }

    pub(super) fn level_reset(&mut self, receivable: &ReceivableId, to: u8, why: LevelReset) -> Result<(), Refused> {
        let claim = self.claim_mut(receivable)?;
        let from = claim.level.number.max(claim.level_before.number);
        if to >= from {
            return Err(Refused::Skipped);
        }
        let reminded = if claim.level.number > 0 { &claim.level } else { &claim.level_before };
        // The notice of the lower level had arrived and its term had passed before the higher one could rise; nobody waits for it again.
        let passed = reminded.since.map(|since| since.plus_days(-1));
        // A term that a notice gave who has it goes on; one that nobody was given does not.
        let given = reminded.term_until.filter(|_| why != LevelReset::Undelivered);
        let lower = Level { number: to, last: false, term_until: given.or(passed), ..reminded.clone() };
        // The run that raised it does not raise it again.
        let lower = if to == 0 { Level { run: lower.run, ..Level::default() } } else { lower };
        if claim.level.number > 0 {
            claim.level = lower;
        } else {
            claim.level_before = lower;
        }
        Ok(())
    }

    pub(super) fn placed_with(&mut self, on: Date, receivable: &ReceivableId, agency: &str) -> Result<(), Refused> {
        let claim = self.open_claim(receivable)?;
        if claim.holder != Holder::Merchant {
            return Err(Refused::Elsewhere);
        }
        if claim.agreed_sale.is_some() {
            return Err(Refused::SaleAgreed);
        }
        if self.disputes.values().any(|dispute| dispute.receivable == *receivable && dispute.end.is_none()) {
            return Err(Refused::DisputeOpen);
        }
        if claim.default_since.is_none() {
            return Err(Refused::NotInDefault);
        }
        if !(claim.level.last && claim.level.term_until.is_some_and(|until| on > until)) {
            return Err(Refused::NotFinal);
        }
        self.free_to(Act::Placement, receivable, on)?;
        self.claim_mut(receivable)?.holder = Holder::Agency(agency.to_string());
        Ok(())
    }

    pub(super) fn back_from_agency(&mut self, receivable: &ReceivableId) -> Result<(), Refused> {
        let claim = self.claim_mut(receivable)?;
        match claim.holder {
            Holder::Agency(_) => claim.holder = Holder::Merchant,
            Holder::Merchant | Holder::Buyer(_) => return Err(Refused::NotElsewhere),
        }
        Ok(())
    }
}
