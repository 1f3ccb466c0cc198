//! The merchant sells claims, and buyers pay for them, get what comes, and give them back.

use super::{Life, Seen};
use crate::names;
use tresen_core::ident::{ReceivableId, SheetHash};
use tresen_core::rate::Rate;
use tresen_core::receivable::decide::{self, PaidToBuyer};
use tresen_core::receivable::{Agreed, Event, Ground, ItemAmount, Place, Receivable};

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
                let agreed = Agreed {
                    sale: names::sale(self.new_number()),
                    buyer: "Factor Nord".to_owned(),
                    sheet: SheetHash::from_bytes([5; 32]),
                    class: "B".to_owned(),
                    rate: Rate::from_ppm(self.chance.pick(&[925_000, 333_333, 0, 1_000_000])).unwrap(),
                    until: self.later(20),
                    recourse: self.chance.once_in(2),
                };
                self.tried(Event::SaleAgreed { receivable: receivable.clone(), agreed }, seen);
                if self.chance.once_in(2) {
                    let events = decide::transfer(&self.account, self.today, &receivable);
                    self.all(events, seen);
                }
            }
        }
    }

    fn goes_over(&mut self, receivable: ReceivableId, seen: Seen<'_>) {
        let sale = self.account.receivable(&receivable).unwrap().agreed_sale.clone().unwrap().sale;
        let mut items: Vec<ItemAmount> = self.account.book().open(&receivable).map(|(item, minor)| ItemAmount { item, minor }).collect();
        match self.chance.below(6) {
            0 => self.tried(Event::SaleCancelled { receivable }, seen),
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
