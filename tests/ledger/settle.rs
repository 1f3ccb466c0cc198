//! What a customer is offered, on random lives: whatever stands within the bounds, the preview gives and the ledger takes, and what lies one beyond is
//! refused; what was shown before is what then is.

mod cases;

use crate::life::Life;
use crate::names;
use std::collections::BTreeSet;
use tresen_core::calendar::{Calendar, Region};
use tresen_core::date::Date;
use tresen_core::ident::ReceivableId;
use tresen_core::law::regime::Seller;
use tresen_core::money::Currency;
use tresen_core::offer::credit::Sells;
use tresen_core::policy::{DeferralTerms, HardshipTerms, PlanTerms, Settlement};
use tresen_core::receivable::decide::{self, Incoming};
use tresen_core::receivable::{Account, Event, HoldReason, PlanAccepted, Scope};
use tresen_core::settle::promise::{NoPromise, PATIENCE};
use tresen_core::settle::{
    Menu, NoDeferral, NoDispute, NoHardship, NoPart, NoPlan, NoReturn, NoWithdrawal, Situation, Terms, Told, deferral, dispute, menu, part,
    plan, written,
};
use tresen_tests::chance::Chance;

/// The number of what has not happened in any life
const NEW: u64 = 1 << 40;

/// A look of somebody at what they owe
struct Look {
    account: Account,
    today: Date,
    meant: Vec<ReceivableId>,
    terms: Terms,
    told: Told,
    settlement: Settlement,
}

/// What stops everything but paying and the rights that the law gives
const HUMAN: [HoldReason; 5] =
    [HoldReason::Insolvency, HoldReason::Deceased, HoldReason::CapacityUnknown, HoldReason::NotMyDebt, HoldReason::Representative];

/// What besides stops agreements about when to pay
const UNSETTLED: [HoldReason; 7] = [
    HoldReason::Dispute,
    HoldReason::ChargebackReview,
    HoldReason::WithdrawalOpen,
    HoldReason::ComplaintReview,
    HoldReason::PaymentPending,
    HoldReason::PlanActive,
    HoldReason::ManualPause,
];

impl Look {
    fn random(life: &Life, chance: &mut Chance) -> Self {
        let all: Vec<ReceivableId> = life.account.receivables().map(|(id, _)| id.clone()).collect();
        let meant = match chance.below(4) {
            0 if !all.is_empty() => vec![chance.pick(&all)],
            1 => all.into_iter().filter(|_| !chance.once_in(3)).collect(),
            _ => all,
        };
        let seller = chance.pick(&[Seller::SmallOrMedium, Seller::Large]);
        let sells = Sells { seller, offered_by_third_party: chance.once_in(8), claim_sold: chance.once_in(8) };
        let calendar = chance.pick(&[Calendar::GermanyAnyRegion, Calendar::GermanyRegion(Region::BE), Calendar::WeekendsOnly]);
        let market = chance.pick(&[*b"DE", *b"DE", *b"DE", *b"AT", *b"CH"]);
        let day = |chance: &mut Chance| chance.once_in(2).then(|| life.today.plus_days(-i32::try_from(chance.below(60)).unwrap()));
        let (ordered_on, delivered_on) = (day(chance), day(chance));
        Self {
            account: life.account.clone(),
            today: life.today,
            meant,
            terms: Terms { market, calendar, sells },
            told: Told { ordered_on, delivered_on, revocable: !chance.once_in(4) },
            settlement: settlement(chance),
        }
    }

    fn situation(&self) -> Situation {
        self.situation_of(&self.account)
    }

    fn situation_of(&self, account: &Account) -> Situation {
        Situation::of(account, &self.meant, self.today, self.terms, |_| self.told)
    }

    /// The account once that has happened
    fn after(&self, event: &Event) -> Account {
        let mut account = self.account.clone();
        assert_eq!(account.apply(self.today, event), Ok(()), "{event:?}");
        let violations = account.violations(self.today);
        assert!(violations.is_empty(), "{violations:?} after {event:?}");
        account
    }

    fn is_held(&self, receivable: &ReceivableId, by: &[HoldReason]) -> bool {
        self.account.holds(self.today).any(|hold| hold.concerns(receivable) && by.contains(&hold.reason))
    }

    fn parts(&self, menu: &Menu, chance: &mut Chance) {
        let situation = self.situation();
        let (read, _) = written::read(&written::write(&situation, &self.settlement)).unwrap();
        assert_eq!(read, situation, "a browser is told all of it");
        let Ok(bounds) = menu.part else { return assert!(part(&situation, 1, &[]).is_err()) };
        assert!(1 <= bounds.from && bounds.from <= bounds.to && bounds.to <= self.account.balance());
        // Nobody is asked here for what is a buyer's, and so it cannot be named here.
        let is_own = |id: &&ReceivableId| self.account.receivable(id).is_some_and(|claim| claim.sold().is_none());
        // Who names what is on its way may pay more than is offered.
        let waits = |id: &&ReceivableId| self.is_held(id, &[HoldReason::PaymentPending]);
        let named = self.meant.iter().filter(|_| chance.once_in(3)).filter(is_own).filter(|id| !waits(id));
        let named: Vec<ReceivableId> = named.cloned().collect();
        for minor in [1, bounds.from, bounds.from.midpoint(bounds.to), bounds.to] {
            let shown = part(&situation, minor, &named).unwrap();
            let incoming = Incoming { payment: names::payment(NEW), minor, value_date: self.today, named: named.clone() };
            let events = decide::received(&self.account, self.today, &incoming, None).unwrap();
            let Some(Event::PaymentAllocated { lines, .. }) = events.last() else { panic!("{events:?}") };
            assert_eq!(&shown.lines, lines, "what was shown is where the ledger puts it");
            assert_eq!(shown.lines.iter().map(|line| line.minor).sum::<i64>(), minor);
            assert_eq!(shown.rest, bounds.to - minor);
        }
        assert_eq!([0, -1, bounds.to + 1].map(|minor| part(&situation, minor, &named)), [const { Err(NoPart::Amount) }; 3]);
    }

    fn promises(&self, menu: &Menu) {
        let Ok(until) = menu.promise else { return };
        let situation = self.situation();
        for date in [self.today, until] {
            let grace_until = PATIENCE.named(&situation, date).unwrap();
            assert!(grace_until > date && !self.terms.calendar.is_free(grace_until));
            let event = Event::PromiseMade { promise: names::promise(NEW), minor: self.account.balance(), date, grace_until };
            let after = self.situation_of(&self.after(&event));
            assert_eq!(PATIENCE.until(&after), Err(NoPromise::Made { date }));
        }
        for date in [self.today.plus_days(-1), until.plus_days(1)] {
            assert_eq!(PATIENCE.named(&situation, date), Err(NoPromise::Day { until }));
        }
    }

    fn deferrals(&self, menu: &Menu) {
        let Ok(all) = &menu.deferral else { return };
        let situation = self.situation();
        for offered in all {
            let receivable = &offered.receivable;
            assert!(!self.is_held(receivable, &HUMAN) && !self.is_held(receivable, &UNSETTLED));
            let before = self.account.receivable(receivable).unwrap().due.unwrap();
            for day in [offered.from, offered.until] {
                let shown = deferral(&situation, &self.settlement, receivable, day).unwrap();
                assert_eq!(shown.before, before);
                assert!(shown.until >= day && shown.until <= offered.until && !self.terms.calendar.is_free(shown.until));
                let after = self.after(&Event::DeferralGranted { receivable: receivable.clone(), until: shown.until });
                assert_eq!(after.cycle(receivable), Some(shown.until));
                assert_eq!((after.open(receivable), after.overdue(receivable, shown.until)), (self.account.open(receivable), 0));
                let claim = self.situation_of(&after).claim(receivable).unwrap().clone();
                assert!(claim.holds.contains(&HoldReason::DeferralActive) && claim.deferrals > 0);
            }
            for day in [offered.from.plus_days(-1), offered.until.plus_days(1)] {
                assert_eq!(deferral(&situation, &self.settlement, receivable, day), Err(NoDeferral::Day));
            }
        }
    }

    fn plans(&self, menu: &Menu) {
        let Ok(offered) = &menu.plan else { return };
        let situation = self.situation();
        let open: i64 = offered.receivables.iter().map(|id| self.account.open(id)).sum();
        assert_eq!(offered.total, open);
        assert!(offered.receivables.iter().all(|id| !self.is_held(id, &HUMAN) && !self.is_held(id, &UNSETTLED)));
        for rates in [offered.rates_from, offered.rates_to] {
            for first in [offered.first_from, offered.first_until] {
                let shown = plan(&situation, &self.settlement, rates, first).unwrap();
                assert_eq!((shown.rates.len(), shown.cost, shown.total), (usize::from(rates), 0, open));
                assert_eq!(shown.rates.iter().map(|rate| rate.minor).sum::<i64>(), open);
                assert!(shown.rates.iter().all(|rate| rate.minor >= offered.rate_minimum && !self.terms.calendar.is_free(rate.due)));
                assert!(shown.rates.is_sorted_by(|one, next| one.due < next.due));
                assert!(shown.rates[0].due >= first && shown.rates[0].due <= offered.first_until);
                let (receivables, rates) = (shown.receivables.clone(), shown.rates.clone());
                let accepted = PlanAccepted { plan: names::plan(NEW), receivables, rates, document: Some([1; 32]) };
                let after = self.after(&Event::PlanAccepted(accepted));
                assert_eq!(after.plan_of(&shown.receivables[0]).unwrap().1.rates, shown.rates);
                assert!(shown.receivables.iter().all(|id| after.overdue(id, self.today) == 0), "nobody is late on the day of the plan");
            }
        }
        let with = |rates, first| plan(&situation, &self.settlement, rates, first);
        assert_eq!(with(offered.rates_from - 1, offered.first_from), Err(NoPlan::Rates));
        assert_eq!(with(offered.rates_to + 1, offered.first_from), Err(NoPlan::Rates));
        assert_eq!(with(offered.rates_from, offered.first_from.plus_days(-1)), Err(NoPlan::First));
        assert_eq!(with(offered.rates_to, offered.first_until.plus_days(1)), Err(NoPlan::First));
    }

    fn objections(&self, menu: &Menu) {
        let situation = self.situation();
        for offered in menu.dispute.iter().flatten() {
            let receivable = &offered.receivable;
            assert!(!self.is_held(receivable, &HUMAN));
            let event = |minor| Event::DisputeRaised { dispute: names::dispute(NEW), receivable: receivable.clone(), minor };
            for minor in [1, offered.to] {
                assert_eq!(dispute(&situation, receivable, minor), Ok(()));
                self.after(&event(minor));
            }
            assert_eq!(dispute(&situation, receivable, 0), Err(NoDispute::Amount));
            assert_eq!(dispute(&situation, receivable, offered.to + 1), Err(NoDispute::Amount));
            assert!(self.account.clone().apply(self.today, &event(offered.to + 1)).is_err());
        }
        for receivable in menu.returns.iter().flatten() {
            assert!(!self.is_held(receivable, &HUMAN) && self.account.open(receivable) > 0);
        }
        for offered in menu.withdrawal.iter().flatten() {
            assert!(self.told.revocable && offered.until.is_none_or(|until| until >= self.today));
            let after = self.after(&Event::WithdrawalReceived { receivable: offered.receivable.clone() });
            let again = menu_of(self, &after).withdrawal.unwrap_or_default();
            assert!(again.iter().all(|other| other.receivable != offered.receivable));
        }
    }

    fn need(&self, menu: &Menu) {
        let Ok(offered) = &menu.hardship else { return };
        let until = Some(offered.pause_until);
        let hold = names::hold(NEW);
        let after = self.after(&Event::HoldPlaced { hold, reason: HoldReason::Hardship, scope: Scope::Account, until });
        let then = menu_of(self, &after);
        assert_eq!(
            (then.hardship, then.plan.ok()),
            (Err(NoHardship::Told), offered.plan.clone()),
            "what was shown with it is offered then"
        );
    }
}

fn menu_of(look: &Look, account: &Account) -> Menu {
    menu(&look.situation_of(account), &look.settlement)
}

fn settlement(chance: &mut Chance) -> Settlement {
    if chance.once_in(3) {
        return Settlement::standard(Currency::EUR);
    }
    let count = |chance: &mut Chance, all: &[usize]| u8::try_from(chance.pick(all)).unwrap();
    let rates_from = count(chance, &[2, 3]);
    let plan = PlanTerms {
        from: chance.pick(&[0, 2_000, 30_000]),
        rates_from,
        rates_to: rates_from + count(chance, &[0, 1, 10]),
        rate_minimum: chance.pick(&[1, 1_000, 5_000]),
        first_within_days: count(chance, &[1, 7, 30]),
    };
    let lighter = PlanTerms { rates_to: plan.rates_to + 6, ..plan };
    Settlement {
        part_minimum: chance.pick(&[1, 500, 1_000_000]),
        deferral: (!chance.once_in(6)).then(|| DeferralTerms { days: count(chance, &[1, 14, 30, 60]), times: count(chance, &[1, 2, 3]) }),
        plan: (!chance.once_in(6)).then_some(plan),
        hardship: (!chance.once_in(6)).then(|| HardshipTerms { pause_days: 14, plan: chance.once_in(2).then_some(lighter) }),
        ..Settlement::standard(Currency::EUR)
    }
}

#[test]
fn what_is_offered_is_given_and_taken_and_what_lies_beyond_is_not() {
    let mut offered = [0_u32; 8];
    let mut codes = BTreeSet::new();
    for seed in 0..300 {
        let (mut life, mut chance) = (Life::new(seed), Chance::new(seed + 7_000));
        for number in 0..150 {
            life.day(&mut |_, _| {});
            if number % 4 != 0 {
                continue;
            }
            let look = Look::random(&life, &mut chance);
            let menu = menu(&look.situation(), &look.settlement);
            look.parts(&menu, &mut chance);
            look.promises(&menu);
            look.deferrals(&menu);
            look.plans(&menu);
            look.objections(&menu);
            look.need(&menu);
            codes.extend(menu.why_not().into_iter().map(|(_, code)| code));
            let is_there = [
                menu.part.is_ok(),
                menu.promise.is_ok(),
                menu.deferral.is_ok(),
                menu.plan.is_ok(),
                menu.dispute.is_ok(),
                menu.returns.is_ok(),
                menu.withdrawal.is_ok(),
                menu.hardship.is_ok(),
            ];
            offered.iter_mut().zip(is_there).for_each(|(count, is_there)| *count += u32::from(is_there));
        }
    }
    // Lives in which nothing is offered prove nothing, and neither do those in which nothing is refused.
    assert!(offered.iter().all(|count| *count > 400), "{offered:?}");
    let by_menu = NoDeferral::ALL.iter().map(|why| why.code()).filter(|code| !["deferral.unknown", "deferral.day"].contains(code));
    let by_menu = by_menu.chain(NoPlan::ALL.iter().map(|why| why.code()).filter(|code| !["plan.rates", "plan.first"].contains(code)));
    let by_menu = by_menu.chain(NoPart::ALL.iter().map(|why| why.code()).filter(|code| *code != "part.amount"));
    let by_menu = by_menu.chain(NoReturn::ALL.iter().map(|why| why.code())).chain(NoWithdrawal::ALL.iter().map(|why| why.code()));
    let never: Vec<&str> = by_menu.chain(NoHardship::ALL.iter().map(|why| why.code())).filter(|code| !codes.contains(code)).collect();
    // Every claim of a life has a due date, and a plan that was not kept is one among much else: that is a case of the corpus.
    assert!(never.iter().all(|code| ["deferral.no_due_date", "plan.failed"].contains(code)), "never refused for these reasons: {never:?}");
}
