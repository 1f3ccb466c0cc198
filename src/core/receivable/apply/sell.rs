//! A claim is sold: the title passes, money changes hands between seller and buyer, and the claim may come back.

use super::{against, owed, sum};
use crate::date::Date;
use crate::ident::{ReceivableId, SaleId};
use crate::receivable::account::Account;
use crate::receivable::book::{Place, Posting, Reduction};
use crate::receivable::claim::{Ending, Holder, Receivable};
use crate::receivable::event::{ItemAmount, Reduced};
use crate::receivable::hold::Act;
use crate::receivable::refused::Refused;
use crate::receivable::title::{Agreed, Ground, Sold, SoldPart};
use alloc::vec::Vec;

impl Account {
    pub(super) fn sale_agreed(&mut self, on: Date, receivable: &ReceivableId, agreed: &Agreed) -> Result<(), Refused> {
        if self.sellable(on, receivable, agreed.until)?.agreed_sale.is_some() {
            return Err(Refused::SaleAgreed);
        }
        if [Place::Price(receivable.clone()), Place::Clearing(receivable.clone())].iter().any(|place| self.book.at(place) != 0) {
            return Err(Refused::Unsettled);
        }
        self.claim_mut(receivable)?.agreed_sale = Some(agreed.clone());
        Ok(())
    }

    pub(super) fn sale_cancelled(&mut self, receivable: &ReceivableId) -> Result<(), Refused> {
        let claim = self.claim_mut(receivable)?;
        claim.agreed_sale.take().map(drop).ok_or(Refused::NoSale)
    }

    pub(super) fn title_transferred(
        &mut self,
        on: Date,
        receivable: &ReceivableId,
        sale: &SaleId,
        items: &[ItemAmount],
        price: i64,
    ) -> Result<(), Refused> {
        let agreed = self.own_claim(receivable)?.agreed_sale.clone().filter(|agreed| agreed.sale == *sale).ok_or(Refused::NoSale)?;
        self.sellable(on, receivable, agreed.until)?;
        if !self.book.open(receivable).eq(items.iter().map(|line| (line.item, line.minor))) {
            return Err(Refused::SaleFace);
        }
        let face = sum(items.iter().map(|line| line.minor))?;
        if agreed.rate.of(face) != price {
            return Err(Refused::SalePrice);
        }
        let out = items.iter().map(|line| owed(receivable, ItemAmount { minor: line.minor.saturating_neg(), ..*line }));
        let price_and_rest = [
            Posting { place: Place::Price(receivable.clone()), minor: price },
            Posting { place: Place::Discount, minor: face.saturating_sub(price) },
        ];
        self.book.post(&out.chain(price_and_rest).collect::<Vec<_>>())?;
        let claim = self.claim_mut(receivable)?;
        items.iter().for_each(|line| claim.bears(on, line.item, line.minor.saturating_neg()));
        let parts = items.iter().map(|line| SoldPart { item: line.item, face: line.minor, came: 0, revived: 0 }).collect();
        (claim.agreed_sale, claim.holder) = (None, Holder::Buyer(Sold { agreed, on, parts }));
        self.weigh(on, receivable, Ending::Sold);
        Ok(())
    }

    pub(super) fn price_paid(&mut self, receivable: &ReceivableId, minor: i64) -> Result<(), Refused> {
        let place = Place::Price(receivable.clone());
        let owed = self.book.at(&place);
        let fits = if owed >= 0 { (1..=owed).contains(&minor) } else { (owed..=-1).contains(&minor) };
        self.changes_hands(receivable, place, minor, fits)?;
        let claim = self.claim_mut(receivable)?;
        claim.price_paid = claim.price_paid.saturating_add(minor);
        Ok(())
    }

    pub(super) fn forwarded(&mut self, receivable: &ReceivableId, minor: i64) -> Result<(), Refused> {
        let place = Place::Clearing(receivable.clone());
        let claim = self.claim(receivable)?;
        // No more is passed on than has come, and no more is taken back than the buyer owes.
        let came = claim.sold().map_or(0, Sold::came);
        let fits = if minor > 0 {
            minor <= came.saturating_sub(claim.forwarded)
        } else {
            minor < 0 && minor >= self.book.at(&place).saturating_neg()
        };
        self.changes_hands(receivable, place, minor.saturating_neg(), fits)?;
        let claim = self.claim_mut(receivable)?;
        claim.forwarded = claim.forwarded.saturating_add(minor);
        Ok(())
    }

    pub(super) fn repurchased(&mut self, on: Date, receivable: &ReceivableId, ground: Ground) -> Result<(), Refused> {
        let sold = self.claim(receivable)?.sold().cloned().ok_or(Refused::NotSold)?;
        if ground == Ground::Recourse && !sold.agreed.recourse {
            return Err(Refused::NoRecourse);
        }
        let back: Vec<ItemAmount> =
            sold.parts.iter().map(|part| ItemAmount { item: part.item, minor: part.left() }).filter(|line| line.minor > 0).collect();
        // The seller owes the price again. What has come is put against the claim, so that what was passed on of it is the buyer's debt.
        let (face, price) = (sold.face(), sold.price());
        let with_buyer = [
            against(Place::Price(receivable.clone()), price),
            against(Place::Discount, face.saturating_sub(price)),
            Posting { place: Place::Clearing(receivable.clone()), minor: face.saturating_sub(sold.left()) },
        ];
        self.book.post(&back.iter().map(|line| owed(receivable, *line)).chain(with_buyer).collect::<Vec<_>>())?;
        let was_credited = face == 0;
        let claim = self.claim_mut(receivable)?;
        (claim.holder, claim.ending) = (Holder::Merchant, None);
        back.iter().for_each(|line| claim.bears(on, line.item, line.minor));
        self.weigh(on, receivable, if was_credited { Ending::Credited } else { Ending::Paid });
        Ok(())
    }

    /// Makes a claim smaller that is sold: the buyer gets back what was paid for that
    pub(super) fn credit_sold(&mut self, reduced: &Reduced, total: i64) -> Result<(), Refused> {
        let Reduced { receivable, lines, reduction } = reduced;
        // What is only not asked for any more is the buyer's to decide.
        if matches!(reduction, Reduction::DebtWaived | Reduction::SmallBalance | Reduction::WrittenOff) {
            return Err(Refused::Sold);
        }
        let mut sold = self.claim(receivable)?.sold().cloned().ok_or(Refused::NotSold)?;
        let (face, price) = (sold.face(), sold.price());
        let mut revived = 0_i64;
        for line in lines {
            if line.minor > sold.left_of(line.item) {
                return Err(Refused::MoreThanThere);
            }
            revived = revived.saturating_add(sold.credit(line.item, line.minor).0);
        }
        let (less, cheaper) = (face.saturating_sub(sold.face()), price.saturating_sub(sold.price()));
        self.book.post(&[
            Posting { place: Place::GivenUp(*reduction), minor: total },
            against(Place::Clearing(receivable.clone()), revived),
            against(Place::Price(receivable.clone()), cheaper),
            against(Place::Discount, less.saturating_sub(cheaper)),
        ])?;
        self.claim_mut(receivable)?.holder = Holder::Buyer(sold);
        Ok(())
    }

    /// A claim that may be sold on a day at a rate that holds until another
    fn sellable(&self, on: Date, receivable: &ReceivableId, until: Date) -> Result<&Receivable, Refused> {
        let claim = self.open_claim(receivable)?;
        if claim.holder != Holder::Merchant {
            return Err(Refused::Elsewhere);
        }
        if self.disputes.values().any(|dispute| dispute.receivable == *receivable && dispute.end.is_none()) {
            return Err(Refused::DisputeOpen);
        }
        self.free_to(Act::Sale, receivable, on)?;
        if on > until {
            return Err(Refused::SheetExpired);
        }
        // The customer may set off against the buyer what was theirs before (BGB section 406).
        if self.credit() > 0 { Err(Refused::CreditThere) } else { Ok(claim) }
    }

    /// Money from the buyer, or to the buyer below zero, if that is no more than is owed
    fn changes_hands(&mut self, receivable: &ReceivableId, place: Place, minor: i64, fits: bool) -> Result<(), Refused> {
        self.claim(receivable)?;
        if !fits {
            return Err(Refused::OverBuyer);
        }
        self.book.post(&[Posting { place: Place::Cash, minor }, against(place, minor)])
    }
}
