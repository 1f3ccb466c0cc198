//! The merchant sells claims, and buyers pay for them, get what comes, and give them back.

use super::{CLASSES, Life, Seen};
use crate::names;
use tresen_core::ident::{ReceivableId, SheetHash};
use tresen_core::rate::Rate;
use tresen_core::receivable::decide::{self, PaidToBuyer};
use tresen_core::receivable::{Event, Ground, ItemAmount, Place, PriceSheet, Receivable};

impl Life {
    pub(super) fn sells(&mut self, seen: Seen<'_>) {
        let some = |life: &Self, is_one: fn(&Receivable) -> bool| -> Vec<ReceivableId> {
            life.account.receivables().filter(|(_, claim)| is_one(claim)).map(|(id, _)| id.clone()).collect()
        };
        let agreed = some(self, |claim| claim.agreed_sale.is_some());
        let sold = some(self, |claim| claim.sold().is_some() || claim.price_paid != 0 || claim.forwarded != 0);
        match self.chance.below(3) {
            0 if !sold.is_empty() => {
                let receivable = self.chance.pick(&sold);
                self.deals_with_the_buyer(receivable, seen);
            }
            1 if !agreed.is_empty() => {
                let receivable = self.chance.pick(&agreed);
                self.goes_over(receivable, seen);
            }
            _ => {
                let receivable = self.a_claim();
                let (name, sheet) = self.a_sheet();
                let class = self.classes.get(&receivable).copied();
                match sheet.agree(&name, &names::sale(self.new_number()), class, self.today) {
                    Ok(agreed) => self.tried(Event::SaleAgreed { receivable: receivable.clone(), agreed }, seen),
                    Err(why) => self.refused.push(why.code()),
                }
                if self.chance.once_in(2) {
                    let events = decide::transfer(&self.account, self.today, &receivable);
                    self.all(events, seen);
                }
            }
        }
    }

    /// The sheet of the day, or one that was valid once
    fn a_sheet(&mut self) -> (SheetHash, PriceSheet) {
        let known: Vec<_> = self.sheets.iter().map(|(name, sheet)| (name.clone(), sheet.clone())).collect();
        if !known.is_empty() && !self.chance.once_in(3) {
            return self.chance.pick(&known);
        }
        // Not every buyer gives something for every class.
        let mut rates = vec![("A".to_owned(), Rate::from_ppm(1_000_000).unwrap())];
        for class in CLASSES[1..3].iter().rev() {
            if !self.chance.once_in(3) {
                rates.push(((*class).to_owned(), Rate::from_ppm(self.chance.pick(&[925_000, 333_333, 1])).unwrap()));
            }
        }
        let from = self.later(5);
        let until = from.plus_days(i32::try_from(self.chance.below(60)).unwrap());
        let sheet = PriceSheet::new("Factor Nord".to_owned(), (from, until), self.chance.once_in(2), rates).unwrap();
        let mut name = [0; 32];
        name[..8].copy_from_slice(&self.new_number().to_be_bytes());
        self.sheets.insert(SheetHash::from_bytes(name), sheet.clone());
        (SheetHash::from_bytes(name), sheet)
    }

    fn goes_over(&mut self, receivable: ReceivableId, seen: Seen<'_>) {
        let sale = self.account.receivable(&receivable).unwrap().agreed_sale.clone().unwrap().sale;
        let mut items: Vec<ItemAmount> = self.account.book().open(&receivable).map(|(item, minor)| ItemAmount { item, minor }).collect();
        match self.chance.below(7) {
            0 | 5 | 6 => self.tried(Event::SaleCancelled { receivable }, seen),
            1 => {
                let sale = names::sale(u64::MAX);
                self.tried(Event::TitleTransferred { receivable, sale, items, price: 0 }, seen);
            }
            2 => {
                items.pop();
                self.tried(Event::TitleTransferred { receivable, sale, items, price: 0 }, seen);
            }
            3 => self.tried(Event::TitleTransferred { receivable, sale, items, price: 1 }, seen),
            _ => {
                let events = decide::transfer(&self.account, self.today, &receivable);
                self.all(events, seen);
            }
        }
    }

    fn deals_with_the_buyer(&mut self, receivable: ReceivableId, seen: Seen<'_>) {
        let at = |life: &Self, place| life.account.book().at(&place);
        let off = self.chance.pick(&[0, 0, 0, 1_i64]);
        match self.chance.below(4) {
            0 => {
                let owed = at(self, Place::Price(receivable.clone()));
                let minor = self.chance.pick(&[owed, owed, owed / 2]) + off * owed.signum();
                self.tried(Event::PurchasePricePaid { receivable, minor }, seen);
            }
            1 | 2 => {
                let lies = -at(self, Place::Clearing(receivable.clone()));
                let minor = self.chance.pick(&[lies, lies, lies / 2]) + off * lies.signum();
                self.tried(Event::MisdirectedPaymentForwarded { receivable, minor }, seen);
            }
            _ => {
                let left = self.account.owed(&receivable);
                let minor = self.chance.pick(&[0, left, left / 3]) + off;
                let payment = names::payment(self.new_number());
                let value_date = self.today.plus_days(-3);
                let paid = (minor > 0).then_some(PaidToBuyer { payment, minor, value_date });
                let ground = self.chance.pick(&Ground::ALL);
                let events = decide::repurchase(&self.account, self.today, &receivable, ground, paid.as_ref());
                self.all(events, seen);
            }
        }
    }
}
