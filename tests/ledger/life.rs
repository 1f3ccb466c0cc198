//! A customer's life on a virtual clock: buys, pays late, partly, twice and with another name, disputes, returns, charges back, promises and
//! keeps or breaks it; while the merchant reminds, credits, hands over and takes back.

mod agreements;
mod approvals;
mod deliveries;
mod parties;
mod persons;
mod sales;

use crate::names;
use std::collections::BTreeMap;
use tresen_core::date::Date;
use tresen_core::ident::{DisputeId, HoldId, PaymentId, ReceivableId, RefundId, SheetHash};
use tresen_core::law::allocation::Regime;
use tresen_core::law::interest::Convention;
use tresen_core::law::regime::Party;
use tresen_core::receivable::decide::{self, Grows, Incoming, InterestTerms};
use tresen_core::receivable::{
    Account, Created, DisputeEnd, Event, HoldReason, Holder, ItemAmount, ItemKind, LevelReset, Mandate, PriceSheet, Reduction, RefundState,
    Refused,
};
use tresen_tests::chance::Chance;

pub const TERMS: InterestTerms = InterestTerms { market: *b"DE", convention: Convention::ActAct, grows: Grows::All };

/// The classes of customers; buyers give nothing for the last
pub const CLASSES: [&str; 4] = ["A", "B", "C", "D"];

pub struct Life {
    pub account: Account,
    pub today: Date,
    pub log: Vec<(Date, Event)>,
    pub refused: Vec<&'static str>,
    chance: Chance,
    /// Whether little happens besides reminding, so that it comes to its end
    quiet: bool,
    /// Whether reminders come out of nowhere
    reminded: bool,
    /// Whether the merchant is one who sells claims whenever that is possible
    selling: bool,
    /// In which class the customer was when each claim was ordered
    pub classes: BTreeMap<ReceivableId, &'static str>,
    /// The price sheets that the merchant has had, by their names
    pub sheets: BTreeMap<SheetHash, PriceSheet>,
    /// Up to what one person may act alone
    pub mandate: Mandate,
    /// What was named last; each thing has a number of its own
    pub number: u64,
    /// Payments that the bank tells of once more
    told: Vec<Incoming>,
}

/// An order of so much, due on that day
pub fn order(account: &mut Account, today: Date, receivable: &ReceivableId, minor: i64, due: Date) {
    let items = vec![ItemAmount { item: ItemKind::Principal, minor }];
    let created = Created { receivable: receivable.clone(), party: Party::Consumer, regime: Regime::Bgb367, items };
    account.apply(today, &Event::ReceivableCreated(created)).unwrap();
    account.apply(today, &Event::DueDateSet { receivable: receivable.clone(), date: due }).unwrap();
}

pub type Seen<'a> = &'a mut dyn FnMut(&Life, &Event);

impl Life {
    pub fn new(seed: u64) -> Self {
        Self {
            account: Account::default(),
            today: Date::parse("2026-01-05").unwrap(),
            log: Vec::new(),
            refused: Vec::new(),
            chance: Chance::new(seed),
            quiet: seed.is_multiple_of(4),
            reminded: true,
            selling: seed.is_multiple_of(5),
            classes: BTreeMap::new(),
            sheets: BTreeMap::new(),
            mandate: approvals::mandate(seed),
            number: 0,
            told: Vec::new(),
        }
    }

    /// A life in which nobody reminds but the chain, and little else happens
    pub fn calm(seed: u64) -> Self {
        Self { reminded: false, quiet: true, selling: false, ..Self::new(seed) }
    }

    /// A life whose merchant sells claims whenever that is possible
    pub fn selling(seed: u64) -> Self {
        Self { selling: true, ..Self::new(seed) }
    }

    /// Something happens that must be possible
    pub fn must(&mut self, event: Event) {
        let applied = self.account.apply(self.today, &event);
        assert_eq!(applied, Ok(()), "{event:?}");
        self.log.push((self.today, event));
    }

    /// A day goes by
    pub fn day(&mut self, seen: Seen<'_>) {
        self.today = self.today.plus_days(1);
        let events = decide::passing(&self.account, self.today);
        self.all(events, seen);
        if self.quiet && self.reminded {
            self.is_reminded(seen);
            self.is_in_default(seen);
            self.is_placed(seen);
        }
        if self.selling {
            self.sells(seen);
        }
        for _ in 0..self.chance.below(if self.quiet { 2 } else { 4 }) {
            self.something(seen);
        }
    }

    /// The events give the same account once more
    pub fn ends(&self) {
        let events = self.log.iter().map(|(on, event)| (*on, event));
        assert_eq!(Account::replay(events).as_ref(), Ok(&self.account));
    }

    fn all(&mut self, events: Result<Vec<Event>, Refused>, seen: Seen<'_>) {
        match events {
            Ok(events) => {
                if !self.is_permitted(&events, seen) {
                    return;
                }
                for event in events {
                    self.account.apply(self.today, &event).unwrap_or_else(|refused| panic!("decided and refused: {refused:?}, {event:?}"));
                    self.log.push((self.today, event.clone()));
                    seen(self, &event);
                }
            }
            Err(refused) => self.refused.push(refused.code()),
        }
    }

    /// Something is tried that may be refused; then nothing has changed
    fn tried(&mut self, event: Event, seen: Seen<'_>) {
        if !self.is_permitted(std::slice::from_ref(&event), seen) {
            return;
        }
        let before = self.account.clone();
        match self.account.apply(self.today, &event) {
            Ok(()) => {
                self.log.push((self.today, event.clone()));
                seen(self, &event);
            }
            Err(refused) => {
                assert_eq!(self.account, before, "{event:?} was refused and changed something");
                self.refused.push(refused.code());
            }
        }
    }

    fn new_number(&mut self) -> u64 {
        self.number += 1;
        self.number
    }

    fn a_claim(&mut self) -> ReceivableId {
        let all: Vec<_> = self.account.receivables().map(|(id, _)| id.clone()).collect();
        // Now and then one that nobody knows
        if all.is_empty() || self.chance.once_in(50) { names::receivable(u64::MAX) } else { self.chance.pick(&all) }
    }

    fn a_payment(&mut self) -> PaymentId {
        let all: Vec<_> = self.account.payments().map(|(id, _)| id.clone()).collect();
        if all.is_empty() { names::payment(u64::MAX) } else { self.chance.pick(&all) }
    }

    fn later(&mut self, most: usize) -> Date {
        self.today.plus_days(i32::try_from(self.chance.below(most)).unwrap() - 2)
    }

    fn something(&mut self, seen: Seen<'_>) {
        match self.chance.below(41) {
            0 | 1 => self.buys(seen),
            2..=7 => self.pays(seen),
            8 => self.payment_waits(seen),
            9 => self.money_goes_back(seen),
            10 => self.charges_back(seen),
            11 => self.is_credited(seen),
            12..=15 if self.reminded => self.is_reminded(seen),
            16 => self.is_in_default(seen),
            17 => self.bears_interest(seen),
            18 => self.bears_costs(seen),
            19 => self.promises(seen),
            20 | 21 => self.plans(seen),
            22 => self.objects(seen),
            23 => self.is_held(seen),
            24 => self.is_placed(seen),
            25 => self.is_forgiven(seen),
            26 if self.chance.once_in(4) => self.turns_out(seen),
            26 => self.moves(seen),
            27 => self.all(decide::net(&self.account, self.today), seen),
            28 => self.bank_says_it_again(seen),
            29 => self.takes_it_back(seen),
            30 => self.arrives(seen),
            31..=37 => self.sells(seen),
            40 => self.is_one_with_another(seen),
            38.. => self.is_forgiven(seen),
            _ => {}
        }
    }

    fn buys(&mut self, seen: Seen<'_>) {
        if self.account.receivables().count() > 6 {
            return;
        }
        let receivable = names::receivable(self.new_number());
        // A customer goes from class to class; the one of the order stays with the claim.
        self.classes.insert(receivable.clone(), self.chance.pick(&CLASSES));
        let principal = ItemAmount { item: ItemKind::Principal, minor: self.chance.amount() };
        let fee = self.chance.once_in(3).then_some(ItemAmount { item: ItemKind::Fee, minor: 295 });
        let interest = self.chance.once_in(5).then_some(ItemAmount { item: ItemKind::Interest, minor: 117 });
        let created = Created {
            receivable: receivable.clone(),
            party: self.chance.pick(&[Party::Consumer, Party::Consumer, Party::Business]),
            regime: self.chance.pick(&Regime::ALL),
            items: [principal].into_iter().chain(fee).chain(interest).collect(),
        };
        self.tried(Event::ReceivableCreated(created), seen);
        let date = self.later(20);
        self.tried(Event::DueDateSet { receivable: receivable.clone(), date }, seen);
        if self.chance.once_in(2) {
            self.tried(Event::InvoiceDelivered { receivable, received_on: self.today, default_notice: true }, seen);
        }
    }

    fn pays(&mut self, seen: Seen<'_>) {
        let owed = self.account.balance().max(1);
        let claim = self.a_claim();
        let open = self.account.owed(&claim);
        let minor = match self.chance.below(6) {
            0 => owed,
            1 => owed + 1,
            2 => self.chance.amount() + 1,
            3 => owed / 2 + 1,
            4 => open.max(1),
            _ => open.max(2) - 1,
        };
        let named: Vec<_> = if self.chance.once_in(3) { vec![self.a_claim(), self.a_claim()] } else { vec![] };
        let waiting: Vec<_> =
            self.account.payments().filter(|(_, payment)| payment.kept() == 0).map(|(id, payment)| (id.clone(), payment.minor)).collect();
        let (payment, minor) = if !waiting.is_empty() && self.chance.once_in(3) {
            self.chance.pick(&waiting)
        } else {
            (names::payment(self.new_number()), minor)
        };
        // Some money counts for days before it was booked.
        let value_date = self.today.plus_days(-i32::try_from(self.chance.pick(&[0, 0, 1, 2, 9_usize])).unwrap());
        let incoming = Incoming { payment, minor, value_date, named };
        self.comes(&incoming, seen);
        self.told.push(incoming);
    }

    fn comes(&mut self, incoming: &Incoming, seen: Seen<'_>) {
        let terms = self.chance.once_in(2).then_some(&TERMS);
        let events = decide::received(&self.account, self.today, incoming, terms);
        self.all(events, seen);
    }

    fn bank_says_it_again(&mut self, seen: Seen<'_>) {
        if self.told.is_empty() {
            return;
        }
        let mut incoming = self.chance.pick(&self.told.clone());
        let settled =
            self.log.iter().any(|(_, event)| matches!(event, Event::PaymentSettled { payment, .. } if *payment == incoming.payment));
        if self.chance.once_in(4) {
            incoming.minor += 1;
            let events = decide::received(&self.account, self.today, &incoming, None);
            if settled {
                assert_eq!(events, Err(Refused::PaymentDiffers));
            }
        } else if settled {
            assert_eq!(decide::received(&self.account, self.today, &incoming, None), Ok(vec![]));
        } else {
            self.comes(&incoming, seen);
        }
    }

    fn payment_waits(&mut self, seen: Seen<'_>) {
        let payment = if self.chance.once_in(4) { self.a_payment() } else { names::payment(self.new_number()) };
        let waiting: Vec<_> = self.account.payments().filter(|(_, payment)| payment.kept() == 0).map(|(id, _)| id.clone()).collect();
        let event = if !waiting.is_empty() && self.chance.once_in(3) {
            Event::PaymentFailed { payment: self.chance.pick(&waiting) }
        } else {
            Event::PaymentPending { payment, minor: self.chance.amount(), receivables: vec![self.a_claim()], until: self.later(8) }
        };
        self.tried(event, seen);
    }

    fn money_goes_back(&mut self, seen: Seen<'_>) {
        let refunds: Vec<RefundId> =
            self.account.refunds().filter(|(_, refund)| refund.state == RefundState::Granted).map(|(id, _)| id.clone()).collect();
        if !refunds.is_empty() && self.chance.once_in(2) {
            let refund = self.chance.pick(&refunds);
            let event = if self.chance.once_in(3) { Event::RefundFailed { refund } } else { Event::RefundSettled { refund } };
            return self.tried(event, seen);
        }
        let mut payment = self.a_payment();
        let with_credit: Vec<_> = self.account.payments().map(|(id, _)| id.clone()).filter(|id| self.account.held(id) > 0).collect();
        if !with_credit.is_empty() && self.chance.once_in(2) {
            payment = self.chance.pick(&with_credit);
        }
        let minor = self.account.held(&payment) + self.chance.pick(&[0_i64, 0, 0, 1]);
        let refund = names::refund(self.new_number());
        let events = decide::refund_credit(&self.account, self.today, &refund, &payment, minor);
        self.all(events, seen);
    }

    fn charges_back(&mut self, seen: Seen<'_>) {
        let payment = self.a_payment();
        let whole = self.account.payment(&payment).map_or(1, |payment| payment.minor);
        let open =
            self.account.payment(&payment).is_some_and(|payment| payment.chargeback.as_ref().is_some_and(|back| back.lost.is_none()));
        let event = match (open, self.chance.below(8)) {
            (true, 0..=2) => Event::ChargebackWon { payment },
            (true, 3..=5) => Event::ChargebackLost { payment },
            (_, 6) => Event::PaymentReversed { payment },
            (_, 7) => Event::ChargebackWon { payment },
            _ => {
                let minor = self.chance.pick(&[whole, whole, whole / 2 + 1, whole + 1]);
                Event::ChargebackOpened { payment, minor, until: self.later(20) }
            }
        };
        self.tried(event, seen);
    }

    fn is_credited(&mut self, seen: Seen<'_>) {
        let (note, receivable) = (names::note(self.new_number()), self.a_claim());
        let agreed = self.account.receivable(&receivable).map_or(1, |claim| claim.agreed);
        let minor = self.chance.pick(&[agreed, agreed / 3 + 1, 500, agreed + 1]);
        let reduction = self.chance.pick(&[Reduction::Return, Reduction::Goodwill, Reduction::Error, Reduction::Dispute]);
        let events = if self.chance.once_in(4) {
            decide::cancel(&self.account, self.today, &note, &receivable)
        } else {
            decide::credit(&self.account, self.today, &note, &receivable, minor, reduction)
        };
        self.all(events, seen);
    }

    fn is_reminded(&mut self, seen: Seen<'_>) {
        let receivable = self.a_claim();
        let Some(claim) = self.account.receivable(&receivable) else { return };
        let level = claim.level.clone();
        if level.number > 0 && level.term_until.is_none() {
            let term_until = self.today.plus_days(3);
            return self.tried(Event::NoticeArrived { receivable, level: level.number, term_until }, seen);
        }
        let to = level.number + u8::try_from(self.chance.pick(&[1, 1, 1, 1, 2_usize])).unwrap();
        let cycle = self.account.cycle(&receivable).unwrap_or(self.today);
        let run = if self.chance.once_in(9) { level.run } else { None };
        let run = run.unwrap_or_else(|| names::run(self.new_number()));
        self.tried(Event::LevelRaised { receivable, to, last: to >= 2, run, cycle }, seen);
    }

    fn is_in_default(&mut self, seen: Seen<'_>) {
        let receivable = self.a_claim();
        let since = self.later(5);
        self.tried(Event::DefaultStarted { receivable, since }, seen);
    }

    fn bears_interest(&mut self, seen: Seen<'_>) {
        let receivable = self.a_claim();
        let until = self.today.plus_days(-1);
        let events = decide::interest(&self.account, self.today, &receivable, until, &TERMS);
        self.all(events, seen);
    }

    fn bears_costs(&mut self, seen: Seen<'_>) {
        let receivable = self.a_claim();
        let item = self.chance.pick(&[ItemKind::DunningCost, ItemKind::LegalCost, ItemKind::LumpSum, ItemKind::LegalCost, ItemKind::Fee]);
        let minor = self.chance.pick(&[76, 4_000, 0]);
        let ground = self.chance.pick(&["BGB section 280(2)", "BGB section 280(2)", ""]).to_owned();
        self.tried(Event::CostCharged { receivable, cost: ItemAmount { item, minor }, ground }, seen);
    }

    fn objects(&mut self, seen: Seen<'_>) {
        let all: Vec<DisputeId> = self.account.disputes().map(|(id, _)| id.clone()).collect();
        let event = if !all.is_empty() && self.chance.once_in(2) {
            let dispute = self.chance.pick(&all);
            let rejected = DisputeEnd::Rejected { reasoned: !self.chance.once_in(5) };
            let end = self.chance.pick(&[DisputeEnd::Upheld, DisputeEnd::PartlyUpheld(100), rejected, DisputeEnd::TakenBack]);
            if self.chance.once_in(4) { Event::DisputeReopened { dispute } } else { Event::DisputeEnded { dispute, end } }
        } else {
            let receivable = self.a_claim();
            let minor = self.account.owed(&receivable) + self.chance.pick(&[0, 0, -1, 1_i64]);
            Event::DisputeRaised { dispute: names::dispute(self.new_number()), receivable, minor }
        };
        self.tried(event, seen);
    }

    fn is_held(&mut self, seen: Seen<'_>) {
        let placed: Vec<HoldId> = self
            .log
            .iter()
            .filter_map(|(_, event)| match event {
                Event::HoldPlaced { hold, .. } => Some(hold.clone()),
                _ => None,
            })
            .collect();
        let event = if !placed.is_empty() && self.chance.once_in(2) {
            Event::HoldReleased { hold: self.chance.pick(&placed) }
        } else {
            let scope = self.a_scope();
            let until = (!self.chance.once_in(4)).then(|| self.later(15));
            Event::HoldPlaced { hold: names::hold(self.new_number()), reason: self.chance.pick(&HoldReason::ALL), scope, until }
        };
        self.tried(event, seen);
    }

    fn is_placed(&mut self, seen: Seen<'_>) {
        let with_agency: Vec<_> =
            self.account.receivables().filter(|(_, claim)| claim.holder != Holder::Merchant).map(|(id, _)| id.clone()).collect();
        let event = if !with_agency.is_empty() && self.chance.once_in(2) {
            let receivable = self.chance.pick(&with_agency);
            if self.chance.once_in(2) { Event::PlacementRecalled { receivable } } else { Event::ReturnedUncollectible { receivable } }
        } else {
            let last: Vec<_> = self.account.receivables().filter(|(_, claim)| claim.level.last).map(|(id, _)| id.clone()).collect();
            let receivable = if last.is_empty() { self.a_claim() } else { self.chance.pick(&last) };
            Event::Placed { receivable, agency: "agency".to_owned() }
        };
        self.tried(event, seen);
    }

    fn moves(&mut self, seen: Seen<'_>) {
        let receivable = self.a_claim();
        let until = self.later(30);
        self.tried(Event::DeferralGranted { receivable, until }, seen);
    }

    fn takes_it_back(&mut self, seen: Seen<'_>) {
        let receivable = self.a_claim();
        let level = self.account.receivable(&receivable).map_or(0, |claim| claim.level.number);
        let to = level.saturating_sub(1);
        self.tried(Event::LevelReset { receivable, to, why: LevelReset::ByHand }, seen);
    }
}
