//! Payments come, are put against claims, and go back.

use super::{against, positive, sum};
use crate::date::Date;
use crate::ident::{PaymentId, ReceivableId, RefundId};
use crate::receivable::account::Account;
use crate::receivable::book::{Place, Posting};
use crate::receivable::claim::Ending;
use crate::receivable::event::Allocation;
use crate::receivable::payment::{Chargeback, Payment, PaymentState, Refund, RefundState};
use crate::receivable::refused::Refused;
use alloc::vec::Vec;

impl Account {
    pub(super) fn pending(&mut self, id: &PaymentId, minor: i64, receivables: &[ReceivableId], until: Date) -> Result<(), Refused> {
        positive(minor)?;
        if self.payments.contains_key(id) {
            return Err(Refused::Exists);
        }
        for receivable in receivables {
            self.claim(receivable)?;
        }
        let state = PaymentState::Pending { receivables: receivables.to_vec(), until };
        self.payments.insert(id.clone(), Payment { minor, state, lines: Vec::new(), refunded: 0, chargeback: None });
        Ok(())
    }

    pub(super) fn settled(&mut self, id: &PaymentId, minor: i64, value_date: Date) -> Result<(), Refused> {
        positive(minor)?;
        if let Some(known) = self.payments.get(id) {
            if known.minor != minor {
                return Err(Refused::PaymentDiffers);
            }
            match known.state {
                PaymentState::Pending { .. } => {}
                PaymentState::Settled { .. } => return Err(Refused::Exists),
                PaymentState::Failed | PaymentState::Reversed => return Err(Refused::PaymentState),
            }
        }
        self.book.post(&[Posting { place: Place::Cash, minor }, against(Place::Held(id.clone()), minor)])?;
        let state = PaymentState::Settled { value_date };
        self.payments.insert(id.clone(), Payment { minor, state, lines: Vec::new(), refunded: 0, chargeback: None });
        Ok(())
    }

    pub(super) fn failed(&mut self, id: &PaymentId) -> Result<(), Refused> {
        let payment = self.payments.get_mut(id).ok_or(Refused::UnknownPayment)?;
        if !matches!(payment.state, PaymentState::Pending { .. }) {
            return Err(Refused::PaymentState);
        }
        payment.state = PaymentState::Failed;
        Ok(())
    }

    pub(super) fn allocated(&mut self, on: Date, id: &PaymentId, lines: &[Allocation]) -> Result<(), Refused> {
        let (_, value_date) = self.here(id)?;
        let total = positive(sum(lines.iter().map(|line| line.minor))?)?;
        for line in lines {
            let same = |other: &&Allocation| other.receivable == line.receivable && other.item == line.item;
            let asked = lines.iter().filter(same).map(|other| other.minor).fold(0, i64::saturating_add);
            self.claim(&line.receivable)?;
            if asked > self.owed_item(&line.receivable, line.item) {
                return Err(Refused::MoreThanThere);
            }
        }
        let postings = lines.iter().map(|line| against(self.owed_at(line), line.minor));
        self.book.post(&postings.chain([Posting { place: Place::Held(id.clone()), minor: total }]).collect::<Vec<_>>())?;
        self.remember((on, value_date), id, lines, 1);
        Ok(())
    }

    pub(super) fn unallocated(&mut self, on: Date, id: &PaymentId, lines: &[Allocation]) -> Result<(), Refused> {
        let (payment, value_date) = self.here(id)?;
        let total = positive(sum(lines.iter().map(|line| line.minor))?)?;
        let there = |line: &Allocation| {
            let same = |other: &&Allocation| other.receivable == line.receivable && other.item == line.item;
            let asked = lines.iter().filter(same).map(|other| other.minor).fold(0, i64::saturating_add);
            payment.lines.iter().find(same).is_some_and(|known| known.minor >= asked)
        };
        if !lines.iter().all(there) {
            return Err(Refused::OverAllocated);
        }
        let postings = lines.iter().map(|line| Posting { place: self.owed_at(line), minor: line.minor });
        self.book.post(&postings.chain([against(Place::Held(id.clone()), total)]).collect::<Vec<_>>())?;
        self.remember((on, value_date), id, lines, -1);
        Ok(())
    }

    pub(super) fn payment_reversed(&mut self, on: Date, id: &PaymentId) -> Result<(), Refused> {
        let (payment, _) = self.here(id)?;
        if payment.refunded > 0 {
            return Err(Refused::RefundOpen);
        }
        // What was won is the merchant's again, and may turn out to be booked in error like any other money.
        if payment.chargeback.as_ref().is_some_and(|chargeback| chargeback.lost != Some(false)) {
            return Err(Refused::ChargebackOpen);
        }
        let minor = payment.minor;
        self.take_back(on, id, minor)?;
        self.payments.entry(id.clone()).and_modify(|payment| payment.state = PaymentState::Reversed);
        Ok(())
    }

    pub(super) fn chargeback_opened(&mut self, on: Date, id: &PaymentId, minor: i64, until: Date) -> Result<(), Refused> {
        let (payment, _) = self.here(id)?;
        positive(minor)?;
        if payment.chargeback.as_ref().is_some_and(|chargeback| chargeback.lost != Some(false)) {
            return Err(Refused::ChargebackOpen);
        }
        if self.refunds.values().any(|refund| refund.payment == *id && refund.state == RefundState::Granted) {
            return Err(Refused::RefundOpen);
        }
        if minor > payment.kept() {
            return Err(Refused::OverSettled);
        }
        let lines = self.take_back(on, id, minor)?;
        let chargeback = Chargeback { minor, until, lines, lost: None };
        self.payments.entry(id.clone()).and_modify(|payment| payment.chargeback = Some(chargeback));
        Ok(())
    }

    pub(super) fn chargeback_won(&mut self, on: Date, id: &PaymentId) -> Result<(), Refused> {
        let chargeback = self.open_chargeback(id)?.clone();
        let mut left = chargeback.minor;
        // What the money had been put against may be smaller now.
        let mut lines = Vec::new();
        for line in &chargeback.lines {
            let minor = line.minor.min(self.owed_item(&line.receivable, line.item));
            if minor > 0 {
                left = left.saturating_sub(minor);
                lines.push(Allocation { minor, ..line.clone() });
            }
        }
        let postings = lines.iter().map(|line| against(self.owed_at(line), line.minor));
        let money = [Posting { place: Place::Cash, minor: chargeback.minor }, against(Place::Held(id.clone()), left)];
        self.book.post(&postings.chain(money).collect::<Vec<_>>())?;
        self.payments.entry(id.clone()).and_modify(|payment| payment.chargeback = Some(Chargeback { lost: Some(false), ..chargeback }));
        self.remember((on, on), id, &lines, 1);
        Ok(())
    }

    pub(super) fn chargeback_lost(&mut self, id: &PaymentId) -> Result<(), Refused> {
        let lost = Chargeback { lost: Some(true), ..self.open_chargeback(id)?.clone() };
        self.payments.entry(id.clone()).and_modify(|payment| payment.chargeback = Some(lost));
        Ok(())
    }

    pub(super) fn refund_granted(&mut self, refund: &RefundId, id: &PaymentId, minor: i64) -> Result<(), Refused> {
        if self.refunds.contains_key(refund) {
            return Err(Refused::Exists);
        }
        let (payment, _) = self.here(id)?;
        positive(minor)?;
        if payment.chargeback.as_ref().is_some_and(|chargeback| chargeback.lost.is_none()) {
            return Err(Refused::ChargebackOpen);
        }
        if minor > payment.kept() {
            return Err(Refused::OverSettled);
        }
        let refunded = payment.refunded.checked_add(minor).ok_or(Refused::OutOfRange)?;
        self.book.post(&[Posting { place: Place::Held(id.clone()), minor }, against(Place::Payable(refund.clone()), minor)])?;
        self.payments.entry(id.clone()).and_modify(|payment| payment.refunded = refunded);
        self.refunds.insert(refund.clone(), Refund { payment: id.clone(), minor, state: RefundState::Granted });
        Ok(())
    }

    pub(super) fn refund_settled(&mut self, id: &RefundId) -> Result<(), Refused> {
        let Refund { minor, .. } = *self.granted(id)?;
        self.book.post(&[Posting { place: Place::Payable(id.clone()), minor }, against(Place::Cash, minor)])?;
        self.refunds.entry(id.clone()).and_modify(|refund| refund.state = RefundState::Settled);
        Ok(())
    }

    pub(super) fn refund_failed(&mut self, id: &RefundId) -> Result<(), Refused> {
        let Refund { payment, minor, .. } = self.granted(id)?.clone();
        self.book.post(&[Posting { place: Place::Payable(id.clone()), minor }, against(Place::Held(payment.clone()), minor)])?;
        self.refunds.entry(id.clone()).and_modify(|refund| refund.state = RefundState::Failed);
        self.payments.entry(payment).and_modify(|payment| payment.refunded = payment.refunded.saturating_sub(minor));
        Ok(())
    }

    /// A payment that has come, and the day on which it counts for the payer
    fn here(&self, id: &PaymentId) -> Result<(&Payment, Date), Refused> {
        let payment = self.payments.get(id).ok_or(Refused::UnknownPayment)?;
        match payment.state {
            PaymentState::Settled { value_date } => Ok((payment, value_date)),
            PaymentState::Pending { .. } | PaymentState::Failed | PaymentState::Reversed => Err(Refused::PaymentState),
        }
    }

    fn open_chargeback(&self, id: &PaymentId) -> Result<&Chargeback, Refused> {
        let chargeback = self.here(id)?.0.chargeback.as_ref();
        chargeback.filter(|chargeback| chargeback.lost.is_none()).ok_or(Refused::NoChargeback)
    }

    fn granted(&self, id: &RefundId) -> Result<&Refund, Refused> {
        let refund = self.refunds.get(id).ok_or(Refused::UnknownRefund)?;
        if refund.state == RefundState::Granted { Ok(refund) } else { Err(Refused::RefundState) }
    }

    /// Where what a line is put against lies: with the customer, or on the clearing account of the buyer
    fn owed_at(&self, line: &Allocation) -> Place {
        let is_sold = self.receivables.get(&line.receivable).is_some_and(|claim| claim.sold().is_some());
        if is_sold { Place::Clearing(line.receivable.clone()) } else { Place::Open(line.receivable.clone(), line.item) }
    }

    /// Takes money out of the house: first what is put against no claim, then what was put against claims last
    fn take_back(&mut self, on: Date, id: &PaymentId, minor: i64) -> Result<Vec<Allocation>, Refused> {
        let (payment, _) = self.here(id)?;
        let free = self.held(id).min(minor);
        let mut left = minor.saturating_sub(free);
        let mut lines = Vec::new();
        for line in payment.lines.iter().rev() {
            let taken = line.minor.min(left);
            if taken > 0 {
                left = left.saturating_sub(taken);
                lines.push(Allocation { minor: taken, ..line.clone() });
            }
        }
        if left > 0 {
            return Err(Refused::OverAllocated);
        }
        let postings = lines.iter().map(|line| Posting { place: self.owed_at(line), minor: line.minor });
        let money = [Posting { place: Place::Held(id.clone()), minor: free }, against(Place::Cash, minor)];
        self.book.post(&postings.chain(money).collect::<Vec<_>>())?;
        self.remember((on, on), id, &lines, -1);
        Ok(lines)
    }

    /// Keeps what a payment was put against, and what claims, plans and promises have got; backwards with a sign below zero
    ///
    /// The two days: today, and the one from which on it counts.
    fn remember(&mut self, (on, since): (Date, Date), id: &PaymentId, lines: &[Allocation], sign: i64) {
        for line in lines {
            let minor = line.minor.saturating_mul(sign);
            if let Some(payment) = self.payments.get_mut(id) {
                let same = |known: &&mut Allocation| known.receivable == line.receivable && known.item == line.item;
                match payment.lines.iter_mut().find(same) {
                    Some(known) => known.minor = known.minor.saturating_add(minor),
                    None => payment.lines.push(line.clone()),
                }
                payment.lines.retain(|line| line.minor > 0);
            }
            if let Some(claim) = self.receivables.get_mut(&line.receivable) {
                claim.bears(since, line.item, minor.saturating_neg());
                if let Some(sold) = claim.sold_mut() {
                    sold.comes(line.item, minor);
                    continue;
                }
            }
            self.paid_by_agreement(on, &line.receivable, minor);
        }
        for line in lines {
            self.weigh(on, &line.receivable, Ending::Paid);
        }
    }
}
