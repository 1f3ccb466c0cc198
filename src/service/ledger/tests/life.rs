//! What happens to a customer, day by day.

use super::chance::Chance;
use crate::error::ApiError;
use crate::ledger::{Ledger, Occasion, day, refusal};
use jiff::ToSpan as _;
use jiff::civil::Date;
use std::collections::BTreeSet;
use tresen_core::ident::{CreditNoteId, DisputeId, HoldId, PaymentId, PlanId, PromiseId, ReceivableId, RefundId, RunId};
use tresen_core::receivable::decide::{self, Incoming};
use tresen_core::receivable::{
    Account, DisputeEnd, Event, HoldReason, ItemAmount, ItemKind, PlanEnd, PlanState, Reduced, Reduction, RefundState, Refused, Scope,
};
use tresen_wire::events::{
    AllocationOrder, Body, ClaimItem, DueDateSet, ItemKind as Item, Party, PaymentFailed, PaymentFailure, PaymentPending, PaymentSettled,
    PlanAccepted, PlannedRate, ReceivableCreated,
};
use tresen_wire::money::Money;

pub struct Life {
    pub chance: Chance,
    pub happened: BTreeSet<&'static str>,
    pub refused: BTreeSet<&'static str>,
    number: u64,
    /// Ids sort by time, and a life does not repeat those of another
    seed: u64,
}

type Told = Result<(), ApiError>;

impl Life {
    pub fn new(seed: u64) -> Self {
        Self { chance: Chance::new(seed), happened: BTreeSet::new(), refused: BTreeSet::new(), number: 0, seed }
    }

    /// Of an id that sorts by nothing
    fn drawn<const N: usize>(&mut self) -> [u8; N] {
        std::array::from_fn(|_| u8::try_from(self.chance.below(256)).unwrap())
    }

    pub fn day(&mut self, ledger: &mut Ledger<'_>, on: Date) {
        let passing = decide::passing(ledger.account(), day(on).unwrap());
        self.decided(ledger, on, None, passing).unwrap();
        for _ in 0..self.chance.below(4) {
            self.something(ledger, on);
        }
    }

    fn something(&mut self, ledger: &mut Ledger<'_>, on: Date) {
        // What is refused before anything was written leaves the account as it was: that is held by the caller.
        let told = match self.chance.below(22) {
            0 | 1 => {
                self.buys(ledger, on);
                Ok(())
            }
            2..=6 => self.pays(ledger, on),
            7 => self.waits(ledger, on),
            8 => self.refunds(ledger, on),
            9 => self.charges_back(ledger, on),
            10 | 11 => self.is_credited(ledger, on),
            12 => self.is_forgiven(ledger, on),
            13 => self.promises(ledger, on),
            14..=16 => self.plans(ledger, on),
            17 => self.objects(ledger, on),
            18 => self.is_held(ledger, on),
            19 => self.is_reminded(ledger, on),
            20 => self.is_late(ledger, on),
            _ => self.moves(ledger, on),
        };
        if let Err(refused) = told {
            assert!(refused.status < 500, "{refused}");
            self.refused.insert(refused.code);
        }
    }

    fn bytes(&mut self) -> [u8; 16] {
        self.number += 1;
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&self.number.to_be_bytes());
        bytes[8..].copy_from_slice(&self.seed.to_be_bytes());
        bytes
    }

    fn tried(&mut self, ledger: &mut Ledger<'_>, on: Date, bodies: Vec<Body>) -> Told {
        let kinds: Vec<_> = bodies.iter().map(|body| body.kind().0).collect();
        ledger.happen(&Occasion { effective: Some(on), ..Occasion::now("life") }, bodies)?;
        self.happened.extend(kinds);
        Ok(())
    }

    fn decided(&mut self, ledger: &mut Ledger<'_>, on: Date, full: Option<Body>, events: Result<Vec<Event>, Refused>) -> Told {
        ledger.happen_decided(&Occasion { effective: Some(on), ..Occasion::now("life") }, full, &events.map_err(refusal::told)?)
    }

    /// One event, which may be refused
    fn event(&mut self, ledger: &mut Ledger<'_>, on: Date, event: Event) -> Told {
        let body = tresen_wire::events::from_core(&event, ledger.currency()).unwrap();
        self.tried(ledger, on, vec![body])
    }

    fn claim(&mut self, account: &Account) -> ReceivableId {
        let all: Vec<_> = account.receivables().map(|(id, _)| id.clone()).collect();
        if all.is_empty() { ReceivableId::from_bytes([0xff; 16]) } else { self.chance.pick(&all) }
    }

    fn payment(&mut self, account: &Account) -> PaymentId {
        let all: Vec<_> = account.payments().map(|(id, _)| id.clone()).collect();
        if all.is_empty() { PaymentId::from_bytes([0xff; 20]) } else { self.chance.pick(&all) }
    }

    fn later(&mut self, on: Date, most: usize) -> Date {
        on.checked_add((i64::try_from(self.chance.below(most)).unwrap() - 2).days()).unwrap()
    }

    pub fn buys(&mut self, ledger: &mut Ledger<'_>, on: Date) {
        if ledger.account().receivables().count() > 5 {
            return;
        }
        let receivable = ReceivableId::from_bytes(self.bytes()).to_string();
        let currency = ledger.currency().to_owned();
        let item = |kind, minor| ClaimItem { kind, amount: Money::new(minor, &currency) };
        let mut items = vec![item(Item::Principal, 100 + i64::try_from(self.chance.below(20_000)).unwrap())];
        if self.chance.below(3) == 0 {
            items.push(item(Item::Interest, 117));
        }
        let created = ReceivableCreated {
            receivable: receivable.clone(),
            debtor: ledger.customer().to_string(),
            order_ref: receivable.clone(),
            capture: 1,
            method: "invoice".to_owned(),
            party: self.chance.pick(&[Party::Consumer, Party::Business]),
            regime: self.chance.pick(&[AllocationOrder::Bgb367, AllocationOrder::Bgb497]),
            items,
            reference: format!("RF{receivable}"),
            delivered_on: None,
            terms: None,
        };
        let date = self.later(on, 20).to_string();
        let due = DueDateSet { receivable, date, rule: "term".to_owned(), calendar: "DE".to_owned(), zone: "UTC".to_owned() };
        self.tried(ledger, on, vec![created.into(), due.into()]).unwrap();
    }

    fn pays(&mut self, ledger: &mut Ledger<'_>, on: Date) -> Told {
        let account = ledger.account();
        let claim = self.claim(account);
        let balance = account.balance();
        let minor = self.chance.pick(&[balance, balance / 2, balance + 5, account.open(&claim), account.open(&claim) / 3]).max(1);
        let named = if self.chance.below(3) == 0 { vec![claim] } else { vec![] };
        let value_date = on.checked_sub(self.chance.pick(&[0, 0, 1, 6]).days()).unwrap();
        let payment = PaymentId::from_bytes(self.drawn());
        let settled = PaymentSettled {
            payment: payment.to_string(),
            customer: ledger.customer().to_string(),
            provider: "bank".to_owned(),
            provider_ref: payment.to_string(),
            amount: Money::new(minor, ledger.currency()),
            value_date: value_date.to_string(),
        };
        let incoming = Incoming { payment, minor, value_date: day(value_date).unwrap(), named };
        let events = decide::received(ledger.account(), day(on).unwrap(), &incoming, None);
        self.happened.insert("PaymentSettled");
        self.decided(ledger, on, Some(settled.into()), events)
    }

    fn waits(&mut self, ledger: &mut Ledger<'_>, on: Date) -> Told {
        let claim = self.claim(ledger.account());
        let payment = PaymentId::from_bytes(self.drawn()).to_string();
        let pending = PaymentPending {
            payment: payment.clone(),
            customer: ledger.customer().to_string(),
            amount: Money::new(100, ledger.currency()),
            receivables: vec![claim.to_string()],
            until: self.later(on, 6).to_string(),
        };
        self.tried(ledger, on, vec![pending.into()])?;
        let failed = PaymentFailed { payment, code: PaymentFailure::Expired };
        if self.chance.below(2) == 0 { self.tried(ledger, on, vec![failed.into()]) } else { Ok(()) }
    }

    fn refunds(&mut self, ledger: &mut Ledger<'_>, on: Date) -> Told {
        let granted: Vec<RefundId> =
            ledger.account().refunds().filter(|(_, refund)| refund.state == RefundState::Granted).map(|(id, _)| id.clone()).collect();
        if !granted.is_empty() && self.chance.below(2) == 0 {
            let refund = self.chance.pick(&granted);
            let event = if self.chance.below(3) == 0 { Event::RefundFailed { refund } } else { Event::RefundSettled { refund } };
            return self.event(ledger, on, event);
        }
        let held: Vec<PaymentId> =
            ledger.account().payments().map(|(id, _)| id.clone()).filter(|id| ledger.account().held(id) > 0).collect();
        let payment = if held.is_empty() { self.payment(ledger.account()) } else { self.chance.pick(&held) };
        let minor = ledger.account().held(&payment).max(1);
        let refund = RefundId::from_bytes(self.bytes());
        self.event(ledger, on, Event::RefundGranted { refund, payment, minor })
    }

    fn charges_back(&mut self, ledger: &mut Ledger<'_>, on: Date) -> Told {
        let payment = self.payment(ledger.account());
        let minor = ledger.account().payment(&payment).map_or(1, |payment| payment.minor);
        let open = ledger.account().payment(&payment).is_some_and(|payment| payment.chargeback.is_some());
        let event = match (open, self.chance.below(4)) {
            (true, 0 | 1) => Event::ChargebackWon { payment },
            (true, 2 | 3) => Event::ChargebackLost { payment },
            (_, 0) => Event::PaymentReversed { payment },
            _ => Event::ChargebackOpened { payment, minor, until: day(self.later(on, 20)).unwrap() },
        };
        self.event(ledger, on, event)
    }

    fn is_credited(&mut self, ledger: &mut Ledger<'_>, on: Date) -> Told {
        let (note, claim) = (CreditNoteId::from_bytes(self.bytes()), self.claim(ledger.account()));
        let agreed = ledger.account().receivable(&claim).map_or(1, |claim| claim.agreed);
        let minor = self.chance.pick(&[agreed, agreed / 3 + 1, agreed + 1]);
        let today = day(on).unwrap();
        let events = match self.chance.below(3) {
            0 => decide::cancel(ledger.account(), today, &note, &claim),
            _ => decide::credit(ledger.account(), today, &note, &claim, minor, Reduction::Return),
        };
        self.happened.insert("CreditNoteIssued");
        self.decided(ledger, on, None, events)
    }

    fn is_forgiven(&mut self, ledger: &mut Ledger<'_>, on: Date) -> Told {
        let receivable = self.claim(ledger.account());
        let open: Vec<_> = ledger.account().book().open(&receivable).map(|(item, minor)| ItemAmount { item, minor }).collect();
        let reduced = |reduction| Reduced { receivable, lines: open, reduction };
        let event = match self.chance.below(3) {
            0 => Event::DebtWaived(reduced(Reduction::DebtWaived)),
            1 => Event::WrittenOff(reduced(Reduction::WrittenOff)),
            _ => Event::SmallBalanceCleared(reduced(Reduction::SmallBalance)),
        };
        self.event(ledger, on, event)
    }

    fn promises(&mut self, ledger: &mut Ledger<'_>, on: Date) -> Told {
        let (minor, date) = (ledger.account().balance().max(1), self.later(on, 8));
        let promise = PromiseId::from_bytes(self.bytes());
        let grace_until = day(date.checked_add(2.days()).unwrap()).unwrap();
        self.event(ledger, on, Event::PromiseMade { promise, minor, date: day(date).unwrap(), grace_until })
    }

    fn plans(&mut self, ledger: &mut Ledger<'_>, on: Date) -> Told {
        let active: Vec<PlanId> =
            ledger.account().plans().filter(|(_, plan)| plan.state == PlanState::Active).map(|(id, _)| id.clone()).collect();
        if !active.is_empty() && self.chance.below(3) == 0 {
            let plan = self.chance.pick(&active);
            let end = self.chance.pick(&[PlanEnd::Cancelled, PlanEnd::Accelerated, PlanEnd::Completed]);
            return self.event(ledger, on, Event::PlanEnded { plan, end, notice: true });
        }
        let mut receivables = vec![self.claim(ledger.account()), self.claim(ledger.account())];
        receivables.sort();
        receivables.dedup();
        let open: i64 = receivables.iter().map(|id| ledger.account().open(id)).sum();
        let count = i64::try_from(self.chance.below(4) + 1).unwrap();
        let first = self.later(on, 15);
        let each = open / count;
        let rates = (0..count).map(|place| PlannedRate {
            due_date: first.checked_add((9 * place).days()).unwrap().to_string(),
            amount: Money::new(if place == 0 { open - each * (count - 1) } else { each }, ledger.currency()),
            cost: Money::new(0, ledger.currency()),
        });
        let accepted = PlanAccepted {
            plan: PlanId::from_bytes(self.bytes()).to_string(),
            receivables: receivables.iter().map(ToString::to_string).collect(),
            plan_hash: "ab".repeat(32),
            rates: rates.filter(|rate| rate.amount.minor > 0).collect(),
            annual_rate_percent: "0.00".to_owned(),
            interest_percent: "0.00".to_owned(),
            regime: "free_deferral".to_owned(),
            consent: None,
        };
        self.tried(ledger, on, vec![accepted.into()])
    }

    fn objects(&mut self, ledger: &mut Ledger<'_>, on: Date) -> Told {
        let receivable = self.claim(ledger.account());
        let dispute = DisputeId::from_bytes(self.bytes());
        let minor = ledger.account().open(&receivable) / 2;
        self.event(ledger, on, Event::DisputeRaised { dispute: dispute.clone(), receivable, minor })?;
        let end =
            self.chance.pick(&[DisputeEnd::Upheld, DisputeEnd::Rejected { reasoned: true }, DisputeEnd::Rejected { reasoned: false }]);
        self.event(ledger, on, Event::DisputeEnded { dispute: dispute.clone(), end })?;
        self.event(ledger, on, Event::DisputeReopened { dispute })
    }

    fn is_held(&mut self, ledger: &mut Ledger<'_>, on: Date) -> Told {
        let (hold, receivable) = (HoldId::from_bytes(self.bytes()), self.claim(ledger.account()));
        let until = Some(day(self.later(on, 9)).unwrap());
        let scope = if self.chance.below(3) == 0 { Scope::Account } else { Scope::Receivable(receivable) };
        self.event(ledger, on, Event::HoldPlaced { hold: hold.clone(), reason: HoldReason::ManualPause, scope, until })?;
        self.event(ledger, on, Event::HoldReleased { hold })
    }

    pub fn is_insolvent(&mut self, ledger: &mut Ledger<'_>, on: Date) {
        let hold = HoldId::from_bytes(self.bytes());
        let event = Event::HoldPlaced { hold, reason: HoldReason::Insolvency, scope: Scope::Account, until: None };
        self.event(ledger, on, event).unwrap();
    }

    pub fn releases_what_is_not_held(&mut self, ledger: &mut Ledger<'_>, on: Date) -> Told {
        let hold = HoldId::from_bytes([0xff; 16]);
        self.event(ledger, on, Event::HoldReleased { hold })
    }

    fn is_reminded(&mut self, ledger: &mut Ledger<'_>, on: Date) -> Told {
        let receivable = self.claim(ledger.account());
        let run = RunId::from_bytes(self.bytes());
        let cycle = ledger.account().cycle(&receivable).unwrap_or(day(on).unwrap());
        let to = ledger.account().receivable(&receivable).map_or(1, |claim| claim.level.number + 1);
        self.event(ledger, on, Event::LevelRaised { receivable: receivable.clone(), to, last: to > 1, run, cycle })?;
        self.event(ledger, on, Event::NoticeArrived { receivable, level: to, term_until: day(on).unwrap() })
    }

    fn is_late(&mut self, ledger: &mut Ledger<'_>, on: Date) -> Told {
        let receivable = self.claim(ledger.account());
        let since = day(on).unwrap();
        self.event(ledger, on, Event::DefaultStarted { receivable: receivable.clone(), since })?;
        let cost = ItemAmount { item: ItemKind::DunningCost, minor: 76 };
        self.event(ledger, on, Event::CostCharged { receivable, cost, ground: "BGB section 280".to_owned() })
    }

    fn moves(&mut self, ledger: &mut Ledger<'_>, on: Date) -> Told {
        let receivable = self.claim(ledger.account());
        let until = day(self.later(on, 30)).unwrap();
        self.event(ledger, on, Event::DeferralGranted { receivable, until })
    }
}
