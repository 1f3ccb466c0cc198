//! Claims come to be, grow by costs and interest, and get smaller without money.

use super::{against, owed, sum};
use crate::date::Date;
use crate::ident::ReceivableId;
use crate::law::interest::Exact;
use crate::law::regime::Party;
use crate::receivable::account::Account;
use crate::receivable::book::{Place, Posting, Reduction};
use crate::receivable::claim::{Ending, Holder, Interest, Invoice, Level, Receivable};
use crate::receivable::event::{Created, CreditNoteIssued, ItemAmount, Reduced};
use crate::receivable::hold::Act;
use crate::receivable::item::ItemKind;
use crate::receivable::refused::Refused;
use alloc::vec::Vec;

impl Account {
    pub(super) fn created(&mut self, on: Date, created: &Created) -> Result<(), Refused> {
        if self.receivables.contains_key(&created.receivable) {
            return Err(Refused::Exists);
        }
        let agreed = sum(created.items.iter().map(|line| line.minor))?;
        if agreed == 0 || !created.items.iter().all(|line| line.item.is_agreed()) {
            return Err(Refused::NotPositive);
        }
        let postings = created.items.iter().flat_map(|line| charged(&created.receivable, *line));
        self.book.post(&postings.collect::<Vec<_>>())?;
        let mut claim = Receivable {
            party: created.party,
            taken_for: Vec::new(),
            regime: created.regime,
            created_on: on,
            agreed,
            credited: 0,
            costs: Vec::new(),
            given_up: 0,
            due: None,
            invoice: None,
            delivered_on: None,
            default_since: None,
            bearing: Vec::new(),
            interest: Interest::default(),
            level: Level::default(),
            level_before: Level::default(),
            raised: 0,
            deferred_until: None,
            deferrals: 0,
            withdrawn: false,
            holder: Holder::Merchant,
            agreed_sale: None,
            price_paid: 0,
            forwarded: 0,
            ending: None,
        };
        created.items.iter().for_each(|line| claim.bears(on, line.item, line.minor));
        self.receivables.insert(created.receivable.clone(), claim);
        Ok(())
    }

    pub(super) fn invoiced(&mut self, receivable: &ReceivableId, received_on: Date, default_notice: bool) -> Result<(), Refused> {
        self.claim_mut(receivable)?.invoice = Some(Invoice { received_on, default_notice });
        Ok(())
    }

    /// What was charged stays; interest and costs follow the new party from that day on
    pub(super) fn party_changed(&mut self, on: Date, receivable: &ReceivableId, party: Party) -> Result<(), Refused> {
        let claim = self.claim_mut(receivable)?;
        if claim.party != party {
            claim.taken_for.push((on, claim.party));
            claim.party = party;
        }
        Ok(())
    }

    pub(super) fn delivered(&mut self, on: Date, receivable: &ReceivableId, delivered_on: Date) -> Result<(), Refused> {
        let claim = self.claim_mut(receivable)?;
        if delivered_on > on {
            return Err(Refused::NotDueYet);
        }
        // What comes in several parcels has arrived with the last of them (BGB section 356(2) no. 1 b).
        claim.delivered_on = claim.delivered_on.max(Some(delivered_on));
        Ok(())
    }

    pub(super) fn due_date_set(&mut self, on: Date, receivable: &ReceivableId, date: Date) -> Result<(), Refused> {
        if self.plan_of(receivable).is_some() {
            return Err(Refused::PlanActive);
        }
        self.own_claim(receivable)?;
        let claim = self.claim_mut(receivable)?;
        if claim.default_since.is_some() {
            // A day that lies ahead ends default: who need not pay yet is not late.
            if date < on || claim.due.is_none_or(|due| date <= due) {
                return Err(Refused::InDefault);
            }
            claim.end_default();
        }
        if claim.due != Some(date) {
            // Who is given another day by the merchant has no longer the one that they wished for.
            (claim.due, claim.deferred_until) = (Some(date), None);
            (claim.level, claim.level_before) = (Level::default(), Level::default());
        }
        Ok(())
    }

    pub(super) fn default_started(&mut self, receivable: &ReceivableId, since: Date) -> Result<(), Refused> {
        let claim = self.open_claim(receivable)?;
        if claim.default_since.is_some() {
            return Err(Refused::InDefault);
        }
        let due = self.cycle(receivable).ok_or(Refused::NoDueDate)?;
        if since <= due {
            return Err(Refused::NotDueYet);
        }
        self.claim_mut(receivable)?.default_since = Some(since);
        Ok(())
    }

    pub(super) fn accrued(&mut self, on: Date, receivable: &ReceivableId, until: Date, exact: Exact, minor: i64) -> Result<(), Refused> {
        let claim = self.own_claim(receivable)?;
        let since = claim.default_since.ok_or(Refused::NotInDefault)?;
        // What was reckoned for too long, because a payment counts from an earlier day, is taken back; that is never held up.
        if exact > Exact::ZERO {
            self.free_to(Act::Interest, receivable, on)?;
            // What the customer withdrew from bears none for earlier days either.
            if claim.withdrawn {
                return Err(Refused::Held);
            }
            if until < since || claim.interest.until.is_some_and(|reckoned| until <= reckoned) {
                return Err(Refused::AccruedAlready);
            }
        }
        if claim.interest.due(exact) != minor {
            return Err(Refused::WrongRounding);
        }
        let charged_in_all = claim.interest.charged.checked_add(minor).ok_or(Refused::OutOfRange)?;
        let interest = Interest {
            until: Some(until),
            exact: claim.interest.exact.plus(exact),
            earlier: claim.interest.earlier,
            charged: charged_in_all,
            most: claim.interest.most.max(charged_in_all),
        };
        if minor != 0 {
            self.book.post(&charged(receivable, ItemAmount { item: ItemKind::DefaultInterest, minor }))?;
        }
        self.claim_mut(receivable)?.interest = interest;
        self.weigh(on, receivable, Ending::Waived);
        Ok(())
    }

    pub(super) fn cost_charged(&mut self, on: Date, receivable: &ReceivableId, cost: ItemAmount, ground: &str) -> Result<(), Refused> {
        let claim = self.open_claim(receivable)?;
        super::positive(cost.minor)?;
        if !cost.item.is_cost() {
            return Err(Refused::NotACost);
        }
        // The 40 euros of BGB section 288(5) are owed among businesses alone.
        if cost.item == ItemKind::LumpSum && !claim.owes_lump_sum() {
            return Err(Refused::NotABusiness);
        }
        if ground.is_empty() {
            return Err(Refused::NoGround);
        }
        self.free_to(Act::Cost, receivable, on)?;
        self.book.post(&charged(receivable, cost))?;
        self.claim_mut(receivable)?.costs.push((on, cost));
        Ok(())
    }

    pub(super) fn cost_waived(&mut self, on: Date, reduced: &Reduced) -> Result<(), Refused> {
        if reduced.lines.iter().any(|line| line.item.is_agreed()) {
            return Err(Refused::NotWaivable);
        }
        self.reduce(on, reduced, &[Reduction::CostWaived])
    }

    pub(super) fn credited(&mut self, on: Date, note: &CreditNoteIssued) -> Result<(), Refused> {
        if self.notes.contains(&note.note) {
            return Err(Refused::Exists);
        }
        let claim = self.claim(&note.reduced.receivable)?;
        let credited = sum(note.reduced.lines.iter().map(|line| line.minor))?.checked_add(claim.credited).ok_or(Refused::OutOfRange)?;
        if credited > claim.agreed || !note.reduced.lines.iter().all(|line| line.item.is_agreed()) {
            return Err(Refused::OverPrincipal);
        }
        let reasons = [Reduction::Return, Reduction::Withdrawal, Reduction::Goodwill, Reduction::Error, Reduction::Dispute];
        self.reduce(on, &note.reduced, &reasons)?;
        self.notes.insert(note.note.clone());
        self.claim_mut(&note.reduced.receivable)?.credited = credited;
        Ok(())
    }

    /// Makes a claim smaller for one of those reasons
    pub(super) fn reduce(&mut self, on: Date, reduced: &Reduced, reasons: &[Reduction]) -> Result<(), Refused> {
        let Reduced { receivable, lines, reduction } = reduced;
        let is_sold = self.claim(receivable)?.sold().is_some();
        let total = sum(lines.iter().map(|line| line.minor))?;
        if total == 0 || !reasons.contains(reduction) {
            return Err(Refused::NotPositive);
        }
        if is_sold {
            self.credit_sold(reduced, total)?;
        } else {
            let postings = lines.iter().map(|line| owed(receivable, ItemAmount { minor: line.minor.saturating_neg(), ..*line }));
            let postings: Vec<Posting> = postings.chain([Posting { place: Place::GivenUp(*reduction), minor: total }]).collect();
            self.book.post(&postings)?;
        }
        let claim = self.claim_mut(receivable)?;
        claim.given_up = claim.given_up.saturating_add(total);
        // What was never owed never bore interest.
        let since = match reduction {
            Reduction::Withdrawal | Reduction::Error | Reduction::Dispute => claim.created_on,
            _ => on,
        };
        lines.iter().for_each(|line| claim.bears(since, line.item, line.minor.saturating_neg()));
        self.credit_plan(receivable, total);
        self.weigh(on, receivable, ending(*reduction));
        Ok(())
    }
}

fn charged(receivable: &ReceivableId, line: ItemAmount) -> [Posting; 2] {
    [owed(receivable, line), against(Place::Charged(line.item), line.minor)]
}

/// How a claim ends that such a reduction has brought to nothing
fn ending(reduction: Reduction) -> Ending {
    match reduction {
        Reduction::Return | Reduction::Goodwill | Reduction::Error | Reduction::Dispute => Ending::Credited,
        Reduction::Withdrawal => Ending::Withdrawn,
        Reduction::CostWaived => Ending::Paid,
        Reduction::DebtWaived => Ending::Waived,
        Reduction::SmallBalance => Ending::SmallBalance,
        Reduction::WrittenOff => Ending::WrittenOff,
    }
}
